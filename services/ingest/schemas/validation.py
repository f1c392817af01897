"""Bodies of the routes for validation rules, their settings, and flags."""

from collections.abc import Mapping
from datetime import date
from typing import Self

from pydantic import ConfigDict, Field

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction, PrmField
from services.ingest.domain.rules import Rule, RuleAction
from services.ingest.domain.rules.settings import RuleSettings, SettingChange, SettingChanges


class ParameterOut(BodyOut):
    name: str = Field(examples=["factor"])
    default: float = Field(examples=[10.0])
    least: float = Field(examples=[1.0])
    most: float = Field(examples=[100_000.0])
    text: str = Field(examples=["how many times its neighbours"])


class RuleOut(BodyOut):
    """A validation rule; the settings decide what happens when it finds something."""

    code: str = Field(examples=["spike"])
    title: str = Field(examples=["The value is far above those before and after it"])
    text: str = Field(examples=["At least `least_w`, and more than `factor` times its neighbours."])
    action: RuleAction = Field(description="by default")
    actions: list[RuleAction] = Field(description="the actions that it can be set to")
    parameters: list[ParameterOut]

    @classmethod
    def of(cls, rule: Rule) -> Self:
        return cls.model_validate(rule, from_attributes=True)


class ChangeIn(BodyIn):
    """The differences from a rule's defaults, all of them: a field left out gets its default."""

    action: RuleAction | None = None
    parameters: dict[str, float] = Field({}, max_length=20)
    except_prms: list[PrmField] = Field(
        [], max_length=1000, description="points exempt from the rule"
    )


class ChangesIn(BodyIn):
    """The differences from the defaults, by the rule's code; a rule left out gets its default."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rules": {
                        "spike": {"action": "quarantine", "parameters": {"factor": 20}},
                        "production-at-night": {"except_prms": ["99110000000010"]},
                    }
                }
            ]
        }
    )

    rules: dict[str, ChangeIn] = Field(max_length=100)

    def to_changes(self) -> SettingChanges:
        return {
            code: SettingChange(change.action, change.parameters, frozenset(change.except_prms))
            for code, change in self.rules.items()
        }


class SettingOut(BodyOut):
    action: RuleAction
    parameters: dict[str, float]
    except_prms: list[str] = Field(description="points exempt from the rule")


class ValidationOut(BodyOut):
    """The setting of every rule, by code."""

    rules: dict[str, SettingOut] = Field(
        examples=[
            {"spike": {"action": "quarantine", "parameters": {"factor": 20}, "except_prms": []}}
        ]
    )

    @classmethod
    def of(cls, settings: RuleSettings) -> Self:
        return cls(rules={code: _setting(settings, code) for code in settings})


def _setting(settings: RuleSettings, code: str) -> SettingOut:
    parameters: Mapping[str, float] = settings[code].parameters
    return SettingOut(
        action=settings[code].action,
        parameters=dict(parameters),
        except_prms=sorted(settings[code].except_prms),
    )


class FlagOut(BodyOut):
    """A finding of a rule in one local day of a curve."""

    prm: str
    direction: Direction
    day: date = Field(description="local day, Europe/Paris")
    step_min: int
    code: str = Field(examples=["frozen"])
    slots: list[int] = Field(description="the steps of the day, from 0, in order")


class RenewedOut(BodyOut):
    days: int = Field(
        description="local days that were looked at, of one point and direction each", examples=[62]
    )
