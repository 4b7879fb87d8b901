"""What stands on a worker's desk: who else is on a case, drafts, kept views, and to whom a case can be given."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.models import Draft, Presence, SavedView
from luotsi.domain.cases.queries.opened import opened_case
from luotsi.domain.cases.rules.desk import THERE_FOR, thread_form
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries as organisation_queries
from luotsi.domain.organisation.queries import Member
from luotsi.domain.organisation.rules import NotAllowed


@dataclass(frozen=True)
class Written:
    """A form of a case that was half written, as it was typed."""

    form: str
    fields: dict[str, list[str]]
    saved_at: datetime


@dataclass(frozen=True)
class View:
    """A kept view of the list. `query` is the list's own, without the question mark."""

    id: UUID
    name: str
    query: str


def present_on(cases: Collection[UUID], *, viewer: Who, at: datetime) -> dict[UUID, tuple[str, ...]]:
    """The names of the others who have each case open now. For cases that the viewer has been shown. One query."""
    rows = Presence.objects.filter(case_id__in=cases, seen_at__gte=at - THERE_FOR).exclude(staff_id=viewer.id)
    found: dict[UUID, list[str]] = defaultdict(list)
    for case, name in rows.order_by("seen_at").values_list("case_id", "staff__name"):
        found[case].append(name)
    return {case: tuple(names) for case, names in found.items()}


def others_on(case: UUID, *, viewer: Who, at: datetime) -> tuple[str, ...]:
    """The names of the others who have this case open now. Raises NotAllowed."""
    if not access.visible_to(viewer).filter(id=case).exists():
        raise NotAllowed("no such case for this viewer")
    return present_on([case], viewer=viewer, at=at).get(case, ())


def drafts_of(case: UUID, *, viewer: Who) -> dict[str, Written]:
    """What the viewer has half written in this case, by form. Nobody reads another's. One query."""
    rows = Draft.objects.filter(case_id=case, staff_id=viewer.id)
    return {row.form: Written(row.form, row.fields, row.saved_at) for row in rows}


def drafts_of_thread(referral: UUID, *, viewer: Who) -> dict[str, Written]:
    """What the viewer has half written in this thread, by step. Nobody reads another's. One query."""
    rows = Draft.objects.filter(staff_id=viewer.id, form__startswith=thread_form(referral, ""))
    return {row.form.rpartition("-")[2]: Written(row.form, row.fields, row.saved_at) for row in rows}


def views_of(viewer: Who) -> list[View]:
    """The viewer's own kept views, in their order. One query."""
    rows = SavedView.objects.filter(staff_id=viewer.id).order_by("place", "name")
    return [View(*row) for row in rows.values_list("id", "name", "query")]


def receivers(unit: str, *, register: str, at: datetime) -> list[Member]:
    """Who in the unit can be given a case of this register: those whose role opens records. One query."""
    members = organisation_queries.members_of([unit], on=local_day(at), register=register)
    return [one for one in members if organisation.roles()[one.role].grounds]


def sister_units(unit: str) -> list[str]:
    """Other units of the same register, to which a case can be handed whole, in the order of the county's file."""
    units = organisation.units()
    return [key for key, known in units.items() if key != unit and known.register == units[unit].register != "none"]


@dataclass(frozen=True)
class Hands:
    """In whose hands a case is, since when, and the way it came there, the newest first."""

    staff: UUID | None
    name: str
    since: datetime | None
    way: tuple["Passed", ...]


@dataclass(frozen=True)
class Passed:
    """One handover. A name is "" for nobody in particular. The units are not told: a protection order may hide them."""

    at: datetime
    by: str
    to_name: str
    note: str


def hands_of(case: UUID, *, viewer: Who) -> Hands:
    """Who has the case now, and how it came to them. Raises NotAllowed."""
    row = opened_case(case, viewer=viewer)
    if row is None:
        raise NotAllowed("no such case for this viewer")
    passed = row.handovers.select_related("made_by", "to_staff").order_by("-made_at", "-id")
    way = tuple(
        Passed(one.made_at, one.made_by.name, one.to_staff.name if one.to_staff else "", one.note) for one in passed
    )
    return Hands(row.responsible_id, row.responsible.name if row.responsible else "", row.responsible_since, way)


def count_by_worker(*, viewer: Who, units: Collection[str]) -> dict[UUID, int]:
    """How many open cases of these units each worker has. One query."""
    rows = access.listed_to(viewer).open_in(units).filter(responsible__isnull=False)
    return dict(rows.order_by().values_list("responsible_id").annotate(Count("id")))
