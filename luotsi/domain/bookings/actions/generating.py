"""Slots are made from plans: the sessions go in by COPY, PostgreSQL divides them into times in one statement.

Making them again changes nothing: a time that stands is left alone, as is one that would run into another of the same
worker or thing. What is closed by a change of the calendar gets no times.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from luotsi.base import bulk
from luotsi.base.now import HELSINKI, local_day
from luotsi.domain.bookings.definitions.homerounds import is_by_rounds
from luotsi.domain.bookings.models import CalendarChange, Plan
from luotsi.domain.bookings.rules.plans import Draft, PlanRefused, Span, days, sessions

ALWAYS_OPEN = {"bed_days"}  # care round the clock does not stop for a public holiday
TURN = "bookings.plans"  # plans of a county are changed one after another, so that two never meet unseen

_STAGE = """
CREATE TEMPORARY TABLE plan_session (plan uuid, starts_at timestamptz, ends_at timestamptz) ON COMMIT DROP
"""
_USES = """
INSERT INTO bookings_resourceuse (id, resource_id, starts_at, ends_at, plan_id)
SELECT gen_random_uuid(), r.resource_id, s.starts_at, s.ends_at, s.plan
FROM plan_session s JOIN bookings_plan_resources r ON r.plan_id = s.plan
WHERE NOT EXISTS (SELECT FROM bookings_resourceuse u WHERE u.plan_id = s.plan AND u.starts_at = s.starts_at)
"""
# A session and its times; none where the worker, the thing or the unit is closed, or has another time already. Nearly
# always nothing is in the way of a whole session, and then its times are not asked one by one.
_SLOTS = """
WITH session AS MATERIALIZED (
    SELECT s.*,
        EXISTS (SELECT FROM bookings_slot o WHERE o.closed_at IS NULL AND o.staff_id = p.staff_id
                AND o.starts_at > s.starts_at - interval '12 hours' AND o.starts_at < s.ends_at
                AND o.ends_at > s.starts_at) AS is_busy,
        EXISTS (SELECT FROM bookings_calendarchange c WHERE NOT c.opens AND c.ended_at IS NULL
                AND c.starts_at < s.ends_at AND c.ends_at > s.starts_at) AS is_near_change,
        EXISTS (SELECT FROM organisation_absence a WHERE a.staff_id = p.staff_id AND a.ended_at IS NULL
                AND (s.starts_at AT TIME ZONE 'Europe/Helsinki')::date BETWEEN a.begins_on AND a.ends_on) AS is_away
    FROM plan_session s JOIN bookings_plan p ON p.id = s.plan)
INSERT INTO bookings_slot (id, unit_id, staff_id, resource_id, plan_id, profession, offering, mode, starts_at, ends_at,
                           capacity, overbook, taken, closed_reason)
SELECT gen_random_uuid(), p.unit_id, p.staff_id, p.resource_id, p.id, p.profession,
       CASE WHEN cardinality(p.offerings) = 1 THEN p.offerings[1] ELSE '' END,
       p.mode, t, t + length, p.capacity, p.overbook, 0, ''
FROM session s JOIN bookings_plan p ON p.id = s.plan,
     LATERAL (SELECT make_interval(mins => p.slot_minutes) AS length,
                     make_interval(mins => p.slot_minutes + p.buffer_minutes) AS step) l,
     LATERAL generate_series(s.starts_at, s.ends_at - length, step) t
WHERE t > %(after)s AND NOT s.is_away
  AND NOT (s.is_near_change AND EXISTS (SELECT FROM bookings_calendarchange c
        WHERE NOT c.opens AND c.ended_at IS NULL AND c.starts_at < t + length AND c.ends_at > t
          AND (c.staff_id = p.staff_id OR c.resource_id = p.resource_id
               OR c.resource_id IN (SELECT b.resource_id FROM bookings_plan_resources b WHERE b.plan_id = p.id)
               OR (c.unit_id = p.unit_id AND c.staff_id IS NULL AND c.resource_id IS NULL))))
  AND NOT (s.is_busy AND EXISTS (SELECT FROM bookings_slot o
        WHERE o.closed_at IS NULL AND o.staff_id = p.staff_id
          AND o.starts_at > t - interval '12 hours' AND o.starts_at < t + length AND o.ends_at > t))
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def generate(plans: Collection[UUID], *, at: datetime) -> int:
    """Make the times of these plans that lie ahead and do not stand yet. Answers how many were made.

    Raises PlanRefused("resource_in_use") when a room or thing of theirs is in use by another at that time.
    """
    bulk.wait_for_turn(TURN)
    found = Plan.objects.filter(id__in=plans, ended_at=None)
    rows = [plan for plan in found if not is_by_rounds(plan.offerings)]  # their visits are laid into the day's rounds
    opened = _opened(rows)
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy("COPY plan_session FROM STDIN") as copy:
            for plan in rows:
                for start, end in sessions(draft_of(plan), opened=opened.get(plan.id, ())):
                    copy.write_row((plan.id, start, end))
        try:
            with transaction.atomic():
                cursor.execute(_USES)
        except IntegrityError:
            raise PlanRefused("resource_in_use") from None
        cursor.execute("ANALYZE plan_session")
        cursor.execute(_SLOTS, {"after": at})
        made = int(cursor.rowcount)
        cursor.execute("DROP TABLE plan_session")
    return made


def draft_of(plan: Plan) -> Draft:
    return Draft(
        recurrence=plan.recurrence,
        begins=plan.begins,
        ends=plan.ends,
        valid_from=plan.valid_from,
        valid_to=plan.valid_to,
        slot_minutes=plan.slot_minutes,
        buffer_minutes=plan.buffer_minutes,
    )


def all_sessions(plans: Iterable[Plan]) -> list[Span]:
    """The sessions of all these plans, those of public holidays left out."""
    return [span for plan in plans for span in sessions(draft_of(plan))]


def _opened(plans: Collection[Plan]) -> dict[UUID, set[date]]:
    """By plan, the public holidays on which it holds all the same."""
    mine = Q(unit__in={plan.unit_id for plan in plans}) | Q(staff__in={plan.staff_id for plan in plans})
    found = {plan.id: set(days(draft_of(plan))) for plan in plans if plan.mode in ALWAYS_OPEN}
    for change in CalendarChange.objects.filter(mine, opens=True, ended_at=None):
        for plan in plans:
            if change.staff_id == plan.staff_id if change.staff_id else change.unit_id == plan.unit_id:
                found.setdefault(plan.id, set()).update(_days(change))
    return found


def _days(change: CalendarChange) -> set[date]:
    first, last = local_day(change.starts_at), local_day(change.ends_at)
    days = {date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)}
    ends_at_midnight = change.ends_at.astimezone(HELSINKI).time() == datetime.min.time()
    return days - {last} if ends_at_midnight and last > first else days
