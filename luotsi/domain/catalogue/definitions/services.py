"""Services, life themes over them, and what is said of taking them in."""

from typing import Literal

from pydantic import Field, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.catalogue.definitions.places import WeeklyHours

Way = Literal["form", "message", "phone", "book", "walk_in", "web"]

Audience = Literal["KR1.1", "KR1.2", "KR1.3", "KR1.4", "KR1.5", "KR1.6"]  # target groups of the national catalogue

GUIDANCE = "guidance-desk"  # the service that is offered when nothing else is found, and last among what is


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


class TrayKind(Definition):
    """What a service of a municipality or an association is about; its words and class help it to be found."""

    order: int
    service_class: tuple[str, ...]
    words: WordsByLanguage = WordsByLanguage()


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


def services() -> dict[str, Service]:
    return shelf.load("services", Service)


def themes() -> tuple[Theme, ...]:
    """The life themes in the order of the front page."""
    return tuple(sorted(shelf.load("themes", Theme).values(), key=lambda theme: theme.order))


def tray_kinds() -> dict[str, TrayKind]:
    """By key, in their order."""
    return dict(sorted(shelf.load("tray_kinds", TrayKind).items(), key=lambda pair: pair[1].order))


def intake_faults() -> IntakeFaults:
    return shelf.load("intake_faults", IntakeFaults)["ptv"]
