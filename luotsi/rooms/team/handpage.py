"""What the pages of handing over show: the matters, who may have them, and why some stay where they are."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.cases import access, queries
from luotsi.domain.cases.actions import HandedOver
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.queries import WorklistRow
from luotsi.domain.cases.rules.handover import Refusal
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries as organisation_queries
from luotsi.domain.organisation.rules import may
from luotsi.rooms.team.clocks import shown_clock
from luotsi.rooms.team.lines import mark_of
from luotsi.rooms.team.listforms import HandoverForm


def form_for(request: HttpRequest, chosen: Mapping[UUID, UUID | None], data: Any = None) -> HandoverForm:
    """Whoever works where the matters are, in their register; and the units that could have them whole."""
    rows = rows_of(request, chosen)
    places = {(row.unit, case_kinds()[row.kind].register) for row in rows}
    members = {one.id: one for unit, register in places for one in queries.receivers(unit, register=register, at=now())}
    names, language = organisation.unit_names(), get_language() or "fi"
    here = {unit for unit, register in places}
    units = {key: names[key].in_language(language) for unit in here for key in queries.sister_units(unit)}
    away = organisation_queries.away_on(members, on=today())
    return HandoverForm(members.values(), away, units, data, initial={"to": _substitute(rows)})


def _substitute(rows: list[WorklistRow]) -> str:
    """Whoever substitutes for the one who has all of these, when that one is away: the likeliest receiver."""
    whose = {row.responsible for row in rows}
    if len(whose) != 1 or None in whose:
        return ""
    away = organisation_queries.away_on([one for one in whose if one], on=today())
    return next((str(one.substitute) for one in away.values() if one.substitute), "")


def rows_of(request: HttpRequest, chosen: Mapping[UUID, Any]) -> list[WorklistRow]:
    viewer = request.viewer
    return queries.worklist(viewer=viewer, units=list(viewer.units), at=now(), only=list(chosen))


def lines_of(request: HttpRequest, chosen: Mapping[UUID, UUID | None]) -> list[dict[str, Any]]:
    """The matters that go, with what the form says of each. Who had it stays as the worker saw it."""
    opens = may(request.viewer, "case.read")
    return [
        {
            "name": row.resident_name,
            "clocks": [shown_clock(chip, of="case" if opens else "list") for chip in row.chips if chip.is_running],
            "whose": row.responsible_name,
            "mark": mark_of(row.id, chosen[row.id]),
        }
        for row in rows_of(request, chosen)
    ]


def all_of(request: HttpRequest, whose: str) -> dict[UUID, UUID | None]:
    """Every open matter of one worker on the viewer's lists."""
    viewer = request.viewer
    rows = queries.listed(viewer=viewer, units=list(viewer.units))
    return {row.id: row.responsible for row in rows if row.responsible and str(row.responsible) == whose}


def stayed_of(request: HttpRequest, done: HandedOver) -> list[dict[str, str]]:
    """Which matters stayed and why; one that the viewer no longer sees has no name."""
    names = {row.id: row.resident_name for row in rows_of(request, dict(done.stayed))}
    return [{"name": names.get(case, ""), "why": why_words(why)} for case, why in done.stayed]


def can_open(request: HttpRequest, case: UUID) -> bool:
    return may(request.viewer, "case.read") and access.visible_to(request.viewer).filter(id=case).exists()


def why_words(why: Refusal) -> str:
    return {
        "gone": _("It is no longer on your list."),
        "closed": _("It is closed."),
        "moved": _("Somebody else took it meanwhile. See the list, and try again if it should still go."),
        "not_member": _("The receiver does not work where the matter is."),
        "other_register": _("The unit keeps another register. Send a referral instead."),
        "unchanged": _("It is there already."),
    }[why]
