"""The checker of histories must speak when a history is wrong, or it proves nothing."""

from itertools import pairwise
from random import Random

import pytest

from tests.reliability.linearizable import Operation, is_linearizable


def history(*told: tuple[int, str, float, float, bool | int | None]) -> list[Operation]:
    return [Operation(*one) for one in told]  # type: ignore[arg-type]


def test_one_after_the_other_is_linearizable() -> None:
    told = history((1, "book", 0, 1, True), (2, "read", 2, 3, 1), (1, "cancel", 4, 5, True), (2, "book", 6, 7, True))
    assert is_linearizable(told, capacity=1)


def test_what_overlaps_may_have_happened_in_either_order() -> None:
    told = history((1, "book", 0, 9, True), (2, "book", 1, 2, False), (3, "read", 1, 2, 0))
    assert is_linearizable(told, capacity=1)


@pytest.mark.parametrize(
    "told",
    [
        history((1, "book", 0, 1, True), (2, "book", 0, 1, True)),  # oversold
        history((1, "book", 0, 1, True), (2, "read", 2, 3, 0)),  # an old value read after the answer
        history((1, "book", 0, 1, True), (1, "cancel", 2, 3, True), (2, "book", 4, 5, False)),  # a place was lost
        history((1, "book", 0, 1, False)),  # refused although it was free
        history((1, "read", 0, 1, 1), (2, "book", 2, 3, True)),  # seen before it was asked for
    ],
)
def test_a_history_that_no_slot_could_give_is_found(told: list[Operation]) -> None:
    assert not is_linearizable(told, capacity=1)


@pytest.mark.parametrize(
    "told",
    [
        history((1, "book", 0, 2, None), (2, "read", 3, 4, 0)),  # it was not done
        history((1, "book", 0, 2, None), (2, "read", 3, 4, 1)),  # it was
        history((1, "book", 0, 1, True), (1, "cancel", 2, 4, None), (2, "book", 3, 5, True)),
    ],
)
def test_what_a_killed_client_asked_for_was_done_or_was_not(told: list[Operation]) -> None:
    assert is_linearizable(told, capacity=1)


@pytest.mark.parametrize(
    "told",
    [
        history((1, "book", 0, 2, None), (2, "read", 3, 4, 0), (2, "read", 5, 6, 1)),  # done after its line was gone
        history((1, "book", 0, 2, None), (2, "read", 3, 4, 1), (1, "cancel", 5, 6, False)),  # a place of nobody
        history((1, "book", 0, 2, None), (2, "book", 3, 4, False), (1, "cancel", 5, 6, False)),
    ],
)
def test_a_place_that_a_killed_client_left_behind_is_found(told: list[Operation]) -> None:
    assert not is_linearizable(told, capacity=1)


def test_any_history_made_by_a_plain_slot_is_linearizable_and_a_turned_answer_is_not() -> None:
    """Made by one slot used in order, with questions and answers stretched so that neighbours overlap."""
    chance, turned = Random(4711), 0
    for _ in range(60):
        holders: set[int] = set()
        told: list[Operation] = []
        for moment in range(12):
            client, kind = chance.randrange(4), chance.choice(["book", "cancel", "read"])
            if kind == "read":
                answer: bool | int = len(holders)
            elif kind == "book":
                answer = client not in holders and len(holders) < 2
            else:
                answer = client in holders
            if answer is True and kind != "read":
                (holders.add if kind == "book" else holders.remove)(client)
            told.append(Operation(client, kind, moment - chance.random(), moment + chance.random() / 9, answer))  # type: ignore[arg-type]
        assert all(one.asked < other.answered for one, other in pairwise(told))
        assert is_linearizable(told, capacity=2)
        apart = [Operation(one.client, one.kind, at, at + 0.5, one.answer) for at, one in enumerate(told)]
        last = apart[-1]
        wrong = last.answer + 1 if last.kind == "read" else not last.answer
        turned += not is_linearizable([*apart[:-1], Operation(last.client, last.kind, 99, 100, wrong)], capacity=2)
    assert turned == 60
