"""Narrowing a list."""

from django import forms

from luotsi.ui.example import Example
from luotsi.ui.example_words import WORDS
from luotsi.ui.words import in_language


def _values() -> dict[str, object]:
    def words(name: str) -> str:
        return in_language(WORDS[name])

    class Filters(forms.Form):
        unit = forms.ChoiceField(
            label=words("unit"), required=False, choices=[("", words("all")), ("sotkamo", words("sotkamo"))]
        )
        state = forms.ChoiceField(
            label=words("state"), required=False, choices=[("", words("all")), ("new", words("new"))]
        )

    return {"form": Filters(prefix="filters")}


EXAMPLES = [
    Example(
        "Above a worklist",
        '{% filter_bar form=form label=words.filter clear_url="?" %}{% endfilter_bar %}',
        _values,
    ),
]
