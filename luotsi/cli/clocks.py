"""`luotsi clocks rebuild`: every clock row anew from events. On a healthy database it changes nothing."""

import argparse
import json
import os
from dataclasses import asdict

NAME = "clocks"
HELP = "rebuild the clock rows from events; with --check only say what differs"
needs_database = True
_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["rebuild"])
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a row differs")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that share the work")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    from luotsi.base.now import now
    from luotsi.domain.cases import queries as cases
    from luotsi.domain.cases.definitions import case_kinds, referral_routes
    from luotsi.domain.clocks import actions as clocks
    from luotsi.domain.events import actions as events
    from luotsi.domain.people import queries as people

    uses_of = {key: one.clocks for key, one in {**case_kinds(), **referral_routes()}.items()}
    differences = clocks.rebuild(
        uses_of=uses_of,
        at=now(),
        check=args.check,
        jobs=args.jobs,
        stands=cases.standing,
        born_of=people.births,
    )
    if not args.check:
        events.tell_mended("clocks", rows=len(differences), at=now())
    if args.json:
        print(json.dumps([asdict(difference) for difference in differences], default=str))
    else:
        print(f"{len(differences)} clock rows {'differ from' if args.check else 'were mended by'} their events")
        for difference in differences[:_SHOWN]:
            print(f"  {difference.subject} {difference.line}: {difference.what}")
    return 1 if args.check and differences else 0
