"""Which cases stand on a list, in what state and order: light, so that a list of two thousand costs little.

Two statements whatever the length. PostgreSQL gathers what has happened to each case and puts them in order; a state is
worked out once for each combination of facts. The page then asks `worklist(only=…)` for the cases that it shows.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from django.db import connection

from luotsi.base.now import today
from luotsi.base.text import sort_key
from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.clocks.models import OPEN_STATES
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people import access as people


class Listed(NamedTuple):
    """One open case, as far as its place on a list depends on it. `happened` changes with each judgement and time.

    `urgency` is the last one judged, "" before. `responsible` None: nobody's yet. `resident_name` is "" where a
    protection order hides it.
    """

    id: UUID
    resident_name: str
    opened_at: datetime
    due: date | None
    is_at_risk: bool
    has_danger: bool
    is_protected: bool
    kind: str
    unit: str
    channel: str
    urgency: str
    responsible: UUID | None
    happened: str
    state: rules.CaseState


def listed(*, viewer: Who, units: Collection[str], words: str = "", sort: str = "due") -> list[Listed]:
    """Open cases of these units that the viewer may see, in order; `sort` and `words` as in `worklist`.

    Which they are is asked as the viewer. What hangs on them is then gathered by the system, for these cases alone: the
    second wall, asked once for each of six tables, would cost more than the whole list.
    """
    ids = list(access.listed_to(viewer).open_in(units).values_list("id", flat=True))
    order, day = _ORDERS.get(sort.removeprefix("-"), _ORDERS["due"]), today()
    statement = _LISTED.format(order=_turned(order) if sort.startswith("-") else order)
    with as_system(), connection.cursor() as sql:
        sql.execute(statement, (ids, people.hides_names(viewer), day, day, list(OPEN_STATES)))
        rows = sql.fetchall()
    states: dict[tuple[str, str, bool], rules.CaseState] = {}
    found = []
    for *row, happened, is_visited in rows:
        facts = (row[_KIND], happened, is_visited)
        if facts not in states:
            states[facts] = _state(*facts)
        found.append(Listed(*row, happened, states[facts]))
    return _by_state([row for row in found if is_named(row.resident_name, words)] if words else found, sort)


_KIND = Listed._fields.index("kind")
# Each case finds what hangs on it by an index: OFFSET 0 keeps the planner from reading a whole table instead.
_LISTED = """
SELECT open.id, named.name, open.opened_at, clock.due, coalesce(clock.is_at_risk, false),
       coalesce(contact.has_danger, false), named.is_protected, open.kind, open.unit_id, coalesce(contact.channel, ''),
       coalesce(judged.urgency, ''), open.responsible_id,
       coalesce(judged.outcomes, '') || '|' || coalesce(given.states, ''),
       visit.id IS NOT NULL
FROM unnest(%s::uuid[]) AS asked (id)
CROSS JOIN LATERAL (SELECT * FROM cases_case one WHERE one.id = asked.id OFFSET 0) open
CROSS JOIN LATERAL (SELECT * FROM people_resident one WHERE one.id = open.resident_id OFFSET 0) resident
LEFT JOIN LATERAL (SELECT * FROM cases_contact one WHERE one.id = open.contact_id OFFSET 0) contact ON true
LEFT JOIN LATERAL (SELECT one.id FROM cases_visitnote one WHERE one.case_id = open.id LIMIT 1) visit ON true
CROSS JOIN LATERAL (
    SELECT held.is_protected, CASE WHEN held.is_protected AND %s THEN ''
                              ELSE resident.last_name || ' ' || resident.first_name END AS name
    FROM (SELECT coalesce(resident.protected_from <= %s, false)
                 AND (resident.protected_until IS NULL OR resident.protected_until >= %s) AS is_protected) held) named
LEFT JOIN LATERAL (
    SELECT string_agg(one.outcome, ' ' ORDER BY one.assessed_at, one.id) AS outcomes,
           (array_agg(one.urgency ORDER BY one.assessed_at DESC, one.id DESC)
            FILTER (WHERE one.urgency <> ''))[1] AS urgency
    FROM cases_assessment one WHERE one.case_id = open.id) judged ON true
LEFT JOIN LATERAL (
    SELECT string_agg(CASE WHEN booking.held_at IS NOT NULL THEN 'held' WHEN booking.cancelled_at IS NOT NULL
                      THEN 'cancelled' WHEN booking.declined_at IS NOT NULL THEN 'declined'
                      WHEN booking.accepted_at IS NOT NULL THEN 'made' ELSE 'offered' END, ' '
                      ORDER BY time.id) AS states
    FROM cases_casebooking time JOIN bookings_booking booking ON booking.id = time.booking_id
    WHERE time.case_id = open.id) given ON true
LEFT JOIN LATERAL (
    SELECT min(one.due_on) AS due, bool_or(one.promised_on > one.due_on) AS is_at_risk
    FROM clocks_clock one WHERE one.subject = open.id AND one.state = ANY (%s) AND one.due_on IS NOT NULL) clock ON true
ORDER BY {order}
"""
# Names in the order of `sort_key`: å, ä and ö last, other accents as their base letter, in any collation.
_FROM, _TO = "ÅÄÖÆØåäöæøÁÀÉÈËÜŠŽÕÑáàéèëüšžõñ", "{|}|}{|}|}aaeeeyszonaaeeeyszon"
_NAMED = f"""lower(translate(named.name, '{_FROM}', '{_TO}')) COLLATE "C" """
_ORDERS = {
    "due": "clock.due ASC NULLS LAST, open.opened_at, open.id",
    "opened": "open.opened_at, open.id",
    "name": f"{_NAMED}, open.opened_at, open.id",
    "state": "clock.due ASC NULLS LAST, open.opened_at, open.id",
}


def _turned(order: str) -> str:
    """The other way round."""
    parts = [part.strip() for part in order.split(", open.")]
    first = parts[0].replace("ASC NULLS LAST", "DESC NULLS FIRST")
    first = first if "DESC" in first else f"{first} DESC"
    return ", ".join([first, *(f"open.{part} DESC" for part in parts[1:])])


def _state(kind: str, happened: str, is_visited: bool) -> rules.CaseState:
    """The state that follows from the facts as the statement tells them: "outcomes|bookings"."""
    outcomes, _, bookings = happened.partition("|")
    effects = case_kinds()[kind].effects(outcomes.split())
    return rules.case_state(rules.CaseFacts(False, effects, bookings.split(), is_visited))  # type: ignore[arg-type]


def _by_state(rows: list[Listed], sort: str) -> list[Listed]:
    """What only the states decide of the order, on top of what PostgreSQL did: both sorts keep the order of equals."""
    name, is_turned = sort.removeprefix("-"), sort.startswith("-")
    if name == "state":
        return sorted(rows, key=lambda row: _ORDER[row.state], reverse=is_turned)
    if name not in {"opened", "name"}:
        return sorted(rows, key=lambda row: row.has_danger and row.state == "new", reverse=not is_turned)
    return rows


class Placed(Protocol):
    """What a list is ordered by."""

    @property
    def id(self) -> UUID: ...
    @property
    def resident_name(self) -> str: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def state(self) -> rules.CaseState: ...
    @property
    def due(self) -> date | None: ...
    @property
    def has_danger(self) -> bool: ...


P = TypeVar("P", bound=Placed)
_STATES: tuple[rules.CaseState, ...] = (
    "new", "urgent", "under_way", "assessed", "arranged", "offered", "booked", "visited", "closed",
)  # fmt: skip
_ORDER: dict[str, int] = {state: place for place, state in enumerate(_STATES)}


def in_order(rows: Iterable[P], sort: str) -> list[P]:
    """By due, opened, name or state, with a leading "-" for the other way; the older one first where these are even.

    In the order of what is due, an unread contact that told of a danger sign stands before all others.
    """
    keys = {
        "due": lambda row: (not (row.has_danger and row.state == "new"), row.due or date.max, row.opened_at, row.id),
        "opened": lambda row: (row.opened_at, row.id),
        "name": lambda row: (sort_key(row.resident_name), row.opened_at, row.id),
        "state": lambda row: (_ORDER[row.state], row.due or date.max, row.opened_at, row.id),
    }
    key = keys.get(sort.removeprefix("-"), keys["due"])
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def count_by_state(rows: Iterable[Placed]) -> dict[str, int]:
    return dict(Counter(row.state for row in rows))


def is_named(name: str, words: str) -> bool:
    """Whether every word is a part of the name; a hidden name, "", is found by none."""
    return all(word in name.casefold() for word in words.casefold().split())
