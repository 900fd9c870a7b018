"""One-time codes of six digits that change every 30 seconds (RFC 6238). There is no clock here: now is a parameter."""

from __future__ import annotations

import binascii
import hmac
from base64 import b32decode
from hashlib import sha1
from urllib.parse import quote

STEP = 30
WINDOW = 1
"""Steps before and after the present one whose codes count too."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def base32(text: str) -> str:
    """A secret as apps take it: a letter of the base32 alphabet for each character."""
    return "".join(LETTERS[ord(letter) % 32] for letter in text)


def code(secret: str, now: int) -> str:
    """The code of a secret at a moment in unix seconds; "" when the secret is empty or not base32."""
    try:
        key = b32decode(secret.upper() + "=" * (-len(secret) % 8))
    except (binascii.Error, ValueError):
        return ""
    if not key:
        return ""
    digest = hmac.new(key, max(now // STEP, 0).to_bytes(8, "big"), sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def fits(secret: str, sent: str, now: int) -> bool:
    """Whether a code was made with the secret at about this moment."""
    return bool(sent) and any(code(secret, now + step * STEP) == sent for step in range(-WINDOW, WINDOW + 1))


def address(secret: str, email: str, issuer: str) -> str:
    """What the QR code for an app says."""
    name = quote(issuer)
    return f"otpauth://totp/{name}:{quote(email)}?secret={secret}&issuer={name}&algorithm=SHA1&digits=6&period={STEP}"
