"""What whoever acts for somebody under a protection order reads in the copy: no number by which they could be found."""

import pytest

from luotsi.domain.cases.queries import held
from luotsi.domain.questionnaires.definitions import questionnaires


@pytest.fixture
def of_the_county(monkeypatch: pytest.MonkeyPatch) -> None:
    """The county's own form asks what the contact form of the shelf asks."""

    def known(key: str, version: int | None = None) -> object:
        if key != "countys-own":
            raise KeyError(key)
        return questionnaires()["contact"]

    monkeypatch.setattr(held.forms, "definition", known)


@pytest.mark.usefixtures("of_the_county")
def test_a_phone_number_in_a_form_of_the_countys_own_is_left_out_at_any_depth() -> None:
    told = {"what": "Polvi", "phone": "040 1", "rows": [{"what": "Selkä", "phone": "040 2"}]}
    row = {"questionnaire": "countys-own", "version": 2, "answers": told}
    assert held._without(row, {}, True)["answers"] == {"what": "Polvi", "rows": [{"what": "Selkä"}]}
    assert held._without(row, {}, False)["answers"] == told, "nothing is hidden without an order"


@pytest.mark.usefixtures("of_the_county")
def test_of_a_form_that_nobody_knows_any_more_nothing_is_told() -> None:
    row = {"questionnaire": "gone", "version": 1, "answers": {"number": "040 1"}}
    assert held._without(row, {}, True)["answers"] == {}
