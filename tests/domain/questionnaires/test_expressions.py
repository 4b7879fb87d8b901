"""Expressions over answers: FHIRPath as SDC means it, asked only of what it names."""

from datetime import date
from typing import Any

import pytest

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.rules import expressions, fhirpath

ITEMS: dict[str, Any] = {
    "kg": {"type": "number"},
    "cm": {"type": "whole_number"},
    "mood": {"type": "choice", "options": [{"value": "low", "points": 3}, {"value": "fine", "points": 0}]},
}


def form(*items: dict[str, Any], **more: Any) -> Questionnaire:
    said = {"fi": "x"}
    known = {"key": "k", "version": 1, "name": said, "intro": said, "items": [labelled(item) for item in items]}
    return Questionnaire.model_validate(known | more)


def labelled(item: dict[str, Any]) -> dict[str, Any]:
    options = [{"label": {"fi": "x"}} | one for one in item.get("options", [])]
    inner = [labelled(one) for one in item.get("items", [])]
    return (
        {"label": {"fi": "x"}} | item | ({"options": options} if options else {}) | ({"items": inner} if inner else {})
    )


def asked(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key} | ITEMS.get(key, {"type": "text"}) | more


def given_by(expression: str, answers: dict[str, Any], kind: str = "number", **more: Any) -> Any:
    whole = form(*(asked(key) for key in ITEMS), {"key": "out", "type": kind, "calculated": expression} | more)
    return rules.read(whole, answers, on=date(2026, 3, 31)).answers.get("out")


AT = "%resource.item.where(linkId='{}').answer.value"


@pytest.mark.parametrize(
    "expression, answers, kind, value",
    [
        (f"{AT.format('kg')} / (({AT.format('cm')} / 100).power(2))", {"kg": 81, "cm": 180}, "number", 25),
        (f"{AT.format('kg')} + 0.2", {"kg": 0.1}, "number", 0.3),
        (f"{AT.format('mood')}.ordinal()", {"mood": "low"}, "whole_number", 3),
        (f"{AT.format('mood')}.weight().sum() + 1", {"mood": "low"}, "whole_number", 4),
        (f"{AT.format('mood')}.code = 'low'", {"mood": "low"}, "yes_no", "yes"),
        (f"{AT.format('kg')} > 100", {"kg": 90}, "yes_no", "no"),
        ("%resource.item.answer.count()", {"kg": 1, "cm": 2}, "whole_number", 2),
        ("today()", {}, "day", "2026-03-31"),
        ("today() + 1 month", {}, "day", "2026-04-30"),
        (f"iif({AT.format('kg')}.exists(), 'said', 'not said')", {}, "text", "not said"),
        ("%questionnaire.item.where(linkId='mood').answerOption.count()", {}, "whole_number", 2),
        ("{}", {}, "number", None),
        (f"{AT.format('kg')} * 1", {}, "number", None),
    ],
)
def test_an_expression_gives_what_its_words_say(
    expression: str, answers: dict[str, Any], kind: str, value: Any
) -> None:
    assert given_by(expression, answers, kind) == value


def test_a_value_is_rounded_to_the_decimals_of_its_item() -> None:
    assert given_by("1 / 3", {}, decimals=2) == 0.33
    assert given_by("2.345 * 1", {}, decimals=2) == 2.35


def test_an_expression_in_a_row_sees_its_own_row() -> None:
    row = [
        asked("dose", type="number"),
        asked("times", type="whole_number"),
        {"key": "a_day", "type": "number", "calculated": "%dose * %times"},
    ]
    variables = [
        {"name": "dose", "expression": "item.where(linkId='dose').answer.value"},
        {"name": "times", "expression": "item.where(linkId='times').answer.value"},
    ]
    total = "%resource.item.where(linkId='meds').item.where(linkId='a_day').answer.value.sum()"
    whole = form(
        {"key": "meds", "type": "group", "repeats": True, "items": row, "variables": variables},
        {"key": "all", "type": "number", "calculated": total},
    )
    state = rules.read(whole, {"meds": [{"dose": 2.5, "times": 2}, {"dose": 1, "times": 3}, {}]})

    assert [one["a_day"] for one in state.answers["meds"]] == [5, 3]
    assert state.answers["all"] == 8


def test_variables_work_on_variables_whatever_their_order() -> None:
    variables = [{"name": "twice", "expression": "%once * 2"}, {"name": "once", "expression": AT.format("kg")}]
    whole = form(asked("kg"), {"key": "out", "type": "number", "calculated": "%twice + 1"}, variables=variables)

    assert rules.read(whole, {"kg": 4}).answers["out"] == 9


def test_a_hidden_answer_is_not_seen_by_an_expression() -> None:
    whole = form(
        asked("mood"),
        asked("kg", show_when={"item": "mood", "is_one_of": ["low"]}),
        {"key": "out", "type": "number", "calculated": f"iif({AT.format('kg')}.exists(), 1, 0)"},
    )
    assert rules.read(whole, {"mood": "low", "kg": 80}).answers["out"] == 1
    assert rules.read(whole, {"mood": "fine", "kg": 80}).answers == {"mood": "fine", "out": 0}


def test_a_question_may_wait_for_a_computed_value() -> None:
    whole = form(
        asked("kg"),
        {"key": "double", "type": "number", "calculated": f"{AT.format('kg')} * 2"},
        asked("why", required=True, show_expression="%resource.item.where(linkId='double').answer.value > 100"),
    )
    assert rules.read(whole, {"kg": 40}).is_complete
    assert set(rules.read(whole, {"kg": 60}).problems) == {"why"}


def test_an_expression_that_does_not_fit_gives_nothing_and_is_told() -> None:
    whole = form(asked("name"), {"key": "out", "type": "number", "calculated": f"{AT.format('name')} * 2"})
    state = rules.read(whole, {"name": "Aino"})

    assert "out" not in state.answers
    assert state.failures[0].startswith("out: ")
    assert state.is_complete


def test_a_changed_answer_changes_what_was_kept_of_it() -> None:
    """What an expression gave is kept while the answers that it names stay the same, and no longer."""
    whole = form(asked("kg"), asked("cm"), {"key": "out", "type": "number", "calculated": f"{AT.format('kg')} + 1"})

    assert [rules.read(whole, {"kg": one, "cm": 1}).answers["out"] for one in (1, 2, 1)] == [2, 3, 2]
    assert rules.read(whole, {"cm": 1}).answers == {"cm": 1}


@pytest.mark.parametrize(
    "text, items, names",
    [
        ("%resource.item.where(linkId='a').answer.value + %x", {"a"}, {"x"}),
        ("%resource.descendants().where(linkId = 'a').answer.value", {"a"}, set()),
        ("%resource.repeat(item).where(linkId='a').item.where(linkId='b').answer", {"a", "b"}, set()),
        ("%resource.item.answer.count()", None, set()),
        ("%resource.item.where(linkId='a').item.answer", None, set()),
        ("'%x and item' = %y", set(), {"y"}),
        ("today()", set(), set()),
    ],
)
def test_what_an_expression_looks_at_is_found_without_asking_it(text: str, items: Any, names: set[str]) -> None:
    assert expressions.looks_at(text, {"a", "b", "c"}) == (items, names)


@pytest.mark.parametrize(
    "text", ["1 +", "1 2", "(1", "item.where(", "x" * 5_000, "'a'.matches(%pattern)", "'a'.matches('(a+)+')"]
)
def test_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(fhirpath.NotAnExpression):
        fhirpath.compiled(text)


def test_a_response_begins_with_what_is_known() -> None:
    whole = form(
        asked("a", initial="first"),
        asked("b", initial_expression="%known_name"),
        asked("c"),
        asked("mood", options=[{"value": "low"}, {"value": "fine", "is_initial": True}]),
        asked("d", initial_expression="%nobody.knows"),
    )
    begun = rules.beginning(whole, known={"known_name": "Aino", "c": "from elsewhere"})

    assert begun == {"a": "first", "b": "Aino", "c": "from elsewhere", "mood": "fine"}
