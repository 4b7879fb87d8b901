"""Free times for a case: with whom, how, when, and which of them are after the legal limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import queries as bookings
from luotsi.domain.bookings.queries import FreeSlot
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.organisation import definitions as organisation

AT_ONCE = 40  # times on one page
BEYOND = timedelta(days=28)  # how far after the limit, or after today, times are still looked for

With = tuple[str, str]  # unit, profession
USUAL = "visit"  # how people meet unless somebody chooses otherwise


@dataclass(frozen=True)
class FreeTimes:
    """What can be offered now. `first`: when each (unit, profession) has its first time; `chosen` is the one shown.

    `modes` are the ways to meet that the chosen one has times for, `mode` the one shown.
    """

    first: dict[With, datetime]
    chosen: With
    modes: dict[str, datetime]
    mode: str
    slots: tuple[FreeSlot, ...]
    start: date
    later: date | None
    due: date | None

    @property
    def days(self) -> list[dict[str, Any]]:
        """The times by day for the grid. Of several people free at the same moment one stands there."""
        return [
            {"day": day, "slots": [_shown(slot) for slot in _one_each(slots)], "note": self._note(day)}
            for day, slots in groupby(self.slots, key=lambda slot: local_day(slot.starts_at))
        ]

    @property
    def none_in_time(self) -> bool:
        """Whether the first of these times is already after the legal limit."""
        first = self.modes.get(self.mode)
        return self.due is not None and (first is None or local_day(first) > self.due)

    def holds(self, slot: Any) -> bool:
        return any(free.id == slot for free in self.slots)

    def address(self, chosen: With, mode: str = "", start: date | None = None) -> str:
        parts = {"unit": chosen[0], "profession": chosen[1], "mode": mode, "from": start.isoformat() if start else ""}
        return "?" + urlencode({name: value for name, value in parts.items() if value})

    def _note(self, day: date) -> str:
        return _("After the limit") if self.due and day > self.due else ""


def free_times(case: CaseView, request: HttpRequest, *, at: datetime) -> FreeTimes:
    """The times that the address asks for by `unit`, `profession`, `mode` and `from`, a day. Unknown ones fall back."""
    due = case.care_due.due if case.care_due and case.care_due.is_running else None
    today = local_day(at)
    before = start_of(max(due or today, today) + BEYOND)
    found = bookings.first_free(
        units=units_of(case, request.viewer), professions=case.kind.professions, after=at, before=before
    )
    first = _in_order(found, case)
    chosen = _chosen(case, first, request)
    modes = {key[2]: found[key] for key in sorted(found, key=lambda key: key[2] != USUAL) if key[:2] == chosen}
    mode = _mode(modes, request)
    start = max(_as_day(request.GET.get("from", "")) or today, today)
    slots = bookings.free_slots(
        unit=chosen[0],
        professions=[chosen[1]],
        mode=mode,
        after=max(at, start_of(start)),
        before=before,
        limit=AT_ONCE + 1,
    )
    shown, later = _whole_days(slots)
    return FreeTimes(first, chosen, modes, mode, tuple(shown), start, later, due)


def units_of(case: CaseView, viewer: Who) -> list[str]:
    """Whose times may be offered: the case's unit, the viewer's own, and the county-wide ones of the same register."""
    of_register = [unit for unit in organisation.county().units if unit.register == case.kind.register]
    county_wide = [unit.key for unit in of_register if not unit.municipality]
    own = [unit.key for unit in of_register if unit.key in viewer.units]
    return list(dict.fromkeys([case.unit, *own, *county_wide]))


def _chosen(case: CaseView, first: dict[With, datetime], request: HttpRequest) -> With:
    """As asked; otherwise the first profession of the case's own unit that has times."""
    asked = (request.GET.get("unit", ""), request.GET.get("profession", ""))
    if asked[0] in units_of(case, request.viewer) and asked[1] in case.kind.professions:
        return asked
    return next(iter(first), (case.unit, case.kind.professions[0]))


def _mode(modes: dict[str, datetime], request: HttpRequest) -> str:
    """As asked; otherwise in person, or the only way that has times."""
    asked = request.GET.get("mode", "")
    return asked if asked in modes else USUAL if USUAL in modes else next(iter(modes), "")


def _in_order(found: dict[tuple[str, str, str], datetime], case: CaseView) -> dict[With, datetime]:
    """The first time of each in any way of meeting. The case's own unit first, professions in the kind's order."""
    professions = case.kind.professions
    known = sorted({key[:2] for key in found}, key=lambda one: (one[0] != case.unit, one[0], professions.index(one[1])))
    return {one: min(when for key, when in found.items() if key[:2] == one) for one in known}


def _whole_days(slots: list[FreeSlot]) -> tuple[list[FreeSlot], date | None]:
    """The slots of whole days only, and the day from which to go on when there are more."""
    if len(slots) <= AT_ONCE:
        return slots, None
    last = local_day(slots[-1].starts_at)
    whole = [slot for slot in slots if local_day(slot.starts_at) < last]
    return (whole, last) if whole else (slots, last + timedelta(days=1))


def _one_each(slots: Iterable[FreeSlot]) -> Iterable[FreeSlot]:
    moments: dict[datetime, FreeSlot] = {}
    for slot in slots:
        moments.setdefault(slot.starts_at, slot)
    return moments.values()


def _shown(slot: FreeSlot) -> dict[str, Any]:
    return {"value": str(slot.id), "starts_at": slot.starts_at, "full": False}


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
