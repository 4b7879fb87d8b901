"""Which forms there are, and making a new one."""

from typing import Any
from uuid import UUID, uuid4

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from luotsi.base.now import now
from luotsi.base.text import Text, sort_key
from luotsi.domain.organisation.rules import may
from luotsi.domain.questionnaires.actions import designing
from luotsi.domain.questionnaires.actions.designing import CannotBeDone
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.queries import designing as queries
from luotsi.domain.questionnaires.queries.designing import Listed
from luotsi.domain.questionnaires.rules import editing
from luotsi.gateways.fhir import questionnaires as fhir
from luotsi.rooms.page import page
from luotsi.rooms.steering.forms import words
from luotsi.rooms.steering.forms.texts import TextsForm

PAGE_SIZE = 50
RESERVED = {"new", "drafts"}
MOST_BYTES = 5_000_000
MOST_TOLD = 200  # lines of a file that says more than we can keep
SORTS = ("name", "state", "purpose", "changed", "uses")


class ChoicesForm(django_forms.Form):
    """Which of the forms to show."""

    words = django_forms.CharField(label=gettext_lazy("Search by name or question"), required=False, max_length=100)
    state = django_forms.ChoiceField(label=gettext_lazy("State"), required=False)
    purpose = django_forms.ChoiceField(label=gettext_lazy("What it is"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = words.states()
        self.fields["state"].choices = [
            ("", _("Every state")),
            *((one, states[one]) for one in ("published", "proposed", "draft", "retired")),
        ]
        self.fields["purpose"].choices = [("", _("Every kind")), *words.purposes().items()]


class NewForm(TextsForm):
    """A draft's name, and the file it comes from, if it does."""

    def __init__(self, data: Any = None, files: Any = None, *, name: Text | None = None) -> None:
        super().__init__(data, files=files)
        self.ask_text("name", pgettext("form", "Name"), name, needed=True, short=True)
        self.fields["file"] = django_forms.FileField(
            label=_("A file in FHIR R4 (JSON)"), required=False,
            help_text=_(
                "Leave it empty to begin from nothing. What the file says and we do not support is told by question."
            ),
        )  # fmt: skip


@page("form.read")
def listing(request: HttpRequest) -> HttpResponse:
    """All forms, narrowed and in the order asked for."""
    choices = ChoicesForm(request.GET)
    choices.is_valid()  # what cannot be used is left out; a list is never an error
    wanted = {name: choices.cleaned_data.get(name, "") for name in choices.fields}
    sort = request.GET.get("sort", "name")
    sort = sort if sort.removeprefix("-") in SORTS else "name"
    rows = _sorted([row for row in queries.listed(request.viewer) if _fits(row, wanted)], sort)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    told = {
        "choices": choices, "page": shown, "rows": [_line(row) for row in shown], "sort": sort, "count": len(rows),
        "may_edit": may(request.viewer, "form.edit"),
    }  # fmt: skip
    return render(request, "steering/forms/listing.html", told)


@page("form.edit", methods=("GET", "HEAD", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """A draft from nothing or from a file."""
    form = NewForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form)
    try:
        return _begun(request, form)
    except (fhir.NotReadable, CannotBeDone) as refused:
        said = words.impossible(refused.why) if isinstance(refused, CannotBeDone) else _file_refused(refused)
        form.add_error("file" if isinstance(refused, fhir.NotReadable) else None, said)
        return _ask(request, form)


def _ask(request: HttpRequest, form: NewForm) -> HttpResponse:
    told = {"fields": form, "key": request.POST.get("key") or uuid4()}
    return render(request, "steering/forms/new.html", told, status=422 if form.is_bound else 200)


def _begun(request: HttpRequest, form: NewForm) -> HttpResponse:
    """Raises NotReadable, CannotBeDone."""
    name, upload = form.text("name"), form.cleaned_data["file"]
    if upload is not None:
        return _imported(request, name, upload)
    if name == editing.EMPTY:
        form.add_error("name-fi", _("Write a name for the form."))
        return _ask(request, form)
    return drafted(request, editing.blank("", name), name)


def _imported(request: HttpRequest, name: Text, upload: Any) -> HttpResponse:
    if upload.size > MOST_BYTES:
        raise fhir.NotReadable("the file is over 5 MB")
    read = fhir.read(upload.read())
    told = request.session.get("form_imports", {})
    answer = drafted(request, read.form, name if name != editing.EMPTY else read.form.name, origin="import")
    draft = answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    lines = [
        {"item": one.item, "what": one.what, "says": one.says, "matters": one.matters} for one in read.unsupported[:200]
    ]
    request.session["form_imports"] = {**dict(list(told.items())[-4:]), draft: lines}
    return answer


def drafted(request: HttpRequest, form: Questionnaire, name: Text, *, origin: str = "designer") -> HttpResponse:
    """A draft of a form of that name, and on to it. Raises CannotBeDone."""
    viewer, id = request.viewer, key_of(request)  # type: ignore[attr-defined]
    key = editing.free_key(name.fi or name.en or name.sv, queries.keys() | RESERVED)
    whole = editing.copied(form, key=key, name=name)
    row = designing.draft(form=whole, id=id, origin=origin, by=viewer, at=now())
    return redirect("draft", row.id)


def key_of(request: HttpRequest) -> UUID:
    """The number that makes a form sent twice count once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _file_refused(refused: Exception) -> str:
    return _("This file cannot be used: %(why)s.") % {"why": str(refused).rstrip(".")}


def _fits(row: Listed, wanted: dict[str, str]) -> bool:
    texts = [row.form.name, *(item.label for item in row.form.every_item)]
    sought = wanted["words"].casefold()
    found = (
        not sought or any(sought in f"{one.fi}\n{one.sv}\n{one.en}".casefold() for one in texts) or sought == row.key
    )
    states = {row.state} | ({"draft"} if row.draft else set())
    return found and wanted["state"] in {"", *states} and wanted["purpose"] in {"", row.form.purpose}


def _sorted(rows: list[Listed], sort: str) -> list[Listed]:
    by_name = sorted(rows, key=lambda row: sort_key(words.said(row.form.name)))
    keys: dict[str, Any] = {
        "name": lambda row: 0, "state": lambda row: list(words.TONES).index(row.state), "uses": lambda row: -row.uses,
        "purpose": lambda row: list(words.purposes()).index(row.form.purpose),
        "changed": lambda row: -(row.changed_at.timestamp() if row.changed_at else 0),
    }  # fmt: skip
    found = sorted(by_name, key=keys[sort.removeprefix("-")])
    return found[::-1] if sort.startswith("-") else found


def _line(row: Listed) -> dict[str, Any]:
    return {
        "row": row, "state": words.states()[row.state], "tone": words.TONES[row.state],
        "purpose": words.purposes()[row.form.purpose], "origin": words.origins()[row.origin],
        "questions": sum(item.is_answered_by_people for item in row.form.every_item),
    }  # fmt: skip
