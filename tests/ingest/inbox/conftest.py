"""What the tests of the inbox have in common."""

from pathlib import Path

import pytest

from tests.ingest.inbox.watched import Watched
from tests.support.platform import Platform


@pytest.fixture
def watched(platform: Platform, tmp_path: Path) -> Watched:
    return Watched(platform, tmp_path)
