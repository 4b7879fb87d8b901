"""The figures of a questionnaire in words and pictures."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.text import Text
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.questionnaires.queries.counting import NOWHERE
from luotsi.rooms.steering.charts.bars import Bar, Bars, draw
from luotsi.rooms.steering.results import Distribution, Results
from luotsi.rooms.steering.words import hidden
from luotsi.ui.charts import Drawing
from luotsi.ui.words import NOTHING, in_language, number

NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Panel:
    """One question: its picture, or none where all of it is hidden, and its table."""

    key: str
    name: str
    drawing: Drawing | None
    alt: str
    head: list[str]
    rows: list[list[str]]
    note: str


def panel(one: Distribution) -> Panel:
    name = in_language(one.name)
    rows = [[said(share.name), count_words(share.answers), share_words(share.share)] for share in one.shares]
    if not one.is_many:
        rows.append([_("No answer, or not asked"), count_words(one.no_answer), ""])
    bars = tuple(
        Bar(said(share.name), None if share.share is None else 100 * share.share, share_words(share.share))
        for share in one.shares
    )
    largest = max((share for share in one.shares if share.answers), key=lambda share: share.answers or 0, default=None)
    told = {"name": name, "answer": said(largest.name), "share": share_words(largest.share)} if largest else {}
    alt = _("%(name)s Most often: %(answer)s, %(share)s.") % told if told else name
    return Panel(
        key=one.key,
        name=name,
        drawing=None if one.is_hidden else draw(Bars(bars, (), "percent"), get_language() or "fi"),
        alt=alt,
        head=[_("Answer"), _("Answers"), _("Share")],
        rows=rows,
        note=_("Several can be chosen.") if one.is_many else "",
    )


def moments(found: Results, names: dict[UUID, str]) -> list[list[str]]:
    """Month by month, or round by round: how many answered and the mean of the result."""
    return [
        [names.get(one.name, "") if isinstance(one.name, UUID) else f"{one.name:%-m/%Y}", *_figures(one)]
        for one in found.moments
    ]  # fmt: skip


def units(found: Results) -> list[list[str]]:
    names = organisation.unit_names()
    return [
        [in_language(names[key]) if key != NOWHERE else _("No unit"), count_words(count), mean_words(mean, count)]
        for key, count, mean in found.units
    ]


def means(found: Results) -> list[float | None]:
    """For the small line: the mean of each month or round, None where it is hidden."""
    return [one.mean for one in found.moments]


def count_words(count: int | None) -> str:
    return hidden() if count is None else number(count)


def mean_words(mean: float | None, count: int | None) -> str:
    return hidden() if count is None else number(mean, 1) if mean is not None else NOTHING


def share_words(share: float | None) -> str:
    return hidden() if share is None else f"{number(100 * share, 0)}{NO_BREAK}%"


def said(name: Text | str) -> str:
    return in_language(name) if isinstance(name, Text) else name


def _figures(one: Any) -> list[str]:
    return [count_words(one.answers), mean_words(one.mean, one.answers)]
