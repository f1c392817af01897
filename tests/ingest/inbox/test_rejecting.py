"""Files of the watched folder that become no delivery, or must not take another's place."""

import json
import os

import httpx
import pytest

from libs.common.encryption.decryption_keys import DecryptionKey
from tests.community.coop import new_prm
from tests.ingest.delivering import settled
from tests.ingest.inbox.watched import MAX_BYTES, Watched, deliveries_named, new_curve


async def test_a_file_that_is_no_delivery_is_rejected_with_why_and_stops_no_other(
    watched: Watched,
) -> None:
    content = new_curve()
    watched.put("1.pdf", b"%PDF-1.7 not a curve")
    watched.put("2.csv", content + bytes(MAX_BYTES))
    watched.put("3.csv", content)

    await watched.look_twice()

    assert set(watched.files()) == {
        "archive/3.csv",
        "rejected/1.pdf",
        "rejected/1.pdf.problem.json",
        "rejected/2.csv",
        "rejected/2.csv.problem.json",
    }
    problem = watched.problem("1.pdf")
    assert (problem["type"], problem["status"]) == ("/problems/format-unknown", 415)
    assert problem["file_name"] == "1.pdf"
    assert "R63 CSV" in problem["supported"]
    assert watched.problem("2.csv")["limit_bytes"] == MAX_BYTES


async def test_a_damaged_file_is_archived_and_its_delivery_tells(
    watched: Watched, operator: httpx.AsyncClient
) -> None:
    name = f"{new_prm()}.xml"
    watched.put(name, f"<R50><PRM><Id_PRM>{new_prm()}".encode())

    await watched.look_twice()

    (delivery,) = await deliveries_named(operator, name)
    assert (await settled(operator, delivery["id"]))["status"] == "refused"
    assert set(watched.files()) == {f"archive/{name}"}


async def test_files_of_one_name_are_all_kept(watched: Watched) -> None:
    contents = [new_curve(), new_curve(), b"no curve", b"none either"]
    for content in contents:
        watched.put("a.csv", content)
        await watched.look_twice()
    watched.put("a.csv.problem.json", b"{}")
    await watched.look_twice()

    files = watched.files()

    kept = [content for path, content in files.items() if not path.endswith(".problem.json")]
    assert sorted(kept) == sorted([*contents, b"{}"])
    assert sum(path.endswith(".problem.json") for path in files) == 3
    assert watched.problem("a.csv")["file_name"] == "a.csv"


async def test_the_longest_names_are_kept_apart(watched: Watched) -> None:
    names = ["n" * 254 + digit for digit in "12"]
    for name in names:
        watched.put(name, name.encode())

    await watched.look_twice()

    files = watched.files()
    problems = [json.loads(text) for path, text in files.items() if path.endswith("problem.json")]
    assert sorted(problem["file_name"] for problem in problems) == names
    assert sorted(files.values())[:2] == sorted(name.encode() for name in names)


async def test_what_took_a_files_place_is_rejected_unread(
    watched: Watched, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.csv"
    elsewhere.write_bytes(new_curve())
    claim = watched.folder / ".taking" / "0123456789abcdef"
    (claim / "folder.csv").mkdir(parents=True)
    (claim / "link.csv").symlink_to(elsewhere)
    os.mkfifo(claim / "pipe.csv")
    watched.put("a.csv", new_curve())

    await watched.look_twice()

    for name in ("folder.csv", "link.csv", "pipe.csv"):
        assert watched.problem(name)["type"] == "/problems/inbox-file-unreadable"
        assert os.path.lexists(watched.folder / "rejected" / name)
    assert "archive/a.csv" in watched.files()


async def test_a_file_on_which_we_stumble_is_rejected_and_stops_no_other(
    watched: Watched,
) -> None:
    watched.put("a.bin", bytes(32))
    watched.put("b.csv", new_curve())
    await watched.look()

    await watched.look(keys=(DecryptionKey(b"of no known length"),))

    assert watched.problem("a.bin")["type"] == "/problems/bug"
    assert "archive/b.csv" in watched.files()
