"""The list's cases as lines to show: where each stands, until when, and what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from luotsi.base.who import Who
from luotsi.domain.cases.definitions import Stage, case_kinds
from luotsi.domain.cases.queries import Listed, WorklistRow
from luotsi.domain.cases.rules import steps
from luotsi.rooms.team.clocks import Shown, shown_clock
from luotsi.rooms.team.kindwords import state_name, word_of
from luotsi.rooms.team.nextsteps import may_take
from luotsi.rooms.team.words import age_words, channel_words, news_words, state_tone, step_words


@dataclass(frozen=True)
class Line:
    """One case on the list. `url` and `next_url` are "" for someone who may see the list and not open a case.

    `is_emergency`: the latest judgement of urgency says that help is needed at once. `news`: what the resident has
    written into it since, in words, "" when it has been dealt with.
    `when` is the offered or booked time; `waits`: it is the resident's turn, or the time is ahead. `unit` is "" where a
    protection order hides the place. `whose` has the case, "" nobody; `present` others have it open now. `mark` is what
    a form says of it: the case, and who had it when the list was made.
    """

    id: UUID
    name: str
    age: str
    url: str
    what: Any
    unit: str
    state: str
    state_tone: str
    has_danger: bool
    is_emergency: bool
    news: str
    is_protected: bool
    clocks: tuple[Shown, ...]
    opened_at: datetime
    channel: str
    when: datetime | None
    waits: bool
    next_words: str
    next_url: str
    tone: str
    whose: str
    is_mine: bool
    present: str
    mark: str


def line_of(
    row: WorklistRow,
    viewer: Who,
    *,
    services: Mapping[str, str],
    units: Mapping[str, str],
    opens: bool,
    at: datetime,
    present: Mapping[UUID, tuple[str, ...]] | None = None,
) -> Line:
    kind, anew = case_kinds()[row.kind], _anew(row)
    waits = _waits(row, at) and anew is None
    words, url = _next(row, viewer, anew) if opens and not waits else ("", "")
    clocks = tuple(shown_clock(chip, of="case" if opens else "list") for chip in row.chips if chip.is_running)
    return Line(
        id=row.id,
        name=row.resident_name,
        age=age_words(row.age),
        url=reverse("case", args=[row.id]) if opens else "",
        what=services.get(row.service) or kind.name,
        unit="" if row.is_protected else units.get(row.unit, ""),
        state=state_name(kind, row.state),
        state_tone=state_tone(row.state),
        has_danger=row.has_danger,
        is_emergency=row.listed is not None and row.listed.is_emergency,
        news=news_words(row.listed.news if row.listed else ""),
        is_protected=row.is_protected,
        clocks=clocks,
        opened_at=row.opened_at,
        channel=channel_words(row.channel),
        when=row.time.slot.starts_at if row.time else None,
        waits=waits,
        next_words=words,
        next_url=url,
        tone=_tone(row, clocks),
        whose=row.responsible_name,
        is_mine=row.responsible == viewer.id,
        present=", ".join((present or {}).get(row.id, ())),
        mark=mark_of(row.id, row.responsible),
    )


def mark_of(case: UUID, responsible: UUID | None) -> str:
    return f"{case}.{responsible or ''}"


def marked(marks: Iterable[str]) -> dict[UUID, UUID | None]:
    """The cases that a form names, with who had each; what makes no sense is left out."""
    found: dict[UUID, UUID | None] = {}
    for mark in marks:
        case, _, responsible = mark.partition(".")
        try:
            found[UUID(case)] = UUID(responsible) if responsible else None
        except ValueError:
            continue
    return found


def digest(rows: Iterable[Listed], counts: Iterable[int], present: Mapping[UUID, tuple[str, ...]], *, on: date) -> str:
    """A short mark of what the list shows: the same mark means that nothing the worker sees has changed."""
    seen = [
        (row.id, row.due, row.happened, row.news, row.state, row.responsible, row.is_protected, row.unit)
        for row in rows
    ]
    told = (seen, list(counts), sorted(present.items()), on)
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()


def _next(row: WorklistRow, viewer: Who, anew: Stage | None) -> tuple[str, str]:
    """The likeliest step that this worker may take, and the way to it; what a further contact asks for goes first."""
    likely = ("assess", *steps(row.state)) if anew else steps(row.state)
    step = next((step for step in likely if may_take(step, viewer, unit=row.unit, ground="team")), None)
    if step is None:
        return "", ""
    address = (
        reverse("offers", args=[row.id]) if step == "offer_time" else f"{reverse('case', args=[row.id])}#next-step"
    )
    return (_stage_words(row, anew) if step == "assess" else step_words(step)), address


def _anew(row: WorklistRow) -> Stage | None:
    """The stage that is judged again because of a contact that joined."""
    return case_kinds()[row.kind].asked_anew(row.listed.decided, since=row.listed.decided_since) if row.listed else None


def _stage_words(row: WorklistRow, anew: Stage | None) -> str:
    """What judging is called: by the stage whose turn it is, in a kind that has several."""
    kind, decided = case_kinds()[row.kind], row.listed.decided if row.listed else ()
    turn = anew or kind.next_stage({kind.stage_of(outcome).key for outcome in decided})
    stage = turn if kind.is_staged else None
    return stage.step.in_language(get_language() or "fi") if stage else word_of(kind, "assess")


def _waits(row: WorklistRow, at: datetime) -> bool:
    """Whether it is not the worker's turn: the resident has not answered, or the booked time is ahead."""
    return row.state == "offered" or (row.time is not None and row.time.slot.starts_at > at)


def _tone(row: WorklistRow, clocks: tuple[Shown, ...]) -> str:
    is_first = row.listed is not None and (row.listed.is_emergency or row.listed.news in {"danger", "answers"})
    if is_first or (row.has_danger and row.state == "new"):
        return "danger"
    return "danger" if any(clock.is_overdue for clock in clocks) else "plain"
