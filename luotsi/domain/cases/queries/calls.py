"""The call list: who waits to be called back, the one whose day is running out first."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from luotsi.base.dates import age_if_known
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.definitions.contacts import calling
from luotsi.domain.cases.models import Assessment, CallAttempt, Case, CaseBooking, CaseContact, CaseQuerySet, Contact
from luotsi.domain.cases.queries.contacts import Call, counts_from
from luotsi.domain.cases.rules.contact import suggests_letter, waits_for_call
from luotsi.domain.clocks import queries as clocks
from luotsi.domain.clocks.queries import ClockChip
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as event_queries
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people import queries as people

CONTACT_LINE = "contact"


@dataclass(frozen=True)
class Waiting:
    """A contact that waits for a call, with the case to which it belongs.

    `chip` is the clock of the same-day duty, None where the kind has none; `counts_from` as in ContactView. `number` is
    "" where a protection order hides it, and where none is known. `story` is how much has happened in the case.
    """

    case: UUID
    contact: UUID
    resident_name: str
    age: int | None
    kind: str
    service: str
    unit: str
    channel: str
    received_at: datetime
    counts_from: datetime | None
    number: str
    is_protected: bool
    has_danger: bool
    calls: tuple[Call, ...]
    suggests_letter: bool
    chip: ClockChip | None
    story: int

    @property
    def due(self) -> date | None:
        return self.chip.due if self.chip and self.chip.is_running else None

    @property
    def agreed(self) -> str:
        """What was agreed at the latest call, if another one was agreed."""
        return self.calls[-1].note if self.calls and self.calls[-1].outcome == "agreed_later" else ""


def call_list(*, viewer: Who, units: Collection[str], at: datetime) -> list[Waiting]:
    """Contacts of these units that wait for a call: danger first, then what is due, then the oldest. Logged as a list.

    Eight queries whatever the length. Raises NotAllowed.
    """
    check_may(viewer, "call.record")
    cases = _unjudged(access.visible_to(viewer).open_in(units))
    pairs = _contacts(cases)
    calls = _calls({contact.id for _, contact in pairs})
    waiting = [(case, contact) for case, contact in pairs if _waits(contact, calls[contact.id])]
    chips = clocks.clocks_of({case.id for case, _ in waiting}, on=local_day(at))
    persons = people.persons({case.resident_id for case, _ in waiting})
    stories = event_queries.how_many_each({case.id for case, _ in waiting})
    shown = [
        _waiting(case, contact, calls[contact.id], people.shown(persons[case.resident_id], viewer), chips, stories, at)
        for case, contact in waiting
    ]
    for register in {case.register for case, _ in waiting}:
        of = {case.resident_id for case, _ in waiting if case.register == register}
        events.saw(viewer, residents=of, what="list", register=register, ground="team")
    return sorted(shown, key=lambda one: (not one.has_danger, one.due or date.max, one.received_at, one.contact))


def waiting_now(*, viewer: Who, units: Collection[str]) -> set[tuple[UUID, int]]:
    """Which contacts wait for a call in these units, and how often each was tried: what an open page asks again and
    again. It names nobody, so nothing is logged. Raises NotAllowed.
    """
    check_may(viewer, "call.record")
    pairs = _contacts(_unjudged(access.visible_to(viewer).open_in(units)))
    calls = _calls({contact.id for _, contact in pairs})
    return {(one.id, len(calls[one.id])) for _, one in pairs if _waits(one, calls[one.id])}


def _unjudged(cases: CaseQuerySet) -> dict[UUID, Case]:
    of_case = {"case": OuterRef("pk")}
    judged = Exists(Assessment.objects.filter(**of_case)) | Exists(CaseBooking.objects.filter(**of_case))
    return {row.id: row for row in cases.with_visits().filter(~judged, is_visited=False).select_related("contact")}


def _contacts(cases: dict[UUID, Case]) -> list[tuple[Case, Contact]]:
    """Each contact with its case: the one that opened it, and those that joined it."""
    own = [(row, row.contact) for row in cases.values() if row.contact is not None]
    joined = CaseContact.objects.filter(case_id__in=cases).select_related("contact")
    return own + [(cases[one.case_id], one.contact) for one in joined]


def _calls(contacts: Collection[UUID]) -> dict[UUID, tuple[Call, ...]]:
    found: dict[UUID, tuple[Call, ...]] = defaultdict(tuple)
    rows = CallAttempt.objects.filter(contact_id__in=contacts).select_related("made_by").order_by("made_at", "id")
    for row in rows:
        found[row.contact_id] += (Call(row.outcome, row.note, row.made_by.name, row.made_at),)
    return found


def _waits(contact: Contact, calls: Collection[Call]) -> bool:
    outcomes = [call.outcome for call in calls]
    return waits_for_call(channel=contact.channel, call_number=contact.call_number, outcomes=outcomes, is_judged=False)


def _waiting(
    case: Case, contact: Contact, calls: tuple[Call, ...], person: people.Person,
    chips: dict[UUID, tuple[ClockChip, ...]], stories: dict[UUID, int], at: datetime,
) -> Waiting:  # fmt: skip
    number = "" if person.is_protected else contact.call_number or person.phone
    return Waiting(
        case=case.id,
        contact=contact.id,
        resident_name=person.name,
        age=age_if_known(person.birth_date, local_day(at)),
        kind=case.kind,
        service=case.service,
        unit=case.unit_id,
        channel=contact.channel,
        received_at=contact.received_at,
        counts_from=counts_from(contact.received_at),
        number=number,
        is_protected=person.is_protected,
        has_danger=contact.has_danger,
        calls=calls,
        suggests_letter=suggests_letter([one.outcome for one in calls], attempts=calling().attempts_before_letter),
        chip=next((chip for chip in chips.get(case.id, ()) if chip.line == CONTACT_LINE), None),
        story=stories[case.id],
    )
