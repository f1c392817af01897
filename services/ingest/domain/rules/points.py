"""A rule about points that take part nowhere."""

from collections.abc import Mapping

import polars as pl

from services.ingest.domain.rules.rule import Days, Rule, RuleAction


def _is_unknown(days: Days, _parameters: Mapping[str, float]) -> pl.Series:
    return ~days.of_block("is_known")


POINT_UNKNOWN = Rule(
    code="point-unknown",
    title="The point takes part in no operation",
    text="The point has never taken part in an operation. By default its readings are recorded and "
    "held until a participation covers them (`GET /ingest/held`), which marks them enough: this "
    "rule has no flags. Only the settings of the platform matter, as no operation has the point.",
    action=RuleAction.OFF,
    find=_is_unknown,
    actions=(RuleAction.OFF, RuleAction.QUARANTINE),
)
