"""The order in which a form is read: each item after those that it depends on. Forms that cannot be read are refused.

An item depends on the one that it stands in, on the items of its conditions, and on the items and variables that its
expressions name. An expression that looks at the form as a whole (`%resource.item.answer.count()`) is read after
everything that does not itself wait for such an expression.
"""

import heapq
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from luotsi.domain.questionnaires.definitions import Expression, Item, Questionnaire
from luotsi.domain.questionnaires.definitions.faulty import Fault, Faulty
from luotsi.domain.questionnaires.rules import expressions, fhirpath

DEEPEST = 20
MOST_ITEMS = 5_000
_KEPT_PLANS = 256
_EVERYTHING = ("everything", "", "")

Node = tuple[str, str, str]  # ("item", key, "") or ("variable", key of the item or "" for the form, name)


class CannotBeRead(Faulty):
    """A form that has no reading: a circle, too deep, too big, an expression that is none. Says what to mend."""


@dataclass(frozen=True)
class Plan:
    """`around` names the groups that repeat around an item, outermost first; `parent` the item that it stands in.
    `given` keeps what expressions gave for the answers that they saw.
    """

    form: Questionnaire
    items: Mapping[str, Item]
    parent: Mapping[str, str]
    around: Mapping[str, tuple[str, ...]]
    variables: Mapping[tuple[str, str], Expression]
    steps: tuple[Node, ...]
    given: dict[str, list[Any]] = field(default_factory=dict, compare=False, repr=False)

    def visible(self, key: str) -> Iterator[tuple[str, str]]:
        """The variables that an expression at the item may use, the outermost first."""
        chain = [""]
        while key:
            chain.insert(1, key)
            key = self.parent[key]
        for owner in chain:
            yield from ((owner, name) for at, name in self.variables if at == owner)

    def inside(self, key: str) -> tuple[str, ...]:
        """The groups that repeat around what stands in the item: with itself, when it repeats. Nothing for the form."""
        if not key:
            return ()
        own = (key,) if self.items[key].type == "group" and self.items[key].repeats else ()
        return (*self.around[key], *own)


def planned(form: Questionnaire) -> Plan:
    """The plan of a form, made once. Raises CannotBeRead."""
    kept = _plans.get(id(form))
    if kept is None or kept.form is not form:
        kept = _plans[id(form)] = _plan(form)
        while len(_plans) > _KEPT_PLANS:
            _plans.popitem(last=False)
    return kept


_plans: OrderedDict[int, Plan] = OrderedDict()


def _plan(form: Questionnaire) -> Plan:
    items: dict[str, Item] = {}
    parent: dict[str, str] = {}
    around: dict[str, tuple[str, ...]] = {}
    waiting: list[tuple[Item, str, tuple[str, ...], int]] = [(item, "", (), 1) for item in reversed(form.items)]
    while waiting:
        item, owner, groups, depth = waiting.pop()
        if depth > DEEPEST or len(items) >= MOST_ITEMS:
            raise CannotBeRead(_too_big(item, is_deep=depth > DEEPEST))
        items[item.key], parent[item.key], around[item.key] = item, owner, groups
        inner = (*groups, item.key) if item.type == "group" and item.repeats else groups
        waiting += [(child, item.key, inner, depth + 1) for child in reversed(item.items)]
    variables = {("", one.name): one for one in form.variables}
    variables |= {(item.key, one.name): one for item in items.values() for one in item.variables}
    bare = Plan(form, items, parent, around, variables, ())
    return Plan(form, items, parent, around, variables, _in_order(bare))


def _too_big(item: Item, *, is_deep: bool) -> Fault:
    what = f"deeper than {DEEPEST} levels" if is_deep else f"more than {MOST_ITEMS} items"
    kind, most = ("too_deep", DEEPEST) if is_deep else ("too_many_items", MOST_ITEMS)
    return Fault(f"{item.key}: the form has {what}; make it smaller", kind, item=item.key, most=most)


def _in_order(plan: Plan) -> tuple[Node, ...]:
    order: dict[Node, int] = {("variable", at, name): 0 for at, name in plan.variables if not at}
    for key, item in plan.items.items():
        order[("item", key, "")] = len(order)
        order |= {("variable", key, one.name): len(order) for one in item.variables}
    before, whole = _dependencies(plan, order)
    late = _downstream(whole, before)
    before[_EVERYTHING] = {node for node in order if node not in late}
    order[_EVERYTHING] = len(order)
    for node in whole:
        before[node] = before[node] | {_EVERYTHING}
    steps = tuple(_sorted(before, order))
    return tuple(node for node in steps if node != _EVERYTHING)


def _dependencies(plan: Plan, order: Mapping[Node, int]) -> tuple[dict[Node, set[Node]], set[Node]]:
    before: dict[Node, set[Node]] = {}
    whole: set[Node] = set()
    for node in order:
        kind, key, name = node
        texts = [plan.variables[key, name].expression] if kind == "variable" else _expressions(plan.items[key])
        before[node] = set() if kind == "variable" else _standing_on(plan, plan.items[key])
        for text in texts:
            named, names = _looks_at(text, plan.items, key, name)
            if named is None:
                whole.add(node)
            if kind == "item" and key in (named or ()):
                raise CannotBeRead(Fault(f"{key}: its expression asks for its own answer", "asks_itself", item=key))
            before[node] |= {("item", one, "") for one in named or ()}
            before[node] |= {
                ("variable", at, one) for at, one in plan.visible(key) if one in names and (at, one) != (key, name)
            }
        if kind == "variable" and (standing := _row_of(plan, key)):
            before[node].add(("item", standing, ""))
    return before, whole


def _looks_at(
    text: str, items: Mapping[str, Item], key: str, variable: str
) -> tuple[frozenset[str] | None, frozenset[str]]:
    try:
        fhirpath.compiled(text)
    except fhirpath.NotAnExpression as error:
        raise CannotBeRead(error.fault.of(f"{variable or key}:", item=key, variable=variable)) from None
    return expressions.looks_at(text, items)


def _standing_on(plan: Plan, item: Item) -> set[Node]:
    found: set[Node] = {("item", condition.item, "") for condition in item.show_when}
    if ("item", item.key, "") in found:
        said = f"{item.key}: whether it is asked depends on its own answer"
        raise CannotBeRead(Fault(said, "depends_on_itself", item=item.key))
    return found | ({("item", plan.parent[item.key], "")} if plan.parent[item.key] else set())


def _expressions(item: Item) -> list[str]:
    return [text for text in (item.show_expression, item.calculated) if text]


def _row_of(plan: Plan, owner: str) -> str:
    """The item that must have been read before a variable at `owner`: its group that repeats, or what it stands in."""
    if not owner:
        return ""
    return owner if plan.inside(owner) != plan.around[owner] else plan.parent[owner]


def _downstream(whole: set[Node], before: Mapping[Node, set[Node]]) -> set[Node]:
    """Everything that waits, directly or not, for one of these."""
    after: dict[Node, list[Node]] = {}
    for node, sources in before.items():
        for source in sources:
            after.setdefault(source, []).append(node)
    found, waiting = set(whole), list(whole)
    while waiting:
        for node in after.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found


def _sorted(before: Mapping[Node, set[Node]], order: Mapping[Node, int]) -> Iterator[Node]:
    """Every node after those before it; where that leaves a choice, in the order of the form."""
    left = {node: len(sources) for node, sources in before.items()}
    after: dict[Node, list[Node]] = {}
    for node, sources in before.items():
        for source in sources:
            after.setdefault(source, []).append(node)
    ready = [(order[node], node) for node, count in left.items() if not count]
    heapq.heapify(ready)
    while ready:
        _, node = heapq.heappop(ready)
        del left[node]
        yield node
        for later in after.get(node, ()):
            left[later] -= 1
            if not left[later]:
                heapq.heappush(ready, (order[later], later))
    if left:
        raise CannotBeRead(_circle(before, left))


def _circle(before: Mapping[Node, set[Node]], left: Mapping[Node, int]) -> Fault:
    node = next(iter(left))
    seen: list[Node] = []
    while node not in seen:
        seen.append(node)
        node = next(one for one in before[node] if one in left)
    names = [f"%{name}" if kind == "variable" else key for kind, key, name in [*seen[seen.index(node) :], node]]
    return Fault(f"these wait for each other in a circle: {' → '.join(names)}", "circle", items=tuple(names))
