"""`luotsi access`: why somebody may or may not open a resident's records; and are all relationships there?"""

import argparse
import json
import sys
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from luotsi.cli._reasons import Asked

NAME = "access"
HELP = "why a worker may or may not open what of a resident; are all relationships written"
needs_database = True
_NO_WORKER = "there is no worker with this id or mail"
_NO_RESIDENT = "there is no such resident"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="what", required=True, metavar="explain|rebuild")
    explain = kinds.add_parser("explain", help="say in sentences why a worker may or may not open a resident's records")
    explain.add_argument("user", metavar="USER", help="the worker's id or mail")
    explain.add_argument(
        "resident", metavar="RESIDENT", help='the resident\'s id; "-" reads an identity code from standard input'
    )
    explain.add_argument("--json", action="store_true", help="one JSON document instead of text")
    rebuild = kinds.add_parser("rebuild", help="add the relationships that follow from cases and times and are missing")
    rebuild.add_argument("--check", action="store_true", help="change nothing; exit 1 when one is missing")
    rebuild.add_argument("--json", action="store_true", help="one JSON document instead of text")


def run(args: argparse.Namespace) -> int:
    return _rebuild(args) if args.what == "rebuild" else _explain(args)


def _explain(args: argparse.Namespace) -> int:
    from luotsi.cli._reasons import as_json, sentences
    from luotsi.domain.people.rules import BadIdentityCode

    try:
        found = _found(args.user, args.resident)
    except BadIdentityCode as error:
        return _refuse(str(error), 2)
    except LookupError as error:
        return _refuse(str(error.args[0]), 1)
    print(json.dumps(as_json(found), ensure_ascii=False, indent=2) if args.json else "\n".join(sentences(found)))
    return 0


def _found(user: str, resident: str) -> "Asked":
    """Both people and what stands between them. Raises LookupError, BadIdentityCode."""
    from luotsi.base.now import now
    from luotsi.cli._reasons import Asked
    from luotsi.domain.organisation import queries as organisation
    from luotsi.domain.people import queries as people

    staff, at = _staff(user), now()
    held = organisation.roles_of(staff, on=at.date())
    roles = [organisation.staff_as_who(staff, on=at.date(), role=one.role) for one in held]
    explained = people.explain(_resident(resident), staff=staff, roles=[who for who in roles if who], at=at)
    if explained is None:
        raise LookupError(_NO_RESIDENT)
    return Asked(
        name=organisation.names_of({staff})[staff],
        staff=staff,
        held=held,
        rights=organisation.rights_of(staff, on=at.date()),
        explained=explained,
    )


def _staff(user: str) -> UUID:
    """The worker by id or by mail. Raises LookupError."""
    from luotsi.domain.organisation import queries as organisation

    if "@" in user:
        found = organisation.ids_of_mail(user)
        if len(found) > 1:
            raise LookupError(f"several workers have this mail; name one by id: {', '.join(map(str, found))}")
        if not found:
            raise LookupError(_NO_WORKER)
        return found[0]
    staff = _uuid(user, _NO_WORKER)
    if not organisation.names_of({staff}):
        raise LookupError(_NO_WORKER)
    return staff


def _resident(words: str) -> UUID:
    """The resident by id, or by the identity code on standard input, which is never an argument: others see those.

    Raises LookupError, BadIdentityCode.
    """
    from luotsi.domain.people.queries.finding import id_of_code

    if words != "-":
        return _uuid(words, f"{_NO_RESIDENT}; an identity code is given by a pipe, with - in its place")
    found = id_of_code(sys.stdin.readline())
    if found is None:
        raise LookupError("nobody here has this identity code")
    return found


def _uuid(words: str, otherwise: str) -> UUID:
    try:
        return UUID(words)
    except ValueError:
        raise LookupError(otherwise) from None


def _rebuild(args: argparse.Namespace) -> int:
    from luotsi.base.now import now
    from luotsi.domain.cases import actions as cases
    from luotsi.domain.events.actions.system import as_system

    with as_system():
        count = cases.missing_relationships(at=now()) if args.check else cases.rebuild_relationships(at=now())
    if args.json:
        print(json.dumps({"missing" if args.check else "added": count}))
    else:
        print(f"{count:,} relationships {'are missing' if args.check else 'added'}")
    return 1 if args.check and count else 0


def _refuse(words: str, code: int) -> int:
    print(f"luotsi: {words}", file=sys.stderr)
    return code
