"""What follows from answers besides what stands on the page: for the table of reactions."""

from uuid import UUID

from luotsi.base.now import local_day
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.models import Response
from luotsi.domain.questionnaires.queries import forms


def message_of(response: UUID) -> str:
    """The template of the notice that the first outcome with one sends to the resident; "" without."""
    with as_system():
        row = Response.objects.filter(id=response, completed_at__isnull=False).first()
    if row is None or row.completed_at is None:
        return ""
    state = rules.read(forms.definition(row.questionnaire, row.version), row.answers, on=local_day(row.completed_at))
    return next((one.message for one in state.outcomes if one.message), "")
