"""What people answered, where answers are gathered, and the forms that the county makes itself."""

from luotsi.domain.questionnaires.models.attachment import Attachment
from luotsi.domain.questionnaires.models.form import Form
from luotsi.domain.questionnaires.models.gathering import Collection, Invitation, Reply
from luotsi.domain.questionnaires.models.response import Response, Score

__all__ = ["Attachment", "Collection", "Form", "Invitation", "Reply", "Response", "Score"]
