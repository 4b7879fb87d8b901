"""Text with headings, lists, emphasis and links, read into a tree of known parts.

    read("Call **us**.") -> (Part("paragraph", parts=(Part("text", "Call "), Part("strong", …), Part("text", "."))),)

CommonMark is the grammar (https://spec.commonmark.org/0.31.2/). What is not in the list of parts comes out as words:
HTML as it was typed, a picture as its name, code as plain text. So nothing that somebody writes can run.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_KINDS = {
    "paragraph": "paragraph", "bullet_list": "bullets", "ordered_list": "numbers", "list_item": "item",
    "blockquote": "quote", "strong": "strong", "em": "emphasis", "softbreak": "text", "hardbreak": "break",
}  # fmt: skip
# Pages of our own kinds are named by their key, so that a link holds in every language and is checked.
LINK = re.compile(r"https://[^\s/]+\S*|tel:\+?[\d ]+|mailto:\S+@\S+|(?P<kind>service|guide):(?P<key>[a-z0-9-]+)")


@dataclass(frozen=True)
class Part:
    """`text` of a text; `to` of a link, "" when it may lead nowhere. A heading is `heading` (h2) or `subheading`."""

    kind: str
    text: str = ""
    to: str = ""
    parts: tuple["Part", ...] = ()


def read(source: str) -> tuple[Part, ...]:
    """The parts of a text from the top. Never raises: whatever is written can be read."""
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    reader.disable(["html_block", "html_inline", "code"])
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # `is_link` says what a link may be
    return tuple(_parts(SyntaxTreeNode(reader.parse(source)).children))


def links(parts: Sequence[Part]) -> Iterator[str]:
    """Where the text's links were meant to lead, in order."""
    for part in parts:
        if part.kind == "link":
            yield part.to
        yield from links(part.parts)


def is_link(to: str) -> bool:
    """Whether a link may lead there: a secure page, a number, an address, or a page of ours by its key."""
    return LINK.fullmatch(to) is not None


def _parts(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Part]:
    for node in nodes:
        if node.type == "inline":
            yield from _parts(node.children)
        elif (part := _part(node)) != Part("text"):
            yield part


def _part(node: SyntaxTreeNode) -> Part:
    if node.type == "heading":
        return Part("heading" if node.tag in {"h1", "h2"} else "subheading", parts=tuple(_parts(node.children)))
    if node.type == "link":
        return Part("link", to=str(node.attrs.get("href", "")), parts=tuple(_parts(node.children)))
    kind = _KINDS.get(node.type)
    if kind == "text":
        return Part("text", " ")
    if kind is None:
        return Part("text", node.content)
    return Part(kind, parts=tuple(_parts(node.children)))
