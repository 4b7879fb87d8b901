"""Pages read as a person reads them: words in order, with plain spaces."""

import re
from html import unescape
from typing import Any

from lxml import html

_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def words(element: Any) -> str:
    """What an element or a response says."""
    if hasattr(element, "content"):
        return _SPACES.sub(" ", unescape(re.sub(r"<[^>]+>", " ", element.content.decode())))
    return _SPACES.sub(" ", element.text_content()).strip()


def tree(response: Any) -> Any:
    return html.fromstring(response.content.decode())


def tile(response: Any, label: str) -> str:
    """The words of the figure tile with that name."""
    found = [one for one in tree(response).find_class("tile") if words(one.find_class("tile-label")[0]) == label]
    assert len(found) == 1, f"{len(found)} tiles are called {label}"
    return words(found[0])


def table(response: Any, place: str) -> list[list[str]]:
    """The rows of a panel's table, the head first."""
    rows = tree(response).get_element_by_id(f"table-{place}").iter("tr")
    return [[words(cell) for cell in row.iter("th", "td")] for row in rows]
