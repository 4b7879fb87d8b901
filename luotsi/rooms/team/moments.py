"""A moment in Finnish time, written by a worker afterwards."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import HELSINKI

_FORMAT = "%Y-%m-%dT%H:%M"
_FORMATS = (_FORMAT, "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y klo %H.%M", "%Y-%m-%d %H:%M")


class MomentInput(forms.DateTimeInput):
    """A day and a time of day, from the browser's calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=_FORMAT)


class MomentField(forms.Field):
    """A day and a time, from the browser's calendar or written as 31.3.2026 9.15; empty when nothing was written."""

    widget = MomentInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        for form in _FORMATS:
            try:
                return datetime.strptime(text, form).replace(tzinfo=HELSINKI)
            except ValueError:
                continue
        raise forms.ValidationError(_("Write a day and a time, for example 31.3.2026 9.15."))


# The sentence for each reason why a moment cannot be (rules.WrongTime).
WRONG_TIMES = {
    "before_contact": _("This is before the contact came. Mend the time."),
    "future": _("This is in the future. Mend the time."),
}
