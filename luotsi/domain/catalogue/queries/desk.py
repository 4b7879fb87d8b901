"""What whoever looks after the catalogue works through: words that led nowhere, and services that lack something."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from luotsi.base.now import local_day
from luotsi.base.text import LANGUAGES, Language, sort_key
from luotsi.domain.catalogue.models import Channel, Connection, Intake, Search, Service
from luotsi.domain.catalogue.ports import Fault
from luotsi.domain.catalogue.queries.ways import as_text
from luotsi.domain.catalogue.rules.entries import TRAY

LOOKS_BACK = timedelta(days=90)
OLD = timedelta(days=365)
FEWEST = 2  # words that only one search had may tell of somebody
_MOST = 100


@dataclass(frozen=True)
class Sought:
    """Words that people searched with. `times` altogether, `led` of them to a service; `found` services at most."""

    words: str
    language: str
    times: int
    led: int
    found: int


@dataclass(frozen=True)
class Lacking:
    """A published service and what it lacks: `texts` by language, `ways`, `hours` of some way in; or it is `old`."""

    key: str
    name: str
    texts: tuple[str, ...]
    has_ways: bool
    lacks_hours: bool
    changed_on: date | None
    is_old: bool


@dataclass(frozen=True)
class ToldFault:
    """What was wrong with the latest intake, where, and what to do; in the reader's language."""

    file: str
    entity: str
    field: str
    what: str
    mend: str


@dataclass(frozen=True)
class Desk:
    """`searches` in all within ninety days, `without` of them found nothing. The latest intake, if there was one."""

    searches: int
    without: int
    unfound: tuple[Sought, ...]
    abandoned: tuple[Sought, ...]
    lacking: tuple[Lacking, ...]
    services: int
    intake: Intake | None
    faults: tuple[ToldFault, ...]


def intakes_since(source: str, moment: datetime) -> list[Intake]:
    """The latest first."""
    return list(Intake.objects.filter(source=source, at__gte=moment).order_by("-at", "-id"))


def latest_whole(source: str) -> datetime | None:
    """When everything of the source was last taken in."""
    whole = Intake.objects.filter(source=source, refused=False, is_whole=True)
    return whole.order_by("-at").values_list("at", flat=True).first()


def latest(source: str) -> datetime | None:
    """When anything of the source was last taken in."""
    return Intake.objects.filter(source=source, refused=False).order_by("-at").values_list("at", flat=True).first()


def desk(language: Language, *, at: datetime) -> Desk:
    """Seven queries, whatever the size."""
    today = local_day(at)
    searches = Search.objects.filter(day__gt=today - LOOKS_BACK)
    counted = searches.aggregate(all=Count("id"), without=Count("id", filter=Q(found=0)))
    services = list(Service.objects.published())
    intake = Intake.objects.exclude(source=TRAY).order_by("-at", "-id").first()
    return Desk(
        searches=counted["all"],
        without=counted["without"],
        unfound=_sought(searches.filter(found=0)),
        abandoned=_sought(searches.filter(found__gt=0), only_abandoned=True),
        lacking=_lacking(services, language, today),
        services=len(services),
        intake=intake,
        faults=tuple(_told_fault(one, language) for one in intake.faults) if intake else (),
    )


def _told_fault(kept: dict[str, Any], language: Language) -> ToldFault:
    """Those of before they had keys stand in the words in which they were kept."""
    what, mend = Fault(**kept).said(language) if "key" in kept else (kept["what"], kept["mend"])
    return ToldFault(kept["file"], kept["entity"], kept["field"], what, mend)


def _sought(searches: Any, *, only_abandoned: bool = False) -> tuple[Sought, ...]:
    """The most wanted first. Abandoned: none of those who searched so opened a service."""
    rows = searches.values("words", "language").annotate(
        times=Count("id"), led_on=Count("id", filter=Q(led=True)), most=Count("id", filter=Q(found__gt=0))
    )
    rows = rows.filter(times__gte=FEWEST)
    rows = rows.filter(led_on=0) if only_abandoned else rows
    return tuple(
        Sought(row["words"], row["language"], row["times"], row["led_on"], row["most"])
        for row in rows.order_by("-times", "words", "language")[:_MOST]
    )


def _lacking(services: Collection[Service], language: Language, today: date) -> tuple[Lacking, ...]:
    links = Connection.objects.filter(service__unpublished_at=None, channel__unpublished_at=None)
    reached = set(links.values_list("service_id", flat=True))
    unclear = Channel.objects.filter(way__in=["phone", "walk_in"], hours=None)
    without_hours = set(links.filter(channel__in=unclear).values_list("service_id", flat=True))
    rows = [
        Lacking(
            key=one.key,
            name=as_text(one.name).in_language(language),
            texts=tuple(other for other in LANGUAGES if not _is_written(one, other)),
            has_ways=one.id in reached,
            lacks_hours=one.id in without_hours,
            changed_on=one.changed_on,
            is_old=one.changed_on is not None and one.changed_on < today - OLD,
        )
        for one in services
    ]
    found = [row for row in rows if row.texts or not row.has_ways or row.lacks_hours or row.is_old]
    return tuple(sorted(found, key=lambda row: (row.has_ways, -len(row.texts), sort_key(row.name))))


def _is_written(service: Service, language: str) -> bool:
    return all(texts.get(language) for texts in (service.name, service.summary, service.description))
