"""What answers mean, as pages' forms: a score with its bands, an outcome, a notice of danger, the form's own facts."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from pydantic import ValidationError

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Band, Danger, Outcome, Questionnaire, Score, Span
from luotsi.domain.questionnaires.rules.editing import NotWhole, fault_of
from luotsi.rooms.steering.forms import words
from luotsi.rooms.steering.forms.itemform import plain
from luotsi.rooms.steering.forms.numbers import number
from luotsi.rooms.steering.forms.texts import TextsForm
from luotsi.ui.forms import ManyChoices, NumberInput, ShortText

_NUMBER = gettext_lazy("Write the number in figures, for example 12 or 2.5.")


class Meaning(TextsForm):
    """A form with numbers: what is no number is told by its field."""

    numbers: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        for name in self.fields:
            if name in self.numbers or name.endswith(("-least", "-most")):
                try:
                    self.cleaned_data[name] = number(self.cleaned_data.get(name) or "")
                except ValueError:
                    self.add_error(name, _NUMBER)
        return self.cleaned_data

    def ask_number(self, name: str, label: str, value: Any) -> None:
        self.fields[name] = forms.CharField(
            label=label,
            required=False,
            max_length=20,
            initial="" if value is None else plain(value),
            widget=NumberInput(),
        )

    def ask_flag(self, name: str, label: str, value: bool) -> None:
        self.fields[name] = forms.BooleanField(label=label, required=False, initial=value)

    def ask_words(self, name: str, label: str, value: str) -> None:
        self.fields[name] = forms.CharField(
            label=label, required=False, max_length=2_000, initial=value, widget=ShortText()
        )

    def ask_choice(self, name: str, label: str, choices: Any, value: str) -> None:
        listed = list(choices)
        is_needed = all(one for one, _label in listed)
        self.fields[name] = forms.ChoiceField(label=label, required=is_needed, choices=listed, initial=value)


class ScoreForm(Meaning):
    """How a number is read from answers, and its bands."""

    numbers = ("span_least", "span_most", "max_missing", "decimals")

    def __init__(self, whole: Questionnaire, score: Score, data: Any = None) -> None:
        super().__init__(data)
        self.score = score
        self.ask_text("name", pgettext("form", "Name"), score.name, needed=True)
        self.ask_choice("way", _("How it is counted"), words.ways().items(), score.way)
        countable = [
            one for one in whole.every_item if one.options or one.type in {"whole_number", "number", "quantity"}
        ]
        self.fields["items"] = forms.MultipleChoiceField(
            label=_("Questions that are counted"), required=False, widget=ManyChoices(), initial=list(score.items),
            choices=[(one.key, words.name_of(whole, one.key)) for one in countable],
            help_text=_("None chosen: every question that gives points."),
        )  # fmt: skip
        named = [("", "–"), *((one, one) for one in sorted(rules.NAMED))]
        self.ask_choice("rule", _("Named rule"), named, score.rule)
        self.fields["expression"] = forms.CharField(
            label=_("FHIRPath expression"),
            required=False,
            max_length=2_000,
            initial=score.expression,
            widget=ShortText(),
        )
        self.ask_number("max_missing", _("Answers that may be missing"), score.max_missing)
        self.ask_flag("prorate", _("The mean of the others stands in for a missing one"), score.prorate)
        self.ask_number("decimals", _("Decimals"), score.decimals)
        self.ask_number("span_least", _("Lowest possible"), score.span.least if score.span else None)
        self.ask_number("span_most", _("Highest possible"), score.span.most if score.span else None)
        better = {"neither": _("Neither is better"), "higher": _("Higher is better"), "lower": _("Lower is better")}
        self.ask_choice("better", _("Direction"), better.items(), score.better)
        self.ask_flag("shown_to_resident", _("Shown to whoever answers"), score.shown_to_resident)
        for place, band in enumerate(score.bands):
            self._ask_band(place, band)

    def _ask_band(self, place: int, band: Band) -> None:
        told = {"number": place + 1}
        self.ask_text(f"band-{place}-name", _("Name of band %(number)d") % told, band.name, needed=True, short=True)
        self.ask_text(f"band-{place}-text", _("What band %(number)d tells") % told, band.text)
        self.ask_number(f"band-{place}-least", _("Band %(number)d from") % told, band.least)
        self.ask_number(f"band-{place}-most", _("Band %(number)d to") % told, band.most)

    @property
    def bands(self) -> list[dict[str, Any]]:
        return [
            {
                "rows": self.rows([f"band-{place}-name", f"band-{place}-text"]),
                "fields": [self[f"band-{place}-least"], self[f"band-{place}-most"]],
                "number": place,
            }
            for place in range(len(self.score.bands))
        ]

    def written(self) -> Score:
        """Raises NotWhole."""
        said = self.cleaned_data
        parts = {name: said[name] for name in ("items", "prorate", "shown_to_resident")}
        parts |= {name: said[name] or getattr(self.score, name) for name in ("way", "better")}
        parts |= {name: int(said[name] or 0) for name in ("max_missing", "decimals")}
        parts["rule"] = said["rule"] if parts["way"] == "rule" else ""
        parts["expression"] = said["expression"] if parts["way"] == "expression" else ""
        ends = (said["span_least"], said["span_most"])
        parts["span"] = Span(least=ends[0], most=ends[1]) if None not in ends else None
        parts["bands"] = tuple(self._band(place, band) for place, band in enumerate(self.score.bands))
        return checked(Score, self.score.model_dump() | parts | {"name": self.text("name")})

    def _band(self, place: int, band: Band) -> Band:
        said, at = self.cleaned_data, f"band-{place}-"
        parts = {"name": self.text(f"{at}name"), "text": self.text_or_none(f"{at}text")}
        return band.model_copy(update={**parts, "least": said[f"{at}least"], "most": said[f"{at}most"]})


class OutcomeForm(Meaning):
    """What follows from answers. `offers` are the names of services and case kinds that can be offered."""

    def __init__(self, whole: Questionnaire, outcome: Outcome, offers: dict[str, Any], data: Any = None) -> None:
        super().__init__(data)
        self.outcome = outcome
        for place, when in enumerate(outcome.when):
            self.ask_choice(
                f"when-{place}", _("Condition %(number)d") % {"number": place + 1}, whens(whole, when), coded(when)
            )
        self.ask_choice("when-new", _("One more condition"), [("", "–"), *whens(whole)], "")
        both = [("", _("when all of these hold")), ("any", _("when one of these holds"))]
        self.ask_choice("any_of", _("Holds"), both, "any" if outcome.any_of else "")
        self.ask_text("says", _("Said to whoever answers"), outcome.says)
        self.ask_text("says_for_another", _("Said, when one answers for another"), outcome.says_for_another)
        self.ask_text("warns", _("Said to workers"), outcome.warns)
        for name, label in (("service", _("Offers the service")), ("case_kind", _("Opens a matter of the kind"))):
            own = getattr(outcome, name)
            known = dict(offers[name]) | ({own: own} if own and own not in offers[name] else {})
            self.ask_choice(name, label, [("", "–"), *known.items()], own)
        units = {
            "": "–",
            "own": _("The resident's own unit"),
            "nearest": _("The nearest"),
            "central": _("The central one"),
        }
        self.ask_choice("unit", pgettext("form", "Unit"), units.items(), outcome.unit)
        self.ask_flag("is_care_level", _("Recommends a level of care: only workers see it"), outcome.is_care_level)

    def written(self) -> Outcome:
        """Raises NotWhole."""
        said = self.cleaned_data
        kept = [said[f"when-{place}"] for place in range(len(self.outcome.when))]
        before = {coded(one): one.model_dump() for one in self.outcome.when}
        when = [before.get(one) or decoded(one) for one in [*kept, said.get("when-new", "")] if one]
        parts: dict[str, Any] = {name: said[name] for name in ("service", "case_kind", "unit", "is_care_level")}
        parts |= {name: self.text_or_none(name) for name in ("says", "says_for_another", "warns")}
        if not when:
            raise NotWhole("no_condition")
        return checked(Outcome, self.outcome.model_dump() | parts | {"when": when, "any_of": said["any_of"] == "any"})


def whens(whole: Questionnaire, own: Any = None) -> list[tuple[str, str]]:
    """Every condition that can be chosen: a score in a band, an answer; and one's own, if it is of another kind."""
    found = [
        (f"band|{score.key}|{band.key}", f"{words.said(score.name)}: {words.said(band.name) or band.key}")
        for score in whole.scores
        for band in score.bands
    ]
    for item in whole.every_item:
        found += [
            (f"answer|{item.key}|{value}", f"{words.name_of(whole, item.key)} – {label}")
            for value, label in words.answers(item)
        ]
    if own is not None and coded(own) not in dict(found):
        found.append((coded(own), _other(whole, own)))
    return found


def coded(when: Any) -> str:
    """A condition of an outcome as the value of a choice."""
    if when.score and len(when.bands) == 1 and when.least is None and when.most is None:
        return f"band|{when.score}|{when.bands[0]}"
    if when.answer and len(when.answer.is_one_of) == 1:
        return f"answer|{when.answer.item}|{when.answer.is_one_of[0]}"
    return "kept|" + when.model_dump_json(exclude_defaults=True)


def decoded(said: str) -> dict[str, Any]:
    kind, key, value = said.split("|", 2)
    if kind == "band":
        return {"score": key, "bands": [value]}
    return {"answer": {"item": key, "is_one_of": [value]}}


def _other(whole: Questionnaire, when: Any) -> str:
    if when.answer:
        return words.condition(whole, when.answer)
    score = next((one for one in whole.scores if one.key == when.score), None)
    names = [words.said(band.name) for band in score.bands if band.key in when.bands] if score else []
    ends = [f"≥ {when.least}"] * (when.least is not None) + [f"≤ {when.most}"] * (when.most is not None)
    return f"{words.said(score.name) if score else when.score}: {', '.join([*names, *ends])}"


class DangerForm(TextsForm):
    """What a person in danger is told."""

    def __init__(self, danger: Danger, data: Any = None) -> None:
        super().__init__(data)
        self.danger = danger
        self.ask_text("title", pgettext("form", "Heading"), danger.title, needed=True, short=True)
        self.ask_text("text", pgettext("form", "Text"), danger.text, needed=True)
        self.ask_text("phone", _("Phone number to call"), danger.phone, needed=True, short=True)
        self.ask_text(
            "title_for_another", _("Heading, when one answers for another"), danger.title_for_another, short=True
        )
        self.ask_text("text_for_another", _("Text, when one answers for another"), danger.text_for_another)

    def written(self) -> Danger:
        parts: dict[str, Any] = {name: self.text(name) for name in ("title", "text", "phone")}
        parts |= {name: self.text_or_none(name) for name in ("title_for_another", "text_for_another")}
        return Danger(**parts)


class FactsForm(Meaning):
    """The form's own facts and texts."""

    numbers = ("minutes",)

    def __init__(self, whole: Questionnaire, data: Any = None) -> None:
        super().__init__(data)
        self.whole = whole
        self.ask_text("name", pgettext("form", "Name"), whole.name, needed=True, short=True)
        self.ask_text(
            "intro",
            _("Introduction"),
            whole.intro,
            needed=True,
            hint=_("What it is for, how long it takes, who reads the answers."),
        )
        self.ask_text("intro_for_another", _("Introduction, when one answers for another"), whole.intro_for_another)
        self.ask_text("thanks", _("Thanks after sending"), whole.thanks)
        self.ask_choice("purpose", _("What it is"), words.purposes().items(), whole.purpose)
        self.ask_choice("audience", _("Who answers"), words.audiences().items(), whole.audience)
        self.ask_choice(
            "register", _("Register of a known person's answers"), words.registers().items(), whole.register
        )
        self.ask_flag("is_anonymous", _("Answers carry nobody's name"), whole.is_anonymous)
        self.ask_flag("only_oneself", _("Nobody answers it for another, a guardian neither"), whole.only_oneself)
        self.ask_flag(
            "follows_matter", _("Answers about a matter belong to the matter's register"), whole.follows_matter
        )
        self.ask_number("minutes", _("Minutes it takes"), whole.minutes)
        self.fields["source"] = forms.CharField(
            label=_("Whose it is, and on what terms"),
            required=False,
            max_length=2_000,
            initial=whole.source,
            widget=ShortText(),
        )

    def written(self) -> Questionnaire:
        """Raises NotWhole."""
        said = self.cleaned_data
        parts: dict[str, Any] = {
            name: said[name]
            for name in ("purpose", "audience", "register", "is_anonymous", "only_oneself", "follows_matter", "source")
        }
        parts["minutes"] = int(said["minutes"] or 0)
        parts |= {name: self.text(name) for name in ("name", "intro")}
        parts |= {name: self.text_or_none(name) for name in ("intro_for_another", "thanks")}
        return checked(Questionnaire, self.whole.model_dump() | parts)


def checked(kind: Any, parts: dict[str, Any]) -> Any:
    """Raises NotWhole."""
    try:
        return kind.model_validate(parts)
    except ValidationError as error:
        raise NotWhole("unlike", fault=fault_of(error)) from None
