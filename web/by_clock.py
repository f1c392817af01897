"""The `elocoop` command by a clock that a journey sets: `python -P by_clock.py FILE COMMAND…`.

The file says by how many seconds it is ahead of this machine's, and is read at each look.
"""

import sys
from datetime import timedelta
from pathlib import Path

from libs.common.clock import Clock
from services.cli import main

if __name__ == "__main__":
    file = Path(sys.argv.pop(1))
    Clock.ahead = property(lambda _clock: timedelta(seconds=float(file.read_text())))
    main()
