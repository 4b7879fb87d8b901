"""How well and how fast the finder answers. Prints one line for each figure.

    .venv/bin/python bench/find.py

Quality: a right service first and among the first three, on the queries looked at while tuning and on those held apart,
beside PostgreSQL's own full-text search of the same texts. Speed: each query in this process, after one warm-up round.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

ROUNDS = 10
LIMIT_MS = 10.0


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    import django

    django.setup()
    _load()
    _quality()
    _speed()


def _load() -> None:
    from luotsi.base.now import now
    from luotsi.base.who import SYSTEM
    from luotsi.cli.find import make_ready
    from luotsi.domain.catalogue import actions

    make_ready()
    started = time.perf_counter()
    loaded = actions.load_shelf(by=SYSTEM, at=now())
    print(f"reload  {time.perf_counter() - started:.2f} s, {loaded}")


def _quality() -> None:
    from tests.domain.catalogue.golden import finder, golden, postgres, score

    for name in ("tuned", "held_out"):
        for language, wanted in golden(name).items():
            found, control = score(wanted, language, finder), score(wanted, language, postgres)
            print(f"quality {name:8} {language}: finder {found} | PostgreSQL's own: {control}")


def _speed() -> None:
    from luotsi.domain.catalogue import queries
    from tests.domain.catalogue.golden import golden

    sets = [golden(name) for name in ("tuned", "held_out")]
    asked = [(query, language) for one in sets for language in one for query in one[language]]
    wall, own = [], []
    for number in range(ROUNDS + 1):
        for query, language in asked:
            started, worked = time.perf_counter(), time.process_time()
            queries.find(query, language=language)  # type: ignore[arg-type]
            if number:
                wall.append((time.perf_counter() - started) * 1000)
                own.append((time.process_time() - worked) * 1000)
    print(
        f"speed   {len(wall)} searches, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; limit {LIMIT_MS:.0f} ms"
    )
    for name, taken in (("waited", wall), ("this process worked", own)):
        p95 = statistics.quantiles(taken, n=20)[-1]
        print(
            f"        {name}: median {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms, longest {max(taken):.1f} ms"
        )


if __name__ == "__main__":
    main()
