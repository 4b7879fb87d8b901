"""What the case's page says of filling a questionnaire with the resident."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from luotsi.domain.cases.access import can_write
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.queries import forms

TOGETHER = {"resident", "staff", "both"}
ALONE = {"anyone", "resident", "both"}


def told(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    """Whether this worker may begin one here: the same rule as with other writing in the matter; and which ones are
    the matter's own.
    """
    ground = case.reason.ground if case.reason else ""
    is_open = case.closed_at is None
    may_fill = is_open and can_write(request.viewer, "questionnaire.fill", unit=case.unit, ground=ground)
    return {"may_fill": may_fill, "own_forms": own_forms(case, fitting(case)) if may_fill else []}


def fitting(case: CaseView, *, audiences: Iterable[str] = TOGETHER) -> list[Questionnaire]:
    """The questionnaires of the matter's register, of none, or whose answers follow the matter; those of its kind and
    its service first; never those that are promised to be anonymous.
    """
    found = [
        form
        for form in forms.current().values()
        if (form.follows_matter or form.register in {"", case.kind.register}) and form.audience in audiences
        and not form.is_anonymous and form.purpose not in {"request", "survey", "feedback"}
    ]  # fmt: skip
    found.sort(key=lambda form: form.name.in_language(get_language() or "fi"))
    own = own_forms(case, found)
    return [*own, *(form for form in found if form not in own)]


def own_forms(case: CaseView, among: Iterable[Questionnaire]) -> list[Questionnaire]:
    """Of these, what the kind of matter names, then what its service does, in that order."""
    by_key = {form.key: form for form in among}
    named = dict.fromkeys([*case.kind.fitting_forms, *catalogue.forms_of(case.service)])
    return [by_key[key] for key in named if key in by_key]
