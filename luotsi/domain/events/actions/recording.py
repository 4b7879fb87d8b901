"""Recording what happened. Every write of every noun ends here, in the same transaction."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from luotsi.base import bulk
from luotsi.base.bulk import Stream
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events.events import RowsMended
from luotsi.domain.events.models import Event


class Fact(Protocol):
    """A frozen dataclass from a noun's events.py: its fields become the event's body."""

    kind: ClassVar[str]


@dataclass(frozen=True)
class Dimensions:
    """What figures are broken down by. Empty when unknown."""

    unit: str = ""
    service: str = ""
    case_kind: str = ""
    register: str = ""
    channel: str = ""
    profession: str = ""
    urgency: str = ""
    municipality: str = ""
    language: str = ""


def record(
    fact: Fact,
    *,
    by: Who,
    at: datetime,
    subject: UUID | None = None,
    resident: UUID | None = None,
    where: Dimensions | None = None,
    corrects: UUID | None = None,
) -> Event:
    """Append one event. `subject` is the case (or contact) it is about, `resident` whose it is."""
    return Event.objects.create(
        **as_row(fact, by=by, at=at, subject=subject, resident=resident, where=where, corrects=corrects)
    )


def tell_mended(what: str, *, rows: int, at: datetime) -> None:
    """Rows were mended by a command, and no other event tells of it: whoever remembers them reads them anew."""
    if rows:
        record(RowsMended(what=what, rows=rows), by=SYSTEM, at=at)


def record_many(rows: Iterable[dict[str, Any]], *, batch: int = 5_000) -> None:
    """Append many events made by `as_row`: for imports and the demonstration county."""
    Event.objects.bulk_create((Event(**row) for row in rows), batch_size=batch)


def load(rows: Stream) -> None:
    """Append very many events, columns of the table as CSV: for imports and the demonstration county.

    Live pages get no hint of them, one for each row would say nothing. Raises IntegrityError.
    """
    bulk.load({Event: rows}, silence={Event: "events_hint"})


def as_row(
    fact: Fact,
    *,
    by: Who,
    at: datetime,
    subject: UUID | None = None,
    resident: UUID | None = None,
    where: Dimensions | None = None,
    corrects: UUID | None = None,
) -> dict[str, Any]:
    """The event's columns, not yet written."""
    if at.tzinfo is None:
        raise ValueError(f"{fact.kind} has a naive time {at}; say in which zone")
    return {
        "kind": fact.kind,
        "occurred_at": at,
        "local_day": local_day(at),
        "actor_kind": by.kind,
        "actor_id": by.id,
        "actor_role": by.role,
        "subject": subject,
        "resident": resident,
        "corrects": corrects,
        "body": _body(fact),
        **asdict(where or Dimensions()),
    }


def _body(fact: Fact) -> dict[str, Any]:
    if not is_dataclass(fact):
        raise TypeError(f"{fact!r} is not a dataclass from an events.py")
    return {field.name: _plain(getattr(fact, field.name)) for field in fields(fact) if field.name != "kind"}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value
