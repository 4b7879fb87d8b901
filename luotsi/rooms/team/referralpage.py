"""A thread in words: on its own page, and among a case's other things."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from luotsi.base.dates import age_if_known
from luotsi.base.now import now, today
from luotsi.base.who import Who
from luotsi.domain.cases.actions import referrals as threads
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries import referrals as book
from luotsi.domain.cases.queries.desk import Written, drafts_of_thread
from luotsi.domain.cases.queries.threads import EntryView, ReferralRow, ReferralView
from luotsi.domain.cases.rules import NotPossible
from luotsi.rooms.team import referralwords as words
from luotsi.rooms.team.clocks import shown_clock
from luotsi.rooms.team.desk import fill
from luotsi.rooms.team.referralforms import StepForm
from luotsi.rooms.team.words import age_words, language_words, profession_words
from luotsi.ui.words import moment

AHEAD = timedelta(days=28)  # so far ahead consultation times are shown


def told(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    """For the case's page: its threads, and the ways in which it may be sent on."""
    own = [thread_of(one) for one in book.referrals_of(case.id, viewer=request.viewer)]
    is_sent_on = any(one["view"].case == case.id for one in own)  # the others brought the matter here
    return {"threads": own, "is_sent_on": is_sent_on, "routes": book.routes_from(case.id, viewer=request.viewer)}


def thread_of(found: ReferralView) -> dict[str, Any]:
    """One thread as it is shown: who to whom, how it stands, until when, and every entry."""
    return {
        "id": found.id,
        "view": found,
        **line_of(found.row),
        "question": found.question,
        "urgency": words.urgency_words(found.row, found.urgency),
        "sent_by": found.sent_by,
        "entries": entries_of(found),
        "clocks": [shown_clock(chip, of="referral") for chip in found.row.chips],
        "chosen": found.chosen,
        "minutes": found.minutes,
    }


def entries_of(found: ReferralView) -> list[dict[str, Any]]:
    """Every entry in words, the oldest first."""
    return [_entry(one, found) for one in found.entries]


def is_changed(request: HttpRequest, found: ReferralView) -> bool:
    """Whether somebody else has written since the page was made from which this was sent. Otherwise it is held."""
    number = seen(request)
    if number is None:
        return False
    try:
        threads.check_seen(referral=found.id, seen=number, by=request.viewer)
    except NotPossible:
        return True
    return False


def seen(request: HttpRequest) -> int | None:
    """How many entries the thread had on the page from which this was sent; None where the form did not say."""
    number = request.POST.get("seen", "")
    return int(number[:9]) if number.isascii() and number.isdigit() else None


def line_of(row: ReferralRow) -> dict[str, Any]:
    """A thread on a list."""
    clocks = [shown_clock(chip, of="referral") for chip in row.chips if chip.is_running]
    return {
        "row": row,
        "route": row.route,
        "from_unit": words.unit_words(row.from_unit),
        "to_unit": words.unit_words(row.to_unit),
        "state": words.state_words(row.state),
        "tone": words.state_tone(row.state),
        "running": clocks,
        "row_tone": "danger" if any(clock.is_overdue for clock in clocks) else "plain",
    }


def about(found: ReferralView) -> list[str]:
    """What the route shows of the person beside the name."""
    person = found.person
    known = {
        "birth_date": age_words(age_if_known(person.birth_date, today())),
        "phone": person.phone,
        "language": language_words(person.language),
    }
    return [known[name] for name in found.shows if known.get(name)]


def forms_of(
    found: ReferralView, viewer: Who, bound: Mapping[str, StepForm] | None = None
) -> list[tuple[str, str, StepForm]]:
    """Each step that this worker may take: its key, its name and its form: the one they sent, or one with what they
    have half written.
    """
    language, sent, drafts = get_language() or "fi", bound or {}, drafts_of_thread(found.id, viewer=viewer)
    return [
        (
            step,
            words.step_words(step, is_consultation=found.row.route.is_consultation, is_sender=found.is_sender),
            sent.get(step) or restored(StepForm(step, found.row.route, language, times=times_of(found)), drafts),
        )
        for step in found.steps
        if step != "time_chosen" or times_of(found)
    ]


def restored(form: StepForm, drafts: Mapping[str, Written]) -> StepForm:
    """The form with what was half written in it."""
    draft = drafts.get(form.kind)
    form.restored_at = draft.saved_at if draft and fill(form, draft) else None
    return form


def times_of(found: ReferralView) -> list[tuple[str, str]]:
    """Free consultation times of the receiver."""
    at = now()
    free = book.consultation_times(found.row.route, unit=found.row.to_unit, after=at, before=at + AHEAD)
    return [(str(slot.id), f"{moment(slot.starts_at)}, {_with(slot)}") for slot in free]


def _entry(entry: EntryView, found: ReferralView) -> dict[str, Any]:
    return {"entry": entry, "title": words.entry_title(entry, found.row.route), "tone": words.state_tone(entry.step)}  # type: ignore[arg-type]


def _with(slot: Any) -> str:
    return f"{profession_words(slot.profession).lower()} {slot.staff_name}"
