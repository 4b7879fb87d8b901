"""Calls as the pages show them: the lines of the call list, and the form that keeps what came of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.base.who import Who
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.definitions.contacts import call_outcomes
from luotsi.domain.cases.queries.calls import Waiting
from luotsi.domain.cases.queries.contacts import Call
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.team import words
from luotsi.rooms.team.clocks import Shown, shown_clock
from luotsi.rooms.team.forms import LONGEST_NOTE, KeyedForm
from luotsi.ui.forms import ShortText


class CallForm(KeyedForm):
    """What came of a call: one press, and a note where there is something to say."""

    contact = forms.UUIDField(error_messages={"required": _("The form was not whole. Check it and send it again.")})
    outcome = forms.CharField(error_messages={"required": _("Choose what came of the call.")})
    note = forms.CharField(required=False, max_length=LONGEST_NOTE, widget=ShortText())


@dataclass(frozen=True)
class CallLine:
    """One who waits for a call. `unit` is "" where there is only one, or where a protection order hides the place."""

    waiting: Waiting
    age: str
    what: Any
    unit: str
    channel: str
    clock: Shown | None
    calls: tuple["Tried", ...]
    key: str


@dataclass(frozen=True)
class Tried:
    call: Call
    words: str


def call_lines(waiting: Iterable[Waiting], viewer: Who) -> list[CallLine]:
    services = catalogue.service_names(get_language() or "fi")
    units = organisation.unit_names() if len(viewer.units) > 1 else {}
    return [
        CallLine(
            waiting=one,
            age=words.age_words(one.age),
            what=services.get(one.service) or case_kinds()[one.kind].name,
            unit="" if one.is_protected or one.unit not in units else units[one.unit].in_language(get_language()),
            channel=words.channel_words(one.channel),
            clock=shown_clock(one.chip) if one.chip and one.chip.is_running else None,
            calls=tried(one.calls),
            key=str(uuid4()),
        )
        for one in waiting
    ]


def seen(waiting: Iterable[tuple[UUID, int]]) -> str:
    """A short mark of who waits and how often each was tried: the same mark means that nothing has changed."""
    return blake2b(repr(sorted((str(one), tries) for one, tries in waiting)).encode(), digest_size=8).hexdigest()


def tried(calls: Iterable[Call]) -> tuple[Tried, ...]:
    names = dict(outcome_choices())
    return tuple(Tried(call, names.get(call.outcome, call.outcome)) for call in calls)


def outcome_choices() -> list[tuple[str, str]]:
    return [(key, one.name.in_language(get_language() or "fi")) for key, one in call_outcomes().items()]
