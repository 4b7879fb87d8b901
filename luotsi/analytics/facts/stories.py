"""Events into rows: one row a case with all its times, one row a contact. Only SQL, the same for one case and for all.

An event that another event corrects does not count; the correcting event counts in its place. The order of a story is
when things happened, then the order in which they were written. What happened twice counts once.
"""

# ruff: noqa: S608 (every name in the SQL here is one of ours)

import duckdb

CASE_COLUMNS = (
    "case", "resident_key", "kind", "unit", "service", "register", "channel", "municipality", "language", "opened_day",
    "has_assessment", "assessed_day", "outcome", "urgency", "profession", "line", "rule", "due_day", "offered_day",
    "promised_day", "first_visit_day", "mode", "settled_day", "settled_as", "closed_day", "close_reason",
)  # fmt: skip
CONTACT_COLUMNS = (
    "contact", "resident_key", "kind", "unit", "service", "register", "channel", "municipality", "language",
    "received_day",
)  # fmt: skip

# What makes a subject a case, and not a contact or a message.
_OF_A_CASE = "('case.opened', 'need.assessed', 'visit.held', 'case.closed')"

# n orders a story: the moment in microseconds, then the event's number (which stays under 2^40).
_STANDING = """
CREATE OR REPLACE TEMP VIEW standing AS
SELECT *, epoch_us(occurred_at)::HUGEINT * 1099511627776 + event_id AS n
FROM {events} WHERE subject <> '' AND event_id NOT IN (SELECT corrects_id FROM corrected WHERE corrects_id IS NOT NULL)
"""

# A clock's last day moves by the calendar days it was paused; while it is paused it has none.
_CLOCKS = """
CREATE OR REPLACE TEMP TABLE clocks AS
SELECT subject, line, rule, stopped_as, stopped_day,
       CASE WHEN pauses = resumes THEN due_day + (resumed - paused)::INTEGER
            WHEN stopped_day IS NOT NULL THEN due_day + (resumed + (stopped_day - DATE '2000-01-01') - paused)::INTEGER
            END AS due_day
FROM (SELECT subject, line,
             arg_min(rule, n) FILTER (kind = 'clock.started') AS rule,
             arg_min(due_day, n) FILTER (kind = 'clock.started') AS due_day,
             arg_max(outcome, n) FILTER (kind = 'clock.stopped') AS stopped_as,
             arg_max(coalesce(on_day, local_day), n) FILTER (kind = 'clock.stopped') AS stopped_day,
             count(*) FILTER (kind = 'clock.paused') AS pauses,
             count(*) FILTER (kind = 'clock.resumed') AS resumes,
             coalesce(sum(local_day - DATE '2000-01-01') FILTER (kind = 'clock.paused'), 0) AS paused,
             coalesce(sum(local_day - DATE '2000-01-01') FILTER (kind = 'clock.resumed'), 0) AS resumed
      FROM standing WHERE kind LIKE 'clock.%' AND line <> '' GROUP BY subject, line)
"""

_PROMISED = """
CREATE OR REPLACE TEMP TABLE promised AS
SELECT subject, arg_max(starts_day, made) AS promised_day
FROM (SELECT subject, starts_at, any_value(starts_day) AS starts_day, max(n) FILTER (kind = 'booking.made') AS made,
             max(n) FILTER (kind = 'booking.cancelled') AS cancelled
      FROM standing WHERE kind IN ('booking.made', 'booking.cancelled') GROUP BY subject, starts_at)
WHERE made > coalesce(cancelled, 0) GROUP BY subject
"""

_CASES = f"""
CREATE OR REPLACE TEMP TABLE stories AS
SELECT subject,
       arg_min(resident_key, n) FILTER (resident_key <> '') AS resident_key,
       arg_min(case_kind, n) FILTER (case_kind <> '') AS kind,
       arg_min(register, n) FILTER (register <> '') AS register,
       arg_min(channel, n) FILTER (channel <> '') AS channel,
       arg_min(municipality, n) FILTER (municipality <> '') AS municipality,
       arg_min(language, n) FILTER (language <> '') AS language,
       coalesce(arg_min(unit, n) FILTER (kind = 'visit.held' AND unit <> ''),
                arg_max(unit, n) FILTER (unit <> '')) AS unit,
       coalesce(arg_min(service, n) FILTER (kind = 'visit.held' AND service <> ''),
                arg_max(service, n) FILTER (service <> '')) AS service,
       coalesce(min(local_day) FILTER (kind = 'case.opened'), min(local_day)) AS opened_day,
       bool_or(kind = 'need.assessed') AS has_assessment,
       coalesce(min(local_day) FILTER (kind = 'need.assessed' AND outcome = 'care_needed'),
                min(local_day) FILTER (kind = 'need.assessed')) AS assessed_day,
       arg_max(outcome, n) FILTER (kind = 'need.assessed') AS outcome,
       arg_max(urgency, n) FILTER (urgency <> '') AS urgency,
       coalesce(arg_min(profession, n) FILTER (kind = 'visit.held' AND profession <> ''),
                arg_max(profession, n) FILTER (kind = 'need.assessed' AND profession <> '')) AS profession,
       arg_max(line, n) FILTER (kind = 'need.assessed' AND line <> '') AS line,
       min(starts_day) FILTER (kind IN ('booking.offered', 'booking.made')) AS offered_day,
       min(local_day) FILTER (kind = 'visit.held') AS first_visit_day,
       arg_min(mode, n) FILTER (kind = 'visit.held') AS mode,
       max(local_day) FILTER (kind = 'case.closed') AS closed_day,
       arg_max(reason, n) FILTER (kind = 'case.closed') AS close_reason
FROM standing GROUP BY subject HAVING bool_or(kind IN {_OF_A_CASE})
"""

_CASE_ROWS = """
CREATE OR REPLACE TEMP TABLE case_rows AS
SELECT subject AS "case", coalesce(resident_key, '') AS resident_key, coalesce(kind, '') AS kind,
       coalesce(unit, '') AS unit, coalesce(service, '') AS service, coalesce(register, '') AS register,
       coalesce(channel, '') AS channel, coalesce(municipality, '') AS municipality,
       coalesce(language, '') AS language, opened_day, has_assessment, assessed_day,
       coalesce(outcome, '') AS outcome, coalesce(urgency, '') AS urgency, coalesce(profession, '') AS profession,
       coalesce(line, '') AS line, coalesce(clocks.rule, '') AS rule, clocks.due_day, offered_day,
       promised.promised_day, first_visit_day, coalesce(mode, '') AS mode,
       CASE WHEN stopped_as IN ('met', 'late', 'ended') THEN stopped_day
            WHEN due_day IS NOT NULL THEN coalesce(first_visit_day, closed_day) END AS settled_day,
       CASE WHEN stopped_as IN ('met', 'late', 'ended') THEN stopped_as
            WHEN due_day IS NULL THEN ''
            WHEN first_visit_day IS NOT NULL THEN CASE WHEN first_visit_day <= due_day THEN 'met' ELSE 'late' END
            WHEN closed_day IS NOT NULL THEN 'ended' ELSE '' END AS settled_as,
       closed_day, coalesce(close_reason, '') AS close_reason
FROM stories LEFT JOIN clocks USING (subject, line) LEFT JOIN promised USING (subject)
"""

_CONTACT_ROWS = """
CREATE OR REPLACE TEMP TABLE contact_rows AS
SELECT subject AS contact, coalesce(arg_min(resident_key, n) FILTER (resident_key <> ''), '') AS resident_key,
       arg_min(case_kind, n) AS kind, arg_min(unit, n) AS unit, arg_min(service, n) AS service,
       arg_min(register, n) AS register, arg_min(channel, n) AS channel, arg_min(municipality, n) AS municipality,
       arg_min(language, n) AS language, min(local_day) AS received_day
FROM standing WHERE kind = 'contact.received' GROUP BY subject
"""


def tell(duck: duckdb.DuckDBPyConnection, events: str) -> None:
    """Make `case_rows` and `contact_rows` from the whole stories in `events`; `corrected` names what to leave out."""
    duck.execute(_STANDING.format(events=events))
    for statement in (_CLOCKS, _PROMISED, _CASES, _CASE_ROWS, _CONTACT_ROWS):
        duck.execute(statement)
