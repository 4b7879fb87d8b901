"""What the finder knows of words, and what people searched for."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from luotsi.domain.catalogue.models.offered import Service


def _codes() -> ArrayField:
    return ArrayField(models.TextField(), default=list)


class SearchText(models.Model):
    """A service's words in one language as weighted lemmas: A name, B everyday words, C summary, D description."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="search_texts")
    language = models.TextField()
    lemmas = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_search_text", fields=["service", "language"])]
        indexes = [GinIndex(fields=["lemmas"], name="search_text_lemmas")]


class Lemma(models.Model):
    """A word of the published texts and what it was understood as: the finder's vocabulary and the lemmatiser's cache.

    `forms` are base forms, `parts` those of a compound's parts, `roots` the words it is derived from, `grams` its
    4-grams, by which a misspelt word finds it. `made_by` is the lemmatiser's version; another version's rows are stale.
    """

    language = models.TextField()
    word = models.TextField()
    forms = _codes()
    parts = _codes()
    roots = _codes()
    grams = _codes()
    made_by = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_lemma", fields=["language", "word"])]
        indexes = [
            GinIndex(fields=["grams"], name="lemma_grams"),
            GinIndex(fields=["forms"], name="lemma_forms"),
        ]


class Search(models.Model):
    """Words with which somebody looked for help on a day; of nobody. `led`: they opened one of the services found.

    Numbers and addresses are taken out of the words, and it is not kept who asked, nor when on the day.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)  # tells no time, unlike the other tables' numbers
    day = models.DateField()
    language = models.TextField()
    words = models.TextField()
    municipality = models.TextField(default="")
    found = models.SmallIntegerField()
    led = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["day"], name="search_by_day")]
