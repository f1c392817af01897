"""The pages of the documentation work on a machine without the internet."""

import re
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from services.cli.processes import NAMES


@pytest.mark.parametrize("page", ["/docs", *(f"/{name}/docs" for name in NAMES)])
async def test_a_docs_page_has_all_it_loads_from_the_service_itself(
    anonymous: httpx.AsyncClient, page: str
) -> None:
    shown = await anonymous.get(page)

    assert shown.status_code == 200
    places = re.findall(r"""(?:src|href)=["']([^"']+)|url: ["']([^"']+)""", shown.text)
    paths = ["".join(place) for place in places]
    assert len(paths) == 4  # script, style, icon, OpenAPI document
    assert not re.search(r"https?://|[\"']//", shown.text)
    for path in paths:
        assert not urlsplit(path).netloc
        loaded = await anonymous.get(urljoin(page, path))
        assert loaded.status_code == 200, path
        assert len(loaded.content) > 1000


async def test_the_style_loads_nothing_from_elsewhere(anonymous: httpx.AsyncClient) -> None:
    style = (await anonymous.get("/community/docs/swagger-ui.css")).text

    assert not re.search(r"url\(\s*[\"']?(https?:)?//", style)
    assert "@import" not in style


@pytest.mark.parametrize("page", ["/docs", *(f"/{name}/docs" for name in NAMES)])
async def test_a_docs_page_has_a_search_and_remembers_who_is_logged_in(
    anonymous: httpx.AsyncClient, page: str
) -> None:
    shown = (await anonymous.get(page)).text

    assert re.search(r'"filter": true\b', shown)
    assert re.search(r'"persistAuthorization": true\b', shown)
