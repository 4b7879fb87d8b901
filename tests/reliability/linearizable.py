"""Is a history of one slot linearizable? The search of Wing and Gong (1993), with remembered states (Lowe 2017).

A history is what clients saw: when each asked, when it was answered, and what the answer was. It is linearizable when
the operations can be put in one order, each at some moment between its question and its answer, in which a plain slot,
used by one client at a time, would have answered the same. A client that was killed heard no answer: what it asked for
happened or did not, but not after its line was gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["book", "cancel", "read"]


@dataclass(frozen=True)
class Operation:
    """What one client asked of the slot. `answer`: booked or cancelled or not, or how many places were taken; None when
    the client was killed before it heard, and `answered` is when its line was gone.
    """

    client: int
    kind: Kind
    asked: float
    answered: float
    answer: bool | int | None


def is_linearizable(history: Sequence[Operation], *, capacity: int) -> bool:
    """Whether some order explains every answer. The slot begins empty."""
    seen: set[tuple[frozenset[int], frozenset[int]]] = set()
    waiting: list[tuple[frozenset[int], frozenset[int]]] = [(frozenset(range(len(history))), frozenset())]
    while waiting:
        left, holders = waiting.pop()
        if not left:
            return True
        if (left, holders) in seen:
            continue
        seen.add((left, holders))
        first_answer = min(history[one].answered for one in left)
        for one in left:
            if history[one].asked <= first_answer:
                waiting += [(left - {one}, after) for after in _after(history[one], holders, capacity)]
    return False


def _after(operation: Operation, holders: frozenset[int], capacity: int) -> list[frozenset[int]]:
    """Who may have a place once a plain slot has done this; nothing when it would have answered otherwise."""
    who = operation.client
    if operation.kind == "read":
        return [holders] if operation.answer in {None, len(holders)} else []
    if operation.kind == "book":
        wins = who not in holders and len(holders) < capacity
        after = holders | {who}
    else:
        wins = who in holders
        after = holders - {who}
    if operation.answer is None:
        return [holders, after] if wins else [holders]
    if operation.answer != wins:
        return []
    return [after if wins else holders]
