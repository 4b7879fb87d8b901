"""The referral book: lists of threads, one thread whole, and what a case's page shows of its own."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.bookings import queries as bookings
from luotsi.domain.bookings.actions import CONSULTATION
from luotsi.domain.bookings.queries import FreeSlot
from luotsi.domain.cases import access
from luotsi.domain.cases.definitions import ReferralRoute, referral_routes
from luotsi.domain.cases.models import Case, Referral, ReferralEntry
from luotsi.domain.cases.queries.opened import opened_case
from luotsi.domain.cases.queries.threads import EntryView, ReferralRow, ReferralView
from luotsi.domain.cases.rules import referral as rules
from luotsi.domain.clocks import queries as clocks
from luotsi.domain.clocks.queries import ClockChip
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as event_queries
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries as staff
from luotsi.domain.organisation.rules import NotAllowed, may
from luotsi.domain.people import access as people_access
from luotsi.domain.people import queries as people

View = Literal["received", "sent", "waiting", "all"]
VIEWS: tuple[View, ...] = ("received", "sent", "waiting", "all")
MOST = 500


def referrals(*, viewer: Who, view: View = "received") -> list[ReferralRow]:
    """The threads of the viewer's units, those due first on top. `waiting`: sent by us and not answered yet."""
    rows = _rows_of(viewer, view)[:MOST]
    found = _with_facts(list(rows), viewer)
    shown = [row for row in found if view != "waiting" or row.is_waiting]
    _log(shown, viewer, "list")
    return sorted(shown, key=_due_first)


def count_referrals(*, viewer: Who) -> dict[View, int]:
    """How many stand in each view; of the received and the sent the open ones. Nobody's data, so nothing is logged."""
    return {view: _rows_of(viewer, view).count() for view in VIEWS}


def read_referral(referral: UUID, *, viewer: Who) -> ReferralView:
    """One thread whole. Raises NotAllowed when it does not exist for this viewer; the reading is logged."""
    found = access.referrals_visible_to(viewer).filter(id=referral).first()
    if found is None:
        raise NotAllowed("no such referral for this viewer")
    row = _with_facts([found], viewer)[0]
    _log([row], viewer, "referral")
    route, sides = row.route, access.sides_of(viewer, found)
    with as_system():
        person = people.shown(people.person(found.resident_id), viewer)
    standing = rules.Standing(route.type, row.state)
    cases = access.visible_to(viewer).filter(id__in=[one for one in (found.case_id, found.opened_id) if one])
    open_cases = set(cases.values_list("id", flat=True))
    earlier, later = _chain(found, viewer)
    entries = _entries(found)
    return ReferralView(
        row=row,
        question=found.question,
        urgency=found.urgency,
        sent_by=staff.names_of({found.sent_by_id}).get(found.sent_by_id, ""),
        person=person,
        shows=route.shows,
        case=found.case_id if found.case_id in open_cases else None,
        opened=found.opened_id if found.opened_id in open_cases else None,
        entries=entries,
        steps=tuple(dict.fromkeys(step for side in sides for step in rules.steps(standing, side))),
        is_sender="sender" in sides,
        is_receiver="receiver" in sides,
        earlier=earlier,
        later=later,
    )


def length_of_thread(referral: UUID, *, viewer: Who) -> int:
    """How much has happened in the thread: what an open page asks again and again. It tells nothing of the resident, so
    nothing is written in the log. Raises NotAllowed.
    """
    if not access.referrals_visible_to(viewer).filter(id=referral).exists():
        raise NotAllowed("no such referral for this viewer")
    with as_system():
        return event_queries.how_many(referral)


def referrals_of(case: UUID, *, viewer: Who) -> list[ReferralView]:
    """The threads of one case that is open to the viewer, the newest first, and the one that opened it."""
    if opened_case(case, viewer=viewer) is None:
        return []
    own = list(Referral.objects.filter(case_id=case).order_by("-sent_at").values_list("id", flat=True))
    opened_by = access.referrals_visible_to(viewer).filter(opened_id=case).values_list("id", flat=True)
    return [read_referral(one, viewer=viewer) for one in dict.fromkeys([*own, *opened_by])]


def routes_from(case: UUID, *, viewer: Who) -> list[ReferralRoute]:
    """Where this worker may send this case, in the order of names of their files."""
    row = opened_case(case, viewer=viewer)
    role = organisation.roles().get(viewer.role)
    if row is None or row.closed_at or role is None or not may(viewer, "referral.send"):
        return []
    return [
        route
        for route in referral_routes().values()
        if role.profession in route.from_professions
        and row.register in route.from_registers
        and set(route.to_units) - {row.unit_id}
    ]


def consultation_times(route: ReferralRoute, *, unit: str, after: datetime, before: datetime) -> list[FreeSlot]:
    """Free times at which the receiving unit reads questions. Nobody's data."""
    if not route.is_consultation:
        return []
    return bookings.free_slots(unit=unit, after=after, before=before, mode=CONSULTATION, limit=40)


def consent_to(route: ReferralRoute, resident: UUID, *, viewer: Who) -> str:
    """The resident's word on what the route takes: "yes", "no", or "" when nothing was said or nothing is needed."""
    if not route.consent:
        return ""
    said = people.consents_of(resident, viewer=viewer)
    return next((one.answer for one in said if one.purpose.key == route.consent), "")


def _rows_of(viewer: Who, view: View):  # type: ignore[no-untyped-def]
    """The open threads of a view; "all" has the ended ones too."""
    seen = access.referrals_visible_to(viewer)
    if view == "all":
        return seen.order_by("-sent_at", "id")
    ours = seen.filter(ended_at=None).order_by("sent_at", "id")
    if view == "received":
        return ours.filter(access.received_by(viewer))
    sent = ours.filter(from_unit_id__in=list(viewer.units))
    said = ReferralEntry.objects.filter(step__in=("accepted", "answered")).values("referral_id")
    return sent.exclude(id__in=said) if view == "waiting" else sent


def _with_facts(rows: Sequence[Referral], viewer: Who) -> list[ReferralRow]:
    """Each thread with its state, clock and name: four queries for all."""
    ids = [row.id for row in rows]
    steps: dict[UUID, list[str]] = defaultdict(list)
    written = ReferralEntry.objects.filter(referral_id__in=ids).order_by("written_at", "id")
    for referral, step in written.values_list("referral_id", "step"):
        steps[referral].append(step)
    chips = clocks.clocks_of(ids)
    with as_system():  # the thread shows whom it is about, also where no matter of theirs is open to the reader
        persons = people.persons({row.resident_id for row in rows})
    return [_row(row, steps[row.id], chips.get(row.id, ()), persons[row.resident_id], viewer) for row in rows]


def _row(
    row: Referral, steps: Collection[str], chips: Collection[ClockChip], person: people.Person, viewer: Who
) -> ReferralRow:
    is_received = viewer.is_staff and row.to_unit_id in viewer.units
    return ReferralRow(
        id=row.id,
        case=row.case_id,
        resident_name=person.name,
        is_protected=person.is_protected,
        route=referral_routes()[row.route],
        from_unit="" if is_received and person.is_protected else row.from_unit_id,
        to_unit=row.to_unit_id,
        state=rules.referral_state(steps),
        is_urgent=bool(row.urgency),
        sent_at=row.sent_at,
        ended_at=row.ended_at,
        chips=tuple(chips),
        is_received=is_received,
        repeats=row.follows_id is not None,
    )


def _entries(row: Referral) -> tuple[EntryView, ...]:
    rows = list(row.entries.order_by("written_at", "id"))
    names = staff.names_of({one.written_by_id for one in rows})
    times = bookings.slots([one.slot_id for one in rows if one.slot_id])
    return tuple(
        EntryView(
            step=one.step,
            reason=one.reason,
            note=one.note,
            minutes=one.minutes,
            until=one.until_on,
            slot=times.get(one.slot_id) if one.slot_id else None,
            by=names.get(one.written_by_id, ""),
            at=one.written_at,
        )
        for one in rows
    )


def _chain(row: Referral, viewer: Who) -> tuple[tuple[ReferralRow, ...], tuple[ReferralRow, ...]]:
    """The sendings that this one repeats, oldest first, and those that repeat it."""
    seen = {one.id: one for one in access.referrals_visible_to(viewer).filter(case_id=row.case_id)}
    before, at = [], row.follows_id
    while at in seen and seen[at] not in before:
        before.append(seen[at])
        at = seen[at].follows_id
    after = [one for one in seen.values() if one.follows_id == row.id]
    return tuple(_with_facts(before[::-1], viewer)), tuple(_with_facts(after, viewer))


def _due_first(row: ReferralRow) -> tuple[bool, date, datetime]:
    return row.ended_at is not None, row.due or date.max, row.sent_at


def _log(rows: Sequence[ReferralRow], viewer: Who, what: str) -> None:
    """Write down that these were shown: to the receiver by the referral, to the others by the case's own reason."""
    threads = list(Referral.objects.filter(id__in=[row.id for row in rows]))
    of_others = [] if viewer.is_resident else [one for one in threads if not viewer.units & {one.to_unit_id}]
    reasons = _reasons(of_others, viewer)
    for one in threads:
        ground = (viewer.ground or "own") if viewer.is_resident else reasons.get(one.id, "referral")
        events.saw(viewer, residents=[one.resident_id], what=what, subject=one.id, register=one.register, ground=ground)


def _reasons(threads: Sequence[Referral], viewer: Who) -> dict[UUID, str]:
    """On what ground the case of each thread is open to the worker. At most two queries."""
    if not threads:
        return {}
    registers = dict(Case.objects.filter(id__in={one.case_id for one in threads}).values_list("id", "register"))
    held = people_access.grounds_of(viewer, {one.resident_id for one in threads})
    return {one.id: held.get((one.resident_id, registers[one.case_id]), "consent") for one in threads}
