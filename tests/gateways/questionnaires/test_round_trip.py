"""Our forms go out as FHIR and come back the same; forms made by others come in, and nothing in them is lost unsaid."""

import json
from pathlib import Path
from typing import Any

import pytest

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire, questionnaires
from luotsi.gateways.fhir import questionnaires as fhir

SAMPLES = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "samples").glob("*.json"))
    if not path.stem.endswith(".response")
}
FORMS = list(questionnaires().values())
each_form = pytest.mark.parametrize("form", FORMS, ids=[form.key for form in FORMS])
each_sample = pytest.mark.parametrize("name", list(SAMPLES))


@each_form
def test_a_form_of_the_shelf_comes_back_from_the_standard_as_it_was(form: Questionnaire) -> None:
    imported = fhir.read(fhir.as_json(fhir.write(form)))

    assert imported.form == form
    assert imported.unsupported == ()


@each_form
def test_answers_come_back_from_the_standard_as_they_were(form: Questionnaire) -> None:
    for example in form.examples:
        kept = rules.read(form, example.answers, on=example.on).answers
        written = fhir.write_response(form, kept, language="sv")
        read = fhir.read_response(json.loads(fhir.as_json(written)), form)

        assert read.unsupported == ()
        assert rules.read(form, read.answers, on=example.on).answers == kept


@each_sample
def test_a_form_made_by_others_comes_in_and_goes_out_the_same(name: str) -> None:
    first = fhir.read(SAMPLES[name])
    again = fhir.read(fhir.as_json(fhir.write(first.form)))

    assert first.form.items
    assert again.form == first.form


@each_sample
def test_every_item_made_by_others_is_asked_or_told(name: str) -> None:
    """Each linkId of the document is an item, the hint of one, or named among what is not supported."""
    imported = fhir.read(SAMPLES[name])
    ours = {item.key for item in imported.form.every_item}
    hints = {item.hint.fi for item in imported.form.every_item if item.hint}
    told = {one.item for one in imported.unsupported}

    for item in every(SAMPLES[name].get("item", [])):
        assert item["linkId"] in ours | told or item.get("text") in hints


@each_sample
def test_every_extension_made_by_others_is_read_or_told(name: str) -> None:
    """What a document's extensions say stands in what we write again, or is named."""
    imported = fhir.read(SAMPLES[name])
    written = fhir.as_json(fhir.write(imported.form))
    told = " ".join(str(one) for one in imported.unsupported)

    for item in [SAMPLES[name], *every(SAMPLES[name].get("item", []))]:
        for extension in item.get("extension", []):
            tail = extension["url"].rsplit("/", 1)[-1]
            assert tail in told or extension["url"] in written, f"{item.get('linkId')}: {tail}"


def test_what_is_not_supported_is_named_by_item() -> None:
    told = [str(one) for one in fhir.read(SAMPLES["form-behavior"]).changes]

    assert any(line.startswith("1.3: the extension targetConstraint is not supported") for line in told)
    assert any(line.startswith("1.5: the extension sdc-questionnaire-maxQuantity") for line in told)


def test_a_property_that_nobody_knows_is_named_too() -> None:
    document = {
        "resourceType": "Questionnaire",
        "item": [{"linkId": "a", "type": "string", "text": "?", "answerConstraint": "optionsOnly"}],
    }

    assert [str(one) for one in fhir.read(document).changes] == ["a: answerConstraint is not supported (optionsOnly)"]


def test_conditions_that_the_standard_cannot_say_plainly_are_written_as_an_expression_that_means_the_same() -> None:
    form = fhir.read(
        {
            "resourceType": "Questionnaire",
            "item": [
                {"linkId": "a", "type": "choice", "text": "A", "answerOption": options("x", "y", "z")},
                {"linkId": "n", "type": "integer", "text": "N"},
                {"linkId": "b", "type": "string", "text": "B"},
            ],
        }
    ).form
    conditions = ({"item": "a", "is_one_of": ["x", "y"]}, {"item": "n", "is_over": 3})
    last = type(form.items[2]).model_validate(form.items[2].model_dump() | {"show_when": conditions})
    branching = form.model_copy(update={"items": (*form.items[:2], last)})
    document = json.loads(fhir.as_json(fhir.write(branching)))
    assert "enableWhen" not in document["item"][2]
    plain = without_ours(document)

    assert fhir.read(document).form == branching
    for answers in ({"a": "x", "n": 4}, {"a": "z", "n": 4}, {"a": "y", "n": 3}, {"a": "y"}, {}):
        ours = rules.read(branching, answers | {"b": "said"}).answers
        assert rules.read(fhir.read(plain).form, answers | {"b": "said"}).answers == ours


def test_a_response_made_by_others_scores_as_its_author_says() -> None:
    form = fhir.read(SAMPLES["PHQ9"]).form
    response = json.loads((Path(__file__).parent / "samples" / "PHQ9.response.json").read_text("utf-8"))
    read = fhir.read_response(response, form)

    assert read.answers["H1/T1/Q1"]
    assert all(one.item or one.what for one in read.unsupported)


def every(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [found for item in items for found in [item, *every(item.get("item", []))]]


def options(*codes: str) -> list[dict[str, Any]]:
    return [{"valueCoding": {"code": code, "display": code}} for code in codes]


def without_ours(part: Any) -> Any:
    """The document as a program keeps it that does not know our extensions."""
    if isinstance(part, dict):
        kept = {name: without_ours(one) for name, one in part.items()}
        if "extension" in kept:
            kept["extension"] = [one for one in kept["extension"] if not one["url"].startswith("urn:luotsi:")]
        return kept
    return [without_ours(one) for one in part] if isinstance(part, list) else part
