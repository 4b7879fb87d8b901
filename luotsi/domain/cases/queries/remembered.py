"""What a process remembers of the lists between requests, and how it knows that it still holds.

A list of two thousand open cases costs a tenth of a second to gather, and nearly always it is as it was a moment ago:
fifty people have it open, and each change in the unit makes all of them ask. So what was gathered is kept. Every action
records an event in its own transaction; what events since say is about these cases or these people is gathered anew,
and nothing else. A command that mends rows says so by an event too, and all is read anew. What no event tells of (a
reason to see that ends at its moment) is found out within a minute.

What is kept was gathered by the system. Whether somebody may see it is asked for that viewer, and again after each
change; and the rows that are shown pass the wall of the database each time (`through_the_wall`).
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from threading import Lock
from typing import Any
from uuid import UUID

from django.db import connection

from luotsi.base.now import now, today
from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.models import Case, CaseQuerySet
from luotsi.domain.cases.queries.gathered import Listed, gathered_about, gathered_in
from luotsi.domain.events import actions as events
from luotsi.domain.events.queries import Mark, Moved, moved_since
from luotsi.domain.people import access as people

HOLDS = timedelta(minutes=1)
_MOST_LISTS, _MOST_VIEWERS, _MOST_CHANGES = 64, 200, 200
_NOBODY = UUID(int=0)  # has no relationship in person
Placing = Callable[[Iterable[Listed], str], list[Listed]]


@dataclass
class _Kept:
    """The open cases of some units on a day. `changes` are the cases of each change, the last numbered `number`."""

    units: tuple[str, ...]
    hides: bool
    lock: Lock = field(default_factory=Lock)
    mark: Mark | None = None
    at: datetime | None = None
    number: int = 0
    rows: dict[UUID, Listed] = field(default_factory=dict)
    orders: dict[str, list[Listed]] = field(default_factory=dict)
    whole: dict[UUID, Any] = field(default_factory=dict)
    changes: OrderedDict[int, frozenset[UUID]] = field(default_factory=OrderedDict)
    viewers: OrderedDict[Any, "_Open"] = field(default_factory=OrderedDict)


@dataclass
class _Open:
    """Those that one viewer, or all who work in some units in a role, may see, as of a change."""

    ids: frozenset[UUID]
    number: int
    at: datetime


@dataclass(frozen=True)
class Standing:
    """A remembered list as it stands for one viewer."""

    kept: _Kept
    number: int
    mine: _Open
    rows: dict[UUID, Listed]
    orders: dict[str, list[Listed]]

    def in_order(self, sort: str, placed: Placing) -> list[Listed]:
        """Put in order once for all who have the list open; each sees their own of it."""
        if sort not in self.orders:
            self.orders[sort] = placed(self.rows.values(), sort)
        return [row for row in self.orders[sort] if row.id in self.mine.ids]

    def whole(self, ids: Collection[UUID], read: Callable[[list[UUID]], dict[UUID, Any]]) -> dict[UUID, Any]:
        """What else is known of these cases; `read` is asked for those of which it is not."""
        known = {one: self.kept.whole[one] for one in ids if one in self.kept.whole}
        if missing := [one for one in ids if one not in known]:
            found = read(missing)
            known |= found
            with self.kept.lock:
                if self.kept.number == self.number:  # else some of it may be of before the change
                    self.kept.whole |= found
        return known


_kept: OrderedDict[tuple[Any, ...], _Kept] = OrderedDict()
_all = Lock()


def standing(*, viewer: Who, units: Collection[str]) -> Standing | None:
    """The list of these units as it stands for this viewer; None when it has to be asked anew."""
    names = tuple(sorted(units))
    return events.found_once(("standing", viewer, names), lambda: _standing(viewer, names))


def _standing(viewer: Who, units: tuple[str, ...]) -> Standing | None:
    if not viewer.is_staff:
        return None
    kept = _list_of(units, hides=people.hides_names(viewer), day=today())
    with kept.lock:
        if not _refreshed(kept):
            return None
        mine = _open_to(viewer, kept)
        return Standing(kept, kept.number, mine, kept.rows, kept.orders)


def _list_of(units: tuple[str, ...], *, hides: bool, day: date) -> _Kept:
    key = (connection.settings_dict["NAME"], units, hides, day)
    with _all:
        kept = _kept.setdefault(key, _Kept(units, hides))
        _kept.move_to_end(key)
        while len(_kept) > _MOST_LISTS:
            _kept.popitem(last=False)
    return kept


def _refreshed(kept: _Kept) -> bool:
    """Bring it up to what has happened. False when nothing may be remembered."""
    moved = moved_since(kept.mark)
    if moved is None:
        return False
    moment = now()
    if not moved.is_known or kept.at is None or moment < kept.at:
        _begin(kept, moment)
    elif moment >= kept.at + HOLDS:
        _renew(kept, moment, moved)
    elif not moved.is_still:
        _change(kept, moved)
    kept.mark = moved.mark
    return True


def _begin(kept: _Kept, moment: datetime) -> None:
    kept.rows = {row.id: row for row in gathered_in(kept.units, hides=kept.hides)}
    kept.at, kept.number, kept.whole, kept.orders = moment, next(_numbers), {}, {}
    kept.changes.clear()
    kept.viewers.clear()


def _renew(kept: _Kept, moment: datetime, moved: Moved) -> None:
    """All is gathered anew, and what differs is a change like any other: fifty who look do not all begin anew."""
    fresh = {row.id: row for row in gathered_in(kept.units, hides=kept.hides)}
    differ = {one for one in fresh.keys() | kept.rows.keys() if fresh.get(one) != kept.rows.get(one)}
    _put(kept, frozenset(differ | _told_of(kept, moved) | set(_about(kept, moved))), fresh)
    kept.at, kept.whole = moment, {}


def _change(kept: _Kept, moved: Moved) -> None:
    fresh = _about(kept, moved)
    _put(kept, frozenset(_told_of(kept, moved) | set(fresh)), fresh)


def _about(kept: _Kept, moved: Moved) -> dict[UUID, Listed]:
    """Those of which events speak, as they stand."""
    if moved.is_still:
        return {}
    told = {"subjects": moved.subjects, "residents": moved.residents}
    return {row.id: row for row in gathered_about(kept.units, hides=kept.hides, **told)}


def _told_of(kept: _Kept, moved: Moved) -> set[UUID]:
    """Those kept of which events spoke."""
    return {row.id for row in kept.rows.values() if row.id in moved.subjects or row.resident in moved.residents}


def _put(kept: _Kept, changed: frozenset[UUID], fresh: dict[UUID, Listed]) -> None:
    if not changed:
        return
    told = {one: fresh[one] for one in changed if one in fresh}
    kept.rows = {one: row for one, row in kept.rows.items() if one not in changed} | told
    kept.orders, kept.whole = {}, {one: row for one, row in kept.whole.items() if one not in changed}
    kept.number = next(_numbers)
    kept.changes[kept.number] = changed
    if len(kept.changes) > _MOST_CHANGES:
        kept.changes.popitem(last=False)
        kept.viewers.clear()


_numbers = count(1)


def _open_to(viewer: Who, kept: _Kept) -> _Open:
    """Those of the kept cases that this viewer may see: what the units open, asked once for all who work in them in
    the role, and what a relationship in person opens beside it.
    """
    together, known = replace(viewer, id=_NOBODY, name=""), people.known_in_person(viewer)
    ours = _open_by((viewer.role, viewer.units), access.listed_to(together), kept)
    if not known:
        return ours
    cases = access.listed_to(viewer).filter(resident_id__in=known)
    mine = _open_by((viewer.id, viewer.role, viewer.units, known), cases, kept)
    return _Open(ours.ids | mine.ids, kept.number, mine.at)


def _open_by(key: Hashable, cases: CaseQuerySet, kept: _Kept) -> _Open:
    """Which of the kept cases are among these; of those that were asked about within a minute, what changed since."""
    held, moment = kept.viewers.get(key), now()
    cases = cases.open_in(kept.units).order_by()
    if held is None or not held.at <= moment < held.at + HOLDS:
        held = _Open(frozenset(cases.values_list("id", flat=True)), kept.number, moment)
    elif held.number != kept.number:
        changed = frozenset().union(*(ids for number, ids in kept.changes.items() if number > held.number))
        fresh = cases.filter(id__in=changed).values_list("id", flat=True)
        held = _Open(held.ids - changed | {*fresh}, kept.number, held.at)
    kept.viewers[key] = held
    kept.viewers.move_to_end(key)
    while len(kept.viewers) > _MOST_VIEWERS:
        kept.viewers.popitem(last=False)
    return held


def through_the_wall(ids: Collection[UUID]) -> set[UUID]:
    """Those of these cases that the database itself shows to whoever looks now."""
    with connection.cursor() as sql:
        sql.execute(f"SELECT id FROM {Case._meta.db_table} WHERE id = ANY (%s)", [list(ids)])  # noqa: S608 (a constant)
        return {one for (one,) in sql.fetchall()}
