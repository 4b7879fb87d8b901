"""Whether a channel is open, and when it opens next. Pure; times are Finnish local times."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from luotsi.base.dates import holiday_name
from luotsi.base.now import in_helsinki

LOOKAHEAD_DAYS = 31  # a line of Fridays alone skips Christmas Day and New Year
UNUSUAL_DAYS = 60  # how far ahead a page tells of exceptions and holidays
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Weekly:
    """Open on a weekday (0 = Monday). `closes` not later than `opens` means past midnight."""

    weekday: int
    opens: time
    closes: time
    on_holidays: bool = False


@dataclass(frozen=True)
class Exceptional:
    """Other hours from `first` to `last`, instead of the weekly ones; closed when `opens` is None."""

    first: date
    last: date
    opens: time | None = None
    closes: time | None = None
    note: str = ""


@dataclass(frozen=True)
class Hours:
    """All that is known of a channel's hours. Nothing known is not the same as closed."""

    always: bool = False
    weekly: tuple[Weekly, ...] = ()
    exceptional: tuple[Exceptional, ...] = ()

    @property
    def never_close(self) -> bool:
        """Round the clock, and no day is told on which it is otherwise."""
        return self.always and not self.exceptional

    @property
    def are_known(self) -> bool:
        return bool(self.always or self.weekly or self.exceptional)


@dataclass(frozen=True)
class OpenSpan:
    """Open from `start` up to, but not including, `end`."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class DayHours:
    """One day of the coming week. No spans: closed; `note` says why when the exception does."""

    day: date
    spans: tuple[OpenSpan, ...]
    note: str = ""
    is_holiday: bool = False


@dataclass(frozen=True)
class UnusualHours:
    """Days ahead on which the weekly hours do not hold, from `first` to `last`. No times: closed."""

    first: date
    last: date
    times: tuple[tuple[time, time], ...] = ()
    note: str = ""


def is_open(hours: Hours, at: datetime) -> bool | None:
    """Whether it is open at that moment; None when no hours are known."""
    if not hours.are_known:
        return None
    if hours.never_close:
        return True
    moment = in_helsinki(at)
    spans = spans_on(hours, moment.date() - _DAY) + spans_on(hours, moment.date())
    return any(span.start <= moment < span.end for span in spans)


def opens_next(hours: Hours, at: datetime) -> datetime | None:
    """The next opening after that moment within 31 days; None if it is open round the clock or none is known."""
    if hours.never_close:
        return None
    moment = in_helsinki(at)
    days = (moment.date() + _DAY * ahead for ahead in range(LOOKAHEAD_DAYS + 1))
    starts = (span.start for day in days for span in spans_on(hours, day))
    return next((start for start in starts if start > moment), None)


def week_from(hours: Hours, day: date) -> tuple[DayHours, ...]:
    """Seven days of hours from `day` on, holidays and exceptions counted in."""
    if not hours.are_known or hours.never_close:
        return ()
    return tuple(_day_hours(hours, day + _DAY * ahead) for ahead in range(7))


def unusual_from(hours: Hours, day: date, *, days: int = UNUSUAL_DAYS) -> tuple[UnusualHours, ...]:
    """What differs from the week within so many days: exceptions as they were told, and holidays that close."""
    end = day + _DAY * days
    told: dict[tuple[date, date, str], list[tuple[time, time]]] = {}
    for one in hours.exceptional:
        if one.first <= end and one.last >= day:
            times = told.setdefault((max(one.first, day), one.last, one.note), [])
            times += [(one.opens, one.closes)] if one.opens is not None and one.closes is not None else []
    found = [UnusualHours(first, last, tuple(sorted(times)), note) for (first, last, note), times in told.items()]
    found += [UnusualHours(one, one) for one in (day + _DAY * ahead for ahead in range(days)) if _closes_on(hours, one)]
    return tuple(sorted(found, key=lambda one: (one.first, one.last)))


def _closes_on(hours: Hours, day: date) -> bool:
    """A holiday on which it would be open, were it any other day; no exception says otherwise."""
    if holiday_name(day) is None or any(one.first <= day <= one.last for one in hours.exceptional):
        return False
    return any(one.weekday == day.weekday() for one in hours.weekly) and not spans_on(hours, day)


def spans_on(hours: Hours, day: date) -> tuple[OpenSpan, ...]:
    """When it is open on a day, by start. A span past midnight belongs to the day it began."""
    exceptions = [one for one in hours.exceptional if one.first <= day <= one.last]
    if exceptions:
        return _spans(day, [(one.opens, one.closes) for one in exceptions])
    if hours.always:
        return _spans(day, [(time(0), time(0))])
    is_holiday = holiday_name(day) is not None
    weekly = [one for one in hours.weekly if one.weekday == day.weekday() and (one.on_holidays or not is_holiday)]
    return _spans(day, [(one.opens, one.closes) for one in weekly])


def _day_hours(hours: Hours, day: date) -> DayHours:
    notes = [one.note for one in hours.exceptional if one.first <= day <= one.last and one.note]
    return DayHours(day, spans_on(hours, day), note=" ".join(notes), is_holiday=holiday_name(day) is not None)


def _spans(day: date, times: list[tuple[time | None, time | None]]) -> tuple[OpenSpan, ...]:
    spans = [_span(day, opens, closes) for opens, closes in times if opens is not None and closes is not None]
    return tuple(sorted(spans, key=lambda span: span.start))


def _span(day: date, opens: time, closes: time) -> OpenSpan:
    last_day = day if closes > opens else day + _DAY
    return OpenSpan(in_helsinki(datetime.combine(day, opens)), in_helsinki(datetime.combine(last_day, closes)))
