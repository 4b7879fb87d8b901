"""How fast figures are at a county's size: 1.4 million visits a year, written straight to the facts' files.

    .venv/bin/python -m bench.indicators

One indicator by unit and week: DuckDB through the product, beside pandas and plain Python on the same files. Then the
whole boards, cold (a fresh process's first question) and warm. Times are of this machine: read the ratios.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

VISITS = 1_400_000
YEAR = date(2025, 12, 1)
AS_OF = datetime.fromisoformat("2026-11-30T12:00:00+02:00")
KEY = "care_within_7_days"

# A unit that stands here twice has twice the visits.
_UNITS = (
    "kajaani-hva", "kajaani-hva", "kajaani-hva", "kajaani-hva", "kajaani-hva", "kajaani-virtuaalitiimi",
    "kajaani-virtuaalitiimi", "sotkamo", "sotkamo", "kuhmo", "kuhmo", "suomussalmi", "suomussalmi", "paltamo",
    "ristijarvi", "hyrynsalmi", "puolanka", "fysioterapia", "mielenterveys", "suun-kajaani", "suun-kuhmo",
)  # fmt: skip

_CASES = """
WITH drawn AS (
    SELECT i, unit, unit LIKE 'suun-%' AS oral, DATE '{year}' + (random() * 364)::INTEGER AS assessed,
           (-ln(1 - random()) * CASE WHEN unit LIKE 'suun-%' THEN 60 WHEN unit = 'kajaani-hva' THEN 12 ELSE 4 END)
               ::INTEGER AS wait, random() AS how, random() AS what
    FROM (SELECT i, [{units}][1 + (i % {count})::INTEGER] AS unit FROM range({visits}) AS numbers(i))
), dated AS (
    SELECT *, assessed + wait AS visit, assessed + CASE WHEN oral THEN 184 ELSE 90 END AS due FROM drawn
)
SELECT i::VARCHAR AS "case", (i % 73000)::VARCHAR AS resident_key, if(oral, 'oral_need', 'health_need') AS kind, unit,
       'reception' AS service, 'health' AS register, ['phone', 'form', 'walk_in'][1 + (i % 3)::INTEGER] AS channel,
       '205' AS municipality, 'fi' AS language, assessed AS opened_day, how > 0.2 AS has_assessment,
       if(how > 0.2, assessed, NULL) AS assessed_day,
       if(how > 0.2, if(what < 0.08, 'urgent', 'care_needed'), '') AS outcome,
       if(how > 0.2, if(what < 0.08, 'urgent', 'non_urgent'), '') AS urgency,
       if(i % 2 = 0, 'nurse', 'doctor') AS profession,
       if(how > 0.2, if(oral, 'oral_care', 'primary_care'), '') AS line, 'PHC-3M-2025' AS rule,
       if(how > 0.2 AND what >= 0.08, due, NULL) AS due_day, visit AS offered_day, visit AS promised_day,
       if(visit <= DATE '2026-11-30', visit, NULL) AS first_visit_day, 'visit' AS mode, first_visit_day AS settled_day,
       if(due_day IS NULL OR first_visit_day IS NULL, '', if(visit <= due, 'met', 'late')) AS settled_as,
       first_visit_day AS closed_day, if(first_visit_day IS NULL, '', 'cared') AS close_reason
FROM dated
"""
_CONTACTS = """
SELECT "case" AS contact, resident_key, kind, unit, service, register, channel, municipality, language,
       opened_day AS received_day FROM cases
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        files = _write(Path(folder))
        _one_indicator(Path(folder), files)
        for board in ("reception", "oral"):
            subprocess.run([sys.executable, "-m", "bench.indicators", "board", folder, board], check=True)


def _write(folder: Path) -> list[Path]:
    """The county's facts of a year as the worker would have published them."""
    import duckdb

    from luotsi.analytics.facts import manifest
    from luotsi.analytics.facts.manifest import Manifest, Part

    started = time.perf_counter()
    units = ", ".join(f"'{unit}'" for unit in _UNITS)
    parts = []
    with duckdb.connect(":memory:") as duck:
        duck.execute("SELECT setseed(0.5)")
        cases = _CASES.format(year=YEAR, units=units, count=len(_UNITS), visits=VISITS)
        duck.execute(f"CREATE TABLE cases AS {cases}")
        duck.execute(f"CREATE TABLE contacts AS {_CONTACTS}")
        for table, rows, day in (("case_facts", "cases", "opened_day"), ("contact_facts", "contacts", "received_day")):
            for (month,) in duck.execute(f"SELECT DISTINCT strftime({day}, '%Y-%m') FROM {rows} ORDER BY 1").fetchall():
                file = f"{table}-{month}-bench.parquet"
                chosen = f"SELECT * FROM {rows} WHERE strftime({day}, '%Y-%m') = '{month}' ORDER BY {day}, unit"
                written = duck.execute(
                    f"COPY ({chosen}) TO '{folder / file}' (FORMAT parquet, COMPRESSION zstd)"
                ).fetchone()
                parts.append(Part(table, file, written[0] if written else 0, month))
    made = Manifest("bench", AS_OF.isoformat(), 1, 0, "", "", tuple(parts))
    manifest.publish(folder, made, old=None, at=AS_OF)
    files = [folder / part.file for part in parts if part.table == "case_facts"]
    size = sum(path.stat().st_size for path in folder.glob("*.parquet")) / 1e6
    print(f"{VISITS:,} visits written in {time.perf_counter() - started:.1f} s: {len(parts)} files, {size:.0f} MB")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    return files


def _one_indicator(folder: Path, files: list[Path]) -> None:
    """The same table by three ways, and that the three agree."""
    from luotsi.analytics.engine import DuckFigures
    from luotsi.domain.indicators import definitions
    from luotsi.domain.indicators.ports import Ask

    indicator = definitions.indicator(KEY)
    ask = Ask(indicator.model_copy(update={"minimum_cell": 1}), ("unit", "week"))
    figures = DuckFigures(folder)
    first, _ = _timed(lambda: figures.measure(ask))
    ways: list[tuple[str, Callable[[], dict[Any, Any]]]] = [
        ("DuckDB, engine warm", lambda: _as_dict(DuckFigures(folder).measure(ask))),
        ("pandas, hand-written", lambda: _pandas(files)),
        ("plain Python", lambda: _plain(files)),
    ]
    print(f"{KEY} by unit and week:")
    print(f"  DuckDB, first question of the process {first:6.2f} s")
    tables = []
    for name, way in ways:
        seconds, table = min((_timed(way) for _ in range(2)), key=lambda pair: pair[0])
        tables.append(table)
        print(f"  {name:37} {seconds:6.2f} s   {len(table)} cells")
    print(f"  asked again                           {_timed(lambda: figures.measure(ask))[0] * 1000:6.2f} ms")
    print(f"  all three the same: {'yes' if tables[0] == tables[1] == tables[2] else 'NO'}")


def _as_dict(answer: Any) -> dict[Any, Any]:
    return {cell.keys: (cell.numerator, cell.denominator) for cell in answer.cells if cell.denominator}


def _pandas(files: list[Path]) -> dict[Any, Any]:
    """As an analyst would write it in a notebook."""
    import pandas as pd

    columns = ["unit", "kind", "outcome", "urgency", "assessed_day", "first_visit_day"]
    cases = pd.concat([pd.read_parquet(path, columns=columns) for path in files])
    visits = cases[(cases.kind == "health_need") & (cases.urgency != "urgent") & cases.first_visit_day.notna()].copy()
    visits["visit"] = pd.to_datetime(visits.first_visit_day)
    visits["wait"] = (visits.visit - pd.to_datetime(visits.assessed_day)).dt.days
    visits = visits[visits.wait.notna() & (visits.wait >= 0)]
    visits["week"] = (visits.visit - pd.to_timedelta(visits.visit.dt.day_of_week, unit="D")).dt.date
    visits["soon"] = (visits.wait <= 7).astype(int)
    table = visits.groupby(["unit", "week"]).soon.agg(["sum", "count"])
    return {key: (int(row["sum"]), int(row["count"])) for key, row in table.iterrows()}


def _plain(files: list[Path]) -> dict[Any, Any]:
    """Row by row, without any library but the reader of the files."""
    import pyarrow.parquet as pq

    columns = ["unit", "kind", "urgency", "assessed_day", "first_visit_day"]
    found: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for path in files:
        read = pq.read_table(path, columns=columns).to_pydict()
        for unit, kind, urgency, assessed, visit in zip(*read.values(), strict=True):
            if kind != "health_need" or urgency == "urgent" or visit is None or assessed is None or visit < assessed:
                continue
            week = date.fromordinal(visit.toordinal() - visit.weekday())
            found[unit, week][0] += (visit - assessed).days <= 7
            found[unit, week][1] += 1
    return {key: (soon, count) for key, (soon, count) in found.items()}


def _board(folder: Path, key: str) -> None:
    """The figures of the board's page, in a process of its own, so that cold is cold."""
    from luotsi.analytics.engine import DuckFigures
    from luotsi.base.who import Who
    from luotsi.domain.indicators import definitions, ports
    from luotsi.rooms.steering import boards

    figures, board = DuckFigures(folder), definitions.board(key)
    viewer = Who(kind="staff", role="service-manager")
    load, _ = _timed(figures.warm)
    asked = _Asked(figures)
    ports.connect(asked)
    cold, _ = _timed(lambda: boards.shown(board, viewer, {}))
    in_figures = asked.seconds
    warm = min(_timed(lambda: boards.shown(board, viewer, {}))[0] for _ in range(3))
    print(
        f"board {key}: {len(board.tiles)} tiles; engine loaded in {load:.2f} s; cold {cold:.2f} s "
        f"({in_figures:.2f} s of it figures), warm {warm * 1000:.0f} ms (limits 2 s, 100 ms)"
    )


class _Asked:
    """The engine with a stopwatch: what is left of a page's time goes to its charts and words."""

    def __init__(self, figures: Any) -> None:
        self._figures = figures
        self.seconds = 0.0

    def state(self) -> Any:
        return self._figures.state()

    def measure(self, ask: Any) -> Any:
        seconds, answer = _timed(lambda: self._figures.measure(ask))
        self.seconds += seconds
        return answer


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = do()
    return time.perf_counter() - started, answer


if __name__ == "__main__":
    if sys.argv[1:2] == ["board"]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
        import django

        django.setup()
        _board(Path(sys.argv[2]), sys.argv[3])
    else:
        main()
