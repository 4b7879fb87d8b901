"""Why this date: a clock's whole explanation, from its row and the shelf."""

from dataclasses import dataclass
from datetime import date

from luotsi.base.now import local_day
from luotsi.base.text import Text
from luotsi.domain.clocks.definitions import ClockRule, clock_rules, clock_settings, clock_words, counting
from luotsi.domain.clocks.queries.chips import ClockChip
from luotsi.domain.clocks.rules import Assumed, Because, DayCounted, assumed, days_counted, length_that_held
from luotsi.domain.clocks.rules.because import law_in_every_language


@dataclass(frozen=True)
class Explained:
    """A clock with its rule, the days counted and skipped, and how the county reads the law.

    `days` is empty for a limit that is not counted day by day: its steps say how it was counted. `first` is the day
    from which was counted, not counted itself. The steps in words are the chip's own.
    """

    chip: ClockChip
    rule: ClockRule
    first: date
    days: tuple[DayCounted, ...]
    assumptions: tuple[Assumed, ...]

    @property
    def skipped(self) -> tuple[DayCounted, ...]:
        return tuple(day for day in self.days if not day.is_counted)


def explained(chip: ClockChip) -> Explained:
    """The explanation of a chip that the viewer has been shown."""
    rule, settings, words = clock_rules()[chip.rule], clock_settings(), clock_words()
    first = _day_of("received_later", chip) or local_day(chip.started)
    special = next((step.word for step in chip.steps if step.what == "special_length"), "")
    length, last = length_that_held(rule, special), _day_of("counted", chip)
    return Explained(
        chip=chip,
        rule=rule,
        first=first,
        days=days_counted(length, first, last, settings=settings, words=words),
        assumptions=assumed(counting(), chip.steps),
    )


def law_of(rule: ClockRule) -> Text:
    """Where the limit stands: act and section, or that it is the county's own promise."""
    return law_in_every_language(rule, clock_words())


def _day_of(what: str, chip: ClockChip) -> date | None:
    step: Because | None = next((one for one in chip.steps if one.what == what), None)
    return step.days[-1] if step and step.days else None
