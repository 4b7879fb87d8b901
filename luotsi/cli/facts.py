"""`luotsi facts`: keep the columnar facts fresh, make them anew, prove them, or ask how they stand."""

import argparse
import json
import sys
import time
from dataclasses import asdict
from typing import Any

NAME = "facts"
HELP = "The facts that figures are computed from: refresh, rebuild, verify, status."
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=["refresh", "rebuild", "verify", "status"],
        help="refresh: take in what is new; rebuild: make everything anew; verify: compare with the record, "
        "month by month (exit 1 when they differ); status: how fresh, how many, how far behind",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def run(args: argparse.Namespace) -> int:
    from luotsi.domain.indicators.ports import NoFacts

    begun = time.monotonic()
    do = {"refresh": _refresh, "rebuild": _rebuild, "verify": _verify, "status": _status}[args.what]
    try:
        code, answer, text = do()
    except NoFacts as nothing:
        print(f"luotsi: {nothing}", file=sys.stderr)
        return 1
    answer["seconds"] = round(time.monotonic() - begun, 2)
    print(json.dumps(answer, ensure_ascii=False, indent=2, default=str) if args.json else text)
    return code


Outcome = tuple[int, dict[str, Any], str]


def _refresh() -> Outcome:
    from luotsi.analytics import facts

    return _made(facts.refresh())


def _rebuild() -> Outcome:
    from luotsi.analytics import facts

    return _made(facts.rebuild(progress=_show))


def _made(manifest: Any) -> Outcome:
    from luotsi.domain.indicators.definitions import FACT_TABLES

    answer = {
        "id": manifest.id,
        "as_of": manifest.as_of,
        "watermark": manifest.watermark,
        "events": manifest.events,
        "cases": manifest.rows("case_facts"),
        "contacts": manifest.rows("contact_facts"),
        "rows": {table.name: manifest.rows(table.name) for table in FACT_TABLES.values()},
    }
    return 0, answer, (
        f"{answer['events']} events, {answer['cases']} cases, {answer['contacts']} contacts, as of {manifest.as_of}"
    )  # fmt: skip


def _verify() -> Outcome:
    from luotsi.analytics import facts

    verdict = facts.verify()
    answer = {"holds": verdict.holds, "rows": verdict.rows, "differences": [asdict(one) for one in verdict.differences]}
    if verdict.holds:
        counts = ", ".join(f"{count} rows of {table}" for table, count in verdict.rows.items())
        return 0, answer, f"The facts say exactly what the record says: {counts}."
    places = ", ".join(f"{one.table} {one.month}" for one in verdict.differences)
    return 1, answer, f"The facts differ from the record in {places}. Run `luotsi facts rebuild`."


def _status() -> Outcome:
    from luotsi.analytics import facts

    it = facts.status()
    usable = "" if it.usable else " They were made by another version or key: run `luotsi facts rebuild`."
    text = (
        f"{it.events} events, {it.cases} cases, {it.contacts} contacts in {it.megabytes} MB, "
        f"as of {it.as_of:%Y-%m-%d %H:%M:%S}; {it.behind} events wait to be taken in.{usable}"
    )
    return 0, asdict(it), text


def _show(done: int, total: int) -> None:
    """A progress line for a person; nothing in a pipe."""
    if sys.stderr.isatty():
        print(f"\r{done:,} of {total:,} events read", end="\n" if done >= total else "", file=sys.stderr, flush=True)
