"""One text in several languages side by side, with what is missing marked."""

from collections.abc import Sequence

from django.forms import BoundField

from luotsi.ui.component import Props, component


@component
def languages(*, label: str, fields: Sequence[BoundField], hint: str = "", missing: str = "") -> Props:
    """`fields` are the text's languages, each labelled by its language; `missing` says which are not written yet."""
    return {"label": label, "fields": list(fields), "hint": hint, "missing": missing}
