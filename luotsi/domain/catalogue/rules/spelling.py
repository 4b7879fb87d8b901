"""Guessing which word of the texts a misspelt word was meant to be. Pure."""

import math
from collections.abc import Iterable
from difflib import SequenceMatcher

GRAM = 4
CLOSE_ENOUGH = 0.8  # share of letters in common; below it more readers are misled than helped
_SHORTEST = 4


def grams(word: str) -> tuple[str, ...]:
    """The word's 4-grams with its edges marked: hammas → _ham hamm amma mmas mas_."""
    edged = f"_{word}_"
    return tuple(dict.fromkeys(edged[start : start + GRAM] for start in range(max(1, len(edged) - GRAM + 1))))


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is spelt most like the word, or None when none is close enough or the word is too short."""
    if len(word) < _SHORTEST:
        return None
    ranked = sorted(((likeness(word, candidate), candidate) for candidate in candidates), reverse=True)
    return ranked[0][1] if ranked and ranked[0][0] >= CLOSE_ENOUGH else None


def lengths_alike(word: str) -> tuple[int, int]:
    """The shortest and the longest that a word may be and still be close enough: so many letters could be shared."""
    share = CLOSE_ENOUGH / (2 - CLOSE_ENOUGH)
    return math.ceil(len(word) * share), math.floor(len(word) / share)


def likeness(word: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same). A different first letter counts against."""
    ratio = SequenceMatcher(None, word, other, autojunk=False).ratio()
    return ratio if word[:1] == other[:1] else ratio - 0.1
