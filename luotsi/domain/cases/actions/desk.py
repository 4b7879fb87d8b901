"""The worker's own desk: where they are, what they have half written, which views of the list they keep."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.models import Case, Draft, Presence, SavedView
from luotsi.domain.cases.rules.desk import LONGEST_DRAFT, MOST_VIEWS, THERE_FOR, thread_form
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as event_queries
from luotsi.domain.organisation.rules import NotAllowed, check_may


class TooMuch(Exception):
    """There is no room for more of it."""


@transaction.atomic
def stay_on_case(*, case: UUID, by: Who, at: datetime) -> None:
    """The worker has the case open now. Open lists hear of it when it is news. Raises NotAllowed."""
    row = _open_to(case, by)
    known = Presence.objects.select_for_update().filter(case=row, staff_id=by.id).first()
    is_news = known is None or known.seen_at < at - THERE_FOR
    Presence.objects.update_or_create(case=row, staff_id=by.id, defaults={"seen_at": at})
    if is_news:
        events.hint([row.unit_id])


@transaction.atomic
def leave_case(*, case: UUID, by: Who) -> None:
    """The worker's page of the case is closed. Leaving what one is not on changes nothing. Raises NotAllowed."""
    row = _open_to(case, by)
    if Presence.objects.filter(case=row, staff_id=by.id).delete()[0]:
        events.hint([row.unit_id])


@transaction.atomic
def keep_draft(*, case: UUID, form: str, fields: Mapping[str, list[str]], by: Who, at: datetime) -> None:
    """Keep what is typed so far; the earlier draft of the same form gives way. One without words is taken away.

    Raises NotAllowed, TooMuch.
    """
    _keep(_open_to(case, by).id, form, fields, by, at)


@transaction.atomic
def keep_thread_draft(*, referral: UUID, step: str, fields: Mapping[str, list[str]], by: Who, at: datetime) -> None:
    """The same for a step of a thread between professions. It is kept with the matter that was sent, also where whoever
    writes does not see that matter. Raises NotAllowed, TooMuch.
    """
    row = access.locked_referral(by, referral, lock=False)
    _keep(row.case_id, thread_form(referral, step), fields, by, at)


def _keep(case: UUID, form: str, fields: Mapping[str, list[str]], by: Who, at: datetime) -> None:
    kept = {_plain(name): [_plain(one) for one in many] for name, many in fields.items()}
    if sum(len(one) for many in kept.values() for one in many) > LONGEST_DRAFT:
        raise TooMuch(form)
    if not any(one.strip() for many in kept.values() for one in many):
        forget_draft(case=case, form=form, by=by)
        return
    Draft.objects.update_or_create(
        case_id=case, staff_id=by.id, form=form, defaults={"fields": kept, "saved_at": at},
        create_defaults={"id": new_id(), "fields": kept, "saved_at": at},
    )  # fmt: skip


def _plain(text: str) -> str:
    """Without the one character that PostgreSQL cannot hold: a draft is kept before any form has looked at it."""
    return text.replace("\0", "")


def forget_draft(*, case: UUID, form: str, by: Who) -> None:
    """It was sent, or thrown away. Only one's own."""
    Draft.objects.filter(case_id=case, staff_id=by.id, form=form).delete()


def forget_thread_draft(*, referral: UUID, step: str, by: Who) -> None:
    """The step was taken, or what was typed thrown away. Only one's own."""
    Draft.objects.filter(staff_id=by.id, form=thread_form(referral, step)).delete()


@transaction.atomic
def check_seen(*, case: UUID, seen: int, by: Who, beside: Collection[UUID] = ()) -> None:
    """Hold the case for this transaction. Raises NotPossible when somebody else has written in it since its story was
    `seen` long: what they wrote is read before anything is added. Raises NotAllowed.

    `beside`: other cases in which the same form writes. All are held in one order, so that nobody waits for another.
    """
    _open_to(case, by)
    list(Case.objects.select_for_update(of=("self",)).filter(id__in=[case, *beside]).order_by("id"))
    # In the order of writing down: what is told afterwards, of an earlier moment, is news too.
    later = sorted(event_queries.story_of([case])[case], key=lambda one: one.id)[seen:]
    if any(one.actor_kind != "system" and one.actor_id != by.id for one in later):
        raise rules.NotPossible("somebody else wrote in this matter meanwhile")


@transaction.atomic
def keep_view(*, name: str, query: str, by: Who) -> SavedView:
    """Keep a view of the list under a name; the same name again replaces it. Raises NotAllowed, TooMuch."""
    check_may(by, "worklist.read")
    views = SavedView.objects.filter(staff_id=by.id)
    if not views.filter(name=name).exists() and views.count() >= MOST_VIEWS:
        raise TooMuch(name)
    row, _ = SavedView.objects.update_or_create(
        staff_id=by.id, name=name, defaults={"query": query},
        create_defaults={"id": new_id(), "query": query, "place": views.count()},
    )  # fmt: skip
    return row


@transaction.atomic
def forget_view(*, view: UUID, by: Who) -> None:
    """Take it away; one that is gone already stays gone. Only one's own."""
    check_may(by, "worklist.read")
    SavedView.objects.filter(id=view, staff_id=by.id).delete()


@transaction.atomic
def raise_view(*, view: UUID, by: Who) -> None:
    """Put it one place further to the front. Only one's own."""
    check_may(by, "worklist.read")
    rows = list(SavedView.objects.select_for_update().filter(staff_id=by.id).order_by("place", "name"))
    here = next((place for place, row in enumerate(rows) if row.id == view), 0)
    if here > 0:
        rows[here - 1], rows[here] = rows[here], rows[here - 1]
    for place, row in enumerate(rows):
        row.place = place
    SavedView.objects.bulk_update(rows, ["place"])


def _open_to(case: UUID, by: Who) -> Case:
    row = access.visible_to(by).filter(id=case).first() if by.is_staff else None
    if row is None:
        raise NotAllowed("no such case for this worker")
    return row
