"""What is shown of a resident is in the usage log before it is answered, or it is not answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction

from luotsi.base.ids import new_id
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.models import Use

NURSE = Who("staff", "nurse", new_id(), "Nina Nurse", frozenset({"kuhmo", 'odd "name", {x}'}))
RESIDENT = Who("resident", "resident", new_id(), "Rauni Resident")
A, B = new_id(), new_id()
SETTINGS = ("luotsi.kind", "luotsi.viewer", "luotsi.units", "luotsi.own")


def told() -> dict[str, str]:
    """What the database knows of the viewer now, and in which role it works."""
    with connection.cursor() as sql:
        names = ", ".join(f"current_setting('{name}', true)" for name in SETTINGS)
        sql.execute(f"SELECT {names}, current_user")
        return dict(zip((*SETTINGS, "user"), (value or "" for value in sql.fetchone()), strict=True))


@contextmanager
def log_that_refuses() -> Iterator[None]:
    """As when the disk is full or the table is locked away."""
    with connection.cursor() as sql:
        sql.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$")
        sql.execute("CREATE TRIGGER refuse BEFORE INSERT ON events_use FOR EACH STATEMENT EXECUTE FUNCTION refuse()")
        try:
            yield
        finally:
            sql.execute("DROP TRIGGER refuse ON events_use")
            sql.execute("DROP FUNCTION refuse()")


def read(viewer: Who = NURSE, residents: tuple[UUID, ...] = (A,)) -> str:
    with events.looking(viewer, action="case.read", request="r-1", address="192.0.2.7"):
        events.saw(viewer, residents=residents, what="case", subject=B, register="health", ground="team")
        return "the record"


@pytest.mark.django_db
def test_a_row_says_who_saw_what_of_whom_and_why() -> None:
    assert read() == "the record"
    row = Use.objects.get()
    assert (row.actor_kind, row.actor_id, row.actor_role) == ("staff", NURSE.id, "nurse")
    assert sorted(row.actor_units) == sorted(NURSE.units)
    assert (row.resident, row.what, row.subject, row.register) == (A, "case", B, "health")
    assert (row.action, row.ground, row.request, row.address) == ("case.read", "team", "r-1", "192.0.2.7")
    assert (row.log, row.outcome, row.recipient) == ("usage", "shown", "")


@pytest.mark.django_db(transaction=True)
def test_the_row_commits_with_the_read_and_not_without_it() -> None:
    read()
    with psycopg.connect(_address()) as elsewhere:
        assert elsewhere.execute("SELECT count(*) FROM events_use").fetchone() == (1,)
    with pytest.raises(RuntimeError):
        _read_and_break()
    assert Use.objects.count() == 1


@pytest.mark.django_db
def test_without_the_log_nothing_is_answered() -> None:
    with log_that_refuses(), pytest.raises(events.LogUnavailable):
        read()
    assert read() == "the record", "with the log there it is answered"


@pytest.mark.django_db
def test_without_the_log_a_look_on_its_own_is_refused_too() -> None:
    with log_that_refuses(), pytest.raises(events.LogUnavailable):
        events.saw(NURSE, residents=[A], what="case")
    with log_that_refuses(), pytest.raises(events.LogUnavailable):
        events.refused(NURSE, action="case.read", subject=A)


@pytest.mark.django_db
def test_a_look_tells_the_database_who_looks() -> None:
    with events.looking(NURSE, action="case.read"):
        inside = told()
    assert inside["user"] == "luotsi_app"
    assert (inside["luotsi.kind"], inside["luotsi.viewer"]) == ("staff", str(NURSE.id))
    with connection.cursor() as sql:
        sql.execute("SELECT %s::text[]", [inside["luotsi.units"]])
        assert set(sql.fetchone()[0]) == NURSE.units
    assert inside["luotsi.own"] == "{}"


@pytest.mark.django_db
def test_the_system_has_no_id_and_a_resident_their_own() -> None:
    with events.looking(SYSTEM, action="tick"):
        assert told()["luotsi.viewer"] == ""
    mother = Who("resident", "resident", new_id(), "Mother", acting_for=A)
    with events.looking(mother, action="matters.read"):
        assert told()["luotsi.own"] == f"{{{A}}}"


@pytest.mark.django_db
@pytest.mark.parametrize("breaks", [False, True])
def test_the_settings_are_as_before_when_the_look_is_over(breaks: bool) -> None:
    """Inside an outer transaction, where they would otherwise last."""
    with transaction.atomic():
        before = told()
        if breaks:
            with pytest.raises(RuntimeError):
                _read_and_break()
        else:
            read()
        assert told() == before
        assert before["user"] != "luotsi_app"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("breaks", [False, True])
def test_the_next_transaction_knows_nothing_of_the_last_look(breaks: bool) -> None:
    before = told()
    if breaks:
        with pytest.raises(RuntimeError):
            _read_and_break()
    else:
        read()
    assert told() == before


@pytest.mark.django_db
def test_a_look_within_a_look_of_the_same_viewer_is_one() -> None:
    with events.looking(NURSE, action="case.read") as outer:
        with events.looking(NURSE, action="worklist.read") as inner:
            assert inner is outer
            events.saw(NURSE, residents=[A], what="case")
        assert told()["user"] == "luotsi_app", "the inner one ends nothing"
        assert not Use.objects.exists()
    assert [row.action for row in Use.objects.all()] == ["case.read"]


@pytest.mark.django_db
def test_a_look_of_another_within_a_look_is_that_ones() -> None:
    with events.looking(NURSE, action="case.read"):
        with events.looking(RESIDENT, action="matters.read"):
            assert told()["luotsi.viewer"] == str(RESIDENT.id)
        assert told()["luotsi.viewer"] == str(NURSE.id)
        assert told()["user"] == "luotsi_app"


@pytest.mark.django_db
def test_the_same_is_written_once_in_a_look() -> None:
    with events.looking(NURSE, action="worklist.read"):
        events.saw(NURSE, residents=[A, B], what="list")
        events.saw(NURSE, residents=[A], what="list")
        events.saw(NURSE, residents=[A], what="case", subject=B)
        events.saw(NURSE, residents=[], what="person")
    assert sorted((row.resident, row.what) for row in Use.objects.all()) == sorted(
        [(A, "list"), (B, "list"), (A, "case")]
    )


@pytest.mark.django_db
def test_a_look_that_shows_nothing_writes_nothing() -> None:
    with events.looking(NURSE, action="worklist.read"):
        pass
    assert not Use.objects.exists()


@pytest.mark.django_db
def test_a_look_writes_its_rows_in_one_statement() -> None:
    many = [new_id() for _ in range(40)]
    with connection.execute_wrapper(_count(statements := [])), events.looking(NURSE, action="worklist.read"):
        events.saw(NURSE, residents=many, what="list")
    assert sum("INSERT INTO events_use" in sql for sql in statements) == 1
    assert Use.objects.count() == 40


@pytest.mark.django_db(transaction=True)
def test_a_look_asks_the_database_twice_beside_its_reading() -> None:
    """Every further statement is a round trip that each page of each worker pays for."""
    with connection.execute_wrapper(_count(statements := [])):
        read()
    assert len(statements) == 2, statements


@pytest.mark.django_db
@pytest.mark.parametrize("unit", ["kajaani-hva", 'a"b', "a\\b", "a,b", "{}", "ä ö", "NULL", ""])
def test_many_rows_say_the_same_as_one(unit: str) -> None:
    """One row and many are written by different statements; how a unit is called may break neither."""
    viewer = Who("staff", "nurse", new_id(), units=frozenset({unit, "kuhmo"}))
    for residents in ((A,), (A, B)):
        with events.looking(viewer, action="case.read", request="r-1", address="192.0.2.7"):
            assert set(_units_told()) == {unit, "kuhmo"}
            events.saw(viewer, residents=residents, what="case", subject=B, register="health", ground="team")
    one, *many = Use.objects.order_by("id").values(*set(_told_columns()) - {"resident"})
    assert [row == one for row in many] == [True, True]
    assert one["actor_units"] == sorted({unit, "kuhmo"})


@pytest.mark.django_db
def test_outside_a_look_it_is_written_at_once() -> None:
    events.saw(NURSE, residents=[A], what="person", ground="team")
    assert Use.objects.get().what == "person"


@pytest.mark.django_db
def test_ones_own_data_are_seen_on_the_ground_that_they_are_ones_own() -> None:
    events.saw(RESIDENT, residents=[A], what="case")
    events.saw(Who("resident", "resident", RESIDENT.id, acting_for=A), residents=[A], what="case", ground="mandate")
    assert [(row.ground, row.acting_for) for row in Use.objects.order_by("id")] == [("own", None), ("mandate", A)]


@pytest.mark.django_db
def test_a_refusal_is_kept_though_the_look_was_not() -> None:
    with pytest.raises(RuntimeError):
        _read_and_break()
    events.refused(NURSE, action="case.read", subject=B, request="r-2", address="192.0.2.7")
    row = Use.objects.get()
    assert (row.outcome, row.subject, row.action, row.request) == ("refused", B, "case.read", "r-2")


@pytest.mark.django_db
def test_a_disclosure_names_who_received() -> None:
    with events.looking(NURSE, action="case.read", request="r-3"):
        events.disclosed(NURSE, resident=A, recipient="Kela", what="letter", ground="legal", subject=B)
    row = Use.objects.get()
    assert (row.log, row.recipient, row.ground, row.request) == ("disclosure", "Kela", "legal", "r-3")


@pytest.mark.django_db
def test_somebody_just_registered_is_ones_own_for_the_rest_of_the_transaction() -> None:
    with events.looking(RESIDENT, action="contact.send"):
        events.also(A)
        assert set(told()["luotsi.own"].strip("{}").split(",")) == {str(RESIDENT.id), str(A)}
    with events.looking(NURSE, action="person.register"):
        events.also(A)
        assert told()["luotsi.own"] == f"{{{A}}}"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nobody_is_added() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        events.also(A)


@pytest.mark.django_db
def test_what_comes_from_outside_cannot_stop_the_log() -> None:
    with events.looking(NURSE, action="case.read", request="a\0b\ud800" + "x" * 10_000, address="\0"):
        events.saw(NURSE, residents=[A], what="case")
    row = Use.objects.get()
    assert row.request.startswith("ab?x")
    assert len(row.request) == 200


def _units_told() -> list[str]:
    with connection.cursor() as sql:
        sql.execute("SELECT luotsi_units()")
        return list(sql.fetchone()[0])


def _told_columns() -> set[str]:
    return {field.name for field in Use._meta.fields} - {"id", "at"}


def _read_and_break() -> None:
    with events.looking(NURSE, action="case.read"):
        events.saw(NURSE, residents=[A], what="case")
        raise RuntimeError("the page broke")


def _count(statements: list[str]) -> object:
    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        statements.append(sql)
        return execute(sql, params, many, context)

    return note


def _address() -> str:
    known = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        dbname=known["NAME"], user=known["USER"], host=known["HOST"], port=known["PORT"] or "5432"
    )
