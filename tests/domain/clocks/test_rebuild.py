"""The rows are only a cache: rebuilt from events they are what following made them, in whatever order events came."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.domain.clocks import actions
from luotsi.domain.clocks.models import Clock

from .case import USES, Case, born_of
from .moments import MORNING

pytestmark = pytest.mark.django_db
USES_OF = {"health_need": USES}
END = MORNING + timedelta(days=60)
BORN = st.sampled_from([date(1980, 5, 5), date(2015, 5, 5), None])
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Happening = tuple[str, datetime, dict[str, Any]]


@st.composite
def stories(draw: st.DrawFn) -> list[Happening]:
    """What may happen to a case after its contact, in the order of time."""
    hours = sorted(draw(st.lists(st.integers(2, 24 * 50), max_size=7)))
    story: list[Happening] = [("case.opened", MORNING, {})]
    if draw(st.booleans()):
        story.append(("need.assessed", MORNING + timedelta(hours=1), {"outcome": "care_needed"}))
    for hour in hours:
        at = MORNING + timedelta(hours=hour)
        kind = draw(st.sampled_from(sorted(BODIES)))
        story.append((kind, at, draw(BODIES[kind](at))))
    return story


def promise(at: datetime) -> st.SearchStrategy[dict[str, Any]]:
    days = st.integers(0, 30).map(lambda days: (at + timedelta(days=days)).isoformat())
    return st.fixed_dictionaries({"booking": st.sampled_from(["b1", "b2"]), "starts_at": days})


BODIES = {
    "need.assessed": lambda at: st.fixed_dictionaries({"outcome": st.sampled_from(["care_needed", "advice"])}),
    "booking.offered": promise,
    "booking.made": promise,
    "booking.declined": lambda at: st.fixed_dictionaries({"booking": st.sampled_from(["b1", "b2"])}),
    "booking.cancelled": lambda at: st.fixed_dictionaries(
        {"booking": st.sampled_from(["b1", "b2"]), "by": st.sampled_from(["resident", "provider"])}
    ),
    "clock.paused": lambda at: st.just({"line": "primary_care", "reason": "medical_reason", "by": "doctor-1"}),
    "clock.resumed": lambda at: st.just({"line": "primary_care"}),
    "visit.held": lambda at: st.just({}),
    "case.closed": lambda at: st.just({"reason": "moved"}),
}


def rows(case: Case) -> list[dict[str, Any]]:
    return list(Clock.objects.filter(subject=case.id).order_by("line", "started_at").values())


@given(BORN, stories())
@few
def test_following_day_by_day_with_the_rounds_between_equals_the_rebuild(born, story):
    case = Case(born=born)
    for kind, at, body in story:
        actions.tick(at=at)
        case.happens(kind, at=at, **body)
    actions.tick(at=END)
    followed = rows(case)
    assert followed
    assert actions.rebuild(uses_of=USES_OF, born_of=born_of, at=END, check=True) == []
    Clock.objects.filter(subject=case.id).delete()
    assert len(actions.rebuild(uses_of=USES_OF, born_of=born_of, at=END)) == len(followed)
    assert [without_id(row) for row in rows(case)] == [without_id(row) for row in followed]


@given(BORN, stories(), st.randoms(use_true_random=False))
@few
def test_events_that_arrive_in_any_order_make_the_same_clocks(born, story, random):
    in_time, shuffled = Case(born=born), Case(born=born)
    for kind, at, body in story:
        in_time.happens(kind, at=at, **body)
    in_time.follow(at=END)
    mixed = list(story)
    random.shuffle(mixed)
    for kind, at, body in mixed:
        shuffled.record(kind, at=at, **body)
    shuffled.follow(at=END)
    assert [without_id(row) for row in rows(shuffled)] == [without_id(row) for row in rows(in_time)]


@given(BORN, stories(), st.randoms(use_true_random=False))
@few
def test_late_events_followed_one_by_one_equal_the_rebuild(born, story, random):
    case = Case(born=born)
    opened, *rest = story
    random.shuffle(rest)
    for kind, at, body in [opened, *rest]:
        case.record(kind, at=at, **body)
        case.follow(at=END)
    assert actions.rebuild(uses_of=USES_OF, born_of=born_of, at=END, check=True) == []


@given(st.lists(st.tuples(BORN, stories()), min_size=2, max_size=8))
@few
def test_matters_alike_are_read_as_each_would_be_by_itself(told):
    """What is remembered of one matter is used for the next: no row may come out otherwise for it."""
    cases = [Case(born=born) for born, _ in told]
    for case, (_, story) in zip(cases, told, strict=True):
        for kind, at, body in story:
            case.happens(kind, at=at, **body)
    actions.tick(at=END)
    followed = [rows(case) for case in cases]
    assert actions.rebuild(uses_of=USES_OF, born_of=born_of, at=END, check=True) == []
    Clock.objects.filter(subject__in=[case.id for case in cases]).delete()
    actions.rebuild(uses_of=USES_OF, born_of=born_of, at=END)
    for case, before in zip(cases, followed, strict=True):
        assert [without_id(row) for row in rows(case)] == [without_id(row) for row in before]


def test_each_meddled_row_among_many_alike_is_found():
    cases = [Case(born=date(1980, 5, 5)) for _ in range(6)]
    for case in cases:
        case.happens("case.opened", at=MORNING)
        case.happens("need.assessed", at=MORNING + timedelta(hours=1), outcome="care_needed")
    meddled = {
        "due_on": date(2027, 1, 1), "promised_on": date(2026, 4, 1), "rule": "PHC-14D-U23", "because": [],
        "paused_since": MORNING, "wake_at": MORNING + timedelta(days=30),
    }  # fmt: skip
    for case, (name, value) in zip(cases, meddled.items(), strict=True):
        Clock.objects.filter(subject=case.id, line="primary_care").update(**{name: value})
    found = actions.rebuild(uses_of=USES_OF, born_of=born_of, at=MORNING + timedelta(hours=2), check=True)
    told = {one.subject: one.what.split()[0] for one in found}
    assert told == dict(zip([case.id for case in cases], meddled, strict=True))


def without_id(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("id", "subject")}


@pytest.fixture
def case() -> Case:
    case = Case(born=date(1980, 5, 5))
    case.happens("case.opened", at=MORNING)
    case.happens("need.assessed", at=MORNING + timedelta(hours=1), outcome="care_needed")
    return case


def test_a_row_that_was_meddled_with_is_found_and_mended(case):
    Clock.objects.filter(subject=case.id, line="primary_care").update(due_on=date(2027, 1, 1), state="overdue")
    (found,) = actions.rebuild(uses_of=USES_OF, born_of=born_of, at=MORNING + timedelta(hours=2), check=True)
    assert (found.subject, found.line) == (case.id, "primary_care")
    assert "due_on was 2027-01-01, is 2026-06-02" in found.what
    assert Clock.objects.get(subject=case.id, line="primary_care").due_on == date(2027, 1, 1)
    actions.rebuild(uses_of=USES_OF, born_of=born_of, at=MORNING + timedelta(hours=2))
    assert Clock.objects.get(subject=case.id, line="primary_care").due_on == date(2026, 6, 2)


def test_a_missing_row_and_one_too_many_are_found(case):
    Clock.objects.filter(subject=case.id, line="contact").delete()
    Clock.objects.create(subject=case.id, line="oral_care", rule="ORAL-6M-2025", started_at=MORNING, state="running")
    Clock.objects.create(subject=uuid4(), line="contact", rule="CONTACT-SAME-DAY", started_at=MORNING, state="running")
    differences = actions.rebuild(uses_of=USES_OF, born_of=born_of, at=MORNING + timedelta(hours=2))
    assert sorted((one.line, one.what) for one in differences) == [
        ("contact", "it was missing"), ("contact", "no event started it"), ("oral_care", "no event started it"),
    ]  # fmt: skip
    assert actions.rebuild(uses_of=USES_OF, born_of=born_of, at=MORNING + timedelta(hours=2), check=True) == []


def test_a_row_that_no_round_has_woken_yet_is_no_difference(case):
    assert actions.rebuild(uses_of=USES_OF, born_of=born_of, at=MORNING + timedelta(days=200), check=True) == []


def test_a_start_that_was_never_told_takes_the_birth_date_it_is_given():
    case = Case(born=date(1970, 1, 1))
    case.record("need.assessed", at=MORNING, outcome="care_needed")
    actions.rebuild(uses_of=USES_OF, born_of=born_of, at=MORNING)
    assert Clock.objects.get(subject=case.id).rule == "PHC-3M-2025"


def test_events_that_cannot_have_happened_are_told_and_the_others_are_still_rebuilt(case):
    broken = Case(born=None)
    broken.record("case.opened", at=MORNING)
    broken.record("need.assessed", at=MORNING - timedelta(hours=1), outcome="advice")
    Clock.objects.filter(subject=case.id).delete()
    differences = actions.rebuild(uses_of=USES_OF, born_of=born_of, at=MORNING + timedelta(hours=2))
    assert next(one.what for one in differences if one.subject == broken.id).endswith("mend one of the times")
    assert len(rows(case)) == 2
