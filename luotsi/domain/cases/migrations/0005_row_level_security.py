"""The second wall: PostgreSQL itself shows a page only the residents to whom a relationship leads.

It repeats people/access.py and cases/access.py. The settings come from events.actions.looking; where none is set, nothing
is shown. Looked up for each row, or for each table of each query, the relationships would cost many times the query
(bench/access.py measures it). So they are looked up once in a transaction, when a policy first asks, and again when the
viewer changes or a relationship or consent is written. Settings that end with the transaction remember them:

luotsi.residents  whose data are open: "id,id,…"
luotsi.records    which registers of them: "id+register,…", those that a consent opens too
luotsi.cases      the cases on the lists of the viewer's units: the short way to what hangs on a case
luotsi.remembered for which viewer

A policy compares a row with such a list by hashing (`IN (SELECT unnest(…))`), built once for a query.
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

CREATE FUNCTION luotsi_remember() RETURNS void LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
DECLARE
    units text[] := luotsi_units();
    viewer uuid := luotsi_viewer();
    moment timestamptz := luotsi_at();
    today date := moment::date;
    residents text;
    records text;
    opened text;
    cases text;
    before text := coalesce(current_setting('luotsi.kind', true), '');
BEGIN
    PERFORM set_config('luotsi.kind', 'system', true);  -- an owner who is no superuser may not say so of a function
    WITH mine AS MATERIALIZED (
        SELECT r.resident_id, r.register, r.subject, r.ground FROM people_relationship r
        WHERE r.unit = ANY (units) AND r.unit <> '' AND r.ends_at IS NULL AND r.begins_at <= moment
        UNION ALL
        SELECT r.resident_id, r.register, r.subject, r.ground FROM people_relationship r
        WHERE r.unit = ANY (units) AND r.unit <> '' AND r.ends_at > moment AND r.begins_at <= moment
        UNION ALL
        SELECT r.resident_id, r.register, NULL, r.ground FROM people_relationship r
        WHERE r.staff_id = viewer AND r.begins_at <= moment AND (r.ends_at IS NULL OR r.ends_at > moment)
        UNION ALL
        SELECT own, register, NULL, '' FROM unnest(luotsi_own()) own,
               unnest('{health,social,child_welfare,none}'::text[]) register
    )
    SELECT string_agg(resident_id::text, ','), string_agg(resident_id || register, ','),
           string_agg(subject::text, ',') FILTER (WHERE ground = 'team'),
           (SELECT string_agg(m.resident_id || k.reads_register, ',') FROM mine m, LATERAL (
                SELECT c.reads_register FROM people_consent c
                WHERE c.resident_id = m.resident_id AND c.for_register = m.register
                  AND c.withdrawn_at IS NULL AND NOT c.is_refusal
                  AND c.valid_from <= today AND (c.valid_to IS NULL OR c.valid_to >= today) OFFSET 0) k
            WHERE m.ground <> 'emergency')
    INTO residents, records, cases, opened FROM mine;
    PERFORM set_config('luotsi.kind', before, true);
    PERFORM set_config('luotsi.residents', coalesce(residents, ''), true),
            set_config('luotsi.records', concat_ws(',', records, opened), true),
            set_config('luotsi.cases', coalesce(cases, ''), true);
END $$;

-- Called volatile, or the planner would call it as well, only to guess how long the list is.
CREATE FUNCTION luotsi_list(name text) RETURNS text[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    viewer text := concat_ws(' ', current_setting('luotsi.viewer', true), current_setting('luotsi.units', true),
                             current_setting('luotsi.own', true), current_setting('luotsi.at', true));
BEGIN
    IF current_setting('luotsi.remembered', true) IS DISTINCT FROM viewer THEN
        PERFORM luotsi_remember(), set_config('luotsi.remembered', viewer, true);
    END IF;
    RETURN string_to_array(current_setting('luotsi.' || name, true), ',');
END $$;

CREATE FUNCTION luotsi_forget() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM set_config('luotsi.remembered', 'nobody', true); RETURN NULL; END $$;
CREATE TRIGGER remembered AFTER INSERT OR UPDATE OR DELETE ON people_relationship
    FOR EACH STATEMENT EXECUTE FUNCTION luotsi_forget();
CREATE TRIGGER remembered AFTER INSERT OR UPDATE OR DELETE ON people_consent
    FOR EACH STATEMENT EXECUTE FUNCTION luotsi_forget();
"""


def _among(what: str, name: str) -> str:
    return f"({what}) IN (SELECT unnest(luotsi_list('{name}')))"


SYSTEM = "(SELECT luotsi_is_system())"  # in brackets, so that it is asked once for a query and not once for a row
VIEWER = "(SELECT luotsi_viewer())"
MINE = _among("{column}::text", "residents")
OWN = "{column} = ANY ((SELECT luotsi_own())::uuid[])"
OF_UNIT = "(unit = ANY ((SELECT luotsi_units())::text[]) AND unit <> '')"
IN_REGISTER = _among("{column} || register", "records")
OF_CASE = f"{_among('case_id::text', 'cases')} OR (SELECT true FROM cases_case c WHERE c.id = case_id)"

# Table: the rows that a viewer may read and write.
RULES = {
    "people_resident": MINE.format(column="id"),
    "people_contactcheck": MINE.format(column="resident_id"),
    "people_legalhold": MINE.format(column="resident_id"),
    "people_consent": MINE.format(column="resident_id"),
    "people_mandate": f"{MINE.format(column='principal_id')} OR agent_id = {VIEWER}",
    "people_relationship": f"{OWN.format(column='resident_id')} OR {OF_UNIT} OR staff_id = {VIEWER}",
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
    {SYSTEM} OR resident IS NULL OR xid = pg_current_xact_id_if_assigned()
    OR {IN_REGISTER.format(column="resident")} OR (register = '' AND {MINE.format(column="resident")}));
"""


def policies() -> str:
    lines = []
    for table, rule in RULES.items():
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;")
        lines.append(f"CREATE POLICY shown ON {table} USING ({SYSTEM} OR {rule});")
    return "\n".join(lines) + EVENTS


def taken_away() -> str:
    lines = ["DROP POLICY written ON events_event;"]
    for table in [*RULES, "events_event"]:
        lines.append(f"DROP POLICY shown ON {table};")
        lines.append(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;")
    lines += [f"DROP TRIGGER remembered ON {table};" for table in ("people_relationship", "people_consent")]
    for name in ("forget()", "list(text)", "remember()", "at()", "units()", "own()", "viewer()", "is_system()"):
        lines.append(f"DROP FUNCTION luotsi_{name};")
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
