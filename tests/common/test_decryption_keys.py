"""Keys from the settings: what is taken, and that no message and no log ever shows one."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import structlog
from pydantic import ValidationError

from libs.common.encryption.decryption_keys import DecryptionKey, read_keys
from libs.common.logs.logging import configure_logging
from libs.common.settings import Settings
from services.cli.processes import _environment

KEY_128, KEY_256, IV = "ab" * 16, "cd" * 32, "ef" * 16
SECRETS = (KEY_128, KEY_256, IV)


def _setting(*keys: object) -> str:
    return json.dumps(keys)


def test_no_text_is_no_key() -> None:
    assert read_keys("") == read_keys("  ") == read_keys("[]") == ()


def test_without_days_each_generation_has_its_own_side_of_the_switch() -> None:
    old, new = read_keys(_setting({"key_hex": KEY_128, "iv_hex": IV}, {"key_hex": KEY_256}))

    assert old == DecryptionKey(
        bytes.fromhex(KEY_128), bytes.fromhex(IV), valid_to=date(2026, 6, 9)
    )
    assert new == DecryptionKey(bytes.fromhex(KEY_256), valid_from=date(2026, 6, 9))
    assert [old.covers(date(2026, 6, day)) for day in (8, 9)] == [True, False]
    assert [new.covers(date(2026, 6, day)) for day in (8, 9)] == [False, True]


def test_days_that_are_given_are_the_keys() -> None:
    (key,) = read_keys(
        _setting({"key_hex": KEY_256, "valid_from": "2026-07-01", "valid_to": "2027-07-01"})
    )

    assert (key.valid_from, key.valid_to) == (date(2026, 7, 1), date(2027, 7, 1))


WRONG = [
    pytest.param(KEY_256, "no JSON", id="bare key"),
    pytest.param(f'[{{"key_hex": "{KEY_256}"', "no JSON", id="cut"),
    pytest.param(f'{{"key_hex": "{KEY_256}"}}', "a list", id="no list"),
    pytest.param(_setting(KEY_256), "key 1 must be an object", id="text"),
    pytest.param(_setting({KEY_256: "key"}), "no other fields", id="the key as a name"),
    pytest.param(_setting({}), "key 1: key_hex", id="no key"),
    pytest.param(_setting({"key_hex": KEY_256[:-2]}), "64 without", id="short"),
    pytest.param(_setting({"key_hex": KEY_256[:-1]}), "hexadecimal", id="half a byte"),
    pytest.param(_setting({"key_hex": KEY_256 + "é"}), "hexadecimal", id="no digits"),
    pytest.param(_setting({"key_hex": KEY_256}, {"key_hex": KEY_128}), "key 2", id="no iv"),
    pytest.param(_setting({"key_hex": KEY_256, "iv_hex": IV}), "AES-128", id="an iv too many"),
    pytest.param(_setting({"key_hex": KEY_128, "iv_hex": IV[2:]}), "iv_hex must be", id="short iv"),
    pytest.param(_setting({"key_hex": KEY_256, "valid_from": KEY_256}), "a day", id="no day"),
    pytest.param(
        _setting({"key_hex": KEY_256, "valid_from": "2026-07-01", "valid_to": "2026-07-01"}),
        "after",
        id="no time",
    ),
]


@pytest.mark.parametrize(("text", "what"), WRONG)
def test_a_wrong_setting_is_refused_at_the_start_without_showing_it(text: str, what: str) -> None:
    with pytest.raises(ValidationError, match=what) as refusal:
        Settings.model_validate({"decryption_keys": text})

    with _captured_log() as written:
        structlog.get_logger("test").error("not started", exc_info=refusal.value)
    for shown in (str(refusal.value), repr(refusal.value), written.getvalue()):
        assert not any(secret in shown for secret in SECRETS)
    assert "ValidationError" in written.getvalue()


@contextmanager
def _captured_log() -> Iterator[io.StringIO]:
    """What our chain writes, whatever other tests have set up."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    written = io.StringIO()
    configure_logging(log_format="json", level="DEBUG")
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    try:
        yield written
    finally:
        root.handlers, root.level = handlers, level


def test_neither_settings_nor_keys_show_their_secrets_in_a_log() -> None:
    setting = _setting({"key_hex": KEY_128, "iv_hex": IV}, {"key_hex": KEY_256})
    settings = Settings.model_validate({"decryption_keys": setting})
    raw = [str(bytes.fromhex(secret))[2:-1] for secret in SECRETS]

    with _captured_log() as written:
        structlog.get_logger("test").warning(
            "started", settings=settings, keys=settings.file_keys, text=str(settings)
        )
        logging.getLogger("test").warning("%r %r", settings, settings.file_keys)

    assert "valid_from" in written.getvalue()
    assert not any(secret in written.getvalue() for secret in (*SECRETS, *raw))


def test_a_process_that_we_start_gets_the_keys_themselves() -> None:
    setting = _setting({"key_hex": KEY_256})
    settings = Settings.model_validate({"decryption_keys": setting})

    assert _environment(settings)["DECRYPTION_KEYS"] == setting
