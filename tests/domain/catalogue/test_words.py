"""What words mean: base forms, compounds, stems, misspellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.domain.catalogue.rules import compounds, spelling, weighing, words


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("lohkesi", "lohjeta"),
        ("omaishoitajan", "omaishoitaja"),
        ("rahat", "raha"),
        ("polveen", "polvi"),
        ("kotisairaanhoitoon", "kotisairaanhoito"),
        ("lohkes", "lohjeta"),  # as spoken, without its last letter
        ("hammaslääkärii", "hammaslääkäri"),
    ],
)
def test_a_finnish_word_is_read_as_its_base_form(written: str, base: str) -> None:
    assert base in words.read(written, "fi").forms


@pytest.mark.parametrize(
    ("written", "inside"),
    [
        ("hammaslääkäriaika", {"hammas", "lääkäri", "hammaslääkäri"}),
        ("suunterveydenhuolto", {"suu", "terveys", "huolto"}),
        ("lähisuhdeväkivaltaa", {"väkivalta"}),
        ("itsemurha-ajatuksia", {"itsemurha", "ajatus"}),
    ],
)
def test_a_compound_holds_its_parts_and_the_compounds_inside_it(written: str, inside: set[str]) -> None:
    assert inside <= words.read(written, "fi").all


@pytest.mark.parametrize(
    ("written", "root"), [("masennus", "masentaa"), ("ehkäisy", "ehkäistä"), ("unettomuus", "uni")]
)
def test_a_derived_word_leads_to_the_word_it_comes_from(written: str, root: str) -> None:
    assert root in words.read(written, "fi").all


def test_an_unknown_word_is_stemmed_and_said_to_be_unknown() -> None:
    reading = words.read("koulupsyykkarille", "fi")
    assert not reading.is_known
    assert reading.forms == words.read("koulupsyykkari", "fi").forms


def test_swedish_and_english_words_meet_by_their_stems() -> None:
    assert words.read("tänderna", "sv").forms == words.read("tänder", "sv").forms
    assert words.read("appointments", "en").forms == words.read("appointment", "en").forms


def test_tokens_are_lower_case_words_and_numbers() -> None:
    assert words.tokens("Can't pay; 4-vuotias E-pillerit!") == ("cant", "pay", "4", "vuotias", "e-pillerit")
    assert words.tokens("  …!? ") == ()


def test_a_swedish_compound_comes_apart_into_words_one_knows() -> None:
    known = {"tand", "värk", "barn", "skydd", "hem"}
    assert compounds.parts("tandvärk", known) == ("tand", "värk")
    assert compounds.parts("barnskydd", known) == ("barn", "skydd")
    assert compounds.parts("tandläkare", known) == ()
    assert {"tand", "värk"} <= compounds.affixes("tandvärk")


@pytest.mark.parametrize(
    ("written", "meant"), [("hamas", "hammas"), ("fysoterapeutti", "fysioterapeutti"), ("pyorätuoli", "pyörätuoli")]
)
def test_a_misspelt_word_finds_the_one_meant(written: str, meant: str) -> None:
    assert spelling.closest(written, ["hammas", "fysioterapeutti", "pyörätuoli", "apuväline"]) == meant


@given(st.text("abcdefgh", min_size=4, max_size=12), st.text("abcdefgh", min_size=1, max_size=20))
def test_a_word_of_another_length_than_is_looked_for_is_never_close_enough(word: str, other: str) -> None:
    shortest, longest = spelling.lengths_alike(word)
    if not shortest <= len(other) <= longest:
        assert spelling.closest(word, [other]) is None


def test_a_word_like_none_other_is_left_alone() -> None:
    assert spelling.closest("xyzzy", ["hammas", "polvi"]) is None
    assert spelling.closest("suu", ["suut", "sua"]) is None  # too short to guess


@given(st.text(min_size=1, max_size=40))
def test_any_text_makes_a_vector_that_postgres_can_read(text: str) -> None:
    read = [words.read(word, "en") for word in words.tokens(text)]
    vector = weighing.vector([read, [], [], []])
    assert vector.count("'") == 2 * len({lemma for reading in read for lemma in reading.all})


def test_empty_words_are_left_out_of_a_query_unless_nothing_else_is_left() -> None:
    read = [words.read(word, "fi") for word in ("rahat", "ei", "riitä")]
    assert {term.lemma for term in weighing.terms(read, "fi")} >= {"raha", "riittää"}
    assert "ei" not in {term.lemma for term in weighing.terms(read, "fi")}
    assert [term.lemma for term in weighing.terms([words.read("ei", "fi")], "fi")] == ["ei"]


def test_a_words_parts_count_less_than_the_word() -> None:
    weights = {term.lemma: term.weight for term in weighing.terms([words.read("hammaslääkäri", "fi")], "fi")}
    assert weights["hammaslääkäri"] > weights["hammas"] > 0
