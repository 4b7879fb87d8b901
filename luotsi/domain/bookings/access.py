"""Who may book for whom: a resident for themselves or for the one they act for, a worker for those they care for."""

from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people import access as people

MAKE = "booking.make"


def check_for(by: Who, resident: UUID, *, register: str = "") -> None:
    """Raises NotAllowed unless this is their own booking to make, change or give up."""
    if by.kind == "system":
        return
    if by.is_resident:
        check_may(by, MAKE)
        if resident not in by.own_ids:
            raise NotAllowed("this time is not theirs")
        if by.registers is not None and register and register not in by.registers:
            raise NotAllowed("the right to act does not cover this register")
        return
    check_may(by, "booking.offer")
    people.check_relationship(by, resident, register=register)


def check_days(by: Who, resident: UUID, *, register: str) -> None:
    """Raises NotAllowed unless the granted days are their own, or those of somebody whose days they decide on."""
    if by.kind == "system":
        return
    if by.is_resident:
        check_for(by, resident, register=register)
        return
    check_may(by, "days.decide")
    people.check_relationship(by, resident, register=register)


def register_of(unit: str) -> str:
    """The register in which the unit works: a time in it belongs there."""
    found = organisation.units().get(unit)
    return found.register if found else "none"
