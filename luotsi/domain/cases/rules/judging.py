"""When something may have happened, when a wrong close may be undone, and who has been told in time. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from luotsi.base.now import in_helsinki, local_day
from luotsi.domain.cases.rules.case import NotPossible

UNDO_WITHIN = timedelta(hours=1)
ToldState = Literal["waiting", "overdue", "told", "told_late"]


class WrongTime(ValueError):
    """A moment that cannot be. `why` is before_contact or future; the sentence can be shown."""

    def __init__(self, why: Literal["before_contact", "future"], when: datetime, than: datetime) -> None:
        self.why = why
        said = f"{in_helsinki(when):%d.%m.%Y %H:%M}"
        if why == "future":
            super().__init__(f"{said} is in the future; mend the time")
        else:
            super().__init__(
                f"{said} is before the contact ({in_helsinki(than):%d.%m.%Y %H:%M}); mend one of the times"
            )


def check_when(when: datetime, *, opened_at: datetime, at: datetime) -> None:
    """Nothing is judged or told before the contact came, nor in the future. Raises WrongTime."""
    if when > at:
        raise WrongTime("future", when, at)
    if when < opened_at:
        raise WrongTime("before_contact", when, opened_at)


_ICPC2 = re.compile(r"[ABDFHKLNPRSTUWXYZ]\d{2}")  # a chapter's letter and two digits


def is_icpc2(code: str) -> bool:
    """Whether the text has the shape of an ICPC-2 code."""
    return _ICPC2.fullmatch(code) is not None


def check_reason(reason: str, *, scheme: Literal["none", "icpc2", "own"], own: Collection[str]) -> None:
    """Raises ValueError: a reason that is no ICPC-2 code, or not one of the kind's own. None at all is fine."""
    if reason and not (is_icpc2(reason) if scheme == "icpc2" else reason in own):
        raise ValueError(f"{reason!r} is no reason here")


def can_close_for(needs: Collection[str], *, done: Collection[str], is_visited: bool) -> bool:
    """Whether one of the things that a reason to close asks for has happened."""
    return not needs or bool(set(needs) & ({*done, "visit"} if is_visited else {*done}))


def check_can_close_for(needs: Collection[str], *, done: Collection[str], is_visited: bool) -> None:
    if not can_close_for(needs, done=done, is_visited=is_visited):
        raise NotPossible(f"the matter is closed for this reason only after one of: {', '.join(sorted(needs))}")


def can_reopen(closed_at: datetime | None, *, at: datetime) -> bool:
    """Whether a close may still be undone: within the hour."""
    return closed_at is not None and timedelta() <= at - closed_at <= UNDO_WITHIN


def check_can_reopen(closed_at: datetime | None, *, at: datetime) -> None:
    if closed_at is None:
        raise NotPossible("the matter is open")
    if not can_reopen(closed_at, at=at):
        raise NotPossible("a close is undone within an hour; after that a new matter is opened")


def can_unmark(*, is_closed: bool, is_written: bool) -> bool:
    """Whether it can be taken back what became of a visit: not where the matter is over, or words tell of the visit."""
    return not is_closed and not is_written


def check_can_unmark(*, is_closed: bool, is_written: bool) -> None:
    if not can_unmark(is_closed=is_closed, is_written=is_written):
        raise NotPossible("the matter is closed, or something is written of the visit")


@dataclass(frozen=True)
class Told:
    """Whether a party has been told of one contact: the day by which it must be, and the day on which it was."""

    due: date | None
    told: datetime | None

    def state(self, *, on: date) -> ToldState:
        if self.told is None:
            return "overdue" if self.due and self.due < on else "waiting"
        return "told_late" if self.due and local_day(self.told) > self.due else "told"
