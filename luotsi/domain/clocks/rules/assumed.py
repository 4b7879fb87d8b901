"""How the county reads the law where it leaves a choice: written into every explanation, used there or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from luotsi.base.text import Text
from luotsi.domain.clocks.definitions import Assumption, AssumptionCode, ClockSettings, Counting
from luotsi.domain.clocks.rules.because import Because


@dataclass(frozen=True)
class Assumed:
    """One assumption as it stood when a date was counted. `choices`: its switches, such as "eves_count=false".

    `is_used`: a step of this explanation rests on it.
    """

    code: AssumptionCode
    choices: tuple[str, ...]
    says: Text
    ground: str
    verified: bool
    is_used: bool


def assumed(
    counting: Counting, because: Iterable[Because], settings: ClockSettings | None = None
) -> tuple[Assumed, ...]:
    """Every assumption with the position of its switches. `settings`: those counted by, if not the county's own."""
    held = settings or counting.settings
    used = {step.assumption for step in because}
    return tuple(
        Assumed(
            code=one.code,
            choices=tuple(f"{name}={_written(getattr(held, name))}" for name in one.settings),
            says=_said(one, held),
            ground=one.ground,
            verified=one.verified,
            is_used=one.code in used,
        )
        for one in counting.assumptions
    )


def _said(one: Assumption, held: ClockSettings) -> Text:
    usual = ClockSettings()
    is_usual = all(getattr(held, name) == getattr(usual, name) for name in one.settings)
    return one.says if is_usual or one.otherwise is None else one.otherwise


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.strftime("%H:%M") if hasattr(value, "strftime") else str(value)
