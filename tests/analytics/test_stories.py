"""What one row a case says of a story: read off small stories, and compared with plain Python on random ones."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.domain.indicators.definitions import CaseFact
from tests.analytics.stories import case_of, event, told

D = [date(2026, 3, 2) + timedelta(days=number) for number in range(40)]


def test_a_whole_story_in_one_row() -> None:
    case = case_of(
        event(1, "case.opened", D[0], unit="sotkamo", case_kind="health_need", register="health", channel="phone",
              resident_key="r", municipality="765", service="nurse-reception", language="fi"),
        event(2, "need.assessed", D[0], unit="sotkamo", outcome="care_needed", line="primary_care",
              urgency="non_urgent", profession="nurse"),
        event(3, "clock.started", D[0], line="primary_care", rule="PHC-3M-2025", due_day=D[30]),
        event(4, "booking.offered", D[1], starts=D[8]),
        event(5, "booking.made", D[2], starts=D[8]),
        event(6, "visit.held", D[8], unit="sotkamo", profession="doctor", mode="remote"),
        event(7, "clock.stopped", D[8], line="primary_care", outcome="met", on_day=D[8]),
        event(8, "case.closed", D[9], reason="cared"),
    )  # fmt: skip

    assert case == CaseFact(
        case="case", resident_key="r", kind="health_need", unit="sotkamo", service="nurse-reception", register="health",
        channel="phone", municipality="765", language="fi", opened_day=D[0], has_assessment=True, assessed_day=D[0],
        outcome="care_needed", urgency="non_urgent", profession="doctor", line="primary_care", rule="PHC-3M-2025",
        due_day=D[30], offered_day=D[8], promised_day=D[8], first_visit_day=D[8], mode="remote", settled_day=D[8],
        settled_as="met", closed_day=D[9], close_reason="cared", judged_day=D[0], answered_day=D[0],
    )  # fmt: skip


def test_a_corrected_event_does_not_count_and_its_correction_does() -> None:
    case = case_of(
        event(1, "case.opened", D[0]),
        event(2, "visit.held", D[5], unit="kuhmo"),
        event(3, "visit.held", D[6], unit="sotkamo", corrects_id=2),
        event(4, "visit.held", D[7], unit="puolanka", corrects_id=3),
    )

    assert (case.first_visit_day, case.unit) == (D[7], "puolanka")


def test_a_withdrawn_clock_leaves_no_limit() -> None:
    case = case_of(
        event(1, "need.assessed", D[0], outcome="care_needed", line="primary_care"),
        event(2, "clock.started", D[0], line="primary_care", rule="PHC-3M-2025", due_day=D[30]),
        event(3, "clock.withdrawn", D[4], line="primary_care", corrects_id=2),
    )

    assert (case.rule, case.due_day, case.settled_as) == ("", None, "")


def test_what_is_recorded_late_counts_when_it_happened() -> None:
    case = case_of(event(1, "case.opened", D[3]), event(2, "visit.held", D[9]), event(3, "visit.held", D[6]))

    assert case.first_visit_day == D[6]


def test_a_thing_recorded_twice_counts_once() -> None:
    rows = [
        event(1, "contact.received", D[0], subject="contact", channel="form"),
        event(2, "contact.received", D[0], subject="contact", channel="form"),
        event(3, "case.opened", D[0]),
        event(4, "case.opened", D[0]),
    ]

    cases, contacts = told(rows)

    assert [case.case for case in cases] == ["case"]
    assert [(one.contact, one.channel, one.received_day) for one in contacts] == [("contact", "form", D[0])]


def test_the_figure_belongs_to_the_unit_of_the_visit_and_before_it_to_where_the_case_is() -> None:
    opened = event(1, "case.opened", D[0], unit="kajaani-hva")
    moved = event(2, "need.assessed", D[1], unit="kajaani-virtuaalitiimi", outcome="care_needed")
    visited = event(3, "visit.held", D[4], unit="sotkamo")
    closed = event(4, "case.closed", D[5], unit="kajaani-hva")

    assert case_of(opened, moved).unit == "kajaani-virtuaalitiimi"
    assert case_of(opened, moved, visited, closed).unit == "sotkamo"


@pytest.mark.parametrize(
    "bookings, promised",
    [
        ([("made", 2, 8)], 8),
        ([("made", 2, 8), ("cancelled", 3, 8)], None),
        ([("made", 2, 8), ("made", 3, 12), ("cancelled", 4, 8)], 12),
        ([("made", 2, 8), ("cancelled", 3, 8), ("made", 4, 8)], 8),
    ],
)
def test_the_promised_day_is_that_of_the_booked_time_that_stands(bookings: Any, promised: int | None) -> None:
    rows = [event(1, "case.opened", D[0])]
    rows += [event(at, f"booking.{what}", D[at], starts=D[starts]) for what, at, starts in bookings]

    assert case_of(*rows).promised_day == (None if promised is None else D[promised])


@pytest.mark.parametrize(
    "then, due",
    [
        ([], 30),
        ([("paused", 5), ("resumed", 9)], 34),
        ([("paused", 5), ("resumed", 9), ("paused", 12), ("resumed", 13)], 35),
        ([("paused", 5)], None),
        ([("paused", 5), ("stopped", 11)], 36),
    ],
)
def test_a_pause_moves_the_last_day_and_a_paused_clock_has_none(then: Any, due: int | None) -> None:
    case = case_of(
        event(1, "need.assessed", D[0], outcome="care_needed", line="primary_care"),
        event(2, "clock.started", D[0], line="primary_care", due_day=D[30]),
        *(event(3 + at, f"clock.{what}", D[at], line="primary_care", outcome="met" if what == "stopped" else "")
          for what, at in then),
    )  # fmt: skip

    assert case.due_day == (None if due is None else D[due])


def test_a_limit_nobody_stopped_is_settled_by_the_visit_or_the_close() -> None:
    assessed = event(1, "need.assessed", D[0], outcome="care_needed", line="oral_care")
    clock = event(2, "clock.started", D[0], line="oral_care", due_day=D[10])

    def settled(*then: dict[str, Any]) -> tuple[str, date | None]:
        case = case_of(assessed, clock, *then)
        return case.settled_as, case.settled_day

    assert settled() == ("", None)
    assert settled(event(3, "visit.held", D[10])) == ("met", D[10])
    assert settled(event(3, "visit.held", D[11])) == ("late", D[11])
    assert settled(event(3, "case.closed", D[4])) == ("ended", D[4])


def test_only_a_matter_is_a_case() -> None:
    cases, contacts = told(
        [
            event(1, "message.answered", D[0], subject="thread"),
            event(2, "contact.received", D[0], subject="contact"),
            event(3, "visit.held", D[0], subject="walk-in"),
            event(4, "visit.held", D[0], subject=""),
        ]
    )

    assert [case.case for case in cases] == ["walk-in"]
    assert [contact.contact for contact in contacts] == ["contact"]


KINDS = ("case.opened", "need.assessed", "visit.held", "case.closed", "booking.made", "clock.started", "message.sent")


@st.composite
def a_history(draw: Any) -> list[dict[str, Any]]:
    """Random events of three subjects in random order, some corrected."""
    rows = []
    for number in range(1, draw(st.integers(1, 25)) + 1):
        corrects = draw(st.none() | st.integers(1, number - 1)) if number > 1 else None
        rows.append(
            event(
                number, draw(st.sampled_from(KINDS)), draw(st.sampled_from(D[:12])),
                subject=draw(st.sampled_from(["a", "b", "c"])), unit=draw(st.sampled_from(["x", "y", ""])),
                outcome=draw(st.sampled_from(["care_needed", "urgent"])), urgency=draw(st.sampled_from(["urgent", ""])),
                profession=draw(st.sampled_from(["nurse", ""])),
                line=draw(st.sampled_from(["oral_care", "primary_care"])),
                due_day=draw(st.sampled_from(D)), corrects_id=corrects if draw(st.booleans()) else None,
            )
        )  # fmt: skip
    return rows


@settings(max_examples=80, deadline=None)
@given(a_history())
def test_the_rows_are_those_that_plain_python_tells(rows: list[dict[str, Any]]) -> None:
    cases, _ = told(rows)

    assert [told_columns(case) for case in cases] == plainly(rows)


def told_columns(case: CaseFact) -> tuple[Any, ...]:
    return (
        case.case, case.unit, case.opened_day, case.assessed_day, case.outcome, case.urgency, case.profession,
        case.line, case.due_day, case.first_visit_day, case.closed_day,
    )  # fmt: skip


def plainly(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The same from the definition's words, one subject at a time."""
    gone = {row["corrects_id"] for row in rows}
    standing = sorted(
        (row for row in rows if row["event_id"] not in gone), key=lambda row: (row["occurred_at"], row["event_id"])
    )
    found = []
    for subject in ("a", "b", "c"):
        story = [row for row in standing if row["subject"] == subject]
        if any(row["kind"] in ("case.opened", "need.assessed", "visit.held", "case.closed") for row in story):
            found.append(_plain_case(subject, story))
    return found


def _plain_case(subject: str, story: list[dict[str, Any]]) -> tuple[Any, ...]:
    def of(kind: str, **wanted: str) -> list[dict[str, Any]]:
        return [row for row in story if row["kind"] == kind and all(row[key] == value for key, value in wanted.items())]

    def last(rows: list[dict[str, Any]], column: str) -> Any:
        return next((row[column] for row in reversed(rows) if row[column]), "")

    def first(rows: list[dict[str, Any]], column: str) -> Any:
        return next((row[column] for row in rows if row[column]), None)

    assessed, visits = of("need.assessed"), of("visit.held")
    line = last(assessed, "line")
    return (
        subject,
        first(visits, "unit") or last(story, "unit"),
        first(of("case.opened"), "local_day") or first(story, "local_day"),
        first(of("need.assessed", outcome="care_needed"), "local_day") or first(assessed, "local_day"),
        last(assessed, "outcome"),
        last(story, "urgency"),
        first(visits, "profession") or last(assessed, "profession"),
        line,
        first(of("clock.started", line=line), "due_day"),
        first(visits, "local_day"),
        last(of("case.closed"), "local_day") or None,
    )
