"""Ask why people get in touch: what a text suggests, what share is failure demand, how far two coders agree."""

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from luotsi.base.text import LANGUAGES

NAME = "demand"
HELP = 'Why people get in touch: luotsi demand suggest "Missä lähete viipyy?", demand share, demand kappa CODES.csv.'
needs_database = False


class BadInput(Exception):
    """What was given cannot be used. The sentence can be shown."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    asked = parser.add_subparsers(dest="question", required=True)
    suggest = asked.add_parser("suggest", help="what a contact's words suggest, and which words they are")
    suggest.add_argument("words", nargs="+", help="what the person wrote or said")
    suggest.add_argument("--lang", choices=LANGUAGES, default="fi", help="language of the words (default fi)")
    share = asked.add_parser("share", help="failure demand of what was classed; what was not classed stands apart")
    for kind in ("failure", "value", "unknown"):
        share.add_argument(f"--{kind}", type=int, default=0, help=f"number of contacts: {kind}")
    kappa = asked.add_parser("kappa", help="Cohen's kappa of two coders of the same contacts")
    kappa.add_argument("file", type=Path, help="CSV with two columns: the code that each gave, a contact on each line")
    for one in (suggest, share, kappa):
        one.add_argument("--json", action="store_true", help="one JSON document instead of text")


def run(args: argparse.Namespace) -> int:
    answers = {"suggest": _suggest, "share": _share, "kappa": _kappa}
    try:
        answer = answers[args.question](args)
    except BadInput as wrong:
        print(f"luotsi: {wrong}", file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print("\n".join(f"{name}: {_plain(value)}" for name, value in answer.items()))
    return 0


def _suggest(args: argparse.Namespace) -> dict[str, Any]:
    from luotsi.domain.cases.definitions.contacts import demands
    from luotsi.domain.cases.rules.demand import suggest

    words = " ".join(args.words)
    if not words.strip():
        raise BadInput("say what the person wrote")
    found = suggest(words, args.lang, demands())
    if found is None:
        return {"demand": None, "kind": None, "name": None, "words": []}
    known = demands()[found.demand]
    return {
        "demand": found.demand,
        "kind": known.kind,
        "name": known.name.in_language(args.lang),
        "words": list(found.words),
    }


def _share(args: argparse.Namespace) -> dict[str, Any]:
    from luotsi.domain.cases.rules.demand import DemandShare

    if min(args.failure, args.value, args.unknown) < 0:
        raise BadInput("a number of contacts is not negative")
    found = DemandShare(args.failure, args.value, args.unknown)
    return {
        "contacts": found.total,
        "failure_percent": _percent(found.failure_share),
        "unknown_percent": _percent(found.unknown_share),
    }


def _kappa(args: argparse.Namespace) -> dict[str, Any]:
    from luotsi.domain.cases.definitions.contacts import demands
    from luotsi.domain.cases.rules.demand import kappa

    pairs = _pairs(args.file)
    unknown = sorted({code for pair in pairs for code in pair} - set(demands()))
    if unknown:
        raise BadInput(f"there is no code {', '.join(unknown)}; there are {', '.join(demands())}")
    return {
        "contacts": len(pairs),
        "agreed": sum(one == other for one, other in pairs),
        "kappa": _rounded(kappa(pairs), 3),
    }


def _pairs(file: Path) -> list[tuple[str, str]]:
    try:
        rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot read {file}: {getattr(error, 'strerror', None) or 'it is not text in UTF-8'}") from None
    pairs = []
    for number, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != 2:
            raise BadInput(f"{file.name}:{number}: a line has the two codes, for example F1,V1")
        pairs.append((row[0].strip(), row[1].strip()))
    return pairs


def _percent(share: float | None) -> float | None:
    return _rounded(None if share is None else 100 * share, 1)


def _rounded(number: float | None, decimals: int) -> float | None:
    return None if number is None else round(number, decimals)


def _plain(value: Any) -> str:
    if value is None:
        return "–"
    return ", ".join(value) if isinstance(value, list) else str(value)
