"""Limits that depend on an age nobody knows: the stricter rule with a flag, and counted anew once it is known."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from luotsi import reactions
from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries as case_queries
from luotsi.domain.cases.definitions import case_kinds, referral_routes
from luotsi.domain.cases.models import Case
from luotsi.domain.clocks import actions as clocks
from luotsi.domain.clocks.models import Clock
from luotsi.domain.clocks.queries import clocks_of
from luotsi.domain.events.models import Event
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident
from luotsi.domain.people.queries import births
from tests.factories import MORNING, assessed, contact, resident, worker

pytestmark = pytest.mark.django_db
ADULT, YOUNG = date(1980, 5, 5), date(2010, 5, 5)


@pytest.fixture
def nurse(db: None) -> Any:
    with time_machine.travel(MORNING + timedelta(hours=3), tick=False):
        yield worker()


def undated() -> Resident:
    return people.register_temporary(
        birth_date=None, by=SYSTEM, at=MORNING, first_name="Tuntematon", last_name="Löydetty", municipality="765"
    )


def waiting(person: Resident, nurse: Who) -> Case:
    return assessed(contact(person), nurse)


def care(case: Case) -> Clock:
    return Clock.objects.get(subject=case.id, line="primary_care")


def flags(case: Case) -> set[str]:
    return {chip.line for chip in clocks_of([case.id])[case.id] if chip.is_age_unknown}


def react() -> None:
    """What the worker does with the events, which it reads only when they have been committed."""
    for event in Event.objects.filter(kind__in=["resident.changed", "resident.joined", "resident.separated"]):
        for reaction in reactions.REACTIONS[event.kind]:
            reaction(event, now())


def differences() -> list[Any]:
    uses_of = {key: one.clocks for key, one in {**case_kinds(), **referral_routes()}.items()}
    return clocks.rebuild(uses_of=uses_of, born_of=births, at=now(), check=True, stands=case_queries.standing)


def test_the_stricter_rule_is_followed_and_flagged(nurse: Who) -> None:
    case = waiting(undated(), nurse)
    assert care(case).rule == "PHC-14D-U23"
    assert flags(case) == {"primary_care"}
    assert flags(waiting(resident(ADULT), nurse)) == set()
    started = Event.objects.get(kind="clock.started", subject=case.id, body__line="primary_care")
    assert started.body["age_unknown"] is True
    assert differences() == []


@pytest.mark.parametrize(("born", "rule"), [(ADULT, "PHC-3M-2025"), (YOUNG, "PHC-14D-U23")])
def test_what_is_recorded_chooses_the_rule_anew_and_equals_the_rebuild(nurse: Who, born: date, rule: str) -> None:
    person = undated()
    case = waiting(person, nurse)
    people.record_birth_date(resident=person.id, birth_date=born, by=nurse, at=now())
    react()
    assert (care(case).rule, flags(case)) == (rule, set())
    assert differences() == []
    react()
    starts = Event.objects.filter(kind="clock.started", subject=case.id, body__line="primary_care").order_by("id")
    assert [one.body["rule"] for one in starts] == list(dict.fromkeys(["PHC-14D-U23", rule]))
    assert starts.last().corrects == (starts.first().uid if rule != "PHC-14D-U23" else None)  # type: ignore[union-attr]


def test_a_mistake_in_the_recorded_date_is_mended_in_the_limits_too(nurse: Who) -> None:
    person = undated()
    case = waiting(person, nurse)
    for born, rule in ((ADULT, "PHC-3M-2025"), (YOUNG, "PHC-14D-U23"), (ADULT, "PHC-3M-2025")):
        people.record_birth_date(resident=person.id, birth_date=born, by=nurse, at=now())
        react()
        assert care(case).rule == rule
        assert differences() == []


def test_the_rebuild_alone_finds_what_a_known_date_changes(nurse: Who) -> None:
    person = undated()
    case = waiting(person, nurse)
    people.record_birth_date(resident=person.id, birth_date=ADULT, by=nurse, at=now())
    (found,) = differences()
    assert (found.subject, found.line) == (case.id, "primary_care")
    Clock.objects.filter(subject=case.id).delete()
    assert len(differences()) == 2, "rows that are missing are counted by the date that is known, too"


def test_a_limit_broken_only_by_the_stricter_rule_was_not_broken(nurse: Who) -> None:
    person = undated()
    case = waiting(person, nurse)
    with time_machine.travel(MORNING + timedelta(days=30), tick=False):
        clocks.tick(at=now())
        assert care(case).state == "overdue"
        people.record_birth_date(resident=person.id, birth_date=ADULT, by=nurse, at=now())
        react()
        assert care(case).state == "running"
        told = Event.objects.filter(subject=case.id, body__line="primary_care").order_by("id")
        assert [one.kind for one in told if one.kind in {"clock.missed", "clock.withdrawn"}] == [
            "clock.missed", "clock.withdrawn",
        ]  # fmt: skip
        assert differences() == []


def test_joining_counts_by_the_real_date_and_separating_by_none(nurse: Who) -> None:
    officer, person, real = worker(role="privacy-officer"), undated(), resident(ADULT)
    case, own = waiting(person, nurse), waiting(real, nurse)
    people.join(temporary=person.id, real=real.id, by=officer, at=now())
    react()
    assert (care(case).rule, flags(case)) == ("PHC-3M-2025", set())
    assert differences() == []
    people.separate(temporary=person.id, reason="Toinen henkilö", by=officer, at=now())
    react()
    assert (care(case).rule, flags(case)) == ("PHC-14D-U23", {"primary_care"})
    assert care(own).rule == "PHC-3M-2025"
    assert differences() == []


def test_a_date_after_the_matter_began_cannot_be_right_so_the_stricter_rule_stays(nurse: Who) -> None:
    person = undated()
    case = waiting(person, nurse)
    with time_machine.travel(MORNING + timedelta(days=10), tick=False):
        late = (MORNING + timedelta(days=5)).date()
        people.record_birth_date(resident=person.id, birth_date=late, by=nurse, at=now())
        react()
        assert (care(case).rule, flags(case)) == ("PHC-14D-U23", {"primary_care"})
        assert differences() == []


def test_whoever_may_be_a_minor_may_keep_a_matter_from_guardians(nurse: Who) -> None:
    case = waiting(undated(), nurse)
    assert case_queries.read_case(case.id, viewer=nurse, language="fi", at=now()).age is None
    kept = cases.keep_private(case=case.id, why="Pyysi itse", by=nurse, at=now())
    assert kept.kept_private_at is not None
