"""What the other tables say of stories: times, visits, limits, referrals, answers, queues, groups, counters."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.analytics.stories import event, tables_of

D = [date(2026, 3, 2) + timedelta(days=number) for number in range(40)]


def only(of: str, *rows: dict[str, Any]) -> Any:
    """The one row of a table."""
    (found,) = tables_of(list(rows))[of]
    return found


def a_time(*then: dict[str, Any]) -> Any:
    return only(
        "bookings",
        event(1, "booking.offered", D[0], booking="b", starts=D[8], mode="visit", is_evening=True),
        event(2, "booking.made", D[1], booking="b", starts=D[8], is_resident=True, is_evening=True),
        *then,
    )


@pytest.mark.parametrize(
    "kind, state",
    [("visit.held", "held"), ("visit.missed", "missed"), ("booking.cancelled", "cancelled"), ("", "booked")],
)
def test_a_time_is_as_its_last_event_says(kind: str, state: str) -> None:
    time = a_time(*([event(3, kind, D[8], booking="b")] if kind else []))

    assert (time.state, time.offered_day, time.made_day, time.starts_day) == (state, D[0], D[1], D[8])
    assert (time.is_evening, time.is_own) == (True, False)


def test_a_mark_that_was_taken_back_does_not_count() -> None:
    missed = event(3, "visit.missed", D[8], booking="b", reason="forgot")
    back = event(4, "visit.unmarked", D[9], booking="b", reason="came_after_all", corrects_id=3)

    assert (a_time(missed).state, a_time(missed).reason) == ("missed", "forgot")
    assert (a_time(missed, back).state, a_time(missed, back).reason) == ("booked", "")


def test_a_time_that_another_replaced_is_moved_and_the_other_stands() -> None:
    first, second = tables_of(
        [
            event(1, "booking.made", D[0], booking="old", starts=D[8]),
            event(2, "booking.cancelled", D[2], booking="old", starts=D[8], cancelled_by="resident"),
            event(3, "booking.moved", D[2], booking="new", was="old", starts=D[12], is_resident=True),
        ]
    )["bookings"]

    assert (first.state, first.notice_days) == ("moved", None)
    assert (second.booking, second.state, second.starts_day, second.is_own) == ("new", "booked", D[12], True)


def test_a_cancelled_time_says_by_whom_and_how_long_before() -> None:
    time = a_time(event(3, "booking.cancelled", D[7], booking="b", cancelled_by="resident"))

    assert (time.by, time.ended_day, time.notice_days) == ("resident", D[7], 1)


def test_a_visit_is_counted_once_also_when_it_belongs_to_no_matter() -> None:
    visits = tables_of(
        [
            event(1, "visit.held", D[3], subject="a", staff_key="s", mode="remote", minute=540, booking="b"),
            event(2, "visit.held", D[3], subject="a", staff_key="s", mode="remote", minute=540, booking="b"),
            event(3, "visit.held", D[4], subject="alone", staff_key="t", is_alone=True),
        ]
    )

    assert [(one.held_day, one.staff_key, one.is_booked) for one in visits["visits"]] == [
        (D[3], "s", True), (D[4], "t", False),
    ]  # fmt: skip
    assert [case.case for case in visits["cases"]] == ["a"], "a visit that belongs to nothing is no case"


def test_a_case_knows_when_it_was_answered_and_how_soon_it_was_called() -> None:
    opened = event(1, "case.opened", D[0])
    tried = event(2, "call.made", D[1])
    reached = event(3, "call.made", D[2], reached=True)

    case = only("cases", opened, tried, reached)

    assert (case.answered_day, case.called_day, case.reached_day) == (D[2], D[1], D[2])
    assert (case.calls, case.call_minutes) == (2, 2 * 24 * 60)


def test_a_contact_carries_the_last_word_on_its_demand() -> None:
    contact = only(
        "contacts",
        event(1, "contact.received", D[0], channel="phone"),
        event(2, "demand.classed", D[0], demand="V1"),
        event(3, "demand.classed", D[1], demand="F1", is_failure=True),
    )

    assert (contact.channel, contact.demand, contact.is_failure) == ("phone", "F1", True)


def test_every_stage_is_an_assessment_of_its_own() -> None:
    rows = tables_of(
        [
            event(1, "case.opened", D[0]),
            event(2, "urgency.judged", D[0], outcome="not_urgent", staff_key="s"),
            event(3, "assessment.completed", D[20], outcome="needs_service"),
        ]
    )["assessments"]

    assert [(one.stage, one.opened_day, one.assessed_day, one.outcome) for one in rows] == [
        ("urgency.judged", D[0], D[0], "not_urgent"), ("assessment.completed", D[0], D[20], "needs_service"),
    ]  # fmt: skip


def test_each_limit_has_its_own_row_and_pauses_move_it() -> None:
    rows = tables_of(
        [
            event(1, "clock.started", D[0], line="contact", rule="CONTACT-SAME-DAY", due_day=D[0]),
            event(2, "clock.stopped", D[0], line="contact", outcome="met", on_day=D[0]),
            event(3, "clock.started", D[0], line="primary_care", rule="PHC-3M-2025", due_day=D[30]),
            event(4, "clock.paused", D[5], line="primary_care"),
            event(5, "clock.resumed", D[9], line="primary_care"),
        ]
    )["clocks"]

    told = {one.line: (one.rule, one.due_day, one.settled_as, one.paused_days) for one in rows}
    assert told == {
        "contact": ("CONTACT-SAME-DAY", D[0], "met", 0), "primary_care": ("PHC-3M-2025", D[34], "", 4),
    }  # fmt: skip


def test_a_referral_that_came_back_says_when_and_why() -> None:
    referral = only(
        "referrals",
        event(1, "referral.sent", D[0], route="physiotherapy", unit="sotkamo"),
        event(2, "referral.moved", D[2], step="returned", reason="more_needed"),
        event(3, "referral.moved", D[4], step="accepted", minutes=10),
        event(4, "referral.moved", D[9], step="done", minutes=5),
    )

    assert (referral.kind, referral.sent_day, referral.answered_day) == ("physiotherapy", D[0], D[4])
    assert (referral.is_returned, referral.returned_day, referral.reason) == (True, D[2], "more_needed")
    assert (referral.done_day, referral.minutes) == (D[9], 15)


def test_a_corrected_answer_stands_in_the_place_of_the_first() -> None:
    answer = only(
        "answers",
        event(1, "questionnaire.completed", D[0], questionnaire="phq9", response="r1", score=12.0),
        event(2, "questionnaire.completed", D[1], questionnaire="phq9", response="r2", replaces="r1", score=9.0),
    )

    assert (answer.questionnaire, answer.score, answer.completed_day) == ("phq9", 9.0, D[1])


def test_queues_groups_heads_and_numbers_have_rows() -> None:
    rows = tables_of(
        [
            event(1, "waiting.joined", D[0], subject="w", entry="e", offering="nurse-reception"),
            event(2, "waiting.left", D[6], subject="w", entry="e", reason="offered"),
            event(3, "group.planned", D[0], subject="g", offering="balance-group", meetings=8, places=12),
            event(4, "group.decided", D[3], subject="g", is_held=True, signed_up=9),
            event(5, "group.ended", D[30], subject="g", meetings=7, signed_up=9, attended=44, heads=3),
            event(6, "heads.counted", D[4], subject="h", people=11, mode="group"),
            event(7, "heads.counted", D[4], subject="h", people=12, mode="group"),
            event(8, "number.taken", D[0], subject="n", counter="kulkuri"),
            event(9, "number.called", D[0], subject="n", wait_minutes=14),
            event(10, "number.ended", D[0], subject="n", how="served"),
        ]
    )

    (wait,), (group,), (head,), (number,) = rows["waits"], rows["groups"], rows["heads"], rows["numbers"]
    assert (wait.offering, wait.joined_day, wait.left_day, wait.left_as) == ("nurse-reception", D[0], D[6], "offered")
    assert (group.is_held, group.meetings, group.signed_up, group.attended, group.heads) == (True, 7, 9, 44, 3)
    assert (head.people, head.counted_day) == (12, D[4])
    assert (number.wait_minutes, number.ended_as) == (14, "served")
