"""A resident does several things at one visit: chosen, kept, moved and given up together, or one step alone."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions import jointly
from luotsi.domain.bookings.actions.keeping import SlotsTaken
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.rules.own import Span, StepTime, one_visit
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.models import Resident
from tests.factories import as_who, resident, worker
from tests.factories.clients import signed_in
from tests.factories.times import AT, LATER, free_time
from tests.rooms.resident.people import text_of

PICKER = "/fi/services/memory-nurse/times/"
ASKED = {"offering": "memory-nurse", "reason": "follow_up", "also": "physio-direct back"}


@pytest.fixture(autouse=True)
def _services(request: pytest.FixtureRequest) -> None:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        catalogue.load_shelf(by=SYSTEM, at=now())


def two_steps(nurse: Who, other: Who, *, days: int = 0) -> list[UUID]:
    """An hour with the memory nurse, and three quarters with the physiotherapist right after it."""
    starts = LATER + timedelta(days=days)
    first = free_time(nurse, starts_at=starts, minutes=60, mode="visit", offering="memory-nurse")
    after = starts + timedelta(minutes=70)
    return [first, free_time(other, starts_at=after, minutes=45, mode="visit", profession="physiotherapist")]


def workers() -> tuple[Who, Who]:
    return worker(name="Maija Muisti"), worker("physiotherapist", name="Fanni Fysio")


def chosen(browser: Client, slots: list[UUID], **more: str) -> UUID:
    told = {**ASKED, "slots": "+".join(map(str, slots)), "key": str(uuid4()), **more}
    answer = browser.post(PICKER, told)
    assert answer.status_code == 302, text_of(answer)
    return UUID(answer.url.split("/")[3])


def booked(person: Resident, slots: list[UUID]) -> UUID:
    browser = signed_in(as_who(person))
    booking = chosen(browser, slots)
    browser.post(f"/fi/times/{booking}/confirmation/", {"answer": "confirm"})
    return booking


def standing(person: Resident) -> list[UUID]:
    rows = Booking.objects.filter(resident=person, accepted_at__isnull=False, cancelled_at=None)
    return list(rows.order_by("slot__starts_at").values_list("slot_id", flat=True))


def test_a_series_is_no_visit_and_steps_in_one_place_are() -> None:
    def at(minutes: int, unit: str = "sotkamo") -> StepTime:
        starts = AT + timedelta(minutes=minutes)
        return StepTime(uuid4(), unit, Span(starts, starts + timedelta(minutes=20)))

    first, second, third, elsewhere, week = at(0), at(20), at(70), at(95, "kuhmo"), at(7 * 24 * 60)
    every = [week, third, second, elsewhere, first]
    assert one_visit(first.id, every) == one_visit(third.id, every) == (first, second, third)
    assert one_visit(week.id, every) == (week,)
    assert one_visit(elsewhere.id, every) == (elsewhere,)
    assert one_visit(uuid4(), every) == ()


@pytest.mark.django_db
def test_the_picker_proposes_what_goes_together_and_when_all_of_it_is_done() -> None:
    nurse, other = workers()
    slots = two_steps(nurse, other)
    lone = free_time(nurse, starts_at=LATER + timedelta(days=1), minutes=60, mode="visit", offering="memory-nurse")
    browser = signed_in(as_who(resident()))
    assert "physio-direct back" in text_of(browser.get(PICKER, {"offering": "memory-nurse"}))
    shown = text_of(browser.get(PICKER, ASKED))
    assert "+".join(map(str, slots)) in shown
    assert ("Fanni Fysio" in shown, str(lone) in shown) == (True, False)
    assert "doctor-reception" not in shown, "what a professional must judge first is not proposed"
    for wrong in (
        {"also": "x"},
        {"also": "oral-check check"},
        {"also": "nurse-phone advice"},
        {"also": "physio-direct x"},
    ):
        assert str(lone) in text_of(browser.get(PICKER, {**ASKED, **wrong, "view": "list"}))


@pytest.mark.django_db
def test_a_visit_of_two_steps_is_booked_with_one_press_or_not_at_all() -> None:
    nurse, other = workers()
    slots, person = two_steps(nurse, other), resident()
    browser = signed_in(as_who(person))
    assert browser.post(PICKER, {**ASKED, "key": str(uuid4()), "slots": str(slots[0])}).status_code == 422
    booking = chosen(browser, slots)
    page = text_of(browser.get(f"/fi/times/{booking}/confirmation/"))
    assert ("Fanni Fysio" in page, "Varaa koko käynti" in page) == (True, True)
    browser.post(f"/fi/times/{booking}/confirmation/", {"answer": "confirm"})
    assert standing(person) == slots
    assert "Siirrä koko käynti" in text_of(browser.get(f"/fi/times/{booking}/"))
    told = {**ASKED, "slots": "+".join(map(str, slots)), "key": str(uuid4())}
    assert signed_in(as_who(resident())).post(PICKER, told).status_code == 409


@pytest.mark.django_db
def test_the_steps_are_moved_together() -> None:
    nurse, other = workers()
    person, later = resident(), two_steps(nurse, other, days=1)
    before = two_steps(nurse, other)
    booking, browser = booked(person, before), signed_in(as_who(person))
    page = f"/fi/times/{booking}/moving/"
    assert "+".join(map(str, later)) in text_of(browser.get(page))
    for wrong in ("", "x", str(later[0])):
        assert browser.post(page, {"slots": wrong, "key": str(uuid4())}).status_code == 422
    key = str(uuid4())
    answers = [browser.post(page, {"slots": "+".join(map(str, later)), "key": key}) for _ in range(2)]
    assert answers[0].status_code == 302
    assert standing(person) == later
    assert list(Slot.objects.filter(id__in=before).values_list("taken", flat=True)) == [0, 0]


@pytest.mark.django_db
def test_when_one_of_the_new_times_went_the_old_visit_stands() -> None:
    nurse, other = workers()
    person, later, before = resident(), two_steps(nurse, other, days=1), two_steps(nurse, other)
    booking = booked(person, before)
    Slot.objects.filter(id=later[1]).update(taken=1)
    with pytest.raises(SlotsTaken) as refusal:
        jointly.move_visit(booking=booking, slots=later, key=uuid4(), by=as_who(person), at=now())
    assert refusal.value.slots == (later[1],)
    assert (standing(person), Slot.objects.get(id=later[0]).taken) == (before, 0)
    with pytest.raises(NotAllowed):
        jointly.move_visit(booking=booking, slots=later, key=uuid4(), by=as_who(resident()), at=now())


@pytest.mark.django_db
@pytest.mark.parametrize("what, left", [("visit", 0), ("step", 1)])
def test_the_visit_is_given_up_whole_or_one_step_of_it(what: str, left: int) -> None:
    nurse, other = workers()
    person, slots = resident(), two_steps(nurse, other)
    booking, browser = booked(person, slots), signed_in(as_who(person))
    page = f"/fi/times/{booking}/cancellation/"
    assert "Peru koko käynti" in text_of(browser.get(page))
    for _ in range(2):
        browser.post(page, {"what": what})
    assert standing(person) == slots[1:][:left]
    assert sum(Slot.objects.filter(id__in=slots).values_list("taken", flat=True)) == left
