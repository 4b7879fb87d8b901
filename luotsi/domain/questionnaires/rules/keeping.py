"""A questionnaire as the database keeps it: plain JSON of the definition, without what is as usual. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from luotsi.domain.questionnaires.definitions import Questionnaire


def as_kept(form: Questionnaire) -> dict[str, Any]:
    """JSON-ready; `from_kept` reads the same form again. Numbers are numbers, so that none turns into a text."""
    kept: dict[str, Any] = _plain(form.model_dump(exclude_defaults=True))
    return kept


def from_kept(kept: Mapping[str, Any]) -> Questionnaire:
    """Raises pydantic's ValidationError for what is no questionnaire."""
    return Questionnaire.model_validate(kept)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
