"""Contacts that a worker writes down: their true time, the cases they open or join, and what is refused."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case, CaseContact, Contact
from luotsi.domain.cases.rules.contact import BadContact, Said
from luotsi.domain.clocks.queries import clocks_of
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.access import relationship_of
from luotsi.domain.people.models import Resident
from tests.factories import MORNING, assessed, contact, resident, worker

pytestmark = pytest.mark.django_db
NOW = MORNING + timedelta(minutes=5)


def said(**more: Any) -> Said:
    told: dict[str, Any] = {
        "channel": "phone", "told": "Polvi kipeä eilisestä", "received_at": MORNING, "language": "fi"
    }  # fmt: skip
    return Said(**(told | more))


def written(by: Who, person: Resident | None = None, *, at: datetime = NOW, **more: Any) -> Case:
    about = {"kind": "health_need", "service": "nurse-reception", "unit": "sotkamo", "key": uuid4()}
    about |= {name: more.pop(name) for name in ("kind", "service", "unit", "key", "joins") if name in more}
    return cases.write_down(resident=(person or resident()).id, said=said(**more), by=by, at=at, **about)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def nurse() -> Who:
    return worker(name="Hilla Hoitaja")


def test_a_call_becomes_a_case_on_the_units_list(nurse: Who) -> None:
    case = written(nurse, call_number="040 123 4567", has_danger=True)
    row = case.contact
    assert (case.unit_id, case.register, case.kind) == ("sotkamo", "health", "health_need")
    assert (row.channel, row.told, row.call_number, row.has_danger) == (
        "phone", "Polvi kipeä eilisestä", "040 123 4567", True,
    )  # fmt: skip
    assert row.written_by_id == nurse.id
    assert list(Event.objects.filter(subject=row.id).values_list("kind", "channel")) == [("contact.received", "phone")]


def test_the_contact_begins_the_relationship(nurse: Who) -> None:
    person = resident()
    assert relationship_of(nurse, person.id, at=NOW) is None
    written(nurse, person)
    reason = relationship_of(nurse, person.id, register="health", at=NOW)
    assert reason is not None
    assert reason.ground == "team"


def test_the_same_form_sent_twice_is_one_contact(nurse: Who) -> None:
    person, key = resident(), uuid4()
    assert written(nurse, person, key=key).id == written(nurse, person, key=key).id
    assert Contact.objects.count() == 1


def test_a_call_at_night_counts_from_the_next_working_morning_and_keeps_its_true_time(nurse: Who) -> None:
    night = datetime(2026, 4, 2, 18, 30, tzinfo=HELSINKI)  # the Thursday before Good Friday
    case = written(nurse, received_at=night, at=datetime(2026, 4, 7, 9, tzinfo=HELSINKI))
    chip = clocks_of([case.id])[case.id][0]
    assert case.contact.received_at == night
    assert case.opened_at == night
    assert chip.due == datetime(2026, 4, 7).date()


@pytest.mark.parametrize(
    ("more", "why", "field"),
    [
        ({"received_at": NOW + timedelta(hours=1)}, "future", "received_at"),
        ({"received_at": NOW - timedelta(days=400)}, "too_old", "received_at"),
        ({"told": "   "}, "nothing_told", "told"),
        ({"channel": "pigeon"}, "unknown_channel", "channel"),
        ({"sender": "ghost"}, "unknown_sender", "sender"),
        ({"sender": "relative"}, "no_name", "sender_name"),
        ({"kind": "no_such"}, "unknown_kind", "service"),
        ({"unit": "no-such"}, "unknown_unit", "unit"),
        ({"unit": "aikuissosiaalityo"}, "unknown_unit", "unit"),
        ({"channel": "notification"}, "unknown_channel", "channel"),
    ],
)
def test_what_cannot_be_is_refused_by_name(nurse: Who, more: dict[str, Any], why: str, field: str) -> None:
    with pytest.raises(BadContact) as refused:
        written(nurse, **more)
    assert (refused.value.why, refused.value.field) == (why, field)
    assert Contact.objects.count() == 0


def test_a_nurse_writes_nothing_in_social_care(nurse: Who) -> None:
    with pytest.raises(NotAllowed):
        written(nurse, kind="social_need", unit="aikuissosiaalityo", service="adult-social-work")


def test_a_second_call_joins_the_open_matter(nurse: Who) -> None:
    person = resident()
    first = contact(person)
    again = written(nurse, person, joins=first.id, told="Onko aikaa vielä?")
    assert again.id == first.id
    assert Case.objects.filter(resident=person).count() == 1
    assert CaseContact.objects.get(case=first).contact.told == "Onko aikaa vielä?"
    assert Event.objects.filter(subject=first.id, kind="contact.joined").count() == 1
    assert Event.objects.filter(kind="contact.received").count() == 2


def test_a_call_joins_no_matter_of_somebody_else(nurse: Who) -> None:
    with pytest.raises(BadContact, match="another person"):
        written(nurse, joins=contact().id)


def test_a_closed_matter_takes_no_further_contact(nurse: Who) -> None:
    person = resident()
    first = contact(person)
    assessed(first, nurse, outcome="advice")
    with pytest.raises(BadContact, match="closed"):
        written(nurse, person, joins=first.id)
    assert Contact.objects.count() == 1


def test_one_contact_opens_two_matters_once_each(nurse: Who) -> None:
    case = written(nurse)
    about: dict[str, Any] = {"case": case.id, "kind": "oral_need", "service": "dental-care", "unit": "suun-sotkamo"}
    other = [cases.open_another(**about, by=nurse, at=NOW) for _ in range(2)]
    assert other[0].id == other[1].id != case.id
    assert other[0].contact_id == case.contact_id
    assert other[0].opened_at == MORNING
    assert Contact.objects.count() == 1


def test_what_was_told_in_health_care_opens_nothing_in_social_care(nurse: Who) -> None:
    case = written(nurse)
    with pytest.raises(NotAllowed):
        cases.open_another(
            case=case.id, kind="social_need", service="adult-social-work", unit="aikuissosiaalityo", by=nurse, at=NOW
        )


def test_a_second_message_is_joined_to_the_first_matter_and_nothing_is_lost(nurse: Who) -> None:
    person = resident()
    first, second = contact(person), contact(person, at=MORNING + timedelta(minutes=1))
    cases.join_matter(case=second.id, into=first.id, by=nurse, at=NOW)
    second.refresh_from_db()
    assert second.close_reason == "joined"
    assert list(CaseContact.objects.filter(case=first).values_list("contact_id", flat=True)) == [second.contact_id]
    assert clocks_of([second.id])[second.id][0].state == "ended"
    assert clocks_of([first.id])[first.id][0].is_running


def test_a_judged_matter_is_not_joined_away(nurse: Who) -> None:
    person = resident()
    first, second = contact(person), contact(person)
    assessed(second, nurse)
    with pytest.raises(BadContact, match="judged"):
        cases.join_matter(case=second.id, into=first.id, by=nurse, at=NOW)


def test_a_nurse_of_another_unit_joins_and_opens_nothing() -> None:
    person = resident()
    first, second = contact(person), contact(person)
    stranger = worker(unit="kuhmo")
    with pytest.raises(NotAllowed):
        cases.join_matter(case=second.id, into=first.id, by=stranger, at=NOW)
    with pytest.raises(NotAllowed):
        cases.open_another(
            case=first.id, kind="oral_need", service="dental-care", unit="suun-sotkamo", by=stranger, at=NOW
        )
