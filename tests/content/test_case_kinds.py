"""What a matter's pages choose from and what they call it stands on the shelf, whole and in three languages."""

import re

import pytest

from luotsi.base.shelf import ShelfError, read
from luotsi.domain.cases.definitions import case_kinds, icpc2, reopen_reasons, telling_ways, urgencies
from luotsi.domain.cases.definitions.kinds import CaseKind
from luotsi.domain.cases.definitions.words import case_words
from luotsi.domain.cases.rules import is_icpc2
from luotsi.domain.catalogue.definitions import services
from luotsi.domain.questionnaires.definitions import questionnaires

SENT_WHOLE = {"contact", "complaint", "correction_request", "log_question"}
KIND = """
key: x
version: 1
name: {fi: X}
register: health
care_line: primary_care
professions: []
outcomes: [{key: a, name: {fi: A}, effect: %s}]
close_reasons: [{key: done, name: {fi: D}, needs: [%s]}]
clocks: []
"""


def test_own_words_belong_to_a_kind_and_are_complete() -> None:
    assert set(case_words()) <= set(case_kinds())
    assert all(text.is_complete for kind in case_words().values() for text in kind.words.values())


def test_choices_are_complete_and_in_order() -> None:
    for choices in (urgencies(), telling_ways(), reopen_reasons()):
        assert [one.order for one in choices.values()] == list(range(1, len(choices) + 1))
        assert all(one.name.is_complete for one in choices.values())


def test_reasons_have_the_shape_of_their_classification_and_three_names() -> None:
    assert len(icpc2().codes) >= 140
    assert all(is_icpc2(code) and name.is_complete for code, name in icpc2().codes.items())
    names = [name.fi for name in icpc2().codes.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("effect", "needs", "said"), [
    ("advice", "", "name one of close_reasons"), ("ends, closes: nothing", "", "name one of close_reasons"),
    ("urgent", "elsewhere", "choose from need, visit"), ("maybe", "", "Input should be"),
])  # fmt: skip
def test_a_kind_that_cannot_be_closed_as_it_says_is_refused(tmp_path, effect, needs, said) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "x.yaml"
    path.write_text(KIND % (effect, needs))
    with pytest.raises(ShelfError, match=re.escape(said)):
        read(path, CaseKind)


def test_the_forms_of_a_kind_stand_on_the_shelf() -> None:
    known = set(questionnaires())
    assert {form for kind in case_kinds().values() for form in kind.forms} <= known


@pytest.mark.parametrize("key", sorted(SENT_WHOLE))
def test_a_form_that_is_sent_from_one_page_asks_every_question_whatever_is_answered(key: str) -> None:
    form = questionnaires()[key]
    assert {kind.forms[0] for kind in case_kinds().values() if kind.forms} <= SENT_WHOLE
    depends = [item.key for item in form.every_item if item.show_when or item.show_expression or item.hidden]
    assert depends == []
    assert [item.key for item in form.every_item if item.repeats or item.items] == []


def test_a_service_leads_to_a_kind_that_exists_and_one_to_complaints() -> None:
    leads = {service.case_kind for service in services().values()}
    assert "complaint" in leads
    assert leads - {""} <= set(case_kinds())
