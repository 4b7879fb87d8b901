"""Every questionnaire that can be filled: those on the shelf and those that the county published itself."""

from luotsi.domain.questionnaires.definitions import Questionnaire, questionnaires


def current() -> dict[str, Questionnaire]:
    """The questionnaires in force now, by key."""
    return dict(questionnaires())


def definition(key: str, version: int | None = None) -> Questionnaire:
    """One questionnaire as it is in force, or as it was in that version. Raises KeyError when there is none."""
    form = questionnaires()[key]
    if version is not None and form.version != version:
        raise KeyError(f"{key} {version}")
    return form


def worded(key: str, version: int | None = None, *, for_another: bool = False) -> Questionnaire:
    """As `definition`, in the words for whoever answers for somebody else when they do. Raises KeyError."""
    form = definition(key, version)
    if not for_another:
        return form
    known = _FOR_ANOTHER.get((form.key, form.version))
    if known is None or known[0] is not form:
        known = _FOR_ANOTHER[form.key, form.version] = (form, form.for_another())
    return known[1]


# Made once: a form in other words is another form to whatever reads it, and reading begins by planning it.
_FOR_ANOTHER: dict[tuple[str, int], tuple[Questionnaire, Questionnaire]] = {}
