"""The second wall, as in 0005, around what teams write; and what is written once stays as it was written.

A contact belongs to the register of the matter that it opens. A referral is seen by both its ends: the receiver sees the
thread without seeing the sender's case.
"""

import importlib

from django.db import migrations

wall = importlib.import_module("luotsi.domain.cases.migrations.0005_row_level_security")

BY_REGISTER = wall.IN_REGISTER.format(column="resident_id")
OF_REFERRAL = "EXISTS (SELECT FROM cases_referral r WHERE r.id = referral_id)"
RULES = {
    "cases_callattempt": "EXISTS (SELECT FROM cases_contact c WHERE c.id = contact_id)",
    "cases_casecontact": wall.OF_CASE,
    "cases_direction": wall.OF_CASE,
    "cases_handover": wall.OF_CASE,
    "cases_telling": wall.OF_CASE,
    "cases_presence": wall.OF_CASE,
    "cases_referral": f"(to_unit_id = ANY ((SELECT luotsi_units())::text[])) OR {wall.OF_CASE}",
    "cases_referralentry": OF_REFERRAL,
    "cases_draft": f"staff_id = {wall.VIEWER}",
    "cases_savedview": f"staff_id = {wall.VIEWER}",
}
WRITTEN_ONCE = ("cases_callattempt", "cases_handover", "cases_telling", "cases_referralentry", "cases_assessment")

REGISTERS = """
UPDATE cases_contact t SET register = c.register FROM cases_case c WHERE c.contact_id = t.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
UNCHANGED = """
CREATE FUNCTION luotsi_written_once() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is written once and never changed', TG_TABLE_NAME; END $$;
"""


def up() -> str:
    lines = [REGISTERS, UNCHANGED]
    lines += [f"ALTER POLICY shown ON cases_contact USING ({wall.SYSTEM} OR {BY_REGISTER});"]
    for table, rule in RULES.items():
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;")
        lines.append(f"CREATE POLICY shown ON {table} USING ({wall.SYSTEM} OR {rule});")
    for table in WRITTEN_ONCE:
        lines.append(f"CREATE TRIGGER written_once BEFORE UPDATE ON {table} EXECUTE FUNCTION luotsi_written_once();")
    return "\n".join(lines)


def down() -> str:
    lines = [f"DROP TRIGGER written_once ON {table};" for table in WRITTEN_ONCE]
    lines.append("DROP FUNCTION luotsi_written_once();")
    for table in RULES:
        lines.append(f"DROP POLICY shown ON {table};")
        lines.append(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;")
    lines.append(
        f"ALTER POLICY shown ON cases_contact USING ({wall.SYSTEM} OR {wall.MINE.format(column='resident_id')});"
    )
    return "\n".join(lines)


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_the_teams_work")]
    operations = [migrations.RunSQL(up(), down())]
