"""When a question is asked: every operator of the standard, over every kind of answer (FHIR R4, enableWhen)."""

import json
from pathlib import Path
from typing import Any

import pytest

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Condition, Questionnaire
from luotsi.domain.questionnaires.rules.asking import holds
from luotsi.gateways.fhir import questionnaires as fhir

SAMPLE = Path(__file__).parents[2] / "gateways" / "questionnaires" / "samples" / "test-enableWhen.json"


@pytest.mark.parametrize(
    "condition, values, is_so",
    [
        ({"is_one_of": ["a", "b"]}, ["b"], True),
        ({"is_one_of": ["a"]}, [], False),
        ({"is_one_of": ["a"]}, ["c", "a"], True),
        ({"is_not": ["a"]}, ["b"], True),
        ({"is_not": ["a"]}, ["b", "a"], False),
        ({"is_not": ["a"]}, [], True),  # "no answer has a value that is equal"
        ({"is_answered": True}, ["x"], True),
        ({"is_answered": False}, [], True),
        ({"is_over": 3}, [3], False),
        ({"is_over": 3}, [3.5], True),
        ({"is_at_least": 3}, [3], True),
        ({"is_under": 3}, [], False),
        ({"is_at_most": 3}, [{"value": 2.5, "unit": "kg"}], True),
        ({"is_one_of": ["3"]}, [3.0], True),
        ({"is_one_of": ["other"]}, [{"other": "own words"}], True),
        ({"is_over": "2000-01-01"}, ["2000-01-02"], True),
        ({"is_over": "2000-01-01"}, ["2000-01-01"], False),
        ({"is_at_most": "11:11:11"}, ["09:15"], True),
    ],
)
def test_a_condition_holds_as_the_standard_says(condition: dict[str, Any], values: list[Any], is_so: bool) -> None:
    assert holds(Condition.model_validate({"item": "q"} | condition), values) is is_so


@pytest.mark.parametrize("wrong", [{}, {"is_one_of": ["a"], "is_over": 3}])
def test_a_condition_says_exactly_one_thing(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="exactly one thing"):
        Condition.model_validate({"item": "q"} | wrong)


@pytest.mark.parametrize(
    "answers, asked",
    [
        ({"date_of_birth_question": "2000-01-02"}, {"date_greater_2000-01-01"}),
        ({"date_of_birth_question": "2000-01-01"}, {"date_less_2000-01-01"}),
        ({}, set()),
    ],
)
def test_days_branch_in_the_guides_own_test_form(answers: dict[str, Any], asked: set[str]) -> None:
    form = fhir.read(json.loads(SAMPLE.read_text("utf-8"))).form
    named = {key for key in (item.key for item in form.every_item) if key.startswith("date_") and "2000" in key}

    assert {line.item.key for line in rules.read(form, answers).lines if line.is_asked} & named == asked


def test_a_question_in_a_row_waits_for_its_own_row_and_one_outside_for_any() -> None:
    said = {"fi": "x"}
    row = [
        {"key": "smokes", "type": "yes_no", "label": said},
        {"key": "many", "type": "whole_number", "label": said, "show_when": {"item": "smokes", "is_one_of": ["yes"]}},
    ]
    form = Questionnaire.model_validate(
        {"key": "k", "version": 1, "name": said, "intro": said}
        | {
            "items": [
                {"key": "people", "type": "group", "repeats": True, "label": said, "items": row},
                {"key": "help", "type": "text", "label": said, "show_when": {"item": "smokes", "is_one_of": ["yes"]}},
            ]
        }
    )
    people = [{"smokes": "no", "many": 5}, {"smokes": "yes", "many": 7}]

    assert rules.read(form, {"people": people, "help": "x"}).answers == {
        "people": [{"smokes": "no"}, {"smokes": "yes", "many": 7}],
        "help": "x",
    }
    assert "help" not in rules.read(form, {"people": people[:1], "help": "x"}).answers
