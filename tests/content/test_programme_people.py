"""Nobody's name stands in the programmes: people of the source documents appear by role only."""

import hashlib
import re
from collections.abc import Iterator

import pytest

from luotsi.base import shelf

# Surnames that stand in the source documents, as salted digests: their bearers appear here by role only.
PEOPLE = {
    "012a3c0548a6c0a1",
    "192a25975066dc74",
    "1af1434affc65f30",
    "213725ed6aac7ce9",
    "2935b204c2fba3f2",
    "2c3cce0c79520905",
    "2cdb2b2a2a1b1f9e",
    "3ddebe19720e2536",
    "422da9eca0da7e02",
    "58fb4bb522e4b506",
    "7e168044dd987a62",
    "883067999d67d477",
    "8fc65e8e400c0e92",
    "9dbdccbf7b5fd771",
    "a33fc90bb1f29e94",
    "ad22c351dc4b35a6",
    "b7201bf94cab9e58",
    "b95acc1cf31e1574",
    "bdecded971a2920b",
    "df5a6050f131320f",
    "fbc2bfc5527eb6ce",
}
_INITIALS = re.compile(r"\b[A-ZÅÄÖ](-[A-ZÅÄÖ])?\. ?[A-ZÅÄÖ][a-zåäö]{2,}")
_CONTACTS = re.compile(r"[\w.]+@[\w.]+|\b0\d{1,2} ?\d{3} ?\d{2,4}\b")


def digest(word: str) -> str:
    return hashlib.sha256(f"luotsi-programmes:{word.casefold()}".encode()).hexdigest()[:16]


def people_in(text: str, people: set[str]) -> Iterator[str]:
    """Words that name a person: initials with a surname, a mail address, a phone number, a surname of the sources."""
    yield from (found[0] for found in _INITIALS.finditer(text))
    yield from (found[0] for found in _CONTACTS.finditer(text))
    for word in re.findall(r"[A-ZÅÄÖ][a-zåäö]+", text):
        base = re.sub(r"s(en|ta|essa|esta|elle|elta|ella|een)$", "nen", word)  # Pasasen -> Pasanen
        if {digest(word), digest(base), digest(re.sub(r"n$", "", word))} & people:
            yield word


def test_nobody_is_named() -> None:
    folder = shelf.ROOT / "programmes"
    named = {path.name: list(people_in(path.read_text("utf-8"), PEOPLE)) for path in folder.rglob("*.yaml")}

    assert len(named) >= 17
    assert {name: found for name, found in named.items() if found} == {}


@pytest.mark.parametrize(
    "text",
    [
        "M-R. Esimerkkinen vastaa",
        "A. Malli",
        "nimi@esimerkki.fi",
        "puh. 040 123 4567",
        "Koetinnen kertoi",
        "Koetinsen työ",
    ],
)
def test_a_name_is_noticed(text: str) -> None:
    assert list(people_in(text, {digest("Koetinnen")}))
