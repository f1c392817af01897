"""Files under the hash of their content: in a folder, in a bucket of S3, and what goes wrong."""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from obstore.store import MemoryStore
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from libs.common.file_store import FileLost, FileStore, FilesUnavailable, file_store
from libs.common.file_store.bucket import BucketStore, open_bucket
from libs.common.file_store.folder import FolderStore
from libs.common.ports import free_port
from libs.common.settings import Settings
from services.cli.running import running
from tests.support.places import ROOT

CONTENT = b"a curve of 9 MB" * 600_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(params=["folder", "memory", "s3"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[FileStore]:
    if request.param == "folder":
        yield FolderStore(tmp_path)
    elif request.param == "memory":
        yield BucketStore(MemoryStore())
    else:
        async with running(_s3()) as port:
            yield open_bucket(
                "s3://files/ingest",
                endpoint=f"http://127.0.0.1:{port}",
                region="eu-west-3",
                access_key_id="id",
                secret_access_key="secret",
            )


async def test_what_was_kept_is_read_again_and_keeping_it_twice_is_keeping_it_once(
    store: FileStore,
) -> None:
    for _ in range(2):
        with store.draft() as draft:
            draft.write(CONTENT[:1000])
            draft.write(CONTENT[1000:])
            assert (draft.sha256, draft.byte_count) == (SHA256, len(CONTENT))
            await store.keep(draft)

        async with store.reading(SHA256) as file:
            assert file.read() == CONTENT
            file.seek(2)
            assert file.read(5) == CONTENT[2:7]


async def test_a_draft_that_is_not_kept_leaves_nothing(store: FileStore) -> None:
    with store.draft() as draft:
        draft.write(CONTENT)

    with pytest.raises(FileLost):
        async with store.reading(SHA256):
            pass


async def test_a_file_is_there_until_it_is_removed(store: FileStore) -> None:
    before = await store.has(SHA256)
    with store.draft() as draft:
        draft.write(CONTENT)
        await store.keep(draft)
    kept = await store.has(SHA256)
    await store.remove(SHA256)
    await store.remove(SHA256)

    assert (before, kept, await store.has(SHA256)) == (False, True, False)


async def test_a_folder_holds_whole_files_by_their_hash_and_nothing_else(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    with store.draft() as draft:
        draft.write(CONTENT)
        assert not (tmp_path / SHA256[:2]).exists()
        await store.keep(draft)
    with store.draft() as other:
        other.write(b"never kept")

    names = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()}
    assert names == {f"{SHA256[:2]}/{SHA256}"}


async def test_a_damaged_file_is_mended_by_sending_it_again(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    (tmp_path / SHA256[:2]).mkdir()
    (tmp_path / SHA256[:2] / SHA256).write_bytes(b"")

    with store.draft() as draft:
        draft.write(CONTENT)
        await store.keep(draft)

    async with store.reading(SHA256) as file:
        assert file.read() == CONTENT


def test_drafts_of_a_process_that_was_killed_are_removed_a_day_later(tmp_path: Path) -> None:
    abandoned, recent = tmp_path / "incoming" / "old", tmp_path / "incoming" / "new"
    abandoned.parent.mkdir()
    for draft in (abandoned, recent):
        draft.write_bytes(b"half")
    long_ago_s = time.time() - 25 * 3600
    os.utime(abandoned, (long_ago_s, long_ago_s))

    with FolderStore(tmp_path).draft():
        pass

    assert not abandoned.exists()
    assert recent.exists()


async def test_a_folder_that_cannot_be_written_is_a_refusal_to_try_again(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "files")
    with store.draft() as draft:
        draft.write(CONTENT)
        (tmp_path / "files" / draft.sha256[:2]).write_bytes(b"a file where a folder should be")

        with pytest.raises(FilesUnavailable) as refusal:
            await store.keep(draft)

    assert refusal.value.status == 503


async def test_a_folder_that_cannot_be_made_is_a_refusal_to_try_again(tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"a file where a folder should be")

    with pytest.raises(FilesUnavailable), FolderStore(tmp_path / "files").draft():
        pass


@pytest.mark.parametrize("store", ["FolderStore(Path())", "BucketStore(MemoryStore())"])
def test_a_full_disk_is_a_refusal_to_try_again(tmp_path: Path, store: str) -> None:
    # In a process that may write no more than 1,000 bytes to a file.
    full = f"""
import asyncio, os, resource, tempfile
from pathlib import Path
from obstore.store import MemoryStore
from libs.common.file_store import FilesUnavailable
from libs.common.file_store.bucket import BucketStore
from libs.common.file_store.folder import FolderStore

os.chdir({str(tmp_path)!r})
tempfile.tempdir = "."
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
for size in (2_000, 2_000_000):
    try:
        with {store}.draft() as draft:
            draft.write(b"x" * size)
            asyncio.run({store}.keep(draft))
    except FilesUnavailable:
        print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", full], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout.split() == ["refused", "refused"], done.stderr


async def test_a_bucket_that_does_not_answer_is_a_fault_not_a_lost_file() -> None:
    store = open_bucket(
        "s3://files",
        endpoint=f"http://127.0.0.1:{free_port()}",
        region="eu-west-3",
        access_key_id="id",
        secret_access_key="secret",
        max_retries=0,
    )

    with pytest.raises(ConnectionError):
        async with store.reading(SHA256):
            pass
    with store.draft() as draft:
        draft.write(b"x")
        with pytest.raises(FilesUnavailable):
            await store.keep(draft)


@pytest.mark.parametrize(
    ("url", "kind"), [("folder:data/files", FolderStore), ("s3://files/ingest", BucketStore)]
)
def test_the_setting_says_where_files_are_kept(url: str, kind: type[FileStore]) -> None:
    assert isinstance(file_store(Settings(file_store_url=url)), kind)


def test_a_setting_that_names_no_store_says_what_to_write() -> None:
    with pytest.raises(ValueError, match="neither folder:PATH nor s3://"):
        file_store(Settings(file_store_url="ftp://somewhere"))


def test_a_bucket_says_what_to_install_where_obstore_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)

    with pytest.raises(ValueError, match="uv sync --all-extras"):
        file_store(Settings(file_store_url="s3://files/elsewhere"))


def _s3() -> Starlette:
    """The little of S3 that is needed: whole objects, and those that come in parts."""
    objects: dict[str, bytes] = {}
    parts: dict[str, dict[int, bytes]] = {}

    async def put(request: Request) -> Response:
        content = await request.body()
        number = request.query_params.get("partNumber")
        if number is None:
            objects[request.url.path] = content
        else:
            parts[request.query_params["uploadId"]][int(number)] = content
        return Response(headers={"ETag": '"tag"'})

    async def post(request: Request) -> Response:
        path = request.url.path
        if "uploads" in request.query_params:
            parts[path] = {}
            return _xml(f"<InitiateMultipartUploadResult><UploadId>{path}</UploadId>", "Initiate")
        objects[path] = b"".join(content for _, content in sorted(parts.pop(path).items()))
        return _xml("<CompleteMultipartUploadResult><ETag>tag</ETag>", "Complete")

    async def get(request: Request) -> Response:
        content = objects.get(request.url.path)
        if content is None:
            return Response(status_code=404)
        headers = {"ETag": '"tag"', "Last-Modified": "Wed, 25 Nov 2026 10:00:00 GMT"}
        return Response(content, headers=headers)

    async def delete(request: Request) -> Response:
        keys = re.findall(r"<Key>(.*?)</Key>", (await request.body()).decode())
        for key in keys:
            objects.pop(f"/files/{key}", None)
        deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        return Response(f"<DeleteResult>{deleted}</DeleteResult>", media_type="application/xml")

    async def list_objects(_request: Request) -> Response:
        entries = "".join(
            f"<Contents><Key>{path.removeprefix('/files/')}</Key><Size>{len(content)}</Size>"
            "<LastModified>2026-11-25T10:00:00.000Z</LastModified></Contents>"
            for path, content in objects.items()
        )
        return Response(
            f"<ListBucketResult>{entries}</ListBucketResult>", media_type="application/xml"
        )

    handlers: dict[str, Callable[[Request], object]] = {"PUT": put, "POST": post, "GET": get}
    return Starlette(
        routes=[
            Route("/files", delete, methods=["POST"]),
            Route("/files", list_objects, methods=["GET"]),
            *(
                Route("/files/ingest/{key}", handler, methods=[method])
                for method, handler in handlers.items()
            ),
        ]
    )


def _xml(content: str, kind: str) -> Response:
    return Response(f"{content}</{kind}MultipartUploadResult>", media_type="application/xml")


async def test_what_is_kept_is_listed_and_drafts_are_not(store: FileStore) -> None:
    with store.draft() as draft, store.draft() as another_draft:
        draft.write(CONTENT)
        another_draft.write(b"not kept")
        await store.keep(draft)

        assert [file async for file in store.list_kept()] == [("", SHA256)]


async def test_what_is_removed_from_one_room_stays_in_another(tmp_path: Path) -> None:
    settings = Settings.model_validate({"file_store_url": f"folder:{tmp_path}"})
    whole, room = file_store(settings), file_store(settings, "invoices")
    for store in (whole, room):
        with store.draft() as draft:
            draft.write(CONTENT)
            await store.keep(draft)

    assert {file async for file in whole.list_kept()} == {("", SHA256), ("invoices", SHA256)}
    await whole.remove(SHA256)

    async with room.reading(SHA256) as file:
        assert file.read() == CONTENT
    with pytest.raises(FileLost):
        async with whole.reading(SHA256):
            pass
