"""`luotsi log`: does the log of who looked still say what was sealed? And sealing it now."""

import argparse
import json
from dataclasses import asdict
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luotsi.domain.events.queries import Verdict

NAME = "log"
HELP = "the usage log: verify what was sealed, or seal what is new"
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=["verify", "seal"],
        help="verify: compute everything anew and compare (exit 1 when something is wrong); seal: close what is new",
    )
    parser.add_argument("--new-anchor", action="store_true", help="seal: lay the anchor aside and begin a new one")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def run(args: argparse.Namespace) -> int:
    return _verify(args.json) if args.what == "verify" else _seal(args)


def _verify(as_json: bool) -> int:
    from luotsi.domain.events.queries import verify

    began = perf_counter()
    verdict = verify()
    seconds = round(perf_counter() - began, 2)
    if as_json:
        answer = {"holds": verdict.holds, **asdict(verdict), "seconds": seconds}
        print(json.dumps(answer, ensure_ascii=False, indent=2, default=str))
    else:
        print("\n".join(_sentences(verdict, seconds)))
    return 0 if verdict.holds else 1


def _sentences(verdict: "Verdict", seconds: float) -> list[str]:
    found = [
        f"seal {one.seal}{_when(one.first_at, one.last_at)}: {one.words}" if one.seal else one.words
        for one in verdict.problems
    ]
    counted = f"{verdict.rows:,} rows under {verdict.seals:,} seals, {verdict.unsealed:,} too new for one"
    end = "The log says what was sealed" if verdict.holds else f"The log does not hold in {len(found)} places"
    return [*found, f"{end}: {counted}; {seconds} s."]


def _when(first: datetime | None, last: datetime | None) -> str:
    from luotsi.base.now import in_helsinki

    if first is None or last is None:
        return ""
    return f" ({in_helsinki(first):%Y-%m-%d %H:%M:%S} – {in_helsinki(last):%Y-%m-%d %H:%M:%S})"


def _seal(args: argparse.Namespace) -> int:
    from luotsi.base.now import now
    from luotsi.domain.events import actions as events

    if args.new_anchor:
        events.begin_anchor(at=now())
    rows = events.seal(at=now())
    print(json.dumps({"sealed": rows}) if args.json else f"{rows:,} rows sealed")
    return 0
