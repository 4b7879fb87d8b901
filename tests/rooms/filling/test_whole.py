"""A form that is sent from one page: the fields and the reading are those of filling step by step."""

from datetime import date
from uuid import uuid4

from django.http import QueryDict

from luotsi.domain.questionnaires.definitions import questionnaires
from luotsi.rooms.filling.whole import WholeForm

ON = date(2026, 11, 22)
TOLD = {"what": "Polvi", "since": "week", "phone": "040 123 4567"}


def sent(**answers: object) -> WholeForm:
    data = QueryDict(mutable=True)
    for name, value in {"key": str(uuid4()), **TOLD, **answers}.items():
        data.setlist(name, value if isinstance(value, list) else [str(value)])
    return WholeForm(questionnaires()["contact"], on=ON, data=data)


def test_fields_are_called_as_the_questions_are_and_the_answers_are_read_once() -> None:
    form = sent(now=["breath", "self_harm"])
    assert form.is_valid()
    assert form.answers == {**TOLD, "now": ["breath", "self_harm"]}
    assert form.state.dangers == ("emergency", "self_harm")
    assert 'name="what"' in str(form["q1"])


def test_what_cannot_stand_is_told_at_its_field_and_stays() -> None:
    form = sent(phone="soita", since="ikuisuus")
    assert not form.is_valid()
    assert set(form.errors) == {"q2", "q5"}
    assert "soita" in str(form["q5"])
    assert not sent(what="").is_valid()
    assert not sent(key="no key").is_valid(), "a field of the page's own is judged too"


def test_what_is_known_is_not_asked_and_counts() -> None:
    data = QueryDict(f"key={uuid4()}&wrong=Nimi&right=Toinen&about=Muu")
    form = WholeForm(questionnaires()["correction_request"], on=ON, data=data, known={"about": "Omat tiedot"})
    assert form.is_valid()
    assert form.answers["about"] == "Omat tiedot", "nobody sends what the page knows"
