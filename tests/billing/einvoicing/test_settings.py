"""Chorus Pro is asked with all credentials, or not at all."""

import pytest
from pydantic import ValidationError

from libs.common.settings import Settings
from services.billing.domain.e_invoicing.channels import Channel
from services.billing.platforms import open_platforms

_ALL = {
    "chorus_pro_client_id": "an application",
    "chorus_pro_client_secret": "its secret",
    "chorus_pro_login": "TECH_1@cpro.fr",
    "chorus_pro_password": "its password",
}


def names(settings: Settings) -> dict[Channel, str]:
    return {channel: platform.name for channel, platform in open_platforms(settings).items()}


def test_without_credentials_nothing_is_sent_anywhere() -> None:
    assert names(Settings()) == dict.fromkeys(Channel, "null")


def test_with_all_of_them_public_bodies_get_theirs_by_chorus_pro() -> None:
    settings = Settings.model_validate(_ALL)

    assert names(settings) == dict.fromkeys(Channel, "null") | {Channel.B2G: "chorus_pro"}


@pytest.mark.parametrize("missing", _ALL)
def test_some_of_them_are_refused_without_telling_the_others(missing: str) -> None:
    with pytest.raises(ValidationError, match="set all of CHORUS_PRO_CLIENT_ID") as refusal:
        Settings.model_validate({k: v for k, v in _ALL.items() if k != missing})

    assert "its secret" not in str(refusal.value)


def test_secrets_are_in_no_text_of_the_client() -> None:
    chorus_pro = open_platforms(Settings.model_validate(_ALL))[Channel.B2G]

    assert all(value not in repr(chorus_pro) for value in _ALL.values())
