"""`luotsi clock`, as people script it: a fixed form, calm words, and sentences that say what to mend."""

import json

import pytest

from luotsi.cli import main
from luotsi.domain.clocks.definitions import clock_rules


def asked(capsys, *words):
    code = main(["clock", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def answer(capsys, *words):
    code, out, err = asked(capsys, *words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_the_fixed_form_of_the_answer(capsys):
    found = answer(capsys, "CWA-START-7WD", "--start", "2026-03-31T09:10")
    assert {key: found[key] for key in ("rule", "version", "start", "due")} == {
        "rule": "CWA-START-7WD",
        "version": "2008-01-01",
        "start": "2026-03-31T09:10",
        "due": "2026-04-13",
    }
    skipped = next(step for step in found["because"] if step["what"] == "skipped")
    assert skipped["days"] == ["2026-04-03", "2026-04-06"]
    assert "Good Friday" in skipped["en"]
    assert "pitkäperjantai" in skipped["fi"]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (("SWA-START-7WD", "--start", "2025-12-19", "--set", "eves_count=true"), "2026-01-02"),
        (("ORAL-3M+3M-2005", "--start", "2023-03-15", "--set", "excess_justified=true"), "2023-09-15"),
        (("SWA-DONE-3M", "--start", "2025-09-06"), "2025-12-08"),
        (("SWA-DONE-3M", "--start", "2025-09-06", "--set", "roll_forward_authority=false"), "2025-12-06"),
        (("CONTACT-SAME-DAY", "--start", "2026-04-02"), "2026-04-02"),
        (("CONTACT-SAME-DAY", "--start", "2026-04-02T18:30"), "2026-04-07"),
        (("CONTACT-SAME-DAY", "--start", "2026-04-02T18:30", "--set", "office_closes=20:00"), "2026-04-02"),
        (("CONTACT-SAME-DAY", "--start", "2026-06-01T23:30Z"), "2026-06-02"),
        (("--line", "primary_care", "--start", "2026-06-12", "--born", "2003-06-13"), "2026-06-26"),
        (("--line", "primary_care", "--start", "2026-06-13", "--born", "2003-06-13"), "2026-09-13"),
        (("swa-start-7wd", "--start", "2025-09-02T09:00"), "2025-09-11"),
    ],
)
def test_choices_and_moments_change_the_answer(capsys, words, due):
    assert answer(capsys, *words)["due"] == due


def test_a_line_says_which_rule_it_chose(capsys):
    found = answer(capsys, "--line", "primary_care", "--start", "2026-06-12T10:00")
    assert found["rule"] == "PHC-14D-U23"
    assert found["because"][0]["what"] == "chosen_strictest"


def test_an_unknown_limit_has_no_date_in_the_answer(capsys):
    assert answer(capsys, "DISAB-675", "--start", "2026-03-31")["due"] is None


def test_what_never_held_is_marked_as_not_applying(capsys):
    assert answer(capsys, "PHC-7D-2024", "--start", "2024-11-04")["applies"] is False


@pytest.mark.parametrize(
    ("language", "last_day", "holiday"),
    [
        ("fi", "Viimeinen päivä: ma 13.4.2026", "pitkäperjantai"),
        ("sv", "Sista dagen: mån 13.4.2026", "långfredagen"),
        ("en", "Last day: Mon 13 April 2026", "Good Friday"),
    ],
)
def test_without_json_it_explains_calmly_in_the_asked_language(capsys, language, last_day, holiday):
    code, out, _ = asked(capsys, "CWA-START-7WD", "--start", "2026-03-31", "--lang", language)
    assert code == 0
    assert last_day in out.splitlines()
    assert holiday in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("PHC-14D-U25", "--start", "2026-01-01"), "did you mean PHC-14D-U23"),
        (("--line", "primry_care", "--start", "2026-01-01"), "did you mean primary_care"),
        (("--line", "xyz", "--start", "2026-01-01"), "choose from contact"),
        (("PHC-14D-U23",), "--start is missing"),
        (("--start", "2026-01-01"), "name either a rule or --line"),
        (("PHC-14D-U23", "--line", "primary_care", "--start", "2026-01-01"), "name either a rule or --line"),
        (("PHC-14D-U23", "--start", "31.3.2026"), "write it as 2026-03-31T09:10"),
        (("PHC-14D-U23", "--start", "2026-02-30"), "is not a day"),
        (("PHC-14D-U23", "--start", "2026-02-30T10:00"), "is not a time"),
        (("PHC-14D-U23", "--start", "0001-01-01"), "out of reach"),
        (("PHC-14D-U23", "--start", "2026-01-01", "--born", "13.6.2003"), "--born"),
        (("PHC-14D-U23", "--start", "2026-01-01", "--born", "2027-01-01"), "check --born"),
        (("PHC-14D-U23", "--start", "2026-01-01", "--set", "eves_count"), "NAME=VALUE"),
        (("PHC-14D-U23", "--start", "2026-01-01", "--set", "eve_count=true"), "choose from eves_count"),
        (("PHC-14D-U23", "--start", "2026-01-01", "--set", "eves_count=perhaps"), "true or false"),
        (("PHC-14D-U23", "--start", "2026-01-01", "--set", "urgent=perhaps"), "true or false"),
        (("PHC-14D-U23", "--start", "2026-01-01", "--set", "office_opens=18:00"), "before office_closes"),
        (("--line", "youth_mental_care", "--start", "2026-01-08", "--born", "1980-01-01"), "ages 0–22"),
        (("list", "--on", "yesterday"), "is not a day"),
    ],
)
def test_a_wrong_question_is_answered_with_what_to_mend(capsys, words, sentence):
    code, out, err = asked(capsys, *words, "--json")
    assert (code, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err


def test_the_list_shows_the_rules_in_force_on_a_day(capsys):
    everything = answer(capsys, "list")
    assert {row["rule"] for row in everything} == set(clock_rules())
    on_day = {row["rule"] for row in answer(capsys, "list", "--on", "2024-11-15")}
    assert {"ORAL-3M-2024", "PHC-14D-2023"} <= on_day
    assert not {"PHC-7D-2024", "PHC-3M-2025", "ORAL-4M-2023"} & on_day


def test_the_list_is_readable_too(capsys):
    code, out, _ = asked(capsys, "list", "--lang", "en")
    assert code == 0
    assert len(out.splitlines()) == len(clock_rules())
    assert "7 working days" in out
