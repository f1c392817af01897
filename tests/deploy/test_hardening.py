"""What a container that somebody broke into can do, and whom it reaches; finding M14."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from libs.common.settings import Settings
from services.cli.processes import NAMES
from tests.support.places import ROOT

_COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
_SERVICES: dict[str, dict[str, Any]] = _COMPOSE["services"]
_IMAGES = ("docker-compose.yml", "deploy/Dockerfile", "deploy/gateway.Dockerfile")
_IMAGE = re.compile(r"^(?:    image: |FROM )(\S+)", re.MULTILINE)
_VARIABLE = re.compile(r"\$\{(\w+):?-([^}]*)\}")
_SECRET = re.compile(r"PASSWORD|_SECRET\b|SECRET_KEYS")
_NETWORKS = {
    **{name: {"edge", "bus", "db", "metrics"} for name in NAMES},
    "postgres": {"db"},
    "kafka": {"bus"},
    "migrate": {"bus", "db"},
    "backup": {"bus", "db"},
    "gateway": {"edge"},
    "prometheus": {"metrics"},
}


@pytest.mark.parametrize("name", _SERVICES)
def test_a_container_writes_nothing_but_what_it_must_and_has_no_privileges(name: str) -> None:
    service = _SERVICES[name]

    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]  # noqa: S108 - in the container
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"cap_add", "privileged", "pid", "network_mode", "devices"} & service.keys()
    assert not any("docker.sock" in volume for volume in service.get("volumes", []))


@pytest.mark.parametrize("name", _SERVICES)
def test_a_container_has_limits_of_memory_and_processes(name: str) -> None:
    assert re.fullmatch(r"\d+[mg]", _SERVICES[name]["mem_limit"])
    assert 0 < _SERVICES[name]["pids_limit"] <= 512


@pytest.mark.parametrize("name", _SERVICES)
def test_a_container_reaches_only_whom_it_needs(name: str) -> None:
    assert set(_SERVICES[name]["networks"]) == _NETWORKS[name]


def test_database_and_log_reach_nobody_outside_and_nothing_is_open_to_the_network() -> None:
    networks = {name: options or {} for name, options in _COMPOSE["networks"].items()}
    assert {name for name, options in networks.items() if options.get("internal")} == {"bus", "db"}
    assert set(networks) == set().union(*_NETWORKS.values())

    ports = [port for service in _SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize("name", _SERVICES)
def test_no_secret_is_in_an_environment(name: str) -> None:
    service = _SERVICES[name]
    environment: dict[str, Any] = service.get("environment", {})
    secrets = {
        setting.upper()
        for setting, field in Settings.model_fields.items()
        if "SecretStr" in str(field)
    }

    values = {key: value for key, value in environment.items() if not key.endswith("_FILE")}
    assert not secrets & values.keys()
    assert not any(_SECRET.search(f"{key} {value}".upper()) for key, value in values.items())
    files = {value for key, value in environment.items() if key.endswith("_FILE")}
    assert files == {f"/run/secrets/{secret}" for secret in service.get("secrets", [])}


def test_each_service_has_its_own_secrets_only() -> None:
    holders: dict[str, set[str]] = {}
    for name, service in _SERVICES.items():
        for secret in service.get("secrets", []):
            holders.setdefault(secret, set()).add(name)

    assert holders.keys() == _COMPOSE["secrets"].keys()
    assert holders.pop("postgres-password") == {"postgres", "migrate", "backup"}
    assert holders.pop("kafka-admin-password") == {"kafka", "migrate", "backup"}
    assert holders.pop("secret-keys") == {"community", "billing", "backup"}
    for name in NAMES:
        assert holders.pop(f"{name}-password") == {"postgres", "kafka", name}
    assert all(len(names) == 1 for names in holders.values())


def test_the_secrets_that_are_made_are_those_that_are_mounted_and_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "secrets"
    script = ["/bin/sh", str(ROOT / "deploy/make-secrets.sh"), str(folder)]
    subprocess.run(script, check=True)
    made = {path.name: path.read_text() for path in folder.iterdir()}
    subprocess.run(script, check=True)

    assert made == {path.name: path.read_text() for path in folder.iterdir()}
    files = {secret["file"] for secret in _COMPOSE["secrets"].values()}
    assert files == {f"./secrets/{name}" for name in made}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o444}
    random = [text for text in made.values() if text]
    assert len(set(random)) == len(random) == 8

    for name in NAMES:
        settings = _settings_of(name, folder, monkeypatch)
        password = made[f"{name}-password"]
        assert f":{password}@postgres/" in settings.database_url
        assert settings.kafka_access is not None
        assert (settings.kafka_access.user, settings.kafka_password) == (name, SecretStr(password))
        has_keys = name in {"community", "billing"}
        assert settings.secret_keys == SecretStr(made["secret-keys"] if has_keys else "")
        if name == "community":
            assert settings.operator_password == SecretStr(made["operator-password"])
    deployment = _settings_of("migrate", folder, monkeypatch)
    assert f":{made['postgres-password']}@postgres/" in deployment.database_url
    assert deployment.kafka_password == SecretStr(made["kafka-admin-password"])


def _settings_of(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """As the container reads them, of an ``.env`` that is the example."""
    lines = (ROOT / "deploy/env.example").read_text().splitlines()
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", line)[0] for line in lines if line[0] != "#")
    with monkeypatch.context() as inside:
        for key, value in _SERVICES[name]["environment"].items():
            text = _VARIABLE.sub(lambda match: example.get(match[1]) or match[2], str(value))
            inside.setenv(key, text.replace("/run/secrets", str(folder)))
        return Settings()


@pytest.mark.parametrize("file", _IMAGES)
def test_images_have_an_exact_version(file: str) -> None:
    images = set(_IMAGE.findall((ROOT / file).read_text())) - {"elocoop", "elocoop-gateway"}

    assert images
    for image in images:
        assert re.search(r":v?\d+\.\d+(\.\d+)?(-[\w.-]+)?(@sha256:[0-9a-f]{64})?$", image), image


def test_images_are_pinned_to_what_their_registry_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The registry is somebody else's: here it has a digest made of the image's name."""
    for file in (*_IMAGES, "deploy/pin-images.sh"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    docker = tmp_path / "bin/docker"
    docker.parent.mkdir()
    docker.write_text('#!/bin/sh\necho "sha256:$(echo "$6" | sha256sum | cut -c-64)"\n')
    docker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{docker.parent}:{os.environ['PATH']}")

    for _ in range(2):  # again after an upgrade
        subprocess.run(["/bin/sh", str(tmp_path / "deploy/pin-images.sh")], check=True)

    for file in _IMAGES:
        before = set(_IMAGE.findall((ROOT / file).read_text())) - {"elocoop", "elocoop-gateway"}
        after = set(_IMAGE.findall((tmp_path / file).read_text())) - {"elocoop", "elocoop-gateway"}
        assert {image.partition("@")[0] for image in after} == {
            image.partition("@")[0] for image in before
        }
        assert all(re.search(r"@sha256:[0-9a-f]{64}$", image) for image in after)
    assert yaml.safe_load((tmp_path / "docker-compose.yml").read_text())


def test_the_image_installs_uv_by_version_and_hash_and_what_the_lock_says() -> None:
    image = (ROOT / "deploy/Dockerfile").read_text()
    pin = (ROOT / "deploy/uv.txt").read_text()

    assert re.search(r"pip install .*--require-hashes -r /tmp/uv.txt", image)
    assert not re.search(r"pip install (?!.*--require-hashes)", image)
    assert re.search(r"^uv==\d+\.\d+\.\d+ \\$", pin, re.MULTILINE)
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", pin)) == 2
    assert all("--locked" in line for line in image.splitlines() if "uv sync" in line)
    assert "USER elocoop" in image
    assert "USER nginx" in (ROOT / "deploy/gateway.Dockerfile").read_text()
