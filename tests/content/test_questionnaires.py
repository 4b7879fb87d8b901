"""Every questionnaire on the shelf can be read, speaks three languages, and gives what its worked examples say."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from luotsi.base.text import Text
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.catalogue.definitions import services
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Example, Questionnaire, questionnaires

ALL = list(questionnaires().values())
EXAMPLES = [
    pytest.param(form, example, id=f"{form.key}-{number}")
    for form in ALL
    for number, example in enumerate(form.examples, start=1)
]
each = pytest.mark.parametrize("form", ALL, ids=[form.key for form in ALL])


def texts(part: Any, place: str = "") -> Iterator[tuple[str, Text]]:
    """Every text in a definition, with where it stands."""
    if isinstance(part, Text):
        yield place, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name), f"{place}.{name}".strip("."))
    elif isinstance(part, dict):
        for name, one in part.items():
            yield from texts(one, f"{place}.{name}")
    elif isinstance(part, tuple):
        for number, one in enumerate(part):
            yield from texts(one, f"{place}.{getattr(one, 'key', number)}")


@each
def test_a_questionnaire_has_no_fault(form: Questionnaire) -> None:
    assert rules.faults(form) == ()


@each
def test_a_questionnaire_is_written_in_finnish_swedish_and_english(form: Questionnaire) -> None:
    assert [place for place, text in texts(form) if not text.is_complete] == []


@each
def test_a_questionnaire_that_computes_or_branches_shows_it_by_examples(form: Questionnaire) -> None:
    computes = bool(form.scores or form.outcomes or any(item.calculated for item in form.every_item))
    assert len(form.examples) >= (2 if computes else 0)
    compared = {key for example in form.examples for key in example.scores}
    assert {score.key for score in form.scores} <= compared


@each
def test_what_a_questionnaire_leads_to_exists(form: Questionnaire) -> None:
    assert {one.service for one in form.outcomes} - {""} <= set(services())
    assert {one.case_kind for one in form.outcomes} - {""} <= set(case_kinds())


@pytest.mark.parametrize("form, example", EXAMPLES)
def test_a_worked_example_holds(form: Questionnaire, example: Example) -> None:
    assert rules.example_faults(form, example) == (), str(example.says)


@pytest.mark.parametrize("form, example", EXAMPLES)
def test_what_was_read_is_read_the_same_again(form: Questionnaire, example: Example) -> None:
    """What counts of the answers, read anew, gives the same result: a score can be rebuilt from what is kept."""
    first = rules.read(form, example.answers, on=example.on)
    again = rules.read(form, first.answers, on=example.on)

    assert (again.answers, again.scores, again.outcomes, again.dangers) == (
        first.answers,
        first.scores,
        first.outcomes,
        first.dangers,
    )


def test_an_example_that_says_something_else_is_noticed() -> None:
    form, example = next(((form, form.examples[0]) for form in ALL if form.examples and form.scores), (None, None))
    if form is None or example is None:
        pytest.skip("no questionnaire with a score stands on the shelf")
    wrong = example.model_copy(update={"scores": {form.scores[0].key: 12345}})

    assert len(rules.example_faults(form, wrong)) >= 1
