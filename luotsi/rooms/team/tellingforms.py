"""Who was told, how and when; and why a close was wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.domain.cases.definitions import CaseKind, reopen_reasons, telling_ways
from luotsi.rooms.team.forms import KeyedForm, note_field
from luotsi.rooms.team.moments import MomentField
from luotsi.ui.forms import Choices


class TellingForm(KeyedForm):
    party = forms.ChoiceField(
        label=_("Who was told"), widget=Choices(), error_messages={"required": _("Choose who was told.")}
    )
    way = forms.ChoiceField(
        label=_("How they were told"), widget=Choices(), error_messages={"required": _("Choose how they were told.")}
    )
    when = MomentField(label=_("When they were told"), help_text=_("Leave this empty if it is now."))
    note = note_field(_("What was told"), _("Do not write who notified."), rows=3)

    def __init__(self, kind: CaseKind, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [(one.key, one.name.in_language(language)) for one in kind.parties]
        self.fields["way"].choices = [(key, one.name.in_language(language)) for key, one in telling_ways().items()]


class ReopeningForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why the close was wrong"),
        widget=Choices(),
        error_messages={
            "required": _("Choose why the close was wrong."),
            "invalid_choice": _("Choose one of the reasons below."),
        },
    )

    def __init__(self, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = reopen_reasons().items()
        self.fields["reason"].choices = [(key, one.name.in_language(language)) for key, one in known]
