"""What is wrong with a form that its types cannot see, each fault as one sentence that says what to mend.

The shelf's test, the import, the designer and `luotsi questionnaire check` ask the same two functions.
"""

from collections.abc import Iterator
from decimal import Decimal

from luotsi.domain.questionnaires.definitions import Example, Item, Questionnaire, Score
from luotsi.domain.questionnaires.rules import fhirpath
from luotsi.domain.questionnaires.rules.checking import clean
from luotsi.domain.questionnaires.rules.named import NAMED
from luotsi.domain.questionnaires.rules.plan import CannotBeRead, planned
from luotsi.domain.questionnaires.rules.reading import read
from luotsi.domain.questionnaires.rules.scoring import counted_items
from luotsi.domain.questionnaires.rules.state import Problem


def faults(form: Questionnaire) -> tuple[str, ...]:
    """Everything that keeps the form from being used. A form without faults can be read with any answers."""
    try:
        plan = planned(form)
    except CannotBeRead as error:
        return (str(error),)
    found = [one for item in plan.items.values() for one in _of_item(item)]
    found += [one for item in plan.items.values() for one in _of_conditions(item, dict(plan.items))]
    for score in form.scores:
        found += [f"the score {score.key!r} {what}" for what in _of_score(score, dict(plan.items))]
    return tuple([*found, *_of_circles(form)])


def example_faults(form: Questionnaire, example: Example) -> tuple[str, ...]:
    """Where a worked example gives something else than it says."""
    state = read(form, example.answers, on=example.on)
    found = [f"{key} is no question of the form" for key in state.unknown] + list(state.failures)
    for key, value in example.scores.items():
        found += _differs(f"the score {key}", state.scores[key].value if key in state.scores else "no score", value)
    for key, band in example.bands.items():
        is_in = state.scores[key].band if key in state.scores else None
        found += _differs(f"the band of {key}", is_in.key if is_in else "", band)
    if example.outcomes is not None:
        found += _differs("the outcomes", tuple(one.key for one in state.outcomes), example.outcomes)
    if example.dangers is not None:
        found += _differs("the dangers", set(state.dangers), set(example.dangers))
    if example.refused is not None:
        refused = {problem.item.key for problem in state.problems.values()}
        found += _differs("refused", refused, set(example.refused))
    asked = {line.item.key for line in state.lines if line.is_asked}
    found += [f"{key} should be asked" for key in example.asked if key not in asked]
    found += [f"{key} should not be asked" for key in example.not_asked if key in asked]
    return tuple(found)


def _differs(what: str, given: object, said: object) -> list[str]:
    return [] if given == said else [f"{what}: it gives {_told(given)}, the example says {_told(said)}"]


def _told(one: object) -> str:
    if isinstance(one, set | tuple):
        return ", ".join(sorted(one) if isinstance(one, set) else one) or "none"
    return "nothing" if one in (None, "") else str(one)


def _of_item(item: Item) -> Iterator[str]:
    if item.type in {"choice", "choices"} and not item.options:
        yield f"{item.key}: its options are not in the form ({item.options_from}); write them in it"
    if item.initial is not None and isinstance(problem := clean(item, item.initial), Problem):
        yield f"{item.key}: its initial value is no answer to it ({problem.kind})"
    if item.repeats_at_most is not None and item.repeats_at_most < max(1, item.repeats_at_least):
        yield f"{item.key}: it may have {item.repeats_at_most} answers and must have {item.repeats_at_least}"
    if item.initial_expression:
        try:
            fhirpath.compiled(item.initial_expression)
        except fhirpath.NotAnExpression as error:
            yield f"{item.key}: {error}"


def _of_conditions(item: Item, items: dict[str, Item]) -> Iterator[str]:
    for condition in item.show_when:
        asked = items[condition.item]
        known = {option.value for option in asked.options} | ({"other"} if asked.type == "open_choice" else set())
        known |= {"yes", "no"} if asked.type == "yes_no" else set()
        for value in (*condition.is_one_of, *condition.is_not):
            if known and value not in known:
                yield f"{item.key} waits for the answer {value!r}, which {asked.key} does not offer"


def _of_score(score: Score, items: dict[str, Item]) -> Iterator[str]:
    if score.rule and score.rule not in NAMED:
        yield f"names the rule {score.rule!r}; there are {', '.join(sorted(NAMED))}"
    if score.expression:
        try:
            fhirpath.compiled(score.expression)
        except fhirpath.NotAnExpression as error:
            yield f"cannot be read: {error}"
    elif score.way not in {"count", "expression"}:
        yield from _uncounted(score, items)
    yield from _of_bands(score)


def _uncounted(score: Score, items: dict[str, Item]) -> Iterator[str]:
    counted = counted_items(score, items)
    if not counted and not score.of_scores:
        yield "counts no item: none gives points"
    for item in counted:
        has_points = any(option.points is not None for option in item.options)
        if not has_points and (item.options or item.type not in {"whole_number", "number", "quantity"}):
            yield f"counts {item.key}, which gives no points"
        if score.way == "share" and not item.options and not isinstance(item.most, Decimal):
            yield f"is a share, and {item.key} does not say the `most` it can be"


def _of_bands(score: Score) -> Iterator[str]:
    """Bands in rising order, each beginning one step of the score's decimals after the one before."""
    step = Decimal(1).scaleb(-score.decimals)
    for before, after in zip(score.bands, score.bands[1:], strict=False):
        if before.most is None or after.least is None or after.least != before.most + step:
            yield f"has a gap or an overlap between the bands {before.key!r} and {after.key!r}"
    for band in score.bands:
        if band.least is not None and band.most is not None and band.least > band.most:
            yield f"has the band {band.key!r}, which ends before it begins"
    if score.span and score.bands:
        first, last = score.bands[0], score.bands[-1]
        if (first.least is not None and first.least > score.span.least) or (
            last.most is not None and last.most < score.span.most
        ):
            yield f"has values outside its bands (from {score.span.least} to {score.span.most})"


def _of_circles(form: Questionnaire) -> Iterator[str]:
    left = {score.key: set(score.of_scores) for score in form.scores}
    while ready := [key for key, waits in left.items() if not waits & set(left)]:
        for key in ready:
            del left[key]
    if left:
        yield f"these scores wait for each other in a circle: {', '.join(left)}"
