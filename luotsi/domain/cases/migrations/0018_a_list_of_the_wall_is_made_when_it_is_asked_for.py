"""Of the three lists that the wall compares with (see 0005), each is made when a policy first asks for it: a page that
reads matters alone does not pay for the other two. And a consent, which few have, is looked for once and not for each.

A list that nobody has asked for yet in the transaction stands as "?".
"""

from django.db import migrations

LISTS = """
DROP FUNCTION IF EXISTS luotsi_remember();

CREATE OR REPLACE FUNCTION luotsi_mine(units text[], viewer uuid, moment timestamptz)
RETURNS TABLE (resident uuid, register text, subject uuid, ground text) LANGUAGE sql STABLE AS $$
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
$$;

CREATE OR REPLACE FUNCTION luotsi_remember(name text) RETURNS text LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
DECLARE
    units text[] := luotsi_units();
    viewer uuid := luotsi_viewer();
    moment timestamptz := luotsi_at();
    today date := (moment AT TIME ZONE 'Europe/Helsinki')::date;
    found text;
    before text := coalesce(current_setting('luotsi.kind', true), '');
BEGIN
    PERFORM set_config('luotsi.kind', 'system', true);  -- an owner who is no superuser may not say so of a function
    IF name = 'residents' THEN
        SELECT string_agg(m.resident::text, ',') INTO found FROM luotsi_mine(units, viewer, moment) m;
    ELSIF name = 'cases' THEN
        SELECT string_agg(m.subject::text, ',') INTO found FROM luotsi_mine(units, viewer, moment) m WHERE m.ground = 'team';
    ELSE
        WITH mine AS MATERIALIZED (SELECT m.resident, m.register, m.ground FROM luotsi_mine(units, viewer, moment) m)
        SELECT concat_ws(',', (SELECT string_agg(m.resident || m.register, ',') FROM mine m),
                         (SELECT string_agg(c.resident_id || c.reads_register, ',') FROM mine m, people_consent c
                          WHERE c.resident_id = m.resident AND c.for_register = m.register AND m.ground <> 'emergency'
                            AND c.withdrawn_at IS NULL AND NOT c.is_refusal
                            AND c.valid_from <= today AND (c.valid_to IS NULL OR c.valid_to >= today)))
        INTO found;
    END IF;
    PERFORM set_config('luotsi.kind', before, true);
    RETURN coalesce(found, '');
END $$;

CREATE OR REPLACE FUNCTION luotsi_list(name text) RETURNS text[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    viewer text := concat_ws(' ', current_setting('luotsi.viewer', true), current_setting('luotsi.units', true),
                             current_setting('luotsi.own', true), current_setting('luotsi.at', true));
    held text;
BEGIN
    IF current_setting('luotsi.remembered', true) IS DISTINCT FROM viewer THEN
        PERFORM set_config('luotsi.residents', '?', true), set_config('luotsi.records', '?', true),
                set_config('luotsi.cases', '?', true), set_config('luotsi.remembered', viewer, true);
    END IF;
    held := current_setting('luotsi.' || name, true);
    IF held = '?' THEN
        held := set_config('luotsi.' || name, luotsi_remember(name), true);
    END IF;
    RETURN string_to_array(held, ',');
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_the_day_of_a_consent_is_the_finnish_one")]

    operations = [migrations.RunSQL(sql=LISTS, reverse_sql=migrations.RunSQL.noop)]
