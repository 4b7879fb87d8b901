"""The usage log refuses change: no UPDATE, no TRUNCATE, and no DELETE for twelve years (act 703/2023); seals likewise.

A table of the demonstration (LUOTSI_MODE=demo says so when it connects) may be emptied as a whole, never edited.
"""

from django.db import migrations

KEEP = """
ALTER TABLE events_use ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX use_xid ON events_use (xid, id);

CREATE FUNCTION events_refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('luotsi.mode', true) = 'demo' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the usage log and its seals are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER events_use_kept BEFORE UPDATE OR TRUNCATE ON events_use
    FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_log_change();
CREATE TRIGGER events_use_kept_twelve_years BEFORE DELETE ON events_use
    FOR EACH ROW WHEN (OLD.at > now() - interval '12 years') EXECUTE FUNCTION events_refuse_log_change();
CREATE TRIGGER events_seal_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON events_seal
    FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_log_change();

CREATE FUNCTION events_erase_use(up_to xid8) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH gone AS (DELETE FROM events_use WHERE xid < up_to RETURNING 1) SELECT count(*) FROM gone
$$;
COMMENT ON FUNCTION events_erase_use IS 'Drops rows past their twelve years; a younger row in the range stops it.';
REVOKE ALL ON FUNCTION events_erase_use FROM PUBLIC;
"""
BACK = """
DROP FUNCTION events_erase_use(xid8);
DROP TRIGGER events_seal_kept ON events_seal;
DROP TRIGGER events_use_kept_twelve_years ON events_use;
DROP TRIGGER events_use_kept ON events_use;
DROP FUNCTION events_refuse_log_change();
ALTER TABLE events_use DROP COLUMN xid;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0004_usage_log")]
    operations = [migrations.RunSQL(KEEP, BACK)]
