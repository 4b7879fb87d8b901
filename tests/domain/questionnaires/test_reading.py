"""What holds of any form and any answers: order does not matter, what is hidden does not count, nothing crashes."""

import json
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.rules.asking import as_list
from luotsi.domain.questionnaires.rules.state import State
from luotsi.gateways.fhir import questionnaires as fhir
from tests.domain.questionnaires.forms import answers_to, forms

often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def result(state: State) -> tuple[Any, ...]:
    return state.answers, state.scores, state.outcomes, state.dangers, [line.is_asked for line in state.lines]


@often
@given(data=st.data(), form=forms())
def test_answers_in_any_order_give_the_same_state(data: st.DataObject, form: Questionnaire) -> None:
    answers = data.draw(answers_to(form))
    shuffled = data.draw(st.permutations(list(answers)))

    assert result(rules.read(form, {key: answers[key] for key in shuffled})) == result(rules.read(form, answers))


@often
@given(data=st.data(), form=forms())
def test_answering_page_by_page_gives_the_state_of_all_at_once(data: st.DataObject, form: Questionnaire) -> None:
    """Whoever is asked one question after the other, and only those that are asked, ends in the same state."""
    answers = data.draw(answers_to(form))
    walked: dict[str, Any] = {}
    for item in form.items:
        for one in (item, *(() if item.repeats else item.items)):
            state = rules.read(form, walked)
            if one.key in answers and any(line.item.key == one.key and line.is_asked for line in state.lines):
                walked[one.key] = answers[one.key]

    assert result(rules.read(form, walked)) == result(rules.read(form, answers))


@often
@given(data=st.data(), form=forms())
def test_a_hidden_answer_never_counts(data: st.DataObject, form: Questionnaire) -> None:
    """Whatever stands in a question that is not asked, the state is the same as without it."""
    answers = data.draw(answers_to(form))
    state = rules.read(form, answers)
    hidden = {line.item.key for line in state.lines if not line.is_asked and line.path == (line.item.key,)}
    without = {key: value for key, value in answers.items() if key not in hidden}
    assume(without != answers)

    assert result(rules.read(form, without)) == result(state)
    assert not hidden & set(state.answers)


@often
@given(data=st.data(), form=forms())
def test_what_is_kept_is_read_the_same_again(data: st.DataObject, form: Questionnaire) -> None:
    state = rules.read(form, data.draw(answers_to(form)))

    # A row in which nobody answered anything is offered on the page and not kept, so the lines may differ.
    assert result(rules.read(form, json.loads(json.dumps(state.answers))))[:4] == result(state)[:4]


@often
@given(data=st.data(), form=forms())
def test_every_form_and_its_answers_come_back_from_the_standard(data: st.DataObject, form: Questionnaire) -> None:
    imported = fhir.read(fhir.as_json(fhir.write(form)))
    kept = rules.read(form, data.draw(answers_to(form))).answers
    again = fhir.read_response(json.loads(fhir.as_json(fhir.write_response(form, kept))), form).answers

    assert (imported.form, imported.unsupported) == (form, ())
    assert rules.read(form, again).answers == kept


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)),
    max_leaves=8,
)


@often
@given(data=st.data(), form=forms())
def test_no_answer_whatever_crashes_the_reading(data: st.DataObject, form: Questionnaire) -> None:
    keys = [item.key for item in form.every_item]
    answers = data.draw(st.dictionaries(st.sampled_from([*keys, "stranger"]), anything, max_size=6))
    state = rules.read(form, answers)

    json.dumps(state.answers, allow_nan=False).encode()
    assert set(state.unknown) <= {"stranger"}
    for problem in state.problems.values():
        assert problem.kind
        assert problem.item.key in keys


def test_a_wrong_answer_keeps_what_was_written_for_whoever_mends_it() -> None:
    form = Questionnaire.model_validate(
        {"key": "k", "version": 1, "name": {"fi": "x"}, "intro": {"fi": "x"}}
        | {"items": [{"key": "n", "type": "whole_number", "label": {"fi": "x"}, "least": 1, "most": 9}]}
    )
    state = rules.read(form, {"n": "twelve"})

    assert (state.lines[0].value, state.problems["n"].kind, state.answers) == ("twelve", "not_a_number", {})
    assert rules.read(form, {"n": "12"}).problems["n"].limit == 9
    assert as_list(rules.read(form, {"n": " 7 "}).answers["n"]) == [7]
