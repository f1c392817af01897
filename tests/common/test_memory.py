"""Which objects are looked through for garbage."""

import gc
import subprocess
import sys

from libs.common.memory import lasting_objects
from tests.support.places import ROOT

_AN_APPLICATION = """
import gc
from libs.common.memory import lasting_objects
gc.freeze()  # as the command line does with what it has imported
imported = gc.get_freeze_count()
made = [[] for _ in range(1000)]
with lasting_objects():
    print(gc.get_freeze_count() - imported)
    with lasting_objects():
        pass
    print(gc.get_freeze_count() - imported)
print(gc.get_freeze_count())
"""


def test_what_an_application_has_made_lasts_whatever_was_frozen_before_or_ends_inside() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _AN_APPLICATION],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    begun, after_another, ended = map(int, done.stdout.split())
    assert begun >= 1000
    assert after_another == begun  # one inside another freezes nothing
    assert ended >= begun  # to look through all of it again would hold up the end of the process


def test_an_application_of_a_test_thaws_none_of_the_collected_tests() -> None:
    with lasting_objects():
        pass

    assert gc.get_freeze_count() > 0
