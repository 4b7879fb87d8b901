"""Identity codes (hetu): checked, normalised, masked, hashed and encrypted. Pure but for the keys.

Source: the Digital and Population Data Services Agency, form of 2023 (new intermediate characters). The intermediate
character tells people apart, so a code is never stored or matched without it. 900-999 are temporary or test codes.
Somebody whose birth date is not known has a temporary code of the house's own, which begins with 00: no day does.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

from cryptography.fernet import Fernet
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu

from luotsi.base.codes import check_character
from luotsi.base.dates import add_months, age_on, birthday
from luotsi.domain.people.definitions import Anchor, MandateKind, Period

_CENTURY = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_UNDATED = re.compile(r"(00\d{4})A(9\d\d)([0-9A-FHJ-NPR-Y])")
BAD_CODE = "This is not a Finnish identity code. It looks like 131052-308T."


class BadIdentityCode(ValueError):
    """The text is not a Finnish personal identity code; the sentence says so plainly."""


def normalise_identity(text: str, *, allow_temporary: bool = True) -> str:
    """The code in capitals without spaces. Raises BadIdentityCode, also for 900-999 where these are not allowed."""
    code = text.strip().upper()
    if allow_temporary and (found := _UNDATED.fullmatch(code)) and found[3] == check_character(found[1] + found[2]):
        return code
    try:
        return str(hetu.validate(code, allow_temporary=allow_temporary))
    except ValidationError:
        raise BadIdentityCode(BAD_CODE) from None


def temporary_code(born: date, taken: Collection[str]) -> str:
    """A code from the 900s that is not among `taken`, for somebody born that day who has none of their own.

    Raises BadIdentityCode when the day's codes have run out (600 for each century).
    """
    signs = {18: "+", 19: "-YXWVU", 20: "ABCDEF"}[born.year // 100]
    for sign in signs:
        for individual in range(900, 1000):
            digits = f"{born:%d%m%y}{individual}"
            code = f"{born:%d%m%y}{sign}{individual}{check_character(digits)}"
            if code not in taken:
                return code
    raise BadIdentityCode(f"Every temporary code of {born} is in use.")


def undated_code() -> str:
    """A temporary code for somebody whose birth date is not known, one of a million. It may be somebody's already."""
    born, individual = f"00{secrets.randbelow(10_000):04d}", f"9{secrets.randbelow(100):02d}"
    return f"{born}A{individual}{check_character(born + individual)}"


def birth_date_of(code: str) -> date | None:
    """The birth date that a valid code carries; None when it says that the date was not known."""
    if code.startswith("00"):
        return None
    return date(_CENTURY[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))


def is_date_open(*, has_temporary_code: bool, code: str) -> bool:
    """Whether the birth date is a worker's to write: the code was made without one."""
    return has_temporary_code and bool(code) and birth_date_of(code) is None


def mask_identity(code: str) -> str:
    """010190-9XXX as 010190-****."""
    return code[:7] + "****"


def hash_identity(code: str, key: str) -> bytes:
    """A keyed hash for looking a person up without reading any other code."""
    return hmac.new(bytes.fromhex(key), normalise_identity(code).encode(), hashlib.sha256).digest()


def encrypt_identity(code: str, key: str) -> bytes:
    return _cipher(key).encrypt(normalise_identity(code).encode())


def decrypt_identity(token: bytes, key: str) -> str:
    return _cipher(key).decrypt(token).decode()


@cache
def _cipher(key: str) -> Fernet:
    derived = hashlib.sha256(b"luotsi identity encryption" + bytes.fromhex(key)).digest()
    return Fernet(base64.urlsafe_b64encode(derived))


ADULT = 18
OLDEST = date(1850, 1, 1)
CODE_LASTS = timedelta(minutes=15)
CODE_TRIES = 5


class NotPossible(Exception):
    """This cannot be done to the record as it stands. The sentence can be shown to a worker."""


@dataclass(frozen=True)
class Check:
    """A code on its way: when it was sent, how often somebody guessed, and whether it was confirmed."""

    sent_at: datetime
    tries: int
    is_confirmed: bool


def can_confirm(check: Check, at: datetime) -> bool:
    """A code is good for 15 minutes and five tries, once."""
    return not check.is_confirmed and check.tries < CODE_TRIES and at - check.sent_at <= CODE_LASTS


def is_protected(since: date | None, until: date | None, on: date) -> bool:
    """Whether a protection order (turvakielto) of these days holds on that day; the last day counts."""
    return since is not None and since <= on and (until is None or on <= until)


Party = Literal["giver", "holder"]


class TooYoung(NotPossible):
    """One of the two is too young for this right: `who` says which, `age` how old they would have to be."""

    def __init__(self, who: Party, age: int) -> None:
        self.who: Party = who
        self.age = age
        super().__init__(f"The {who} of this right is {age} years old or more.")


class AgeUnknown(NotPossible):
    """The right depends on the age of one of the two (`who`), and their birth date is not known."""

    def __init__(self, who: Party) -> None:
        self.who: Party = who
        super().__init__(f"The birth date of the {who} of this right is not known.")


def check_ages(kind: MandateKind, *, giver_born: date | None, holder_born: date | None, on: date) -> None:
    """Raises TooYoung: a mandate for a child is a guardian's matter, and a child acts for nobody. Raises AgeUnknown:
    nobody is given a right over another on the guess that an age allows it.
    """
    if giver_born is None and (kind.giver_from_age or kind.until_age):
        raise AgeUnknown("giver")
    if giver_born and age_on(giver_born, on) < kind.giver_from_age:
        raise TooYoung("giver", kind.giver_from_age)
    if holder_born is None and kind.holder_from_age:
        raise AgeUnknown("holder")
    if holder_born and age_on(holder_born, on) < kind.holder_from_age:
        raise TooYoung("holder", kind.holder_from_age)


def mandate_ends(kind_until_age: int, principal_born: date | None, asked: date | None) -> date | None:
    """The last day of a mandate: the eve of the birthday that ends it, or an earlier day that was asked for.

    Raises AgeUnknown.
    """
    if not kind_until_age:
        return asked
    if principal_born is None:
        raise AgeUnknown("giver")
    eve = birthday(principal_born, principal_born.year + kind_until_age) - timedelta(days=1)
    return min(eve, asked) if asked else eve


def gone_on(until: Sequence[Period], known: Mapping[Anchor, date]) -> date | None:
    """The first day on which nothing is left; None while no moment is known, or where the data are kept for good.

    The first period whose moment is known counts, and its last day is a day of keeping still (act 150/1930 3 §).
    """
    period = next((one for one in until if one.after in known), None)
    return _last_day(period, known[period.after]) + timedelta(days=1) if period else None


def kept_from(period: Period, on: date) -> date:
    """The earliest moment whose data are still kept on that day: what is older has gone."""
    day = date(on.year - period.years, on.month, 1) if period.years else on - timedelta(days=period.days)
    while _last_day(period, day) < on:
        day += timedelta(days=1)
    return day


def _last_day(period: Period, moment: date) -> date:
    return add_months(moment, 12 * period.years) if period.years else moment + timedelta(days=period.days)
