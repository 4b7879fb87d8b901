"""Keeping what people searched for, without them."""

from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from luotsi.base.now import local_day
from luotsi.domain.catalogue.models import Search
from luotsi.domain.catalogue.queries.finding import Found
from luotsi.domain.catalogue.rules.heard import heard


def keep_search(words: str, *, language: str, found: Found, at: datetime) -> UUID | None:
    """The number by which it is told that it led somewhere; None when nothing is left of the words, or the database
    is only read: nobody is left without an answer for that. Words that speak of violence are never kept.
    """
    kept = heard(words)
    if not kept or found.is_discreet:
        return None
    count = 0 if found.is_fallback else len(found.results)
    search = Search(day=local_day(at), language=language, words=kept, municipality=found.municipality, found=count)
    try:
        with transaction.atomic():
            search.save(force_insert=True)
    except DatabaseError:
        return None
    return search.id


def mark_led(search: UUID) -> None:
    """Somebody opened a service that the search found."""
    Search.objects.filter(id=search, led=False).update(led=True)


def erase_searches(*, before: date, limit: int | None) -> int:
    """Searches of days before that one go; answers how many, at most `limit` of them."""
    rows = Search.objects.filter(day__lt=before)
    rows = rows if limit is None else Search.objects.filter(id__in=rows.values("id")[:limit])
    return int(rows.delete()[0])
