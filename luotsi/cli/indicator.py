"""`luotsi indicator`: ask the figures as an analyst would, with the definition, coverage and as of when."""

import argparse
import json
import sys
from datetime import date
from typing import Any

from luotsi.base.text import LANGUAGES

NAME = "indicator"
HELP = "An indicator as a table: luotsi indicator care_within_limit --by unit,week. `list` shows them all."
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", help="an indicator's key, or `list`")
    parser.add_argument("--by", default="", metavar="COLUMNS", help="such as unit,week; `list` shows which there are")
    parser.add_argument("--since", "--from", type=_day, metavar="DAY", help="first day, such as 2026-01-01")
    parser.add_argument("--until", "--to", type=_day, metavar="DAY", help="last day")
    parser.add_argument("--unit", action="append", metavar="KEY", help="only this unit; may be given again")
    parser.add_argument("--lang", choices=LANGUAGES, default="fi", help="language of names (default fi)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def run(args: argparse.Namespace) -> int:
    from luotsi.domain.indicators import ports, queries, rules
    from luotsi.domain.indicators.definitions import UnknownIndicatorError

    if args.key == "list":
        return _list(args)
    try:
        by = tuple(column.strip() for column in args.by.split(",") if column.strip())
        units = _known_units(args.unit)
        table = queries.read_indicator(args.key, by=by, since=args.since, until=args.until, units=units)
    except (UnknownIndicatorError, rules.WrongQuestion) as wrong:
        print(f"luotsi: {wrong}", file=sys.stderr)
        return 2
    except ports.NoFacts as nothing:
        print(f"luotsi: {nothing}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(as_json(table, args.lang), ensure_ascii=False, indent=2))
    else:
        _print(table, args.lang)
    return 0


def as_json(table: Any, language: str) -> dict[str, Any]:
    """The table with all one needs to trust it. Percentages are 0–100."""
    it = table.indicator
    return {
        "key": it.key,
        "name": it.name.in_language(language),
        "version": it.version,
        "measured_in": it.unit,
        "by": list(table.by),
        "since": table.since.isoformat(),
        "until": table.until.isoformat(),
        "as_of": table.as_of.isoformat(timespec="seconds"),
        "facts": table.facts,
        "coverage_means": it.coverage_means.in_language(language),
        "apart_means": it.apart.in_language(language) if it.apart else None,
        "rows": [dict(zip(table.by, row.keys, strict=True)) | _numbers(row, it) for row in table.rows],
        "total": _numbers(table.total, it),
    }


def _numbers(row: Any, indicator: Any) -> dict[str, Any]:
    apart = {"apart": row.apart} if indicator.apart else {}
    return {
        "value": row.value,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "coverage": row.coverage,
        **apart,
        "suppressed": row.suppressed,
        "low_coverage": row.low_coverage,
        "target": row.target,
        "law": row.law,
    }


def _list(args: argparse.Namespace) -> int:
    from luotsi.domain.indicators.definitions import indicators

    if args.json:
        rows = [
            {"key": it.key, "name": it.name.in_language(args.lang), "meaning": it.meaning.in_language(args.lang),
             "measured_in": it.unit, "by": list(it.by), "version": it.version, "owner": it.owner}
            for it in indicators().values()
        ]  # fmt: skip
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for it in indicators().values():
        print(f"{it.key}\n  {it.name.in_language(args.lang)} ({it.unit})\n  by: {', '.join(it.by)}")
    return 0


def _known_units(units: list[str] | None) -> list[str] | None:
    from luotsi.domain.indicators.rules import WrongQuestion
    from luotsi.domain.organisation.definitions import unit_names

    for unit in units or ():
        if unit not in unit_names():
            raise WrongQuestion(f"there is no unit {unit!r}; there are {', '.join(unit_names())}")
    return units


def _print(table: Any, language: str) -> None:
    from luotsi.domain.indicators.definitions import words

    it, named = table.indicator, words()
    heads = ["value", "numerator", "denominator", "coverage", *(["apart"] if it.apart else [])]
    head = [*(named.columns[column].in_language(language) for column in table.by), *heads]
    body = [
        [*(named.value(column, key).in_language(language) for column, key in zip(table.by, row.keys, strict=True)),
         *_words(row, it)]
        for row in table.rows
    ]  # fmt: skip
    total = [*(["—"] * len(table.by)), *_words(table.total, it)]
    rows = [head, *body, total] if table.by else [head, total]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    print(f"{it.name.in_language(language)}, {table.since} – {table.until}, as of {table.as_of:%Y-%m-%d %H:%M}")
    for row in rows:
        print("  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip())
    print(f"coverage: {it.coverage_means.in_language(language)}")
    if it.apart:
        print(f"apart: {it.apart.in_language(language)}")


def _words(row: Any, indicator: Any) -> list[str]:
    from luotsi.domain.indicators.rules import DECIMALS

    apart = [_word(row.apart)] if indicator.apart else []
    if row.suppressed:
        return ["too few", "", "", "", *apart]
    sign = " %" if indicator.unit == "percent" else ""
    value = "–" if row.value is None else f"{row.value:.{DECIMALS[indicator.unit]}f}{sign}"
    coverage = "–" if row.coverage is None else f"{row.coverage:.1f} %{' (low)' if row.low_coverage else ''}"
    return [value, _word(row.numerator), _word(row.denominator), coverage, *apart]


def _word(number: int | None) -> str:
    return "–" if number is None else str(number)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-03-31") from None
