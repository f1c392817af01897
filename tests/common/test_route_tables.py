"""docs/use/routes.md: complete, and true about who may call."""

from libs.common.health import service_openapi
from libs.common.openapi.route_table import route_tables
from services.main import SERVICES
from tests.support.places import ROOT
from tests.support.routes import all_routes, documented_roles

_OF_NO_SERVICE = {"GET /health", "GET /metrics"}


def test_the_table_of_routes_is_up_to_date() -> None:
    documents = {
        service.name: service_openapi(service.name, service.subjects) for service in SERVICES
    }
    page = (ROOT / "docs" / "use" / "routes.md").read_text(encoding="utf-8")

    assert page == route_tables(documents), "`uv run elocoop openapi --routes > docs/use/routes.md`"


def test_each_subject_names_a_page_that_exists() -> None:
    pages = {subject.page for service in SERVICES for subject in service.subjects if subject.page}

    assert len(pages) > 20
    assert [page for page in sorted(pages) if not (ROOT / "docs" / f"{page}.md").is_file()] == []


def test_every_route_is_for_whom_the_table_says() -> None:
    asked = {route.name: route.roles for route in all_routes() if route.name not in _OF_NO_SERVICE}

    assert len(asked) > 300
    assert documented_roles() == asked
