"""Reading what happened."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count

from luotsi.domain.events.models import Event


def story_of(subjects: Collection[UUID], *, kinds: Collection[str] | None = None) -> dict[UUID, list[Event]]:
    """The events of each subject in the order in which they happened. One query."""
    rows = Event.objects.filter(subject__in=subjects)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    stories: dict[UUID, list[Event]] = {subject: [] for subject in subjects}
    for event in rows.order_by("occurred_at", "id"):
        if event.subject is not None:
            stories[event.subject].append(event)
    return stories


def standing(subject: UUID, *, kind: str) -> Event | None:
    """The subject's latest event of the kind that no other event corrects."""
    rows = Event.objects.filter(subject=subject, kind=kind).order_by("-occurred_at", "-id")
    corrected = set(Event.objects.filter(subject=subject).exclude(corrects=None).values_list("corrects", flat=True))
    return next((row for row in rows if row.uid not in corrected), None)


class BriefEvent(NamedTuple):
    """What a rule reads of an event; `body` holds the dimensions too."""

    uid: UUID
    kind: str
    at: datetime
    body: dict[str, Any]
    corrects: UUID | None


@dataclass
class BriefStory:
    """A subject's events in no order, whose they are, and the kinds of case they were told under."""

    events: list[BriefEvent]
    resident: UUID | None = None
    case_kinds: list[str] = field(default_factory=list)


_BRIEFLY = ("profession", "urgency", "channel", "service", "unit", "register")
_BRIEF = f"""
SELECT subject, resident, case_kind, uid, kind, (extract(epoch FROM occurred_at) * 1000000)::int8, corrects, body::text,
       {", ".join(_BRIEFLY)}
FROM events_event WHERE subject = ANY(%s) AND (kind = ANY(%s) OR corrects IS NOT NULL)
"""  # noqa: S608 (the columns' own names)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def stories_in_brief(subjects: Collection[UUID], *, kinds: Collection[str]) -> dict[UUID, BriefStory]:
    """Of each subject the events of these kinds and every correction: for reading very many. One query.

    Times come as microseconds, which are a third of the work of timestamps.
    """
    stories: dict[UUID, BriefStory] = {subject: BriefStory([]) for subject in subjects}
    with connection.cursor() as cursor:
        cursor.execute(_BRIEF, [list(subjects), list(kinds)])
        for subject, resident, case_kind, uid, kind, at, corrects, body, *told in cursor.fetchall():
            story = stories[subject]
            story.resident = story.resident or resident
            if case_kind and case_kind not in story.case_kinds:
                story.case_kinds.append(case_kind)
            every = dict(zip(_BRIEFLY, told, strict=True))
            if body != "{}":
                every |= json.loads(body)
            story.events.append(BriefEvent(uid, kind, _EPOCH + timedelta(microseconds=at), every, corrects))
    return stories


def how_many(subject: UUID) -> int:
    """How many events the subject has."""
    return Event.objects.filter(subject=subject).count()


def how_many_each(subjects: Collection[UUID]) -> dict[UUID, int]:
    """How many events each of these subjects has. One query."""
    told = Event.objects.filter(subject__in=subjects).order_by().values_list("subject").annotate(Count("id"))
    return dict.fromkeys(subjects, 0) | dict(told)


def resident_of(subject: UUID) -> UUID | None:
    """Whose a matter, a mandate or another subject of events is, by the first of its events; None when nobody's."""
    rows = Event.objects.filter(subject=subject, resident__isnull=False).order_by("occurred_at", "id")
    return rows.values_list("resident", flat=True).first()


def subjects_with(kind: str, *, batch: int = 2_000) -> Iterator[list[UUID]]:
    """Every subject that has an event of this kind, in batches, each subject once."""
    seen = Event.objects.filter(kind=kind, subject__isnull=False).order_by("subject").distinct("subject")
    page: list[UUID] = []
    for subject in seen.values_list("subject", flat=True).iterator(chunk_size=batch):
        page.append(subject)
        if len(page) == batch:
            yield page
            page = []
    if page:
        yield page


def newest_id() -> int:
    """The number of the latest event, 0 when there is none. A hint for pages: numbers may commit out of order."""
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0


def latest(kind: str | None = None) -> Event | None:
    """The event recorded last, of a kind or of all; None when there is none."""
    rows = Event.objects.all() if kind is None else Event.objects.filter(kind=kind)
    return rows.order_by("-id").first()


def since(kind: str, moment: datetime) -> list[Event]:
    """What has happened of this kind from that moment on, in order."""
    return list(Event.objects.filter(kind=kind, occurred_at__gte=moment).order_by("occurred_at", "id"))
