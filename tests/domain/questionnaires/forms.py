"""Forms and answers at random, for properties that must hold of all of them."""

from typing import Any

from hypothesis import strategies as st

from luotsi.base.text import Text
from luotsi.domain.questionnaires.definitions import Danger, Questionnaire

ALARM = Danger(title=Text(fi="Apua"), text=Text(fi="Soita"), phone=Text(fi="112"))
_OPTIONS = ("a", "b", "c")


@st.composite
def forms(draw: st.DrawFn) -> Questionnaire:
    """Up to a dozen questions, some in groups, some rows that repeat; each may wait for one that comes before it."""
    items: list[dict[str, Any]] = []
    seen: list[dict[str, Any]] = []
    for number in range(draw(st.integers(2, 7))):
        item = _item(draw, f"q{number}", seen)
        if draw(st.integers(0, 4)) == 0:
            inner = [_item(draw, f"q{number}_{one}", seen) for one in range(draw(st.integers(1, 3)))]
            item = {
                "key": item["key"],
                "type": "group",
                "label": _text(),
                "items": inner,
                "repeats": draw(st.booleans()),
            }
            seen += [] if item["repeats"] else inner
        else:
            seen.append(item)
        items.append(item)
    items.append({"key": "total", "type": "number", "label": _text(), "calculated": _sum(seen)})
    scores = [{"key": "sum", "name": _text(), "max_missing": 99, "bands": _bands()}] if _has_points(items) else []
    outcomes = [{"key": "high", "when": [{"score": "sum", "bands": ["high"]}]}] if scores else []
    return Questionnaire.model_validate(
        {"key": "any", "version": 1, "name": _text(), "intro": _text(), "dangers": {"alarm": ALARM}}
        | {"items": items, "scores": scores, "outcomes": outcomes}
    )


def answers_to(form: Questionnaire) -> st.SearchStrategy[dict[str, Any]]:
    """An answer to some of the questions, some of them wrong."""
    parts: dict[str, Any] = {}
    for item in form.items:
        if item.type == "group":
            row = st.fixed_dictionaries({}, optional={one.key: _answer(one.type) for one in item.items})
            if item.repeats:
                parts[item.key] = st.lists(row, max_size=3)
            else:
                parts |= {one.key: _answer(one.type) for one in item.items}
        elif not item.calculated:
            parts[item.key] = _answer(item.type)
    return st.fixed_dictionaries({}, optional=parts)


def _item(draw: st.DrawFn, key: str, seen: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from(["choice", "choices", "whole_number", "yes_no", "text"]))
    item: dict[str, Any] = {"key": key, "type": kind, "label": _text(), "required": draw(st.booleans())}
    if kind in {"choice", "choices"}:
        item["options"] = [{"value": one, "label": _text(), "points": 2 * n} for n, one in enumerate(_OPTIONS)]
        item["options"][2]["danger"] = "alarm"
    if seen and draw(st.booleans()):
        item["show_when"] = [_condition(draw, draw(st.sampled_from(seen))) for _ in range(draw(st.integers(1, 2)))]
        item["show_if"] = draw(st.sampled_from(["all", "any"]))
    return item


def _condition(draw: st.DrawFn, asked: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {"item": asked["key"]}
    if asked["type"] in {"choice", "choices"}:
        return about | {draw(st.sampled_from(["is_one_of", "is_not"])): draw(st.sampled_from([["a"], ["b", "c"]]))}
    if asked["type"] == "whole_number":
        return about | {draw(st.sampled_from(["is_over", "is_at_most"])): 5}
    if asked["type"] == "yes_no":
        return about | {"is_one_of": ["yes"]}
    return about | {"is_answered": draw(st.booleans())}


def _answer(kind: str) -> st.SearchStrategy[Any]:
    several = st.lists(st.sampled_from([*_OPTIONS, "x"]), max_size=3, unique=True)
    kinds = {
        "choice": st.sampled_from([*_OPTIONS, "x", ""]),
        "choices": several,
        "whole_number": st.one_of(st.integers(0, 10), st.just("five")),
        "yes_no": st.sampled_from(["yes", "no", "perhaps"]),
        "text": st.sampled_from(["words", "", "  "]),
    }
    return kinds[kind]


def _sum(seen: list[dict[str, Any]]) -> str:
    numbers = [item["key"] for item in seen if item["type"] == "whole_number"]
    parts = [f"iif(%resource.descendants().where(linkId='{key}').answer.exists(), 1, 0)" for key in numbers]
    return " + ".join(parts) or "0"


def _has_points(items: list[dict[str, Any]]) -> bool:
    return any("options" in one or _has_points(one.get("items", [])) for one in items)


def _bands() -> list[dict[str, Any]]:
    return [{"key": "low", "name": _text(), "most": 3}, {"key": "high", "name": _text(), "least": 4}]


def _text() -> dict[str, str]:
    return {"fi": "x"}
