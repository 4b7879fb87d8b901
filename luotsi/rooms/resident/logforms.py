"""Which part of the log to read, and why one needs what is older than two years."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luotsi.domain.questionnaires.definitions import questionnaires
from luotsi.ui.forms import LongText

# Act 703/2023: who asks for what is older than two years says why (the section is to be checked).
DAYS_WITHOUT_A_REASON = 730
OLDER = "older_log"
_PERIODS = [
    ("30", _("The last 30 days")),
    ("90", _("The last three months")),
    ("365", _("The last year")),
    (str(DAYS_WITHOUT_A_REASON), _("The last two years")),
]
_BY = [
    ("", _("Everybody but you")),
    ("all", _("Everybody, you too")),
    ("staff", _("Workers")),
    ("acting", _("Those who act for you")),
    ("own", _("Only you")),
    ("outside", _("Data given elsewhere")),
    ("emergency", _("Opened for an urgent reason")),
]


class LogFilter(forms.Form):
    """Bound to the address. What it does not know shows the last two years of everybody else."""

    days = forms.ChoiceField(label=_("Time"), required=False)
    by = forms.ChoiceField(label=pgettext_lazy("log", "Who"), required=False, choices=_BY)

    def __init__(self, given: Any, *, is_older_open: bool, acts_for_another: bool = False) -> None:
        known = [*_PERIODS, ("all", _("Everything there is"))] if is_older_open else _PERIODS
        days = given.get("days") if given.get("days") in dict(known) else str(DAYS_WITHOUT_A_REASON)
        by = given.get("by") if given.get("by") in dict(_BY) else ""
        super().__init__({"days": days, "by": by})
        self.fields["days"].choices = known
        if acts_for_another:
            words = {"acting": _("Those who act for the person")}
            self.fields["by"].choices = [(key, words.get(key, label)) for key, label in _BY]
        self.days, self.who = str(days), str(by)

    def asked(self, at: datetime) -> dict[str, Any]:
        """The same for events.queries.who_looked."""
        since = None if self.days == "all" else at - timedelta(days=int(self.days))
        if self.who == "all":
            return {"since": since, "own": True}
        return {"since": since, "by": self.who}


class OlderForm(forms.Form):
    """Why one needs what is older; kept as the answer to a question on the shelf."""

    reason = forms.CharField(
        widget=LongText(rows=3), error_messages={"required": _("Write why you need to know what is older.")}
    )

    def __init__(self, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = questionnaires()[OLDER].items[0]
        field = self.fields["reason"]
        field.label, field.max_length = item.label.in_language(language), item.max_length
