"""A contact may come with a form that the county made itself: what it says is read as with the forms of the shelf."""

from datetime import timedelta
from uuid import uuid4

import pytest

from luotsi.base.text import Text
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries
from luotsi.domain.cases.models import Case
from luotsi.domain.cases.queries.contacts import contacts_of, words_of
from luotsi.domain.questionnaires.actions import designing
from luotsi.domain.questionnaires.definitions import Example, questionnaires
from luotsi.domain.questionnaires.models import Form
from luotsi.domain.questionnaires.rules import editing
from tests.factories import ANSWERS, MORNING, as_who, resident, worker

pytestmark = pytest.mark.django_db


def published() -> Form:
    editor = worker("programme-coordinator", "kehittaminen", name="Erja Editoija")
    manager = worker("service-manager", "kehittaminen", name="Maija Päällikkö")
    name = Text(fi="Oma yhteydenotto", sv="Egen kontakt", en="Own contact")
    form = editing.copied(questionnaires()["contact"], key="own_contact", name=name)
    form = form.model_copy(update={"examples": (Example(says=name, answers=ANSWERS),)})
    row = designing.draft(form=form, id=uuid4(), by=editor, at=MORNING)
    row = designing.propose(form=row.id, note="Kokeilu", revision=0, by=editor, at=MORNING)
    return designing.publish(form=row.id, revision=row.revision, by=manager, at=MORNING)


def sent(**answers: object) -> Case:
    person = resident()
    return cases.receive(
        resident=person.id, kind="health_need", service="nurse-reception", unit="sotkamo", channel="form",
        language="fi", key=uuid4(), by=as_who(person), at=MORNING, questionnaire="own_contact",
        answers={**ANSWERS, **answers},
    )  # fmt: skip


def test_a_contact_with_the_county_s_own_form_is_read_on_the_list_and_in_the_matter() -> None:
    form = published()
    nurse, case = worker(), sent(what="Hengitys vinkuu", now=["breath"])
    row = queries.worklist(viewer=nurse, units={"sotkamo"}, at=MORNING + timedelta(hours=1))[0]
    assert (row.id, row.has_danger) == (case.id, True)
    read = queries.read_case(case.id, viewer=nurse, language="fi", at=MORNING + timedelta(hours=1))
    assert read.form == "own_contact"
    assert ("Mitä asia koskee?", "Hengitys vinkuu") in read.told
    assert [danger.phone.fi for danger in read.dangers] == ["112"]
    assert case.contact is not None
    assert words_of(case.contact) == "Hengitys vinkuu"
    assert contacts_of(case.id, viewer=nurse)[0].call_number == ANSWERS["phone"]
    manager = worker("service-manager", "kehittaminen", name="Maija Päällikkö")
    designing.retire(key=form.key, why="Kokeilu päättyi", by=manager, at=MORNING + timedelta(hours=2))
    again = queries.read_case(case.id, viewer=nurse, language="fi", at=MORNING + timedelta(hours=3))
    assert again.told == read.told, "a form that is begun no more is still read"


def test_a_contact_without_a_danger_is_marked_with_none() -> None:
    published()
    nurse, case = worker(), sent()
    assert not queries.worklist(viewer=nurse, units={"sotkamo"}, at=MORNING + timedelta(hours=1))[0].has_danger
    assert queries.read_case(case.id, viewer=nurse, language="fi", at=MORNING + timedelta(hours=1)).dangers == ()
