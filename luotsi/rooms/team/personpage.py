"""A person's page, after reading, after a mistake and after showing what is otherwise hidden."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from luotsi.base.dates import age_if_known
from luotsi.base.now import now, today
from luotsi.domain.cases import queries as cases
from luotsi.domain.cases.queries import MatterOfPerson
from luotsi.domain.cases.rules import can_keep_private
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, may
from luotsi.domain.people import access, queries
from luotsi.domain.people.queries import Person
from luotsi.domain.people.queries.holds import is_held
from luotsi.rooms.team import words


def opened(request: HttpRequest, resident: UUID) -> Person:
    """The person, if they exist for this viewer. Raises NotAllowed, which a page answers with 404."""
    return queries.read_person(resident, viewer=request.viewer)


def opened_to_change(request: HttpRequest, resident: UUID) -> Person:
    """The person, if this viewer may write about them: emergency access opens for reading only. Raises NotAllowed."""
    if not _may_change(request, resident):
        raise NotAllowed("emergency access is for reading")
    return opened(request, resident)


def show(request: HttpRequest, person: Person, *, status: int = 200, **given: Any) -> HttpResponse:
    """The person's page. `given`: the whole code, or what to say about a press that came too late."""
    matters = _matter_lines(request, person)
    context = {
        **about(request, person),
        "matters": matters,
        "mandates": mandate_lines(request, person),
        "is_date_open": person.has_temporary_code and queries.is_date_open(person.id),
        "emergencies": _emergencies(request, person, {line["register"] for line in matters}),
        "is_held": is_held(person.id, viewer=request.viewer),
        **given,
    }
    return render(request, "team/person.html", context, status=status)


def about(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What the head of every page about this person says, and which parts the viewer's role opens."""
    reading = {"identity_code_read": may(request.viewer, "identity_code.read")}
    actions = (
        ("person.register", "mandate.record", "consent.record", "contact.register", "round.plan")
        if _may_change(request, person.id)
        else ()
    )
    return {
        "person": person,
        "age": words.age_words(age_if_known(person.birth_date, person.died_on or today())),
        "is_minor": can_keep_private(age_if_known(person.birth_date, today())),
        "municipality": organisation.municipality_names().get(person.municipality, ""),
        "language": words.language_words(person.language),
        "is_hidden": queries.hides_place(person, request.viewer),
        "may": reading | {action.replace(".", "_"): may(request.viewer, action) for action in actions},
    }


def _may_change(request: HttpRequest, resident: UUID) -> bool:
    reason = access.relationship_of(request.viewer, resident)
    return reason is not None and reason.ground != "emergency"


def mandate_lines(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    """Everybody who may or might act for the person, the ones in force first."""
    return [
        {
            "mandate": one,
            "registers": ", ".join(words.register_words(register) for register in one.registers if register != "none"),
            "source": words.source_words(one.source),
        }
        for one in queries.mandates_about(person.id, viewer=request.viewer)
    ]


def _matter_lines(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    services = catalogue.service_names(get_language())
    found = cases.matters_of(person.id, viewer=request.viewer)
    return [_matter_line(matter, person, services, request.viewer.units) for matter in found]


def _matter_line(
    matter: MatterOfPerson, person: Person, services: Mapping[str, str], units: Collection[str]
) -> dict[str, Any]:
    return {
        "matter": matter,
        "what": services.get(matter.service) or matter.kind.name,
        "register": words.register_words(matter.reason.register),
        "unit": "" if person.is_protected else organisation.unit_names()[matter.unit],
        "state": words.state_words(matter.state),
        "tone": words.state_tone(matter.state),
        "because": words.ground_words(matter.reason.ground, is_of_team=matter.unit in units),
    }


def _emergencies(request: HttpRequest, person: Person, filled: Collection[str]) -> list[dict[str, Any]]:
    """The registers that only emergency access opens to this worker, for how long still, and whether any matter stands
    in them: one that is empty is told from one that is closed.
    """
    at = now()
    opened = access.registers_open(request.viewer, person.id).values()
    told = [words.emergency(reason, person.id, at) for reason in opened]
    return [one | {"is_empty": one["register"] not in filled} for one in told if one]
