"""Decisions of clocks, pure: no database, no wall clock, no shelf.

due(rule, start)                 the last lawful day, and why
choose_rule(line, start, born)   the rule in force on that day for someone of that age
compose(use, facts)              the events of a case as the stories of its clocks
read_clock(rule, story, at=…)    where a clock stands: running, due soon, at risk, overdue, met, late, ended
in_words(because, words)         a step of an explanation in Finnish, Swedish and English
"""

from luotsi.domain.clocks.rules.because import Because, in_words
from luotsi.domain.clocks.rules.choose import Choice, NoRuleError, choose_rule
from luotsi.domain.clocks.rules.compose import ClockStory, Fact, compose
from luotsi.domain.clocks.rules.count import Due, due
from luotsi.domain.clocks.rules.read import ClockReading, read_clock
from luotsi.domain.clocks.rules.standing import Standing, about_now, soon_days, state_on, wake_after
from luotsi.domain.clocks.rules.story import (
    Declined,
    Ended,
    Paused,
    PromiseCancelled,
    Promised,
    Resumed,
    Started,
    Stopped,
    StoryError,
    StoryEvent,
    check_pause,
)

__all__ = [
    "Because", "Choice", "ClockReading", "ClockStory", "Declined", "Due", "Ended", "Fact", "NoRuleError", "Paused",
    "PromiseCancelled", "Promised", "Resumed", "Standing", "Started", "Stopped", "StoryError", "StoryEvent",
    "about_now", "check_pause", "choose_rule", "compose", "due", "in_words", "read_clock", "soon_days", "state_on",
    "wake_after",
]  # fmt: skip
