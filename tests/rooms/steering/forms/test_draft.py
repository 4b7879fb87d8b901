"""Every part of a draft, each as a plain form."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.questionnaires.actions import designing
from luotsi.domain.questionnaires.definitions import Condition, questionnaires
from luotsi.domain.questionnaires.models import Form
from luotsi.domain.questionnaires.rules import editing
from tests.factories import MORNING
from tests.factories.clients import signed_in
from tests.rooms.steering.forms.reading import at, fields, now, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "part",
    [
        *("", "facts/", "translation/", "translation/?only=missing", "scores/", "outcomes/", "dangers/"),
        *("trial/", "trial/?example=1", "checks/"),
    ],
)
def test_every_part_of_a_draft_has_its_page(browser: Client, draft: Form, part: str) -> None:
    assert browser.get(at(draft, part)).status_code == 200


def test_a_question_is_added_moved_and_removed_by_buttons(browser: Client, draft: Form, editor: Who) -> None:
    said = {"revision": 0, "type": "yes_no", "label-fi": "Odotitko kauan?", "place": "after|recommend"}
    answer = browser.post(at(draft, "questions/"), said)
    assert answer.headers["Location"].endswith("question/?item=odotitko_kauan")

    browser.post(at(draft, "steps/"), {"revision": 1, "step": "up|odotitko_kauan"})
    assert now(draft, editor).items[0].key == "odotitko_kauan"

    browser.post(at(draft, "steps/"), {"revision": 2, "step": "away|odotitko_kauan"})
    assert "odotitko_kauan" not in {item.key for item in now(draft, editor).items}


def test_what_is_needed_elsewhere_is_not_removed_and_the_page_says_where(browser: Client, draft: Form) -> None:
    answer = browser.post(at(draft, "steps/"), {"revision": 0, "step": "away|heard"})

    assert answer.status_code == 409
    assert "Kokemus, 0–100" in text(answer)


def test_a_step_with_an_old_page_overwrites_nothing(browser: Client, draft: Form, editor: Who, manager: Who) -> None:
    signed_in(manager).post(at(draft, "steps/"), {"revision": 0, "step": "down|recommend"})

    answer = browser.post(at(draft, "steps/"), {"revision": 0, "step": "up|better"})

    assert answer.status_code == 409
    assert "Maija Päällikkö" in text(answer)
    assert [item.key for item in now(draft, editor).items][:2] == ["heard", "recommend"]


def test_a_question_sent_back_as_it_is_changes_nothing(browser: Client, draft: Form, editor: Who) -> None:
    before = now(draft, editor)
    for item in before.every_item:
        address = at(draft, f"question/?item={item.key}")
        sent = fields(browser.get(address).content.decode(), 'id="question-form"')

        answer = browser.post(address, {**sent, "go": "save"})
        assert answer.status_code == 302, re.findall(r"field-error.{200}|error-summary.{500}", text(answer))

    assert now(draft, editor) == before
    assert Form.objects.get().revision == 0


def test_a_question_gets_texts_answers_with_points_and_a_condition(browser: Client, draft: Form, editor: Who) -> None:
    address = at(draft, "question/?item=wait")
    sent = fields(browser.get(address).content.decode(), 'id="question-form"')
    sent |= {"label-sv": ["Fick du vänta?"], "option-0-points": ["2,5"], "when_new": ["heard"], "go": ["more-when"]}
    answer = browser.post(address, sent)
    sent = fields(browser.get(answer.headers["Location"]).content.decode(), 'id="question-form"')
    browser.post(address, {**sent, "when-0-kind": "is_one_of", "when-0-said": ["0", "1"], "go": "more-option"})

    item = editing.item_of(now(draft, editor), "wait")
    assert item.label.sv == "Fick du vänta?"
    assert str(item.options[0].points) == "2.5"
    assert len(item.options) == 5
    assert item.show_when == (Condition(item="heard", is_one_of=("0", "1")),)


def test_a_number_that_is_none_is_told_by_its_field(browser: Client, draft: Form, editor: Who) -> None:
    address = at(draft, "question/?item=wait")
    sent = fields(browser.get(address).content.decode(), 'id="question-form"')

    answer = browser.post(address, {**sent, "option-0-points": "paljon", "go": "save"})

    assert answer.status_code == 422
    assert 'href="#id_option-0-points"' in text(answer)


def test_what_two_editors_write_of_one_question_is_told_and_kept_on_the_page(
    browser: Client, draft: Form, manager: Who, editor: Who
) -> None:
    address = at(draft, "question/?item=wait")
    sent = fields(browser.get(address).content.decode(), 'id="question-form"')
    signed_in(manager).post(at(draft, "steps/"), {"revision": 0, "step": "up|better"})

    answer = browser.post(address, {**sent, "label-fi": "Oma sanamuoto", "go": "save"})
    assert answer.status_code == 409
    assert "Oma sanamuoto" in text(answer)
    again = fields(answer.content.decode(), 'id="question-form"')
    assert browser.post(address, {**again, "go": "save"}).status_code == 302

    assert editing.item_of(now(draft, editor), "wait").label.fi == "Oma sanamuoto"


def test_the_preview_shows_what_is_written_before_it_is_saved(browser: Client, draft: Form, editor: Who) -> None:
    address = at(draft, "question/?item=wait")
    sent = fields(browser.get(address).content.decode(), 'id="question-form"')

    answer = browser.post(address, {**sent, "label-fi": "Uusi sanamuoto", "go": "look"})

    assert "Uusi sanamuoto" in text(answer)
    assert "<html" not in text(answer)
    assert editing.item_of(now(draft, editor), "wait").label.fi != "Uusi sanamuoto"


@pytest.mark.parametrize("key", ["feedbackreception", "phq9", "gas", "contact"])
def test_every_part_of_the_meaning_sent_back_as_it_is_changes_nothing(browser: Client, editor: Who, key: str) -> None:
    found = next(
        (one for name, one in questionnaires().items() if name.replace("_", "").startswith(key.replace("_", ""))), None
    )
    assert found
    row = designing.draft(form=editing.copied(found, key="oma", name=found.name), id=uuid4(), by=editor, at=MORNING)
    before = now(row, editor)
    parts = [("scores", one.key) for one in found.scores] + [("outcomes", one.key) for one in found.outcomes]
    for kind, part in [*parts, *(("dangers", one) for one in found.dangers)]:
        address = at(row, f"parts/{kind}/?key={part}")
        sent = fields(browser.get(address).content.decode(), f"parts/{kind}")
        answer = browser.post(address, {**sent, "go": "save"})
        assert answer.status_code == 302, re.findall(r"field-error.{200}|error-summary.{500}", text(answer))

    assert now(row, editor) == before


def test_a_score_gets_bands_and_an_outcome_follows_from_one(browser: Client, draft: Form, editor: Who) -> None:
    answer = browser.post(at(draft, "scores/"), {"revision": 0, "name": "Odotus"})
    address = answer.headers["Location"]
    sent = fields(browser.get(address).content.decode(), "parts/scores")
    browser.post(address, {**sent, "items": ["heard", "help"], "go": "more-band"})
    sent = fields(browser.get(address).content.decode(), "parts/scores")
    browser.post(address, {**sent, "band-0-name-fi": "Vähän", "band-0-least": "0", "band-0-most": "8", "go": "save"})

    score = now(draft, editor).scores[-1]
    assert (score.key, score.items, str(score.bands[0].most)) == ("odotus", ("heard", "help"), "8")
    made = browser.post(at(draft, "outcomes/"), {"revision": 3})
    sent = fields(browser.get(made.headers["Location"]).content.decode(), "parts/outcomes")
    browser.post(
        made.headers["Location"],
        {**sent, "when-0": f"band|odotus|{score.bands[0].key}", "says-fi": "Kiitos", "go": "save"},
    )
    assert now(draft, editor).outcomes[-1].when[0].score == "odotus"


def test_a_notice_of_danger_is_made_and_an_answer_names_it(browser: Client, draft: Form, editor: Who) -> None:
    made = browser.post(at(draft, "dangers/"), {"revision": 0}).headers["Location"]
    sent = fields(browser.get(made).content.decode(), "parts/dangers")
    browser.post(made, {**sent, "title-fi": "Soita 112", "text-fi": "Apu tulee.", "go": "save"})
    address = at(draft, "question/?item=wait")
    sent = fields(browser.get(address).content.decode(), 'id="question-form"')
    browser.post(address, {**sent, "option-2-danger": "danger", "go": "save"})

    assert now(draft, editor).dangers["danger"].title.fi == "Soita 112"
    assert editing.item_of(now(draft, editor), "wait").options[2].danger == "danger"


def test_every_text_is_written_side_by_side(browser: Client, draft: Form, editor: Who) -> None:
    sent = fields(browser.get(at(draft, "translation/")).content.decode(), 'class="stack"')
    assert browser.post(at(draft, "translation/"), {**sent, "items.4.label-en": "Waited?"}).status_code == 302

    assert now(draft, editor).items[4].label.en == "Waited?"
    assert now(draft, editor).items[5] == questionnaires()["feedback_reception"].items[5]


def test_the_facts_sent_back_as_they_are_change_nothing(browser: Client, draft: Form, editor: Who) -> None:
    before = now(draft, editor)
    sent = fields(browser.get(at(draft, "facts/")).content.decode(), 'class="stack"')

    assert browser.post(at(draft, "facts/"), sent).status_code == 302
    assert now(draft, editor) == before


def test_trying_shows_scores_and_a_filling_becomes_an_example(browser: Client, draft: Form, editor: Who) -> None:
    answers = {"q1": "10", "q2": "4", "q3": "4", "q4": "4", "go": "check"}
    tried = text(browser.post(at(draft, "trial/"), answers))
    assert "100 – Hyvä" in tried

    browser.post(at(draft, "examples/"), {**answers, "revision": 0, "says": "Kaikki hyvin", "go": "example"})

    example = now(draft, editor).examples[-1]
    assert (example.says, example.bands["experience"]) == ("Kaikki hyvin", "good")
    assert example.answers["recommend"] == "10"
    browser.post(at(draft, "examples/"), {"revision": 1, "go": "less-example|0"})
    assert len(now(draft, editor).examples) == 5


def test_an_answer_that_is_missing_is_told_when_the_answers_are_checked(browser: Client, draft: Form) -> None:
    assert "field-error" in text(browser.post(at(draft, "trial/"), {"q2": "4", "go": "check"}))
    assert "field-error" not in text(browser.post(at(draft, "trial/"), {"q2": "4"}, headers={"HX-Request": "true"}))


def test_the_way_back_from_a_draft_says_the_forms_name_and_not_its_key(draft: Form, browser: Client) -> None:
    crumbs = text(browser.get(at(draft))).split('class="breadcrumbs"')[1].split("</nav>")[0]
    assert ">Oma</a>" in crumbs
    assert ">oma</a>" not in crumbs
