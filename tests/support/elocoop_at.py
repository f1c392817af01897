"""The ``elocoop`` command by a clock of its own: ``python -P elocoop_at.py INSTANT COMMAND…``."""

import sys
from datetime import UTC, datetime

from libs.common.clock import Clock
from services.cli import main

if __name__ == "__main__":
    Clock.ahead = datetime.fromisoformat(sys.argv.pop(1)) - datetime.now(UTC)
    main()
