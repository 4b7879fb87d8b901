"""The ways in that a source tells, as rows: one for each number, address and place, with the hours of the channel."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from luotsi.domain.catalogue.actions.loading import as_json
from luotsi.domain.catalogue.models import Channel, Connection, OpeningHours, Place
from luotsi.domain.catalogue.ports import Tell, Told, ToldChannel
from luotsi.domain.catalogue.rules.digests import digest_of
from luotsi.domain.organisation.definitions import municipality_names

_AT_ONCE = 500


def take_in(told: Told, *, at: datetime, tell: Tell) -> dict[str, list[Channel]]:
    """The rows of each channel by its number in the source; only those that changed are written."""
    source = told.source
    rows: dict[str, list[Channel]] = {}
    for row in Channel.objects.filter(source=source).order_by("key"):
        rows.setdefault(row.source_id, []).append(row)
    for number, channel in enumerate(told.channels, 1):
        held = [row for row in rows.get(channel.id, []) if row.unpublished_at is None]
        if not held or held[0].digest != digest_of(channel):
            rows[channel.id] = _write(channel, source, at)
        else:
            rows[channel.id] = held
        if number % _AT_ONCE == 0 or number == len(told.channels):
            tell("channels", number, len(told.channels))
    return rows


def connect_again(rows: dict[str, list[Channel]], source: str) -> None:
    """A channel that changed without its services: they get its new numbers and addresses too."""
    links = Connection.objects.filter(channel__source=source, channel__source_id__in=rows)
    held = set(links.values_list("service_id", "channel_id"))
    known = links.order_by("position").values_list("service_id", "channel__source_id", "position")
    fresh = {
        (service, row.id): Connection(service_id=service, channel=row, position=position + place)
        for service, number, position in known
        for place, row in enumerate(rows[number])
        if (service, row.id) not in held
    }
    Connection.objects.bulk_create(fresh.values())


def _write(channel: ToldChannel, source: str, at: datetime) -> list[Channel]:
    """Its rows anew; one whose number or address is gone is unpublished."""
    written = [_row(channel, source, columns) for columns in _ways(channel, source)]
    gone = Channel.objects.filter(source=source, source_id=channel.id).exclude(key__in=[row.key for row in written])
    gone.update(unpublished_at=at)
    OpeningHours.objects.filter(channel__in=written).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(channel=row, **asdict(hours)) for row in written for hours in channel.hours
    )
    return written


def _row(channel: ToldChannel, source: str, columns: dict[str, object]) -> Channel:
    here = sorted(set(channel.municipalities) & set(municipality_names()))
    known = {
        "source": source,
        "source_id": channel.id,
        "digest": digest_of(channel),
        "unpublished_at": None,
        "kind": channel.kind,
        "note": as_json(channel.name),
        "serves": [] if len(here) == len(municipality_names()) else here,
    }
    row: Channel
    row, _ = Channel.objects.update_or_create(key=columns.pop("key"), defaults=known | columns)
    return row


def _ways(channel: ToldChannel, source: str) -> Iterator[dict[str, object]]:
    """What one can do: come, call, or open an address; each place, number and address is a way of its own."""
    name = f"{source}:{channel.id}"
    places = [_place(channel, source, number) for number in range(len(channel.places))]
    for number, place in enumerate(places):
        yield {"key": f"{name}:walk_in:{number}", "way": "walk_in", "place": place}
    for number, (language, phone) in enumerate(channel.phones):
        spoken = {"phone": phone, "language": language, "place": next(iter(places), None)}
        yield {"key": f"{name}:phone:{number}", "way": "phone", **spoken}
    if channel.kind != "ServiceLocation":
        for number, (language, address) in enumerate(channel.addresses):
            yield {"key": f"{name}:web:{number}", "way": "web", "url": address, "language": language}


def _place(channel: ToldChannel, source: str, number: int) -> Place:
    told = channel.places[number]
    columns = {
        "source": source,
        "source_id": channel.id,
        "unpublished_at": None,
        "name": as_json(channel.name),
        "street": told.street,
        "postcode": told.postcode,
        "post_office": as_json(told.post_office),
        "municipality": told.municipality,
        "northing": told.northing,
        "easting": told.easting,
    }
    row: Place
    row, _ = Place.objects.update_or_create(key=f"{source}:{channel.id}:{number}", defaults=columns)
    return row
