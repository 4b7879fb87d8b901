"""Contacts on the case's page, and the forms that write them down with what the worker used last."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.who import Who
from luotsi.domain.cases.access import can_write
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.definitions.contacts import demands, senders
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries.contacts import (
    ContactView,
    Joinable,
    contacts_of,
    counts_from,
    is_joinable,
    joinable_place,
    to_join,
)
from luotsi.domain.cases.queries.further import Further, further_in
from luotsi.domain.cases.rules.contact import BadContact
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.questionnaires.definitions import Danger
from luotsi.rooms.team import words
from luotsi.rooms.team.contactcalls import outcome_choices, tried
from luotsi.rooms.team.contactforms import ContactForm, MatterForm
from luotsi.ui.words import moment

_LAST = "contact_defaults"
_REMEMBERED = ("channel", "sender", "service")


def contact_form(request: HttpRequest, resident: UUID, *, municipality: str = "") -> ContactForm:
    """The form as sent, or with what this worker used last."""
    language = get_language() or "fi"
    services = catalogue.contact_services(language)
    names = {one.key: one.name for one in services}
    last = {"channel": "phone", "sender": "resident", **request.session.get(_LAST, {})}
    last["service"] = names.get(last.get("service", ""), "")
    matters = [(one, matter_name(one, names)) for one in to_join(resident, viewer=request.viewer)]
    return ContactForm(
        request.POST if request.method == "POST" else None, initial=last, services=services, viewer=request.viewer,
        municipality=municipality, open_matters=matters,
    )  # fmt: skip


def matter_form(request: HttpRequest, case: CaseView) -> MatterForm:
    """Another matter of the same contact: the service is chosen, nothing is guessed."""
    return MatterForm(
        request.POST if request.method == "POST" else None, services=catalogue.contact_services(get_language() or "fi"),
        viewer=request.viewer, municipality=case.person.municipality,
    )  # fmt: skip


def remember(request: HttpRequest, form: ContactForm) -> None:
    """What the next contact begins with. Nothing of the person is kept."""
    given = {name: str(form.cleaned_data.get(name) or "") for name in _REMEMBERED}
    last = request.session.get(_LAST, {})
    if form.found is None:
        given["service"] = last.get("service", "")
    request.session[_LAST] = given


def told(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    """What the case's page says of its contacts, and which presses it offers."""
    ground = case.reason.ground if case.reason else ""
    may = {
        action.replace(".", "_"): can_write(request.viewer, action, unit=case.unit, ground=ground)
        for action in ("contact.register", "call.record", "demand.class")
    }
    found = contacts_of(case.id, viewer=request.viewer)
    further = {one.contact: one for one in further_in(case, viewer=request.viewer, language=get_language() or "fi")}
    return {
        "given_number": _given_number(found, case),
        "contacts": [_line(one) | {"further": further.get(one.id)} for one in found],
        "dangers": list({one.title.fi: one for one in (*case.dangers, *_dangers_of(further.values()))}.values()),
        "contacts_may": may | {"other_matter": may["contact_register"] and bool(found)},
        "call_outcomes": outcome_choices(),
        "demand_groups": demand_groups(),
        "joinable": _joinable(request.viewer, case) if may["contact_register"] else [],
    }


def _given_number(contacts: Sequence[ContactView], case: CaseView) -> str:
    """The number that the person gave in the latest contact that has one, where it is another than the one kept of
    them: that is where they wait. One of whoever wrote about them is no number of theirs.
    """
    known = senders()
    theirs = [one for one in contacts if one.sender in known and known[one.sender].is_resident]
    given = next((one.call_number for one in reversed(theirs) if one.call_number), "")
    return "" if _digits(given) == _digits(case.person.phone) else given


def _digits(number: str) -> str:
    """The same for +358 40 123 4567 and 040 1234567."""
    digits = "".join(one for one in number if one.isdigit())
    return f"0{digits[3:]}" if number.strip().startswith("+358") else digits


def _dangers_of(further: Iterable[Further]) -> list[Danger]:
    return [danger for one in further for danger in one.dangers]


def demand_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The reasons in their two groups, as buttons."""
    language = get_language() or "fi"
    names = {"value": _("What we are here for"), "failure": _("Something had not been done, or not done right")}
    return [
        (name, [(key, one.name.in_language(language)) for key, one in demands().items() if one.kind == kind])
        for kind, name in names.items()
    ]


def demand_words(demand: str) -> str:
    known = demands()
    return known[demand].name.in_language(get_language() or "fi") if demand in known else demand


def matter_name(one: Joinable, services: Mapping[str, str]) -> str:
    return services.get(one.service) or case_kinds()[one.kind].name.in_language(get_language() or "fi")


def place_of(case: UUID, *, viewer: Who) -> dict[str, str]:
    """The service, kind and unit of the matter that a contact joins. Raises BadContact: it is no longer open."""
    return joinable_place(case, viewer=viewer)


def gone_to(unit: str) -> str:
    name = organisation.unit_names()[unit].in_language(get_language() or "fi")
    return _("The contact is on the list of %(unit)s now.") % {"unit": name}


def what_happened(form: ContactForm) -> str:
    counted = counts_from(form.received_at())
    if counted is None:
        return _("The contact is written down.")
    return _("The contact is written down. It came outside office hours and counts from %(when)s.") % {
        "when": moment(counted)
    }


def refusal_words(refusal: BadContact) -> str:
    """Why it could not be written down, and what to do."""
    known = {
        "future": _("The time is in the future. Check the day and the time."),
        "too_old": _("The time is over a year ago. Check the year."),
        "unknown_channel": _("This way of getting in touch is not used for such a matter. Choose another one."),
        "unknown_sender": _("Choose who got in touch."),
        "unknown_outcome": _("Choose what came of the call from the buttons."),
        "nothing_told": _("Write in short what was said."),
        "no_name": _("Write who got in touch. If they do not want to say, choose so."),
        "no_note": _("Write when you agreed to call."),
        "unknown_kind": _("Choose the kind of matter from the list."),
        "unknown_unit": _("This unit does not take care of such matters. Choose another unit or kind."),
        "unknown_service": _("Choose the service."),
        "not_theirs": _("The matter is another person's. Choose one of this person's matters."),
        "is_closed": _("The matter was closed meanwhile. Open a new one."),
        "is_judged": _("The need was judged meanwhile. The matters stay apart."),
        "no_contact": _("Nobody got in touch about this matter. Write the contact down on the person's page."),
        "other_register": _("What was told here is not read in another register. Send a referral instead."),
        "same_matter": _("Choose another matter."),
    }
    return known.get(refusal.why, _("Check what you wrote and send it again."))


def _line(one: ContactView) -> dict[str, Any]:
    sender = senders().get(one.sender)
    return {
        "contact": one,
        "channel": words.channel_words(one.channel),
        "sender": sender.name.in_language(get_language() or "fi") if sender and not sender.is_resident else "",
        "calls": tried(one.calls),
        "demand": demand_words(one.demand) if one.demand else "",
        "suggested": demand_words(one.suggestion.demand) if one.suggestion else "",
        "key": str(uuid4()),
    }


def _joinable(viewer: Who, case: CaseView) -> Sequence[dict[str, Any]]:
    """Earlier open matters of the same kind, while this one is still only a contact."""
    if not is_joinable(case.id, viewer=viewer):
        return []
    names = catalogue.service_names(get_language() or "fi")
    earlier = to_join(case.person.id, viewer=viewer, kind=case.kind.key, but=case.id)
    return [
        {"id": one.id, "name": matter_name(one, names), "opened_at": one.opened_at}
        for one in earlier if one.opened_at <= case.opened_at
    ]  # fmt: skip
