"""Reading the words of a query with the help of the catalogue's vocabulary: what is misspelt, what is compounded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from luotsi.domain.catalogue.rules import compounds, spelling, words
from luotsi.domain.catalogue.rules.words import Reading

MOST_WORDS = 20
LONGEST_WORD = 60
_MOST_CANDIDATES = 20

_SAME = """
SELECT word, forms, parts, roots FROM catalogue_lemma
WHERE language = %s AND (word = ANY(%s) OR forms && %s::text[])
"""
_ALIKE = """
SELECT word, forms, parts, roots FROM catalogue_lemma
WHERE language = %s AND grams && %s::text[] AND length(word) BETWEEN %s AND %s
ORDER BY (SELECT count(*) FROM unnest(grams) AS gram WHERE gram = ANY(%s::text[])) DESC, word LIMIT %s
"""


@dataclass(frozen=True)
class Word:
    """A word of the query as written, and what it was read as. `is_corrected`: taken for a word spelt otherwise."""

    written: str
    reading: Reading
    is_corrected: bool = False


def understand(text: str, language: str) -> tuple[Word, ...]:
    """The first twenty words of a query. One database query, and one for each word that is unknown."""
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
    found = {}
    for word in unknown:
        grams = list(spelling.grams(word))
        shortest, longest = spelling.lengths_alike(word)
        alike = _rows(_ALIKE, [language, grams, shortest, longest, grams, _MOST_CANDIDATES])
        nearest = spelling.closest(word, alike)
        if nearest:
            found[word] = alike[nearest]
    return found


def _word(reading: Reading, meant: dict[str, Reading]) -> Word:
    other = meant.get(reading.word)
    return Word(reading.word, other, is_corrected=True) if other else Word(reading.word, reading)
