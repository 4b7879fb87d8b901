"""What a source outside tells of services: the same whichever source and version of it. Gateways fill it.

Names follow the national Service Catalogue (Suomi.fi Palvelutietovaranto, PTV). `id` is the source's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as field_of
from datetime import date, time
from typing import Literal

from luotsi.base.text import Language, Text
from luotsi.domain.catalogue.definitions import intake_faults

ChannelKind = Literal["EChannel", "WebPage", "PrintableForm", "Phone", "ServiceLocation"]
# What is being done, how much of it is done, and how much there is of it.
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class ToldHours:
    """As `OpeningHours`: always, weekly (0 = Monday) or exceptional; the last without times is closed."""

    kind: Literal["always", "weekly", "exceptional"]
    weekday: int | None = None
    opens: time | None = None
    closes: time | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class ToldPlace:
    """An address that receives people; metres of ETRS-TM35FIN (EPSG:3067), None where they are not told."""

    street: str
    postcode: str
    post_office: Text
    municipality: str
    northing: float | None = None
    easting: float | None = None


@dataclass(frozen=True)
class ToldChannel:
    """A way in. `phones` and `addresses` (URLs) by language, "" for all of ours; `municipalities` () is everywhere."""

    id: str
    kind: ChannelKind
    name: Text
    summary: Text
    phones: tuple[tuple[str, str], ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    places: tuple[ToldPlace, ...] = ()
    hours: tuple[ToldHours, ...] = ()
    municipalities: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToldService:
    """What a resident can get, the general description already merged in. `channels`: ids, the likeliest first.

    `municipalities` () is the whole country. `words`: subjects of the source's vocabulary, by language.
    """

    id: str
    name: Text
    summary: Text
    description: Text
    user_instruction: Text
    next_steps: Text
    cost: Text
    words: dict[str, tuple[str, ...]]
    provider: Text
    municipalities: tuple[str, ...]
    audience: tuple[str, ...]
    service_class: tuple[str, ...]
    life_events: tuple[str, ...]
    channels: tuple[str, ...]
    changed_on: date | None = None


@dataclass(frozen=True)
class ToldCollection:
    """Services that the source keeps together under a name."""

    id: str
    name: Text
    description: Text
    services: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """What is wrong with what was told, in one place of it. `stops`: nothing may be taken in.

    `key` is that of its words in content/intake_faults, `values` what is filled in there.
    """

    file: str
    entity: str
    field: str
    key: str
    values: dict[str, str] = field_of(default_factory=dict)
    stops: bool = True

    def said(self, language: Language) -> tuple[str, str]:
        """What is wrong, and what to do about it."""
        words = intake_faults().faults[self.key]
        what, mend = (text.in_language(language).format_map(self.values) for text in (words.what, words.mend))
        return what, mend

    def sentence(self, language: Language) -> str:
        """All of it in a line."""
        where = ", ".join(part for part in (self.file, self.entity, self.field) if part)
        what, mend = self.said(language)
        return f"{where}: {what}. {mend}" if where else f"{what}. {mend}"


@dataclass(frozen=True)
class Told:
    """All that a source tells at once, and what is wrong with it. `is_whole`: what it does not name is gone.

    `gone`: the services of which it says so.
    """

    source: str
    services: tuple[ToldService, ...] = ()
    channels: tuple[ToldChannel, ...] = ()
    collections: tuple[ToldCollection, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_whole: bool = True
    gone: tuple[str, ...] = ()
