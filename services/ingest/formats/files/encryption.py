"""Files that the DSO encrypts as a whole: AES in CBC mode, padded by PKCS7 (domain: §2.11).

CBC does not detect a wrong key: what it opens must end in a valid padding, and be a whole zip or a
document of a known format.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import IO

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

from libs.common.calendar import local_day
from libs.common.encryption.decryption_keys import DecryptionKey
from services.ingest.formats.files.archives import HEAD_BYTES, IN_MEMORY_BYTES, READ_AT_ONCE_BYTES

_BLOCK_BYTES = 16


@dataclass(frozen=True)
class Decryption:
    """The keys that may open a file, and when the file was published."""

    keys: tuple[DecryptionKey, ...]
    published_at: datetime

    @property
    def keys_in_order(self) -> list[DecryptionKey]:
        """The day's keys first, then the others: a night's files may still have the old key."""
        day = local_day(self.published_at)
        return sorted(self.keys, key=lambda key: not key.covers(day))

    def may_open(self, byte_count: int) -> bool:
        """Return whether there are keys, and the length is that of an encrypted file.

        No byte of the file shows that it is encrypted.
        """
        return bool(self.keys and byte_count) and byte_count % _BLOCK_BYTES == 0


def decrypt(
    file: IO[bytes],
    decryption: Decryption,
    *,
    may_begin: Callable[[bytes], bool],
    is_plain: Callable[[IO[bytes]], bool],
) -> IO[bytes] | None:
    """Return the content of an encrypted file, to be closed; None if no key opens it.

    The content is decrypted to a temporary file, if it is large.
    may_begin: whether these may be the first bytes of what the DSO has encrypted, so that a wrong
    key does not decrypt all of a large file. is_plain: whether the whole content is that.
    """
    byte_count = file.seek(0, SEEK_END)
    for key in decryption.keys_in_order:
        encrypted = _Encrypted(file, byte_count, key)
        if encrypted.padding_bytes and may_begin(encrypted.head()):
            plain = encrypted.decrypted()
            if is_plain(plain):
                plain.seek(0)
                return plain
            plain.close()
    return None


class _Encrypted:
    """A file seen through one key.

    padding_bytes: how much of its end is padding, 0 if that is wrong; the last block alone shows
    it. One wrong key in 256 passes this test.
    """

    def __init__(self, file: IO[bytes], byte_count: int, key: DecryptionKey) -> None:
        self._file = file
        self._key = key.key
        file.seek(0)
        self._iv = key.iv or file.read(_BLOCK_BYTES)
        self._begin = file.tell()
        self._body_bytes = byte_count - self._begin
        self.padding_bytes = self._padding_bytes() if self._body_bytes else 0

    def head(self) -> bytes:
        """Return the first HEAD_BYTES, decrypted."""
        self._file.seek(self._begin)
        head = self._decryptor(self._iv).update(self._file.read(HEAD_BYTES))
        return head[: self._body_bytes - self.padding_bytes]

    def decrypted(self) -> IO[bytes]:
        plain = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - the caller closes it
        decryptor = self._decryptor(self._iv)
        self._file.seek(self._begin)
        while piece := self._file.read(READ_AT_ONCE_BYTES):
            plain.write(decryptor.update(piece))
        plain.truncate(self._body_bytes - self.padding_bytes)
        plain.seek(0)
        return plain

    def _padding_bytes(self) -> int:
        before_bytes = min(_BLOCK_BYTES, self._body_bytes - _BLOCK_BYTES)
        self._file.seek(-before_bytes - _BLOCK_BYTES, SEEK_END)
        block_before = self._file.read(before_bytes) or self._iv
        last = self._decryptor(block_before).update(self._file.read(_BLOCK_BYTES))
        count = last[-1]
        is_right = 1 <= count <= _BLOCK_BYTES and last.endswith(bytes([count]) * count)
        return count if is_right else 0

    def _decryptor(self, iv: bytes) -> CipherContext:
        return Cipher(algorithms.AES(self._key), modes.CBC(iv)).decryptor()
