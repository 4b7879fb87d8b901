"""What the guidance desk writes: the words to look for, the reason for a service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.rooms.team.forms import KeyedForm, Search
from luotsi.rooms.team.referralforms import required_text


class FinderForm(forms.Form):
    words = forms.CharField(
        label=_("What does the resident need? Use everyday words."), max_length=200, widget=Search(),
        error_messages={"required": _("Write what the resident needs.")},
    )  # fmt: skip


class DirectionForm(KeyedForm):
    """Why this service; and whether a matter opens there at once, which is asked only where it can."""

    why = required_text(
        _("Why this service"), _("The resident reads this, and so does the receiving unit."), _("Write why."), rows=3
    )
    opens = forms.BooleanField(
        label=_("Open a matter there at once; the resident agrees to it"), required=False,
        help_text=_("They then get in touch with the resident. Without this the resident gets the contact data."),
    )  # fmt: skip

    def __init__(self, *args: Any, opens: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opens = opens
        if not opens:
            del self.fields["opens"]

    @property
    def typed(self) -> str:
        return self.data.get(self.add_prefix("why"), "") if self.is_bound else ""
