"""The files that come with a page of questions: each is kept beside the answers at once, or told why not.

Nothing else on the page is lost by it: a file that was taken stays taken while the rest is mended.
"""

from typing import Any, Protocol, runtime_checkable

from django.http import HttpRequest, QueryDict

from luotsi.domain.questionnaires.actions import Unfit
from luotsi.domain.questionnaires.definitions import Item
from luotsi.domain.questionnaires.rules import State
from luotsi.domain.questionnaires.rules.files import MOST_BYTES
from luotsi.rooms.filling.filefields import NOTHING_CAME, Came, Files, unfit_words
from luotsi.rooms.filling.sheets import Sheet
from luotsi.rooms.filling.steps import Step, number_of

DROP = "drop-"
_ID = 36
_LONGEST_NAME = 500


@runtime_checkable
class KeepsFiles(Protocol):
    """A sheet beside whose answers files can be kept. `attach` raises Unfit."""

    def files(self) -> Files: ...

    def attach(self, item: str, name: str, content: bytes) -> dict[str, Any]: ...


def shown(sheet: Sheet, step: Step) -> Came:
    """Where the files of a page open, for a page that is only shown."""
    return Came(opens=sheet.places.file) if _asked(step) else NOTHING_CAME


def taken(request: HttpRequest, sheet: Sheet, step: Step, state: State) -> Came:
    """Keep what came with the page, once; its fields name it from now on. What is to be dropped they name no more."""
    asked = _asked(step)
    if not asked or not isinstance(sheet, KeepsFiles):
        return NOTHING_CAME
    data, unfit = request.POST.copy(), getattr(request, "unfit_files", None)
    if unfit is None:
        unfit = _kept(request, sheet, {number_of(state.form, item.key): item for item in asked}, data)
        request.unfit_files = unfit  # type: ignore[attr-defined]
    _drop(data)
    request.POST = data  # type: ignore[assignment]
    return Came(sheet.files(), unfit, sheet.places.file)


def _asked(step: Step) -> list[Item]:
    return [line.item for line in step.questions if line.item.type == "file"]


def _kept(request: HttpRequest, sheet: KeepsFiles, asked: dict[int, Item], data: QueryDict) -> dict[str, list[str]]:
    unfit: dict[str, list[str]] = {}
    for field, came in request.FILES.lists():
        item = asked.get(_number(field))
        for file in came if item else ():
            name = (file.name or "")[:_LONGEST_NAME]
            try:
                if (file.size or 0) > MOST_BYTES:
                    raise Unfit("too_large")
                data.appendlist(field, sheet.attach(item.key, name, file.read())["file"])
            except Unfit as why:
                unfit.setdefault(field, []).append(unfit_words(why.kind, name))
    return unfit


def _number(field: str) -> int:
    """The place of the question in the form, in the name of its field: q7, or q4-0-q7 in a row of a group."""
    said = field.rpartition("q")[2]
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0


def _drop(data: QueryDict) -> None:
    go = data.get("go", "")
    if go.startswith(DROP):
        field, file = go[len(DROP) : -_ID - 1], go[-_ID:]
        data.setlist(field, [one for one in data.getlist(field) if one != file])
