"""Who may act for a person, as a worker writes it down."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.base.dates import age_on
from luotsi.base.now import today
from luotsi.domain.people.definitions import mandate_kinds
from luotsi.domain.people.queries import Person
from luotsi.domain.people.rules import AgeUnknown, TooYoung, check_ages, mandate_ends
from luotsi.rooms.team import fields, words
from luotsi.ui.forms import Choices, ManyChoices
from luotsi.ui.words import day

_OLD_ENOUGH = date(1900, 1, 1)  # for as long as it is not known who acts


class MandateForm(forms.Form):
    """Who may act for the person, by which right, from whom we know it, and for how long."""

    kind = forms.ChoiceField(
        label=_("By which right"), widget=Choices(),
        error_messages={"required": _("Choose by which right."), "invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    agent = fields.CodeField(label=_("Identity code of the one who acts"))
    registers = forms.MultipleChoiceField(
        label=_("What it covers"), widget=ManyChoices(),
        error_messages={"required": _("Choose what it covers."), "invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("How we know it"), widget=Choices(),
        error_messages={"required": _("Choose how we know it."), "invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    valid_from = fields.DayField(
        label=_("First day"), initial=today, error_messages={"required": _("Choose the first day.")}
    )
    valid_to = fields.DayField(label=_("Last day"), required=False)
    until_revoked = forms.BooleanField(label=_("There is no last day: it holds until it is taken back"), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, language = person, get_language() or "fi"
        kinds = mandate_kinds().values()
        self.fields["kind"].choices = [(one.key, one.name.in_language(language)) for one in kinds]
        sources = dict.fromkeys(source for one in kinds for source in one.sources)
        self.fields["source"].choices = [(source, words.source_words(source)) for source in sources]
        self.fields["registers"].choices = [(one, words.register_words(one)) for one in ("health", "social")]
        told = _("A guardian's right ends by itself when the child turns 18. Another right needs a last day.")
        self.fields["valid_to"].help_text = told

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        kind = mandate_kinds().get(given.get("kind", ""))
        if kind and given.get("source") and given["source"] not in kind.sources:
            fitting = ", ".join(words.source_words(one).lower() for one in kind.sources)
            self.add_error("source", _("Such a right is known from: %(sources)s.") % {"sources": fitting})
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day is before the first one."))
        if kind and kind.asks_end and "valid_to" not in self.errors and bool(last) == given["until_revoked"]:
            self.add_error("valid_to", _("Choose the last day, or tick that there is none. Not both."))
        born = self.person.birth_date
        if kind and kind.until_age and first and born and age_on(born, first) >= kind.until_age:
            self.add_error("kind", _("A guardian acts for a child. This person is of age by then."))
        if "kind" in given and first and (too_young := self.too_young()):
            self.add_error(*too_young)
        return given

    def too_young(self, holder_born: date | None = _OLD_ENOUGH) -> tuple[str, str] | None:
        """The field, and the sentence that says who of the two is too young for this right, or of an age not known."""
        given = self.cleaned_data
        kind, born = mandate_kinds()[given["kind"]], self.person.birth_date
        try:
            check_ages(kind, giver_born=born, holder_born=holder_born, on=given["valid_from"])
        except AgeUnknown as unknown:
            if unknown.who == "giver":
                return "kind", _("The person's birth date is not known, and this right depends on it. Record it first.")
            return "agent", _("The birth date of whoever acts is not known, and this right depends on it.")
        except TooYoung as young:
            if young.who == "giver":
                told = _("By this right one acts for somebody of %(age)d or older. A guardian acts for a child.")
                return "kind", told % {"age": young.age}
            return "agent", _("Whoever acts by this right is %(age)d or older.") % {"age": young.age}
        return None

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "registers", "source", "valid_from", "valid_to")}

    def told(self) -> list[tuple[str, Any]]:
        """What will be recorded, for reading once more. An end of None: until it is taken back."""
        given, language = self.cleaned_data, get_language() or "fi"
        kind = mandate_kinds()[given["kind"]]
        ends = mandate_ends(kind.until_age, self.person.birth_date, given["valid_to"])
        return [
            (_("By which right"), kind.name.in_language(language)),
            (_("What it covers"), ", ".join(words.register_words(one) for one in given["registers"])),
            (_("First day"), day(given["valid_from"])),
            (_("Last day"), day(ends) if ends else _("None: until it is taken back")),
            (_("How we know it"), words.source_words(given["source"])),
        ]
