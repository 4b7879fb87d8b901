"""Whom a service is for, as the guided way asks it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

_BY_AGE = {"KR1.1", "KR1.2", "KR1.3"}  # target groups of the national catalogue that speak of age


@dataclass(frozen=True)
class Group:
    """People of some ages (whole years, inclusive), and the target groups that mean them."""

    youngest: int
    oldest: int
    named: frozenset[str]


# Parents look for families' services as grown-ups, so those are theirs too.
GROUPS = {
    "child": Group(0, 12, frozenset({"KR1.2"})),
    "young": Group(13, 22, frozenset({"KR1.2", "KR1.3"})),
    "adult": Group(23, 64, frozenset({"KR1.2"})),
    "older": Group(65, 120, frozenset({"KR1.1"})),
}


def is_for(group: str, *, age_from: int | None, age_to: int | None, audience: Collection[str]) -> bool:
    """Whether a service may be for somebody of the group; everybody's is, and so is one for the long-term ill."""
    known = GROUPS.get(group)
    if known is None:
        return True
    if (age_from or 0) > known.oldest or (age_to if age_to is not None else 120) < known.youngest:
        return False
    by_age = _BY_AGE & set(audience)
    return not by_age or "KR1" in audience or bool(by_age & known.named)
