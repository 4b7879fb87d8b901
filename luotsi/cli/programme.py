"""Ask about a development programme: its plan as the shelf holds it, and its money table printed and recomputed."""

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.programmes import rules
from luotsi.domain.programmes.definitions import (
    Measure,
    Programme,
    ProgrammeGoal,
    UnknownProgrammeError,
    parts_of,
    programme,
    programmes,
)
from luotsi.ui.words import number

NAME = "programme"
HELP = "Development programmes: `list`, a programme's KEY, or `budget KEY`."
needs_database = False

MARKS = {"agrees": "", "rounding": "~", "disagrees": "*", "not_printed": "+"}
NAMES, FIGURES = 46, 14  # widths of the table's columns, in characters


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", help="list, budget, or the key of a programme (hella)")
    parser.add_argument("key", nargs="?", help="after budget: the key of a programme")
    parser.add_argument("--lang", choices=LANGUAGES, default="fi", help="language of the names (default fi)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")


def run(args: argparse.Namespace) -> int:
    if (args.what == "budget") != bool(args.key):
        return _refuse("say `luotsi programme list`, `luotsi programme KEY` or `luotsi programme budget KEY`")
    try:
        if args.what == "list":
            _answer(args, {"programmes": [_summary(plan, args.lang) for plan in programmes().values()]}, _print_list)
        elif args.what == "budget":
            return _budget(args)
        else:
            _answer(args, _whole(programme(args.what), args.lang), _print_whole)
    except UnknownProgrammeError as error:
        return _refuse(str(error))
    return 0


def _budget(args: argparse.Namespace) -> int:
    plan = programme(args.key)
    if plan.budget is None:
        return _refuse(f"the programme {plan.key!r} has no money table")
    compared = rules.compare(plan.budget)
    if args.json:
        print(json.dumps(_table(plan, compared, args.lang), ensure_ascii=False, indent=2))
    else:
        _print_table(compared, args.lang)
    return 0


def _table(plan: Programme, compared: rules.Comparison, language: str) -> dict[str, Any]:
    return {
        "programme": plan.key,
        "currency": "EUR",
        "as_of": _plain(compared.budget.as_of, language),
        "columns": [_plain(column, language) for column in compared.budget.columns],
        "rows": [_row(row, language) for row in compared.rows],
        "disagreements": [_disagreement(found, language) for found in compared.disagreements],
        "tolerance": _plain(rules.TOLERANCE, language),
    }


def _row(row: rules.ComparedRow, language: str) -> dict[str, Any]:
    cells = {key: _cell(cell) for key, cell in row.cells.items()}
    return {"key": row.key, "name": row.name.in_language(language), "level": row.level, "columns": cells}


def _cell(cell: rules.Cell) -> dict[str, Any]:
    figures = {"stated": cell.stated, "computed": cell.computed, "difference": cell.difference}
    return {**_plain(figures, ""), "verdict": cell.verdict, "basis": cell.basis}


def _disagreement(found: rules.Disagreement, language: str) -> dict[str, Any]:
    return {
        "row": found.row.key,
        "column": found.column.key,
        **_cell(found.cell),
        "place": _plain(found.place, language),
        "explanation": _plain(found.cell.explanation, language),
    }


def _summary(plan: Programme, language: str) -> dict[str, Any]:
    parts = parts_of(plan.key)
    goals = (*plan.goals, *(goal for part in parts for goal in part.goals))
    return {
        "key": plan.key,
        "name": plan.name.in_language(language),
        "county": plan.county,
        "period": [plan.period.first, plan.period.last],
        "parts": len(parts),
        "goals": sum(1 for goal in goals for _ in goal.walk()),
        "measures": sum(len(part.measures) for part in parts),
        "pilots": sum(len(part.pilots) for part in parts),
        "targets": len(plan.targets),
        "target_groups": len(plan.target_groups),
        "risks": len(plan.risks),
    }


def _whole(plan: Programme, language: str) -> dict[str, Any]:
    return {**_plain(plan, language), "parts": _plain(parts_of(plan.key), language)}


def _plain(value: Any, language: str) -> Any:
    """A definition as JSON: texts in one language, exact numbers as numbers, days as 2022-09-14."""
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, BaseModel):
        told = {name: _plain(getattr(value, name), language) for name in type(value).model_fields}
        return {**told, "state": value.state} if isinstance(value, Measure | ProgrammeGoal) else told
    if isinstance(value, Mapping):
        return {str(key): _plain(item, language) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item, language) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _answer(args: argparse.Namespace, answer: dict[str, Any], show: Any) -> None:
    if args.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        show(answer)


def _print_list(answer: dict[str, Any]) -> None:
    for plan in answer["programmes"]:
        years = "{}–{}".format(*plan["period"])
        print(f"{plan['key']:<14} {years}  {plan['name']} ({plan['parts']} parts, {plan['targets']} targets)")


def _print_whole(answer: dict[str, Any]) -> None:
    print(answer["name"], f"({answer['county_name']})", answer["funder"], sep="\n")
    for part in answer["parts"]:
        print(f"\n{part['name']}")
        for line in (part["status"] or {}).get("overall", []):
            print(f"  {line['text']}")
    measures = [one for part in answer["parts"] for group in part["measure_sets"] for one in group["measures"]]
    if measures:
        states = rules.tally(one["state"] for one in measures)
        print(f"\n{len(measures)} measures:", ", ".join(f"{n} {state or 'unknown'}" for state, n in states.items()))
    print(f"\n{len(answer['targets'])} targets, {len(answer['risks'])} risks. All of it: --json")


def _print_table(compared: rules.Comparison, language: str) -> None:
    columns = compared.budget.columns
    print(compared.budget.title.in_language(language))
    heads = [column.key.partition("_") for column in columns]  # "2020_plan" stands as 2020 over plan
    for word in (0, 2):
        print(" " * NAMES + "".join(f"{head[word].replace('_', ' '):>{FIGURES}}" for head in heads))
    for row in compared.rows:
        name = ("  " * row.level + row.name.in_language(language))[: NAMES - 1]
        cells = (_printed(row.cells[column.key], column.unit) for column in columns)
        print(f"{name:<{NAMES}}" + "".join(f"{cell:>{FIGURES}}" for cell in cells))
    print("~ differs by rounding only   * the printed figure disagrees with the others")
    for found in compared.disagreements:
        _print_disagreement(found, language)


def _print_disagreement(found: rules.Disagreement, language: str) -> None:
    place = f", {found.place.in_language(language)}" if found.place else ""
    stated, computed = (_figure(value, found.column.unit) for value in (found.cell.stated, found.cell.computed))
    print(f"* {found.row.name.in_language(language)}{place}: stated {stated}, computed {computed}")
    if found.cell.explanation:
        print(f"  {found.cell.explanation.in_language(language)}")


def _printed(cell: rules.Cell, unit: str) -> str:
    if cell.stated is None and not cell.computed:
        return ""
    return _figure(cell.computed if cell.stated is None else cell.stated, unit) + MARKS[cell.verdict]


def _figure(value: Decimal | None, unit: str) -> str:
    return number(value, 2 if unit == "person_years" else 0)


def _refuse(why: str) -> int:
    print(f"luotsi programme: {why}", file=sys.stderr)
    return 2
