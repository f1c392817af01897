"""Settings: who is let in, by which issuer, and the keys for secrets of log-ins."""

import json
import re
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode

from libs.common.claims import ClaimNames
from libs.common.encryption.secret_keys import SecretKeys


class LogInSettings(BaseSettings):
    """For the community service's own issuer, or an external one."""

    auth_issuer: str | None = Field(
        None, description="OIDC issuer of the tokens; default: the community service"
    )
    auth_audience: str = "elocoop"
    auth_jwks_url: str | None = Field(
        None, description="where the issuer's public keys are; default: ISSUER/jwks.json"
    )
    auth_client_id: str = Field("", description="client id of the page at that issuer; empty: none")
    auth_client_secret: SecretStr = SecretStr("")
    auth_scope: str = Field(
        "openid", description="scope that the page requests; may include offline_access"
    )
    auth_token_minutes: int = Field(
        15,
        ge=1,
        le=1440,
        description="life of an access token of the own issuer; in all services alike",
    )
    auth_step_up_minutes: int = Field(
        5, ge=1, le=1440, description="validity of a password or code for critical actions"
    )
    auth_second_factor_roles: str = Field(
        "", description="roles that need an authenticator app to log in, with commas between"
    )
    auth_session_days: int = Field(
        30, ge=1, le=365, description="days after which one has to log in again"
    )
    auth_roles_claim: str = Field(
        "roles",
        min_length=1,
        description="claim of an external issuer; or a path, realm_access.roles",
    )
    auth_operations_claim: str = Field("operations", min_length=1)
    auth_member_claim: str = Field("member_id", min_length=1)
    auth_role_map: Annotated[
        dict[str, Literal["operator", "organiser", "member", "feed"]], NoDecode
    ] = Field({}, description="JSON: our role by the issuer's; an external one needs it")
    auth_allowed_clients: str = Field(
        "",
        description="client ids at that issuer whose tokens count, with commas; empty: all of them",
    )
    operator_email: str = Field(
        "operator@example.org", description="first account, created if there is no operator"
    )
    operator_password: SecretStr | None = None
    first_password_file: str = Field(
        "", description="file with it, deleted once no staff log in by it; empty: none"
    )
    secret_keys: SecretStr = Field(
        SecretStr(""),
        description="Fernet keys for secrets and signing keys, newest first, with commas",
    )

    @field_validator("auth_role_map", mode="before")
    @classmethod
    def _read_role_map(cls, value: object) -> object:
        # docker compose passes an unset variable as empty.
        return json.loads(value or "{}") if isinstance(value, str) else value

    @field_validator("auth_issuer", mode="before")
    @classmethod
    def _read_issuer(cls, value: object) -> object:
        # As for the map, empty means unset: "" would be an issuer wherever None means our own.
        return value or None

    @field_validator("secret_keys")
    @classmethod
    def _check_secret_keys(cls, text: SecretStr) -> SecretStr:
        SecretKeys.read(text.get_secret_value())
        return text

    @field_validator("auth_second_factor_roles")
    @classmethod
    def _check_roles(cls, text: str) -> str:
        unknown = set(_split(text)) - {"operator", "organiser", "member"}
        if unknown:
            raise ValueError(f"no roles of people: {', '.join(sorted(unknown))}")
        return text

    @property
    def second_factor_roles(self) -> frozenset[str]:
        return frozenset(_split(self.auth_second_factor_roles))

    @property
    def account_keys(self) -> SecretKeys | None:
        return SecretKeys.read(self.secret_keys.get_secret_value())

    @model_validator(mode="after")
    def _check_log_ins(self) -> Self:
        if self.second_factor_roles and not self.account_keys:
            raise ValueError("AUTH_SECOND_FACTOR_ROLES needs SECRET_KEYS, for the apps' secrets")
        if self.auth_client_id and not self.auth_issuer:
            raise ValueError("AUTH_CLIENT_ID is of another issuer: set AUTH_ISSUER too")
        if self.auth_issuer and not self.auth_role_map:
            # Otherwise another application's role called operator would make staff.
            raise ValueError(
                "AUTH_ISSUER needs AUTH_ROLE_MAP, which says what its roles are here: "
                '{"theirs": "operator"}'
            )
        return self

    @property
    def claim_names(self) -> ClaimNames:
        """Claim names of the issuer of the tokens; our own uses our words."""
        if not self.auth_issuer:
            return ClaimNames()
        return ClaimNames(
            roles=self.auth_roles_claim,
            operations=self.auth_operations_claim,
            member_id=self.auth_member_claim,
            role_map=self.auth_role_map,
            clients=self._allowed_clients,
        )

    @property
    def _allowed_clients(self) -> frozenset[str]:
        client_ids = _split(self.auth_allowed_clients)
        return frozenset([*client_ids, *_split(self.auth_client_id)] if client_ids else ())

    @property
    def longest_token_life(self) -> timedelta | None:
        """Longest life of our own issuer's tokens; an external one decides for itself."""
        return None if self.auth_issuer else timedelta(minutes=self.auth_token_minutes)


def _split(text: str) -> list[str]:
    return [item for item in re.split(r"[\s,]+", text) if item]
