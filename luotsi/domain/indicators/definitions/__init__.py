"""Indicators and boards as the shelf holds them.

    indicators() -> {"care_within_limit": Indicator(...), ...}     content/indicators/*.yaml
    boards() -> {"reception": Board(...), ...}                     content/boards/*.yaml

A changed way of counting is a new `version`; what was frozen under the old one keeps it.
"""

import difflib
from collections.abc import Iterable

from luotsi.base import shelf
from luotsi.domain.indicators.definitions.board import Board, Row, Show, Span, Tile
from luotsi.domain.indicators.definitions.facts import FACT_TABLES, CaseFact, ContactFact, FactTable
from luotsi.domain.indicators.definitions.indicator import ExpectedRow, Indicator, WorkedExample
from luotsi.domain.indicators.definitions.measures import (
    Contacts,
    Measure,
    WaitDays,
    Waiting,
    WithinDays,
    WithinLimit,
)
from luotsi.domain.indicators.definitions.vocabulary import (
    BY,
    DIMENSIONS,
    LOW_COVERAGE,
    PERIODS,
    By,
    Coverage,
    Dimension,
    Direction,
    Period,
    Unit,
)
from luotsi.domain.indicators.definitions.words import Words, words

__all__ = [
    "BY", "DIMENSIONS", "FACT_TABLES", "LOW_COVERAGE", "PERIODS", "Board", "By", "CaseFact", "ContactFact",
    "Contacts", "Coverage", "Dimension", "Direction", "ExpectedRow", "FactTable", "Indicator", "Measure", "Period",
    "Row", "Show", "Span", "Tile", "Unit", "UnknownBoardError", "UnknownIndicatorError", "WaitDays", "Waiting",
    "WithinDays", "WithinLimit", "Words", "WorkedExample", "board", "boards", "indicator", "indicators", "words",
]  # fmt: skip


class UnknownIndicatorError(LookupError):
    """No indicator has that key. The sentence names near ones."""


class UnknownBoardError(LookupError):
    """No board has that key. The sentence names near ones."""


def indicators() -> dict[str, Indicator]:
    """Every indicator by its key."""
    return shelf.load("indicators", Indicator)


def indicator(key: str) -> Indicator:
    """One indicator, or UnknownIndicatorError."""
    found = indicators().get(key)
    if found is None:
        raise UnknownIndicatorError(f"there is no indicator {key!r}; {_near(key, indicators())}")
    return found


def boards() -> dict[str, Board]:
    """Every board by its key."""
    return shelf.load("boards", Board)


def board(key: str) -> Board:
    """One board, or UnknownBoardError."""
    found = boards().get(key)
    if found is None:
        raise UnknownBoardError(f"there is no board {key!r}; {_near(key, boards())}")
    return found


def _near(key: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(key, names, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(names)}"
