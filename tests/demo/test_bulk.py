"""Very many rows at once: all of them or none, and the table is as guarded after as before."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection

from luotsi.base import bulk
from luotsi.base.bulk import Stream
from luotsi.demo.streams import _ahead
from luotsi.domain.organisation.models import Assignment, Staff, Unit

pytestmark = pytest.mark.django_db
_ID = "0d3c0000-0000-4000-8000-0000000000ff"


def guards() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conrelid::regclass || ' ' || conname || pg_get_constraintdef(oid) FROM pg_constraint")
        constraints = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")
        return constraints | {name for (name,) in cursor.fetchall()}


def staff(*rows: str) -> Stream:
    columns = ("id", "name", "mail", "provider", "subject")
    return Stream(columns, ["".join(f'{row},"","",""\n' for row in rows).encode()])


def test_rows_run_in_and_every_guard_stands_again() -> None:
    before = guards()
    bulk.load({Staff: staff(f'{_ID},"Ääkkönen, Öö"')})

    assert Staff.objects.get(id=_ID).name == "Ääkkönen, Öö"
    assert guards() == before
    assert len(before) > 50


@pytest.mark.parametrize("rows", [(f"{_ID},A", f"{_ID},B"), ("nonsense,A",)])
def test_what_breaks_a_rule_leaves_no_trace(rows: tuple[str, ...]) -> None:
    before = guards()
    with pytest.raises(Exception, match=r"duplicate|could not create unique index|invalid input"):
        bulk.load({Staff: staff(*rows)})

    assert not Staff.objects.filter(name__in=["A", "B"]).exists()
    assert guards() == before


def test_a_key_that_points_nowhere_is_refused() -> None:
    Unit.objects.create(key="x")
    columns = ("id", "staff_id", "unit_id", "role", "valid_from", "source", "reason", "end_reason", "confirmed_at")
    row = Stream(columns, [f'{_ID},{_ID},x,nurse,2026-01-01,system,"","",2026-01-01\n'.encode()])
    with pytest.raises(IntegrityError, match="foreign key"):
        bulk.load({Assignment: row})


def test_pieces_come_in_order_and_an_error_in_the_making_is_raised_where_they_are_read() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"1"
        yield b"2"
        raise ValueError("the third one fails")

    read = _ahead(pieces())
    assert [next(read), next(read)] == [b"1", b"2"]
    with pytest.raises(ValueError, match="the third one fails"):
        next(read)


def test_a_reader_that_leaves_stops_the_maker() -> None:
    made = []

    def pieces() -> Iterator[bytes]:
        for number in range(1_000):
            made.append(number)
            yield b"x"

    read = _ahead(pieces())
    next(read)
    read.close()

    assert len(made) < 10
