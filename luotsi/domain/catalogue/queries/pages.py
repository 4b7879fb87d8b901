"""What the service page, the front page's life themes and other rooms read of the catalogue."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luotsi.base.text import Language, shared_language, sort_key
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.models import Service, ServiceUnit
from luotsi.domain.catalogue.queries.ways import WayIn, as_text, ways_in


@dataclass(frozen=True)
class ServicePage:
    """A service as a resident reads it. `language` is the one the texts are really in.

    `unit` is who receives the resident's contact; "" when the service has no unit there. `forms` are the keys of the
    questionnaires to fill in before it. Ages in years, inclusive. No `municipalities`: the whole county. `audience` are
    PTV's target groups, `provider` is "" for the county itself, `changed_on` when another's texts were last changed.
    `is_offered`: False when the resident's municipality is outside the service's area.
    """

    key: str
    language: str
    name: str
    summary: str
    description: str
    user_instruction: str
    next_steps: str
    cost: str
    case_kind: str
    forms: tuple[str, ...]
    unit: str
    age_from: int | None
    age_to: int | None
    is_offered: bool
    ways_in: tuple[WayIn, ...]
    municipalities: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    provider: str = ""
    changed_on: date | None = None


@dataclass(frozen=True)
class Link:
    key: str
    name: str


@dataclass(frozen=True)
class Theme:
    """A life theme with its published services, most wanted first."""

    key: str
    name: str
    summary: str
    services: tuple[Link, ...]


@dataclass(frozen=True)
class ContactService:
    """A service as whoever writes a contact down chooses it. `units` by the municipality they serve, "" for all."""

    key: str
    name: str
    case_kind: str
    units: dict[str, tuple[str, ...]]

    @property
    def every_unit(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(unit for units in self.units.values() for unit in units))

    def unit_for(self, municipality: str, mine: Collection[str]) -> str:
        """Who takes the contact: a unit of one's own, else that of the municipality, else the only one; "" when several
        could.
        """
        own = [unit for unit in self.every_unit if unit in mine]
        served = [*self.units.get(municipality, ()), *self.units.get("", ())] if municipality else []
        rest = self.every_unit if len(self.every_unit) == 1 else ()
        return next(iter([*own, *served, *rest]), "")


def service_page(key: str, language: Language, municipality: str | None, at: datetime) -> ServicePage | None:
    """The service with all its ways in, their places and the coming week's hours; None when there is none."""
    service = Service.objects.published().filter(key=key).first()
    if service is None:
        return None
    where = municipality or ""
    ways = ways_in([service.id], language=language, municipality=where, at=at, with_week=True)[service.id]
    fields = ("name", "summary", "description", "user_instruction", "next_steps", "cost")
    texts = {field: as_text(getattr(service, field)) for field in fields}
    spoken = shared_language(texts.values(), language)
    return ServicePage(
        key=service.key,
        language=spoken,
        **{field: text.in_language(spoken) for field, text in texts.items()},
        case_kind=service.case_kind,
        forms=forms_of(key),
        unit=unit_for(key, where),
        age_from=service.age_from,
        age_to=service.age_to,
        is_offered=not where or not service.municipalities or where in service.municipalities,
        ways_in=tuple(ways),
        municipalities=tuple(service.municipalities),
        audience=tuple(service.audience),
        provider=as_text(service.provider).in_language(language),
        changed_on=service.changed_on,
    )


def forms_of(service: str) -> tuple[str, ...]:
    """The questionnaires that the shelf names for a service; none for one that comes from elsewhere."""
    known = definitions.services().get(service)
    return known.forms if known else ()


def unit_for(service: str, municipality: str) -> str:
    """The unit that receives a contact about the service from a municipality: its own, or one for the whole county.

    Without a municipality the service's first unit; "" when no unit gives the service there.
    """
    rows = ServiceUnit.objects.filter(service__key=service).order_by("id").values_list("municipality", "unit_id")
    units = [unit for served, unit in rows if not municipality or served in ("", municipality)]
    return units[0] if units else ""


def contact_services(language: Language) -> tuple[ContactService, ...]:
    """The services that have a unit to take a contact, in the order of names. Two queries."""
    units: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for service, served, unit in ServiceUnit.objects.order_by("id").values_list(
        "service_id", "municipality", "unit_id"
    ):
        units[service][served].append(unit)
    rows = Service.objects.published().filter(id__in=list(units)).values_list("id", "key", "name", "case_kind")
    found = [
        ContactService(
            key, as_text(name).in_language(language), kind, {place: tuple(of) for place, of in units[one].items()}
        )
        for one, key, name, kind in rows
    ]
    return tuple(sorted(found, key=lambda service: sort_key(service.name)))


def life_themes(language: Language) -> tuple[Theme, ...]:
    """The life themes of the front page in order. One query, of their services alone."""
    names = _names(language, key__in=[key for theme in definitions.themes() for key in theme.services])
    return tuple(
        Theme(
            key=theme.key,
            name=theme.name.in_language(language),
            summary=theme.summary.in_language(language),
            services=tuple(Link(key, names[key]) for key in theme.services if key in names),
        )
        for theme in definitions.themes()
    )


def service_names(language: Language, among: Collection[str] | None = None) -> dict[str, str]:
    """The name of each published service by its key, in the order of names; or of these alone, where they are few."""
    only = {} if among is None else {"key__in": set(among)}
    return dict(sorted(_names(language, **only).items(), key=lambda pair: sort_key(pair[1])))


def _names(language: Language, **only: Any) -> dict[str, str]:
    rows = Service.objects.published().filter(**only).values_list("key", "name")
    return {key: as_text(name).in_language(language) for key, name in rows}


def has_services() -> bool:
    """Whether anything was loaded."""
    return bool(Service.objects.published().exists())
