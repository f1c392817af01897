"""Questions in the words of Enedis' APIs, and their answers as documents that ingest reads.

Data Connect is documented (domain: §2.9). Of the ACC API, the address of energies was inferred from
code that reads it, and those of curves and of the perimeter are modelled on it (domain: §2.1): once
they are known, correct them here and in docs/use/pulling.md.
"""

import json
from datetime import UTC, date, datetime, timedelta

from libs.common.calendar import day_start
from libs.common.ids import Direction
from services.ingest.domain.pulls import PullSource, Question, Resource
from services.ingest.domain.pulls.answers import without_mark

_CURVES = {
    Direction.CONSUMPTION: "/metering_data_clc/v5/consumption_load_curve",
    Direction.PRODUCTION: "/metering_data_plc/v5/production_load_curve",
}
_AGREEMENTS = "/collective_self_consumption/v4/agreements"
_SIDES = {Direction.CONSUMPTION: "cons", Direction.PRODUCTION: "prod"}
_TYPES = {
    Direction.CONSUMPTION: "cons,autocons,complement",
    Direction.PRODUCTION: "prod,autocons,surplus",
}


def request_of(question: Question) -> tuple[str, dict[str, str]]:
    """Return path and query."""
    if question.source == PullSource.DATA_CONNECT:
        assert question.prm is not None
        assert question.direction is not None
        query = {
            "usage_point_id": str(question.prm),
            "start": f"{question.from_day}",
            "end": f"{question.to_day}",
        }
        return _CURVES[question.direction], query
    path = f"{_AGREEMENTS}/{question.operation_id}/{question.resource.value}"
    if question.resource == Resource.PERIMETER:
        return path, {}
    assert question.direction is not None
    return f"{path}/{_SIDES[question.direction]}/{question.prm}", {
        "start": _stamp(question.from_day),
        "end": _stamp(question.to_day),
        "type": _TYPES[question.direction],
    }


def _stamp(day: date) -> str:
    return f"{day_start(day):%Y%m%dT%H%M%SZ}"


def document_of(question: Question, body: bytes, retrieved_at: datetime) -> bytes:
    """Wrap the body, as it came, in what it does not state: direction or operation, and time."""
    stamp = f"{retrieved_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    inner = without_mark(body)
    if question.source == PullSource.DATA_CONNECT:
        name = _name(question)
        return b'{"%s": %s, "retrieved_at": "%s"}' % (name.encode(), inner, stamp.encode())
    envelope = {
        "source": "enedis-acc",  # first: the format is recognised by it
        "operation": question.operation_id,
        "resource": question.resource,
        "retrieved_at": stamp,
        "period": {
            "start": f"{question.from_day}",
            "end": f"{question.to_day - timedelta(days=1)}",
        },
    }
    return json.dumps(envelope)[:-1].encode() + b', "body": %s}' % inner


def file_name_of(question: Question) -> str:
    """Return a name without the point: names of files are shown to more people than points are."""
    return f"{question.source}_{_name(question)}_{question.from_day}_{question.to_day}.json"


def _name(question: Question) -> str:
    """Return the resource's name; that of a load curve has its direction."""
    if question.source == PullSource.DATA_CONNECT:
        return f"{question.direction}_load_curve"
    return question.resource.value
