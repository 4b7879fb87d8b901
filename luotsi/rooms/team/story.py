"""What has happened to a case, in plain sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.domain.cases.actions.writing import JOINED
from luotsi.domain.cases.definitions import CaseKind
from luotsi.domain.cases.definitions.contacts import call_outcomes
from luotsi.domain.cases.queries import CaseView, Happening
from luotsi.domain.clocks.definitions import clock_words
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.team import directionpage, kindstory, measurestory, timestory
from luotsi.rooms.team.kindstory import stage_sentence
from luotsi.rooms.team.kindwords import word_of
from luotsi.rooms.team.words import channel_words, mode_words
from luotsi.ui.words import day, moment

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Sentence:
    """One event as a reader meets it; `followed` is what the clocks did because of it."""

    at: datetime
    title: str
    by: str
    tone: str
    followed: tuple[str, ...] = ()


def story_of(case: CaseView, *, after: int = 0) -> list[Sentence]:
    """The newest first. What a clock did at the same moment stands under the event that made it do so. With `after`,
    only what was written down after so many events.
    """
    told: list[Sentence] = []
    for one in (one for one in case.story if one.number > after):
        if one.kind.startswith("clock.") and told and told[-1].at == one.at:
            told[-1] = replace(told[-1], followed=(*told[-1].followed, sentence(one, case)))
        else:
            tone = _TONES.get(one.kind, "neutral")
            told.append(Sentence(at=one.at, title=sentence(one, case), by=_by(one), tone=tone))
    return told[::-1]


def sentence(happening: Happening, case: CaseView) -> str:
    """The event in words. A kind that has none yet is named as it is recorded, so that nothing is hidden."""
    tell = SENTENCES.get(happening.kind)
    if said := stage_sentence(happening.kind, happening.body, case):
        return said
    return tell(happening.body, case) if tell else _("Recorded: %(kind)s") % {"kind": happening.kind}


def _received(body: Body, case: CaseView) -> str:
    return _("The contact arrived (%(channel)s)") % {"channel": channel_words(case.channel).lower()}


def _opened(body: Body, case: CaseView) -> str:
    return _("The matter became pending")


def _assessed(body: Body, case: CaseView) -> str:
    decided = body.get("decision", "")
    named = outcome_name(case.kind, decided) if decided else _outcome_name(case.kind, body.get("outcome", ""))
    return f"{word_of(case.kind, 'happened')}: {named}"


def _offered(body: Body, case: CaseView) -> str:
    return _("Time offered: %(when)s, %(mode)s") % {
        "when": _when(body),
        "mode": mode_words(body.get("mode", "")).lower(),
    }


def _made(body: Body, case: CaseView) -> str:
    return _("The resident took the time %(when)s") % {"when": _when(body)}


def _declined(body: Body, case: CaseView) -> str:
    return _("The resident asked for another time than %(when)s") % {"when": _when(body)}


def _cancelled(body: Body, case: CaseView) -> str:
    if body.get("by") == "resident":
        return _("The resident cancelled the time %(when)s") % {"when": _when(body)}
    return _("We withdrew the time %(when)s") % {"when": _when(body)}


def _held(body: Body, case: CaseView) -> str:
    return _("Visit held") if body.get("booking") else _("Visit held without a booked time")


def _closed(body: Body, case: CaseView) -> str:
    return _("Closed: %(reason)s") % {"reason": reason_name(case.kind, body.get("reason", ""))}


def _kept_private(body: Body, case: CaseView) -> str:
    return _("Kept from guardians") if body.get("is_private") else _("Shared with guardians again")


def _joined(body: Body, case: CaseView) -> str:
    return _("A further contact joined the matter")


def _called(body: Body, case: CaseView) -> str:
    known = call_outcomes()
    outcome = body.get("outcome", "")
    named = known[outcome].name.in_language(get_language()).lower() if outcome in known else outcome
    return _("Called back: %(outcome)s") % {"outcome": named}


def _erased(body: Body, case: CaseView) -> str:
    return _("Documents whose time to be kept had passed were erased")


def _clock_started(body: Body, case: CaseView) -> str:
    if not body.get("due"):
        return _("Time limit began: %(limit)s, the last day is not known") % {"limit": _limit(body)}
    words = {"limit": _limit(body), "day": day(_as_day(body.get("due")))}
    return _("Time limit began: %(limit)s, last day %(day)s") % words


def _clock_stopped(body: Body, case: CaseView) -> str:
    sentences = {
        "met": _("Time limit met: %(limit)s"),
        "late": _("Time limit exceeded: %(limit)s"),
        "ended": _("Time limit no longer runs: %(limit)s"),
    }
    return sentences.get(body.get("outcome", ""), sentences["ended"]) % {"limit": _limit(body)}


def _clock_missed(body: Body, case: CaseView) -> str:
    return f"{clock_words().states['overdue'].in_language(get_language())}: {_limit(body)}"


def _clock_paused(body: Body, case: CaseView) -> str:
    pauses = clock_words().pauses
    reason = body.get("reason", "")
    said = pauses[reason].in_language(get_language()) if reason in pauses else reason
    return _("Time limit paused: %(limit)s (%(reason)s)") % {"limit": _limit(body), "reason": said}


def _clock_resumed(body: Body, case: CaseView) -> str:
    return _("Time limit runs again: %(limit)s") % {"limit": _limit(body)}


def _clock_withdrawn(body: Body, case: CaseView) -> str:
    return _("Time limit corrected: %(limit)s") % {"limit": _limit(body)}


def _handed_over(body: Body, case: CaseView) -> str:
    if case.person.is_protected:  # a unit tells where the person goes
        return _("Handed to a unit") if body.get("to") is None else _("The responsible worker changed")
    unit = organisation.unit_names().get(body.get("unit", ""))
    where = unit.in_language(get_language() or "fi") if unit else ""
    if body.get("to") is None:
        return _("Handed to the unit: %(unit)s") % {"unit": where}
    return _("The responsible worker changed (%(unit)s)") % {"unit": where}


SENTENCES: dict[str, Callable[[Body, CaseView], str]] = {
    "contact.received": _received,
    "case.opened": _opened,
    "contact.joined": _joined,
    "call.made": _called,
    "need.assessed": _assessed,
    "booking.offered": _offered,
    "booking.made": _made,
    "booking.declined": _declined,
    "booking.cancelled": _cancelled,
    "visit.held": _held,
    "case.closed": _closed,
    "case.kept_private": _kept_private,
    "documents.erased": _erased,
    "clock.started": _clock_started,
    "clock.stopped": _clock_stopped,
    "clock.missed": _clock_missed,
    "clock.paused": _clock_paused,
    "clock.resumed": _clock_resumed,
    "clock.withdrawn": _clock_withdrawn,
    "case.handed_over": _handed_over,
    **kindstory.SENTENCES,
    **directionpage.SENTENCES,
    **measurestory.SENTENCES,
    **timestory.SENTENCES,
}
_TONES = {
    **kindstory.TONES,
    **timestory.TONES,
    "need.assessed": "info",
    "booking.made": "success",
    "visit.held": "success",
    "case.closed": "success",
}


def reason_name(kind: CaseKind, reason: str) -> str:
    known = {one.key: one.name.in_language(get_language()) for one in kind.close_reasons}
    return known.get(reason) or {JOINED: _("Joined to an earlier matter")}.get(reason, reason)


def outcome_name(kind: CaseKind, outcome: str) -> str:
    known = {one.key: one.name.in_language(get_language()) for one in kind.outcomes}
    return known.get(outcome, outcome)


def _outcome_name(kind: CaseKind, effect: str) -> str:
    """The event carries what the judgement does; the kind's first judgement that does it gives the words."""
    known = {one.effect: one.name.in_language(get_language()) for one in reversed(kind.outcomes)}
    return known.get(effect, effect)


def _by(happening: Happening) -> str:
    if happening.kind.startswith("clock."):
        return ""
    if happening.role == "resident":
        return _("%(name)s, for the resident") % {"name": happening.by} if happening.by else _("the resident")
    role = organisation.roles().get(happening.role)
    words = [happening.by, role.name.in_language(get_language()).lower() if role else ""]
    return ", ".join(word for word in words if word)


def _limit(body: Body) -> str:
    lines = clock_words().lines
    line = body.get("line", "")
    return lines[line].in_language(get_language()).lower() if line in lines else line


def _when(body: Body) -> str:
    """The time that the event names."""
    text = body.get("starts_at", "")
    return moment(datetime.fromisoformat(text)) if text else ""


def _as_day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
