"""R13: whoever changes the usage log is found out, even with every right in the database and the triggers off.

Six kinds of tampering, each done as a superuser on a log that verified clean a moment before.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from luotsi.base.ids import new_id
from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries, rules
from luotsi.domain.events.models import Seal
from luotsi.domain.events.queries import ranges

pytestmark = pytest.mark.django_db(transaction=True)
NURSE = Who("staff", "nurse", new_id(), units=frozenset({"kuhmo"}))
SEALS, ROWS = 5, 4


def sql(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """As somebody with every right: the triggers that refuse are off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def a_sealed_log() -> None:
    for number in range(SEALS):
        for _ in range(ROWS):
            with events.looking(NURSE, action="case.read"):
                events.saw(NURSE, residents=[new_id()], what="case", ground="team")
        assert events.seal(at=now()) == ROWS, f"seal {number + 1} should close its rows"


def update() -> None:
    sql("UPDATE events_use SET actor_id = %s WHERE id = (SELECT min(id) + 6 FROM events_use)", new_id())


def delete() -> None:
    sql("DELETE FROM events_use WHERE id = (SELECT min(id) + 6 FROM events_use)")


def insert_back_dated() -> None:
    """A look that never was, put among those of an earlier transaction."""
    _copy("xid, at", "xid, at")


def insert_with_an_old_time() -> None:
    """Written now, but saying that it was a month ago; and sealed as the rest."""
    _copy("at", "at - interval '30 days'")
    events.seal(at=now())


def cut_the_tail() -> None:
    sql("DELETE FROM events_use WHERE xid >= (SELECT lower::text::xid8 FROM events_seal WHERE number = %s)", SEALS)
    sql("DELETE FROM events_seal WHERE number = %s", SEALS)


def empty_everything() -> None:
    sql("DELETE FROM events_use")
    sql("DELETE FROM events_seal")


def swap_contents() -> None:
    sql(
        "UPDATE events_use SET resident = other.resident FROM events_use other WHERE events_use.id <> other.id AND "
        "(SELECT min(id) + 5 FROM events_use) IN (events_use.id, other.id) AND "
        "(SELECT min(id) + 6 FROM events_use) IN (events_use.id, other.id)"
    )


def swap_numbers() -> None:
    first = sql("SELECT min(id) + 5 FROM events_use")[0][0]
    for old, new in ((first, -1), (first + 1, first), (-1, first + 1)):
        sql("UPDATE events_use SET id = %s WHERE id = %s", new, old)


def rewrite_a_seal() -> None:
    """Rows are changed, and so is their seal."""
    update()
    _sign_anew("a key that is not ours")


def rewrite_a_seal_with_the_key() -> None:
    """Whoever has the key too is still known by the anchor."""
    update()
    _sign_anew(settings.SEAL_KEY)


def take_a_seal_out() -> None:
    sql("DELETE FROM events_seal WHERE number = 2")


KINDS: dict[str, tuple[Callable[[], None], set[str], int]] = {
    "update": (update, {"changed"}, 2),
    "delete": (delete, {"removed"}, 2),
    "back-dated insert": (insert_back_dated, {"added"}, 2),
    "cut tail": (cut_the_tail, {"cut"}, SEALS),
    "reorder": (swap_numbers, {"changed"}, 2),
    "rewritten seal": (rewrite_a_seal, {"forged"}, 2),
}
MORE: dict[str, tuple[Callable[[], None], set[str], int]] = {
    "an old time": (insert_with_an_old_time, {"time"}, SEALS + 1),
    "everything gone": (empty_everything, {"cut"}, 1),
    "contents swapped": (swap_contents, {"changed"}, 2),
    "rewritten with the key": (rewrite_a_seal_with_the_key, {"forged"}, 2),
    "a seal taken out": (take_a_seal_out, {"missing"}, 2),
}


@pytest.mark.parametrize("kind", [*KINDS, *MORE])
def test_tampering_is_found_and_placed(kind: str, figures: Callable[[str], None]) -> None:
    tamper, faults, seal = {**KINDS, **MORE}[kind]
    a_sealed_log()
    before = queries.verify()
    assert (before.holds, before.rows, before.seals, before.unsealed) == (True, SEALS * ROWS, SEALS, 0)

    tamper()
    found = queries.verify().problems

    assert faults <= {problem.fault for problem in found}
    assert found[0].seal == seal, "the first thing told is where it happened"
    figures(f"R13 tampering by {kind}: found ({found[0].fault}, seal {found[0].seal}); clean before")


@pytest.mark.parametrize("kind", ["update", "delete", "back-dated insert", "reorder"])
def test_without_the_digest_the_change_would_pass(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: what finds these is the comparison of rows with their seal, nothing else."""
    monkeypatch.setattr(rules, "row_problem", lambda *_: None)
    a_sealed_log()
    KINDS[kind][0]()
    assert queries.verify().holds


@pytest.mark.parametrize("kind, guard", [("cut tail", "anchor_problems"), ("rewritten seal", "chain_problems")])
def test_without_the_guard_the_change_would_pass(kind: str, guard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, guard, lambda *_: [])
    if kind == "rewritten seal":
        monkeypatch.setattr(rules, "anchor_problems", lambda *_: [])
    a_sealed_log()
    KINDS[kind][0]()
    assert queries.verify().holds


def test_the_command_names_seal_and_times_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    from luotsi.cli import main

    a_sealed_log()
    assert main(["log", "verify"]) == 0
    assert "The log says what was sealed: 20 rows under 5 seals" in capsys.readouterr().out
    delete()
    assert main(["log", "verify"]) == 1
    said = capsys.readouterr().out
    assert f"seal 2 ({now():%Y-%m-%d}" in said
    assert "4 rows were sealed, 3 are there" in said
    assert main(["log", "verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["problems"][0]["seal"]) == (False, 2)


def test_the_command_seals_and_begins_a_new_anchor(capsys: pytest.CaptureFixture[str]) -> None:
    from luotsi.cli import main

    a_sealed_log()
    with events.looking(NURSE, action="case.read"):
        events.saw(NURSE, residents=[new_id()], what="case")
    assert main(["log", "seal", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"sealed": 1}
    (settings.SEALS / "usage.jsonl").unlink()
    assert main(["log", "verify"]) == 1
    assert "the anchor does not know seals 1–6" in capsys.readouterr().out
    assert main(["log", "seal"]) == 1
    assert "luotsi log seal --new-anchor" in capsys.readouterr().err
    assert main(["log", "seal", "--new-anchor"]) == 0
    assert main(["log", "verify"]) == 0


def _copy(columns: str, values: str) -> None:
    """Another row like the seventh, some columns its own."""
    names = "log, outcome, actor_kind, actor_id, actor_role, actor_units, acting_for, resident, what, subject, "
    names += "register, action, ground, recipient, request, address"
    sql(
        f"INSERT INTO events_use ({columns}, {names}) SELECT {values}, {names} FROM events_use "
        "WHERE id = (SELECT min(id) + 6 FROM events_use)"
    )


def _sign_anew(key: str) -> None:
    """The changed range's seal and all that follow, as well as one can with that key."""
    first, *rest = ranges.seals()
    previous = first.mac
    for seal in rest:
        digest = ranges.rows_between(seal.lower, seal.upper).digest
        fresh = replace(seal, digest=digest, previous=previous)
        previous = rules.mac(fresh, key)
        sql("DELETE FROM events_seal WHERE number = %s", seal.number)
        Seal.objects.create(**asdict(replace(fresh, mac=previous)))
