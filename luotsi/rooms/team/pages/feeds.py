"""A worker's own times in another calendar: the address that is made, changed and ended, and what stands at it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.actions import feeds as actions
from luotsi.domain.bookings.queries import feeds
from luotsi.rooms.calendarfile import MEDIA_TYPE, Entry, calendar_file
from luotsi.rooms.page import page


@page("calendar.feed", methods=("GET", "HEAD", "POST"))
def feed(request: HttpRequest) -> HttpResponse:
    """My times elsewhere. A POST makes a new address, which is shown this once, or ends the one there is."""
    if request.method == "POST" and request.POST.get("what") == "end":
        if actions.end_feed(by=request.viewer, at=now()):
            messages.success(request, _("The address has stopped working. Remove it from your calendar program too."))
        return redirect("calendar-feed")
    address = ""
    if request.method == "POST":
        token = actions.make_feed(by=request.viewer, at=now())
        address = request.build_absolute_uri(reverse("worker-times", args=[token]))
    context = {"address": address, "since": feeds.feed_since(request.viewer)}
    return render(request, "team/calendar_feed.html", context)


@page("feed.read", nobody=True)
def times(request: HttpRequest, token: str) -> HttpResponse:
    """The file that a calendar program follows. It says when the worker is booked; what for, only here."""
    found = feeds.by_token(token, at=now())
    if found is None:
        raise Http404
    body = calendar_file(
        (Entry(one.id, one.starts_at, one.ends_at) for one in found), title=_("Booked"),
        says=_("Sign in to see more."), url=request.build_absolute_uri(reverse("calendar")), at=now(),
        name=_("Work times"),
    )  # fmt: skip
    return HttpResponse(body, content_type=MEDIA_TYPE)
