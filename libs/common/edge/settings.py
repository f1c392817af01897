"""The settings of the running application."""

from typing import Annotated

from fastapi import Depends, Request

from libs.common.settings import Settings


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


CurrentSettings = Annotated[Settings, Depends(_settings)]
