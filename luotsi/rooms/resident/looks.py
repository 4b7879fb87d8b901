"""The log in plain words, for the one whose data were looked at: who, when, what they did and why they may."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.domain.cases.queries import kept_from
from luotsi.domain.events.definitions import action_words, what_words
from luotsi.domain.events.queries import Looked
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries as staff
from luotsi.domain.people import queries as people
from luotsi.domain.people.definitions import grounds
from luotsi.domain.people.queries import Agent, Opening
from luotsi.ui.words import bare_time, clock_time


@dataclass(frozen=True)
class Line:
    """Somebody looked, in words. `row` is the number in the log by which one asks about it."""

    day: date
    when: str
    who: str
    did: str
    why: str
    is_own: bool
    is_acting: bool
    is_disclosure: bool
    is_emergency: bool
    row: int
    first_at: datetime
    last_at: datetime
    times: int
    registers: tuple[str, ...]


def in_words(lines: Iterable[Looked], *, viewer: Who) -> list[Line]:
    """Each line with names: of workers, and of those who acted for the resident."""
    lines = list(lines)
    workers = staff.names_of({one.actor_id for one in lines if one.actor_kind == "staff" and one.actor_id})
    actors = {one.actor_id for one in lines if one.actor_kind == "resident" and one.actor_id}
    agents = people.who_acted(actors - {viewer.id}, viewer=viewer)
    units = _units_shown(viewer)
    openings = people.openings_of(viewer) if any(one.ground == "emergency" for one in lines) else []
    return [_line(one, _who(one, viewer, workers, agents, units), viewer, openings) for one in lines]


def _line(one: Looked, who: str, viewer: Who, openings: list[Opening]) -> Line:
    language = get_language() or "fi"
    is_own = one.actor_kind == "resident" and one.actor_id == viewer.id
    return Line(
        day=one.day,
        when=_when(one),
        who=who,
        did=_did(one, viewer, language),
        why=_why(one, viewer, openings, language) if _needs_reason(one, is_own) else "",
        is_own=is_own,
        is_acting=not is_own and one.acting_for in viewer.own_ids,
        is_disclosure=one.is_disclosure,
        is_emergency=one.ground == "emergency",
        row=one.ids[0],
        first_at=one.first_at,
        last_at=one.last_at,
        times=one.times,
        registers=one.registers,
    )


def _needs_reason(one: Looked, is_own: bool) -> bool:
    return not is_own and one.ground != "own" and one.ground in grounds()


def _why(one: Looked, viewer: Who, openings: list[Opening], language: str) -> str:
    """The ground in plain words; of an emergency also the reason that was given for it, and how it was judged."""
    told = [_ground(one, viewer).in_language(language)]
    opened = next((found for found in openings if _is_of(found, one)), None) if one.ground == "emergency" else None
    if opened is None:
        return told[0]
    reason = ": ".join(part for part in (opened.why.in_language(language) if opened.why else "", opened.words) if part)
    if reason:
        told.append(_("The reason given: %(reason)s.") % {"reason": reason.rstrip(".")})
    if opened.verdict == "justified":
        told.append(_("The privacy officer judged that it was justified."))
    if opened.verdict == "not_justified":
        told.append(_("The privacy officer judged that it was not justified, and it was closed."))
        told.extend([opened.verdict_why] if opened.verdict_why else [])
    return " ".join(told)


def _is_of(opened: Opening, one: Looked) -> bool:
    return opened.staff == one.actor_id and opened.begins_at <= one.last_at


def _ground(one: Looked, viewer: Who) -> Text:
    ground = grounds()[one.ground]
    return (ground.explains_another or ground.explains) if viewer.acting_for else ground.explains


def _did(one: Looked, viewer: Who, language: str) -> str:
    """What was done, and with which data."""
    acts = viewer.acting_for is not None
    did = action_words(one.action).to_reader(acts_for_another=acts).in_language(language)
    which = ", ".join(what_words(what).to_reader(acts_for_another=acts).in_language(language) for what in one.whats)
    sentence = _("We gave the data on.") if one.is_disclosure else f"{did[:1].upper()}{did[1:]}."
    return " ".join([sentence, _("The data: %(data)s.") % {"data": which}] if which else [sentence])


def _when(one: Looked) -> str:
    """At 9:15, or from the first time to the last, and how many times."""
    if one.times == 1 or clock_time(one.first_at) == clock_time(one.last_at):
        return clock_time(one.first_at)
    times = ngettext("%(count)d time", "%(count)d times", one.times) % {"count": one.times}
    return f"{clock_time(one.first_at)}–{bare_time(one.last_at)}, {times}"


def _who(one: Looked, viewer: Who, workers: dict[UUID, str], agents: dict[UUID, Agent], units: set[str]) -> str:
    if one.is_disclosure:
        return one.recipient
    if one.actor_kind == "staff" and one.ground == "mandate":
        return _("A worker who cared for somebody you act for")  # by whom and where would tell what for
    if one.actor_kind == "staff":
        return _worker(one, workers, units)
    if one.actor_id == viewer.id:
        return _("You yourself")
    if one.actor_kind == "resident" and one.actor_id in agents:
        return _agent(agents[one.actor_id])
    return _("The service by itself") if one.actor_kind == "system" else _("Somebody who acted for you")


def _units_shown(viewer: Who) -> set[str]:
    """Units whose names may be said: not those of a matter kept private, and none where an order hides the place."""
    if viewer.acting_for and people.hides_place(people.person(viewer.acting_for), viewer):
        return set()
    kept = kept_from(viewer)
    return set(kept.units) if kept.matters else set(organisation.unit_names())


def _worker(one: Looked, workers: dict[UUID, str], units: set[str]) -> str:
    """Role, name and unit: "Nurse Nelli Mallimäki, Sotkamo health station"."""
    language, roles, names = get_language() or "fi", organisation.roles(), organisation.unit_names()
    role = roles[one.actor_role].name.in_language(language) if one.actor_role in roles else ""
    name = workers.get(one.actor_id, "") if one.actor_id else ""
    where = " / ".join(names[unit].in_language(language) for unit in one.actor_units if unit in names and unit in units)
    return ", ".join(part for part in (f"{role} {name}".strip(), where) if part)


def _agent(agent: Agent) -> str:
    kind = agent.kind.name.in_language(get_language() or "fi").lower() if agent.kind else ""
    return f"{agent.name} ({kind})" if kind else agent.name
