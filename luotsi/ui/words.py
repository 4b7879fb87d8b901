"""Dates, times and numbers as people write them in Finnish, Swedish and English; nothing known is a dash.

Finnish and Swedish: Kielitoimiston ohjepankki (klo 9.15, 31.3.2026, 1 234,5) and Språkrådet in Finland (kl. 9.15).
"""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language

from luotsi.base.now import in_helsinki
from luotsi.base.text import Text

NOTHING = "–"
Number = int | float | Decimal

_WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day(value: date | datetime | None) -> str:
    """ma 31.3.2026 · mån 31.3.2026 · Mon 31 March 2026, as the Finnish calendar day."""
    if not isinstance(value, date):
        return NOTHING
    on = local_date(value)
    weekday = _WEEKDAYS[_language()][on.weekday()]
    if _language() == "en":
        return f"{weekday} {on.day} {_ENGLISH_MONTHS[on.month - 1]} {on.year}"
    return f"{weekday} {on.day}.{on.month}.{on.year}"


def birth_day(value: date | None) -> str:
    """5.9.2012 · 5.9.2012 · 5 September 2012: nobody knows a person by the weekday on which they were born."""
    return day(value).partition(" ")[2] or NOTHING


def short_day(value: date | datetime | None) -> str:
    """ma 31.3. · mån 31.3. · Mon 31 March: where the year is plain from the place."""
    if not isinstance(value, date):
        return NOTHING
    on = local_date(value)
    weekday = _WEEKDAYS[_language()][on.weekday()]
    month = _ENGLISH_MONTHS[on.month - 1]
    return f"{weekday} {on.day} {month}" if _language() == "en" else f"{weekday} {on.day}.{on.month}."


def clock_time(value: datetime | time | None) -> str:
    """klo 9.15 · kl. 9.15 · 9:15, in Finnish time."""
    if not isinstance(value, datetime | time):
        return NOTHING
    return {"fi": "klo ", "sv": "kl. ", "en": ""}[_language()] + bare_time(value)


def bare_time(value: datetime | time) -> str:
    """9.15 · 9.15 · 9:15, without the word in front."""
    at = in_helsinki(value) if isinstance(value, datetime) else value
    return f"{at.hour}{':' if _language() == 'en' else '.'}{at.minute:02d}"


def moment(value: datetime | date | None) -> str:
    """The day and the time; a date without a time is shown as the day."""
    if not isinstance(value, datetime):
        return day(value)
    return f"{day(value)}{' at ' if _language() == 'en' else ' '}{clock_time(value)}"


def number(value: Any, decimals: int | None = None) -> str:
    """1 234,5 · 1 234,5 · 1,234.5, halves rounded up. Without `decimals`, one at most and none for whole numbers."""
    exact = _exact(value)
    if exact is None:
        return NOTHING
    places = decimals if decimals is not None else int(exact != exact.to_integral_value())
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    grouped = f"{abs(rounded):,.{places}f}"
    if _language() != "en":
        grouped = grouped.replace(",", "\u00a0").replace(".", ",")
    return f"−{grouped}" if rounded < 0 else grouped


def euro(value: Any, decimals: int = 0) -> str:
    """1 235 € · 1 235 € · €1,235: whole euros unless decimals are asked for."""
    if _exact(value) is None:
        return NOTHING
    amount = number(value, decimals)
    if _language() != "en":
        return f"{amount}\u00a0€"
    return f"−€{amount[1:]}" if amount.startswith("−") else f"€{amount}"


def percent(share: Any, decimals: int = 0) -> str:
    """A share between 0 and 1 as 93 % · 93 % · 93%."""
    exact = _exact(share)
    if exact is None:
        return NOTHING
    return number(exact * 100, decimals) + ("%" if _language() == "en" else "\u00a0%")


def in_language(value: Text | str | None) -> str:
    """The words of a `Text` in the page's language; plain words stay as they are."""
    if isinstance(value, Text):
        return value.in_language(_language())
    return "" if value is None else str(value)


def dial(number: str) -> str:
    """A phone number for a tel: link."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


def _language() -> str:
    code = (get_language() or "fi")[:2]
    return code if code in _WEEKDAYS else "fi"


def local_date(value: date | datetime) -> date:
    """The Finnish calendar day of a date or a moment."""
    return in_helsinki(value).date() if isinstance(value, datetime) else value


def _exact(value: Any) -> Decimal | None:
    """The number without binary noise, or None when there is no number (None, "", NaN, infinity)."""
    if value is None or isinstance(value, bool):
        return None
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    return exact if exact.is_finite() else None
