"""The monthly report in Word: the template filled with a month, then finished (alt texts, language, widths)."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from django.utils import translation
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from luotsi.domain.organisation.definitions import unit_names
from luotsi.domain.programmes.definitions import Model, Part, Point, Risk, Status
from luotsi.domain.programmes.queries import Followed, MonthlyReport
from luotsi.domain.programmes.rules import Comparison
from luotsi.gateways.documents import printed
from luotsi.gateways.documents.headings import LOCALES, Say
from luotsi.gateways.documents.picture import series_png
from luotsi.gateways.documents.word.template import FILE
from luotsi.ui import colours
from luotsi.ui.words import NOTHING, clock_time

_GROUNDS = {"disagrees": colours.palette("light")["danger-soft"].lstrip("#").upper()}
_WIDE_PAGE, _WIDEST_FIGURES = 267, 34  # millimetres on a landscape page between its margins
Context = dict[str, Any]


def monthly_report_docx(report: MonthlyReport) -> bytes:
    """The report as a .docx, with the status of each part, live figures with charts, money, risks and sources."""
    with translation.override(report.language):
        say = Say(report.language)
        template = DocxTemplate(FILE)
        charted = [(line, png) for line in report.followed if (png := series_png(line))]
        context = _context(report, say)
        context["charts"] = [_chart(template, line, png, say) for line, png in charted]
        template.render(context, autoescape=True)
        filled = BytesIO()
        template.save(filled)
        return _finished(filled, report, [printed.series_words(line, say) for line, _ in charted])


def _context(report: MonthlyReport, say: Say) -> Context:
    plan, language = report.programme, report.language
    return {
        "t": say,
        "programme": plan.name.in_language(language),
        "short": plan.short.in_language(language),
        "label": plan.funder_label.in_language(language) if plan.funder_label else "",
        "month": printed.month(report),
        "facts": list(_facts(report, say)),
        "summary": list(printed.summary(report, say)),
        "parts": [_part(report, part, say) for part in report.parts],
        "indicators": [_indicator(line, say) for line in report.followed],
        **_targets(report, say),
        "money": _money(report.money, say) if report.money else None,
        "risks": [_risk(risk, language) for risk in plan.risks],
        "communication": list(_communication(report, say)),
        "sources": list(_sources(report, say)),
    }


def _facts(report: MonthlyReport, say: Say) -> Iterator[Context]:
    plan, language = report.programme, report.language
    yield {"name": say("funder"), "value": plan.funder.in_language(language)}
    if plan.funder_label:
        yield {"name": "", "value": plan.funder_label.in_language(language)}
    yield {"name": say("county"), "value": plan.county_name.in_language(language)}
    yield {"name": say("period"), "value": f"{plan.period.first}–{plan.period.last}"}
    if plan.vision:
        yield {"name": say("vision"), "value": plan.vision}
    if plan.core_message:
        yield {"name": say("core_message"), "value": plan.core_message}


def _part(report: MonthlyReport, part: Part, say: Say) -> Context:
    status = part.status
    return {
        "name": part.name.in_language(say.language),
        "about": " · ".join(printed.about(report, part, say)),
        "contents": [{"level": 1, "text": line} for line in part.contents],
        "blocks": [{"heading": head, "lines": _points(lines)} for head, lines in printed.blocks(part, say)],
        "figures": _figures(status, say) if status else [],
        "models": [_model(model, say) for model in part.models],
        "notes": [*status.quotes, *status.notes] if status else [],
    }


def _points(lines: Iterable[Point]) -> list[Context]:
    return [{"level": min(level, 3), "text": text} for line in lines for level, text in line.walk()]


def _figures(status: Status, say: Say) -> list[Context]:
    if status.figures is None:
        return []
    values = [{"name": one.name, "value": printed.measured(one.value, one.unit, say)} for one in status.figures.values]
    return [{"title": status.figures.title, "lines": values}]


def _model(model: Model, say: Say) -> Context:
    names = unit_names()
    units = [
        {
            "name": names[state.unit].in_language(say.language) if state.unit in names else state.unit,
            "state": say(state.state) + (f" ({state.since} {say('since')})" if state.since else ""),
            "note": state.note,
        }
        for state in model.units
    ]
    return {"name": model.name.in_language(say.language), "units": units}


def _indicator(line: Followed, say: Say) -> Context:
    figure = line.figure
    name = line.target.name.in_language(say.language)
    if figure is None:
        nothing = dict.fromkeys(("coverage", "cases", "as_of"), NOTHING)
        return {
            "name": f"{name} ({say('no_figure').lower()})",
            "value": NOTHING,
            "target": printed.aim_of(line, say),
            **nothing,
        }
    return {
        "name": name,
        "value": printed.measured(figure.value, figure.unit, say),
        "target": "\n".join(filter(None, (printed.aim_of(line, say), printed.verdict_words(line, say)))),
        "coverage": printed.measured(figure.coverage, "share", say),
        "cases": printed.cases(figure),
        "as_of": printed.day(figure.as_of),
    }


def _chart(template: DocxTemplate, line: Followed, png: bytes, say: Say) -> Context:
    picture = InlineImage(template, BytesIO(png), width=Mm(165))
    return {
        "name": line.target.name.in_language(say.language),
        "picture": picture,
        "says": printed.series_words(line, say),
    }


def _targets(report: MonthlyReport, say: Say) -> Context:
    """The target table, empty for a programme whose lines have no goals by date."""
    lines = report.programme.targets
    if not any(target.dated for target in lines):
        return {"years": [], "targets": []}
    years, rows = printed.target_rows(report, lines, say)
    told = [{"name": name, "direction": direction, "aims": aims} for name, direction, *aims in rows]
    return {"years": [*years, say("by_quarter")], "targets": told}


def _money(compared: Comparison, say: Say) -> Context:
    budget = compared.budget
    title = [budget.title.in_language(say.language), budget.note.in_language(say.language) if budget.note else ""]
    rows = [
        {
            "name": "\u2003" * row.level + row.name.in_language(say.language),
            "cells": [
                {
                    "figure": printed.money_cell(row.cells[column.key], column.unit),
                    "ground": _GROUNDS.get(row.cells[column.key].verdict, "FFFFFF"),
                }
                for column in budget.columns
            ],
        }
        for row in compared.rows
    ]
    return {
        "title": " · ".join(filter(None, title)),
        "columns": [printed.money_head(column, say) for column in budget.columns],
        "rows": rows,
        "rounded": compared.rounded,
        "disagreements": [printed.disagreement_words(found, compared, say) for found in compared.disagreements],
    }


def _risk(risk: Risk, language: str) -> Context:
    states = [{"day": printed.day(state.day), "lines": _points(printed.marked(state))} for state in risk.states]
    measures = _points(Point(text=words) for words in risk.measures)
    return {"name": risk.name.in_language(language), "measures": measures, "states": states}


def _communication(report: MonthlyReport, say: Say) -> Iterator[Context]:
    for heading, lines in printed.communication(report, say):
        yield {"heading": heading, "lines": _points(Point(text=line) for line in lines)}


def _sources(report: MonthlyReport, say: Say) -> Iterator[Context]:
    for name, value in printed.sources(report, say):
        yield {"name": name, "value": value}
    yield {"name": say("made", "").strip(), "value": f"{printed.day(report.made_at)} {clock_time(report.made_at)}"}


def _finished(filled: BytesIO, report: MonthlyReport, alts: list[str]) -> bytes:
    """What a template cannot say: alternative texts, language and title, the widths of looped columns."""
    doc: Any = Document(filled)
    say = Say(report.language)
    budget = report.programme.budget
    summed = printed.sums(budget) if budget else {}
    sums = {summed[key].in_language(report.language) for key in summed}
    for shape, alt in zip(doc.inline_shapes, alts, strict=True):
        shape._inline.docPr.set("descr", alt)
    for said in doc.styles.element.iter(qn("w:lang")):
        if said.getparent().getparent().tag == qn("w:rPrDefault"):
            said.set(qn("w:val"), LOCALES[report.language])
    for table in doc.tables:
        first = table.rows[0].cells[0].text
        if first in (say("cost"), say("aim")):
            _spread(table, *((80, 24) if first == say("aim") else (65,)))
            _strengthen(table, sums)
    doc.core_properties.title = report.programme.name.in_language(report.language)
    doc.core_properties.language, doc.core_properties.author = LOCALES[report.language], "Luotsi"
    made = BytesIO()
    doc.save(made)
    return made.getvalue()


def _spread(table: Any, *leading: int) -> None:
    """The leading columns as told (millimetres), the figures sharing the rest of the page evenly."""
    others = len(table.columns) - len(leading)
    width = min(_WIDEST_FIGURES, (_WIDE_PAGE - sum(leading)) / others)
    table.autofit = False
    for place, column in enumerate(table.columns):
        column.width = Mm(leading[place] if place < len(leading) else width)
        for cell in column.cells:
            cell.width = column.width


def _strengthen(table: Any, names: set[str]) -> None:
    for row in table.rows:
        if row.cells[0].text in names:
            for cell in row.cells:
                for run in cell.paragraphs[0].runs:
                    run.bold = True
