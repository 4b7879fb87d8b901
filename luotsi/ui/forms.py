"""Form widgets that the browser helps with: a calendar, the phone's number keys. All work as plain inputs."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day. The browser shows it in the reader's own way and always sends 2026-03-31."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PhoneInput(forms.TelInput):
    """A phone number: number keys on a phone, and the browser offers one's own (WCAG 1.3.5)."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", **(attrs or {})})


class LongText(forms.Textarea):
    """Several sentences; the field grows with them."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 5) -> None:
        super().__init__({"rows": rows, "cols": 40, **(attrs or {})})


ShortText = forms.TextInput
Choices = forms.RadioSelect
ManyChoices = forms.CheckboxSelectMultiple
