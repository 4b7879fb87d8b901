"""`luotsi retention`: what has passed its time goes; with --dry-run it is only counted."""

import argparse
import json
import sys
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luotsi.config.retention import Outcome

NAME = "retention"
HELP = "erase what has passed its time, by the rules in content/retention; the worker does so once a day"
needs_database = True
_BETWEEN_LINES_SECONDS = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="count what would go, and erase nothing")
    parser.add_argument("--on", metavar="DATE", help="as on this day (2026-03-31); a later one with --dry-run only")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def run(args: argparse.Namespace) -> int:
    from luotsi.base.now import now, today
    from luotsi.config import retention

    try:
        on = date.fromisoformat(args.on) if args.on else today()
    except ValueError:
        print(f"luotsi retention: --on {args.on!r} is not a day; write it as 2026-03-31", file=sys.stderr)
        return 2
    if on > today() and not args.dry_run:
        print(f"luotsi retention: {on} has not come; look ahead with --dry-run", file=sys.stderr)
        return 2
    began = perf_counter()
    outcome = retention.run(on=on, at=now(), dry_run=args.dry_run, progress=_Progress())
    seconds = round(perf_counter() - began, 2)
    print(json.dumps(_document(outcome, seconds), indent=2) if args.json else "\n".join(_sentences(outcome, seconds)))
    return 1 if outcome.log_kept else 0


def _document(outcome: "Outcome", seconds: float) -> dict[str, object]:
    return {
        "on": outcome.on.isoformat(),
        "dry_run": outcome.is_dry_run,
        "residents": {
            "past_their_time": outcome.past,
            "erased": outcome.erased,
            "kept_by_a_hold": outcome.held,
            "kept_for_their_documents": outcome.waiting,
        },
        "rows": outcome.by_rule(),
        "log_kept_because": outcome.log_kept,
        "seconds": seconds,
    }


def _sentences(outcome: "Outcome", seconds: float) -> list[str]:
    from luotsi.domain.people.definitions import retention_rules, tables

    told, known = retention_rules(), tables()
    lines = []
    for rule, rows in outcome.by_rule().items():
        lines.append(f"{told[rule].name.en} ({rule}; {told[rule].law.act}): {told[rule].explains.en}")
        lines += [f"  {number:>9,} {table:26} {known[table].erased_why}" for table, number in rows.items()]
    went = "would be erased" if outcome.is_dry_run else "erased"
    lines.append(
        f"{outcome.on}: {outcome.past:,} residents past their time, {outcome.erased:,} {went}, "
        f"{outcome.waiting:,} kept for their documents, {outcome.held:,} people kept by a hold; "
        f"{sum(outcome.gone.values()):,} rows; {seconds} s."
    )
    if outcome.log_kept:
        lines.append(f"The usage log was not touched: {outcome.log_kept}")
    return lines


class _Progress:
    """A line on the way of long work, not more often than every two seconds."""

    def __init__(self) -> None:
        self._said = perf_counter()

    def __call__(self, done: int, of: int) -> None:
        if perf_counter() - self._said >= _BETWEEN_LINES_SECONDS:
            self._said = perf_counter()
            print(f"{done:,} of {of:,} people seen", file=sys.stderr, flush=True)
