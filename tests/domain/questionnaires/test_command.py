"""`luotsi questionnaire`: a lawyer, an analyst or a test asks without a browser."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from luotsi.base import shelf
from luotsi.base.now import now
from luotsi.cli import main
from luotsi.domain.questionnaires.definitions import Questionnaire, questionnaires
from luotsi.domain.questionnaires.models import Response, Score

SAMPLES = Path(__file__).parents[2] / "gateways" / "questionnaires" / "samples"


@pytest.fixture
def phq9() -> Questionnaire:
    return questionnaires()["phq9"]


@pytest.fixture
def answers(phq9: Questionnaire) -> dict[str, object]:
    return dict(next(example.answers for example in phq9.examples if example.scores.get(phq9.scores[0].key)))


def test_answers_are_scored_from_a_file(
    phq9: Questionnaire, answers: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers | {"stranger": 1}), "utf-8")
    score = phq9.scores[0].key
    said = next(example.scores[score] for example in phq9.examples if example.scores.get(score))

    assert main(["questionnaire", "score", "phq9", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["scores"][score]["value"] == float(said or 0)
    assert told["unsupported"] == ["stranger: the form has no such item"]


def test_what_goes_out_can_be_taken_in_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questionnaire", "export", "phq9"]) == 0
    document = tmp_path / "phq9.json"
    document.write_text(capsys.readouterr().out, "utf-8")
    taken = tmp_path / "phq9.yaml"

    assert main(["questionnaire", "check", str(document)]) == 0
    assert main(["questionnaire", "import", str(document), "--to", str(taken)]) == 0
    assert shelf.read(taken, Questionnaire) == questionnaires()["phq9"].model_copy(update={"verified": False})


def test_what_a_file_says_that_is_not_supported_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questionnaire", "import", str(SAMPLES / "form-behavior.json")]) == 1
    told = capsys.readouterr().err
    assert "1.3: the extension targetConstraint is not supported" in told
    assert "(no answer depends on it)" in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words, says",
    [
        (["score", "nothing", "-"], "there is no questionnaire 'nothing'"),
        (["import", "no-such-file.json"], "No such file"),
        (["import", str(SAMPLES / "SOURCE.md")], "not readable JSON"),
    ],
)
def test_a_wrong_question_is_answered_in_a_sentence(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["questionnaire", *words]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.django_db
def test_a_score_that_is_not_what_its_answers_give_is_found_and_mended(
    phq9: Questionnaire, answers: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    at = now()
    response = Response.objects.create(
        questionnaire="phq9", version=phq9.version, answers=answers, started_at=at, completed_at=at
    )
    Score.objects.create(
        response=response, questionnaire="phq9", key=phq9.scores[0].key, value=Decimal(99), band="", at=at
    )

    assert main(["questionnaire", "rebuild", "--check"]) == 1
    assert "99, read again" in capsys.readouterr().out
    assert main(["questionnaire", "rebuild"]) == 0
    capsys.readouterr()
    assert main(["questionnaire", "rebuild", "--check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.django_db
def test_every_questionnaire_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questionnaire", "list", "--json"]) == 0
    assert {row["key"] for row in json.loads(capsys.readouterr().out)} >= set(questionnaires())
