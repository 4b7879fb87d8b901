"""Two people in one matter or thread: nobody overwrites another unseen; what was typed is shown beside their doing."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.who import Who
from luotsi.domain.bookings.models import Booking
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import referrals as threads
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Assessment, Case, Draft, Referral, ReferralEntry, Telling
from tests.factories import MORNING, assessed, contact, offered, resident, slot, state_of_booking, worker
from tests.factories.clients import signed_in
from tests.factories.notifying import EASTER, child, guard, notification
from tests.rooms.team.conftest import NOON
from tests.rooms.team.test_case import page_of
from tests.rooms.team.test_referrals import BOOK, form_of, sent
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
FIRST = "Joku muu ehti ensin"
VISIT = MORNING + timedelta(days=3)


@pytest.fixture
def other(db: None) -> Who:
    return worker(name="Toinen Hoitaja")


def story(client: Any, case: Case) -> str:
    return str(len(client.get(page_of(case)).context["case"].story))


def handed_over(case: Case, by: Who) -> None:
    """Something that another does, and that forbids nothing that the first one was about to do."""
    cases.hand_over_many(cases={case.id: None}, to=by.id, by=by, at=NOON, note="Minä soitan")


def test_a_time_is_not_offered_over_another_s_writing_and_stays_chosen(nurse: Who, other: Who) -> None:
    case, client = assessed(contact(), nurse), signed_in(nurse)
    place = slot(nurse, starts_at=VISIT)
    form = {"slot": str(place), "key": str(uuid4()), "story": story(client, case)}
    handed_over(case, other)
    answer = client.post(f"{page_of(case)}offers/", form)
    assert answer.status_code == 409
    assert not Booking.objects.exists()
    body = text(answer)
    assert FIRST in body
    assert "Toinen Hoitaja" in body, "what the other did is said"
    assert "Valitsemasi aika: to 5.3.2026 klo 9.10" in body
    assert answer.context["selected"] == place, "the chosen time is still chosen"
    again = form | {"story": str(len(answer.context["case"].story))}
    assert client.post(f"{page_of(case)}offers/", again).status_code == 302
    assert Booking.objects.count() == 1


def test_where_the_other_has_offered_a_time_the_matter_itself_is_shown(nurse: Who, other: Who) -> None:
    case, client = assessed(contact(), nurse), signed_in(nurse)
    form = {"slot": str(slot(nurse, starts_at=VISIT)), "key": str(uuid4()), "story": story(client, case)}
    offered(case, other, starts_at=VISIT + timedelta(days=1), at=NOON)
    answer = client.post(f"{page_of(case)}offers/", form)
    assert answer.status_code == 409
    assert "Aika tarjottu: pe 6.3.2026" in text(answer)
    assert Booking.objects.count() == 1


def test_a_time_is_not_withdrawn_over_another_s_writing(nurse: Who, other: Who) -> None:
    case, client = assessed(contact(), nurse), signed_in(nurse)
    booking = offered(case, nurse, starts_at=VISIT, at=NOON)
    form = {"seen": "offered", "story": story(client, case)}
    handed_over(case, other)
    address = f"{page_of(case)}offers/{booking}/withdrawal/"
    answer = client.post(address, form)
    assert answer.status_code == 409
    assert FIRST in text(answer)
    assert state_of_booking(booking) == "offered"
    assert client.post(address, form | {"story": story(client, case)}).status_code == 302
    assert state_of_booking(booking) == "cancelled"


def test_a_telling_is_not_written_over_another_s_and_its_words_are_back_in_their_form() -> None:
    lotta, second = guard(), guard("Toini Toinen")
    with time_machine.travel(EASTER + timedelta(hours=1), tick=False):
        case, client = notification(child(), lotta), signed_in(lotta)
        words = {"party": "child", "way": "meeting", "note": "Kerrottu leikin lomassa"}
        form = words | {"key": str(uuid4()), "draft": "telling", "story": story(client, case)}
        cases.tell(
            case=case.id, party="child", way="phone", key=uuid4(), by=second, at=EASTER + timedelta(minutes=50),
            when=EASTER + timedelta(minutes=5),
        )  # fmt: skip
        answer = client.post(f"{page_of(case)}tellings/", form)
        assert answer.status_code == 409
        assert Telling.objects.count() == 1
        assert "Toini Toinen" in text(answer)
        assert answer.context["telling_form"]["note"].value() == "Kerrottu leikin lomassa"
        assert "Kerrottu leikin lomassa" not in str(answer.context["assess_form"]), "a telling is no judgement"
        assert client.post(f"{page_of(case)}tellings/", form | {"story": story(client, case)}).status_code == 302
        assert Telling.objects.count() == 2
        assert not Draft.objects.exists()


def test_what_is_told_afterwards_of_an_earlier_moment_is_news_too(other: Who) -> None:
    """The other's telling stands earlier in the story than what this page had seen last."""
    lotta, second = guard(), guard("Toini Toinen")
    with time_machine.travel(EASTER + timedelta(hours=1), tick=False):
        case, client = notification(child(), lotta), signed_in(lotta)
        assessed(case, lotta, outcome="not_urgent", at=EASTER + timedelta(minutes=40))
        form = {"key": str(uuid4()), "party": "child", "way": "meeting", "story": story(client, case)}
        cases.tell(
            case=case.id, party="guardian", way="phone", key=uuid4(), by=second, at=EASTER + timedelta(minutes=50),
            when=EASTER + timedelta(minutes=5),
        )  # fmt: skip
        answer = client.post(f"{page_of(case)}tellings/", form)
        assert answer.status_code == 409
        assert [one.by for one in answer.context["meanwhile"]] == ["Toini Toinen, lastensuojelun sosiaalityöntekijä"]


def test_a_referral_is_not_sent_over_another_s_writing_and_its_question_is_not_lost(nurse: Who, other: Who) -> None:
    case, client = assessed(contact(), nurse), signed_in(nurse)
    page = form_of(case)
    form = {
        "to_unit": "fysioterapia", "question": "Polvi ei taivu portaissa", "key": str(uuid4()),
        "draft": "sending-physiotherapy", "story": story(client, case),
    }  # fmt: skip
    handed_over(case, other)
    answer = client.post(page, form)
    assert answer.status_code == 409
    assert not Referral.objects.exists()
    assert FIRST in text(answer)
    assert answer.context["form"]["question"].value() == "Polvi ei taivu portaissa"
    assert client.post(page, form | {"story": story(client, case)}).status_code == 302
    assert Referral.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_step_of_a_thread_waits_until_the_other_end_s_message_is_read(nurse: Who) -> None:
    physio = worker("physiotherapist", "fysioterapia", "Frans Fysio")
    referral = sent(assessed(contact(resident()), nurse), nurse)
    client, page = signed_in(physio), f"{BOOK}{referral.id}/"
    seen = str(len(client.get(page).context["entries"]))
    threads.write(referral=referral.id, note="Potilas soitti: kipu paheni", key=uuid4(), by=nurse, at=NOON)
    form = {"step": "returned", "reason": "more_needed", "note": "Onko röntgen otettu?", "key": str(uuid4())}
    answer = client.post(f"{page}entries/", form | {"seen": seen})
    assert answer.status_code == 409
    assert [one.step for one in ReferralEntry.objects.all()] == ["message"]
    assert [one["entry"].note for one in answer.context["meanwhile"]] == ["Potilas soitti: kipu paheni"]
    body = text(answer)
    assert FIRST in body
    assert body.count("Onko röntgen otettu?") == 2, "as it was typed, and in its form"
    now_seen = str(len(answer.context["entries"]))
    assert client.post(f"{page}entries/", form | {"seen": now_seen}).status_code == 302


def test_one_s_own_earlier_step_is_no_surprise(nurse: Who) -> None:
    physio = worker("physiotherapist", "fysioterapia", "Frans Fysio")
    referral = sent(assessed(contact(), nurse), nurse)
    client, page = signed_in(physio), f"{BOOK}{referral.id}/entries/"
    for step in ("received", "accepted"):
        assert client.post(page, {"step": step, "key": str(uuid4()), "seen": "0"}).status_code == 302


def again_address(case: Case, key: str) -> str:
    return f"{page_of(case)}assessments/{key}/"


@pytest.fixture
def in_stages() -> tuple[Who, Case, str]:
    """A matter whose first stage is judged, so that it can be judged anew on a page of its own."""
    kind, unit = "adult_social_work", "aikuissosiaalityo"
    social = worker("social-worker", unit, "Saara Sosiaali")
    case = contact(kind=kind, service="adult-social-work", unit=unit)
    assessed(case, social, outcome="not_urgent")
    return social, case, case_kinds()[kind].stages[0].key


def test_the_page_of_a_stage_keeps_what_is_typed_and_gives_it_back(in_stages: tuple[Who, Case, str]) -> None:
    social, case, key = in_stages
    client, page = signed_in(social), again_address(case, key)
    assert "data-draft" in client.get(page).content.decode()
    kept = {"note": "Uusi arvio kesken", "draft_page": "stage"}
    assert client.post(f"{page_of(case)}drafts/assess-{key}/", kept).url == page, "back to where it was written"
    body = text(client.get(page))
    assert "Uusi arvio kesken" in body
    assert "Palautettiin, mitä olit kirjoittanut" in body
    form = {"outcome": "not_urgent", "key": str(uuid4()), "draft": f"assess-{key}", "note": "Valmis"}
    assert client.post(page, form).status_code == 302
    assert not Draft.objects.exists()


def test_the_page_of_a_stage_shows_what_was_typed_beside_what_the_other_did(in_stages: tuple[Who, Case, str]) -> None:
    social, case, key = in_stages
    client, page = signed_in(social), again_address(case, key)
    second = worker("social-worker", "aikuissosiaalityo", "Toini Toinen")
    form = {
        "outcome": "not_urgent", "key": str(uuid4()), "draft": f"assess-{key}", "note": "Minun arvioni on tämä",
        "story": story(client, case),
    }  # fmt: skip
    handed_over(case, second)
    answer = client.post(page, form)
    assert answer.status_code == 409
    assert answer.templates[0].name == "team/stage.html"
    assert Assessment.objects.count() == 1
    assert answer.context["assess_form"]["note"].value() == "Minun arvioni on tämä"
    assert "Toini Toinen" in text(answer)
    assert client.post(page, form | {"story": story(client, case)}).status_code == 302


def test_a_judgement_about_privacy_is_kept_while_it_is_written_and_comes_back(nurse: Who, other: Who) -> None:
    case, client = contact(resident(born=date(2012, 9, 5))), signed_in(nurse)
    why = "Ikä ja kehitystaso riittävät"
    client.post(f"{page_of(case)}drafts/private/", {"why": why})
    assert client.get(page_of(case)).context["private_form"]["why"].value() == why
    assert why not in text(signed_in(other).get(page_of(case)))
    form = {"why": f"{why}, keskusteltu", "draft": "private", "story": story(client, case)}
    handed_over(case, other)
    answer = client.post(f"{page_of(case)}privacy/", form)
    assert answer.status_code == 409
    assert answer.context["private_form"]["why"].value() == f"{why}, keskusteltu"
    assert answer.context["assess_form"]["note"].value() in {"", None}, "why it is private is no note of a judgement"
    assert client.post(f"{page_of(case)}privacy/", form | {"story": story(client, case)}).status_code == 302
    assert not Draft.objects.exists()
    page = f"{page_of(case)}sharing/"
    assert client.post(f"{page_of(case)}drafts/sharing/", {"why": "Nuori haluaa", "draft_page": "sharing"}).url == page
    assert client.get(page).context["form"]["why"].value() == "Nuori haluaa"


def test_what_is_too_long_to_be_kept_is_still_answered_with_the_matter(nurse: Who, other: Who) -> None:
    case, client = contact(), signed_in(nurse)
    form = {"outcome": "care_needed", "note": "x " * 30_000, "draft": "assess-need", "story": story(client, case)}
    handed_over(case, other)
    assert client.post(f"{page_of(case)}assessments/", form).status_code == 409


def test_no_address_of_a_draft_leads_out_of_the_matter(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    for page in ("stage", "sending", "//elsewhere.example", ""):
        answer = client.post(f"{page_of(case)}drafts/assess/", {"note": "Kesken on", "draft_page": page})
        assert answer.url == page_of(case)
