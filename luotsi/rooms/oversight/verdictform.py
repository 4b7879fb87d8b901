"""Why an emergency access was not justified."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.rooms.oversight.forms import LONGEST_REASON
from luotsi.ui.forms import LongText

_MISSING = _("Write in a few words why it was not justified.")


class VerdictForm(forms.Form):
    why = forms.CharField(
        label=_("Why it was not justified"),
        help_text=_("The person whose data were opened reads this in their log. Write no names."),
        max_length=LONGEST_REASON,
        widget=LongText(rows=3),
        error_messages={"required": _MISSING},
    )

    def clean_why(self) -> str:
        said = str(self.cleaned_data["why"])
        if len(said.split()) < 2:
            raise forms.ValidationError(_MISSING)
        return said
