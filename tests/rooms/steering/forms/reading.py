"""Reading the pages of forms as a browser does: their words, and what their forms would send."""

import re
from html import unescape

from luotsi.base.who import Who
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.models import Form
from luotsi.domain.questionnaires.queries import designing as queries

FORMS = "/fi/boards/forms/"
NAME = {"name-fi": "Oma palaute", "name-sv": "Egen respons", "name-en": "Own feedback"}


def at(draft: Form, part: str = "") -> str:
    return f"{FORMS}drafts/{draft.id}/{part}"


def now(draft: Form, editor: Who) -> Questionnaire:
    return queries.draft(editor, draft.id).form


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def fields(body: str, form: str) -> dict[str, list[str]]:
    """What a browser would send of the form whose tag has these words, without its buttons."""
    inside = re.search(rf"<form[^>]*{re.escape(form)}.*?</form>", body, re.S)
    assert inside, f"no form {form}"
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", inside[0]):
        name, value = (re.search(rf'\b{one}="([^"]*)"', tag) for one in ("name", "value"))
        is_box = bool(re.search(r'type="(radio|checkbox)"', tag))
        if name and (not is_box or "checked" in tag):
            found.setdefault(name[1], []).append(value[1] if value else "on" if is_box else "")
    for name, said in re.findall(r'<textarea name="([^"]+)"[^>]*>\s?(.*?)</textarea>', inside[0], re.S):
        found.setdefault(name, []).append(said)
    for name, said in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', inside[0], re.S):
        chosen = (
            re.findall(r'<option value="([^"]*)" selected', said) or re.findall(r'<option value="([^"]*)"', said)[:1]
        )
        found.setdefault(name, []).extend(chosen)
    return {name: [unescape(one) for one in said] for name, said in found.items()}
