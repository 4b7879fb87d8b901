"""A group fills, waits, is held or called off by itself, and everybody who has a place is told once."""

import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from luotsi import reactions
from luotsi.base.dates import start_of
from luotsi.domain.bookings.actions.keeping import SlotsTaken
from luotsi.domain.bookings.models import Booking, Plan, Slot
from luotsi.domain.bookings.queries import groups as queries
from luotsi.domain.bookings.queries import times
from luotsi.domain.bookings.rules.groups import (
    GroupRefused,
    Meeting,
    SignUpShut,
    check_group,
    free_places,
    is_due,
    joinable,
    state,
)
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.cases.actions import groups
from luotsi.domain.events.models import Event
from luotsi.domain.messaging.models import Notice
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.models import Relationship
from tests.factories import as_who, resident, worker
from tests.factories.groups import DECIDES, FIRST, OFFERING, UNIT, group_of, leader, meetings_of, signed_up, taken_of
from tests.factories.times import AT


def meeting(day: int, *, taken: int = 0, is_held: bool = True) -> Meeting:
    starts = AT + timedelta(days=day)
    return Meeting(starts, starts + timedelta(hours=1), 3, taken, is_held)


def test_a_group_stands_where_its_meetings_are() -> None:
    three = [meeting(1), meeting(8), meeting(15)]
    moments = ((0, "ahead"), (2, "runs"), (15, "runs"), (16, "over"))
    assert [state(three, cancelled_at=None, at=AT + timedelta(days=day)) for day, _ in moments] == [
        said for _, said in moments
    ]
    assert state(three, cancelled_at=AT, at=AT) == "called_off"
    assert state([meeting(1, is_held=False)], cancelled_at=None, at=AT) == "over"


def test_who_signs_up_late_comes_to_what_is_left_until_less_than_half_is_left() -> None:
    four = [meeting(day, taken=taken) for day, taken in ((1, 0), (8, 1), (15, 2), (22, 1))]
    assert joinable(four, at=AT) == four
    assert joinable(four, at=AT, lead=timedelta(days=8)) == four[2:]
    assert joinable(four, at=AT + timedelta(days=16)) == []
    assert (free_places(four), free_places([])) == (1, 0)


def test_it_is_decided_on_the_morning_of_the_day_in_finland() -> None:
    hours = {date(2026, 3, 29): 6, date(2026, 10, 25): 7, date(2028, 2, 29): 7}  # in UTC: both changes, the leap day
    for day, hour in hours.items():
        nine = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        assert (is_due(day, at=nine), is_due(day, at=nine - timedelta(seconds=1))) == (True, False)
    assert not is_due(None, at=AT)


def test_a_group_is_not_planned_to_be_decided_upon_when_the_hour_has_passed() -> None:
    today, first = date(2026, 3, 2), datetime(2026, 3, 9, 14, tzinfo=UTC)
    early, late = datetime(2026, 3, 2, 6, 59, tzinfo=UTC), datetime(2026, 3, 2, 7, tzinfo=UTC)  # nine in Finland
    check_group([first], places=3, fewest=2, decide_by=today, at=early)
    for decide_by, at in ((today, late), (date(2026, 3, 9), early)):
        with pytest.raises(GroupRefused, match="still to come"):
            check_group([first], places=3, fewest=2, decide_by=decide_by, at=at)


@pytest.mark.django_db
def test_a_group_has_one_meeting_for_each_of_its_days() -> None:
    key = uuid4()
    group = group_of(weeks=3, key=key)
    assert group_of(weeks=3, key=key) == group
    slots = Slot.objects.filter(plan=group.plan)
    assert 3 <= slots.count() <= 4
    assert set(slots.values_list("mode", "offering", "capacity")) == {("group", OFFERING, 3)}
    told = Event.objects.get(kind="group.planned")
    assert (told.resident, told.unit, told.body["meetings"]) == (None, UNIT, slots.count())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "why, told",
    [
        ("too_few_places", {"places": 2, "fewest": 3}),
        ("too_late", {"decide_by": FIRST}),
        ("too_late", {"decide_by": FIRST - timedelta(days=60)}),
        ("not_a_group", {"offering": "nurse-phone"}),
        ("not_a_group", {"offering": "no-such"}),
    ],
)
def test_what_can_be_no_group_is_refused_and_leaves_no_plan(why: str, told: dict[str, object]) -> None:
    with pytest.raises(GroupRefused) as refusal:
        group_of(**told)  # type: ignore[arg-type]
    assert refusal.value.why == why
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_one_place_at_every_meeting_or_none() -> None:
    by = leader()
    group = group_of(by, places=1)
    first, second, key = resident(), resident(), uuid4()
    rows = signed_up(first, group, key=key)
    assert len(rows) == Slot.objects.filter(plan=group.plan, taken=1).count() > 2
    assert signed_up(first, group, key=key) == rows == signed_up(first, group)
    assert {row.series for row in rows} == {key}
    with pytest.raises(SlotsTaken):
        signed_up(second, group)
    assert not Booking.objects.filter(resident=second).exists()
    assert Relationship.objects.filter(resident=first, staff=by.id, ground="booking").count() == 1
    found = queries.group(group.pk, at=AT)
    assert (found.free, found.is_full, found.is_open, found.state) == (0, True, True, "ahead")


@pytest.mark.django_db
def test_a_second_group_of_the_kind_is_refused_as_is_one_at_the_same_hour() -> None:
    person = resident()
    signed_up(person, group_of())
    with pytest.raises(NotBookable, match="at the same moment"):
        signed_up(person, group_of())
    with pytest.raises(NotBookable, match="as many"):
        signed_up(person, group_of(first=FIRST + timedelta(days=1)))
    assert Booking.objects.values("slot__plan").distinct().count() == 1


@pytest.mark.django_db
def test_who_leaves_gives_every_place_back_and_the_leader_sees_them_no_more_in_time() -> None:
    by = leader()
    group, person = group_of(by), resident()
    signed_up(person, group)
    with pytest.raises(NotAllowed):
        groups.leave(group=group.pk, resident=person.id, by=as_who(resident()), at=AT)
    assert groups.leave(group=group.pk, resident=person.id, by=as_who(person), at=AT) > 2
    assert groups.leave(group=group.pk, resident=person.id, by=as_who(person), at=AT) == 0
    assert set(Slot.objects.filter(plan=group.plan).values_list("taken", flat=True)) == {0}
    held = Relationship.objects.get(resident=person, staff=by.id)
    assert held.ends_at is not None
    assert held.ends_at < start_of(FIRST) + timedelta(days=90)
    assert signed_up(person, group)


@pytest.mark.django_db
def test_a_group_that_too_few_want_is_called_off_on_its_day_and_one_with_enough_is_held() -> None:
    empty, full = group_of(), group_of(first=FIRST + timedelta(days=1))
    people = [resident(), resident()]
    alone = resident()
    signed_up(alone, empty)
    for person in people:
        signed_up(person, full)
    assert groups.tick(at=DECIDES - timedelta(minutes=1)) == 0
    assert groups.tick(at=DECIDES) == 1
    groups.tick(at=DECIDES + timedelta(days=1))
    groups.tick(at=DECIDES + timedelta(days=1))
    empty.refresh_from_db(), full.refresh_from_db()
    assert (empty.cancel_reason, empty.decided_at, full.cancelled_at) == ("too_few", None, None)
    assert full.decided_at == DECIDES + timedelta(days=1)
    assert not Slot.objects.filter(plan=empty.plan, closed_at=None).exists()
    assert not Slot.objects.filter(plan=empty.plan, taken__gt=0).exists()
    mine = Booking.objects.filter(resident=alone)
    assert set(mine.values_list("cancelled_by", "cancel_reason")) == {("provider", "too_few")}
    assert Booking.objects.filter(resident__in=people, cancelled_at=None).count() == 2 * meetings_of(full)
    told = {one.body["is_held"]: one.body["signed_up"] for one in Event.objects.filter(kind="group.decided")}
    assert told == {False: 1, True: 2}
    assert Event.objects.filter(kind="booking.cancelled", resident=alone.id).count() == mine.count()
    with pytest.raises(SignUpShut):
        signed_up(resident(), empty)


@pytest.mark.django_db
def test_a_planner_calls_a_group_off_and_nobody_else_does() -> None:
    group, person = group_of(), resident()
    signed_up(person, group)
    for stranger in (leader(), worker("unit-manager", "sotkamo")):
        with pytest.raises(NotAllowed):
            groups.call_off(group=group.pk, reason="other", by=stranger, at=AT)
    manager = worker("unit-manager", UNIT)
    with pytest.raises(KeyError):
        groups.call_off(group=group.pk, reason="tired", by=manager, at=AT)
    assert groups.call_off(group=group.pk, reason="leader_away", by=manager, at=AT) == 1
    assert groups.call_off(group=group.pk, reason="leader_away", by=manager, at=AT) == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_who_sign_up_at_once_as_many_get_in_as_there_are_places() -> None:
    group = group_of(places=2, fewest=1)
    people, won, lost = [resident() for _ in range(6)], [], []

    def go(person: object) -> None:
        try:
            won.append(signed_up(person, group))  # type: ignore[arg-type]
        except SlotsTaken:
            lost.append(person)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(person,)) for person in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(won), len(lost), set(taken_of(group))) == (2, 4, {2})


@pytest.mark.django_db(transaction=True)
def test_each_who_had_a_place_in_a_group_that_is_called_off_is_told_once() -> None:
    group, people = group_of(places=4, fewest=3), [resident(mail=f"a{number}@example.fi") for number in range(2)]
    for person in people:
        signed_up(person, group)
    groups.tick(at=DECIDES)
    reactions.react(at=DECIDES)
    told = Counter(Notice.objects.values_list("resident_id", flat=True))
    assert told == {person.id: 1 for person in people}


@pytest.mark.django_db
def test_one_chair_at_one_meeting_is_no_free_time_that_a_worker_offers() -> None:
    group_of()
    far = AT + timedelta(days=90)
    assert times.free_slots(unit=UNIT, after=AT, before=far) == []
    assert times.first_free(units=[UNIT], professions=["psychiatric-nurse"], after=AT, before=far) == {}
