"""Questions that are answered with a picture or a paper: the field, its words, and what came with a page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext

from luotsi.domain.questionnaires.rules.files import MOST_BYTES, MOST_FILES, MOST_TOGETHER, size_words
from luotsi.ui.forms import FilesInput

Files = dict[str, dict[str, Any]]  # what stands among the answers for each file, by its id


@dataclass(frozen=True)
class Came:
    """The files that are kept beside the answers, those that came with this page among them; by field why others are
    not; and where a kept one opens.
    """

    known: Files = field(default_factory=dict)
    unfit: dict[str, list[str]] = field(default_factory=dict)
    opens: Callable[[str], str] | None = None


NOTHING_CAME = Came()


class FilesField(forms.Field):
    """The files given before, as the page shows them; a page that comes back shows those that it names."""

    def __init__(self, *, came: Came = NOTHING_CAME, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.came = came

    def bound_data(self, data: Any, initial: Any) -> Any:
        return [self.came.known[id] for id in data if id in self.came.known]

    def prepare_value(self, value: Any) -> list[dict[str, str]]:
        return [self._shown(one) for one in value or [] if isinstance(one, dict) and "file" in one]

    def _shown(self, one: dict[str, Any]) -> dict[str, str]:
        said = f"{one.get('name', '')} ({size_words(int(one.get('size') or 0), get_language() or 'fi')})"
        return {"file": one["file"], "said": said, "url": self.came.opens(one["file"]) if self.came.opens else ""}


def files_input(*, is_many: bool) -> FilesInput:
    return FilesInput(
        is_many=is_many,
        remove=pgettext("filling", "Remove"),
        add=pgettext("filling", "Add the chosen files") if is_many else "",
    )


def file_hint() -> str:
    return pgettext(
        "filling",
        "A picture (JPG or PNG) or a PDF, at most %(most)s. On a phone you can take a picture. We remove from a "
        "picture where and when it was taken.",
    ) % {"most": _megabytes(MOST_BYTES)}


def unfit_words(kind: str, name: str) -> str:
    """Why a file was not taken, and what to do; the file is named as its giver knows it."""
    said = {
        "empty": pgettext("filling", "The file %(name)s is empty. Choose it again, or choose another one."),
        "too_large": pgettext(
            "filling",
            "The file %(name)s is too large: at most %(most)s. Take the picture again in a smaller size, or send a "
            "part of it.",
        ),
        "wrong_kind": pgettext("filling", "We cannot take the file %(name)s. Choose a picture (JPG or PNG) or a PDF."),
        "active": pgettext(
            "filling",
            "The file %(name)s has a program or another file in it. Save it as a plain PDF, or take a picture.",
        ),
        "too_many": pgettext("filling", "The file %(name)s does not fit in: at most %(count)s files together."),
        "too_much": pgettext("filling", "The file %(name)s does not fit in: at most %(together)s together."),
    }.get(kind, pgettext("filling", "The file %(name)s is damaged and does not open. Choose it again."))
    short = name if len(name) <= 40 else f"{name[:36]}…"
    limits = {"most": _megabytes(MOST_BYTES), "count": MOST_FILES, "together": _megabytes(MOST_TOGETHER)}
    return said % {"name": short, **limits}


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000} {'Mt' if get_language() == 'fi' else 'MB'}"
