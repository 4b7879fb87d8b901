"""Changing a form part by part, without a database: whatever is done, what comes out is a whole form or a refusal."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.questionnaires.definitions import Condition, Item, Option, Questionnaire, questionnaires
from luotsi.domain.questionnaires.rules import editing, publishing, wording
from luotsi.domain.questionnaires.rules.keeping import as_kept, from_kept

SAID = Text(fi="Kysymys", sv="Fråga", en="Question")


def question(key: str, **parts: object) -> Item:
    return Item(key=key, type="text", label=SAID, **parts)  # type: ignore[arg-type]


def small() -> Questionnaire:
    """first, a group of two, last; last is asked when first is yes."""
    first = Item(key="first", type="yes_no", label=SAID)
    group = Item(key="group", type="group", label=SAID, items=(question("a"), question("b")))
    last = question("last", show_when=(Condition(item="first", is_one_of=("yes",)),))
    return Questionnaire(key="small", version=1, name=SAID, intro=SAID, items=(first, group, last))


def order(form: Questionnaire) -> list[str]:
    return [item.key for item in form.every_item]


@pytest.mark.parametrize("key", sorted(questionnaires()))
def test_a_form_is_kept_without_loss(key: str) -> None:
    form = questionnaires()[key]

    assert from_kept(json.loads(json.dumps(as_kept(form)))) == form


def test_a_question_is_added_after_another_or_into_a_group() -> None:
    new = question("new")

    assert order(editing.added(small(), new)) == ["first", "group", "a", "b", "last", "new"]
    assert order(editing.added(small(), new, after="a")) == ["first", "group", "a", "new", "b", "last"]
    assert order(editing.added(small(), new, into="group")) == ["first", "group", "a", "b", "new", "last"]


def test_steps_up_and_down_go_by_neighbours_and_out_of_the_group_at_its_edge() -> None:
    assert order(editing.moved(small(), "last", "up")) == ["first", "last", "group", "a", "b"]
    assert order(editing.moved(small(), "a", "down")) == ["first", "group", "b", "a", "last"]
    assert order(editing.moved(small(), "a", "up")) == ["first", "a", "group", "b", "last"]
    assert order(editing.moved(small(), "b", "down")) == ["first", "group", "a", "b", "last"]
    assert editing.group_of(editing.moved(small(), "b", "down"), "b") == ""
    assert editing.moved(small(), "first", "up") == small()


def test_what_something_else_needs_is_not_removed_and_the_refusal_names_it() -> None:
    with pytest.raises(editing.NotWhole) as refusal:
        editing.removed(small(), "first")

    assert (refusal.value.why, refusal.value.parts) == ("in_use", (editing.Use("item", "last"),))
    assert order(editing.removed(small(), "last")) == ["first", "group", "a", "b"]


def test_a_group_is_never_left_empty_nor_put_into_itself() -> None:
    one_left = editing.removed(small(), "a")
    for change in (
        lambda: editing.removed(one_left, "b"),
        lambda: editing.moved(one_left, "b", "up"),
        lambda: editing.grouped(one_left, "b", ""),
        lambda: editing.grouped(small(), "group", "group"),
    ):
        with pytest.raises(editing.NotWhole):
            change()


def test_a_new_question_gets_a_key_of_its_own_and_what_its_type_needs() -> None:
    label = Text(fi="Odotitko käyntiä?")
    form = editing.added(small(), editing.new_item(small(), "choice", label))
    again = editing.new_item(form, "group", label)

    assert form.every_item[-1].key == "odotitko_kayntia"
    assert len(form.every_item[-1].options) == 2
    assert again.key == "odotitko_kayntia_2"
    assert again.items


def test_every_missing_text_is_told_by_its_place() -> None:
    form = editing.replaced(small(), "a", question("a").model_copy(update={"label": Text(fi="Vain suomeksi")}))

    (place,) = wording.unfinished(form)
    done = wording.written(form, {place.path: SAID, "items.99.label": SAID})

    assert (place.name, place.lacks, place.owners[-1].key) == ("label", ("sv", "en"), "a")  # type: ignore[attr-defined]
    assert wording.unfinished(done) == []


@pytest.mark.parametrize("key", ["feedback_reception", "wellbeing", "contact"])
def test_texts_written_back_as_they_are_change_nothing(key: str) -> None:
    form = questionnaires()[key]
    texts = {place.path: place.text for place in wording.places(form)}

    assert len(texts) > 10
    assert wording.written(form, texts) == form


def test_a_form_is_ready_when_it_reads_is_complete_and_an_example_holds() -> None:
    form = questionnaires()["feedback_reception"]
    broken = form.model_copy(update={"examples": (form.examples[0].model_copy(update={"scores": {"experience": 1}}),)})

    assert publishing.checks(form).hold
    assert not publishing.checks(form.model_copy(update={"examples": ()})).hold
    assert list(publishing.checks(broken).examples) == [0]
    assert not publishing.checks(broken).hold
    assert not publishing.checks(small()).hold  # no example


def test_a_new_version_tells_what_it_changes() -> None:
    after = editing.removed(editing.added(small(), question("new"), after="first"), "b")
    after = editing.replaced(after, "a", question("a", required=True))

    told = publishing.changes(small(), after)

    assert (told.added, told.removed, told.changed) == (("new",), ("b",), ("a",))
    assert (told.meaning, told.words, told.is_reordered) == (False, False, False)
    assert not publishing.changes(small(), small()).any


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["up", "down"]), st.sampled_from(["first", "group", "a", "b", "last"]))))
def test_no_row_of_steps_loses_or_doubles_a_question(steps: list[tuple[editing.Way, str]]) -> None:
    form = small()
    for way, key in steps:
        try:
            form = editing.moved(form, key, way)
        except editing.NotWhole:
            continue

    assert sorted(order(form)) == sorted(order(small()))


def test_options_are_checked_when_a_question_is_changed() -> None:
    twice = Item.model_construct(key="first", type="choice", label=SAID, options=(Option(value="1", label=SAID),) * 2)

    with pytest.raises(editing.NotWhole):
        editing.replaced(small(), "first", twice)


def test_the_three_languages_are_those_of_the_house() -> None:
    assert wording.Place("x", "x", (), Text(fi="a")).lacks == tuple(LANGUAGES[1:])
