"""An inbox of a test's own, emptied when the test says so."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from libs.common.encryption.decryption_keys import DecryptionKey
from libs.common.file_store import file_store
from libs.common.rounds.rest import NO_REST
from services.ingest.commands.deliveries.inbox import InboxLimits, take_files
from services.ingest.store.deliveries.inbox import Inbox
from tests.community.coop import new_prm
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.platform import Platform

MAX_BYTES = 100_000


@dataclass
class Watched:
    """An inbox of the test's own, emptied round by round by a clock of the test's own."""

    platform: Platform
    folder: Path
    now_s: float = 0.0
    inbox: Inbox = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """What a process knows is gone with it."""
        self.inbox = Inbox(self.folder, settle_s=10, clock=lambda: self.now_s)

    def put(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)

    async def look(self, *, later_s: float = 10, keys: tuple[DecryptionKey, ...] = ()) -> bool:
        self.now_s += later_s
        async with self.platform.database("ingest") as database:
            rest = await take_files(
                database,
                files=file_store(self.platform.settings),
                inbox=self.inbox,
                limits=InboxLimits(MAX_BYTES, keys),
            )
        return rest == NO_REST

    async def look_twice(self) -> None:
        await self.look()
        await self.look()

    def files(self) -> dict[str, bytes]:
        """All files of the folder, by path; the day of the archive is any."""
        contents = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                parts = path.relative_to(self.folder).parts
                contents["/".join(folder for folder in parts if not folder.startswith("20"))] = (
                    path.read_bytes()
                )
        return contents

    def problem(self, name: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads((self.folder / "rejected" / f"{name}.problem.json").read_text())


def new_curve() -> bytes:
    return curve_file([new_prm()], [SUMMER_DAY])


async def deliveries_named(operator: httpx.AsyncClient, file_name: str) -> list[dict[str, Any]]:
    """Those of the inbox, by a name that only one test uses."""
    answer = await operator.get("/ingest/deliveries", params={"sender": "inbox", "limit": 1000})
    assert answer.status_code == 200, answer.text
    return [delivery for delivery in answer.json() if delivery["file_name"] == file_name]
