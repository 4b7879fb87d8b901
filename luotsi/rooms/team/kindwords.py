"""What the steps of a kind of matter are called: as the kind says on the shelf, or else as judging a need is called."""

from collections.abc import Collection

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.who import Who
from luotsi.domain.cases.definitions import CaseKind, case_kinds
from luotsi.domain.cases.definitions.words import case_words
from luotsi.domain.cases.rules import CaseState
from luotsi.domain.organisation.rules import works_in
from luotsi.rooms.team.choices import VIEWS
from luotsi.rooms.team.words import state_words


def words_of(kind: CaseKind) -> dict[str, str]:
    """The words of every step, in the reader's language."""
    usual = {
        "waits": _("New"),
        "new_ones": _("New contacts"),
        "assess": _("Assess the need"),
        "assess_again": _("Assess the need again"),
        "choice": _("Judgement"),
        "choose": _("Choose how you judge the need."),
        "note": _("Grounds and instructions"),
        "note_hint": _("What the judgement rests on, and what was told to the resident."),
        "note_missing": _("Write the answer that the resident reads."),
        "save": _("Save the judgement"),
        "judged": _("Judgements"),
        "happened": _("Need assessed"),
    }
    known = case_words().get(kind.key)
    own = {name: text.in_language(get_language() or "fi") for name, text in known.words.items()} if known else {}
    return {**usual, **own}


def state_name(kind: CaseKind, state: CaseState) -> str:
    """Where a matter of this kind stands, as its kind says on the shelf or as every matter's state is called."""
    if state in kind.team_words:
        return kind.team_words[state].in_language(get_language() or "fi")
    return words_of(kind)["waits"] if state == "new" else state_words(state)


def kinds_for(viewer: Who) -> list[CaseKind]:
    """The kinds of matter that come to a worker in this role: those of the registers it works in."""
    return [kind for kind in case_kinds().values() if works_in(viewer.role, kind.register)]


def states_for(kinds: Collection[CaseKind]) -> set[str]:
    """The states in which an open matter of these kinds can stand. One that is only answered has no times or visits."""
    return {"new"} if all(kind.is_request for kind in kinds) else {state for view in VIEWS.values() for state in view}


def name_of_new(kinds: Collection[CaseKind]) -> str:
    """What the new ones are called on the list: by the kinds' own word where they have one for all of them."""
    names = {words_of(kind)["new_ones"] for kind in kinds}
    return names.pop() if len(names) == 1 else _("New contacts")
