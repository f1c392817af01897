"""What `make upgrade` compares: it says what is lost or changed, and it can."""

import json
import os
import subprocess
import sys
from typing import Any

from tests.support.places import ROOT

_COMPARE = """
import json, sys
from collections import Counter
from upgrade import Content

before, after = (
    Content(Counter(content["rows"]), frozenset(map(tuple, content["frozen"])))
    for content in json.load(sys.stdin)
)
print(json.dumps([before.list_lost(after), before.list_changed(after)]))
"""
_INVOICE, _PDF = ["invoice", "F2026-00001", "ab12"], ["PDF", "F2026-00001 fr", "cd34"]


def test_more_rows_and_documents_are_no_loss() -> None:
    before = {"rows": {"billing.invoice": 1}, "frozen": [_INVOICE]}
    after = {"rows": {"billing.invoice": 2}, "frozen": [_INVOICE, _PDF]}

    assert _compare(before, after) == [[], []]


def test_a_row_less_and_another_content_under_the_same_number_are_named() -> None:
    before = {"rows": {"billing.invoice": 3, "billing.run": 1}, "frozen": [_INVOICE, _PDF]}
    after = {"rows": {"billing.invoice": 1, "billing.run": 1}, "frozen": [[*_INVOICE[:2], "ff"]]}

    lost, changed = _compare(before, after)

    assert lost == ["2 rows of billing.invoice", *changed]
    assert changed == ["PDF F2026-00001 fr cd34", "invoice F2026-00001 ab12"]


def _compare(before: dict[str, Any], after: dict[str, Any]) -> list[list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", _COMPARE],
        input=json.dumps([before, after]),
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "deploy"), str(ROOT)])},
        capture_output=True,
        text=True,
        check=True,
    )
    lists: list[list[str]] = json.loads(done.stdout)
    return lists
