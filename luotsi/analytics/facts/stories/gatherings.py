"""Groups, meetings with heads counted, queues for a time, and numbers at counters."""

# ruff: noqa: S608 (every name in the SQL here is one of ours)

from luotsi.analytics.facts.stories.words import firsts, firsts_but

_PLACE = firsts("unit", "service", "register", "profession")

_GROUPS = f"""
SELECT subject AS "group", {_PLACE},
       arg_min(offering, n) FILTER (offering <> '') AS offering,
       min(local_day) FILTER (kind = 'group.planned') AS planned_day,
       max(local_day) FILTER (kind = 'group.decided') AS decided_day,
       arg_max(is_held, n) FILTER (kind = 'group.decided') AS is_held,
       max(local_day) FILTER (kind = 'group.ended') AS ended_day,
       arg_max(meetings, n) FILTER (meetings IS NOT NULL) AS meetings,
       arg_max(places, n) FILTER (places IS NOT NULL) AS places,
       arg_max(signed_up, n) FILTER (signed_up IS NOT NULL) AS signed_up,
       arg_max(attended, n) FILTER (kind = 'group.ended') AS attended,
       arg_max(heads, n) FILTER (kind = 'group.ended') AS heads
FROM standing WHERE kind LIKE 'group.%' GROUP BY subject HAVING bool_or(kind = 'group.planned')
"""

_HEADS = f"""
SELECT subject AS meeting, {_PLACE}, arg_max(mode, n) AS mode, max(local_day) AS counted_day,
       arg_max(people, n) AS people
FROM standing WHERE kind = 'heads.counted' GROUP BY subject
"""

_WAITS = f"""
SELECT subject AS matter, entry, {firsts_but("channel", "language", "urgency")},
       arg_min(offering, n) FILTER (offering <> '') AS offering,
       min(local_day) FILTER (kind = 'waiting.joined') AS joined_day,
       max(local_day) FILTER (kind = 'waiting.left') AS left_day,
       arg_max(reason, n) FILTER (kind = 'waiting.left') AS left_as,
       max(local_day) FILTER (kind = 'waiting.asked') AS asked_day
FROM standing WHERE kind LIKE 'waiting.%' AND entry <> ''
GROUP BY subject, entry HAVING bool_or(kind = 'waiting.joined')
"""

_NUMBERS = f"""
SELECT subject AS number, {firsts("unit", "service", "register")}, arg_min(counter, n) AS counter,
       min(local_day) FILTER (kind = 'number.taken') AS taken_day,
       min(local_day) FILTER (kind = 'number.called') AS called_day,
       arg_min(wait_minutes, n) FILTER (kind = 'number.called') AS wait_minutes,
       arg_max(how, n) FILTER (kind = 'number.ended') AS ended_as
FROM standing WHERE kind LIKE 'number.%' GROUP BY subject HAVING bool_or(kind = 'number.taken')
"""

TOLD = {"groups": _GROUPS, "heads": _HEADS, "waits": _WAITS, "numbers": _NUMBERS}
