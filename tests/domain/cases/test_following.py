"""What follows from answers that a resident gave by themselves: a matter, or a proposal to whoever has one."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from luotsi import reactions
from luotsi.base.now import now
from luotsi.domain.cases.actions.following import follow_answers
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Case
from luotsi.domain.cases.queries.listed import listed
from luotsi.domain.catalogue.definitions import services as services_of
from luotsi.domain.events.models import Event
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires import definitions, rules
from luotsi.domain.questionnaires.definitions import Following
from luotsi.domain.questionnaires.models import Response
from tests.factories import MORNING, as_who, contact, resident, worker
from tests.factories.shelf import services_stand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def services(db: None) -> Any:
    with time_machine.travel(MORNING, tick=False):
        organisation.load_units()
        services_stand()
        yield


def sent(person: Any, key: str = "therapy_adult") -> Response:
    """The first worked example of the form, sent by the resident."""
    form = definitions.questionnaires()[key]
    example = next(one for one in form.examples if one.refused in (None, ()))
    return questionnaires.complete(
        questionnaire=key, answers=example.answers, resident=person.id, language="fi", by=as_who(person), at=now()
    )


def react() -> None:
    """What the worker does with the events, which it reads only when they have been committed."""
    for event in Event.objects.filter(kind="questionnaire.completed"):
        for reaction in reactions.REACTIONS[event.kind]:
            reaction(event, now())


def test_an_outcome_opens_the_matter_that_it_names_once() -> None:
    person = resident()
    response = sent(person)
    react()
    case = Case.objects.get(resident=person)
    assert (case.kind, case.service, case.register) == ("mental_need", "mental-health", "health")
    assert case.contact is not None
    assert case.contact.response_id == response.id
    react()
    assert follow_answers(response=response.id, at=now()) is None
    assert Case.objects.count() == 1


def test_where_the_county_proposes_the_answers_go_to_the_open_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    said = definitions.following()
    proposes = Following(**{**said.model_dump(), "opens_matter": "proposes"})
    monkeypatch.setattr("luotsi.domain.cases.actions.following.following", lambda: proposes)
    person = resident()
    case = contact(person)
    response = sent(person)
    assert follow_answers(response=response.id, at=now()) == case
    response.refresh_from_db()
    assert response.subject == case.id
    assert Case.objects.count() == 1
    other = resident()
    opened = follow_answers(response=sent(other).id, at=now())
    assert opened is not None
    assert opened.kind == "mental_need"


def test_what_was_answered_about_a_matter_opens_no_other() -> None:
    person = resident()
    case = contact(person)
    form = definitions.questionnaires()["therapy_adult"]
    response = questionnaires.complete(
        questionnaire="therapy_adult", answers=form.examples[0].answers, resident=person.id, language="fi",
        by=as_who(person), at=now(), subject=case.id,
    )  # fmt: skip
    assert follow_answers(response=response.id, at=now()) is None
    assert Case.objects.count() == 1


def test_a_danger_sign_in_answers_about_nothing_marks_the_open_matter() -> None:
    nurse, person = worker(), resident()
    case = contact(person)
    answers = {f"phq{number}": "3" for number in range(1, 10)}
    questionnaires.complete(
        questionnaire="phq9", answers=answers, resident=person.id, language="fi", by=as_who(person), at=now()
    )
    react()
    assert [(row.id, row.news) for row in listed(viewer=nurse, units={"sotkamo"})] == [(case.id, "answers")]


def test_the_level_of_care_is_told_to_nobody_unless_the_county_has_switched_it_on() -> None:
    assert definitions.following().tells_care_level is False


def hurt(person: Any, *, by: Any = None) -> Response:
    """PHQ-9 with thoughts of harming oneself, about nothing, from somebody who signed in."""
    answers = {f"phq{number}": "1" for number in range(1, 10)}
    return questionnaires.complete(
        questionnaire="phq9", answers=answers, resident=person.id, language="fi", by=by or as_who(person), at=now()
    )


def test_a_danger_sign_from_somebody_without_a_matter_opens_one_first_on_the_list_and_once() -> None:
    nurse, person = worker(), resident(municipality="765")
    contact(resident(last_name="Aiempi"), at=MORNING - timedelta(days=3))
    response = hurt(person)
    react()
    case = Case.objects.get(resident=person)
    assert (case.kind, case.register, case.unit_id) == ("health_need", "health", "sotkamo")
    assert case.contact is not None
    assert (case.contact.has_danger, case.contact.response_id) == (True, response.id)
    rows = listed(viewer=nurse, units={"sotkamo"})
    assert (rows[0].id, rows[0].has_danger) == (case.id, True)
    react()
    assert follow_answers(response=response.id, at=now()) is None
    assert Case.objects.filter(resident=person).count() == 1
    hurt(person)
    react()
    assert Case.objects.filter(resident=person).count() == 1, "the open matter takes what comes next"


def test_answers_without_a_danger_sign_open_nothing() -> None:
    person = resident()
    answers = {f"phq{number}": "1" for number in range(1, 9)} | {"phq9": "0"}
    questionnaires.complete(
        questionnaire="phq9", answers=answers, resident=person.id, language="fi", by=as_who(person), at=now()
    )
    react()
    assert not Case.objects.exists()


def test_where_the_county_has_switched_it_off_a_danger_sign_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    said = definitions.following()
    quiet = Following(**{**said.model_dump(), "danger_from": ()})
    monkeypatch.setattr("luotsi.domain.cases.actions.following.following", lambda: quiet)
    hurt(resident())
    react()
    assert not Case.objects.exists()


def test_an_anonymous_danger_sign_leads_to_nobody() -> None:
    state = rules.read(definitions.questionnaires()["phq9"], {f"phq{number}": "1" for number in range(1, 10)})
    assert state.dangers
    moment = now()
    response = Response.objects.create(
        questionnaire="phq9", version=1, is_anonymous=True, answers=state.answers, danger=state.dangers[0],
        started_at=moment, completed_at=moment,
    )  # fmt: skip
    assert follow_answers(response=response.id, at=moment) is None
    assert not Case.objects.exists()


def test_the_matter_that_a_danger_opens_exists_in_the_register_of_the_answers() -> None:
    opened = definitions.following().danger_opens
    assert {"health", "social", "none"} <= set(opened)
    for register, opens in opened.items():
        kind, service = case_kinds()[opens.case_kind], services_of()[opens.service]
        assert register in {kind.register, "none"}
        assert service.case_kind == kind.key
        assert service.units, "somebody reads it wherever the person lives"
