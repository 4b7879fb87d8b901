"""What a page of filling works on: answers under way, wherever they are kept, and the addresses around them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.http import HttpRequest

from luotsi.base.ids import new_id
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.queries import attachments, own
from luotsi.domain.questionnaires.queries.gathering import Gathering
from luotsi.domain.questionnaires.rules import files
from luotsi.domain.questionnaires.rules.files import Sound
from luotsi.rooms.filling import drafts
from luotsi.rooms.filling.filefields import Files


@dataclass(frozen=True)
class Places:
    """Where the pages of one filling stand. `leave` is where one goes who goes on later, or stops; `file` where a
    file opens, by its id, when it can be opened before the answers are sent.
    """

    step: Callable[[int], str]
    review: str
    leave: str
    file: Callable[[str], str] | None = None


class Sheet(Protocol):
    """Answers under way. `keep` holds what a page gave beside the rest, and raises questionnaires.Stale. `lasts`: they
    can be gone on with later.
    """

    @property
    def form(self) -> Questionnaire: ...

    @property
    def places(self) -> Places: ...

    @property
    def revision(self) -> int: ...

    @property
    def lasts(self) -> bool: ...

    def read(self) -> rules.State: ...

    def keep(self, given: Mapping[str, Any], *, at_step: str, revision: int) -> rules.State: ...


@dataclass
class Kept:
    """With a response in the database: on any device of whoever writes it."""

    answers: own.Answers
    places: Places
    viewer: Who
    at: datetime
    lasts: bool = True

    @property
    def form(self) -> Questionnaire:
        return self.answers.form

    @property
    def revision(self) -> int:
        return self.answers.revision

    def read(self) -> rules.State:
        return rules.read(self.form, self.answers.answers, on=local_day(self.at))

    def keep(self, given: Mapping[str, Any], *, at_step: str, revision: int) -> rules.State:
        row, state = questionnaires.keep(
            response=self.answers.id, given=given, at_step=at_step, revision=revision, by=self.viewer, at=self.at
        )
        self.answers = replace(self.answers, answers=row.answers, revision=row.revision, at_step=at_step)
        return state

    def files(self) -> Files:
        return attachments.of_response(self.answers.id)

    def attach(self, item: str, name: str, content: bytes) -> dict[str, Any]:
        return questionnaires.attach(
            response=self.answers.id, item=item, name=name, content=content, by=self.viewer, at=self.at
        )


@dataclass
class Carried:
    """With this browser alone, until they are sent: by a link, on a kiosk."""

    request: HttpRequest
    gathering: Gathering
    form: Questionnaire
    places: Places
    held: dict[str, Any]
    at: datetime
    lasts: bool = False

    @property
    def revision(self) -> int:
        return int(self.held["revision"])

    @property
    def key(self) -> UUID:
        return UUID(self.held["key"])

    @property
    def answers(self) -> dict[str, Any]:
        return dict(self.held["answers"])

    def read(self) -> rules.State:
        return rules.read(self.form, self.answers, on=local_day(self.at))

    def keep(self, given: Mapping[str, Any], *, at_step: str, revision: int) -> rules.State:
        if revision != self.revision:
            raise questionnaires.Stale(self.revision)
        kept = {key: value for key, value in {**self.answers, **given}.items() if value not in (None, "", [], {})}
        gone = set(files.named_in(self.answers)) - set(files.named_in(kept))
        for file in [one for one in gone if one in self._files]:
            drafts.drop_file(self._files.pop(file)["place"])
        self.held |= {"answers": kept, "revision": revision + 1}
        drafts.keep(self.request, self.held, at=self.at)
        return self.read()

    @property
    def _files(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self.held.setdefault(drafts.FILES, {})
        return found

    def files(self) -> Files:
        return {id: {name: one[name] for name in ("file", "name", "kind", "size")} for id, one in self._files.items()}

    def attach(self, item: str, name: str, content: bytes) -> dict[str, Any]:
        """Sealed in a row of its own, which opens with the answers and goes with them."""
        sound = files.judged(name, content)
        files.check_room([*(one["size"] for one in self._files.values()), len(sound.content)])
        kept = files.kept(new_id(), name=sound.name, kind=sound.kind, size=len(sound.content))
        place = drafts.put_file(self.request, sound.content, at=self.at)
        self._files[kept["file"]] = {**kept, "item": item, "place": place}
        drafts.keep(self.request, self.held, at=self.at)
        return kept

    def attached(self) -> dict[str, tuple[str, Sound]]:
        """The files that stand among the answers, each with its question, as they are sent."""
        named = set(files.named_in(self.answers))
        found = {id: drafts.file(self.request, one["place"]) for id, one in self._files.items() if id in named}
        return {
            id: (self._files[id]["item"], Sound(self._files[id]["name"], self._files[id]["kind"], content))
            for id, content in found.items()
            if content is not None
        }
