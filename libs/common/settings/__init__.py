"""All settings of the platform; the only place that reads the environment."""

from functools import lru_cache
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from libs.common.encryption.decryption_keys import DecryptionKey, read_keys
from libs.common.settings.database_urls import read_database_url
from libs.common.settings.kafka import KafkaSettings
from libs.common.settings.legal import LegalSettings
from libs.common.settings.limits import LimitSettings
from libs.common.settings.log_in import LogInSettings
from libs.common.settings.retention import RetentionSettings
from libs.common.settings.secrets import SecretSettings


class Settings(
    KafkaSettings, LegalSettings, LimitSettings, LogInSettings, RetentionSettings, SecretSettings
):
    """Each field is an environment variable of the same name in capitals, or a file: NAME_FILE."""

    # The input of an error may be a secret.
    model_config = SettingsConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    database_url: str = Field(
        "embedded:data/postgres",
        description="postgresql://… of a server (15 or later), or embedded:FOLDER; elsewhere, with"
        " sslmode=verify-full&sslrootcert=FILE, or sslmode=disable",
    )
    event_log_partitions: int = Field(12, ge=1, description="of each topic, when it is created")
    database_pool_size: int = Field(8, ge=2, description="connections per service and process")

    public_url: str = Field(
        "http://127.0.0.1:8000",
        description="where people reach the platform; links in e-mails begin with it",
    )
    forwarded_allow_ips: str = Field(
        "", description="proxies before `elocoop serve` whose X-Forwarded-For is trusted, or none"
    )
    serve_metrics: bool = Field(
        False, description="serve /metrics for Prometheus, to anybody who reaches this process"
    )
    web_folder: str = Field(
        "web/dist", description="folder of the built page; empty: none is served"
    )
    pvgis_url: str = Field(
        "https://re.jrc.ec.europa.eu/api/v5_3",
        description="API of PVGIS, used only for simulations of plants that request it",
    )
    geocoder_url: str = Field(
        "https://data.geopf.fr/geocodage/search",
        description="search of the address service, or of a compatible one; empty: off",
    )

    delivery_max_bytes: int = Field(2 * 1024**3, description="largest file ingest accepts")
    file_store_url: str = Field(
        "folder:data/files", description="where files are kept: folder:PATH or s3://bucket/prefix"
    )
    s3_endpoint: str = Field("", description="for a bucket that is not Amazon's: https://…")
    s3_region: str = "eu-west-3"
    s3_access_key_id: str = ""
    s3_secret_access_key: SecretStr = SecretStr("")
    mail_url: str = Field(
        "folder:data/mails",
        description="where e-mails go: folder:PATH (a .eml file each), or a server of SMTP:"
        " smtp+starttls://host:port, smtps://host:port, smtp://host:port (in the clear)",
    )
    mail_user: str = Field("", description="log-in at that server; empty: none")
    mail_password: SecretStr = SecretStr("")
    mail_from: str = Field(
        "Elocoop <no-reply@example.org>",
        description="sender of all e-mails; bounces arrive in that mailbox",
    )
    readings_grace_days: int = Field(
        3,
        ge=0,
        le=60,
        description="whole days between a day and the one from which its readings count as late:"
        " raw curves come one or two days after",
    )
    re_requests_daily: bool = Field(
        True, description="once a day ingest requests late readings again automatically"
    )
    estimation_interpolation_max_min: int = Field(
        120, ge=0, le=1440, description="longest gap that a straight line may fill, minutes"
    )
    decryption_keys: SecretStr = Field(
        SecretStr(""), description="JSON list of the keys of encrypted files; empty: none"
    )
    inbox_folder: str = Field("", description="ingest takes files that appear here; empty: off")
    inbox_settle_s: float = Field(
        10.0,
        gt=0,
        description="seconds without a change after which a file in the inbox is complete",
    )
    enedis_url: str = Field(
        "https://gw.ext.prod.api.enedis.fr", description="gateway of Data Connect and the ACC API"
    )
    enedis_token_url: str | None = Field(
        None, description="where its tokens come from; default: ENEDIS_URL/oauth2/v3/token"
    )
    data_connect_client_id: SecretStr = Field(
        SecretStr(""), description="of the application authorised for Data Connect; empty: off"
    )
    data_connect_client_secret: SecretStr = SecretStr("")
    acc_client_id: SecretStr = Field(
        SecretStr(""), description="of the application authorised for the ACC API; empty: off"
    )
    acc_client_secret: SecretStr = SecretStr("")
    pull_calls_per_second: int = Field(5, ge=1, le=1000, description="calls to each API, at most")
    pull_calls_per_hour: int = Field(10_000, ge=2, description="calls to each API, at most")
    acc_pull_day: int = Field(
        5, ge=1, le=28, description="day of the month from which the last month's results are due"
    )

    privacy_least_points: int = Field(
        10,
        ge=3,
        le=1000,
        description="least number of others in a sum shown to a member; smaller sums are hidden",
    )

    billing_unusual_ratio: float = Field(
        3.0,
        gt=1,
        description="ratio of a draft's daily energy, up or down, to the last invoice of the same"
        " parties from which it is shown for review",
    )

    chorus_pro_url: str = Field(
        "https://api.piste.gouv.fr", description="of Chorus Pro's API; sandbox-api… to try it"
    )
    chorus_pro_token_url: str = Field(
        "https://oauth.piste.gouv.fr/api/oauth/token", description="where its tokens come from"
    )
    chorus_pro_client_id: SecretStr = Field(
        SecretStr(""), description="of our application at PISTE; empty: nothing is sent"
    )
    chorus_pro_client_secret: SecretStr = SecretStr("")
    chorus_pro_login: SecretStr = Field(
        SecretStr(""), description="of the technical account at Chorus Pro"
    )
    chorus_pro_password: SecretStr = SecretStr("")

    log_format: Literal["json", "console"] = "json"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("database_url")
    @classmethod
    def _read_database_url(cls, url: str) -> str:
        return url if url.startswith("embedded:") else read_database_url(url)

    @field_validator("decryption_keys")
    @classmethod
    def _check_decryption_keys(cls, text: SecretStr) -> SecretStr:
        read_keys(text.get_secret_value())
        return text

    @property
    def file_keys(self) -> tuple[DecryptionKey, ...]:
        """Keys that may open a file of the DSO."""
        return read_keys(self.decryption_keys.get_secret_value())

    @model_validator(mode="after")
    def _check_credentials(self) -> Self:
        for name in ("data_connect", "acc"):
            client_id, secret = self.client_of(name)
            if bool(client_id.get_secret_value()) != bool(secret.get_secret_value()):
                start = name.upper()
                raise ValueError(f"set both {start}_CLIENT_ID and {start}_CLIENT_SECRET, or none")
        fields = ("client_id", "client_secret", "login", "password")
        is_set = {bool(getattr(self, f"chorus_pro_{field}").get_secret_value()) for field in fields}
        if len(is_set) > 1:
            names = ", ".join(f"CHORUS_PRO_{field.upper()}" for field in fields)
            raise ValueError(f"set all of {names}, or none")
        return self

    def client_of(self, name: Literal["data_connect", "acc"]) -> tuple[SecretStr, SecretStr]:
        """Return id and secret of our application at an API of the DSO; empty if it is not used."""
        if name == "acc":
            return self.acc_client_id, self.acc_client_secret
        return self.data_connect_client_id, self.data_connect_client_secret

    @property
    def token_url(self) -> str:
        return self.enedis_token_url or f"{self.enedis_url}/oauth2/v3/token"

    @property
    def issuer(self) -> str:
        return self.auth_issuer or f"{self.public_url}/community"

    @property
    def jwks_url(self) -> str:
        return self.auth_jwks_url or f"{self.issuer}/jwks.json"

    @property
    def revoked_sessions_url(self) -> str | None:
        """Beside our own issuer's keys; None for an external one, whose sessions we do not know."""
        if self.auth_issuer:
            return None
        return f"{self.jwks_url.removesuffix('/jwks.json')}/revoked-sessions"


@lru_cache
def get_settings() -> Settings:
    """Return the process's settings, read once; create_app takes others for tests.

    Raises WrongSettings.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise WrongSettings(error) from None


class WrongSettings(SystemExit):
    """Ends the process, command or server, with a sentence for each setting that is wrong."""

    def __init__(self, error: ValidationError) -> None:
        # pydantic puts this before what a validator of ours says.
        problems = [
            f"{'/'.join(map(str, facts['loc'])).upper() or 'Settings'}:"
            f" {facts['msg'].removeprefix('Value error, ')}."
            for facts in error.errors(include_input=False)
        ]
        super().__init__("\n".join(problems))
