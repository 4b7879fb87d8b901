"""A day of a unit, or a week of one worker, as a board; and the same as lines to mark and to print."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luotsi.base.now import in_helsinki, local_day
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.queries.calendar import Time
from luotsi.domain.bookings.queries.day import DayTime, Visit
from luotsi.rooms.team.calendarpage import Asked, holiday
from luotsi.rooms.team.visitwords import board_tone, stage_tone, stage_words
from luotsi.rooms.team.words import mode_words, profession_words
from luotsi.ui.words import bare_time, short_day

_NEXT = {"made": "arrived", "arrived": "began", "began": "held"}


def day_columns(times: Iterable[DayTime], asked: Asked, *, at: datetime) -> list[dict[str, Any]]:
    """A column for each worker or thing of the day."""
    by_name: dict[tuple[str, UUID | None], list[DayTime]] = defaultdict(list)
    for one in times:
        by_name[one.time.name, one.time.staff].append(one)
    return [
        {
            "title": name,
            "note": profession_words(found[0].time.profession),
            "url": asked.address(staff=staff) if staff else "",
            "entries": [entry(one, at=at) for one in found],
        }
        for (name, staff), found in sorted(by_name.items(), key=lambda item: (item[0][0], str(item[0][1])))
    ]


def week_columns(times: Iterable[DayTime], asked: Asked, *, at: datetime) -> list[dict[str, Any]]:
    """A column for each day of one worker's week; a Saturday or Sunday only when there is something."""
    by_day: dict[date, list[DayTime]] = defaultdict(list)
    for one in times:
        by_day[local_day(one.time.starts_at)].append(one)
    shown = [
        asked.monday + timedelta(days=step) for step in range(7) if step < 5 or asked.monday + timedelta(step) in by_day
    ]
    return [
        {
            "title": short_day(day),
            "note": holiday(day),
            "url": asked.address(monday=day, of="calendar-day"),
            "entries": [entry(one, at=at) for one in by_day.get(day, [])],
        }
        for day in shown
    ]


def unit_rows(times: Iterable[Time], asked: Asked) -> list[dict[str, Any]]:
    """The week of a whole unit: for each worker how many places of each day are still free."""
    by_name: dict[tuple[str, UUID | None], list[Time]] = defaultdict(list)
    for one in times:
        if not one.is_closed:
            by_name[one.name, one.staff].append(one)
    days = week_days(asked)
    return [
        {
            "name": name,
            "url": asked.address(staff=staff) if staff else "",
            "what": profession_words(found[0].profession),
            "days": [_places(found, day) for day in days],
        }
        for (name, staff), found in sorted(by_name.items(), key=lambda item: (item[0][0], str(item[0][1])))
    ]


def week_days(asked: Asked) -> list[date]:
    return [asked.monday + timedelta(days=step) for step in range(7)]


def entry(one: DayTime, *, at: datetime) -> dict[str, Any]:
    """One time on a board: who comes, or that it is free. A time of many places says how many are left."""
    time, visit = one.time, one.visits[0] if one.visits else None
    begins, ends = in_helsinki(time.starts_at), in_helsinki(time.ends_at)
    shown: dict[str, Any] = {
        "begins": begins.hour * 60 + begins.minute,
        "ends": ends.hour * 60 + ends.minute if ends.date() == begins.date() else 24 * 60 - 1,
        "time": f"{bare_time(time.starts_at)}–{bare_time(time.ends_at)}",
        "label": what_of(time),
        "url": "",
        "moves": "",
        "slot": str(time.id) if time.is_free and time.starts_at > at else "",
    }
    if time.is_closed and not one.visits:
        return shown | {"tone": "closed", "state": pgettext("calendar", "Closed")}
    if time.capacity > 1:
        return shown | {"tone": "free" if time.is_free else "booked", "state": places_words(time)}
    if visit is None:
        return shown | {
            "tone": "free" if time.is_free else "booked",
            "state": _("Free") if time.is_free else _("Booked"),
        }
    more = [stage_words(each.stage) for each in one.visits]
    return shown | _of_visit(visit, time, at=at) | {"state": ", ".join(more)}


def _of_visit(visit: Visit, time: Time, *, at: datetime) -> dict[str, Any]:
    can_move = visit.can_change and visit.stage == "made" and time.starts_at > at
    return {
        "label": visit.name or what_of(time, visit.offering),
        "tone": board_tone(visit.stage),
        "url": reverse("calendar-time", args=[visit.id]) if visit.can_change else "",
        "moves": reverse("calendar-moving", args=[visit.id]) if can_move else "",
    }


def lines(times: Iterable[DayTime], cases: Mapping[UUID, UUID]) -> list[dict[str, Any]]:
    """A line for each visit and one for each time that nobody has; in the order of the clock."""
    found = []
    for one in times:
        about = {
            "time": f"{bare_time(one.time.starts_at)}–{bare_time(one.time.ends_at)}",
            "who": one.time.name,
            "mode": mode_words(one.time.mode),
        }
        found += [about | _line(visit, one.time, cases) for visit in one.visits]
        if one.time.capacity > max(len(one.visits), one.time.taken) and not one.time.is_closed:
            left = places_words(one.time) if one.time.capacity > 1 else _("Free")
            found.append(about | {"visit": None, "what": what_of(one.time), "state": left, "tone": "success"})
        elif not one.visits and one.time.taken:
            found.append(about | {"visit": None, "what": what_of(one.time), "state": _("Booked"), "tone": "neutral"})
    return found


def _line(visit: Visit, time: Time, cases: Mapping[UUID, UUID]) -> dict[str, Any]:
    is_closed = _("Closed, still booked") + ": " if time.is_closed else ""
    return {
        "visit": visit,
        "what": what_of(time, visit.offering),
        "state": is_closed + stage_words(visit.stage),
        "tone": stage_tone(visit.stage),
        "next": _NEXT.get(visit.stage, "") if visit.can_change else "",
        "case": cases.get(visit.id),
    }


def what_of(time: Time, offering: str = "") -> str:
    known = offerings().get(offering or time.offering)
    return known.name.in_language(get_language()) if known else profession_words(time.profession)


def places_words(time: Time) -> str:
    return _("%(free)d free of %(all)d") % {"free": max(time.capacity - time.taken, 0), "all": time.capacity}


def _places(times: Iterable[Time], day: date) -> dict[str, Any]:
    of_day = [one for one in times if local_day(one.starts_at) == day]
    every = sum(one.capacity for one in of_day)
    taken = sum(min(one.taken, one.capacity) for one in of_day)
    return {"day": day, "free": every - taken, "all": every}
