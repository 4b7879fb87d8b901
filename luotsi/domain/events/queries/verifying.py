"""Does the usage log still say what was sealed? Everything is computed anew from the rows; nothing is believed."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction

from luotsi.domain.events import ports, rules
from luotsi.domain.events.queries import ranges
from luotsi.domain.events.rules import Problem, Sealed

_AT_ONCE = 500


@dataclass(frozen=True)
class Verdict:
    """`rows` were compared under `seals` seals; `unsealed` rows are too new to have one."""

    seals: int
    rows: int
    unsealed: int
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        return not self.problems


def verify() -> Verdict:
    """Compare log, seals and anchor. Writers and the sealing go on meanwhile: all is read as of one moment."""
    with ExitStack() as lock:
        lock.enter_context(ranges.one_at_a_time(wait=True))
        with transaction.atomic():
            ranges.as_of_one_moment()
            seals = ranges.seals()
            problems = [*rules.chain_problems(seals, settings.SEAL_KEY), *_anchor_problems(seals)]
            lock.close()
            problems += rules.erasure_problems(seals)
            problems += _row_problems(seals)
            unsealed, unborn = ranges.after(max((seal.upper for seal in seals), default=0))
    if unborn:
        words = f"{unborn} rows carry the number of a transaction that has not begun"
        problems.append(Problem("added", len(seals), words))
    rows = sum(seal.rows for seal in _standing(seals))
    return Verdict(len(seals), rows, unsealed, tuple(sorted(problems, key=lambda one: one.seal)))


def range_problems(seals: Iterable[Sealed]) -> list[Problem]:
    """What does not hold of the rows under these seals of ranges that were not erased."""
    return list(_row_problems(list(seals)))


def _row_problems(seals: list[Sealed]) -> Iterator[Problem]:
    by_number = {seal.number: seal for seal in seals}
    standing = {seal.number for seal in _standing(seals)}
    numbers = sorted(seal.number for seal in seals if seal.kind == "range")
    for start in range(0, len(numbers), _AT_ONCE):
        batch = numbers[start : start + _AT_ONCE]
        for number, rows, digest in ranges.rows_under(batch[0], batch[-1]):
            seal = by_number[number]
            due = seal if number in standing else replace(seal, rows=0, digest=digest)
            if found := rules.row_problem(due, rows, digest):
                yield found


def _standing(seals: list[Sealed]) -> list[Sealed]:
    """The sealed ranges whose rows were not erased after their time."""
    erased = max((seal.upper for seal in seals if seal.kind == "erasure"), default=0)
    return [seal for seal in seals if seal.kind == "range" and seal.upper > erased]


def _anchor_problems(seals: list[Sealed]) -> list[Problem]:
    try:
        anchored = ports.anchored()
    except ports.AnchorBroken as broken:
        return [Problem("anchor", 0, str(broken))]
    return list(rules.anchor_problems({seal.number: seal.mac for seal in seals}, anchored))
