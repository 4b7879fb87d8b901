"""Does a query speak of danger? Asked before any ranking. Pure."""

from collections.abc import Sequence

from luotsi.domain.catalogue.rules.words import Reading

SLACK = 2  # how many other words may stand between the words of one sign: "en jaksa enää elää"


def speaks_of(signs: Sequence[Sequence[Reading]], query: Sequence[Reading]) -> bool:
    """Whether any sign (a word, or words near each other in any order) is in the query.

    A sign's word must be met by a base form or a compound part: rintakipuja meets both rintakipu and rinta kipu.
    Better one notice too many than one too few.
    """
    return any(_is_met(sign, query) for sign in signs)


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
