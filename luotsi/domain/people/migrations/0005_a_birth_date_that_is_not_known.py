"""Somebody who was found without papers, or a child nobody has named, has no birth date until it is known."""

from django.db import migrations, models

# Until now the column could not be empty, so the erased were given a day on which nobody was born.
ERASED = """
SELECT set_config('luotsi.kind', 'system', true);
UPDATE people_resident SET birth_date = NULL WHERE erased_at IS NOT NULL;
SELECT set_config('luotsi.kind', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_emergencies_say_why")]

    operations = [
        migrations.AlterField(model_name="resident", name="birth_date", field=models.DateField(null=True)),
        migrations.RunSQL(ERASED, "UPDATE people_resident SET birth_date = '1900-01-01' WHERE birth_date IS NULL"),
        migrations.AddConstraint(
            model_name="resident",
            constraint=models.CheckConstraint(
                condition=~models.Q(birth_date=None)
                | models.Q(has_temporary_code=True)
                | ~models.Q(erased_at=None),
                name="birth_date_is_known_from_a_real_code",
            ),
        ),
    ]
