"""`luotsi factors`: what a worker confirms with. When a phone is lost, take it away: they set up a new one."""

import argparse
import json
import sys
from dataclasses import asdict
from uuid import UUID

NAME = "factors"
HELP = "a worker's passkeys and code app; --forget takes them away, so that they set up new ones after signing in"
needs_database = True
_KINDS = {"totp": "code app", "webauthn": "passkey"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("staff", metavar="STAFF", help="the worker's id, as it stands in the address of their page")
    parser.add_argument(
        "--forget", action="store_true", help="take all of them away; be sure first that it is they who ask"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")


def run(args: argparse.Namespace) -> int:
    from luotsi.domain.organisation import queries as organisation
    from luotsi.gateways.identity.factors import client as factors

    try:
        staff = UUID(args.staff)
    except ValueError:
        print(
            f"luotsi: {args.staff!r} is not an id; it looks like 0d3c0000-0000-4000-8000-000000000101", file=sys.stderr
        )
        return 2
    name = organisation.names_of({staff}).get(staff)
    if name is None:
        print("luotsi: there is no such worker", file=sys.stderr)
        return 1
    gone = factors.forget(staff) if args.forget else 0
    left = factors.factors_of(staff)
    if args.json:
        rows = [asdict(factor) for factor in left]
        print(json.dumps({"staff": str(staff), "taken_away": gone, "factors": rows}, default=str, ensure_ascii=False))
        return 0
    print(f"{name}: {gone} taken away" if args.forget else name)
    for factor in left:
        print(f"  {_KINDS[factor.kind]} {factor.name}, set up {factor.added_at:%Y-%m-%d}".replace("  ,", ","))
    if not left:
        print("  nothing to confirm with: the first one is set up within five minutes of signing in")
    return 0
