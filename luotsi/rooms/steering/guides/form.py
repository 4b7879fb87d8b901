"""A guide as fields of a page, and back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from luotsi.base.text import Text
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.definitions import Guide
from luotsi.domain.catalogue.queries import guides as queries
from luotsi.domain.catalogue.rules.guides import LONGEST_BODY
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.steering.forms.texts import TextsForm
from luotsi.rooms.steering.guides import words
from luotsi.ui.forms import DayInput, LongText, ManyChoices

LONGEST_NOTE = 500


class NewGuideForm(TextsForm):
    """A guide's title, and the word by which its address is told."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.ask_text("name", words.parts()["name"], None, needed=True, short=True)
        self.fields["address"] = forms.SlugField(
            label=_("Word in the address"), required=False, max_length=60,
            help_text=_(
                "Small letters and hyphens, for example small-children. Empty: made from the title. It stays in the"
                " browser's history, so a guide on violence needs a word that tells nothing."
            ),
            error_messages={"invalid": _("Use only small letters a–z, numbers and hyphens.")},
        )  # fmt: skip


class GuideForm(TextsForm):
    """Everything that a draft says."""

    part_of = forms.ChoiceField(label=gettext_lazy("Stands on the page of"), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Unit that keeps it"))
    review_on = forms.DateField(
        label=gettext_lazy("Read through again by"), widget=DayInput(),
        error_messages={"required": gettext_lazy("Choose a day."), "invalid": gettext_lazy("Choose a day.")},
    )  # fmt: skip
    order = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=1, max_value=999,
        help_text=gettext_lazy("The smallest number stands first."),
    )  # fmt: skip
    notice = forms.ChoiceField(label=gettext_lazy("Notice before the text"), required=False)
    discreet = forms.BooleanField(
        label=gettext_lazy("The page has a way out and a title that tells nothing"), required=False
    )
    services = forms.MultipleChoiceField(label=gettext_lazy("Services under the text"), required=False)
    collections = forms.MultipleChoiceField(label=gettext_lazy("Collections under the text"), required=False)
    note = forms.CharField(
        label=gettext_lazy("What this version changes"), required=False, max_length=LONGEST_NOTE,
        widget=LongText(rows=2),
    )  # fmt: skip

    def __init__(self, guide: Guide, note: str = "", data: Any = None) -> None:
        known = {name: getattr(guide, name) for name in _FACTS}
        super().__init__(data, initial={**known, "note": note})
        self.guide = guide
        self.ask_text("name", words.parts()["name"], guide.name, needed=True, short=True)
        self.ask_text("summary", words.parts()["summary"], guide.summary, needed=True)
        self.ask_text("body", words.parts()["body"], guide.body, needed=True, rows=14, longest=LONGEST_BODY)
        self._choose()

    def _choose(self) -> None:
        language, offered = words.language(), queries.choices(words.language())  # type: ignore[arg-type]
        units = sorted((key, name.in_language(language)) for key, name in organisation.unit_names().items())
        notices = [(one.key, one.name.in_language(language)) for one in definitions.safety_notices()]
        above = [one for one in offered["guides"] if one[0] != self.guide.key]
        self.fields["part_of"].choices = [("", _("Stands alone")), *above]
        self.fields["owner"].choices = sorted(units, key=lambda unit: unit[1])
        self.fields["notice"].choices = [("", pgettext("notice", "None")), *notices]
        for name in ("services", "collections"):
            # What has left the catalogue stays in the list until somebody takes it away: nothing goes unseen.
            gone = [(key, key) for key in getattr(self.guide, name) if key not in dict(offered[name])]
            self.fields[name].choices = [*gone, *offered[name]]
            self.fields[name].widget = ManyChoices(choices=self.fields[name].choices)

    def written(self) -> Guide:
        """What was filled in; known once the form is valid."""
        said = self.cleaned_data
        texts = {name: self.text(name) for name in ("name", "summary", "body")}
        facts = {name: said[name] for name in _FACTS}
        return Guide(key=self.guide.key, **texts, **facts)


_FACTS = ("part_of", "owner", "review_on", "order", "notice", "discreet", "services", "collections")


def begun(key: str, name: Text, *, owner: str, review_on: date) -> Guide:
    """A guide of which only the title is written."""
    nothing = Text(fi="")
    return Guide(key=key, name=name, summary=nothing, body=nothing, owner=owner, review_on=review_on)
