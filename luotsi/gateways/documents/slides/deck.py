"""The deck a steering group sees: state of each part, live indicators, money, risks, communication, sources."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils import translation

from luotsi.domain.programmes.definitions import Part, Point
from luotsi.domain.programmes.queries import Followed, MonthlyReport
from luotsi.gateways.documents import printed
from luotsi.gateways.documents.headings import LOCALES, Say
from luotsi.gateways.documents.slides import money, paper
from luotsi.gateways.documents.slides.fitting import Piece, columns_of, even_columns
from luotsi.gateways.documents.slides.tables import Series, line_chart
from luotsi.ui.words import clock_time

SIZES = (16.0, 15.0, 14.0, 13.0, 12.0)  # points of a slide's text, the largest that fits
GUTTER = 0.5
MARKS = {"+": "+", "-": "−"}


def steering_deck_pptx(report: MonthlyReport) -> bytes:
    """The deck as a .pptx. A part whose text does not fit continues on a second slide; nothing is cut."""
    with translation.override(report.language):
        say = Say(report.language)
        deck = _opened(report, say)
        _front(deck, report, say)
        _lists(deck, report, say)
        for line in report.followed:
            _indicator(deck, line, say)
        for part in report.parts:
            _part(deck, report, part, say)
        money.targets(deck, report, say)
        _states(deck, report, say)
        money.money(deck, report, say)
        _risks(deck, report, say)
        for heading, lines in _communication(report, say):
            _texts(deck, heading, "", lines)
        _sources(deck, report, say)
        return deck.saved()


def _opened(report: MonthlyReport, say: Say) -> paper.Deck:
    plan = report.programme
    label = plan.funder_label.in_language(say.language) if plan.funder_label else ""
    footer = (plan.short.in_language(say.language), f"{say('steering_deck')} {printed.month(report)}", label)
    title = f"{plan.name.in_language(say.language)}, {footer[1]}"
    return paper.opened(title=title, footer=" · ".join(filter(None, footer)), locale=LOCALES[say.language])


def _front(deck: paper.Deck, report: MonthlyReport, say: Say) -> None:
    plan = report.programme
    label = plan.funder_label.in_language(say.language) if plan.funder_label else ""
    when = f"{say('steering_deck')} {printed.month(report)}"
    lines = (when, plan.county_name.in_language(say.language), plan.funder.in_language(say.language), label)
    paper.front(deck, plan.name.in_language(say.language), [line for line in lines if line])


def _lists(deck: paper.Deck, report: MonthlyReport, say: Say) -> None:
    """The big picture, and the month in a few lines."""
    plan = report.programme
    parts = [Piece(1, part.name.in_language(say.language)) for part in report.parts]
    picture = [Piece(1, line, is_source=True) for line in plan.big_picture]
    for key, words in (("vision", plan.vision), ("core_message", plan.core_message)):
        picture += [Piece(1, f"{say(key)}: {words}", is_source=True)] if words else []
    _texts(deck, say("big_picture"), "", [*picture, Piece(0, say("contents_page")), *parts])
    _texts(deck, say("summary"), "", [Piece(1, line) for line in printed.summary(report, say)])


def _indicator(deck: paper.Deck, line: Followed, say: Say) -> None:
    """A live indicator: the chart left, its figure, goal and coverage right. Without a figure there is no slide."""
    figure = line.figure
    if figure is None:
        return
    name = line.target.name.in_language(say.language)
    slide = paper.page(deck, name, f"{say('as_of')} {printed.day(figure.as_of)}")
    says = printed.series_words(line, say)
    if says:
        line_chart(slide, _series(line, name, say), left=paper.LEFT, top=1.6, width=8.6, height=5.2, says=says)
    facts = [
        (say("value"), printed.measured(figure.value, figure.unit, say)),
        (say("target"), printed.aim_of(line, say)),
        (say("coverage"), printed.measured(figure.coverage, "share", say)),
        (say("cases"), printed.cases(figure)),
        (say("version"), figure.definition_version),
    ]
    for place, (label, value) in enumerate((label, value) for label, value in facts if value):
        top = 1.75 + place * 0.95
        _fact(slide, label, value, top, deck.locale, is_first=place == 0)
    if verdict := printed.verdict_words(line, say):
        colour = "success" if line.is_reached else "danger"
        paper.words_at(slide, verdict, left=9.6, top=6.45, width=3.1, size=16, colour=colour, locale=deck.locale)


def _fact(slide: object, label: str, value: str, top: float, locale: str, *, is_first: bool) -> None:
    size = 30 if is_first else 18
    paper.words_at(slide, label, left=9.6, top=top, width=3.1, size=12, colour="muted", locale=locale)
    paper.words_at(slide, value, left=9.6, top=top + 0.25, width=3.1, size=size, colour="text", locale=locale)


def _series(line: Followed, name: str, say: Say) -> Series:
    figure = line.figure
    assert figure is not None
    times = 100 if figure.unit == "share" else 1
    values = [None if value is None else round(value * times, 2) for _, value in figure.series]
    labels = [label for label, _ in figure.series]
    goal = float(line.aim.value) if line.aim and line.aim.value is not None else None
    is_percent = figure.unit in ("share", "percent")
    return Series(name, labels, values, f"{say('target')}: {printed.aim_of(line, say)}", goal, is_percent)


def _part(deck: paper.Deck, report: MonthlyReport, part: Part, say: Say) -> None:
    pieces = [Piece(0, say("part_contents"))] if part.contents else []
    pieces += [Piece(1, line, is_source=True) for line in part.contents]
    for heading, lines in printed.blocks(part, say):
        pieces += [Piece(0, heading), *_pieces(lines)]
    if part.status:
        if part.status.figures:
            pieces.append(Piece(0, part.status.figures.title, is_source=True))
            for one in part.status.figures.values:
                pieces.append(Piece(1, f"{one.name}: {printed.measured(one.value, one.unit, say)}", is_source=True))
        pieces += [Piece(1, words, is_source=True) for words in (*part.status.notes, *part.status.quotes)]
    name = (part.short or part.name).in_language(say.language)
    _texts(deck, name, " · ".join(printed.about(report, part, say)), pieces)


def _pieces(lines: Iterable[Point]) -> Iterator[Piece]:
    for line in lines:
        yield from (Piece(min(level, 3), text, is_source=True) for level, text in line.walk())


def _texts(deck: paper.Deck, title: str, note: str, pieces: Sequence[Piece]) -> None:
    """Text in one column if it is short, else in two even ones; what is too long for a slide continues on the next."""
    body, width, columns = _layout(pieces)
    on_a_slide = 1 if width == paper.FULL else 2
    count = -(-len(columns) // on_a_slide)
    for start in range(0, len(columns), on_a_slide):
        slide = paper.page(deck, title, note, paper.numbered(start // on_a_slide, count))
        for place, column in enumerate(columns[start : start + on_a_slide]):
            left = paper.LEFT + place * (width + GUTTER)
            paper.column(slide, column, left=left, width=width, body=body, locale=deck.locale)


def _layout(pieces: Sequence[Piece]) -> tuple[float, float, list[list[Piece]]]:
    """Type size, width of a column (inches) and the columns: the largest type on the fewest slides."""
    height = paper.BOTTOM - paper.TOP
    whole = columns_of(pieces, body=SIZES[0], width=paper.FULL, height=height)
    if len(whole) == 1:
        return SIZES[0], paper.FULL, whole
    half = (paper.FULL - GUTTER) / 2
    needed = len(columns_of(pieces, body=SIZES[-1], width=half, height=height))
    for count in range(needed + needed % 2, needed + 4, 2):
        for body in SIZES:
            columns = even_columns(pieces, body=body, width=half, height=height, count=count)
            if columns:
                return body, half, columns
    return SIZES[-1], half, columns_of(pieces, body=SIZES[-1], width=half, height=height)


def _states(deck: paper.Deck, report: MonthlyReport, say: Say) -> None:
    """The targets that are no numbers: what shall be reached or grow, and by when."""
    pieces: list[Piece] = []
    for target in report.programme.targets:
        if printed.is_numeric(target) or target.indicator:
            continue
        pieces.append(Piece(1, target.name.in_language(say.language)))
        pieces += [Piece(2, words, is_source=True) for words in printed.goals_in_words(target, say)]
    if pieces:
        _texts(deck, say("targets_in_words"), "", pieces)


def _risks(deck: paper.Deck, report: MonthlyReport, say: Say) -> None:
    pieces: list[Piece] = []
    for risk in report.programme.risks:
        for state in risk.states[-1:]:
            pieces.append(Piece(0, f"{risk.name.in_language(say.language)} ({printed.day(state.day)})"))
            for line in state.marks:
                pieces.append(Piece(1, line.text, MARKS[line.mark], is_source=True))
                pieces += [Piece(level, text, is_source=True) for point in line.points for level, text in point.walk(2)]
    if pieces:
        _texts(deck, say("risks"), "", pieces)


def _communication(report: MonthlyReport, say: Say) -> Iterator[tuple[str, list[Piece]]]:
    """Two slides: what, for whom and how; then what was told."""
    plan: list[Piece] = []
    told: list[Piece] = []
    for heading, lines in printed.communication(report, say):
        is_plan = heading in (say("what"), say("for_whom"), say("how"))
        (plan if is_plan else told).extend([Piece(0, heading), *(Piece(1, line, is_source=True) for line in lines)])
    if plan:
        yield say("communication"), plan
    if told:
        yield say("told"), told


def _sources(deck: paper.Deck, report: MonthlyReport, say: Say) -> None:
    lines = [Piece(1, f"{name}: {value}") for name, value in printed.sources(report, say)]
    made = say("made", f"{printed.day(report.made_at)} {clock_time(report.made_at)}")
    _texts(deck, say("sources"), "", [*lines, Piece(1, made)])
