"""How long the demonstration takes to set up, and how fast events are appended: `python -m bench.setup [small|county]`.

It is made anew in a data folder of its own with an embedded PostgreSQL of its own, from nothing to the ready figures,
and thrown away after. Events are appended in two ways: streamed as the demonstration does, and one a transaction as
people cause them.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

SCALE = "small"
SINGLY = 500


def main() -> int:
    """Print the figures; answers 1 when the demonstration could not be made."""
    scale = sys.argv[1] if len(sys.argv) > 1 else SCALE
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as folder:
        os.environ["LUOTSI_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        try:
            return _measure(scale)
        finally:
            _luotsi("stop")


def _measure(scale: str) -> int:
    began = perf_counter()
    done = _luotsi("demo", "--scale", scale, "--json")
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return 1
    took, made = perf_counter() - began, json.loads(done.stdout)
    print(f"set-up of {scale}: {took:.1f} s from an empty folder (embedded server, tables, data, figures)")
    print("  " + ", ".join(f"{made[what]:,} {what}" for what in ("residents", "contacts", "visits", "events")))
    for words, seconds in made["steps"].items():
        print(f"  {seconds:7.2f} s  {words}")
    print(f"events appended, streamed: {made['events'] / made['steps']['events']:,.0f}/s with all indexes built")
    print(f"events appended, one a transaction: {_singly():,.0f}/s (synchronous_commit on)")
    return 0


def _singly() -> float:
    """Each its own transaction on one connection, as a page causes them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    django.setup()
    from luotsi.base.ids import new_id
    from luotsi.base.who import SYSTEM
    from luotsi.domain.cases.events import CaseClosed
    from luotsi.domain.events import actions as events

    at, subjects = datetime(2026, 3, 2, 7, 10, tzinfo=UTC), [new_id() for _ in range(SINGLY)]
    began = perf_counter()
    for subject in subjects:
        events.record(CaseClosed("cared"), by=SYSTEM, at=at, subject=subject)
    return SINGLY / (perf_counter() - began)


def _luotsi(*arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[1]
    run = [sys.executable, "-m", "luotsi.cli", *arguments]
    return subprocess.run(run, cwd=root, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
