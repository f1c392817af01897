"""Keys of small secrets: read, changed, lost."""

import pytest
from pydantic import ValidationError

from libs.common.encryption.secret_keys import SecretKeys, SecretUnreadable, new_secret_key
from libs.common.settings import Settings

_OLD, _NEW = new_secret_key(), new_secret_key()


def _keys(text: str) -> SecretKeys:
    keys = SecretKeys.read(text)
    assert keys is not None
    return keys


def test_what_is_locked_tells_nothing_and_is_unlocked() -> None:
    locked = _keys(_OLD).lock(b"the secret")

    assert b"the secret" not in locked
    assert _keys(_OLD).unlock(locked) == b"the secret"


def test_a_new_key_before_the_former_unlocks_both_and_locks_under_the_new_one() -> None:
    locked = _keys(_OLD).lock(b"the secret")

    both = _keys(f"{_NEW}, {_OLD}")

    assert both.unlock(locked) == b"the secret"
    assert (both.newest, both.names) == (_keys(_NEW).newest, (both.newest, _keys(_OLD).newest))
    assert _keys(_NEW).unlock(both.lock(b"another")) == b"another"


def test_another_key_unlocks_nothing() -> None:
    with pytest.raises(SecretUnreadable):
        _keys(_NEW).unlock(_keys(_OLD).lock(b"the secret"))


def test_no_key_is_none() -> None:
    assert SecretKeys.read(" , ") is None
    assert Settings().account_keys is None


def test_what_is_no_key_is_refused_and_not_repeated() -> None:
    wrong = f"{_OLD},{'wrongkey' * 6}"

    with pytest.raises(ValidationError, match="openssl") as refusal:
        Settings.model_validate({"secret_keys": wrong})

    assert "wrongkey" not in str(refusal.value)
    assert _OLD not in str(refusal.value)
