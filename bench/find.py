"""How well and how fast the finder answers. Prints one line for each figure.

    .venv/bin/python bench/find.py

Quality: a right service first and among the first three, on the queries looked at while tuning and on those held apart,
beside PostgreSQL's own full-text search of the same texts. Speed: each query in this process, after one warm-up round.
"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

ROUNDS = 10
LIMIT_MS = 10.0


def main() -> int:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    import django

    django.setup()
    _load()
    _quality()
    return _speed()


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


def _speed() -> int:
    from luotsi.domain.catalogue import queries
    from tests.domain.catalogue.golden import golden

    asked = [
        (query, language) for name in ("tuned", "held_out") for language, one in golden(name).items() for query in one
    ]
    taken = []
    for number in range(ROUNDS + 1):
        for query, language in asked:
            started = time.perf_counter()
            queries.find(query, language=language)  # type: ignore[arg-type]
            if number:
                taken.append((time.perf_counter() - started) * 1000)
    p95 = statistics.quantiles(taken, n=20)[-1]
    middle = statistics.median(taken)
    print(
        f"speed   {len(taken)} searches: median {middle:.1f} ms, p95 {p95:.1f} ms (limit {LIMIT_MS:.0f}), max {max(taken):.1f} ms"
    )
    return 0 if p95 <= LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
