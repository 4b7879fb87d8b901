"""`luotsi clock read`: a whole story read into its clocks, in whatever order it was told; bad stories are refused."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.cli import main
from luotsi.domain.clocks.definitions import clock_rules, clock_settings, clock_stories
from luotsi.domain.clocks.rules import Known, read_whole, told_from

from .moments import at
from .stories import CONTACT, NEEDED, YOUNG, ask, offered, visit

EXAMPLES = Path(__file__).parents[3] / "docs" / "reference" / "examples"


@pytest.fixture
def read(capsys, tmp_path):
    """The clocks of a story by line, read for the first of July 2026 unless told otherwise."""

    def clocks(*events, born=YOUNG, now="2026-07-01", **more):
        code, out, err = ask(capsys, tmp_path, {"born": born, "at": now, "events": list(events), **more}, "--json")
        assert (code, err) == (0, "")
        return {clock["line"]: clock for clock in json.loads(out)["clocks"]}

    return clocks


def test_contact_assessment_and_care_are_two_clocks_with_their_days(read):
    found = read(CONTACT, NEEDED, visit("2026-03-12T10:00"))
    assert set(found) == {"contact", "primary_care"}
    care = found["primary_care"]
    assert (care["rule"], care["due"], care["state"]) == ("PHC-14D-U23", "2026-03-16", "met")
    assert (care["days_gross"], care["days_net"], care["stopped"]) == (10, 10, "2026-03-12T10:00:00+02:00")
    assert [day["number"] for day in care["days"]] == list(range(1, 15))
    assert [one["code"] for one in care["assumptions"]] == ["A1", "A2", "A3", "A4", "A5", "A6", "A7"]


def test_only_a_need_of_care_opens_the_limit_of_the_care(read):
    for outcome in ("advice", "self_care", "no_care", "urgent"):
        assert set(read(CONTACT, NEEDED | {"outcome": outcome})) == {"contact"}


def test_a_booking_stops_nothing_and_one_after_the_limit_puts_it_at_risk_at_once(read):
    within = read(NEEDED, offered("2026-03-03", "2026-03-16T10:00"), now="2026-03-03")["primary_care"]
    after = read(NEEDED, offered("2026-03-03", "2026-03-17T10:00"), now="2026-03-03")["primary_care"]
    assert (within["state"], within["stopped"]) == ("running", None)
    assert (after["state"], after["at_risk"], after["promised"]) == ("at_risk", True, "2026-03-17T10:00:00+02:00")


@pytest.mark.parametrize("kind", ["booking.declined", "booking.missed"])
def test_an_offer_within_the_limit_that_was_not_taken_met_the_duty_on_its_own_day(read, kind):
    found = read(NEEDED, offered("2026-03-03", "2026-03-10T10:00"), {"kind": kind, "at": "2026-03-04"})["primary_care"]
    assert (found["state"], found["stopped"]) == ("met", "2026-03-10T10:00:00+02:00")


def test_an_offer_after_the_limit_that_was_not_taken_meets_nothing(read):
    found = read(NEEDED, offered("2026-03-03", "2026-03-20T10:00"), {"kind": "booking.declined", "at": "2026-03-04"})[
        "primary_care"
    ]
    assert found["state"] == "overdue"


def test_the_providers_cancelling_leaves_the_clock_running_from_its_start(read):
    cancelled = {"kind": "booking.cancelled", "at": "2026-03-09", "by": "provider"}
    found = read(NEEDED, offered("2026-03-03", "2026-03-10T10:00"), cancelled, visit("2026-03-20"))["primary_care"]
    assert (found["start"], found["due"], found["state"]) == ("2026-03-02T10:00:00+02:00", "2026-03-16", "late")


def test_a_medical_pause_moves_the_last_day_and_both_counts_are_told(read):
    pause = {"kind": "clock.paused", "at": "2026-03-05", "reason": "medical_reason", "by": "Doctor Salo"}
    found = read(CONTACT, NEEDED, pause, {"kind": "clock.resumed", "at": "2026-03-15"}, visit("2026-03-20"))
    care = found["primary_care"]
    assert (care["due"], care["state"]) == ("2026-03-26", "met")
    assert (care["days_gross"], care["days_net"], care["days_paused"]) == (18, 8, 10)


def test_an_ending_without_care_is_counted_apart(capsys, tmp_path):
    closed = {"kind": "case.closed", "at": "2026-03-05", "reason": "moved"}
    document = {"born": YOUNG, "at": "2026-07-01", "events": [CONTACT, NEEDED, closed]}
    _, out, _ = ask(capsys, tmp_path, document, "--json")
    found = json.loads(out)
    assert [clock["state"] for clock in found["clocks"]] == ["met", "ended"]
    assert found["attainment"] == {"met": 1, "late": 0, "overdue": 0, "running": 0, "ended": 1, "percent": 100.0}


def test_parallel_notifications_have_a_start_clock_each_and_one_assessment(capsys, tmp_path):
    events = [
        {"kind": "notification.received", "at": "2026-03-31T10:00"},
        {"kind": "notification.received", "at": "2026-04-08T11:00"},
        {"kind": "assessment.started", "at": "2026-04-13T09:00"},
        {"kind": "notification.received", "at": "2026-04-20T09:00"},
        {"kind": "notification.joined", "at": "2026-04-21T09:00"},
        {"kind": "assessment.completed", "at": "2026-06-30T09:00"},
    ]
    _, out, _ = ask(capsys, tmp_path, {"born": "2018-01-01", "at": "2026-07-01", "events": events}, "--json")
    clocks = json.loads(out)["clocks"]
    starts = [clock for clock in clocks if clock["line"] == "child_welfare_start"]
    first = "2026-03-31T10:00:00+03:00"
    assert [(one["due"], one["state"], one["joined_to"]) for one in starts] == [
        ("2026-04-13", "met", None), ("2026-04-17", "met", first), ("2026-04-29", "met", first),
    ]  # fmt: skip
    (whole,) = [clock for clock in clocks if clock["line"] == "child_welfare_done"]
    assert (whole["start"], whole["due"], whole["state"]) == (first, "2026-06-30", "met")
    assert "joined" in [step["what"] for step in starts[1]["because"]]


def test_a_nurse_who_finds_that_a_doctor_is_needed_starts_the_doctors_limit(read):
    nurse = visit("2026-04-01T10:00", profession="nurse", doctor_needed=True)
    found = read(NEEDED, nurse, visit("2026-04-08T10:00", profession="doctor"))
    assert (found["primary_care_doctor"]["due"], found["primary_care_doctor"]["state"]) == ("2026-04-08", "met")


def test_before_2023_contact_and_assessment_had_a_limit_each(read):
    answered = {"kind": "contact.answered", "at": "2023-04-05T10:00"}
    assessed = {"kind": "need.assessed", "at": "2023-04-12T10:00", "outcome": "advice"}
    found = read({"kind": "contact.received", "at": "2023-04-05T09:00"}, answered, assessed)
    assert (found["contact"]["rule"], found["contact"]["state"]) == ("CONTACT-IMMEDIATE-2005", "met")
    assert (found["contact_assessment"]["due"], found["contact_assessment"]["state"]) == ("2023-04-12", "met")


@pytest.mark.parametrize("rule", sorted(clock_rules()))
def test_every_rule_can_be_named_by_whoever_knows_it(read, rule):
    started = {"kind": "clock.started", "rule": rule, "at": "2025-06-16T09:00"}
    (found,) = read(started, {"kind": "clock.stopped", "rule": rule, "at": "2025-06-16T10:00"}).values()
    known = clock_rules()[rule]
    assert found["rule"] == rule
    assert found["state"] == ("ended" if known.length == "unknown" else "met")
    assert (found["notice"] is None) == (found["applies"] and known.length != "unknown")


def test_an_unknown_birth_date_takes_the_stricter_rule_with_a_flag(read):
    found = read(NEEDED, born=None)["primary_care"]
    assert (found["rule"], found["flags"]) == ("PHC-14D-U23", ["age_unknown"])


def test_a_start_that_no_rule_covers_is_told_apart(capsys, tmp_path):
    pending = {"kind": "matter.pending", "at": "2026-03-02"}
    _, out, _ = ask(capsys, tmp_path, {"born": "1980-01-01", "at": "2026-07-01", "events": [pending]}, "--json")
    found = json.loads(out)
    assert [clock["line"] for clock in found["clocks"]] == ["social_decision"]
    assert [one["line"] for one in found["without_rule"]] == ["social_assessment_done"]
    assert "special_support_child=true" in found["without_rule"][0]["why"]


def test_a_correction_stands_instead_of_what_it_corrects(read):
    wrong = NEEDED | {"id": "a", "at": "2026-03-01T10:00"}
    found = read(wrong, NEEDED | {"corrects": "a"})
    assert found["primary_care"]["start"] == "2026-03-02T10:00:00+02:00"


def test_days_without_a_zone_are_finnish_and_a_moment_in_utc_belongs_to_its_finnish_day(read):
    found = read(NEEDED | {"at": "2026-06-01T21:30Z"}, now="2026-06-02T08:00")
    assert found["primary_care"]["start"] == "2026-06-02T00:30:00+03:00"
    assert found["primary_care"]["due"] == "2026-06-16"


def test_an_exported_event_can_be_read_as_it_is(read):
    exported = {"kind": "need.assessed", "occurred_at": "2026-03-02T10:00:00+02:00", "unit": "sotkamo",
                "body": {"outcome": "care_needed", "decision": "time"}}  # fmt: skip
    assert read(exported)["primary_care"]["due"] == "2026-03-16"


def test_a_file_that_is_not_there_or_not_named_is_told(capsys):
    assert main(["clock", "read", "/nowhere/events.json"]) == 2
    assert "cannot be read: No such file" in capsys.readouterr().err
    assert main(["clock", "read"]) == 2
    assert "name the file" in capsys.readouterr().err


def test_what_the_command_line_says_stands_instead_of_the_document(capsys, tmp_path):
    document = {"at": "2026-03-03", "events": [NEEDED]}
    words = ("--at", "2026-03-17", "--born", YOUNG, "--set", "eves_count=true", "--json")
    _, out, _ = ask(capsys, tmp_path, document, *words)
    (found,) = json.loads(out)["clocks"]
    assert (found["state"], found["flags"]) == ("overdue", [])
    assert found["assumptions"][1]["choices"] == {"eves_count": "true"}


def test_without_json_it_is_told_in_the_asked_language(capsys, tmp_path):
    code, out, _ = ask(capsys, tmp_path, {"born": YOUNG, "at": "2026-07-01", "events": [CONTACT, NEEDED]})
    assert code == 0
    assert "Määräaika ylittynyt" in out
    assert "Päiviä alusta: 121" in out


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("clock-*.json")), ids=lambda path: path.stem)
def test_the_examples_of_the_documentation_can_be_read(capsys, path):
    expected = json.loads(path.read_text("utf-8"))["note"]
    assert main(["clock", "read", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["clocks"]
    assert "; ".join(f"{one['rule']} {one['due']} {one['state']}" for one in found) == expected


KNOWN = Known(clock_stories(), clock_rules(), clock_settings())
DAYS = st.dates(date(2026, 3, 3), date(2026, 5, 20)).map(str)
TOLD = st.one_of(
    st.builds(lambda day: visit(day), DAYS),
    st.builds(lambda day: visit(day, profession="nurse", doctor_needed=True), DAYS),
    st.builds(lambda day: {"kind": "case.closed", "at": day, "reason": "moved"}, DAYS),
    st.builds(lambda day: {"kind": "notification.received", "at": day}, DAYS),
    st.builds(lambda day: {"kind": "assessment.started", "at": day}, DAYS),
    st.builds(lambda day: {"kind": "need.assessed", "at": day, "outcome": "care_needed", "line": "oral_care"}, DAYS),
    st.builds(lambda day, name: offered(day, "2026-06-01", booking=name), DAYS, st.sampled_from("abc")),
)


@given(st.lists(TOLD, max_size=8), st.randoms(use_true_random=False))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_in_which_a_story_is_told_never_matters(story, random):
    def readings(events):
        told = told_from({"born": "2010-05-05", "events": events}, KNOWN)
        return [(one.line, one.joins, one.reading) for one in read_whole(told, KNOWN, at=at("2026-07-01")).clocks]

    events = [CONTACT, NEEDED, *story]
    shuffled = random.sample(events, len(events))
    assert sorted(readings(shuffled), key=repr) == sorted(readings(events), key=repr)
