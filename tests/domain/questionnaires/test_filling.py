"""Filling step by step: saved as one goes, gone on with elsewhere, sent once, corrected, dropped."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import actions as people
from luotsi.domain.people.queries import resident_as_who
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.definitions import Item
from luotsi.domain.questionnaires.models import Response, Score
from luotsi.domain.questionnaires.queries import forms
from tests.factories import as_who, contact, resident, worker

pytestmark = pytest.mark.django_db


def begun(me: Who, questionnaire: str = "phq9") -> Response:
    return questionnaires.start(
        questionnaire=questionnaire, resident=me.whose, key=uuid4(), language="fi", by=me, at=now()
    )


def saved(row: Response, me: Who, **given: object) -> Response:
    kept, _ = questionnaires.keep(
        response=row.id, given=given, at_step=next(iter(given)), revision=row.revision, by=me, at=now()
    )
    return kept


def filled(row: Response, me: Who) -> Response:
    return saved(row, me, **{item.key: item.options[1].value for item in questions(row)})


def questions(row: Response) -> list[Item]:
    return [item for item in forms.definition(row.questionnaire).every_item if item.options]


def test_begun_twice_with_the_same_key_is_one_response() -> None:
    me, key = as_who(resident()), uuid4()
    asked = {"questionnaire": "phq9", "resident": me.id, "key": key, "language": "fi", "by": me, "at": now()}

    assert questionnaires.start(**asked).id == questionnaires.start(**asked).id  # type: ignore[arg-type]
    assert Event.objects.filter(kind="questionnaire.started", resident=me.id).count() == 1


def test_what_is_saved_stays_and_the_last_step_is_remembered() -> None:
    me = as_who(resident())
    first, second = [item.key for item in questions(begun(me))][:2]
    row = saved(begun(me), me, **{first: "2"})
    row = saved(row, me, **{second: "1"})

    row.refresh_from_db()
    assert row.answers == {first: "2", second: "1"}
    assert (row.at_step, row.revision, row.completed_at) == (second, 2, None)


def test_an_old_page_overwrites_nothing_and_is_told() -> None:
    me = as_who(resident())
    row = begun(me)
    first = questions(row)[0].key
    saved(row, me, **{first: "2"})

    with pytest.raises(questionnaires.Stale):
        questionnaires.keep(response=row.id, given={first: "0"}, at_step=first, revision=0, by=me, at=now())
    row.refresh_from_db()
    assert row.answers == {first: "2"}


def test_an_answer_that_cannot_stand_is_told_and_kept_for_whoever_mends_it() -> None:
    me = as_who(resident())
    row = begun(me)
    first = questions(row)[0].key
    kept, state = questionnaires.keep(
        response=row.id, given={first: "ninety"}, at_step=first, revision=0, by=me, at=now()
    )

    assert state.problems[first].kind == "not_an_option"
    assert kept.answers == {first: "ninety"}
    with pytest.raises(questionnaires.Incomplete):
        questionnaires.send(response=row.id, revision=1, by=me, at=now())


def test_sent_answers_have_their_scores_and_are_sent_once() -> None:
    me = as_who(resident())
    row = filled(begun(me), me)
    sent = questionnaires.send(response=row.id, revision=row.revision, by=me, at=now())
    again = questionnaires.send(response=row.id, revision=row.revision, by=me, at=now())

    assert sent.completed_at == again.completed_at
    assert sent.register == "health"
    kinds = Event.objects.filter(kind="questionnaire.completed", resident=me.id)
    assert kinds.count() == 1
    assert Score.objects.filter(response=sent).exclude(value=None).exists()
    assert kinds.get().body["response"] == str(sent.id)


def test_an_answer_that_signals_danger_names_it_as_soon_as_it_is_saved() -> None:
    me = as_who(resident())
    row = begun(me)
    grave = next(item for item in questions(row) if any(option.danger for option in item.options))
    word = next(option.value for option in grave.options if option.danger)

    assert saved(row, me, **{grave.key: word}).danger


def test_what_was_sent_cannot_be_changed_by_any_way() -> None:
    me = as_who(resident())
    row = filled(begun(me), me)
    sent = questionnaires.send(response=row.id, revision=row.revision, by=me, at=now())

    with pytest.raises(NotAllowed):
        saved(sent, me, phq1="0")
    with pytest.raises(DatabaseError, match="is not changed"), transaction.atomic():
        Response.objects.filter(id=sent.id).update(answers={})


def test_a_correction_keeps_the_old_answers_and_is_made_once() -> None:
    me = as_who(resident())
    row = filled(begun(me), me)
    old = questionnaires.send(response=row.id, revision=row.revision, by=me, at=now())
    first = questions(old)[0].key
    draft = questionnaires.amend(response=old.id, key=uuid4(), by=me, at=now())
    assert draft.answers == old.answers
    draft = saved(draft, me, **{first: "3"})
    new = questionnaires.send(response=draft.id, revision=draft.revision, by=me, at=now())

    old.refresh_from_db()
    assert (old.answers[first], new.answers[first], new.replaces_id) == ("1", "3", old.id)
    with pytest.raises(NotAllowed):
        questionnaires.amend(response=old.id, key=uuid4(), by=me, at=now())


def test_nobody_else_goes_on_with_them() -> None:
    me, stranger, nurse = as_who(resident()), as_who(resident()), worker()
    row = begun(me)
    for other in (stranger, nurse):
        with pytest.raises(NotAllowed):
            saved(row, other, phq1="0")
        with pytest.raises(NotAllowed):
            questionnaires.drop(response=row.id, by=other)


def test_a_parent_fills_for_a_child_and_the_child_s_own_stay_their_own() -> None:
    parent, child = resident(), resident(born=now().date() - timedelta(days=3_000))
    people.give_mandate(
        principal=child.id, agent=parent.id, kind="guardian", registers=["health", "social", "none"],
        source="population_register", by=worker(), at=now(),
    )  # fmt: skip
    acting = resident_as_who(parent.id, acting_for=child.id)
    assert acting is not None
    own = begun(as_who(child))
    row = begun(acting)

    assert (row.resident_id, row.acting_by_id) == (child.id, parent.id)
    assert saved(row, acting, phq1="0").answers
    with pytest.raises(NotAllowed):
        saved(own, acting, phq1="0")


def test_a_worker_fills_with_a_resident_of_theirs_and_with_nobody_else() -> None:
    nurse, person = worker(), resident()
    case = contact(person)
    asked = {"questionnaire": "phq9", "language": "fi", "by": nurse, "at": now(), "register": "health"}
    row = questionnaires.start(**asked, resident=person.id, subject=case.id, key=uuid4())  # type: ignore[arg-type]

    assert (row.filled_by_id, row.subject) == (nurse.id, case.id)
    with pytest.raises(NotAllowed):
        questionnaires.start(**asked, resident=resident().id, key=uuid4())  # type: ignore[arg-type]


def test_what_is_answered_without_a_name_is_not_begun_under_one() -> None:
    with pytest.raises(NotAllowed):
        begun(as_who(resident()), "feedback_reception")


def test_what_was_never_sent_goes_after_its_time_and_what_was_sent_stays() -> None:
    me = as_who(resident())
    forgotten, row = begun(me), begun(me)
    row = filled(row, me)
    sent = questionnaires.send(response=row.id, revision=row.revision, by=me, at=now())
    later = now() + questionnaires.UNFINISHED_FOR + timedelta(days=1)

    assert questionnaires.drop_unfinished(before=now() - timedelta(days=1)) == 0
    assert questionnaires.drop_unfinished(before=later, held=[forgotten.resident_id]) == 0
    assert questionnaires.drop_unfinished(before=later) == 1
    assert not Response.objects.filter(id=forgotten.id).exists()
    assert Response.objects.filter(id=sent.id).exists()
