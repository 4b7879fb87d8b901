"""A story told from outside, as a JSON document: checked field by field before anything is counted.

Every refusal is a ToldWronglyError that names the event and the field. What is read here is still only told:
`rules.whole` makes the clocks of it.
"""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from luotsi.domain.clocks.definitions import (
    CONDITIONS,
    LINES,
    ClockRule,
    ClockSettings,
    ClockStories,
    Condition,
    FieldKind,
    StoryEventKind,
    StoryField,
)
from luotsi.domain.clocks.definitions.stories import OUTCOMES, WHO
from luotsi.domain.clocks.rules.moments import moment_from

_DOCUMENT = ("at", "born", "set", "events", "note")
_EVERY_EVENT = ("kind", "at", "id", "corrects", "conditions", "note")
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_OTHER_NAMES = {"occurred_at": "at", "uid": "id"}


class ToldWronglyError(ValueError):
    """A story that cannot be read. The sentence names the event, the field and the mend."""


@dataclass(frozen=True)
class ToldEvent:
    """One event as told: its place in the document (from 1), what and when, and its fields."""

    number: int
    uid: UUID
    kind: str
    at: datetime
    body: Mapping[str, Any]
    corrects: UUID | None = None

    def wrong(self, field: str, why: str) -> ToldWronglyError:
        return ToldWronglyError(f"event {self.number} ({self.kind}), field {field}: {why}")

    def text(self, field: str) -> str:
        return str(self.body.get(field) or "")


@dataclass(frozen=True)
class Told:
    """A whole story: what happened, whose it is, and what is true of the matter. `at`: the moment it is read for."""

    events: tuple[ToldEvent, ...]
    born: date | None
    at: datetime | None
    choices: Mapping[str, bool | str]


@dataclass(frozen=True)
class Known:
    """What a story may speak of: the kinds of events, the rules by id, and how the county counts."""

    stories: ClockStories
    rules: Mapping[str, ClockRule]
    settings: ClockSettings


def told_from(document: Any, known: Known) -> Told:
    """The story in a JSON document: an object with `events`, or the list of events alone. Raises ToldWronglyError."""
    if isinstance(document, list):
        document = {"events": document}
    if not isinstance(document, dict):
        raise ToldWronglyError("a story is a JSON object with a list of events, or that list alone")
    _check_names(document, _DOCUMENT, "the document")
    listed = document.get("events")
    if not isinstance(listed, list) or not listed:
        raise ToldWronglyError("the document, field events: it needs a list with at least one event")
    events = tuple(_event(number, told, known) for number, told in enumerate(listed, 1))
    _check_names_of_events(events, listed)
    return Told(
        events=_named(events, listed),
        born=_born(document.get("born")),
        at=_at(document.get("at"), known),
        choices=_choices(document.get("set")),
    )


def _event(number: int, told: Any, known: Known) -> ToldEvent:
    if not isinstance(told, dict):
        raise ToldWronglyError(f"event {number}: an event is an object with kind and at, not {told!r}")
    told = _flat(told)
    name, kind = _kind(number, told, known)
    event = ToldEvent(number, uuid5(NAMESPACE_OID, repr(sorted(told.items(), key=str))), name, _NEVER, {})
    fields = {"at": _AT, **kind.fields}
    read = {field: _read(event, field, about, told.get(field), known) for field, about in fields.items()}
    _check_names(told, (*_EVERY_EVENT, *kind.fields), f"event {number} ({name})", only_near=True)
    conditions = {"conditions": _conditions(event, told["conditions"])} if told.get("conditions") else {}
    _check_named(event, kind, read)
    body = {field: value for field, value in read.items() if value is not None and field != "at"}
    return replace(event, at=read["at"], body={**body, **conditions})


def _flat(told: dict[str, Any]) -> dict[str, Any]:
    """The fields of `body` beside the others, as an event that was exported has them; null is not told."""
    body = told.get("body")
    parts = {**told, **body} if isinstance(body, dict) else dict(told)
    parts.pop("body", None)
    return {_OTHER_NAMES.get(name, name): value for name, value in parts.items() if value is not None}


def _kind(number: int, told: Mapping[str, Any], known: Known) -> tuple[str, StoryEventKind]:
    name = told.get("kind")
    if name is None:
        raise ToldWronglyError(f"event {number}, field kind: it is missing; say what happened")
    if not isinstance(name, str) or name not in known.stories.kinds:
        raise ToldWronglyError(f"event {number}, field kind: {name!r} is not known; {_near(name, known.stories.kinds)}")
    return name, known.stories.kinds[name]


def _read(event: ToldEvent, field: str, about: StoryField, value: Any, known: Known) -> Any:
    """One field's value, None when it is not told."""
    if value is None:
        if about.needed:
            raise event.wrong(field, f"it is missing; {_MENDS[about.kind]}")
        return about.usually
    return _READS[about.kind](event, field, value, known)


def _moment(event: ToldEvent, field: str, value: Any, known: Known) -> datetime:
    try:
        return moment_from(value, opens=known.settings.office_opens)
    except ValueError as error:
        raise event.wrong(field, str(error)) from None


def _yes_no(event: ToldEvent, field: str, value: Any, known: Known) -> bool:
    if not isinstance(value, bool):
        raise event.wrong(field, f"{value!r} is not true or false")
    return value


def _words(event: ToldEvent, field: str, value: Any, known: Known) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise event.wrong(field, f"{value!r} is not words")
    return str(value)


def _one_of(choices: Callable[[Known], Sequence[str]]) -> Callable[[ToldEvent, str, Any, Known], str]:
    def read(event: ToldEvent, field: str, value: Any, known: Known) -> str:
        allowed = choices(known)
        if value not in allowed:
            raise event.wrong(field, f"{value!r} is not known; {_near(value, allowed)}")
        return str(value)

    return read


_READS: dict[FieldKind, Callable[[ToldEvent, str, Any, Known], Any]] = {
    "moment": _moment,
    "yes_no": _yes_no,
    "words": _words,
    "profession": _words,
    "pause_reason": _words,
    "line": _one_of(lambda known: LINES),
    "rule": _one_of(lambda known: tuple(known.rules)),
    "outcome": _one_of(lambda known: OUTCOMES),
    "who": _one_of(lambda known: WHO),
}
_MENDS: dict[FieldKind, str] = {
    "moment": "write it as 2026-03-31T09:10",
    "outcome": f"say one of {', '.join(OUTCOMES)}",
    "who": f"say one of {', '.join(WHO)}",
    "pause_reason": "a pause needs its ground, such as medical_reason",
    "words": "say who or which",
}
_AT = StoryField.model_validate({"kind": "moment", "needed": True, "says": {"fi": "at"}})


def _conditions(event: ToldEvent, value: Any) -> dict[Condition, bool]:
    held = dict.fromkeys(value, True) if isinstance(value, list) else value
    if not isinstance(held, dict) or not all(isinstance(one, bool) for one in held.values()):
        raise event.wrong("conditions", 'write them as ["special_support_child"] or {"special_support_child": true}')
    for name in held:
        if name not in CONDITIONS:
            raise event.wrong("conditions", f"{name!r} is not known; {_near(name, CONDITIONS)}")
    return held


def _check_named(event: ToldEvent, kind: StoryEventKind, read: Mapping[str, Any]) -> None:
    """A clock's own start and stop say which clock."""
    names_clock = event.kind in ("clock.started", "clock.stopped")
    if names_clock and not (read.get("rule") or read.get("line")):
        raise event.wrong("rule", "it is missing; name the rule, such as CWA-START-7WD, or the line")


def _check_names(told: Mapping[str, Any], known: Sequence[str], where: str, *, only_near: bool = False) -> None:
    """Refuse a misspelt name. Of an event, other names are let be, so that a record can be read as it is."""
    for name in told:
        if name in known:
            continue
        near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.75)
        if near or not only_near:
            mend = f"did you mean {near[0]}?" if near else f"it may have {', '.join(known)}"
            raise ToldWronglyError(f"{where}, field {name}: it is not known; {mend}")


def _check_names_of_events(events: Sequence[ToldEvent], listed: Sequence[Any]) -> None:
    ids = [_flat(told).get("id") for told in listed]
    for event, told in zip(events, ids, strict=True):
        if told is not None and ids.index(told) != event.number - 1:
            raise event.wrong("id", f"event {ids.index(told) + 1} has the id {told!r} too; each has its own")
    for event, told in zip(events, listed, strict=True):
        corrects = _flat(told).get("corrects")
        if corrects is not None and corrects not in ids:
            raise event.wrong("corrects", f"no event has the id {corrects!r}")


def _named(events: Sequence[ToldEvent], listed: Sequence[Any]) -> tuple[ToldEvent, ...]:
    """The events under the names that they correct each other by."""
    by_id = {_flat(told).get("id"): event.uid for event, told in zip(events, listed, strict=True)}
    return tuple(
        replace(event, corrects=by_id.get(_flat(told).get("corrects")) if _flat(told).get("corrects") else None)
        for event, told in zip(events, listed, strict=True)
    )


def _born(value: Any) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ToldWronglyError(f"the document, field born: {value!r} is not a day; write it as 2003-06-13") from None


def _at(value: Any, known: Known) -> datetime | None:
    if value is None:
        return None
    try:
        return moment_from(value, opens=known.settings.office_opens, is_end=True)
    except ValueError as error:
        raise ToldWronglyError(f"the document, field at: {error}") from None


def _choices(value: Any) -> dict[str, bool | str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(one, bool | str) for one in value.values()):
        raise ToldWronglyError('the document, field set: write it as {"eves_count": true}')
    return value


def _near(value: Any, known: Sequence[str] | Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(str(value), list(known), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else f"choose from {', '.join(known)}"
