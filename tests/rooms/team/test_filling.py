"""A nurse fills a questionnaire with the resident, from their matter, or asks them to fill one."""

from uuid import uuid4

import pytest

from luotsi.base.now import now
from luotsi.domain.events.models import Event
from luotsi.domain.messaging.models import Notice
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Invitation, Response
from luotsi.reactions import REACTIONS
from tests.factories import as_who, contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.resident.test_questionnaires import revision_of, walk

pytestmark = pytest.mark.django_db


def test_answers_filled_together_are_the_resident_s_and_belong_to_the_matter() -> None:
    nurse, person = worker(), resident()
    case = contact(person)
    client = signed_in(nurse)
    listed = client.get(f"/fi/team/cases/{case.id}/filling/").content.decode()
    begun = client.post(f"/fi/team/cases/{case.id}/filling/phq9/", {"key": str(uuid4())})
    review = walk(client, begun["Location"])
    sent = client.post(review, {"revision": revision_of(client.get(review))})

    row = Response.objects.get(questionnaire="phq9")
    assert "PHQ-9" in listed
    assert sent["Location"] == f"/fi/team/cases/{case.id}/"
    assert (row.resident_id, row.filled_by_id, row.subject, row.register) == (person.id, nurse.id, case.id, "health")
    assert row.completed_at is not None


def test_a_worker_of_another_unit_fills_nothing_here() -> None:
    case = contact(resident())
    stranger = signed_in(worker(unit="kuhmo"))

    assert stranger.get(f"/fi/team/cases/{case.id}/filling/").status_code == 404
    assert stranger.post(f"/fi/team/cases/{case.id}/filling/phq9/", {"key": str(uuid4())}).status_code == 404
    assert not Response.objects.filter(questionnaire="phq9").exists()


def test_answers_under_way_are_their_writer_s_and_stand_in_their_own_matter() -> None:
    nurse, other = worker(), worker()
    case, another = contact(resident()), contact(resident())
    client = signed_in(nurse)
    first = client.post(f"/fi/team/cases/{case.id}/filling/phq9/", {"key": str(uuid4())})["Location"]

    assert signed_in(other).get(first).status_code == 404
    assert client.get(first.replace(str(case.id), str(another.id))).status_code == 404


def test_the_resident_is_asked_and_hears_only_that_there_is_a_message() -> None:
    nurse, person = worker(), resident(mail="asukas@example.org")
    case = contact(person)
    sent = {"questionnaire": "phq9", "key": str(uuid4()), "message": "Ennen käyntiä", "due_on": ""}
    for _ in range(2):
        signed_in(nurse).post(f"/fi/team/cases/{case.id}/invitations/", sent)
    event = Event.objects.get(kind="questionnaire.invited", resident=person.id)
    for reaction in REACTIONS[event.kind]:
        reaction(event, now())
    page = signed_in(as_who(person)).get("/fi/questionnaires/").content.decode()

    assert Invitation.objects.count() == 1, "sent twice, asked once"
    assert "Ennen käyntiä" in page
    assert [notice.template for notice in Notice.objects.filter(resident=person)] == ["new_message"]


def test_what_the_resident_was_asked_counts_as_answered_when_it_was_filled_together() -> None:
    nurse, person = worker(), resident()
    case = contact(person)
    client = signed_in(nurse)
    asked = {"questionnaire": "phq9", "key": str(uuid4()), "message": "", "due_on": ""}
    client.post(f"/fi/team/cases/{case.id}/invitations/", asked)
    review = walk(client, client.post(f"/fi/team/cases/{case.id}/filling/phq9/", {"key": str(uuid4())})["Location"])
    client.post(review, {"revision": revision_of(client.get(review))})

    assert Invitation.objects.get().answered_on is not None
    assert "Ei odota" not in client.get(f"/fi/team/cases/{case.id}/").content.decode()


def test_the_forms_of_the_kind_and_the_service_are_offered_first() -> None:
    nurse = worker()
    case = contact(resident())
    client = signed_in(nurse)
    page = client.get(f"/fi/team/cases/{case.id}/filling/")
    assert [form.key for form in page.context["own_forms"]] == ["need_health", "reception"]
    assert "need_health" not in {form.key for form in page.context["forms"]}
    shown = client.get(f"/fi/team/cases/{case.id}/").content.decode()
    assert f"/fi/team/cases/{case.id}/filling/need_health/" in shown
    assert f"/fi/team/cases/{case.id}/filling/phq9/" not in shown, "the others stand behind one link"
    choices = [key for key, _ in page.context["invitation_form"].fields["questionnaire"].choices]
    assert choices[:2] == ["need_health", "reception"]


def test_answers_about_a_matter_belong_to_its_register_where_the_form_follows_the_matter() -> None:
    person, adviser = resident(), worker("social-worker", "aikuissosiaalityo")
    case = contact(person, kind="adult_social_work", service="adult-social-work", unit="aikuissosiaalityo")
    client = signed_in(adviser)
    listed = {one.key for one in client.get(f"/fi/team/cases/{case.id}/filling/").context["own_forms"]}
    assert "wellbeing" in listed, "a form of the health register, which follows the matter"
    assert client.post(f"/fi/team/cases/{case.id}/filling/phq9/", {"key": str(uuid4())}).status_code == 404
    begun = client.post(f"/fi/team/cases/{case.id}/filling/wellbeing/", {"key": str(uuid4())})
    assert begun.status_code == 302
    assert Response.objects.get(questionnaire="wellbeing").register == "social"
    own = questionnaires.start(
        questionnaire="wellbeing", resident=person.id, key=uuid4(), language="fi", by=as_who(person), at=now()
    )
    assert own.register == "health", "about nothing, it belongs where the form does"
