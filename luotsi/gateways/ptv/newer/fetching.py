"""PTV's open API v12 over HTTP, into a folder: each file is called after what it holds (`kinds.py`)."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from luotsi.domain.catalogue.ports import Tell
from luotsi.gateways.ptv.line import Line, Paging, Wait

PAGE_SIZE, AT_ONCE = 100, 20
_PAGING = Paging("items", "totalPages")
_STEPS = 6


def fetch_county(
    address: str, folder: Path, *, municipalities: Sequence[str], tell: Tell, wait: Wait | None = None, key: str
) -> None:
    """Everything that is offered in these municipalities, what connects it, and what it names. Raises NotFetched."""
    folder.mkdir(parents=True, exist_ok=True)
    line = Line(address, folder, wait, headers=(("x-api-key", key),))
    here = {"municipalities": list(municipalities), "municipalitiesMatch": "any"}
    services = list(_search(line, "service", **here))
    tell("services", 1, _STEPS)
    channels = list(_search(line, "service-channel", **here))
    tell("channels", 2, _STEPS)
    ways = list(_of(line, "connection", "serviceContentIds", _ids(services, "contentId")))
    tell("connections", 3, _STEPS)
    _named(line, "service-channel", _channels_of(ways) - _ids(channels, "contentId"))
    tell("channels", 4, _STEPS)
    _named(line, "general-description", _ids(services, "generalDescriptionContentId"))
    _named(line, "organization", _ids(services, "organizationContentId"))
    tell("what was named", 5, _STEPS)
    _collections(line, _ids(services, "organizationContentId"))
    _concepts(line, {uri for one in services for uri in one.get("ontologyTerms") or () if isinstance(uri, str)})
    tell("what was named", _STEPS, _STEPS)


def _search(line: Line, kind: str, name: str = "", **told: Any) -> Iterator[dict[str, Any]]:
    for page in line.pages(name or f"{kind}.all", f"{kind}/search", _PAGING, pageSize=PAGE_SIZE, **told):
        yield from (one for one in page if isinstance(one, dict))


def _of(line: Line, kind: str, field: str, numbers: Iterable[str], *, note: str = "") -> Iterator[dict[str, Any]]:
    """Those that belong to these numbers, twenty of which may be asked at once."""
    every = sorted(numbers)
    for start in range(0, len(every), AT_ONCE):
        yield from _search(line, kind, f"{note}{kind}.of{start:06}", **{field: every[start : start + AT_ONCE]})


def _named(line: Line, kind: str, numbers: Iterable[str]) -> None:
    """Each by its number: no list of them can be asked."""
    for number in sorted(numbers):
        line.ask(f"{kind}.named-{number}", f"{kind}/{quote(number)}")


def _collections(line: Line, organizations: Iterable[str]) -> None:
    """Their list tells nobody's members, so it is only a note, and each is asked by its number."""
    found = _of(line, "service-collection", "organizationContentIds", organizations, note="_")
    _named(line, "service-collection", _ids(found, "contentId"))


def _concepts(line: Line, uris: Iterable[str]) -> None:
    """The words of the national vocabulary that services name by address only."""
    every = sorted(uris)
    for start in range(0, len(every), AT_ONCE):
        line.ask(
            f"ontology-terms.of{start:06}", "ontology-terms", uris=every[start : start + AT_ONCE], pageSize=PAGE_SIZE
        )


def _ids(told: Iterable[dict[str, Any]], field: str) -> set[str]:
    return {str(one[field]) for one in told if one.get(field)}


def _channels_of(ways: Iterable[dict[str, Any]]) -> set[str]:
    return {
        str(number) for way in ways if (number := way.get("serviceChannelContentId") or way.get("channelContentId"))
    }
