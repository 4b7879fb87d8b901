"""The table refuses UPDATE and DELETE, remembers the writing transaction, and hints to live pages which unit moved."""

from django.db import migrations

APPEND_ONLY = """
ALTER TABLE events_event ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX event_xid ON events_event (xid, id);

CREATE FUNCTION events_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are append-only: record a correction instead' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events_event
    FOR EACH ROW EXECUTE FUNCTION events_refuse_change();

CREATE FUNCTION events_hint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('luotsi_events', unit) FROM (SELECT DISTINCT unit FROM fresh) AS units;
    RETURN NULL;
END $$;
CREATE TRIGGER events_hint AFTER INSERT ON events_event
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION events_hint();
"""
BACK = """
DROP TRIGGER events_hint ON events_event; DROP FUNCTION events_hint();
DROP TRIGGER events_append_only ON events_event; DROP FUNCTION events_refuse_change();
ALTER TABLE events_event DROP COLUMN xid;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_ONLY, BACK)]
