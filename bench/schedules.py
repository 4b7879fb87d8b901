"""How long the times of a season of 300 professionals take: `python -m bench.schedules [professionals] [runs]`.

Four months of working days from eight to four, a time every twenty minutes. A database of its own is made for it. The
naive way beside it writes one row at a time, for three professionals, and says what 300 would take.
"""

import os
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

from bench.clocks import _database_of_ones_own

SAMPLE = 3


def main(people: int, runs: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    import django

    django.setup()
    with _database_of_ones_own():
        from luotsi.base.now import now
        from luotsi.domain.bookings.actions.generating import generate
        from luotsi.domain.bookings.models import Plan, Slot

        staff, first = _staff(people), now().date() + timedelta(days=7)
        took = []
        for _ in range(runs):
            plans = [_plan(one, first, first + timedelta(days=121)) for one in staff]
            Plan.objects.bulk_create(plans)
            began, worked = perf_counter(), _worked()
            made = generate([plan.id for plan in plans], at=now())
            took.append(perf_counter() - began)
            work = _worked() - worked
            again = generate([plan.id for plan in plans], at=now())
            assert made > 0
            assert again == 0
            print(
                f"{made} times of {people} professionals in {took[-1]:.1f} s, work {work:.1f} s, "
                f"load {os.getloadavg()[0]:.0f}; made again: {again} more",
                flush=True,
            )
            first += timedelta(days=122)
        print(f"p50 {median(took):.1f} s (wish: under 20 s), {made / median(took):.0f} times a second")
        _naively(Plan, Slot, staff, first, people)


def _naively(plan_model: Any, slot_model: Any, staff: list[Any], first: date, people: int) -> None:
    from luotsi.domain.bookings.actions.generating import draft_of
    from luotsi.domain.bookings.rules.plans import sessions, times

    plans = [_plan(one, first, first + timedelta(days=121)) for one in staff[:SAMPLE]]
    plan_model.objects.bulk_create(plans)
    began, rows = perf_counter(), 0
    for plan in plans:
        for span in sessions(draft_of(plan)):
            for start, end in times(span, draft_of(plan)):
                slot_model.objects.create(
                    unit_id=plan.unit_id, staff_id=plan.staff_id, plan=plan, profession="nurse", starts_at=start,
                    ends_at=end,
                )  # fmt: skip
                rows += 1
    took = perf_counter() - began
    print(
        f"row by row: {rows} times of {SAMPLE} professionals in {took:.1f} s; "
        f"{people} would take {took * people / SAMPLE:.0f} s"
    )


def _worked() -> float:
    """Seconds of processor time of this process and of its own server process, which other work disturbs less."""
    from django.db import connection

    with connection.cursor() as sql:
        sql.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{sql.fetchone()[0]}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + process_time()


def _staff(people: int) -> list[Any]:
    from luotsi.domain.organisation import actions as organisation
    from luotsi.domain.organisation.models import Staff

    organisation.load_units()
    return Staff.objects.bulk_create(Staff(name=f"Worker {number}") for number in range(people))


def _plan(staff: Any, first: date, last: date) -> Any:
    from luotsi.domain.bookings.models import Plan

    return Plan(
        id=uuid4(), staff=staff, unit_id="sotkamo", profession="nurse", recurrence="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        begins=time(8), ends=time(16), valid_from=first, valid_to=last, slot_minutes=20,
        made_at=datetime.now().astimezone(),
    )  # fmt: skip


if __name__ == "__main__":
    main(*(int(given) for given in [*sys.argv[1:], "300", "3"][:2]))
