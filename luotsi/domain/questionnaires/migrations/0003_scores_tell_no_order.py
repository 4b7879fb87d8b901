"""A score's number is random: a counted one would tell in which order anonymous answers came."""

from django.db import migrations, models

import luotsi.domain.questionnaires.models.response


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_answers_collections_invitations")]
    operations = [
        migrations.AlterField(
            model_name="score",
            name="id",
            field=models.BigIntegerField(
                default=luotsi.domain.questionnaires.models.response.random_id, primary_key=True, serialize=False
            ),
        ),
    ]
