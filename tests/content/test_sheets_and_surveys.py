"""What the sheets, feedback forms and surveys of the shelf promise beside their worked examples."""

from datetime import date

import pytest

from luotsi.base.shelf import ROOT
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire, questionnaires

FOLDERS = ("sheets", "segmentation", "feedback", "surveys")
SHELF = questionnaires()
OURS = [SHELF[path.stem] for folder in FOLDERS for path in sorted((ROOT / "questionnaires" / folder).glob("*.yaml"))]
DAY = date(2026, 3, 9)
PATHS = ("self_reliant", "cooperation", "community", "network")
each = pytest.mark.parametrize("form", OURS, ids=[form.key for form in OURS])


def test_there_are_enough_of_them() -> None:
    assert len(OURS) >= 25


@each
def test_three_examples_show_every_band_every_outcome_and_both_ways_of_every_branch(form: Questionnaire) -> None:
    read = [rules.read(form, example.answers, on=DAY) for example in form.examples]
    bands = {(key, band) for example in form.examples for key, band in example.bands.items()}
    outcomes = {key for example in form.examples for key in example.outcomes or ()}
    ways = {(line.item.key, line.is_asked) for state in read for line in state.lines}

    assert len(form.examples) >= 3
    assert {(score.key, band.key) for score in form.scores for band in score.bands} <= bands
    assert {outcome.key for outcome in form.outcomes} <= outcomes
    branching = {item.key for item in form.every_item if item.show_when or item.show_expression}
    assert {(key, way) for key in branching for way in (True, False)} <= ways


@each
def test_one_anonymous_answer_warns_nobody_and_belongs_to_no_register(form: Questionnaire) -> None:
    """A warning after each answer would tell a small team's manager what one person said."""
    if form.is_anonymous:
        assert [outcome.key for outcome in form.outcomes if outcome.warns or outcome.case_kind] == []
        assert form.register == ""
    else:
        assert form.purpose != "feedback"


@each
def test_whose_it_is_and_how_long_it_takes_is_told(form: Questionnaire) -> None:
    assert form.source
    assert 1 <= form.minutes <= 20
    assert form.purpose in {"sheet", "feedback", "survey"}


def test_icf_qualifiers_are_never_added_up() -> None:
    form = SHELF["icf_sheet"]

    assert form.scores == ()
    assert [item.key for item in form.every_item for option in item.options if option.points is not None] == []


def test_no_sum_decides_whether_a_minor_may_decide() -> None:
    form = SHELF["minor_maturity"]

    assert form.scores == ()
    assert [item.key for item in form.every_item for option in item.options if option.points is not None] == []
    assert {when.answer.item for outcome in form.outcomes for when in outcome.when if when.answer} == {
        "judgement",
        "telling",
        "free",
        "consequences",
    }


@pytest.mark.parametrize("key", ["segment_client", "segment_worker"])
def test_each_view_names_the_path_that_the_agreement_would_propose(key: str) -> None:
    """One threshold in three files: whatever two equal views say, the rule of the agreed path says too."""
    view, agreed = SHELF[key], SHELF["segment_agreed"]
    for example in view.examples:
        state = rules.read(view, example.answers, on=DAY)
        need, coping = (state.scores[one].value for one in ("need", "coping"))
        if need is None or coping is None:
            continue
        numbers = {"client_need": need, "worker_need": need, "client_coping": coping, "worker_coping": coping}
        met = rules.read(agreed, numbers, on=DAY)
        proposed = met.scores["path"].value

        assert proposed is not None
        assert [outcome.key for outcome in state.outcomes] == [PATHS[int(proposed) - 1]]
        assert met.answers["differ"] == "no"


@pytest.mark.parametrize("client", [(20, 20), (80, 20), (20, 80), (80, 80), (50, 50)])
@pytest.mark.parametrize("worker", [(20, 20), (80, 20), (20, 80), (80, 80), (50, 49.99)])
def test_the_reason_is_asked_exactly_when_there_is_no_automatic_path(
    client: tuple[float, float], worker: tuple[float, float]
) -> None:
    numbers = dict(zip(("client_need", "client_coping", "worker_need", "worker_coping"), client + worker, strict=True))
    state = rules.read(SHELF["segment_agreed"], numbers, on=DAY)
    asked = {line.item.key for line in state.lines if line.is_asked}

    assert ("why" in asked) == (state.scores["path"].value is None)


def test_a_goal_that_weighs_nothing_is_refused_and_gives_no_t_score() -> None:
    form = SHELF["gas_goals"]
    state = rules.read(form, {"goals": [{"goal": "walk", "weight": 0, "level": "1"}]}, on=DAY)

    assert [(problem.item.key, problem.kind) for problem in state.problems.values()] == [("weight", "too_small")]
    assert state.scores["t"].value is None
