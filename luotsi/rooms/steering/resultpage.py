"""The figures of a questionnaire as the page says them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from luotsi.base.text import Text
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.questionnaires.queries.counting import NOWHERE
from luotsi.rooms.steering.results import Distribution, Results, Share
from luotsi.rooms.steering.words import hidden
from luotsi.ui.words import NOTHING, in_language, number

NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Panel:
    """One question: each answer with its share and how many gave it, and whether several can be chosen."""

    key: str
    name: str
    lines: list[tuple[str, float | None, str, str]]
    note: str


def panel(one: Distribution) -> Panel:
    lines = [_line(share) for share in one.shares]
    if not one.is_many and one.no_answer != 0:
        lines.append((_("No answer, or not asked"), None, "", count_words(one.no_answer)))
    return Panel(one.key, in_language(one.name), lines, _("Several can be chosen.") if one.is_many else "")


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


def _line(one: Share) -> tuple[str, float | None, str, str]:
    """What is hidden is said once."""
    count = "" if one.answers is None else count_words(one.answers)
    return said(one.name), one.share, share_words(one.share), count


def said(name: Text | str) -> str:
    return in_language(name) if isinstance(name, Text) else name


def _figures(one: Any) -> list[str]:
    return [count_words(one.answers), mean_words(one.mean, one.answers)]
