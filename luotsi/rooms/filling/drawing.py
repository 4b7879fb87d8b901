"""What stands on a page of questions, in reading order, as the template draws it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.rules import Line, State
from luotsi.rooms.filling import fields
from luotsi.rooms.filling.fields import StepForm
from luotsi.rooms.filling.steps import Step

Block = dict[str, Any]


def drawn(state: State, step: Step, form: StepForm) -> Iterator[Block]:
    """Blocks: a heading, a text to read, a field, a value that was computed; the rows of a group with their buttons."""
    group: Line | None = None
    for line in (line for line in step.lines if line.is_asked):
        if line.item.type == "group":
            if line.item.repeats:
                group = line
                yield _group(state, line)
            elif step.heading is not line.item.label:
                yield {"heading": line.item.label}
            continue
        if group is not None and _begins_row(line, group):
            yield _row(state, group, int(line.path[1]))
        yield from _line(state, line, form)
    if group is not None and group.rows < (group.item.repeats_at_most or 200):
        yield {"more": f"more-{_name(state, group)}", "of": group.item.label}


def _group(state: State, group: Line) -> Block:
    return {
        "group": group.item.label, "hint": group.item.hint, "rows_name": fields.rows_name(state, group),
        "rows": group.rows,
    }  # fmt: skip


def _row(state: State, group: Line, number: int) -> Block:
    less = f"less-{_name(state, group)}-{number}" if group.rows > 1 else ""
    return {"row": number + 1, "of": group.item.label, "less": less}


def _begins_row(line: Line, group: Line) -> bool:
    is_in = len(line.path) > 2 and line.path[0] == group.path[0]
    return is_in and line.path[-1] == group.item.items[0].key


def _line(state: State, line: Line, form: StepForm) -> Iterator[Block]:
    if line.item.type == "display":
        yield {"text": line.item.label}
    elif line.item.is_answered_by_people:
        yield {"field": form[fields.field_name(state, line)]}
    elif line.value not in (None, "", []):
        said = rules.words(line.item, line.value, get_language() or "fi")
        yield {"label": line.item.label, "value": said}


def _name(state: State, group: Line) -> str:
    return fields.rows_name(state, group).removeprefix("rows-")
