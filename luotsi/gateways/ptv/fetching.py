"""PTV's open API v11 over HTTP, into a folder of files: what `read_folder` reads.

Reading needs no key. Lists tell only numbers; the entities are asked a hundred at a time.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from luotsi.domain.catalogue.ports import Tell
from luotsi.gateways.ptv.line import Line, Paging, Wait

AT_ONCE = 100
_PAGING = Paging("itemList", "pageCount")


def fetch_county(
    address: str, folder: Path, *, municipalities: Sequence[str], tell: Tell, wait: Wait | None = None
) -> None:
    """Everything that is offered in these municipalities, and their organisations. Raises NotFetched."""
    line = _line(address, folder, wait)
    for number, code in enumerate(municipalities, 1):
        for kind in ("Service", "ServiceChannel"):
            for _ in line.pages(f"{kind}-{code}", f"{kind}/list/area/Municipality/code/{quote(code)}", _PAGING):
                pass
        tell("municipalities", number, len(municipalities))
    _ask_named(line, tell)


def fetch_changes(address: str, folder: Path, *, since: datetime, tell: Tell, wait: Wait | None = None) -> None:
    """The services and channels that changed since then, and what they name. Raises NotFetched."""
    line = _line(address, folder, wait)
    kinds = ("Service", "ServiceChannel")
    for number, kind in enumerate(kinds, 1):
        moment = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        changed = [one for page in line.pages(f"_{kind}-changed", kind, _PAGING, date=moment) for one in page]
        _ask_numbers(line, kind, {one.get("id") for one in changed}, named="")
        tell("changes", number, len(kinds))
    _ask_named(line, tell)


def _line(address: str, folder: Path, wait: Wait | None) -> Line:
    folder.mkdir(parents=True, exist_ok=True)
    return Line(address, folder, wait)


def _ask_numbers(line: Line, kind: str, numbers: set[Any], *, named: str) -> None:
    ids = sorted(str(one) for one in numbers if one)
    for start in range(0, len(ids), AT_ONCE):
        line.ask(f"{kind}-{named}{start:06}", f"{kind}/list", guids=",".join(ids[start : start + AT_ONCE]))


def _ask_named(line: Line, tell: Tell) -> None:
    """General descriptions and collections, and channels and organisations that were named and not told."""
    told = list(line.told())
    have = {str(one.get("id")) for one in told}
    wanted: dict[str, set[Any]] = {
        "ServiceChannel": {_id(way, "serviceChannel") for one in told for way in _many(one, "serviceChannels")},
        "GeneralDescription": {one.get("generalDescriptionId") for one in told},
        "Organization": {_id(one, "mainOrganization") for one in told},
    }
    for place, (kind, numbers) in enumerate(wanted.items(), 1):
        _ask_numbers(line, kind, {one for one in numbers if str(one) not in have}, named="named-")
        tell("what was named", place, len(wanted) + 1)
    collections = {one.get("id") for service in told for one in _many(service, "serviceCollections")}
    for number in sorted(str(one) for one in collections if one):
        line.ask(f"ServiceCollection-named-{number}", f"ServiceCollection/{quote(number)}")
    tell("what was named", len(wanted) + 1, len(wanted) + 1)


def _many(one: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [each for each in one.get(name) or () if isinstance(each, dict)]


def _id(one: Any, name: str) -> Any:
    inner = one.get(name) if isinstance(one, dict) else None
    return inner.get("id") if isinstance(inner, dict) else None
