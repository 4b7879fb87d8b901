"""The monthly report and the steering group's deck, made at once from the plan and the live figures."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from luotsi.base.now import now, today
from luotsi.domain.programmes import definitions as plans
from luotsi.domain.programmes.queries import MonthlyReport, monthly_report
from luotsi.gateways.documents import monthly_report_docx, steering_deck_pptx
from luotsi.rooms.page import page
from luotsi.rooms.programme.figures import live_figures

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@page("report.export")
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The monthly report as .docx."""
    made = _report(request, key)
    return _file(monthly_report_docx(made), WORD, f"{key}-{made.month:%Y-%m}.docx")


@page("report.export")
def deck(request: HttpRequest, key: str) -> HttpResponse:
    """The steering group's slides as .pptx, with charts that can be edited."""
    made = _report(request, key)
    return _file(steering_deck_pptx(made), SLIDES, f"{key}-{made.month:%Y-%m}.pptx")


def _report(request: HttpRequest, key: str) -> MonthlyReport:
    try:
        plan = plans.programme(key)
    except plans.UnknownProgrammeError:
        raise Http404 from None
    month = _month(request.GET.get("month", "")) or today()
    figures = live_figures(plan).by_key
    return monthly_report(key, month=month, made_at=now(), figures=figures, language=get_language())


def _month(text: str) -> date | None:
    """ "2026-10" as a day in it; None when it is no month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
