"""The story as events: what each action of the nouns would have recorded, in the order of time, month by month."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from luotsi.base.bulk import Stream
from luotsi.demo import ids, story
from luotsi.demo.calendars import PROFESSIONS
from luotsi.demo.days import DAY, HOUR, Ints
from luotsi.demo.matters import CHANNELS, NEVER, SERVICES
from luotsi.demo.streams import moments, same, stream_of, words
from luotsi.demo.tables import KINDS, LANGUAGES, UNITS, Rows
from luotsi.domain.organisation import definitions as organisation

Body = Callable[[Ints], pa.StringArray]  # the bodies of these rows, as JSON
RESIDENT, SYSTEM = -1, -2  # who acts, where it is no worker's seat
URGENCIES = ("non_urgent", "urgent")
DAYS_AT_ONCE = 15
_TAKEN_OVER = 6 * HOUR  # on the first morning one learnt of what had been before
_REGISTERS = tuple(unit.register for unit in story.UNITS)
COLUMNS = (
    *(
        "uid",
        "kind",
        "occurred_at",
        "recorded_at",
        "local_day",
        "actor_kind",
        "actor_id",
        "actor_role",
        "subject",
        "resident",
    ),
    *(
        "unit",
        "service",
        "case_kind",
        "register",
        "channel",
        "profession",
        "urgency",
        "municipality",
        "language",
        "body",
    ),
)


@dataclass
class Happening:
    """One kind of event, a row each. Numbers are places; below 0 means none.

    `order` settles which of several events of one moment came first, as the action that records them does.
    """

    kind: str
    order: int
    at: Ints
    resident: Ints
    actor: Ints  # seat, RESIDENT or SYSTEM
    body: Body
    unit: Ints
    service: Ints
    subject: tuple[ids.Ids, Ints] | None = None
    has_kind: NDArray[np.bool_] | None = None  # None: every row has its unit's case kind
    channel: Ints | None = None
    urgency: Ints | None = None
    keeps_profession: bool = True
    told_as: Ints | None = None  # whose profession it carries, where it is not the actor's
    over: Callable[[Ints], dict[str, pa.Array]] | None = None  # columns that are not those of the unit's own matters
    _sorted: Ints = field(init=False)

    def __post_init__(self) -> None:
        self._sorted = np.argsort(self.at, kind="stable")
        self._moments = self.at[self._sorted]

    def between(self, since: int, until: int) -> Ints:
        """The rows of that time."""
        first, last = np.searchsorted(self._moments, (since, until))
        return self._sorted[first:last]

    @property
    def count(self) -> int:
        return int(np.searchsorted(self._moments, NEVER))


def events(rows: Rows, happenings: list[Happening]) -> Stream:
    """Every event in the order of time."""
    return stream_of(COLUMNS, _parts(rows, happenings))


def _parts(rows: Rows, happenings: list[Happening]) -> Iterator[pa.Table]:
    days = rows.told.days
    for first in range(0, days.today + 1, DAYS_AT_ONCE):
        span = first * DAY, (first + DAYS_AT_ONCE) * DAY
        found = [(one, one.between(*span)) for one in happenings]
        tables = [_over(_table(rows, one, which), one, which) for one, which in found if len(which)]
        if not tables:
            continue
        order = np.concatenate([np.full(len(which), one.order) for one, which in found])
        moment = np.concatenate([one.at[which] for one, which in found])
        whole = pa.concat_tables(tables).combine_chunks()
        yield whole.take(pa.array(np.lexsort((order, moment))))


def _over(table: pa.Table, it: Happening, which: Ints) -> pa.Table:
    for name, column in (it.over(which) if it.over else {}).items():
        table = table.set_column(COLUMNS.index(name), name, column)
    return table


def _table(rows: Rows, it: Happening, which: Ints) -> pa.Table:
    told, count = rows.told, len(which)
    actor, unit, at = it.actor[which], it.unit[which], moments(told.days, it.at[which])
    who = it.resident[which]
    roles = _roles(rows, actor)
    professions = roles if it.told_as is None else _roles(rows, it.told_as[which])
    people = told.residents
    nothing = np.full(count, -1)
    case_kind = unit if it.has_kind is None else np.where(it.has_kind[which], unit, -1)
    resident_id = ids.as_text(people.ids[who])
    return pa.table(
        dict(
            uid=ids.as_text(ids.draw(told.rng, count)),
            kind=same(it.kind, count),
            occurred_at=at,
            recorded_at=moments(told.days, np.maximum(it.at[which], told.days.start * DAY + _TAKEN_OVER)),
            local_day=pa.array(told.days.local_dates(it.at[which])),
            actor_kind=words(("staff", "resident", "system"), np.where(actor >= 0, 0, -actor)),
            actor_id=_actor(rows, actor, resident_id),
            actor_role=pc.if_else(
                pa.array(actor >= 0), roles, words(("resident", "system"), np.clip(-actor - 1, 0, 1))
            ),
            subject=pa.nulls(count, pa.string())
            if it.subject is None
            else ids.as_text(it.subject[0][it.subject[1][which]]),
            resident=resident_id,
            unit=words(UNITS, unit),
            service=words(SERVICES, it.service[which]),
            case_kind=words(KINDS, case_kind),
            register=words(_REGISTERS, unit),
            channel=words(CHANNELS, nothing if it.channel is None else it.channel[which]),
            profession=professions if it.keeps_profession else same("", count),
            urgency=words(URGENCIES, nothing if it.urgency is None else it.urgency[which]),
            municipality=words(people.municipalities, people.municipality[who]),
            language=words(LANGUAGES, people.language[who]),
            body=it.body(which),
        )
    )


def _roles(rows: Rows, actor: Ints) -> pa.StringArray:
    """The roles of those who see residents are named by their professions."""
    return words(PROFESSIONS, np.where(actor >= 0, rows.seat_profession[actor], -1))


def _actor(rows: Rows, actor: Ints, resident_id: pa.StringArray) -> pa.StringArray:
    worker = ids.as_text(rows.staff[np.maximum(actor, 0)])
    return pc.if_else(pa.array(actor >= 0), worker, pc.if_else(pa.array(actor == RESIDENT), resident_id, None))


def check_roles() -> None:
    """The professions of the story are roles of the shelf, whose profession is their own name. Raises ValueError."""
    roles = organisation.roles()
    for name in PROFESSIONS:
        if name not in roles or roles[name].profession != name:
            raise ValueError(f"the story has a {name!r}, whose role file names another profession")
