"""The keys for small secrets in a database, from the setting ``SECRET_KEYS``."""

import hashlib
import re
from dataclasses import dataclass
from typing import Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

_SEPARATORS = re.compile(r"[\s,]+")


class SecretUnreadable(Exception):  # noqa: N818 - what was kept, not a failure
    """None of the keys decrypts the secret."""


@dataclass(frozen=True)
class SecretKeys:
    """Fernet keys (AES-128-CBC and HMAC-SHA-256), the newest first: it locks, all of them unlock.

    names: one per key, in the same order; the first is stored beside what it locked, and reveals
    nothing about the key.
    """

    names: tuple[str, ...]
    _fernet: MultiFernet

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Parse keys separated by commas or blanks; None if there is none.

        Raises ValueError, which never repeats the text.
        """
        keys = [key for key in _SEPARATORS.split(text) if key]
        if not keys:
            return None
        try:
            fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            # Its cause may hold the text.
            raise ValueError(
                "each key must be 32 bytes in URL-safe base64: make one with"
                " `openssl rand -base64 32 | tr +/ -_`"
            ) from None
        return cls(tuple(hashlib.sha256(key.encode()).hexdigest()[:16] for key in keys), fernet)

    @property
    def newest(self) -> str:
        return self.names[0]

    def lock(self, secret: bytes) -> bytes:
        return self._fernet.encrypt(secret)

    def unlock(self, locked: bytes) -> bytes:
        """Decrypt a secret. Raises SecretUnreadable."""
        try:
            return self._fernet.decrypt(locked)
        except InvalidToken as error:
            raise SecretUnreadable from error


def new_secret_key() -> str:
    return Fernet.generate_key().decode()
