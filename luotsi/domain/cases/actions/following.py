"""What follows from answers that a resident gave by themselves: the matter that an outcome names opens, or the answers
go to whoever has an open matter of theirs; a sign of danger always reaches people, as the county has it. What was
answered about a matter stands in it already. What is anonymous leads to nobody.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.ids import new_id
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases.actions.contacts import number_in, place, take_contact
from luotsi.domain.cases.actions.road import record_in
from luotsi.domain.cases.definitions import CaseKind, case_kinds
from luotsi.domain.cases.events import AnswersPlaced
from luotsi.domain.cases.models import Case, Contact
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people import queries as people
from luotsi.domain.people.actions.relationships import same_person
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Outcome, Questionnaire, following
from luotsi.domain.questionnaires.models import Response
from luotsi.domain.questionnaires.queries import forms


@transaction.atomic
def follow_answers(*, response: UUID, at: datetime) -> Case | None:
    """The matter to which these answers lead, None when they lead to none. Twice gives the same. For the system."""
    with as_system():
        row = questionnaires.sent_by_somebody(response)
        if row is None or _stands_somewhere(row):
            return None
        form = forms.definition(row.questionnaire, row.version)
        state = rules.read(form, row.answers, on=local_day(row.completed_at))
        named = _naming(state.outcomes)
        leads_to = named or (_for_danger(row, form) if state.dangers else None)
        kind = case_kinds()[leads_to.case_kind] if leads_to else None
        register = kind.register if kind else row.register
        if standing := _standing(row, register, is_enough=named is None or following().opens_matter == "proposes"):
            if named is None and not state.dangers:
                return None
            questionnaires.put_with(row, standing.id, register=register)
            record_in(standing, AnswersPlaced(response=row.id), by=SYSTEM, at=at)
            return standing
        return _open(row, state, leads_to, kind, at) if leads_to and kind else None


def _stands_somewhere(row: Response) -> bool:
    """Whether a matter shows it already: about one, with the contact that opened one, or a correction of such."""
    about = [row.subject] if row.subject else []
    return (
        Contact.objects.filter(response_id=row.id).exists()
        or Case.objects.filter(id__in=about).exists()
        or Contact.objects.filter(id__in=about).exists()
    )


def _naming(outcomes: tuple[Outcome, ...]) -> Outcome | None:
    """The outcome that names a kind of matter, one that recommends no level of care before the others."""
    naming = [one for one in outcomes if one.case_kind in case_kinds()]
    return min(naming, key=lambda one: one.is_care_level, default=None)


def _for_danger(row: Response, form: Questionnaire) -> Outcome | None:
    """What the county opens when answers signal danger and no outcome of theirs names a matter."""
    opens = following().on_danger(form.purpose, row.register)
    if opens is None or opens.case_kind not in case_kinds():
        return None
    return Outcome(key="danger", when=(), service=opens.service, case_kind=opens.case_kind, unit=opens.unit)


def _standing(row: Response, register: str, *, is_enough: bool) -> Case | None:
    """The newest open matter of the person in the register, where that is enough."""
    if not is_enough or row.resident_id is None:
        return None
    cases = Case.objects.filter(resident_id__in=same_person(row.resident_id), register=register, closed_at=None)
    return cases.order_by("-opened_at").first()


def _open(row: Response, state: rules.State, named: Outcome, kind: CaseKind, at: datetime) -> Case | None:
    service, unit = _where(row, named, kind)
    if not unit:
        return None
    contact = Contact(
        id=new_id(), key=row.id, resident_id=row.resident_id, register=kind.register, channel="form", service=service,
        unit_id=unit, language=row.language, response=row, received_at=row.completed_at,
        has_danger=bool(state.dangers), sent_by_id=row.acting_by_id, written_by_id=row.filled_by_id,
        call_number=number_in(state.form, row.answers),
    )  # fmt: skip
    by = _sender(row)
    questionnaires.put_with(row, contact.id, register=kind.register)
    take_contact(contact, kind, by=by)
    return place(contact, kind, by=by, at=at)


def _where(row: Response, named: Outcome, kind: CaseKind) -> tuple[str, str]:
    """The service and the unit that receives: the person's own, that of their municipality, or one for the county."""
    service = named.service or next(
        (one.key for one in catalogue.contact_services("fi") if one.case_kind == kind.key), ""
    )  # fmt: skip
    resident: UUID = row.resident_id
    if named.unit == "own":
        own = Case.objects.filter(resident_id__in=same_person(resident), register=kind.register, kind=kind.key)
        if found := own.order_by("-opened_at").values_list("unit", flat=True).first():
            return service, found
    municipality = "" if named.unit == "central" else people.person(resident).municipality
    return service, catalogue.unit_for(service, municipality) or catalogue.unit_for(service, "")


def _sender(row: Response) -> Who:
    """Whoever sent it, so that what a minor asked themselves stays theirs."""
    if row.filled_by_id is not None:
        return SYSTEM
    if row.acting_by_id is not None:
        return Who(kind="resident", role="resident", id=row.acting_by_id, acting_for=row.resident_id)
    return Who(kind="resident", role="resident", id=row.resident_id)
