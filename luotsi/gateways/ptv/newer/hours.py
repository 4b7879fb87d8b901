"""v12's service hours as those of v11: a line for each of its six types, and holidays by name as dates."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dateutil.easter import easter

from luotsi.base.now import today
from luotsi.gateways.ptv import shapes
from luotsi.gateways.ptv.shapes import Clock, Day, Opening, Plain, Shape, many

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEARS_AHEAD, _SATURDAY = 2, 5
_DAY = timedelta(days=1)


class Span(Shape):
    """`opening_status`: Open, OpenOnReservation (nobody is there without a time) or Closed."""

    start: Clock = None
    end: Clock = None
    opening_status: Plain = "Open"

    @property
    def is_open(self) -> bool:
        return self.opening_status == "Open" and self.start is not None and self.end is not None


class Spans(Shape):
    hours: many(Span) = []


class Week(Shape):
    monday: Spans | None = None
    tuesday: Spans | None = None
    wednesday: Spans | None = None
    thursday: Spans | None = None
    friday: Spans | None = None
    saturday: Spans | None = None
    sunday: Spans | None = None

    def openings(self) -> list[Opening]:
        return [
            Opening(day_from=day, day_to=day, from_=one.start, to=one.end)
            for day in _WEEKDAYS
            for one in (getattr(self, day.lower()) or Spans()).hours
            if one.is_open
        ]


class Hour(Shape):
    """One line of hours. `from_time` on `from_day` (or date) to `to_time` on the last one is open all the while."""

    type: Plain = ""
    opening_status: Plain = "Open"
    from_date: Day = None
    to_date: Day = None
    from_day: Plain = ""
    to_day: Plain = ""
    from_time: Clock = None
    to_time: Clock = None
    weekly_hours: Week | None = None


class Holiday(Shape):
    holiday_name: Plain = ""
    hours: many(Span) = []


class Holidays(Shape):
    holidays: many(Holiday) = []


class ServiceHours(Shape):
    hours: many(Hour) = []
    holiday_service_hours: Holidays | None = None


def older(told: ServiceHours) -> list[shapes.Hours]:
    """A type that is not known tells nothing."""
    lines = [line for one in told.hours for line in _TYPES.get(one.type, _nothing)(one)]
    named = told.holiday_service_hours.holidays if told.holiday_service_hours else []
    return lines + [line for one in named for line in _holiday(one)]


def _nothing(_: Hour) -> Iterator[shapes.Hours]:
    yield from ()


def _always(one: Hour) -> Iterator[shapes.Hours]:
    if one.opening_status == "Open":
        yield shapes.Hours(service_hour_type="DaysOfTheWeek", is_always_open=True)


def _weekly(one: Hour) -> Iterator[shapes.Hours]:
    openings = one.weekly_hours.openings() if one.weekly_hours else []
    if openings:
        yield shapes.Hours(service_hour_type="DaysOfTheWeek", opening_hour=openings)


def _for_a_time(one: Hour) -> Iterator[shapes.Hours]:
    """Instead of the usual hours on each day of it; a day without any is closed."""
    openings = one.weekly_hours.openings() if one.weekly_hours else []
    first, last = one.from_date, one.to_date or one.from_date
    if first is None or last is None:
        return
    if not openings:
        yield shapes.Hours(service_hour_type="Exceptional", is_closed=True, valid_from=first, valid_to=last)
        return
    yield shapes.Hours(
        service_hour_type="DaysOfTheWeek", valid_for_now=False, valid_from=first, valid_to=last, opening_hour=openings
    )


def _through_days(one: Hour) -> Iterator[shapes.Hours]:
    """From a time on one weekday to a time on another, without a break between."""
    if one.opening_status != "Open" or one.from_time is None or one.to_time is None:
        return
    if not {one.from_day, one.to_day} <= set(_WEEKDAYS):
        return
    first = _WEEKDAYS.index(one.from_day)
    count = (_WEEKDAYS.index(one.to_day) - first) % len(_WEEKDAYS)
    days = [_WEEKDAYS[(first + ahead) % len(_WEEKDAYS)] for ahead in range(count + 1)]
    openings = [_opening(day, spans) for day, spans in zip(days, _split(one, len(days)), strict=True)]
    yield shapes.Hours(service_hour_type="DaysOfTheWeek", opening_hour=openings)


def _through_dates(one: Hour) -> Iterator[shapes.Hours]:
    """From a time on one date to a time on another, without a break between; or closed all that while."""
    first, last = one.from_date, one.to_date or one.from_date
    if first is None or last is None or last < first:
        return
    if one.opening_status != "Open" or one.from_time is None or one.to_time is None:
        yield shapes.Hours(service_hour_type="Exceptional", is_closed=True, valid_from=first, valid_to=last)
        return
    count = min((last - first).days + 1, 370)
    for ahead, spans in enumerate(_split(one, count)):
        yield _exceptional(first + _DAY * ahead, [_opening("", spans)])


def _split(one: Hour, days: int) -> list[tuple[Clock, Clock]]:
    """The hours of each of so many days: from the time to midnight, whole days, and from midnight to the time."""
    midnight = shapes.MIDNIGHT
    if days == 1:
        return [(one.from_time, one.to_time)]
    return [(one.from_time, midnight), *[(midnight, midnight)] * (days - 2), (midnight, one.to_time)]


def _opening(day: str, spans: tuple[Clock, Clock]) -> Opening:
    return Opening(day_from=day, day_to=day, from_=spans[0], to=spans[1])


_TYPES: dict[str, Callable[[Hour], Iterator[shapes.Hours]]] = {
    "ContinuousAlwaysValidServiceHour": _always,
    "ContinuousWeekdaysUntilFurtherNoticeServiceHour": _through_days,
    "WeeklyUntilFurtherNoticeServiceHour": _weekly,
    "WeeklyDateRangeServiceHour": _for_a_time,
    "ExceptionalDateRangeServiceHour": _for_a_time,
    "ContinuousDateRangeServiceHour": _through_dates,
}


def _holiday(one: Holiday) -> Iterator[shapes.Hours]:
    """This year's and the next one's."""
    find = _HOLIDAYS.get(one.holiday_name)
    if find is None:
        return
    openings = [_opening("", (span.start, span.end)) for span in one.hours if span.is_open]
    for year in range(today().year, today().year + _YEARS_AHEAD):
        yield _exceptional(find(year), openings)


def _exceptional(day: date, openings: list[Opening]) -> shapes.Hours:
    return shapes.Hours(
        service_hour_type="Exceptional", is_closed=not openings, opening_hour=openings, valid_from=day, valid_to=day
    )


def _saturday_from(day: date) -> date:
    return day + _DAY * ((_SATURDAY - day.weekday()) % len(_WEEKDAYS))


# PTV's names of the days; those that move go by Easter, or are the Saturday that falls among some dates.
_HOLIDAYS: dict[str, Callable[[int], date]] = {
    "NewYearDay": lambda year: date(year, 1, 1),
    "Epiphany": lambda year: date(year, 1, 6),
    "MaundyThursday": lambda year: easter(year) - 3 * _DAY,
    "GoodFriday": lambda year: easter(year) - 2 * _DAY,
    "EasterSunday": easter,
    "EasterMonday": lambda year: easter(year) + _DAY,
    "MayDayEve": lambda year: date(year, 4, 30),
    "MayDay": lambda year: date(year, 5, 1),
    "AscensionDay": lambda year: easter(year) + 39 * _DAY,
    "WhitSunday": lambda year: easter(year) + 49 * _DAY,
    "MidsummerEve": lambda year: _saturday_from(date(year, 6, 20)) - _DAY,
    "MidsummerDay": lambda year: _saturday_from(date(year, 6, 20)),
    "AllSaintsDay": lambda year: _saturday_from(date(year, 10, 31)),
    "IndependenceDay": lambda year: date(year, 12, 6),
    "ChristmasEve": lambda year: date(year, 12, 24),
    "ChristmasDay": lambda year: date(year, 12, 25),
    "SecondDayOfChristmas": lambda year: date(year, 12, 26),
    "NewYearEve": lambda year: date(year, 12, 31),
}
