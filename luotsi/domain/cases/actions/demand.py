"""One tap: why somebody got in touch, as value or failure demand."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.road import dimensions
from luotsi.domain.cases.definitions.contacts import demands
from luotsi.domain.cases.events import DemandClassed
from luotsi.domain.cases.models import Case, Contact
from luotsi.domain.cases.rules.contact import BadContact
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as event_queries
from luotsi.domain.organisation.rules import NotAllowed


@transaction.atomic
def class_demand(
    *, case: UUID, contact: UUID, demand: str, by: Who, at: datetime, suggested: str = "", seen: str | None = None
) -> Contact:
    """Say what kind of demand a contact of this case was; "" takes the earlier answer back. Saying it again changes
    nothing, another one replaces it, and each stands in the history with what had been suggested.

    `seen` is the answer that the page showed. Raises NotPossible when somebody else has given another one since;
    NotAllowed, BadContact (no such key on the shelf).
    """
    row = access.visible_to(by).filter(id=case).first()
    if row is None:
        raise NotAllowed("no such case for this worker")
    access.check_write(by, row, "demand.class")
    known = demands()
    if demand and demand not in known:
        raise BadContact("unknown_demand", "demand")
    found = _contact_of(row, contact)
    if found.demand == demand:
        return found
    _check_seen(found, seen, by)
    found.demand = demand
    found.demand_by_id, found.demand_at = (by.id, at) if demand else (None, None)
    found.save(update_fields=["demand", "demand_by", "demand_at"])
    fact = DemandClassed(
        demand=demand,
        is_failure=bool(demand) and known[demand].is_failure,
        suggested=suggested if suggested in known else "",
    )
    where = replace(dimensions(row, by=by), channel=found.channel, unit=found.unit_id)
    events.record(fact, by=by, at=at, subject=found.id, resident=found.resident_id, where=where)
    return found


def _check_seen(found: Contact, seen: str | None, by: Who) -> None:
    """The answer is an event of the contact, so the case's own story does not tell of it."""
    if seen is None or found.demand == seen:
        return
    said = event_queries.story_of([found.id], kinds=[DemandClassed.kind])[found.id]
    if said and said[-1].actor_id != by.id:
        raise rules.NotPossible("somebody else has said meanwhile why the person got in touch")


def _contact_of(case: Case, contact: UUID) -> Contact:
    """The contact, locked. Raises NotAllowed when it is not one of this case."""
    found = Contact.objects.select_for_update().filter(id=contact).first()
    is_of = found is not None and (case.contact_id == found.id or found.joins.filter(case=case).exists())
    if found is None or not is_of:
        raise NotAllowed("no such contact in this case")
    return found
