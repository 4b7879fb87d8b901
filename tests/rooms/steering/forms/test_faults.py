"""What is wrong with a form is said in the reader's language, naming the question, with what to do."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from luotsi.base.now import now
from luotsi.base.text import LANGUAGES, Text
from luotsi.base.who import Who
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.actions import designing
from luotsi.domain.questionnaires.definitions import Example, Item, Questionnaire, Score, questionnaires
from luotsi.domain.questionnaires.definitions.faulty import Fault
from luotsi.domain.questionnaires.models import Form
from luotsi.domain.questionnaires.rules import editing
from luotsi.rooms.steering.forms import faultwords
from tests.rooms.steering.forms.reading import at, text

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(r"\b(the|which|is not|its|waits|expression|circle|cannot|anew)\b")


def said(words: str) -> Text:
    return Text(fi=words, sv=words, en=words)


def asked(key: str, words: str, **more: Any) -> Item:
    return Item.model_validate({"key": key, "type": "whole_number", "label": said(words), **more})


def form(*items: Item, **more: Any) -> Questionnaire:
    return Questionnaire.model_validate(
        {"key": "oma", "version": 1, "name": said("Oma"), "intro": said("Oma"), "items": items, **more}
    )


def told(whole: Questionnaire, language: str = "fi") -> list[str]:
    with translation.override(language):
        return faultwords.faults(whole, rules.faults(whole))


AGE, WAIT = asked("age", "Ikä"), asked("wait", "Odotus")
BROKEN = {
    "bad FHIRPath": form(AGE, asked("sum", "Summa", calculated="%resource.item.where(")),
    "unknown question": form(AGE, asked("sum", "Summa", calculated="%resource.item.where(linkId='gone').answer.value")),
    "its own answer": form(asked("sum", "Summa", calculated="%resource.item.where(linkId='sum').answer.value + 1")),
    "a circle": form(
        asked("sum", "Summa", show_when={"item": "age", "is_answered": True}),
        asked("age", "Ikä", show_when={"item": "sum", "is_answered": True}),
    ),
    "shown by itself": form(asked("sum", "Summa", show_when={"item": "sum", "is_answered": True})),
    "an answer that is not offered": form(
        Item.model_validate({"key": "yes", "type": "yes_no", "label": said("Joo?")}),
        asked("sum", "Summa", show_when={"item": "yes", "is_one_of": ["perhaps"]}),
    ),
    "a limit that is no number": form(AGE, asked("sum", "Summa", show_when={"item": "age", "is_over": "paljon"})),
    "a score of nothing": form(
        Item.model_validate({"key": "words", "type": "text", "label": said("Sanoja")}),
        scores=[{"key": "total", "name": said("Summa")}],
    ),
    "bands with a gap": form(
        AGE,
        scores=[{
            "key": "total", "name": said("Summa"),
            "items": ["age"],
            "bands": [{"key": "a", "name": said("Pieni"), "most": 3}, {"key": "b", "name": said("Iso"), "least": 6}],
        }],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_names_its_question_and_is_said_in_the_readers_language(name: str, language: str) -> None:
    sentences = told(BROKEN[name], language)
    assert sentences
    for sentence in sentences:
        assert "Summa" in sentence
        assert sentence.endswith(".")
        assert language == "en" or not ENGLISH.search(sentence), sentence


def test_what_to_do_stands_in_the_sentence() -> None:
    assert told(BROKEN["shown by itself"]) == ["1. Summa: Se näytettäisiin oman vastauksensa perusteella. Poista ehto."]
    assert "2. Ikä" in told(BROKEN["a circle"])[0]
    assert "“paljon”" in told(BROKEN["a limit that is no number"])[0].replace("”", "“", 1).replace(
        "”paljon”", "“paljon”"
    )


def test_every_kind_of_fault_that_is_told_has_words_of_its_own() -> None:
    whole = form(AGE, scores=[{"key": "total", "name": said("Summa")}])
    told_of = {
        "item": "age",
        "other": "age",
        "name": "x",
        "most": 1,
        "least": 1,
        "value": "x",
        "said": "x",
        "text": "x",
    }
    told_of |= {"near": "x", "pattern": "x", "band": "x", "items": ("age",), "scores": ("total",), "given": 1}
    kinds = {*faultwords.kinds(), "answers_unknown", "should_ask", "should_not_ask", "other_score", "failed", "unfit"}
    with translation.override("sv"):
        other = faultwords.fault(whole, Fault("x", "never heard of", **told_of))
        for kind in kinds:
            sentence = faultwords.fault(whole, Fault("x", kind, score="total", **told_of))
            assert sentence != other
            assert not ENGLISH.search(sentence), sentence


def test_an_example_that_gives_something_else_says_what(draft: Form) -> None:
    whole = form(AGE, scores=[Score(key="total", name=said("Summa"), items=("age",))])
    example = Example(says="x", answers={"age": 3, "gone": 1}, scores={"total": Decimal(4)}, not_asked=("age",))
    with translation.override("fi"):
        found = faultwords.faults(whole, rules.example_faults(whole, example))
    assert found == [
        "Esimerkki vastaa kysymykseen, jota ei enää ole: gone. Tallenna esimerkki uudelleen.",
        "Pisteet Summa: vastauksista tulee 3, esimerkissä sanotaan 4.",
        "1. Ikä: Esimerkin mukaan sitä ei kysytä, mutta se kysytään.",
    ]


def test_the_page_of_checks_and_the_preview_say_it_in_finnish(draft: Form, editor: Who, browser: Client) -> None:
    whole = editing.copied(questionnaires()["feedback_reception"], key="oma", name=said("Oma"))
    broken = whole.model_copy(update={"items": (*whole.items, BROKEN["bad FHIRPath"].items[1])})
    designing.change(form=draft.id, to=broken, revision=draft.revision, by=editor, at=now())
    for page in ("checks/", "", "trial/"):
        body = text(browser.get(at(draft, page)))
        assert "Summa: Lauseke ei ole FHIRPathia" in body, page
        assert "mismatched" not in body


def test_a_change_that_cannot_be_kept_says_why_in_finnish(draft: Form, browser: Client) -> None:
    page = f"question/?item={questionnaires()['feedback_reception'].every_item[0].key}"
    fields = {"type": "group", "label-fi": "A", "label-sv": "A", "label-en": "A", "go": "save", "revision": "0"}
    answer = browser.post(at(draft, page), fields)
    assert answer.status_code == 422
    assert "Ryhmässä on vähintään yksi kysymys" in text(answer)


@pytest.mark.parametrize("limit", ["²", "--5", "1" * 40, "NaN"])
def test_what_looks_like_a_number_and_is_none_breaks_no_condition(draft: Form, browser: Client, limit: str) -> None:
    first, second = [one.key for one in questionnaires()["feedback_reception"].every_item][:2]
    fields = {"type": "whole_number", "label-fi": "A", "label-sv": "A", "label-en": "A", "revision": "0"}
    page = at(draft, f"question/?item={second}")
    added = browser.post(page, fields | {"when_new": first, "go": "more-when"})
    assert added.status_code == 302
    answer = browser.post(
        page, fields | {"when-0-kind": "is_over", "when-0-said": limit, "revision": "1", "go": "save"}
    )
    assert answer.status_code in {302, 422}
