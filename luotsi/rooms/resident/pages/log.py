"""Who looked at my data: read it, print it, take it along, and ask for what is older than two years."""

from datetime import datetime, timedelta
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases.queries import kept_from
from luotsi.domain.events import queries
from luotsi.domain.organisation.rules import may
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.rooms.page import page
from luotsi.rooms.resident import logfiles
from luotsi.rooms.resident.logforms import OLDER, LogFilter, OlderForm
from luotsi.rooms.resident.looks import Line, in_words

# A file or a sheet of paper holds so many lines; a page of the list fifty.
MOST_LINES = 5_000
OPEN_FOR = timedelta(hours=1)


@page("log.own")
def log(request: HttpRequest) -> HttpResponse:
    """By days, the newest first. An emergency access stands out."""
    asked = _filter(request)
    number = request.GET.get("page", "1")
    number = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    lines, has_more = _lines(request, asked, page=number)
    days = [(day, list(of_day)) for day, of_day in groupby(lines, key=lambda line: line.day)]
    context = {
        "filter": asked,
        "days": days,
        "may_ask": may(request.viewer, "contact.send"),
        "has_emergency": any(line.is_emergency for line in lines),
        "older": None if _is_older_open(request) else OlderForm(get_language()),
        "query": f"days={asked.days}&by={asked.who}",
        "next_page": number + 1 if has_more else None,
        "previous_page": number - 1 if number > 1 else None,
    }
    return render(request, "resident/log.html", context)


@page("log.own")
def sheet(request: HttpRequest) -> HttpResponse:
    """All of it on one page, for printing."""
    asked = _filter(request)
    lines, has_more = _lines(request, asked, limit=MOST_LINES)
    context = {"lines": lines, "has_more": has_more, "filter": asked, "made_at": now(), "name": _whose(request)}
    return render(request, "resident/log_sheet.html", context)


@page("log.own")
def table(request: HttpRequest) -> HttpResponse:
    """A file for a spreadsheet."""
    return logfiles.as_csv(_lines(request, _filter(request), limit=MOST_LINES)[0])


@page("log.own")
def data(request: HttpRequest) -> HttpResponse:
    """A file for another program."""
    return logfiles.as_json(_lines(request, _filter(request), limit=MOST_LINES)[0], at=now())


@page("log.own", methods=("POST",))
def older(request: HttpRequest) -> HttpResponse:
    """Say why one needs what is older than two years; then it can be read for an hour."""
    viewer = request.viewer
    form = OlderForm(get_language(), request.POST)
    if not form.is_valid():
        return render(request, "resident/log_older.html", {"form": form}, status=400)
    questionnaires.complete(
        questionnaire=OLDER,
        answers=form.cleaned_data,
        resident=viewer.whose,
        language=get_language(),
        by=viewer,
        at=now(),
    )
    request.session[OLDER] = {"of": str(viewer.whose), "at": now().isoformat()}
    messages.success(request, _("You can see what is older for an hour. We keep the reason that you gave."))
    return redirect(f"{reverse('own-log')}?days=all")


def _filter(request: HttpRequest) -> LogFilter:
    acts = request.viewer.acting_for is not None
    return LogFilter(request.GET, is_older_open=_is_older_open(request), acts_for_another=acts)


def _lines(request: HttpRequest, asked: LogFilter, *, page: int = 1, limit: int = 0) -> tuple[list[Line], bool]:
    viewer = request.viewer
    found = queries.who_looked(
        viewer.own_ids, viewer=viewer, page=page, limit=limit, kept=kept_from(viewer), **asked.asked(now())
    )
    return in_words(found.lines, viewer=viewer), found.has_more


def _is_older_open(request: HttpRequest) -> bool:
    """Whether a reason was given within the hour, for this person's log."""
    given = request.session.get(OLDER) or {}
    is_theirs = given.get("of") == str(request.viewer.whose)
    return is_theirs and now() - datetime.fromisoformat(given["at"]) < OPEN_FOR


def _whose(request: HttpRequest) -> str:
    viewer = request.viewer
    return str(viewer.acting_name or viewer.name)
