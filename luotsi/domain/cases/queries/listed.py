"""Which cases stand on a list, in what state and order: light, so that a list of two thousand costs little.

Two statements whatever the length. PostgreSQL gathers what has happened to each case and puts them in order; a state is
worked out once for each combination of facts. The page then asks `worklist(only=…)` for the cases that it shows.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

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
    protection order hides it. `news`: the resident has written more into it, and nobody has called, judged or said why
    since; "danger" when they told of a danger sign, else "message", "" without. "answers": a questionnaire about the
    case told of one, and nobody has judged or met them since. `happened` also holds what was judged after the latest
    contact that joined. `is_emergency`: help is needed at once, and has not been given.
    """

    id: UUID
    resident_name: str
    due: date | None
    is_at_risk: bool
    has_danger: bool
    is_protected: bool
    kind: str
    unit: str
    channel: str
    urgency: str
    responsible: UUID | None
    news: str
    happened: str
    state: rules.CaseState
    is_emergency: bool

    @property
    def decided(self) -> list[str]:
        """What was judged, in the order of time."""
        return self.happened.split("|")[0].split()

    @property
    def decided_since(self) -> list[str] | None:
        """What was judged after the latest contact that joined; None when none did."""
        since = self.happened.split("|")[2].split()
        return since[1:] if since else None

    @property
    def place(self) -> int:
        """Which come first in the order of what is due: emergencies, then danger signs that nobody has read."""
        is_unread = self.news in {"danger", "answers"} or (self.has_danger and self.state == "new")
        return 0 if self.is_emergency else 1 if is_unread else 2


def listed(*, viewer: Who, units: Collection[str], words: str = "", sort: str = "due") -> list[Listed]:
    """Open cases of these units that the viewer may see, in order; `sort` and `words` as in `worklist`.

    Which they are is asked as the viewer. What hangs on them is then gathered by the system, for these cases alone: the
    second wall, asked once for each of six tables, would cost more than the whole list.
    """
    # As text: nothing is done with two thousand ids here but to send them back.
    cases = access.listed_to(viewer).open_in(units).order_by()
    ids = cases.aggregate(ids=Cast(ArrayAgg("id"), TextField()))["ids"] or "{}"
    order = _ORDERS.get(sort.removeprefix("-"), _ORDERS["due"])
    statement = _LISTED.format(order=_turned(order) if sort.startswith("-") else order)
    told = {"ids": ids, "hides": people.hides_names(viewer), "day": today(), "open_states": list(OPEN_STATES)}
    with as_system(savepoint=False), connection.cursor() as sql:
        sql.execute(statement, told)
        rows = sql.fetchall()
    states: dict[tuple[str, str, str, bool], tuple[rules.CaseState, bool]] = {}
    found = []
    for *row, happened, is_visited in rows:
        facts = (row[_KIND], row[_URGENCY], happened, is_visited)
        if facts not in states:
            states[facts] = _state(*facts)
        found.append(Listed._make((*row, happened, *states[facts])))
    return _by_state([row for row in found if is_named(row.resident_name, words)] if words else found, sort)


_KIND, _URGENCY = Listed._fields.index("kind"), Listed._fields.index("urgency")
# Each table is asked once for all its rows, by an index and a list of ids: for two thousand cases half the work of
# looking them up one by one. A list that PostgreSQL does not see when it plans keeps it from reading a whole table.
_LISTED = """
WITH asked AS MATERIALIZED (SELECT %(ids)s::uuid[] AS ids),
open AS MATERIALIZED (
    SELECT one.id, one.opened_at, one.kind, one.unit_id, one.resident_id, one.contact_id, one.responsible_id
    FROM cases_case one WHERE one.id = ANY ((SELECT ids FROM asked)::uuid[])),
resident AS MATERIALIZED (
    SELECT one.id, one.last_name || ' ' || one.first_name AS name,
           coalesce(one.protected_from <= %(day)s, false)
           AND (one.protected_until IS NULL OR one.protected_until >= %(day)s) AS is_protected
    FROM people_resident one WHERE one.id = ANY (ARRAY(SELECT resident_id FROM open))),
named AS (SELECT id, is_protected, CASE WHEN is_protected AND %(hides)s THEN '' ELSE name END AS name FROM resident),
contact AS MATERIALIZED (
    SELECT one.id, one.channel, one.has_danger
    FROM cases_contact one WHERE one.id = ANY (ARRAY(SELECT contact_id FROM open))),
visit AS MATERIALIZED (
    SELECT one.case_id, max(one.held_at) AS at
    FROM cases_visitnote one WHERE one.case_id = ANY ((SELECT ids FROM asked)::uuid[]) GROUP BY one.case_id),
answered AS MATERIALIZED (
    SELECT one.subject, max(one.completed_at) AS danger FROM questionnaires_response one
    WHERE one.subject = ANY ((SELECT ids FROM asked)::uuid[]) AND one.danger <> '' GROUP BY one.subject),
judged AS MATERIALIZED (
    SELECT one.case_id, string_agg(one.outcome, ' ' ORDER BY one.assessed_at, one.id) AS outcomes,
           (array_agg(one.urgency ORDER BY one.assessed_at DESC, one.id DESC)
            FILTER (WHERE one.urgency <> ''))[1] AS urgency,
           max(one.assessed_at) AS at
    FROM cases_assessment one WHERE one.case_id = ANY ((SELECT ids FROM asked)::uuid[]) GROUP BY one.case_id),
joined AS MATERIALIZED (
    SELECT link.case_id, max(greatest(one.received_at, open.opened_at)) AS came,
           max(one.received_at) FILTER (
               WHERE link.joined_by_id IS NULL AND one.demand = '' AND call.id IS NULL) AS unread,
           max(one.received_at) FILTER (
               WHERE link.joined_by_id IS NULL AND one.demand = '' AND call.id IS NULL AND one.has_danger) AS danger
    FROM cases_casecontact link JOIN open ON open.id = link.case_id JOIN cases_contact one ON one.id = link.contact_id
    LEFT JOIN cases_callattempt call ON call.contact_id = one.id
    WHERE link.case_id = ANY ((SELECT ids FROM asked)::uuid[]) GROUP BY link.case_id),
since AS (
    SELECT joined.case_id, '+ ' || coalesce(string_agg(one.outcome, ' '), '') AS outcomes
    FROM joined LEFT JOIN cases_assessment one ON one.case_id = joined.case_id AND one.assessed_at >= joined.came
    GROUP BY joined.case_id),
time AS MATERIALIZED (
    SELECT one.id, one.case_id, one.booking_id
    FROM cases_casebooking one WHERE one.case_id = ANY ((SELECT ids FROM asked)::uuid[])),
booking AS MATERIALIZED (
    SELECT one.id, CASE WHEN one.held_at IS NOT NULL THEN 'held' WHEN one.cancelled_at IS NOT NULL THEN 'cancelled'
                   WHEN one.declined_at IS NOT NULL THEN 'declined' WHEN one.accepted_at IS NOT NULL THEN 'made'
                   ELSE 'offered' END AS state
    FROM bookings_booking one WHERE one.id = ANY (ARRAY(SELECT booking_id FROM time))),
given AS MATERIALIZED (
    SELECT time.case_id, string_agg(booking.state, ' ' ORDER BY time.id) AS states
    FROM time JOIN booking ON booking.id = time.booking_id GROUP BY time.case_id),
clock AS MATERIALIZED (
    SELECT one.subject, min(one.due_on) AS due, bool_or(one.promised_on > one.due_on) AS is_at_risk
    FROM clocks_clock one
    WHERE one.subject = ANY ((SELECT ids FROM asked)::uuid[]) AND one.state = ANY (%(open_states)s)
      AND one.due_on IS NOT NULL
    GROUP BY one.subject)
SELECT open.id, named.name, clock.due, coalesce(clock.is_at_risk, false), coalesce(contact.has_danger, false),
       named.is_protected, open.kind, open.unit_id, coalesce(contact.channel, ''), coalesce(judged.urgency, ''),
       open.responsible_id,
       CASE WHEN joined.danger > coalesce(judged.at, '-infinity') THEN 'danger'
            WHEN answered.danger > greatest(coalesce(judged.at, '-infinity'), coalesce(visit.at, '-infinity'))
            THEN 'answers'
            WHEN joined.unread > coalesce(judged.at, '-infinity') THEN 'message' ELSE '' END,
       coalesce(judged.outcomes, '') || '|' || coalesce(given.states, '') || '|' || coalesce(since.outcomes, ''),
       visit.case_id IS NOT NULL
FROM open JOIN named ON named.id = open.resident_id
LEFT JOIN contact ON contact.id = open.contact_id
LEFT JOIN visit ON visit.case_id = open.id
LEFT JOIN answered ON answered.subject = open.id
LEFT JOIN judged ON judged.case_id = open.id
LEFT JOIN joined ON joined.case_id = open.id
LEFT JOIN since ON since.case_id = open.id
LEFT JOIN given ON given.case_id = open.id
LEFT JOIN clock ON clock.subject = open.id
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


def _state(kind: str, urgency: str, happened: str, is_visited: bool) -> tuple[rules.CaseState, bool]:
    """The state that follows from the facts as the statement tells them, "outcomes|bookings|since", and whether it is
    an emergency.
    """
    definition, (outcomes, bookings, _since) = case_kinds()[kind], happened.split("|")
    effects = definition.effects(outcomes.split())
    state = rules.case_state(rules.CaseFacts(False, effects, bookings.split(), is_visited))  # type: ignore[arg-type]
    return state, state != "visited" and definition.is_emergency(outcomes.split(), urgency=urgency)


def _by_state(rows: list[Listed], sort: str) -> list[Listed]:
    """What only the states decide of the order, on top of what PostgreSQL did: both sorts keep the order of equals."""
    name, is_turned = sort.removeprefix("-"), sort.startswith("-")
    if name == "state":
        return sorted(rows, key=lambda row: _ORDER[row.state], reverse=is_turned)
    if name not in {"opened", "name"}:
        return sorted(rows, key=lambda row: row.place, reverse=is_turned)
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
