"""`luotsi import`: services from a source outside, such as the national Service Catalogue (PTV)."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luotsi.base.now import now
from luotsi.base.text import LANGUAGES
from luotsi.base.who import SYSTEM

if TYPE_CHECKING:
    from luotsi.domain.catalogue.actions import Taken
    from luotsi.domain.catalogue.ports import Fault, Told

NAME = "import"
HELP = "take services in from a source: luotsi import ptv FOLDER (or the address of PTV's open API)"
needs_database = True
_SHOWN = 20
_BAR = 24


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", choices=["ptv"], help="ptv: the national Service Catalogue (Suomi.fi)")
    parser.add_argument(
        "where", help="a folder with its answers as JSON files, or an address: https://…/api/v11 or …/v12"
    )
    parser.add_argument(
        "--to", type=Path, help="with an address: the folder for the answers; a cut fetch goes on there"
    )
    parser.add_argument("--part", action="store_true", help="it is not everything: what is not named stays published")
    parser.add_argument("--dry-run", action="store_true", help="change nothing; say what would change")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language in which faults are said")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    from luotsi.domain.catalogue import actions
    from luotsi.gateways.ptv import NotFetched

    try:
        told = _told(args)
        taken = actions.take_in(told, by=SYSTEM, at=now(), is_trial=args.dry_run, tell=_bar(args))
    except actions.NotTaken as refused:
        return _refused(args, refused.faults)
    except (NotFetched, OSError) as error:
        print(f"luotsi: {error}", file=sys.stderr)
        return 2
    _say(args, taken)
    return 0


def _told(args: argparse.Namespace) -> "Told":
    from luotsi.domain.organisation.definitions import municipality_names
    from luotsi.gateways import ptv

    folder = Path(args.where)
    if args.where.startswith(("https://", "http://")):
        folder = args.to or ptv.folder_of_today()
        ptv.fetch_county(args.where, folder, municipalities=sorted(municipality_names()), tell=_bar(args))
    return ptv.read_folder(folder, is_whole=not args.part, tell=_bar(args))


def _refused(args: argparse.Namespace, faults: "tuple[Fault, ...]") -> int:
    if args.json:
        print(json.dumps({"taken": False, "faults": _faults(args, faults)}, ensure_ascii=False, indent=2))
    else:
        for fault in faults[:_SHOWN]:
            print(fault.sentence(args.lang), file=sys.stderr)
        if len(faults) > _SHOWN:
            print(f"… and {len(faults) - _SHOWN} more", file=sys.stderr)
        print("luotsi: nothing was taken in; the catalogue is as it was", file=sys.stderr)
    return 1


def _say(args: argparse.Namespace, taken: "Taken") -> None:
    if args.json:
        print(
            json.dumps(
                {"taken": not args.dry_run, **asdict(taken), "faults": _faults(args, taken.faults)},
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    would = "would be " if args.dry_run else ""
    became = {"added": taken.added, "changed": taken.changed, "unpublished": taken.unpublished}
    for what, names in became.items():
        print(f"{len(names)} {would}{what}" + (f": {', '.join(names[:_SHOWN])}" if names else ""))
    print(f"{taken.same} as before; {taken.outside} for other counties; {taken.channels} channels, "
          f"{taken.collections} collections")  # fmt: skip
    for fault in taken.faults[:_SHOWN]:
        print(f"note: {fault.sentence(args.lang)}")


def _faults(args: argparse.Namespace, faults: "tuple[Fault, ...]") -> list[dict[str, Any]]:
    return [asdict(one) | dict(zip(("what", "mend"), one.said(args.lang), strict=True)) for one in faults]


def _bar(args: argparse.Namespace) -> Any:
    """Draws how far it is, where somebody looks."""
    if args.json or not sys.stderr.isatty():
        return lambda *_: None

    def draw(what: str, done: int, of: int) -> None:
        full = round(done / max(of, 1) * _BAR)
        end = "\r\033[K" if done >= of else ""
        sys.stderr.write(f"\r\033[K{'█' * full}{'░' * (_BAR - full)} {what} {done}/{of}{end}")
        sys.stderr.flush()

    return draw
