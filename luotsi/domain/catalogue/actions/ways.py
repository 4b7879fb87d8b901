"""Writing channels and their hours from the shelf's places and ways in."""

from collections.abc import Iterable, Iterator

from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.models import Channel, OpeningHours, Place

_KINDS = {
    "form": Channel.Kind.E_CHANNEL,
    "message": Channel.Kind.E_CHANNEL,
    "book": Channel.Kind.E_CHANNEL,
    "web": Channel.Kind.WEB_PAGE,
    "phone": Channel.Kind.PHONE,
    "walk_in": Channel.Kind.SERVICE_LOCATION,
}


def write_place_channels(place: definitions.Place, row: Place, *, phone: str) -> None:
    """A place has two channels that its services share: its phone and its door."""
    serves = [] if place.serves == "all" else list(place.serves)
    shared = {"place": row, "unit_id": place.unit, "serves": serves}
    if phone:
        calls = _write(f"{place.key}:phone", way="phone", phone=phone, **shared)
        _write_hours(calls, [*weekly(place.phone_hours), *exceptional(place.exceptions)])
    door = _write(f"{place.key}:walk_in", way="walk_in", **shared)
    _write_hours(door, [*weekly(place.hours), *exceptional(place.exceptions)])


def channels_of(service: definitions.Service) -> Iterator[Channel]:
    """The channels of a service in the order of its ways in: own ones written, its places' ones looked up."""
    for number, way in enumerate(service.ways_in):
        if way.kind in {"phone", "walk_in"} and not way.phone:
            keys = [f"{unit}:{way.kind}" for unit in service.units]
            yield from sorted(Channel.objects.filter(key__in=keys), key=lambda channel: keys.index(channel.key))
        else:
            yield _write_own(f"{service.key}:{way.kind}:{number}", way)


def _write_own(key: str, way: definitions.WayIn) -> Channel:
    note = {language: words for language, words in way.note.model_dump().items() if words}
    channel = _write(key, way=way.kind, phone=way.phone, url=way.url, note=note)
    _write_hours(channel, weekly(way.hours or (), on_holidays=way.holidays == "open"))
    return channel


def _write(key: str, *, way: str, **columns: object) -> Channel:
    known = {"source": "shelf", "unpublished_at": None, "way": way, "kind": _KINDS[way]}
    channel: Channel
    channel, _ = Channel.objects.update_or_create(key=key, defaults=known | columns)
    return channel


def _write_hours(channel: Channel, rows: Iterable[OpeningHours]) -> None:
    channel.hours.all().delete()
    fresh = list(rows)
    for row in fresh:
        row.channel = channel
    OpeningHours.objects.bulk_create(fresh)


def weekly(hours: definitions.WeeklyHours, *, on_holidays: bool = False) -> Iterator[OpeningHours]:
    if hours == "always":
        yield OpeningHours(kind="always")
        return
    for span in hours:
        for weekday in span.weekdays:
            yield OpeningHours(
                kind="weekly", weekday=weekday, opens=span.opens, closes=span.closes, on_holidays=on_holidays
            )


def exceptional(exceptions: tuple[definitions.HoursException, ...]) -> Iterator[OpeningHours]:
    for one in exceptions:
        yield OpeningHours(
            kind="exceptional",
            first_day=one.date,
            last_day=one.until or one.date,
            opens=one.hours.opens if one.hours else None,
            closes=one.hours.closes if one.hours else None,
            note={language: words for language, words in one.note.model_dump().items() if words},
        )
