"""Who looked at my data: plain lines, what is hidden from whom, files, and what is older than two years."""

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from luotsi.base.now import in_helsinki, now
from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from luotsi.domain.questionnaires.models import Response
from tests.factories import as_who, contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.resident.people import acting, family, let_act, looked, text_of

pytestmark = pytest.mark.django_db
LOG = "/fi/own/log/"


def older_row(person: UUID, *, days: int, by: Who) -> None:
    """A row of long ago; the log itself takes no such row."""
    at = now() - timedelta(days=days)
    told = dict.fromkeys(("register", "recipient", "request", "address"), "")
    row = Use(
        at=at, log="usage", outcome="shown", actor_kind="staff", actor_id=by.id, actor_role=by.role,
        actor_units=sorted(by.units), resident=person, what="case", action="case.read", ground="team", **told,
    )  # fmt: skip
    row.save()


def test_a_workers_look_stands_there_with_name_unit_and_reason() -> None:
    person, nurse = resident(), worker(name="Nelli Mallimäki")
    looked(contact(person), nurse)
    page = text_of(signed_in(as_who(person)).get(LOG))
    assert "Sairaanhoitaja Nelli Mallimäki, Sotkamon terveysasema" in page
    assert "Avasi asiasi." in page
    assert "Sinulla on asia yksikössä, jossa työntekijä työskentelee." in page
    assert "Kysy tästä" in page


def test_nobody_reads_anothers_log() -> None:
    person, nurse = resident(), worker(name="Nelli Mallimäki")
    looked(contact(person), nurse)
    assert "Nelli" not in text_of(signed_in(as_who(resident())).get(LOG))
    assert signed_in(nurse).get(LOG).status_code == 403
    agent = resident()
    let_act(agent, person)
    answer = acting(agent, person).get(LOG)
    assert answer.status_code == 403
    assert "Oikeutesi ei kata tätä" in text_of(answer)


def test_an_empty_log_says_so() -> None:
    assert "Kukaan ei ole katsonut" in text_of(signed_in(as_who(resident())).get(LOG))


def test_ones_own_looks_are_shown_when_asked_for() -> None:
    person = resident()
    browser = signed_in(as_who(person))
    browser.get("/fi/own/")
    assert "Sinä itse" not in text_of(browser.get(LOG))
    assert "Sinä itse" in text_of(browser.get(f"{LOG}?by=all"))


def test_who_acts_for_me_is_named_and_can_be_chosen_alone() -> None:
    agent, person = resident(first_name="Aino", last_name="Avulias"), resident()
    let_act(agent, person)
    looked(contact(person), worker(name="Nelli Mallimäki"))
    acting(agent, person).get("/fi/matters/")
    browser = signed_in(as_who(person))
    page = text_of(browser.get(LOG))
    assert "Aino Avulias (valtuutettu)" in page
    assert "Nelli" in page
    page = text_of(browser.get(f"{LOG}?by=acting"))
    assert "Aino Avulias" in page
    assert "Nelli" not in page
    assert "Aino" not in text_of(browser.get(f"{LOG}?by=staff"))


def test_whoever_acts_sees_her_own_looks_only_when_she_asks_for_them() -> None:
    mother, child = family()
    signed_in(as_who(child)).get("/fi/own/")
    browser = acting(mother, child)
    browser.get("/fi/own/")
    page = text_of(browser.get(LOG))
    assert "Sinä itse" not in page
    assert "Lauri Esimerkki</strong>" in page
    assert "Sinä itse" in text_of(browser.get(f"{LOG}?by=own"))


def test_an_emergency_access_is_loud() -> None:
    person, doctor = resident(), worker("doctor", "suomussalmi", name="Linda Tarulampi")
    people.open_emergency(
        resident=person.id, register="health", reason_key="cannot-tell", reason="Tajuttomana päivystyksessä",
        by=doctor, at=now(),
    )  # fmt: skip
    page = text_of(signed_in(as_who(person)).get(LOG))
    assert "Tietosi on avattu kiireellisestä syystä" in page
    assert page.index("kiireellisestä syystä") < page.index("Linda Tarulampi")
    assert "Henkilö ei pysty itse kertomaan: Tajuttomana päivystyksessä." in page
    assert "Linda" in text_of(signed_in(as_who(person)).get(f"{LOG}?by=emergency"))


def test_what_was_given_elsewhere_says_to_whom() -> None:
    from luotsi.domain.events import actions as events

    person = resident()
    events.disclosed(worker(), resident=person.id, recipient="Kela", what="letter", ground="legal")
    page = text_of(signed_in(as_who(person)).get(f"{LOG}?by=outside"))
    assert "Kela" in page
    assert "Annettu muualle" in page


def test_the_log_of_a_child_gives_away_nothing_that_is_kept_private() -> None:
    mother, child = family()
    nurse = worker("psychiatric-nurse", "mielenterveys", name="Pilvi Salaisuus")
    open_case = contact(child)
    own = contact(child, unit="mielenterveys", service="youth-mental-health", at=now() - timedelta(hours=3))
    cases.keep_private(case=own.id, why="Kypsä päättämään tästä.", by=nurse, at=now())
    looked(open_case, worker(name="Nelli Mallimäki"))
    looked(own, nurse)
    signed_in(nurse).get("/fi/team/")
    for address in (LOG, f"{LOG}?by=all", f"{LOG}sheet/", f"{LOG}log.csv", f"{LOG}log.json"):
        told = acting(mother, child).get(address).content.decode()
        assert "Nelli" in told, address
        assert not re.search("Pilvi|mielenterveys|Mielenterveys", told), address
    mine = text_of(signed_in(as_who(child)).get(LOG))
    assert "Pilvi" in mine


def test_the_files_hold_the_same_lines_and_no_formula() -> None:
    person, nurse = resident(), worker(name="=cmd|' /C calc'!A0")
    looked(contact(person), nurse)
    browser = signed_in(as_who(person))
    table = browser.get(f"{LOG}log.csv")
    assert table["Content-Disposition"] == 'attachment; filename="log.csv"'
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][3] == "Kuka"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    data = json.loads(browser.get(f"{LOG}log.json").content)
    assert [line["who"] for line in data["lines"]] == [row[3] for row in rows[1:]]
    assert Use.objects.filter(what="log", resident=person.id, actor_id=person.id).count() == 2


def test_the_sheet_for_printing_holds_everything_at_once() -> None:
    person, nurse = resident(), worker(name="Nelli Mallimäki")
    for day in range(60):
        older_row(person.id, days=day, by=nurse)
    browser = signed_in(as_who(person))
    assert text_of(browser.get(LOG)).count("<strong>Sairaanhoitaja Nelli") == 50
    assert text_of(browser.get(f"{LOG}?page=2")).count("<strong>Sairaanhoitaja Nelli") == 10
    assert text_of(browser.get(f"{LOG}sheet/")).count("Nelli Mallimäki, ") == 60


def test_the_days_are_finnish_ones_and_in_order() -> None:
    person, nurse = resident(), worker()
    for day in (3, 1, 2):
        older_row(person.id, days=day, by=nurse)
    days = re.findall(r"<h2>\w\w (\d+)\.(\d+)\.(\d+)</h2>", text_of(signed_in(as_who(person)).get(LOG)))
    expected = [in_helsinki(now() - timedelta(days=day)) for day in (1, 2, 3)]
    assert days == [(str(at.day), str(at.month), str(at.year)) for at in expected]


def test_what_is_older_than_two_years_asks_for_a_reason_and_keeps_it() -> None:
    person, nurse = resident(), worker(name="Vanha Katsoja")
    older_row(person.id, days=800, by=nurse)
    browser = signed_in(as_who(person))
    assert "Vanha Katsoja" not in text_of(browser.get(f"{LOG}?days=all"))
    empty = browser.post(f"{LOG}older/", {"reason": " "})
    assert empty.status_code == 400
    assert "Kirjoita, miksi" in text_of(empty)
    answer = browser.post(f"{LOG}older/", {"reason": "Vakuutusyhtiö kysyy."}, follow=True)
    assert "Vanha Katsoja" in text_of(answer)
    assert Response.objects.get(questionnaire="older_log").answers == {"reason": "Vakuutusyhtiö kysyy."}
    assert "Vanha Katsoja" not in text_of(signed_in(as_who(person)).get(f"{LOG}?days=all")), "in this session only"


def test_a_reason_for_ones_own_log_opens_nobody_elses() -> None:
    mother, child = family()
    older_row(child.id, days=800, by=worker(name="Vanha Katsoja"))
    browser = signed_in(as_who(mother))
    browser.post(f"{LOG}older/", {"reason": "Omat tietoni."})
    browser.post("/fi/acting/", {"resident": str(child.id)})
    assert "Vanha Katsoja" not in text_of(browser.get(f"{LOG}?days=all"))


@pytest.mark.parametrize(
    "query",
    [
        "days=0",
        "days=-1",
        "days=9999999999",
        "days=x",
        "by=nobody",
        "page=0",
        "page=-1",
        "page=99999",
        "page=x",
        "page=²",
    ],
)
def test_whatever_the_address_says_the_page_opens(query: str) -> None:
    assert signed_in(as_who(resident())).get(f"{LOG}?{query}").status_code == 200


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_open_in_each_language(language: str) -> None:
    person, nurse = resident(), worker()
    looked(contact(person), nurse)
    browser = signed_in(as_who(person))
    for address in ("own/log/?by=all", "own/log/sheet/"):
        answer = browser.get(f"/{language}/{address}")
        assert answer.status_code == 200
        assert not re.search(r"%\(|\{[{%]", text_of(answer))


def test_the_log_costs_the_same_however_long_it_is(django_assert_max_num_queries: Any) -> None:
    person = resident()
    nurses = [worker(name=f"Hoitaja {n}") for n in range(5)]
    for day in range(40):
        older_row(person.id, days=day, by=nurses[day % 5])
    browser = signed_in(as_who(person))
    with django_assert_max_num_queries(20):
        browser.get(LOG)


def test_the_log_of_somebody_with_very_many_rows_opens_within_a_moment() -> None:
    """A long illness: 5 000 rows of one person are grouped by the database."""
    person, nurse = resident(), worker()
    with connection.cursor() as sql:
        sql.execute(
            "INSERT INTO events_use (at, log, outcome, actor_kind, actor_id, actor_role, actor_units, resident, what, "
            "register, action, ground, recipient, request, address) SELECT now() - make_interval(hours => n), 'usage', "
            "'shown', 'staff', %s, 'nurse', '{sotkamo}', %s, 'case', 'health', 'case.read', 'team', '', '', '' "
            "FROM generate_series(1, 5000) n",
            [nurse.id, person.id],
        )
    browser = signed_in(as_who(person))
    browser.get(LOG)  # the first page of a process reads its templates and the shelf
    begun = now()
    assert browser.get(LOG).status_code == 200
    assert now() - begun < timedelta(seconds=3)


def test_choosing_for_whom_to_act_is_told_truly_to_the_one_it_is_about() -> None:
    mother, child = family()
    signed_in(as_who(mother)).get("/fi/acting/")
    page = text_of(signed_in(as_who(child)).get(LOG))
    assert "Maija Esimerkki (huoltaja)" in page
    assert "Katsoit tietojasi itse" not in page
    assert "Maija" not in text_of(signed_in(as_who(child)).get(f"{LOG}?by=acting")), "she chose; she did not act"
