"""Decisions of clocks, pure: no database, no wall clock, no shelf.

due(rule, start)                 the last lawful day, and why
choose_rule(line, start, born)   the rule in force on that day for someone of that age
compose(use, facts)              the events of a case as the stories of its clocks
read_clock(rule, story, at=…)    where a clock stands: running, due soon, at risk, overdue, met, late, ended
in_words(because, words)         a step of an explanation in Finnish, Swedish and English
assumed(counting, because)       how the county reads the law, written into every explanation
days_counted(length, …)          the days of a limit one by one, counted or not and why
told_from(document, known), read_whole(told, known, at=…)   a story told from outside, checked and read into its clocks
"""

from luotsi.domain.clocks.rules.assumed import Assumed, assumed
from luotsi.domain.clocks.rules.because import Because, in_words
from luotsi.domain.clocks.rules.choose import Choice, NoRuleError, choose_rule, rule_stays
from luotsi.domain.clocks.rules.compose import ClockStory, Fact, compose, read_by
from luotsi.domain.clocks.rules.count import Counts, Due, due, person_of, remembering
from luotsi.domain.clocks.rules.days import DayCounted, days_counted, length_that_held
from luotsi.domain.clocks.rules.moments import YEARS, day_from, moment_from
from luotsi.domain.clocks.rules.read import ClockReading, read_clock
from luotsi.domain.clocks.rules.standing import Standing, about_law, about_now, soon_days, state_on, wake_after
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
from luotsi.domain.clocks.rules.told import Known, Told, ToldWronglyError, told_from
from luotsi.domain.clocks.rules.whole import ToldClock, WholeReading, WithoutRule, read_whole

__all__ = [
    "YEARS", "Assumed", "Because", "Choice", "ClockReading", "ClockStory", "Counts", "DayCounted", "Declined", "Due",
    "Ended", "Fact", "Known", "NoRuleError", "Paused", "PromiseCancelled", "Promised", "Resumed", "Standing", "Started",
    "Stopped", "StoryError", "StoryEvent", "Told", "ToldClock", "ToldWronglyError", "WholeReading", "WithoutRule",
    "about_law", "about_now", "assumed", "check_pause", "choose_rule", "compose", "day_from", "days_counted", "due",
    "in_words", "length_that_held", "moment_from", "person_of", "read_by", "read_clock", "read_whole", "remembering",
    "rule_stays", "soon_days", "state_on", "told_from", "wake_after",
]  # fmt: skip
