"""Setting a legal hold: of whom, and why."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.base.who import Who
from luotsi.domain.people import queries as people
from luotsi.domain.people.rules import BadIdentityCode
from luotsi.rooms.oversight.forms import LONGEST_REASON
from luotsi.ui.forms import LongText, ShortText


class HoldForm(forms.Form):
    """Once valid, `resident` is the id behind the identity code."""

    identity_code = forms.CharField(
        label=_("Identity code"),
        max_length=11,
        widget=ShortText({"autocomplete": "off"}),
        error_messages={"required": _("Write the identity code of the person.")},
    )
    reason = forms.CharField(
        label=_("Why the records must be kept"),
        max_length=LONGEST_REASON,
        widget=LongText(rows=3),
        error_messages={"required": _("Write why the records must be kept.")},
    )

    def __init__(self, viewer: Who, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.resident: UUID | None = None

    def clean_identity_code(self) -> str:
        said = str(self.cleaned_data["identity_code"])
        try:
            self.resident = people.resident_in_log(said, viewer=self.viewer)
        except BadIdentityCode:
            raise forms.ValidationError(_("Check the identity code. It looks like 131052-308T.")) from None
        if self.resident is None:
            raise forms.ValidationError(_("The county knows nobody with this identity code."))
        return said
