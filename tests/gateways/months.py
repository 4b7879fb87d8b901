"""A month of a programme with live figures, and what its documents say when they are opened again."""

from datetime import date, datetime
from functools import cache
from typing import Any

from luotsi.base.now import HELSINKI
from luotsi.base.text import Language
from luotsi.domain.programmes.queries import LiveFigure, MonthlyReport, monthly_report
from luotsi.gateways.documents import monthly_report_docx, steering_deck_pptx

WEEKS = tuple((f"2026-W{week:02d}", 0.70 + week / 100) for week in range(1, 14))
FIGURES = {
    "care_within_7_days": LiveFigure(0.814, "share", 0.964, 1532, 1882, WEEKS, 0.8, date(2026, 3, 31), "2025-1"),
    "care_within_limit": LiveFigure(0.931, "share", 0.964, 1752, 1882, WEEKS[:1], None, date(2026, 3, 31), "2025-1"),
    "oral_wait_days": LiveFigure(104.5, "days", None, series=(("2026-02", 98.0), ("2026-03", None)), target=90),
}


def report(
    key: str = "hella", language: Language = "fi", figures: dict[str, LiveFigure] | None = None
) -> MonthlyReport:
    made = datetime(2026, 4, 1, 9, 15, tzinfo=HELSINKI)
    live = FIGURES if figures is None else figures
    return monthly_report(key, month=date(2026, 3, 31), made_at=made, figures=live, language=language)


@cache
def word_file(key: str = "hella", language: Language = "fi") -> bytes:
    return monthly_report_docx(report(key, language))


@cache
def deck_file(key: str = "hella", language: Language = "fi") -> bytes:
    return steering_deck_pptx(report(key, language))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2003", "")


def words_of(doc: Any) -> str:
    cells = (cell.text for table in doc.tables for row in table.rows for cell in row.cells)
    return plain("\n".join([*(paragraph.text for paragraph in doc.paragraphs), *cells]))


def shapes(deck: Any, kind: str) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes if getattr(shape, f"has_{kind}", False)]


def said_on(deck: Any) -> str:
    texts = [shape.text_frame.text for shape in shapes(deck, "text_frame")]
    texts += [cell.text for shape in shapes(deck, "table") for row in shape.table.rows for cell in row.cells]
    return plain("\n".join(texts))


def table_headed(doc: Any, head: str) -> list[list[str]]:
    table = next(table for table in doc.tables if table.rows[0].cells[0].text == head)
    return [[plain(cell.text) for cell in row.cells] for row in table.rows]
