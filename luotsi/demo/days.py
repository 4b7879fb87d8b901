"""The days of the demonstration as columns: which are working days, and Finnish local time to UTC and back.

A moment is a whole number of seconds of local time since midnight before the first day, so that columns of millions of
moments are plain integers. Nothing here happens between 1 and 5 at night, when the clocks change.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from luotsi.base import dates
from luotsi.base.now import HELSINKI, in_helsinki

DAY = 86_400
HOUR = 3_600
MINUTE = 60
NEVER = np.int64(2**60)  # the moment of what has not happened (yet)
Ints = NDArray[np.int64]


class Days:
    """The days from `first` to `last`, numbered from 0; `at` is the present moment of the demonstration.

    The story proper begins on the day numbered `start`. Before it only those had been in touch who still waited then.
    """

    def __init__(self, first: date, last: date, at: datetime, start: date | None = None) -> None:
        self.first, self.last = first, last
        self.start = 0 if start is None else (start - first).days
        self.count = (last - first).days + 1
        self.dates = [first + timedelta(days=number) for number in range(self.count)]
        self.now = self.seconds_of(at)
        self.today = int(self.now // DAY)

    def number(self, day: date) -> int:
        return (day - self.first).days

    @cached_property
    def is_working(self) -> NDArray[np.bool_]:
        return np.array([dates.is_working_day(day) for day in self.dates])

    @cached_property
    def weekday(self) -> Ints:
        return np.array([day.weekday() for day in self.dates])

    @cached_property
    def working(self) -> Ints:
        """The numbers of the working days."""
        return np.flatnonzero(self.is_working)

    def working_after(self, day: Ints, count: Ints | int) -> Ints:
        """The count-th working day after a day; 0 is the day itself, or the next working day if it is none."""
        place = np.searchsorted(self.working, day) + count
        return self.working[np.minimum(place, len(self.working) - 1)]

    def seconds_of(self, moment: datetime) -> int:
        local = in_helsinki(moment)
        return self.number(local.date()) * DAY + local.hour * HOUR + local.minute * MINUTE + local.second

    def grown(self, day: Ints) -> NDArray[np.float64]:
        """How far the story had come on a day: 0 at its beginning, 1 today."""
        return np.clip((day - self.start) / max(self.today - self.start, 1), 0, 1)

    def moment_of(self, seconds: int) -> datetime:
        day, rest = divmod(int(seconds), DAY)
        return in_helsinki(datetime.combine(self.dates[day], time(rest // HOUR, rest % HOUR // MINUTE, rest % MINUTE)))

    def utc(self, seconds: Ints) -> NDArray[np.datetime64]:
        """The moments as UTC timestamps in microseconds."""
        since = np.datetime64(self.first, "us") + seconds.astype("timedelta64[s]")
        return since - self._east_of_utc[self._in_range(seconds // DAY)].astype("timedelta64[s]")

    def local_dates(self, seconds: Ints) -> NDArray[np.datetime64]:
        return np.datetime64(self.first, "D") + (seconds // DAY).astype("timedelta64[D]")

    def is_office_time(self, seconds: Ints) -> NDArray[np.bool_]:
        """Working day, 8 to 16: the county's setting for when a contact counts as received at once."""
        hour = seconds % DAY // HOUR
        return self.is_working[self._in_range(seconds // DAY)] & (hour >= 8) & (hour < 16)

    def next_opening(self, seconds: Ints) -> Ints:
        """The moment itself in office hours, else 8 o'clock of the day on which the office next opens."""
        day = seconds // DAY
        late = (seconds % DAY >= 16 * HOUR) & self.is_working[self._in_range(day)]
        opening = self.working_after(day + late, 0) * DAY + 8 * HOUR
        return np.where(self.is_office_time(seconds), seconds, opening)

    @cached_property
    def _east_of_utc(self) -> Ints:
        noons = [datetime.combine(day, time(12), HELSINKI) for day in self.dates]
        return np.array([int((noon.replace(tzinfo=UTC) - noon).total_seconds()) for noon in noons])

    def _in_range(self, day: Ints) -> Ints:
        return np.clip(day, 0, self.count - 1)
