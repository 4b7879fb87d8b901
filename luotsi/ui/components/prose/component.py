"""A text of an editor's with headings, lists and links. It is drawn part by part: nothing that was written can run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luotsi.base.markdown import LINK, Part
from luotsi.ui.component import Props, component


@dataclass(frozen=True)
class _Drawn:
    kind: str
    text: str
    url: str
    parts: list["_Drawn"]


@component
def prose(*, parts: Sequence[Part], addresses: Mapping[str, str] | None = None, language: str = "") -> Props:
    """`addresses`: where a link to a page of ours (`service:KEY`, `guide:KEY`) leads; one that is not there is words.

    `language` is that of the text when it is another than the page's.
    """
    return {"parts": [_drawn(part, addresses or {}) for part in parts], "language": language}


def _drawn(part: Part, addresses: Mapping[str, str]) -> _Drawn:
    url = ""
    if part.kind == "link" and (found := LINK.fullmatch(part.to)):
        url = addresses.get(part.to, "") if found["kind"] else part.to
    return _Drawn(part.kind, part.text, url, [_drawn(one, addresses) for one in part.parts])
