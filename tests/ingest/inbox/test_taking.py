"""The watched folder: what is taken from it, and what is left alone."""

import os
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.ingest.main import service
from tests.community.coop import logged_in, new_prm
from tests.ingest.delivering import pushed, settled
from tests.ingest.formats.encrypting import SETTING, encrypt
from tests.ingest.inbox.watched import Watched, deliveries_named, new_curve
from tests.support.alone import alone
from tests.support.platform import Platform
from tests.support.waiting import until


async def test_a_file_becomes_a_delivery_and_is_archived(
    watched: Watched, operator: httpx.AsyncClient
) -> None:
    content, name = new_curve(), f"{new_prm()}.csv"
    watched.put(name, content)

    await watched.look_twice()

    (delivery,) = await deliveries_named(operator, name)
    recorded = await settled(operator, delivery["id"])
    assert (recorded["status"], recorded["channel"]) == ("recorded", "inbox")
    assert recorded["received_by"] == "inbox"
    assert recorded["counts"]["accepted"] == 48
    assert watched.files() == {f"archive/{name}": content}


async def test_a_file_still_being_written_is_left_alone(watched: Watched) -> None:
    watched.put("a.csv", b"half")
    await watched.look()
    watched.put("a.csv", b"half and half")
    watched.put("b.csv.part", b"half")
    watched.put(".c.csv", b"half")

    await watched.look()
    await watched.look(later_s=9)

    assert set(watched.files()) == {"a.csv", "b.csv.part", ".c.csv"}


async def test_a_file_written_to_after_it_was_claimed_is_taken_when_it_is_complete(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = new_curve()
    watched.put("a.csv", content[:1000])
    await watched.look()
    with (watched.folder / "a.csv").open("ab") as upload:
        # The upload goes on just while we read: whoever writes does it through an open file.
        real, inode = os.fstat, os.fstat(upload.fileno()).st_ino

        def meanwhile(descriptor: int) -> os.stat_result:
            stated = real(descriptor)
            if stated.st_ino == inode and upload.tell() < len(content):
                upload.write(content[1000:])
                upload.flush()
            return stated

        with monkeypatch.context() as patch:
            patch.setattr("services.ingest.store.deliveries.inbox.os.fstat", meanwhile)
            await watched.look()
    (claimed,) = watched.files()
    assert claimed.startswith(".taking/")

    await watched.look()

    assert watched.files() == {"archive/a.csv": content}


async def test_links_folders_and_pipes_are_never_followed(
    watched: Watched, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.csv"
    elsewhere.write_bytes(new_curve())
    (watched.folder / "link.csv").symlink_to(elsewhere)
    (watched.folder / "folder").mkdir()
    watched.put("folder/inside.csv", new_curve())
    os.mkfifo(watched.folder / "pipe.csv")

    await watched.look_twice()

    assert (watched.folder / "link.csv").is_symlink()
    assert elsewhere.exists()
    assert set(watched.files()) == {"folder/inside.csv", "link.csv"}


async def test_a_name_that_is_no_text_is_taken(watched: Watched) -> None:
    content = new_curve()
    watched.put(os.fsdecode(b"caf\xe9.csv"), content)

    await watched.look_twice()

    assert list(watched.files().values()) == [content]
    assert next(iter(watched.files())).startswith("archive/")


async def test_the_same_bytes_by_two_channels_are_one_delivery(
    watched: Watched, operator: httpx.AsyncClient
) -> None:
    content = new_curve()
    first = await pushed(operator, content)
    watched.put("again.csv", content)

    await watched.look_twice()

    answer = await operator.get(f"/ingest/deliveries/{first['id']}")
    assert answer.json() == first
    assert await deliveries_named(operator, "again.csv") == []
    assert set(watched.files()) == {"archive/again.csv"}


async def test_a_feed_does_not_see_what_came_by_the_inbox(
    watched: Watched, platform: Platform, operator: httpx.AsyncClient
) -> None:
    name = f"{new_prm()}.csv"
    watched.put(name, new_curve())
    await watched.look_twice()
    (delivery,) = await deliveries_named(operator, name)

    async with logged_in(platform, operator, "feed") as feed:
        listed = await feed.get("/ingest/deliveries", params={"sender": "inbox"})
        asked = await feed.get(f"/ingest/deliveries/{delivery['id']}")

    assert (listed.json(), asked.status_code) == ([], 403)


async def test_many_files_are_taken_in_several_rounds(watched: Watched) -> None:
    for number in range(25):
        watched.put(f"a{number:02}.pdf", b"no curve")
    await watched.look()

    assert await watched.look()
    assert not await watched.look()

    assert all(path.startswith("rejected/") for path in watched.files())


async def test_a_service_takes_encrypted_files_from_its_inbox(
    database_url: str, tmp_path: Path
) -> None:
    name, plain = "ENEDIS_R63B_Q_CdC_M0DEMOA1_00012_20261102083000.zip", new_curve()
    more = {"inbox_folder": str(tmp_path), "inbox_settle_s": 0.01, "decryption_keys": SETTING}
    async with (
        alone(service, database_url, **more) as ingest,
        ingest.client("operator") as operator,
    ):
        (key,) = ingest.platform.settings.file_keys[1:]
        encrypted = encrypt(plain, key)
        (tmp_path / f"{name}.part").write_bytes(encrypted)
        (tmp_path / f"{name}.part").rename(tmp_path / name)

        async def deliveries() -> Any:  # noqa: ANN401 - JSON
            return (await operator.get("/ingest/deliveries")).json()

        listed = await until("the file is taken", deliveries)
        recorded = await settled(operator, listed[0]["id"])

        assert recorded["counts"]["accepted"] == 48
        assert recorded["byte_count"] == len(encrypted)

        async def places() -> list[Path]:
            return [*tmp_path.glob(name), *tmp_path.glob(f"archive/*/{name}")]

        def is_archived(paths: list[Path]) -> bool:
            return len(paths) == 1 and paths[0] != tmp_path / name

        await until("the file is archived", places, is_archived)
        health = (await operator.get("/health")).json()
        assert "empty inbox" in health["services"]["ingest"]["loops"]
