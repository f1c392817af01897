"""Files that the DSO encrypts as a whole: AES in CBC mode, padded by PKCS7 (domain: §2.11).

CBC does not tell a wrong key: what it opens must end in a right padding, and be a whole zip or a
document of a known format.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from libs.common.calendar import local_day
from libs.common.decryption_keys import DecryptionKey

_BLOCK_BYTES = 16


@dataclass(frozen=True)
class Decryption:
    """The keys that may open a file, and when the file was published."""

    keys: tuple[DecryptionKey, ...]
    published_at: datetime

    @property
    def keys_in_order(self) -> list[DecryptionKey]:
        """Those of the day first, then the others: a night's files may still have the old key."""
        day = local_day(self.published_at)
        return sorted(self.keys, key=lambda one: not one.covers(day))

    def may_open(self, content: bytes) -> bool:
        """Whether there are keys, and the length is that of an encrypted file: no byte tells it."""
        return bool(self.keys and content) and len(content) % _BLOCK_BYTES == 0


def decrypt(
    content: bytes, decryption: Decryption, *, is_plain: Callable[[bytes], bool]
) -> bytes | None:
    """What is in an encrypted file; None if no key opens it, whatever the reason.

    is_plain: whether bytes are what the DSO may have encrypted.
    """
    return next((plain for plain in _opened(content, decryption) if is_plain(plain)), None)


def _opened(content: bytes, decryption: Decryption) -> Iterator[bytes]:
    """What the keys make of it, where the padding is right: one wrong key in 256 comes so far."""
    for key in decryption.keys_in_order:
        if key.iv is None:
            iv, body = content[:_BLOCK_BYTES], content[_BLOCK_BYTES:]
        else:
            iv, body = key.iv, content
        padding_bytes = _padding_bytes(key.key, iv, body)
        if padding_bytes:
            yield _decrypted(key.key, iv, body)[:-padding_bytes]


def _padding_bytes(key: bytes, iv: bytes, body: bytes) -> int:
    """How much of the end is padding, 0 if it is wrong; the last block tells it by itself."""
    if not body:
        return 0
    before = body[-2 * _BLOCK_BYTES : -_BLOCK_BYTES] or iv
    last = _decrypted(key, before, body[-_BLOCK_BYTES:])
    count = last[-1]
    is_right = 1 <= count <= _BLOCK_BYTES and last.endswith(bytes([count]) * count)
    return count if is_right else 0


def _decrypted(key: bytes, iv: bytes, body: bytes) -> bytes:
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
