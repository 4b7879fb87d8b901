"""The round of the clocks: those whose state may have changed by the mere passing of time."""

from datetime import datetime

from luotsi.base.now import local_day
from luotsi.domain.clocks.definitions import State, clock_rules, clock_settings
from luotsi.domain.clocks.models import Clock
from luotsi.domain.clocks.rules import Standing, soon_days, state_on, wake_after

_AT_ONCE = 500


def tick(*, at: datetime) -> int:
    """Move the state of every clock whose `wake_at` has come, the earliest first; answers how many states changed.

    Each row moves by compare-and-set: of several workers exactly one moves it, and after a crash the next round does.
    """
    changed = 0
    while due := list(Clock.objects.filter(wake_at__lte=at).order_by("wake_at", "id")[:_AT_ONCE]):
        changed += sum(_wake(clock, at) for clock in due)
    return changed


def _wake(clock: Clock, at: datetime) -> bool:
    """Read one clock anew; whether its state changed, and this worker changed it."""
    state, wake_at = woken(clock, at)
    unmoved = Clock.objects.filter(id=clock.id, state=clock.state, wake_at=clock.wake_at)
    return bool(unmoved.update(state=state, wake_at=wake_at)) and state != clock.state


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
