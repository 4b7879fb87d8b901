"""Measuring the finder on queries as people write them: is a right service first, or among the first three?

Two files: queries_tuned.yaml, whose misses may be looked at while the texts and rules are made better, and
queries_held_out.yaml, which is only ever read as a figure. Beside the finder stands a negative control: the same
services in PostgreSQL's own full-text search, as a plain web-search query would be answered without us.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.db import connection

from luotsi.base.text import LANGUAGES
from luotsi.domain.catalogue import queries

Answer = Callable[[str, str], list[str]]  # query, language -> keys, best first

_CONFIGURATIONS = {"fi": "finnish", "sv": "swedish", "en": "english"}
_CONTROL = """
SELECT key FROM (
    SELECT key, setweight(to_tsvector(%(config)s::regconfig, coalesce(name->>%(language)s, '')), 'A')
             || setweight(to_tsvector(%(config)s::regconfig, coalesce(summary->>%(language)s, '')), 'B')
             || setweight(to_tsvector(%(config)s::regconfig, coalesce(description->>%(language)s, '')), 'D') AS words
    FROM catalogue_service WHERE unpublished_at IS NULL
) text, (SELECT replace(plainto_tsquery(%(config)s::regconfig, %(query)s)::text, '&', '|')::tsquery AS wanted) asked
WHERE words @@ wanted ORDER BY ts_rank(words, wanted) DESC, key LIMIT 3
"""


@dataclass(frozen=True)
class Score:
    """How often a right service was first, and among the first three, of how many queries."""

    of: int
    first: int
    three: int
    missed: tuple[str, ...]

    def __str__(self) -> str:
        shares = (f"{count}/{self.of} ({count / self.of:.0%})" for count in (self.first, self.three))
        return "first {}, in three {}".format(*shares)


def golden(name: str) -> dict[str, dict[str, list[str]]]:
    """The queries of a file by language, with the services of which one should come first."""
    path = Path(__file__).with_name(f"queries_{name}.yaml")
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {language: {str(query): keys for query, keys in found[language].items()} for language in LANGUAGES}


def score(wanted: dict[str, list[str]], language: str, answer: Answer) -> Score:
    answers = {query: answer(query, language)[:3] for query in wanted}
    first = sum(1 for query, keys in wanted.items() if answers[query][:1] and answers[query][0] in keys)
    met = {query for query, keys in wanted.items() if set(answers[query]) & set(keys)}
    return Score(len(wanted), first, len(met), tuple(f"{q}: {', '.join(answers[q])}" for q in wanted if q not in met))


def finder(query: str, language: str) -> list[str]:
    return [result.key for result in queries.find(query, language=language).results]


def postgres(query: str, language: str) -> list[str]:
    """The negative control: PostgreSQL's own configuration of the language, any of the words."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTROL, {"config": _CONFIGURATIONS[language], "language": language, "query": query})
        return [row[0] for row in cursor.fetchall()]
