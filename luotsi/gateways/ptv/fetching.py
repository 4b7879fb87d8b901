"""PTV's open API v11 over HTTP, into a folder of files: what `read_folder` reads. What is there is not asked again.

Reading needs no key. Lists tell only numbers; the entities are asked a hundred at a time. An answer is written when it
has come whole, so a fetch that was cut goes on where it was when it is begun again into the same folder.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from luotsi.base.now import today
from luotsi.domain.catalogue.ports import Tell
from luotsi.gateways.outbound.client import OutboundError, fetch

PUBLIC = "https://api.palvelutietovaranto.suomi.fi/api/v11"
AT_ONCE, MOST_PAGES, TRIES = 100, 2_000, 4
_LARGEST = 60_000_000
_PURPOSE = "the Service Catalogue (PTV)"


class NotFetched(Exception):
    """PTV did not answer as it should. What had come stays in the folder."""


def fetch_county(
    address: str, folder: Path, *, municipalities: Sequence[str], tell: Tell, wait: Callable[[float], None] = time.sleep
) -> None:
    """Everything that is offered in these municipalities, and their organisations. Raises NotFetched."""
    line = _Line(address.rstrip("/"), folder, wait)
    folder.mkdir(parents=True, exist_ok=True)
    for number, code in enumerate(municipalities, 1):
        for kind in ("Service", "ServiceChannel"):
            for _ in line.ask_pages(f"{kind}/list/area/Municipality/code/{quote(code)}", f"{kind}-{code}"):
                pass
        tell("municipalities", number, len(municipalities))
    line.ask_named(tell)


def fetch_changes(
    address: str, folder: Path, *, since: datetime, tell: Tell, wait: Callable[[float], None] = time.sleep
) -> None:
    """The services and channels that changed since then, and what they name. Raises NotFetched."""
    line = _Line(address.rstrip("/"), folder, wait)
    folder.mkdir(parents=True, exist_ok=True)
    kinds = ("Service", "ServiceChannel")
    for number, kind in enumerate(kinds, 1):
        changed = list(
            line.ask_pages(kind, f"_{kind}-changed", date=since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"))
        )
        ids = sorted({str(one["id"]) for page in changed for one in page if one.get("id")})
        for start in range(0, len(ids), AT_ONCE):
            line.ask(f"{kind}-{start:06}", f"{kind}/list", guids=",".join(ids[start : start + AT_ONCE]))
        tell("changes", number, len(kinds))
    line.ask_named(tell)


def folder_of_today() -> Path:
    """Where the answers of a day stand: a fetch that is begun again on the same day goes on."""
    return Path(settings.DATA) / "ptv" / today().isoformat()


class _Line:
    """The folder, and the service from which it is filled."""

    def __init__(self, address: str, folder: Path, wait: Callable[[float], None]) -> None:
        self.address, self.folder, self.wait = address, folder, wait

    def ask(self, name: str, path: str, **told: Any) -> Any:
        """The answer as it stands in the folder, else asked; several times where the service is busy."""
        kept = self.folder / f"{name}.json"
        if kept.exists():
            return json.loads(kept.read_bytes())
        url = f"{self.address}/{path}?{urlencode(told)}"
        for attempt in range(TRIES):
            try:
                answer = json.loads(fetch(url, purpose=_PURPOSE, limit_bytes=_LARGEST, content_types=_JSON))
                break
            except (OutboundError, ValueError) as error:
                if attempt == TRIES - 1:
                    raise NotFetched(f"{error}; begin again, and it goes on from here") from None
                self.wait(2.0**attempt)
        _write(kept, answer)
        return answer

    def ask_pages(self, path: str, name: str, **told: Any) -> Iterator[list[dict[str, Any]]]:
        """Every page of a list, the first one telling how many there are; none at all is a list too."""
        number = count = 1
        while number <= min(count, MOST_PAGES):
            page = self.ask(f"{name}-{number:04}", path, page=number, **told)
            if not isinstance(page, dict) or not isinstance(page.get("itemList") or [], list):
                (self.folder / f"{name}-{number:04}.json").unlink()
                raise NotFetched(f"{path}: page {number} is no list of PTV's")
            yield page.get("itemList") or []
            count = int(page.get("pageCount") or 0)
            number += 1

    def ask_named(self, tell: Tell) -> None:
        """General descriptions, and channels and organisations that were named and not told."""
        told = list(self._told())
        have = {str(one.get("id")) for one in told}
        wanted = {
            "ServiceChannel": {_id(way, "serviceChannel") for one in told for way in one.get("serviceChannels") or ()},
            "GeneralDescription": {one.get("generalDescriptionId") for one in told},
            "Organization": {_id(one, "mainOrganization") for one in told},
        }
        for place, (kind, numbers) in enumerate(wanted.items(), 1):
            missing = sorted(str(one) for one in numbers if one and str(one) not in have)
            for start in range(0, len(missing), AT_ONCE):
                self.ask(f"{kind}-named-{start:06}", f"{kind}/list", guids=",".join(missing[start : start + AT_ONCE]))
            tell("what was named", place, len(wanted))

    def _told(self) -> Iterator[dict[str, Any]]:
        """Every entity in the folder but those that were asked by number."""
        for file in sorted(self.folder.glob("*.json")):
            told = json.loads(file.read_bytes())
            every = told.get("itemList") or () if isinstance(told, dict) else told
            if "-named-" not in file.name and not file.name.startswith("_"):
                yield from (one for one in every if isinstance(one, dict))


_JSON = ("application/json", "text/json")


def _id(one: Any, name: str) -> Any:
    inner = one.get(name) if isinstance(one, dict) else None
    return inner.get("id") if isinstance(inner, dict) else None


def _write(file: Path, content: Any) -> None:
    """Whole or not at all."""
    half = file.with_suffix(".part")
    half.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    half.replace(file)
