"""What a worker writes of a contact: who, how, about what, what was said, when, and where to call back."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import HELSINKI, now, today
from luotsi.base.who import Who
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.definitions.contacts import channels, senders
from luotsi.domain.cases.queries.contacts import Joinable
from luotsi.domain.cases.rules.contact import Said
from luotsi.domain.catalogue.queries import ContactService, find
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import works_in
from luotsi.rooms.team import fields
from luotsi.rooms.team.forms import KeyedForm, note_field
from luotsi.ui.forms import Choices, ShortText
from luotsi.ui.words import moment

NEW = "new"
_TIME = re.compile(r"^(\d{1,2})(?:[.:](\d{2}))?\Z")
_MOST_FOUND = 5


class TimeField(forms.CharField):
    """A time of day as people write it: 9, 9.15 or 09:15."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=5, widget=ShortText({"autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> time | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = _TIME.match(text)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if hour > 23 or minute > 59:
            raise forms.ValidationError(_("Write the time so: 9.15."))
        return time(hour, minute)


class MatterForm(forms.Form):
    """Which service the matter is about; the kind of matter and the unit follow from it unless they are said."""

    service = forms.CharField(
        label=_("Service"), max_length=100, error_messages={"required": _("Choose the service.")},
        help_text=_("Begin to write and choose. Any words will do: we look for the service."),
        widget=ShortText({"list": "services", "autocomplete": "off"}),
    )  # fmt: skip
    pick = forms.ChoiceField(label=_("Which of these services"), required=False, widget=Choices())
    kind = forms.ChoiceField(label=_("Kind of matter"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(
        self, *args: Any, services: Sequence[ContactService], viewer: Who, municipality: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.municipality = viewer, municipality
        language = get_language() or "fi"
        self.services = {one.key: one for one in services if _is_for(viewer, one)}
        kinds = [(key, one.name.in_language(language)) for key, one in case_kinds().items() if _may_open(viewer, key)]
        names = {key: name.in_language(language) for key, name in organisation.unit_names().items()}
        units = [(key, names[key]) for key, one in organisation.units().items() if works_in(viewer.role, one.register)]
        self.fields["kind"].choices = [("", _("By the service")), *kinds]
        self.fields["unit"].choices = [("", _("By the service")), *units]
        self.fields["pick"].choices = [(one.key, one.name) for one in self.services.values()]
        self.found: ContactService | None = None
        self.offered: list[tuple[str, str]] = []  # services that fit words which are no service's name

    def has_to_choose(self) -> bool:
        return True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.found = self._service(given) if self.has_to_choose() else None
        if self.found is not None:
            given["service"] = self.found.key
            self._unit_and_kind(given, self.found)
        return given

    def _service(self, given: dict[str, Any]) -> ContactService | None:
        """The service of that name, or the one picked of those that were found for the words."""
        text = given.get("service", "").strip()
        same = [one for one in self.services.values() if text.casefold() in {one.name.casefold(), one.key}]
        chosen = self.services.get(given.get("pick", "")) or next(iter(same), None)
        if chosen is not None:
            return chosen
        if not text:
            if "service" not in self.errors:
                self.add_error("service", _("Choose the service."))
            return None
        near = self._near(text)
        self.offered = [(one.key, one.name) for one in near]
        self.fields["pick"].choices = self.offered
        words = _("No service has quite that name. Choose one of those below, or write it otherwise.")
        self.add_error("service", words if near else _("No service was found by these words. Write it otherwise."))
        return None

    def _near(self, text: str) -> list[ContactService]:
        """The finder's answers, after those whose names begin so."""
        begin = [one for one in self.services.values() if one.name.casefold().startswith(text.casefold())]
        answers = find(text, language=get_language() or "fi", municipality=self.municipality, at=now()).results
        found = [self.services[one.key] for one in answers if one.key in self.services]
        return list({one.key: one for one in [*begin, *found]}.values())[:_MOST_FOUND]

    def _unit_and_kind(self, given: dict[str, Any], service: ContactService) -> None:
        given["unit"] = given.get("unit") or service.unit_for(self.municipality, self.viewer.units)
        if not given["unit"]:
            self.add_error("unit", _("Several units give this service. Choose the unit."))
            return
        register = organisation.units()[given["unit"]].register
        kind = given.get("kind") or service.case_kind
        if not kind or (not given.get("kind") and case_kinds()[kind].register != register):
            fitting = [key for key, one in case_kinds().items() if one.register == register and not one.is_request]
            kind = fitting[0] if len(fitting) == 1 else ""
        if not kind:
            self.add_error("kind", _("Choose the kind of matter: the service alone does not tell it."))
        elif case_kinds()[kind].register != register:
            self.add_error("unit", _("This unit does not take care of such matters. Choose another unit or kind."))
        given["kind"] = kind


class ContactForm(KeyedForm, MatterForm):
    """A contact as it is heard. `joins` is asked where the person has open matters to which it may belong."""

    channel = forms.ChoiceField(
        label=_("How they got in touch"), widget=Choices(),
        error_messages={"required": _("Choose how they got in touch."), "invalid_choice": _("Choose one of the ways.")},
    )  # fmt: skip
    told = note_field(_("What was said"), _("In short, as it was told. The resident can read it."), rows=4)
    has_danger = forms.BooleanField(label=_("Somebody is in danger now"), required=False)
    call_number = fields.phone_field()
    joins = forms.ChoiceField(
        label=_("To which matter it belongs"), widget=Choices(),
        error_messages={
            "required": _("The person has an open matter. Choose whether this belongs to it."),
            "invalid_choice": _("Choose one of the matters below. The one you chose may have been closed meanwhile."),
        },
    )  # fmt: skip
    sender = forms.ChoiceField(
        label=_("Who got in touch"), error_messages={"invalid_choice": _("Choose who got in touch.")}
    )
    sender_name = forms.CharField(
        label=_("Their name and what they are to the resident"), required=False, max_length=200,
        widget=ShortText({"autocomplete": "off"}),
    )  # fmt: skip
    received_day = fields.DayField(label=_("Day, if it came earlier"), required=False)
    received_time = TimeField(label=_("Time of day, if it came earlier"), required=False)
    field_order = ("channel", "told", "joins", "service", "pick", "has_danger", "call_number")

    def __init__(self, *args: Any, open_matters: Sequence[tuple[Joinable, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "fi"
        ways = [one for one in channels().values() if one.written_by == "worker" and self._is_used(one.registers)]
        self.fields["channel"].choices = [(one.key, one.name.in_language(language)) for one in ways]
        self.fields["sender"].choices = [(key, one.name.in_language(language)) for key, one in senders().items()]
        self.fields["call_number"].label = _("Call back at")
        self.fields["call_number"].help_text = _("Only if they wait for a call. Otherwise leave it empty.")
        self.fields["told"].required = True
        self.fields["told"].widget.attrs["autofocus"] = not self.is_bound  # else the list of mistakes has the focus
        self.fields["told"].error_messages["required"] = _("Write in short what was said.")
        if open_matters:
            known = [(str(one.id), f"{name}, {moment(one.opened_at)}") for one, name in open_matters]
            self.fields["joins"].choices = [*known, (NEW, _("A new matter"))]
            self.fields["service"].required = False  # the matter that is joined has one
        else:
            del self.fields["joins"]

    def _is_used(self, registers: Sequence[str]) -> bool:
        return not registers or any(works_in(self.viewer.role, register) for register in registers)

    def has_to_choose(self) -> bool:
        return bool(self.cleaned_data.get("joins", NEW) == NEW)

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(
            channel=given["channel"],
            told=given["told"],
            received_at=self.received_at(),
            sender=given["sender"],
            sender_name=given["sender_name"],
            call_number=given["call_number"],
            has_danger=given["has_danger"],
        )

    def received_at(self) -> datetime:
        """The true time: now, unless the worker says that it came earlier. A letter has a day and no hour: noon."""
        on: date | None = self.cleaned_data.get("received_day")
        at: time | None = self.cleaned_data.get("received_time")
        if on is None and at is None:
            return now()
        is_today = on is None or on == today()
        hour = at or (now().astimezone(HELSINKI).time() if is_today else time(12))
        return datetime.combine(on or today(), hour, tzinfo=HELSINKI)


def _may_open(viewer: Who, kind: str) -> bool:
    known = case_kinds()[kind]
    return works_in(viewer.role, known.register) and not known.is_request


def _is_for(viewer: Who, service: ContactService) -> bool:
    """Whether the worker's role works in the register of a unit that gives the service."""
    return any(works_in(viewer.role, organisation.units()[unit].register) for unit in service.every_unit)
