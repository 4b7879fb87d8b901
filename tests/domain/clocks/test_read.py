"""Where a clock stands: every state, who is to blame for a delay, pauses, and stories that cannot have happened."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.base.now import local_day
from luotsi.domain.clocks.rules import (
    Declined,
    Ended,
    Paused,
    PromiseCancelled,
    Promised,
    Resumed,
    Started,
    Stopped,
    StoryError,
    read_clock,
)

from .moments import MORNING, at, day, rule

ADULT = rule("PHC-3M-2025")  # from 2.3.2026 to 2.6.2026
YOUNG = rule("PHC-14D-U23")  # from 2.3.2026 to 16.3.2026
START = Started(MORNING)


def read(*story, now, asked=YOUNG):
    return read_clock(asked, (START, *story), at=at(now))


def kinds(reading) -> list[str]:
    return [step.what for step in reading.because_now]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-03-02T09:10", "running"),
        ("2026-03-12T23:59", "running"),
        ("2026-03-13T00:00", "due_soon"),
        ("2026-03-16T23:59", "due_soon"),
        ("2026-03-17T00:00", "overdue"),
        ("2027-01-01", "overdue"),
    ],
)
def test_a_clock_runs_becomes_due_soon_and_is_overdue_from_the_day_after_the_last(now, state):
    assert read(now=now).state == state


def test_a_booking_does_not_stop_the_clock_but_calms_it_until_its_day_has_passed():
    promised = Promised(at("2026-03-03"), at("2026-03-14T10:00"), "b1")
    assert read(promised, now="2026-03-14").state == "running"
    assert read(promised, now="2026-03-15").state == "due_soon"
    assert read(promised, now="2026-03-17").state == "overdue"


def test_a_time_promised_after_the_last_day_puts_the_clock_at_risk():
    reading = read(Promised(at("2026-03-03"), at("2026-03-20T10:00"), "b1"), now="2026-03-04")
    assert reading.state == "at_risk"
    assert reading.promised == at("2026-03-20T10:00")
    assert "promised_late" in kinds(reading)


def test_the_earliest_of_several_promised_times_counts():
    late = Promised(at("2026-03-03"), at("2026-03-20T10:00"), "b1")
    early = Promised(at("2026-03-04"), at("2026-03-10T10:00"), "b2")
    assert read(late, early, now="2026-03-05").state == "running"


@pytest.mark.parametrize(
    ("stop", "state"), [("2026-03-16T23:59", "met"), ("2026-03-17T00:01", "late"), ("2026-03-02T09:10", "met")]
)
def test_the_first_care_stops_the_clock_on_its_own_day(stop, state):
    reading = read(Stopped(at(stop)), now="2026-04-01")
    assert (reading.state, reading.stopped) == (state, at(stop))
    assert reading.wake_at is None


def test_what_comes_after_the_stop_changes_nothing():
    stop = Stopped(at("2026-03-05"))
    after = [Stopped(at("2026-03-30")), Ended(at("2026-03-31"), "cared"), Declined(at("2026-03-06"), "b1")]
    assert read(stop, *after, now="2026-04-01") == read(stop, now="2026-04-01")


def test_a_resident_who_declines_a_lawful_time_was_offered_what_the_law_asks():
    offer = Promised(at("2026-03-03"), at("2026-03-10T10:00"), "b1")
    reading = read(offer, Declined(at("2026-03-04"), "b1"), Stopped(at("2026-05-01")), now="2026-05-02")
    assert (reading.state, reading.stopped) == ("met", at("2026-03-10T10:00"))
    assert "resident_declined" in kinds(reading)


def test_a_declined_time_that_was_too_late_changes_nothing():
    offer = Promised(at("2026-03-03"), at("2026-03-20T10:00"), "b1")
    reading = read(offer, Declined(at("2026-03-04"), "b1"), now="2026-03-05")
    assert (reading.state, reading.promised) == ("running", None)
    assert "declined_late_offer" in kinds(reading)


def test_a_time_cancelled_by_the_resident_is_read_as_declined():
    offer = Promised(at("2026-03-03"), at("2026-03-10T10:00"), "b1")
    assert read(offer, PromiseCancelled(at("2026-03-09"), "resident", "b1"), now="2026-03-20").state == "met"


def test_a_time_cancelled_by_the_provider_leaves_the_clock_running_from_its_start():
    offer = Promised(at("2026-03-03"), at("2026-03-10T10:00"), "b1")
    reading = read(offer, PromiseCancelled(at("2026-03-09"), "provider", "b1"), now="2026-03-20")
    assert (reading.state, reading.due) == ("overdue", day("2026-03-16"))
    assert "provider_cancelled" in kinds(reading)


def test_a_matter_that_ends_without_care_is_counted_apart():
    reading = read(Ended(at("2026-03-05"), "moved"), now="2026-06-01")
    assert (reading.state, reading.ended_for) == ("ended", "moved")


def test_a_medical_pause_moves_the_last_day_and_both_counts_of_days_are_told():
    pause = (Paused(at("2026-03-05"), "medical_reason", "doctor-1"), Resumed(at("2026-03-15")))
    reading = read(*pause, Stopped(at("2026-03-20")), now="2026-04-01")
    assert (reading.state, reading.due) == ("met", day("2026-03-26"))
    assert (reading.gross_days, reading.net_days) == (18, 8)


def test_a_clock_that_is_paused_now_neither_runs_out_nor_wakes():
    reading = read(Paused(at("2026-03-05"), "medical_reason", "doctor-1"), now="2026-05-01")
    assert (reading.state, reading.wake_at, reading.paused_since) == ("running", None, at("2026-03-05"))
    assert reading.net_days == 3
    assert "paused_now" in kinds(reading)


def test_care_given_during_a_pause_ends_both():
    reading = read(Paused(at("2026-03-05"), "medical_reason", "d"), Stopped(at("2026-03-25")), now="2026-04-01")
    assert (reading.state, reading.paused_since, reading.net_days) == ("met", None, 3)


@pytest.mark.parametrize("key", ["SWA-START-7WD", "CWA-START-7WD", "SOCASS-7WD", "SOCASS-TALK-7WD"])
def test_seven_working_days_are_never_paused(key):
    with pytest.raises(StoryError, match="never paused"):
        read(Paused(at("2026-03-03"), "medical_reason", "d"), now="2026-03-04", asked=rule(key))


@pytest.mark.parametrize(
    ("pause", "mend"),
    [
        (Paused(MORNING, "holiday season", "d"), "only for: medical_reason"),
        (Paused(MORNING, "medical_reason", ""), "needs the name"),
    ],
)
def test_a_pause_needs_a_lawful_reason_and_an_author(pause, mend):
    with pytest.raises(StoryError, match=mend):
        read(pause, now="2026-03-04")


def test_a_limit_that_admits_no_pause_says_so():
    with pytest.raises(StoryError, match="for no reason"):
        read(Paused(MORNING, "medical_reason", "d"), now="2026-03-04", asked=rule("CWA-DONE-3M"))


def test_an_assessment_before_the_contact_is_refused():
    with pytest.raises(StoryError, match=r"what stops the clock \(02.03.2026 08:00\) is before the start"):
        read(Stopped(at("2026-03-02T08:00")), now="2026-03-04", asked=rule("CONTACT-SAME-DAY"))


def test_a_time_in_the_future_is_refused():
    with pytest.raises(StoryError, match="in the future; mend its time"):
        read(Stopped(at("2026-03-05")), now="2026-03-04")


@pytest.mark.parametrize("story", [(), (Started(MORNING), Started(at("2026-03-03")))])
def test_a_clock_has_exactly_one_start(story):
    with pytest.raises(StoryError, match="one start"):
        read_clock(YOUNG, story, at=at("2026-03-10"))


def test_a_clock_without_a_known_limit_runs_without_a_date_and_is_left_out_of_attainment():
    unknown = rule("DISAB-675")
    running = read(now="2030-01-01", asked=unknown)
    assert (running.state, running.due, running.wake_at) == ("running", None, None)
    assert read(Stopped(at("2026-03-05")), now="2026-03-06", asked=unknown).state == "ended"


HOURS = st.integers(0, 24 * 40).map(lambda hours: MORNING + timedelta(hours=hours))
OFFERS = st.sampled_from(["b1", "b2"])
EVENTS = st.one_of(
    st.builds(
        Promised, at=HOURS, on=st.integers(0, 110).map(lambda days: MORNING + timedelta(days=days)), offer=OFFERS
    ),
    st.builds(Declined, at=HOURS, offer=OFFERS),
    st.builds(PromiseCancelled, at=HOURS, by=st.sampled_from(["resident", "provider"]), offer=OFFERS),
    st.builds(Paused, at=HOURS, reason=st.just("medical_reason"), by=st.just("doctor-1")),
    st.builds(Resumed, at=HOURS),
    st.builds(Stopped, at=HOURS),
    st.builds(Ended, at=HOURS, reason=st.just("moved")),
)
STORIES = st.lists(EVENTS, max_size=7)
ASKED = st.sampled_from([ADULT, YOUNG, rule("SHC-EXAM-3M"), rule("THERAPY-28D")])


@given(ASKED, STORIES, st.randoms(use_true_random=False))
def test_the_order_in_which_events_arrive_never_matters(asked, story, random):
    now = MORNING + timedelta(days=41)
    shuffled = [START, *story]
    random.shuffle(shuffled)
    assert read_clock(asked, (START, *story), at=now) == read_clock(asked, shuffled, at=now)


@given(ASKED, STORIES, st.integers(0, 100), st.integers(0, 100))
@settings(max_examples=500)
def test_a_state_holds_until_the_clock_wakes(asked, story, days, later_days):
    now = MORNING + timedelta(days=days)
    known = (START, *(event for event in story if event.at <= now))
    first = read_clock(asked, known, at=now)
    later = now + timedelta(days=later_days)
    if first.wake_at is None or later < first.wake_at:
        assert read_clock(asked, known, at=later).state == first.state
    else:
        assert first.wake_at > now
        assert first.wake_at.hour == 0


@given(ASKED, STORIES)
def test_a_closed_clock_says_when_and_an_open_one_does_not(asked, story):
    reading = read_clock(asked, (START, *story), at=MORNING + timedelta(days=41))
    assert reading.is_open == (reading.state in {"running", "due_soon", "at_risk", "overdue"})
    assert 0 <= reading.net_days <= reading.gross_days
    if reading.state in {"met", "late"}:
        assert (local_day(reading.stopped) <= reading.due) == (reading.state == "met")
