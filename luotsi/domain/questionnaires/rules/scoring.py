"""Scores: the answers' points, put together the way the form says, and the band they fall in."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from typing import Any

from luotsi.domain.questionnaires.definitions import Band, Item, Score
from luotsi.domain.questionnaires.definitions.faulty import Fault
from luotsi.domain.questionnaires.rules import expressions, fhirpath
from luotsi.domain.questionnaires.rules.asking import as_list, size
from luotsi.domain.questionnaires.rules.named import NAMED, Counted
from luotsi.domain.questionnaires.rules.state import Scored

ZERO = Decimal(0)


@dataclass(frozen=True)
class Part:
    """What one item (at one place) or one other score gives: its points, None when it gives none, and their limits."""

    key: str
    points: Decimal | None
    is_answered: bool
    least: Decimal = ZERO
    most: Decimal = ZERO


def scored(sheet: Any) -> dict[str, Scored]:
    """Every score by its key. A score on other scores is read after them, whatever the order in the form."""
    left = {score.key: score for score in sheet.plan.form.scores}
    found: dict[str, Scored] = {}
    while left:
        ready = [score for score in left.values() if all(one in found for one in score.of_scores)]
        for score in ready or list(left.values()):
            found[score.key] = _scored(sheet, score, found) if ready else Scored(None)
            del left[score.key]
    return {score.key: found[score.key] for score in sheet.plan.form.scores}


def band_of(score: Score, value: Decimal | None) -> Band | None:
    """The band in which a value falls, both ends included."""
    if value is None:
        return None
    for band in score.bands:
        if (band.least is None or value >= band.least) and (band.most is None or value <= band.most):
            return band
    return None


def points(item: Item, value: Any) -> Decimal | None:
    """What an answer gives to a score: its options' points added up, or a number itself. None: nothing to count."""
    if item.options:
        given = {option.value: option.points for option in item.options}
        counted = [
            one for one in (given.get(said) for said in as_list(value) if isinstance(said, str)) if one is not None
        ]
        if not counted:
            return ZERO if item.type == "choices" and not item.required and not as_list(value) else None
        return sum(counted, ZERO)
    return size(value) if item.type in {"whole_number", "number", "quantity"} else None


def limits_of(item: Item) -> tuple[Decimal, Decimal]:
    """The lowest and highest points that one answer to the item can give."""
    given = [option.points for option in item.options if option.points is not None]
    if item.type == "choices":
        return sum((min(one, ZERO) for one in given), ZERO), sum((max(one, ZERO) for one in given), ZERO)
    if given:
        return min(given), max(given)
    least = item.least if isinstance(item.least, Decimal) else ZERO
    return least, item.most if isinstance(item.most, Decimal) else least


def counted_items(score: Score, items: dict[str, Item]) -> list[Item]:
    """The items that a score counts: those named, else (unless it works on scores) every one with points."""
    if score.items or score.of_scores:
        return [items[key] for key in score.items]
    return [item for item in items.values() if any(option.points is not None for option in item.options)]


def _scored(sheet: Any, score: Score, found: dict[str, Scored]) -> Scored:
    if score.way == "expression":
        return _finished(score, _by_expression(sheet, score), ())
    parts = _parts(sheet, score, found)
    if score.way == "count":
        return _finished(score, Decimal(sum(part.is_answered for part in parts)), ())
    lacking = [part.key for part in parts if part.points is None]
    value = None
    if len(lacking) <= score.max_missing:
        value = _by_rule(sheet, score, parts, found) if score.way == "rule" else _put_together(score, parts)
    return _finished(score, value, tuple(dict.fromkeys(lacking)))


def _finished(score: Score, value: Decimal | None, lacking: tuple[str, ...]) -> Scored:
    if value is not None:
        value = value.quantize(Decimal(1).scaleb(-score.decimals), rounding=ROUND_HALF_UP) + 0  # + 0: no minus zero
    return Scored(value, band_of(score, value), lacking)


def _parts(sheet: Any, score: Score, found: dict[str, Scored]) -> list[Part]:
    parts = []
    for item in counted_items(score, dict(sheet.plan.items)):
        for scope in sheet.filled_scopes(item.key):
            if sheet.is_asked(item.key, scope):
                value = sheet.kept.get((item.key, scope))
                parts.append(Part(item.key, points(item, value), value is not None, *limits_of(item)))
    spans = {one.key: one.span for one in sheet.plan.form.scores}
    for key in score.of_scores:
        span, value = spans[key], found[key].value
        limits = (span.least, span.most) if span else (ZERO, ZERO)
        parts.append(Part(key, value, value is not None, *limits))
    return parts


def _put_together(score: Score, parts: list[Part]) -> Decimal | None:
    given = [part for part in parts if part.points is not None]
    if not given:
        return None
    total = sum((part.points for part in given if part.points is not None), ZERO)
    if score.way == "mean":
        return total / len(given)
    if score.way == "share":
        highest = sum((part.most for part in (given if score.prorate else parts)), ZERO)
        return 100 * total / highest if highest > 0 else None
    return total * len(parts) / len(given) if score.prorate else total


def _by_rule(sheet: Any, score: Score, parts: list[Part], found: dict[str, Scored]) -> Decimal | None:
    asked: dict[str, list[Decimal | None]] = {}
    for part in parts:
        asked.setdefault(part.key, []).append(part.points)
    limits = {part.key: (part.least, part.most) for part in parts}
    counted = Counted(
        points={key: tuple(asked.get(key, ())) for key in (score.items or list(asked)) if key not in score.of_scores},
        scores={key: found[key].value for key in score.of_scores},
        limits=limits,
        settings=score.settings,
    )
    try:
        return NAMED[score.rule](counted)
    except (DecimalException, KeyError):  # no such rule, or a sum without a result: the form's own test tells
        return None


def _by_expression(sheet: Any, score: Score) -> Decimal | None:
    try:
        given = expressions.value(score.expression, sheet, "", ())
    except (fhirpath.Failed, fhirpath.NotAnExpression) as error:
        kind = "took_too_much" if isinstance(error, fhirpath.TookTooMuch) else "failed"
        sheet.failures.append(Fault(f"{score.key}: {error}", kind, score=score.key))
        return None
    number = size(given[0]) if len(given) == 1 else None
    return number if number is not None and abs(number) < Decimal(10) ** 15 else None
