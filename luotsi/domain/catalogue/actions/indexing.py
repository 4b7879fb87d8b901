"""Writing what the finder searches: each service's weighted lemmas, and the vocabulary of all texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection

from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.models import Lemma, SearchText, Service
from luotsi.domain.catalogue.rules import compounds, spelling, weighing, words
from luotsi.domain.catalogue.rules.words import Reading

Readings = dict[tuple[str, str], Reading]  # by language and word

Named = Mapping[str, Sequence[str]]  # words by language


@dataclass(frozen=True)
class Worded:
    """What of a service is searched, whichever source it is from."""

    name: Text
    words: Named
    summary: Text
    description: Text

    @classmethod
    def of_shelf(cls, service: definitions.Service) -> "Worded":
        return cls(service.name, service.words.model_dump(), service.summary, service.description)

    @classmethod
    def of_row(cls, row: Service) -> "Worded":
        texts = (Text(**{"fi": ""} | one) for one in (row.name, row.summary, row.description))
        name, summary, description = texts
        return cls(name, row.words, summary, description)


_WRITE = "INSERT INTO catalogue_searchtext (service_id, language, lemmas) VALUES (%s, %s, %s::tsvector)"


def remember_words(services: Sequence[Worded]) -> Readings:
    """The readings of all words of these services, taken from the vocabulary or read now and added to it."""
    Lemma.objects.exclude(made_by=words.VERSION).delete()
    wanted = dict.fromkeys(_words_of(services))
    readings = {key: reading for key, reading in _vocabulary().items() if key in wanted}
    fresh = {key: words.read(key[1], key[0]) for key in wanted if key not in readings}
    fresh = _compounded(_likeliest(fresh, readings), set(wanted))
    Lemma.objects.bulk_create((_lemma(key[0], reading) for key, reading in fresh.items()), batch_size=1_000)
    return readings | fresh


def forget_unused_words() -> None:
    """Drop the words that no published service uses now, so that no query is corrected to them."""
    used = set(_words_of([Worded.of_row(row) for row in Service.objects.published()]))
    rows = Lemma.objects.values_list("id", "language", "word")
    Lemma.objects.filter(id__in=[row for row, language, word in rows if (language, word) not in used]).delete()


def write_search_texts(worded: Worded, row: Service, readings: Readings) -> None:
    """Replace the service's search text in each language in which it has texts."""
    SearchText.objects.filter(service=row).delete()
    with connection.cursor() as cursor:
        for language in LANGUAGES:
            texts = _fields(worded, language)
            fields = [[readings[language, word] for word in words.tokens(text)] for text in texts]
            if any(fields):
                cursor.execute(_WRITE, [row.id, language, weighing.vector(fields)])


def _fields(service: Worded, language: str) -> tuple[str, str, str, str]:
    """Name, everyday words, summary and description, in that language only."""
    return (
        getattr(service.name, language),
        " ".join(service.words.get(language, ())),
        getattr(service.summary, language),
        getattr(service.description, language),
    )


def _words_of(services: Sequence[Worded]) -> Iterator[tuple[str, str]]:
    """Each language and word of the services' texts and of the safety notices."""
    for language in LANGUAGES:
        texts = [text for service in services for text in _fields(service, language)]
        signs = [sign for notice in definitions.safety_notices() for sign in notice.words.in_language(language)]
        for text in texts + signs:
            for word in words.tokens(text):
                yield language, word


def _vocabulary() -> Readings:
    rows = Lemma.objects.values_list("language", "word", "forms", "parts", "roots")
    return {(row[0], row[1]): Reading(row[1], tuple(row[2]), tuple(row[3]), tuple(row[4])) for row in rows}


def _likeliest(fresh: Readings, known: Readings) -> Readings:
    """A word with several base forms keeps those that other words of the texts surely have: vapaa is not vapa."""
    sure = {(key[0], one.forms[0]) for key, one in (known | fresh).items() if len(one.forms) == 1}
    found = {}
    for key, reading in fresh.items():
        likely = tuple(form for form in reading.forms if (key[0], form) in sure)
        found[key] = replace(reading, forms=likely) if likely and len(reading.forms) > 1 else reading
    return found


def _compounded(fresh: Readings, all_words: set[tuple[str, str]]) -> Readings:
    """Swedish compounds get as parts the other words of the texts that they are made of."""
    swedish = {word for language, word in all_words if language == "sv"}
    return {
        key: replace(reading, parts=reading.parts + compounds.parts(key[1], swedish)) if key[0] == "sv" else reading
        for key, reading in fresh.items()
    }


def _lemma(language: str, reading: Reading) -> Lemma:
    return Lemma(
        language=language,
        word=reading.word,
        forms=list(reading.forms),
        parts=list(reading.parts),
        roots=list(reading.roots),
        grams=list(spelling.grams(reading.word)),
        made_by=words.VERSION,
    )
