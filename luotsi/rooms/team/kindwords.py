"""What the steps of a kind of matter are called: as the kind says on the shelf, or else as judging a need is called."""

from collections.abc import Collection

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from luotsi.base.who import Who
from luotsi.domain.cases.definitions import CaseKind, case_kinds
from luotsi.domain.cases.definitions.words import case_words
from luotsi.domain.cases.rules import CaseState
from luotsi.domain.organisation.rules import works_in
from luotsi.rooms.team.choices import VIEWS
from luotsi.rooms.team.words import state_words

# What a step is called where the kind has no word of its own.
_USUAL = {
    "waits": gettext_noop("New"),
    "new_ones": gettext_noop("New contacts"),
    "assess": gettext_noop("Assess the need"),
    "assess_again": gettext_noop("Assess the need again"),
    "choice": gettext_noop("Judgement"),
    "choose": gettext_noop("Choose how you judge the need."),
    "note": gettext_noop("Grounds and instructions"),
    "note_hint": gettext_noop("What the judgement rests on, and what was told to the resident."),
    "note_missing": gettext_noop("Write the answer that the resident reads."),
    "save": gettext_noop("Save the judgement"),
    "judged": gettext_noop("Judgements"),
    "happened": gettext_noop("Need assessed"),
}


def words_of(kind: CaseKind) -> dict[str, str]:
    """The words of every step, in the reader's language."""
    return {name: word_of(kind, name) for name in _USUAL}


def word_of(kind: CaseKind, name: str) -> str:
    """One of them: the kind's own on the shelf, or the usual one."""
    known = case_words().get(kind.key)
    own = known.words.get(name) if known else None
    return own.in_language(get_language() or "fi") if own else _(_USUAL[name])


def state_name(kind: CaseKind, state: CaseState) -> str:
    """Where a matter of this kind stands, as its kind says on the shelf or as every matter's state is called."""
    if state in kind.team_words:
        return kind.team_words[state].in_language(get_language() or "fi")
    return word_of(kind, "waits") if state == "new" else state_words(state)


def kinds_for(viewer: Who) -> list[CaseKind]:
    """The kinds of matter that come to a worker in this role: those of the registers it works in."""
    return [kind for kind in case_kinds().values() if works_in(viewer.role, kind.register)]


def states_for(kinds: Collection[CaseKind]) -> set[str]:
    """The states in which an open matter of these kinds can stand. One that is only answered has no times or visits."""
    return {"new"} if all(kind.is_request for kind in kinds) else {state for view in VIEWS.values() for state in view}


def name_of_new(kinds: Collection[CaseKind]) -> str:
    """What the new ones are called on the list: by the kinds' own word where they have one for all of them."""
    names = {word_of(kind, "new_ones") for kind in kinds}
    return names.pop() if len(names) == 1 else _("New contacts")
