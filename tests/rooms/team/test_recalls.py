"""Invitations on their page: begun once, how far they are, stopped; and what the invited and a guardian see of them."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from luotsi import reactions
from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM
from luotsi.config.rounds import DjangoMailer
from luotsi.domain.bookings.actions import recalling
from luotsi.domain.bookings.models import Recall, WaitingEntry
from luotsi.domain.bookings.queries import recalls as queries
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.events.models import Event
from luotsi.domain.messaging import actions as messaging
from luotsi.domain.people.models import Resident
from tests.factories import as_who, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.resident.people import let_act

pytestmark = pytest.mark.django_db
PAGE = "/fi/team/queue/recalls/"


def child(**more: object) -> Resident:
    return resident(date(today().year - 7, 1, 1), **more)


def invite() -> Client:
    browser = signed_in(worker("unit-manager"))
    sent = {"key": str(uuid4()), "cohort": "school-checks"}
    for _ in range(2):  # the same form twice is once
        assert browser.post(PAGE, sent).status_code == 302
    recalling.tick(at=now())
    return browser


def mails() -> dict[str, str]:
    """What is sent to whom, after the reactions to what happened."""
    for event in Event.objects.filter(kind="waiting.invited"):
        reactions.invite_to_choose(event, now())
    messaging.send_due(mailer=DjangoMailer(), link="https://example.fi", at=now())
    return {one.to[0]: one.body for one in mail.outbox}


def test_a_manager_invites_sees_how_far_it_is_and_stops() -> None:
    for _ in range(3):
        child()
    browser = invite()
    told = browser.get(PAGE).content.decode()
    assert "Kaikki kutsuttu" in told
    (seen,) = queries.recalls(viewer=worker("unit-manager"), unit="sotkamo")
    assert (seen.invited, seen.waiting) == (3, 3)
    assert 'value="school-checks"' not in told  # one at a time
    assert browser.post(PAGE, {"key": str(uuid4()), "cohort": "everybody"}).status_code == 422
    recall = Recall.objects.get().id
    assert browser.post(f"{PAGE}{recall}/ending/").status_code == 302
    assert "Päättynyt" in browser.get(PAGE).content.decode()
    assert signed_in(worker()).get(PAGE).status_code == 403
    assert signed_in(worker("unit-manager", unit="kuhmo")).post(f"{PAGE}{recall}/ending/").status_code == 404


def test_the_invited_reads_it_and_declines_by_the_link() -> None:
    catalogue.load_shelf(by=SYSTEM, at=now())
    person = child(mail="lapsi@example.fi")
    invite()
    browser = signed_in(as_who(person))
    told = browser.get("/fi/times/").content.decode()
    assert "Kutsumme sinut valitsemaan ajan" in told
    assert "laajan terveystarkastuksen aika" in told
    assert "?offering=school-health" in told
    body = mails()["lapsi@example.fi"]
    assert not re.search(r"terveys|koulu|Sotkamo", body)
    found = re.search(r"https?://[^/]+(/\S+/replies/\S+/)", body)
    assert found is not None
    shown = Client().get(found[1]).content.decode()
    assert "Voit valita itse sopivan ajan" in shown
    assert not re.search(r"terveystarkast|koulu|Sotkamo", shown)
    for _ in range(2):
        assert Client().post(found[1], {"answer": "no"}).status_code == 302
    assert WaitingEntry.objects.get().closed_reason == "declined"
    assert "Kutsumme sinut" not in browser.get("/fi/times/").content.decode()


def test_a_childs_guardian_hears_that_there_is_something_and_not_what() -> None:
    parent = resident(mail="aiti@example.fi")
    let_act(parent, child(), kind="guardian", source="population_register")
    invite()
    assert not re.search(r"terveys|koulu|Sotkamo|lapsi", mails()["aiti@example.fi"])
