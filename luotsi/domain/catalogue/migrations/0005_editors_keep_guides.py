"""Guides: pages of advice in versions. What is published stands as it is: the database refuses to change it."""

import django.db.models.deletion
import luotsi.base.ids
from django.db import migrations, models

STANDS = """
CREATE FUNCTION catalogue_guide_stands() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a published guide stands as it is and is not changed'; END $$;
CREATE TRIGGER published_stands BEFORE UPDATE OF content, version, key, published_at
    ON catalogue_guide FOR EACH ROW WHEN (OLD.published_at IS NOT NULL AND
    (OLD.content, OLD.version, OLD.key, OLD.published_at)
    IS DISTINCT FROM (NEW.content, NEW.version, NEW.key, NEW.published_at))
    EXECUTE FUNCTION catalogue_guide_stands();
"""
CHANGES_AGAIN = """
DROP TRIGGER published_stands ON catalogue_guide;
DROP FUNCTION catalogue_guide_stands();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_organisations_keep_their_own'),
        ('organisation', '0004_qualifications'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guide',
            fields=[
                ('id', models.UUIDField(default=luotsi.base.ids.new_id, primary_key=True, serialize=False)),
                ('key', models.TextField()),
                ('version', models.IntegerField()),
                ('content', models.JSONField()),
                ('origin', models.TextField(default='editor')),
                ('note', models.TextField(blank=True, db_default='')),
                ('review_on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(db_default=0)),
                ('published_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('changed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.staff')),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.staff')),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.staff')),
                ('published_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'version'), name='one_guide_of_a_version'), models.UniqueConstraint(condition=models.Q(('published_at', None)), fields=('key',), name='one_draft_of_a_guide'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('published_at__isnull', False)), fields=('key',), name='one_guide_in_force'), models.CheckConstraint(condition=models.Q(('origin__in', ['shelf', 'editor'])), name='guide_of_a_known_origin'), models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(('ended_at__gte', models.F('published_at')), ('published_at__isnull', False)), _connector='OR'), name='guide_ends_after_it_is_published')],
            },
        ),
        migrations.RunSQL(STANDS, CHANGES_AGAIN),
    ]
