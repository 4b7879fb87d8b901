"""A QR code as SVG, drawn here."""

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

_QUIET = 4  # modules of white around the code: the standard's own


def as_svg(address: str) -> bytes:
    """Black on white in any theme. A quarter of the code may be torn or smudged, as on a poster (level Q)."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    side = len(rows) + 2 * _QUIET
    squares = "".join(
        f"M{x + _QUIET},{y + _QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="480" height="480">'
        f'<path fill="#fff" d="M0,0h{side}v{side}H0z"/><path d="{squares}"/></svg>'
    ).encode()
