"""A place in a group is offered to those who wait, at every meeting; who came to one is marked and counted."""

from datetime import timedelta
from uuid import uuid4

import pytest

from luotsi import reactions
from luotsi.domain.bookings.actions import placing, waiting
from luotsi.domain.bookings.actions.heads import count_heads
from luotsi.domain.bookings.models import Booking, Slot, SlotOffer, WaitingEntry
from luotsi.domain.bookings.queries import groups as queries
from luotsi.domain.bookings.queries import rosters
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.cases.actions import groups
from luotsi.domain.events.models import Event
from luotsi.domain.messaging.models import Notice
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.questionnaires.models import Invitation
from tests.factories import as_who, resident, worker
from tests.factories.groups import DECIDES, OFFERING, UNIT, group_of, leader, meetings_of, signed_up, taken_of
from tests.factories.times import AT


@pytest.mark.django_db
def test_who_waits_is_offered_a_freed_place_at_every_meeting_and_takes_it() -> None:
    group, holder, first, second = group_of(places=1), resident(), resident(), resident()
    signed_up(holder, group)
    for minutes, person in enumerate((first, second)):
        waiting.join(
            resident=person.id, offering=OFFERING, key=uuid4(), by=as_who(person), at=AT + timedelta(minutes=minutes),
            units=[UNIT],
        )  # fmt: skip
    later = AT + timedelta(hours=1)
    assert (waiting.tick(at=later), placing.tick(at=later)) == (0, 0)
    groups.leave(group=group.pk, resident=holder.id, by=as_who(holder), at=later)
    assert (placing.tick(at=later), placing.tick(at=later)) == (1, 0)
    offer = SlotOffer.objects.get()
    assert (offer.entry.resident_id, set(taken_of(group))) == (first.id, {1})
    waiting.answer(offer=offer.id, accepts=False, by=as_who(first), at=later)
    assert set(taken_of(group)) == {0}
    assert placing.tick(at=later) == 1
    offer = SlotOffer.objects.get(answered_at=None)
    assert offer.entry.resident_id == second.id
    waiting.answer(offer=offer.id, accepts=True, by=as_who(second), at=later)
    mine = Booking.objects.filter(resident=second)
    assert (mine.count(), mine.filter(accepted_at=None).count()) == (meetings_of(group), 0)
    assert WaitingEntry.objects.filter(closed_at=None).get().resident_id == first.id
    assert Event.objects.filter(kind="booking.offered").count() == 2


@pytest.mark.django_db
def test_an_offer_of_a_place_that_nobody_answers_frees_every_meeting() -> None:
    group, person = group_of(), resident()
    waiting.join(resident=person.id, offering=OFFERING, key=uuid4(), by=as_who(person), at=AT)
    assert placing.tick(at=AT) == 1
    offer = SlotOffer.objects.get()
    waiting.tick(at=offer.answer_by)
    assert set(taken_of(group)) == {0}
    assert SlotOffer.objects.get().answer == "lapsed"


@pytest.mark.django_db
def test_who_came_is_marked_by_the_leader_and_corrected_and_the_last_word_stands() -> None:
    by = leader()
    group, came, missed = group_of(by), resident(), resident()
    signed_up(came, group), signed_up(missed, group)
    first = Slot.objects.filter(plan=group.plan).order_by("starts_at")[0]
    on_day = first.starts_at + timedelta(hours=1)
    rows = {one: Booking.objects.get(resident=one, slot=first).id for one in (came, missed)}
    told = {"slot": first.id, "came": [rows[came]], "missed": {rows[missed]: "ill"}}
    with pytest.raises(NotPossible):
        groups.mark(**told, by=by, at=AT)
    for stranger in (leader(), worker("nurse")):
        with pytest.raises(NotAllowed):
            groups.mark(**told, by=stranger, at=on_day)
    assert [groups.mark(**told, by=by, at=on_day) for _ in range(2)] == [2, 0]
    assert groups.mark(slot=first.id, came=[], missed={rows[came]: "forgot"}, by=by, at=on_day) == 1
    assert Booking.objects.get(id=rows[came]).no_show_reason == "forgot"
    held, *_ = Event.objects.filter(kind="visit.held")
    assert Event.objects.get(kind="visit.missed", corrects=held.uid).body["reason"] == "forgot"
    assert held.occurred_at == first.starts_at


@pytest.mark.django_db
def test_a_group_whose_last_meeting_is_over_ends_once_with_its_numbers() -> None:
    by = leader()
    group, person = group_of(by, fewest=1), resident()
    signed_up(person, group)
    groups.tick(at=DECIDES)
    first, *_, last = Slot.objects.filter(plan=group.plan).order_by("starts_at")
    on_day = first.starts_at + timedelta(hours=1)
    groups.mark(slot=first.id, came=[Booking.objects.get(resident=person, slot=first).id], missed={}, by=by, at=on_day)
    count_heads(slot=first.id, people=2, by=by, at=on_day)
    groups.tick(at=last.ends_at - timedelta(minutes=1))
    assert not Event.objects.filter(kind="group.ended").exists()
    for _ in range(2):
        groups.tick(at=last.ends_at)
    body = Event.objects.get(kind="group.ended").body
    assert (body["signed_up"], body["attended"], body["heads"]) == (1, 1, 2)


@pytest.mark.django_db
def test_a_leader_sees_by_name_who_comes_and_a_colleague_only_how_many() -> None:
    by, colleague = leader(), leader()
    group, person = group_of(by), resident(first_name="Ryhmä")
    signed_up(person, group)
    first = Slot.objects.filter(plan=group.plan).order_by("starts_at")[0]
    assert [one.name for one in rosters.attendance(first.id, viewer=by).comers] == [as_who(person).name]
    seen = rosters.attendance(first.id, viewer=colleague)
    assert (seen.comers, seen.others) == ((), 1)
    assert queries.group_of_unit(group.pk, viewer=colleague, at=AT).signed_up == 1
    with pytest.raises(NotAllowed):
        queries.group_of_unit(group.pk, viewer=worker("nurse"), at=AT)
    assert [one.id for one in queries.own_groups(viewer=as_who(person), at=AT)] == [group.pk]
    assert queries.own_groups(viewer=as_who(resident()), at=AT) == []
    assert [one.id for one in queries.groups_ahead(at=AT, services=["mental-health"])] == [group.pk]


@pytest.mark.django_db(transaction=True)
def test_after_the_last_meeting_those_who_came_are_asked_once_how_it_was_without_their_name() -> None:
    by = leader()
    group, came, absent = group_of(by, fewest=1), resident(), resident()
    signed_up(came, group), signed_up(absent, group)
    groups.tick(at=DECIDES)
    first, *_, last = Slot.objects.filter(plan=group.plan).order_by("starts_at")
    on_day = first.starts_at + timedelta(hours=1)
    groups.mark(slot=first.id, came=[Booking.objects.get(resident=came, slot=first).id], missed={}, by=by, at=on_day)
    groups.tick(at=last.ends_at)
    for _ in range(2):
        reactions.react(at=last.ends_at)
    asked = Invitation.objects.get()
    assert (asked.resident_id, asked.questionnaire, asked.is_anonymous) == (came.id, "feedback_group", True)
    assert (asked.collection.mode, asked.collection.unit_id) == ("invited", UNIT)
    assert Notice.objects.filter(resident=came.id).exists()
