"""A matter of several stages: what is judged when, which events it leaves, and what its limits read from them."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.cases import actions, queries, rules
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Assessment, Case
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.events.queries import story_of
from luotsi.domain.people.models import Resident
from tests.factories import contact, resident, worker

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 3, 31, 9, 10, tzinfo=HELSINKI)
KINDS = case_kinds()


def older(person: Resident | None = None) -> Case:
    person = person or resident(born=date(1948, 6, 2))
    return contact(person, unit="asiakasohjaus", kind="older_need", service="older-people-guidance", at=TUESDAY)


def judge(case: Case, by: Who, outcome: str, *, hours: float = 1, **sheet: object) -> Case:
    at = TUESDAY + timedelta(hours=hours)
    return actions.assess(case=case.id, outcome=outcome, key=uuid4(), by=by, at=at, **sheet)  # type: ignore[arg-type]


def view(case: Case, by: Who, *, hours: float = 2) -> CaseView:
    return queries.read_case(case.id, viewer=by, language="fi", at=TUESDAY + timedelta(hours=hours))


def test_each_stage_leaves_its_own_event_and_the_last_one_closes() -> None:
    adviser, case = worker("service-adviser"), older()
    for hours, outcome in enumerate(["not_urgent", "started", "needs_service", "granted", "begun"], 1):
        judge(case, adviser, outcome, hours=hours)
    told = [event.kind for event in story_of([case.id])[case.id] if not event.kind.startswith("clock.")]
    assert told == [
        "case.opened", "urgency.judged", "assessment.started", "assessment.completed", "decision.made",
        "decision.carried_out", "case.closed",
    ]  # fmt: skip
    with time_machine.travel(TUESDAY + timedelta(hours=9)):
        found = view(case, adviser, hours=9)
    assert (found.state, found.close_reason) == ("closed", "cared")
    assert {chip.line: chip.state for chip in found.chips} == {
        "social_urgent": "met", "social_assessment_start": "met", "social_decision": "met",
        "older_people_decision": "met",
    }  # fmt: skip


def test_the_start_is_by_the_seventh_working_day_from_the_age_of_75() -> None:
    adviser, case = worker("service-adviser"), older()
    due = {chip.line: chip.due for chip in view(case, adviser).chips}
    assert due["social_assessment_start"] == date(2026, 4, 13)


def test_a_stage_is_not_judged_before_its_turn() -> None:
    adviser, case = worker("service-adviser"), older()
    with pytest.raises(rules.NotPossible):
        judge(case, adviser, "granted")
    judge(case, adviser, "not_urgent")
    assert view(case, adviser).stage.key == "start"
    assert view(case, adviser).state == "under_way"


def test_a_wrong_judgement_stays_and_a_new_one_follows_it() -> None:
    adviser, case = worker("service-adviser"), older()
    judge(case, adviser, "at_once")
    assert view(case, adviser).is_emergency
    judge(case, adviser, "not_urgent", hours=2)
    found = view(case, adviser, hours=3)
    assert [one.outcome for one in found.judgements] == ["at_once", "not_urgent"]
    assert not found.is_emergency
    assert Assessment.objects.filter(case=case).count() == 2


def test_a_visit_does_not_end_a_matter_that_is_under_way() -> None:
    adviser, case = worker("service-adviser"), older()
    judge(case, adviser, "not_urgent")
    actions.record_visit(case=case.id, note="", by=adviser, at=TUESDAY + timedelta(hours=2))
    found = view(case, adviser, hours=3)
    assert found.state == "under_way"
    assert "assess" in found.steps


def test_a_matter_closes_only_for_reasons_that_hold() -> None:
    adviser, case = worker("service-adviser"), older()
    judge(case, adviser, "not_urgent")
    assert "cared" not in {one.key for one in view(case, adviser).close_reasons}
    with pytest.raises(rules.NotPossible):
        actions.close(case=case.id, reason="cared", by=adviser, at=TUESDAY + timedelta(hours=2))
    actions.close(case=case.id, reason="withdrawn", by=adviser, at=TUESDAY + timedelta(hours=2))


def test_a_fact_of_the_matter_that_becomes_known_brings_its_limits_from_the_first_day() -> None:
    social, case = (
        worker("social-worker", unit="perhekeskus"),
        contact(resident(born=date(2019, 8, 1)), unit="perhekeskus", kind="family_need", service="family-centre",
                at=TUESDAY),
    )  # fmt: skip
    assert "social_assessment_done" not in {chip.line for chip in view(case, social).chips}
    judge(case, social, "not_urgent", conditions={"special_support_child": True})
    due = {chip.line: chip.due for chip in view(case, social).chips}
    assert due["social_assessment_start"] == date(2026, 4, 13)
    assert due["social_assessment_done"] == date(2026, 6, 30)
    opened = [event for event in story_of([case.id])[case.id] if event.kind == "case.opened"]
    assert [bool(event.corrects) for event in opened] in ([False, True], [True, False])
    assert {event.occurred_at for event in opened} == {TUESDAY}


@pytest.mark.parametrize(
    ("when", "why"),
    [(TUESDAY - timedelta(minutes=1), "before_contact"), (TUESDAY + timedelta(hours=2), "future")],
)
def test_an_impossible_time_is_refused_with_a_sentence(when: datetime, why: str) -> None:
    adviser, case = worker("service-adviser"), older()
    with pytest.raises(rules.WrongTime, match="mend") as refused:
        judge(case, adviser, "not_urgent", when=when)
    assert refused.value.why == why
    assert not Assessment.objects.filter(case=case).exists()


def test_an_assessment_written_later_counts_from_when_it_was_made() -> None:
    adviser, case = worker("service-adviser"), older()
    judge(case, adviser, "not_urgent", hours=30, when=TUESDAY + timedelta(minutes=5))
    urgent = next(chip for chip in view(case, adviser, hours=31).chips if chip.line == "social_urgent")
    assert (urgent.state, urgent.stopped) == ("met", date(2026, 3, 31))


def test_an_urgent_talk_at_school_is_the_next_working_day() -> None:
    social = worker("social-worker", unit="perhekeskus")
    pupil = resident(born=date(2012, 5, 5))
    case = contact(pupil, unit="perhekeskus", kind="school_social_work", service="school-social-worker", at=TUESDAY)
    assert next(chip.due for chip in view(case, social).chips) == date(2026, 4, 13)
    judge(case, social, "talk_today")
    assert next(chip.due for chip in view(case, social).chips) == date(2026, 4, 1)


def test_a_sheet_keeps_findings_reason_urgency_and_what_the_resident_reads() -> None:
    nurse, case = worker(), contact()
    at = case.opened_at + timedelta(hours=1)
    actions.assess(
        case=case.id, outcome="referred", findings="Polvessa nestettä", reason="L15", urgency="days",
        told="Fysioterapeutti ottaa yhteyttä.", key=uuid4(), by=nurse, at=at,
    )  # fmt: skip
    found = queries.read_case(case.id, viewer=nurse, language="fi", at=at)
    sheet = found.judgements[0]
    assert (sheet.reason, sheet.urgency, sheet.told) == ("L15", "days", "Fysioterapeutti ottaa yhteyttä.")
    assert found.state == "arranged"
    assert found.care_due is not None, "a need met by a referral is a need for care"


@pytest.mark.parametrize("reason", ["Q05", "R5", "cough", "r05"])
def test_a_reason_that_is_no_code_is_refused(reason: str) -> None:
    nurse, case = worker(), contact()
    with pytest.raises(ValueError, match="no reason"):
        actions.assess(case=case.id, outcome="urgent", reason=reason, key=uuid4(), by=nurse, at=case.opened_at)


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_can_be_walked_from_its_first_stage_to_a_close(key: str) -> None:
    kind, done = KINDS[key], set[str]()
    while stage := kind.next_stage(done):
        assert stage in kind.open_stages(done)
        done.add(stage.key)
    closing = {one.close_reason for one in kind.outcomes if one.close_reason}
    assert closing <= {one.key for one in kind.close_reasons}
    assert any(rules.can_close_for(one.needs, done=done, is_visited=True) for one in kind.close_reasons)


@pytest.mark.parametrize("key", KINDS)
def test_every_text_of_a_kind_stands_in_three_languages(key: str) -> None:
    kind = KINDS[key]
    texts = [kind.name, *(one.name for one in (*kind.outcomes, *kind.close_reasons, *kind.own_reasons, *kind.parties))]
    texts += [text for stage in kind.stages for text in (stage.name, stage.step, stage.resident) if text.fi]
    texts += [one.says for one in (*kind.outcomes, *kind.parties) if one.says.fi]
    assert all(text.is_complete for text in texts)
    assert not kind.is_staged or all(stage.step.fi and stage.resident.fi for stage in kind.stages)
    assert all(one.says.fi for one in kind.outcomes if not one.tells_resident or key != "social_need") or (
        key in {"social_need", "correction_request", "log_question", "complaint"}
    )
