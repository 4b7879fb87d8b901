"""What a case's story says of questionnaires."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from luotsi.domain.cases.queries import CaseView
from luotsi.domain.questionnaires.queries import forms
from luotsi.ui.words import in_language

Body = Mapping[str, Any]


def _completed(body: Body, case: CaseView) -> str:
    told = {"name": _name(body)}
    if body.get("questionnaire") == case.form:
        return _("The resident answered the questions")
    if body.get("replaces"):
        return _("A questionnaire was corrected: %(name)s") % told
    if body.get("danger"):
        return _("A questionnaire was answered, and tells of a danger sign: %(name)s") % told
    return _("A questionnaire was answered: %(name)s") % told


def _started(body: Body, case: CaseView) -> str:
    return _("A questionnaire was begun: %(name)s") % {"name": _name(body)}


def _invited(body: Body, case: CaseView) -> str:
    return _("Asked to answer: %(name)s") % {"name": _name(body)}


def _reminded(body: Body, case: CaseView) -> str:
    return _("Reminded to answer: %(name)s") % {"name": _name(body)}


def _uninvited(body: Body, case: CaseView) -> str:
    return _("The answer is not needed any more: %(name)s") % {"name": _name(body)}


def _name(body: Body) -> str:
    key = str(body.get("questionnaire", ""))
    known = forms.current().get(key)
    return in_language(known.name) if known else key


SENTENCES: dict[str, Callable[[Body, CaseView], str]] = {
    "questionnaire.completed": _completed,
    "questionnaire.started": _started,
    "questionnaire.invited": _invited,
    "questionnaire.reminded": _reminded,
    "questionnaire.uninvited": _uninvited,
}
