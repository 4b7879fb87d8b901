"""Which role may do what: deny by default."""

from luotsi.base.who import Who
from luotsi.domain.organisation import definitions

VISITOR = Who(kind="system", role="visitor")


class NotAllowed(Exception):
    """This person may not do this. Pages answer 404 for a foreign object and 403 for a room that is not theirs."""


def may(who: Who, action: str) -> bool:
    """Whether the role's file on the shelf lists the action."""
    role = definitions.roles().get(who.role)
    return role is not None and action in role.may


def check_may(who: Who, action: str) -> None:
    if not may(who, action):
        raise NotAllowed(f"the role {who.role!r} may not {action}")


def sees_unit(who: Who, unit: str) -> bool:
    """Whether the role's reach covers the unit: the whole county, or the units one works in."""
    role = definitions.roles().get(who.role)
    if role is None:
        return False
    return role.sees == "county" or (role.sees == "unit" and unit in who.units)
