"""Where a matter was sent on, and to which services the resident was pointed: in words for the resident."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.queries.linked import link_to
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries import directions as guidance
from luotsi.domain.cases.queries import referrals as book
from luotsi.domain.cases.queries.picks import links_end
from luotsi.domain.cases.queries.threads import EntryView, ReferralView
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people import queries as people
from luotsi.ui.words import day


@dataclass(frozen=True)
class Sent:
    """One thread: that it was sent, how it stands, and what was written. `matter` is the one that it opened."""

    title: str
    stands: str
    to: str
    at: datetime
    asked: str
    notes: tuple[tuple[str, datetime, str], ...]
    chips: tuple[Any, ...]
    matter: UUID | None


def told(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    """For the matter's page."""
    viewer, names = request.viewer, catalogue.service_names(get_language())
    is_hidden = people.hides_place(case.person, viewer)
    is_acting = viewer.acting_for is not None
    threads = book.referrals_of(case.id, viewer=viewer)
    pointed = [one for one in guidance.directions_of(case.id, viewer=viewer) if one.case == case.id]
    return {
        "sent_on": [_sent(one, is_acting=is_acting, is_hidden=is_hidden) for one in threads if one.case == case.id],
        "picks_url": reverse("picks", args=[link_to("picks", case.id, until=links_end(now()))]) if pointed else "",
        "pointed_to": [
            {"one": one, "name": names.get(one.service, one.service), "is_known": one.service in names}
            for one in pointed
        ],
    }


def _sent(found: ReferralView, *, is_acting: bool, is_hidden: bool) -> Sent:
    language = get_language() or "fi"
    unit = "" if is_hidden else organisation.unit_names()[found.row.to_unit].in_language(language)
    says = found.row.route.says.in_language(language)
    return Sent(
        title=_("The matter has been sent on.") if is_acting else says,
        stands=_stands(found),
        to=unit,
        at=found.row.sent_at,
        asked=found.question,
        notes=tuple((_who_wrote(one), one.at, one.note) for one in found.entries if one.note),
        chips=tuple(chip for chip in found.row.chips if chip.is_running),
        matter=found.opened,
    )


def _stands(found: ReferralView) -> str:
    """How it stands now, in a sentence or two."""
    state, last = found.row.state, _last(found)
    if said := _outcome(last, found):
        return said
    if state in {"sent", "received"}:
        due = found.row.due
        read = _("It has been read.") if state == "received" else ""
        answer = _("The answer comes at the latest %(day)s.") % {"day": day(due)} if due else ""
        return f"{read} {answer}".strip()
    known = {
        "on_hold": _("It waits until %(day)s: %(reason)s."),
        "accepted": _("It has been accepted. You will be contacted from there."),
        "answered": _("The answer has come. We tell you what it means for you."),
        "returned": _("It came back to us: %(reason)s. We go on from here and tell you."),
        "done": _("What was asked is done."),
        "withdrawn": _("We took it back."),
    }
    return known[state] % {"day": day(last.until) if last and last.until else "", "reason": _reason(last, found)}


def _last(found: ReferralView) -> EntryView | None:
    return next((one for one in reversed(found.entries) if one.step == found.row.state), None)


def _outcome(entry: EntryView | None, found: ReferralView) -> str:
    """What came of it in the receiver's word, said to the resident; "" where the route knows none."""
    known = {one.key: one.says for one in found.row.route.outcomes}
    says = known.get(entry.reason) if entry and entry.step == "done" else None
    return says.in_language(get_language() or "fi") if says else ""


def _reason(entry: EntryView | None, found: ReferralView) -> str:
    route = found.row.route
    known = {one.key: one.name for one in (*route.return_reasons, *route.hold_reasons)}
    name = known[entry.reason].in_language(get_language() or "fi") if entry and entry.reason in known else ""
    return name[:1].lower() + name[1:]


def _who_wrote(entry: EntryView) -> str:
    return entry.by
