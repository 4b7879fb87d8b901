"""Places in the database: days are granted by a decision, wished for, shared out by the rule, given up, attended."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from luotsi import reactions
from luotsi.base.dates import holiday_name
from luotsi.base.now import local_day, now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions import days as actions
from luotsi.domain.bookings.actions import sharing, visiting
from luotsi.domain.bookings.actions.planning import Asked, make_plan
from luotsi.domain.bookings.models import Booking, DayGrant, DayWish, Slot
from luotsi.domain.bookings.queries import places
from luotsi.domain.bookings.rules.days import DaysRefused
from luotsi.domain.bookings.rules.plans import Draft
from luotsi.domain.events.models import Event
from luotsi.domain.messaging.models import Notice
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import as_who, resident, worker
from tests.factories.days import ADVISER_UNIT, beds, granted, wished

pytestmark = pytest.mark.django_db
AT = now()
TODAY = local_day(AT)
FRIDAY = TODAY + timedelta(days=(4 - TODAY.weekday()) % 7 + 14)
SUNDAY = FRIDAY + timedelta(days=2)


@pytest.fixture
def adviser() -> Who:
    return worker("service-adviser", ADVISER_UNIT, "Leila Lepovaara")


def period(offering: str = "respite-stay") -> sharing.Period:
    return sharing.Period(ADVISER_UNIT, offering, FRIDAY - timedelta(days=4), SUNDAY)


def shared_out(by: Who, *, offering: str = "respite-stay", at: datetime = AT) -> sharing.Proposal:
    seen = sharing.propose(period(offering), by=by, at=at)
    return sharing.carry_out(period(offering), seen=seen.print, by=by, at=at)


def test_two_beds_go_to_two_of_three_families_and_the_third_reads_why(adviser: Who) -> None:
    beds(2)
    grants = [granted(resident(), adviser) for _ in range(3)]
    for grant in grants:
        wished(grant, FRIDAY, SUNDAY)
    proposal = sharing.propose(period(), by=adviser, at=AT)
    assert Booking.objects.count() == 0, "looking at it gave something away"
    sharing.carry_out(period(), seen=proposal.print, by=adviser, at=AT)
    rows = {row.id: row for row in DayWish.objects.all()}
    got = [row for row in rows.values() if row.answer == "given"]
    (without,) = [row for row in rows.values() if row.answer == "not_given"]
    assert len(got) == 2
    assert without.why == {"why": "full", "day": str(FRIDAY), "places": 2, "wished": 3, "by": "lot"}
    assert sorted(Slot.objects.filter(taken__gt=0).values_list("taken", flat=True)) == [2, 2, 2]
    for row in got:
        days = Booking.objects.filter(series=row.id)
        assert days.count() == 3
        assert days.values("slot__resource").distinct().count() == 1
    assert {event.kind for event in Event.objects.filter(kind__startswith="days.")} == {
        "days.granted", "days.wished", "days.given", "days.not_given",
    }  # fmt: skip


def test_what_changed_since_it_was_shown_is_shown_again(adviser: Who) -> None:
    beds(1)
    first, second = (granted(resident(), adviser) for _ in range(2))
    wished(first, FRIDAY, SUNDAY)
    seen = sharing.propose(period(), by=adviser, at=AT).print
    wished(second, FRIDAY, SUNDAY)
    with pytest.raises(sharing.Changed):
        sharing.carry_out(period(), seen=seen, by=adviser, at=AT)
    assert Booking.objects.count() == 0


def test_given_up_days_come_back_and_go_to_who_was_left_without(adviser: Who) -> None:
    beds(1)
    grants = [granted(resident(), adviser) for _ in range(2)]
    for grant in grants:
        wished(grant, FRIDAY, SUNDAY)
    shared_out(adviser)
    got, without = DayWish.objects.get(answer="given"), DayWish.objects.get(answer="not_given")
    owner = as_who(got.grant.resident)
    for _ in range(2):
        actions.give_up_days(wish=got.id, by=owner, at=AT)
    assert set(Slot.objects.values_list("taken", flat=True)) == {0}
    assert places.grants_of(viewer=owner, residents=[owner.id], on=TODAY)[0].taken == 0  # type: ignore[list-item]
    shared_out(adviser)
    without.refresh_from_db()
    assert without.answer == "given"
    assert Slot.objects.filter(taken__gt=1).count() == 0


def test_near_days_are_given_up_by_calling(adviser: Who) -> None:
    beds(1)
    grant = granted(resident(), adviser)
    wish = wished(grant, FRIDAY, SUNDAY)
    shared_out(adviser)
    first = Booking.objects.filter(series=wish.id).earliest("slot__starts_at").slot.starts_at
    with pytest.raises(DaysRefused) as refused:
        actions.give_up_days(wish=wish.id, by=as_who(grant.resident), at=first - timedelta(hours=71))
    assert refused.value.why == "too_late"
    actions.give_up_days(wish=wish.id, by=adviser, at=first - timedelta(hours=71))
    assert DayWish.objects.get().answer == "withdrawn"


def test_a_stay_begins_on_one_side_of_a_holiday_and_ends_on_the_other(adviser: Who) -> None:
    """Beds are open on public holidays, where no other plan is."""
    beds(1, weeks=56)
    holidays = [day for day in _days(TODAY + timedelta(days=30), 300) if holiday_name(day)]
    assert holidays
    held = {local_day(one.starts_at) for one in Slot.objects.all()}
    assert set(holidays) <= held
    assert {(one.ends_at - one.starts_at) for one in Slot.objects.all()} == {timedelta(hours=16)}, "a clock change bit"


def test_more_than_is_granted_is_not_given_and_a_wish_is_withdrawn(adviser: Who) -> None:
    beds(1)
    grant = granted(resident(), adviser, days=4)
    kept = wished(grant, FRIDAY, SUNDAY)
    shared_out(adviser)
    with pytest.raises(DaysRefused) as refused:
        wished(grant, SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=3))
    assert refused.value.why == "no_days_left"
    other = wished(grant, SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=1))
    actions.give_up_days(wish=other.id, by=as_who(grant.resident), at=AT)
    assert DayWish.objects.get(id=other.id).answer == "withdrawn"
    assert DayWish.objects.get(id=kept.id).answer == "given"


def test_who_came_and_who_was_ill_is_counted_by_the_kind(adviser: Who) -> None:
    beds(1)
    grant = granted(resident(), adviser, days=4)
    wished(grant, FRIDAY, SUNDAY)
    shared_out(adviser)
    first, second, third = Booking.objects.order_by("slot__starts_at")
    visiting.arrive(booking=first.id, by=SYSTEM, at=first.slot.starts_at)
    visiting.miss(booking=second.id, reason="ill", by=SYSTEM, at=second.slot.ends_at)
    visiting.miss(booking=third.id, reason="no_word", by=SYSTEM, at=third.slot.ends_at)
    (view,) = places.grants_of(viewer=as_who(grant.resident), residents=[grant.resident_id], on=TODAY)
    assert (view.taken, view.left) == (2, 2), "an ill day was taken, or one without a word was not"


def test_day_activity_fills_its_weekdays(adviser: Who) -> None:
    beds(2, name="Kaiku", offering="day-activity", begins=time(9), ends=time(15))
    grant = granted(resident(), adviser, kind="day-activity", days=2)
    monday = FRIDAY - timedelta(days=4)
    wish = wished(grant, monday, SUNDAY, offering="day-activity", weekdays=(0, 2))
    shared_out(adviser, offering="day-activity")
    open_days = [day for day in (monday, monday + timedelta(days=2)) if not holiday_name(day)]
    rows = Booking.objects.filter(series=wish.id).order_by("slot__starts_at")
    assert [local_day(row.slot.starts_at) for row in rows] == open_days


def test_a_substitute_for_a_carers_day_off_comes_home(adviser: Who) -> None:
    asked = Asked(
        unit=ADVISER_UNIT, staff=adviser.id, profession="service-adviser", offerings=("carer-substitute",), mode="home"
    )
    draft = Draft("FREQ=DAILY", time(9), time(17), TODAY, FRIDAY + timedelta(days=9), 480)
    make_plan(key=uuid4(), asked=asked, draft=draft, by=SYSTEM, at=AT)
    grant = granted(resident(), adviser, kind="carers-leave", days=3)
    day = next(day for day in _days(FRIDAY - timedelta(days=4), 6) if not holiday_name(day))
    wished(grant, day, day, offering="carer-substitute")
    shared_out(adviser, offering="carer-substitute")
    assert Booking.objects.get().slot.staff_id == adviser.id


def test_the_board_shows_names_to_those_who_care_and_numbers_to_the_rest(adviser: Who) -> None:
    beds(2)
    grant = granted(resident(last_name="Toiveikas"), adviser, has_transport=True)
    wished(grant, FRIDAY, SUNDAY, transport="both")
    shared_out(adviser)
    told = places.board(viewer=adviser, unit=ADVISER_UNIT, first=FRIDAY, last=SUNDAY)
    assert [(one.taken, one.free, [guest.travels for guest in one.guests]) for one in told] == [
        (1, 1, [True]), (1, 1, [False]), (1, 1, [True]),
    ]  # fmt: skip
    manager = worker("unit-manager", ADVISER_UNIT)
    counted = places.board(viewer=manager, unit=ADVISER_UNIT, first=FRIDAY, last=SUNDAY)
    assert [(one.taken, one.guests) for one in counted] == [(1, ())] * 3
    with pytest.raises(NotAllowed):
        places.board(viewer=worker("service-adviser"), unit=ADVISER_UNIT, first=FRIDAY, last=SUNDAY)


def test_nobody_decides_on_days_of_others(adviser: Who) -> None:
    beds(1)
    stranger, grant = as_who(resident()), granted(resident(), adviser)
    wish = wished(grant, FRIDAY, SUNDAY)
    for attempt in (
        lambda: actions.give_up_days(wish=wish.id, by=stranger, at=AT),
        lambda: wished(grant, FRIDAY, SUNDAY, by=stranger),
        lambda: actions.end_grant(grant=grant.id, by=worker("nurse"), at=AT),
        lambda: sharing.propose(period(), by=worker("service-adviser"), at=AT),
        lambda: sharing.propose(period(), by=stranger, at=AT),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_key_sent_twice_counts_once(adviser: Who) -> None:
    person, key = resident(), uuid4()
    for _ in range(2):
        granted(person, adviser, key=key)
    grant = DayGrant.objects.get()
    for _ in range(2):
        wished(grant, FRIDAY, SUNDAY, key=key)
    assert DayWish.objects.count() == 1


def test_an_ended_decision_keeps_what_it_gave_and_takes_no_more(adviser: Who) -> None:
    beds(1)
    grant = granted(resident(), adviser)
    wish = wished(grant, FRIDAY, SUNDAY)
    actions.end_grant(grant=grant.id, by=adviser, at=AT)
    assert DayWish.objects.get(id=wish.id).answer == "withdrawn"
    with pytest.raises(DaysRefused) as refused:
        wished(DayGrant.objects.get(), FRIDAY, SUNDAY)
    assert refused.value.why == "outside"


@pytest.mark.parametrize("told, why", [
    ({"first": SUNDAY, "last": FRIDAY}, "backwards"),
    ({"first": TODAY, "last": TODAY}, "past"),
    ({"first": FRIDAY, "last": SUNDAY, "offering": "day-activity"}, "other_offering"),
    ({"first": FRIDAY, "last": FRIDAY, "weekdays": (0,)}, "no_day"),
    ({"first": FRIDAY, "last": SUNDAY, "place": UUID(int=1)}, "other_offering"),
    ({"first": FRIDAY, "last": date(2400, 1, 1)}, "too_far"),
])  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_whole(adviser: Who, told: dict[str, object], why: str) -> None:
    grant = granted(resident(), adviser)
    with pytest.raises(DaysRefused) as refused:
        wished(grant, **told)
    assert refused.value.why == why
    assert DayWish.objects.count() == 0


def _days(first: date, many: int) -> Iterator[date]:
    return (first + timedelta(days=step) for step in range(many))


@pytest.mark.django_db(transaction=True)
def test_a_family_hears_once_of_a_stay_and_once_that_there_was_no_place(adviser: Who) -> None:
    beds(1)
    for grant in [granted(resident(), adviser) for _ in range(2)]:
        wished(grant, FRIDAY, SUNDAY)
    reactions.react(at=AT)
    before = Notice.objects.count()
    shared_out(adviser)
    shared_out(adviser, at=AT + timedelta(minutes=1))  # who is left without again is not told again
    reactions.react(at=AT)
    assert Notice.objects.count() - before == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_share_the_same_places_out_at_once_give_them_once(adviser: Who) -> None:
    """One carries out what it was shown; the other is told that it changed. No bed is given twice."""
    beds(1)
    for grant in [granted(resident(), adviser) for _ in range(3)]:
        wished(grant, FRIDAY, SUNDAY)
    seen = sharing.propose(period(), by=adviser, at=AT).print
    told: list[str] = []

    def go() -> None:
        try:
            sharing.carry_out(period(), seen=seen, by=adviser, at=AT)
            told.append("given")
        except sharing.Changed:
            told.append("changed")
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(told) == ["changed", "changed", "changed", "given"]
    assert sorted(Slot.objects.filter(taken__gt=0).values_list("taken", flat=True)) == [1, 1, 1]
