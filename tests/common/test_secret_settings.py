"""Secrets come in files, and one that cannot be read stops the start without being shown."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from libs.common.settings import Settings

_SECRETS = [name for name, field in Settings.model_fields.items() if "SecretStr" in str(field)]
_KEY = "c2l4dGVlbiBieXRlcyB0d2ljZSwgYXMgYSBrZXkhISE="


def test_there_are_secrets() -> None:
    assert {"secret_keys", "mail_password", "operator_password"} <= set(_SECRETS)
    assert {"database_password", "kafka_password"} <= set(_SECRETS)


@pytest.mark.parametrize("name", _SECRETS)
def test_each_secret_may_be_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    text = {"decryption_keys": "[]", "secret_keys": _KEY}.get(name, "a secret of theirs")
    for setting in _together_with(name):
        (tmp_path / setting).write_text(f"{text}\n")
        monkeypatch.setenv(f"{setting.upper()}_FILE", str(tmp_path / setting))
    if name == "kafka_password":
        monkeypatch.setenv("KAFKA_USER", "billing")

    settings = Settings()

    assert getattr(settings, name).get_secret_value() == text
    assert text not in repr(settings)


def _together_with(name: str) -> list[str]:
    """Some are set together, or not at all."""
    groups = ("data_connect_client", "acc_client", "chorus_pro")
    group = next((secret for secret in groups if name.startswith(secret)), name)
    return [secret for secret in _SECRETS if secret.startswith(group)]


def test_an_empty_file_is_a_setting_that_is_not_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "operator-password"
    empty.touch()
    monkeypatch.setenv("OPERATOR_PASSWORD_FILE", str(empty))

    assert Settings().operator_password is None


@pytest.mark.parametrize("kind", ["absent", "no text", "twice"])
def test_a_file_that_cannot_be_read_stops_the_start_and_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    file = tmp_path / "mail-password"
    if kind != "absent":
        file.write_bytes(b"hunter\xff2" if kind == "no text" else b"hunter2")
    if kind == "twice":
        monkeypatch.setenv("MAIL_PASSWORD", "hunter2")
    monkeypatch.setenv("MAIL_PASSWORD_FILE", str(file))

    with pytest.raises(ValueError, match="MAIL_PASSWORD_FILE") as refused:
        Settings()

    assert "hunter" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("postgresql://ingest@127.0.0.1/elocoop", "postgresql://ingest:p%40ss@127.0.0.1/elocoop"),
        (
            "postgresql://ingest@db/elocoop?sslmode=verify-full",
            "postgresql://ingest:p%40ss@db/elocoop?sslmode=verify-full",
        ),
        (
            "postgresql://ingest:other@127.0.0.1/elocoop",
            "postgresql://ingest:other@127.0.0.1/elocoop",
        ),
        ("embedded:data/postgres", "embedded:data/postgres"),
    ],
)
def test_the_password_of_the_database_comes_apart_from_its_url(
    monkeypatch: pytest.MonkeyPatch, url: str, whole: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    assert Settings(database_password=SecretStr("p@ss")).database_url == whole
    monkeypatch.setenv("DATABASE_PASSWORD", "p@ss")
    assert Settings().database_url == whole


def test_a_url_that_is_none_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ingest@db:hunter2/elocoop")
    monkeypatch.setenv("DATABASE_PASSWORD", "hunter3")

    with pytest.raises(ValueError, match="it is not like postgresql") as refused:
        Settings()

    assert "hunter" not in str(refused.value)
