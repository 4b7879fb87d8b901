"""Who makes forms in these tests, and the draft that they make."""

from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.domain.questionnaires.actions import designing
from luotsi.domain.questionnaires.definitions import questionnaires
from luotsi.domain.questionnaires.models import Form
from luotsi.domain.questionnaires.rules import editing
from tests.factories import MORNING, worker
from tests.factories.clients import signed_in


@pytest.fixture
def editor() -> Who:
    return worker("programme-coordinator", "kehittaminen", name="Erja Editoija")


@pytest.fixture
def manager() -> Who:
    return worker("service-manager", "kehittaminen", name="Maija Päällikkö")


@pytest.fixture
def browser(editor: Who) -> Client:
    return signed_in(editor)


@pytest.fixture
def draft(editor: Who) -> Form:
    """A copy of the reception feedback."""
    form = editing.copied(questionnaires()["feedback_reception"], key="oma", name=Text(fi="Oma", sv="Egen", en="Own"))
    return designing.draft(form=form, id=uuid4(), by=editor, at=MORNING)
