"""Planting identity codes in everything that can be sent, and looking where they come out again."""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import quote, unquote
from uuid import uuid4

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver
from stdnum.fi import hetu

from tests.architecture.test_routes import routes

SIGNS = "-+YXWVUABCDEFyxwvuabcdef"
# What a form on any of our pages may be called to carry, beside what its page shows.
FIELDS = ("q", "what", "name", "next", "reason", "identity_code", "code", "member", "text", "key", "purpose", "sort")
_OWN_FIELDS = re.compile(r'<textarea\b.*?</textarea>|\bvalue="[^"]*"', re.DOTALL)
_INPUTS = re.compile(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"')
_SAID = re.compile(r'<title>.*?</title>|\b(?:href|src|action|hx-get|hx-post|download)="[^"]*"', re.DOTALL)


def codes(count: int = 20) -> list[str]:
    """Codes of nobody: one of each sign, in capitals and in small letters."""
    made = []
    for number in range(count):
        sign, day = SIGNS[number % len(SIGNS)], f"{1 + number:02}0790"
        made.append(f"{day}{sign}{900 + number}{hetu._calc_checksum(f'{day}{900 + number}')}")
    return made


@dataclass
class Search:
    """What came out, by where. `found` holds one line for each code that was met."""

    planted: list[str]
    asked: int = 0
    found: list[str] = field(default_factory=list)

    def look(self, where: str, text: str) -> None:
        read = unquote(unquote(unescape(text))).upper()
        self.found += [f"{where}: {code}" for code in self.planted if code.upper() in read]

    def look_at(self, where: str, answer: HttpResponseBase) -> None:
        """Headers and cookies of every answer; the whole of an error, but for the form's own fields; titles, links."""
        self.asked += 1
        self.look(f"{where} headers", "\n".join(f"{name}: {value}" for name, value in answer.headers.items()))
        self.look(f"{where} cookies", answer.cookies.output())
        if answer.streaming or "text" not in answer.headers.get("Content-Type", "text"):
            return
        page = answer.content.decode(errors="replace")  # type: ignore[attr-defined]
        self.look(f"{where} titles and links", "\n".join(_SAID.findall(page)))
        if answer.status_code >= 400:
            self.look(f"{where} {answer.status_code}", _OWN_FIELDS.sub("", page))


@contextmanager
def log_lines() -> Iterator[io.StringIO]:
    """Everything that anybody logs, through a handler that knows nothing of redaction."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s %(args)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def addresses(known: dict[str, str], word: str = "kuhmo") -> list[str]:
    """Every Finnish address, variable parts by their name from `known`, else of the right form."""

    def fill(found: re.Match[str]) -> str:
        return known.get(found[2]) or (str(uuid4()) if found[1] == "uuid" else word)

    found = [re.sub(r"<(?:(\w+):)?(\w+)>", fill, pattern) for pattern, _ in routes(get_resolver().url_patterns)]
    return [f"/{one}".replace("\\Z", "") for one in found if "closure" not in one or "cases" in one]


def vehicles(browser: Client, address: str, code: str) -> Iterator[tuple[str, Callable[[], HttpResponseBase]]]:
    """The ways in which a code reaches an address."""
    shown = browser.get(address)
    names = _INPUTS.findall(shown.content.decode(errors="replace")) if not shown.streaming else []  # type: ignore[attr-defined]
    fields = dict.fromkeys([*FIELDS, *names], code)
    headers = {
        name: f"x {code}" for name in ("User-Agent", "Referer", "X-Forwarded-For", "Accept-Language", "HX-Target")
    }
    file = SimpleUploadedFile(f"{code}.csv", code.encode(), "text/csv")
    yield "query", lambda: browser.get(address, {"q": code, "next": f"/fi/{code}/", code: "x"})
    yield "coded query", lambda: browser.get(f"{address}?q={quote(quote(code, safe=''), safe='')}")
    yield "path", lambda: browser.get(f"{address}{quote(code)}/")
    yield "headers", lambda: browser.get(address, headers={**headers, "Cookie": f"theme={code}; messages={code}"})
    yield "form", lambda: browser.post(address, fields)
    yield "file", lambda: browser.post(address, {"file": file, **fields})
    yield "json", lambda: browser.post(address, json.dumps(fields), content_type="application/json")
    yield (
        "nonsense",
        lambda: browser.post(address, f"{code}=%zz&\x00{code}", content_type="multipart/form-data; boundary=x"),
    )
    yield "other way", lambda: browser.put(address, code)


def look_at_mail(search: Search) -> None:
    for message in mail.outbox:
        search.look("mail", message.message().as_string() + " ".join(message.to))


def plain_records(*args: Any, **options: Any) -> logging.LogRecord:
    """What logging makes when nobody redacts: the negative control."""
    return logging.LogRecord(*args, **options)
