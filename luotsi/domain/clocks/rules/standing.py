"""Where an open clock stands on a day, and when that may next change. Read by `read_clock` and by `luotsi tick`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luotsi.base.dates import start_of
from luotsi.domain.clocks.definitions import ClockRule, ClockSettings, State
from luotsi.domain.clocks.rules.because import Because


@dataclass(frozen=True)
class Standing:
    """All that an open clock's state depends on. `soon` is in calendar days before the last day."""

    due: date | None
    promised: date | None = None
    is_paused: bool = False
    soon: int = 0


def state_on(standing: Standing, day: date) -> State:
    """Overdue from the day after the last one. A promised time counts until its own day has passed."""
    if standing.due is None or standing.is_paused:
        return "running"
    if day > standing.due:
        return "overdue"
    if standing.promised is not None and day <= standing.promised:
        return "running" if standing.promised <= standing.due else "at_risk"
    return "due_soon" if (standing.due - day).days <= standing.soon else "running"


def wake_after(standing: Standing, day: date) -> datetime | None:
    """The Finnish midnight after `day` when the state may next change; None when it cannot change by itself."""
    if standing.due is None or standing.is_paused:
        return None
    turns = [standing.due + timedelta(days=1), standing.due - timedelta(days=standing.soon)]
    if standing.promised is not None:
        turns.append(standing.promised + timedelta(days=1))
    ahead = [turn for turn in turns if day < turn <= standing.due + timedelta(days=1)]
    return start_of(min(ahead)) if ahead else None


def about_now(standing: Standing, day: date) -> tuple[Because, ...]:
    """What the promise and the day itself add to an open clock's explanation."""
    steps = []
    if standing.promised and standing.promised >= day:
        late = standing.due is not None and standing.promised > standing.due
        steps.append(Because("promised_late" if late else "promised", (standing.promised,)))
    if standing.due and state_on(standing, day) == "overdue":
        steps.append(Because("overdue", (standing.due,)))
    return tuple(steps)


def about_law(rule: ClockRule, due: date | None) -> tuple[Because, ...]:
    """That the law changes before the last day, and that the clock keeps its rule all the same (A3).

    Not kept with the row: a law that is passed while a clock runs changes nothing of it, only what there is to say.
    """
    if due is None or rule.never_in_force or rule.valid_to is None or rule.valid_to >= due:
        return ()
    return (Because("kept_version", (rule.valid_to,), assumption="A3"),)


def soon_days(rule: ClockRule, settings: ClockSettings) -> int:
    """How many days before the last day the clock says "due soon": on the last day itself for a same-day limit."""
    if rule.length == "unknown":
        return 0
    return int(getattr(settings.due_soon, rule.length.unit, 0))
