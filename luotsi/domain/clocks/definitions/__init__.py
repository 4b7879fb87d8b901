"""Statutory time limits as the shelf holds them.

    clock_rules() -> {"PHC-14D-U23": ClockRule(...), ...}     content/clocks/*.yaml
    clock_settings() -> ClockSettings                         content/clock_settings/counting.yaml
    clock_words() -> ClockWords                               content/clock_words/words.yaml
    clock_stories() -> ClockStories                           content/clock_stories/story.yaml
    ClockUse                                                  a part of a case kind's file

A changed law is a new file with its own `valid_from` that `replaces` the old one; its file stays, old cases keep it.
"""

import difflib

from luotsi.base import shelf
from luotsi.domain.clocks.definitions.rule import ClockRule, Example, Law, SpecialLength
from luotsi.domain.clocks.definitions.settings import Assumption, AssumptionCode, ClockSettings, Counting
from luotsi.domain.clocks.definitions.stories import ClockStories, FieldKind, StoryEventKind, StoryField
from luotsi.domain.clocks.definitions.succession import in_succession
from luotsi.domain.clocks.definitions.use import ClockUse
from luotsi.domain.clocks.definitions.vocabulary import (
    CONDITIONS,
    LINES,
    BecauseKind,
    Condition,
    Conditions,
    Length,
    Line,
    PauseReason,
    State,
    Stop,
    Trigger,
)
from luotsi.domain.clocks.definitions.words import ClockWords

__all__ = [
    "CONDITIONS", "LINES", "Assumption", "AssumptionCode", "BecauseKind", "ClockRule", "ClockSettings",
    "ClockStories", "ClockUse", "ClockWords", "Condition", "Conditions", "Counting", "Example", "FieldKind", "Law",
    "Length", "Line", "PauseReason", "SpecialLength", "State", "Stop", "StoryEventKind", "StoryField", "Trigger",
    "UnknownRuleError", "clock_rule", "clock_rules", "clock_settings", "clock_stories", "clock_words", "counting",
]  # fmt: skip


class UnknownRuleError(LookupError):
    """No rule has that id. The sentence names near ones."""

    def __init__(self, key: str, near: list[str]) -> None:
        mend = f"did you mean {' or '.join(near)}?" if near else "`luotsi clock list` shows them all"
        super().__init__(f"there is no clock rule {key!r}; {mend}")


def clock_rules() -> dict[str, ClockRule]:
    """Every rule by its id. One that a later rule replaces ends the day before that one begins."""
    return in_succession(shelf.load("clocks", ClockRule))


def clock_rule(key: str) -> ClockRule:
    """One rule, or UnknownRuleError with the nearest ids. Upper and lower case are the same."""
    rules = clock_rules()
    by_name = {name.upper(): name for name in rules}
    if key.upper() not in by_name:
        near = difflib.get_close_matches(key.upper(), by_name, n=3, cutoff=0.5)
        raise UnknownRuleError(key, near)
    return rules[by_name[key.upper()]]


def clock_settings() -> ClockSettings:
    """How this county counts."""
    return counting().settings


def counting() -> Counting:
    """The county's choices with the assumptions behind them."""
    found: Counting = shelf.load("clock_settings", Counting)["counting"]
    return found


def clock_words() -> ClockWords:
    found: ClockWords = shelf.load("clock_words", ClockWords)["words"]
    return found


def clock_stories() -> ClockStories:
    """The kinds of events that a story told from outside may have."""
    found: ClockStories = shelf.load("clock_stories", ClockStories)["story"]
    return found
