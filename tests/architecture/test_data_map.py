"""Every table of the database stands in the data map, with what it holds of whom, and nothing else does."""

from collections.abc import Iterator, Mapping

import pytest
from django.db import connection

from luotsi.domain.organisation.definitions import roles
from luotsi.domain.people.definitions import Table, data_map, retention_rules, tables
from luotsi.domain.people.definitions.data_map import Holding

MAP = tables()
# Every table that points at a resident, by a foreign key or by a column that carries a resident's id.
_BEARING = """
SELECT DISTINCT conrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND confrelid = 'people_resident'::regclass
UNION
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname IN ('resident', 'resident_id')
"""
_POINTING_AT = """
SELECT DISTINCT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'
"""
_WALLED = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity
  AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)
"""


def in_database() -> dict[str, set[str]]:
    """The columns of every table."""
    with connection.cursor() as sql:
        names = connection.introspection.table_names(sql)
        return {
            name: {column.name for column in connection.introspection.get_table_description(sql, name)}
            for name in names
        }


def asked(query: str) -> set[str]:
    with connection.cursor() as sql:
        sql.execute(query)
        return {row[0] for row in sql.fetchall()}


def map_faults(known: Mapping[str, Table], there: Mapping[str, set[str]]) -> Iterator[str]:
    """What the map lacks, and what it tells of that is not there."""
    yield from (f"{name} is in no file of content/data_map" for name in sorted(there.keys() - known.keys()))
    yield from (f"{name} stands in content/data_map and not in the database" for name in known.keys() - there.keys())


def wall_faults(known: Mapping[str, Table], walled: set[str], bearing: set[str]) -> Iterator[str]:
    """Residents' data without row-level security, and tables that are taken for nobody's though they bear some."""
    for name, table in sorted(known.items()):
        if table.row_level_security != (name in walled):
            yield f"{name}: the map says row-level security {table.row_level_security}, PostgreSQL says otherwise"
        if table.whose == "resident" and name not in walled:
            yield f"{name} holds residents' data and has no row-level security"
        if name in bearing and table.whose != "resident":
            yield f"{name} points at residents, and the map says {table.whose}"


def column_faults(known: Mapping[str, Table], there: Mapping[str, set[str]]) -> Iterator[str]:
    """Columns that the resident neither gets nor is told why not; and those left out that do not exist."""
    for name, table in known.items():
        if table.export is None:
            continue
        told = table.export.columns.keys() | table.export.left_out.keys()
        yield from (f"{name}.{column}: given to the resident or left out?" for column in sorted(there[name] - told))
        gone = table.export.left_out.keys() - there[name]
        yield from (f"{name}.{column} is left out and does not exist" for column in sorted(gone))


@pytest.mark.django_db
def test_the_map_and_the_database_have_the_same_tables() -> None:
    there = in_database()

    assert len(there) >= 40
    assert list(map_faults(MAP, there)) == []


@pytest.mark.django_db
def test_a_table_that_nobody_mapped_is_noticed() -> None:
    with connection.cursor() as sql:
        sql.execute("CREATE TABLE cases_secret (id int)")
    lacking = {name: table for name, table in MAP.items() if name != "cases_case"}

    assert list(map_faults(MAP, in_database())) == ["cases_secret is in no file of content/data_map"]
    assert "cases_case is in no file of content/data_map" in list(map_faults(lacking, in_database()))
    there = {name: columns for name, columns in in_database().items() if name != "cases_secret"}
    assert list(map_faults({**MAP, "cases_gone": MAP["cases_case"]}, there)) == [
        "cases_gone stands in content/data_map and not in the database"
    ]


@pytest.mark.django_db
def test_residents_data_stand_behind_the_second_wall() -> None:
    bearing = asked(_BEARING)

    assert len(bearing) >= 12
    assert list(wall_faults(MAP, asked(_WALLED), bearing)) == []


@pytest.mark.django_db
def test_a_wall_that_was_taken_down_is_noticed() -> None:
    with connection.cursor() as sql:
        sql.execute("ALTER TABLE people_consent NO FORCE ROW LEVEL SECURITY")
        sql.execute("ALTER TABLE messaging_notice DISABLE ROW LEVEL SECURITY")
        sql.execute("DROP POLICY shown ON cases_visitnote")
        sql.execute("CREATE TABLE clocks_reminder (resident uuid REFERENCES people_resident)")
    new = MAP["clocks_clock"].model_copy(update={"table": "clocks_reminder"})
    faults = list(wall_faults({**MAP, "clocks_reminder": new}, asked(_WALLED), asked(_BEARING)))

    assert {fault.split()[0].rstrip(":") for fault in faults} == {
        "people_consent", "messaging_notice", "cases_visitnote", "clocks_reminder",
    }  # fmt: skip


@pytest.mark.django_db
def test_what_hangs_on_a_case_bears_residents_too() -> None:
    """A foreign key at a table of residents' data makes a table of residents' data, except of what people work with."""
    residents = {name for name, table in MAP.items() if table.whose == "resident"}
    with connection.cursor() as sql:
        sql.execute(_POINTING_AT)
        hanging = {start for start, end in sql.fetchall() if end in residents}

    assert len(hanging) >= 12
    assert hanging - residents == set()


@pytest.mark.django_db
def test_every_column_is_given_to_the_resident_or_left_out_for_a_reason() -> None:
    assert list(column_faults(MAP, in_database())) == []


@pytest.mark.django_db
def test_a_new_column_is_noticed() -> None:
    with connection.cursor() as sql:
        sql.execute("ALTER TABLE cases_visitnote ADD COLUMN remark text, DROP COLUMN written_by_id")

    assert list(column_faults(MAP, in_database())) == [
        "cases_visitnote.remark: given to the resident or left out?",
        "cases_visitnote.written_by_id is left out and does not exist",
    ]


def test_each_table_stands_once_in_the_map() -> None:
    assert len(MAP) == sum(len(page.tables) for page in data_map().values())


@pytest.mark.parametrize("name", MAP)
def test_a_table_names_an_owner_and_rules_that_exist(name: str) -> None:
    table, rules = MAP[name], retention_rules()

    assert table.owner in roles()
    assert set(table.rules) <= rules.keys()
    ends = {bool(rules[key].until) for key in table.rules}
    assert ends == ({False} if table.erased == "never" else {True}), "what is erased has a time, what is not has none"


def test_every_rule_is_the_rule_of_some_table() -> None:
    assert retention_rules().keys() - {key for table in MAP.values() for key in table.rules} == set()


@pytest.mark.parametrize("name", [name for name, table in MAP.items() if table.export])
def test_what_a_resident_gets_is_named_in_three_languages(name: str) -> None:
    holding = MAP[name].export
    assert isinstance(holding, Holding)
    words = [holding.heading, holding.explains]
    words += [text for column in holding.columns.values() for text in (column.name, *column.codes.values())]

    assert [text.fi for text in words if not text.is_complete] == []


@pytest.mark.parametrize("name", [name for name, table in MAP.items() if table.whose == "resident"])
def test_residents_data_are_in_their_export_unless_the_map_says_why_not(name: str) -> None:
    assert MAP[name].export is not None or "GDPR" in MAP[name].export_why
