"""Contacts, cases, assessments and limits."""

# ruff: noqa: S608 (every name in the SQL here is one of ours)

from luotsi.analytics.facts.stories.words import firsts, firsts_but

# What makes a subject a case, and not a contact or a message.
_OF_A_CASE = "('case.opened', 'need.assessed', 'visit.held', 'case.closed')"
_ANSWERS = (
    "(kind IN ('need.assessed', 'urgency.judged', 'booking.offered', 'booking.made', 'visit.held', 'case.closed', "
    "'service.directed') OR (kind = 'call.made' AND reached))"
)
_STAGES = (
    "('need.assessed', 'urgency.judged', 'assessment.started', 'assessment.completed', 'decision.made', "
    "'decision.carried_out')"
)

# A clock's last day moves by the calendar days it was paused; while it is paused it has none.
_CLOCKS = """
CREATE OR REPLACE TEMP TABLE clocks AS
SELECT subject, line, rule, started_day, stopped_as, stopped_day, resumed - paused AS paused_days,
       CASE WHEN pauses = resumes THEN due_day + (resumed - paused)::INTEGER
            WHEN stopped_day IS NOT NULL THEN due_day + (resumed + (stopped_day - DATE '2000-01-01') - paused)::INTEGER
            END AS due_day
FROM (SELECT subject, line,
             arg_min(rule, n) FILTER (kind = 'clock.started') AS rule,
             arg_min(due_day, n) FILTER (kind = 'clock.started') AS due_day,
             min(local_day) FILTER (kind = 'clock.started') AS started_day,
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

_STORIES = f"""
CREATE OR REPLACE TEMP TABLE stories AS
SELECT subject, {firsts("resident_key", "case_kind", "register", "channel", "municipality", "language")},
       coalesce(arg_min(unit, n) FILTER (kind = 'visit.held' AND unit <> ''),
                arg_max(unit, n) FILTER (unit <> '')) AS unit,
       coalesce(arg_min(service, n) FILTER (kind = 'visit.held' AND service <> ''),
                arg_max(service, n) FILTER (service <> '')) AS service,
       coalesce(min(local_day) FILTER (kind = 'case.opened'), min(local_day)) AS opened_day,
       min(occurred_at) FILTER (kind = 'case.opened') AS opened_at,
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
       arg_max(reason, n) FILTER (kind = 'case.closed') AS close_reason,
       min(local_day) FILTER (kind IN ('need.assessed', 'urgency.judged')) AS judged_day,
       min(local_day) FILTER ({_ANSWERS}) AS answered_day,
       min(local_day) FILTER (kind = 'call.made') AS called_day,
       min(local_day) FILTER (kind = 'call.made' AND reached) AS reached_day,
       min(occurred_at) FILTER (kind = 'call.made' AND reached) AS reached_at,
       count(DISTINCT occurred_at) FILTER (kind = 'call.made') AS calls,
       bool_or(kind = 'case.handed_over') AS is_handed_over,
       bool_or(kind = 'case.reopened') AS is_reopened
FROM standing WHERE NOT is_alone GROUP BY subject HAVING bool_or(kind IN {_OF_A_CASE})
"""

_CASES = """
SELECT subject AS "case", * EXCLUDE (subject, line), stories.line,
       CASE WHEN stopped_as IN ('met', 'late', 'ended') THEN stopped_day
            WHEN due_day IS NOT NULL THEN coalesce(first_visit_day, closed_day) END AS settled_day,
       CASE WHEN stopped_as IN ('met', 'late', 'ended') THEN stopped_as
            WHEN due_day IS NULL THEN ''
            WHEN first_visit_day IS NOT NULL THEN CASE WHEN first_visit_day <= due_day THEN 'met' ELSE 'late' END
            WHEN closed_day IS NOT NULL THEN 'ended' ELSE '' END AS settled_as,
       CASE WHEN reached_at >= opened_at THEN date_diff('minute', opened_at, reached_at) END AS call_minutes
FROM stories LEFT JOIN clocks USING (subject, line) LEFT JOIN promised USING (subject)
"""

# A contact told again in a correction keeps what was said of its demand; nothing said any more is "".
_CONTACTS = f"""
SELECT subject AS contact, {firsts_but("language", "profession", "urgency", of="kind = 'contact.received'")},
       {firsts("language", of="kind = 'contact.received'")},
       min(local_day) FILTER (kind = 'contact.received') AS received_day,
       arg_max(demand, n) FILTER (kind = 'demand.classed') AS demand,
       arg_max(is_failure, n) FILTER (kind = 'demand.classed') AS is_failure
FROM standing WHERE kind IN ('contact.received', 'demand.classed')
GROUP BY subject HAVING bool_or(kind = 'contact.received')
"""

_ASSESSMENTS = f"""
SELECT standing.subject AS "case", resident_key, staff_key, case_kind AS kind, unit, service, register, channel,
       municipality, profession, urgency, line, standing.kind AS stage, outcome, opened_day, local_day AS assessed_day
FROM standing LEFT JOIN (SELECT subject, min(local_day) AS opened_day FROM standing WHERE kind = 'case.opened'
                         GROUP BY subject) AS opened ON opened.subject = standing.subject
WHERE standing.kind IN {_STAGES}
"""

_LIMITS = f"""
SELECT clocks.subject AS matter, clocks.* EXCLUDE (subject), of_it.* EXCLUDE (subject),
       CASE WHEN stopped_as IN ('met', 'late', 'ended') THEN stopped_day END AS settled_day,
       CASE WHEN stopped_as IN ('met', 'late', 'ended') THEN stopped_as ELSE '' END AS settled_as
FROM clocks JOIN (SELECT subject, {firsts_but("language", "profession", "urgency", "unit")},
                         arg_max(unit, n) FILTER (unit <> '') AS unit
                  FROM standing GROUP BY subject) AS of_it ON of_it.subject = clocks.subject
WHERE started_day IS NOT NULL
"""

BEFORE = (_CLOCKS, _PROMISED, _STORIES)
TOLD = {"cases": _CASES, "contacts": _CONTACTS, "assessments": _ASSESSMENTS, "clocks": _LIMITS}
