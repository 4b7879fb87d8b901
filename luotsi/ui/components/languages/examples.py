"""A text in three languages."""

from django import forms

from luotsi.ui.example import Example, Values
from luotsi.ui.example_words import WORDS
from luotsi.ui.forms import LongText
from luotsi.ui.words import in_language


class _TextForm(forms.Form):
    """A service's name, without its Swedish."""

    fi = forms.CharField(label="Suomi", required=False, widget=LongText(rows=2), initial=WORDS["nurse"].fi)
    sv = forms.CharField(label="Svenska", required=False, widget=LongText(rows=2))
    en = forms.CharField(label="English", required=False, widget=LongText(rows=2), initial=WORDS["nurse"].en)


def _values() -> Values:
    return {"fields": list(_TextForm(prefix="languages")), "label": in_language(WORDS["nurse"])}


EXAMPLES = [
    Example("Two of three are written", '{% languages label=label fields=fields missing="Svenska" %}', _values),
]
