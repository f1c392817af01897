"""The guide names each kind of thing that waits for staff, and no other."""

import re

from tests.support.places import ROOT

_KIND = re.compile(r'\bWaiting\(\s*kind="([a-z_]+)"')


def test_the_guide_has_the_kinds_that_the_services_tell() -> None:
    sources = [
        *ROOT.glob("services/*/commands/today.py"),
        ROOT / "libs" / "common" / "edge" / "today_routes.py",
    ]
    kinds = [kind for source in sources for kind in _KIND.findall(source.read_text())]

    guide = (ROOT / "docs" / "run" / "operations-guide.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", guide, flags=re.MULTILINE)
    (waits_today,) = [
        paragraph for paragraph in section if paragraph.startswith("What waits today\n")
    ]
    cells = re.findall(r"^\| (`[^|]*) \|", waits_today, re.MULTILINE)
    documented = re.findall(r"`([a-z_]+)`", " ".join(cells))

    assert sorted(documented) == sorted(kinds)
