"""The clocks on the shelf: every definition loads, its examples hold, its texts are complete, no two rules overlap."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel

from luotsi.base import shelf
from luotsi.base.dates import start_of
from luotsi.base.now import in_helsinki
from luotsi.base.shelf import ShelfError
from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.clocks.definitions import (
    LINES,
    ClockRule,
    ClockSettings,
    Example,
    clock_rules,
    clock_settings,
    clock_stories,
    clock_words,
    counting,
)
from luotsi.domain.clocks.definitions.vocabulary import BecauseKind, Condition, PauseReason, State, Stop, Trigger
from luotsi.domain.clocks.rules import due, in_words
from luotsi.domain.clocks.rules.because import length_in_words

RULES = clock_rules()
EXAMPLES = [(rule, example) for rule in RULES.values() for example in rule.examples]
SINCE_2005 = {
    "CONTACT-IMMEDIATE-2005", "ASSESS-3WD-2005", "CONTACT-SAME-DAY", "PHC-3M-2005", "PHC-14D-2023",
    "PHC-7D-2024", "PHC-3M-2025", "PHC-14D-U23", "PHC-OTHER-3M", "PHC-GP-7D-2023", "PHC-GP-7D-U23",
    "PHC-GP-2025", "ORAL-3M+3M-2005", "ORAL-4M-2023", "ORAL-3M-2024", "ORAL-6M-2025", "ORAL-3M-U23",
    "SHC-ASSESS-3W", "SHC-EXAM-3M", "SHC-CARE-6M", "YMH-EXAM-6W", "YMH-CARE-3M", "THERAPY-28D",
    "THERAPY-SOC-1M", "SWA-URGENT", "SWA-START-7WD", "SWA-DONE-3M", "SWA-DECISION-EXEC-3M", "CWA-URGENT",
    "CWA-START-7WD", "CWA-DONE-3M", "SOCASS-7WD", "SOCASS-TALK-7WD", "ELDERLY-EXEC-3M", "DISAB-675",
    "DATA-REQUEST-1M", "LOG-REQUEST-2M", "REFERRAL-ANSWER-5WD", "CONSULTATION-ANSWER-3WD",
    "STUDENT-7WD", "COMPLAINT-1M", "HOME-CARE-ON-CALL",
}  # fmt: skip


def name_of(value: object) -> str:
    return value.key if isinstance(value, ClockRule) else f"{value.start}" if isinstance(value, Example) else ""


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=name_of)
def test_every_worked_example_comes_out(rule, example):
    settings, conditions = clock_settings().changed_by(example.set)
    whole_day = not isinstance(example.start, datetime)
    start = start_of(example.start, settings.office_opens) if whole_day else in_helsinki(example.start)
    answer = due(rule, start, born=example.born, settings=settings, conditions=conditions)
    assert answer.due == example.due
    assert answer.applies != rule.never_in_force
    for step in answer.because:
        assert in_words(step, rule, clock_words()).is_complete


def test_every_rule_since_2005_is_on_the_shelf():
    assert set(RULES) == SINCE_2005


def test_every_line_has_a_rule():
    assert {rule.line for rule in RULES.values()} == set(LINES)


def texts(model: BaseModel) -> Iterator[Text]:
    for name in type(model).model_fields:
        yield from _texts(getattr(model, name))


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        yield from texts(value)
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in _texts(part))
    elif isinstance(value, tuple):
        yield from (text for part in value for text in _texts(part))


@pytest.mark.parametrize(
    "definition", [*RULES.values(), counting(), clock_words(), clock_stories()], ids=lambda one: one.key
)
def test_every_text_is_written_in_three_languages(definition):
    found = list(texts(definition))
    assert len(found) > 2
    assert [text.fi for text in found if not text.is_complete] == []


@pytest.mark.parametrize(
    ("part", "vocabulary"),
    [
        ("because", BecauseKind), ("triggers", Trigger), ("stops", Stop), ("conditions", Condition),
        ("pauses", PauseReason), ("states", State),
    ],
)  # fmt: skip
def test_every_word_of_the_vocabulary_can_be_said(part, vocabulary):
    assert set(getattr(clock_words(), part)) == set(vocabulary.__args__)


def test_every_line_and_length_can_be_said():
    words = clock_words()
    assert set(words.lines) == set(LINES)
    for rule in RULES.values():
        assert all(length_in_words(rule.length, words, language) for language in LANGUAGES)


@pytest.mark.parametrize("line", LINES)
def test_no_day_and_age_has_two_rules(line):
    """Every day on which a rule begins or ends, and the day before and after, for every age that a rule names."""
    rules = [rule for rule in RULES.values() if rule.line == line]
    turns = {rule.valid_from for rule in rules} | {rule.valid_to for rule in rules if rule.valid_to}
    days = {turn + timedelta(days=step) for turn in turns for step in (-1, 0, 1)}
    limits = [limit for rule in rules for limit in (rule.age_from, rule.age_below) if limit is not None]
    ages = {age + step for age in (1, *limits) for step in (-1, 0, 1)}
    for day in days:
        for age in ages:
            fitting = [
                rule.key
                for rule in rules
                if rule.in_force_on(day) and (rule.age_from or 0) <= age < (rule.age_below or 200)
            ]
            assert len(fitting) <= 1, (day, age)


def test_versions_follow_each_other_without_a_gap():
    for line in ("contact", "primary_care", "oral_care", "primary_care_doctor"):
        ends = {rule.valid_to for rule in RULES.values() if rule.line == line and rule.valid_to}
        starts = {rule.valid_from for rule in RULES.values() if rule.line == line}
        assert {end + timedelta(days=1) for end in ends} <= starts


def test_what_was_not_compared_with_the_law_says_so():
    unverified = {rule.key for rule in RULES.values() if not rule.verified}
    assert {"PHC-GP-2025", "SWA-DONE-3M", "DISAB-675", "SOCASS-7WD"} <= unverified
    assert all(rule.compared_on for rule in RULES.values() if rule.verified)


def test_only_social_cares_own_limits_roll_forward():
    rolling = {rule.key for rule in RULES.values() if rule.roll_forward}
    assert rolling == {"SWA-DONE-3M", "SWA-DECISION-EXEC-3M", "CWA-DONE-3M", "THERAPY-SOC-1M", "ELDERLY-EXEC-3M"}


def test_the_switches_of_the_county_are_the_defaults_of_the_code():
    assert clock_settings() == ClockSettings()
    assert [known.code for known in counting().assumptions] == ["A1", "A2", "A3", "A4", "A5", "A6", "A7"]
    switches = {name for known in counting().assumptions for name in known.settings}
    assert switches == set(ClockSettings.model_fields) - {"due_soon"}


BAD = [
    ("length: {months: 3}", "length: {months: 3, weeks: 1}", "exactly one of"),
    ("length: {months: 3}", "length: {fortnights: 1}", "not a field here"),
    ("line: oral_care", "line: orall_care", "oral_care"),
    ("pauses: [medical_reason]", "pauses: [medical_reason]\nroll_forward: true", "never paused"),
    ("compared_on: 2026-11-22\n", "", "needs compared_on"),
    ("valid_to: 2023-08-31", "valid_to: 2003-08-31", "valid_to is before valid_from"),
]


@pytest.mark.parametrize(("written", "instead", "mend"), BAD)
def test_a_bad_definition_is_refused_with_its_place_and_mend(tmp_path: Path, written, instead, mend):
    source = (shelf.ROOT / "clocks" / "ORAL-3M+3M-2005.yaml").read_text("utf-8")
    assert written in source
    bad = tmp_path / "bad.yaml"
    bad.write_text(source.replace(written, instead), "utf-8")
    with pytest.raises(ShelfError, match=mend) as refused:
        shelf.read(bad, ClockRule)
    assert str(refused.value).startswith("bad.yaml:")


def test_a_step_can_be_kept_as_json_and_read_back():
    from luotsi.domain.clocks.rules import Because

    for rule in RULES.values():
        for step in due(rule, start_of(date(2025, 12, 19))).because:
            assert Because.from_json(json.loads(json.dumps(step.as_json()))) == step
