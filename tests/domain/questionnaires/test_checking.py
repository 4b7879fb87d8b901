"""One answer from text, as a page or a file gives it, to the answer as it is kept, or the problem with it."""

from datetime import date
from typing import Any

import pytest

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.rules import Problem
from tests.domain.questionnaires.test_expressions import form

OPTIONS = [{"value": "a"}, {"value": "b"}, {"value": "none", "exclusive": True}]


def kept(kind: str, value: Any, **more: Any) -> Any:
    found = rules.check(form({"key": "q", "type": kind} | more), "q", value, on=date(2026, 3, 31))
    return (found.kind, found.limit) if isinstance(found, Problem) else found


@pytest.mark.parametrize(
    "kind, value, more, found",
    [
        ("text", "  words \r\n and more ", {}, "words \n and more"),
        ("text", "", {}, None),
        ("text", "x" * 11, {"max_length": 10}, ("too_long", 10)),
        ("text", "x", {"min_length": 2}, ("too_short", 2)),
        ("text", "ABC-1", {"pattern": "[A-Z]{3}-[0-9]"}, "ABC-1"),
        ("text", "ABC-12", {"pattern": "[A-Z]{3}-[0-9]"}, ("bad_pattern", None)),
        ("text", "a\x00b", {}, ("not_text", None)),
        ("text", ["one", "two"], {}, ("too_many", 1)),
        ("phone", "040 123 4567", {}, "040 123 4567"),
        ("phone", "call me", {}, ("not_a_phone", None)),
        ("url", "https://kainuu.fi/x", {}, "https://kainuu.fi/x"),
        ("url", "javascript:alert(1)", {}, ("not_an_address", None)),
        ("yes_no", True, {}, "yes"),
        ("yes_no", "no", {}, "no"),
        ("yes_no", "maybe", {}, ("not_yes_or_no", None)),
        ("whole_number", " 1 022 ", {}, 1022),
        ("whole_number", "3.0", {}, 3),
        ("whole_number", "3,5", {}, ("not_whole", None)),
        ("number", "72,5", {}, 72.5),
        ("number", "-0,5", {"least": 0}, ("too_small", 0)),
        ("number", "101", {"most": 100}, ("too_big", 100)),
        ("number", "1.234", {"decimals": 2}, ("too_many_decimals", 2)),
        ("number", "1.230", {"decimals": 2}, 1.23),
        ("number", "1e400", {}, ("too_big", 10**15)),
        ("number", "nan", {}, ("not_a_number", None)),
        ("number", True, {}, ("not_a_number", None)),
        ("number", "٣", {}, ("not_a_number", None)),
        ("day", "31.3.2026", {}, "2026-03-31"),
        ("day", "2026-02-30", {}, ("not_a_day", None)),
        ("day", date(2026, 1, 2), {}, "2026-01-02"),
        ("day", "2026-04-01", {"most": "today"}, ("too_big", "2026-03-31")),
        ("moment", "2026-03-31T09:15", {}, "2026-03-31T09:15"),
        ("moment", "2026-03-31T06:15:00Z", {}, "2026-03-31T09:15"),
        ("time", "9.15", {}, ("not_a_time", None)),
        ("time", "09.15", {}, "09:15"),
        ("choice", "a", {"options": OPTIONS}, "a"),
        ("choice", "c", {"options": OPTIONS}, ("not_an_option", None)),
        ("choice", ["a"], {"options": OPTIONS}, "a"),
        ("choices", "a", {"options": OPTIONS}, ["a"]),
        ("choices", ["a", "a", "b"], {"options": OPTIONS}, ["a", "b"]),
        ("choices", ["a", "none"], {"options": OPTIONS}, ("excludes_others", None)),
        ("choices", ["a", "b"], {"options": OPTIONS, "repeats_at_most": 1}, ("too_many", 1)),
        ("choices", ["a"], {"options": OPTIONS, "repeats_at_least": 2}, ("too_few", 2)),
        ("open_choice", {"other": " own words "}, {"options": OPTIONS}, {"other": "own words"}),
        ("open_choice", {"other": ""}, {"options": OPTIONS}, None),
        ("text", ["a", "", "b"], {"repeats": True}, ["a", "b"]),
    ],
)
def test_an_answer_is_kept_in_one_form_or_refused(kind: str, value: Any, more: dict[str, Any], found: Any) -> None:
    assert kept(kind, value, **more) == found


def test_a_quantity_is_kept_with_its_unit() -> None:
    units = [{"code": "kg", "label": {"fi": "kg"}}, {"code": "g", "label": {"fi": "g"}}]

    assert kept("quantity", {"value": "72,5", "unit": "kg"}, units=units) == {"value": 72.5, "unit": "kg"}
    assert kept("quantity", {"value": 1, "unit": "lb"}, units=units) == ("not_a_unit", "kg, g")
    assert kept("quantity", "3", units=units[:1]) == {"value": 3, "unit": "kg"}


def test_an_answer_to_no_question_is_a_fault_of_whoever_asks() -> None:
    with pytest.raises(KeyError):
        rules.check(form({"key": "q", "type": "text"}), "p", "x")


def test_rows_are_read_in_words() -> None:
    whole = form(
        {"key": "g", "type": "group", "repeats": True, "items": [{"key": "n", "type": "number"}]},
        {"key": "d", "type": "day"},
        {"key": "y", "type": "yes_no"},
    )
    answers = {"g": [{"n": 1.5}, {"n": 2}], "d": "2026-03-31", "y": "yes"}

    assert [words for _, words in rules.in_words(whole, answers, "sv")] == ["1,5", "2", "31.3.2026", "Ja"]


def test_a_required_group_needs_an_answer_in_it_and_rows_as_many_as_it_says() -> None:
    whole = form(
        {"key": "g", "type": "group", "required": True, "items": [{"key": "a", "type": "text"}]},
        {"key": "r", "type": "group", "repeats": True, "repeats_at_least": 2, "items": [{"key": "b", "type": "text"}]},
    )
    assert {name: one.kind for name, one in rules.read(whole, {}).problems.items()} == {"g": "missing", "r": "too_few"}
    assert rules.read(whole, {"a": "x", "r": [{"b": "1"}, {"b": "2"}]}).is_complete
    state = rules.read(whole, {"a": "x", "r": [{"b": "1"}, {"b": 5 * [1]}]})
    assert state.problems["r[1].b"].kind == "too_many"
