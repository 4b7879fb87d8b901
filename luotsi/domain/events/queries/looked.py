"""Who looked at a resident's data, told so that one can read it: a worker's day with one purpose is one line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDate

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.events.actions.looking import saw
from luotsi.domain.events.models import Use

PER_PAGE = 50
_SAME = (
    *("day", "log", "actor_kind", "actor_id", "actor_role", "actor_units", "acting_for", "action", "ground"),
    "recipient",
)


@dataclass(frozen=True)
class Looked:
    """Somebody looked, once or several times in a day, for one purpose; or data were disclosed to `recipient`.

    `whats`, `ground` and `action` are keys of content/log_words; `ids` are the rows of the log, to ask about them.
    """

    day: date
    log: str
    actor_kind: str
    actor_id: UUID | None
    actor_role: str
    actor_units: tuple[str, ...]
    acting_for: UUID | None
    action: str
    ground: str
    recipient: str
    first_at: datetime
    last_at: datetime
    times: int
    whats: tuple[str, ...]
    registers: tuple[str, ...]
    subjects: tuple[UUID, ...]
    ids: tuple[int, ...]

    @property
    def is_disclosure(self) -> bool:
        return self.log == "disclosure"


@dataclass(frozen=True)
class LookedPage:
    """One page of lines, newest first."""

    lines: tuple[Looked, ...]
    page: int
    has_more: bool


def who_looked(
    residents: Collection[UUID],
    *,
    viewer: Who,
    since: datetime | None = None,
    page: int = 1,
    own: bool = False,
    hidden: Collection[UUID] = (),
) -> LookedPage:
    """Who was shown these residents' data, and to whom they were disclosed. `own`: also when they themselves looked.

    `residents` are the ids of one person. A resident gets their own (or those of whom they act for, in the registers
    of the mandate) and nothing of anybody else; staff get what they ask for, so a page of theirs names an action that
    few may. `hidden` are matters kept from whoever acts for another. That the log was read is logged.
    """
    asked = set(residents) & viewer.own_ids if viewer.is_resident else set(residents)
    if not asked or not (viewer.is_resident or viewer.is_staff):
        return LookedPage((), 1, False)
    rows = Use.objects.filter(resident__in=asked, outcome="shown")
    if since:
        rows = rows.filter(at__gte=since)
    if viewer.registers is not None:
        rows = rows.filter(register__in=["", *viewer.registers])
    if hidden:
        rows = rows.exclude(subject__in=list(hidden))
    if not own:
        rows = rows.exclude(actor_kind="resident", actor_id__in=asked)
    start = (max(page, 1) - 1) * PER_PAGE
    found = list(_lines(rows)[start : start + PER_PAGE + 1])
    saw(viewer, residents=asked, what="log", ground=viewer.ground if viewer.is_resident else "oversight")
    return LookedPage(tuple(_line(row) for row in found[:PER_PAGE]), max(page, 1), len(found) > PER_PAGE)


def _lines(rows: Any) -> Any:
    named = ~Q(register="")
    return (
        rows.annotate(day=TruncDate("at", tzinfo=HELSINKI))
        .values(*_SAME)
        .annotate(
            first_at=Min("at"),
            last_at=Max("at"),
            times=Count("id"),
            whats=ArrayAgg("what", distinct=True, default=[]),
            registers=ArrayAgg("register", distinct=True, filter=named, default=[]),
            subjects=ArrayAgg("subject", distinct=True, filter=Q(subject__isnull=False), default=[]),
            ids=ArrayAgg("id", order_by="id", default=[]),
        )
        .order_by("-last_at", "-ids")
    )


def _line(row: dict[str, Any]) -> Looked:
    lists = ("actor_units", "whats", "registers", "subjects", "ids")
    values: dict[str, Any] = {name: tuple(value) if name in lists else value for name, value in row.items()}
    return Looked(**values)
