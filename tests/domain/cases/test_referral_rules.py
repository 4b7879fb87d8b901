"""Every state of a referral with every step by either end: what may be done, and what follows. No database."""

import pytest

from luotsi.domain.cases.definitions import referral_routes
from luotsi.domain.cases.rules import NotPossible, referral
from luotsi.domain.cases.rules.referral import SIDES, STATES, STEPS, Standing

# type, state: what the receiver may do, what the sender may do.
MAY = {
    ("referral", "sent"): ("received accepted on_hold returned message", "message withdrawn"),
    ("referral", "received"): ("accepted on_hold returned message", "message withdrawn"),
    ("referral", "on_hold"): ("accepted on_hold returned message", "message withdrawn"),
    ("referral", "accepted"): ("done message", "message"),
    ("referral", "answered"): ("", ""),
    ("consultation", "sent"): (
        "received answered on_hold returned message time_chosen", "message time_chosen withdrawn",
    ),
    ("consultation", "received"): (
        "answered on_hold returned message time_chosen", "message time_chosen withdrawn",
    ),
    ("consultation", "on_hold"): (
        "answered on_hold returned message time_chosen", "message time_chosen withdrawn",
    ),
    ("consultation", "accepted"): ("", ""),
    ("consultation", "answered"): ("answered message", "done message"),
} | {
    (kind, state): ("", "") for kind in ("referral", "consultation") for state in ("returned", "done", "withdrawn")
}  # fmt: skip


def test_the_table_knows_every_state() -> None:
    assert {state for _, state in MAY} == set(STATES)
    assert len(MAY) == 2 * len(STATES)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("standing", [Standing(*key) for key in MAY], ids=lambda one: f"{one.type}-{one.state}")
def test_a_step_is_open_in_these_states_to_this_side_and_in_no_other(standing: Standing, side: str, step: str) -> None:
    receiver, sender = MAY[standing.type, standing.state]
    is_open = step in (receiver if side == "receiver" else sender).split()

    assert referral.can(step, standing, side) is is_open  # type: ignore[arg-type]
    if is_open:
        referral.check_can(step, standing, side)  # type: ignore[arg-type]
    else:
        with pytest.raises(NotPossible):
            referral.check_can(step, standing, side)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), "sent"),
        (("message",), "sent"),
        (("time_chosen", "message"), "sent"),
        (("received", "message"), "received"),
        (("received", "on_hold", "message", "accepted"), "accepted"),
        (("on_hold", "returned"), "returned"),
        (("answered", "message", "answered"), "answered"),
        (("accepted", "done"), "done"),
    ],
)
def test_the_state_is_the_last_entry_that_says_something_of_it(steps: tuple[str, ...], state: str) -> None:
    assert referral.referral_state(steps) == state


@pytest.mark.parametrize("missing", ["is_open", "goes_from", "register", "goes_to"])
def test_a_route_that_does_not_lead_there_is_refused(missing: str) -> None:
    holds = dict.fromkeys(("is_open", "goes_from", "register", "goes_to"), True)
    referral.check_route(**holds)

    with pytest.raises(NotPossible):
        referral.check_route(**holds | {missing: False})


def test_only_an_answer_stops_the_clock_of_every_route() -> None:
    for route in referral_routes().values():
        (use,) = route.clocks
        assert use.stops_when == {"step": ("accepted", "returned", "answered", "done")}
        assert "on_hold" not in use.stops_when["step"]
