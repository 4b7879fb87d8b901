"""A case's clock as the pages show it: the chip, and the steps that led to its date."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.urls import reverse

from luotsi.base.text import Text
from luotsi.domain.clocks.definitions import clock_words
from luotsi.domain.clocks.queries import ClockChip, Explained, explained, law_of

ChipState = Literal["running", "paused", "met", "late", "ended"]
Whose = Literal["case", "referral", "list"]


@dataclass(frozen=True)
class Shown:
    """A clock in the chip's own words.

    `is_overdue` is read from the days, so that it holds from midnight on; `is_at_risk`: the promised time is too late.
    `of`: where it is explained: with the case, with the thread between professions, or for whoever sees the list and
    opens no case.
    """

    chip: ClockChip
    name: Text
    state: ChipState
    due: date | None
    stopped: date | None
    verified: bool
    is_overdue: bool
    is_at_risk: bool
    rule: str
    of: Whose = "case"

    @property
    def because(self) -> tuple[Text, ...]:
        """The steps of its explanation. Put into words only where they are read: a list shows many clocks."""
        return self.chip.because

    @property
    def url(self) -> str:
        """The page of its rule."""
        return reverse("clock", args=[self.rule])

    @property
    def anchor(self) -> str:
        """Its place on the page that explains the case's dates; parallel clocks of a line have one each."""
        return f"{self.chip.line}-{self.chip.started:%Y%m%d%H%M%S}"

    @property
    def day_by_day(self) -> Text:
        """The words of the way to its explanation."""
        return clock_words().labels["days"]

    @property
    def why(self) -> str:
        """Why this date: the page of its explanation."""
        return f"{reverse(f'{self.of}-dates', args=[self.chip.subject])}#{self.anchor}"


@dataclass(frozen=True)
class Why:
    """A clock with its whole explanation: the rule, the law, the days counted and skipped, the assumptions."""

    shown: Shown
    told: Explained

    @property
    def law(self) -> Text:
        return law_of(self.told.rule)


def why(chip: ClockChip) -> Why:
    return Why(shown_clock(chip), explained(chip))


def shown_clock(chip: ClockChip, *, of: Whose = "case") -> Shown:
    return Shown(
        chip=chip,
        name=chip.name,
        state=_chip_state(chip),
        due=chip.due,
        stopped=chip.stopped,
        verified=chip.verified,
        is_overdue=chip.is_running and chip.days_left is not None and chip.days_left < 0,
        is_at_risk=bool(chip.is_running and chip.promised and chip.due and chip.promised > chip.due),
        rule=chip.rule,
        of=of,
    )


def _chip_state(chip: ClockChip) -> ChipState:
    """The chip counts the days itself, so what is soon, at risk or overdue is still running there."""
    if chip.state in {"met", "late", "ended"}:
        return chip.state  # type: ignore[return-value]
    return "paused" if chip.is_paused else "running"
