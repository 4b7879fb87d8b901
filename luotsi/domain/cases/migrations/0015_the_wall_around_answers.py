"""The second wall, as in 0005, around answers: those of a known person stand in a register, as a matter does.

The answers with which a contact came belong to the contact's register and are about it. Answers that carry nobody are read by those who
read the questionnaire; a worker's own stay between them and their unit.
"""

import importlib

from django.db import migrations

wall = importlib.import_module("luotsi.domain.cases.migrations.0005_row_level_security")

OF_PERSON = f"resident_id IS NOT NULL AND {wall.IN_REGISTER.format(column='resident_id')}"
RULES = {
    "questionnaires_response": f"({OF_PERSON}) OR (resident_id IS NULL AND "
    f"(filled_by_id IS NULL OR filled_by_id = {wall.VIEWER} OR unit_id = ANY ((SELECT luotsi_units())::text[])))",
    "questionnaires_invitation": f"resident_id IS NULL OR ({OF_PERSON})",
    "questionnaires_score": "EXISTS (SELECT FROM questionnaires_response r WHERE r.id = response_id)",
    "questionnaires_reply": "response_id IS NULL OR EXISTS "
    "(SELECT FROM questionnaires_response r WHERE r.id = response_id)",
}
BEFORE = f"resident_id IS NULL OR {wall.MINE.format(column='resident_id')}"
REGISTERS = """
SELECT set_config('luotsi.kind', 'system', true);
UPDATE questionnaires_response r SET register = t.register, subject = t.id FROM cases_contact t WHERE t.response_id = r.id;
SELECT set_config('luotsi.kind', '', true);
SET CONSTRAINTS ALL IMMEDIATE;
"""


def up() -> str:
    lines = [REGISTERS]
    for table, rule in RULES.items():
        if table == "questionnaires_response":
            lines.append(f"ALTER POLICY shown ON {table} USING ({wall.SYSTEM} OR {rule});")
            continue
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;")
        lines.append(f"CREATE POLICY shown ON {table} USING ({wall.SYSTEM} OR {rule});")
    return "\n".join(lines)


def down() -> str:
    lines = [f"ALTER POLICY shown ON questionnaires_response USING ({wall.SYSTEM} OR {BEFORE});"]
    for table in RULES.keys() - {"questionnaires_response"}:
        lines.append(f"DROP POLICY shown ON {table};")
        lines.append(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;")
    return "\n".join(lines)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_until_when_a_referral_waits"),
        ("questionnaires", "0002_answers_collections_invitations"),
    ]
    operations = [migrations.RunSQL(up(), down())]
