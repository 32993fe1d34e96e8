"""Secrets of the pages: one-time links and sessions, known to the tables by their hash alone."""

import hashlib
import secrets

BYTES = 24
"""192 bits: nobody finds one by trying."""


def fresh_secret() -> str:
    """A new secret, in signs that stand in addresses and cookies as they are."""
    return secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    """What the tables keep of it."""
    return hashlib.sha256(f"secret:{secret}".encode()).hexdigest()


def token_of(secret: str) -> str:
    """What a form must bring beside the cookie that holds the secret; who sees it does not know the cookie."""
    return hashlib.sha256(f"form:{secret}".encode()).hexdigest()[:40]
