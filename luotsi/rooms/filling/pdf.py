"""The same paper as a PDF."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import get_language, pgettext

from luotsi.base.now import now
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.gateways.documents.sheet import Block
from luotsi.gateways.documents.sheet import as_pdf as drawn
from luotsi.rooms.filling import paper
from luotsi.rooms.filling.reviewing import Reviewed
from luotsi.ui.words import moment


def as_pdf(form: Questionnaire, *, rows: Sequence[Reviewed] = (), sent_at: datetime | None = None) -> HttpResponse:
    """The questions to fill with a pen, or the answers that were given. The file's name names the form, nobody else."""
    language = get_language() or "fi"
    blocks = _answered(form, rows, sent_at, language) if sent_at else _empty(form, language)
    content = drawn(blocks, language=language, title=form.name.in_language(language), made_at=now())
    name = f"{form.key}-{language}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _empty(form: Questionnaire, language: str) -> Iterator[Block]:
    yield Block("title", form.name.in_language(language))
    yield Block("text", form.intro.in_language(language))
    for danger in form.dangers.values():
        yield Block("label", danger.title.in_language(language))
        yield Block("text", f"{danger.text.in_language(language)} {danger.phone.in_language(language)}")
    if not form.is_anonymous:
        yield Block("label", f"{pgettext('filling', 'Name')}, {pgettext('filling', 'Date of birth')}")
        yield Block("line")
    for number, question in enumerate(paper.questions(form), 1):
        yield from _question(number, question)
    yield Block("small", pgettext("filling", "An answer marked with * is needed."))


def _question(number: int, question: paper.PaperQuestion) -> Iterator[Block]:
    if question.is_heading or question.is_text:
        yield Block("heading" if question.is_heading else "text", question.label)
        return
    yield Block("label", f"{number}. {question.label}{' *' if question.is_required else ''}")
    if question.hint:
        yield Block("small", question.hint)
    if question.when:
        yield Block("small", question.when)
    for option in question.options:
        yield Block("box", option)
    for _ in question.lines:
        yield Block("line")


def _answered(form: Questionnaire, rows: Sequence[Reviewed], sent_at: datetime, language: str) -> Iterator[Block]:
    yield Block("title", form.name.in_language(language))
    yield Block("small", str(moment(sent_at)))
    for row in rows:
        if row.heading and row.heading != row.label:
            yield Block("heading", row.heading)
        yield Block("label", row.label)
        yield Block("text", row.said or "–")
