"""The worker's own desk: who is on a case now, what was half written, which views of the list are kept."""

from django.db import models

from luotsi.base.ids import new_id


class Handover(models.Model):
    """A case was taken, handed to a colleague, or handed to another unit. `to_staff` null: to nobody in particular."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="handovers")
    from_staff = models.ForeignKey("organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    to_staff = models.ForeignKey("organisation.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    to_unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()


class Telling(models.Model):
    """Who was told of the matter and when: in child welfare the child and the guardian within the limit.

    `party` is a key of the case kind, `way` a key of content/channels of telling. A wrong one is not taken out: a new
    one follows it.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.UUIDField(unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="tellings")
    party = models.TextField()
    way = models.TextField()
    note = models.TextField(blank=True, db_default="")
    told_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+", db_index=False)
    told_at = models.DateTimeField()


class Presence(models.Model):
    """A worker has a case open right now; a row older than a minute says nothing any more."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="present")
    staff = models.ForeignKey("organisation.Staff", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="present_once_on_a_case", fields=["case", "staff"])]


class Draft(models.Model):
    """What a worker has typed in a form of a case and not sent. Only the writer sees it; sending takes it away."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="drafts")
    staff = models.ForeignKey("organisation.Staff", on_delete=models.CASCADE, related_name="+")
    form = models.TextField()
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_draft_of_a_form", fields=["staff", "case", "form"])]


class SavedView(models.Model):
    """A worker's own view of the list under a name: the tab, unit, order and filters, never a person's name."""

    id = models.UUIDField(primary_key=True, default=new_id)
    staff = models.ForeignKey("organisation.Staff", on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    query = models.TextField()
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_view_of_a_name", fields=["staff", "name"])]
