"""Facts are exactly the record: whatever comes late, twice, corrected or slowly, and whenever the writer dies."""

import hashlib
import hmac
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import duckdb
import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connection

from luotsi.analytics import facts
from luotsi.analytics.engine import DuckFigures
from luotsi.analytics.facts import manifest, parts, proof
from luotsi.analytics.facts.record import Record
from luotsi.base.now import HELSINKI
from luotsi.domain.indicators import definitions
from luotsi.domain.indicators.ports import NoFacts
from tests.analytics.stories import Matter, day
from tests.analytics.tables import ask, openly, total_of

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 4, 1, 12, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """A data folder of one's own."""
    settings.DATA = tmp_path
    return tmp_path / "facts"


def rows(place: Path, table: str, columns: str = "*", where: str = "true") -> list[tuple[Any, ...]]:
    """What a reader of the published files sees."""
    published = manifest.read(place)
    assert published
    with duckdb.connect(":memory:") as duck:
        return duck.execute(
            f"SELECT {columns} FROM ({parts.scan(place, published.of(table))}) WHERE {where}"
        ).fetchall()


def digests(place: Path) -> dict[tuple[str, str], proof.Digest]:
    published = manifest.read(place)
    assert published
    return proof.digests(place, published.parts)


def a_whole_matter(begins: int = 0, **of: Any) -> Matter:
    matter = Matter(**of)
    matter.opens(day(begins))
    matter.is_assessed(day(begins))
    matter.books(day(begins), day(begins + 3))
    matter.is_visited(day(begins + 3), day(begins))
    matter.closes(day(begins + 3))
    return matter


def test_events_become_rows_and_a_figure(place: Path) -> None:
    matters = [a_whole_matter(number) for number in range(6)]

    made = facts.refresh(at=NOON)

    assert (made.events, made.rows("case_facts"), made.rows("contact_facts")) == (6 * 9, 6, 6)
    assert {case for (case,) in rows(place, "case_facts", '"case"')} == {str(matter.case) for matter in matters}
    figure = ask(DuckFigures(place), openly(definitions.indicator("care_within_7_days")))
    assert total_of(figure) == ("", 100.0, 6, 6, 100.0, None)


def test_a_second_refresh_takes_in_only_what_is_new_and_leaves_other_files_alone(place: Path) -> None:
    a_whole_matter(0)
    first = facts.refresh(at=NOON)
    a_whole_matter(40)
    second = facts.refresh(at=NOON)

    assert second.id != first.id
    assert second.events == first.events + 9
    assert [part.month for part in second.of("case_facts")] == ["2026-03", "2026-04"]
    assert set(first.of("case_facts")) < set(second.of("case_facts"))
    assert facts.verify().holds


def test_when_nothing_happened_only_the_moment_moves_on(place: Path) -> None:
    a_whole_matter()
    first = facts.refresh(at=NOON)

    later = facts.refresh(at=NOON + timedelta(hours=1))

    assert (later.id, later.parts) == (first.id, first.parts)
    assert later.moment == NOON + timedelta(hours=1)


def test_before_anything_has_happened_figures_are_empty_and_no_fault(place: Path) -> None:
    with pytest.raises(NoFacts, match="luotsi demo"):
        facts.status()
    facts.refresh(at=NOON)

    for indicator in definitions.indicators().values():
        _, value, *_ = total_of(ask(DuckFigures(place), openly(indicator), ("unit", "week")))
        assert not value
    assert facts.verify().holds


@pytest.mark.parametrize("seed", range(4))
def test_a_rebuild_gives_what_came_in_bit_by_bit(place: Path, seed: int) -> None:
    history = History(random.Random(seed))
    for _ in range(6):
        history.goes_on()
        facts.refresh(at=NOON)
    little_by_little = digests(place)

    facts.rebuild(at=NOON)

    assert little_by_little == digests(place)
    assert sum(one.rows for one in little_by_little.values()) > 60
    assert min(history.corrections, history.late, history.twice) > 0, "nothing unusual happened"


class History:
    """Cases that go on at random, with events that come late, twice, or correct another, also of another case."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.matters: list[Matter] = []
        self.events: list[UUID] = []
        self.corrections = self.late = self.twice = 0

    def goes_on(self) -> None:
        for _ in range(3):
            self.matters.append(self._begins(self.chance.randrange(60)))
        for matter in self.chance.sample(self.matters, 3):
            self._something(matter)

    def _begins(self, begins: int) -> Matter:
        matter = Matter(unit=self.chance.choice(["sotkamo", "kuhmo"]))
        matter.opens(day(begins))
        if self.chance.random() < 0.8:
            self.events.append(matter.is_assessed(day(begins)).uid)
        return matter

    def _something(self, matter: Matter) -> None:
        what = self.chance.randrange(4)
        at = day(self.chance.randrange(60, 90))
        if what == 0:
            matter.opens(day(70))
            self.twice += 1
        elif what == 1:
            self.events.append(matter.is_visited(day(self.chance.randrange(-5, 60)), day(0)).uid)
            self.late += 1
        elif what == 2 and self.events:
            matter.tells(*_visit(at), corrects=self.chance.choice(self.events), unit="puolanka")
            self.corrections += 1
        else:
            matter.closes(at)


def _visit(at: datetime) -> tuple[Any, datetime]:
    from luotsi.domain.bookings.events import VisitHeld

    return VisitHeld(None), at


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
    assert {case for (case,) in rows(place, "case_facts", '"case"')} == {str(slow.case), str(quick.case)}
    assert facts.verify().holds


def test_a_watermark_on_what_is_visible_would_skip_it(
    place: Path, other_connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = Matter(), Matter()
    begin_slowly(other_connection, slow)
    quick.opens(day(1))

    def as_far_as_one_can_see(record: Record) -> int:
        return int(record._ask("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")[0][0])

    monkeypatch.setattr(Record, "complete_below", as_far_as_one_can_see)
    facts.refresh(at=NOON)
    other_connection.commit()
    facts.refresh(at=NOON)

    assert {case for (case,) in rows(place, "case_facts", '"case"')} == {str(quick.case)}
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


def test_files_that_readers_may_hold_stay_for_ten_minutes(place: Path) -> None:
    a_whole_matter(0)
    old = facts.refresh(at=NOON)
    a_whole_matter(1)
    facts.refresh(at=NOON + timedelta(minutes=1))
    held = [place / part.file for part in old.parts]
    assert all(path.exists() for path in held)

    facts.refresh(at=NOON + timedelta(minutes=12))

    assert not any(path.exists() for path in held)


@pytest.mark.parametrize(
    "fault, says",
    [
        ("SELECT * FROM ({}) LIMIT 2", "a lost row"),
        ("SELECT * FROM ({0}) UNION ALL SELECT * FROM ({0})", "rows twice"),
        ("SELECT * REPLACE ('kuhmo' AS unit) FROM ({})", "a changed value"),
    ],
)
def test_verification_finds_what_is_not_as_the_record_says(place: Path, fault: str, says: str) -> None:
    for number in range(3):
        a_whole_matter(number)
    published = facts.refresh(at=NOON)
    assert facts.verify().holds
    part = published.of("case_facts")[0]

    with duckdb.connect(":memory:") as duck:
        duck.execute(f"CREATE TABLE wrong AS {fault.format(parts.scan(place, [part]))}")
        duck.execute(f"COPY wrong TO '{place / part.file}' (FORMAT parquet)")

    verdict = facts.verify()
    assert [(one.table, one.month) for one in verdict.differences] == [("case_facts", "2026-03")], says


def test_people_are_keyed_hashes_and_nothing_else(place: Path) -> None:
    matter = a_whole_matter()
    facts.refresh(at=NOON)

    digest = hmac.new(django_settings.PSEUDONYM_KEY.encode(), str(matter.resident).encode(), hashlib.sha256)
    assert rows(place, "case_facts", "resident_key") == [(digest.hexdigest()[:32],)]
    held = b"".join(path.read_bytes() for path in place.glob("*"))
    assert str(matter.case).encode() in held
    assert str(matter.resident).encode() not in held


@dataclass(frozen=True)
class Talkative:
    """A body with what must never leave the record."""

    kind: ClassVar[str] = "case.closed"
    reason: str
    by: str = "Virtanen"
    note: str = "soitettu-aidille"
    mode: str = "x" * 41


def test_no_text_and_no_unknown_field_gets_into_the_facts(place: Path) -> None:
    matter = Matter()
    matter.opens(day(0))
    matter.tells(Talkative("Hän kertoi kaiken"), day(1))
    facts.refresh(at=NOON)

    assert rows(place, "case_facts", "close_reason, mode") == [("", "")]
    assert rows(place, "event_facts", "reason, cancelled_by, mode", "kind = 'case.closed'") == [("", "", "")]
    held = b"".join(path.read_bytes() for path in place.glob("*.parquet"))
    assert not any(word in held for word in (b"kertoi", b"Virtanen", b"soitettu"))
    assert b"case.closed" in held


def test_a_booked_time_after_midnight_in_finland_is_of_the_next_day(place: Path) -> None:
    from datetime import UTC

    matter = Matter()
    matter.opens(day(0))
    matter.books(day(0), datetime(2026, 6, 30, 21, 30, tzinfo=UTC))
    facts.refresh(at=NOON)

    assert [str(promised) for (promised,) in rows(place, "case_facts", "promised_day")] == ["2026-07-01"]


def test_another_pseudonym_key_makes_everything_anew(place: Path, settings: Any) -> None:
    a_whole_matter()
    facts.refresh(at=NOON)
    before = rows(place, "case_facts", "resident_key")

    settings.PSEUDONYM_KEY = "another"
    assert not facts.status().usable
    facts.refresh(at=NOON)

    assert facts.status().usable
    assert before != rows(place, "case_facts", "resident_key")


def test_the_status_says_how_far_behind_the_facts_are(place: Path) -> None:
    a_whole_matter()
    facts.refresh(at=NOON)
    assert facts.status().behind == 0

    Matter().opens(day(0))

    assert (facts.status().behind, facts.status().events, facts.status().cases) == (2, 9, 1)
    facts.refresh(at=NOON)
    assert facts.status().behind == 0
