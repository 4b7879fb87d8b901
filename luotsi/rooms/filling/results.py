"""What sent answers mean, as their filler reads it: help first, the result, what comes next."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from luotsi.base.text import Text
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.questionnaires.definitions import following
from luotsi.domain.questionnaires.rules import State


@dataclass(frozen=True)
class ShownScore:
    name: Text
    value: Decimal
    decimals: int
    most: Decimal | None
    band: Text | None
    text: Text | None


@dataclass(frozen=True)
class ShownOutcome:
    says: Text
    service: str = ""
    url: str = ""


def told(state: State) -> dict[str, Any]:
    """`dangers`, `scores` and `outcomes`. A recommendation on the level of care is among them only where the county has
    switched that on.
    """
    services = catalogue.service_names(get_language() or "fi")
    return {
        "form": state.form,
        "dangers": state.told_dangers,
        "scores": list(_scores(state)),
        "outcomes": [
            ShownOutcome(
                one.says, services.get(one.service, ""),
                reverse("service", kwargs={"key": one.service}) if one.service in services else "",
            )
            for one in state.outcomes
            if one.says and (not one.is_care_level or following().tells_care_level)
        ],
    }  # fmt: skip


def reaches_people(state: State, *, register: str, is_about_something: bool) -> bool:
    """Whether a sign of danger in these answers is brought to a professional: the matter that they are about has it,
    or the county opens one. Never for answers that nobody is known to have given.
    """
    if not state.dangers or state.form.is_anonymous:
        return False
    names_matter = any(one.case_kind for one in state.outcomes)
    return is_about_something or names_matter or following().on_danger(state.form.purpose, register) is not None


def _scores(state: State) -> list[ShownScore]:
    shown = []
    for score in state.form.scores:
        scored = state.scores[score.key]
        if score.shown_to_resident and scored.value is not None:
            band = scored.band
            most = score.span.most if score.span else None
            name, text = (band.name, band.text) if band else (None, None)
            shown.append(ShownScore(score.name, scored.value, score.decimals, most, name, text))
    return shown
