"""What stands on lists of cases, gathered by the system for cases that somebody may see or that stand in units."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from luotsi.base.now import today
from luotsi.domain.cases import rules
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.clocks.models import OPEN_STATES
from luotsi.domain.events.actions.system import as_system


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
    opened_at: datetime
    resident: UUID
    register: str

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


def gathered(ids: str, *, hides: bool) -> list[Listed]:
    """These cases, an array of ids as PostgreSQL writes it; `hides` the names that a protection order hides."""
    return _gathered("%(ids)s::uuid[]", {"ids": ids}, hides=hides)


def gathered_in(units: Collection[str], *, hides: bool) -> list[Listed]:
    """Every open case of these units."""
    return _gathered(_OF_UNITS.format(narrower=""), {"units": list(units)}, hides=hides)


def gathered_about(
    units: Collection[str], *, subjects: Collection[UUID], residents: Collection[UUID], hides: bool
) -> list[Listed]:
    """The open cases of these units that one of these subjects is about (a case, a contact, whoever has it), or that
    belong to one of these residents.
    """
    told = {"units": list(units), "subjects": list(subjects), "residents": list(residents)}
    return _gathered(_OF_UNITS.format(narrower=_ABOUT), told, hides=hides)


def _gathered(asked: str, told: dict[str, Any], *, hides: bool) -> list[Listed]:
    """What hangs on them is read past the second wall: asked once for each of the tables it would cost more than the
    whole list.
    """
    told |= {"hides": hides, "day": today(), "open_states": list(OPEN_STATES)}
    with as_system(savepoint=False), connection.cursor() as sql:
        sql.execute(_LISTED.format(asked=asked), told)
        rows = sql.fetchall()
    states: dict[tuple[str, str, str, bool], tuple[rules.CaseState, bool]] = {}
    found = []
    for *row, happened, is_visited, opened_at, resident, register in rows:
        facts = (row[_KIND], row[_URGENCY], happened, is_visited)
        if facts not in states:
            states[facts] = _state(*facts)
        found.append(Listed._make((*row, happened, *states[facts], opened_at, resident, register)))
    return found


def _state(kind: str, urgency: str, happened: str, is_visited: bool) -> tuple[rules.CaseState, bool]:
    """The state that follows from the facts as the statement tells them, "outcomes|bookings|since", and whether it is
    an emergency.
    """
    definition, (outcomes, bookings, _since) = case_kinds()[kind], happened.split("|")
    effects = definition.effects(outcomes.split())
    state = rules.case_state(rules.CaseFacts(False, effects, bookings.split(), is_visited))  # type: ignore[arg-type]
    return state, state != "visited" and definition.is_emergency(outcomes.split(), urgency=urgency)


_OF_UNITS = """(SELECT coalesce(array_agg(one.id), '{{}}') FROM cases_case one
    WHERE one.unit_id = ANY (%(units)s) AND one.closed_at IS NULL{narrower})"""
_ABOUT = """ AND (one.id = ANY (%(subjects)s) OR one.resident_id = ANY (%(residents)s)
        OR one.contact_id = ANY (%(subjects)s) OR one.responsible_id = ANY (%(subjects)s)
        OR one.id IN (SELECT link.case_id FROM cases_casecontact link WHERE link.contact_id = ANY (%(subjects)s)))"""
_KIND, _URGENCY = Listed._fields.index("kind"), Listed._fields.index("urgency")
# Each table is asked once for all its rows, by an index and a list of ids: for two thousand cases half the work of
# looking them up one by one. A list that PostgreSQL does not see when it plans keeps it from reading a whole table.
# It begins with SELECT, so that a look knows that it only reads (events.found_once).
_LISTED = """
SELECT listed.* FROM (
WITH asked AS MATERIALIZED (SELECT {asked} AS ids),
open AS MATERIALIZED (
    SELECT one.id, one.opened_at, one.kind, one.unit_id, one.resident_id, one.contact_id, one.responsible_id,
           one.register
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
    SELECT one.id, CASE WHEN one.held_at IS NOT NULL THEN 'held'
                   WHEN one.no_show_at IS NOT NULL THEN 'missed' WHEN one.cancelled_at IS NOT NULL THEN 'cancelled'
                   WHEN one.declined_at IS NOT NULL THEN 'declined' WHEN one.accepted_at IS NOT NULL THEN 'made'
                   WHEN one.hold_until IS NOT NULL THEN 'kept' ELSE 'offered' END AS state
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
       visit.case_id IS NOT NULL, open.opened_at, open.resident_id, open.register
FROM open JOIN named ON named.id = open.resident_id
LEFT JOIN contact ON contact.id = open.contact_id
LEFT JOIN visit ON visit.case_id = open.id
LEFT JOIN answered ON answered.subject = open.id
LEFT JOIN judged ON judged.case_id = open.id
LEFT JOIN joined ON joined.case_id = open.id
LEFT JOIN since ON since.case_id = open.id
LEFT JOIN given ON given.case_id = open.id
LEFT JOIN clock ON clock.subject = open.id
) AS listed
"""
