"""The contacts of one case: who got in touch, when, what they said, how they were called back, and why they did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luotsi.base.dates import next_working_day_start
from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.definitions.contacts import calling, demands
from luotsi.domain.cases.models import Case, Contact
from luotsi.domain.cases.queries.notifiers import hides_sender
from luotsi.domain.cases.queries.opened import opened_case
from luotsi.domain.cases.rules.contact import BadContact, suggests_letter, waits_for_call
from luotsi.domain.cases.rules.demand import Suggestion, suggest
from luotsi.domain.clocks.definitions import clock_settings
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import queries as people
from luotsi.domain.people.access import relationship_of
from luotsi.domain.people.actions.relationships import same_person
from luotsi.domain.questionnaires.queries import forms


@dataclass(frozen=True)
class Call:
    """An attempt to call back. `outcome` is a key of content/call_outcomes."""

    outcome: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ContactView:
    """A contact as its case's page shows it.

    `counts_from` is when it counts as received, None when that is the true time. `call_number` is "" where a protection
    order hides it (`is_number_hidden`); `sender_name` is "" in child welfare, where it is shown when
    asked for (`is_sender_hidden`). `suggestion` is what its words suggest as the demand, while nobody has said.
    `is_first`: it opened the case, others joined.
    """

    id: UUID
    is_first: bool
    channel: str
    sender: str
    sender_name: str
    is_sender_hidden: bool
    told: str
    received_at: datetime
    counts_from: datetime | None
    written_by: str
    call_number: str
    is_number_hidden: bool
    has_danger: bool
    demand: str
    demand_by: str
    suggestion: Suggestion | None
    calls: tuple[Call, ...]
    waits_for_call: bool
    suggests_letter: bool


@dataclass(frozen=True)
class Joinable:
    """An open case of the same person and kind, to which a further contact may belong. `unit` may be another one's."""

    id: UUID
    kind: str
    service: str
    unit: str
    opened_at: datetime


def contacts_of(case: UUID, *, viewer: Who) -> tuple[ContactView, ...]:
    """The contact that opened the case, then those that joined it in their order. Raises NotAllowed; logged."""
    row = _visible(case, viewer)
    reason = relationship_of(viewer, row.resident_id, register=row.register)
    events.saw(
        viewer, residents=[row.resident_id], what="case", subject=row.id, register=row.register,
        ground=reason.ground if reason else "",
    )  # fmt: skip
    hides = people.hides_place(people.person(row.resident_id), viewer)
    joined = Contact.objects.filter(joins__case=row).order_by("joins__joined_at")
    ids = [row.contact_id, *joined.values_list("id", flat=True)]
    found = Contact.objects.filter(id__in=ids).select_related("response", "written_by", "demand_by")
    by_id = {one.id: one for one in found.prefetch_related("calls__made_by")}
    is_judged = row.closed_at is not None or row.assessments.exists()
    has_hours = any(use.line == "contact" for use in case_kinds()[row.kind].clocks)  # social care counts the true time
    return tuple(
        _view(
            by_id[one], is_first=one == row.contact_id, is_judged=is_judged, hides=hides, has_office_hours=has_hours,
        )
        for one in dict.fromkeys(ids) if one in by_id
    )  # fmt: skip


def to_join(resident: UUID, *, viewer: Who, kind: str = "", but: UUID | None = None) -> tuple[Joinable, ...]:
    """Open cases of the person that the viewer may open, the oldest first: of one kind, or of any. Logged."""
    cases = access.visible_to(viewer).filter(resident_id__in=same_person(resident), closed_at=None)
    cases = cases.filter(kind=kind) if kind else cases
    rows = [row for row in cases.order_by("opened_at") if row.id != but and _may_take_more(row, viewer)]
    for row in rows:
        reason = relationship_of(viewer, row.resident_id, register=row.register)
        events.saw(
            viewer, residents=[row.resident_id], what="list", subject=row.id, register=row.register,
            ground=reason.ground if reason else "",
        )  # fmt: skip
    return tuple(Joinable(row.id, row.kind, row.service, row.unit_id, row.opened_at) for row in rows)


def is_joinable(case: UUID, *, viewer: Who) -> bool:
    """Whether the case is still only a contact, so that it can be joined to an earlier one. Raises NotAllowed."""
    row = _visible(case, viewer)
    return (
        row.contact_id is not None
        and row.closed_at is None
        and not (row.assessments.exists() or row.times.exists() or row.visit_notes.exists())
    )


def joinable_place(case: UUID, *, viewer: Who) -> dict[str, str]:
    """The service, kind and unit of a case that a contact joins. Raises BadContact: it is no longer open."""
    row = access.visible_to(viewer).filter(id=case, closed_at=None).first()
    if row is None:
        raise BadContact("is_closed", "joins")
    return {"service": row.service, "kind": row.kind, "unit": row.unit_id}


def counts_from(received_at: datetime) -> datetime | None:
    """When a contact counts as received; None when it came in office hours (HE 74/2022, reasons for section 51)."""
    settings = clock_settings()
    counted = next_working_day_start(
        received_at, opens=settings.office_opens, closes=settings.office_closes, eves_count=settings.eves_count
    )
    return counted if counted != received_at else None


def words_of(contact: Contact) -> str:
    """What the person said in their own words: what a worker wrote down, or the free answers of the form."""
    if contact.response is None:
        return contact.told
    asked = forms.known(contact.response.questionnaire, contact.response.version)
    items = asked.every_item if asked else ()
    free = [contact.response.answers.get(item.key) for item in items if item.type in {"text", "long_text"}]
    return ". ".join(str(answer) for answer in free if answer)


def _visible(case: UUID, viewer: Who) -> Case:
    row = opened_case(case, viewer=viewer)
    if row is None:
        raise NotAllowed("no such case for this viewer")
    return row


def _may_take_more(row: Case, viewer: Who) -> bool:
    reason = relationship_of(viewer, row.resident_id, register=row.register)
    ground = reason.ground if reason else ""
    is_request = case_kinds()[row.kind].is_request
    return not is_request and access.can_write(viewer, "contact.register", unit=row.unit_id, ground=ground)


def _view(row: Contact, *, is_first: bool, is_judged: bool, hides: bool, has_office_hours: bool) -> ContactView:
    calls = tuple(
        Call(one.outcome, one.note, one.made_by.name, one.made_at)
        for one in sorted(row.calls.all(), key=lambda call: call.made_at)
    )
    outcomes: Sequence[str] = [call.outcome for call in calls]
    waits = waits_for_call(channel=row.channel, call_number=row.call_number, outcomes=outcomes, is_judged=is_judged)
    return ContactView(
        id=row.id,
        is_first=is_first,
        channel=row.channel,
        sender=row.sender,
        sender_name="" if hides_sender(row.register) else row.sender_name,
        is_sender_hidden=hides_sender(row.register) and bool(row.sender_name),
        told=row.told,
        received_at=row.received_at,
        counts_from=counts_from(row.received_at) if has_office_hours else None,
        written_by=row.written_by.name if row.written_by else "",
        call_number="" if hides else row.call_number,
        is_number_hidden=hides and bool(row.call_number),
        has_danger=row.has_danger,
        demand=row.demand,
        demand_by=row.demand_by.name if row.demand_by else "",
        suggestion=None if row.demand else suggest(words_of(row), row.language, demands()),
        calls=calls,
        waits_for_call=waits,
        suggests_letter=waits and suggests_letter(outcomes, attempts=calling().attempts_before_letter),
    )
