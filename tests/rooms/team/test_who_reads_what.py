"""Who reads a thread, a notification, a protected person's place at the pages around a case: and what the log says."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import directions, referrals
from luotsi.domain.cases.models import Case, Referral, ReferralEntry
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from luotsi.domain.people.queries import resident_as_who
from tests.factories import assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.factories.notifying import child, notification
from tests.factories.shelf import services_stand
from tests.rooms.team.test_attacks_around_a_case import TEAM, refusals
from tests.rooms.team.test_referrals import sent, take, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def physio(db: None) -> Who:
    return worker("physiotherapist", "fysioterapia", "Frans Fysio")


@pytest.fixture
def kela(db: None) -> Who:
    return worker("partner-worker", "kela", "Kerttu Kela")


@pytest.fixture
def case(nurse: Who) -> Case:
    return assessed(contact(resident(last_name="Polvinen")), nurse)


def allow(case: Case, purpose: str, **more: Any) -> None:
    person = resident_as_who(case.resident_id)
    assert person is not None
    people.give_consent(resident=case.resident_id, purpose=purpose, by=person, at=now(), **more)


def to_kela(case: Case, by: Who) -> Referral:
    allow(case, "refer-to-kela")
    return sent(case, by, "kela", "kela", question="Kuntoutusta haetaan")


# A partner, a receiver, another register.


def test_a_partner_opens_its_own_thread_and_nothing_else(nurse: Who, kela: Who, case: Case) -> None:
    mine, other = to_kela(case, nurse), sent(case, nurse)
    client = signed_in(kela)

    assert client.get(f"{TEAM}referrals/{mine.id}/").status_code == 200
    for part in (f"referrals/{other.id}/", f"referrals/{other.id}/entries/"):
        assert client.get(f"{TEAM}{part}").status_code == 404
    assert refusals(kela) == [("referral.read", other.id), ("referral.write", other.id)]
    closed = ("", f"cases/{case.id}/", f"people/{case.resident_id}/", "people/", "calls/", "huddle/", "handovers/")
    for part in (*closed, "child-welfare/", "views/", "absences/", f"cases/{case.id}/presence/"):
        assert client.get(f"{TEAM}{part}").status_code == 403, part
    assert client.get("/fi/boards/contacts/").status_code == 403
    body = text(client.get(f"{TEAM}referrals/?view=all"))
    assert "Polvinen" in body
    assert "Fysioterapia" not in body


def test_a_thread_that_ended_stays_with_its_receiver_for_thirty_days(nurse: Who, kela: Who, case: Case) -> None:
    referral = to_kela(case, nurse)
    with time_machine.travel(now() + timedelta(minutes=1)):
        referrals.return_to_sender(referral=referral.id, reason="wrong_place", key=uuid4(), by=kela, at=now())
    seen = []
    for days in (29, 31):
        with time_machine.travel(now() + timedelta(days=days)):
            client = signed_in(kela)
            listed = "Polvinen" in text(client.get(f"{TEAM}referrals/?view=all"))
            seen.append((client.get(f"{TEAM}referrals/{referral.id}/").status_code, listed))

    assert seen == [(200, True), (404, False)]


def test_a_receiver_of_one_register_reads_the_patient_s_matters_from_accepting_on(
    nurse: Who, physio: Who, case: Case
) -> None:
    """Accepting is what begins the care relationship: before it, and after a return, the thread is all there is."""
    referral, client = sent(case, nurse), signed_in(physio)
    address = f"{TEAM}cases/{case.id}/"

    assert client.get(address).status_code == 404
    take(client, referral, "accepted")
    assert client.get(address).status_code == 200
    assert Use.objects.filter(actor_id=physio.id, subject=case.id, what="case").first().ground == "team"  # type: ignore[union-attr]
    assert client.post(f"{address}visits/", {"note": "x", "key": str(uuid4())}).status_code == 404, "to read only"


def test_a_receiver_of_another_register_never_reads_the_sender_s_matter(nurse: Who, case: Case) -> None:
    adviser = worker("service-adviser", "asiakasohjaus")
    allow(case, "refer-to-social")
    referral = sent(case, nurse, "social-adviser", "asiakasohjaus")
    take(signed_in(adviser), referral, "accepted")

    assert Referral.objects.get().opened_id is not None
    assert signed_in(adviser).get(f"{TEAM}cases/{case.id}/").status_code == 404


def test_what_is_written_on_after_the_resident_took_their_yes_back_is_not_sent(
    nurse: Who, kela: Who, case: Case
) -> None:
    referral = to_kela(case, nurse)
    person = resident_as_who(case.resident_id)
    assert person is not None
    people.withdraw_consent(resident=case.resident_id, purpose="refer-to-kela", by=person, at=now())
    answer = take(signed_in(nurse), referral, "message", note="Lisäksi epikriisi")

    assert answer.status_code == 422
    assert "epikriisi" in text(answer), "nothing typed is lost"
    assert not ReferralEntry.objects.exists()
    assert take(signed_in(nurse), referral, "withdrawn").status_code == 200, "taking it back tells nothing"


def test_each_word_that_leaves_the_register_is_in_the_disclosure_log(nurse: Who, kela: Who, case: Case) -> None:
    """What the sender writes is, again and again; what the receiver writes back is not theirs to disclose."""
    referral = to_kela(case, nurse)
    told = []
    for who in (nurse, kela, nurse):
        take(signed_in(who), referral, "message", note="Lisäksi epikriisi")
        told.append(Use.objects.filter(log="disclosure", subject=referral.id).count())

    assert told == [2, 2, 3], "the sending, a message, none of the receiver's, a message"


def test_the_log_says_on_what_ground_a_thread_was_read(nurse: Who, physio: Who, case: Case) -> None:
    """Somebody who opened the records in an emergency has no team's reason."""
    referral, other = sent(case, nurse), worker(unit="kuhmo")
    people.open_emergency(
        resident=case.resident_id, register="health", reason_key="cannot-tell", reason="Tajuton päivystyksessä",
        by=other, at=now(),
    )  # fmt: skip
    for who in (nurse, physio, other):
        signed_in(who).get(f"{TEAM}referrals/{referral.id}/")
    rows = Use.objects.filter(what="referral", subject=referral.id).order_by("id").values_list("ground", flat=True)

    assert list(rows) == ["team", "referral", "emergency"]


def test_leading_a_matter_to_another_register_is_a_disclosure_and_a_no_holds_it_back(nurse: Who) -> None:
    services_stand()
    case = contact(resident())
    point = {"service": "adult-social-work", "why": "Rahat eivät riitä", "by": nurse, "at": now(), "opens": True}
    made = directions.direct(case=case.id, key=uuid4(), **point)
    row = Use.objects.get(log="disclosure", subject=made.id)
    other = contact(resident())
    allow(other, "refer-to-social", is_refusal=True)

    assert (row.resident, row.ground) == (case.resident_id, "consent")
    with pytest.raises(referrals.rules.NotPossible):
        directions.direct(case=other.id, key=uuid4(), **point)


# Child welfare, protected persons.


def test_health_care_reads_nothing_of_a_notification_anywhere() -> None:
    lotta = worker("child-welfare-worker", "lastensuojelu", "Lotta Lastenvalvoja")
    nurse, about = worker(), child(last_name="Salattula")
    contact(about)
    told, name = "Lapsi on yksin kotona öisin", "Naapuri Nimetön-Notko"
    case = notification(about, lotta, at=now(), sender="relative", name=name, told=told)
    cases.tell(case=case.id, party="child", way="phone", note="puhuttu koulussa", key=uuid4(), by=lotta, at=now())
    client = signed_in(nurse)
    contact_address = f"{TEAM}cases/{case.id}/contacts/{case.contact_id}/notifier/"

    assert client.post(contact_address).status_code == 403
    for part in (f"cases/{case.id}/", f"cases/{case.id}/tellings/", f"cases/{case.id}/dates/"):
        assert client.get(f"{TEAM}{part}").status_code in {403, 404}, part
    for part in ("", "calls/", "huddle/", "referrals/?view=all", f"people/{about.id}/", "?unit=lastensuojelu"):
        body = text(client.get(f"{TEAM}{part}"))
        for marker in (told, name, "puhuttu koulussa", "Lastensuojelu"):
            assert marker not in body, part
    assert client.get(f"{TEAM}child-welfare/").status_code == 403


def test_the_notifier_s_name_stands_only_where_it_was_asked_for() -> None:
    lotta = worker("child-welfare-worker", "lastensuojelu", "Lotta Lastenvalvoja")
    name = "Naapuri Nimetön-Notko"
    case = notification(child(), lotta, at=now(), sender="relative", name=name)
    client = signed_in(lotta)
    for part in ("", "calls/", "huddle/", f"cases/{case.id}/", f"people/{case.resident_id}/"):
        assert name not in text(client.get(f"{TEAM}{part}")), part

    assert name in text(client.post(f"{TEAM}cases/{case.id}/contacts/{case.contact_id}/notifier/"))
    assert Use.objects.filter(what="notifier", resident=case.resident_id).count() == 1


def test_the_place_of_a_protected_person_is_not_told_by_the_sending_unit(nurse: Who, kela: Who, case: Case) -> None:
    referral = to_kela(case, nurse)
    client = signed_in(kela)
    assert "Sotkamo" in text(client.get(f"{TEAM}referrals/"))
    people.set_protection(resident=case.resident_id, is_on=True, by=nurse, at=now())

    for address in (f"{TEAM}referrals/", f"{TEAM}referrals/{referral.id}/"):
        body = text(client.get(address))
        assert "Polvinen" in body
        assert "Turvakielto" in body
        assert "Sotkamo" not in body


def test_a_manager_s_lists_keep_the_name_of_a_protected_person(nurse: Who, case: Case) -> None:
    people.set_protection(resident=case.resident_id, is_on=True, by=nurse, at=now())
    client = signed_in(worker("unit-manager", "sotkamo", "Maija Johtaja"))
    with time_machine.travel(now() + timedelta(days=3)):
        client = signed_in(worker("unit-manager", "sotkamo", "Maija Johtaja"))
        pages = [client.get(TEAM), client.get(f"{TEAM}huddle/")]
        pages += [client.post(f"{TEAM}handovers/", {"give": str(case.id)})]
        for answer in pages:
            assert answer.status_code == 200
            assert "Polvinen" not in text(answer)
