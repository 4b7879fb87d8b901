"""A form of 300 items and 100 expressions: what one change costs at the server. No database.

Beside it the naive way: every expression asked over the whole response, as the library is usually called.
"""

import time
from typing import Any

import fhirpathpy
from fhirpathpy.models import models

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.gateways.fhir import questionnaires as fhir

ITEMS, EXPRESSIONS, CHANGES, LIMIT_MS = 300, 100, 60, 100


def big_form() -> Questionnaire:
    """Two hundred questions, a third waiting for another; ninety sums, nine in a chain; ten texts that wait for one."""
    groups: list[dict[str, Any]] = []
    for group in range(10):
        items = []
        for number in range(group * 20, group * 20 + 20):
            item: dict[str, Any] = {"key": f"q{number}", "type": "whole_number", "label": {"fi": f"Kysymys {number}"}}
            if number % 3 == 2:
                item["show_when"] = {"item": f"q{number - 1}", "is_at_least": 1}
            items.append(item)
        groups.append({"key": f"g{group}", "type": "group", "label": {"fi": f"Osa {group}"}, "items": items})
    sums = [
        {"key": f"c{number}", "type": "number", "label": {"fi": f"Summa {number}"}, "calculated": _expression(number)}
        for number in range(EXPRESSIONS - 10)
    ]
    over = "%resource.item.where(linkId='c{}').answer.value > 100"
    shown = [
        {
            "key": f"s{number}",
            "type": "display",
            "label": {"fi": "Huomaa"},
            "show_expression": over.format(number * 9 + 8),
        }
        for number in range(10)
    ]
    form = {"key": "big", "version": 1, "name": {"fi": "Iso"}, "intro": {"fi": "x"}, "items": groups + sums + shown}
    return Questionnaire.model_validate(form)


def main() -> None:
    form = big_form()
    began = time.perf_counter()
    rules.read(form, {})
    first = (time.perf_counter() - began) * 1000
    answers = {f"q{number}": number % 7 for number in range(200)}
    rules.read(form, answers)
    processor = time.process_time()
    took = sorted(_timed(form, answers, change) for change in range(CHANGES))
    processor = (time.process_time() - processor) * 1000 / CHANGES
    middle, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    print(f"{len(form.every_item)} items, {EXPRESSIONS} expressions; planned and compiled once in {first:.0f} ms")
    print(f"one change: median {middle:.1f} ms, p95 {p95:.1f} ms (asked for: under {LIMIT_MS} ms)")
    print(f"of which the processor worked {processor:.1f} ms")
    print(f"the naive way, every expression over the whole response: {_naive(form, answers):.0f} ms")
    document = fhir.as_json(fhir.write(form))
    began = time.perf_counter()
    fhir.read(document)
    print(f"the form read from FHIR ({len(document) // 1000} kB): {(time.perf_counter() - began) * 1000:.0f} ms")
    state = rules.read(form, answers)
    assert state.answers["c1"] == state.answers["c0"] + answers["q3"] + answers["q4"], "the sums are wrong"


def _expression(number: int) -> str:
    """Two answers and the sum before, each 0 where there is none."""
    parts = [f"%resource.descendants().where(linkId='q{number * 2 + one}').answer" for one in (1, 2)]
    parts += [f"%resource.item.where(linkId='c{number - 1}').answer"] if number % 9 else []
    return " + ".join(f"iif({part}.exists(), {part}.value, 0)" for part in parts)


def _timed(form: Questionnaire, answers: dict[str, Any], change: int) -> float:
    changed = answers | {f"q{change * 3 % 200}": 100 + change}
    began = time.perf_counter()
    rules.read(form, changed)
    return (time.perf_counter() - began) * 1000


def _naive(form: Questionnaire, answers: dict[str, Any]) -> float:
    """A sample of ten expressions over the whole response, times ten: all of them would take minutes."""
    response = fhir.write_response(form, rules.read(form, answers).answers)
    sample = [item.calculated for item in form.every_item if item.calculated][::9]
    compiled = [fhirpathpy.compile(text, model=models["r4"]) for text in sample]
    began = time.perf_counter()
    for ask in compiled:
        ask(response, {"resource": response})
    return (time.perf_counter() - began) * 1000 * EXPRESSIONS / len(sample)


if __name__ == "__main__":
    main()
