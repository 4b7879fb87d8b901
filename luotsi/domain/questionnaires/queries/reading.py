"""Answers as a professional reads them: what they mean, and what has changed since the same person answered before.

A correction stands in the place of what it corrects. What is read is written in the usage log.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import queries as people
from luotsi.domain.people.access import relationship_of
from luotsi.domain.people.actions.relationships import same_person
from luotsi.domain.questionnaires import access, rules
from luotsi.domain.questionnaires.definitions import Danger, Outcome, Questionnaire, Score
from luotsi.domain.questionnaires.models import Response
from luotsi.domain.questionnaires.queries import forms

_PLACES = frozenset({"phone"})  # the kinds of answers by which a person can be found


@dataclass(frozen=True)
class Reached:
    """What one score came to, and what it was the time before. `value` None: too much was left unanswered."""

    score: Score
    value: Decimal | None
    band: Text | None
    before: Decimal | None = None

    @property
    def change(self) -> Decimal | None:
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def is_better(self) -> bool | None:
        """Whether it has moved the good way; None when it stands still, is not known or has no good way."""
        if not self.change or self.score.better == "neither":
            return None
        return (self.change > 0) == (self.score.better == "higher")


@dataclass(frozen=True)
class Answer:
    """One answered question. `before` is the answer of the time before, "" when there was none then; an answer that a
    protection order hides is "" with `is_hidden`. `files` are the ids of those given, each with its name and size.
    """

    question: str
    answer: str
    before: str = ""
    is_changed: bool = False
    is_danger: bool = False
    is_hidden: bool = False
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Filled:
    """One finished questionnaire. `form` is the version in which it was answered. `before_at` is when the same person
    answered the same questionnaire last before it. `by` is the worker who filled it with them, "" for themselves.
    """

    id: UUID
    form: Questionnaire
    resident: UUID
    register: str
    subject: UUID | None
    at: datetime
    by: str
    is_by_guardian: bool
    scores: tuple[Reached, ...]
    dangers: tuple[Danger, ...]
    outcomes: tuple[Outcome, ...]
    before_at: datetime | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def result(self) -> Reached | None:
        """The first score: what the questionnaire gives as a whole."""
        return self.scores[0] if self.scores else None

    @property
    def warnings(self) -> tuple[Outcome, ...]:
        """What follows for whoever works with the person: a warning, or something that is proposed."""
        return tuple(one for one in self.outcomes if one.warns or one.service or one.case_kind)


@dataclass(frozen=True)
class Point:
    """One reading of a score on the line over time."""

    at: datetime
    value: Decimal
    band: Text | None
    response: UUID


@dataclass(frozen=True)
class Series:
    """A score of one questionnaire over time, the oldest reading first."""

    form: Questionnaire
    score: Score
    points: tuple[Point, ...]


def filled_about(subject: UUID, further: QuerySet[Any], *, viewer: Who) -> tuple[Filled, ...]:
    """What was answered about this subject, as far as the viewer may read it, the newest first; of what was answered
    about the `further` ones only what has a meaning of its own, a score or an outcome. Logged.
    """
    rows = _standing(viewer, Q(subject=subject) | Q(subject__in=further))
    rows = [row for row in rows if (form := _form(row)) and (row.subject == subject or form.scores or form.outcomes)]
    if not rows:
        return ()
    earlier = _history(rows, viewer)
    _log(rows, viewer)
    return tuple(_filled(row, _before(row, earlier)) for row in reversed(rows))


def measured(resident: UUID, *, viewer: Who) -> tuple[tuple[Filled, ...], tuple[Series, ...]]:
    """Everything that a person has answered in the registers open to the viewer, the newest first, and a line for each
    score that was read. Logged.
    """
    rows = [row for row in _standing(viewer, resident_id__in=same_person(resident)) if _form(row)]
    _log(rows, viewer)
    filled = tuple(_filled(row, _before(row, rows)) for row in rows)
    return tuple(reversed(filled)), tuple(_series(filled))


def read_filled(response: UUID, *, viewer: Who, language: str) -> Filled:
    """One response whole, each answer beside that of the time before. Raises NotAllowed; the reading is logged."""
    row = access.visible_to(viewer).filter(id=response, completed_at__isnull=False, resident__isnull=False).first()
    if row is None or not _form(row):
        raise NotAllowed("no such answers for this viewer")
    before = _before(row, _history([row], viewer))
    _log([row], viewer)
    return _filled(row, before, language=language, hides=people.hides_place(people.person(row.resident_id), viewer))


def _standing(viewer: Who, *about: Q, **which: object) -> list[Response]:
    """Finished answers of known people that no correction has replaced, the oldest first."""
    rows = access.visible_to(viewer).filter(*about, completed_at__isnull=False, resident__isnull=False, **which)
    rows = rows.exclude(replaced_by__completed_at__isnull=False)
    return list(rows.order_by("completed_at", "id"))


def _history(rows: list[Response], viewer: Who) -> list[Response]:
    """The answers to the same questionnaires of the same people."""
    people_of = {one for row in rows for one in same_person(row.resident_id)}
    keys = {row.questionnaire for row in rows}
    return _standing(viewer, resident_id__in=list(people_of), questionnaire__in=list(keys))


def _before(row: Response, history: list[Response]) -> Response | None:
    """The last answers to the same questionnaire before these; what these correct is not before them."""
    same = {*same_person(row.resident_id)} if row.resident_id else set()
    earlier = (
        one
        for one in reversed(history)
        if one.questionnaire == row.questionnaire and one.resident_id in same and one.id != row.replaces_id
        and one.completed_at < row.completed_at
    )  # fmt: skip
    return next(earlier, None)


def _form(row: Response) -> Questionnaire | None:
    """The questionnaire as it was answered; None when that version is nowhere any more."""
    try:
        return forms.worded(row.questionnaire, row.version, for_another=row.acting_by_id is not None)
    except KeyError:
        return None


def _filled(row: Response, before: Response | None, *, language: str = "", hides: bool = False) -> Filled:
    form = _form(row)
    assert form is not None
    state = rules.read(form, row.answers)
    before_form = _form(before) if before else None
    old = rules.read(before_form, before.answers) if before and before_form else None
    was = {key: scored.value for key, scored in old.scores.items()} if old else {}
    names = organisation.names_of({row.filled_by_id}) if row.filled_by_id else {}
    reached = (
        Reached(score, found.value, found.band.name if found.band else None, was.get(score.key))
        for score in form.scores
        for found in [state.scores[score.key]]
    )
    return Filled(
        id=row.id, form=form, resident=row.resident_id, register=row.register, subject=row.subject,
        at=row.completed_at, by=names.get(row.filled_by_id, ""), is_by_guardian=row.acting_by_id is not None,
        scores=tuple(reached), dangers=tuple(state.told_dangers), outcomes=state.outcomes,
        before_at=before.completed_at if old and before else None,
        answers=_answers(state, old, language, hides=hides) if language else (),
    )  # fmt: skip


def _answers(state: rules.State, old: rules.State | None, language: str, *, hides: bool) -> tuple[Answer, ...]:
    was = {line.name: rules.words(line.item, line.value, language) for line in old.lines} if old else {}
    return tuple(_answer(line, was, language, hides=hides, has_old=old is not None) for line in _said(state))


def _said(state: rules.State) -> list[rules.Line]:
    return [
        line
        for line in state.lines
        if line.is_asked and line.item.type not in {"group", "display"} and line.value not in (None, "", [], {})
    ]


def _answer(line: rules.Line, was: dict[str, str], language: str, *, hides: bool, has_old: bool) -> Answer:
    question, said = line.item.label.in_language(language), rules.words(line.item, line.value, language)
    if hides and line.item.type in _PLACES:
        return Answer(question, "", is_hidden=True)
    before = was.get(line.name, "")
    grave = {option.value for option in line.item.options if option.danger}
    given = line.value if isinstance(line.value, list) else [line.value]
    is_danger = any(isinstance(one, str) and one in grave for one in given)
    found = [(str(one["file"]), rules.words(line.item, one, language)) for one in given if line.item.type == "file"]
    changed = has_old and before != said
    return Answer(question, said, before, is_changed=changed, is_danger=is_danger, files=tuple(found))


def _series(filled: Collection[Filled]) -> list[Series]:
    """A line for each score by questionnaire, in the order of the newest reading; the newest version names it."""
    found: dict[tuple[str, str], list[Point]] = {}
    newest: dict[tuple[str, str], tuple[Questionnaire, Score]] = {}
    for one in filled:
        for reached in one.scores:
            if reached.value is not None:
                key = (one.form.key, reached.score.key)
                found.setdefault(key, []).append(Point(one.at, reached.value, reached.band, one.id))
                newest[key] = (one.form, reached.score)
    ordered = sorted(found, key=lambda key: found[key][-1].at, reverse=True)
    return [Series(*newest[key], tuple(found[key])) for key in ordered]


def _log(rows: Collection[Response], viewer: Who) -> None:
    for row in rows:
        reason = relationship_of(viewer, row.resident_id, register=row.register)
        ground = reason.ground if reason else ""
        events.saw(
            viewer, residents=[row.resident_id], what="answers", subject=row.id, register=row.register, ground=ground
        )
