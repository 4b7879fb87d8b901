"""There is nothing here: says so, why, and what one can do."""

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component


@component(block=True)
def empty_state(content: SafeString, *, title: str, lead: str = "") -> Props:
    """Instead of an empty table or list. The content is what can be done, usually one button."""
    return {"content": content, "title": title, "lead": lead}
