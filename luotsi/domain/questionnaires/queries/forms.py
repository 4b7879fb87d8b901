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
