"""What the case's page says of filling a questionnaire with the resident."""

from typing import Any

from django.http import HttpRequest

from luotsi.domain.cases.access import can_write
from luotsi.domain.cases.queries import CaseView


def told(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    """Whether this worker may begin one here: the same rule as with other writing in the matter."""
    ground = case.reason.ground if case.reason else ""
    is_open = case.closed_at is None
    return {"may_fill": is_open and can_write(request.viewer, "questionnaire.fill", unit=case.unit, ground=ground)}
