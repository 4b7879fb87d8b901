"""What must hold before a form is put to use, and what a new version changes. Pure."""

from dataclasses import dataclass
from typing import Literal

from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.definitions.faulty import Fault
from luotsi.domain.questionnaires.rules.faults import example_faults, faults
from luotsi.domain.questionnaires.rules.plan import CannotBeRead
from luotsi.domain.questionnaires.rules.wording import Place, unfinished

State = Literal["draft", "proposed", "published", "superseded", "retired"]


@dataclass(frozen=True)
class Checks:
    """What keeps the form from use; the faults of `examples` by the number of the example."""

    faults: tuple[Fault, ...]
    unfinished: tuple[Place, ...]
    examples: dict[int, tuple[Fault, ...]]
    has_example: bool

    @property
    def hold(self) -> bool:
        return self.has_example and not (self.faults or self.unfinished or self.examples)


def checks(form: Questionnaire) -> Checks:
    """Can it be read with any answers, is it complete in three languages, and does a worked example show that it gives
    what it should.
    """
    broken = faults(form)
    return Checks(broken, tuple(unfinished(form)), {} if broken else _failing(form), bool(form.examples))


def _failing(form: Questionnaire) -> dict[int, tuple[Fault, ...]]:
    found: dict[int, tuple[Fault, ...]] = {}
    for number, example in enumerate(form.examples):
        try:
            wrong = example_faults(form, example)
        except CannotBeRead as error:
            wrong = (error.fault,)
        if wrong:
            found[number] = wrong
    return found


@dataclass(frozen=True)
class Changes:
    """What a version has that the one before had not, by keys of items; `meaning`: scores, outcomes or dangers differ,
    `words`: the form's own texts do.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    is_reordered: bool
    meaning: bool
    words: bool

    @property
    def any(self) -> bool:
        listed = bool(self.added or self.removed or self.changed)
        return listed or self.is_reordered or self.meaning or self.words


def changes(before: Questionnaire, after: Questionnaire) -> Changes:
    old = {item.key: item.model_copy(update={"items": ()}) for item in before.every_item}
    new = {item.key: item.model_copy(update={"items": ()}) for item in after.every_item}
    both = [key for key in new if key in old]
    own = {"name", "intro", "intro_for_another", "thanks", "audience", "purpose", "is_anonymous", "register", "minutes"}
    own |= {"follows_matter", "only_oneself"}
    return Changes(
        added=tuple(key for key in new if key not in old),
        removed=tuple(key for key in old if key not in new),
        changed=tuple(key for key in both if new[key] != old[key]),
        is_reordered=both != [key for key in old if key in new],
        meaning=(before.scores, before.outcomes, before.dangers) != (after.scores, after.outcomes, after.dangers),
        words=before.model_dump(include=own) != after.model_dump(include=own),
    )


def state(*, proposed: bool, published: bool, retired: bool, has_later: bool) -> State:
    """What a version of a form is. `has_later`: a later version was published."""
    if not published:
        return "proposed" if proposed else "draft"
    if not retired:
        return "published"
    return "superseded" if has_later else "retired"
