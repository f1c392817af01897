"""The secret keys of encrypted files, from the setting ``DECRYPTION_KEYS``."""

import json
import re
from dataclasses import dataclass, field
from datetime import date

SWITCH_DAY = date(2026, 6, 9)
"""In the night before, the DSO changed from AES-128 to AES-256 (domain: §2.11)."""

_FIELDS = {"key_hex", "iv_hex", "valid_from", "valid_to"}
_HEX = re.compile(r"[0-9a-fA-F]*")
_AES_128_BYTES, _AES_256_BYTES, IV_BYTES = 16, 32, 16


@dataclass(frozen=True)
class DecryptionKey:
    """One AES key, and the local days ``[valid_from, valid_to)`` whose files it should open.

    iv: the common one of all files under an AES-128 key; None if a file begins with its own
    (AES-256).
    """

    key: bytes = field(repr=False)
    iv: bytes | None = field(default=None, repr=False)
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


def read_keys(text: str) -> tuple[DecryptionKey, ...]:
    """Parse the keys of a JSON list; none if the text is blank.

    Raises ValueError whose message says what to correct, and never repeats the text.
    """
    if not text.strip():
        return ()
    try:
        entries = json.loads(text)
    except ValueError:
        # Its cause holds the text.
        raise ValueError('is no JSON: write [{"key_hex": "…"}]') from None
    if not isinstance(entries, list):
        raise ValueError('must be a list: write [{"key_hex": "…"}]')  # noqa: TRY004 - for pydantic
    return tuple(_key(place, entry) for place, entry in enumerate(entries, start=1))


def _key(place: int, entry: object) -> DecryptionKey:
    if not isinstance(entry, dict) or not set(entry) <= _FIELDS:
        field_names = ", ".join(sorted(_FIELDS))
        raise ValueError(f"key {place} must be an object with no other fields than {field_names}")
    key, iv = (_bytes(place, name, entry.get(name)) for name in ("key_hex", "iv_hex"))
    if key is None or len(key) != (_AES_256_BYTES if iv is None else _AES_128_BYTES):
        raise ValueError(
            f"key {place}: key_hex must be 32 hexadecimal digits beside an iv_hex (AES-128), "
            "or 64 without one (AES-256)"
        )
    if iv is not None and len(iv) != IV_BYTES:
        raise ValueError(f"key {place}: iv_hex must be 32 hexadecimal digits")
    valid_from, valid_to = (
        _day(place, name, entry.get(name)) for name in ("valid_from", "valid_to")
    )
    if valid_from is None and valid_to is None:
        valid_from, valid_to = (SWITCH_DAY, None) if iv is None else (None, SWITCH_DAY)
    if valid_from and valid_to and valid_from >= valid_to:
        raise ValueError(f"key {place}: valid_to must be after valid_from")
    return DecryptionKey(key, iv, valid_from, valid_to)


def _bytes(place: int, name: str, text: object) -> bytes | None:
    if text is None:
        return None
    if not isinstance(text, str) or not _HEX.fullmatch(text) or len(text) % 2:
        raise ValueError(f"key {place}: {name} must be a text of hexadecimal digits")
    return bytes.fromhex(text)


def _day(place: int, name: str, text: object) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"key {place}: {name} must be a day such as 2026-06-09") from None
