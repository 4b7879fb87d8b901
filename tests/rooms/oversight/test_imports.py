"""Roles from a spreadsheet: every row is judged before anything is proposed, and a second person still confirms."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation.models import Assignment
from luotsi.domain.organisation.rules import check_wish
from luotsi.gateways.spreadsheets.writing import write_rows
from luotsi.rooms.oversight.sheet import COLUMNS, MOST_ROWS
from tests.factories import MORNING, worker
from tests.factories.clients import signed_in
from tests.gateways.corpus import HOSTILE
from tests.rooms.oversight.giving import LAST, LIST, TODAY, confirmed, text

IMPORT = f"{LIST}import/"
HEADINGS = {column.key: column.headings[0] for column in COLUMNS}


@pytest.fixture
def mailed(nurse: Who) -> Who:
    """A worker whom the county's mail knows."""
    return employed("hilla@example.org", "Hilla Postinen")


def employed(mail: str, name: str) -> Who:
    staff = organisation.employ(
        id=uuid4(), name=name, mail=mail, unit="sotkamo", role="nurse", since=date(2020, 1, 1), by=SYSTEM, at=MORNING
    )
    return Who(kind="staff", role="nurse", id=staff.id, name=name)


def row(**changes: Any) -> dict[str, Any]:
    usual = {"mail": "hilla@example.org", "role": "Sairaanhoitaja", "unit": "kuhmo", "reason": "Sijaisuus"}
    return {**usual, "valid_from": TODAY, "valid_to": LAST, **changes}


def sent(client: Client, *rows: dict[str, Any], name: str = "lista.xlsx", headings: Any = None) -> Any:
    made = write_rows(rows, columns=headings or HEADINGS, kind=name.rpartition(".")[2])  # type: ignore[arg-type]
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, made)})


def waiting() -> list[tuple[str, str, str]]:
    rows = Assignment.objects.filter(source="person", confirmed_at=None, ended_at=None)
    return sorted(rows.values_list("staff__name", "role", "unit_id"))


@pytest.mark.parametrize("name", ["lista.xlsx", "lista.csv"])
def test_what_is_right_is_shown_then_proposed_then_confirmed_by_another(
    ada: Who, eino: Who, mailed: Who, name: str
) -> None:
    client = confirmed(ada)
    shown = sent(client, row(), row(unit="Suomussalmen terveysasema", mail="HILLA@example.org"), name=name)
    assert shown.status_code == 200
    assert "Hilla Postinen" in text(shown)
    assert "Ehdota 2 roolia" in text(shown)
    assert waiting() == [], "nothing is proposed by looking"
    done = client.post(f"{IMPORT}proposals/", follow=True)
    assert "2 roolia on ehdotettu" in text(done)
    assert done.redirect_chain[-1][0] == f"{LIST}?view=waiting"
    assert waiting() == [("Hilla Postinen", "nurse", "kuhmo"), ("Hilla Postinen", "nurse", "suomussalmi")]
    mine = Assignment.objects.get(unit_id="kuhmo", confirmed_at=None)
    assert client.post(f"{LIST}{mine.id}/confirmation/").status_code == 409, "not by the one who proposed"
    assert confirmed(eino).post(f"{LIST}{mine.id}/confirmation/").status_code == 302
    assert waiting() == [("Hilla Postinen", "nurse", "suomussalmi")]


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"mail": "kukaan@example.org"}, "Kenelläkään työntekijällä ei ole"),
        ({"mail": ""}, "Kenelläkään työntekijällä ei ole"),
        ({"mail": "kaksi@example.org"}, "Usealla työntekijällä"),
        ({"mail": "pois@example.org"}, "ei ole enää"),
        ({"role": "Kirurgi"}, "Roolia ei ole"),
        ({"role": "resident"}, "Roolia ei ole"),
        ({"unit": "Mikkeli"}, "Yksikköä ei ole"),
        ({"unit": "aikuissosiaalityo"}, "rekisteri"),
        ({"valid_to": "ensi vuonna"}, "Kirjoita päivä näin"),
        ({"valid_from": TODAY - timedelta(days=1)}, "Ensimmäinen päivä on jo"),
        ({"valid_to": TODAY + timedelta(days=2_000)}, "Viimeinen päivä on liian kaukana"),
        ({"valid_from": LAST, "valid_to": TODAY}, "ennen ensimmäistä"),
        ({"reason": ""}, "mihin roolia tarvitaan"),
        ({"unit": "sotkamo"}, "jo tämä rooli"),
    ],
)
def test_a_wrong_row_says_what_to_mend_and_is_left_out(
    ada: Who, mailed: Who, changes: dict[str, Any], words: str
) -> None:
    employed("kaksi@example.org", "Eka Kaksonen")
    employed("kaksi@example.org", "Toka Kaksonen")
    gone = employed("pois@example.org", "Leo Lähtenyt")
    organisation.leave(staff=gone.id, by=ada, at=MORNING)  # type: ignore[arg-type]
    client = confirmed(ada)
    shown = sent(client, row(**changes), row(unit="paltamo"))
    told = [one.wrong for one in shown.context["rows"]]
    assert [one.row for one in shown.context["rows"]] == [2, 3]
    assert (words in " ".join(told[0]), told[1]) == (True, ()), told
    client.post(f"{IMPORT}proposals/")
    assert waiting() == [("Hilla Postinen", "nurse", "paltamo")]


def test_one_wrong_row_is_told_in_the_singular(ada: Who, mailed: Who) -> None:
    told = text(sent(confirmed(ada), row(), row(role="Kirurgi")))
    assert "Yhtä riviä ei ehdoteta." in told
    assert "Ehdota yhtä roolia" in told
    assert "2 riviä ei ehdoteta." in text(sent(confirmed(ada), row(role="Kirurgi"), row(unit="Mikkeli")))


def test_rows_of_one_file_do_not_overlap_each_other(ada: Who, mailed: Who) -> None:
    after = LAST + timedelta(days=1)
    shown = sent(confirmed(ada), row(), row(valid_from=LAST, valid_to=LAST), row(valid_from=after, valid_to=after))
    assert [bool(one.wrong) for one in shown.context["rows"]] == [False, True, False]


def test_what_changed_in_between_is_told_and_the_rest_is_proposed(ada: Who, eino: Who, mailed: Who) -> None:
    client = confirmed(ada)
    sent(client, row(), row(unit="paltamo"))
    organisation.propose_assignment(
        staff=mailed.id,
        role="nurse",
        unit="kuhmo",
        valid_from=TODAY,
        valid_to=LAST,
        reason="Muu",
        by=eino,
        at=MORNING,  # type: ignore[arg-type]
    )
    done = client.post(f"{IMPORT}proposals/", follow=True)
    assert "1 rooli on ehdotettu" in text(done)
    assert "joku muutti sitä välillä" in text(done)
    assert client.post(f"{IMPORT}proposals/").url == IMPORT, "sent twice, proposed once"


@pytest.mark.parametrize("language, place", [("fi", 0), ("sv", 1), ("en", 2)])
def test_headings_and_names_are_understood_in_each_language(ada: Who, mailed: Who, language: str, place: int) -> None:
    client = confirmed(ada)
    address = IMPORT.replace("/fi/", f"/{language}/")
    given = client.get(f"{address}example.xlsx")
    assert 'filename="example.xlsx"' in given["Content-Disposition"]
    shown = client.post(address, {"file": SimpleUploadedFile("x.xlsx", given.content)})
    found = shown.context["rows"][0]
    assert (found.wish.role, found.wish.valid_from, found.wrong) == ("nurse", TODAY, ())
    check_wish(found.wish, on=TODAY, standing=())  # the row would do, were it somebody's
    assert (shown.context["right"], shown.context["wrong"], found.is_example) == (0, 0, True)
    client.post(f"{address}proposals/")
    assert waiting() == [], "an example proposes nothing"
    headings = {column.key: column.headings[place] for column in COLUMNS}
    assert not sent(client, row(), headings=headings).context["rows"][0].wrong


@pytest.mark.parametrize(
    "what", ["zip bomb", "macros", "cut off", "password", "picture", "too long", "a code in the name"]
)
def test_a_hostile_file_is_told_calmly(ada: Who, what: str) -> None:
    name, make, _ = HOSTILE[what]
    answer = confirmed(ada).post(IMPORT, {"file": SimpleUploadedFile(name, make())})
    assert (answer.status_code, len(answer.context["form"].errors["file"])) == (422, 1)
    assert "010190-999W" not in text(answer)


def test_nothing_and_too_much_are_told(ada: Who) -> None:
    client = confirmed(ada)
    assert "Valitse tiedosto." in text(client.post(IMPORT, {}))
    assert "Tiedosto on tyhjä" in text(client.post(IMPORT, {"file": SimpleUploadedFile("a.xlsx", b"")}))
    assert "Rivejä on liikaa" in text(sent(client, *[row()] * (MOST_ROWS + 1)))
    missing = {key: name for key, name in HEADINGS.items() if key != "reason"}
    assert "Sarake ”Perustelu” puuttuu" in text(sent(client, row(), headings=missing))
    assert client.get(f"{IMPORT}proposals/").url == IMPORT
    assert client.get(IMPORT).status_code == 200


def test_only_one_who_may_propose_and_has_shown_who_they_are_gets_in(ada: Who, nurse: Who) -> None:
    officer = worker("privacy-officer", name="Olga Valvoja")
    for person in (nurse, officer):
        assert confirmed(person).get(IMPORT).status_code in {403, 404}
        assert confirmed(person).post(f"{IMPORT}proposals/").status_code in {403, 404}
    assert "confirmation" in signed_in(ada).get(IMPORT).url
    assert "Ehdota monta" in text(signed_in(ada).get(LIST))
    assert Client().get(IMPORT).status_code == 302
