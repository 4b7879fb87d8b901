"""The answer of `luotsi access explain` in sentences and as a document. No name of a resident stands in it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luotsi.base.now import in_helsinki
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.queries import Given, RoleHeld
from luotsi.domain.people import definitions as people
from luotsi.domain.people.access import Reason
from luotsi.domain.people.queries.explaining import Explained, Tie

_REGISTERS = ("health", "social", "child_welfare", "none")
_STATES = {
    "waiting": "waits for a second person",
    "lapsed": "was never confirmed",
    "declined": "was declined",
    "withdrawn": "was withdrawn",
    "planned": "begins later",
    "over": "is over",
    "ended": "was ended early",
}


@dataclass(frozen=True)
class Asked:
    """A worker with their roles now and all that they were given, and what stands between them and a resident."""

    name: str
    staff: UUID
    held: list[RoleHeld]
    rights: list[Given]
    explained: Explained

    def opens(self, register: str) -> dict[str, Reason]:
        """The roles in which the register is open now, each with its reason."""
        every = self.explained.opens.items()
        return {role: open_now[register] for role, open_now in every if register in open_now and _reads(role)}


def sentences(asked: Asked) -> list[str]:
    found = asked.explained
    lines = [f"{asked.name} and the resident {found.resident}:", *_verdicts(asked), "", *_roles(asked), ""]
    lines += [*_ties(asked), "", *_words(found)]
    missing = list(_missing(asked))
    return [*lines, "", "What is missing:", *(f"  {line}" for line in missing)] if missing else lines


def as_json(asked: Asked) -> dict[str, Any]:
    found = asked.explained
    document = {
        "user": {"id": asked.staff, "name": asked.name},
        "resident": found.resident,
        "registers": {
            register: [{"role": role, **asdict(reason)} for role, reason in asked.opens(register).items()]
            for register in _REGISTERS
        },
        "roles": [asdict(one) | {"units": sorted(one.units)} for one in asked.held],
        "rights": [asdict(one) for one in asked.rights],
        "relationships": [asdict(tie) for tie in found.ties],
        "consents": [asdict(word) for word in found.words],
        "missing": list(_missing(asked)),
    }
    return _plain(document)  # type: ignore[no-any-return]


def _verdicts(asked: Asked) -> Iterator[str]:
    """One line for each register: open, by what and until when; or closed."""
    for register in _REGISTERS:
        opened = asked.opens(register)
        for role, reason in opened.items():
            yield f"  {_register(register)}: open as {_role(role)}, {_because(reason)}"
        if not opened:
            yield f"  {_register(register)}: closed"


def _because(reason: Reason) -> str:
    words = f"by {people.grounds()[reason.ground].name.en[0].lower()}{people.grounds()[reason.ground].name.en[1:]}"
    return words + _span(reason.since, reason.until)


def _roles(asked: Asked) -> Iterator[str]:
    if not asked.held:
        yield "No role in force now."
    for one in asked.held:
        role = organisation.roles()[one.role]
        until = f" until {one.until:%Y-%m-%d}" if one.until else ""
        places = ", ".join(sorted(organisation.unit_names()[unit].en for unit in one.units))
        grounds, registers = ", ".join(role.grounds) or "no ground", ", ".join(role.registers) or "no register"
        yield f"Role: {role.name.en} in {places}{until}; opens by {grounds}; works in {registers}."


def _ties(asked: Asked) -> Iterator[str]:
    if not asked.explained.ties:
        yield "Relationships: none, neither of the worker nor of their units."
        return
    yield "Relationships:"
    for tie in asked.explained.ties:
        whose = organisation.unit_names()[tie.unit].en if tie.unit in organisation.unit_names() else "the worker"
        state = "holds" if tie.holds else "does not hold"
        yield f"  {tie.ground} of {whose}, {_register(tie.register)}{_span(tie.begins_at, tie.ends_at)}: {state}"


def _words(found: Explained) -> Iterator[str]:
    if not found.words:
        yield "Consents between registers: none."
        return
    yield "Consents between registers:"
    for word in found.words:
        said = "yes" if word.is_yes else "no"
        state = "holds" if word.holds else "does not hold"
        yield f"  {said} to {word.by} reading {word.reads}{_span(word.given_at, word.withdrawn_at)}: {state}"


def _missing(asked: Asked) -> Iterator[str]:
    """What would have to be otherwise for something closed to open. Nothing when a register is open."""
    found = asked.explained
    if found.is_erased:
        yield "the resident's records have been erased"
    if any(asked.opens(register) for register in _REGISTERS):
        return
    if not asked.held:
        yield "a role in force; " + (_last(asked.rights) if asked.rights else "none was ever given")
        return
    if not any(_reads(one.role) for one in asked.held):
        yield "a role that opens records; theirs opens none"
        return
    if not any(tie.holds for tie in found.ties):
        yield "a relationship that holds: a matter on the list of their unit, a time with them, a plan or an assignment"
    for tie in (tie for tie in found.ties if tie.holds and not _is_known(tie, asked)):
        yield f"a role that opens records by the ground {tie.ground}"
    if any("emergency.open" in organisation.roles()[one.role].may for one in asked.held):
        hours = people.grounds()["emergency"].lasts_hours
        yield f"or an emergency: {hours} hours, with a written reason that the privacy officer checks"


def _is_known(tie: Tie, asked: Asked) -> bool:
    return any(tie.ground in organisation.roles()[one.role].grounds for one in asked.held)


def _reads(role: str) -> bool:
    return bool({"case.read", "person.read"} & set(organisation.roles()[role].may))


def _last(rights: list[Given]) -> str:
    """The newest of what was given, and what became of it."""
    one = rights[0]
    return f"{_role(one.role)} in {one.unit} {_STATES.get(one.state, 'holds')}"


def _role(key: str) -> str:
    role = organisation.roles().get(key)
    return role.name.en if role else key


def _register(key: str) -> str:
    return {"none": "no register"}.get(key, key.replace("_", " "))


def _span(since: datetime | None, until: datetime | None) -> str:
    first = f" since {in_helsinki(since):%Y-%m-%d %H:%M}" if since else ""
    return first + (f" until {in_helsinki(until):%Y-%m-%d %H:%M}" if until else "")


def _plain(value: Any) -> Any:
    """The value as JSON knows it; times in Finnish local time."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return in_helsinki(value).isoformat()
    return str(value) if isinstance(value, (UUID, date)) else value
