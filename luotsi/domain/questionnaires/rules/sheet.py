"""The sheet on which a reading works: what was given at each place, what is asked there, what is kept."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from luotsi.domain.questionnaires.definitions import Item
from luotsi.domain.questionnaires.definitions.faulty import Fault
from luotsi.domain.questionnaires.rules import expressions, fhirpath
from luotsi.domain.questionnaires.rules.asking import Answers, as_list, shows
from luotsi.domain.questionnaires.rules.checking import MOST_ROWS, clean
from luotsi.domain.questionnaires.rules.plan import Plan
from luotsi.domain.questionnaires.rules.state import Path, Problem

_MOST_OVER = 5  # so many expressions may take too much in one reading; after them no other is asked
Scope = tuple[int, ...]  # the row in each group that repeats around an item, outermost first


class Sheet:
    """Answers at their places. A place is an item's key with the rows around it."""

    def __init__(self, plan: Plan, given: Answers, on: date | None, known: Mapping[str, Any]) -> None:
        self.plan, self.on, self.known, self._given = plan, on, known, given
        self.kept: dict[tuple[str, Scope], Any] = {}
        self.problems: dict[tuple[str, Scope], Problem] = {}
        self._asked: dict[tuple[str, Scope], bool] = {}
        self._rows: dict[tuple[str, Scope], int] = {}
        self.failures: list[Fault] = []
        self._over = 0
        self._filled: set[tuple[str, Scope]] = set()
        self._variables: dict[tuple[str, str, Scope], Any] = {}

    # reading

    def read_item(self, key: str) -> None:
        item = self.plan.items[key]
        for scope in self.scopes(key):
            asked = self._asked[key, scope] = self._holds(item, scope)
            if item.type == "group" and item.repeats:
                self._rows[key, scope] = self._count(item, scope)
            elif asked and item.type not in {"group", "display"}:
                self._keep(item, scope)

    def read_variable(self, owner: str, name: str) -> None:
        variable = self.plan.variables[owner, name]
        for scope in self._scopes_within(owner):
            self._variables[owner, name, scope] = self._asked_of(variable.expression, owner, scope, f"%{name}")

    def _holds(self, item: Item, scope: Scope) -> bool:
        up = self.plan.parent[item.key]
        if up and not self._asked.get((up, scope[: len(self.plan.around[up])]), False):
            return False
        if not shows(item, lambda key: self.seen_from(key, item.key, scope)):
            return False
        return not item.show_expression or self._asked_of(item.show_expression, item.key, scope) == [True]

    def _keep(self, item: Item, scope: Scope) -> None:
        if item.calculated:
            value = self._calculated(item, scope)
        else:
            value = self.given(item.key, scope)
            if not as_list(value) and (item.hidden or item.read_only):
                value = item.initial
        value = clean(item, value, path=self.path(item.key, scope), on=self.on)
        if isinstance(value, Problem):
            self.problems[item.key, scope] = value
        elif value is not None:
            self.kept[item.key, scope] = value
            if item.is_answered_by_people:
                self._filled |= {(group, scope[: depth + 1]) for depth, group in enumerate(self.plan.around[item.key])}

    def _calculated(self, item: Item, scope: Scope) -> Any:
        try:
            return expressions.as_answer(item, self._asked_of(item.calculated, item.key, scope))
        except expressions.Unfit as error:
            self.failures.append(Fault(f"{item.key}: {error}", "unfit", item=item.key))
            return None

    def _asked_of(self, text: str, owner: str, scope: Scope, name: str = "") -> list[Any]:
        """What an expression gives. One that fails gives nothing, and is told among the failures."""
        if self._over >= _MOST_OVER:
            return []
        try:
            return expressions.value(text, self, owner, scope)
        except fhirpath.Failed as error:
            self._over += isinstance(error, fhirpath.TookTooMuch)
            kind = "took_too_much" if isinstance(error, fhirpath.TookTooMuch) else "failed"
            self.failures.append(Fault(f"{name or owner}: {error}", kind, item=owner, variable=name))
            return []

    def _count(self, group: Item, scope: Scope) -> int:
        given = self.given(group.key, scope)
        if given in (None, "", []):
            return 0
        if not isinstance(given, list | tuple) or not all(isinstance(row, Mapping) for row in given):
            self.problems[group.key, scope] = Problem("not_rows", group, self.path(group.key, scope))
            return 0
        most = min(group.repeats_at_most or MOST_ROWS, MOST_ROWS)
        if len(given) > most:
            self.problems[group.key, scope] = Problem("too_many", group, self.path(group.key, scope), most)
        return min(len(given), most)

    # what stands

    def given(self, key: str, scope: Scope) -> Any:
        """The answer at a place as it came."""
        row: Any = self._given
        for group, number in zip(self.plan.around[key], scope, strict=True):
            rows = row.get(group)
            if not isinstance(rows, list | tuple) or number >= len(rows) or not isinstance(rows[number], Mapping):
                return None
            row = rows[number]
        return row.get(key)

    def shown(self, key: str, scope: Scope) -> Any:
        """What a page shows at a place: the answer as it is kept, else as it came."""
        kept = self.kept.get((key, scope))
        return kept if kept is not None or self.plan.items[key].calculated else self.given(key, scope)

    def is_asked(self, key: str, scope: Scope) -> bool:
        if (key, scope) in self._asked:
            return self._asked[key, scope]
        return self._holds(self.plan.items[key], scope)  # in the empty row that a page offers

    def rows(self, key: str, scope: Scope) -> int:
        return self._rows.get((key, scope), 0)

    def scopes(self, key: str) -> list[Scope]:
        """Every place where the item stands."""
        found: list[Scope] = [()]
        for depth, group in enumerate(self.plan.around[key]):
            found = [(*scope, row) for scope in found for row in range(self.rows(group, scope[:depth]))]
        return found

    def _scopes_within(self, owner: str) -> list[Scope]:
        """As `scopes`, and in each row when the owner is itself a group that repeats."""
        if not owner:
            return [()]
        if self.plan.inside(owner) == self.plan.around[owner]:
            return self.scopes(owner)
        return [(*scope, row) for scope in self.scopes(owner) for row in range(self.rows(owner, scope))]

    def filled_scopes(self, key: str) -> list[Scope]:
        """As `scopes`, but for the rows in which nobody answered anything: those are as if they were not there."""
        around = self.plan.around[key]
        return [
            scope
            for scope in self.scopes(key)
            if all(self.is_filled(group, scope[: depth + 1]) for depth, group in enumerate(around))
        ]

    def is_filled(self, group: str, row: Scope) -> bool:
        """Whether somebody answered something in a row of a group that repeats. What is computed does not count."""
        return (group, row) in self._filled

    def values(self, key: str) -> list[Any]:
        """Every kept answer of an item, over all rows; several answers of one item one by one."""
        return [one for scope in self.scopes(key) for one in as_list(self.kept.get((key, scope)))]

    def seen_from(self, key: str, place: str, scope: Scope) -> list[Any]:
        """The answers of an item as another one sees them: in its own row where they share one, else in every row."""
        shared = 0
        for mine, theirs in zip(self.plan.around[place], self.plan.around[key], strict=False):
            if mine != theirs:
                break
            shared += 1
        if not self.plan.around[key]:
            return as_list(self.kept.get((key, ())))
        places = [one for one in self.scopes(key) if one[:shared] == scope[:shared]]
        return [value for one in places for value in as_list(self.kept.get((key, one)))]

    def seen(self, wanted: Collection[str]) -> list[Any]:
        """Every kept answer of these items with its place: what an expression that names them can see."""
        return [
            (key, scope, self.kept[key, scope])
            for key in sorted(wanted)
            for scope in self.scopes(key)
            if (key, scope) in self.kept
        ]

    def path(self, key: str, scope: Scope) -> Path:
        steps: list[str | int] = []
        for group, row in zip(self.plan.around[key], scope, strict=True):
            steps += [group, row]
        return (*steps, key)

    def named(self, owner: str, scope: Scope) -> dict[str, Any]:
        """The variables that an expression at the item sees, the nearest winning, over the facts known."""
        found = dict(self.known)
        for at, name in self.plan.visible(owner):
            depth = len(self.plan.inside(at))
            if (at, name, scope[:depth]) in self._variables:
                found[name] = self._variables[at, name, scope[:depth]]
        return found
