"""Ask the finder as a resident would: words in, services and the ways in to them out."""

import argparse
import json
import sys
from typing import Any

from luotsi.base.now import in_helsinki, now
from luotsi.base.text import LANGUAGES
from luotsi.base.who import SYSTEM

NAME = "find"
HELP = 'Find services in everyday words: luotsi find "hammas lohkesi" --municipality 205.'
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", help="what it is about, as people write it")
    parser.add_argument("--lang", choices=LANGUAGES, default="fi", help="language of the words (default fi)")
    parser.add_argument("--municipality", default="", help="code or name of the resident's municipality, such as 205")
    parser.add_argument("--age", type=int, help="age in years of the person whom it concerns")
    parser.add_argument("--limit", type=int, default=10, help="at most so many services (default 10)")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of text")


def run(args: argparse.Namespace) -> int:
    from luotsi.domain.catalogue import queries

    words = " ".join(args.words)
    wrong = _what_is_wrong(args, words)
    if wrong:
        print(f"luotsi: {wrong}", file=sys.stderr)
        return 2
    make_ready()
    found = queries.find(
        words, language=args.lang, municipality=_code(args.municipality), age=args.age, limit=args.limit
    )
    _print_safety(found, to_stderr=args.json)
    if args.json:
        print(json.dumps([_as_json(result) for result in found.results], ensure_ascii=False, indent=2))
    else:
        _print(found)
    return 0


def _what_is_wrong(args: argparse.Namespace, words: str) -> str:
    from luotsi.domain.organisation.definitions import municipality_names

    if not words.strip():
        return 'say what to find: luotsi find "hammas lohkesi"'
    if args.age is not None and not 0 <= args.age <= 120:
        return f"an age is 0–120 years, not {args.age}"
    if args.limit < 1:
        return "--limit is at least 1"
    if args.municipality and _code(args.municipality) is None:
        known = ", ".join(f"{code} {name}" for code, name in municipality_names().items())
        return f"there is no municipality {args.municipality!r} in this county; there are {known}"
    return ""


def _code(municipality: str) -> str | None:
    """The code of a municipality given by its code or its name in any language; None when there is none."""
    from luotsi.domain.organisation.definitions import municipality_names

    wanted = municipality.strip().casefold()
    for code, name in municipality_names().items():
        if wanted in {code, *(name.in_language(language).casefold() for language in LANGUAGES)}:
            return code
    return None


def make_ready() -> None:
    """On a new database make the tables, and with empty ones load the shelf, so that the first question is answered."""
    from django.core.management import call_command
    from django.db import connection

    from luotsi.domain.catalogue import actions, queries
    from luotsi.domain.catalogue.actions import guides

    if "catalogue_service" not in connection.introspection.table_names():
        print("luotsi: a new database; making its tables", file=sys.stderr)
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    if not queries.has_services():
        loaded = actions.load_shelf(by=SYSTEM, at=now())
        guides.load_guides(by=SYSTEM, at=now())
        print(f"luotsi: the catalogue was empty; loaded {loaded.added} services from the shelf", file=sys.stderr)


def _as_json(result: Any) -> dict[str, Any]:
    return {
        "key": result.key,
        "name": result.name,
        "why": ", ".join(map(str, result.why)),
        "ways_in": [_way(way) for way in result.ways_in],
    }


def _way(way: Any) -> dict[str, Any]:
    return {
        "kind": way.kind,
        "phone": way.phone,
        "url": way.url,
        "unit": way.unit,
        "place": way.place,
        "address": way.address,
        "note": way.note,
        "is_open_now": way.is_open_now,
        "opens_next": way.opens_next.isoformat() if way.opens_next else None,
        "choices": way.choices,
    }


def _print_safety(found: Any, *, to_stderr: bool) -> None:
    stream = sys.stderr if to_stderr else sys.stdout
    for notice in found.safety:
        numbers = " · ".join(f"{contact.name} {contact.phone}" for contact in notice.contacts)
        print(f"! {notice.title}. {notice.message}\n  {numbers}", file=stream)


def _print(found: Any) -> None:
    if found.understood_as:
        print(f"({found.understood_as})")
    for result in found.results:
        print(f"{result.name}  [{result.key}]" + (f"  ← {', '.join(map(str, result.why))}" if result.why else ""))
        print(f"    {result.summary}")
        for way in result.ways_in:
            print(f"    {way.kind:8} {_details(way)}".rstrip())


def _details(way: Any) -> str:
    place = f"× {way.choices}" if way.choices > 1 else " ".join(part for part in (way.place, way.note) if part)
    state = "●" if way.is_open_now else f"→ {in_helsinki(way.opens_next):%-d.%-m. %-H.%M}" if way.opens_next else ""
    return " ".join(part for part in (way.phone or way.url, place, state) if part)
