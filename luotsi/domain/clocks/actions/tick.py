"""The round of the clocks: those whose state may have changed by the mere passing of time."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from luotsi.base.now import local_day
from luotsi.domain.clocks.actions.missing import tell_missed
from luotsi.domain.clocks.definitions import State, clock_rules, clock_settings
from luotsi.domain.clocks.models import Clock
from luotsi.domain.clocks.rules import Standing, soon_days, state_on, wake_after

# What is moved and told in one transaction: a worker that is killed loses no more than this, and the next round has it.
AT_ONCE = 200
_DIMENSIONS = (
    "unit",
    "service",
    "case_kind",
    "register",
    "channel",
    "profession",
    "urgency",
    "municipality",
    "language",
)


def tick(*, at: datetime) -> int:
    """Move the state of every clock whose `wake_at` has come, the earliest first; answers how many states changed.

    A clock that became overdue is told once, as clock.missed, in the transaction that moves its row. Several workers
    share the work: each takes rows that no other holds, and the rows of a case that is being written wait a round.
    """
    changed = 0
    while (moved := _some(at)) is not None:
        changed += moved
    return changed


@transaction.atomic
def _some(at: datetime) -> int | None:
    """Move some clocks; how many changed, None when there was none to move."""
    held = Clock.objects.select_for_update(skip_locked=True).filter(wake_at__lte=at).order_by("wake_at", "id")
    clocks = _ours(list(held[:AT_ONCE]))
    if not clocks:
        return None
    moves: dict[tuple[State, datetime | None], list[UUID]] = defaultdict(list)
    changed = [clock for clock in clocks if _move(clock, at, moves)]
    for (state, wake_at), ids in moves.items():
        Clock.objects.filter(id__in=ids).update(state=state, wake_at=wake_at)
    tell_missed([clock for clock in changed if clock.state == "overdue"])
    return len(changed)


def _ours(clocks: Sequence[Clock]) -> list[Clock]:
    """Those whose case nobody writes now. `follow` holds the case's lock and will read the clock itself."""
    subjects = sorted({clock.subject for clock in clocks})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject FROM unnest(%s::uuid[]) AS subject "
            "WHERE pg_try_advisory_xact_lock(hashtextextended('clocks ' || subject, 0))",
            [subjects],
        )
        free = {subject for (subject,) in cursor.fetchall()}
    return [clock for clock in clocks if clock.subject in free]


def _move(clock: Clock, at: datetime, moves: dict[tuple[State, datetime | None], list[UUID]]) -> bool:
    """Read one clock anew and note where it moves to; whether its state changes."""
    state, wake_at = woken(clock, at)
    moves[state, wake_at].append(clock.id)
    was, clock.state = clock.state, state
    return was != state


def woken(clock: Clock, at: datetime) -> tuple[State, datetime | None]:
    """An open clock's state at `at`, and when it may change next."""
    standing, day = standing_of(clock), local_day(at)
    return state_on(standing, day), wake_after(standing, day)


def standing_of(clock: Clock) -> Standing:
    """What the state of an open clock depends on."""
    rule = clock_rules()[clock.rule]
    return Standing(
        due=clock.due_on,
        promised=clock.promised_on,
        is_paused=clock.paused_since is not None,
        soon=soon_days(rule, clock_settings()),
    )
