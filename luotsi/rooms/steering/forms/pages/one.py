"""One form: what it asks, what its answers mean, its versions, how it is used; copying, renewing and retiring it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.organisation.rules import may
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.actions import designing
from luotsi.domain.questionnaires.actions.designing import CannotBeDone
from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.domain.questionnaires.queries import designing as queries
from luotsi.gateways.fhir import questionnaires as fhir
from luotsi.rooms.filling import paper as papers
from luotsi.rooms.filling.pdf import as_pdf
from luotsi.rooms.page import page
from luotsi.rooms.steering.forms import faultwords, words
from luotsi.rooms.steering.forms.meanings import coded, whens
from luotsi.rooms.steering.forms.pages.listing import drafted, key_of


@page("form.read")
def form(request: HttpRequest, key: str) -> HttpResponse:
    """The form as it is in force, else the newest version; `?version=` another."""
    return shown(request, key)


def shown(request: HttpRequest, key: str, *, refused: str = "", status: int = 200) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    versions = queries.versions(viewer, key)
    whole = _of_version(request, key)
    row = next((one for one in versions if one.version == whole.version), None)
    state = row.state if row else "published"
    told = {
        "form": whole, "row": row, "is_shelf": not versions, "state": words.states()[state], "tone": words.TONES[state],
        "versions": [(one, words.states()[one.state], words.TONES[one.state]) for one in versions],
        "questions": list(_questions(whole)), "facts": _facts(viewer, whole), "examples": _examples(whole),
        "scores": [_score(whole, one) for one in whole.scores],
        "outcomes": [_outcome(whole, one) for one in whole.outcomes],
        "draft": next((one for one in versions if one.published_at is None), None),
        "in_force": next((one for one in versions if one.state == "published"), None),
        "may_edit": may(viewer, "form.edit"), "may_publish": may(viewer, "form.publish"),
        "key": uuid4(), "refused": refused,
    }  # fmt: skip
    return render(request, "steering/forms/form.html", told, status=status)


@page("form.edit", methods=["POST"])
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """A draft of one's own that begins as this form."""
    whole = queries.content(request.viewer, key)
    tails = {"fi": "(kopio)", "sv": "(kopia)", "en": "(copy)"}
    said = {one: f"{text} {tails[one]}" if (text := getattr(whole.name, one)) else "" for one in LANGUAGES}
    try:
        return drafted(request, whole, Text(**said))
    except CannotBeDone as refused:
        return shown(request, key, refused=words.impossible(refused.why), status=409)


@page("form.edit", methods=["POST"])
def version(request: HttpRequest, key: str) -> HttpResponse:
    """A draft of the next version."""
    try:
        row = designing.draft_next(key=key, id=key_of(request), by=request.viewer, at=now())
    except CannotBeDone as refused:
        return shown(request, key, refused=words.impossible(refused.why), status=409)
    return redirect("draft", row.id)


@page("form.publish", methods=["POST"])
def retirement(request: HttpRequest, key: str) -> HttpResponse:
    """Nobody begins in it any more."""
    queries.versions(request.viewer, key)
    try:
        designing.retire(key=key, why=request.POST.get("why", "")[:1_000], by=request.viewer, at=now())
    except CannotBeDone as refused:
        return shown(request, key, refused=words.impossible(refused.why), status=409)
    messages.success(request, _("The form is out of use. What was begun can be finished."))
    return redirect("form", key)


@page("form.read")
def file(request: HttpRequest, key: str) -> HttpResponse:
    """The form as an HL7 FHIR R4 Questionnaire."""
    whole = _of_version(request, key)
    answer = HttpResponse(fhir.as_json(fhir.write(whole)), content_type="application/fhir+json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}-{whole.version}.json"'
    return answer


@page("form.read")
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """The questions to be printed and filled with a pen, or looked through by colleagues."""
    whole = _of_version(request, key)
    pdf = f"{reverse('form-pdf', args=[key])}?version={whole.version}"
    told = {**papers.told(whole), "pdf": pdf, "layout": "layouts/staff.html"}
    return render(request, "filling/paper.html", told)


@page("form.read")
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a PDF."""
    return as_pdf(_of_version(request, key))


def _of_version(request: HttpRequest, key: str) -> Questionnaire:
    """The form in the version that the address names, else as it is in force, else the newest. Raises NotAllowed."""
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None
    return queries.content(request.viewer, key, number)  # type: ignore[attr-defined]


def _facts(viewer: Any, whole: Questionnaire) -> list[tuple[str, str]]:
    used = queries.usage(viewer, whole.key, whole.version)
    kinds = [words.said(kind.name) for kind in case_kinds().values() if whole.key in _forms_of(kind)]
    facts = [
        (_("What it is"), words.purposes()[whole.purpose]),
        (_("Who answers"), words.audiences()[whole.audience]),
        (_("Answers carry a name"), _("no, nobody's") if whole.is_anonymous else _("yes")),
        (_("Register of the answers"), words.registers()[whole.register]),
        (_("Takes"), _("%(minutes)d minutes") % {"minutes": whole.minutes} if whole.minutes else ""),
        (_("Whose it is, and on what terms"), whole.source),
        (_("Used in"), ", ".join(kinds)),
        (_("Links and rounds that gather now"), str(used.collections)),
        (_("Invitations that wait"), str(used.invitations)),
        (_("Answers under way"), words.how_many(used.under_way)),
        (_("Answers given"), words.how_many(used.completed)),
    ]
    if used.of_older_versions != 0:
        facts.append((_("Of them in earlier versions"), words.how_many(used.of_older_versions)))
    return [(name, said) for name, said in facts if said]


def _forms_of(kind: Any) -> set[str]:
    found = getattr(kind, "forms", ())
    return {*found.values()} if isinstance(found, dict) else {str(getattr(one, "key", one)) for one in found or ()}


def _questions(whole: Questionnaire) -> Any:
    depths = {item.key: depth for item, depth in _depths(whole.items, 0)}
    for number, item in enumerate(whole.every_item, 1):
        yield {
            "number": number, "item": item, "type": words.types()[item.type], "depth": min(depths[item.key], 2),
            "when": [words.condition(whole, one) for one in item.show_when], "is_any": item.show_if == "any",
            "options": [(words.said(one.label), one.points, one.danger) for one in item.options],
        }  # fmt: skip


def _depths(items: tuple[Item, ...], depth: int) -> Any:
    for item in items:
        yield item, depth
        yield from _depths(item.items, depth + 1)


def _score(whole: Questionnaire, score: Any) -> dict[str, Any]:
    counted = [words.name_of(whole, key) for key in score.items] or [_("every question that gives points")]
    bands = [(words.said(band.name), band.least, band.most) for band in score.bands]
    return {"score": score, "way": words.ways()[score.way], "counted": counted, "bands": bands}


def _outcome(whole: Questionnaire, outcome: Any) -> dict[str, Any]:
    names = [dict(whens(whole, when))[coded(when)] for when in outcome.when]
    return {"outcome": outcome, "when": names, "is_any": outcome.any_of and len(names) > 1}


def _examples(whole: Questionnaire) -> list[dict[str, Any]]:
    if rules.faults(whole):
        return []
    return [
        {
            "says": words.of_example(one),
            "wrong": faultwords.faults(whole, rules.example_faults(whole, one)),
        }
        for one in whole.examples
    ]
