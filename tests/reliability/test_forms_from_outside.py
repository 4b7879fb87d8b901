"""Questionnaires from outside, spoilt in every way: each is read, or refused in one sentence. Nothing crashes."""

import copy
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luotsi.domain.questionnaires import rules
from luotsi.gateways.fhir import questionnaires as fhir

SAMPLES = sorted((Path(__file__).parents[1] / "gateways" / "questionnaires" / "samples").glob("*.json"))
TURNS = 1_200
STRANGE: list[Any] = [
    None, True, -1, 0, 10**30, 1.5e300, "", " ", "\x00", "\ud800", "a" * 5_000, "(a+)+$", "%x.repeat($this)", "'", [],
    {}, [[]], {"linkId": "x"}, {"url": "x"}, "2026-02-30", "https://", "🙂", ["a", 1, None], {"expression": "1 +"},
]  # fmt: skip
EXPRESSIONS = [
    "(1|2).repeat($this + 1)", "'a'" + ".replace('a','aaaaaaaaaa')" * 30, "1".rjust(60, "-"),
    "%resource.descendants().select(%resource.descendants().select(descendants()))", "(2).power(2).power(999)",
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('(a+)+$')", "(" * 300 + "1" + ")" * 300, "1/0", "%nothing", "$total",
    "@2020-13-45", "today() - 9999999 years", "item.item.item[99999999999999999999]", "{}", "''.toInteger() + 'x'",
    "1" + "+1" * 1_500, "%resource.item.answer.value.aggregate($total & $this & $total, 'xxxxxxxxxx')",
]  # fmt: skip


def test_a_form_spoilt_at_random_is_read_or_refused(figures: Callable[[str], None]) -> None:
    chance = random.Random(25)
    read, refused, slowest = 0, 0, 0.0
    whole = [json.loads(path.read_text("utf-8")) for path in SAMPLES if ".response" not in path.name]
    for _ in range(TURNS):
        document = copy.deepcopy(chance.choice(whole))
        document.pop("text", None)
        for _ in range(chance.randint(1, 6)):
            spoil(chance, document)
        began = time.perf_counter()
        try:
            form = fhir.read(document).form
            state = rules.read(form, {item.key: chance.choice(STRANGE) for item in form.every_item[:10]})
            json.dumps(state.answers, allow_nan=False).encode()
            fhir.read(fhir.as_json(fhir.write(form)))
            read += 1
        except fhir.NotReadable as error:
            refused += len(str(error)) > 10
        slowest = max(slowest, time.perf_counter() - began)
    figures(
        f"R25 FHIR questionnaires: {TURNS} spoilt documents, {read} read, {refused} refused in a sentence, "
        f"0 crashes, 0 other errors; the slowest took {slowest:.1f} s"
    )
    assert (read + refused, min(read, refused) > 100) == (TURNS, True)


def test_bytes_that_are_no_document_are_refused(figures: Callable[[str], None]) -> None:
    chance = random.Random(26)
    whole = SAMPLES[0].read_bytes()
    for turn in range(400):
        spoilt = bytearray(whole[: chance.randint(1, len(whole))])
        for _ in range(chance.randint(1, 20)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        with pytest.raises(fhir.NotReadable):
            fhir.read(bytes(spoilt) + b"}" * (turn % 3))
    figures("R25 FHIR questionnaires: 400 files of broken JSON, all refused in a sentence")


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_no_expression_hangs_or_fills_the_memory(expression: str) -> None:
    document = {
        "resourceType": "Questionnaire",
        "item": [
            {"linkId": "a", "type": "string", "text": "?", "repeats": True},
            {"linkId": "b", "type": "string", "text": "?", "extension": [calculated(expression)]},
        ],
    }
    began = time.perf_counter()
    imported = fhir.read(document)
    state = rules.read(imported.form, {"a": ["x" * 50] * 50})

    assert time.perf_counter() - began < 10
    assert "b" not in state.answers or len(str(state.answers["b"])) < 25_000


@pytest.mark.parametrize(
    "document, says",
    [
        ('{"resourceType": "Patient"}', "this is a Patient, not a FHIR Questionnaire"),
        ("[1, 2]", "the file is JSON, but no object"),
        ("{" * 100_000, "the file is not readable JSON"),
        ("[" * 100_000, "the file is nested too deeply"),
        ('{"resourceType": "Questionnaire"}', "the form has no items"),
        (b"\xff\xfe\x00", "the file is not"),
        (b" " * 5_000_001, "the file has 5 000 001 bytes, at most 5 000 000"),
        ('{"resourceType": "Questionnaire", "version": 1e999, "item": []}', "is not a number that can be kept"),
        ('{"resourceType": "Questionnaire", "item": [{"type": "string", "text": "A"}]}', "an item has no linkId: 'A'"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(document: bytes | str, says: str) -> None:
    with pytest.raises(fhir.NotReadable) as refused:
        fhir.read(document)

    assert says in str(refused.value)


def test_forms_that_have_no_reading_are_refused() -> None:
    assert "two items" in refusal([asked("a"), asked("a")])
    assert "a → b → a" in refusal([asked("a", waits_for="b"), asked("b", waits_for="a")])
    assert "depends on its own answer" in refusal([asked("a", waits_for="a")])
    assert "'b', which is not an item" in refusal([asked("a", waits_for="b")])
    assert "circle" in refusal([computed("a", "b"), computed("b", "c"), computed("c", "a")])
    assert "own answer" in refusal([computed("a", "a")])
    assert "more than 5000 items" in refusal([asked(str(number)) for number in range(10_000)])
    deep: dict[str, Any] = asked("leaf")
    for level in range(2_000):
        deep = {"linkId": f"g{level}", "type": "group", "text": "G", "item": [deep]}
    assert "deeper than 20 levels" in refusal([deep])


def test_a_chain_of_a_thousand_questions_is_read() -> None:
    chain = [asked("0"), *(asked(str(number), waits_for=str(number - 1)) for number in range(1, 1_000))]
    form = fhir.read({"resourceType": "Questionnaire", "item": chain}).form

    assert len(rules.read(form, {str(number): "x" for number in range(1_000)}).answers) == 1_000
    assert rules.read(form, {str(number): "x" for number in range(1, 1_000)}).answers == {}


def test_rows_without_end_are_refused() -> None:
    rows = {"linkId": "g", "type": "group", "text": "G", "repeats": True, "item": [asked("a")]}
    form = fhir.read({"resourceType": "Questionnaire", "item": [rows]}).form
    state = rules.read(form, {"g": [{"a": "x"}] * 100_000})

    assert (state.problems["g"].kind, state.problems["g"].limit) == ("too_many", 200)
    assert len(state.answers["g"]) == 200
    many = fhir.read({"resourceType": "Questionnaire", "item": [asked("a") | {"repeats": True}]}).form
    assert rules.read(many, {"a": ["x"] * 100_000}).problems["a"].kind == "too_many"


def spoil(chance: random.Random, part: Any) -> None:
    """Change, drop, double or move one thing somewhere in the document."""
    for _ in range(chance.randint(1, 12)):
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        inner = [key for key in keys if isinstance(part[key], dict | list) and part[key]]
        if not inner or chance.random() < 0.2:
            break
        part = part[chance.choice(inner)]
    keys = list(part) if isinstance(part, dict) else list(range(len(part)))
    if not keys:
        return
    key, how = chance.choice(keys), chance.randrange(4)
    if how == 0:
        part[key] = chance.choice(STRANGE)
    elif how == 1:
        del part[key]
    elif how == 2 and isinstance(part, list):
        part.append(copy.deepcopy(part[key]))
    elif isinstance(part, dict):
        part["".join(chance.sample(str(key), len(str(key))))] = part.pop(key)


def refusal(items: list[dict[str, Any]]) -> str:
    with pytest.raises(fhir.NotReadable) as refused:
        fhir.read({"resourceType": "Questionnaire", "item": items})
    return str(refused.value)


def asked(key: str, waits_for: str = "") -> dict[str, Any]:
    when = [{"question": waits_for, "operator": "exists", "answerBoolean": True}] if waits_for else []
    return {"linkId": key, "type": "string", "text": key} | ({"enableWhen": when} if when else {})


def computed(key: str, of: str) -> dict[str, Any]:
    return asked(key) | {"extension": [calculated(f"%resource.item.where(linkId='{of}').answer.value")]}


def calculated(expression: str) -> dict[str, Any]:
    url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
    return {"url": url, "valueExpression": {"language": "text/fhirpath", "expression": expression}}
