"""What the DSO does to a file before it sends it; the keys are invented."""

import json
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from libs.common.encryption.decryption_keys import DecryptionKey

OLD_KEY, OLD_IV = bytes(range(16)), bytes(range(100, 116))
NEW_KEY = bytes(range(200, 232))
SETTING = json.dumps(
    [{"key_hex": OLD_KEY.hex(), "iv_hex": OLD_IV.hex()}, {"key_hex": NEW_KEY.hex()}]
)


def encrypt(content: bytes, key: DecryptionKey) -> bytes:
    padder = PKCS7(128).padder()
    padded = padder.update(content) + padder.finalize()
    own_iv = b"" if key.iv else secrets.token_bytes(16)
    encryptor = Cipher(algorithms.AES(key.key), modes.CBC(key.iv or own_iv)).encryptor()
    return own_iv + encryptor.update(padded) + encryptor.finalize()
