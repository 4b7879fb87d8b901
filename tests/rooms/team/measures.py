"""PHQ-9 answered about a case, as tests need it."""

from datetime import datetime, timedelta

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.domain.cases.models import Case
from luotsi.domain.events.actions import Dimensions
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Response

MILD = "111110000"
GRAVE = "333322221"


def phq9(case: Case, points: str = MILD, *, days_ago: int = 0, at: datetime | None = None) -> Response:
    """The nine answers as digits; the last one above nought is a sign of danger."""
    answers = {f"phq{number}": point for number, point in enumerate(points, 1)}
    return questionnaires.complete(
        questionnaire="phq9", answers=answers, resident=case.resident_id, language="fi", by=SYSTEM, subject=case.id,
        at=at or now() - timedelta(days=days_ago), where=Dimensions(register=case.register, unit=case.unit_id),
    )  # fmt: skip
