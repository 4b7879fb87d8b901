"""allauth's MFA_ADAPTER: secrets encrypted at rest, names as people know them, a code to scan that shows on dark."""

import base64
import hashlib
from io import BytesIO
from typing import Any

import qrcode
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from qrcode.image.svg import SvgPathFillImage

from luotsi.ui.context import county


class Factors(DefaultMFAAdapter):
    """`user` is an Account that carries its owner's name as `label`, for this request."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text).decode()

    def get_totp_issuer(self) -> str:
        return str(county(settings.COUNTY).name.fi)

    def get_totp_label(self, user: Any) -> str:
        return str(user.label)

    def build_totp_svg(self, url: str) -> str:
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage, border=4).save(drawn)
        return drawn.getvalue().decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {"id": user.pk.bytes, "name": user.label, "display_name": user.label}


def _cipher() -> Fernet:
    derived = hashlib.sha256(b"luotsi one-time codes" + bytes.fromhex(settings.IDENTITY_KEY)).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
