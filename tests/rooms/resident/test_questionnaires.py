"""The resident fills a form: page by page, kept as one goes, looked through, sent, corrected, on paper."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from luotsi.base.now import now
from luotsi.domain.events.models import Use
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import actions as people
from luotsi.domain.people.queries import resident_as_who
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Response
from luotsi.domain.questionnaires.queries import forms
from tests.factories import MORNING, as_who, resident, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db


def begin(client: Client, key: str) -> str:
    """Where the first question stands."""
    answer = client.post(f"/fi/questionnaires/{key}/", {"key": str(uuid4())})
    assert answer.status_code == 302, answer.content.decode()[:500]
    return str(answer["Location"])


def fields_of(page: str) -> dict[str, str]:
    """The first choice of each question and words for the others, as somebody in a hurry answers."""
    form = page[page.index('id="questions"') :]
    found = {"revision": re.search(r'name="revision" value="(\d+)"', form)[1]}  # type: ignore[index]
    for name, value in re.findall(r'<input type="(?:radio|checkbox)" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, value)
    for name in re.findall(r'<textarea name="([^"]+)"', form):
        found[name] = "Kerron lyhyesti."
    for kind, name in re.findall(r'<input type="(text|tel|date)" name="([^"]+)"', form):
        found[name] = {"tel": "040 123 4567", "date": "2026-03-01"}.get(kind, "2")
    found |= dict(re.findall(r'<input type="hidden" name="(rows-[^"]+)" value="(\d+)"', form))
    return found


def walk(client: Client, address: str, **said: str) -> str:
    """Answer page after page; the address of the review."""
    for _ in range(60):
        if address.endswith("/review/"):
            return address
        page = client.get(address)
        assert page.status_code == 200
        answer = client.post(address, fields_of(page.content.decode()) | said | {"go": "next"})
        if answer.status_code == 302:
            address = answer["Location"]
        assert answer.status_code in {200, 302}, answer.content.decode()
    raise AssertionError("the form does not end")


def revision_of(page: HttpResponse) -> str:
    return re.search(r'name="revision" value="(\d+)"', page.content.decode())[1]  # type: ignore[index]


def test_a_form_is_filled_page_by_page_and_sent() -> None:
    me = as_who(resident())
    client = signed_in(me)
    review = walk(client, begin(client, "need_health"))
    page = client.get(review)
    sent = client.post(review, {"revision": revision_of(page)})

    row = Response.objects.get(resident_id=me.id)
    assert sent["Location"] == f"/fi/responses/{row.id}/result/"
    assert row.completed_at is not None
    assert "Kiitos" in client.get(sent["Location"]).content.decode()
    assert Use.objects.filter(resident=me.id, what="answers").exists()


def test_whole_sections_are_the_other_way_and_it_is_remembered() -> None:
    client = signed_in(as_who(resident()))
    address = begin(client, "therapy_adult")
    one = client.get(address).content.decode()
    answer = client.post(address, fields_of(one) | {"go": "way-sections"})
    many = client.get(answer["Location"]).content.decode()

    assert one.count('class="field"') == 1
    assert many.count('class="field"') > 1
    assert client.cookies["luotsi_way"].value == "sections"
    assert walk(client, answer["Location"]).endswith("/review/")


def test_what_is_missing_is_said_by_the_question_and_nothing_is_lost() -> None:
    client = signed_in(as_who(resident()))
    address = begin(client, "contact")
    answer = client.post(address, {"revision": "0", "go": "next"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "error-summary" in page
    assert "field-error" in page


def test_one_goes_on_where_one_stopped_on_another_device() -> None:
    me = as_who(resident())
    phone, computer = signed_in(me), signed_in(me)
    address = begin(phone, "phq9")
    for _ in range(2):
        page = phone.get(address).content.decode()
        address = phone.post(address, fields_of(page) | {"go": "next"})["Location"]
    overview = computer.get("/fi/questionnaires/").content.decode()
    start = computer.get("/fi/questionnaires/phq9/").content.decode()
    onward = re.search(r'href="(/fi/responses/[^"]+/)"', start)[1]  # type: ignore[index]

    assert "PHQ-9" in overview
    assert "checked" in computer.get(onward).content.decode(), "the last answer stands there"
    assert walk(computer, onward).endswith("/review/")


def test_a_page_of_another_device_overwrites_nothing_unasked() -> None:
    me = as_who(resident())
    client = signed_in(me)
    address = begin(client, "phq9")
    old = fields_of(client.get(address).content.decode())
    name = next(name for name in old if name.startswith("q"))
    client.post(address, old | {name: "2", "go": "next"})
    answer = client.post(address, old | {name: "0", "go": "next"})

    assert answer.status_code == 409
    assert list(Response.objects.get(resident_id=me.id).answers.values()) == ["2"]
    again = client.post(address, old | {name: "0", "go": "next", "revision": revision_of(answer)})
    assert again.status_code == 302
    assert list(Response.objects.get(resident_id=me.id).answers.values()) == ["0"]


def test_an_answer_that_signals_danger_brings_help_on_the_very_next_page() -> None:
    client = signed_in(as_who(resident()))
    address = begin(client, "phq9")
    while "/review/" not in address:
        page = client.get(address).content.decode()
        fields = fields_of(page)
        fields |= {name: "3" for name in fields if name.startswith("q") and 'value="3"' in page}
        address = client.post(address, fields | {"go": "next"})["Location"]
    page = client.get(address).content.decode()
    result = client.post(address, {"revision": revision_of(client.get(address))})

    assert "notice-danger" in page
    shown = client.get(result["Location"]).content.decode()
    assert shown.index("notice-danger") < shown.index("<h1"), "help comes first"


def test_sent_answers_are_corrected_and_the_old_ones_stay() -> None:
    me = as_who(resident())
    client = signed_in(me)
    review = walk(client, begin(client, "phq9"))
    result = client.post(review, {"revision": revision_of(client.get(review))})["Location"]
    again = client.post(result.replace("result", "correction"), {"key": str(uuid4())})["Location"]
    client.post(again, {"revision": revision_of(client.get(again))})

    rows = list(Response.objects.filter(resident_id=me.id).order_by("started_at"))
    assert [row.replaces_id for row in rows] == [None, rows[0].id]
    assert "korjannut" in client.get(result).content.decode()


def test_a_parent_fills_for_a_child_in_words_for_another() -> None:
    parent, child = resident(), resident(born=now().date() - timedelta(days=3_000))
    people.give_mandate(
        principal=child.id, agent=parent.id, kind="guardian", registers=["health", "social", "none"],
        source="population_register", by=worker(), at=now(),
    )  # fmt: skip
    acting = resident_as_who(parent.id, acting_for=child.id)
    assert acting is not None
    client = signed_in(acting)
    review = walk(client, begin(client, "need_health"))
    client.post(review, {"revision": revision_of(client.get(review))})

    row = Response.objects.get()
    assert (row.resident_id, row.acting_by_id) == (child.id, parent.id)


@pytest.mark.parametrize("key", ["staff_pulse", "feedback_reception", "no-such-form"])
def test_what_is_not_theirs_to_answer_under_their_name_is_not_there(key: str) -> None:
    assert signed_in(as_who(resident())).get(f"/fi/questionnaires/{key}/").status_code == 404


def test_answers_of_another_are_not_there() -> None:
    me, other = as_who(resident()), as_who(resident())
    row = questionnaires.start(
        questionnaire="phq9", resident=me.id, key=uuid4(), language="fi", by=me, at=now()
    )  # fmt: skip
    for page in ("1/", "review/", "result/", "paper/", "paper.pdf"):
        assert signed_in(other).get(f"/fi/responses/{row.id}/{page}").status_code == 404


def test_paper_for_a_pen_and_the_answers_on_paper() -> None:
    client = signed_in(as_who(resident()))
    empty = client.get("/fi/questionnaires/phq9/paper/").content.decode()
    pdf = client.get("/fi/questionnaires/phq9/paper.pdf")
    review = walk(client, begin(client, "phq9"))
    result = client.post(review, {"revision": revision_of(client.get(review))})["Location"]
    filled = client.get(result.replace("result", "paper")).content.decode()
    filled_pdf = client.get(result.replace("result/", "paper.pdf"))

    assert empty.count("☐") >= 36
    assert pdf.content.startswith(b"%PDF-")
    assert filled_pdf.content.startswith(b"%PDF-")
    assert "<dt>" in filled


def test_what_was_begun_can_be_discarded() -> None:
    me = as_who(resident())
    client = signed_in(me)
    address = begin(client, "phq9")
    row = Response.objects.get(resident_id=me.id)
    client.post(f"/fi/responses/{row.id}/discarding/")

    assert not Response.objects.filter(resident_id=me.id).exists()
    assert client.get(address).status_code == 404


def test_a_page_costs_a_few_questions_to_the_database(django_assert_max_num_queries: Any) -> None:
    client = signed_in(as_who(resident()))
    address = begin(client, "need_health")
    page = client.get(address)
    with django_assert_max_num_queries(22):
        client.post(address, fields_of(page.content.decode()) | {"go": "next"})


def test_who_signals_danger_is_told_that_a_professional_sees_it_and_nobody_else_is() -> None:
    client = signed_in(as_who(resident()))
    review = walk(client, begin(client, "phq9"))
    assert "ammattilainen näkee ne" not in client.get(review).content.decode(), "no danger, no promise"
    number = [item.key for item in forms.definition("phq9").every_item].index("phq9") + 1
    page = client.get(f"{review.removesuffix('review/')}{number}/").content.decode()
    client.post(f"{review.removesuffix('review/')}{number}/", fields_of(page) | {f"q{number}": "2", "go": "next"})
    assert "ammattilainen näkee ne" in client.get(review).content.decode()
    sent = client.post(review, {"revision": revision_of(client.get(review))})
    assert "ammattilainen näkee vastauksesi ja ottaa sinuun yhteyttä" in client.get(sent["Location"]).content.decode()


def test_a_form_that_only_the_young_person_answers_is_answered_by_no_guardian() -> None:
    mother, child = resident(first_name="Veera"), resident(born=MORNING.date().replace(year=2010), first_name="Onni")
    people.give_mandate(
        principal=child.id, agent=mother.id, kind="guardian", registers=["health"], source="document", by=worker(),
        at=MORNING,
    )  # fmt: skip
    guardian = resident_as_who(mother.id, acting_for=child.id)
    assert guardian is not None
    browser = signed_in(guardian)
    for answer in (
        browser.get("/fi/questionnaires/contraception/"),
        browser.post("/fi/questionnaires/contraception/", {"key": str(uuid4())}),
    ):
        assert answer.status_code == 403
        assert "vastaa tähän lomakkeeseen" in answer.content.decode()
        assert "ei huoltajakaan" in answer.content.decode()
    assert "/questionnaires/contraception/" not in browser.get("/fi/questionnaires/").content.decode()
    assert browser.get("/fi/questionnaires/need_health/").status_code == 200, "the others stay open to her"
    with pytest.raises(NotAllowed):
        questionnaires.start(
            questionnaire="therapy_young", resident=child.id, key=uuid4(), language="fi", by=guardian, at=now()
        )
    own = signed_in(as_who(child)).get("/fi/questionnaires/contraception/").content.decode()
    assert "Vain sinä vastaat tähän lomakkeeseen" in own
    assert "Vain sinä vastaat" not in signed_in(as_who(child)).get("/fi/questionnaires/need_health/").content.decode()
