"""Does a query speak of danger? Asked before any ranking. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from luotsi.domain.catalogue.rules.words import Reading

SLACK = 2  # how many other words may stand between the words of one sign: "en jaksa enää elää"


@dataclass(frozen=True)
class Signs:
    """The signs of one danger in one language: each a word, or words written near each other."""

    signs: tuple[tuple[Reading, ...], ...]

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every form in any sign: a query that holds none of them needs no closer look."""
        return frozenset(form for sign in self.signs for reading in sign for form in reading.forms)


def speaks_of(danger: Signs, query: Sequence[Reading]) -> bool:
    """Whether any sign (a word, or words near each other in any order) is in the query.

    A sign's word must be met by a base form or a compound part: rintakipuja meets both rintakipu and rinta kipu.
    Better one notice too many than one too few.
    """
    if not any(danger.forms.intersection(word.forms + word.parts) for word in query):
        return False
    return any(_is_met(sign, query) for sign in danger.signs)


def _is_met(sign: Sequence[Reading], query: Sequence[Reading]) -> bool:
    places = [[place for place, word in enumerate(query) if _meets(wanted, word)] for wanted in sign]
    if not places or not all(places):
        return False
    return any(_is_near(first, places, len(sign)) for first in places[0])


def _is_near(first: int, places: list[list[int]], length: int) -> bool:
    reach = length - 1 + SLACK
    return all(any(abs(place - first) <= reach for place in found) for found in places)


def _meets(wanted: Reading, word: Reading) -> bool:
    return bool(set(wanted.forms) & set(word.forms + word.parts))
