"""A curious colleague, a partner and a broken browser at the pages around a case: calm answers, and the log knows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case, Draft, Referral, ReferralEntry
from luotsi.domain.events.models import Use
from luotsi.domain.events.queries import story_of
from tests.factories import assessed, contact, resident, worker
from tests.factories.clients import session_of, signed_in
from tests.factories.shelf import services_stand
from tests.rooms.team.test_referrals import asking, form_of, sent, take, text

pytestmark = pytest.mark.django_db
TEAM = "/fi/team/"
HUGE = "pitkä sana " * 1_000  # 11,000 characters


@pytest.fixture
def physio(db: None) -> Who:
    return worker("physiotherapist", "fysioterapia", "Frans Fysio")


@pytest.fixture
def case(nurse: Who) -> Case:
    return assessed(contact(resident(last_name="Polvinen")), nurse)


def refusals(by: Who) -> list[tuple[str, UUID | None]]:
    rows = Use.objects.filter(outcome="refused", actor_id=by.id).order_by("id")
    return list(rows.values_list("action", "subject"))


def forms(case: Case) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every form of a case with free text: its address, what is sent, and the field of the text."""
    of, key = f"{TEAM}cases/{case.id}/", str(uuid4())
    yield form_of(case), asking(), "question"
    yield f"{of}directions/wellbeing-groups/", {"why": "x", "key": key}, "why"
    yield f"{of}calls/", {"contact": case.contact_id, "outcome": "reached", "note": "x", "key": key}, "note"
    yield f"{of}visits/", {"note": "x", "key": key}, "note"
    yield f"{of}assessments/", {"outcome": "advice", "note": "x", "key": key}, "note"
    yield f"{of}assessments/", {"outcome": "advice", "note": "x", "findings": "x", "key": key}, "findings"


# Text without end, and what no database holds.


@pytest.mark.parametrize("place", range(6))
def test_a_text_of_eleven_thousand_characters_is_refused_with_a_sentence_and_given_back(
    place: int, nurse: Who, case: Case
) -> None:
    services_stand()
    address, given, name = list(forms(case))[place]
    answer = signed_in(nurse).post(address, given | {name: HUGE})

    assert answer.status_code == 422, address
    assert HUGE.strip() in answer.content.decode(), "nothing is lost"
    assert "merkkiä" in text(answer), "and the sentence says how long it may be"


@pytest.mark.parametrize("place", range(6))
def test_a_character_that_is_none_is_refused_and_never_a_fault_of_ours(place: int, nurse: Who, case: Case) -> None:
    services_stand()
    address, given, name = list(forms(case))[place]

    assert signed_in(nurse).post(address, given | {name: "loppu\0 kesken"}).status_code == 422


def test_a_draft_is_kept_without_the_characters_that_no_database_holds(nurse: Who, case: Case) -> None:
    address = f"{TEAM}cases/{case.id}/drafts/assess-need/"
    answer = signed_in(nurse).post(address, {"note": "kesken\0 jäänyt", "ot\0sikko": "x"}, follow=True)

    assert answer.status_code == 200
    assert Draft.objects.get().fields["note"] == ["kesken jäänyt"]


def test_a_number_without_end_in_the_list_s_address_is_no_fault_of_ours(nurse: Who, case: Case) -> None:
    client = signed_in(nurse)

    assert client.get(TEAM, {"page": "9" * 5_000}).status_code == 200
    assert client.get(TEAM, {"kind": "a\0b", "channel": "\0", "who": "\0", "unit": "kuhmo"}).status_code == 200
    assert client.post(f"{TEAM}views/", {"name": "a\0b"}).status_code == 422
    assert client.get(f"{TEAM}huddle/", {"unit": "ku\0hmo"}).status_code == 200


# Forms of another page, another matter, another worker.


@pytest.mark.parametrize("address", ["handovers/", "views/", "calls"])
def test_a_form_without_its_token_does_nothing(address: str, nurse: Who, case: Case) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(nurse)
    address = f"cases/{case.id}/calls/" if address == "calls" else address
    answer = client.post(f"{TEAM}{address}", {"take": str(case.id), "name": "x", "outcome": "reached"})

    case.refresh_from_db()
    assert answer.status_code == 403
    assert case.responsible_id is None


def test_a_form_of_one_matter_sent_in_another_is_said_and_writes_nothing(nurse: Who, case: Case) -> None:
    services_stand()
    client, other = signed_in(nurse), assessed(contact(resident()), nurse)
    for (address, given, _), (elsewhere, _, _) in zip(forms(case), forms(other), strict=True):
        if "assessments" in address or "visits" in address:
            continue
        given["key"] = str(uuid4())
        assert client.post(address, given).status_code == 302, address
        if "calls" in address:
            given["contact"] = other.contact_id
        assert client.post(elsewhere, given).status_code in {409, 422}, elsewhere

    assert not Referral.objects.filter(case=other).exists()


def test_a_step_with_the_key_of_another_thread_is_said_and_writes_nothing(nurse: Who, physio: Who, case: Case) -> None:
    first, second = sent(case, nurse), sent(assessed(contact(resident()), nurse), nurse)
    key = str(uuid4())

    assert take(signed_in(physio), first, "message", note="Onko kuvattu?", key=key).status_code == 200
    assert take(signed_in(physio), second, "message", note="Onko kuvattu?", key=key).status_code == 409
    assert ReferralEntry.objects.count() == 1


def test_a_sending_follows_only_what_came_back_of_the_same_matter(nurse: Who, physio: Who, case: Case) -> None:
    """Whatever the form says it follows, neither the row nor the event tells of somebody else's thread."""
    foreign = sent(assessed(contact(resident()), nurse), nurse)
    client = signed_in(nurse)
    client.post(form_of(case), asking(follows=str(foreign.id)))
    mine = Referral.objects.get(case=case)

    assert mine.follows_id is None
    assert str(foreign.id) not in str(story(mine.id))


def story(subject: UUID) -> list[Any]:
    return [event.body for event in story_of([subject])[subject]]


def test_another_unit_s_matters_do_not_go_with_a_batch_and_the_log_knows_who_tried(nurse: Who, case: Case) -> None:
    stranger, unknown = worker(unit="kuhmo"), uuid4()
    answer = signed_in(stranger).post(f"{TEAM}handovers/", {"take": "chosen", "chosen": [f"{case.id}", f"{unknown}"]})

    assert answer.status_code == 409
    assert "Polvinen" not in text(answer)
    case.refresh_from_db()
    assert case.responsible_id is None
    assert set(refusals(stranger)) == {("case.hand_over", case.id), ("case.hand_over", unknown)}
    assert Use.objects.get(subject=case.id, outcome="refused").resident == case.resident_id


def test_nobody_reads_a_colleague_s_draft(nurse: Who) -> None:
    case = contact(resident())
    address = f"{TEAM}cases/{case.id}/drafts/assess-need/"
    signed_in(nurse).post(address, {"note": "salainen aavistus tästä"})
    colleague = signed_in(worker(name="Kaija Kollega"))

    assert "aavistus" not in text(colleague.get(f"{TEAM}cases/{case.id}/"))
    colleague.post(address, {"discard": "1"})
    assert Draft.objects.count() == 1
    assert "aavistus" in text(signed_in(nurse).get(f"{TEAM}cases/{case.id}/"))


def test_an_old_undoing_sent_again_opens_nothing(nurse: Who, case: Case) -> None:
    client, address = signed_in(nurse), f"{TEAM}cases/{case.id}/reopening/"
    cases.close(case=case.id, reason="cared", by=nurse, at=now())
    assert client.post(address, {"reason": "wrong_matter"}).status_code == 302
    cases.close(case=case.id, reason="cared", by=nurse, at=now())
    with time_machine.travel(now() + timedelta(minutes=61)):
        client = signed_in(nurse)
        assert client.post(address, {"reason": "wrong_matter"}).status_code == 409

    case.refresh_from_db()
    assert case.closed_at is not None
