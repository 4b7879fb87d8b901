"""The headers that every answer carries, whichever part of the machine wrote it."""

from django.conf import settings
from django.http import HttpResponseBase

# Our pages need no device and none of the browser's measuring interfaces.
_NO = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
# The passkey of a step-up is the one thing that our own pages ask of a device.
PERMISSIONS = ", ".join([*(f"{name}=()" for name in _NO), "publickey-credentials-get=(self)"])


def fixed(*, secure: bool) -> dict[str, str]:
    """Those that do not depend on the page; `secure`: it travels over https. django-csp writes the content policy."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
    }
    if secure and settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return headers


def fill(response: HttpResponseBase, *, secure: bool) -> None:
    """Give the answer what it lacks of them."""
    for name, value in fixed(secure=secure).items():
        response.headers.setdefault(name, value)
