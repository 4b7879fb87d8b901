"""Texts in three languages as fields of a page's form, and back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.questionnaires.rules.editing import EMPTY
from luotsi.rooms.steering.forms.words import LANGUAGE_NAMES, lacking
from luotsi.ui.forms import LongText, ShortText

LONGEST = 4_000


class TextsForm(forms.Form):
    """A form that asks texts in the three languages. None is required while a form is made: it is marked as missing."""

    use_required_attribute = False

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._labels: dict[str, tuple[str, str, bool]] = {}

    def ask_text(
        self, name: str, label: str, text: Text | None, *, hint: str = "", needed: bool = False, short: bool = False,
        rows: int = 2, longest: int = LONGEST,
    ) -> None:  # fmt: skip
        """`needed`: marked as missing where it is empty; another is marked when it is written in some languages."""
        self._labels[name] = (label, hint, needed)
        for language in LANGUAGES:
            widget = ShortText() if short else LongText(rows=rows)
            widget.attrs["lang"] = language
            self.fields[f"{name}-{language}"] = forms.CharField(
                label=LANGUAGE_NAMES[language], required=False, max_length=longest, widget=widget,
                initial=getattr(text, language) if text else "",
                error_messages={"max_length": _("Shorten the text: there is room for %(limit_value)s characters.")},
            )  # fmt: skip

    def text(self, name: str) -> Text:
        """What was written; see `EMPTY`. Known once the form is valid."""
        said = {one: " ".join(self.cleaned_data[f"{name}-{one}"].split(" ")).strip() for one in LANGUAGES}
        return Text(**said)

    def text_or_none(self, name: str) -> Text | None:
        said = self.text(name)
        return None if said == EMPTY else said

    @property
    def texts(self) -> list[str]:
        return list(self._labels)

    @property
    def plain(self) -> list[str]:
        """The names of the fields that are no texts."""
        return [name for name in self.fields if name.rsplit("-", 1)[0] not in self._labels]

    def row(self, name: str) -> dict[str, Any]:
        """A text as `{% languages %}` takes it."""
        label, hint, needed = self._labels[name]
        fields = [self[f"{name}-{one}"] for one in LANGUAGES]
        empty = [one for one, field in zip(LANGUAGES, fields, strict=True) if not str(field.value() or "").strip()]
        is_begun = needed or len(empty) < len(LANGUAGES)
        return {"label": label, "hint": hint, "fields": fields, "missing": lacking(empty) if is_begun else ""}

    def rows(self, names: Iterable[str] | None = None) -> list[dict[str, Any]]:
        return [self.row(name) for name in (self._labels if names is None else names) if name in self._labels]

    @property
    def name_row(self) -> dict[str, Any]:
        return self.row("name")

    @property
    def label_row(self) -> dict[str, Any]:
        return self.row("label")
