"""A folder, and the service from which it is filled: what is there is not asked again.

An answer is written when it has come whole, so a fetch that was cut goes on where it was when it is begun again into
the same folder.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from luotsi.gateways.outbound.client import OutboundError, fetch

Wait = Callable[[float], None]
MOST_PAGES, TRIES = 2_000, 4
_LARGEST = 60_000_000
_PURPOSE = "the Service Catalogue (PTV)"
_JSON = ("application/json", "text/json")


class NotFetched(Exception):
    """PTV did not answer as it should. What had come stays in the folder."""


@dataclass(frozen=True)
class Paging:
    """What a list's answer calls its items and the count of its pages."""

    items: str
    pages: str


@dataclass(frozen=True)
class Line:
    """`headers` go with every question: a key, where one is asked for."""

    address: str
    folder: Path
    wait: Wait | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def ask(self, name: str, path: str, **told: Any) -> Any:
        """The answer as it stands in the folder, else asked, again where the service is busy. Raises NotFetched."""
        kept = self.folder / f"{name}.json"
        if kept.exists():
            return json.loads(kept.read_bytes())
        answer = self._asked(f"{self.address.rstrip('/')}/{path}?{urlencode(told, doseq=True)}")
        _write(kept, answer)
        return answer

    def _asked(self, url: str) -> Any:
        for attempt in range(TRIES):
            try:
                told = fetch(
                    url, purpose=_PURPOSE, limit_bytes=_LARGEST, content_types=_JSON, headers=dict(self.headers)
                )
                return json.loads(told)
            except (OutboundError, ValueError) as error:
                if attempt == TRIES - 1:
                    raise NotFetched(f"{error}; begin again, and it goes on from here") from None
                (self.wait or time.sleep)(2.0**attempt)
        raise AssertionError("the last try answers or raises")

    def pages(self, name: str, path: str, paging: Paging, **told: Any) -> Iterator[list[dict[str, Any]]]:
        """Every page of a list, the first one telling how many there are; none at all is a list too."""
        number = count = 1
        while number <= min(count, MOST_PAGES):
            page = self.ask(f"{name}-{number:04}", path, page=number, **told)
            if not isinstance(page, dict) or not isinstance(page.get(paging.items) or [], list):
                (self.folder / f"{name}-{number:04}.json").unlink()
                raise NotFetched(f"{path}: page {number} is no list of PTV's")
            yield page.get(paging.items) or []
            count = _count(page.get(paging.pages))
            number += 1

    def told(self, kind: str = "") -> Iterator[dict[str, Any]]:
        """Every entity in the files whose names begin so, but what was asked by its number (-named-) and notes (_…)."""
        for file in sorted(self.folder.glob(f"{kind}*.json")):
            if "-named-" not in file.name and not file.name.startswith("_"):
                content = json.loads(file.read_bytes())
                yield from (one for one in listed(content) if isinstance(one, dict))


def listed(content: Any) -> list[Any]:
    """What a file holds, one by one: an answer by pages of either version, a list, or one alone."""
    if isinstance(content, dict) and "itemList" in content:
        content = content["itemList"]
    elif isinstance(content, dict) and "items" in content and "contentId" not in content:
        content = content["items"]
    return content if isinstance(content, list) else [] if content is None else [content]


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _write(file: Path, content: Any) -> None:
    """Whole or not at all."""
    half = file.with_suffix(".part")
    half.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    half.replace(file)
