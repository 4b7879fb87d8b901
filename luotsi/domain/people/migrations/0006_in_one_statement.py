"""Who signs in, and why somebody has to do with a resident: asked and written at nearly every request, so each is one
statement. Row-level security lets both through inside, as it does the system; what is answered is the asker's own.
"""

from django.db import migrations

SIGNED = """
CREATE FUNCTION people_signed(who uuid)
RETURNS TABLE (id uuid, first_name text, last_name text, same uuid[]) LANGUAGE plpgsql AS $$
DECLARE
    before text := coalesce(current_setting('luotsi.kind', true), '');
BEGIN
    PERFORM set_config('luotsi.kind', 'system', true);  -- an owner who is no superuser may not say so of a function
    RETURN QUERY
        SELECT whole.id, whole.first_name, whole.last_name,
               ARRAY(SELECT one.id FROM people_resident one WHERE one.id = whole.id
                     UNION SELECT one.id FROM people_resident one WHERE one.joined_into_id = whole.id)
        FROM people_resident asked JOIN people_resident whole ON whole.id = coalesce(asked.joined_into_id, asked.id)
        WHERE asked.id = who AND asked.died_on IS NULL AND asked.erased_at IS NULL;
    PERFORM set_config('luotsi.kind', before, true);
END $$;
"""
RELATE = """
CREATE FUNCTION people_relate(who uuid, of_unit text, of_staff uuid, in_register text, by_ground text, about uuid,
                              begins timestamptz, ends timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    before text := coalesce(current_setting('luotsi.kind', true), '');
BEGIN
    PERFORM set_config('luotsi.kind', 'system', true);  -- it may be another unit's or another worker's
    INSERT INTO people_relationship (id, resident_id, unit, staff_id, register, ground, subject, begins_at, ends_at)
    SELECT gen_random_uuid(), same.id, of_unit, of_staff, in_register, by_ground, about, begins, ends
    FROM (SELECT who AS id
          UNION SELECT one.id FROM people_resident asked JOIN people_resident one
                ON one.id = asked.joined_into_id OR one.joined_into_id IN (asked.id, asked.joined_into_id)
                WHERE asked.id = who) same
    WHERE NOT EXISTS (
        SELECT FROM people_relationship r
        WHERE r.subject IS NOT DISTINCT FROM about AND r.resident_id = same.id AND r.register = in_register
          AND r.ground = by_ground AND r.unit = of_unit AND r.staff_id IS NOT DISTINCT FROM of_staff);
    PERFORM set_config('luotsi.kind', before, true);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_a_birth_date_that_is_not_known")]

    operations = [
        migrations.RunSQL(SIGNED, "DROP FUNCTION people_signed(uuid)"),
        migrations.RunSQL(
            RELATE, "DROP FUNCTION people_relate(uuid, text, uuid, text, text, uuid, timestamptz, timestamptz)"
        ),
    ]
