"""What answers to one questionnaire say together: each question, each score, over time; nothing small.

The period is always the last twelve months and this one, and which answers are counted is decided before anybody
chooses a unit or a round (rules/published.py): of two looks, one could be taken from the other. What is hidden is
decided over all units and rounds with the coarser sums that other views show.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from luotsi.analytics.disclosure import hide
from luotsi.base.text import Text
from luotsi.domain.questionnaires.definitions import Item, Score
from luotsi.domain.questionnaires.queries.counting import Counted, Gathered, Given, countable, counted_items
from luotsi.domain.questionnaires.rules.published import FEWEST

Key = tuple[Hashable, ...]
Cells = dict[Key, int | None]  # None: hidden


@dataclass(frozen=True)
class Share:
    """How many gave one answer; None when hidden. `share` is of those who were counted."""

    name: Text | str
    answers: int | None
    of: int | None

    @property
    def share(self) -> float | None:
        return None if self.answers is None or not self.of else self.answers / self.of


@dataclass(frozen=True)
class Distribution:
    """One question, or one score by its bands. `no_answer` counts those who gave none, or were not asked."""

    key: str
    name: Text
    shares: tuple[Share, ...]
    no_answer: int | None
    is_many: bool = False

    @property
    def is_hidden(self) -> bool:
        return all(one.answers is None for one in self.shares)

    @property
    def has_hidden(self) -> bool:
        return any(one.answers is None for one in self.shares)


@dataclass(frozen=True)
class Moment:
    """A month or a round: how many answered, and the mean of the result."""

    name: Hashable
    answers: int | None
    mean: float | None


@dataclass(frozen=True)
class Results:
    """The figures of a unit ("" for all), or of one round (None for all)."""

    answers: int | None
    mean: float | None
    moments: tuple[Moment, ...]
    units: tuple[tuple[str, int | None, float | None], ...]
    questions: tuple[Distribution, ...]
    scores: tuple[Distribution, ...]

    @property
    def has_hidden(self) -> bool:
        cells = [self.answers, *(one.answers for one in self.moments), *(count for _, count, _ in self.units)]
        return None in cells or any(one.has_hidden for one in (*self.questions, *self.scores))


def results(found: Gathered, *, unit: str | None = None, round_: UUID | None = None) -> Results:
    """The figures as this view asks for them. `unit` and `round_` are not chosen together; None is all of them."""
    tables = _Tables(found)
    place: Key = ("unit", unit) if unit is not None else ("round", round_) if round_ is not None else ()
    answers, mean = tables.count(place)
    return Results(
        answers=answers,
        mean=mean,
        moments=tuple(Moment(when, *tables.at(place, when)) for when in tables.moments),
        units=tuple((one, *tables.count(("unit", one))) for one in tables.units),
        questions=tuple(tables.question(item, place) for item in counted_items(found.form)),
        scores=tuple(tables.bands(score, place) for score in found.form.scores if score.bands),
    )


class _Tables:
    """Each table that is shown, decided over everything that is counted."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        self.units = list(dict.fromkeys(one.unit for one in found.counted))
        self.rounds = list(found.rounds)
        self.by_round = bool(found.rounds)
        self.moments: list[date | UUID | None] = (
            list(self.rounds) if self.by_round else sorted({one.month for one in found.counted if one.month})
        )
        self.totals = {
            (): self._totals(lambda one: ()),
            "unit": self._totals(lambda one: (one.unit,)),
            "moment": self._totals(lambda one: (self._moment(one),)),
            "unit_moment": self._totals(lambda one: (one.unit, self._moment(one))),
        }

    def count(self, place: Key) -> tuple[int | None, float | None]:
        """How many answered in the place, and the mean of their result."""
        if not place:
            return self.totals[()].get((), (0, None))
        table = self.totals["unit" if place[0] == "unit" else "moment"]
        return table.get((place[1],), (0, None))

    def at(self, place: Key, moment: Hashable) -> tuple[int | None, float | None]:
        if place and place[0] == "unit":
            return self.totals["unit_moment"].get((place[1], moment), (0, None))
        return self.totals["moment"].get((moment,), (0, None))

    def question(self, item: Item, place: Key) -> Distribution:
        rows = [one for one in self.found.given if one.key == item.key]
        values = countable(item)
        names = {option.value: option.label for option in item.options}
        if item.type == "choices":
            return self._many(item, rows, values, place)
        cells = self._cells(rows, values, place)
        of = self.count(place)[0]
        shares = tuple(Share(names.get(value, _said(value)), cells.get((value,), 0), of) for value in values)
        return Distribution(item.key, item.label, shares, cells.get(("",), 0))

    def bands(self, score: Score, place: Key) -> Distribution:
        rows = [one for one in self.found.bands if one.key == score.key]
        cells = self._cells(rows, [band.key for band in score.bands], place)
        of = self.count(place)[0]
        shares = tuple(Share(band.name, cells.get((band.key,), 0), of) for band in score.bands)
        return Distribution(score.key, score.name, shares, cells.get(("",), 0))

    def _many(self, item: Item, rows: Sequence[Given], values: Sequence[str], place: Key) -> Distribution:
        """Of several answers each is a question of its own: chosen or not."""
        of, shares = self.count(place)[0], []
        for option in item.options:
            chosen = [one for one in rows if one.value == option.value]
            cells = self._cells(chosen, [option.value], place)
            shares.append(Share(option.label, cells.get((option.value,), 0), of))
        return Distribution(item.key, item.label, tuple(shares), None, is_many=True)

    def _cells(self, rows: Iterable[Given], values: Sequence[str], place: Key) -> Cells:
        """Answers by value in a place, and under "" those who gave none; None where it would tell of a few."""
        keep: Callable[[Given | Counted], Key] = lambda one: ()  # noqa: E731
        if place:
            keep = (lambda one: (one.unit,)) if place[0] == "unit" else (lambda one: (self._moment(one),))
        sums: dict[Key, int] = defaultdict(int)
        for one in self.found.counted:
            for value in values:
                sums[*keep(one), value] += 0
            sums[*keep(one), ""] += one.answers
        for given in rows:
            # A round's answers count under the round; those of no round under none.
            sums[*keep(given), given.value if given.value in values else ""] += given.answers
            sums[*keep(given), ""] -= given.answers
        shown = _hidden(sums)
        head = (place[1],) if place else ()
        here = {key[len(head) :]: count for key, count in shown.items() if key[: len(head)] == head}
        # Of a place that is hidden nothing is told, not even which answer nobody gave.
        return dict.fromkeys(here) if self.count(place)[0] is None else here

    def _totals(self, key: Callable[[Counted], Key]) -> dict[Key, tuple[int | None, float | None]]:
        counts: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
        sums: dict[Key, float] = defaultdict(float)
        for one in self.found.counted:
            counts[key(one)][0] += one.answers
            counts[key(one)][1] += one.valued
            sums[key(one)] += one.total
        if not counts:
            return {}
        is_hidden = _mask([tuple(pair) for pair in counts.values()], list(counts))
        return {
            place: (None, None) if hides else (pair[0], sums[place] / pair[1] if pair[1] else None)
            for (place, pair), hides in zip(counts.items(), is_hidden, strict=True)
        }

    def _moment(self, one: Counted | Given) -> Hashable:
        return one.round if self.by_round else getattr(one, "month", None)


def _hidden(sums: dict[Key, int]) -> Cells:
    if not sums:
        return {}
    is_hidden = _mask([(count,) for count in sums.values()], list(sums))
    return {key: None if hides else count for (key, count), hides in zip(sums.items(), is_hidden, strict=True)}


def _mask(counts: Sequence[tuple[int, ...]], keys: Sequence[Key]) -> list[bool]:
    """Which cells to hide; without columns there is one cell, the whole."""
    table = np.array(counts, dtype=np.int64)
    total = [int(one) for one in table.sum(axis=0)]
    if not keys[0]:
        return [any(0 < one < FEWEST for one in total)]
    found = hide(table, keys, total, FEWEST)
    return [bool(one) or found.total for one in found.cells]


def _said(value: str) -> str:
    return {"yes": _("Yes"), "no": _("No")}.get(value, value)
