from libs.common.logging import hide_prms


def test_a_prm_is_hidden_wherever_it_stands() -> None:
    event = {
        "event": "GET /ingest/points/99000000000001/load-curve",
        "exception": "KeyError: '99000000000001'",
        "facts": {"99000000000001": ["99000000000002", 3]},
        "count": 7,
    }

    hidden = hide_prms(None, "info", event)

    assert "9900000" not in str(hidden)
    assert hidden["count"] == 7


def test_other_numbers_stay() -> None:
    event = {"siren": "991234567", "long": "123456789012345", "id": "20261103060512000"}

    assert hide_prms(None, "info", event) == event
