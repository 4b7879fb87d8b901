"""The last lawful day of a limit, counted as act 150/1930, the care guarantee and the county's settings say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from luotsi.base import dates
from luotsi.base.now import in_helsinki, local_day
from luotsi.domain.clocks.definitions import ClockRule, ClockSettings, Condition, Length
from luotsi.domain.clocks.rules.because import Because
from luotsi.domain.clocks.rules.fit import Matter, notes, objections

SATURDAY = 5
_ARRIVALS = ("assessment_requested", "notification_received", "application_arrived", "talk_requested")


@dataclass(frozen=True)
class Due:
    """An answer: the last lawful day (None: no limit is known) and the steps that lead to it.

    `counted_from` is the day from which was counted, itself not counted. `applies` is False when the rule was not in
    force on that day or does not cover such a person: the date then only shows what the rule would have said.
    """

    rule: ClockRule
    start: datetime
    counted_from: date
    due: date | None
    applies: bool
    because: tuple[Because, ...]


def due(
    rule: ClockRule,
    start: datetime,
    *,
    born: date | None = None,
    settings: ClockSettings | None = None,
    conditions: Mapping[Condition, bool] | None = None,
) -> Due:
    """When a limit that began to run at `start` (aware) must be met at the latest.

    The day of the trigger fixes version and age (A3). A condition nobody spoke of is taken to hold if the rule
    is only for it. Raises ValueError if `born` is after the start.
    """
    matter = Matter(local_day(start), born, settings or ClockSettings(), conditions or {})
    against = objections(rule, matter)
    first, receipt = _first_day(rule, start, matter.settings)
    length, special = _length(rule, matter.conditions)
    last, steps = _last_day(rule, length, first, matter.settings)
    because = (
        Because("rule"),
        *against,
        *notes(rule, matter, last),
        Because("start", (matter.day,), word=rule.trigger),
        *receipt,
        *special,
        *steps,
        *(() if rule.verified else (Because("not_verified"),)),
    )
    return Due(rule, start, first, last, applies=not against, because=because)


Counts = Callable[..., Due]


def remembering() -> Counts:
    """`due` that counts each date once: for very many clocks of one county, whose rules stay as they are meanwhile.

    What is remembered is everything that the answer depends on: rule, day, side of the office hours, conditions,
    settings, and of the person their age, or the birth date where a birthday may fall within the wait.
    """
    known: dict[tuple[Any, ...], Due] = {}
    kept: dict[int, ClockSettings] = {}

    def count(
        rule: ClockRule,
        start: datetime,
        *,
        born: date | None = None,
        settings: ClockSettings | None = None,
        conditions: Mapping[Condition, bool] | None = None,
    ) -> Due:
        held = settings or ClockSettings()
        kept[id(held)] = held
        local = in_helsinki(start)
        side = (local.time() >= held.office_opens, local.time() < held.office_closes)
        person = person_of(rule, born, local.date(), held)
        name = (rule.key, local.date(), side, person, id(held), tuple(sorted((conditions or {}).items())))
        if name not in known:
            known[name] = due(rule, start, born=born, settings=held, conditions=conditions)
        found = known[name]
        return found if found.start == start else replace(found, start=start)

    return count


def person_of(rule: ClockRule, born: date | None, day: date, settings: ClockSettings) -> date | int | None:
    """What of a birth date the answer depends on."""
    if born is None or not rule.has_age_limit:
        return None
    is_leap = (born.month, born.day) == (2, 29)
    turns = day.year - born.year
    if is_leap or (rule.age_below is not None and turns - 1 <= rule.age_below <= turns + 2):
        return born
    return dates.age_on(born, day, leap_birthday=settings.leap_birthday)


def _first_day(rule: ClockRule, start: datetime, settings: ClockSettings) -> tuple[date, tuple[Because, ...]]:
    """The day from which is counted: that of the event, or the next working day for a contact out of hours (A5)."""
    day = local_day(start)
    received = dates.next_working_day_start(
        start, opens=settings.office_opens, closes=settings.office_closes, eves_count=settings.eves_count
    ).date()
    if received == day:
        return day, ()
    if rule.outside_hours == "next_working_day":
        return received, (Because("received_later", (received,), assumption="A5"),)
    return day, ((Because("as_received", (day,), assumption="A5"),) if rule.trigger in _ARRIVALS else ())


def _length(rule: ClockRule, conditions: Mapping[Condition, bool]) -> tuple[Length | None, tuple[Because, ...]]:
    """The length that holds in this matter; None when no limit is known."""
    for special in rule.special_lengths:
        if conditions.get(special.when):
            step = Because("special_length", word=special.when)
            return (None if special.length == "unknown" else special.length), (step,)
    return (None if rule.length == "unknown" else rule.length), ()


def _last_day(
    rule: ClockRule, length: Length | None, first: date, settings: ClockSettings
) -> tuple[date | None, tuple[Because, ...]]:
    if length is None:
        return None, (Because("no_limit_known"),)
    if length.unit == "same_day":
        return first, (Because("same_day", (first,)),)
    if length.unit == "immediately":
        return first, (Because("immediately", (first,)),)
    if length.unit == "working_days":
        return _in_working_days(length, first, settings)
    return _in_calendar(rule, length, first, settings)


def _in_working_days(length: Length, first: date, settings: ClockSettings) -> tuple[date, tuple[Because, ...]]:
    last = dates.add_working_days(first, length.number, eves_count=settings.eves_count)
    off = dates.days_off_between(first, last, eves_count=settings.eves_count)
    eves = dates.eves_between(first, last)
    steps = [Because("counted", (last,), length.number, length.unit)]
    if weekends := tuple(day for day in off if day.weekday() >= SATURDAY):
        steps.append(Because("weekends", weekends, len(weekends), assumption="A1"))
    if holidays := tuple(day for day in off if day.weekday() < SATURDAY and day not in eves):
        steps.append(Because("skipped", holidays, len(holidays), assumption="A1"))
    if eves:
        steps.append(Because("eve_counted" if settings.eves_count else "eve_skipped", eves, assumption="A2"))
    return last, tuple(steps)


def _in_calendar(
    rule: ClockRule, length: Length, first: date, settings: ClockSettings
) -> tuple[date, tuple[Because, ...]]:
    """Days, weeks or months: weekends and holidays run; only an authority's own last day may move (A4)."""
    add = {"calendar_days": dates.add_calendar_days, "weeks": dates.add_weeks, "months": dates.add_months}
    last = add[length.unit](first, length.number)
    steps = [Because("counted", (last,), length.number, length.unit)]
    if length.unit == "months" and last.day != first.day:
        steps.append(Because("last_of_month", (last,)))
    if length.unit == "calendar_days" and (off := dates.days_off_between(first, last)):
        steps.append(Because("days_off_run", number=len(off)))
    if dates.is_working_day(last):
        return last, tuple(steps)
    if rule.roll_forward and settings.roll_forward_authority:
        rolled = dates.roll_forward(last)
        return rolled, (*steps, Because("rolled", (last, rolled), assumption="A4"))
    return last, (*steps, Because("not_rolled", (last,), assumption="A4"))
