"""The settings of rules: by default, on the platform, in an operation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from services.ingest.domain.problems import RuleUnknown, SettingInvalid
from services.ingest.domain.rules import RULES, Rule, RuleAction


@dataclass(frozen=True)
class Setting:
    """The setting of one rule; parameters has a value for each of the rule's.

    except_prms: points that are exempt from the rule, as a hydro plant that works at night.
    """

    action: RuleAction
    parameters: Mapping[str, float]
    except_prms: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SettingChange:
    """The differences from the setting that would apply otherwise."""

    action: RuleAction | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    except_prms: frozenset[str] = frozenset()  # added to those that are exempt already


RuleSettings: TypeAlias = Mapping[str, Setting]
"""By code, of every rule."""
SettingChanges: TypeAlias = Mapping[str, SettingChange]
"""By code, of some rules."""

DEFAULTS: RuleSettings = {
    rule.code: Setting(
        rule.action, {parameter.name: parameter.default for parameter in rule.parameters}
    )
    for rule in RULES.values()
}


def changed(settings: RuleSettings, changes: SettingChanges) -> RuleSettings:
    """Return the settings with these changes.

    Raises RuleUnknown, SettingInvalid.
    """
    for code, change in changes.items():
        _check(code, change)
    return {
        code: _changed(setting, changes[code]) if code in changes else setting
        for code, setting in settings.items()
    }


def _changed(setting: Setting, change: SettingChange) -> Setting:
    return Setting(
        change.action or setting.action,
        {**setting.parameters, **change.parameters},
        setting.except_prms | change.except_prms,
    )


def _check(code: str, change: SettingChange) -> None:
    rule = RULES.get(code)
    if rule is None:
        raise RuleUnknown(f"There is no rule {code!r}: see known.", known=sorted(RULES))
    if change.action is not None and change.action not in rule.actions:
        allowed = ", ".join(rule.actions)
        raise SettingInvalid(f"The action of {code} is one of: {allowed}.", rule=code)
    for name, value in change.parameters.items():
        _check_parameter(rule, name, value)


def _check_parameter(rule: Rule, name: str, value: float) -> None:
    parameter = next((parameter for parameter in rule.parameters if parameter.name == name), None)
    if parameter is None:
        names = ", ".join(parameter.name for parameter in rule.parameters) or "none"
        raise SettingInvalid(f"Parameters of {rule.code}: {names}.", rule=rule.code)
    if not parameter.least <= value <= parameter.most:  # refuses NaN too
        raise SettingInvalid(
            f"{name} of {rule.code} is from {parameter.least:g} to {parameter.most:g}.",
            rule=rule.code,
        )
