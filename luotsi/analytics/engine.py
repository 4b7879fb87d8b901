"""Who answers the indicators' port: scans the facts once per indicator, folds, hides what is too small, remembers.

    ports.connect(DuckFigures(settings.DATA / "facts"))

An answer depends on the definition, the facts' manifest, the day and the question, and on nothing else; so it is kept
under exactly those. Ibis and DuckDB are loaded at the first question (about a second), since most commands ask none.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from luotsi.analytics.disclosure import Hidden, hide
from luotsi.analytics.facts import manifest as manifests
from luotsi.base.now import in_helsinki, local_day
from luotsi.domain.indicators.definitions import DIMENSIONS, PERIODS, Dimension, Indicator
from luotsi.domain.indicators.ports import Answer, Ask, Cell, FactsState, NoFacts
from luotsi.domain.indicators.rules import WrongQuestion, period_of

REBUILD = "Run `luotsi facts rebuild`."

if TYPE_CHECKING:
    from luotsi.analytics.cube import Cube, Scanner
    from luotsi.analytics.fold import Folded, Sums


class DuckFigures:
    """Figures from the parquet files in a folder. One for a process; threads take turns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = threading.RLock()
        self._scanner: Scanner | None = None
        self._cubes = _Kept(200)
        self._answers = _Kept(2_000)

    def state(self) -> FactsState:
        """Raises NoFacts."""
        found = self._manifest()
        return FactsState(found.id, in_helsinki(found.moment), found.events)

    def measure(self, ask: Ask) -> Answer:
        """Raises NoFacts, and WrongQuestion when the indicator cannot be asked so."""
        _check(ask)
        found = self._manifest()
        with self._turn:
            answer: Answer = self._answers.get(
                (found.id, local_day(found.moment), ask), lambda: self._answer(found, ask)
            )
            return replace(answer, as_of=in_helsinki(found.moment))

    def warm(self) -> None:
        """Load the engine, so that the first visitor does not wait for it."""
        from luotsi.analytics import cube

        with self._turn:
            cube.warm()

    def _manifest(self) -> manifests.Manifest:
        found = manifests.read(self._folder)
        if found is None:
            raise NoFacts
        if found.format != manifests.FORMAT:
            raise NoFacts("The facts were made by another version of Luotsi.", REBUILD)
        return found

    def _answer(self, found: manifests.Manifest, ask: Ask) -> Answer:
        from luotsi.analytics.fold import fold
        from luotsi.analytics.measures import counting

        cube, today = self._cube(found, ask), local_day(found.moment)
        until = ask.until or today
        since = ask.since or min(cube.first_day or until, until)
        folded = fold(cube, ask.by, since=since, until=until, units=ask.units)
        cells, total = _publish(ask, folded, counting(ask.indicator.measure).levels)
        return Answer(cells, total, since, until, in_helsinki(found.moment), found.id)

    def _cube(self, found: manifests.Manifest, ask: Ask) -> "Cube":
        """Always by unit, so that every unit's tables come from the same scan."""
        wanted = {"unit", *ask.by}
        groups: tuple[Dimension, ...] = tuple(name for name in DIMENSIONS if name in wanted)
        measure, today = ask.indicator.measure, local_day(found.moment)
        cube: Cube = self._cubes.get(
            (found.id, today, measure, groups), lambda: self._scan(found).cube(found, measure, groups, today)
        )
        return cube

    def _scan(self, found: manifests.Manifest) -> "Scanner":
        from luotsi.analytics.cube import Scanner

        if missing := manifests.missing(self._folder, found):
            raise NoFacts(f"The facts have lost the file {missing}.", REBUILD)
        self._scanner = self._scanner or Scanner(self._folder)
        return self._scanner


def _check(ask: Ask) -> None:
    for column in ask.by:
        if column not in ask.indicator.by:
            known = ", ".join(ask.indicator.by)
            raise WrongQuestion(f"{ask.indicator.key} cannot be broken down by {column!r}; choose from {known}")
    period_of(ask.by)
    if len(set(ask.by)) < len(ask.by):
        raise WrongQuestion("name each column once")
    if ask.since and ask.until and ask.since > ask.until:
        raise WrongQuestion(f"the period begins on {ask.since} after it ends on {ask.until}")


def _publish(ask: Ask, folded: "Folded", levels: frozenset[str]) -> tuple[tuple[Cell, ...], Cell]:
    """Cells with the small ones hidden, and the ones by which these could be worked out."""
    keys, sums, indicator = list(folded.groups), list(folded.groups.values()), ask.indicator
    over_time = next((place for place, column in enumerate(ask.by) if column in PERIODS), None)

    def small(*names: str) -> Hidden:
        counts = [[getattr(one, name) for name in names] for one in (*sums, folded.total)]
        table = np.array(counts, dtype=np.int64)
        fixed = over_time if levels.intersection(names) else None
        return hide(table[:-1], keys, counts[-1], indicator.minimum_cell, apart=fixed)

    values, aside = small("reached", "counted"), small("apart")
    cells = tuple(
        _cell(indicator, key, one, bool(is_hidden), bool(apart_hidden))
        for key, one, is_hidden, apart_hidden in zip(keys, sums, values.cells, aside.cells, strict=True)
    )
    return cells, _cell(indicator, (), folded.total, values.total, aside.total)


def _cell(indicator: Indicator, key: tuple[str | date, ...], one: "Sums", hidden: bool, apart_hidden: bool) -> Cell:
    has_apart = indicator.apart is not None and not apart_hidden
    apart = one.apart if has_apart else None
    if hidden:
        return Cell(key, None, None, None, None, apart, suppressed=True)
    return Cell(key, one.value(indicator), one.reached, one.counted, one.coverage, apart)


class _Kept:
    """The latest so many answers by their question."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]
