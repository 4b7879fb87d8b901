"""The catalogue's files on the shelf: services, places, life themes and safety notices."""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Language, Text

Way = Literal["form", "message", "phone", "book", "walk_in", "web"]
Audience = Literal["KR1.1", "KR1.2", "KR1.3", "KR1.4", "KR1.5", "KR1.6"]  # target groups of the national catalogue

GUIDANCE = "guidance-desk"  # the service that is offered when nothing else is found, and last among what is

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(?:(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? )?(?P<opens>\d{1,2}:\d\d)-(?P<closes>\d{1,2}:\d\d)")


class CatalogueError(Exception):
    """Files of the catalogue that do not fit together; the sentence names the file and what to mend."""


class Span(Entry):
    """Open from one time to another on some weekdays (0 = Monday). Closing at or before opening: past midnight."""

    weekdays: tuple[int, ...]
    opens: dt.time
    closes: dt.time


def _span(value: object) -> object:
    """Reads "mon-thu 8:00-16:00", or "8:00-12:00" where the day is said elsewhere."""
    if not isinstance(value, str):
        return value
    found = _SPAN.fullmatch(value)
    if found is None or not {found["first"] or "mon", found["last"] or "mon"} <= set(DAYS):
        raise ValueError('write hours as "mon-thu 8:00-16:00" or "sat 10:00-14:00"')
    first = DAYS.index(found["first"]) if found["first"] else 0
    last = DAYS.index(found["last"]) if found["last"] else first
    days = tuple(range(first, last + 1))
    return {"weekdays": days, "opens": _clock(found["opens"]), "closes": _clock(found["closes"])}


def _clock(words: str) -> dt.time:
    hour, minute = words.split(":")
    return dt.time(int(hour), int(minute))


Hours = Annotated[Span, BeforeValidator(_span)]
WeeklyHours = Literal["always"] | tuple[Hours, ...]


class HoursException(Entry):
    """Other hours on a date (or up to `until`), instead of the weekly ones. No hours: closed."""

    date: dt.date
    until: dt.date | None = None
    hours: Hours | None = None
    note: Text = Text(fi="")

    @model_validator(mode="after")
    def _in_order(self) -> "HoursException":
        if self.until and self.until < self.date:
            raise ValueError("`until` is before `date`; swap them")
        return self


class OpenExample(Entry):
    """A worked example of the hours: whether the place is open at that Finnish local time."""

    at: dt.datetime
    open: bool


class Place(Definition):
    """Where a unit receives people. Coordinates are ETRS-TM35FIN metres (EPSG:3067), as in the national catalogue."""

    unit: str
    serves: Literal["all"] | tuple[str, ...]
    street: str
    postcode: str = Field(pattern=r"^\d{5}$")
    post_office: Text
    municipality: str
    northing: int | None = None
    easting: int | None = None
    hours: WeeklyHours = ()
    phone_hours: WeeklyHours = ()
    exceptions: tuple[HoursException, ...] = ()
    examples: tuple[OpenExample, ...] = ()


class WayIn(Entry):
    """A way to the service. A phone or a visit without details of its own uses those of the service's units."""

    kind: Way
    phone: str = ""
    url: str = ""
    hours: WeeklyHours | None = None
    holidays: Literal["open", "closed"] = "closed"
    note: Text = Text(fi="")

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "WayIn":
        if self.kind == "web" and not self.url.startswith("https://"):
            raise ValueError("a web way in needs `url: https://…`")
        if self.hours is not None and not (self.phone or self.url):
            raise ValueError("hours of its own need a `phone` or a `url` of its own; a unit's hours stand in its place")
        return self


class WordsByLanguage(Entry):
    """A few everyday words that people use and the texts would not otherwise hold."""

    fi: tuple[str, ...] = ()
    sv: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def in_language(self, language: str) -> tuple[str, ...]:
        return tuple(getattr(self, language))


class Service(Definition):
    """What a resident can get. `case_kind` says which kind of case a contact opens; "" when none does yet.

    `forms` are the questionnaires that a resident may fill in before the service, the first ones first. `ptv` is its
    number in the national Service Catalogue: the texts are ours, and its ways in there are added. Ages are whole
    years, inclusive, of the person whom the service is for. `service_class` are the codes of the
    national service classification (PTV), `audience` its target groups; no audience means everyone.
    """

    summary: Text
    description: Text
    user_instruction: Text
    next_steps: Text
    cost: Text
    municipalities: Literal["all"] | tuple[str, ...]
    age_from: int | None = Field(default=None, ge=0, le=120)
    age_to: int | None = Field(default=None, ge=0, le=120)
    audience: tuple[Audience, ...] = ()
    service_class: tuple[str, ...]
    words: WordsByLanguage = WordsByLanguage()
    case_kind: str = ""
    ptv: str = ""
    forms: tuple[str, ...] = ()
    units: tuple[str, ...]
    ways_in: tuple[WayIn, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> "Service":
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValueError("`age_to` is below `age_from`")
        for way in self.ways_in:
            if way.kind in {"form", "message", "book"} and not (way.url or self.case_kind):
                raise ValueError(
                    f"nobody would receive the {way.kind}: give the service a `case_kind` or the way a `url`"
                )
            if way.kind in {"phone", "walk_in"} and not (way.phone or self.units):
                raise ValueError(f"a {way.kind} without a number needs `units`, whose place has one")
        return self


class Need(Entry):
    """What people need within a theme. First the services named, then those that bear one of the national catalogue's
    classes or life events. `notice`: the safety notice that stands before them.
    """

    key: str = Field(pattern=r"^[a-z-]+$")
    name: Text
    services: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    notice: str = ""


class Theme(Definition):
    """A life theme of the front page and its services, most wanted first; `needs` lead through it step by step."""

    order: int
    summary: Text
    services: tuple[str, ...]
    needs: tuple[Need, ...] = ()


class Guide(Definition):
    """A page of advice: its texts, with headings, lists and links in `body` (luotsi/base/markdown.py).

    `part_of` is the guide on whose page it stands, "" when it stands alone; `owner` the unit that answers for it and
    reads it again by `review_on`. Under the text stand the `services` and `collections` of the catalogue by their keys.
    `notice` is a safety notice that stands before the text. One that is `discreet` has a title that tells nothing, is
    kept by no browser and shows a way out; its key, which stands in the address, tells nothing either.
    """

    summary: Text
    body: Text
    owner: str
    review_on: dt.date
    part_of: str = ""
    order: int = 50
    services: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    notice: str = ""
    discreet: bool = False


class TrayKind(Definition):
    """What a service of a municipality or an association is about; its words and class help it to be found."""

    order: int
    service_class: tuple[str, ...]
    words: WordsByLanguage = WordsByLanguage()


class MunicipalArea(Definition):
    """Where a municipality lies: its boundary once around, east and north in metres (EPSG:3067). `key` is its code."""

    outline: tuple[tuple[int, int], ...] = Field(min_length=3)


class Contact(Entry):
    """A number to call now. `languages` names those in which it answers, empty for all of ours."""

    name: Text
    phone: str
    url: str = ""
    hours: Literal["always"] | None = None
    languages: tuple[Language, ...] = ()


class SafetyExample(Entry):
    """A query and whether this notice must meet its writer."""

    query: str
    language: Language
    shows: bool


class SafetyNotice(Definition):
    """What a person in danger reads before any result. Each of `words` is a word, or words written near each other."""

    order: int
    message: Text
    contacts: tuple[Contact, ...] = Field(min_length=1)
    quick_exit: bool = False
    words: WordsByLanguage
    examples: tuple[SafetyExample, ...]


class FaultWords(Entry):
    """What is wrong with what a source told, and what to do about it; {…} is filled in."""

    what: Text
    mend: Text


class IntakeFaults(Definition):
    """The words for what may be wrong with a source's services, by the gateway's key for it."""

    faults: dict[str, FaultWords]

    @model_validator(mode="after")
    def _is_written_in_all_languages(self) -> "IntakeFaults":
        for key, words in self.faults.items():
            if not (words.what.is_complete and words.mend.is_complete):
                raise ValueError(f"{key} is not written in Finnish, Swedish and English")
        return self


def intake_faults() -> IntakeFaults:
    return shelf.load("intake_faults", IntakeFaults)["ptv"]


def services() -> dict[str, Service]:
    return shelf.load("services", Service)


def places() -> dict[str, Place]:
    return shelf.load("places", Place)


def place_of(unit: str, *, wanted_by: str) -> Place:
    """The place of a unit. Raises CatalogueError when it has none."""
    place = next((place for place in places().values() if place.unit == unit), None)
    if place is None:
        raise CatalogueError(f"content/services/{wanted_by} names the unit {unit!r}; it has no file in content/places")
    return place


def themes() -> tuple[Theme, ...]:
    """The life themes in the order of the front page."""
    return tuple(sorted(shelf.load("themes", Theme).values(), key=lambda theme: theme.order))


def guides() -> dict[str, Guide]:
    """The guides that come with the system. What an editor has published since goes before them."""
    return shelf.load("guides", Guide)


def tray_kinds() -> dict[str, TrayKind]:
    """By key, in their order."""
    return dict(sorted(shelf.load("tray_kinds", TrayKind).items(), key=lambda pair: pair[1].order))


def municipal_areas() -> dict[str, MunicipalArea]:
    """By the code of the municipality."""
    return shelf.load("municipal_areas", MunicipalArea)


def safety_notices() -> tuple[SafetyNotice, ...]:
    """The notices, gravest first."""
    return tuple(sorted(shelf.load("safety", SafetyNotice).values(), key=lambda notice: notice.order))
