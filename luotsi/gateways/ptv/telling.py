"""PTV's entities told as a catalogue's: texts by language, general descriptions merged in, hours as ours."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.catalogue.ports import Fault, Told, ToldChannel, ToldCollection, ToldService
from luotsi.gateways.ptv import places
from luotsi.gateways.ptv.hours import hours_of
from luotsi.gateways.ptv.shapes import (
    Area,
    Channel,
    Collection,
    Described,
    GeneralDescription,
    Organization,
    Said,
    Service,
    Term,
    WebPage,
)
from luotsi.gateways.ptv.words import text

if TYPE_CHECKING:
    from luotsi.gateways.ptv.reading import Read

SOURCE = "ptv"
_FREE = Text(fi="Maksuton.", sv="Avgiftsfri.", en="Free of charge.")
_CHARGED = Text(fi="Maksullinen.", sv="Avgiftsbelagd.", en="There is a fee.")
_NOTHING = Text(fi="")
_WHOLE = {"Nationwide", "NationwideExceptAlandIslands", "WholeCountry", "WholeCountryExceptAlandIslands"}


def told(read: "Read") -> Told:
    """Everything published, in the order of its ids: the same folder tells the same whatever its files are called."""
    channels = [one for one in _published(read, Channel) if one.is_visible_for_all]
    services = [_service(one, read) for one in _published(read, Service)]
    known = {str(one.id) for one in channels}
    return Told(
        SOURCE,
        services=tuple(services),
        channels=tuple(_channel(one, read) for one in channels),
        collections=tuple(_collection(one) for one in _published(read, Collection)),
        faults=(*read.faults, *_unnamed(read), *_loose(services, known, read), *_everywhere(read)),
        gone=tuple(str(one.id) for one in read.found[Service].values() if one.publishing_status != "Published"),
    )


def _published(read: "Read", kind: type[Any]) -> list[Any]:
    every = read.found[kind].values()
    return sorted((one for one in every if one.publishing_status == "Published"), key=lambda one: one.id)


def _service(service: Service, read: "Read") -> ToldService:
    general = read.found[GeneralDescription].get(service.general_description_id)
    both: list[Described] = [service, general] if general else [service]
    said = [*service.service_descriptions, *(general.descriptions if general else [])]
    return ToldService(
        id=str(service.id),
        name=text(service.service_names, "Name"),
        summary=text(said, "Summary"),
        description=text(said, "Description", joined=True),
        user_instruction=text(said, "UserInstruction", joined=True),
        next_steps=text(said, "ProcessingTime") if _has(said, "ProcessingTime") else text(said, "DeadLine"),
        cost=_cost(both, said),
        words=_words(both, read),
        provider=_provider(service, read),
        municipalities=municipalities(service.area_type, service.areas),
        audience=_codes(both, "target_groups"),
        service_class=_codes(both, "service_classes"),
        life_events=_codes(both, "life_events"),
        channels=_channels(service, read),
        changed_on=service.modified,
    )


def _channel(channel: Channel, read: "Read") -> ToldChannel:
    found, faults = places.places_of(channel, file=read.files[channel.id])
    read.faults += faults
    return ToldChannel(
        id=str(channel.id),
        kind=channel.service_channel_type,
        name=text(channel.service_channel_names, "Name"),
        summary=text(channel.service_channel_descriptions, "Summary"),
        phones=places.phones_of(channel),
        addresses=_addresses([*channel.web_pages, *channel.channel_urls]),
        places=found,
        hours=hours_of(channel.service_hours),
        municipalities=municipalities(channel.area_type, channel.areas),
    )


def _collection(one: Collection) -> ToldCollection:
    said = one.service_collection_descriptions
    services = tuple(str(service.id) for service in one.services)
    return ToldCollection(str(one.id), text(one.service_collection_names, ""), text(said, ""), services)


def _has(said: Iterable[Said], kind: str) -> bool:
    return any(one.type == kind and one.value.strip() for one in said)


def _cost(both: Sequence[Described], said: Sequence[Said]) -> Text:
    if _has(said, "ChargeTypeAdditionalInfo"):
        return text(said, "ChargeTypeAdditionalInfo")
    kind = next((one.service_charge_type for one in both if one.service_charge_type), "")
    return {"FreeOfCharge": _FREE, "Free": _FREE, "Chargeable": _CHARGED, "Charged": _CHARGED}.get(kind, _NOTHING)


def _terms(both: Sequence[Described], field: str) -> list[Term]:
    return [term for one in both for term in getattr(one, field)]


def _codes(both: Sequence[Described], field: str) -> tuple[str, ...]:
    """The codes of a national list, however they are told: by code, or at the end of an address."""
    codes = (term.code or term.uri.rstrip("/").rsplit("/", 1)[-1] for term in _terms(both, field))
    return tuple(dict.fromkeys(code for code in codes if code))


def _words(both: Sequence[Described], read: "Read") -> dict[str, tuple[str, ...]]:
    """The words of the national vocabulary: with the service, or by their addresses in a list of their own."""
    terms = _terms(both, "ontology_terms")
    names = [(said.language, said.value) for term in terms for said in term.name]
    names += [pair for term in terms for pair in read.concepts.get(term.uri, {}).items()]
    return {
        language: tuple(dict.fromkeys(word for spoken, word in names if spoken == language and word))
        for language in LANGUAGES
    }


def _channels(service: Service, read: "Read") -> tuple[str, ...]:
    """Those that it names itself, and those that are connected to it apart from it."""
    named = [one.service_channel.id for one in service.service_channels]
    return tuple(dict.fromkeys(str(one) for one in [*named, *read.links.get(service.id, ())]))


def _provider(service: Service, read: "Read") -> Text:
    """Who answers for it: the main organisation, else the one whose role says so."""
    roles = [role.organization for role in service.organizations if role.role_type == "Responsible"]
    for reference in (service.main_organization, *roles):
        known = read.found[Organization].get(reference.id) if reference else None
        if known:
            return text(known.organization_names, "Name")
    return _NOTHING


def _addresses(pages: Iterable[WebPage]) -> tuple[tuple[str, str], ...]:
    """Web addresses with the language of each: https and http alone lead anywhere."""
    found = ((page.language if page.language in LANGUAGES else "", (page.url or "").strip()) for page in pages)
    return tuple(dict.fromkeys(one for one in found if one[1].startswith(("https://", "http://"))))


def municipalities(kind: str, areas: Iterable[Area]) -> tuple[str, ...]:
    """Codes of three digits; () for the whole country. A larger area counts as the municipalities that it names."""
    if kind in _WHOLE:
        return ()
    codes = {one.code for area in areas for one in area.municipalities}
    codes |= {area.code for area in areas if area.type == "Municipality" and area.code}
    return tuple(sorted(code.zfill(3) for code in codes))


def _unnamed(read: "Read") -> list[Fault]:
    """Entities without a name in any of our languages."""
    names = {Channel: "service_channel_names", Service: "service_names"}
    return [
        Fault(read.files[one.id], f"{kind.__name__} {one.id}", "names", "no_name")
        for kind, field in names.items()
        for one in _published(read, kind)
        if not text(getattr(one, field), "Name").fi
    ]


def _everywhere(read: "Read") -> list[Fault]:
    """What is limited to areas of which none names its municipalities."""
    return [
        Fault(
            read.files[one.id], f"{kind.__name__} {one.id}", "areas", "unnamed_area",
            {"area": ", ".join(f"{area.type} {area.code or ''}".strip() for area in one.areas)}, stops=False,
        )
        for kind in (Service, Channel)
        for one in _published(read, kind)
        if one.areas and one.area_type not in _WHOLE and not municipalities(one.area_type, one.areas)
    ]  # fmt: skip


def _loose(services: Iterable[ToldService], known: set[str], read: "Read") -> list[Fault]:
    """Services that name a channel which is not there: they are taken in without it."""
    return [
        Fault(
            read.files[UUID(service.id)], f"Service {service.id}", "serviceChannels",
            "no_channel", {"channel": missing}, stops=False,
        )
        for service in services
        for missing in service.channels
        if missing not in known
    ]  # fmt: skip
