"""A unit's queues as their page and its file show them, and which part of them the worker looks at."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import in_helsinki, local_day
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.definitions.queue import waiting_reasons
from luotsi.domain.bookings.queries.register import SORTS, Place, Sort
from luotsi.domain.bookings.rules.clearing import Standing
from luotsi.domain.cases.definitions import urgencies
from luotsi.domain.organisation import definitions as organisation

_SORT = "queue_sort"  # kept in the session: whoever sorts the queue finds it so again
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Asked:
    """Which of the viewer's units, which queue of it, in which order."""

    unit: str
    offering: str
    sort: Sort

    def address(self, name: str = "queue", **other: str) -> str:
        told = {"unit": self.unit, "offering": self.offering, "sort": self.sort} | other
        return f"{reverse(name)}?{urlencode({key: value for key, value in told.items() if value})}"


def asked(request: HttpRequest) -> Asked:
    """What the address says; what it says wrongly is left out. The order stays until another one is chosen."""
    units = sorted(request.viewer.units)  # type: ignore[attr-defined]
    unit = request.GET.get("unit", "")
    wanted = (request.GET.get("sort", ""), request.session.get(_SORT, ""))
    sort = next((one for told in wanted for one in SORTS if one == told), SORTS[0])
    if request.session.get(_SORT, SORTS[0]) != sort:
        request.session[_SORT] = sort
    key = request.GET.get("offering", "")
    return Asked(unit if unit in units else next(iter(units), ""), key if key in offerings() else "", sort)


def unit_choices(request: HttpRequest) -> list[tuple[str, str]]:
    names = organisation.unit_names()
    units = sorted(request.viewer.units)  # type: ignore[attr-defined]
    return [(key, names[key].in_language(get_language())) for key in units]


def offering_choices(counts: dict[str, int]) -> list[tuple[str, str]]:
    """The queues in which somebody waits, with how many."""
    return [(key, f"{offering_words(key)} ({number})") for key, number in counts.items()]


def sort_choices() -> list[tuple[str, str]]:
    return [
        ("turn", _("Whose turn it is")),
        ("entered", _("Who has waited longest")),
        ("due", _("The limit")),
        ("urgency", _("Urgency")),
    ]


def line(one: Place, at: datetime) -> dict[str, Any]:
    known = urgencies().get(one.urgency)
    reason = waiting_reasons().get(one.why)
    language = get_language()
    return {
        "place": one,
        "what": offering_words(one.offering),
        "days": (local_day(at) - local_day(one.entered_at)).days,
        "urgency": known.name.in_language(language) if known else "",
        "why": reason.name.in_language(language) if reason else "",
        "state": standing_words(one.standing),
        "tone": {"waits": "neutral", "offered": "info", "asked": "info", "silent": "warning"}[one.standing],
        "is_overdue": one.is_overdue(at),
    }


def standing_words(standing: Standing) -> str:
    return {
        "waits": _("Waits"),
        "offered": _("A time is on offer"),
        "asked": _("Asked whether it is still needed"),
        "silent": _("Did not answer: decide"),
    }[standing]


def offering_words(key: str) -> str:
    known = offerings().get(key)
    return known.name.in_language(get_language()) if known else key


def as_csv(places: Iterable[Place], at: datetime) -> bytes:
    """The register without names. Semicolons and a byte order mark, as spreadsheets in Finland read a table; no cell
    begins a formula.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    heads = [_("Turn"), _("For what"), _("Waits since"), _("Days"), _("Why"), _("Urgency"), _("At the latest")]
    writer.writerow([*heads, _("Over the limit"), _("State")])
    for one in places:
        told = line(one, at)
        due = f"{in_helsinki(one.due_at):%Y-%m-%d}" if one.due_at else ""
        cells = [one.turn, told["what"], f"{in_helsinki(one.entered_at):%Y-%m-%d}", told["days"], told["why"]]
        cells += [told["urgency"], due, _("Yes") if told["is_overdue"] else "", told["state"]]
        writer.writerow([_cell(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
