"""Understanding words: base forms, compound parts and derivation roots. Pure; a word always reads the same.

Finnish goes through pyvoikko (Voikko's morphology), Swedish and English through Snowball stems. A Finnish word that
Voikko does not know is tried with the ending that speech drops (lohkes → lohkesi, lääkärii → lääkäriin), then stemmed.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from luotsi.domain.catalogue.rules.stop_words import STOP_WORDS

VERSION = 3  # raise it when the same word would read differently: the cached lemmas are then made anew

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’´][^\W\d_]+)*|\d+")
_LEXEME = re.compile(r"\[Xp\]([^\[]+)\[X\]")
_DROPPED_ENDINGS = ("i", "n")
_OLD_WORDS = {"koto": "koti", "peljätä": "pelätä"}  # Voikko reads kotona and pelkään as forms of these too
_SNOWBALL = {"fi": "finnish", "sv": "swedish", "en": "english"}


@dataclass(frozen=True)
class Reading:
    """What a word may mean: its base forms, and more loosely the parts of a compound and the words it derives from."""

    word: str
    forms: tuple[str, ...]
    parts: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    is_known: bool = True

    @property
    def all(self) -> frozenset[str]:
        return frozenset(self.forms + self.parts + self.roots)


def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of a text in lower case; an apostrophe inside a word falls away (can't → cant)."""
    return tuple(re.sub(r"['’´]", "", found) for found in _TOKEN.findall(text.casefold()))


def is_stop_word(reading: Reading, language: str) -> bool:
    """Whether a word says nothing about what is looked for."""
    stop = STOP_WORDS[language]
    return reading.word in stop or (bool(reading.forms) and set(reading.forms) <= stop)


@lru_cache(maxsize=50_000)
def read(word: str, language: str) -> Reading:
    """The word's reading. Lower case; costs 1–5 ms for a Finnish word that was not read before."""
    if word.isdigit():
        return Reading(word, (word,))
    if language == "fi":
        return _finnish(word)
    pieces = tuple(stem(piece, language) for piece in word.split("-")) if "-" in word else ()
    return Reading(word, (stem(word, language),), parts=pieces, is_known=False)


def warm() -> None:
    """Load Voikko's morphology (about two seconds), so that the first search need not wait."""
    read("apu", "fi")


def stem(word: str, language: str) -> str:
    return str(_stemmer(language).stemWord(word))


def _finnish(word: str) -> Reading:
    analyses = _voikko(word)
    if not analyses:
        analyses = [found for ending in _DROPPED_ENDINGS for found in _voikko(word + ending)]
    if analyses:
        return _reading(word, analyses)
    pieces = [read(piece, "fi") for piece in word.split("-")] if "-" in word else []
    forms = [piece.forms for piece in pieces]
    return Reading(word, (stem(word, "fi"),), parts=_distinct(sum(forms, ())), is_known=any(p.is_known for p in pieces))


def _reading(word: str, analyses: list[Any]) -> Reading:
    forms = _distinct(_base(found) for found in analyses)
    parts = _distinct(part for found in analyses for part in _parts(found))
    roots = _distinct(_plain(root) for found in analyses for root in _LEXEME.findall(found.FSTOUTPUT))
    return Reading(
        word,
        forms,
        parts=tuple(part for part in parts if part not in forms),
        roots=tuple(root for root in roots if root not in forms + parts and len(root) > 1),
    )


def _base(found: Any) -> str:
    """The base form as it is written: Voikko gives each part of a compound in its own base form (omainenhoitaja)."""
    if not found.COMPOUND_PARTS:
        return _plain(found.BASEFORM)
    return _join(found.COMPOUND_PARTS)


def _parts(found: Any) -> list[str]:
    """The parts of a compound, and the shorter compounds inside it: lähisuhdeväkivalta holds väkivalta."""
    pieces = found.COMPOUND_PARTS or []
    inner = [
        _join(pieces[first:last])
        for first in range(len(pieces))
        for last in range(first + 2, len(pieces) + 1)
        if last - first < len(pieces)
    ]
    return [_plain(piece.BASEFORM) for piece in pieces if len(_plain(piece.BASEFORM)) > 1] + inner


def _join(pieces: list[Any]) -> str:
    return _plain("".join(piece.FORM for piece in pieces[:-1]) + pieces[-1].BASEFORM)


def _plain(word: str) -> str:
    plain = word.replace("=", "").replace("--", "-").replace("'", "").strip("-").casefold()
    return _OLD_WORDS.get(plain, plain)


def _distinct(words: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(_SNOWBALL[language])


def _voikko(word: str) -> list[Any]:
    import pyvoikko  # here, since loading it takes about two seconds and many commands never search

    return list(pyvoikko.analyse(word))
