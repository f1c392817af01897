"""Alerts and the dashboard: the rules by Prometheus' own tool, and both against our metrics."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

import libs.common.metrics  # noqa: F401 - registers them
from tests.support.places import ROOT

_PROMETHEUS = ROOT / "deploy/prometheus"
_PROMTOOL = shutil.which("promtool")
_OURS = re.compile(r"elocoop_[a-z_]+")


@pytest.mark.skipif(
    _PROMTOOL is None, reason="needs promtool, which is not installed; .ci/run installs it"
)
@pytest.mark.parametrize("command", ["check rules alerts.yml", "test rules alerts.test.yml"])
def test_the_alerts_fire_when_they_should(command: str) -> None:
    done = subprocess.run(
        [str(_PROMTOOL), *command.split()],
        cwd=_PROMETHEUS,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_each_alert_has_a_severity_a_summary_what_to_do_and_a_test() -> None:
    tested = {
        rule["alertname"]
        for group in yaml.safe_load((_PROMETHEUS / "alerts.test.yml").read_text())["tests"]
        for rule in group["alert_rule_test"]
        if rule.get("exp_alerts")
    }
    rules = list(_rules())

    assert {rule["alert"] for rule in rules} == tested
    for rule in rules:
        assert rule["labels"]["severity"] in {"critical", "warning"}
        assert rule["annotations"].keys() == {"summary", "todo"}


def test_alerts_and_dashboard_ask_for_metrics_that_exist() -> None:
    exist = {
        sample_name
        for metric in REGISTRY.collect()
        for sample_name in _names_of(metric.name, metric.type)
    }
    dashboard = json.loads((ROOT / "deploy/grafana/elocoop.json").read_text())
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked += [rule["expr"] for rule in _rules()]

    missing = {name for expression in asked for name in _OURS.findall(expression)} - exist

    assert not missing


def test_no_metric_of_ours_is_left_out_of_the_dashboard() -> None:
    dashboard = (ROOT / "deploy/grafana/elocoop.json").read_text()
    ours = {metric.name for metric in REGISTRY.collect() if metric.name.startswith("elocoop_")}

    assert {name for name in ours if name not in dashboard} == set()


def _rules() -> Iterator[dict[str, Any]]:
    for group in yaml.safe_load((_PROMETHEUS / "alerts.yml").read_text())["groups"]:
        yield from group["rules"]


def _names_of(name: str, kind: str) -> list[str]:
    suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"]}
    return [name + suffix for suffix in suffixes.get(kind, [""])]
