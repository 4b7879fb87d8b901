"""Clocks of a real case in the database: rows, events told once, corrections, pauses."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from luotsi.base.who import SYSTEM
from luotsi.domain.clocks import actions, queries
from luotsi.domain.clocks.models import Clock
from luotsi.domain.clocks.rules import StoryError
from luotsi.domain.events.queries import story_of

from .case import CARE, CONTACT, Case
from .moments import MORNING, at, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    """An adult's matter, opened and assessed on a Monday morning: the limit is 2.6.2026."""
    case = Case(born=date(1980, 5, 5))
    case.happens("case.opened", at=MORNING)
    case.happens("need.assessed", at=MORNING + timedelta(hours=1), outcome="care_needed")
    return case


def told(case: Case) -> list[tuple[str, str]]:
    """The clock events of the case as (kind, line), in the order in which they were written."""
    events = [event for event in story_of([case.id])[case.id] if event.kind.startswith("clock.")]
    return [(event.kind, event.body["line"]) for event in sorted(events, key=lambda event: event.id)]


def row(case: Case, line: str = "primary_care") -> Clock:
    return Clock.objects.get(subject=case.id, line=line)


def test_a_case_has_a_row_for_each_of_its_clocks(case):
    contact, care = row(case, "contact"), row(case)
    assert (contact.state, contact.rule, contact.due_on) == ("met", "CONTACT-SAME-DAY", day("2026-03-02"))
    assert (care.state, care.rule, care.due_on) == ("running", "PHC-3M-2025", day("2026-06-02"))
    assert care.wake_at == at("2026-05-19T00:00")
    assert contact.wake_at is None


def test_starts_and_stops_are_told_once_however_often_the_case_is_followed(case):
    for _ in range(3):
        case.follow(at=MORNING + timedelta(hours=2))
    assert told(case) == [
        ("clock.started", "contact"), ("clock.stopped", "contact"), ("clock.started", "primary_care"),
    ]  # fmt: skip


def test_what_is_told_names_the_rule_its_last_day_and_the_outcome(case):
    case.happens("visit.held", at=at("2026-06-03T10:00"))
    events = {event.kind: event for event in story_of([case.id])[case.id] if event.body.get("line") == "primary_care"}
    assert events["clock.started"].body == {"line": "primary_care", "rule": "PHC-3M-2025", "due": "2026-06-02"}
    assert events["clock.started"].occurred_at == MORNING + timedelta(hours=1)
    assert events["clock.stopped"].body["outcome"] == "late"
    assert events["clock.stopped"].body["on"] == "2026-06-03"
    assert events["clock.stopped"].unit == "sotkamo"


def test_a_declined_lawful_time_is_told_when_it_was_declined_not_in_the_future(case):
    case.happens("booking.offered", at=at("2026-03-03"), booking="b1", starts_at="2026-03-10T10:00:00+02:00")
    case.happens("booking.declined", at=at("2026-03-04"), booking="b1")
    stop = [event for event in story_of([case.id])[case.id] if event.kind == "clock.stopped"][-1]
    assert (stop.occurred_at, stop.body["on"], stop.body["outcome"]) == (at("2026-03-04"), "2026-03-10", "met")


def test_a_case_that_closes_without_care_ends_its_clock(case):
    case.happens("case.closed", at=at("2026-03-05"), reason="moved")
    assert row(case).state == "ended"


def test_a_correction_moves_the_clock_and_withdraws_what_was_told(case):
    assessed = next(event for event in story_of([case.id])[case.id] if event.kind == "need.assessed")
    moved = MORNING + timedelta(hours=26)
    case.happens("need.assessed", at=moved, corrects=assessed.uid, outcome="care_needed")
    care = row(case)
    assert (care.started_at, care.due_on) == (moved, day("2026-06-03"))
    assert told(case)[-2:] == [("clock.started", "primary_care"), ("clock.withdrawn", "primary_care")]
    assert row(case, "contact").state == "late"


def test_a_visit_that_was_recorded_on_the_wrong_case_is_taken_back(case):
    visit = case.happens("visit.held", at=at("2026-03-09"))
    assert row(case).state == "met"
    case.happens("visit.withdrawn", at=at("2026-03-10"), corrects=visit)
    assert (row(case).state, row(case).stopped_at) == ("running", None)
    assert told(case)[-1] == ("clock.withdrawn", "primary_care")
    case.happens("visit.held", at=at("2026-06-20"))
    assert told(case)[-1] == ("clock.stopped", "primary_care")
    assert row(case).state == "late"


def test_the_rule_stays_although_the_birth_date_is_corrected_while_waiting(case):
    case.born = date(2010, 1, 1)
    case.follow(at=at("2026-03-03"))
    assert row(case).rule == "PHC-3M-2025"


def test_without_a_birth_date_the_stricter_limit_runs_and_says_so():
    case = Case(born=None)
    case.happens("need.assessed", at=MORNING, outcome="care_needed")
    assert row(case).rule == "PHC-14D-U23"
    assert "age_unknown" in [step["what"] for step in row(case).because]


def test_a_pause_holds_the_clock_and_its_end_moves_the_last_day(case):
    case.pause("primary_care", "medical_reason", at=at("2026-03-10"))
    assert row(case).paused_since == at("2026-03-10")
    assert row(case).wake_at is None
    case.resume("primary_care", at=at("2026-03-20"))
    assert (row(case).paused_since, row(case).due_on) == (None, day("2026-06-12"))


def test_a_pause_that_the_rule_does_not_admit_leaves_no_trace(case):
    before = len(story_of([case.id])[case.id])
    with pytest.raises(StoryError, match="only for: medical_reason"):
        case.pause("primary_care", "busy", at=at("2026-03-10"))
    with pytest.raises(StoryError, match="no clock of contact is running"):
        case.pause("contact", "medical_reason", at=at("2026-03-10"))
    with pytest.raises(StoryError, match="not paused"):
        case.resume("primary_care", at=at("2026-03-10"))
    assert len(story_of([case.id])[case.id]) == before


def test_an_assessment_before_the_contact_is_refused_and_nothing_is_written():
    case = Case(born=None)
    case.happens("case.opened", at=MORNING)
    with pytest.raises(StoryError, match="before the contact"), transaction.atomic():
        case.happens("need.assessed", at=MORNING - timedelta(hours=1), outcome="care_needed")
    assert row(case, "contact").state == "due_soon"


def test_an_event_in_the_future_is_refused(case):
    case.record("visit.held", at=at("2026-04-01"))
    with pytest.raises(StoryError, match="in the future"), transaction.atomic():
        case.follow(at=at("2026-03-05"))


def test_an_event_that_another_writer_committed_a_moment_later_is_no_future(case):
    case.record("visit.held", at=at("2026-03-05T09:00:02"))
    case.follow(at=at("2026-03-05T09:00:00"))
    assert row(case).state == "met"


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "met", "stopped_at": None},
        {"state": "running", "stopped_at": MORNING},
        {"state": "asleep", "stopped_at": None},
        {"state": "ended", "stopped_at": MORNING, "wake_at": MORNING},
    ],
)
def test_the_database_refuses_a_state_that_contradicts_itself(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.create(subject=uuid4(), line="contact", rule="CONTACT-SAME-DAY", started_at=MORNING, **wrong)


def test_a_list_gets_the_chips_of_all_its_cases_in_one_query(case, django_assert_num_queries):
    other = Case(born=date(2015, 1, 1))
    other.happens("need.assessed", at=MORNING, outcome="care_needed")
    nobody: UUID = uuid4()
    with django_assert_num_queries(1):
        chips = queries.clocks_of([case.id, other.id, nobody], on=day("2026-03-10"))
    assert chips[nobody] == ()
    assert [(chip.line, chip.days_left) for chip in chips[case.id]] == [("contact", -8), ("primary_care", 84)]
    assert [chip.rule for chip in chips[other.id]] == ["PHC-14D-U23"]


def test_a_chip_explains_itself_in_three_languages_and_shows_what_is_not_verified(case):
    case.happens("booking.offered", at=at("2026-03-03"), booking="b1", starts_at="2026-06-09T10:00:00+03:00")
    contact, care = queries.clocks_of([case.id], on=day("2026-03-10"))[case.id]
    assert (contact.verified, contact.is_running, contact.stopped) == (False, False, day("2026-03-02"))
    assert (care.state, care.is_running, care.promised) == ("at_risk", True, day("2026-06-09"))
    assert care.name.fi == "Kiireetön hoito terveysasemalla"
    assert all(sentence.is_complete for sentence in care.because)
    assert care.because[-1].fi == "Luvattu aika ti 9.6.2026 on määräajan jälkeen."


def test_nothing_happens_to_a_subject_without_events():
    assert actions.follow(subject=uuid4(), uses=(CONTACT, CARE), born=None, by=SYSTEM, at=MORNING) == ()
