"""What is wrong with a form that its types cannot see, each fault as one sentence that says what to mend.

The shelf's test, the import, the designer and `luotsi questionnaire check` ask the same two functions.
"""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from luotsi.domain.questionnaires.definitions import Condition, Example, Item, Questionnaire, Score
from luotsi.domain.questionnaires.definitions.asked import COUNTING
from luotsi.domain.questionnaires.definitions.faulty import Fault
from luotsi.domain.questionnaires.rules import expressions, fhirpath
from luotsi.domain.questionnaires.rules.checking import clean
from luotsi.domain.questionnaires.rules.named import NAMED
from luotsi.domain.questionnaires.rules.plan import CannotBeRead, planned
from luotsi.domain.questionnaires.rules.reading import read
from luotsi.domain.questionnaires.rules.scoring import counted_items
from luotsi.domain.questionnaires.rules.state import Problem


def faults(form: Questionnaire) -> tuple[Fault, ...]:
    """Everything that keeps the form from being used. A form without faults can be read with any answers."""
    try:
        plan = planned(form)
    except CannotBeRead as error:
        return (error.fault,)
    found = [one for item in plan.items.values() for one in _of_item(item, plan.items)]
    found += [one for item in plan.items.values() for one in _of_conditions(item, dict(plan.items))]
    for score in form.scores:
        found += [what.of(f"the score {score.key!r}", score=score.key) for what in _of_score(score, dict(plan.items))]
    return tuple([*found, *_of_circles(form)])


def example_faults(form: Questionnaire, example: Example) -> tuple[Fault, ...]:
    """Where a worked example gives something else than it says."""
    state = read(form, example.answers, on=example.on)
    found = [Fault(f"{key} is no question of the form", "answers_unknown", name=key) for key in state.unknown]
    found += state.failures
    for key, value in example.scores.items():
        given = state.scores[key].value if key in state.scores else "no score"
        found += _differs(f"the score {key}", given, value, "score", score=key)
    for key, band in example.bands.items():
        is_in = state.scores[key].band if key in state.scores else None
        found += _differs(f"the band of {key}", is_in.key if is_in else "", band, "band", score=key)
    if example.outcomes is not None:
        found += _differs("the outcomes", tuple(one.key for one in state.outcomes), example.outcomes, "outcomes")
    if example.dangers is not None:
        found += _differs("the dangers", set(state.dangers), set(example.dangers), "dangers")
    if example.refused is not None:
        refused = {problem.item.key for problem in state.problems.values()}
        found += _differs("refused", refused, set(example.refused), "refused")
    asked = {line.item.key for line in state.lines if line.is_asked}
    found += [Fault(f"{key} should be asked", "should_ask", item=key) for key in example.asked if key not in asked]
    found += [
        Fault(f"{key} should not be asked", "should_not_ask", item=key) for key in example.not_asked if key in asked
    ]
    return tuple(found)


def _differs(what: str, given: object, said: object, of: str, **told: str) -> list[Fault]:
    """`of`: what differs, a score, its band, outcomes, dangers, or the answers that are refused."""
    if given == said:
        return []
    sentence = f"{what}: it gives {_told(given)}, the example says {_told(said)}"
    return [Fault(sentence, f"other_{of}", given=given, said=said, **told)]


def _told(one: object) -> str:
    if isinstance(one, set | tuple):
        return ", ".join(sorted(one) if isinstance(one, set) else one) or "none"
    return "nothing" if one in (None, "") else str(one)


def _of_item(item: Item, keys: Collection[str]) -> Iterator[Fault]:
    here = {"item": item.key}
    if item.type in {"choice", "choices"} and not item.options:
        said = f"{item.key}: its options are not in the form ({item.options_from}); write them in it"
        yield Fault(said, "options_elsewhere", **here)
    if item.initial is not None and isinstance(problem := clean(item, item.initial), Problem):
        yield Fault(f"{item.key}: its initial value is no answer to it ({problem.kind})", "bad_initial", **here)
    if item.repeats_at_most is not None and item.repeats_at_most < max(1, item.repeats_at_least):
        said = f"{item.key}: it may have {item.repeats_at_most} answers and must have {item.repeats_at_least}"
        yield Fault(said, "bad_repeats", **here, most=item.repeats_at_most, least=item.repeats_at_least)
    if item.initial_expression:
        try:
            fhirpath.compiled(item.initial_expression)
        except fhirpath.NotAnExpression as error:
            yield error.fault.of(f"{item.key}:", **here)
    for text in filter(None, (item.show_expression, item.calculated)):
        yield from (one.of(f"{item.key}:", **here) for one in _unknown(text, keys))


def _unknown(text: str, keys: Collection[str]) -> Iterator[Fault]:
    """Questions that an expression names and the form does not have: they would never be answered."""
    for name in sorted(expressions.names_items(text) - set(keys)):
        yield Fault(f"its expression asks for {name!r}, which is not an item", "asks_unknown", name=name)


def _of_conditions(item: Item, items: dict[str, Item]) -> Iterator[Fault]:
    for condition in item.show_when:
        asked = items[condition.item]
        known = {option.value for option in asked.options} | ({"other"} if asked.type == "open_choice" else set())
        known |= {"yes", "no"} if asked.type == "yes_no" else set()
        for value in (*condition.is_one_of, *condition.is_not):
            if known and value not in known:
                said = f"{item.key} waits for the answer {value!r}, which {asked.key} does not offer"
                yield Fault(said, "not_offered", item=item.key, value=value, other=asked.key)
        yield from _limit_faults(item, condition, asked)


def _limit_faults(item: Item, condition: Condition, asked: Item) -> Iterator[Fault]:
    """A limit that no answer to the other question can be compared with."""
    limits = (condition.is_over, condition.is_at_least, condition.is_under, condition.is_at_most)
    for limit in (one for one in limits if one is not None):
        if asked.type in COUNTING and not isinstance(limit, Decimal):
            said = f"{item.key} compares {asked.key} with {limit!r}, which is not a number"
            yield Fault(said, "limit_no_number", item=item.key, other=asked.key, said=limit)
        if asked.type == "day" and not _is_day(limit):
            said = f"{item.key} compares {asked.key} with {limit!r}, which is not a day (2026-03-31)"
            yield Fault(said, "limit_no_day", item=item.key, other=asked.key, said=limit)


def _is_day(limit: Decimal | str) -> bool:
    try:
        return bool(date.fromisoformat(str(limit)))
    except ValueError:
        return False


def _of_score(score: Score, items: dict[str, Item]) -> Iterator[Fault]:
    if score.rule and score.rule not in NAMED:
        yield Fault(f"names the rule {score.rule!r}; there are {', '.join(sorted(NAMED))}", "no_rule", name=score.rule)
    if score.expression:
        try:
            fhirpath.compiled(score.expression)
        except fhirpath.NotAnExpression as error:
            yield error.fault.of("cannot be read:")
        yield from _unknown(score.expression, items)
    elif score.way not in {"count", "expression"}:
        yield from _uncounted(score, items)
    yield from _of_bands(score)


def _uncounted(score: Score, items: dict[str, Item]) -> Iterator[Fault]:
    counted = counted_items(score, items)
    if not counted and not score.of_scores:
        yield Fault("counts no item: none gives points", "counts_nothing")
    for item in counted:
        has_points = any(option.points is not None for option in item.options)
        if not has_points and (item.options or item.type not in {"whole_number", "number", "quantity"}):
            yield Fault(f"counts {item.key}, which gives no points", "no_points", item=item.key)
        if score.way == "share" and not item.options and not isinstance(item.most, Decimal):
            yield Fault(f"is a share, and {item.key} does not say the `most` it can be", "no_most", item=item.key)


def _of_bands(score: Score) -> Iterator[Fault]:
    """Bands in rising order, each beginning one step of the score's decimals after the one before."""
    step = Decimal(1).scaleb(-score.decimals)
    for before, after in zip(score.bands, score.bands[1:], strict=False):
        if before.most is None or after.least is None or after.least != before.most + step:
            said = f"has a gap or an overlap between the bands {before.key!r} and {after.key!r}"
            yield Fault(said, "band_gap", band=before.key, other=after.key)
    for band in score.bands:
        if band.least is not None and band.most is not None and band.least > band.most:
            yield Fault(f"has the band {band.key!r}, which ends before it begins", "band_backwards", band=band.key)
    if score.span and score.bands:
        first, last = score.bands[0], score.bands[-1]
        if (first.least is not None and first.least > score.span.least) or (
            last.most is not None and last.most < score.span.most
        ):
            said = f"has values outside its bands (from {score.span.least} to {score.span.most})"
            yield Fault(said, "outside_bands", least=score.span.least, most=score.span.most)


def _of_circles(form: Questionnaire) -> Iterator[Fault]:
    left = {score.key: set(score.of_scores) for score in form.scores}
    while ready := [key for key, waits in left.items() if not waits & set(left)]:
        for key in ready:
            del left[key]
    if left:
        said = f"these scores wait for each other in a circle: {', '.join(left)}"
        yield Fault(said, "score_circle", scores=tuple(left))
