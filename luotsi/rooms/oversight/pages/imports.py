"""Many roles at once: a spreadsheet is read, shown with what is wrong in it, and what is right is proposed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import definitions
from luotsi.domain.organisation.rules import NotPossible, fits
from luotsi.gateways.spreadsheets.problems import SpreadsheetError
from luotsi.gateways.spreadsheets.reading import read_rows
from luotsi.gateways.spreadsheets.writing import write_rows
from luotsi.rooms.oversight import sheet as wishes
from luotsi.rooms.oversight import sheetwords
from luotsi.rooms.oversight.frame import show
from luotsi.rooms.page import page

_KEPT = "assignment_import"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("A file that ends in .xlsx, .ods or .csv, at most 5 MB."),
        widget=forms.FileInput({"accept": ".xlsx,.ods,.csv"}),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "invalid": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Choose the file again."),
            "max_length": gettext_lazy("The file's name is too long. Give it a shorter one."),
        },
    )


@page("assignment.propose", methods=("GET", "HEAD", "POST"), confirm=True)
def sheet(request: HttpRequest) -> HttpResponse:
    """Take the file; answer with every row and what is wrong in it. Nothing is proposed yet."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        try:
            rows = read_rows(request.FILES["file"], columns=wishes.COLUMNS)
            if len(rows) > wishes.MOST_ROWS:
                raise SpreadsheetError("many_rows", "")
        except SpreadsheetError as error:
            form.add_error("file", sheetwords.said(error))
        else:
            return _preview(request, wishes.judge(rows, viewer=request.viewer, on=today()))  # type: ignore[attr-defined]
    context = {"form": form, "headings": _headings().values(), "most": wishes.MOST_ROWS}
    return show(request, "import.html", context, status=422 if form.errors else 200)


@page("assignment.propose", methods=("GET", "HEAD", "POST"), confirm=True)
def proposals(request: HttpRequest) -> HttpResponse:
    """Propose every row that the preview found right. A plain visit leads to the beginning."""
    kept = request.session.pop(_KEPT, []) if request.method == "POST" else []
    if not kept:
        return redirect("assignment-import")
    done, refused = 0, 0
    for staff, wish in wishes.unpacked(kept):
        try:
            organisation.propose_assignment(staff=staff, **vars(wish), by=request.viewer, at=now())  # type: ignore[attr-defined]
            done += 1
        except NotPossible:  # it was right at the preview; somebody was quicker
            refused += 1
    _say(request, done, refused)
    return redirect(f"{reverse('assignments')}?view=waiting")


@page("assignment.propose")
def example(request: HttpRequest) -> HttpResponse:
    """A sheet with the headings, and one row that shows how to write. Read as it is, it proposes nothing."""
    unit = next(key for key in definitions.units() if fits("nurse", key))
    row = {
        "mail": wishes.EXAMPLE_MAIL,
        "role": definitions.staff_roles()["nurse"].name.in_language(get_language()),
        "unit": definitions.unit_names()[unit].in_language(get_language()),
        "valid_from": today(),
        "valid_to": today(),
        "reason": _("Stands in for a colleague"),
    }
    answer = HttpResponse(write_rows([row], columns=_headings()), content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="example.xlsx"'
    return answer


def _preview(request: HttpRequest, judged: list[wishes.Judged]) -> HttpResponse:
    request.session[_KEPT] = wishes.packed(judged)
    right = len(request.session[_KEPT])
    wrong = sum(1 for one in judged if one.wrong)
    context: dict[str, Any] = {"rows": judged, "right": right, "wrong": wrong}
    return show(request, "import_preview.html", context)


def _headings() -> dict[str, str]:
    """The headings in the page's language; the others are understood too."""
    place = {"fi": 0, "sv": 1, "en": 2}[get_language()]
    return {column.key: column.headings[place] for column in wishes.COLUMNS}


def _say(request: HttpRequest, done: int, refused: int) -> None:
    told = ngettext(
        "%(count)d role is proposed and waits for a second person.",
        "%(count)d roles are proposed and wait for a second person.",
        done,
    )
    messages.success(request, told % {"count": done})
    if refused:
        told = ngettext(
            "%(count)d row could no longer be proposed: it was changed by somebody in between.",
            "%(count)d rows could no longer be proposed: they were changed by somebody in between.",
            refused,
        )
        messages.warning(request, told % {"count": refused})
