"""What kind of demand a contact was, guessed from its words; and what share of the contacts failure makes. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from luotsi.domain.cases.definitions.contacts import Demand
from luotsi.domain.catalogue.rules.words import read, tokens

_SENTENCE = re.compile(r"[.!?;\n]+")
_APART = 3  # so many other words may stand among the words of a cue
_MORE = 0.5  # what each further word counts that met another cue of the same demand
LONGEST = 4_000  # characters that are read of a contact


@dataclass(frozen=True)
class Suggestion:
    """A key of content/demands, and the words of the contact that suggest it, as they are written there."""

    demand: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Met:
    """A cue that the text meets: the places of its words among all the words of the text."""

    places: tuple[int, ...]


def suggest(text: str, language: str, demands: Mapping[str, Demand]) -> Suggestion | None:
    """The demand whose cues the text meets best; None when it meets none. The same text always answers the same.

    The longest cue counts most: three words that stand together say more than three words apart. Failure demand is
    looked for first, since somebody who has been in vain tells of the illness too.
    """
    language = language if language in {"fi", "sv", "en"} else "fi"
    sentences = [tokens(sentence) for sentence in _SENTENCE.split(text[:LONGEST])]
    best: tuple[float, str, tuple[int, ...]] | None = None
    for key, demand in demands.items():
        met = [one for cue in getattr(demand.cues, language) if (one := _meets(sentences, cue, language))]
        if met and (best is None or _score(met) > best[0]):
            best = (_score(met), key, _places(met))
    if best is None:
        return None
    written = [word for sentence in sentences for word in sentence]
    return Suggestion(best[1], tuple(written[place] for place in best[2]))


def _meets(sentences: Sequence[Sequence[str]], cue: str, language: str) -> _Met | None:
    """Where the words of the cue stand near each other in one sentence, in any order and any form."""
    wanted, before = tuple(cue.split()), 0
    for sentence in sentences:
        for start in range(len(sentence)):
            near = range(start, min(start + len(wanted) + _APART, len(sentence)))
            if found := _all_of(wanted, sentence, near, language):
                return _Met(tuple(before + place for place in found))
        before += len(sentence)
    return None


def _all_of(wanted: Sequence[str], sentence: Sequence[str], near: range, language: str) -> tuple[int, ...]:
    """A place of its own for each wanted word; () when one is missing."""
    found: list[int] = []
    for cue in wanted:
        place = next((at for at in near if at not in found and cue in _forms(sentence[at], language)), None)
        place = place if place is not None else _by_stem(cue, sentence, near, found, language)
        if place is None:
            return ()
        found.append(place)
    return tuple(sorted(found))


def _by_stem(cue: str, sentence: Sequence[str], near: range, found: Sequence[int], language: str) -> int | None:
    """Swedish and English know no base forms: the cue's own stem is looked for."""
    if language == "fi":
        return None
    stems = set(read(cue, language).forms)
    return next((at for at in near if at not in found and stems & _forms(sentence[at], language)), None)


@lru_cache(maxsize=20_000)
def _forms(word: str, language: str) -> frozenset[str]:
    reading = read(word, language)
    return frozenset({word, *reading.forms, *reading.roots})


def _score(met: Sequence[_Met]) -> float:
    longest = max(met, key=lambda one: len(one.places))
    return len(longest.places) + _MORE * len(set(_places(met)) - set(longest.places))


def _places(met: Iterable[_Met]) -> tuple[int, ...]:
    return tuple(sorted({place for one in met for place in one.places}))


@dataclass(frozen=True)
class DemandShare:
    """Contacts by what kind of demand they were; `unknown` were not classed."""

    failure: int
    value: int
    unknown: int

    @property
    def total(self) -> int:
        return self.failure + self.value + self.unknown

    @property
    def failure_share(self) -> float | None:
        """Failure of those classed, 0–1; what was not classed stands apart. None when nothing was classed."""
        classed = self.failure + self.value
        return self.failure / classed if classed else None

    @property
    def unknown_share(self) -> float | None:
        """Not classed, of all contacts, 0–1; None when there were none."""
        return self.unknown / self.total if self.total else None


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa: how far two coders of the same contacts agree beyond chance, 1 = wholly (Cohen 1960).

    None without contacts, and when both gave everything one code, so that chance alone would agree.
    """
    if not pairs:
        return None
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[code] * second[code] for code in first) / len(pairs) ** 2
    return None if chance == 1 else (agreed - chance) / (1 - chance)
