"""Files as answers: which are taken, what of them is kept, and what is kept of them among the answers. Pure.

A file is known by its own first bytes, never by its name or by what the browser says of it. Pictures lose where and
when they were taken (`pictures`). A PDF is kept as it is up to its end; one that carries a program, another file or an
order to start something is refused as far as that is written openly: what is packed inside it nobody unpacks here, and
nobody opens it here either: it is only ever given to be saved.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luotsi.base.codes import has_code
from luotsi.domain.questionnaires.rules import pictures

MOST_BYTES = 5_000_000
MOST_FILES = 10  # of one response
MOST_TOGETHER = 20_000_000
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
LONGEST_NAME = 60
_BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf"}
_ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")
_END_OF_PDF = b"%%EOF"
_NEAR_THE_END = 2_048
_NOT_IN_NAMES = re.compile(r'[<>:"|?*%]')


class Unfit(ValueError):
    """The file is not taken. `kind` says why: empty, too_large, wrong_kind, damaged, active, too_many, too_much."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


@dataclass(frozen=True)
class Sound:
    """A file as it is kept. `kind` is its media type."""

    name: str
    kind: str
    content: bytes


def judged(name: str, content: bytes) -> Sound:
    """The file as it is kept, its name cleaned. Raises Unfit."""
    if not content:
        raise Unfit("empty")
    if len(content) > MOST_BYTES:
        raise Unfit("too_large")
    kind = next((found for start, found in _BEGINNINGS.items() if content.startswith(start)), "")
    if not kind:
        raise Unfit("wrong_kind")
    clean = {"image/jpeg": pictures.jpeg, "image/png": pictures.png, "application/pdf": _pdf}[kind]
    try:
        kept = clean(content)
    except pictures.Damaged:
        raise Unfit("damaged") from None
    return Sound(cleaned(name, kind), kind, kept)


def cleaned(name: str, kind: str) -> str:
    """The last part of a path, without what a file system or a reader could take for something else; ended as its
    kind is. A name that carries an identity code is not kept at all.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name[-500:]))[-1]
    words = _NOT_IN_NAMES.sub(" ", "".join(one for one in last if one.isprintable()))
    stem, dot, ending = words.rpartition(".")
    stem = stem if dot and len(ending) <= 5 else words
    stem = " ".join(stem.split()).strip(". ")[:LONGEST_NAME].strip()
    return f"{stem if stem and not has_code(last) else 'file'}.{ENDINGS[kind]}"


def check_room(sizes: Collection[int]) -> None:
    """Raises Unfit when one response would hold too many files, or too much of them."""
    if len(sizes) > MOST_FILES:
        raise Unfit("too_many")
    if sum(sizes) > MOST_TOGETHER:
        raise Unfit("too_much")


def kept(file: object, *, name: str, kind: str, size: int) -> dict[str, Any]:
    """What stands of a file among the answers."""
    return {"file": str(file), "name": name, "kind": kind, "size": size}


def named_in(value: Any) -> Iterator[str]:
    """The ids of the files that stand among these answers, in rows of groups too."""
    if isinstance(value, Mapping):
        if isinstance(value.get("file"), str) and "kind" in value:
            yield value["file"]
            return
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from named_in(one)


def renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """The answers with other ids of their files."""
    if isinstance(value, Mapping):
        if value.get("file") in ids and "kind" in value:
            return {**value, "file": ids[value["file"]]}
        return {key: renamed(one, ids) for key, one in value.items()}
    return [renamed(one, ids) for one in value] if isinstance(value, list | tuple) else value


def size_words(size: int, language: str) -> str:
    """1,2 MB, as the language writes it: a reader's size, not a machine's."""
    units = ("Mt", "kt") if language[:2] == "fi" else ("MB", "kB")
    said = f"{size / 1_000_000:.1f} {units[0]}" if size >= 1_000_000 else f"{max(1, round(size / 1_000))} {units[1]}"
    return said if language[:2] == "en" else said.replace(".", ",")


def _pdf(content: bytes) -> bytes:
    end = content.rfind(_END_OF_PDF)
    if end < 0 or end < len(content) - _NEAR_THE_END or b"startxref" not in content[:end]:
        raise pictures.Damaged("it does not end as a PDF ends")
    if any(word in content for word in _ACTIVE):
        raise Unfit("active")
    return content[: end + len(_END_OF_PDF)] + b"\n"
