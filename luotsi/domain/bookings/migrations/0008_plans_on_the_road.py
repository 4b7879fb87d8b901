from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0007_times_that_were_reminded_of")]
    operations = [
        migrations.AddField(
            model_name="plan",
            name="stop",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
