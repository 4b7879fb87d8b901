"""What a chart shows, in a sentence computed from the same data: for those who hear it and for those in a hurry."""

from django.utils.translation import gettext as _

from luotsi.domain.indicators.definitions import Unit
from luotsi.rooms.steering.charts.bars import Bar, Bars
from luotsi.rooms.steering.charts.levels import Level
from luotsi.rooms.steering.charts.lines import Lines, Series
from luotsi.rooms.steering.words import said


def of_lines(lines: Lines) -> str:
    """From where to where the important lines went, the extremes of the quiet ones, and what was aimed at."""
    forward = [one for one in lines.series if one.rank != "quiet"]
    parts = [_went(one, lines) for one in forward]
    quiet = [one for one in lines.series if one.rank == "quiet"]
    return _sentences([*parts, _extremes(quiet, lines), *_aims(lines.levels)])


def of_bars(bars: Bars) -> str:
    """The largest and the smallest, the marked ones, and what was aimed at."""
    known = sorted((bar for bar in bars.bars if bar.value is not None), key=lambda bar: bar.value or 0.0)
    if not known:
        return _("There is no figure to show for any of them.")
    parts = [_most_and_least(known, bars.unit)] if len(known) > 1 else []
    marked = [bar for bar in known if bar.is_marked] or (known if len(known) == 1 else [])
    parts += [_named(bar, bars.unit) for bar in marked]
    return _sentences([*parts, *_aims(bars.levels)])


def _went(one: Series, lines: Lines) -> str:
    known = [(label, value) for label, value in _finished(one, lines) if value is not None]
    if not known:
        return _("%(name)s: no figure to show.") % {"name": one.name}
    (first, start), (last, end) = known[0], known[-1]
    if len(known) == 1:
        return _("%(name)s: %(value)s (%(period)s).") % {
            "name": one.name, "value": said(end, lines.unit), "period": last,
        }  # fmt: skip
    return _("%(name)s: from %(start)s (%(first)s) to %(end)s (%(last)s).") % {
        "name": one.name, "start": said(start, lines.unit), "first": first, "end": said(end, lines.unit), "last": last,
    }  # fmt: skip


def _extremes(series: list[Series], lines: Lines) -> str:
    """The largest and the smallest of the quiet lines in the last whole period."""
    ends = [Bar(one.name, _last_value(one, lines), "") for one in series]
    known = sorted((bar for bar in ends if bar.value is not None), key=lambda bar: bar.value or 0.0)
    return _most_and_least(known, lines.unit) if len(known) > 1 else ""


def _most_and_least(known: list[Bar], unit: Unit) -> str:
    least, most = known[0], known[-1]
    return _("Largest: %(most)s %(high)s. Smallest: %(least)s %(low)s.") % {
        "most": most.name, "high": said(most.value, unit), "least": least.name, "low": said(least.value, unit),
    }  # fmt: skip


def _named(bar: Bar, unit: Unit) -> str:
    return _("%(name)s: %(value)s.") % {"name": bar.name, "value": said(bar.value, unit)}


def _aims(levels: tuple[Level, ...]) -> list[str]:
    return [f"{level.words}." for level in levels if level.first is not None]


def _finished(one: Series, lines: Lines) -> list[tuple[str, float | None]]:
    """Label and value of the whole periods."""
    pairs = list(zip(lines.labels, one.values, strict=True))
    return pairs[:-1] if lines.is_running and len(pairs) > 1 else pairs


def _last_value(one: Series, lines: Lines) -> float | None:
    return _finished(one, lines)[-1][1]


def _sentences(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)
