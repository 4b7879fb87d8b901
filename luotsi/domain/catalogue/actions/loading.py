"""Taking services and places from the shelf into the tables."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from luotsi.base.shelf import Definition
from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.actions import indexing, ways
from luotsi.domain.catalogue.actions.indexing import Worded
from luotsi.domain.catalogue.events import CatalogueLoaded
from luotsi.domain.catalogue.models import Channel, Connection, Place, Service, ServiceUnit
from luotsi.domain.catalogue.rules import words
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import definitions as county

SOURCE = "shelf"
LOCK = 7_020_001  # any number that no other advisory lock of ours uses


@dataclass(frozen=True)
class Loaded:
    """How many services were new, had changed, or are no longer on the shelf."""

    added: int
    changed: int
    unpublished: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.unpublished)


@transaction.atomic
def load_shelf(*, by: Who, at: datetime) -> Loaded:
    """Make the tables say what content/services and content/places say. Safe to run again and from two processes.

    A service that left the shelf is unpublished, never deleted. Raises ShelfError when a file cannot be used.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    organisation.load_units()
    _load_places()
    fresh, changed = _to_write()
    readings = indexing.remember_words([Worded.of_shelf(one) for one in fresh + changed])
    for definition in fresh + changed:
        _load_service(definition, readings)
    loaded = Loaded(added=len(fresh), changed=len(changed), unpublished=_unpublish(at))
    indexing.forget_unused_words()
    if not loaded.is_empty:
        fact = CatalogueLoaded(SOURCE, loaded.added, loaded.changed, loaded.unpublished)
        events.record(fact, by=by, at=at)
    return loaded


def _to_write() -> tuple[list[definitions.Service], list[definitions.Service]]:
    """The services that are new, and those that changed."""
    had = dict(Service.objects.published().filter(source=SOURCE).values_list("key", "digest"))
    wanted = list(definitions.services().values())
    fresh = [one for one in wanted if one.key not in had]
    return fresh, [one for one in wanted if one.key in had and had[one.key] != _service_digest(one)]


def _service_digest(service: definitions.Service) -> str:
    """Changes when the service, a place of its units, or the way words are read changes."""
    places = [definitions.place_of(unit, wanted_by=service.key) for unit in service.units]
    return _digest(service, *places, extra=f"{words.VERSION}, with its words")


def _digest(*parts: Definition, extra: str = "") -> str:
    return hashlib.sha256("\n".join([*(part.model_dump_json() for part in parts), extra]).encode()).hexdigest()


def _load_places() -> None:
    had = dict(Place.objects.filter(source=SOURCE).values_list("key", "digest"))
    phones = {unit.key: unit.phone for unit in county.county().units}
    for place in definitions.places().values():
        if place.unit not in phones:
            raise definitions.CatalogueError(f"content/places/{place.key}: the county has no unit {place.unit!r}")
        digest = _digest(place, extra=phones[place.unit])
        if had.get(place.key) != digest:
            row, _ = Place.objects.update_or_create(key=place.key, defaults=_place_columns(place) | {"digest": digest})
            ways.write_place_channels(place, row, phone=phones[place.unit])


def _place_columns(place: definitions.Place) -> dict[str, object]:
    return {
        "source": SOURCE,
        "unpublished_at": None,
        "name": as_json(place.name),
        "unit_id": place.unit,
        "street": place.street,
        "postcode": place.postcode,
        "post_office": as_json(place.post_office),
        "municipality": place.municipality,
        "northing": place.northing,
        "easting": place.easting,
    }


def _load_service(definition: definitions.Service, readings: indexing.Readings) -> None:
    row, _ = Service.objects.update_or_create(key=definition.key, defaults=_service_columns(definition))
    ServiceUnit.objects.filter(service=row).delete()
    ServiceUnit.objects.bulk_create(_units(definition, row))
    Connection.objects.filter(service=row, channel__source=SOURCE).delete()
    channels = dict.fromkeys(ways.channels_of(definition))  # two ways may lead to the same channel
    Connection.objects.bulk_create(Connection(service=row, channel=one, position=n) for n, one in enumerate(channels))
    indexing.write_search_texts(Worded.of_shelf(definition), row, readings)


def _service_columns(definition: definitions.Service) -> dict[str, object]:
    texts = ("name", "summary", "description", "user_instruction", "next_steps", "cost")
    everywhere = definition.municipalities == "all"
    return {
        "source": SOURCE,
        "digest": _service_digest(definition),
        "unpublished_at": None,
        **{field: as_json(getattr(definition, field)) for field in texts},
        "municipalities": [] if everywhere else list(definition.municipalities),
        "age_from": definition.age_from,
        "age_to": definition.age_to,
        "audience": list(definition.audience),
        "service_class": list(definition.service_class),
        "words": definition.words.model_dump(),
        "case_kind": definition.case_kind,
    }


def _units(definition: definitions.Service, row: Service) -> Iterable[ServiceUnit]:
    for unit in definition.units:
        serves = definitions.place_of(unit, wanted_by=definition.key).serves
        for municipality in ("",) if serves == "all" else serves:
            yield ServiceUnit(service=row, unit_id=unit, municipality=municipality)


def _unpublish(at: datetime) -> int:
    """Hide what left the shelf: services, and their own channels that no service uses any more."""
    gone = Service.objects.published().filter(source=SOURCE).exclude(key__in=definitions.services())
    count: int = gone.update(unpublished_at=at)
    used = Connection.objects.filter(service__unpublished_at=None).values("channel")
    Channel.objects.published().filter(source=SOURCE, place=None).exclude(id__in=used).update(unpublished_at=at)
    return count


def as_json(text: Text) -> dict[str, str]:
    """The languages that were written, each with its text."""
    return {language: words for language, words in text.model_dump().items() if words}
