"""What makes a seal true: what it says, its keyed sum over that, and how one seal follows another."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

# How a row is written out for its digest; a new column of the log needs a new form, old seals keep theirs.
FORM = 1
FIRST = "0" * 64
# How long the usage log is kept, in years (act 703/2023).
KEPT_YEARS = 12
# No request or nightly job keeps a transaction open for so long; older rows than that were not written when they say.
_LONGEST_TRANSACTION = timedelta(days=1)

Fault = Literal["changed", "removed", "added", "missing", "forged", "cut", "anchor", "time"]


@dataclass(frozen=True)
class Sealed:
    """A seal as it is signed. `lower` and `upper` are transactions, the range is from lower to before upper."""

    number: int
    kind: Literal["range", "erasure"]
    form: int
    lower: int
    upper: int
    rows: int
    first_at: datetime | None
    last_at: datetime | None
    digest: str
    at: datetime
    previous: str
    mac: str = ""


_NONE = Sealed(0, "range", FORM, 0, 0, 0, None, None, "", datetime.min.replace(tzinfo=UTC), "", FIRST)


@dataclass(frozen=True)
class Problem:
    """What does not hold. `seal` is its number, the times are those of the rows that it covers."""

    fault: Fault
    seal: int
    words: str
    first_at: datetime | None = None
    last_at: datetime | None = None


def mac(seal: Sealed, key: str) -> str:
    """HMAC-SHA256 over everything the seal says; the seal before it is part of that."""
    told = [seal.number, seal.kind, seal.form, seal.lower, seal.upper, seal.rows, _utc(seal.first_at)]
    told += [_utc(seal.last_at), seal.digest, _utc(seal.at), seal.previous]
    return hmac.new(key.encode(), json.dumps(told).encode(), hashlib.sha256).hexdigest()


def chain_problems(seals: Iterable[Sealed], key: str) -> Iterator[Problem]:
    """Each seal that is missing, was written by another hand, or does not follow the one before it."""
    before, edge = _NONE, 0
    for seal in seals:
        if seal.number != before.number + 1:
            yield Problem("missing", seal.number - 1, f"seals {before.number + 1}–{seal.number - 1} are gone")
        elif not hmac.compare_digest(mac(seal, key), seal.mac):
            yield _of(seal, "forged", "the seal was written anew by somebody without the key")
        elif seal.previous != before.mac or (seal.kind == "range" and seal.lower != edge):
            yield _of(seal, "forged", "the seal does not follow the one before it")
        elif before.number and seal.first_at and seal.first_at < before.at - _LONGEST_TRANSACTION:
            yield _of(seal, "time", f"a row says {seal.first_at:%Y-%m-%d %H:%M}, long before it was written")
        before, edge = seal, seal.upper if seal.kind == "range" else edge


def anchor_problems(macs: dict[int, str], anchored: dict[int, str]) -> Iterator[Problem]:
    """What the anchor outside the database knows better: seals that are gone from the end, or others in their place."""
    for number, said in sorted(anchored.items()):
        if number not in macs:
            yield Problem("cut", number, "the anchor knows this seal and the database does not: the tail was cut off")
        elif macs[number] != said:
            yield Problem("forged", number, "the anchor knows another seal of this number")
    late = sorted(number for number in macs if number > max(anchored, default=0))
    if len(late) > 1:
        yield Problem("anchor", late[0], f"the anchor does not know seals {late[0]}–{late[-1]}; was it cut or moved?")


def row_problem(seal: Sealed, rows: int, digest: str) -> Problem | None:
    """What happened to the rows under a seal, judging by what is there now."""
    if rows < seal.rows:
        return _of(seal, "removed", f"{seal.rows} rows were sealed, {rows} are there: rows were removed")
    if rows > seal.rows:
        return _of(seal, "added", f"{seal.rows} rows were sealed, {rows} are there: rows were added later")
    if digest != seal.digest:
        return _of(seal, "changed", f"the {rows} rows do not say what was sealed: changed, or put in another order")
    return None


def erasure_problems(seals: Iterable[Sealed]) -> Iterator[Problem]:
    """An erasure that dropped rows before their time."""
    ranges: list[Sealed] = []
    for seal in seals:
        if seal.kind == "range":
            ranges.append(seal)
            continue
        young = [one for one in ranges if one.upper <= seal.upper and one.last_at and one.last_at > _kept(seal.at)]
        if young:
            yield _of(seal, "removed", f"rows of seal {young[0].number} were dropped before {KEPT_YEARS} years")


def check_old_enough(before: datetime, *, at: datetime) -> None:
    """Raises ValueError for a moment less than twelve years ago."""
    if before > _kept(at):
        raise ValueError(f"the usage log is kept for {KEPT_YEARS} years; {before:%Y-%m-%d} is later than that")


def _kept(at: datetime) -> datetime:
    """The youngest moment whose rows may go; 28 February for a leap day, so that nothing goes too soon."""
    day = 28 if (at.month, at.day) == (2, 29) else at.day
    return at.replace(year=at.year - KEPT_YEARS, day=day)


def _of(seal: Sealed, fault: Fault, words: str) -> Problem:
    return Problem(fault, seal.number, words, seal.first_at, seal.last_at)


def _utc(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else ""
