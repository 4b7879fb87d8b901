"""Whatever the usage log can say of a resident is said in plain words, in three languages."""

import ast
from pathlib import Path

import pytest
import yaml

from luotsi.base import shelf
from luotsi.base.shelf import ShelfError
from luotsi.base.text import LANGUAGES
from luotsi.domain.events import definitions
from luotsi.domain.events.definitions import LogWords

# Actions of pages on which no resident's data stand. Every other one can, so that a new action needs its words.
SHOWS_NOBODY = {
    *("accessibility.read", "front.read", "service.read", "session.choose", "desk.read"),
    *("number.take", "number.call"),
    *("entry.read", "entry.write", "entry.check"),
    *("catalogue.read", "board.read", "indicator.read", "programme.read", "report.export"),
    *("assignment.read", "assignment.propose", "assignment.confirm", "assignment.end"),
    *("form.read", "form.edit", "form.publish", "guide.edit", "catalogue.mend"),
}
WORDS = [
    pytest.param(key, word, id=f"{group.key}:{key}")
    for group in definitions.log_words().values()
    for key, word in {**group.words, "other": group.other}.items()
]
BUREAUCRATIC = ("suorit", "toimesta", "osalta", "kyseis", "rekisteröity", "käyttötapahtuma")


def actions_of_roles() -> set[str]:
    roles = [yaml.safe_load(path.read_text("utf-8")) for path in (shelf.ROOT / "roles").glob("*.yaml")]
    return {action for role in roles for action in role["may"]}


def without_words(actions: set[str]) -> set[str]:
    return actions - SHOWS_NOBODY - set(definitions.log_words()["actions"].words)


def kinds_in_code() -> set[str]:
    """Every `what="…"` that is handed to the log somewhere in the code."""
    found = set()
    for path in (Path(__file__).parents[2] / "luotsi" / "domain").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {
                *("saw", "disclosed"),
            }:
                found |= {
                    word.value.value
                    for word in node.keywords
                    if word.arg == "what" and isinstance(word.value, ast.Constant)
                }
    return found


def test_every_action_that_can_show_a_resident_has_words() -> None:
    assert len(actions_of_roles() - SHOWS_NOBODY) >= 25
    assert without_words(actions_of_roles()) == set()


def test_an_action_without_words_is_noticed() -> None:
    assert without_words({"case.read", "front.read", "diary.read"}) == {"diary.read"}


def test_every_kind_of_data_that_the_code_logs_has_words() -> None:
    assert {"list", "person", "log"} <= kinds_in_code()
    assert kinds_in_code() - set(definitions.log_words()["what"].words) == set()


@pytest.mark.parametrize("key, word", WORDS)
def test_the_words_are_plain_and_differ_by_language(key: str, word: definitions.LogWord) -> None:
    for text in (word.resident, word.officer):
        assert len({text.fi, text.sv, text.en}) == 3
        for language in LANGUAGES:
            said = text.in_language(language)
            assert said[0].islower(), "it goes on after who did it"
            assert len(said) <= 60
        assert not any(part in text.fi.lower() for part in BUREAUCRATIC)


def test_a_key_of_long_ago_is_told_too() -> None:
    assert definitions.action_words("no.such").resident.fi == "käsitteli tietojasi"
    assert definitions.what_words("").officer.en == "other data"


def test_words_that_lack_a_language_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "what.yaml"
    whole = (shelf.ROOT / "log_words" / "what.yaml").read_text("utf-8")
    path.write_text(whole.replace(", en: your letter", ""), "utf-8")
    with pytest.raises(ShelfError, match="letter is not written in Finnish, Swedish and English"):
        shelf.read(path, LogWords)
