"""Pages for what went wrong: a calm sentence, what to do, and the number of the request. Never what was in it."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from luotsi.rooms import busy

log = logging.getLogger("luotsi")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(TOO_LARGE, status=413)
    return render(request, "errors/400.html", status=400)


def code_in_address(request: HttpRequest) -> HttpResponse:
    """An identity code stood in the address, where machines on the way would keep it."""
    return render(request, "errors/code_in_address.html", status=400)


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """A ceiling was met. What was typed is kept on the page and can be sent again after that many seconds."""
    context = {"minutes": -(-seconds // 60), "typed": busy.typed(request), "address": request.get_full_path()}
    answer = render(request, "errors/429.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or the browser refuses cookies."""
    return render(request, "errors/form_expired.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault. The page stands without a database."""
    number = getattr(request, "request_id", "")
    log.error("request %s failed", number)
    return HttpResponse(_BROKEN.format(number=number), status=500)


def health(request: HttpRequest) -> JsonResponse:
    """For a load balancer: answers when the process and its database do."""
    from luotsi.domain.events import queries as events

    events.newest_id()
    return JsonResponse({"ok": True})


_PAGE = """<!doctype html>
<html lang="fi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Luotsi</title><link rel="stylesheet" href="/static/ui/luotsi.css"></head><body><main class="page">
<h1>%s</h1>
<p>%s Kiireellisessä asiassa soita 116 117, hätätilanteessa 112.</p>
<p lang="sv">%s I brådskande fall ring 116 117, i nödfall 112.</p>
<p lang="en">%s If it is urgent, call 116 117, in an emergency 112.</p>%s</main></body></html>"""
_BROKEN = _PAGE % (
    "Jokin meni vikaan",
    "Vika on meidän. Yritä hetken kuluttua uudelleen.",
    "Något gick fel hos oss. Försök igen om en stund.",
    "Something went wrong on our side. Try again in a moment.",
    "<p>{number}</p>",
)
# Said before the request is read, so nobody knows its language yet.
TOO_LARGE = _PAGE % (
    "Lähetys oli liian suuri",
    "Emme lukeneet sitä. Palaa takaisin ja lähetä vähemmän kerralla.",
    "Vi läste inte det du skickade, för det var för stort. Gå tillbaka och skicka mindre åt gången.",
    "We did not read what you sent, because it was too large. Go back and send less at a time.",
    "",
)
