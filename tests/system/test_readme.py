"""What the README tells a newcomer to type works as written."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from libs.common.settings import Settings
from tests.support.commands import without_servers
from tests.support.documents import blocks
from tests.support.places import ROOT


def _shell_blocks() -> list[str]:
    return blocks(ROOT / "README.md", "sh")


@pytest.mark.system
def test_the_commands_on_files_go_from_a_dso_file_to_priced_shares() -> None:
    [block] = [block for block in _shell_blocks() if "elocoop readings" in block]

    done = subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", block],
        cwd=ROOT,
        env=without_servers(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    summary, end = json.JSONDecoder().raw_decode(done.stdout)
    priced = json.loads(done.stdout[end:])
    assert summary["allocated_wmin"] > 0
    assert priced["totals"]["excl_vat_cents"] > 0


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    [block] = [block for block in _shell_blocks() if "make demo" in block]
    targets = re.findall(r"^make (\w+)", block, flags=re.MULTILINE)

    assert targets == ["demo", "test"]
    for target in targets:
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


def test_the_folders_and_documents_that_it_links_to_exist() -> None:
    links = _links(ROOT / "README.md")

    assert len(links) > 5
    for link in links:
        assert (ROOT / link).exists(), link


def test_the_list_of_documents_has_each_of_them_once() -> None:
    docs = ROOT / "docs"
    pages = [
        str(page.relative_to(docs))
        for folder in ("guide", "run", "use", "build")
        for page in (docs / folder).glob("*.md")
    ]

    assert sorted(_links(docs / "README.md")) == sorted([*pages, "adr", "build/http"])
    assert [path.name for path in docs.glob("*.md")] == ["README.md"]


def test_the_operations_guide_has_a_row_for_each_setting() -> None:
    guide = (ROOT / "docs/run/operations-guide.md").read_text()
    table = guide.partition("## Settings")[2].partition("\n## ")[0]
    names = re.findall(r"`([A-Z]\w+)`", " ".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)))

    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)


def _links(page: Path) -> list[str]:
    return re.findall(r"\]\(([^)#]+)\)", page.read_text())
