"""A consent holds from the first moment of its Finnish day: until now the wall went by the database's own day, which
in Finland begins two or three hours after midnight.
"""

from django.db import migrations

_OWN, _FINNISH = "moment::date", "(moment AT TIME ZONE ''Europe/Helsinki'')::date"


def _with(day: str, was: str) -> str:
    return f"""
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('luotsi_remember'::regproc), '{was}', '{day}');
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_an_ended_thread_stays_for_its_days")]

    operations = [migrations.RunSQL(sql=_with(_FINNISH, _OWN), reverse_sql=_with(_OWN, _FINNISH))]
