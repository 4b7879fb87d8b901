"""Answers under way, where they are gathered, who is invited, scores, and the county's own forms.

What is completed or published stands as it is: the database refuses to change it.
"""

import django.db.models.deletion
import luotsi.base.ids
from django.db import migrations, models


# What was answered before was begun when it was completed. The wall of later migrations may stand already.
BEGUN = """
SELECT set_config('luotsi.kind', 'system', true);
UPDATE questionnaires_response SET started_at = completed_at;
SELECT set_config('luotsi.kind', '', true);
SET CONSTRAINTS ALL IMMEDIATE;
"""
STANDS = """
CREATE FUNCTION luotsi_stands() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% stands as it is and is not changed', TG_TABLE_NAME; END $$;
CREATE TRIGGER completed_stands BEFORE UPDATE OF answers, version, questionnaire, completed_at
    ON questionnaires_response FOR EACH ROW WHEN (OLD.completed_at IS NOT NULL AND
    (OLD.answers, OLD.version, OLD.questionnaire, OLD.completed_at)
    IS DISTINCT FROM (NEW.answers, NEW.version, NEW.questionnaire, NEW.completed_at))
    EXECUTE FUNCTION luotsi_stands();
CREATE TRIGGER published_stands BEFORE UPDATE OF content, version, key, published_at
    ON questionnaires_form FOR EACH ROW WHEN (OLD.published_at IS NOT NULL AND
    (OLD.content, OLD.version, OLD.key, OLD.published_at)
    IS DISTINCT FROM (NEW.content, NEW.version, NEW.key, NEW.published_at))
    EXECUTE FUNCTION luotsi_stands();
"""
CHANGES_AGAIN = """
DROP TRIGGER published_stands ON questionnaires_form;
DROP TRIGGER completed_stands ON questionnaires_response;
DROP FUNCTION luotsi_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0003_absences"),
        ("people", "0004_emergencies_say_why"),
        ("questionnaires", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Form",
            fields=[
                ("id", models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("version", models.IntegerField()),
                ("content", models.JSONField()),
                ("origin", models.TextField(default="designer")),
                ("note", models.TextField(blank=True, db_default="")),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("revision", models.PositiveIntegerField(db_default=0)),
                ("published_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ("key", models.UUIDField(unique=True)),
                ("questionnaire", models.TextField()),
                ("is_anonymous", models.BooleanField(db_default=False)),
                ("register", models.TextField(db_default="none")),
                ("subject", models.UUIDField(null=True)),
                ("message", models.TextField(blank=True, db_default="")),
                ("token_digest", models.BinaryField(unique=True)),
                ("token_sealed", models.BinaryField()),
                ("sent_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("answered_on", models.DateField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ("key", models.UUIDField(unique=True)),
                ("text", models.TextField()),
                ("language", models.TextField(default="fi")),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("questionnaire", models.TextField()),
                ("key", models.TextField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ("band", models.TextField(blank=True, db_default="")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="response",
            name="acting_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.resident",
            ),
        ),
        migrations.AddField(
            model_name="response",
            name="at_step",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="response",
            name="danger",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="response",
            name="filled_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.staff",
            ),
        ),
        migrations.AddField(
            model_name="response",
            name="is_anonymous",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name="response",
            name="key",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="response",
            name="register",
            field=models.TextField(db_default="none"),
        ),
        migrations.AddField(
            model_name="response",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replaced_by",
                to="questionnaires.response",
            ),
        ),
        migrations.AddField(
            model_name="response",
            name="revision",
            field=models.PositiveIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="response",
            name="saved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="response",
            name="started_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(BEGUN, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="response",
            name="started_at",
            field=models.DateTimeField(),
        ),
        migrations.AddField(
            model_name="response",
            name="subject",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="response",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responses",
                to="organisation.unit",
            ),
        ),
        migrations.AlterField(
            model_name="response",
            name="completed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                ("id", models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ("key", models.UUIDField(unique=True)),
                ("questionnaire", models.TextField()),
                ("version", models.IntegerField()),
                ("name", models.TextField()),
                ("subject", models.UUIDField(null=True)),
                ("mode", models.TextField()),
                ("audience", models.TextField(db_default="anyone")),
                ("is_anonymous", models.BooleanField()),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField(null=True)),
                ("token_digest", models.BinaryField(unique=True)),
                ("token_sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.staff",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="organisation.unit",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="response",
            name="collection",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responses",
                to="questionnaires.collection",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("subject__isnull", False)), fields=["subject"], name="response_subject"
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(fields=["questionnaire", "completed_at"], name="response_of_questionnaire"),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("collection__isnull", False)),
                fields=["collection", "completed_at"],
                name="response_of_collection",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("unit__isnull", False)), fields=["unit", "completed_at"], name="response_of_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key__isnull", False)),
                fields=("resident", "key"),
                name="response_begun_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("completed_at__isnull", False)),
                fields=("replaces",),
                name="response_corrected_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(("register__in", ("health", "social", "child_welfare", "none"))),
                name="response_of_a_register",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("completed_at", None), ("completed_at__gte", models.F("started_at")), _connector="OR"
                ),
                name="response_completed_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_anonymous", False),
                    models.Q(
                        ("acting_by", None),
                        ("at_step", ""),
                        ("filled_by", None),
                        ("key", None),
                        ("replaces", None),
                        ("resident", None),
                        ("saved_at", None),
                        ("started_at", models.F("completed_at")),
                        ("subject", None),
                    ),
                    _connector="OR",
                ),
                name="anonymous_response_carries_nobody",
            ),
        ),
        migrations.AddField(
            model_name="form",
            name="made_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.staff",
            ),
        ),
        migrations.AddField(
            model_name="form",
            name="published_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.staff",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="collection",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="questionnaires.collection",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="made_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.staff",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="resident",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.resident"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="response",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="invitation",
                to="questionnaires.response",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="staff",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.staff"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="by",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.staff"
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="collection",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="questionnaires.collection",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="response",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="replies",
                to="questionnaires.response",
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="response",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="questionnaires.response"
            ),
        ),
        migrations.AddIndex(
            model_name="collection",
            index=models.Index(fields=["questionnaire", "opens_at"], name="collection_of_questionnaire"),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ("link", "kiosk", "invited"))), name="collection_of_a_known_mode"
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at", None), ("closes_at__gte", models.F("opens_at")), _connector="OR"),
                name="collection_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(fields=("key", "version"), name="one_form_of_a_version"),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ("designer", "import"))), name="form_of_a_known_origin"
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retired_at", None),
                    models.Q(("published_at__isnull", False), ("retired_at__gte", models.F("published_at"))),
                    _connector="OR",
                ),
                name="form_is_retired_after_it_is_published",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("subject__isnull", False)), fields=["subject"], name="invitation_subject"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("answered_on", None), ("reminded_at", None), ("withdrawn_at", None)),
                fields=["due_at"],
                name="invitation_to_remind",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("resident", None), ("staff", None), _connector="XOR"),
                name="invitation_of_a_resident_or_a_worker",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_anonymous", False), ("response", None), _connector="OR"),
                name="anonymous_invitation_knows_no_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at", None), ("due_at__gt", models.F("sent_at")), _connector="OR"),
                name="invitation_due_after_it_is_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("collection", "resident"),
                name="resident_invited_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)), fields=("collection", "staff"), name="worker_invited_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("response", None), ("collection", None), _connector="XOR"),
                name="reply_to_one_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="score",
            index=models.Index(fields=["questionnaire", "key", "at"], name="score_of_questionnaire"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(fields=("response", "key"), name="one_score_of_a_key"),
        ),
        migrations.RunSQL(STANDS, CHANGES_AGAIN),
    ]
