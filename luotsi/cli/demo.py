"""`luotsi demo`: the demonstration county, ready to be walked."""

import argparse
import json
import os
import sys
from typing import Any

NAME = "demo"
HELP = "prepare the demonstration county: invented residents and eighteen months of what happened to them"
needs_database = False  # it opens the database itself, to say plainly what to do when it cannot
SCALES = {"small": 5_000, "county": 73_000}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    sizes = "small: 5 000 residents (default); county: 73 000"
    parser.add_argument("--scale", choices=sorted(SCALES), default="small", help=sizes)
    parser.add_argument("--residents", type=_count, metavar="N", help="so many residents instead")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed tells another story; default 1")
    parser.add_argument("--fresh", action="store_true", help="throw the standing demonstration away and make it anew")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    if os.environ.get("LUOTSI_MODE") == "production":
        return _sorry("LUOTSI_MODE=production: invented people are never written among real ones.")
    if why := _cannot_open():
        return _sorry(why)
    from luotsi.demo import prepare
    from luotsi.demo.progress import Progress

    progress = Progress(is_quiet=args.json)
    try:
        _migrate(progress)
        standing = prepare.standing()
        if standing and not args.fresh:
            return _say_it_stands(args, standing)
        return _make(args, progress)
    except prepare.Refused as why_not:
        progress.close()
        return _sorry(str(why_not))


def _make(args: argparse.Namespace, progress: Any) -> int:
    from luotsi.base.now import now
    from luotsi.demo import prepare

    count = args.residents or SCALES[args.scale]
    made = prepare.fill(count=count, seed=args.seed, at=now(), progress=progress, fresh=args.fresh)
    prepare.draw_figures(progress)
    seconds = progress.close()
    if args.json:
        parts = {"residents": made.residents, "contacts": made.cases, "visits": made.visits, "events": made.events}
        took = {"seed": made.seed, "seconds": round(seconds, 1), "steps": progress.seconds}
        print(json.dumps({"made": True, **parts, **took, "open": "/fi/demo/"}))
    else:
        print(
            f"The demonstration county stands: {_spaced(made.residents)} residents, {_spaced(made.cases)} contacts and "
            f"{_spaced(made.visits)} visits of eighteen months. It took {seconds:.0f} s."
        )
        print(_next())
    return 0


def _say_it_stands(args: argparse.Namespace, standing: Any) -> int:
    from luotsi.base.now import in_helsinki, now

    made, stale = in_helsinki(standing.made), standing.is_stale(now())
    if args.json:
        found = {"made": False, "residents": standing.residents, "made_at": made.isoformat(), "stale": stale}
        print(json.dumps({**found, "open": "/fi/demo/"}))
        return 0
    print(
        f"The demonstration stands already (made {made:%-d.%-m.%Y %-H.%M}, {_spaced(standing.residents)} residents). "
        "Keep it, or `luotsi demo --fresh` makes it anew."
    )
    if stale:
        print(
            "Nothing has happened in it for more than two days, so today's worklist has grown old: --fresh renews it."
        )
    print(_next())
    return 0


def _migrate(progress: Any) -> None:
    """Bring the tables up to this version; on a second run there is nothing to do."""
    from django.core.management import call_command

    with progress.step("tables", 4):
        call_command("migrate", verbosity=0, interactive=False)


def _cannot_open() -> str:
    """Why the database cannot be reached, with what to do; "" when it can."""
    import django
    from django.db import OperationalError, connection

    django.setup()
    try:
        connection.ensure_connection()
    except OperationalError as error:
        it = connection.settings_dict
        place = f"{it['HOST'] or 'localhost'}{':' + str(it['PORT']) if it['PORT'] else ''}"
        reason = str(error).strip().splitlines()[0].rsplit("failed: ", 1)[-1]
        return (
            f"The database {it['NAME']!r} at {place} does not answer: {reason}. Check host, port, user and password in "
            "DATABASE_URL, or unset it and the embedded database starts by itself."
        )
    return ""


def _next() -> str:
    """Where `luotsi serve` will be found: it takes its port from LUOTSI_PORT too, which `make demo PORT=…` sets."""
    guide = f"http://localhost:{os.environ.get('LUOTSI_PORT') or 8000}/fi/demo/"
    return f"Next: `luotsi serve`, then open {guide} : it names the cast and gives the ten-minute walk."


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of residents; give for example 5000")
    return int(text)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _sorry(why: str) -> int:
    print(f"luotsi: {why}", file=sys.stderr)
    return 1
