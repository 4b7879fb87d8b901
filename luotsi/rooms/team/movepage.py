"""What the page of one visit shows, and the free times to which it can be moved."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from luotsi.base.now import local_day
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.queries import calendar, own
from luotsi.domain.bookings.queries.calendar import Time
from luotsi.domain.bookings.queries.day import DayTime
from luotsi.domain.bookings.rules import MARKS, can
from luotsi.rooms.team.dayboard import what_of
from luotsi.rooms.team.visitwords import no_show_reasons, stage_tone, stage_words, wrong_mark_reasons
from luotsi.rooms.team.words import mode_words
from luotsi.ui.words import bare_time, moment

AHEAD = timedelta(days=60)
_SHOWN, _DAY = 7, "day"  # so many days with free times at once
_IN_PROGRESS = {"arrived", "began"}


@dataclass(frozen=True)
class Choice:
    """One worker's free times, and whose others there are. `slot` is the one that was dragged to."""

    workers: list[tuple[str, str]]
    worker: str
    days: list[dict[str, Any]]
    slot: str
    chosen: str
    later: str  # the address from which on there are more


def choice(found: DayTime, request: HttpRequest, *, at: datetime) -> Choice:
    """The free times of the same kind; of the worker asked for, of the chosen time, or of the one it is with now."""
    visit, viewer = found.visits[0], request.viewer  # type: ignore[attr-defined]
    times = calendar.free_like(
        found.time, viewer=viewer, after=at, before=at + AHEAD, offering=visit.offering, reason=visit.reason
    )
    wanted = request.POST.get("slot") or request.GET.get("slot", "")
    chosen = next((one for one in times if str(one.id) == wanted), None)
    workers = {_who(one): one.name for one in times}
    asked = request.GET.get("who", "")
    worker = _who(chosen) if chosen else asked if asked in workers else _who(found.time)
    worker = worker if worker in workers else next(iter(workers), "")
    mine = [one for one in times if _who(one) == worker]
    start = local_day(chosen.starts_at) if chosen else _start(request, at)
    days = [
        {"day": day, "slots": [{"value": str(one.id), "starts_at": one.starts_at} for one in of_day]}
        for day, of_day in groupby(mine, key=lambda one: local_day(one.starts_at))
        if day >= start
    ]
    rest = days[_SHOWN][_DAY] if len(days) > _SHOWN else None
    later = "?" + urlencode({"who": worker, "from": rest}) if rest else ""
    words = f"{moment(chosen.starts_at)}, {chosen.name}" if chosen else ""
    by_name = sorted(workers.items(), key=lambda one: one[1])
    return Choice(by_name, worker, days[:_SHOWN], str(chosen.id) if chosen else "", words, later)


def _start(request: HttpRequest, at: datetime) -> date:
    """From which day on times are shown; what the address says wrongly is left out."""
    try:
        return date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return local_day(at)


def about(found: DayTime, *, at: datetime) -> dict[str, Any]:
    """Who comes when and to whom, and which steps are possible now."""
    visit, time = found.visits[0], found.time
    state = "made" if visit.stage in _IN_PROGRESS else visit.stage
    is_day, has_begun = local_day(time.starts_at) <= local_day(at), time.starts_at <= at
    mark = visit.stage if visit.stage in MARKS else None
    return {
        "visit": visit,
        "time": time,
        "mark": mark,
        "wrong_reasons": wrong_mark_reasons(mark) if mark else [],  # type: ignore[arg-type]
        "when": f"{moment(time.starts_at)}–{bare_time(time.ends_at)}",
        "what": what_of(time, visit.offering),
        "mode": mode_words(time.mode),
        "state_words": stage_words(visit.stage),
        "state_tone": stage_tone(visit.stage),
        "can_arrive": is_day and visit.stage == "made",
        "can_begin": is_day and visit.stage in {"made", "arrived"},
        "can_hold": is_day and can("hold", state),  # type: ignore[arg-type]
        "can_miss": has_begun and visit.stage == "made",
        "can_move": visit.stage == "made" and time.starts_at > at,
        "can_cancel": visit.stage in {"made", "offered"} and time.starts_at > at,
        "reasons": no_show_reasons(),
        "day_url": day_address(found),
    }


def steps_with(booking: UUID) -> list[str]:
    """When each step of a visit of several is, and what it is for."""
    found = own.visit_of(booking)
    if len(found) < 2:
        return []
    known, language = offerings(), get_language() or "fi"
    return [
        f"{bare_time(one.starts_at)}–{bare_time(one.ends_at)} {known[one.offering].name.in_language(language)}"
        for one in own.steps_at(found)
        if one.offering in known
    ]


def day_address(found: DayTime) -> str:
    """The day of the visit in the calendar."""
    return f"{reverse('calendar-day')}?{urlencode({'unit': found.time.unit, 'from': local_day(found.time.starts_at)})}"


def _who(one: Time) -> str:
    return str(one.staff or one.name)
