"""A visit that was marked wrongly: the mark is taken back with a reason, and matter, limits and figures follow."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from luotsi.base.dates import start_of
from luotsi.base.now import local_day, now
from luotsi.base.who import Who
from luotsi.domain.bookings.models import Booking
from luotsi.domain.bookings.queries.figures import figures
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries
from luotsi.domain.cases.models import Case
from luotsi.domain.cases.queries.gathered import gathered_in
from luotsi.domain.clocks.models import Clock
from luotsi.domain.events.models import Event
from tests.factories import MORNING, as_who, assessed, contact, offered, state_of_booking, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
BASE = "/en/team/calendar/times/"
DAY = local_day(MORNING) + timedelta(days=3)
WRONG = {"arrived": "wrong_press", "began": "not_held", "held": "not_held", "missed": "came_after_all"}


def at(hour: float) -> datetime:
    return start_of(DAY) + timedelta(hours=hour)


@pytest.fixture
def nurse() -> Who:
    return worker(name="Nora Nurse")


@pytest.fixture
def booked(nurse: Who) -> tuple[Case, UUID]:
    """A visit at nine that the resident has accepted."""
    case = assessed(contact(at=now() - timedelta(hours=3)), nurse)
    booking = offered(case, nurse, starts_at=at(9), at=now() - timedelta(minutes=30))
    cases.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(case.resident), at=now())
    return case, booking


def sent(who: Who, booking: UUID, page: str, **told: str) -> tuple[int, str]:
    answer = signed_in(who).post(f"{BASE}{booking}/{page}/", told, follow=True)
    return answer.status_code, answer.content.decode()


def came(nurse: Who) -> tuple[int, int, int]:
    told = figures(viewer=nurse, unit="sotkamo", first=DAY, last=DAY, at=now()).came
    return told.came, told.missed, told.unmarked


def clocks(case: Case) -> list[tuple[object, ...]]:
    return sorted(Clock.objects.filter(subject=case.id).values_list("line", "due_on", "stopped_at", "state"), key=str)


@pytest.mark.parametrize("mark", ["arrived", "began", "held", "missed"])
def test_a_wrong_mark_is_taken_back_and_everything_stands_as_before(
    mark: str, nurse: Who, booked: tuple[Case, UUID]
) -> None:
    case, booking = booked
    with time_machine.travel(at(9.5)):
        before, limits = came(nurse), clocks(case)
        assert sent(nurse, booking, "marks", what=mark, reason="forgot")[0] == 200
        assert came(nurse) != before or mark == "began"
        status, said = sent(nurse, booking, "correction", mark=mark, reason=WRONG[mark])

        assert (status, "taken back" in said) == (200, True)
        assert (state_of_booking(booking), came(nurse), clocks(case)) == ("made", before, limits)
        assert not case.visit_notes.exists()
        assert queries.read_case(case.id, viewer=nurse, language="en", at=now()).state == "booked"
        assert "It was marked wrongly" in signed_in(nurse).get(f"/en/team/cases/{case.id}/").content.decode()
    row = Booking.objects.get(id=booking)
    assert (row.arrived_at, row.began_at, row.held_at, row.no_show_at, row.no_show_reason) == (None,) * 4 + ("",)
    marked, undone = Event.objects.get(kind=f"visit.{mark}"), Event.objects.get(kind="visit.unmarked")
    assert undone.corrects == marked.uid
    assert undone.body == {"booking": str(booking), "mark": mark, "reason": WRONG[mark]}


def test_sending_it_twice_takes_back_no_earlier_mark(nurse: Who, booked: tuple[Case, UUID]) -> None:
    _, booking = booked
    with time_machine.travel(at(9.5)):
        for what in ("arrived", "began", "held"):
            sent(nurse, booking, "marks", what=what)
        assert sent(nurse, booking, "correction", mark="arrived", reason="wrong_press")[0] == 409
        for _ in range(2):
            assert sent(nurse, booking, "correction", mark="held", reason="not_held")[0] == 200
    row = Booking.objects.get(id=booking)
    assert (row.held_at, row.began_at is None, row.arrived_at is None) == (None, False, False)
    assert Event.objects.filter(kind="visit.unmarked").count() == 1


def test_a_mark_is_right_again_after_it_was_wrong(nurse: Who, booked: tuple[Case, UUID]) -> None:
    case, booking = booked
    with time_machine.travel(at(9.5)):
        sent(nurse, booking, "marks", what="missed", reason="forgot")
        sent(nurse, booking, "correction", mark="missed", reason="came_after_all")
        sent(nurse, booking, "marks", what="held")
        assert came(nurse) == (1, 0, 0)
    assert (state_of_booking(booking), case.visit_notes.count()) == ("held", 1)


@pytest.mark.parametrize(
    "told",
    [
        {"mark": "missed", "reason": ""},
        {"mark": "missed", "reason": "drunk"},
        {"mark": "held", "reason": "came_after_all"},
        {"mark": "x", "reason": "wrong_press"},
        {},
    ],
)
def test_without_a_reason_of_the_list_the_mark_stands(
    told: dict[str, str], nurse: Who, booked: tuple[Case, UUID]
) -> None:
    _, booking = booked
    with time_machine.travel(at(9.5)):
        sent(nurse, booking, "marks", what="missed", reason="forgot")
        status, said = sent(nurse, booking, "correction", **told)
    assert (status, "Choose why the mark was wrong" in said) == (422, True)
    assert state_of_booking(booking) == "missed"


def test_what_is_written_of_a_visit_is_not_taken_back_with_its_mark(nurse: Who, booked: tuple[Case, UUID]) -> None:
    case, booking = booked
    with time_machine.travel(at(9.5)):
        cases.record_visit(case=case.id, note="Measured", booking=booking, by=nurse, at=now())
        assert "Take the mark back" not in signed_in(nurse).get(f"{BASE}{booking}/").content.decode()
        assert sent(nurse, booking, "correction", mark="held", reason="not_held")[0] == 409
    assert (state_of_booking(booking), case.visit_notes.get().note) == ("held", "Measured")


def test_the_mark_of_a_closed_matter_stands(nurse: Who, booked: tuple[Case, UUID]) -> None:
    case, booking = booked
    with time_machine.travel(at(9.5)):
        sent(nurse, booking, "marks", what="held")
        Case.objects.filter(id=case.id).update(closed_at=now(), close_reason="x")
        assert sent(nurse, booking, "correction", mark="held", reason="not_held")[0] == 409
    assert state_of_booking(booking) == "held"


def test_another_units_worker_and_a_manager_take_nothing_back(nurse: Who, booked: tuple[Case, UUID]) -> None:
    _, booking = booked
    told = {"mark": "missed", "reason": "came_after_all"}
    with time_machine.travel(at(9.5)):
        sent(nurse, booking, "marks", what="missed", reason="forgot")
        assert sent(worker(unit="kuhmo"), booking, "correction", **told)[0] == 404
        assert sent(worker("unit-manager"), booking, "correction", **told)[0] == 403
    assert state_of_booking(booking) == "missed"


def test_a_matter_whose_resident_did_not_come_waits_for_a_new_time_on_the_list_as_on_its_page(
    nurse: Who, booked: tuple[Case, UUID]
) -> None:
    case, booking = booked
    with time_machine.travel(at(9.5)):
        sent(nurse, booking, "marks", what="missed", reason="forgot")
        page = queries.read_case(case.id, viewer=nurse, language="en", at=now())
        (listed,) = gathered_in(["sotkamo"], hides=False)
    assert (page.state, listed.state) == ("assessed", "assessed")
