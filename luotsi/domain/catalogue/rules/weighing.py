"""Turning texts into weighted lemmas, and a query into weighted terms. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luotsi.domain.catalogue.rules.words import Reading, is_stop_word

# How much a match in each field counts: D description, C summary, B everyday words, A name (PostgreSQL's order).
FIELD_WEIGHTS = (0.4, 0.6, 0.85, 1.0)
FORM, PART, ROOT = 1.0, 0.45, 0.4
_LABELS = "ABCD"
_LAST_POSITION, _MOST_POSITIONS = 16_383, 200


@dataclass(frozen=True)
class Term:
    """One lemma to look for, how much it counts, and which word of the query (by place) it came from."""

    lemma: str
    weight: float
    place: int


def vector(fields: Sequence[Iterable[Reading]]) -> str:
    """A tsvector literal from the readings of four fields, gravest first (name, words, summary, description).

    Parts and roots of a word count one field lower than the word itself.
    """
    found: dict[str, list[str]] = {}
    position = 0
    for rank, readings in enumerate(fields):
        for reading in readings:
            position = min(position + 1, _LAST_POSITION)
            for lemma in reading.all:
                label = _LABELS[min(rank + (lemma not in reading.forms), 3)]
                found.setdefault(lemma, []).append(f"{position}{label}")
    return " ".join(f"'{lemma}':{','.join(places[:_MOST_POSITIONS])}" for lemma, places in sorted(found.items()))


def terms(query: Sequence[Reading], language: str) -> tuple[Term, ...]:
    """The lemmas to look for. Words that say nothing are left out, unless nothing else is left."""
    telling = [(place, word) for place, word in enumerate(query) if not is_stop_word(word, language)]
    chosen = telling or list(enumerate(query))
    return tuple(term for place, word in chosen for term in _terms(word, place))


def _terms(word: Reading, place: int) -> list[Term]:
    weighed = [(word.forms, FORM), (word.parts, PART), (word.roots, ROOT)]
    return [Term(lemma, weight, place) for lemmas, weight in weighed for lemma in lemmas]
