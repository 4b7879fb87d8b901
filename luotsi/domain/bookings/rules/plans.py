"""On which days a plan holds, from when to when, and what makes a plan impossible. Pure.

A recurrence is the RRULE of RFC 5545; the clock is the one on the wall in Finland, on both days of the year on which it
is changed. A time that the spring change leaves out begins an hour later; one that the autumn change shows twice is the
first of the two.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from dateutil.rrule import rrule, rrulestr
from icalendar import vRecur

from luotsi.base.dates import holiday_name, start_of
from luotsi.base.now import HELSINKI

Why = Literal[
    "unreadable", "zone", "too_often", "too_many", "too_long", "backwards", "zero", "past", "too_short", "overlaps",
    "never", "resource_in_use", "nobody", "offering", "qualification", "no_holiday", "over",
]  # fmt: skip
Span = tuple[datetime, datetime]

LONGEST_DAYS = 400  # a plan is made for a season or a year, and looked at again
MOST_RECURRENCES = 500
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_LONGEST_TEXT = 200
_YEARS_ON, _LAST_YEAR = 19 * 400, 2300


class PlanRefused(Exception):
    """The plan cannot be. `why` is a key that the page has words for; `day` is the first day on which it fails.

    `staff`: of several workers planned for at once, the one for whom it fails.
    """

    staff: UUID | None = None

    def __init__(self, why: Why, day: date | None = None) -> None:
        self.why: Why = why
        self.day = day
        super().__init__(_SENTENCES[why] + (f" ({day})" if day else ""))


@dataclass(frozen=True)
class Draft:
    """When times are given: by which recurrence, between which two times of day, from which day to which, how long."""

    recurrence: str
    begins: time
    ends: time
    valid_from: date
    valid_to: date
    slot_minutes: int
    buffer_minutes: int = 0


def check_draft(draft: Draft, *, today: date) -> None:
    """Raises PlanRefused with the first thing that is wrong."""
    if draft.valid_to < draft.valid_from:
        raise PlanRefused("backwards")
    if draft.valid_to < today:
        raise PlanRefused("past")
    if (draft.valid_to - draft.valid_from).days > LONGEST_DAYS:
        raise PlanRefused("too_long")
    if draft.ends <= draft.begins or draft.slot_minutes <= 0:
        raise PlanRefused("zero")
    if _minutes(draft.ends) - _minutes(draft.begins) < draft.slot_minutes:
        raise PlanRefused("too_short")
    if not days(draft):
        raise PlanRefused("never")


def days(draft: Draft) -> list[date]:
    """The days of the recurrence within the plan's validity, holidays among them. Raises PlanRefused."""
    first, last = _late(draft.valid_from), _late(draft.valid_to)
    rule = _rule(draft.recurrence, first)
    until = min(last, _late(rule._until.date())) if rule._until else last
    found = [_early(moment) for moment in rule.replace(until=until)]
    if len(found) > MOST_RECURRENCES:
        raise PlanRefused("too_many")
    return found


def sessions(draft: Draft, *, opened: Collection[date] = ()) -> list[Span]:
    """From when to when the plan holds on each of its days, in UTC; on a public holiday only if it is opened."""
    open_days = [day for day in days(draft) if holiday_name(day) is None or day in opened]
    spans = ((_moment(day, draft.begins), _moment(day, draft.ends)) for day in open_days)
    return [(start, end) for start, end in spans if start < end]


def times(span: Span, draft: Draft) -> Iterator[Span]:
    """The times of one session: each of its length, with the pause between them. What is left over is no time."""
    length, step = timedelta(minutes=draft.slot_minutes), timedelta(minutes=draft.slot_minutes + draft.buffer_minutes)
    start, end = span
    while start + length <= end:
        yield start, start + length
        start += step


def first_overlap(these: Iterable[Span], others: Iterable[Span]) -> date | None:
    """The first day on which two of these sessions hold at the same moment."""
    every = sorted([(*span, True) for span in these] + [(*span, False) for span in others])
    latest: dict[bool, datetime] = {}
    for start, end, is_ours in every:
        if (until := latest.get(not is_ours)) and start < until:
            return start.astimezone(HELSINKI).date()
        latest[is_ours] = max(end, latest.get(is_ours, end))
    return None


def days_between(first: date, last: date) -> Span:
    """From the beginning of the first day to the end of the last one, in Finland."""
    return start_of(first), start_of(last + timedelta(days=1))


def _rule(text: str, first: datetime) -> rrule:
    """The recurrence as it is written, from that day on. Only what a calendar of people needs is understood."""
    words = text.strip().removeprefix("RRULE:").upper()
    if "TZID" in words or "DTSTART" in words or "\n" in words:
        raise PlanRefused("zone")
    if len(words) > _LONGEST_TEXT:
        raise PlanRefused("unreadable")
    try:
        parts = vRecur.from_ical(words)
        found = rrulestr(words, dtstart=first)  # nothing is expanded yet
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PlanRefused("unreadable") from None
    if set(parts) - _PARTS or set(parts.get("FREQ", [])) - _FREQUENCIES or not isinstance(found, rrule):
        raise PlanRefused("too_often" if "FREQ" in parts else "unreadable")
    if min(parts.get("INTERVAL", [1])) < 1:
        raise PlanRefused("unreadable")
    if max(parts.get("COUNT", [0])) > MOST_RECURRENCES:
        raise PlanRefused("too_many")
    return found


def _late(day: date) -> datetime:
    """The same day so many years on that the calendar is the same again (146,097 days are whole weeks).

    The library looks for a day that never comes up to the year 9999; from there it is not far.
    """
    if day.year > _LAST_YEAR:
        raise PlanRefused("too_long")
    return datetime(day.year + _YEARS_ON, day.month, day.day)  # noqa: DTZ001 (a day of the rule, not a moment)


def _early(moment: datetime) -> date:
    return moment.date().replace(year=moment.year - _YEARS_ON)


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, HELSINKI).astimezone(UTC)


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


_SENTENCES: dict[Why, str] = {
    "unreadable": "the recurrence is no rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,WE",
    "zone": "a plan is written by the clock on the wall in Finland; it names no other zone and no start of its own",
    "too_often": "a plan recurs by day, week, month or year; within a day the length of a time divides it",
    "too_many": f"a plan has at most {MOST_RECURRENCES} days; make it shorter",
    "too_long": f"a plan lasts at most {LONGEST_DAYS} days; make another one after it",
    "backwards": "the last day is before the first one",
    "zero": "the plan ends at or before the time at which it begins, or its times have no length",
    "past": "the plan ended before today",
    "too_short": "not even one time fits between its beginning and its end",
    "overlaps": "another plan of the same worker or thing holds at the same time",
    "never": "there is no such day between the first and the last one",
    "resource_in_use": "the room or thing is in use at that time",
    "nobody": "the worker does not work in this unit",
    "offering": "the unit does not offer this by this profession",
    "no_holiday": "the day is no public holiday: the plans hold on it anyhow",
    "over": "the plan has ended by then; make a new one",
    "qualification": "the worker is not recorded as qualified for this for the whole time",
}
