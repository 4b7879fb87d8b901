"""The slides that are tables: money with its wrong figures marked, and targets by year."""

from luotsi.domain.programmes.queries import MonthlyReport
from luotsi.domain.programmes.rules import Comparison
from luotsi.gateways.documents import printed
from luotsi.gateways.documents.headings import Say
from luotsi.gateways.documents.slides import paper
from luotsi.gateways.documents.slides.fitting import LINE_HEIGHT, POINTS_PER_INCH, lines_of
from luotsi.gateways.documents.slides.tables import CELL_MARGIN, Grid, table

NAME, WIDEST_NAME, WIDEST_FIGURE = 3.3, 7.5, 1.6  # inches of the columns
ROW, SIZE = 0.222, 10.0  # inches of a row, points of its text
NOTE, GAP = 11.0, 0.12  # points of the lines under the table, inches between
TARGETS = 12.0


def money(deck: paper.Deck, report: MonthlyReport, say: Say) -> None:
    """The whole money table on one slide, each figure as printed; what disagrees is marked and said under it."""
    if report.money is None:
        return
    budget = report.money.budget
    note = [budget.title.in_language(say.language), budget.note.in_language(say.language) if budget.note else ""]
    slide = paper.page(deck, say("money"), " · ".join(filter(None, note)))
    grid = _grid(report.money, say)
    lines = [f"* {printed.disagreement_words(found, report.money, say)}" for found in report.money.disagreements]
    lines += [say("rounding")] if report.money.rounded else []
    under = sum(lines_of(line, NOTE, paper.FULL * POINTS_PER_INCH) for line in lines) * NOTE * LINE_HEIGHT
    room = paper.BOTTOM - paper.TOP - under / POINTS_PER_INCH - GAP
    row = min(ROW, room / (len(grid.rows) + 2))  # the head is two lines
    size = min(SIZE, (row - 2 * CELL_MARGIN) * POINTS_PER_INCH / LINE_HEIGHT)
    says = f"{say('money')}: {note[0]}"
    table(slide, grid, top=paper.TOP, row_height=row, size=size, locale=deck.locale, says=says)
    top = paper.TOP + row * (len(grid.rows) + 2) + GAP
    paper.paragraph_under(slide, lines, top=top, size=NOTE, colour="text", locale=deck.locale)


def _grid(compared: Comparison, say: Say) -> Grid:
    columns = compared.budget.columns
    width = min(WIDEST_FIGURE, (paper.FULL - NAME) / len(columns))
    rows = [
        [
            "\u2003" * row.level + row.name.in_language(say.language),
            *(printed.money_cell(row.cells[column.key], column.unit) for column in columns),
        ]
        for row in compared.rows
    ]
    wrong = {
        (place, 1 + columns.index(found.column))
        for found in compared.disagreements
        for place, row in enumerate(compared.rows)
        if row == found.row and not found.place
    }
    sums = printed.sums(compared.budget)
    strong = frozenset(place for place, row in enumerate(compared.rows) if row.key in sums)
    heads = [say("cost"), *(printed.money_head(column, say) for column in columns)]
    return Grid(
        heads,
        rows,
        [min(WIDEST_NAME, paper.FULL - width * len(columns)), *[width] * len(columns)],
        1,
        frozenset(wrong),
        strong,
    )


def targets(deck: paper.Deck, report: MonthlyReport, say: Say) -> None:
    """The target lines that have goals in numbers, year by year, as many slides as they need."""
    lines = [target for target in report.programme.targets if printed.is_numeric(target)]
    if not lines:
        return
    years, rows = printed.target_rows(report, lines, say)
    heads = [say("aim"), say("direction"), *(str(year) for year in years), say("by_quarter")]
    widths = [4.4, 1.1, *[(paper.FULL - 7.4) / max(1, len(years))] * len(years), 1.9]
    room = paper.BOTTOM - paper.TOP - 0.4
    pages = _pages(rows, widths, room)
    for place, chunk in enumerate(pages):
        slide = paper.page(deck, say("targets"), "", paper.numbered(place, len(pages)))
        grid = Grid(heads, chunk, widths, 2)
        table(slide, grid, top=paper.TOP, row_height=0.3, size=TARGETS, locale=deck.locale, says=say("targets"))


def _pages(rows: list[list[str]], widths: list[float], room: float) -> list[list[list[str]]]:
    """The rows cut into slides by the height that the longest cell of each takes."""
    pages: list[list[list[str]]] = []
    used = room
    for row in rows:
        lines = max(
            lines_of(text, TARGETS, (wide - 0.15) * POINTS_PER_INCH) for text, wide in zip(row, widths, strict=True)
        )
        needs = max(0.3, lines * TARGETS * LINE_HEIGHT / POINTS_PER_INCH + 2 * CELL_MARGIN)
        if used + needs > room:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += needs
    return pages
