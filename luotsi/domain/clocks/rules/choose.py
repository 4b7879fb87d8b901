"""The rule in force: by line, by the day of the trigger, by age and by what is known of the matter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luotsi.base.now import local_day
from luotsi.domain.clocks.definitions import ClockRule, ClockSettings, Condition, Line
from luotsi.domain.clocks.rules.because import Because
from luotsi.domain.clocks.rules.count import Due, due
from luotsi.domain.clocks.rules.fit import Matter, objections


def rule_stays(rule: ClockRule, born: date | None, *, was_age_unknown: bool) -> bool:
    """Whether a rule told when the clock started still holds (A3). One chosen without knowing the age does not: it is
    chosen anew by what is known now; so is one whose age limit was met by a birth date that is not known any more.
    """
    return not rule.has_age_limit or (born is not None and not was_age_unknown)


class NoRuleError(LookupError):
    """No rule of the line covers the matter. The sentence says why and what could be told."""


@dataclass(frozen=True)
class Choice:
    """The chosen rule with its last day; the first steps of the explanation say why this rule."""

    rule: ClockRule
    due: date | None
    because: tuple[Because, ...]
    answer: Due


def choose_rule(
    line: Line,
    start: datetime,
    born: date | None = None,
    *,
    rules: Iterable[ClockRule],
    settings: ClockSettings | None = None,
    conditions: Mapping[Condition, bool] | None = None,
) -> Choice:
    """The rule of `line` that covers a matter begun at `start` (aware). Version and age are those of that day (A3).

    Without a birth date every age group's rule is possible: the strictest is taken and the explanation says so.
    A condition nobody spoke of does not hold. Raises NoRuleError.
    """
    matter = Matter(local_day(start), born, settings or ClockSettings(), conditions or {})
    of_line = [rule for rule in rules if rule.line == line]
    fitting = [rule for rule in of_line if not objections(rule, matter, unsaid_holds=False)]
    if not fitting:
        raise NoRuleError(_why_none(line, of_line, matter))
    answers = [due(rule, start, born=born, settings=matter.settings, conditions=matter.conditions) for rule in fitting]
    strictest = min(answers, key=lambda answer: (answer.due or date.max, answer.rule.key))
    why = Because("chosen" if len(fitting) == 1 else "chosen_strictest", (matter.day,))
    return Choice(strictest.rule, strictest.due, (why, *strictest.because), strictest)


def _why_none(line: str, of_line: list[ClockRule], matter: Matter) -> str:
    if not of_line:
        return f"there is no rule for the line {line}"
    in_force = [rule for rule in of_line if rule.in_force_on(matter.day)]
    if not in_force:
        spans = ", ".join(
            f"{rule.key} {rule.valid_from}–{rule.valid_to or ''}" for rule in of_line if not rule.never_in_force
        )
        return f"no rule of the line {line} was in force on {matter.day}; there are {spans}"
    reasons = [_why_not(rule, objections(rule, matter, unsaid_holds=False)) for rule in in_force]
    return f"no rule of the line {line} covers this matter on {matter.day}: {'; '.join(reasons)}"


def _why_not(rule: ClockRule, against: tuple[Because, ...]) -> str:
    step = against[0]
    if step.what == "condition_missing":
        return f"{rule.key} is only for {step.word} (say so with {step.word}=true)"
    if step.what == "condition_against":
        return f"{rule.key} is not for {step.word}"
    return f"{rule.key} is for ages {rule.age_from or 0}–{rule.age_below - 1 if rule.age_below else ''}"
