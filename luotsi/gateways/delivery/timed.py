"""Django's way to an SMTP server, but for the question where the server is: that has a time limit here too."""

import smtplib
import socket
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from luotsi.gateways.outbound import lookup


class _Timed:
    """Comes before smtplib's own class, and hands it addresses. What TLS checks is still the server's name."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found = lookup.addresses(host, port)
        for address in found[:-1]:
            try:
                return self._connected(address, port, timeout)
            except OSError:
                continue
        return self._connected(found[-1], port, timeout)

    def _connected(self, address: str, port: int, timeout: float) -> Any:
        return super()._get_socket(address, port, timeout)  # type: ignore[misc]


class _Plain(_Timed, smtplib.SMTP):
    """Without TLS, or with STARTTLS."""


class _Secure(_Timed, smtplib.SMTP_SSL):
    """TLS from the first byte."""


class TimedBackend(EmailBackend):
    """Each step has its limit: asking where the server is, and then EMAIL_TIMEOUT."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Secure if self.use_ssl else _Plain
