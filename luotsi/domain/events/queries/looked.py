"""Who looked at a resident's data, told so that one can read it: a worker's day with one purpose is one line."""

from collections.abc import Callable, Collection
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


@dataclass(frozen=True)
class Kept:
    """What is kept from whoever acts for another: `matters`, and every worker's look that names no matter, except in
    `units` where the person has a matter that is not kept. A unit alone would tell that there is something.
    """

    matters: frozenset[UUID] = frozenset()
    units: frozenset[str] = frozenset()


def who_looked(
    residents: Collection[UUID],
    *,
    viewer: Who,
    since: datetime | None = None,
    until: datetime | None = None,
    by: str = "",
    page: int = 1,
    limit: int = 0,
    own: bool = False,
    kept: Kept | None = None,
) -> LookedPage:
    """Who was shown these residents' data, and to whom they were disclosed. `own`: also when the viewer looked.

    `residents` are the ids of one person. A resident gets their own (or those of whom they act for, in the registers
    of the mandate) and nothing of anybody else; staff get what they ask for, so a page of theirs names an action that
    few may. `kept` is kept from whoever acts for another. `until` is not within; `by` is "" or a key of BY; `limit` is
    how many lines a page has. That the log was read is logged.
    """
    asked = _asked(residents, viewer)
    if not asked:
        return LookedPage((), 1, False)
    rows, limit = _within(_open_to(viewer, asked, kept), since, until), limit or PER_PAGE
    oneself = Q(actor_kind="resident", actor_id__in={viewer.id} if viewer.acting_for else asked)
    if by in BY:
        rows = rows.filter(BY[by](oneself, asked))
    elif not own:
        rows = rows.exclude(oneself)
    start = (max(page, 1) - 1) * limit
    found = list(_lines(rows)[start : start + limit + 1])
    _note(viewer, asked)
    return LookedPage(tuple(_line(row) for row in found[:limit]), max(page, 1), len(found) > limit)


def look_at(row: int, residents: Collection[UUID], *, viewer: Who, kept: Kept | None = None) -> Looked | None:
    """One row of the log by its number, as a line; None when it is not of these residents, or not to be seen."""
    asked = _asked(residents, viewer)
    found = _lines(_open_to(viewer, asked, kept).filter(id=row)).first() if asked else None
    if found is None:
        return None
    _note(viewer, asked)
    return _line(found)


# Ways to narrow the lines by whom: each makes a condition of the viewer's own looks and the residents' ids.
BY: dict[str, Callable[[Q, Collection[UUID]], Q]] = {
    "own": lambda oneself, asked: oneself,
    "acting": lambda oneself, asked: Q(actor_kind="resident", acting_for__in=asked) & ~oneself,
    "staff": lambda oneself, asked: Q(actor_kind="staff", log="usage"),
    "outside": lambda oneself, asked: Q(log="disclosure"),
    "emergency": lambda oneself, asked: Q(ground="emergency"),
}


def _asked(residents: Collection[UUID], viewer: Who) -> set[UUID]:
    """Of these residents, those whose log this viewer may read."""
    if viewer.is_resident:
        return set(residents) & viewer.own_ids
    return set(residents) if viewer.is_staff else set()


def _open_to(viewer: Who, asked: Collection[UUID], kept: Kept | None) -> Any:
    rows = Use.objects.filter(resident__in=asked, outcome="shown")
    if viewer.registers is not None:
        rows = rows.filter(register__in=["", *viewer.registers])
    if kept is None or not kept.matters:
        return rows
    names_one = Q(subject__isnull=False)
    seen_anyway = Q(actor_units__overlap=list(kept.units)) | Q(actor_kind="resident")
    return rows.exclude(names_one, subject__in=list(kept.matters)).filter(seen_anyway)


def _within(rows: Any, since: datetime | None, until: datetime | None) -> Any:
    rows = rows.filter(at__gte=since) if since else rows
    return rows.filter(at__lt=until) if until else rows


def _note(viewer: Who, asked: Collection[UUID]) -> None:
    saw(viewer, residents=asked, what="log", ground=viewer.ground if viewer.is_resident else "oversight")


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
