"""The log as the privacy officer reads it: row by row, and every reading of it is a row itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.events.actions.looking import saw
from luotsi.domain.events.models import Use

PER_PAGE = 100
LONGEST = 1_000


@dataclass(frozen=True)
class LogLine:
    """One row of the log. Texts are "" when unknown; `resident` is None where nobody's data were shown."""

    id: int
    at: datetime
    log: str
    outcome: str
    actor_kind: str
    actor_id: UUID | None
    actor_role: str
    actor_units: tuple[str, ...]
    acting_for: UUID | None
    resident: UUID | None
    what: str
    subject: UUID | None
    register: str
    action: str
    ground: str
    recipient: str
    request: str
    address: str


@dataclass(frozen=True)
class LogPage:
    """Rows, newest first."""

    lines: tuple[LogLine, ...]
    has_more: bool


def search_log(
    *,
    viewer: Who,
    resident: UUID | None = None,
    actor: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    action: str = "",
    ground: str = "",
    outcome: str = "",
    limit: int = PER_PAGE,
    offset: int = 0,
) -> LogPage:
    """Rows that fit everything named; `until` is the first moment outside. Only staff get an answer.

    The page names an action that only those who watch over the log may. The search is logged for each resident found,
    or once when none was.
    """
    if not viewer.is_staff:
        return LogPage((), False)
    limit = min(max(limit, 1), LONGEST)
    asked = {
        "resident": resident,
        "actor_id": actor,
        "at__gte": since,
        "at__lt": until,
        "action": action,
        "ground": ground,
        "outcome": outcome,
    }
    rows = Use.objects.filter(**{name: value for name, value in asked.items() if value}).order_by("-at", "-id")
    found = [line_of(row) for row in rows[max(offset, 0) : max(offset, 0) + limit + 1]]
    lines = tuple(found[:limit])
    shown: set[UUID | None] = {resident, *(line.resident for line in lines)}
    saw(viewer, residents=shown - {None} or {None}, what="log", ground="oversight")
    return LogPage(lines, len(found) > limit)


def use_of(ids: Collection[int], *, viewer: Who) -> tuple[LogLine, ...]:
    """These rows of the log, oldest first. A resident gets those that are about their own data."""
    rows = Use.objects.filter(id__in=list(ids)).order_by("at", "id")
    if viewer.is_resident:
        rows = rows.filter(resident__in=list(viewer.own_ids), outcome="shown")
        if viewer.registers is not None:
            rows = rows.filter(register__in=["", *viewer.registers])
    elif not viewer.is_staff:
        return ()
    lines = tuple(line_of(row) for row in rows)
    saw(
        viewer,
        residents={line.resident for line in lines},
        what="log",
        ground="oversight" if viewer.is_staff else viewer.ground,
    )
    return lines


def line_of(row: Use) -> LogLine:
    values: dict[str, Any] = {name: getattr(row, name) for name in LogLine.__dataclass_fields__}
    return LogLine(**{**values, "actor_units": tuple(values["actor_units"])})
