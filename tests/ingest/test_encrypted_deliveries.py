"""Encrypted files: kept as they came, read with a key of the settings, and no secret told."""

import hashlib
from collections.abc import AsyncIterator

import pytest

from libs.common.file_store import file_store
from services.ingest.main import service
from tests.community.coop import new_prm
from tests.ingest.delivering import push, pushed
from tests.ingest.formats.encrypting import NEW_KEY, OLD_IV, OLD_KEY, SETTING, encrypt
from tests.ingest.formats.files import zipped
from tests.support.alone import Alone, alone
from tests.support.curves import SUMMER_DAY, curve_file


@pytest.fixture(scope="module")
async def ingest(database_url: str) -> AsyncIterator[Alone]:
    async with alone(service, database_url, decryption_keys=SETTING) as service_alone:
        yield service_alone


@pytest.mark.parametrize(
    "name",
    ["a.zip", *(f"ENEDIS_R63B_Q_CdC_M1_00001_{day}000000.zip" for day in (20260608, 20260609))],
)
@pytest.mark.parametrize("generation", [0, 1])
async def test_an_encrypted_file_is_recorded_and_kept_as_it_came(
    ingest: Alone, generation: int, name: str
) -> None:
    key = ingest.platform.settings.file_keys[generation]
    encrypted = encrypt(zipped({"a.csv": curve_file([new_prm()], [SUMMER_DAY])}), key)

    async with ingest.client("feed") as feed:
        delivery = await pushed(feed, encrypted, name)
        again = await push(feed, encrypted, name)

    assert delivery["counts"]["accepted"] == 48
    assert delivery["formats"] == ["R63 CSV"]
    assert delivery["sha256"] == hashlib.sha256(encrypted).hexdigest()
    assert (again.json()["id"], again.json()["already_received"]) == (delivery["id"], True)
    async with file_store(ingest.platform.settings).reading(delivery["sha256"]) as kept:
        assert kept.read() == encrypted


async def test_a_file_that_no_key_opens_is_refused_without_details(
    ingest: Alone, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    key = ingest.platform.settings.file_keys[1]
    encrypted = encrypt(zipped({"a.csv": curve_file([new_prm()], [SUMMER_DAY])}), key)
    closed = [encrypted[:-16], bytes(16) + encrypted, encrypted[:32]]

    async with ingest.client("feed") as feed:
        answers = [await push(feed, content) for content in closed]

    assert [answer.status_code for answer in answers] == [415] * 3
    assert len({answer.json()["detail"] for answer in answers}) == 1
    assert answers[0].json()["detail"].endswith("no key opens it.")
    written = caplog.text + "".join(capfd.readouterr()) + "".join(answer.text for answer in answers)
    for secret in (OLD_KEY, OLD_IV, NEW_KEY):
        assert secret.hex() not in written
        assert str(secret)[2:-1] not in written
