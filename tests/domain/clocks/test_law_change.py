"""The law changes: a new file takes effect from its day, what is running keeps its rule, and the rows stay right."""

import os
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from luotsi.base import shelf
from luotsi.domain.clocks import actions, queries
from luotsi.domain.clocks.definitions import clock_rules
from luotsi.domain.clocks.models import Clock

from .case import USES, Case, born_of
from .moments import MORNING, at, day

BEFORE, CHANGE, AFTER = at("2026-12-30"), day("2027-01-01"), at("2027-01-04")
ADULT = date(1980, 5, 5)


@pytest.fixture
def change_of_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """From 2027 adults have two months: one new file on a copy of the shelf, and no other one touched."""
    root = tmp_path / "content"
    shutil.copytree(shelf.ROOT, root, copy_function=os.link)
    rule = yaml.safe_load((root / "clocks" / "PHC-3M-2025.yaml").read_text("utf-8"))
    rule |= {"key": "PHC-2M-2027", "length": {"months": 2}, "valid_from": CHANGE, "replaces": ["PHC-3M-2025"]}
    rule["examples"] = [{**one, "due": one["start"]} for one in rule["examples"]]
    monkeypatch.setattr(shelf, "ROOT", root)

    def passed() -> None:
        (root / "clocks" / "PHC-2M-2027.yaml").write_text(yaml.safe_dump(rule, allow_unicode=True), "utf-8")
        shelf.forget()

    shelf.forget()
    yield passed
    monkeypatch.undo()
    shelf.forget()


def waiting(since) -> Case:
    case = Case(born=ADULT)
    case.happens("need.assessed", at=since, outcome="care_needed")
    return case


def row(case: Case) -> Clock:
    return Clock.objects.get(subject=case.id)


@pytest.mark.django_db
def test_a_new_version_holds_from_its_day_and_running_clocks_keep_theirs(change_of_law):
    running = waiting(BEFORE)
    change_of_law()
    begun = waiting(AFTER)
    running.follow(at=AFTER + timedelta(days=1))
    assert (row(running).rule, row(running).due_on) == ("PHC-3M-2025", day("2027-03-30"))
    assert (row(begun).rule, row(begun).due_on) == ("PHC-2M-2027", day("2027-03-04"))


@pytest.mark.django_db
def test_the_rows_are_still_what_their_events_say_when_the_law_has_changed(change_of_law):
    waiting(BEFORE)
    change_of_law()
    waiting(AFTER)
    asked = {"uses_of": {"health_need": USES}, "born_of": born_of, "at": AFTER + timedelta(days=1)}
    assert actions.rebuild(check=True, **asked) == []


@pytest.mark.django_db
def test_a_clock_that_outlives_its_rule_says_that_it_keeps_it(change_of_law):
    running = waiting(BEFORE)
    change_of_law()
    (chip,) = queries.clocks_of([running.id], on=day("2027-01-05"))[running.id]
    (kept,) = [step for step in chip.steps if step.what == "kept_version"]
    assert (kept.days, kept.assumption) == ((day("2026-12-31"),), "A3")


def test_the_replaced_rule_ends_the_day_before_and_its_file_is_as_it_was(change_of_law):
    assert clock_rules()["PHC-3M-2025"].valid_to is None
    change_of_law()
    assert clock_rules()["PHC-3M-2025"].valid_to == day("2026-12-31")
    in_force = {rule.key for rule in clock_rules().values() if rule.in_force_on(CHANGE)}
    assert "PHC-2M-2027" in in_force
    assert "PHC-3M-2025" not in in_force
    assert MORNING.date() >= clock_rules()["PHC-3M-2025"].valid_from
