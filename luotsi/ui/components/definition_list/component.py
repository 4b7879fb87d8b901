"""Facts of one thing: term and value. Side by side where there is room."""

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component


@component(block=True)
def definition_list(content: SafeString) -> Props:
    return {"content": content}


@component(block=True)
def definition(content: SafeString, *, term: str) -> Props:
    """One fact; an unknown value is a dash, never an empty place."""
    return {"content": content, "term": term, "is_empty": not content.strip()}
