"""Numbers as people write them in the pages of forms: 12, 2,5 or 2.5."""

from decimal import Decimal, InvalidOperation

_LONGEST = 20


def number(said: str) -> Decimal | None:
    """None when nothing is written. Raises ValueError."""
    plain = said.strip().replace(",", ".")
    try:
        found = Decimal(plain) if plain else None
    except InvalidOperation:
        raise ValueError(said) from None
    if found is not None and (not found.is_finite() or len(plain) > _LONGEST or abs(found) >= Decimal(10) ** 15):
        raise ValueError(said)
    return found
