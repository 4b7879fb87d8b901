"""What must be read before any result, when the words of a query speak of danger."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from luotsi.base.text import LANGUAGES, Language
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.definitions import SafetyNotice
from luotsi.domain.catalogue.queries import lexicon
from luotsi.domain.catalogue.queries.lexicon import Word
from luotsi.domain.catalogue.rules import safety, words
from luotsi.domain.catalogue.rules.safety import Signs
from luotsi.domain.catalogue.rules.words import Reading


@dataclass(frozen=True)
class Contact:
    """Whom to call now."""

    name: str
    phone: str
    url: str
    is_always_open: bool


@dataclass(frozen=True)
class Safety:
    """What the writer of these words must read first. `quick_exit`: the page needs a way to leave without a trace."""

    key: str
    title: str
    message: str
    contacts: tuple[Contact, ...]
    quick_exit: bool


def notices_for(text: str, language: Language, query: Sequence[Word] | None = None) -> tuple[Safety, ...]:
    """The notices that these words call for, gravest first, whichever of our languages they were written in."""
    read = {language: [word.reading for word in query or lexicon.understand(text, language)]}
    for other in LANGUAGES:
        if other != language:
            read[other] = [_stemmed(word, other) for word in words.tokens(text)[: lexicon.MOST_WORDS]]
    shown = [
        notice
        for notice in definitions.safety_notices()
        if any(_speaks_of(notice.key, other, readings, other != language) for other, readings in read.items())
    ]
    return tuple(as_safety(notice, language) for notice in shown)


def notice_of(key: str, language: Language) -> Safety | None:
    """A notice by its key, for a page that always needs it; None when there is none."""
    found = next((notice for notice in definitions.safety_notices() if notice.key == key), None)
    return as_safety(found, language) if found else None


def _speaks_of(key: str, language: Language, query: Sequence[Reading], only_stems: bool) -> bool:
    return safety.speaks_of(_signs(key, language, only_stems), query)


@cache
def _signs(key: str, language: Language, only_stems: bool) -> Signs:
    """The notice's words, read as the query's are: another language than the page's by its stems alone."""
    notice = next(notice for notice in definitions.safety_notices() if notice.key == key)
    written = [words.tokens(sign) for sign in notice.words.in_language(language)]
    if only_stems:
        return Signs(tuple(tuple(_stemmed(word, language) for word in sign) for sign in written))
    known = lexicon.readings(language, {word for sign in written for word in sign})
    return Signs(tuple(tuple(known.get(word) or words.read(word, language) for word in sign) for sign in written))


@lru_cache(maxsize=50_000)
def _stemmed(word: str, language: Language) -> Reading:
    return Reading(word, (words.stem(word, language),))


def as_safety(notice: SafetyNotice, language: Language) -> Safety:
    """A notice in the reader's language, with the numbers that answer in it."""
    answering = [contact for contact in notice.contacts if not contact.languages or language in contact.languages]
    return Safety(
        key=notice.key,
        title=notice.name.in_language(language),
        message=notice.message.in_language(language),
        contacts=tuple(
            Contact(one.name.in_language(language), one.phone, one.url, one.hours == "always") for one in answering
        ),
        quick_exit=notice.quick_exit,
    )
