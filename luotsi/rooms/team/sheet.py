"""The assessment sheet of one stage: the decision, and what the kind of matter asks beside it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.domain.cases.definitions import CaseKind, Stage, icpc2, reasons_like, urgencies
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.rules import is_icpc2
from luotsi.domain.clocks.definitions import clock_words
from luotsi.rooms.team.forms import KeyedForm, note_field
from luotsi.rooms.team.kindwords import word_of, words_of
from luotsi.rooms.team.moments import MomentField
from luotsi.ui.forms import Choices, ShortText

_CODE = re.compile(r"\s*([A-Za-z]\d{2})\b")
_MOST_NAMED = 6  # so many reasons are named when the words fit several


class AssessmentForm(KeyedForm):
    """`after`: how many judgements stood on the page when this one was written. The kind of matter has the words."""

    after = forms.IntegerField(required=False, min_value=0, max_value=10_000, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        widget=Choices(), error_messages={"invalid_choice": _("Choose one of the judgements below.")}
    )
    urgency = forms.ChoiceField(label=_("How soon help is needed"), required=False)
    reason = forms.CharField(label=_("Reason for coming"), required=False, max_length=100)
    findings = note_field(_("Findings"), _("What you found out. Professionals read this."), rows=4)
    note = note_field("", "")
    told = note_field(
        _("In plain words to the resident"),
        _("The resident reads this in their matter. If you leave it empty, they read the usual sentence."),
        rows=3,
    )
    when = MomentField(label=_("When it was judged"), help_text=_("Leave this empty if it is now."))

    def __init__(self, kind: CaseKind, stage: Stage, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.stage, self.language = kind, stage, language
        for name in ("findings", "reason", "urgency", "note", "told", "when"):
            if name not in stage.sheet:
                del self.fields[name]
        self._name_the_decision()
        if "note" in self.fields:
            self._name_the_note()
        if "urgency" in self.fields:
            self.fields["urgency"].choices = [("", _("Not said")), *_named(urgencies(), language)]
        self._ask_for_reason()
        for name in stage.conditions:
            if name != "urgent":
                words = clock_words().conditions[name].in_language(language)
                self.fields[f"is_{name}"] = forms.BooleanField(label=words[:1].upper() + words[1:], required=False)

    def _name_the_decision(self) -> None:
        said, outcome = words_of(self.kind), self.fields["outcome"]
        outcome.choices = [(one.key, one.name.in_language(self.language)) for one in self.stage.outcomes]
        outcome.error_messages["required"] = said["choose"]
        outcome.label = self.stage.name.in_language(self.language) if self.kind.is_staged else said["choice"]

    def _name_the_note(self) -> None:
        said, note = words_of(self.kind), self.fields["note"]
        note.label, note.help_text = said["note"], said["note_hint"]
        note.required, note.error_messages["required"] = self.kind.is_request, said["note_missing"]

    def _ask_for_reason(self) -> None:
        """By code or words, one of the kind's own, or not at all."""
        if self.kind.reasons == "none":
            self.fields.pop("reason", None)
        elif "reason" in self.fields and self.kind.reasons == "own":
            own = [(one.key, one.name.in_language(self.language)) for one in self.kind.own_reasons]
            self.fields["reason"] = forms.ChoiceField(
                label=_("What it is about"), required=False, choices=[("", _("Not said")), *own]
            )
        elif "reason" in self.fields:
            self.fields["reason"].help_text = _("Write a word or an ICPC-2 code, for example cough or R05.")
            self.fields["reason"].widget = ShortText({"list": "reason-codes", "autocomplete": "off"})

    @property
    def draft(self) -> str:
        """The name under which it is kept while it is half written: each stage has its own."""
        return f"assess-{self.stage.key}"

    @property
    def reason_codes(self) -> list[str]:
        """What the browser offers while the worker writes."""
        if "reason" not in self.fields or self.kind.reasons != "icpc2":
            return []
        return [reason_words(self.kind, code, self.language) for code in icpc2().codes]

    def clean_reason(self) -> str:
        """The code, whether a code or words were written."""
        text = str(self.cleaned_data["reason"] or "").strip()
        if not text or self.kind.reasons == "own":
            return text
        if (written := _CODE.match(text)) and is_icpc2(written[1].upper()):
            return written[1].upper()
        found = reasons_like(text, self.language)  # type: ignore[arg-type]
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("No reason has these words. Write another word, or the code."))
        named = ", ".join(reason_words(self.kind, code, self.language) for code in found[:_MOST_NAMED])
        raise forms.ValidationError(_("Several fit. Write one of these: %(named)s.") % {"named": named})

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        tells = {one.key for one in self.kind.outcomes if one.tells_resident}
        if given.get("outcome") in tells and not given.get("note", "").strip() and "note" not in self.errors:
            self.add_error("note", word_of(self.kind, "note_missing"))
        return given

    @property
    def judged(self) -> dict[str, Any]:
        """What `assess` takes."""
        given = {name: value for name, value in self.cleaned_data.items() if not name.startswith("is_")}
        conditions = {name.removeprefix("is_"): value for name, value in self.cleaned_data.items() if name[:3] == "is_"}
        return given | {"conditions": conditions}


def sheet_of(case: CaseView, language: str, *sent: Any, stage: Stage | None = None, note: str = "") -> AssessmentForm:
    """The sheet of a stage, by default the one whose turn it is; `sent`: what came with a POST."""
    initial = {"after": len(case.judgements), "note": note}
    initial |= {f"is_{name}": held for name, held in case.conditions.items()}
    return AssessmentForm(case.kind, stage or case.stage, language, *sent, initial=initial, auto_id="assess_%s")


def reason_words(kind: CaseKind, reason: str, language: str) -> str:
    """A reason as one reads it: the code with its words, or the kind's own."""
    if kind.reasons == "icpc2":
        known = icpc2().codes.get(reason)
        return f"{reason} {known.in_language(language)}" if known else reason
    own = {one.key: one.name for one in kind.own_reasons}
    return own[reason].in_language(language) if reason in own else reason


def _named(choices: Any, language: str) -> list[tuple[str, str]]:
    return [(key, one.name.in_language(language)) for key, one in choices.items()]
