"""Counting days as Finnish law counts them. Pure: no wall clock, no database; all days are Finnish local days.

The day from which a limit is counted is never itself counted (act 150/1930 2 §). A working day is Monday to
Friday that is not a public holiday. Christmas Eve and Midsummer Eve are days off unless `eves_count`.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

import holidays

from luotsi.base.now import in_helsinki
from luotsi.base.text import Text

LeapBirthday = Literal["03-01", "02-28"]
OFFICE_OPENS, OFFICE_CLOSES = time(8), time(16)
_ONE_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


def add_working_days(day: date, count: int, *, eves_count: bool = False) -> date:
    """The count-th working day after `day`. Explain it with `days_off_between(day, answer)`."""
    _refuse_negative(count)
    for _ in range(count):
        day += _ONE_DAY
        while not is_working_day(day, eves_count=eves_count):
            day += _ONE_DAY
    return day


def add_calendar_days(day: date, count: int) -> date:
    """`count` days of 24 hours later: weekends and holidays run."""
    _refuse_negative(count)
    return day + timedelta(days=count)


def add_weeks(day: date, count: int) -> date:
    """The same weekday `count` weeks later (act 150/1930 3 §)."""
    return add_calendar_days(day, 7 * count)


def add_months(day: date, count: int) -> date:
    """The same day number `count` months later, or the month's last day if it has no such day (act 150/1930 3 §)."""
    _refuse_negative(count)
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def roll_forward(day: date) -> date:
    """`day`, or the first weekday after it if it is one of the days of act 150/1930 5 §.

    That section names Saturdays, holidays and both eves, so a county's own choice about the eves does not matter here.
    """
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def is_working_day(day: date, *, eves_count: bool = False) -> bool:
    if day.weekday() in (_SATURDAY, _SUNDAY):
        return False
    return day not in _holidays(day.year) or (eves_count and is_eve(day))


def is_eve(day: date) -> bool:
    """Christmas Eve or Midsummer Eve (the Friday of 19–25 June): not public holidays in law, yet offices are shut."""
    if (day.month, day.day) == (12, 24):
        return True
    return day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4


def days_off_between(first: date, last: date, *, eves_count: bool = False) -> tuple[date, ...]:
    """The days after `first`, up to and including `last`, that are not working days."""
    return tuple(day for day in _days_after(first, last) if not is_working_day(day, eves_count=eves_count))


def eves_between(first: date, last: date) -> tuple[date, ...]:
    """The eves on a weekday after `first`, up to and including `last`: where the county's choice changes the answer."""
    return tuple(day for day in _days_after(first, last) if is_eve(day) and day.weekday() < _SATURDAY)


def public_holidays(year: int) -> tuple[date, ...]:
    """The public holidays and the two eves of a year, in order."""
    return tuple(sorted(_holidays(year)))


def holiday_name(day: date) -> Text | None:
    """What the day is called if it is a public holiday or an eve, else None."""
    names = _holidays(day.year)
    return names.get(day)


def is_office_time(
    moment: datetime, *, opens: time = OFFICE_OPENS, closes: time = OFFICE_CLOSES, eves_count: bool = False
) -> bool:
    """Whether the moment falls on a working day from opening up to, but not including, closing."""
    local = in_helsinki(moment)
    return is_working_day(local.date(), eves_count=eves_count) and opens <= local.time() < closes


def next_working_day_start(
    moment: datetime, *, opens: time = OFFICE_OPENS, closes: time = OFFICE_CLOSES, eves_count: bool = False
) -> datetime:
    """When a contact counts as received: the moment itself in office hours, otherwise when the office next opens.

    Before opening on a working day that is the same day; after closing, on an eve or a weekend the next working day.
    """
    local = in_helsinki(moment)
    if is_office_time(local, opens=opens, closes=closes, eves_count=eves_count):
        return local
    day = local.date()
    if not is_working_day(day, eves_count=eves_count) or local.time() >= closes:
        day = add_working_days(day, 1, eves_count=eves_count)
    return start_of(day, opens)


def start_of(day: date, hour: time = time(0)) -> datetime:
    """That time of day in Finland, midnight by default."""
    return in_helsinki(datetime.combine(day, hour))


def age_on(born: date, day: date, *, leap_birthday: LeapBirthday = "03-01") -> int:
    """Whole years lived on `day`.

    Someone born on 29 February turns a year older on 1 March of a common year, or on 28 February with
    leap_birthday="02-28": the law is silent, so the county chooses. Raises ValueError if born after `day`.
    """
    if born > day:
        raise ValueError(f"born {born:%Y-%m-%d} is after {day:%Y-%m-%d}; check the birth date")
    return day.year - born.year - (day < birthday(born, day.year, leap_birthday=leap_birthday))


def age_if_known(born: date | None, day: date) -> int | None:
    """Whole years of age on `day`, or None when the birth date is not known. Raises ValueError if born after `day`."""
    return None if born is None else age_on(born, day)


def birthday(born: date, year: int, *, leap_birthday: LeapBirthday = "03-01") -> date:
    """The day in `year` on which a year is added to one's age."""
    if (born.month, born.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1) if leap_birthday == "03-01" else date(year, 2, 28)
    return born.replace(year=year)


def _days_after(first: date, last: date) -> Iterator[date]:
    for step in range(1, (last - first).days + 1):
        yield first + timedelta(days=step)


@cache
def _holidays(year: int) -> dict[date, Text]:
    """The library counts the two eves among the public holidays; `is_working_day` takes them out when asked."""
    spoken = [holidays.country_holidays("FI", years=year, language=code) for code in ("fi", "sv_FI", "en_US")]
    return {day: Text(fi=spoken[0][day], sv=spoken[1][day], en=spoken[2][day]) for day in spoken[0]}


def _refuse_negative(count: int) -> None:
    if count < 0:
        raise ValueError(f"a limit is counted forwards; {count} is negative")
