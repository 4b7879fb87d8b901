"""The second wall: PostgreSQL itself shows a page only the residents to whom a relationship leads.

It repeats people/access.py and cases/access.py. The settings come from events.actions.looking; where none is set, nothing
is shown. The lists are read once for a statement (`= ANY (ARRAY(SELECT …))`), not once for a row.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION luotsi_is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('luotsi.kind', true) = 'system', false) $$;

CREATE FUNCTION luotsi_viewer() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('luotsi.viewer', true), '')::uuid $$;

CREATE FUNCTION luotsi_own() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('luotsi.own', true), ''), '{}')::uuid[] $$;

CREATE FUNCTION luotsi_units() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('luotsi.units', true), ''), '{}')::text[] $$;

CREATE FUNCTION luotsi_at() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('luotsi.at', true), '')::timestamptz, now()) $$;

CREATE FUNCTION luotsi_my_relationships() RETURNS TABLE (resident uuid, register text) LANGUAGE sql STABLE AS $$
    SELECT resident_id, register FROM people_relationship
    WHERE unit = ANY (luotsi_units()) AND unit <> ''
      AND begins_at <= luotsi_at() AND (ends_at IS NULL OR ends_at > luotsi_at())
    UNION ALL
    SELECT resident_id, register FROM people_relationship
    WHERE staff_id = luotsi_viewer() AND begins_at <= luotsi_at() AND (ends_at IS NULL OR ends_at > luotsi_at())
$$;

CREATE FUNCTION luotsi_my_residents() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT unnest(luotsi_own()) UNION ALL SELECT resident FROM luotsi_my_relationships()
$$;

CREATE FUNCTION luotsi_my_records() RETURNS TABLE (resident uuid, register text) LANGUAGE sql STABLE AS $$
    WITH mine AS MATERIALIZED (SELECT DISTINCT resident, register FROM luotsi_my_relationships())
    SELECT resident, register FROM mine
    UNION ALL
    SELECT mine.resident, consent.reads_register FROM mine JOIN people_consent consent
      ON consent.resident_id = mine.resident AND consent.for_register = mine.register
    WHERE consent.withdrawn_at IS NULL AND NOT consent.is_refusal
      AND consent.valid_from <= luotsi_at()::date AND (consent.valid_to IS NULL OR consent.valid_to >= luotsi_at()::date)
$$;
"""

MINE = "{column} = ANY (ARRAY(SELECT luotsi_my_residents()))"
OWN = "{column} = ANY (luotsi_own())"
OF_CASE = "EXISTS (SELECT FROM cases_case c WHERE c.id = case_id)"
IN_REGISTER = f"({OWN} OR ({MINE} AND ({{column}}, register) IN (SELECT resident, register FROM luotsi_my_records())))"

# Table: the rows that a viewer may read and write.
RULES = {
    "people_resident": MINE.format(column="id"),
    "people_contactcheck": MINE.format(column="resident_id"),
    "people_legalhold": MINE.format(column="resident_id"),
    "people_consent": MINE.format(column="resident_id"),
    "people_mandate": f"{MINE.format(column='principal_id')} OR agent_id = luotsi_viewer()",
    "people_relationship": (
        f"{OWN.format(column='resident_id')} OR (unit = ANY (luotsi_units()) AND unit <> '') OR staff_id = luotsi_viewer()"
    ),
    "questionnaires_response": f"resident_id IS NULL OR {MINE.format(column='resident_id')}",
    "messaging_notice": MINE.format(column="resident_id"),
    "bookings_booking": MINE.format(column="resident_id"),
    "cases_contact": MINE.format(column="resident_id"),
    "cases_case": IN_REGISTER.format(column="resident_id"),
    "cases_assessment": OF_CASE,
    "cases_casebooking": OF_CASE,
    "cases_visitnote": OF_CASE,
}
# What happened may be written by anybody who acts, and read again in the same transaction.
EVENTS = f"""
ALTER TABLE events_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY written ON events_event FOR INSERT WITH CHECK (true);
CREATE POLICY shown ON events_event FOR SELECT USING (
    luotsi_is_system() OR resident IS NULL OR xid = pg_current_xact_id_if_assigned() OR {OWN.format(column="resident")}
    OR ({MINE.format(column="resident")}
        AND (register = '' OR (resident, register) IN (SELECT resident, register FROM luotsi_my_records()))));
"""


def policies() -> str:
    lines = []
    for table, rule in RULES.items():
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;")
        lines.append(f"CREATE POLICY shown ON {table} USING (luotsi_is_system() OR {rule});")
    return "\n".join(lines) + EVENTS


def taken_away() -> str:
    lines = ["DROP POLICY written ON events_event;"]
    for table in [*RULES, "events_event"]:
        lines.append(f"DROP POLICY shown ON {table};")
        lines.append(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;")
    for name in ("my_records", "my_residents", "my_relationships", "at", "units", "own", "viewer", "is_system"):
        lines.append(f"DROP FUNCTION luotsi_{name}();")
    return "\n".join(lines)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_registers_and_private_matters"),
        ("bookings", "0002_keys_are_ones_own"),
        ("questionnaires", "0001_initial"),
        ("messaging", "0001_initial"),
        ("people", "0002_relationships_mandates_consents"),
        ("events", "0006_the_role_that_serves"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS + policies(), taken_away())]
