"""Settings from files: everybody who may inspect a container sees its environment."""

from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource

from libs.common.settings.database_urls import with_password


class SecretSettings(BaseSettings):
    """Each setting NAME is read from the file that NAME_FILE names, if that is set."""

    database_password: SecretStr = Field(
        SecretStr(""), description="password of DATABASE_URL, if that has none"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        return init_settings, _Files(settings_cls), env_settings

    @model_validator(mode="before")
    @classmethod
    def _put_password_into_url(cls, values: dict[str, Any]) -> dict[str, Any]:
        password, url = values.get("database_password"), values.get("database_url", "")
        if not password or not url.startswith("postgres"):
            return values
        text = password.get_secret_value() if isinstance(password, SecretStr) else password
        return values | {"database_url": with_password(url, text)}


class _Files(EnvSettingsSource):
    """The contents of the files; an empty file is an unset setting."""

    def __call__(self) -> dict[str, Any]:
        texts = {
            name: self._read(name)
            for name in self.settings_cls.model_fields
            if self.env_vars.get(f"{name}_file")
        }
        return {name: text for name, text in texts.items() if text}

    def _read(self, name: str) -> str:
        variable, path = name.upper(), self.env_vars[f"{name}_file"] or ""
        if self.env_vars.get(name):
            raise ValueError(f"{variable} and {variable}_FILE are both set: which one counts?")
        try:
            return Path(path).read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text"
            # Its content must not be shown.
            raise ValueError(f"{variable}_FILE: {path} cannot be read ({why})") from None
