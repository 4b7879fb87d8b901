"""Answering by a link, its QR code or on a kiosk, without signing in. Whoever is signed in is nobody here.

A kiosk goes back to its start by itself: after a time without a sign of life it asks whether anybody is there, and the
answers of whoever has left open to nobody.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from luotsi.base.now import local_day, now
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.queries import gathering
from luotsi.domain.questionnaires.queries.gathering import Gathering
from luotsi.rooms.filling import drafts, flow, results
from luotsi.rooms.filling import paper as papers
from luotsi.rooms.filling.qr import as_svg
from luotsi.rooms.filling.sheets import Carried, Places
from luotsi.rooms.page import page

IDLE_SECONDS, ASKS_SECONDS, DONE_SECONDS, HELP_SECONDS = 90, 30, 15, 120
# A kiosk's answers open only while their filler can still be there; and not after its start was shown again.
_ON_KIOSK = timedelta(minutes=15)


@page("answers.give", methods=("GET", "HEAD", "POST"), nobody=True)
def beginning(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked and by whom; begun, this browser keeps the answers until they are sent."""
    found, form = _opened(token)
    if found.state != "open":
        return _shut(form, found.state, request, status=409 if request.method == "POST" else 200, **_back(found))
    if request.method != "POST":
        shown = {"form": form, "about": _unit(found), "key": uuid4(), "paper": reverse("answers-paper", args=[token])}
        shown |= {"takes_files": gathering.takes_files(found)}
        return _fresh(render(request, "filling/start.html", shown), found)
    held = {"collection": str(found.collection), "key": str(uuid4()), "revision": 0}
    held |= {"answers": rules.beginning(form, on=local_day(now()))}
    sheet = Carried(request, found, form, _places(token), held, now())
    drafts.drop(request)
    answer = redirect(flow.first_page(request, sheet))
    drafts.begin(answer, held, at=now())
    return answer


@page("answers.give", methods=("GET", "HEAD", "POST"), nobody=True)
def question(request: HttpRequest, token: str, number: int) -> HttpResponse:
    found, form = _opened(token)
    sheet = _sheet(request, token, found, form)
    if sheet is None:
        return _gone(request, form, token)
    return flow.question(request, sheet, number, about=_unit(found), **_idle(found, token))


@page("answers.give", methods=("GET", "HEAD", "POST"), nobody=True)
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Look once more, and send: the thanks, with help at once when an answer signals danger."""
    found, form = _opened(token)
    sheet = _sheet(request, token, found, form)
    if sheet is None:
        return _gone(request, form, token)
    shown = {"about": _unit(found), **_idle(found, token)}
    if request.method != "POST":
        return flow.review(request, sheet, **shown)
    try:
        state = questionnaires.take(
            gathering=found, answers=sheet.answers, language=get_language() or "fi", key=sheet.key, by=request.viewer,
            at=now(), attached=sheet.attached(),
        )  # fmt: skip
    except questionnaires.Incomplete:
        return flow.review(request, sheet, status=422, **shown)
    except questionnaires.NotOpen as refusal:
        return _shut(form, refusal.why, request, status=409, **_back(found))
    except questionnaires.Unfit:  # a file has gone meanwhile
        return _gone(request, form, token)
    answer = render(request, "filling/result.html", {**results.told(state), **shown, **_done(found, token, state)})
    drafts.drop(request, answer)
    return answer


@page("answers.give", methods=("GET", "HEAD", "POST"), nobody=True)
def pause(request: HttpRequest, token: str) -> HttpResponse:
    """Nobody has touched the kiosk for a while. Whoever is still there goes on; else it begins anew."""
    found, form = _opened(token)
    sheet = _sheet(request, token, found, form)
    if sheet is None:
        return redirect("answers", token=token)
    if request.method == "POST":
        drafts.keep(request, sheet.held, at=now())
        return redirect(flow.first_page(request, sheet))
    start = reverse("answers", args=[token])
    return render(request, "filling/pause.html", {"idle_seconds": ASKS_SECONDS, "idle_url": start})


@page("answers.give", nobody=True)
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """The questions to fill with a pen."""
    _, form = _opened(token)
    pdf = reverse("questionnaire-pdf", args=[form.key])
    return render(request, "filling/paper.html", {**papers.told(form), "pdf": pdf})


@page("answers.give", nobody=True)
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The QR code of the link, made here: no other service learns of it."""
    _opened(token)
    address = request.build_absolute_uri(reverse("answers", args=[token]))
    return HttpResponse(as_svg(address), content_type="image/svg+xml")


def _opened(token: str) -> tuple[Gathering, Questionnaire]:
    """What the token leads to. One that leads nowhere answers like a missing page."""
    found = gathering.by_token(token, at=now())
    if found is None:
        raise Http404
    try:
        return found, gathering.form_of(found)
    except KeyError:
        raise Http404 from None


def _sheet(request: HttpRequest, token: str, found: Gathering, form: Questionnaire) -> Carried | None:
    """The answers that this browser keeps for this collection, while they may still be opened."""
    lasts = _ON_KIOSK if found.mode == "kiosk" else drafts.LASTS
    held = drafts.find(request, at=now(), lasts=lasts)
    if held is None or held.get("collection") != str(found.collection) or found.state != "open":
        return None
    return Carried(request, found, form, _places(token), held, now())


def _places(token: str) -> Places:
    start = reverse("answers", args=[token])
    return Places(
        step=lambda number: reverse("answers-question", args=[token, number]),
        review=reverse("answers-review", args=[token]),
        leave=start,
    )


def _fresh(answer: HttpResponse, found: Gathering) -> HttpResponse:
    """Whoever was at the kiosk before has left: their answers open to nobody any more."""
    if found.mode == "kiosk":
        answer.delete_cookie(drafts.COOKIE)
    return answer


def _idle(found: Gathering, token: str) -> dict[str, Any]:
    if found.mode != "kiosk":
        return {}
    return {"idle_seconds": IDLE_SECONDS, "idle_url": reverse("answers-pause", args=[token])}


def _done(found: Gathering, token: str, state: rules.State) -> dict[str, Any]:
    """A kiosk is soon free for the next one; help stands longer. A link was for this one only."""
    if found.mode != "kiosk":
        return _back(found)
    start = reverse("answers", args=[token])
    return {"idle_seconds": HELP_SECONDS if state.dangers else DONE_SECONDS, "idle_url": start, "onward": start}


def _back(found: Gathering) -> dict[str, str]:
    """A worker who was invited came from the list of their surveys. The page itself still knows nobody."""
    return {"onward": reverse("surveys")} if found.staff else {}


def _unit(found: Gathering) -> str:
    unit = organisation.units().get(found.unit)
    return unit.name.in_language(get_language() or "fi") if unit else ""


def _shut(form: Questionnaire, why: str, request: HttpRequest, *, status: int = 200, **more: str) -> HttpResponse:
    return render(request, "filling/shut.html", {"form": form, "why": why, **more}, status=status)


def _gone(request: HttpRequest, form: Questionnaire, token: str) -> HttpResponse:
    """There is nothing of this browser's to go on with."""
    if request.method in {"GET", "HEAD"}:
        return redirect("answers", token=token)
    told = {"form": form, "why": "gone", "start_url": reverse("answers", args=[token])}
    return render(request, "filling/shut.html", told, status=409)
