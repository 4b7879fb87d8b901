"""Whether a rule covers a matter, and what there is to say about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from luotsi.base.dates import age_on, birthday
from luotsi.domain.clocks.definitions import ClockRule, ClockSettings, Condition
from luotsi.domain.clocks.rules.because import Because


@dataclass(frozen=True)
class Matter:
    """What is known when a rule is looked for: the day of the trigger, the person, the matter, the county's way."""

    day: date
    born: date | None = None
    settings: ClockSettings = field(default_factory=ClockSettings)
    conditions: Mapping[Condition, bool] = field(default_factory=dict)

    @property
    def age(self) -> int | None:
        """Years on the day of the trigger, None when the birth date is unknown."""
        if self.born is None:
            return None
        return age_on(self.born, self.day, leap_birthday=self.settings.leap_birthday)

    def is_any_age_good(self, rule: ClockRule) -> bool:
        """Whether the rule covers the matter whatever the age: it has no limit, or something said lifts it."""
        return not rule.has_age_limit or any(self.conditions.get(condition) for condition in rule.also_for)


def objections(rule: ClockRule, matter: Matter, *, unsaid_holds: bool = True) -> tuple[Because, ...]:
    """Why the rule does not cover the matter; empty when it does.

    An unknown birth date is no objection. `unsaid_holds`: is a condition that nobody spoke of taken to hold?
    """
    said = matter.conditions
    return (
        *_out_of_force(rule, matter.day),
        *_wrong_age(rule, matter),
        *(Because("condition_missing", word=name) for name in rule.only_for if not said.get(name, unsaid_holds)),
        *(Because("condition_against", word=name) for name in rule.not_for if said.get(name)),
    )


def notes(rule: ClockRule, matter: Matter, last: date | None) -> tuple[Because, ...]:
    """What to say of age and version when the rule is applied up to `last`."""
    steps = [] if matter.is_any_age_good(rule) else _about_age(rule, matter, last)
    if rule.valid_to and last and rule.in_force_on(matter.day) and rule.valid_to < last:
        steps.append(Because("kept_version", (rule.valid_to,), assumption="A3"))
    return tuple(steps)


def _out_of_force(rule: ClockRule, day: date) -> tuple[Because, ...]:
    if rule.never_in_force:
        return (Because("never_in_force", (rule.valid_from,)),)
    if not rule.in_force_on(day):
        return (Because("not_in_force", (rule.valid_from, *((rule.valid_to,) if rule.valid_to else ()))),)
    return ()


def _wrong_age(rule: ClockRule, matter: Matter) -> tuple[Because, ...]:
    age = matter.age
    if age is None or matter.is_any_age_good(rule):
        return ()
    if (rule.age_from or 0) <= age and (rule.age_below is None or age < rule.age_below):
        return ()
    return (Because("age_outside", (matter.day,), age),)


def _about_age(rule: ClockRule, matter: Matter, last: date | None) -> list[Because]:
    born, day, choice = matter.born, matter.day, matter.settings.leap_birthday
    if born is None:
        return [Because("age_unknown")]
    steps = [] if _wrong_age(rule, matter) else [Because("age", (day,), matter.age)]
    if age_on(born, day, leap_birthday="03-01") != age_on(born, day, leap_birthday="02-28"):
        steps.append(Because("leap_birthday", (birthday(born, day.year, leap_birthday=choice),), assumption="A7"))
    if rule.age_below is not None:
        turns = birthday(born, born.year + rule.age_below, leap_birthday=choice)
        if last and day + timedelta(days=1) <= turns <= last:
            steps.append(Because("kept_age", (turns,), rule.age_below, assumption="A3"))
    return steps
