"""How well and how fast the finder answers, and the front door with it: `python -m bench.find [SERVICES] [SECONDS]`.

In a data folder of its own with an embedded PostgreSQL of its own, thrown away after.

Quality: a right service first and among the first three, on the queries looked at while tuning and on those held apart,
beside PostgreSQL's own full-text search of the same texts; over the county's services, and beside the demonstration's
national catalogue. Speed: each query in this process at 5 000 services, after one warm-up round. Services beyond the
two catalogues are copies of theirs, so every word has more of them than in a real catalogue of that size. At last
fifty people who search and read services by HTTP, as `luotsi serve` starts it.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from typing import Any
from urllib.parse import urlencode

from bench.worklist import _luotsi

SERVICES, SECONDS, ROUNDS = 5_000, 12, 4
LIMIT_MS, DOOR_LIMIT_MS = 30.0, 200.0
MUNICIPALITIES = ("", "205", "765")
_FILL = (
    """CREATE TEMPORARY TABLE had AS
       SELECT id, row_number() OVER (ORDER BY key) AS number FROM catalogue_service WHERE unpublished_at IS NULL""",
    """CREATE TEMPORARY TABLE made AS
       SELECT n, gen_random_uuid() AS id, of.id AS of, texts.id AS texts, ways.id AS ways
       FROM (SELECT n, 1 + floor(random() * many)::int AS of, 1 + floor(random() * many)::int AS texts,
                    1 + floor(random() * many)::int AS ways
             FROM generate_series(1, {services} - (SELECT count(*) FROM had)) n,
                  (SELECT count(*) AS many FROM had) total
            ) drawn
       JOIN had of ON of.number = drawn.of JOIN had texts ON texts.number = drawn.texts
       JOIN had ways ON ways.number = drawn.ways""",
    """INSERT INTO catalogue_service (id, key, source_id, {columns})
       SELECT made.id, 'copy-' || n, 'copy-' || n, {columns}
       FROM made JOIN catalogue_service service ON service.id = made.of""",
    """INSERT INTO catalogue_searchtext (service_id, language, lemmas)
       SELECT made.id, language, lemmas FROM made JOIN catalogue_searchtext text ON text.service_id = made.texts""",
    """INSERT INTO catalogue_connection (service_id, channel_id, position)
       SELECT made.id, channel_id, position FROM made JOIN catalogue_connection link ON link.service_id = made.ways""",
)


def main(services: int, seconds: int) -> int:
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as folder:
        os.environ["LUOTSI_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
        try:
            return _measure(services, seconds)
        finally:
            _luotsi("stop")


def _measure(services: int, seconds: int) -> int:
    done = _luotsi("manage", "migrate")
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return 1
    import django

    django.setup()
    _say_quality(services)
    _say_speed()
    _say_door(seconds)
    return 0


def _say_quality(services: int) -> None:
    from luotsi.base.now import now
    from luotsi.base.who import SYSTEM
    from luotsi.domain.catalogue import actions
    from luotsi.domain.organisation import actions as organisation

    organisation.load_units()
    actions.load_shelf(by=SYSTEM, at=now())
    _say_scores("the county's own")
    actions.take_in(_national(), by=SYSTEM, at=now())
    _say_scores("with the national catalogue")
    _copy(services)


def _copy(services: int) -> None:
    """Rows of rows: each new service has the name of one, the search texts of another and the ways in of a third."""
    from django.db import connection

    columns = ", ".join(_columns(connection))
    with connection.cursor() as sql:
        sql.execute("SELECT setseed(0.4711)")
        for statement in _FILL:
            sql.execute(statement.format(columns=columns, services=services))
        sql.execute("ANALYZE")
        sql.execute("SELECT count(*) FROM catalogue_service WHERE unpublished_at IS NULL")
        print(f"copied: now there are {sql.fetchone()[0]:,} services")


def _columns(connection: Any) -> list[str]:
    with connection.cursor() as sql:
        described = connection.introspection.get_table_description(sql, "catalogue_service")
    return [one.name for one in described if one.name not in {"id", "key", "source_id"}]


def _national() -> Any:
    from luotsi.base import shelf
    from luotsi.gateways import ptv

    return ptv.read_folder(shelf.ROOT / "national_catalogue")


def _say_scores(among: str) -> None:
    from tests.domain.catalogue.golden import finder, golden, postgres, score

    for name in ("tuned", "held_out"):
        for language, wanted in golden(name).items():
            found, control = score(wanted, language, finder), score(wanted, language, postgres)
            print(f"quality, {among}, {name} {language}: finder {found} | PostgreSQL's own: {control}")


def _asked() -> list[tuple[str, str, str]]:
    """Every query of the golden set with its language, and where the person lives."""
    from tests.domain.catalogue.golden import golden

    sets = [golden(name) for name in ("tuned", "held_out")]
    queries = [(query, language) for one in sets for language in one for query in one[language]]
    return [(*one, MUNICIPALITIES[number % len(MUNICIPALITIES)]) for number, one in enumerate(queries)]


def _say_speed() -> None:
    from luotsi.domain.catalogue import queries

    wall, own = [], []
    for number in range(ROUNDS + 1):
        for query, language, municipality in _asked():
            started, worked = time.perf_counter(), time.process_time()
            queries.find(query, language=language, municipality=municipality or None)  # type: ignore[arg-type]
            if number:
                wall.append((time.perf_counter() - started) * 1000)
                own.append((time.process_time() - worked) * 1000)
    load = os.getloadavg()[0]
    print(f"speed: {len(wall)} searches, {os.cpu_count()} cores, load {load:.1f}; limit p95 {LIMIT_MS:.0f} ms")
    for name, taken in (("waited", wall), ("this process worked", own)):
        p95 = statistics.quantiles(taken, n=20)[-1]
        print(f"  {name}: median {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms, longest {max(taken):.1f} ms")


def _say_door(seconds: int) -> None:
    """Fifty readers between whose pages lie ten seconds, and fifty who ask again at once."""
    from bench import pages
    from luotsi.domain.catalogue import queries

    names = {language: [*queries.service_names(language)][:40] for language in ("fi", "sv", "en")}  # type: ignore[arg-type]
    searches = [f"/{language}/?{urlencode({'q': query, 'municipality': at})}" for query, language, at in _asked()]
    services = [f"/{language}/services/{key}/" for language, keys in names.items() for key in keys]
    kinds = {"search": searches, "service page": services, "front page": ["/fi/", "/sv/", "/en/"]}
    with pages._server() as port:
        for kind, paths in kinds.items():
            asyncio.run(pages._load(port, paths, "", pause=0.0, seconds=2))  # warm
            for words, pause in (("reading 10 s between pages", 10.0), ("asking again at once", 0.0)):
                times, failed = asyncio.run(pages._load(port, paths, "", pause=pause, seconds=seconds))
                done = f"{failed} failed, {len(times) / seconds:.0f}/s; load {os.getloadavg()[0]:.1f}"
                limit = f", limit p95 {DOOR_LIMIT_MS:.0f} ms" if pause else ""
                print(f"{kind}, {pages.PEOPLE} people {words}: {pages._figures(times)}, {done}{limit}")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*[*given, *(SERVICES, SECONDS)[len(given) :]]))
