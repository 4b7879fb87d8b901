"""Outcomes: what follows from the scores and the answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from luotsi.domain.questionnaires.definitions import Outcome, Questionnaire, When
from luotsi.domain.questionnaires.rules.asking import holds
from luotsi.domain.questionnaires.rules.state import Scored


def following(form: Questionnaire, scores: Mapping[str, Scored], sheet: Any) -> Iterator[Outcome]:
    """Every outcome that holds, in the order of the form. A score without a value is in no band or limits."""
    for outcome in form.outcomes:
        held = (_holds(when, scores, sheet) for when in outcome.when)
        if any(held) if outcome.any_of else all(held):
            yield outcome


def _holds(when: When, scores: Mapping[str, Scored], sheet: Any) -> bool:
    if when.answer:
        return holds(when.answer, sheet.values(when.answer.item))
    found = scores[when.score]
    if found.value is None:
        return False
    if when.bands and (found.band is None or found.band.key not in when.bands):
        return False
    return (when.least is None or found.value >= when.least) and (when.most is None or found.value <= when.most)
