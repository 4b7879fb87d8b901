"""What need forms, forms before a visit, instruments, diaries and navigators promise beside their worked examples."""

import re
from datetime import date
from decimal import Decimal

import pytest

from luotsi.base.shelf import ROOT
from luotsi.base.text import Text
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire, questionnaires

FOLDERS = ("need", "previsit", "instruments", "navigators")
SHELF = questionnaires()
OURS = [SHELF[path.stem] for folder in FOLDERS for path in sorted((ROOT / "questionnaires" / folder).glob("*.yaml"))]
NEEDS = [form for form in OURS if form.key.startswith("need_")]
DAY = date(2026, 3, 9)
NATIONAL = {"112", "116 117", "080 005 005", "09 2525 0111", "09 2525 0112", "09 2525 0113", "0800 900 45"}
INVENTED = re.compile(r"08 000 0\d{3}")
PHONE = re.compile(r"\b(?:0\d{1,3} \d[\d ]{3,}\d|116 117|112)\b")
ABOUT_YOU = re.compile(r"\b(?:din|ditt|dina|jag|mig|min|mitt|mina|har du|är du|du har)\b", re.IGNORECASE)
each = pytest.mark.parametrize("form", OURS, ids=[form.key for form in OURS])
each_need = pytest.mark.parametrize("form", NEEDS, ids=[form.key for form in NEEDS])


def test_there_are_enough_of_them() -> None:
    assert len(OURS) >= 25
    assert len(NEEDS) == 6


@each
def test_three_examples_show_every_band_every_outcome_and_both_ways_of_every_branch(form: Questionnaire) -> None:
    read = [rules.read(form, example.answers, on=DAY) for example in form.examples]
    bands = {(key, band) for example in form.examples for key, band in example.bands.items()}
    outcomes = {key for example in form.examples for key in example.outcomes or ()}
    ways = {(line.item.key, line.is_asked) for state in read for line in state.lines}
    branching = {item.key for item in form.every_item if item.show_when or item.show_expression}

    assert len(form.examples) >= 3
    assert {(score.key, band.key) for score in form.scores for band in score.bands} <= bands
    assert {outcome.key for outcome in form.outcomes} <= outcomes
    assert {(key, way) for key in branching for way in (True, False)} <= ways


@each
def test_an_answer_that_signals_danger_shows_help_with_nothing_else_answered(form: Questionnaire) -> None:
    for item in form.every_item:
        for option in item.options:
            if option.danger:
                given = [option.value] if item.type == "choices" else option.value
                assert rules.read(form, {item.key: given}, on=DAY).dangers == (option.danger,), item.key


@each
def test_every_danger_can_be_met_and_names_a_number_that_answers(form: Questionnaire) -> None:
    met = {option.danger for item in form.every_item for option in item.options if option.danger}
    assert met == set(form.dangers)
    for danger in form.dangers.values():
        for language in ("fi", "sv", "en"):
            said = f"{danger.phone.in_language(language)} {danger.text.in_language(language)}"
            numbers = PHONE.findall(said)
            assert numbers
            assert all(one in NATIONAL or INVENTED.fullmatch(one) for one in numbers), said
            assert "112" in f"{danger.title.in_language(language)} {said}"


@each
def test_how_soon_and_which_care_is_proposed_to_staff_and_never_said_to_the_resident(form: Questionnaire) -> None:
    for outcome in form.outcomes:
        if outcome.urgency:
            assert outcome.is_care_level, outcome.key
        if outcome.is_care_level:
            assert outcome.warns is not None, outcome.key
            assert outcome.says is None, outcome.key


@each
def test_at_most_one_matter_opens_from_one_filling(form: Questionnaire) -> None:
    for example in form.examples:
        kinds = [one.key for one in rules.read(form, example.answers, on=DAY).outcomes if one.case_kind]
        assert len(kinds) <= 1, example.says


@each
def test_a_form_names_its_source_and_its_time(form: Questionnaire) -> None:
    assert form.source
    assert 1 <= form.minutes <= 15
    assert not (form.verified and any(score.bands for score in form.scores))


@each
def test_whoever_answers_for_another_is_not_addressed_as_the_one_it_is_about(form: Questionnaire) -> None:
    """A question in the second person needs its words for another when the form has any. Swedish shows it best."""
    if form.intro_for_another is None:
        return
    said = form.for_another()
    labels = [item.label for item in said.every_item] + [one.label for item in said.every_item for one in item.options]
    assert [label.sv for label in labels if ABOUT_YOU.search(label.sv)] == []


@each_need
def test_a_need_form_asks_at_most_twelve_questions_and_always_leads_to_a_matter(form: Questionnaire) -> None:
    assert sum(item.is_answered_by_people for item in form.every_item) <= 12
    for example in form.examples:
        if example.outcomes is None:
            continue
        kinds = [one.case_kind for one in rules.read(form, example.answers, on=DAY).outcomes if one.case_kind]
        assert len(kinds) == 1, example.says


@each_need
def test_a_need_form_leads_to_a_matter_whatever_it_is_about(form: Questionnaire) -> None:
    about = next(item for item in form.every_item if item.key == "about")
    ages = next((item.options for item in form.every_item if item.key == "age"), ())
    for option in about.options:
        for age in [one.value for one in ages] or [None]:
            given = {"about": [option.value] if about.type == "choices" else option.value, "age": age}
            outcomes = rules.read(form, given, on=DAY).outcomes
            assert [one.service for one in outcomes if one.case_kind] != [], (option.value, age)


@pytest.mark.parametrize(
    ("key", "count", "limits"),
    [("phq9", 9, (0, 5, 10, 15, 20)), ("gad7", 7, (0, 5, 10, 15)), ("audit_c", 3, (0, 5, 8))],
)
def test_the_bands_of_a_known_instrument_begin_where_they_should(key: str, count: int, limits: tuple[int, ...]) -> None:
    """PHQ-9 and GAD-7: Kroenke 2001, Spitzer 2006. AUDIT-C has 5 and 8 here, alike for all."""
    score = SHELF[key].scores[0]
    assert len(score.items) == count
    assert [band.least for band in score.bands] == [Decimal(one) for one in limits]
    assert [band.most for band in score.bands[:-1]] == [Decimal(one - 1) for one in limits[1:]]
    assert score.span is not None
    assert score.span.most == score.bands[-1].most


@pytest.mark.parametrize("answer", ["1", "2", "3"])
def test_any_answer_but_none_to_the_ninth_item_of_phq9_shows_help_and_warns_staff(answer: str) -> None:
    calm = {f"phq{number}": "0" for number in range(1, 9)}
    state = rules.read(SHELF["phq9"], calm | {"phq9": answer}, on=DAY)
    assert state.dangers == ("self_harm",)
    assert [one.key for one in state.outcomes] == ["self_harm"]
    assert rules.read(SHELF["phq9"], calm | {"phq9": "0"}, on=DAY).dangers == ()


def test_a_self_harm_notice_speaks_of_you_where_only_the_answerer_can_mean_themselves() -> None:
    """In a form about a child, the parent's own thoughts must not be answered as if they were the child's."""
    for key in ("need_family", "child_clinic", "intervention_child", "carer_load"):
        told: Text = SHELF[key].for_another().dangers["self_harm"].title
        assert told.en == "You are not alone. Help is there now."
