"""Who keeps which services themselves, and who checks them: nobody's data, so by role and unit alone."""

from luotsi.base.who import Who
from luotsi.domain.catalogue.rules.entries import CHECKERS, KEEPERS, EntryStep
from luotsi.domain.organisation.rules import NotAllowed, may

WRITE, CHECK, READ = "entry.write", "entry.check", "entry.read"


def keeps(by: Who, unit: str) -> bool:
    """Whether it is their own organisation's to write."""
    return may(by, WRITE) and unit in by.units


def sees(by: Who, unit: str) -> bool:
    return may(by, READ) and (may(by, CHECK) or unit in by.units)


def can_take(by: Who, step: EntryStep, unit: str) -> bool:
    return (step in KEEPERS and keeps(by, unit)) or (step in CHECKERS and may(by, CHECK))


def check_take(by: Who, step: EntryStep, unit: str) -> None:
    """Raises NotAllowed."""
    if not can_take(by, step, unit):
        raise NotAllowed(f"the role {by.role!r} may not {step} this entry")
