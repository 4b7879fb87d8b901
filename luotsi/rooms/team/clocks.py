"""A case's clock as the pages show it: the chip, and the steps that led to its date."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.urls import reverse

from luotsi.base.text import Text
from luotsi.domain.clocks.queries import ClockChip

ChipState = Literal["running", "paused", "met", "late", "ended"]


@dataclass(frozen=True)
class Shown:
    """A clock in the chip's own words. `because` are the steps of its explanation, `url` the page of its rule.

    `is_overdue` is read from the days, so that it holds from midnight on; `is_at_risk`: the promised time is too late.
    """

    name: Text
    state: ChipState
    due: date | None
    stopped: date | None
    verified: bool
    is_overdue: bool
    is_at_risk: bool
    because: tuple[Text, ...]
    rule: str
    url: str


def shown_clock(chip: ClockChip) -> Shown:
    return Shown(
        name=chip.name,
        state=_chip_state(chip),
        due=chip.due,
        stopped=chip.stopped,
        verified=chip.verified,
        is_overdue=chip.is_running and chip.days_left is not None and chip.days_left < 0,
        is_at_risk=chip.is_running and None not in (chip.promised, chip.due) and chip.promised > chip.due,
        because=chip.because,
        rule=chip.rule,
        url=reverse("clock", args=[chip.rule]),
    )


def _chip_state(chip: ClockChip) -> ChipState:
    """The chip counts the days itself, so what is soon, at risk or overdue is still running there."""
    if chip.state in {"met", "late", "ended"}:
        return chip.state  # type: ignore[return-value]
    return "paused" if chip.is_paused else "running"
