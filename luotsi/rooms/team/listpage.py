"""The list as its page shows it: the rows of one page, the counts of every part, and what a worker may do with them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.cases import queries
from luotsi.domain.cases.queries import Listed
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries as organisation_queries
from luotsi.domain.organisation.queries import Away
from luotsi.domain.organisation.rules import may
from luotsi.rooms.team import choices, kindwords
from luotsi.rooms.team.choices import ListChoices
from luotsi.rooms.team.lines import Line, digest, line_of
from luotsi.rooms.team.listforms import NarrowingForm, Offered, ViewForm
from luotsi.rooms.team.words import view_names

PAGE_SIZE = 25


@dataclass(frozen=True)
class Shown:
    """One page of the list. `seen` marks what it shows; `scopes` and `views` count the matters of each part."""

    choices: ListChoices
    every: list[Listed]
    page: Page
    scopes: dict[str, int]
    views: dict[str, int]
    away: dict[UUID, Away]
    present: dict[UUID, tuple[str, ...]]
    seen: str

    @property
    def ids(self) -> list[UUID]:
        return [row.id for row in self.page]


def read(request: HttpRequest, wanted: ListChoices) -> Shown:
    """Four questions to the database, however long the list."""
    viewer, at = request.viewer, now()
    every = queries.listed(viewer=viewer, units=list(viewer.units), words=wanted.words, sort=wanted.sort)
    rows = choices.narrowed(every, wanted)
    away = organisation_queries.away_on({row.responsible for row in every if row.responsible}, on=today())
    parts = {scope: choices.in_scope(rows, scope, me=viewer.id, away=away) for scope in choices.SCOPES}
    of_scope = parts[wanted.scope]
    page = Paginator(choices.in_view(of_scope, wanted.view), PAGE_SIZE).get_page(wanted.page)
    present = queries.present_on([row.id for row in page], viewer=viewer, at=at)
    scopes, counts = {scope: len(part) for scope, part in parts.items()}, choices.count_by_view(of_scope)
    seen = digest(page, [*scopes.values(), *counts.values()], present, on=today())
    return Shown(wanted, every, page, scopes, counts, away, present, seen)


def _views(request: HttpRequest) -> list[tuple[str, str]]:
    """The tabs of whoever looks: of matters that are only answered there is the one that waits for an answer."""
    kinds = kindwords.kinds_for(request.viewer)
    states = kindwords.states_for(kinds)
    named = dict(zip(choices.VIEWS, view_names(), strict=True)) | {"new": kindwords.name_of_new(kinds)}
    return [(view, named[view]) for view, held in choices.VIEWS.items() if states & set(held)]


def everything(request: HttpRequest, wanted: ListChoices) -> list[UUID]:
    """Every matter of this part of the list, on all its pages."""
    viewer = request.viewer
    every = queries.listed(viewer=viewer, units=list(viewer.units), words=wanted.words, sort=wanted.sort)
    rows = choices.narrowed(every, wanted)
    away = organisation_queries.away_on({row.responsible for row in rows if row.responsible}, on=today())
    rows = choices.in_scope(rows, wanted.scope, me=viewer.id, away=away)
    return [row.id for row in choices.in_view(rows, wanted.view)]


def context(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    wanted, units = shown.choices, units_of(request)
    return {
        "choices": wanted,
        "seen": shown.seen,
        "scopes": _scopes(shown),
        "tabs": [
            (name, wanted.address(view=view, page="1"), view == wanted.view, shown.views[view])
            for view, name in _views(request)
        ],
        "page": shown.page,
        "lines": _lines(request, shown, units),
        "several_units": len(units) > 1,
        "unit_names": [name for key, name in units.items() if wanted.unit in {"", key}],
        "address": wanted.address(),
        "updated_at": now(),
        "worklist_url": reverse("worklist"),
        "may_hand_over": may(request.viewer, "case.hand_over"),
        "may_take": may(request.viewer, "case.hand_over") and may(request.viewer, "case.read"),
        "away": [one for one in shown.away.values() if wanted.scope == "away"],
    }


def around(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    """What stands around the list and is not refreshed with it: the filters and the kept views."""
    wanted = shown.choices
    held = {row.responsible for row in shown.every if row.responsible}
    names = {str(one): name for one, name in organisation_queries.names_of(held).items()}
    offered = Offered(units_of(request), dict(sorted(names.items(), key=lambda pair: pair[1])), shown.every)
    told = {name: getattr(wanted, name) for name in ("words", *choices.FILTERS)}
    return {
        "filters": NarrowingForm(offered, initial=told),
        "kept_views": [(one, f"{reverse('worklist')}?{one.query}") for one in queries.views_of(request.viewer)],
        "view_form": ViewForm(auto_id="view_%s"),
        "new_contact_url": reverse("people") if may(request.viewer, "person.find") else "",
        "huddle_url": reverse("huddle") if may(request.viewer, "huddle.read") else "",
        "calendar_url": reverse("calendar") if may(request.viewer, "calendar.read") else "",
        "absences_url": reverse("absences") if may(request.viewer, "absence.mark") else "",
    }


def units_of(request: HttpRequest) -> dict[str, str]:
    """The viewer's units with their names, in the order of the county's file."""
    names = organisation.unit_names()
    return {key: name.in_language(get_language()) for key, name in names.items() if key in request.viewer.units}


def _scopes(shown: Shown) -> list[tuple[str, str, bool, int]]:
    names = {"team": _("The team's"), "mine": _("Mine"), "free": _("Nobody's yet"), "away": _("Colleagues away")}
    return [
        (names[scope], shown.choices.address(scope=scope, view="all", page="1"), scope == shown.choices.scope, count)
        for scope, count in shown.scopes.items()
    ]


def _lines(request: HttpRequest, shown: Shown, units: dict[str, str]) -> list[Line]:
    """What stands on this page, whole."""
    viewer, at = request.viewer, now()
    opens = may(viewer, "case.read")
    rows = queries.named(viewer=viewer, units=list(viewer.units), among=list(shown.page), at=at)
    services = catalogue.service_names(get_language(), {row.service for row in rows})
    told = {"services": services, "units": units, "opens": opens, "at": at, "present": shown.present}
    return [line_of(row, viewer, **told) for row in rows]
