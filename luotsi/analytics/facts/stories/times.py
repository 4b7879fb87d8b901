"""Times, visits, what was sent on, and what was answered."""

# ruff: noqa: S608 (every name in the SQL here is one of ours)

from luotsi.analytics.facts.stories.words import firsts_but

_OF_A_TIME = (
    "('booking.offered', 'booking.kept', 'booking.made', 'booking.moved', 'booking.declined', 'booking.lapsed', "
    "'booking.cancelled', 'booking.reminded', 'visit.held', 'visit.missed')"
)

# The newest word on a time is its state; a time that another one replaced in the same matter is moved.
_BOOKINGS = f"""
SELECT *, CASE WHEN state IN ('cancelled', 'declined') THEN greatest(starts_day - ended_day, 0) END AS notice_days
FROM (SELECT subject AS matter, booking, {firsts_but("language", "urgency")},
       arg_max(mode, n) FILTER (mode <> '') AS mode,
       min(local_day) FILTER (kind = 'booking.offered') AS offered_day,
       min(local_day) FILTER (kind IN ('booking.made', 'booking.moved')) AS made_day,
       arg_max(starts_day, n) FILTER (starts_day IS NOT NULL) AS starts_day,
       arg_max(is_evening, n) FILTER (starts_day IS NOT NULL) AS is_evening,
       bool_or(kind IN ('booking.kept', 'booking.made', 'booking.moved') AND is_resident)
           AND NOT bool_or(kind = 'booking.offered') AS is_own,
       CASE WHEN bool_or(moved) THEN 'moved'
            ELSE arg_max(CASE kind WHEN 'visit.held' THEN 'held' WHEN 'visit.missed' THEN 'missed'
                                   WHEN 'booking.cancelled' THEN 'cancelled' WHEN 'booking.declined' THEN 'declined'
                                   WHEN 'booking.lapsed' THEN 'lapsed' WHEN 'booking.kept' THEN 'kept'
                                   WHEN 'booking.offered' THEN 'offered' ELSE 'booked' END, n)
                 FILTER (kind <> 'booking.reminded') END AS state,
       arg_max(reason, n) FILTER (kind = 'visit.missed') AS reason,
       arg_max(cancelled_by, n) FILTER (kind = 'booking.cancelled') AS "by",
       max(local_day) FILTER (kind IN ('booking.cancelled', 'booking.declined', 'booking.lapsed')) AS ended_day,
       bool_or(kind = 'booking.reminded') AS is_reminded
FROM (SELECT * FROM standing WHERE kind IN {_OF_A_TIME} AND booking <> '')
     LEFT JOIN (SELECT DISTINCT subject, was AS booking, true AS moved FROM standing WHERE kind = 'booking.moved')
     USING (subject, booking)
GROUP BY subject, booking HAVING count(starts_day) > 0)
"""

_VISITS = """
SELECT DISTINCT ON (subject, occurred_at, booking) subject AS matter, resident_key, staff_key, case_kind AS kind, unit,
       service, register, channel, municipality, profession, mode, local_day AS held_day, minute, is_evening,
       booking <> '' AS is_booked
FROM standing WHERE kind = 'visit.held' ORDER BY subject, occurred_at, booking, n
"""

_REFERRALS = f"""
SELECT subject AS referral, resident_key, route AS kind, unit, service, register, municipality, profession, urgency,
       sent_day, answered_day, returned_day, returned_day IS NOT NULL AS is_returned, reason, done_day, withdrawn_day,
       minutes
FROM (SELECT subject, {firsts_but("case_kind", "channel", "language", of="kind = 'referral.sent'")},
             arg_min(route, n) FILTER (kind = 'referral.sent') AS route,
             min(local_day) FILTER (kind = 'referral.sent') AS sent_day,
             min(local_day) FILTER (step IN ('accepted', 'answered', 'done')) AS answered_day,
             min(local_day) FILTER (step = 'returned') AS returned_day,
             arg_min(reason, n) FILTER (step = 'returned') AS reason,
             max(local_day) FILTER (step = 'done') AS done_day,
             max(local_day) FILTER (kind = 'referral.withdrawn') AS withdrawn_day,
             sum(minutes) AS minutes
      FROM standing WHERE kind LIKE 'referral.%' GROUP BY subject)
WHERE sent_day IS NOT NULL
"""

# Older events name no response: there the subject stands for it. A correction counts in the place of what it corrects.
_ANSWERS = """
SELECT DISTINCT ON (subject, response, questionnaire) subject AS matter, resident_key, case_kind AS kind, unit, service,
       register, channel, municipality, language, questionnaire, local_day AS completed_day, score,
       danger AS is_alarming, is_resident AS is_own
FROM standing ANTI JOIN (SELECT DISTINCT subject, replaces AS response FROM standing
                         WHERE kind = 'questionnaire.completed' AND replaces <> '') USING (subject, response)
WHERE kind = 'questionnaire.completed'
ORDER BY subject, response, questionnaire, n
"""

TOLD = {"bookings": _BOOKINGS, "visits": _VISITS, "referrals": _REFERRALS, "answers": _ANSWERS}
