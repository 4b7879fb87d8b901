"""luotsi find: the finder from the command line."""

import json

import pytest

from luotsi.cli import main
from luotsi.domain.catalogue import queries
from luotsi.domain.catalogue.models import SearchText, Service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_json_is_one_list_of_services_best_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "hammas lohkesi", "--lang", "fi", "--municipality", "205", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [set(one) for one in answer] == [{"key", "name", "why", "ways_in"}] * len(answer)
    assert (answer[0]["key"], answer[-1]["key"]) == ("urgent-dental-care", "guidance-desk")
    assert answer[0]["why"] == "hammas, lohkesi → lohjeta"
    assert answer[0]["ways_in"][0]["phone"] == "08 000 0111"


def test_danger_is_said_without_spoiling_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "itsemurha", "--json"]) == 0
    said = capsys.readouterr()
    assert isinstance(json.loads(said.out), list)
    assert "112" in said.err


def test_text_says_why_and_how_to_get_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "toothache", "--lang", "en", "--municipality", "Kuhmo"]) == 0
    said = capsys.readouterr().out
    assert "Urgent dental care  [urgent-dental-care]  ← toothache" in said
    assert "08 000 0112 Kuhmo dental clinic" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["  "], "say what to find"),
        (
            ["hammas", "--municipality", "999"],
            "there is no municipality '999' in this county; there are 105 Hyrynsalmi",
        ),
        (["hammas", "--age", "200"], "an age is 0–120 years, not 200"),
        (["hammas", "--limit", "0"], "--limit is at least 1"),
    ],
)
def test_a_wrong_question_gets_a_clear_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_an_empty_catalogue_is_loaded_first(capsys: pytest.CaptureFixture[str]) -> None:
    SearchText.objects.all().delete()
    Service.objects.all().delete()
    assert not queries.has_services()
    assert main(["find", "masentaa", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)[0]["key"] == "mental-health"
    assert f"loaded {Service.objects.count()} services from the shelf" in said.err
