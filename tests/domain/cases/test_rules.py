"""The state of a case follows from what happened, and says what may be done."""

import pytest

from luotsi.domain.cases import rules
from luotsi.domain.cases.rules import CaseFacts, case_state


@pytest.mark.parametrize(
    ("closed", "effects", "bookings", "state"),
    [
        (False, [], [], "new"),
        (False, ["care_needed"], [], "assessed"),
        (False, ["urgent"], [], "urgent"),
        (False, ["care_needed", "urgent"], [], "urgent"),
        (False, ["care_needed"], ["offered"], "offered"),
        (False, ["care_needed"], ["declined"], "assessed"),
        (False, ["care_needed"], ["declined", "offered"], "offered"),
        (False, ["care_needed"], ["made"], "booked"),
        (False, ["care_needed"], ["cancelled"], "assessed"),
        (False, ["care_needed"], ["held"], "visited"),
        (False, ["care_needed"], ["held", "made"], "booked"),
        (True, ["care_needed"], ["held"], "closed"),
    ],
)
def test_state_follows_from_what_happened(closed: bool, effects: list[str], bookings: list[str], state: str) -> None:
    assert case_state(CaseFacts(is_closed=closed, effects=effects, bookings=bookings)) == state  # type: ignore[arg-type]


def test_nothing_may_be_done_to_a_closed_case() -> None:
    assert rules.steps("closed") == ()
    with pytest.raises(rules.NotPossible):
        rules.check_can("assess", "closed")


def test_a_time_is_offered_only_after_the_need_was_judged() -> None:
    assert not rules.can("offer_time", "new")
    assert rules.can("offer_time", "assessed")
