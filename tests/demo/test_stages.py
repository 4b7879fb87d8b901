"""Matters that go stage by stage: what source document 002 says of them can be counted, and the order is the law's."""

from datetime import date

import numpy as np
import pytest

from luotsi.demo import stage_rows, stages, stages_story, story
from luotsi.demo.days import DAY, NEVER
from luotsi.demo.outcomes import Story
from luotsi.demo.stages import Matter
from luotsi.domain.clocks.rules import compose


@pytest.fixture(scope="module")
def matters(told: Story) -> list[Matter]:
    return stages.tell(np.random.default_rng(3), told)


def of(matters: list[Matter], kind: str) -> list[Matter]:
    return [one for one in matters if one.kind.key == kind]


def at(matter: Matter, stage: str) -> int | None:
    return next((one.at for one in matter.judged if one.stage == stage), None)


def test_there_are_as_many_as_the_yearly_figures_say(told: Story, matters: list[Matter]) -> None:
    for it in stages_story.EVERY:
        kind = next(unit.kind for unit in story.UNITS if unit.unit == it.unit)
        assert len(of(matters, kind)) == pytest.approx(it.yearly * 1.5 * told.scale, rel=0.1), kind


def test_notifications_are_handled_in_four_to_five_days_on_average(matters: list[Matter]) -> None:
    """Source document 002: 4.12, 4.16 and 4.78 days in three years."""
    handled = [(begun - one.came[0].at) / DAY for one in of(matters, "child_welfare") if (begun := at(one, "start"))]

    assert len(handled) > 200
    assert 4.0 < np.mean(handled) < 5.2


def test_nine_in_ten_assessments_of_families_are_ready_in_ninety_days(told: Story) -> None:
    """Source document 002: 698 of 788. Ten seeds, so that the share is not one county's luck."""
    ready = []
    for seed in range(10):
        for one in of(stages.tell(np.random.default_rng(seed), told), "family_need"):
            if done := at(one, "assessment"):
                ready.append(done // DAY - one.came[0].at // DAY <= 90)

    assert len(ready) > 200
    assert 0.85 < np.mean(ready) < 0.93


def test_stages_follow_each_other_and_a_closed_matter_has_its_reason(told: Story, matters: list[Matter]) -> None:
    for one in matters:
        moments = [at(one, stage.key) for stage in one.kind.stages]
        known = [moment for moment in moments if moment is not None]
        assert known == sorted(known)
        assert moments[: len(known)] == known, "a stage was left out"
        assert all(one.came[0].at < moment < told.days.now for moment in known)
        assert (one.closed < NEVER) == bool(one.reason)
        assert one.reason in {"", *(reason.key for reason in one.kind.close_reasons)}


def test_a_parallel_notification_is_judged_and_joined(matters: list[Matter]) -> None:
    joined = [one for one in of(matters, "child_welfare") if len(one.came) > 1]

    assert len(joined) > 10
    for one in joined:
        assert one.came[0].at < one.came[1].at < one.closed
        assert sum(judged.stage == "urgency" for judged in one.judged) <= len(one.came)


def test_the_child_and_the_guardian_are_told_after_the_urgency(matters: list[Matter]) -> None:
    begun = [one for one in of(matters, "child_welfare") if at(one, "start")]
    told = {party.party for one in begun for party in one.informed}

    assert told == {"child", "guardian"}
    assert all(party.at > one.judged[0].at for one in begun for party in one.informed)


def test_only_children_are_notified_about_and_nobody_twice(told: Story, matters: list[Matter]) -> None:
    about = [one.resident for one in of(matters, "child_welfare")]
    ages = told.residents.age_on(np.array(about), np.full(len(about), told.days.today))

    assert len(set(about)) == len(about)
    assert ages.max() < 18
    assert told.days.dates[told.days.today] == date(2026, 11, 18)


def test_the_clocks_of_a_matter_are_composed_of_its_own_story(told: Story, matters: list[Matter]) -> None:
    one = next(one for one in of(matters, "child_welfare") if len(one.came) > 1)
    lines = [clock.use.line for clock in compose(one.kind.clocks, stage_rows.facts(told.days, one))]

    assert lines.count("child_welfare_urgent") == lines.count("child_welfare_start") == len(one.came)
    assert lines.count("child_welfare_done") == 1
