"""What v12's entities are made of: texts by language, numbers, addresses and areas."""

from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field

from luotsi.base.text import LANGUAGES
from luotsi.gateways.ptv import shapes
from luotsi.gateways.ptv.shapes import Plain, Said, Shape, Words, many


def _without_nothing(value: Any) -> Any:
    """null stands for a language that was not written."""
    return {key: one for key, one in value.items() if one is not None} if isinstance(value, dict) else value or {}


Names = Annotated[dict[str, Words], BeforeValidator(_without_nothing)]


class Link(Shape):
    name: Plain = ""
    url: Plain = ""


class Number(Shape):
    number: Plain = ""
    dial_code: Plain = ""
    charge_type: Plain = ""


class Version(Shape):
    """One language's texts of an entity, and what it has for that language."""

    name: Words = ""
    summary: Words = ""
    description: Words = ""
    user_instructions: Words = ""
    charge_type_additional_information: Words = ""
    processing_time: Words = ""
    deadline: Words = ""
    web_address: Link | None = None
    contact_web_pages: many(Link) = []
    form_files: many(Link) = []
    phone_numbers: many(Number) = []
    contact_phone_numbers: many(Number) = []
    support_phone_numbers: many(Number) = []


Versions = Annotated[dict[str, Version], BeforeValidator(_without_nothing)]


class Coordinate(Shape):
    system: Plain = ""
    northing: shapes.Metres = None
    easting: shapes.Metres = None


class StreetAddress(Shape):
    street_name: Names = {}
    address_detail: Plain = ""
    postal_code: Plain = ""
    municipality: Plain = Field(default="", validation_alias=AliasChoices("municipalityCode", "municipality"))
    coordinates: many(Coordinate) = []


class Location(Shape):
    street_addresses: many(StreetAddress) = []


class Area(Shape):
    """`municipalities` are codes; without any it is the whole country."""

    type: Plain = Field(default="", validation_alias=AliasChoices("type", "areaType"))
    municipalities: many(str) = []


def said(texts: dict[str, str], kind: str = "") -> list[Said]:
    return [Said(language=language, value=value, type=kind) for language, value in texts.items() if value]


def texts_of(versions: dict[str, Version], field: str, kind: str) -> list[Said]:
    return said({language: getattr(one, field) for language, one in versions.items()}, kind)


def phones_of(versions: dict[str, Version], *fields: str) -> list[shapes.Phone]:
    """Each number in the language in whose version it stands."""
    return [
        shapes.Phone(prefix_number=one.dial_code or None, number=one.number, language=language)
        for language, version in versions.items()
        for field in fields
        for one in getattr(version, field)
        if one.number
    ]


def links_of(versions: dict[str, Version], field: str) -> list[shapes.WebPage]:
    pages = []
    for language, version in versions.items():
        found = getattr(version, field)
        every = found if isinstance(found, list) else [found] if found else []
        pages += [shapes.WebPage(url=one.url, value=one.name, language=language) for one in every if one.url]
    return pages


def address_of(street: StreetAddress) -> shapes.Address:
    """Its metres of EPSG:3067; of other systems none were seen."""
    metres = next((one for one in street.coordinates if one.system in {"", "EPSG:3067"}), None)
    told = shapes.StreetAddress(
        street=said({code: name for code, name in street.street_name.items() if code in LANGUAGES}),
        street_number=street.address_detail or None,
        postal_code=street.postal_code or None,
        municipality=shapes.Coded(code=street.municipality) if street.municipality else None,
        latitude=metres.northing if metres else None,
        longitude=metres.easting if metres else None,
    )
    return shapes.Address(street_address=told)


def area_of(area: Area | None) -> dict[str, Any]:
    """The two fields in which v11 tells it."""
    codes = area.municipalities if area else []
    named = [shapes.Area(type="Municipality", code=code) for code in codes]
    return {"area_type": "LimitedType" if named else "Nationwide", "areas": named}
