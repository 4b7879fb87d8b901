"""A list of places to go: services, matters, cases. The whole card can be pressed, the title is the link."""

from typing import Literal

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component


@component(block=True)
def card_list(content: SafeString, *, columns: Literal[1, 2, 3] = 1) -> Props:
    """The list around the cards; several columns only where there is room."""
    return {"content": content, "columns": columns}


@component(block=True)
def link_card(
    content: SafeString,
    *,
    title: str,
    url: str,
    lead: str = "",
    meta: str = "",
    level: Literal[2, 3, 4] = 3,
    language: str = "",
) -> Props:
    """One place to go. `meta` is a quiet line above the title, `lead` one sentence below it, content comes last.

    `language` is that of title and lead, where it is not the page's.
    """
    return {
        **{"content": content, "has_more": bool(content.strip()), "title": title, "url": url},
        **{"lead": lead, "meta": meta, "level": level, "language": language},
    }
