"""The OpenAPI document of several services is put together of theirs."""

from typing import Any

from libs.common.openapi.whole import put_together

_OWN = {"openapi": "3.1.0", "info": {"title": "All"}, "paths": {"/health": {}}}


def _schema(*fields: str, **references: str) -> dict[str, Any]:
    of_others = {field: _reference(name) for field, name in references.items()}
    return {"properties": {field: {"type": "string"} for field in fields} | of_others}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _document(path: str, answer: str, **schemas: dict[str, Any]) -> dict[str, Any]:
    return {"paths": {path: {"get": _reference(answer)}}, "components": {"schemas": schemas}}


def test_what_two_services_call_alike_has_the_service_before_its_name_where_it_differs() -> None:
    billing = _document("/billing/b", "PointOut", PointOut=_schema("price"), Problem=_schema("why"))
    ingest = _document("/ingest/i", "PointOut", PointOut=_schema("step"), Problem=_schema("why"))

    whole = put_together(_OWN, {"billing": billing, "ingest": ingest})

    assert whole["info"] == {"title": "All"}
    assert whole["paths"] == {
        "/health": {},
        "/billing/b": {"get": _reference("BillingPointOut")},
        "/ingest/i": {"get": _reference("IngestPointOut")},
    }
    assert whole["components"]["schemas"] == {
        "BillingPointOut": _schema("price"),
        "IngestPointOut": _schema("step"),
        "Problem": _schema("why"),
    }


def test_what_is_written_alike_but_has_something_else_in_it_is_not_the_same() -> None:
    of_others = {"ListOut": _schema(of="RowOut"), "RowOut": _schema(of="PointOut")}
    billing = _document("/billing/b", "ListOut", **of_others, PointOut=_schema("price"))
    ingest = _document("/ingest/i", "ListOut", **of_others, PointOut=_schema("step"))

    whole = put_together(_OWN, {"billing": billing, "ingest": ingest})

    schemas = whole["components"]["schemas"]
    assert schemas["BillingListOut"] == _schema(of="BillingRowOut")
    assert schemas["IngestRowOut"] == _schema(of="IngestPointOut")
    assert len(schemas) == 6


def test_a_name_of_one_service_stays_and_its_document_is_not_changed() -> None:
    billing = _document("/billing/b", "PointOut", PointOut=_schema("price"))

    whole = put_together(_OWN, {"billing": billing})

    assert whole["components"]["schemas"] == {"PointOut": _schema("price")}
    assert billing == _document("/billing/b", "PointOut", PointOut=_schema("price"))
