"""The link in a mail: it says when and nothing else, changes nothing when opened, and answers once."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from luotsi import reactions
from luotsi.base.now import now
from luotsi.config.rounds import DjangoMailer
from luotsi.domain.bookings.actions import clearing, reminding, waiting
from luotsi.domain.bookings.models import Booking, Slot, WaitingEntry
from luotsi.domain.bookings.queries.linked import link_to
from luotsi.domain.events.models import Event, Use
from luotsi.domain.messaging import actions as messaging
from luotsi.domain.messaging.models import Notice
from luotsi.domain.people.models import Resident
from tests.factories import as_who, resident, state_of_booking, worker
from tests.factories.times import OPEN_TO_ALL, booked, free_time

pytestmark = pytest.mark.django_db
_seen = [0]  # the events to which the house has reacted
SECRETS = ("Sotkamo", "terveysasema", "Hoitajan puhelinaika", "sairaanhoitaja", "Salla Salainen")


@pytest.fixture(autouse=True)
def _by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reminders do not depend on the hour at which the test runs."""
    monkeypatch.setattr(reminding.rules, "may_remind", lambda at: True)


def a_person() -> Resident:
    person = resident(first_name="Salla", last_name="Salainen", mail="salla@example.fi")
    return person


def booked_long_ago(person: Resident, *, days: float = 1.5) -> Booking:
    long_ago = now() - timedelta(days=5)
    return booked(person, free_time(worker(), starts_at=now() + timedelta(days=days)), at=long_ago)


def link_of(text: str) -> str:
    found = re.search(r"https?://[^/]+(/\S+/replies/\S+/)", text)
    assert found is not None, text
    return found[1]


def mails() -> list[str]:
    """What has been sent since the last call, after the reactions to what happened."""
    for event in Event.objects.filter(kind__in=reactions.REACTIONS, id__gt=_seen[-1]).order_by("id"):
        for reaction in reactions.REACTIONS[event.kind]:
            reaction(event, now())
        _seen.append(event.id)
    messaging.send_due(mailer=DjangoMailer(), link="https://example.fi", at=now())
    told = [f"{one.subject}\n{one.body}" for one in mail.outbox]
    mail.outbox.clear()
    return told


def test_a_reminder_leads_to_one_press_and_the_time_is_free(client: Client) -> None:
    person = a_person()
    row = booked_long_ago(person)
    mails()
    assert reminding.remind_due(at=now()) == 1
    (told,) = mails()
    address = link_of(told)
    for _ in range(2):
        shown = client.get(address)
        assert shown.status_code == 200
        text = shown.content.decode()
        for secret in SECRETS:
            assert secret not in text + told, secret
    assert state_of_booking(row.id) == "made"
    assert "no-store" in shown["Cache-Control"]
    assert client.post(address, {"answer": "cannot_come"}).status_code == 302
    assert state_of_booking(row.id) == "cancelled"
    assert Slot.objects.get(id=row.slot_id).taken == 0
    assert "Aika on peruttu" in client.get(address).content.decode()
    assert client.post(address, {"answer": "cannot_come"}).status_code == 302  # twice is once
    assert Use.objects.filter(resident=person.id, action="link.answer").exists()
    assert Notice.objects.filter(template="time_near").get().blanks == {}


def test_a_late_refusal_changes_nothing_and_says_whom_to_call(client: Client) -> None:
    row = booked_long_ago(a_person(), days=0.03)
    address = f"/fi/replies/{link_to('time', row.id, until=row.slot.starts_at)}/"
    assert "peruuttaa tässä" in client.get(address).content.decode()
    answered = client.post(address, {"answer": "cannot_come"})
    assert (answered.status_code, state_of_booking(row.id)) == (409, "made")


def test_a_freed_time_is_taken_by_the_link_and_only_once(client: Client) -> None:
    person, slot = a_person(), free_time(worker(), starts_at=now() + timedelta(days=3))
    waiting.join(resident=person.id, offering=OPEN_TO_ALL, key=uuid4(), by=as_who(person), at=now())
    assert waiting.tick(at=now()) == 1
    (told,) = mails()
    address = link_of(told)
    assert "Otan tämän ajan" in client.get(address).content.decode()
    assert WaitingEntry.objects.get().closed_at is None
    for _ in range(2):
        assert client.post(address, {"answer": "accept"}).status_code == 302
    assert "Aika on sinun" in client.get(address).content.decode()
    assert (Slot.objects.get(id=slot).taken, WaitingEntry.objects.get().closed_reason) == (1, "booked")
    assert client.post(address, {"answer": "nonsense"}).status_code == 400


def test_who_lets_it_go_waits_on(client: Client) -> None:
    person, slot = a_person(), free_time(worker(), starts_at=now() + timedelta(days=3))
    waiting.join(resident=person.id, offering=OPEN_TO_ALL, key=uuid4(), by=as_who(person), at=now())
    waiting.tick(at=now())
    address = link_of(mails()[0])
    assert client.post(address, {"answer": "decline"}).status_code == 302
    assert "mennyt seuraavalle" in client.get(address).content.decode()
    assert (Slot.objects.get(id=slot).taken, WaitingEntry.objects.get().closed_at) == (0, None)


@pytest.mark.parametrize(
    ("said", "words", "reason"), [("yes", "Olet yhä jonossa", ""), ("no", "Et ole enää", "not_needed")]
)
def test_one_press_says_whether_one_waits_still(client: Client, said: str, words: str, reason: str) -> None:
    person, long_ago = a_person(), now() - timedelta(days=90)
    waiting.join(
        resident=person.id, offering=OPEN_TO_ALL, units=["sotkamo"], key=uuid4(), by=as_who(person), at=long_ago
    )
    assert clearing.ask(unit="sotkamo", waited=timedelta(days=60), by=worker(), at=now()) == 1
    (told,) = mails()
    address = link_of(told)
    text = client.get(address).content.decode()
    for secret in SECRETS:
        assert secret not in text + told, secret
    assert WaitingEntry.objects.get().needed_at is None
    for _ in range(2):
        assert client.post(address, {"answer": said}).status_code == 302
    assert words in client.get(address).content.decode()
    assert WaitingEntry.objects.get().closed_reason == reason


def test_a_link_that_is_over_or_made_up_opens_nothing(client: Client) -> None:
    row = booked_long_ago(a_person())
    over = link_to("time", row.id, until=now() - timedelta(minutes=1))
    shown = client.get(f"/fi/replies/{over}/")
    assert "ei enää toimi" in shown.content.decode()
    client.post(f"/fi/replies/{over}/", {"answer": "cannot_come"})
    assert state_of_booking(row.id) == "made"
    good = link_to("time", row.id, until=row.slot.starts_at)
    for wrong in ("x", good[:-2] + "AA", link_to("offer", row.id, until=row.slot.starts_at)):
        assert client.get(f"/fi/replies/{wrong}/").status_code == 404
