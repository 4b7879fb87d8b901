"""PTV's addresses and telephone numbers. What it calls latitude and longitude are metres of EPSG:3067, not degrees."""

import re
from functools import cache

from pyproj import Transformer

from luotsi.base.text import LANGUAGES
from luotsi.domain.catalogue.ports import Fault, ToldPlace
from luotsi.gateways.ptv.shapes import Channel, Phone, StreetAddress
from luotsi.gateways.ptv.words import text

# Where Finland lies: metres north and east of EPSG:3067, and degrees.
_NORTH, _EAST = (6_500_000, 7_800_000), (40_000, 740_000)
_LATITUDE, _LONGITUDE = (59.0, 70.5), (19.0, 32.0)
_LETTERS = re.compile(r"[^\d+ ]+")
_MOST_DIGITS = 20


def places_of(channel: Channel, *, file: str) -> tuple[tuple[ToldPlace, ...], list[Fault]]:
    """Where somebody can be met; a postal address is no such place. Of coordinates that lie outside Finland it says so
    and goes without them.
    """
    streets = [
        one.street_address
        for one in channel.addresses
        if one.street_address and one.type != "Postal" and channel.service_channel_type == "ServiceLocation"
    ]
    metres = [_metres(street) for street in streets]
    faults = [
        Fault(
            file, f"Channel {channel.id}", "addresses.streetAddress", "outside_finland", stops=False,
        )
        for street, found in zip(streets, metres, strict=True)
        if found is None and street.latitude is not None
    ]  # fmt: skip
    return tuple(_place(street, found) for street, found in zip(streets, metres, strict=True)), faults


def _place(street: StreetAddress, metres: tuple[float, float] | None) -> ToldPlace:
    line = " ".join(part for part in (text(street.street, "").fi, street.street_number or "") if part)
    return ToldPlace(
        street=line,
        postcode=street.postal_code or "",
        post_office=text(street.post_office, ""),
        municipality=street.municipality.code.zfill(3) if street.municipality else "",
        northing=metres[0] if metres else None,
        easting=metres[1] if metres else None,
    )


def _metres(street: StreetAddress) -> tuple[float, float] | None:
    """North and east. Degrees, which others have written there, are turned into metres."""
    north, east = street.latitude, street.longitude
    if north is None or east is None:
        return None
    if _lies(north, _LATITUDE) and _lies(east, _LONGITUDE):
        east, north = _to_metres().transform(east, north)
    return (round(north, 1), round(east, 1)) if _lies(north, _NORTH) and _lies(east, _EAST) else None


def _lies(value: float, between: tuple[float, float]) -> bool:
    return between[0] <= value <= between[1]


@cache
def _to_metres() -> Transformer:
    return Transformer.from_crs(4326, 3067, always_xy=True)


def phones_of(channel: Channel) -> tuple[tuple[str, str], ...]:
    """Each number once, with its language; "" where it serves every one of ours that the channel has a number in."""
    found: dict[str, set[str]] = {}
    for phone in (*channel.phone_numbers, *channel.support_phones):
        if number := _number(phone):
            found.setdefault(number, set()).add(phone.language)
    everywhere = {language for languages in found.values() for language in languages}
    return tuple((_of(languages, everywhere), number) for number, languages in found.items())


def _of(languages: set[str], everywhere: set[str]) -> str:
    """The one language in which alone a number answers, where others answer in others."""
    ours = languages & set(LANGUAGES)
    return next(iter(ours)) if len(ours) == 1 and len(everywhere & set(LANGUAGES)) > 1 else ""


def _number(phone: Phone) -> str:
    """As it is dialled in Finland: a leading nought instead of +358."""
    number = " ".join(_LETTERS.sub(" ", phone.number).split())[:_MOST_DIGITS]
    if (phone.prefix_number or "") == "+358" and number and not number.startswith(("0", "+", "1")):
        return f"0{number}"
    prefix = (phone.prefix_number or "").strip()
    return number if prefix in {"", "+358"} or number.startswith("+") else f"{prefix} {number}"
