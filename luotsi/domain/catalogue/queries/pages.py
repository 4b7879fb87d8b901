"""What the service page, the front page's life themes and other rooms read of the catalogue."""

from dataclasses import dataclass
from datetime import datetime

from luotsi.base.text import Language, sort_key
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.models import Service, ServiceUnit
from luotsi.domain.catalogue.queries.ways import WayIn, as_text, ways_in


@dataclass(frozen=True)
class ServicePage:
    """A service as a resident reads it. `language` is the one the texts are really in.

    `unit` is who receives the resident's contact; "" when the service has no unit there. Ages in years, inclusive.
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
    unit: str
    age_from: int | None
    age_to: int | None
    is_offered: bool
    ways_in: tuple[WayIn, ...]


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


def service_page(key: str, language: Language, municipality: str | None, at: datetime) -> ServicePage | None:
    """The service with all its ways in, their places and the coming week's hours; None when there is none."""
    service = Service.objects.published().filter(key=key).first()
    if service is None:
        return None
    where = municipality or ""
    ways = ways_in([service.id], language=language, municipality=where, at=at, with_week=True)[service.id]
    name = as_text(service.name)
    fields = ("summary", "description", "user_instruction", "next_steps", "cost")
    return ServicePage(
        key=service.key,
        language=name.language_of(language),
        name=name.in_language(language),
        **{field: as_text(getattr(service, field)).in_language(language) for field in fields},
        case_kind=service.case_kind,
        unit=unit_for(key, where),
        age_from=service.age_from,
        age_to=service.age_to,
        is_offered=not where or not service.municipalities or where in service.municipalities,
        ways_in=tuple(ways),
    )


def unit_for(service: str, municipality: str) -> str:
    """The unit that receives a contact about the service from a municipality: its own, or one for the whole county.

    Without a municipality the service's first unit; "" when no unit gives the service there.
    """
    rows = ServiceUnit.objects.filter(service__key=service).order_by("id").values_list("municipality", "unit_id")
    units = [unit for served, unit in rows if not municipality or served in ("", municipality)]
    return units[0] if units else ""


def life_themes(language: Language) -> tuple[Theme, ...]:
    """The life themes of the front page in order. One query."""
    names = service_names(language)
    return tuple(
        Theme(
            key=theme.key,
            name=theme.name.in_language(language),
            summary=theme.summary.in_language(language),
            services=tuple(Link(key, names[key]) for key in theme.services if key in names),
        )
        for theme in definitions.themes()
    )


def service_names(language: Language) -> dict[str, str]:
    """The name of each published service by its key, in the order of names."""
    rows = Service.objects.published().values_list("key", "name")
    names = {key: as_text(name).in_language(language) for key, name in rows}
    return dict(sorted(names.items(), key=lambda pair: sort_key(pair[1])))


def has_services() -> bool:
    """Whether anything was loaded."""
    return bool(Service.objects.published().exists())
