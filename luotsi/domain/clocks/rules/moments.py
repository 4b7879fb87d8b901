"""Moments as people write them. Finnish local time unless a zone is told."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from luotsi.base.dates import start_of
from luotsi.base.now import HELSINKI, in_helsinki

YEARS = range(1900, 2201)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def moment_from(value: Any, *, opens: time, is_end: bool = False, is_gap_good: bool = False) -> datetime:
    """A moment from "2026-03-31T09:10" or with a zone; a day alone is when the office opens, or its end (`is_end`).

    Raises ValueError with a sentence: no moment, a year out of reach, or an hour that did not exist because clocks
    were put forward (unless `is_gap_good`: the day, which is what counts, is certain all the same). In the hour that
    comes twice the first is taken.
    """
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a time; write it as 2026-03-31T09:10 or 2026-03-31")
    if _DAY.fullmatch(value):
        day = day_from(value)
        return start_of(day + timedelta(days=1)) - timedelta(seconds=1) if is_end else start_of(day, opens)
    try:
        told = datetime.fromisoformat(value)
        moment = in_helsinki(told)
    except (ValueError, OverflowError):
        raise ValueError(f"{value!r} is not a time; write it as 2026-03-31T09:10 or 2026-03-31") from None
    _check_year(moment.date())
    if told.tzinfo is None and not is_gap_good and _is_in_gap(told):
        raise ValueError(
            f"{value} did not exist in Finland: clocks were put forward over it; write the true time, or with its zone"
        )
    return moment


def day_from(value: Any) -> date:
    """A day from "2026-03-31". Raises ValueError with a sentence."""
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is not a day; write it as 2026-03-31") from None
    _check_year(day)
    return day


def _is_in_gap(told: datetime) -> bool:
    there = told.replace(tzinfo=HELSINKI).astimezone(UTC).astimezone(HELSINKI)
    return there.replace(tzinfo=None) != told


def _check_year(day: date) -> None:
    if day.year not in YEARS:
        raise ValueError(f"{day} is out of reach; years {YEARS[0]} to {YEARS[-1]} can be counted")
