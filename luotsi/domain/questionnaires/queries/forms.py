"""Every questionnaire that can be filled: those on the shelf and those that the county published itself."""

from uuid import UUID

from luotsi.base.text import Text
from luotsi.domain.questionnaires.definitions import Questionnaire, of_version, questionnaires
from luotsi.domain.questionnaires.models import Form
from luotsi.domain.questionnaires.rules.keeping import from_kept


def current() -> dict[str, Questionnaire]:
    """The questionnaires in force now, by key. A key of the shelf is the shelf's."""
    own = Form.objects.filter(published_at__isnull=False, retired_at=None).order_by("key").defer("content")
    return {row.key: _published(row) for row in own} | questionnaires()


def definition(key: str, version: int | None = None) -> Questionnaire:
    """One questionnaire as it is in force, or as it was in that version, also one that is used no more: what began in
    it goes on in it. Raises KeyError when there is none.
    """
    if key in questionnaires():
        form = questionnaires()[key] if version is None else of_version(key, version)
        if form is None:
            raise KeyError(f"{key} {version}")
        return form
    rows = Form.objects.filter(key=key, published_at__isnull=False).defer("content")
    row = rows.filter(retired_at=None).first() if version is None else rows.filter(version=version).first()
    if row is None:
        raise KeyError(key if version is None else f"{key} {version}")
    return _published(row)


def known(key: str, version: int | None) -> Questionnaire | None:
    """As it was in that version, else the nearest that can still be read: as it is in force, or was last. For reading
    what was answered long ago; None when there is nothing to read it by.
    """
    if key in questionnaires():
        return (of_version(key, version) if version is not None else None) or questionnaires()[key]
    rows = Form.objects.filter(key=key, published_at__isnull=False).defer("content").order_by("version")
    row = rows.filter(version=version).first() or rows.last()
    return _published(row) if row else None


def names() -> dict[str, Text]:
    """The name of every questionnaire that is or was in use, by key."""
    own = Form.objects.filter(published_at__isnull=False).order_by("version").defer("content")
    return {row.key: _published(row).name for row in own} | {key: one.name for key, one in questionnaires().items()}


def worded(key: str, version: int | None = None, *, for_another: bool = False) -> Questionnaire:
    """As `definition`, in the words for whoever answers for somebody else when they do. Raises KeyError."""
    form = definition(key, version)
    if not for_another:
        return form
    known = _FOR_ANOTHER.get((form.key, form.version))
    if known is None or known[0] is not form:
        known = _FOR_ANOTHER[form.key, form.version] = (form, form.for_another())
    return known[1]


def _published(row: Form) -> Questionnaire:
    """What is published never changes, so that it is read once in each process."""
    if row.id not in _PUBLISHED:
        _PUBLISHED[row.id] = from_kept(row.content)
    return _PUBLISHED[row.id]


# Made once: a form in other words is another form to whatever reads it, and reading begins by planning it.
_FOR_ANOTHER: dict[tuple[str, int], tuple[Questionnaire, Questionnaire]] = {}
_PUBLISHED: dict[UUID, Questionnaire] = {}
