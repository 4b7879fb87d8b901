"""Mail through SMTP, or into a folder in the demonstration."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from luotsi.domain.messaging.ports import CannotSend


class DjangoMailer:
    """Sends through the settings' mail backend. A server that does not answer is a CannotSend with its address."""

    def send(self, *, to: str, subject: str, body: str, key: str) -> None:
        message = EmailMessage(subject=subject, body=body, to=[to], headers={"Message-ID": f"<{key}@luotsi>"})
        try:
            message.send()
        except (OSError, smtplib.SMTPException) as error:
            where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if settings.EMAIL_HOST else settings.EMAIL_FILE_PATH
            raise CannotSend(
                f"the mail server {where} did not take the mail ({type(error).__name__}); "
                "check LUOTSI_MAIL, the notices wait and are tried again"
            ) from error
