"""Files stored in a bucket of S3, or of a compatible server (MinIO, Ceph, Garage)."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import ObjectStore, S3Store

from libs.common.file_store import FileLost, IncomingFile, KeptFile, unavailable

_ASKED_AT_ONCE_BYTES = 8 * 1024**2
_NOBODYS = "0" * 64
"""No content has this hash: a store that says that it is not there answers."""


class BucketStore:
    """A file's key is its hash, after the store's prefix. Drafts are files of this machine."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def ask(self) -> None:
        await self.has(_NOBODYS)

    @contextmanager
    def draft(self) -> Iterator[IncomingFile]:
        try:
            file = TemporaryFile()  # noqa: SIM115 - closed below, where a full disk says nothing new
        except OSError as error:
            raise unavailable() from error
        try:
            yield IncomingFile(cast("BinaryIO", file))
        finally:
            with suppress(OSError):
                file.close()

    async def keep(self, draft: IncomingFile) -> None:
        try:
            draft.file.flush()
            draft.file.seek(0)
            await obstore.put_async(self._store, draft.sha256, draft.file)
        except (BaseError, OSError) as error:
            raise unavailable() from error

    @asynccontextmanager
    async def reading(self, sha256: str) -> AsyncIterator[BinaryIO]:
        with TemporaryFile() as file:
            try:
                result = await obstore.get_async(self._store, sha256)
                async for chunk in result.stream(min_chunk_size=_ASKED_AT_ONCE_BYTES):
                    file.write(chunk)
            except (FileNotFoundError, NotFoundError) as error:
                raise FileLost(sha256) from error
            except BaseError as error:
                message = "the store of files does not answer"
                raise ConnectionError(message) from error
            file.seek(0)
            yield cast("BinaryIO", file)

    async def has(self, sha256: str) -> bool:
        try:
            await obstore.head_async(self._store, sha256)
        except (FileNotFoundError, NotFoundError):
            return False
        except BaseError as error:
            raise unavailable() from error
        return True

    async def remove(self, sha256: str) -> None:
        try:
            await obstore.delete_async(self._store, sha256)
        except (FileNotFoundError, NotFoundError):
            return
        except BaseError as error:
            message = "the store of files does not answer"
            raise ConnectionError(message) from error

    async def list_kept(self) -> AsyncIterator[KeptFile]:
        try:
            async for objects in obstore.list(self._store):
                for entry in objects:
                    room, _, sha256 = entry["path"].rpartition("/")
                    yield KeptFile(room, sha256)
        except BaseError as error:
            message = "the store of files does not answer"
            raise ConnectionError(message) from error


def open_bucket(
    url: str,
    *,
    endpoint: str,
    region: str,
    access_key_id: str,
    secret_access_key: str,
    max_retries: int = 5,
) -> BucketStore:
    """Open the bucket of ``s3://bucket/prefix``; endpoint: empty for Amazon's own."""
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    endpoint_options = {"endpoint": endpoint} if endpoint else {}
    store = S3Store(
        bucket,
        prefix=prefix or None,
        region=region,
        access_key_id=access_key_id,
        secret_access_key=secret_access_key,
        client_options={"allow_http": endpoint.startswith("http://")},
        retry_config={"max_retries": max_retries, "retry_timeout": timedelta(seconds=60)},
        **endpoint_options,  # type: ignore[arg-type] # a str among a TypedDict's many options
    )
    return BucketStore(store)
