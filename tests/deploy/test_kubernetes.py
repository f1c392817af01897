"""The manifests for Kubernetes: by its schema, and as docker-compose.yml has the same processes."""

import copy
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from libs.common.encryption.secret_keys import new_secret_key
from libs.common.settings import Settings
from services.cli.processes import NAMES
from tests.support.places import ROOT

_FOLDER = ROOT / "deploy" / "kubernetes"
_KUBERNETES = "1.34"
_COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
_OF_ADMINISTRATORS = {"postgres-password", "kafka-admin-password"}
_OF_A_BUCKET = {"s3-access-key-id", "s3-secret-access-key"}
"""Compose keeps files in volumes."""


def _manifests() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(_FOLDER.rglob("*.yaml")):
        if path.name != "kustomization.yaml":
            for manifest in yaml.safe_load_all(path.read_text()):
                yield f"{path.name} {manifest['kind']} {manifest['metadata']['name']}", manifest


_MANIFESTS = dict(_manifests())
_WORKLOADS = {
    manifest["metadata"]["name"]: manifest["spec"]["template"]["spec"]
    for manifest in _MANIFESTS.values()
    if manifest["kind"] in ("Deployment", "Job")
}


@pytest.mark.parametrize("name", _MANIFESTS)
def test_a_manifest_fits_the_schema(name: str) -> None:
    kubernetes_validate.validate(_MANIFESTS[name], _KUBERNETES, strict=True)


def test_what_runs_is_what_compose_runs() -> None:
    assert set(_WORKLOADS) == {*NAMES, "migrate", "gateway"}
    for name in (*NAMES, "migrate"):
        # In a cluster, no process of the pod itself is a proxy.
        command = [word.replace("127.0.0.1,10", "10") for word in _COMPOSE[name]["command"]]
        assert _container(name)["args"] == command


@pytest.mark.parametrize("name", [*NAMES, "migrate"])
def test_a_process_has_the_secrets_that_compose_gives_it(name: str) -> None:
    secrets = {item["key"] for item in _volumes(name)["secrets"]["secret"]["items"]}
    assert secrets - _OF_A_BUCKET == set(_COMPOSE[name]["secrets"])

    files = {key: value for key, value in _environment(name).items() if key.endswith("_FILE")}
    assert files.pop("KAFKA_CA_FILE") == "/etc/elocoop/ca.crt"
    of_compose = {
        key: value for key, value in _COMPOSE[name]["environment"].items() if key.endswith("_FILE")
    }
    assert set(files.values()) == {f"/run/secrets/{secret}" for secret in secrets}
    assert files.items() >= of_compose.items()


@pytest.mark.parametrize("name", [*NAMES, "migrate"])
def test_the_settings_of_a_process_are_taken(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = _MANIFESTS["settings.yaml ConfigMap elocoop-servers"]["data"]["database-host"]
    (tmp_path / "ca.crt").write_text("")
    for item in _volumes(name)["secrets"]["secret"]["items"]:
        # What others give may be missing.
        is_given = item["path"] in {"secret-keys", f"{name}-password", *_OF_ADMINISTRATORS}
        (tmp_path / item["path"]).write_text(new_secret_key() if is_given else "")
    with monkeypatch.context() as inside:
        for key, value in _environment(name).items():
            text = value.replace("$(DATABASE_HOST)", host)
            inside.setenv(key, re.sub("/run/secrets|/etc/elocoop", str(tmp_path), text))
        settings = Settings()

    assert host in settings.database_url
    names = {key.lower() for key in _environment(name)} - {"tmpdir"}
    assert {key for key in names if key not in Settings.model_fields} == {
        key for key in names if key.endswith("_file") and key != "kafka_ca_file"
    }


@pytest.mark.parametrize("name", _WORKLOADS)
def test_a_process_can_do_no_more_than_it_needs(name: str) -> None:
    pod, container = _WORKLOADS[name], _container(name)

    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]


def test_services_differ_in_their_names_arguments_and_secrets_alone() -> None:
    """Each has a file of its own, to be read by itself: what they share may not drift apart."""
    skeletons = {
        name: [
            json.dumps(_without_its_own(_MANIFESTS[f"{name}.yaml {kind} {name}"])).replace(name, "")
            for kind in ("Deployment", "Service", "PodDisruptionBudget")
        ]
        for name in NAMES
    }

    assert all(skeleton == skeletons["ingest"] for skeleton in skeletons.values())


def test_what_answers_requests_is_probed_and_one_of_two_stays() -> None:
    for name in (*NAMES, "gateway"):
        deployment = _MANIFESTS[f"{name}.yaml Deployment {name}"]["spec"]
        labels = deployment["template"]["metadata"]["labels"]
        assert deployment["replicas"] == 2
        assert deployment["selector"]["matchLabels"] == labels
        assert _MANIFESTS[f"{name}.yaml Service {name}"]["spec"]["selector"] == labels
        budget = _MANIFESTS[f"{name}.yaml PodDisruptionBudget {name}"]["spec"]
        assert (budget["maxUnavailable"], budget["selector"]["matchLabels"]) == (1, labels)
        paths = {
            probe: _container(name)[probe]["httpGet"]["path"]
            for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        }
        if name in NAMES:
            assert list(paths.values()) == ["/live", "/live", "/ready"]


def test_the_gateway_is_told_names_of_the_cluster_in_the_form_of_its_own_file() -> None:
    docker = (ROOT / "deploy" / "names.conf").read_text()
    cluster = _MANIFESTS["settings.yaml ConfigMap elocoop-names"]["data"]["names.conf"]

    def directives(text: str) -> list[str]:
        words = (shlex.split(line, comments=True) for line in text.splitlines())
        return [line[0] for line in words if line]

    assert directives(cluster) == directives(docker) == ["resolver", "map"]
    assert '".elocoop.svc.cluster.local"' in cluster


def _without_its_own(manifest: dict[str, Any]) -> dict[str, Any]:
    """A copy without arguments, settings and secrets, which are compared with compose."""
    copied = copy.deepcopy(manifest)
    if copied["kind"] == "Deployment":
        pod = copied["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        del container["args"], container["env"]
        # Ingest unpacks large files.
        for volumes in (pod["volumes"], container["volumeMounts"]):
            volumes[:] = [volume for volume in volumes if volume["name"] != "scratch"]
        for volume in pod["volumes"]:
            volume.get("secret", {}).pop("items", None)
    return copied


def _container(name: str) -> dict[str, Any]:
    (container,) = _WORKLOADS[name]["containers"]
    assert isinstance(container, dict)
    return container


def _volumes(name: str) -> Mapping[str, dict[str, Any]]:
    return {volume["name"]: volume for volume in _WORKLOADS[name]["volumes"]}


def _environment(name: str) -> dict[str, str]:
    """What the container is told, but for what it reads of a map by itself."""
    common: dict[str, str] = _MANIFESTS["settings.yaml ConfigMap elocoop-settings"]["data"]
    values = {
        entry["name"]: entry["value"] for entry in _container(name)["env"] if "value" in entry
    }
    return {**common, **values}
