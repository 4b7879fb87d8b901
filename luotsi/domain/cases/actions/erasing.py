"""Documents whose time has passed: each register of each person as a whole, when its rule says so."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.cases.events import DocumentsErased
from luotsi.domain.cases.models import (
    Assessment,
    CallAttempt,
    Case,
    CaseBooking,
    CaseContact,
    Contact,
    Direction,
    Draft,
    Handover,
    Presence,
    Referral,
    ReferralEntry,
    Telling,
    VisitNote,
)
from luotsi.domain.clocks import actions as clocks
from luotsi.domain.events import actions as events
from luotsi.domain.people.definitions import RetentionRule, retention_rules, tables
from luotsi.domain.people.queries.lifetimes import Lifetime
from luotsi.domain.people.rules import kept_from
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.queries import keeping as answers

Register = str


def rule_of(register: Register) -> RetentionRule:
    """How long the documents of a register are kept: the data map says by which rule."""
    by_register = tables()["cases_case"].retention
    assert not isinstance(by_register, str)
    return retention_rules()[by_register[register]]  # type: ignore[index]


def document_rules() -> dict[Register, RetentionRule]:
    return {register: rule_of(register) for register in tables()["cases_case"].registers}


def perhaps_past(*, on: date) -> set[UUID]:
    """Residents with a matter or contact so old that its register may have to go; `erase_documents` says for sure."""
    old, contact = Q(), Q()
    befores = []
    for register, rule in document_rules().items():
        for period in (period for period in rule.until if period.after == "end"):
            before = start_of(kept_from(period, on))
            befores.append((before, register))
            old |= Q(register=register, closed_at__lt=before)
            contact |= Q(received_at__lt=before) if register == "none" else Q()
    found = set(Case.objects.filter(old).values_list("resident_id", flat=True)) if old else set()
    apart = Contact.objects.filter(contact, cases=None, joins=None) if contact else Contact.objects.none()
    for before, register in befores:
        found |= answers.residents_before(before, register)
    return found | set(apart.values_list("resident_id", flat=True))


@transaction.atomic
def erase_documents(people: Collection[Lifetime], *, on: date, at: datetime) -> Counter[tuple[str, str]]:
    """Delete what these persons' registers hold when it is past its time. Answers rows by rule and table.

    A register goes as a whole: the last matter of it, under any id of the person, is what the time is counted from. The
    events stay, so that figures of the past do. Of somebody under a hold nothing goes.
    """
    gone: Counter[tuple[str, str]] = Counter()
    held_by = _registers_of(people)
    past: dict[str, _Documents] = defaultdict(_Documents)
    for life in people:
        for register, held in held_by[life.id].items():
            rule = rule_of(register)
            if life.is_held or not life.is_past(rule, on=on, end=held.end):
                continue
            past[rule.key].add(held)
            fact = DocumentsErased(rule=rule.key, matters=len(held.cases))
            events.record(fact, by=SYSTEM, at=at, resident=life.id, where=events.Dimensions(register=register))
    for key, held in past.items():
        gone.update({(key, table): rows for table, rows in _erase(held).items()})
    return gone


def with_past_documents(people: Collection[Lifetime], *, on: date) -> set[UUID]:
    """Those of these persons of whom a register is past its time, hold or not."""
    held_by = _registers_of(people)
    return {
        life.id
        for life in people
        if any(life.is_past(rule_of(register), on=on, end=held.end) for register, held in held_by[life.id].items())
    }


def documented(residents: Collection[UUID]) -> set[UUID]:
    """Those of these residents of whom a matter, a contact or answers of a care register are still kept."""
    cases = Case.objects.filter(resident_id__in=residents).values_list("resident_id", flat=True)
    contacts = Contact.objects.filter(resident_id__in=residents).values_list("resident_id", flat=True)
    answered = {row.resident for row in answers.of(residents) if row.register != "none"}
    return {*cases, *contacts, *answered}


@dataclass
class _Documents:
    """The matters of one register, contacts that opened none, answers outside any matter, and when each ended:
    None while it is open.
    """

    cases: list[UUID] = field(default_factory=list)
    contacts: list[UUID] = field(default_factory=list)
    responses: list[UUID] = field(default_factory=list)
    ends: list[date | None] = field(default_factory=list)

    @property
    def end(self) -> date | None:
        known = [day for day in self.ends if day is not None]
        return max(known) if known and len(known) == len(self.ends) else None

    def add(self, other: "_Documents") -> None:
        self.cases += other.cases
        self.contacts += other.contacts
        self.responses += other.responses


def _registers_of(people: Collection[Lifetime]) -> dict[UUID, dict[Register, _Documents]]:
    """By person and register."""
    person = {one: life.id for life in people for one in life.ids}
    found: dict[UUID, dict[Register, _Documents]] = defaultdict(lambda: defaultdict(_Documents))
    for row in Case.objects.filter(resident_id__in=person).only("id", "resident_id", "register", "closed_at"):
        held = found[person[row.resident_id]][row.register]
        held.cases.append(row.id)
        held.ends.append(local_day(row.closed_at) if row.closed_at else None)
    alone = Contact.objects.filter(resident_id__in=person, cases=None, joins=None)
    for contact in alone.only("id", "resident_id", "received_at"):
        held = found[person[contact.resident_id]]["none"]
        held.contacts.append(contact.id)
        held.ends.append(local_day(contact.received_at))
    about = {*Case.objects.filter(resident_id__in=person).values_list("id", flat=True)}
    about |= {*Contact.objects.filter(resident_id__in=person).values_list("id", flat=True)}
    for row in (row for row in answers.of(list(person)) if row.subject not in about):
        held = found[person[row.resident]][row.register]
        held.responses.append(row.id)
        held.ends.append(row.ended_on)
    return found


def _erase(held: _Documents) -> Counter[str]:
    """Delete the rows, what hangs on a matter before the matter itself. A contact stays while it has another matter."""
    of_case = {"case_id__in": held.cases}
    times = {*CaseBooking.objects.filter(**of_case).values_list("booking_id", flat=True)}
    times |= {*VisitNote.objects.filter(**of_case, booking__isnull=False).values_list("booking_id", flat=True)}
    contacts = {*Case.objects.filter(id__in=held.cases, contact__isnull=False).values_list("contact_id", flat=True)}
    contacts |= {*CaseContact.objects.filter(**of_case).values_list("contact_id", flat=True)}
    gone = _erase_teamwork(held.cases)
    gone.update(
        cases_visitnote=VisitNote.objects.filter(**of_case).delete()[0],
        cases_casebooking=CaseBooking.objects.filter(**of_case).delete()[0],
        cases_assessment=Assessment.objects.filter(**of_case).delete()[0],
        bookings_booking=bookings.erase(list(times)),
        clocks_clock=clocks.erase([*held.cases, *contacts, *held.contacts]),
        cases_case=Case.objects.filter(id__in=held.cases).delete()[0],
    )
    empty = Contact.objects.filter(id__in=[*contacts, *held.contacts], cases=None, joins=None)
    rows = list(empty.values_list("id", "response_id"))
    gone["cases_callattempt"] = CallAttempt.objects.filter(contact_id__in=[row for row, _ in rows]).delete()[0]
    gone["cases_contact"] = Contact.objects.filter(id__in=[row for row, _ in rows]).delete()[0]
    answers = [*held.responses, *(response for _, response in rows if response)]
    gone.update(questionnaires.erase(answers, subjects=held.cases))
    gone.update(bookings.erase_waiting(held.cases))
    return gone


def _erase_teamwork(cases: Collection[UUID]) -> Counter[str]:
    """What teams wrote around these cases. A referral or direction of another case that opened one of these stays."""
    Referral.objects.filter(opened_id__in=cases).update(opened=None)
    Direction.objects.filter(opened_id__in=cases).update(opened=None)
    sent = list(Referral.objects.filter(case_id__in=cases).values_list("id", flat=True))
    Referral.objects.filter(follows_id__in=sent).exclude(id__in=sent).update(follows=None)
    of_case = {"case_id__in": cases}
    return Counter(
        cases_referralentry=ReferralEntry.objects.filter(referral_id__in=sent).delete()[0],
        cases_referral=Referral.objects.filter(id__in=sent).delete()[0],
        cases_direction=Direction.objects.filter(**of_case).delete()[0],
        cases_handover=Handover.objects.filter(**of_case).delete()[0],
        cases_telling=Telling.objects.filter(**of_case).delete()[0],
        cases_casecontact=CaseContact.objects.filter(**of_case).delete()[0],
        cases_presence=Presence.objects.filter(**of_case).delete()[0],
        cases_draft=Draft.objects.filter(**of_case).delete()[0],
        clocks_clock=clocks.erase(sent),
    )
