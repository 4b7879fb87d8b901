"""A form is made, proposed by one and published by another; nothing published breaks what is in use."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from luotsi.base.text import Text
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.questionnaires import actions, rules
from luotsi.domain.questionnaires.actions import designing
from luotsi.domain.questionnaires.actions.designing import CannotBeDone
from luotsi.domain.questionnaires.definitions import Item, Questionnaire, questionnaires
from luotsi.domain.questionnaires.models import Form, Response
from luotsi.domain.questionnaires.queries import designing as queries
from luotsi.domain.questionnaires.queries import forms, gathering
from luotsi.domain.questionnaires.rules import editing
from tests.factories import MORNING, as_who, resident, worker

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)
NAME = Text(fi="Oma palaute", sv="Egen respons", en="Own feedback")


@pytest.fixture
def editor() -> Who:
    return worker("programme-coordinator", "kehittaminen", name="Erja Editoija")


@pytest.fixture
def manager() -> Who:
    return worker("service-manager", "kehittaminen", name="Maija Päällikkö")


def own(audience: str = "anyone") -> Questionnaire:
    form = editing.copied(questionnaires()["feedback_reception"], key="own_feedback", name=NAME)
    return form.model_copy(update={"audience": audience, "is_anonymous": audience == "anyone"})


def drafted(by: Who, form: Questionnaire | None = None) -> Form:
    return designing.draft(form=form or own(), id=uuid4(), by=by, at=MORNING)


def published(by: Who, other: Who, form: Questionnaire | None = None) -> Form:
    return put_to_use(drafted(by, form), by, other)


def put_to_use(row: Form, by: Who, other: Who) -> Form:
    proposed = designing.propose(form=row.id, note="Ensimmäinen", revision=row.revision, by=by, at=MORNING)
    return designing.publish(form=row.id, revision=proposed.revision, by=other, at=MORNING)


def next_version(by: Who, other: Who) -> Form:
    row = designing.draft_next(key="own_feedback", id=uuid4(), by=by, at=LATER)
    form = queries.draft(by, row.id).form
    question = Item(key="extra", type="text", label=NAME, required=True)
    changed = designing.change(
        form=row.id, to=without_examples_failing(editing.added(form, question)), revision=0, by=by, at=LATER
    )
    proposed = designing.propose(form=row.id, note="Uusi kysymys", revision=changed.revision, by=by, at=LATER)
    return designing.publish(form=row.id, revision=proposed.revision, by=other, at=LATER)


def without_examples_failing(form: Questionnaire) -> Questionnaire:
    example = form.examples[0].model_copy(update={"answers": {**form.examples[0].answers, "extra": "jotain"}})
    return form.model_copy(update={"examples": (example,)})


def test_a_form_that_two_workers_put_to_use_can_be_filled(editor: Who, manager: Who) -> None:
    row = published(editor, manager)

    assert row.published_by_id == manager.id
    assert forms.definition("own_feedback") == own()
    assert "own_feedback" in forms.current()
    kinds = Event.objects.filter(subject=row.id).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["form.drafted", "form.proposed", "form.published"]


def test_a_draft_is_filled_by_nobody(editor: Who) -> None:
    drafted(editor)

    with pytest.raises(KeyError):
        forms.definition("own_feedback")
    assert "own_feedback" not in forms.current()


def test_nobody_confirms_their_own_proposal(editor: Who, manager: Who) -> None:
    row = drafted(editor)
    with pytest.raises(CannotBeDone, match="not_proposed"):
        designing.publish(form=row.id, revision=0, by=manager, at=MORNING)
    row = designing.propose(form=row.id, note="Valmis", revision=0, by=editor, at=MORNING)

    with pytest.raises(CannotBeDone, match="own_proposal"):
        designing.publish(form=row.id, revision=row.revision, by=editor, at=MORNING)


def test_a_change_takes_the_proposal_back(editor: Who, manager: Who) -> None:
    row = drafted(editor)
    row = designing.propose(form=row.id, note="Valmis", revision=0, by=editor, at=MORNING)
    other = own().model_copy(update={"minutes": 9})

    row = designing.change(form=row.id, to=other, revision=row.revision, by=manager, at=LATER)

    assert row.proposed_at is None
    with pytest.raises(CannotBeDone, match="not_proposed"):
        designing.publish(form=row.id, revision=row.revision, by=manager, at=LATER)


def test_what_does_not_hold_is_not_proposed(editor: Who) -> None:
    row = drafted(editor, own().model_copy(update={"examples": ()}))

    with pytest.raises(CannotBeDone, match="unfinished"):
        designing.propose(form=row.id, note="Valmis", revision=0, by=editor, at=MORNING)


def test_two_editors_never_overwrite_each_other_silently(editor: Who, manager: Who) -> None:
    row = drafted(editor)
    designing.change(form=row.id, to=own().model_copy(update={"minutes": 3}), revision=0, by=editor, at=LATER)

    with pytest.raises(actions.Stale):
        designing.change(form=row.id, to=own().model_copy(update={"minutes": 8}), revision=0, by=manager, at=LATER)

    assert queries.draft(editor, row.id).form.minutes == 3


def test_what_was_begun_goes_on_in_its_version(editor: Who, manager: Who) -> None:
    published(editor, manager, own("resident"))
    who = as_who(resident())
    begun = actions.start(questionnaire="own_feedback", resident=who.id, key=uuid4(), language="fi", by=who, at=MORNING)

    next_version(editor, manager)
    row, _ = actions.keep(
        response=begun.id, given={"recommend": "10", "heard": "4", "help": "4", "next": "4"}, at_step="1",
        revision=begun.revision, by=who, at=LATER,
    )  # fmt: skip
    sent = actions.send(response=begun.id, revision=row.revision, by=who, at=LATER)
    new = actions.start(questionnaire="own_feedback", resident=who.id, key=uuid4(), language="fi", by=who, at=LATER)

    assert (sent.version, new.version) == (1, 2)
    first = forms.definition("own_feedback", Response.objects.get(id=begun.id).version)
    assert "extra" not in {item.key for item in first.every_item}
    assert rules.read(first, sent.answers).is_complete
    assert not rules.read(forms.definition("own_feedback"), sent.answers).is_complete


def test_a_collection_goes_on_in_the_version_in_which_it_was_opened(editor: Who, manager: Who) -> None:
    published(editor, manager)
    hung = actions.open_collection(
        questionnaire="own_feedback", name="Aula", mode="link", key=uuid4(), by=manager, at=MORNING
    )
    next_version(editor, manager)
    designing.retire(key="own_feedback", why="Kysely päättyi", by=manager, at=LATER)

    found = gathering.by_token(gathering.token_of(hung.id), at=LATER)

    assert found is not None
    assert forms.definition(found.questionnaire, found.version).version == 1


def test_a_form_that_is_retired_is_not_begun_but_still_read(editor: Who, manager: Who) -> None:
    published(editor, manager)
    designing.retire(key="own_feedback", why="Kysely päättyi", by=manager, at=LATER)

    with pytest.raises(KeyError):
        forms.definition("own_feedback")
    assert forms.definition("own_feedback", 1) == own()
    assert [one.state for one in queries.versions(manager, "own_feedback")] == ["retired"]


def test_what_was_answered_is_named_and_read_also_when_the_form_is_out_of_use(editor: Who, manager: Who) -> None:
    published(editor, manager)
    next_version(editor, manager)
    designing.retire(key="own_feedback", why="Kysely päättyi", by=manager, at=LATER)

    assert forms.names()["own_feedback"] == NAME
    assert forms.known("own_feedback", 1) == own()
    assert forms.known("own_feedback", None) == forms.definition("own_feedback", 2)
    assert forms.known("nothing", 1) is None


def test_a_later_version_takes_the_place_of_the_one_before(editor: Who, manager: Who) -> None:
    published(editor, manager)
    next_version(editor, manager)

    assert [one.state for one in queries.versions(manager, "own_feedback")] == ["published", "superseded"]
    assert forms.definition("own_feedback").version == 2


def test_the_database_keeps_what_is_published_as_it_is(editor: Who, manager: Who) -> None:
    row = published(editor, manager)

    with pytest.raises(DatabaseError), transaction.atomic():
        Form.objects.filter(id=row.id).update(content={})
    with pytest.raises(CannotBeDone, match="published"):
        designing.change(form=row.id, to=own(), revision=row.revision, by=editor, at=LATER)
    with pytest.raises(CannotBeDone, match="published"):
        designing.drop_draft(form=row.id, revision=row.revision, by=editor, at=LATER)


def test_a_key_that_is_in_use_is_not_taken_again(editor: Who) -> None:
    drafted(editor)

    with pytest.raises(CannotBeDone, match="taken"):
        drafted(editor)
    with pytest.raises(CannotBeDone, match="taken"):
        drafted(editor, questionnaires()["contact"])


def test_a_draft_made_twice_is_made_once(editor: Who) -> None:
    id = uuid4()

    assert designing.draft(form=own(), id=id, by=editor, at=MORNING).id == id
    assert designing.draft(form=own(), id=id, by=editor, at=MORNING).id == id
    assert Form.objects.count() == 1


def test_a_draft_can_be_thrown_away(editor: Who) -> None:
    row = drafted(editor)

    designing.drop_draft(form=row.id, revision=0, by=editor, at=LATER)

    assert not Form.objects.exists()


@pytest.mark.parametrize("role", ["nurse", "unit-manager", "privacy-officer", "county-administrator"])
def test_others_make_no_forms(role: str) -> None:
    who = worker(role)

    with pytest.raises(NotAllowed):
        drafted(who)
    with pytest.raises(NotAllowed):
        designing.retire(key="contact", why="x", by=who, at=MORNING)


def test_few_answers_are_not_counted(manager: Who) -> None:
    for _ in range(4):
        actions.complete(
            questionnaire="contact", answers={"what": "Polvi", "since": "week", "phone": "040 123 4567"},
            resident=resident().id, language="fi", by=SYSTEM, at=MORNING,
        )  # fmt: skip

    assert queries.usage(manager, "contact", 1).completed is None
    assert queries.usage(manager, "log_question", 1).completed == 0
