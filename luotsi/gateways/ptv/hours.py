"""PTV's service hours as ours: by weekday, past midnight, and exceptions by date."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from luotsi.domain.catalogue.definitions import DAYS
from luotsi.domain.catalogue.ports import ToldHours
from luotsi.gateways.ptv.shapes import Hours, Opening

_DAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
_MOST_DAYS = 370


def hours_of(every: Iterable[Hours]) -> tuple[ToldHours, ...]:
    """Hours by agreement (`isReservation`) say nothing of when somebody is there."""
    return tuple(dict.fromkeys(told for one in every if not one.is_reservation for told in _hours(one)))


def _hours(one: Hours) -> Iterator[ToldHours]:
    if one.service_hour_type == "Exceptional":
        yield from _exceptional(one)
    elif one.is_closed:
        return
    elif one.is_always_open or (one.service_hour_type == "DaysOfTheWeek" and not one.opening_hour):
        yield ToldHours("always")
    else:
        yield from _weekly(one)


def _weekly(one: Hours) -> Iterator[ToldHours]:
    """Hours that hold only from one day to another stand instead of the others on all days between them."""
    is_past_midnight = one.service_hour_type == "OverMidnight"
    spans = [
        (weekday, opening.from_, opening.to)
        for opening in one.opening_hour
        if opening.from_ is not None and opening.to is not None
        for weekday in _weekdays(opening, is_past_midnight=is_past_midnight)
    ]
    if one.valid_for_now or not (one.valid_from and one.valid_to):
        yield from (ToldHours("weekly", *span) for span in spans)
        return
    for number in range((one.valid_to - one.valid_from).days + 1)[:_MOST_DAYS]:
        day = one.valid_from + timedelta(days=number)
        that_day = [span for span in spans if span[0] == day.weekday()]
        for _, opens, closes in that_day or [(0, None, None)]:
            yield ToldHours("exceptional", None, opens, closes, day, day)


def _weekdays(opening: Opening, *, is_past_midnight: bool) -> range | list[int]:
    """From one day to another, over Sunday too; past midnight the last day is only when it closes."""
    first = _DAYS.get(opening.day_from.lower())
    if first is None:
        return []
    last = _DAYS.get((opening.day_to or "").lower(), first)
    if is_past_midnight or last == first:
        return [first]
    return [(first + ahead) % len(DAYS) for ahead in range((last - first) % len(DAYS) + 1)]


def _exceptional(one: Hours) -> Iterator[ToldHours]:
    if one.valid_from is None:
        return
    last = max(one.valid_to or one.valid_from, one.valid_from)
    spans = [opening for opening in one.opening_hour if opening.from_ is not None and opening.to is not None]
    if one.is_closed or not spans:
        yield ToldHours("exceptional", first_day=one.valid_from, last_day=last)
        return
    for opening in spans:
        yield ToldHours("exceptional", None, opening.from_, opening.to, one.valid_from, last)
