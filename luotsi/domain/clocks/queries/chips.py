"""Clocks as lists and cases show them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Min

from luotsi.base.now import local_day, today
from luotsi.base.text import Text
from luotsi.domain.clocks.definitions import ClockRule, Line, State, clock_rules, clock_words
from luotsi.domain.clocks.models import OPEN_STATES, Clock
from luotsi.domain.clocks.rules import Because, Standing, about_law, about_now, in_words


@dataclass(frozen=True)
class ClockChip:
    """One clock. `days_left` are calendar days to the last day, negative when it has passed, None without one.

    `stopped` is the day on which it was met, or on which it ended. `because` is its explanation, a sentence a step.
    """

    subject: UUID
    line: Line
    name: Text
    rule: str
    state: State
    due: date | None
    days_left: int | None
    started: datetime
    promised: date | None
    stopped: date | None
    paused_since: date | None
    verified: bool
    steps: tuple[Because, ...]

    @property
    def is_running(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_paused(self) -> bool:
        return self.is_running and self.paused_since is not None

    @property
    def is_age_unknown(self) -> bool:
        """The flag: the rule depends on an age that is not known, so the strictest one is followed."""
        return any(step.what == "age_unknown" for step in self.steps)

    @property
    def state_name(self) -> Text:
        return clock_words().states[self.state]

    @cached_property
    def because(self) -> tuple[Text, ...]:
        return explain(self.steps, clock_rules()[self.rule])


def clocks_of(subjects: Collection[UUID], *, on: date | None = None) -> dict[UUID, tuple[ClockChip, ...]]:
    """The clocks of each subject, the earliest last day first; one query. `on`: the day to count from, today."""
    day = on or today()
    chips: dict[UUID, list[ClockChip]] = {subject: [] for subject in subjects}
    for row in Clock.objects.filter(subject__in=subjects).order_by("due_on", "line", "started_at"):
        chips[row.subject].append(_chip(row, day))
    return {subject: tuple(found) for subject, found in chips.items()}


def earliest_due(subjects: Collection[UUID]) -> dict[UUID, date]:
    """The earliest last day that still runs on each subject: all that a long list needs to be in order. One query."""
    rows = Clock.objects.filter(subject__in=subjects, state__in=OPEN_STATES, due_on__isnull=False)
    return dict(rows.order_by().values_list("subject").annotate(Min("due_on")))


def explain(because: Iterable[Because], rule: ClockRule) -> tuple[Text, ...]:
    """The steps as sentences in Finnish, Swedish and English."""
    words = clock_words()
    return tuple(in_words(step, rule, words) for step in because)


def _chip(row: Clock, day: date) -> ClockChip:
    rule = clock_rules()[row.rule]
    paused = local_day(row.paused_since) if row.paused_since else None
    now = about_now(Standing(row.due_on, row.promised_on, paused is not None), day) if row.stopped_at is None else ()
    return ClockChip(
        subject=row.subject,
        line=rule.line,
        name=clock_words().lines[rule.line],
        rule=row.rule,
        state=row.state,
        due=row.due_on,
        days_left=(row.due_on - day).days if row.due_on else None,
        started=row.started_at,
        promised=row.promised_on,
        stopped=local_day(row.stopped_at) if row.stopped_at else None,
        paused_since=paused,
        verified=rule.verified,
        steps=(*(Because.from_json(step) for step in row.because), *about_law(rule, row.due_on), *now),
    )
