"""Taking a thing on the editors' desk, leaving it, marking it done, and taking that back."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.catalogue.events import DeskMoved
from luotsi.domain.catalogue.models import Mending
from luotsi.domain.catalogue.rules.mending import ABOUT
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import check_may

Step = Literal["take", "leave", "finish", "reopen"]


class TakenMeanwhile(Exception):
    """A colleague has it."""


@transaction.atomic
def mend(*, about: str, subject: str, step: Step, lack: str = "", by: Who, at: datetime) -> Mending:
    """Raises NotAllowed, TakenMeanwhile; ValueError when there can be no such thing."""
    check_may(by, "catalogue.mend")
    if about not in ABOUT or not 0 < len(subject) <= 200 or len(lack) > 100:
        raise ValueError(about)
    Mending.objects.bulk_create([Mending(about=about, subject=subject)], ignore_conflicts=True)
    row = Mending.objects.select_for_update().get(about=about, subject=subject)
    if step == "take" and row.taken_by_id not in {None, by.id}:
        raise TakenMeanwhile
    if step in {"take", "leave"}:
        is_taken = step == "take"
        row.taken_by_id, row.taken_at = (by.id, at) if is_taken else (None, None)
    else:
        is_done = step == "finish"
        row.done_by_id, row.done_at, row.lack = (by.id, at, lack) if is_done else (None, None, "")
    row.save()
    events.record(DeskMoved(about=about, step=step), by=by, at=at, subject=row.id)
    return row
