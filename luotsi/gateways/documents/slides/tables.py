"""Native tables and charts on a slide: the receiver can select, copy and edit their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from luotsi.gateways.documents.slides import paper

_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No style, no grid"
CELL_MARGIN = 0.015  # inches above and below a cell's text
_MARGIN = 0.06  # left and right of it
_LABELS = 12  # at most so many labels under a chart


@dataclass(frozen=True)
class Grid:
    """A table's content: heads and rows of texts; `marked` cells (row, column) are wrong; `strong` rows are sums."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]  # inches
    figures_from: int  # columns from here on are figures, right-aligned
    marked: frozenset[tuple[int, int]] = frozenset()
    strong: frozenset[int] = frozenset()


def table(slide: Any, grid: Grid, *, top: float, row_height: float, size: float, locale: str, says: str) -> Any:
    """The grid as a native table; answers its shape."""
    rows, columns = len(grid.rows) + 1, len(grid.heads)
    width = sum(grid.widths)
    frame = slide.shapes.add_table(
        rows, columns, Inches(paper.LEFT), Inches(top), Inches(width), Inches(row_height * rows)
    )
    made = frame.table
    frame._element.xpath(".//a:tableStyleId")[0].text = _PLAIN_TABLE
    made.horz_banding = False
    for place, wide in enumerate(grid.widths):
        made.columns[place].width = Inches(wide)
    for row, texts in enumerate((grid.heads, *grid.rows)):
        made.rows[row].height = Inches(row_height)
        for place, text in enumerate(texts):
            cell = made.cell(row, place)
            _write(cell, text, size, locale, bold=row == 0 or row - 1 in grid.strong, right=place >= grid.figures_from)
            _underline(cell, "line-strong" if row == 0 else "line")
            if (row - 1, place) in grid.marked:
                _mark(cell)
    paper.describe(frame, says)
    return frame


@dataclass(frozen=True)
class Series:
    """What a chart draws: labels, values in percent, days or numbers, and the goal if there is one."""

    name: str
    labels: Sequence[str]
    values: Sequence[float | None]
    goal_name: str = ""
    goal: float | None = None
    is_percent: bool = False


def line_chart(slide: Any, series: Series, *, left: float, top: float, width: float, height: float, says: str) -> Any:
    """A native line chart with the goal as a dashed second series."""
    data = CategoryChartData(number_format='0" %"' if series.is_percent else "0")
    data.categories = series.labels
    data.add_series(series.name, series.values)
    if series.goal is not None:
        data.add_series(series.goal_name, [series.goal] * len(series.labels))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, Inches(left), Inches(top), Inches(width), Inches(height), data)
    chart = frame.chart
    _lines(chart)
    _axes(chart, series)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.font.size, chart.font.name = Pt(12), paper.FONT
    chart.font.color.rgb = paper.paint("text")
    chart.has_title = False
    paper.describe(frame, says)
    return frame


def _lines(chart: Any) -> None:
    for place, line in enumerate(chart.plots[0].series):
        line.smooth = False
        line.format.line.width = Pt(2.5 if place == 0 else 1.5)
        line.format.line.color.rgb = paper.paint("chart-1" if place == 0 else "chart-text")
        if place:
            line.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH


def _axes(chart: Any, series: Series) -> None:
    values, labels = chart.value_axis, chart.category_axis
    values.minimum_scale = 0
    if series.is_percent:
        values.maximum_scale, values.major_unit = 100, 20
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = (
        '0" %"' if series.is_percent else "0",
        False,
    )
    values.major_gridlines.format.line.color.rgb = paper.paint("chart-grid")
    values.format.line.fill.background()
    labels.format.line.color.rgb = paper.paint("chart-axis")
    labels.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    every = max(1, -(-len(series.labels) // _LABELS))
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = labels._element.makeelement(qn(name), {"val": str(every)})
        labels._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _write(cell: Any, text: str, size: float, locale: str, *, bold: bool, right: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(_MARGIN)
    cell.margin_top = cell.margin_bottom = Inches(CELL_MARGIN)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = cell.text_frame
    for place, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        if not line:  # an empty cell would take the height of the default 18 points
            paragraph._p.append(paragraph._p.makeelement(qn("a:endParaRPr"), {"sz": str(int(size * 100))}))
            continue
        run = paragraph.add_run()
        run.text = line
        paper.style(run, size, "text", locale)
        run.font.bold = bold


def _underline(cell: Any, colour: str) -> None:
    settings = cell._tc.get_or_add_tcPr()
    line = settings.makeelement(qn("a:lnB"), {"w": "9525"})
    solid = line.makeelement(qn("a:solidFill"), {})
    solid.append(solid.makeelement(qn("a:srgbClr"), {"val": str(paper.paint(colour))}))
    line.append(solid)
    settings.insert(0, line)


def _mark(cell: Any) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = paper.paint("danger-soft")
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.bold = True
        run.font.color.rgb = paper.paint("danger")
