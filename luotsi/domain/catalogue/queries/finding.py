"""Finding services in the words people use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from luotsi.base.now import now
from luotsi.base.text import LANGUAGES, Language, shared_language
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.queries import lexicon, ways
from luotsi.domain.catalogue.queries.lexicon import Word
from luotsi.domain.catalogue.queries.notices import Safety, notices_for
from luotsi.domain.catalogue.queries.ways import WayIn
from luotsi.domain.catalogue.rules import weighing, words
from luotsi.domain.organisation.definitions import municipality_names

OUTSIDE_AGE = 0.35  # a service for another age counts this much: a parent searches for a child
SPECIAL_AGE = 0.9  # with no age told, what is for some ages only gives way to what is for all
OURS = 1.5  # what stands on the county's own shelf takes messages and gives times here; others are read about
WEIGHED = 500  # of more services than this the words fit so many that nobody's age or home would bring one up
FAINT = 0.2  # results weaker than this share of the best one are left out

_RANK = """
WITH term AS (
    SELECT number, lemma, weight, place, quote_literal(lemma)::tsquery AS query
    FROM unnest(%(lemmas)s::text[], %(weights)s::real[], %(places)s::int[])
         WITH ORDINALITY AS given (lemma, weight, place, number)
), hit AS MATERIALIZED (
    SELECT text.service_id AS id, term.number, term.place,
           term.weight * ts_rank(%(fields)s::real[], text.lemmas, term.query) AS rank
    FROM term JOIN catalogue_searchtext text ON text.language = %(language)s AND text.lemmas @@ term.query
), rarity AS MATERIALIZED (
    SELECT number, ln(1 + (SELECT count(*) FROM catalogue_service)::real / count(*)) AS idf FROM hit GROUP BY number
), scored AS (
    SELECT id, sum(rank * idf) * sqrt(bit_count(bit_or(1 << place)::bit(32))::real / %(words)s) AS score
    FROM hit JOIN rarity USING (number) GROUP BY id ORDER BY score DESC, id LIMIT %(most)s
), best AS (
    SELECT scored.id, scored.score * CASE
               WHEN %(age)s::int < service.age_from OR %(age)s::int > service.age_to THEN %(outside)s
               WHEN %(age)s::int IS NULL AND (service.age_to IS NOT NULL OR service.age_from > 18) THEN %(special)s
               ELSE 1
           END * CASE WHEN service.source = 'shelf' THEN %(ours)s ELSE 1 END AS score
    FROM scored JOIN catalogue_service service ON service.id = scored.id AND service.unpublished_at IS NULL
        AND (%(municipality)s = '' OR service.municipalities = '{}' OR %(municipality)s = ANY(service.municipalities))
    ORDER BY score DESC, service.key LIMIT %(limit)s
), why AS (
    SELECT hit.id, jsonb_agg(jsonb_build_object('lemma', lemma, 'place', hit.place, 'gain', rank * idf)) AS hits
    FROM best JOIN hit USING (id) JOIN rarity USING (number) JOIN term USING (number) GROUP BY hit.id
)
SELECT service.id, service.key, service.name, service.summary, service.case_kind,
       coalesce(why.hits, '[]') AS hits, coalesce(best.score, 0) AS score
FROM catalogue_service service LEFT JOIN best USING (id) LEFT JOIN why USING (id)
WHERE service.id = ANY(ARRAY(
    SELECT id FROM best UNION SELECT id FROM catalogue_service WHERE key = %(guidance)s AND unpublished_at IS NULL))
ORDER BY score DESC, service.key
"""


@dataclass(frozen=True)
class Match:
    """Why a service was found: the word as written and what it was understood as."""

    written: str
    understood: str

    def __str__(self) -> str:
        return self.written if self.written == self.understood else f"{self.written} → {self.understood}"


@dataclass(frozen=True)
class FoundService:
    """A service that answers the query. `language` is the one its texts are really in."""

    id: UUID
    key: str
    name: str
    summary: str
    language: str
    case_kind: str
    why: tuple[Match, ...]
    ways_in: tuple[WayIn, ...]
    is_guidance: bool
    score: float

    @property
    def is_open_now(self) -> bool:
        """Whether some way in answers now."""
        return any(way.is_open_now for way in self.ways_in)


@dataclass(frozen=True)
class Found:
    """The answer to a query. The guidance desk is always the last result.

    `understood_as`: the words as they were read, "" when just as written. `searched_in`: another language when only in
    that one something was found. `municipality`: the one given, or the one named in the query. `is_fallback`: nothing
    was found and only the guidance desk is offered.
    """

    results: tuple[FoundService, ...]
    safety: tuple[Safety, ...]
    understood_as: str
    searched_in: str
    municipality: str
    is_fallback: bool

    @property
    def is_discreet(self) -> bool:
        """Whether the words should leave no trace: somebody may read over the writer's shoulder."""
        return any(notice.quick_exit for notice in self.safety)


@dataclass(frozen=True)
class _Asked:
    """What is asked of the ranking."""

    municipality: str
    age: int | None
    limit: int


def find(
    text: str,
    *,
    language: Language,
    municipality: str | None = None,
    age: int | None = None,
    limit: int = 10,
    at: datetime | None = None,
) -> Found:
    """The services that best answer the words, best first, the guidance desk last.

    `municipality` is a three-digit code and leaves out what is not offered there; `age` (years) of the person concerned
    moves other ages' services down. Three database queries (vocabulary, ranking, ways in); one more for each
    unknown word; when nothing is found in the language the other two are tried.
    """
    query = lexicon.understand(text, language)
    named = _municipality_in(query, language)
    asked = _Asked(municipality or (named and named[0]) or "", age, limit)
    about = tuple(word for word in query if not named or word.written != named[1])
    rows, searched_in, read = _search(text, about, language, asked)
    return Found(
        results=_results(_guidance_last(rows, limit), read, language, asked.municipality, at or now()),
        safety=notices_for(text, language, query),
        understood_as=_understood(query),
        searched_in=searched_in,
        municipality=asked.municipality,
        is_fallback=not _has_hits(rows),
    )


def _search(
    text: str, about: Sequence[Word], language: Language, asked: _Asked
) -> tuple[list[dict[str, Any]], str, Sequence[Word]]:
    """Ranked services, the other language in which they were found (if any), and the words as read there."""
    rows = _ranked(about, language, asked)
    if _has_hits(rows):
        return rows, "", about
    for other in LANGUAGES:
        if other != language:
            read = [word for word in lexicon.understand(text, other) if not word.is_corrected]
            others = _ranked(read, other, asked)
            if _has_hits(others):
                return others, other, read
    return rows, "", about


def _ranked(read: Sequence[Word], language: Language, asked: _Asked) -> list[dict[str, Any]]:
    """The services that the words meet, best first, faint ones left out; the guidance desk with or without hits."""
    terms = weighing.terms([word.reading for word in read], language)
    rows = _rows(
        {
            "lemmas": [term.lemma for term in terms],
            "weights": [term.weight for term in terms],
            "places": [term.place for term in terms],
            "words": max(len({term.place for term in terms}), 1),
            "fields": list(weighing.FIELD_WEIGHTS),
            "language": language,
            "municipality": asked.municipality,
            "age": asked.age,
            "outside": OUTSIDE_AGE,
            "special": SPECIAL_AGE,
            "ours": OURS,
            "limit": asked.limit,
            "most": WEIGHED,
            "guidance": definitions.GUIDANCE,
        }
    )
    faint = FAINT * max((row["score"] for row in rows), default=0)
    return [row for row in rows if row["score"] >= faint or row["key"] == definitions.GUIDANCE]


def _has_hits(rows: list[dict[str, Any]]) -> bool:
    return any(row["score"] > 0 for row in rows)


def _guidance_last(rows: list[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    """At most `limit` services with the guidance desk last, unless it is the best; the best answer always stays."""
    if rows[:1] and rows[0]["key"] == definitions.GUIDANCE:
        return rows[:limit]
    others = [row for row in rows if row["key"] != definitions.GUIDANCE]
    return others[: max(limit - 1, 1)] + [row for row in rows if row["key"] == definitions.GUIDANCE]


def _rows(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_RANK, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _results(
    rows: list[dict[str, Any]], read: Sequence[Word], language: Language, municipality: str, at: datetime
) -> tuple[FoundService, ...]:
    found = ways.ways_in([row["id"] for row in rows], language=language, municipality=municipality, at=at)
    return tuple(_result(row, read, language, ways.one_of_each(found[row["id"]])) for row in rows)


def _result(row: dict[str, Any], read: Sequence[Word], language: Language, ways_in: tuple[WayIn, ...]) -> FoundService:
    name, summary = ways.as_text(row["name"]), ways.as_text(row["summary"])
    spoken = shared_language((name, summary), language)
    return FoundService(
        id=row["id"],
        key=row["key"],
        name=name.in_language(spoken),
        summary=summary.in_language(spoken),
        language=spoken,
        case_kind=row["case_kind"],
        why=_why(ways.as_json(row["hits"]), read),
        ways_in=ways_in,
        is_guidance=row["key"] == definitions.GUIDANCE,
        score=float(row["score"]),
    )


def _why(hits: list[dict[str, Any]], read: Sequence[Word]) -> tuple[Match, ...]:
    """For each word that met the service's texts the lemma that counted most, the most telling word first."""
    best: dict[int, dict[str, Any]] = {}
    for hit in sorted(hits, key=lambda hit: -hit["gain"]):
        best.setdefault(hit["place"], hit)
    return tuple(_match(read[place].written, hit["lemma"]) for place, hit in best.items())


def _match(written: str, lemma: str) -> Match:
    """A stem (kondomer, kondom) tells the reader nothing that the word does not."""
    return Match(written, written if written.startswith(lemma) else lemma)


def _municipality_in(query: Sequence[Word], language: Language) -> tuple[str, str] | None:
    """The municipality that a query names ("hammaslääkäri Kuhmossa"): its code, and the word that named it."""
    for code, name in municipality_names().items():
        wanted = set(words.read(name.in_language(language).casefold(), language).forms)
        for word in query:
            if wanted & set(word.reading.forms):
                return code, word.written
    return None


def _understood(query: Sequence[Word]) -> str:
    """The query with its spelling mended, or "" when nothing was."""
    if not any(word.is_corrected for word in query):
        return ""
    return " ".join(word.reading.word for word in query)
