"""A resident keeps a time, confirms it, moves it and gives it up; each step once, however often it is sent."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.bookings.actions import confirming, keeping, visiting
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.queries import searching
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.own import KEPT, Booker, NotBookable
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.access import relationship_of
from tests.factories import as_who, resident, state_of_booking, worker
from tests.factories.times import AT, LATER, booked, free_time, kept

pytestmark = pytest.mark.django_db
OVER = AT + KEPT


@pytest.fixture
def nurse() -> Who:
    return worker()


def taken(slot: UUID) -> int:
    return Slot.objects.get(id=slot).taken


def kinds() -> list[str]:
    return list(Event.objects.filter(kind__startswith="booking.").order_by("id").values_list("kind", flat=True))


def test_a_time_is_kept_for_ten_minutes_and_confirmed(nurse: Who) -> None:
    person, slot = resident(), free_time(nurse)
    row = kept(person, slot)
    assert (row.hold_until, state_of_booking(row.id), taken(slot)) == (OVER, "kept", 1)
    confirming.confirm(booking=row.id, by=as_who(person), at=OVER - timedelta(seconds=1))
    assert state_of_booking(row.id) == "made"
    assert kinds() == ["booking.kept", "booking.made"]
    reason = relationship_of(nurse, person.id, register="health", at=OVER)
    assert reason is not None
    assert reason.ground == "booking"


def test_a_kept_time_cannot_be_taken_by_another(nurse: Who) -> None:
    slot = free_time(nurse)
    kept(resident(), slot)
    with pytest.raises(keeping.SlotsTaken) as refusal:
        kept(resident(), slot, at=OVER - timedelta(seconds=1))
    assert refusal.value.slots == (slot,)


def test_a_time_kept_in_vain_frees_itself_for_whoever_comes_next(nurse: Who) -> None:
    first, second, slot = resident(), resident(), free_time(nurse)
    lost = kept(first, slot)
    won = kept(second, slot, at=OVER)
    assert (state_of_booking(lost.id), state_of_booking(won.id), taken(slot)) == ("cancelled", "kept", 1)
    assert kinds() == ["booking.kept", "booking.lapsed", "booking.kept"]
    with pytest.raises(confirming.Lapsed):
        confirming.confirm(booking=lost.id, by=as_who(first), at=OVER)


def test_a_time_kept_in_vain_is_freed_by_the_worker_once(nurse: Who) -> None:
    slot, other = free_time(nurse), free_time(nurse, starts_at=LATER + timedelta(hours=1))
    kept(resident(), slot)
    booked(resident(), other)
    assert keeping.let_lapse(at=OVER - timedelta(seconds=1)) == 0
    assert keeping.let_lapse(at=OVER) == 1
    assert keeping.let_lapse(at=OVER) == 0
    assert (taken(slot), taken(other)) == (0, 1)


def test_what_was_kept_too_long_is_not_confirmed_even_before_it_is_freed(nurse: Who) -> None:
    person = resident()
    row = kept(person, free_time(nurse))
    with pytest.raises(confirming.Lapsed):
        confirming.confirm(booking=row.id, by=as_who(person), at=OVER)


def test_whoever_chooses_another_time_lets_the_first_one_go(nurse: Who) -> None:
    person, first, second = resident(), free_time(nurse), free_time(nurse, starts_at=LATER + timedelta(hours=1))
    kept(person, first)
    kept(person, second)
    assert (taken(first), taken(second)) == (0, 1)


def test_the_same_sending_again_keeps_the_same_time(nurse: Who) -> None:
    person, slot, key = resident(), free_time(nurse, capacity=3), uuid4()
    assert kept(person, slot, key=key).id == kept(person, slot, key=key).id
    assert taken(slot) == 1


def test_confirming_and_giving_up_twice_change_nothing(nurse: Who) -> None:
    person, slot = resident(), free_time(nurse)
    row = booked(person, slot)
    confirming.confirm(booking=row.id, by=as_who(person), at=AT)
    for _ in range(2):
        confirming.give_up(booking=row.id, by=as_who(person), at=AT)
    assert taken(slot) == 0
    assert kinds() == ["booking.kept", "booking.made", "booking.cancelled"]


def test_a_time_moves_with_the_new_one_taken_and_the_old_one_free(nurse: Who) -> None:
    person, first, second = resident(), free_time(nurse), free_time(nurse, starts_at=LATER + timedelta(hours=1))
    row, key = booked(person, first), uuid4()
    new = [confirming.move(booking=row.id, slot=second, key=key, by=as_who(person), at=AT) for _ in range(2)]
    assert new[0].id == new[1].id
    assert (taken(first), taken(second)) == (0, 1)
    assert (state_of_booking(row.id), state_of_booking(new[0].id)) == ("cancelled", "made")
    assert Booking.objects.get(id=new[0].id).moved_from_id == row.id


def test_a_time_that_cannot_move_stays(nurse: Who) -> None:
    person, slot = resident(), free_time(nurse)
    full = free_time(nurse, starts_at=LATER + timedelta(hours=1))
    row = booked(person, slot)
    booked(resident(), full)
    with pytest.raises(SlotTaken):
        confirming.move(booking=row.id, slot=full, key=uuid4(), by=as_who(person), at=AT)
    assert (state_of_booking(row.id), taken(slot), taken(full)) == ("made", 1, 1)


def test_a_moved_time_may_lie_over_the_old_one(nurse: Who) -> None:
    person, slot = resident(), free_time(nurse)
    near = free_time(worker(), starts_at=LATER + timedelta(minutes=10))
    row = booked(person, slot)
    assert confirming.move(booking=row.id, slot=near, key=uuid4(), by=as_who(person), at=AT).slot_id == near


def test_near_its_beginning_a_time_is_changed_by_a_worker_only(nurse: Who) -> None:
    person = resident()
    row = booked(person, free_time(nurse))
    late = LATER - timedelta(minutes=1)
    with pytest.raises(NotBookable, match="too near"):
        confirming.give_up(booking=row.id, by=as_who(person), at=late)
    confirming.give_up(booking=row.id, by=nurse, at=late)
    assert state_of_booking(row.id) == "cancelled"


@pytest.mark.parametrize("step", ["keep", "confirm", "give_up", "move"])
def test_nobody_touches_the_time_of_another(nurse: Who, step: str) -> None:
    person, other = resident(), as_who(resident())
    row, free = booked(person, free_time(nurse)), free_time(nurse, starts_at=LATER + timedelta(hours=1))
    steps: dict[str, Callable[[], object]] = {
        "keep": lambda: kept(person, free, by=other),
        "confirm": lambda: confirming.confirm(booking=row.id, by=other, at=AT),
        "give_up": lambda: confirming.give_up(booking=row.id, by=other, at=AT),
        "move": lambda: confirming.move(booking=row.id, slot=free, key=uuid4(), by=other, at=AT),
    }
    with pytest.raises(NotAllowed):
        steps[step]()


def test_a_series_is_kept_whole_or_not_at_all_and_each_conflict_is_named(nurse: Who) -> None:
    person = resident()
    slots = [free_time(nurse, starts_at=LATER + timedelta(days=day), mode="visit", minutes=60) for day in range(4)]
    lost = {slots[1], slots[3]}
    for slot in lost:
        Slot.objects.filter(id=slot).update(taken=1)
    series = {"offering": "nurse-reception", "booker": Booker(is_staff=True)}
    with pytest.raises(keeping.SlotsTaken) as refusal:
        kept(person, *slots, **series)
    assert set(refusal.value.slots) == lost
    assert [taken(slot) for slot in slots] == [0, 1, 0, 1]
    Slot.objects.filter(id__in=lost).update(taken=0)
    row = booked(person, *slots, **series)
    assert Booking.objects.filter(series=row.series, accepted_at__isnull=False).count() == 4


@pytest.mark.parametrize("gap, is_one", [(0, True), (30, True), (31, False), (-5, False)])
def test_the_steps_of_one_visit_follow_each_other(nurse: Who, gap: int, is_one: bool) -> None:
    first = free_time(nurse)
    second = free_time(worker(), starts_at=LATER + timedelta(minutes=20 + gap))
    if is_one:
        assert kept(resident(), first, second, as_one_visit=True).series is not None
    else:
        with pytest.raises(NotBookable):
            kept(resident(), first, second, as_one_visit=True)
        assert (taken(first), taken(second)) == (0, 0)


@pytest.mark.parametrize(
    "why, more",
    [
        ("too_soon", {"starts_at": AT + timedelta(minutes=1)}),
        ("too_far", {"starts_at": AT + timedelta(days=399)}),
        ("other_offering", {"mode": "visit"}),
        ("other_offering", {"minutes": 5}),
        ("other_offering", {"unit": "suun-kajaani"}),
    ],
)
def test_a_time_that_the_offering_does_not_fit_is_refused(nurse: Who, why: str, more: dict[str, object]) -> None:
    slot = free_time(nurse, **more)  # type: ignore[arg-type]
    with pytest.raises(NotBookable) as refusal:
        kept(resident(), slot)
    assert (refusal.value.why, taken(slot)) == (why, 0)


def test_one_has_so_many_times_ahead_as_the_offering_lets(nurse: Who) -> None:
    person = resident()
    for hour in range(2):
        booked(person, free_time(nurse, starts_at=LATER + timedelta(hours=hour)))
    with pytest.raises(NotBookable, match="as many"):
        kept(person, free_time(nurse, starts_at=LATER + timedelta(hours=2)))


def test_two_times_at_the_same_moment_are_refused(nurse: Who) -> None:
    person = resident()
    booked(person, free_time(nurse))
    same = free_time(worker(), starts_at=LATER + timedelta(minutes=5), mode="visit")
    with pytest.raises(NotBookable, match="same moment"):
        kept(person, same, offering="nurse-reception", booker=Booker(has_decision=True))


@pytest.mark.parametrize("who, booker", [("no_decision", Booker()), ("no_decision", Booker(is_known=True))])
def test_an_assessed_offering_asks_for_a_decision(nurse: Who, who: str, booker: Booker) -> None:
    slot = free_time(nurse, mode="visit")
    with pytest.raises(NotBookable) as refusal:
        kept(resident(), slot, offering="nurse-reception", booker=booker)
    assert refusal.value.why == who
    assert kept(resident(), slot, offering="nurse-reception", booker=Booker(has_decision=True)).slot_id == slot


def test_only_a_worker_overbooks_and_only_as_far_as_the_time_lets(nurse: Who) -> None:
    """And as far as the offering says: dental pain may be squeezed in, a dental check-up may not."""
    dentist = worker("dentist", "suun-sotkamo")
    mine = {"unit": "suun-sotkamo", "profession": "dentist", "mode": "visit", "minutes": 30}
    slot, person, urgent = free_time(dentist, overbook=1, **mine), resident(), resident()  # type: ignore[arg-type]
    check, pain = {"offering": "oral-check"}, {"offering": "oral-acute", "by": dentist, "booker": Booker(is_staff=True)}
    booked(person, slot, **check)
    with pytest.raises(SlotTaken):
        kept(resident(), slot, **check)
    booked(urgent, free_time(dentist, starts_at=LATER + timedelta(hours=3), **mine), **check)  # type: ignore[arg-type]
    with pytest.raises(SlotTaken):
        kept(urgent, slot, by=dentist, booker=Booker(is_staff=True), **check)
    kept(urgent, slot, **pain)
    assert taken(slot) == 2
    with pytest.raises(SlotTaken):
        kept(person, slot, **pain)


def test_the_day_of_the_visit(nurse: Who) -> None:
    person = resident()
    row = booked(person, free_time(nurse))
    with pytest.raises(NotPossible):
        visiting.miss(booking=row.id, reason="forgot", by=nurse, at=LATER - timedelta(minutes=1))
    visiting.arrive(booking=row.id, by=nurse, at=LATER)
    visiting.begin(booking=row.id, by=nurse, at=LATER)
    with pytest.raises(NotPossible):
        visiting.miss(booking=row.id, reason="forgot", by=nurse, at=LATER)
    other = booked(resident(), free_time(nurse, starts_at=LATER + timedelta(hours=1)))
    with pytest.raises(ValueError, match="one of"):
        visiting.miss(booking=other.id, reason="a bad person", by=nurse, at=LATER + timedelta(hours=2))
    visiting.miss(booking=other.id, reason="forgot", by=nurse, at=LATER + timedelta(hours=2))
    assert state_of_booking(other.id) == "missed"


def test_an_evening_reception_has_only_the_times_planned_for_it(nurse: Who) -> None:
    """A day's time fits whatever the profession gives, but not the evening; nor is it kept for it."""
    evening = offerings()["evening-reception"]
    by_day = free_time(nurse, mode="visit")
    planned = free_time(nurse, mode="visit", starts_at=LATER + timedelta(hours=5), offering="evening-reception")
    wanted = searching.Wanted(evening, after=AT, before=LATER + timedelta(days=1))
    assert [one.id for one in searching.find(wanted)] == [planned]
    with pytest.raises(NotBookable):
        kept(resident(), by_day, offering="evening-reception")
    assert kept(resident(), planned, offering="evening-reception").slot_id == planned
