"""Questions in the words of Enedis' APIs, and answers as documents that ingest reads."""

import json
from datetime import UTC, date, datetime

import pytest
from pydantic import SecretStr, ValidationError

from libs.common.ids import Direction, OperationId, Prm
from libs.common.settings import Settings
from services.ingest.domain.pulls import PullSource, Question, Resource
from services.ingest.formats.acc import acc_api
from services.ingest.formats.json import data_connect_json
from services.ingest.sources.enedis import document_of, file_name_of, request_of
from tests.support.fake_enedis import CLIENT_SECRET

_PRM = Prm("99000000000017")
_AT = datetime(2026, 11, 5, 7, 30, tzinfo=UTC)
_OCTOBER = date(2026, 10, 1), date(2026, 11, 1)


def _curve(direction: Direction) -> Question:
    days = date(2026, 10, 25), date(2026, 10, 27)
    return Question(PullSource.DATA_CONNECT, Resource.LOAD_CURVE, None, _PRM, direction, *days)


def _results(resource: Resource) -> Question:
    operation_id = OperationId("ACC00000101")
    return Question(PullSource.ACC, resource, operation_id, _PRM, Direction.PRODUCTION, *_OCTOBER)


def test_a_curve_is_asked_for_by_point_and_days() -> None:
    assert request_of(_curve(Direction.PRODUCTION)) == (
        "/metering_data_plc/v5/production_load_curve",
        {"usage_point_id": _PRM, "start": "2026-10-25", "end": "2026-10-27"},
    )


def test_results_are_asked_for_by_the_instants_of_local_midnights() -> None:
    path, query = request_of(_results(Resource.PROVISIONAL_LOAD_CURVES))

    base = "/collective_self_consumption/v4/agreements/ACC00000101"
    assert path == f"{base}/provisional_load_curves/prod/{_PRM}"
    assert query == {
        "start": "20260930T220000Z",
        "end": "20261031T230000Z",
        "type": "prod,autocons,surplus",
    }


@pytest.mark.parametrize("direction", Direction)
def test_an_answer_stands_unchanged_under_its_direction(direction: Direction) -> None:
    body = (
        b'{"meter_reading": {"usage_point_id":"99000000000017","interval_reading":[]}, "x": 1.10}'
    )

    document = document_of(_curve(direction), b"\xef\xbb\xbf" + body + b"\n", _AT)

    assert data_connect_json.recognises(document)
    assert body in document
    tree = json.loads(document)
    assert list(tree) == [f"{direction}_load_curve", "retrieved_at"]
    assert datetime.fromisoformat(tree["retrieved_at"]) == _AT


def test_an_answer_of_the_acc_api_stands_unchanged_in_its_envelope() -> None:
    body = b'[{"prod_id": "99000000000017", "unit":"kWh"}]'

    document = document_of(_results(Resource.DEFINITIVE_ACTIVE_ENERGY), body, _AT)

    assert acc_api.FORMAT.recognises(document)
    assert body in document
    tree = json.loads(document)
    assert (tree["operation"], tree["resource"]) == ("ACC00000101", "definitive_active_energy")
    assert tree["period"] == {"start": "2026-10-01", "end": "2026-10-31"}


@pytest.mark.parametrize(
    "question",
    [_curve(Direction.CONSUMPTION), _results(Resource.DEFINITIVE_LOAD_CURVES)],
    ids=lambda document: str(document.source),
)
def test_the_name_of_a_file_names_no_point(question: Question) -> None:
    assert _PRM not in file_name_of(question)
    assert file_name_of(question).endswith(".json")


@pytest.mark.parametrize("name", ["data_connect", "acc"])
def test_half_of_the_credentials_is_a_mistake_that_repeats_no_secret(name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Settings.model_validate({f"{name}_client_secret": CLIENT_SECRET})

    assert f"set both {name.upper()}_CLIENT_ID" in str(refusal.value)
    assert CLIENT_SECRET not in str(refusal.value)


def test_without_credentials_nothing_is_asked() -> None:
    empty = (SecretStr(""), SecretStr(""))

    assert [Settings().client_of(source.setting) for source in PullSource] == [empty, empty]
