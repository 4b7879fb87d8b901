"""Facts are exactly the record, whatever comes late, twice or corrected; and it can be proved that they are."""

import random
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from luotsi.analytics import facts
from luotsi.analytics.engine import DuckFigures
from luotsi.analytics.facts import parts
from luotsi.domain.indicators import definitions
from luotsi.domain.indicators.ports import NoFacts
from tests.analytics.stories import NOON, History, Matter, a_whole_matter, day
from tests.analytics.tables import ask, digests, openly, published_rows, total_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("place")]


def test_events_become_rows_and_a_figure(place: Path) -> None:
    matters = [a_whole_matter(number) for number in range(6)]

    made = facts.refresh(at=NOON)

    assert (made.events, made.rows("case_facts"), made.rows("contact_facts")) == (6 * 9, 6, 6)
    assert {case for (case,) in published_rows(place, "case_facts", '"case"')} == {
        str(matter.case) for matter in matters
    }
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


def test_the_status_says_how_far_behind_the_facts_are(place: Path) -> None:
    a_whole_matter()
    facts.refresh(at=NOON)
    assert facts.status().behind == 0

    Matter().opens(day(0))

    assert (facts.status().behind, facts.status().events, facts.status().cases) == (2, 9, 1)
    facts.refresh(at=NOON)
    assert facts.status().behind == 0
