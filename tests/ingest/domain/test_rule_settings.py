"""How rules are set, and that their documentation is of them."""

import pytest

from libs.common.errors import Problem
from services.ingest.domain.problems import RuleUnknown, SettingInvalid
from services.ingest.domain.refusals import REFUSALS, RefusalCode
from services.ingest.domain.rules import RULES, RuleAction
from services.ingest.domain.rules.documentation import text
from services.ingest.domain.rules.settings import DEFAULTS, SettingChange, changed
from tests.support.places import ROOT


def test_a_change_leaves_everything_else_as_it_is() -> None:
    settings = changed(DEFAULTS, {"spike": SettingChange(parameters={"factor": 3})})

    assert settings["spike"].parameters == {"factor": 3, "least_w": 36_000}
    assert settings["spike"].action == DEFAULTS["spike"].action
    assert {**settings, "spike": DEFAULTS["spike"]} == DEFAULTS


def test_defaults_keep_their_own_limits() -> None:
    explicit = {
        code: SettingChange(setting.action, setting.parameters)
        for code, setting in DEFAULTS.items()
    }

    assert changed(DEFAULTS, explicit) == DEFAULTS


@pytest.mark.parametrize(
    ("code", "change", "problem"),
    [
        ("spikes", SettingChange(), RuleUnknown),
        ("gap", SettingChange(RuleAction.QUARANTINE), SettingInvalid),
        ("point-unknown", SettingChange(RuleAction.FLAG), SettingInvalid),
        ("spike", SettingChange(parameters={"factors": 3}), SettingInvalid),
        ("overlap", SettingChange(parameters={"factor": 3}), SettingInvalid),
        ("spike", SettingChange(parameters={"factor": 0.5}), SettingInvalid),
        ("spike", SettingChange(parameters={"factor": float("nan")}), SettingInvalid),
        ("spike", SettingChange(parameters={"factor": float("inf")}), SettingInvalid),
    ],
)
def test_a_rule_is_not_set_to_what_it_cannot_be(
    code: str, change: SettingChange, problem: type[Problem]
) -> None:
    with pytest.raises(problem):
        changed(DEFAULTS, {code: change})


def test_every_refusal_has_a_code_of_its_own_that_no_rule_has() -> None:
    assert set(REFUSALS) == set(RefusalCode)
    assert set(REFUSALS).isdisjoint(RULES)


def test_the_document_of_the_rules_is_up_to_date() -> None:
    written = (ROOT / "docs" / "use" / "validation-rules.md").read_text()

    assert written == text(), "renew it, see services/ingest/domain/rules/documentation.py"
