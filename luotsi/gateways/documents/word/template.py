"""Makes the Word template of the monthly report: `python -m luotsi.gateways.documents.word.template` writes it anew.

The template is an ordinary .docx with Jinja tags, so a county may also open it in Word and change its look. Words come
from `headings.py` as `t.<key>`; `fill.py` gives the rest. A test says when the committed file is not this script's.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement

from luotsi.gateways.documents.word import look

FILE = Path(__file__).parent / "monthly_report.docx"


def build() -> bytes:
    """The template's bytes."""
    doc: Any = Document()
    look.page(doc)
    look.styles(doc)
    _front(doc)
    _parts(doc)
    _indicators(doc)
    _risks(doc)
    _communication(doc)
    look.wide(doc)
    _targets(doc)
    _money(doc)
    look.tall(doc)
    _sources(doc)
    made = BytesIO()
    doc.save(made)
    return made.getvalue()


def _front(doc: Any) -> None:
    doc.add_paragraph("{{ programme }}", style="Title")
    doc.add_paragraph("{{ t.monthly_report }} {{ month }}", style="Subtitle")
    _table(doc, (), "fact in facts", ("{{ fact.name }}", "{{ fact.value }}"), (42, 128))
    doc.add_heading("{{ t.summary }}", 1)
    _each(doc, "line in summary", "{{ line }}", "List Bullet")


def _parts(doc: Any) -> None:
    doc.add_heading("{{ t.parts }}", 1)
    _tag(doc, "for part in parts")
    doc.add_heading("{{ part.name }}", 2)
    doc.add_paragraph("{{ part.about }}", style="Muted")
    _lines(doc, "part_contents", "part.contents")
    _tag(doc, "for block in part.blocks")
    doc.add_heading("{{ block.heading }}", 3)
    _points(doc, "block.lines")
    _tag(doc, "endfor")
    _tag(doc, "for group in part.figures")
    doc.add_heading("{{ group.title }}", 3)
    _table(doc, (), "figure in group.lines", ("{{ figure.name }}", "{{ figure.value }}"), (130, 40), (1,))
    _tag(doc, "endfor")
    _tag(doc, "for model in part.models")
    doc.add_heading("{{ t.units }}: {{ model.name }}", 3)
    cells = ("{{ unit.name }}", "{{ unit.state }}", "{{ unit.note }}")
    _table(doc, ("unit", "state", "note"), "unit in model.units", cells, (52, 34, 84))
    _tag(doc, "endfor")
    _each(doc, "note in part.notes", "{{ note }}", "Source Text")
    _tag(doc, "endfor")


def _indicators(doc: Any) -> None:
    _tag(doc, "if indicators")
    doc.add_heading("{{ t.indicators }}", 1)
    heads = ("indicator", "value", "target", "coverage", "cases", "as_of")
    cells = tuple("{{ line." + head + " }}" for head in ("name", *heads[1:]))
    _table(doc, heads, "line in indicators", cells, (54, 20, 32, 20, 24, 20), (1, 2, 3, 4, 5))
    _tag(doc, "for line in charts")
    doc.add_heading("{{ line.name }}", 2)
    doc.add_paragraph("{{ line.picture }}")
    doc.add_paragraph("{{ line.says }}", style="Muted")
    _tag(doc, "endfor")
    _tag(doc, "endif")


def _risks(doc: Any) -> None:
    _tag(doc, "if risks")
    doc.add_heading("{{ t.risks }}", 1)
    _tag(doc, "for risk in risks")
    doc.add_heading("{{ risk.name }}", 2)
    _lines(doc, "measures", "risk.measures")
    _tag(doc, "for state in risk.states")
    doc.add_heading("{{ t.state_on }} {{ state.day }}", 3)
    _points(doc, "state.lines")
    _tag(doc, "endfor")
    _tag(doc, "endfor")
    _tag(doc, "endif")


def _communication(doc: Any) -> None:
    _tag(doc, "if communication")
    doc.add_heading("{{ t.communication }}", 1)
    _tag(doc, "for block in communication")
    doc.add_heading("{{ block.heading }}", 2)
    _points(doc, "block.lines")
    _tag(doc, "endfor")
    _tag(doc, "endif")


def _targets(doc: Any) -> None:
    _tag(doc, "if targets")
    doc.add_heading("{{ t.targets }}", 1)
    _dynamic(doc, "aim", "direction", "year in years", "{{ year }}", "line in targets", "aim in line.aims", "{{ aim }}")
    _tag(doc, "endif")


def _money(doc: Any) -> None:
    _tag(doc, "if money")
    doc.add_heading("{{ t.money }}", 1).paragraph_format.page_break_before = True
    doc.add_paragraph("{{ money.title }}", style="Muted")
    _dynamic(
        doc, "cost", "", "column in money.columns", "{{ column }}", "line in money.rows", "cell in line.cells",
        "{% cellbg cell.ground %}{{ cell.figure }}",
    )  # fmt: skip
    _tag(doc, "if money.rounded")
    doc.add_paragraph("{{ t.rounding }}", style="Muted")
    _tag(doc, "endif")
    _each(doc, "line in money.disagreements", "* {{ line }}", "Marked")
    _tag(doc, "endif")


def _sources(doc: Any) -> None:
    doc.add_heading("{{ t.sources }}", 1)
    _table(doc, (), "source in sources", ("{{ source.name }}", "{{ source.value }}"), (42, 128))


def _lines(doc: Any, heading: str, variable: str) -> None:
    _tag(doc, f"if {variable}")
    doc.add_heading(_said(heading), 3)
    _points(doc, variable)
    _tag(doc, "endif")


def _points(doc: Any, variable: str) -> None:
    """A list up to three deep: each depth has its style, since a style cannot be a variable."""
    _tag(doc, f"for point in {variable}")
    for level, style in enumerate(look.SOURCE_BULLETS, 1):
        _tag(doc, f"if point.level == {level}")
        doc.add_paragraph("{{ point.text }}", style=style)
        _tag(doc, "endif")
    _tag(doc, "endfor")


def _each(doc: Any, loop: str, text: str, style: str) -> None:
    _tag(doc, f"for {loop}")
    doc.add_paragraph(text, style=style)
    _tag(doc, "endfor")


def _said(key: str) -> str:
    return "{{ t." + key + " }}"


def _tag(doc: Any, tag: str) -> None:
    doc.add_paragraph("{%p " + tag + " %}")


def _table(
    doc: Any,
    heads: tuple[str, ...],
    loop: str,
    cells: tuple[str, ...],
    widths: tuple[int, ...],
    right: tuple[int, ...] = (),
) -> None:
    """A table of a fixed shape; `right` are the columns of figures, `widths` millimetres."""
    table = look.ruled(doc, len(cells))
    if heads:
        _head(table, [_said(head) for head in heads], right)
    _tag_row(table, f"for {loop}")
    for place, (cell, text) in enumerate(zip(look.row(table).cells, cells, strict=True)):
        _write(cell, text, "Table Figure" if place in right else "Table Text", bold=place == 0 and not heads)
    _tag_row(table, "endfor")
    look.set_widths(table, widths)


def _dynamic(
    doc: Any, first: str, second: str, columns: str, head: str, rows: str, cells: str, figure: str
) -> None:  # fmt: skip
    """A table whose figure columns follow the data: a loop over columns inside the loop over rows."""
    names = [first, second] if second else [first]
    table = look.ruled(doc, len(names) + 3)
    said = [_said(name) for name in names]
    _head(table, [*said, "{%tc for " + columns + " %}", head, "{%tc endfor %}"], range(len(names), len(names) + 3))
    _tag_row(table, f"for {rows}")
    values = ["{{ line.name }}", "{{ line.direction }}"][: len(names)]
    texts = [*values, "{%tc for " + cells + " %}", figure, "{%tc endfor %}"]
    for place, (cell, text) in enumerate(zip(look.row(table).cells, texts, strict=True)):
        _write(cell, text, "Table Figure" if place >= len(names) else "Table Text")
    _tag_row(table, "endfor")


def _head(table: Any, texts: list[str], right: Any) -> None:
    row = look.row(table)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        _write(cell, text, "Table Figure" if place in right else "Table Text", bold=True)


def _tag_row(table: Any, tag: str) -> None:
    table.add_row().cells[0].text = "{%tr " + tag + " %}"


def _write(cell: Any, text: str, style: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(text).bold = bold or None


if __name__ == "__main__":
    FILE.write_bytes(build())
