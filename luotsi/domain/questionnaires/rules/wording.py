"""Every text of a questionnaire in one list: what is written in which language, and what is missing. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luotsi.base.shelf import Entry
from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.questionnaires.definitions import Example, Questionnaire
from luotsi.domain.questionnaires.rules.editing import EMPTY, whole


@dataclass(frozen=True)
class Place:
    """One text. `path` leads to it (items.3.options.1.label); `owners` are the parts around it, outermost first."""

    path: str
    name: str
    owners: tuple[Entry, ...]
    text: Text

    @property
    def is_needed(self) -> bool:
        return type(self.owners[-1]).model_fields[self.name].is_required()

    @property
    def lacks(self) -> tuple[str, ...]:
        """The languages in which it is not written."""
        return tuple(one for one in LANGUAGES if not getattr(self.text, one).strip())


def places(form: Questionnaire) -> list[Place]:
    """The texts that somebody reads who fills the form or its answers; those of worked examples are nobody's."""
    return list(_of(form, "", (form,)))


def unfinished(form: Questionnaire) -> list[Place]:
    """The texts that are missing in some language."""
    return [place for place in places(form) if place.lacks]


def written(form: Questionnaire, texts: Mapping[str, Text]) -> Questionnaire:
    """With these texts at their paths. Paths that the form does not have are left out. Raises NotWhole."""
    known = {place.path: place for place in places(form)}
    data = form.model_dump()
    for path, text in texts.items():
        if path in known:
            *steps, last = path.split(".")
            at: Any = data
            for step in steps:
                if not isinstance(at, dict):
                    at = at[int(step)]
                else:
                    at[step] = list(at[step]) if isinstance(at[step], tuple) else at[step]
                    at = at[step]
            at[last] = text if text != EMPTY or known[path].is_needed else None
    return whole(Questionnaire.model_validate(data))


def text(fi: str, sv: str, en: str) -> Text | None:
    """None when nothing is written in any language."""
    said = Text(fi=fi.strip(), sv=sv.strip(), en=en.strip())
    return None if said == EMPTY else said


def _of(entry: Entry, path: str, owners: tuple[Entry, ...]) -> Iterator[Place]:
    for name in type(entry).model_fields:
        value, here = getattr(entry, name), f"{path}{name}"
        if isinstance(value, Text):
            yield Place(here, name, owners, value)
        elif isinstance(value, tuple | dict):
            inner = value.items() if isinstance(value, dict) else enumerate(value)
            for step, one in inner:
                if isinstance(one, Entry) and not isinstance(one, Example):
                    yield from _of(one, f"{here}.{step}.", (*owners, one))
