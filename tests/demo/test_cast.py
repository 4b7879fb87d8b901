"""The people one can be, and what is under way with them when one walks in."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from luotsi.base.now import HELSINKI
from luotsi.demo import cast, open_matters, prepare
from luotsi.demo.outcomes import Story
from luotsi.demo.residents import identity_codes
from luotsi.domain.bookings.queries import free_slots
from luotsi.domain.cases import queries as cases
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries as staff
from luotsi.domain.people import rules
from tests.demo.conftest import AT


def test_every_identity_code_is_synthetic_and_ones_own(told: Story) -> None:
    codes = list(identity_codes(told.residents.born, told.residents.is_woman))
    codes += [member.identity_code for member in cast.RESIDENTS]

    assert len(set(codes)) == len(codes) == told.residents.count + len(cast.RESIDENTS)
    for code in codes:
        assert rules.normalise_identity(code) == code
        assert 900 <= int(code[7:10]) <= 999
    assert [rules.birth_date_of(code) for code in codes[:500]] == told.residents.born[:500]


def test_the_cast_works_in_roles_and_units_of_the_shelf() -> None:
    assert len(cast.MEMBERS) == len(cast.RESIDENTS) + len(cast.WORKERS) >= 10
    for worker in cast.WORKERS:
        assert worker.role in organisation.roles()
        assert worker.unit in organisation.unit_names()
    for member in cast.MEMBERS.values():
        assert member.does.is_complete


@pytest.mark.django_db
@pytest.mark.usefixtures("county")
class TestInTheDatabase:
    def test_everybody_can_be_signed_in_as(self) -> None:
        for worker in cast.WORKERS:
            found = staff.staff_as_who(worker.id, on=AT.date())
            assert found == worker.as_who()

    def test_every_unit_has_somebody(self) -> None:
        every = {unit.unit for unit in prepare.story.UNITS} | {worker.unit for worker in cast.WORKERS}

        assert every == set(organisation.unit_names())

    def test_the_worklist_at_sotkamo_shows_every_standing_of_a_clock(self) -> None:
        nelli = cast.MEMBERS["nelli"].as_who()
        rows = cases.worklist(viewer=nelli, units=["sotkamo"], at=AT)
        standings = {chip.state for row in rows for chip in row.chips}

        assert {"overdue", "at_risk", "due_soon"} <= standings
        assert sum(row.state == "new" for row in rows) >= 9
        assert {"assessed", "offered", "visited"} <= {row.state for row in rows}

    @pytest.mark.parametrize(
        ("key", "states"),
        [("veera", ["assessed", "closed"]), ("gunvor", ["offered"]), ("amira", ["booked", "visited"])],
    )
    def test_the_cast_has_its_matters(self, key: str, states: list[str]) -> None:
        who = cast.MEMBERS[key].as_who()
        matters = [*cases.my_matters(viewer=who), *cases.my_matters(viewer=who, is_closed=True)]

        assert [matter.state for matter in matters] == states

    def test_the_nurse_has_free_times_to_offer(self) -> None:
        free = free_slots(unit="sotkamo", after=AT, before=AT + timedelta(days=14))

        assert len(free) > 20
        assert len({slot.profession for slot in free}) == 3


def test_ids_of_the_cast_never_change() -> None:
    """Guides, tests and screenshots name them."""
    numbers = np.array([member.id.int & 0xFF for member in cast.MEMBERS.values()])

    assert len(set(numbers.tolist())) == len(cast.MEMBERS)
    assert str(cast.VEERA.id) == "0d3c0000-0000-4000-8000-000000000001"
    assert str(cast.MEMBERS["nelli"].id) == "0d3c0000-0000-4000-8000-000000000011"


def test_minutes_ago_are_real_minutes_also_in_the_night_when_summer_time_begins() -> None:
    after_the_jump = datetime(2026, 3, 29, 4, 30, tzinfo=HELSINKI)
    scene = open_matters.Scene(after_the_jump, neighbours=None, kuhmo=None)  # type: ignore[arg-type]
    before = scene.before(timedelta(minutes=48))

    assert before.utcoffset() == timedelta(hours=2)
    assert before == datetime(2026, 3, 29, 0, 42, tzinfo=UTC)
