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
Select = forms.Select


class NumberInput(forms.TextInput):
    """A number, with a comma or a point: number keys on a phone, and no arrows that change it by mistake."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class UrlInput(forms.URLInput):
    """An address of the web."""


class TimeInput(forms.TimeInput):
    """A time of day. The browser shows it in the reader's own way and always sends 09:15."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """A day with a time. The browser always sends 2026-03-31T09:15."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class ScaleChoices(forms.RadioSelect):
    """Numbers side by side, with what the lowest and the highest mean."""

    template_name = "django/forms/widgets/scale.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, choices: Any = (), least: str = "", most: str = ""
    ) -> None:
        super().__init__(attrs, choices)
        self.least, self.most = least, most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"least": self.least, "most": self.most}


class OpenChoice(forms.MultiWidget):
    """Answers to choose, and one's own words for what is not among them. Sends the value, or `{"other": words}`."""

    template_name = "django/forms/widgets/open_choice.html"
    OTHER = "other:"

    def __init__(self, attrs: dict[str, Any] | None = None, *, choices: Any = (), other: str = "") -> None:
        self.other = other
        super().__init__([Choices(choices=[*choices, (self.OTHER, other)]), ShortText()], attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, dict):
            return [self.OTHER, value.get("other", "")]
        return [value, ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen, words = super().value_from_datadict(data, files, name)
        if (words or "").strip() and chosen in {None, "", self.OTHER}:
            return {"other": words.strip()}
        return None if chosen == self.OTHER else chosen

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"other": self.other}


class QuantityInput(forms.MultiWidget):
    """A number with its unit. Sends `{"value": …, "unit": …}`; a single unit is told and not asked."""

    template_name = "django/forms/widgets/quantity.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, units: Any = ()) -> None:
        self.units = list(units)
        chosen = Select(choices=self.units) if len(self.units) > 1 else forms.HiddenInput()
        super().__init__([NumberInput(), chosen], attrs)

    def decompress(self, value: Any) -> list[Any]:
        only = self.units[0][0] if self.units else ""
        return [value.get("value"), value.get("unit") or only] if isinstance(value, dict) else [value, only]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        amount, unit = super().value_from_datadict(data, files, name)
        return {"value": amount, "unit": unit or ""} if (amount or "").strip() else None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"unit": self.units[0][1] if len(self.units) == 1 else ""}


class FilesInput(forms.FileInput):
    """Files to choose, one or several, below those that were given before: each with its name and a way to take it out.

    Those given are `{"file": id, "said": name and size, "url": where it opens or ""}`; their ids come back in the
    field's name, so that a page without script loses none. A phone offers its camera among the ways to choose.
    """

    template_name = "django/forms/widgets/files.html"
    allow_multiple_selected = True
    ACCEPTED = "image/jpeg,image/png,application/pdf"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, is_many: bool = False, remove: str = "", add: str = ""
    ) -> None:
        chosen = {"accept": self.ACCEPTED, "hx-preserve": True, **({"multiple": True} if is_many else {})}
        super().__init__(chosen | (attrs or {}))
        self.remove, self.add = remove, add

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The ids of those given before. What was chosen now stands in the request's files."""
        return list(data.getlist(name)) if hasattr(data, "getlist") else []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        given = [{**one, "drop": f"drop-{name}-{one['file']}"} for one in value or []]
        return context | {"given": given, "remove": self.remove, "add": self.add}
