"""The usage log: what is shown of a resident is written in the transaction that reads it, before it is answered."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from luotsi.base.now import now
from luotsi.base.who import Who

# One statement carries so many rows; only an export writes more.
_BATCH = 5_000
_LONGEST = 200
T = TypeVar("T")


class LogUnavailable(Exception):
    """The usage log could not be written, so nothing may be shown."""


@dataclass(frozen=True)
class Look:
    """One request that reads residents' data: who, for which action, in which request (id) and from where (address)."""

    viewer: Who
    action: str = ""
    request: str = ""
    address: str = ""
    rows: dict[tuple[Any, ...], dict[str, Any]] = field(default_factory=dict, compare=False, repr=False)
    found: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def forget_after_writing(self, execute: Callable[..., Any], statement: str, *given: Any) -> Any:
        """Around every statement of the look: what it found holds until it writes."""
        if not statement.lstrip().startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            self.found.clear()
        return execute(statement, *given)


_open: ContextVar[Look | None] = ContextVar("look", default=None)


@contextmanager
def looking(viewer: Who, *, action: str, request: str = "", address: str = "") -> Iterator[Look]:
    """Read residents' data in one transaction, as the role that may not do more, telling the database who looks.

    What `saw` collects meanwhile is written before the transaction commits. A look within a look of the same viewer
    joins it. Raises LogUnavailable: then whatever was read must not be answered.
    """
    outer = _open.get()
    if outer is not None and outer.viewer == viewer:
        yield outer
        return
    before = _keep() if connection.in_atomic_block else None
    with transaction.atomic():
        _enter(viewer)
        look = Look(viewer, action, request, address)
        token = _open.set(look)
        try:
            with connection.execute_wrapper(look.forget_after_writing):
                yield look
        finally:
            _open.reset(token)
        _write(look.rows.values(), savepoint=False)
        if before is not None:  # an outermost transaction ends here and its settings with it
            _put_back(before)


def found_once(key: Hashable, find: Callable[[], T]) -> T:
    """What `find` answers, asked once while a look reads: several parts of a page want the same. Asked each time where
    no look is open. The key names the viewer too.
    """
    look = _open.get()
    if look is None:
        return find()
    if key not in look.found:
        look.found[key] = find()
    return cast(T, look.found[key])


def saw(
    viewer: Who,
    *,
    residents: Collection[UUID | None],
    what: str,
    subject: UUID | None = None,
    register: str = "",
    ground: str = "",
) -> None:
    """These residents' data are on their way to the viewer. `what` and `ground` are keys of content/log_words.

    Kept until the look ends, the same of the same resident once; where no look is open, written at once. A resident
    None stands for a reading that found nobody.
    Raises LogUnavailable.
    """
    ground = ground or ("own" if viewer.is_resident and viewer.acting_for is None else "")
    told = {"log": "usage", "what": what, "subject": subject, "register": register, "ground": ground}
    _note(viewer, ({**told, "resident": resident} for resident in residents))


def disclosed(
    viewer: Who, *, resident: UUID, recipient: str, what: str, ground: str, subject: UUID | None = None
) -> None:
    """A resident's data were given to another provider or authority: a row of the disclosure log."""
    row = {"log": "disclosure", "what": what, "subject": subject, "ground": ground, "recipient": recipient}
    _note(viewer, [{**row, "resident": resident}])


def refused(
    viewer: Who,
    *,
    action: str,
    subject: UUID | None,
    request: str = "",
    address: str = "",
    resident: UUID | None = None,
    what: str = "",
) -> None:
    """Somebody asked for what is not theirs to see. Call it after the look that found so: its transaction is gone."""
    row = {"log": "usage", "outcome": "refused", "subject": subject, "resident": resident, "what": what}
    _write([_row(Look(viewer, action, request, address), viewer, row)])


def also(resident: UUID) -> None:
    """Count this resident among the viewer's own until the transaction ends: somebody who has just been registered."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("also() lasts for a transaction, and none is open")
    with connection.cursor() as sql:
        sql.execute(
            "SELECT set_config('luotsi.own', "
            "(coalesce(nullif(current_setting('luotsi.own', true), ''), '{}')::uuid[] || %s::uuid)::text, true)",
            [resident],
        )


def _note(viewer: Who, rows: Iterable[dict[str, Any]]) -> None:
    look = _open.get()
    if look is None:
        _write([_row(Look(viewer), viewer, row) for row in rows])
        return
    for row in rows:
        same = (viewer, row["log"], row["resident"], row["what"], row["subject"], row.get("recipient", ""))
        if same not in look.rows:
            look.rows[same] = _row(look, viewer, row)


def _row(look: Look, viewer: Who, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "outcome": "shown",
        "actor_kind": viewer.kind,
        "actor_id": viewer.id,
        "actor_role": viewer.role,
        "actor_units": sorted(viewer.units),
        "acting_for": viewer.acting_for,
        "register": "",
        "action": look.action,
        "ground": "",
        "recipient": "",
        "request": _clean(look.request),
        "address": _clean(look.address),
        **row,
    }


def _clean(words: str) -> str:
    """What came from outside: nothing PostgreSQL cannot hold, and not without end."""
    return words.replace("\0", "").encode("utf-8", "replace").decode()[:_LONGEST]


_COLUMNS = (
    *("log", "outcome", "actor_kind", "actor_id", "actor_role", "actor_units", "acting_for", "resident", "what"),
    *("subject", "register", "action", "ground", "recipient", "request", "address"),
)
_INTO = f"INSERT INTO events_use ({', '.join(_COLUMNS)}) "
_ONE = f"{_INTO} VALUES ({', '.join(['%s'] * len(_COLUMNS))})"
# Many rows are a parameter for each column, not one for each value: a list of 50 then costs a third of the time.
_UUIDS = {"actor_id", "acting_for", "resident", "subject"}
_READ = ["r.actor_units::text[]" if name == "actor_units" else f"r.{name}" for name in _COLUMNS]
_LISTS = ["%s::uuid[]" if name in _UUIDS else "%s::text[]" for name in _COLUMNS]
_MANY = f"{_INTO} SELECT {', '.join(_READ)} FROM unnest({', '.join(_LISTS)}) AS r({', '.join(_COLUMNS)})"  # noqa: S608 (constants)


def _write(rows: Iterable[dict[str, Any]], *, savepoint: bool = True) -> None:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        try:
            with transaction.atomic(savepoint=savepoint), connection.cursor() as sql:
                if len(batch) == 1:
                    sql.execute(_ONE, [batch[0][name] for name in _COLUMNS])
                else:
                    sql.execute(_MANY, [_column(name, batch) for name in _COLUMNS])
        except DatabaseError as error:
            raise LogUnavailable("the usage log could not be written; nothing is shown") from error


def _column(name: str, rows: list[dict[str, Any]]) -> list[Any]:
    """The values of a column; units, a list of their own, as PostgreSQL writes a list."""
    return [_listed(row[name]) if name == "actor_units" else row[name] for row in rows]


def _listed(words: Iterable[str]) -> str:
    """A text[] literal."""
    quoted = (word.replace("\\", r"\\").replace('"', r"\"") for word in words)
    return "{" + ",".join(f'"{word}"' for word in quoted) + "}"


# What a transaction tells the database about its viewer; row-level security reads it.
_SETTINGS = ("luotsi.kind", "luotsi.viewer", "luotsi.units", "luotsi.own", "luotsi.at", "role")
_ENTER = (
    "SELECT set_config('luotsi.kind', %s, true), set_config('luotsi.viewer', %s, true), "
    "set_config('luotsi.units', %s, true), set_config('luotsi.own', %s, true), "
    "set_config('luotsi.at', %s, true), set_config('role', 'luotsi_app', true)"
)
_KEEP = "SELECT " + ", ".join(f"current_setting('{name}', true)" for name in _SETTINGS)
_PUT_BACK = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in reversed(_SETTINGS))


def _enter(viewer: Who) -> None:
    units, own = _listed(sorted(viewer.units)), ",".join(sorted(map(str, viewer.own_ids)))
    with connection.cursor() as sql:
        sql.execute(_ENTER, [viewer.kind, str(viewer.id or ""), units, f"{{{own}}}", now().isoformat()])


def _keep() -> list[str]:
    """What is set now; "" for what is not."""
    with connection.cursor() as sql:
        sql.execute(_KEEP)
        return [value or "" for value in sql.fetchone()]


def _put_back(before: list[str]) -> None:
    with connection.cursor() as sql:
        sql.execute(_PUT_BACK, list(reversed(before)))
