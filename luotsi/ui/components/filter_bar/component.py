"""Narrows a list: a GET form in one row, so the narrowed list has an address of its own."""

from django.forms import BaseForm
from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component


@component(block=True)
def filter_bar(
    content: SafeString, *, form: BaseForm, label: str = "", action: str = "", submit: str = "", clear_url: str = ""
) -> Props:
    """The content stands in the form too (hidden fields, such as the order in force)."""
    return {
        **{"content": content, "form": form, "label": label},
        **{"action": action, "submit": submit, "clear_url": clear_url},
    }
