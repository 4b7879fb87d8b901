"""Identity codes: what is one, whose it is, and that it is never readable at rest."""

from datetime import date

import pytest
from cryptography.fernet import InvalidToken

from luotsi.domain.people import rules

KEY = "ab" * 32


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("010190-999W", date(1990, 1, 1)),
        ("010190Y999W", date(1990, 1, 1)),
        ("290204A900C", date(2004, 2, 29)),
        ("050610B903S", date(2010, 6, 5)),
        ("151123F902K", date(2023, 11, 15)),
        ("070785X950R", date(1985, 7, 7)),
        ("311299+998D", date(1899, 12, 31)),
        ("290244-901R", date(1944, 2, 29)),
        (" 010190-999w ", date(1990, 1, 1)),
    ],
)
def test_a_valid_code_carries_the_birth_date(text: str, born: date) -> None:
    assert rules.birth_date_of(rules.normalise_identity(text)) == born


@pytest.mark.parametrize(
    "text", ["", "010190-999X", "290205A900C", "010190G999W", "310252-308Y", "x" * 500, "010190999W"]
)
def test_a_bad_code_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(rules.BadIdentityCode, match="identity code"):
        rules.normalise_identity(text)


def test_two_people_who_differ_only_by_the_intermediate_character_are_two() -> None:
    assert rules.hash_identity("010190-999W", KEY) != rules.hash_identity("010190Y999W", KEY)


def test_the_code_is_encrypted_and_comes_back_only_with_the_key() -> None:
    token = rules.encrypt_identity("010190-999W", KEY)
    assert b"010190" not in token
    assert rules.decrypt_identity(token, KEY) == "010190-999W"
    with pytest.raises(InvalidToken):
        rules.decrypt_identity(token, "cd" * 32)


def test_the_mask_shows_only_the_birth_date() -> None:
    assert rules.mask_identity("010190-999W") == "010190-****"
