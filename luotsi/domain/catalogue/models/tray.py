"""The wellbeing tray: what organisations keep of their services themselves."""

from django.db import models
from django.db.models import F, Q

from luotsi.base.ids import new_id
from luotsi.domain.organisation.models import Unit


class TrayEntry(models.Model):
    """A service that a municipality or an association keeps itself. `draft` and `shown` hold a rules.entries.Content:
    what is being written, and what residents read, None while they read nothing. Its state follows from the moments.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    draft = models.JSONField()
    shown = models.JSONField(null=True)
    review_on = models.DateField(null=True)
    written_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    checked_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True, default="")
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="what_is_shown_was_published", condition=Q(shown=None) | ~Q(published_at=None)),
            models.CheckConstraint(
                name="somebody_else_checks_an_entry",
                condition=Q(checked_at=None) | ~Q(answered_by=F("written_by")),
            ),
        ]
