"""Forms around the list: which part of it, to whom matters go, a name for a view."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.base.codes import has_code, redact
from luotsi.domain.cases.definitions import case_kinds, urgencies
from luotsi.domain.cases.queries import Listed
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.queries import Member
from luotsi.rooms.team.choices import LONGEST_WORDS, NOBODY
from luotsi.rooms.team.fields import TOO_LONG
from luotsi.rooms.team.forms import Search
from luotsi.rooms.team.words import channel_words, profession_words
from luotsi.ui.forms import LongText, ShortText

LONGEST_NAME, LONGEST_NOTE = 60, 1_000
ELSEWHERE = "unit:"


@dataclass
class Offered:
    """What there is to choose from: of what stands on the list, nothing that would leave it empty."""

    units: dict[str, str]
    names: dict[str, str] = field(default_factory=dict)
    rows: Iterable[Listed] = ()

    def choices(self) -> dict[str, list[tuple[str, Any]]]:
        rows, language = list(self.rows), get_language() or "fi"
        kinds, channels = {row.kind for row in rows}, {row.channel for row in rows} - {""}
        urgent, whose = {row.urgency for row in rows}, {str(row.responsible or NOBODY) for row in rows}
        return {
            "kind": [(key, kind.name.in_language(language)) for key, kind in case_kinds().items() if key in kinds],
            "urgency": [(key, one.name.in_language(language)) for key, one in urgencies().items() if key in urgent],
            "channel": [(key, channel_words(key)) for key in sorted(channels)],
            "who": [(NOBODY, _("Nobody yet"))] * (NOBODY in whose)
            + [(key, name) for key, name in self.names.items() if key in whose],
            "unit": list(self.units.items()),
        }


_ANY = {
    "kind": _("All kinds"), "urgency": _("Every urgency"), "channel": pgettext_lazy("channel", "Every way"),
    "who": _("Every worker"), "unit": _("All my units"),
}  # fmt: skip
_LABELS = {
    "kind": _("Kind of matter"), "urgency": _("Urgency"), "channel": _("How they got in touch"),
    "who": _("Responsible worker"), "unit": _("Unit"),
}  # fmt: skip


class NarrowingForm(forms.Form):
    """Which of the list to show. A choice that has one answer only is not asked, unless it is chosen."""

    words = forms.CharField(label=_("Find by name"), required=False, max_length=LONGEST_WORDS, widget=Search())

    def __init__(self, offered: Offered, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["data-key"] = "/"
        for name, choices in offered.choices().items():
            if len(choices) > 1 or self.initial.get(name):
                label = _LABELS[name]
                self.fields[name] = forms.ChoiceField(
                    label=label, required=False, choices=[("", _ANY[name]), *choices],
                    widget=forms.Select({"aria-label": label}),
                )  # fmt: skip

    @property
    def selects(self) -> list[Any]:
        return [self[name] for name in self.fields if name != "words"]


class ViewForm(forms.Form):
    """A name for how the list stands now."""

    name = forms.CharField(
        label=_("Name of the view"), max_length=LONGEST_NAME, widget=ShortText({"autocomplete": "off"}),
        error_messages={"required": _("Give the view a name."), "max_length": TOO_LONG},
    )  # fmt: skip

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if has_code(name):
            self.data = self.data.copy()
            self.data["name"] = redact(name)
            raise forms.ValidationError(_("Leave the identity code out of the name."))
        return name


class HandoverForm(forms.Form):
    """To whom: a colleague, nobody in particular, or another unit. Only those are offered who may have it."""

    to = forms.ChoiceField(
        label=_("To whom"),
        error_messages={
            "required": _("Choose to whom it goes."),
            "invalid_choice": _("Choose from the list. Somebody may have changed unit meanwhile."),
        },
    )
    note = forms.CharField(
        label=_("Note to the receiver"), required=False, max_length=LONGEST_NOTE, widget=LongText(rows=3),
        error_messages={"max_length": TOO_LONG},
    )  # fmt: skip

    def __init__(
        self, members: Iterable[Member], away: Iterable[Any], units: dict[str, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        gone = set(away)
        people = [(str(one.id), _member_words(one, is_away=one.id in gone)) for one in members]
        self.fields["to"].choices = [
            ("", _("Choose")),
            (_("Colleagues"), people),
            (_("The unit"), [(NOBODY, _("Nobody in particular: whoever takes it"))]),
            (_("Another unit, whole"), [(f"{ELSEWHERE}{key}", name) for key, name in units.items()]),
        ]

    @property
    def receiver(self) -> tuple[str | None, str]:
        """The worker's id and the unit: (None, "") is nobody in particular, (None, unit) another unit."""
        to = self.cleaned_data["to"]
        if to.startswith(ELSEWHERE):
            return None, to.removeprefix(ELSEWHERE)
        return (None, "") if to == NOBODY else (to, "")


def _member_words(member: Member, *, is_away: bool) -> str:
    profession = organisation.roles()[member.role].profession
    words = f"{member.name}, {profession_words(profession).lower()}" if profession else member.name
    gone = _("away today")
    return f"{words} ({gone})" if is_away else words
