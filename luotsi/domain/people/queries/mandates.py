"""Who may act for whom, now and before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from luotsi.base.now import today
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people import access
from luotsi.domain.people.definitions import MandateKind, mandate_kinds
from luotsi.domain.people.models import Mandate, Resident


@dataclass(frozen=True)
class MandateView:
    """One right to act for another. `other` is the name of whoever stands at its other end for the reader."""

    id: UUID
    kind: MandateKind
    principal: UUID
    agent: UUID
    principal_name: str
    agent_name: str
    registers: tuple[str, ...]
    source: str
    valid_from: date
    valid_to: date | None
    revoked_at: datetime | None
    is_in_force: bool


@dataclass(frozen=True)
class Agent:
    """Who acted for a resident; `kind` is the mandate by which they did, None when it is not known here."""

    name: str
    kind: MandateKind | None


def guardians_of(resident: UUID) -> list[UUID]:
    """Who acts for the resident as a guardian now. For telling them; nobody's right is asked here. One query."""
    found = Mandate.objects.in_force(today()).filter(principal_id=resident, kind="guardian")
    with as_system():
        return sorted(set(found.values_list("agent_id", flat=True)), key=str)


def agents_of(principal: UUID, acting: Collection[UUID]) -> dict[UUID, Agent]:
    """Those who acted for this resident, by their ids. For nouns above, whose page says who did what."""
    if not acting:
        return {}
    of_principal = Q(principal_id=principal) | Q(principal__joined_into=principal)
    with as_system():  # the other end of a mandate is not among the viewer's own residents
        names = {row.id: f"{row.first_name} {row.last_name}" for row in Resident.objects.filter(id__in=acting)}
        given = Mandate.objects.filter(of_principal, agent_id__in=acting).order_by("recorded_at")
        kinds = {agent: mandate_kinds()[kind] for agent, kind in given.values_list("agent_id", "kind")}
    return {agent: Agent(name, kinds.get(agent)) for agent, name in names.items()}


def who_acted(acting: Collection[UUID], *, viewer: Who) -> dict[UUID, Agent]:
    """The residents who acted for the one in question, for a page that names them to that person. It is logged."""
    if viewer.whose is None:
        return {}
    found = agents_of(viewer.whose, acting)
    events.saw(viewer, residents=list(found), what="mandate", ground=viewer.ground or "own")
    return found


def people_to_act_for(viewer: Who) -> list[MandateView]:
    """Whom this resident may act for today. Read as themselves, also while they act for somebody."""
    if not viewer.is_resident or viewer.id is None:
        return []
    rows = Mandate.objects.in_force(today()).filter(agent_id=viewer.id, principal__died_on=None)
    with as_system():  # the other end of a mandate is not among the viewer's own residents
        found = [
            _view(row) for row in rows.select_related("principal", "agent").order_by("principal__birth_date", "id")
        ]
    for one in found:
        events.saw(viewer, residents=[one.principal], what="mandate", ground=one.kind.key)
    return found


def mandates_about(resident: UUID, *, viewer: Who) -> list[MandateView]:
    """Everybody who may or might act for this resident, the ones in force first. Raises NotAllowed."""
    reason = access.check_relationship(viewer, resident)
    rows = Mandate.objects.filter(principal_id=resident).select_related("principal", "agent").order_by("-recorded_at")
    with as_system():
        found = sorted(map(_view, rows), key=lambda one: not one.is_in_force)
    if found:
        events.saw(viewer, residents=[resident], what="mandate", ground=reason.ground, register=reason.register)
        events.saw(viewer, residents={one.agent for one in found} - {resident}, what="mandate", ground="mandate")
    return found


def name_of_agent(agent: UUID, *, viewer: Who) -> str:
    """The name of whoever is about to be given a right to act, so that the worker sees whom they name. It is logged.

    Raises NotAllowed.
    """
    check_may(viewer, "mandate.record")
    with as_system():
        row = Resident.objects.get(id=agent)
    events.saw(viewer, residents=[agent], what="mandate", ground="mandate")
    return f"{row.first_name} {row.last_name}"


def born_of_agent(agent: UUID, *, viewer: Who) -> date | None:
    """When whoever is about to be given a right to act was born, for judging whether they may have it. The finding of
    them is logged. Raises NotAllowed.
    """
    check_may(viewer, "mandate.record")
    with as_system():
        return Resident.objects.get(id=agent).birth_date


def _view(row: Mandate) -> MandateView:
    is_begun = row.revoked_at is None and row.valid_from <= today()
    return MandateView(
        id=row.id,
        kind=mandate_kinds()[row.kind],
        principal=row.principal_id,
        agent=row.agent_id,
        principal_name=f"{row.principal.first_name} {row.principal.last_name}",
        agent_name=f"{row.agent.first_name} {row.agent.last_name}",
        registers=tuple(row.registers),
        source=row.source,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        revoked_at=row.revoked_at,
        is_in_force=is_begun and (row.valid_to is None or row.valid_to >= today()),
    )
