"""The form of a public answer."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.domain.questionnaires.actions import LONGEST_REPLY
from luotsi.ui.forms import LongText


class ReplyForm(forms.Form):
    """An answer to somebody's words, or to a whole round. `key` makes a repeated press one answer."""

    text = forms.CharField(
        label=_("Your public answer"),
        max_length=LONGEST_REPLY,
        widget=LongText(rows=3),
        help_text=_("Everybody can read it. Do not write who anybody is, or anything about their health."),
    )
    response = forms.UUIDField(required=False, widget=forms.HiddenInput())
    collection = forms.UUIDField(required=False, widget=forms.HiddenInput())
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if bool(given.get("response")) == bool(given.get("collection")):
            raise forms.ValidationError(_("Choose what you answer."))
        return given
