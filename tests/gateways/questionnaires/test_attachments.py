"""Files among answers in the standard: whole in a response, named by our id, judged when they come in."""

import base64
import hashlib
import json
from typing import Any

import pytest

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import questionnaires
from luotsi.domain.questionnaires.rules import files
from luotsi.gateways.fhir import questionnaires as fhir
from tests.factories.files import MARK, jpeg, large, pdf

FORM = questionnaires()["need_oral"]
ID = "0190c1de-0000-7000-8000-000000000001"
CONTENT = files.judged("haava.jpg", jpeg()).content
KEPT = files.kept(ID, name="haava.jpg", kind="image/jpeg", size=len(CONTENT))
ANSWERS = {"age": "adult", "about": "broken", "pain": 2, "picture": [KEPT], "phone": "040 123 4567"}


def response(**attachment: Any) -> dict[str, Any]:
    return {
        "resourceType": "QuestionnaireResponse",
        "item": [{"linkId": "picture", "answer": [{"valueAttachment": attachment}]}],
    }


def inline(content: bytes, **more: Any) -> dict[str, Any]:
    return response(title="C:\\kuvat\\haava.exe", data=base64.b64encode(content).decode(), **more)


def written(**more: Any) -> dict[str, Any]:
    document = json.loads(fhir.as_json(fhir.write_response(FORM, ANSWERS, **more)))
    (item,) = [one for one in document["item"] if one["linkId"] == "picture"]
    return dict(item["answer"][0]["valueAttachment"])


def test_a_file_stands_whole_in_a_response_with_its_hash() -> None:
    told = written(files={ID: CONTENT})

    assert (told["contentType"], told["title"], told["size"]) == ("image/jpeg", "haava.jpg", len(CONTENT))
    assert base64.b64decode(told["data"]) == CONTENT
    assert base64.b64decode(told["hash"]) == hashlib.sha1(CONTENT, usedforsecurity=False).digest()
    assert "url" not in told


def test_what_went_out_comes_in_the_same() -> None:
    document = json.loads(fhir.as_json(fhir.write_response(FORM, ANSWERS, files={ID: CONTENT})))
    read = fhir.read_response(document, FORM)
    (kept,) = read.answers["picture"]

    assert read.unsupported == ()
    assert {**kept, "file": ID} == KEPT
    assert read.files[kept["file"]][0] == "picture"
    assert read.files[kept["file"]][1].content == CONTENT
    assert rules.read(FORM, read.answers).problems == {}


def test_without_the_file_it_is_named_by_its_id() -> None:
    assert written()["url"] == f"urn:uuid:{ID}"
    read = fhir.read_response(response(**written()), FORM)

    assert read.answers["picture"] == [KEPT]
    assert (read.files, read.unsupported) == ({}, ())


def test_one_that_comes_in_is_judged_like_any_other() -> None:
    read = fhir.read_response(inline(jpeg(), contentType="text/html"), FORM)
    (id,) = read.files

    assert MARK.encode() not in read.files[id][1].content
    assert read.answers["picture"] == [
        {"file": id, "name": "haava.jpg", "kind": "image/jpeg", "size": len(read.files[id][1].content)}
    ]


REFUSED = {
    "a page": (inline(b"<html>"), "it is none of jpg, png, pdf"),
    "too large": (inline(large(5_200_000)), "it has more than 5 MB"),
    "empty": (inline(b""), "it is empty"),
    "damaged": (inline(jpeg()[:200]), "it is damaged"),
    "active": (inline(pdf(says=b"/JavaScript")), "it carries a program or another file"),
    "another hash": (inline(jpeg(), hash="AAAA"), "its data do not have its hash"),
    "no base64": (response(data="%%%"), "its data are not base64"),
    "elsewhere": (response(url="https://example.org/kuva.jpg"), "a file that is elsewhere is not fetched"),
    "on a disk": (response(url="file:///etc/passwd"), "a file that is elsewhere is not fetched"),
    "nowhere": (response(title="kuva.jpg"), "the file is not in the response"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_one_that_is_not_taken_is_told_by_its_item(what: str) -> None:
    document, why = REFUSED[what]
    read = fhir.read_response(document, FORM)

    assert (read.answers, read.files) == ({}, {})
    assert [one.item for one in read.unsupported] == ["picture"]
    assert why in read.unsupported[0].says


def test_there_is_room_for_so_many() -> None:
    document = response()
    document["item"][0]["answer"] = [{"valueAttachment": inline(pdf())["item"][0]["answer"][0]["valueAttachment"]}] * 11

    read = fhir.read_response(document, FORM)
    assert len(read.files) == files.MOST_FILES
    assert len(read.unsupported) == 1


def test_a_form_that_asks_for_a_file_is_read_whole() -> None:
    core = "http://hl7.org/fhir/StructureDefinition/"
    item: dict[str, Any] = {"linkId": "a", "type": "attachment", "text": "Picture"}
    wide = [{"url": f"{core}maxSize", "valueDecimal": 10}]
    wide += [{"url": f"{core}mimeType", "valueCode": one} for one in (*files.ENDINGS, "image/gif")]
    narrow = [{"url": f"{core}mimeType", "valueCode": "image/png"}, {"url": f"{core}maxSize", "valueDecimal": 1}]
    other = [{"url": f"{core}mimeType", "valueCode": "video/mp4"}]
    told = [
        fhir.read({"resourceType": "Questionnaire", "item": [item | {"extension": one}]})
        for one in (wide, narrow, other)
    ]

    assert [one.form.items[0].type for one in told] == ["file"] * 3
    assert [len(one.unsupported) for one in told] == [2, 2, 1]  # limits that are not ours are always told
    assert [len(one.changes) for one in told] == [0, 0, 1]
