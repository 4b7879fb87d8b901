"""The values of a copy of somebody's data in words: keys of the shelf by name, answers with their questions."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luotsi.base.text import Text
from luotsi.domain.cases.actions.writing import JOINED
from luotsi.domain.cases.definitions import case_kinds, direction_results, referral_routes
from luotsi.domain.cases.definitions.contacts import call_outcomes, channels, demands, senders
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.clocks.definitions import clock_rules, clock_words
from luotsi.domain.events.definitions import action_words, what_words
from luotsi.domain.messaging.definitions import message_templates
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people.definitions import consent_purposes, grounds, mandate_kinds, retention_rules
from luotsi.domain.people.definitions.data_map import Column
from luotsi.domain.questionnaires.queries import forms
from luotsi.domain.questionnaires.rules import in_words
from luotsi.rooms.resident.templatetags import own
from luotsi.ui.words import birth_day, day, moment

_EMPTY: tuple[Any, ...] = (None, "", [], {})


def said(value: Any, column: Column, row: Mapping[str, Any], language: str) -> str:
    """One value as its resident reads it. What has no word stays as it stands: nothing is left out."""
    if column.shows == "answers":
        return _answers(value, str(row.get("questionnaire", "")), row.get("version"), language)
    if isinstance(value, Mapping):
        return _parts(value, column, row, language)
    if isinstance(value, list | tuple):
        return ", ".join(said(one, column, row, language) for one in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column.shows in {"outcome", "close_reason"}:
        return _of_kind(str(value), column.shows, row, language)
    return _moment(value, column) or _named(str(value), column, language)


def _answers(value: Any, key: str, version: Any, language: str) -> str:
    """Each question with its answer, by the version in which it was given; of a form that is gone, the keys."""
    form = forms.known(key, version if isinstance(version, int) else None)
    if form is None:
        return "\n".join(f"{name}: {answer}" for name, answer in value.items())
    return "\n".join(f"{asked}: {answer}" for asked, answer in in_words(form, value, language))


def _parts(value: Mapping[str, Any], column: Column, row: Mapping[str, Any], language: str) -> str:
    known = {name: part for name, part in value.items() if part not in _EMPTY}
    lines = []
    for name, part in known.items():
        about = column.parts.get(name, Column(name=Text(fi=name)))
        lines.append(f"{about.name.in_language(language)}: {said(part, about, row, language)}")
    return "\n".join(lines)


def _of_kind(key: str, shows: str, row: Mapping[str, Any], language: str) -> str:
    """A decision or the reason of a closing, as the row's kind of matter calls it."""
    kind = case_kinds().get(str(row.get("kind") or "")) or case_kinds().get(str(row.get("case_kind") or ""))
    choices = () if kind is None else kind.outcomes if shows == "outcome" else kind.close_reasons
    named = next((one.name for one in choices if one.key == key), None)
    if named is None and key == JOINED:
        return _("joined to an earlier matter")
    return named.in_language(language) if named else key


def _moment(value: Any, column: Column) -> str:
    """A day or a moment, also one that an event keeps as text; "" for anything else."""
    if isinstance(value, str) and column.shows in {"day", "birth_day", "moment"}:
        value = datetime.fromisoformat(value) if column.shows == "moment" else date.fromisoformat(value)
    if isinstance(value, datetime):
        return moment(value)
    write = birth_day if column.shows == "birth_day" else day
    return write(value) if isinstance(value, date) else ""


def _named(key: str, column: Column, language: str) -> str:
    if key in column.codes:
        return column.codes[key].in_language(language)
    if column.shows == "service":
        return catalogue.service_names(language).get(key, key)  # type: ignore[arg-type]
    if column.shows in _BY_FUNCTION:
        return _BY_FUNCTION[column.shows](key)
    if column.shows in {"log_what", "log_action"}:
        word = (what_words if column.shows == "log_what" else action_words)(key)
        return word.resident.in_language(language)
    named = SHELVES.get(column.shows, dict)().get(key)
    return str(named.in_language(language)) if named else key


_BY_FUNCTION: dict[str, Callable[[str], str]] = {"language": own.language_name, "register": own.register_name}
SHELVES: dict[str, Callable[[], Mapping[str, Text]]] = {
    "unit": organisation.unit_names,
    "units": organisation.unit_names,
    "municipality": organisation.municipality_names,
    "role": lambda: {key: role.name for key, role in organisation.roles().items()},
    "profession": lambda: {role.profession: role.name for role in organisation.roles().values() if role.profession},
    "case_kind": lambda: {key: kind.name for key, kind in case_kinds().items()},
    "consent": lambda: {key: purpose.name for key, purpose in consent_purposes().items()},
    "mandate": lambda: {key: kind.name for key, kind in mandate_kinds().items()},
    "ground": lambda: {key: ground.name for key, ground in grounds().items()},
    "questionnaire": forms.names,
    "notice": lambda: {key: one.name for key, one in message_templates().items()},
    "line": lambda: {str(key): name for key, name in clock_words().lines.items()},
    "clock_rule": lambda: {key: rule.name for key, rule in (clock_rules() | retention_rules()).items()},
    "channel": lambda: {key: one.name for key, one in channels().items()},
    "referral_route": lambda: {key: one.name for key, one in referral_routes().items()},
    "direction_result": lambda: {key: one.name for key, one in direction_results().items()},
    "sender": lambda: {key: one.name for key, one in senders().items()},
    "demand": lambda: {key: one.name for key, one in demands().items()},
    "call_outcome": lambda: {key: one.name for key, one in call_outcomes().items()},
    "clock_state": lambda: {str(key): name for key, name in clock_words().states.items()},
}
# Shown as they are, by what they are made of, or by a function of their own.
OTHERWISE = {"text", "moment", "day", "birth_day", "yes_no", "answers", "body", "outcome", "close_reason"}
OTHERWISE |= {"service", "log_what", "log_action", "file"}
