"""The days of a limit one by one: counted or not, and why not."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from luotsi.base import dates
from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.clocks.definitions import ClockRule, ClockSettings, ClockWords, Length

SATURDAY = 5
# Above so many days a list says less than a sentence.
LONGEST = 40


@dataclass(frozen=True)
class DayCounted:
    """One day after the first. `number` is its place in the count, None when it was not counted; `why_not` says why."""

    day: date
    number: int | None
    why_not: Text | None = None

    @property
    def is_counted(self) -> bool:
        return self.number is not None

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"day": self.day.isoformat(), "counted": self.is_counted}
        if self.number is not None:
            told["number"] = self.number
        if self.why_not:
            told["why_not"] = self.why_not.model_dump()
        return told


def days_counted(
    length: Length | None, first: date, last: date | None, *, settings: ClockSettings, words: ClockWords
) -> tuple[DayCounted, ...]:
    """Every day from the one after `first` to `last`. Empty for limits that are not counted day by day: months by the
    same day number, weeks by the same weekday, the same day and an unknown limit by nothing."""
    if length is None or last is None or length.unit not in ("working_days", "calendar_days"):
        return ()
    if (last - first).days > LONGEST:
        return ()
    found: list[DayCounted] = []
    number = 0
    for step in range(1, (last - first).days + 1):
        day = first + timedelta(days=step)
        why_not = _why_not(day, settings, words) if length.unit == "working_days" else None
        number += why_not is None
        found.append(DayCounted(day, None if why_not else number, why_not))
    return tuple(found)


def length_that_held(rule: ClockRule, special: str = "") -> Length | None:
    """The rule's length, or the one that holds in the condition `special`; None when no limit is known."""
    length = next((one.length for one in rule.special_lengths if one.when == special), rule.length)
    return None if length == "unknown" else length


def _why_not(day: date, settings: ClockSettings, words: ClockWords) -> Text | None:
    if dates.is_working_day(day, eves_count=settings.eves_count):
        return None
    if name := dates.holiday_name(day):
        return Text(fi=name.fi.lower(), sv=name.sv.lower(), en=name.en)
    weekday = "saturday" if day.weekday() == SATURDAY else "sunday"
    return Text(**{language: words.labels[weekday].in_language(language) for language in LANGUAGES})
