"""Taking in what a source outside tells: all or nothing. What it no longer names is unpublished, never deleted."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from luotsi.base.who import Who
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.actions import indexing, taking_channels
from luotsi.domain.catalogue.actions.indexing import Worded
from luotsi.domain.catalogue.actions.loading import LOCK, as_json
from luotsi.domain.catalogue.events import CatalogueLoaded
from luotsi.domain.catalogue.models import Channel, Connection, Intake, Place, Service, ServiceCollection, Sourced
from luotsi.domain.catalogue.ports import Fault, Tell, Told, ToldCollection, ToldService
from luotsi.domain.catalogue.rules import keys, words
from luotsi.domain.catalogue.rules.digests import digest_of
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.definitions import municipality_names

_AT_ONCE, _MOST_FAULTS = 200, 200
_OURS_FIRST = 100  # the ways in of a service on the shelf stand before those that the source adds


class NotTaken(Exception):
    """Nothing was taken in, and the catalogue is as it was. `faults` say where and what to mend."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(faults)} faults; the catalogue is as it was")


@dataclass(frozen=True)
class Taken:
    """What became of it, by keys; `outside`: how many are for other counties. `faults` did not stop it."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unpublished: tuple[str, ...]
    same: int
    outside: int
    channels: int
    collections: int
    faults: tuple[Fault, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.unpublished)


def take_in(told: Told, *, by: Who, at: datetime, is_trial: bool = False, tell: Tell | None = None) -> Taken:
    """Make the tables say what the source tells, for the municipalities of the county; a trial changes nothing.

    A service on the shelf that names its number there keeps its own texts and gets the source's ways in. What was
    unpublished and is told again is published again under the same key. Safe to run again. Raises NotTaken.
    """
    stopping = [fault for fault in told.faults if fault.stops]
    if stopping:
        if not is_trial:
            _remember(told, at, refused=True)
        raise NotTaken(stopping)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        taken = _Taking(told, at, tell or (lambda *_: None)).taken()
        if not (taken.is_empty or is_trial):
            counts = (len(taken.added), len(taken.changed), len(taken.unpublished))
            events.record(CatalogueLoaded(told.source, *counts), by=by, at=at)
        _remember(told, at, added=len(taken.added), changed=len(taken.changed), unpublished=len(taken.unpublished))
        if is_trial:
            transaction.set_rollback(True)
    return taken


def remember_failure(source: str, why: str, *, at: datetime) -> None:
    """The source did not answer: nothing was taken in."""
    fault = Fault("", "", "", "not_answered", {"why": why})
    _remember(Told(source, faults=(fault,)), at, refused=True)


def _remember(told: Told, at: datetime, **what: Any) -> None:
    """What became of it, for whoever looks after the catalogue."""
    faults = [asdict(fault) for fault in told.faults[:_MOST_FAULTS]]
    Intake.objects.create(source=told.source, is_whole=told.is_whole, at=at, faults=faults, **what)


@dataclass
class _Taking:
    """One intake. `rows` are the source's services by their number there."""

    told: Told
    at: datetime
    tell: Callable[[str, int, int], None]

    def taken(self) -> Taken:
        ours = {one.ptv: one.key for one in definitions.services().values() if one.ptv}
        serving = [one for one in self.told.services if _serves(one)]
        fresh, changed, same = self._sorted([one for one in serving if one.id not in ours])
        channels = taking_channels.take_in(self.told, at=self.at, tell=self.tell)
        self._write([*fresh, *changed])
        rows = {row.source_id: row for row in Service.objects.filter(source=self.told.source)}
        rows |= {number: row for row in Service.objects.filter(key__in=ours.values()) for number in _numbers(row, ours)}
        self._connect(serving, rows, channels)
        if not self.told.is_whole:
            taking_channels.connect_again({one.id: channels[one.id] for one in self.told.channels}, self.told.source)
        gone = self._unpublish({one.id for one in serving})
        self._collect(rows)
        indexing.forget_unused_words()
        return Taken(
            added=tuple(rows[one.id].key for one in fresh),
            changed=tuple(rows[one.id].key for one in changed),
            unpublished=gone,
            same=same,
            outside=len(self.told.services) - len(serving),
            channels=len(self.told.channels),
            collections=len(self.told.collections),
            faults=self.told.faults,
        )

    def _sorted(self, services: Sequence[ToldService]) -> tuple[list[ToldService], list[ToldService], int]:
        had = dict(Service.objects.published().filter(source=self.told.source).values_list("source_id", "digest"))
        fresh = [one for one in services if one.id not in had]
        changed = [one for one in services if one.id in had and had[one.id] != _digest(one)]
        return fresh, changed, len(services) - len(fresh) - len(changed)

    def _write(self, services: Sequence[ToldService]) -> None:
        """Rows and search texts. A service keeps the key that it first had; a new one is called by its Finnish name."""
        had = dict(Service.objects.filter(source=self.told.source).values_list("source_id", "key"))
        taken = set(Service.objects.values_list("key", flat=True))
        for start in range(0, len(services), _AT_ONCE):
            some = services[start : start + _AT_ONCE]
            readings = indexing.remember_words([_worded(one) for one in some])
            for one in some:
                key = had.get(one.id) or keys.free(one.name.fi, one.id, taken)
                taken.add(key)
                row, _ = Service.objects.update_or_create(key=key, defaults=self._columns(one))
                indexing.write_search_texts(_worded(one), row, readings)
            self.tell("services", min(start + _AT_ONCE, len(services)), len(services))

    def _columns(self, one: ToldService) -> dict[str, object]:
        texts = ("name", "summary", "description", "user_instruction", "next_steps", "cost", "provider")
        return {
            "source": self.told.source,
            "source_id": one.id,
            "digest": _digest(one),
            "unpublished_at": None,
            **{name: as_json(getattr(one, name)) for name in texts},
            "words": {language: list(words) for language, words in one.words.items()},
            "municipalities": _here(one.municipalities),
            "audience": list(one.audience),
            "service_class": list(one.service_class),
            "life_events": list(one.life_events),
            "changed_on": one.changed_on,
        }

    def _connect(
        self, services: Sequence[ToldService], rows: dict[str, Service], channels: dict[str, list[Channel]]
    ) -> None:
        """Each service with its ways in, in the order in which they were told."""
        source = self.told.source
        Connection.objects.filter(service__in=[rows[one.id] for one in services], channel__source=source).delete()
        Connection.objects.bulk_create(
            Connection(service=rows[one.id], channel=channel, position=_OURS_FIRST + place)
            for one in services
            for place, channel in enumerate(dict.fromkeys(way for id in one.channels for way in channels.get(id, ())))
        )

    def _unpublish(self, told: set[str]) -> tuple[str, ...]:
        ours = Service.objects.published().filter(source=self.told.source)
        gone = ours.exclude(source_id__in=told) if self.told.is_whole else ours.filter(source_id__in=self.told.gone)
        names = tuple(gone.order_by("key").values_list("key", flat=True))
        Service.objects.filter(key__in=names).update(unpublished_at=self.at)
        if not self.told.is_whole:
            return names
        kept = {one.id for one in self.told.channels}
        for model in (Channel, Place):
            model.objects.published().filter(source=self.told.source).exclude(source_id__in=kept).update(
                unpublished_at=self.at
            )
        return names

    def _collect(self, rows: dict[str, Service]) -> None:
        taken = set(ServiceCollection.objects.values_list("key", flat=True))
        had = dict(ServiceCollection.objects.filter(source=self.told.source).values_list("source_id", "key"))
        for one in self.told.collections:
            key = had.get(one.id) or keys.free(one.name.fi, one.id, taken)
            taken.add(key)
            row, _ = ServiceCollection.objects.update_or_create(key=key, defaults=_collected(one, self.told.source))
            row.services.set([rows[service] for service in one.services if service in rows])
        if self.told.is_whole:
            gone: Sourced = ServiceCollection.objects.published().filter(source=self.told.source)
            gone.exclude(source_id__in=[one.id for one in self.told.collections]).update(unpublished_at=self.at)


def _collected(one: ToldCollection, source: str) -> dict[str, object]:
    texts = {"name": as_json(one.name), "description": as_json(one.description)}
    return {"source": source, "source_id": one.id, "unpublished_at": None, **texts}


def _numbers(row: Service, ours: dict[str, str]) -> list[str]:
    return [number for number, key in ours.items() if key == row.key]


def _worded(one: ToldService) -> Worded:
    return Worded(one.name, one.words, one.summary, one.description)


def _digest(one: ToldService) -> str:
    return digest_of(one, words.VERSION)


def _serves(one: ToldService) -> bool:
    """Whether anybody of the county may use it."""
    return not one.municipalities or bool(set(one.municipalities) & set(municipality_names()))


def _here(municipalities: Sequence[str]) -> list[str]:
    """Those of the county; none named is all of them."""
    here = sorted(set(municipalities) & set(municipality_names()))
    return [] if len(here) == len(municipality_names()) else here
