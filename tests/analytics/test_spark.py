"""The same expressions for a distributed engine: each compiles for Spark, and where Spark is installed runs alike."""

from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pytest
from ibis.backends.sql.compilers.pyspark import compiler as spark
from ibis.config import Config

from luotsi.analytics.cube import SCHEMAS, Cube, expression, rows_of
from luotsi.analytics.measures import counting
from luotsi.analytics.measures.marks import SUMS
from luotsi.domain.indicators.definitions import Indicator
from tests.analytics.tables import arrow_table
from tests.content.test_indicators import INDICATORS, key


class SparkOptions(Config):
    """Those of Ibis's Spark that the compiler asks for."""

    treat_nan_as_null: bool = False


TODAY = date(2026, 3, 31)
BOTH = [pytest.param(indicator, id=key(indicator)) for indicator in INDICATORS]


@pytest.mark.parametrize("indicator", BOTH)
def test_every_measure_compiles_for_spark(indicator: Indicator, monkeypatch: pytest.MonkeyPatch) -> None:
    if ibis.options.pyspark is None:  # what an installed Spark would say of itself
        monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    table = indicator.measure.table.name
    asked = expression(ibis.table(SCHEMAS[table], name=table), indicator.measure, ("unit",), TODAY)

    sql = spark.to_sqlglot(asked).sql("spark")

    assert f"`{table}`" in sql
    assert all(f"AS `{name}`" in sql for name in SUMS)
    assert "/" not in sql, "a share is divided in one place, not by an engine"


@pytest.fixture(scope="session")
def session() -> Any:
    """One Spark for the whole run: it takes a quarter of a minute to start."""
    pyspark = pytest.importorskip("pyspark.sql", reason="Spark is an optional extra: pip install 'pyspark<4.1'")
    made = pyspark.SparkSession.builder.master("local[1]").config("spark.sql.session.timeZone", "UTC")
    made = made.config("spark.driver.host", "127.0.0.1").config("spark.ui.enabled", "false").getOrCreate()
    yield ibis.pyspark.connect(made)
    made.stop()


@pytest.mark.slow
@pytest.mark.parametrize("indicator", BOTH)
def test_spark_counts_as_duckdb_does(indicator: Indicator, session: Any, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    example, table = indicator.example, indicator.measure.table.name
    model, (rows,) = indicator.measure.table.model, example.facts.values()
    (tmp_path / table).mkdir()
    pq.write_table(arrow_table(model, rows), tmp_path / table / "part.parquet")

    def count(engine: Any, where: str) -> Cube:
        asked = expression(engine.read_parquet(where), indicator.measure, ("unit",), example.as_of)
        rows = rows_of(engine.to_pyarrow(asked).to_pydict(), ("unit",))
        return Cube.of(rows, ("unit",), counting(indicator.measure).levels)

    found = count(session, str(tmp_path / table))

    right = count(ibis.duckdb.connect(), str(tmp_path / table / "*.parquet"))
    assert sorted(found.flows, key=str) == sorted(right.flows, key=str)
    assert sorted(found.changes, key=str) == sorted(right.changes, key=str)
    assert found.flows or found.changes
