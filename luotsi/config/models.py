"""Tables of the doors themselves. Nothing of anybody's care stands here."""

from django.db import models


class Allowance(models.Model):
    """How often one asker did one thing in the window that is open. `key` is a keyed hash: nobody's address is kept.

    The table is UNLOGGED: a crash of the server forgets the counts, and no count is worth a write to the log.
    """

    key = models.BinaryField(primary_key=True, max_length=32)
    name = models.TextField()
    taken = models.IntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name} {self.taken}"
