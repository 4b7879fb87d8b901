"""What people said in their own words, unit by unit, and what was answered to them publicly.

Words are shown where five have answered in the unit, and apart from the other answers of the same person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.domain.questionnaires.models import Reply, Response
from luotsi.domain.questionnaires.queries import forms
from luotsi.domain.questionnaires.rules.published import FEWEST, is_live

MAY_PUBLISH = "quotable"  # the item by which whoever answers lets their words be shown to all
_WORDS = frozenset({"text", "long_text"})


@dataclass(frozen=True)
class Answered:
    """A manager's public answer."""

    id: UUID
    text: str
    language: str
    on: date


@dataclass(frozen=True)
class Said:
    """One answer in own words, by its question. `may_reply`: its writer lets the words be shown to all."""

    response: UUID
    form: Questionnaire
    on: date
    words: tuple[tuple[Text, str], ...]
    language: str
    may_reply: bool
    replies: tuple[Answered, ...] = ()


@dataclass(frozen=True)
class OfRound:
    """What was answered publicly to a whole round."""

    name: str
    reply: Answered


def said_in(unit: str, *, viewer: Who, at: datetime, questionnaire: str = "", limit: int = 100) -> tuple[Said, ...]:
    """What was said in a unit within a year, the newest day first. Of a questionnaire that fewer than five have
    answered there, nothing. Raises NotAllowed for a unit that is not the viewer's.
    """
    check_may(viewer, "results.read")
    if not sees_unit(viewer, unit):
        raise NotAllowed("another unit's words")
    with as_system():
        rows = Response.objects.filter(
            unit=unit, is_anonymous=True, completed_at__gte=_year_before(at), completed_at__isnull=False
        )
        rows = rows.filter(questionnaire=questionnaire) if questionnaire else rows
        kept = [row for row in rows.order_by("-completed_at", "id") if _may_be_read(row, at)]
        enough = _enough(kept)
        said = list(_said([row for row in kept if row.questionnaire in enough]))[:limit]
        return _with_replies(said)


def published_in(unit: str, *, at: datetime) -> tuple[tuple[Said, ...], tuple[OfRound, ...]]:
    """What was said and answered publicly in a unit, for all to read: words whose writers let them be shown."""
    standing = Reply.objects.filter(withdrawn_at=None, at__gte=_year_before(at))
    rows = Response.objects.filter(unit=unit, is_anonymous=True, replies__in=standing).distinct()
    said = [one for one in _said(list(rows.order_by("-completed_at", "id"))) if one.may_reply]
    of_rounds = standing.filter(collection__unit=unit).select_related("collection").order_by("-at")
    rounds = tuple(OfRound(row.collection.name, _answered(row)) for row in of_rounds if row.collection)
    return _with_replies(said), rounds


def units_with_feedback(*, viewer: Who, at: datetime) -> dict[str, int]:
    """The viewer's units in which somebody has given feedback within a year, with how many. Raises NotAllowed."""
    check_may(viewer, "results.read")
    live = [key for key, form in forms.current().items() if is_live(form)]
    found: dict[str, int] = {}
    with as_system():
        rows = Response.objects.filter(questionnaire__in=live, completed_at__gte=_year_before(at), unit__isnull=False)
        for unit in rows.values_list("unit", flat=True):
            found[unit] = found.get(unit, 0) + 1
    return {unit: count for unit, count in found.items() if sees_unit(viewer, unit)}


def week_before(at: datetime) -> tuple[date, date]:
    """The Monday of the last whole week, and the one after it."""
    today = local_day(at)
    monday = today - timedelta(days=today.weekday())
    return monday - timedelta(days=7), monday


def units_of_week(*, at: datetime) -> list[str]:
    """The units in which somebody gave feedback last week. For the system."""
    first, last = week_before(at)
    live = [key for key, form in forms.current().items() if is_live(form)]
    with as_system():
        rows = Response.objects.filter(
            questionnaire__in=live,
            unit__isnull=False,
            completed_at__gte=start_of(first),
            completed_at__lt=start_of(last),
        )
        return sorted(rows.values_list("unit", flat=True).distinct())


def _year_before(at: datetime) -> datetime:
    today = local_day(at)
    return start_of(today.replace(year=today.year - 1, day=1))


def _may_be_read(row: Response, at: datetime) -> bool:
    """Feedback at once; the words of a round when it has closed, others when their day is over."""
    form = _form(row)
    if form is None:
        return False
    if is_live(form):
        return True
    if row.collection_id and row.collection.mode == "invited":
        return row.collection.closes_at is not None and row.collection.closes_at <= at
    return row.completed_at is not None and local_day(row.completed_at) < local_day(at)


def _enough(rows: list[Response]) -> set[str]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.questionnaire] = counts.get(row.questionnaire, 0) + 1
    return {key for key, count in counts.items() if count >= FEWEST}


def _said(rows: list[Response]) -> Iterator[Said]:
    for row in rows:
        form = _form(row)
        words = tuple(_words(form.every_item, row.answers)) if form else ()
        if form and words and row.completed_at:
            yield Said(
                response=row.id, form=form, on=local_day(row.completed_at), words=words, language=row.language,
                may_reply=row.answers.get(MAY_PUBLISH) == "yes",
            )  # fmt: skip


def _words(items: tuple[Item, ...], answers: dict[str, Any]) -> Iterator[tuple[Text, str]]:
    for item in items:
        given = answers.get(item.key)
        if item.type in _WORDS and isinstance(given, str) and given.strip():
            yield item.label, given


def _with_replies(said: list[Said]) -> tuple[Said, ...]:
    rows = Reply.objects.filter(response__in=[one.response for one in said], withdrawn_at=None).order_by("at")
    found: dict[UUID, list[Answered]] = {}
    for row in rows:
        if row.response_id:
            found.setdefault(row.response_id, []).append(_answered(row))
    return tuple(
        Said(one.response, one.form, one.on, one.words, one.language, one.may_reply, tuple(found.get(one.response, ())))
        for one in said
    )


def _answered(row: Reply) -> Answered:
    return Answered(row.id, row.text, row.language, local_day(row.at))


def _form(row: Response) -> Questionnaire | None:
    try:
        return forms.definition(row.questionnaire, row.version)
    except KeyError:
        return None
