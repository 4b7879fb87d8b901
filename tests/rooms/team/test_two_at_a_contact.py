"""Two people at one contact, at one service that is tried, at one wrong close: nobody overwrites another unseen."""

from uuid import uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import directions as guidance
from luotsi.domain.cases.definitions import direction_results, reopen_reasons
from luotsi.domain.cases.definitions.contacts import demands
from luotsi.domain.cases.models import CallAttempt, Case, Direction, Draft
from tests.factories import assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.factories.shelf import services_stand
from tests.rooms.team.conftest import NOON
from tests.rooms.team.test_case import page_of
from tests.rooms.team.test_two_editors import FIRST, handed_over, story
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db: None) -> Who:
    return worker(name="Toinen Hoitaja")


def test_a_call_is_not_kept_over_another_s_writing_and_its_note_is_in_its_form_again(nurse: Who, other: Who) -> None:
    case, client = contact(), signed_in(nurse)
    form = {"contact": str(case.contact_id), "key": str(uuid4()), "outcome": "busy", "note": "Iltapäivällä"}
    form["story"] = story(client, case)
    cases.record_call(case=case.id, contact=case.contact_id, outcome="no_answer", key=uuid4(), by=other, at=NOON)
    answer = client.post(f"{page_of(case)}calls/", form)
    assert answer.status_code == 409
    assert [one.outcome for one in CallAttempt.objects.all()] == ["no_answer"]
    assert FIRST in text(answer)
    assert "Toinen Hoitaja" in text(answer)
    page = answer.content.decode()
    assert 'value="Iltapäivällä"' in page
    assert "<blockquote>Iltapäivällä" in page, "also where the form has gone"
    assert client.post(f"{page_of(case)}calls/", form | {"story": story(client, case)}).status_code == 302
    assert CallAttempt.objects.count() == 2


def test_the_call_list_says_how_much_of_each_matter_it_has_seen(nurse: Who, other: Who) -> None:
    case, client = contact(), signed_in(nurse)
    contact(resident(last_name="Toinen"))
    for _ in range(2):
        page = client.get("/fi/team/calls/").content.decode()
        assert f'name="story" value="{story(client, case)}"' in page
        handed_over(case, other)
        case.refresh_from_db()
        cases.hand_over(case=case.id, to=None, seen=other.id, by=other, at=NOON)


def test_an_answer_why_somebody_got_in_touch_is_not_replaced_unseen(nurse: Who, other: Who) -> None:
    case, client, address = contact(), signed_in(nurse), "demand/"
    form = {"contact": str(case.contact_id), "demand": "V3", "seen": "", "story": story(client, case)}
    cases.class_demand(case=case.id, contact=case.contact_id, demand="F1", by=other, at=NOON)
    answer = client.post(page_of(case) + address, form)
    assert answer.status_code == 409
    case.contact.refresh_from_db()
    assert (case.contact.demand, case.contact.demand_by_id) == ("F1", other.id)
    assert f"Valitsit: {demands()['V3'].name.fi}." in text(answer)
    assert demands()["F1"].name.fi in text(answer)
    shown = client.get(page_of(case)).content.decode()
    assert 'name="seen" value="F1"' in shown
    assert client.post(page_of(case) + address, form | {"seen": "F1"}).status_code == 302
    assert client.post(page_of(case) + address, form | {"seen": "F1", "demand": "V1"}).status_code == 302, "one's own"


def test_one_tap_waits_until_another_s_writing_is_read(nurse: Who, other: Who) -> None:
    case, client = contact(), signed_in(nurse)
    form = {"contact": str(case.contact_id), "demand": "V3", "seen": "", "story": story(client, case)}
    handed_over(case, other)
    assert client.post(f"{page_of(case)}demand/", form).status_code == 409
    case.contact.refresh_from_db()
    assert case.contact.demand == ""


def test_a_matter_is_not_joined_to_an_earlier_one_over_another_s_writing(nurse: Who, other: Who) -> None:
    person = resident()
    first, second, client = contact(person), contact(person, at=NOON), signed_in(nurse)
    form = {"into": str(first.id), "story": story(client, second)}
    assert f'name="story" value="{form["story"]}"' in client.get(page_of(second)).content.decode()
    handed_over(second, other)
    answer = client.post(f"{page_of(second)}joining/", form)
    assert answer.status_code == 409
    assert FIRST in text(answer)
    second.refresh_from_db()
    assert second.closed_at is None
    again = client.post(f"{page_of(second)}joining/", form | {"story": story(client, second)})
    assert again.url == page_of(first)


def test_a_close_is_not_undone_over_another_s_writing_and_the_reason_stays_chosen(nurse: Who, other: Who) -> None:
    case, client = assessed(contact(), nurse), signed_in(nurse)
    cases.close(case=case.id, reason="withdrawn", by=nurse, at=NOON)
    reason = next(iter(reopen_reasons()))
    form = {"reason": reason, "draft": "reopening", "story": story(client, case)}
    cases.reopen(case=case.id, reason=reason, by=other, at=NOON)
    cases.close(case=case.id, reason="withdrawn", by=other, at=NOON)
    answer = client.post(f"{page_of(case)}reopening/", form)
    assert answer.status_code == 409
    case.refresh_from_db()
    assert case.closed_at is not None
    assert answer.context["reopening_form"]["reason"].value() == reason
    assert client.post(f"{page_of(case)}reopening/", form | {"story": story(client, case)}).status_code == 302
    case.refresh_from_db()
    assert case.closed_at is None
    assert not Draft.objects.exists()


@pytest.fixture
def at_guidance(db: None) -> tuple[Who, Who, Case]:
    services_stand()
    unit, role = "asiakasohjaus", "service-adviser"
    case = contact(unit=unit, kind="guidance", service="guidance-desk")
    return worker(role, unit, "Oona Ohjaaja"), worker(role, unit, "Toini Toinen"), case


def test_a_service_is_not_pointed_to_over_another_s_writing(at_guidance: tuple[Who, Who, Case]) -> None:
    adviser, second, case = at_guidance
    client, page = signed_in(adviser), f"{page_of(case)}directions/wellbeing-groups/"
    body = client.get(page).content.decode()
    assert "data-draft" in body
    form = {
        "why": "Vertaistuki auttaa jaksamaan", "key": str(uuid4()), "draft": "direction-wellbeing-groups",
        "story": story(client, case),
    }  # fmt: skip
    assert f'name="story" value="{form["story"]}"' in body
    guidance.direct(case=case.id, service="physiotherapy", why="Selkä", key=uuid4(), by=second, at=NOON)
    answer = client.post(page, form)
    assert answer.status_code == 409
    assert answer.templates[0].name == "team/direction.html"
    assert [one.service for one in Direction.objects.all()] == ["physiotherapy"]
    assert FIRST in text(answer)
    assert "Toini Toinen" in text(answer)
    assert answer.context["form"]["why"].value() == "Vertaistuki auttaa jaksamaan"
    assert client.get(page).context["form"]["why"].value() == "Vertaistuki auttaa jaksamaan", "kept as a draft"
    assert client.post(page, form | {"story": story(client, case)}).status_code == 302
    assert Direction.objects.count() == 2
    assert not Draft.objects.exists()


def test_a_draft_of_a_direction_leads_back_to_its_service(at_guidance: tuple[Who, Who, Case]) -> None:
    adviser, _, case = at_guidance
    kept = {"why": "Vertaistuki auttaa", "draft_page": "direction"}
    answer = signed_in(adviser).post(f"{page_of(case)}drafts/direction-wellbeing-groups/", kept)
    assert answer.url == f"{page_of(case)}directions/wellbeing-groups/"


def test_what_came_of_a_service_is_not_written_over_another_s_word(at_guidance: tuple[Who, Who, Case]) -> None:
    adviser, second, case = at_guidance
    client = signed_in(adviser)
    given = guidance.direct(case=case.id, service="physiotherapy", why="Selkä", key=uuid4(), by=adviser, at=NOON)
    form = {"result": "taken", "story": story(client, case)}
    guidance.tell_result(direction=given.id, result="not_suitable", by=second, at=NOON)
    address = f"{page_of(case)}directions/{given.id}/result/"
    answer = client.post(address, form)
    assert answer.status_code == 409
    given.refresh_from_db()
    assert given.result == "not_suitable"
    assert f"Valitsit: {direction_results()['taken'].name.fi}." in text(answer)
    assert f'name="story" value="{story(client, case)}"' in client.get(page_of(case)).content.decode()
    assert client.post(address, form | {"story": story(client, case)}).status_code == 302
    given.refresh_from_db()
    assert given.result == "taken"
