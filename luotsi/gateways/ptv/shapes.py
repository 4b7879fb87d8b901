"""The shapes of PTV's open API v11, so far as they are read; whatever else it sends is passed over.

Field names are PTV's own (github.com/vrk-kpa/ptv-releases, branch ptv-release-3_4, VmOpenApi… classes), in our case.
"""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

_LONGEST = 10_000


def _time(value: Any) -> Any:
    """ "24:00:00" is written for the end of a day; "" for no time."""
    if value == "":
        return None
    return "00:00:00" if value in {"24:00:00", "24:00"} else value


def _day(value: Any) -> Any:
    """A moment is written where a day is meant."""
    if isinstance(value, str) and len(value) > 10:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).date()
    return value or None


def _number(value: Any) -> Any:
    return None if value in ("", None) else value


def _text(value: Any) -> Any:
    return "" if value is None else value


def _list(value: Any) -> Any:
    """PTV writes null for an empty list."""
    return [] if value is None else value


Clock = Annotated[time | None, BeforeValidator(_time)]
Day = Annotated[date | None, BeforeValidator(_day)]
Metres = Annotated[float | None, BeforeValidator(_number)]
Words = Annotated[str, BeforeValidator(_text), Field(max_length=_LONGEST)]
Plain = Annotated[str, BeforeValidator(_text)]
MIDNIGHT = time(0)


class Shape(BaseModel):
    model_config = ConfigDict(
        extra="ignore", alias_generator=to_camel, populate_by_name=True, str_strip_whitespace=True
    )


def many(kind: Any) -> Any:
    return Annotated[list[kind], BeforeValidator(_list), Field(max_length=5_000)]


class Said(Shape):
    """A text in a language; `type` says which text it is, where an entity has several."""

    language: Plain = ""
    value: Words = ""
    type: Plain = ""


class Coded(Shape):
    code: str
    name: many(Said) = []


class Area(Shape):
    type: str
    code: str | None = None
    municipalities: many(Coded) = []


class Phone(Shape):
    prefix_number: str | None = None
    number: Plain
    language: Plain = ""
    service_charge_type: Plain = ""
    charge_description: str | None = None


class WebPage(Shape):
    url: str | None = None
    value: str | None = None
    language: Plain = ""


class StreetAddress(Shape):
    street: many(Said) = []
    street_number: str | None = None
    postal_code: str | None = None
    post_office: many(Said) = []
    municipality: Coded | None = None
    latitude: Metres = None
    longitude: Metres = None
    coordinate_state: str | None = None


class Address(Shape):
    type: Plain = "Location"
    sub_type: Plain = ""
    street_address: StreetAddress | None = None


class Opening(Shape):
    day_from: Plain = ""
    day_to: str | None = None
    from_: Clock = Field(default=None, alias="from")
    to: Clock = None


class Hours(Shape):
    service_hour_type: Literal["DaysOfTheWeek", "Exceptional", "OverMidnight"]
    valid_from: Day = None
    valid_to: Day = None
    is_closed: bool = False
    valid_for_now: bool = True
    is_always_open: bool = False
    is_reservation: bool = False
    opening_hour: many(Opening) = []


class Entity(Shape):
    id: UUID
    publishing_status: str = "Published"
    modified: Day = None


class Channel(Entity):
    service_channel_type: Literal["EChannel", "WebPage", "PrintableForm", "Phone", "ServiceLocation"]
    service_channel_names: many(Said)
    service_channel_descriptions: many(Said) = []
    area_type: str = "Nationwide"
    areas: many(Area) = []
    phone_numbers: many(Phone) = []
    support_phones: many(Phone) = []
    web_pages: many(WebPage) = []
    channel_urls: many(WebPage) = []
    addresses: many(Address) = []
    service_hours: many(Hours) = []
    is_visible_for_all: bool = True


class Reference(Shape):
    """Something named by its id, as `{"id": …}` or with that inside another object."""

    id: UUID


class Connected(Shape):
    service_channel: Reference


class Term(Shape):
    name: many(Said) = []
    code: Plain = ""
    uri: Plain = ""


class Role(Shape):
    role_type: Plain = ""
    organization: Reference | None = None


class Described(Entity):
    """What services and general descriptions have in common."""

    service_charge_type: str | None = None
    service_classes: many(Term) = []
    ontology_terms: many(Term) = []
    target_groups: many(Term) = []
    life_events: many(Term) = []


class Service(Described):
    general_description_id: UUID | None = None
    service_names: many(Said)
    service_descriptions: many(Said) = []
    area_type: str = "Nationwide"
    areas: many(Area) = []
    service_channels: many(Connected) = []
    organizations: many(Role) = []
    main_organization: Reference | None = None


class GeneralDescription(Described):
    names: many(Said)
    descriptions: many(Said) = []


class Organization(Entity):
    organization_names: many(Said)


class Collection(Entity):
    service_collection_names: many(Said)
    service_collection_descriptions: many(Said) = []
    services: many(Reference) = []


# An entity is of the kind whose own field it has.
KINDS: dict[str, type[Entity]] = {
    "serviceChannelType": Channel,
    "serviceNames": Service,
    "organizationNames": Organization,
    "serviceCollectionNames": Collection,
    "names": GeneralDescription,
}
