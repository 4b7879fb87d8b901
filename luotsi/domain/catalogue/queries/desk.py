"""What whoever looks after the catalogue works through: words that led nowhere, and services that lack something."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from luotsi.base.now import local_day
from luotsi.base.text import LANGUAGES, Language, sort_key
from luotsi.domain.catalogue.models import Channel, Connection, Intake, Mending, Search, Service
from luotsi.domain.catalogue.ports import Fault
from luotsi.domain.catalogue.queries.ways import as_text
from luotsi.domain.catalogue.rules.entries import TRAY
from luotsi.domain.catalogue.rules.mending import lack_of, service_waits, subject_of, words_wait
from luotsi.domain.organisation.queries import names_of

LOOKS_BACK = timedelta(days=90)
OLD = timedelta(days=365)
DONE_STANDS = timedelta(days=30)
FEWEST = 2  # words that only one search had may tell of somebody
_MOST = 100


@dataclass(frozen=True)
class Hold:
    """Who has a thing of the desk, and how a form names it. `taken_by` is "" when nobody has it."""

    about: str
    subject: str
    lack: str = ""
    taken_by: str = ""
    taken_id: UUID | None = None


@dataclass(frozen=True)
class Done:
    """A thing that was done within a month: `label` is the words or the service's name."""

    hold: Hold
    label: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Sought:
    """Words that people searched with. `times` altogether, `led` of them to a service; `found` services at most."""

    words: str
    language: str
    times: int
    led: int
    found: int
    hold: Hold


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
    hold: Hold


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
    done: tuple[Done, ...]
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
    """Nine queries, whatever the size. What was done stands on it no longer, see `rules.mending`."""
    today = local_day(at)
    searches = Search.objects.filter(day__gt=today - LOOKS_BACK)
    counted = searches.aggregate(all=Count("id"), without=Count("id", filter=Q(found=0)))
    services = list(Service.objects.published())
    mended = _Mended.read()
    intake = Intake.objects.exclude(source=TRAY).order_by("-at", "-id").first()
    return Desk(
        searches=counted["all"],
        without=counted["without"],
        unfound=_sought(searches.filter(found=0), mended),
        abandoned=_sought(searches.filter(found__gt=0), mended, only_abandoned=True),
        lacking=_lacking(services, language, today, mended),
        done=mended.done(searches, services, language, today),
        services=len(services),
        intake=intake,
        faults=tuple(_told_fault(one, language) for one in intake.faults) if intake else (),
    )


def _told_fault(kept: dict[str, Any], language: Language) -> ToldFault:
    """Those of before they had keys stand in the words in which they were kept."""
    what, mend = Fault(**kept).said(language) if "key" in kept else (kept["what"], kept["mend"])
    return ToldFault(kept["file"], kept["entity"], kept["field"], what, mend)


@dataclass(frozen=True)
class _Mended:
    """What editors have taken and done, by what it is about."""

    rows: dict[tuple[str, str], Mending]
    names: dict[UUID, str]

    @classmethod
    def read(cls) -> "_Mended":
        rows = {(row.about, row.subject): row for row in Mending.objects.all()}
        workers = {id for row in rows.values() for id in (row.taken_by_id, row.done_by_id) if id}
        return cls(rows, names_of(workers))

    def hold(self, about: str, subject: str, lack: str = "") -> Hold:
        row = self.rows.get((about, subject))
        taken = row.taken_by_id if row else None
        return Hold(about, subject, lack, self.names.get(taken, "") if taken else "", taken)

    def words_wait(self, subject: str, last: date) -> bool:
        row = self.rows.get(("words", subject))
        return words_wait(local_day(row.done_at) if row and row.done_at else None, last)

    def service_waits(self, key: str, lack: str) -> bool:
        row = self.rows.get(("service", key))
        return service_waits(local_day(row.done_at) if row and row.done_at else None, row.lack if row else "", lack)

    def done(self, searches: Any, services: Collection[Service], language: Language, today: date) -> tuple[Done, ...]:
        """The latest first; words that are kept no more are told of no more."""
        recent = [row for row in self.rows.values() if row.done_at and local_day(row.done_at) > today - DONE_STANDS]
        if not recent:
            return ()
        labels = {("service", one.key): as_text(one.name).in_language(language) for one in services}
        for words, other in searches.values_list("words", "language").distinct():
            labels["words", subject_of(words, other)] = words
        found = [
            Done(self.hold(*about), labels[about], self.names[row.done_by_id], row.done_at)
            for row in recent
            if (about := (row.about, row.subject)) in labels
        ]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _sought(searches: Any, mended: _Mended, *, only_abandoned: bool = False) -> tuple[Sought, ...]:
    """The most wanted first. Abandoned: none of those who searched so opened a service."""
    rows = searches.values("words", "language").annotate(
        times=Count("id"),
        led_on=Count("id", filter=Q(led=True)),
        most=Count("id", filter=Q(found__gt=0)),
        last=Max("day"),
    )
    rows = rows.filter(times__gte=FEWEST)
    rows = rows.filter(led_on=0) if only_abandoned else rows
    found = []
    for row in rows.order_by("-times", "words", "language"):
        subject = subject_of(row["words"], row["language"])
        if mended.words_wait(subject, row["last"]):
            hold = mended.hold("words", subject)
            found.append(Sought(row["words"], row["language"], row["times"], row["led_on"], row["most"], hold))
    return tuple(found[:_MOST])


def _lacking(services: Collection[Service], language: Language, today: date, mended: _Mended) -> tuple[Lacking, ...]:
    links = Connection.objects.filter(service__unpublished_at=None, channel__unpublished_at=None)
    reached = set(links.values_list("service_id", flat=True))
    unclear = Channel.objects.filter(way__in=["phone", "walk_in"], hours=None)
    without_hours = set(links.filter(channel__in=unclear).values_list("service_id", flat=True))
    found = []
    for one in services:
        texts = tuple(other for other in LANGUAGES if not _is_written(one, other))
        is_old = one.changed_on is not None and one.changed_on < today - OLD
        facts = {"has_ways": one.id in reached, "lacks_hours": one.id in without_hours, "is_old": is_old}
        lack = lack_of(texts, **facts)
        if lack and mended.service_waits(one.key, lack):
            name, hold = as_text(one.name).in_language(language), mended.hold("service", one.key, lack)
            found.append(Lacking(key=one.key, name=name, texts=texts, changed_on=one.changed_on, hold=hold, **facts))
    return tuple(sorted(found, key=lambda row: (row.has_ways, -len(row.texts), sort_key(row.name))))


def _is_written(service: Service, language: str) -> bool:
    return all(texts.get(language) for texts in (service.name, service.summary, service.description))
