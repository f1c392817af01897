"""Writes docs/build/events.md and docs/build/asyncapi.json from the contracts.

Run ``uv run python -m libs.common.events.documentation`` after changing one; a test fails when
the documents are stale.
"""

import json
from pathlib import Path
from typing import Any

from libs.common.events.base import Event
from libs.common.events.topics import ALL_EVENTS

DOCS = Path(__file__).parents[3] / "docs" / "build"


def documents() -> dict[Path, str]:
    """Return the text of each generated document."""
    asyncapi = json.dumps(_asyncapi(), indent=2, ensure_ascii=False)
    return {DOCS / "events.md": _markdown(), DOCS / "asyncapi.json": f"{asyncapi}\n"}


def _markdown() -> str:
    introduction = (
        "# Events\n\nGenerated from `libs/common/events`; do not edit.\n\n"
        "Each record has the CloudEvents attributes `id`, `type` and `time` as headers and the "
        "fields below as JSON. Records with one key stay in order. The id is derived from the "
        "type and the business key, so an event that is published twice takes effect once.\n"
    )
    return "\n".join([introduction, *map(_section, ALL_EVENTS)])


def _section(event_class: type[Event]) -> str:
    schema = event_class.model_json_schema()
    rows = [
        f"| `{name}` | {_type_name(field)} | {field.get('description', '')} |"
        for name, field in schema["properties"].items()
    ]
    lines = [
        f"## {event_class.type}\n",
        f"{schema['description']}\n",
        f"Topic `{event_class.topic}`.\n",
        "| field | type | meaning |",
        "|---|---|---|",
        *rows,
    ]
    for name, part_schema in schema.get("$defs", {}).items():
        if "properties" in part_schema:
            lines += [
                f"\n`{name}`: {part_schema.get('description', '')}\n",
                *_part_rows(part_schema),
            ]
    return "\n".join(lines) + "\n"


def _part_rows(part_schema: dict[str, Any]) -> list[str]:
    rows = [
        f"| `{name}` | {_type_name(field)} | {field.get('description', '')} |"
        for name, field in part_schema["properties"].items()
    ]
    return ["| field | type | meaning |", "|---|---|---|", *rows]


def _type_name(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", maxsplit=1)[-1]
    if "anyOf" in field:
        return " or ".join(_type_name(option) for option in field["anyOf"])
    if field.get("type") == "array":
        return f"list of {_type_name(field['items'])}"
    return str(field.get("format") or field.get("type") or "any")


def _asyncapi() -> dict[str, Any]:
    channels: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for event_class in ALL_EVENTS:
        channel = channels.setdefault(
            event_class.topic, {"address": event_class.topic, "messages": {}}
        )
        reference = f"#/components/messages/{event_class.type}"
        channel["messages"][event_class.type] = {"$ref": reference}
        messages[event_class.type] = {
            "name": event_class.type,
            "summary": (event_class.__doc__ or "").strip(),
            "contentType": "application/json",
            "payload": {
                "schemaFormat": "application/schema+json;version=draft-07",
                "schema": event_class.model_json_schema(),
            },
        }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Elocoop events", "version": "1"},
        "channels": channels,
        "components": {"messages": messages},
    }


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text)
