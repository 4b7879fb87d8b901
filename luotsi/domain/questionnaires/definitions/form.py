"""A questionnaire: questions in their order, and what their answers mean."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition
from luotsi.base.text import Text
from luotsi.domain.questionnaires.definitions.asked import Expression, Item, all_items, said_for_another
from luotsi.domain.questionnaires.definitions.faulty import Fault, Faulty
from luotsi.domain.questionnaires.definitions.meaning import Danger, Example, Outcome, Score, When

Purpose = Literal["need", "request", "screening", "instrument", "navigator", "sheet", "feedback", "survey"]
Audience = Literal["anyone", "resident", "staff", "both"]


class Questionnaire(Definition):
    """Questions in their order. `version` changes when an answer would be read differently.

    `purpose` groups the forms; `audience` says who fills it: anyone without signing in, a resident, staff, or both
    together. `register` is where the answers of a known person belong; of a form that `follows_matter`, those about a
    matter belong to the matter's. `is_anonymous` answers carry nobody. `only_oneself`: nobody answers it for another,
    a guardian neither.
    `source` names whose instrument it is and on what terms; what nobody has compared with it says `verified: no`.
    """

    version: int
    intro: Text
    intro_for_another: Text | None = None
    purpose: Purpose = "request"
    audience: Audience = "resident"
    register: Literal["", "health", "social", "child_welfare"] = ""
    follows_matter: bool = False
    is_anonymous: bool = False
    only_oneself: bool = False
    minutes: int = 0
    source: str = ""
    url: str = ""
    language: str = "fi"  # the one it was written in first; a form made elsewhere may be in another
    verified: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    replaces: tuple[str, ...] = ()
    items: tuple[Item, ...]
    variables: tuple[Expression, ...] = ()
    scores: tuple[Score, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    dangers: dict[str, Danger] = {}
    thanks: Text | None = None
    examples: tuple[Example, ...] = ()

    @property
    def every_item(self) -> tuple[Item, ...]:
        """Items, those in groups and under questions too, in the order in which they are read."""
        return tuple(all_items(self.items))

    def for_another(self) -> "Questionnaire":
        """The same questions in the words for whoever answers them for somebody else."""
        dangers = {key: danger.for_another() for key, danger in self.dangers.items()}
        outcomes = tuple(said_for_another(outcome, "says") for outcome in self.outcomes)
        items = tuple(_item_for_another(item) for item in self.items)
        said = said_for_another(self, "intro")
        return said.model_copy(update={"items": items, "dangers": dangers, "outcomes": outcomes})

    @model_validator(mode="after")
    def _references_hold(self) -> "Questionnaire":
        for problem in _broken_references(self):
            raise Faulty(problem)
        return self


class Earlier(Questionnaire):
    """A version of the form `of` that is begun no more, kept so that what began in it goes on and is read in it. Its
    file is that of the form as it was, under a `key` of its own: the form's with the version.
    """

    of: str

    @cached_property
    def form(self) -> Questionnaire:
        kept = {name: getattr(self, name) for name in Questionnaire.model_fields}
        return Questionnaire.model_construct(**kept | {"key": self.of})


def questionnaires() -> dict[str, Questionnaire]:
    return shelf.load("questionnaires", Questionnaire)


def of_version(key: str, version: int) -> Questionnaire | None:
    """The shelf's questionnaire as it was in that version, also when a later one stands there; None without one."""
    form = questionnaires().get(key)
    if form is not None and form.version == version:
        return form
    kept = shelf.load("earlier_questionnaires", Earlier).values()
    return next((one.form for one in kept if (one.of, one.version) == (key, version)), None)


def _broken_references(form: Questionnaire) -> Iterator[Fault]:
    keys = [item.key for item in form.every_item]
    scores = {score.key: {band.key for band in score.bands} for score in form.scores}
    if len(set(keys)) < len(keys) or len(scores) < len(form.scores):
        yield Fault("two items, or two scores, have the same key", "same_key")
    for item in form.every_item:
        yield from _broken_items(form, item, set(keys))
    for score in form.scores:
        for unknown in set(score.items) - set(keys):
            said = f"the score {score.key!r} counts {unknown!r}, which is not an item"
            yield Fault(said, "counts_unknown", score=score.key, name=unknown)
        for unknown in set(score.of_scores) - set(scores):
            said = f"the score {score.key!r} works on {unknown!r}, which is not a score"
            yield Fault(said, "works_on_unknown", score=score.key, name=unknown)
    for outcome in form.outcomes:
        for when in outcome.when:
            yield from _broken_outcome(outcome, when, set(keys), scores)


def _broken_items(form: Questionnaire, item: Item, keys: set[str]) -> Iterator[Fault]:
    for condition in item.show_when:
        if condition.item not in keys:
            said = f"{item.key} depends on {condition.item!r}, which is not an item"
            yield Fault(said, "depends_on_unknown", item=item.key, name=condition.item)
    for option in item.options:
        if option.danger and option.danger not in form.dangers:
            said = f"{item.key}: the danger {option.danger!r} is not described under `dangers`"
            yield Fault(said, "no_danger", item=item.key, name=option.danger)


def _broken_outcome(outcome: Outcome, when: When, keys: set[str], scores: dict[str, set[str]]) -> Iterator[Fault]:
    broken: list[tuple[str, str]] = []
    if when.score and when.score not in scores:
        broken.append((when.score, "a score"))
    broken += [(unknown, f"a band of {when.score}") for unknown in set(when.bands) - scores.get(when.score, set())]
    if when.answer and when.answer.item not in keys:
        broken.append((when.answer.item, "an item"))
    for unknown, what in broken:
        said = f"the outcome {outcome.key!r} waits for {unknown!r}, which is not {what}"
        yield Fault(said, "outcome_waits", outcome=outcome.key, name=unknown)


def _item_for_another(item: Item) -> Item:
    options = tuple(said_for_another(option, "label") for option in item.options)
    items = tuple(_item_for_another(one) for one in item.items)
    return said_for_another(item, "label", "hint").model_copy(update={"options": options, "items": items})
