"""Reading the words of a query with the help of the catalogue's vocabulary: what is misspelt, what is compounded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from luotsi.domain.catalogue.rules import compounds, spelling, words
from luotsi.domain.catalogue.rules.words import Reading

MOST_WORDS = 20
LONGEST_WORD = 60
_MOST_CANDIDATES = 40

_READING = "SELECT word, forms, parts, roots FROM catalogue_lemma WHERE language = %s"
_SAME = f"{_READING} AND (word = ANY(%s) OR forms && %s::text[])"
_ALIKE = f"{_READING} AND grams && %s::text[]"


@dataclass(frozen=True)
class Word:
    """A word of the query as written, and what it was read as. `is_corrected`: taken for a word spelt otherwise."""

    written: str
    reading: Reading
    is_corrected: bool = False


def understand(text: str, language: str) -> tuple[Word, ...]:
    """The first twenty words of a query. One query, a second only when a word is unknown."""
    written = [token[:LONGEST_WORD] for token in words.tokens(text)][:MOST_WORDS]
    known = _known(written, language)
    read = [known.get(word) or words.read(word, language) for word in written]
    if language == "sv":
        read = [_compounded(reading, known) for reading in read]
    stems = {form for reading in known.values() for form in reading.forms}
    unknown = {reading.word for reading in read if _is_unknown(reading, known, stems)}
    meant = _respelt(unknown, language)
    return tuple(_word(reading, meant) for reading in read)


def _known(written: list[str], language: str) -> dict[str, Reading]:
    """The words themselves, words with the same stem, and in Swedish the words that a compound may be made of."""
    wanted = set(written)
    stems = [] if language == "fi" else [words.stem(word, language) for word in written]
    if language == "sv":
        wanted |= {affix for word in written for affix in compounds.affixes(word)}
    return readings(language, wanted, stems=stems)


def readings(language: str, wanted: Iterable[str], *, stems: Sequence[str] = ()) -> dict[str, Reading]:
    """What the vocabulary's words were read as, by word: these words, and those with these stems."""
    return _rows(_SAME, [language, list(wanted), list(stems)])


def _rows(sql: str, parameters: list[Any]) -> dict[str, Reading]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {row[0]: Reading(row[0], tuple(row[1]), tuple(row[2]), tuple(row[3])) for row in cursor.fetchall()}


def _compounded(reading: Reading, known: dict[str, Reading]) -> Reading:
    parts = () if reading.word in known else compounds.parts(reading.word, known)
    return replace(reading, parts=reading.parts + parts, is_known=bool(parts)) if parts else reading


def _is_unknown(reading: Reading, known: dict[str, Reading], stems: set[str]) -> bool:
    """Neither in the texts, nor by its stem, nor known to the lemmatiser."""
    return not (reading.is_known or reading.word in known or set(reading.forms) & stems or reading.word.isdigit())


def _respelt(unknown: set[str], language: str) -> dict[str, Reading]:
    """For each unknown word the vocabulary's word that is spelt most like it, if one is close enough."""
    if not unknown:
        return {}
    grams = {gram for word in unknown for gram in spelling.grams(word)}
    known = _rows(_ALIKE, [language, list(grams)])
    nearest = {word: spelling.closest(word, _sharing(word, known)) for word in unknown}
    return {word: known[other] for word, other in nearest.items() if other}


def _sharing(word: str, known: dict[str, Reading]) -> list[str]:
    """The candidates that share most 4-grams with the word: few enough to compare letter by letter."""
    own = set(spelling.grams(word))
    shared = {other: len(own & set(spelling.grams(other))) for other in known}
    return sorted((other for other in known if shared[other]), key=lambda other: -shared[other])[:_MOST_CANDIDATES]


def _word(reading: Reading, meant: dict[str, Reading]) -> Word:
    other = meant.get(reading.word)
    return Word(reading.word, other, is_corrected=True) if other else Word(reading.word, reading)
