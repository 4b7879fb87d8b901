"""Rows and events of the demonstration tell the same, as if every action had been taken one by one."""

import importlib
from collections import Counter, defaultdict
from dataclasses import fields, is_dataclass
from pkgutil import iter_modules
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Count, F, Q

from luotsi.demo import cast, prepare
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.definitions import case_kinds, referral_routes
from luotsi.domain.cases.events import StageDone
from luotsi.domain.cases.models import (
    Assessment,
    CallAttempt,
    Case,
    CaseBooking,
    CaseContact,
    Contact,
    Direction,
    Handover,
    Referral,
    ReferralEntry,
    Telling,
    VisitNote,
)
from luotsi.domain.clocks import actions as clocks
from luotsi.domain.clocks.models import Clock
from luotsi.domain.events.models import Event
from luotsi.domain.people import queries as people
from luotsi.domain.people.models import Resident
from luotsi.domain.questionnaires.models import Response
from tests.demo.conftest import AT, FEW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def rebuilt() -> list[clocks.Difference]:
    return clocks.rebuild(
        uses_of={key: one.clocks for key, one in {**case_kinds(), **referral_routes()}.items()},
        at=AT,
        check=True,
        born_of=lambda residents: {one.id: one.birth_date for one in people.persons(residents).values()},
    )


def test_every_clock_is_what_its_events_say() -> None:
    assert Clock.objects.count() > 1_000
    assert {"running", "met", "late", "ended"} <= set(Clock.objects.values_list("state", flat=True))
    assert rebuilt() == []


def test_a_clock_that_is_not_is_noticed() -> None:
    row = Clock.objects.filter(state="met", line="contact").first()
    assert row is not None
    Clock.objects.filter(id=row.id).update(state="late")

    assert [(found.subject, found.line) for found in rebuilt()] == [(row.subject, "contact")]


def test_the_state_of_every_case_is_what_its_events_say() -> None:
    told: dict[UUID, list[Event]] = defaultdict(list)
    for event in Event.objects.exclude(subject=None).order_by("occurred_at", "id"):
        told[event.subject].append(event)
    states = Counter()
    for case in Case.objects.order_by("id")[:400]:
        state = cases.state_of(case)
        states[state] += 1
        assert state == state_told(told[case.id]), case.id
    open_ones = Case.objects.filter(closed_at=None)
    states.update(cases.state_of(case) for case in open_ones if cases.state_of(case) == state_told(told[case.id]))
    assert {"new", "under_way", "assessed", "offered", "booked", "visited", "closed"} <= set(states)
    assert open_ones.count() > 15


JUDGED = {stage.event for kind in case_kinds().values() for stage in kind.stages}


def state_told(events: list[Event]) -> str:
    """The state by a reading of its own: what is said last of each thing, the weightiest first."""
    last = {event.kind: event for event in events}
    judged = [event for event in events if event.kind in JUDGED]
    if "case.closed" in last:
        return "closed"
    if not judged:
        return "new"
    if standing := time_told(events):
        return standing
    if judged[-1].kind != "need.assessed":
        return "under_way"
    return "visited" if "visit.held" in last else need_told(judged[-1])


def time_told(events: list[Event]) -> str:
    standing = {event.body["booking"]: event.kind for event in events if event.body.get("booking")}
    known = (("booking.made", "booked"), ("booking.offered", "offered"))
    return next((state for kind, state in known if kind in standing.values()), "")


def need_told(judged: Event) -> str:
    if judged.body["decision"] in {"referred", "purchased", "group", "plan", "guided"}:
        return "arranged"
    return "urgent" if judged.urgency == "urgent" else "assessed"


def rows_of_many() -> dict[str, int]:
    """Events that a county has many of, and how many rows say the same."""
    return {
        "resident.registered": Resident.objects.count(),
        "contact.received": Contact.objects.count(),
        "case.opened": Case.objects.count(),
        "need.assessed": Assessment.objects.filter(stage="need").count(),
        "urgency.judged": Assessment.objects.filter(stage="urgency").count(),
        "assessment.started": Assessment.objects.filter(stage="start").count(),
        "contact.joined": CaseContact.objects.count(),
        "demand.classed": Contact.objects.exclude(demand="").count(),
        "call.made": CallAttempt.objects.count(),
        "case.handed_over": Handover.objects.count(),
        "party.told": Telling.objects.count(),
        "questionnaire.completed": Response.objects.exclude(collection__is_anonymous=True).count(),
        "booking.offered": CaseBooking.objects.count(),
        "booking.made": Booking.objects.exclude(accepted_at=None).count(),
        "booking.declined": Booking.objects.exclude(declined_at=None).count(),
        "booking.cancelled": Booking.objects.exclude(cancelled_at=None).count(),
        "case.closed": Case.objects.exclude(closed_at=None).count(),
        "clock.started": Clock.objects.count(),
        "clock.stopped": Clock.objects.exclude(stopped_at=None).count(),
        "clock.missed": Clock.objects.filter(state__in=["overdue", "late"]).count(),
    }


def rows_of_few() -> dict[str, int]:
    return {
        "assessment.completed": Assessment.objects.filter(stage="assessment").count(),
        "decision.made": Assessment.objects.filter(stage="decision").count(),
        "decision.carried_out": Assessment.objects.filter(stage="carried_out").count(),
        "referral.sent": Referral.objects.count(),
        "referral.moved": ReferralEntry.objects.count(),
        "service.directed": Direction.objects.count(),
        "service.followed": Direction.objects.exclude(result="").count(),
    }


def test_there_is_a_row_for_every_event_and_an_event_for_every_row() -> None:
    kinds = Counter(Event.objects.values_list("kind", flat=True))
    visits = Event.objects.filter(kind="visit.held")
    pairs, seldom = rows_of_many(), rows_of_few()

    assert {kind: kinds[kind] for kind in pairs} == pairs
    assert min(pairs.values()) > 10
    assert {kind: kinds[kind] for kind in seldom} == seldom
    assert visits.exclude(body__booking=None).count() == Booking.objects.exclude(held_at=None).count()
    assert visits.filter(subject__in=Case.objects.values("id")).count() == VisitNote.objects.count()
    of_the_household = {
        "protection.changed",
        "case.kept_private",
        "resident.changed",
        "emergency.opened",
        "mandate.given",
        "consent.given",
        "absence.marked",
    }
    of_days = {"days.granted", "days.wished", "days.given", "days.not_given", "visit.arrived"}
    of_queues = {"waiting.joined", "waiting.asked", "waiting.invited", "recall.begun"}
    of_rounds = {"collection.opened", "questionnaire.invited", "feedback.answered"}
    of_home_care = {"home_visit.asked", "rounds.laid", "rounds.given", "booking.kept", "qualification.recorded"}
    of_counters = {"number.taken", "number.called", "number.ended"}
    of_groups = {"group.planned", "group.decided", "heads.counted", "visit.missed"}
    of_guides = {"guide.drafted", "guide.changed", "guide.published"}
    told = {*pairs, *seldom, *of_the_household, *of_rounds, *of_queues, *of_groups, *of_guides}
    assert set(kinds) - told - of_days - of_home_care - of_counters == {
        "visit.held",
        "assignment.granted",
        "demonstration.made",
        "rows.mended",
        "plan.made",
        "thing.added",
    }


def named(fact: Any) -> frozenset[str]:
    return frozenset(field.name for field in fields(fact) if field.name != "kind")


def test_events_say_what_their_nouns_say() -> None:
    """A body has exactly the fields of a dataclass that records such an event."""
    known: dict[str, set[frozenset[str]]] = defaultdict(set)
    for noun in ("cases", "bookings", "clocks", "questionnaires", "people", "organisation", "catalogue", "events"):
        module = importlib.import_module(f"luotsi.domain.{noun}.events")
        parts = [
            module,
            *(
                importlib.import_module(part.name)
                for part in iter_modules(getattr(module, "__path__", []), f"{module.__name__}.")
            ),
        ]
        facts = [
            one for part in parts for one in vars(part).values() if is_dataclass(one) and getattr(one, "kind", None)
        ]
        for fact in facts:
            known[fact.kind].add(named(fact))
    for stage in JUDGED - {"need.assessed"}:
        known[stage].add(named(StageDone))
    known["demonstration.made"].add(named(prepare.DemonstrationMade))
    kinds = list(Event.objects.order_by("kind").values_list("kind", flat=True).distinct())

    assert len(kinds) >= 15
    for kind in kinds:
        bodies = Event.objects.filter(kind=kind).order_by("-id")[:50]
        assert {frozenset(event.body) for event in bodies} <= known[kind], kind


def test_events_of_a_case_carry_what_figures_are_broken_down_by() -> None:
    of_cases = Event.objects.filter(subject__in=Case.objects.values("id"))

    assert of_cases.count() > 10_000
    for name in ("unit", "service", "case_kind", "register", "municipality", "language"):
        assert not of_cases.filter(**{name: ""}).exists(), name
    assert not of_cases.filter(resident=None).exists()
    assert not of_cases.filter(actor_kind="staff").filter(Q(profession="") | Q(actor_id=None)).exists()
    assert not of_cases.filter(actor_kind="resident").exclude(actor_id=F("resident")).exists()


def test_a_slot_is_taken_as_often_as_it_was_given() -> None:
    standing = Count("bookings", filter=Q(bookings__declined_at=None, bookings__cancelled_at=None))
    asked = set(ReferralEntry.objects.exclude(slot=None).values_list("slot_id", flat=True))  # places of questions
    slots = Slot.objects.annotate(given=standing).exclude(id__in=asked)

    assert slots.filter(taken=1).count() > 1_000
    assert slots.filter(taken=0, starts_at__gt=AT).count() > 500
    assert not slots.exclude(taken=F("given")).exists()


def test_nothing_has_happened_yet_that_lies_ahead() -> None:
    newest = Event.objects.order_by("-occurred_at").values_list("occurred_at", flat=True)[0]

    assert newest <= AT
    assert not Event.objects.filter(recorded_at__lt=F("occurred_at")).exists()
    assert Slot.objects.filter(starts_at__gt=AT, taken=1).count() > 20


def test_indexes_and_keys_stand_after_the_load() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'cases_case'::regclass")
        constraints = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'events_event'")
        indexes = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'events_event'::regclass")
        triggers = dict(cursor.fetchall())

    assert {"cases_case_pkey", "case_closed_with_reason"} <= constraints
    assert sum("fk" in name for name in constraints) == 5
    assert {"event_subject", "event_kind", "event_xid"} <= indexes
    assert triggers["events_hint"] == triggers["events_append_only"] == "O"


def test_there_are_as_many_residents_as_asked_and_the_cast() -> None:
    assert Resident.objects.count() == FEW + len(cast.RESIDENTS) + 2  # a nurse, and one with a thread
