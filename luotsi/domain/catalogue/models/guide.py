"""Pages of advice that editors keep, and what editors do about the things on their desk."""

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id


def _staff() -> models.ForeignKey:
    return models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Guide(models.Model):
    """One version of a guide. `content` is what a file of content/guides says, without its key and review date.

    Once published it stays as it is, which a trigger guards; only the day of its next review moves on. Of one key there
    is at most one draft, and one version in force. `revision` counts the changes of a draft; `note` says what the
    version changes; `origin` tells whether the shelf or an editor wrote it.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.TextField()
    version = models.IntegerField()
    content = models.JSONField()
    origin = models.TextField(default="editor")
    note = models.TextField(blank=True, db_default="")
    review_on = models.DateField()
    made_by = _staff()
    made_at = models.DateTimeField()
    changed_by = _staff()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(db_default=0)
    published_by = _staff()
    published_at = models.DateTimeField(null=True)
    ended_by = _staff()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_guide_of_a_version", fields=["key", "version"]),
            models.UniqueConstraint(name="one_draft_of_a_guide", fields=["key"], condition=Q(published_at=None)),
            models.UniqueConstraint(
                name="one_guide_in_force", fields=["key"], condition=Q(published_at__isnull=False, ended_at=None)
            ),
            models.CheckConstraint(name="guide_of_a_known_origin", condition=Q(origin__in=["shelf", "editor"])),
            models.CheckConstraint(
                name="guide_ends_after_it_is_published",
                condition=Q(ended_at=None) | Q(published_at__isnull=False, ended_at__gte=F("published_at")),
            ),
        ]
