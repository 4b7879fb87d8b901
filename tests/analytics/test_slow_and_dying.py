"""A transaction that is slow to commit is not skipped; a writer that dies loses nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from luotsi.analytics import facts
from luotsi.analytics.facts import manifest
from luotsi.analytics.facts.record import Record
from tests.analytics.stories import NOON, Matter, a_whole_matter, day
from tests.analytics.tables import published_rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("place")]


@pytest.fixture
def other_connection() -> Iterator[psycopg.Connection[Any]]:
    """A second worker's own connection to the same database."""
    it = connection.settings_dict
    with psycopg.connect(
        dbname=it["NAME"], user=it["USER"], password=it["PASSWORD"], host=it["HOST"], port=it["PORT"] or None
    ) as other:
        yield other


def begin_slowly(other: psycopg.Connection[Any], matter: Matter) -> None:
    """Write an event and do not commit."""
    columns = "uid, kind, occurred_at, local_day, actor_kind, actor_role, subject, unit, service, case_kind, register"
    columns += ", channel, profession, urgency, municipality, language, body"
    values = [
        uuid4(),
        "case.opened",
        day(0),
        day(0).date(),
        "system",
        "system",
        matter.case,
        "sotkamo",
        *[""] * 8,
        "{}",
    ]
    other.execute(f"INSERT INTO events_event ({columns}) VALUES ({', '.join(['%s'] * 17)})", values)


def test_a_slow_transaction_is_not_skipped(place: Path, other_connection: psycopg.Connection[Any]) -> None:
    slow, quick = Matter(), Matter()
    begin_slowly(other_connection, slow)
    quick.opens(day(1))

    waited = facts.refresh(at=NOON)
    other_connection.commit()
    after = facts.refresh(at=NOON)

    assert waited.events == 0
    assert after.events == 3
    assert {case for (case,) in published_rows(place, "case_facts", '"case"')} == {str(slow.case), str(quick.case)}
    assert facts.verify().holds


def test_a_watermark_on_what_is_visible_would_skip_it(
    place: Path, other_connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, slow, quick = Matter(), Matter(), Matter()
    first.opens(day(0))
    begin_slowly(other_connection, slow)
    quick.opens(day(1))

    def as_far_as_one_can_see(record: Record) -> int:
        return int(record._ask("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")[0][0])

    monkeypatch.setattr(Record, "complete_below", as_far_as_one_can_see)
    facts.refresh(at=NOON)
    other_connection.commit()
    facts.refresh(at=NOON)

    assert {case for (case,) in published_rows(place, "case_facts", '"case"')} == {str(first.case), str(quick.case)}
    assert not facts.verify().holds


def test_a_writer_that_dies_before_publishing_loses_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_whole_matter(0)
    before = facts.refresh(at=NOON)
    a_whole_matter(1)
    with monkeypatch.context() as dying:
        dying.setattr(manifest, "publish", _dies)
        with pytest.raises(SystemExit):
            facts.refresh(at=NOON)
    assert manifest.read(place) == before
    left_over = {path.name for path in place.glob("*.parquet")} - {part.file for part in before.parts}
    assert left_over

    after = facts.refresh(at=NOON)

    assert after.rows("case_facts") == 2
    assert facts.verify().holds
    assert not left_over & {path.name for path in place.glob("*.parquet")}


def _dies(*_: Any, **__: Any) -> None:
    raise SystemExit(137)
