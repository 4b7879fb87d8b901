"""The shelf says which file, which line and what to mend."""

from pathlib import Path

import pytest

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry, ShelfError
from luotsi.base.text import Text, sort_key


class Length(Entry):
    working_days: int | None = None


class Rule(Definition):
    length: Length
    lines: tuple[Length, ...] = ()


def read(tmp_path: Path, text: str) -> Rule:
    path = tmp_path / "rule.yaml"
    path.write_text(text)
    return shelf.read(path, Rule)


def test_a_definition_is_read_with_its_texts(tmp_path: Path) -> None:
    rule = read(tmp_path, "key: a\nname: {fi: Sääntö, sv: Regel}\nlength: {working_days: 7}\n")
    assert rule.length.working_days == 7
    assert [rule.name.in_language(code) for code in ("fi", "sv-fi", "en")] == ["Sääntö", "Regel", "Sääntö"]
    assert rule.name.language_of("en") == "fi"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("key: a\nname: {fi: x}\nlength:\n  workingdays: 7\n", 4, "did you mean 'working_days'?"),
        ("key: a\nname: {fi: x}\n", 1, "length is missing; add it"),
        ("key: a\nname: {fi: x}\nlenght: {}\n", 3, "did you mean 'length'?"),
        ("key: a\nname: {fi: x}\nlength: {working_days: soon}\n", 3, "it says 'soon'"),
        ("key: a\nname: {fi: x}\nlength: {}\nlines:\n  - {working_days: 1}\n  - {working_days: x}\n", 6, "lines.1"),
        ("key: a\nname: {fi: Mikä?, sv: Vad?}\nlength: {working_days: soon}\n", 3, "it says 'soon'"),
        ("key: a\nname: [\n", 3, "not readable YAML"),
        ("- a\n- b\n", 1, "a definition is a mapping"),
        ("", 1, "a definition is a mapping"),
    ],
)
def test_a_bad_file_is_told_by_line_and_mend(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(ShelfError) as told:
        read(tmp_path, text)
    assert told.value.line == line
    assert words in str(told.value)
    assert "rule.yaml" in str(told.value)


def test_two_files_with_one_key_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text("key: same\nname: {fi: x}\nlength: {}\n")
    monkeypatch.setattr(shelf, "ROOT", tmp_path)
    with pytest.raises(ShelfError, match="stands in another file too"):
        shelf.load.__wrapped__("rules", Rule)


def test_a_county_overrides_by_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    own = tmp_path / "counties" / "kainuu" / "rules"
    own.mkdir(parents=True)
    (tmp_path / "rules" / "a.yaml").write_text("key: a\nname: {fi: yhteinen}\nlength: {}\n")
    (own / "a.yaml").write_text("key: a\nname: {fi: oma}\nlength: {}\n")
    monkeypatch.setattr(shelf, "ROOT", tmp_path)
    monkeypatch.setenv("LUOTSI_COUNTY", "kainuu")
    assert shelf.load.__wrapped__("rules", Rule)["a"].name.fi == "oma"
    monkeypatch.setenv("LUOTSI_COUNTY", "soite")
    assert shelf.load.__wrapped__("rules", Rule)["a"].name.fi == "yhteinen"


def test_finnish_words_sort_with_their_last_letters_last() -> None:
    words = ["Öljy", "Zaire", "Äiti", "Åland", "apu", "Wasa", "Vaasa", "é", "f"]
    assert sorted(words, key=sort_key) == ["apu", "é", "f", "Vaasa", "Wasa", "Zaire", "Åland", "Äiti", "Öljy"]


def test_a_text_says_when_a_language_is_missing() -> None:
    assert not Text(fi="x", sv="y").is_complete
    assert Text(fi="x", sv="y", en="z").is_complete
