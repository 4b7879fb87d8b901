"""From a case's events to its clocks."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from luotsi.domain.clocks.definitions import ClockUse
from luotsi.domain.clocks.rules import (
    Declined,
    Ended,
    Fact,
    Paused,
    PromiseCancelled,
    Promised,
    Started,
    Stopped,
    StoryError,
    compose,
)

from .moments import MORNING, at

CONTACT = ClockUse(line="contact", starts="case.opened", stops=("need.assessed",))
CARE = ClockUse(line="primary_care", starts="need.assessed", when={"outcome": "care_needed"}, stops=("visit.held",))
WELFARE = ClockUse(
    line="child_welfare_start", starts="notification.received", stops=("assessment.started",), each_start=True
)
DOCTOR = ClockUse(
    line="primary_care_doctor",
    starts="visit.held",
    when={"doctor_needed": True},
    stops=("visit.held",),
    stops_when={"profession": ("doctor", "specialist")},
)


def fact(kind: str, hours: float = 0, *, corrects: UUID | None = None, uid: UUID | None = None, **body) -> Fact:
    return Fact(uid or uuid4(), kind, MORNING + timedelta(hours=hours), body, corrects)


def starts(*facts: Fact, uses=(CONTACT, CARE)) -> list[tuple[str, datetime]]:
    return [(story.use.line, story.start.at) for story in compose(uses, facts)]


OPENED = fact("case.opened")
ASSESSED = fact("need.assessed", 1, outcome="care_needed")


def test_the_contact_opens_one_clock_and_the_assessment_closes_it_and_opens_the_next():
    contact, care = compose((CONTACT, CARE), (OPENED, ASSESSED, fact("visit.held", 48)))
    assert contact.events == (Started(MORNING), Stopped(ASSESSED.at))
    assert care.events == (Started(ASSESSED.at), Stopped(MORNING + timedelta(hours=48)))


@pytest.mark.parametrize("outcome", ["advice", "urgent"])
def test_advice_and_urgent_care_open_no_care_clock(outcome):
    assert [line for line, _ in starts(OPENED, fact("need.assessed", 1, outcome=outcome))] == ["contact"]


def test_times_offers_and_pauses_become_the_clocks_own_events():
    _, care = compose(
        (CONTACT, CARE),
        (
            OPENED,
            ASSESSED,
            fact("booking.offered", 2, booking="b1", starts_at="2026-03-10T10:00:00+02:00"),
            fact("booking.declined", 3, booking="b1", starts_at="2026-03-10T10:00:00+02:00"),
            fact("booking.cancelled", 4, booking="b2", by="provider"),
            fact("booking.cancelled", 5, booking="b3", by="resident"),
            fact("clock.paused", 6, line="primary_care", reason="medical_reason", by="doctor-1"),
            fact("clock.paused", 6, line="oral_care", reason="medical_reason", by="doctor-1"),
            fact("message.sent", 7),
            fact("case.closed", 8, reason="moved"),
        ),
    )
    assert [type(event) for event in care.events] == [
        Started, Promised, Declined, PromiseCancelled, PromiseCancelled, Paused, Ended,
    ]  # fmt: skip
    assert care.events[1].on == at("2026-03-10T10:00")
    assert [event.by for event in care.events[3:5]] == ["provider", "resident"]
    assert care.events[-1].reason == "moved"


def test_a_cancelling_by_nobody_known_is_not_held_against_the_resident():
    _, care = compose((CONTACT, CARE), (OPENED, ASSESSED, fact("booking.cancelled", 4, booking="b2")))
    assert care.events[1].by == "provider"


def test_a_second_assessment_does_not_restart_a_running_limit():
    again = fact("need.assessed", 30, outcome="care_needed")
    assert starts(OPENED, ASSESSED, again, uses=(CARE,)) == [("primary_care", ASSESSED.at)]


def test_after_the_care_a_new_assessment_opens_a_new_clock():
    again = fact("need.assessed", 30, outcome="care_needed")
    found = starts(OPENED, ASSESSED, fact("visit.held", 20), again, uses=(CARE,))
    assert found == [("primary_care", ASSESSED.at), ("primary_care", again.at)]


def test_every_child_welfare_notification_opens_a_clock_of_its_own():
    facts = (fact("notification.received"), fact("notification.received", 24), fact("assessment.started", 48))
    stories = compose((WELFARE,), facts)
    assert [story.start.at for story in stories] == [MORNING, MORNING + timedelta(hours=24)]
    assert all(isinstance(story.events[-1], Stopped) for story in stories)


def test_only_the_doctors_visit_stops_the_doctors_clock():
    nurse = fact("visit.held", 1, doctor_needed=True, profession="nurse")
    facts = (nurse, fact("visit.held", 5, profession="nurse"), fact("visit.held", 9, profession="doctor"))
    (story,) = compose((DOCTOR,), facts)
    assert story.events == (Started(nurse.at), Stopped(MORNING + timedelta(hours=9)))


def test_a_corrected_event_is_read_as_if_it_had_not_happened():
    corrected = fact("need.assessed", 2, outcome="care_needed", corrects=ASSESSED.uid)
    assert starts(OPENED, ASSESSED, corrected, uses=(CARE,)) == [("primary_care", corrected.at)]


def test_what_was_known_of_the_matter_at_the_start_is_kept():
    as_list = fact("need.assessed", 1, outcome="care_needed", conditions=["excess_justified"])
    as_map = fact("need.assessed", 1, outcome="care_needed", conditions={"excess_justified": False, "other": True})
    assert compose((CARE,), (as_list,))[0].conditions == {"excess_justified": True}
    assert compose((CARE,), (as_map,))[0].conditions == {"excess_justified": False}


def test_an_assessment_before_the_contact_is_refused():
    early = fact("need.assessed", -2, outcome="care_needed")
    with pytest.raises(StoryError, match=r"need.assessed \(02.03.2026 07:10\) is before the contact"):
        compose((CONTACT,), (OPENED, early))


def test_a_visit_before_the_assessment_is_not_the_care_that_the_guarantee_asks():
    (care,) = compose((CARE,), (fact("visit.held", 0.5), ASSESSED))
    assert care.events == (Started(ASSESSED.at),)
