"""The OpenAPI documents: what staff work from, and click through."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest

from libs.common.app import Service
from libs.common.auth.principals import Forbidden, TokenRefused
from libs.common.auth.step_up import StepUpNeeded
from libs.common.health.routes import service_openapi
from libs.common.http import ProblemOut
from services.community.domain.desk.documents import EXTENSIONS as DOCUMENT_TYPES
from services.main import SERVICES
from tests.support.places import ROOT
from tests.support.routes import Route, all_routes, whole_document

_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
_BINARY = {
    "application/pdf",
    "application/zip",
    "application/vnd.apache.parquet",
    *DOCUMENT_TYPES,
}
_HARMLESS_YESES = {
    "PUT /billing/points/{prm}/supplier-offer: includes_turpe",
    "PUT /community/gatherings/{gathering_id}/replies/{member_id}: shows_name",
    "PUT /community/news/{article_id}/pin: is_pinned",
    "PUT /community/operations/{operation_id}/presentation: takes_members",  # seen if it is public
    "POST /community/requests: may_be_contacted",
}
_IDS_OF_THE_DEMONSTRATION = {"member_id", "operation_id", "organiser_id", "prm"}
_DECLARES = "POST /allocation/operations/{operation_id}/keys/{key_id}/declaration"
_OF_CALLERS = {"token-refused": "401", "forbidden": "403", "issuer-unreachable": "503"}


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_the_document_of_a_service_says_what_the_whole_one_says_of_it(service: Service) -> None:
    """But for the names of schemas; so that all else is asked of the whole document alone."""
    document = service_openapi(service.name, service.subjects)
    paths = _paths(document, prefix=f"/{service.name}/")

    assert paths
    assert paths.keys() == document["paths"].keys()
    differing = _differing(paths, _paths(whole_document(), prefix=f"/{service.name}/"))
    assert differing == []


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_each_schema_of_a_service_has_a_plain_name(service: Service) -> None:
    """Pages name types by them: two classes of one name get that of their modules, `a__b__Name`."""
    schemas = service_openapi(service.name, service.subjects)["components"]["schemas"]

    assert schemas
    assert _not_plain(schemas) == [], "another class of this service has the same name: rename one"


def test_each_schema_of_the_whole_document_has_a_plain_name() -> None:
    assert _not_plain(_schemas()) == []
    # Those of several services that differ; no service has such a name itself.
    assert {"BillingChannel", "CommunityChannel", "IngestChannel"} <= _schemas().keys()
    assert "Channel" not in _schemas()


def _not_plain(names: Iterable[str]) -> list[str]:
    return [name for name in names if "__" in name or name.endswith(("-Input", "-Output"))]


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_each_list_of_values_has_one_name(service: Service) -> None:
    schemas = service_openapi(service.name, service.subjects)["components"]["schemas"]
    names: dict[tuple[object, ...], list[str]] = {}
    for name, schema in schemas.items():
        if "enum" in schema:
            names.setdefault(tuple(schema["enum"]), []).append(name)

    assert [same for same in names.values() if len(same) > 1] == []


def _paths(document: Mapping[str, Any], *, prefix: str) -> dict[str, Any]:
    """What is told of each path, with each schema in the place of its name."""
    schemas = document["components"]["schemas"]
    return {
        path: _resolved(methods, schemas)
        for path, methods in document["paths"].items()
        if path.startswith(prefix)
    }


def _resolved(schema: object, schemas: Mapping[str, Any]) -> object:
    if isinstance(schema, list):
        return [_resolved(item, schemas) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _resolved(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    return {name: _resolved(value, schemas) for name, value in schema.items()}


def _differing(left: Mapping[str, Any], right: Mapping[str, Any]) -> list[str]:
    return sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))


def test_a_route_says_what_it_is_and_what_it_does() -> None:
    assert (
        _faults(
            lambda route: [field for field in ("summary", "description") if not route.get(field)]
        )
        == []
    )


def test_required_parameters_have_examples() -> None:
    assert _faults(_parameters_without_examples) == []


def test_refusals_are_problems() -> None:
    assert _faults(_refusals_of_another_type) == []


def test_each_route_that_needs_a_token_tells_the_same_of_how_callers_are_refused() -> None:
    protected = [route for route in all_routes() if route.roles is not None]

    assert protected
    assert [
        route.name for route in protected if not _OF_CALLERS.items() <= _slugs(route).items()
    ] == []


def test_no_route_says_by_hand_how_callers_are_refused() -> None:
    """The document says it of all that need a token (``libs.common.openapi``)."""
    by_hand = [
        (path.relative_to(ROOT).as_posix(), problem.__name__)
        for path in (ROOT / "services").glob("*/api/**/*.py")
        for arguments in re.findall(r"problems\(([^()]*)\)", path.read_text(encoding="utf-8"))
        for problem in (TokenRefused, Forbidden, StepUpNeeded)
        if problem.__name__ in arguments
    ]

    assert by_hand == []


def test_each_refusal_has_an_example() -> None:
    assert _faults(_refusals_without_example) == [], "give these Problem classes an example_detail"


def test_what_succeeds_says_what_comes() -> None:
    assert _faults(_silent_successes) == []


def test_answers_have_complete_examples() -> None:
    assert _faults(_answers_without_examples) == [], (
        "add Field(examples=[…]) to these, or their names to libs/common/openapi/examples.py"
    )


def test_files_are_binary_or_show_their_first_lines() -> None:
    assert _faults(_files_told_wrongly) == [], (
        "document them with libs.common.http.file_response(…)"
    )


def test_bodies_have_examples() -> None:
    assert _faults(_bodies_without_examples) == []


def test_no_body_comes_filled_with_an_id_that_the_page_made_up() -> None:
    """Whoever overlooks it sends it, and means what the body says without it."""
    assert _faults(_ids_without_examples) == [], "give these examples=[None]"


def test_no_example_says_yes_to_what_does_harm() -> None:
    """Whoever clicks "Execute" sends it: no mails from then on, no page for anybody, no erasure."""
    said = {f"{route.name}: {field}" for route in all_routes() for field in _yeses(route.body({}))}

    assert said == _HARMLESS_YESES, "give these examples=[False], or say that yes does no harm"


def test_a_path_that_changes_something_finds_nothing_in_the_demonstration() -> None:
    """Whoever clicks "Execute" there overwrites, erases or issues nothing that is somebody's."""
    clickable = {
        (name, example)
        for route in all_routes()
        if route.method == "GET"
        for name, example in _ids(route)
    }
    changing = [route for route in all_routes() if route.method != "GET"]
    made_up = {pair for route in changing for pair in _ids(route)}

    assert {name for name, _ in clickable} >= _IDS_OF_THE_DEMONSTRATION
    assert {name for name, _ in made_up} >= _IDS_OF_THE_DEMONSTRATION
    assert [pair for pair in clickable & made_up if pair[0] in _IDS_OF_THE_DEMONSTRATION] == []


def test_no_body_is_left_out_where_the_lack_of_it_declares_a_key() -> None:
    (route,) = (route for route in all_routes() if route.name == _DECLARES)

    assert route.operation["requestBody"]["required"]
    assert "default" not in str(route.operation["requestBody"])


def _ids(route: Route) -> Iterator[tuple[str, str]]:
    for name, schema in route.parameters("path"):
        yield name, str(schema["examples"][0])


def _yeses(value: object, name: str = "") -> Iterator[str]:
    if value is True:
        yield name
    inner = value.items() if isinstance(value, dict) else ()
    for key, item in inner:
        yield from _yeses(item, key)
    for item in value if isinstance(value, list) else ():
        yield from _yeses(item, name)


def _faults(find: Callable[[dict[str, Any]], Iterable[str]]) -> list[str]:
    """What it finds in what is told of each route, after the route's name."""
    return [
        f"{route.name}: {fault}" for route in all_routes() for fault in find(dict(route.operation))
    ]


def _parameters_without_examples(route: dict[str, Any]) -> Iterator[str]:
    for parameter in route.get("parameters", []):
        if parameter.get("required") and "examples" not in parameter["schema"]:
            yield parameter["name"]


def _refusals(route: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for status, response in route["responses"].items():
        if status >= "400":
            yield status, response


def _slugs(route: Route) -> dict[str, str]:
    """The status of each problem that it documents."""
    return {
        slug: status
        for status, response in _refusals(dict(route.operation))
        for slug in response["content"]["application/problem+json"]["examples"]
    }


def _refusals_of_another_type(route: dict[str, Any]) -> Iterator[str]:
    for status, response in _refusals(route):
        if list(response.get("content", {})) != ["application/problem+json"]:
            yield status


def _refusals_without_example(route: dict[str, Any]) -> Iterator[str]:
    for status, response in _refusals(route):
        for content in response.get("content", {}).values():
            slugs = re.findall(r"\(`([a-z-]+)`\)", response["description"])
            if slugs != list(content.get("examples", {})):
                yield f"{status} tells {slugs}, not as its examples"
            for slug, example in content.get("examples", {}).items():
                if not _is_told(example):
                    yield slug


def _is_told(example: dict[str, Any]) -> bool:
    problem = ProblemOut.model_validate(example["value"])
    is_sentence = " " in (problem.detail or "")
    return all([problem.title, is_sentence, problem.instance.startswith("/")])


def _silent_successes(route: dict[str, Any]) -> Iterator[str]:
    texts = [
        response["description"] for status, response in route["responses"].items() if status < "400"
    ]
    if not texts or "Successful Response" in texts:
        yield str(texts)


def _answers(route: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for status, response in route["responses"].items():
        if status < "400":
            yield from response.get("content", {}).items()


def _answers_without_examples(route: dict[str, Any]) -> Iterator[str]:
    for media_type, content in _answers(route):
        if media_type == "application/json" and not {"example", "examples"} & content.keys():
            yield from _leaves_without_examples(content["schema"])


def _files_told_wrongly(route: dict[str, Any]) -> Iterator[str]:
    for media_type, content in _answers(route):
        if media_type != "application/json":
            is_binary = content.get("schema", {}).get("format") == "binary"
            if is_binary == ("example" in content) or is_binary != (media_type in _BINARY):
                yield media_type


def _bodies_without_examples(route: dict[str, Any]) -> Iterator[str]:
    for media_type, content in route.get("requestBody", {}).get("content", {}).items():
        if media_type == "application/json":
            yield from _lacking_examples(content["schema"])


def _ids_without_examples(route: dict[str, Any]) -> Iterator[str]:
    for content in route.get("requestBody", {}).get("content", {}).values():
        name = content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
        body = _schemas().get(name, {})
        if "examples" not in body:
            for field, schema in body.get("properties", {}).items():
                if "examples" not in schema and "'uuid'" in str(schema):
                    yield f"{name}.{field}"


def _schemas() -> Mapping[str, Any]:
    """By names of which each is one schema's: of the whole document, not of a service's own."""
    schemas: Mapping[str, Any] = whole_document()["components"]["schemas"]
    return schemas


def _lacking_examples(schema: dict[str, Any]) -> list[str]:
    """The required fields of a body for which a person would not know what to write."""
    if "examples" in schema or "enum" in schema:
        return []
    if schema.get("type") == "array":
        return _lacking_examples(schema["items"])
    if "$ref" not in schema:
        return [str(schema)]
    body = _schemas()[schema["$ref"].rsplit("/", 1)[-1]]
    if "examples" in body or "enum" in body:
        return []
    return [
        f"{name}: {field}"
        for name in body.get("required", [])
        for field in _lacking_examples(body["properties"][name])
    ]


def _leaves_without_examples(schema: dict[str, Any], name: str = "the body") -> list[str]:
    """What a page of documentation would fill with "string", 0 or nothing, or with a wrong type."""
    if "examples" in schema:
        wrong = [example for example in schema["examples"] if not _fits(example, schema)]
        return [f"{name} is no {example!r}" for example in wrong]
    if {"enum", "const"} & schema.keys():
        return []
    if "$ref" in schema:
        title = schema["$ref"].rsplit("/", 1)[-1]
        fields = _schemas()[title].get("properties", {})
        return [
            leaf
            for field, content in fields.items()
            for leaf in _leaves_without_examples(content, f"{title}.{field}")
        ]
    if schema.get("type") == "array":
        return _leaves_without_examples(schema["items"], name)
    parts = [
        alternative for alternative in schema.get("anyOf", ()) if alternative != {"type": "null"}
    ]
    if not parts:
        return [name]
    return [leaf for alternative in parts for leaf in _leaves_without_examples(alternative, name)]


def _fits(example: object, schema: dict[str, Any]) -> bool:
    """Whether it has the JSON type that the schema tells, if it tells one."""
    if "anyOf" in schema:
        return any(_fits(example, alternative) for alternative in schema["anyOf"])
    if schema.get("type") == "array" and isinstance(example, list):
        return all(_fits(element, schema["items"]) for element in example)
    kind = schema.get("type")
    if kind is None:
        return True
    return isinstance(example, _TYPES[kind]) and isinstance(example, bool) == (kind == "boolean")


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_token_is_good_wherever_the_form_of_e_mail_and_password_is(service: Service) -> None:
    """Whoever has an authenticator, or logs in at a co-op's own issuer, has no such form."""
    document = service_openapi(service.name, service.subjects)
    schemes = document["components"]["securitySchemes"]
    protected = [
        method["security"]
        for methods in document["paths"].values()
        for method in methods.values()
        if "security" in method
    ]

    assert (schemes["Token"]["type"], schemes["Token"]["scheme"]) == ("http", "bearer")
    assert protected
    assert [security for security in protected if {"Token": []} not in security] == []
