import subprocess
import sys
from pathlib import Path

import yaml

from libs.common.settings import Settings
from services.cli.processes import NAMES
from tests.support.places import ROOT

COMPOSE = ROOT / "docker-compose.yml"


def test_the_compose_file_fits_its_schema() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]

    done = subprocess.run([*command, str(COMPOSE)], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_each_service_runs_under_the_role_of_its_name() -> None:
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    for name in NAMES:
        assert f"services.{name}.main:app" in services[name]["command"]
        assert services[name]["environment"]["DATABASE_URL"].startswith(f"postgresql://{name}@")


def test_each_service_logs_in_at_kafka_as_itself_and_the_deployment_alone_as_administrator() -> (
    None
):
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    users = {
        name: (environment["KAFKA_USER"], environment["KAFKA_PASSWORD_FILE"])
        for name, service in services.items()
        if "KAFKA_USER" in (environment := service.get("environment", {}))
    }
    passwords = {name: (name, f"/run/secrets/{name}-password") for name in NAMES}
    administrator = ("admin", "/run/secrets/kafka-admin-password")
    assert users == {**passwords, "migrate": administrator, "backup": administrator}
    # With such a name it does not start without passwords: tests/deploy/test_kafka.py.
    assert services["kafka"]["environment"]["KAFKA_HOST"] == "kafka"
    assert services["kafka"]["entrypoint"] == ["/elocoop/run.sh"]


def test_who_sets_how_long_the_event_log_keeps_curves_knows_how_long_the_services_do() -> None:
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    months = {
        name: environment["RETENTION_CURVES_MONTHS"]
        for name, service in services.items()
        if "RETENTION_CURVES_MONTHS" in (environment := service.get("environment", {}))
    }
    assert set(months) == {"migrate", "backup", "ingest", "allocation", "billing"}
    assert len(set(months.values())) == 1


def test_the_compose_file_names_only_settings_that_exist() -> None:
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    names = {name.upper() for name in Settings.model_fields} | {"TMPDIR"}
    for name in (*NAMES, "migrate", "backup"):
        assert {
            variable.removesuffix("_FILE") for variable in services[name]["environment"]
        } <= names


def test_each_service_is_given_all_settings_of_the_env_file() -> None:
    """Those that the file names itself have a default of their own, or are a secret's file."""
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    for name in NAMES:
        assert services[name]["env_file"] == [{"path": ".env", "required": False}]


def test_each_service_has_the_metrics_that_prometheus_asks_for() -> None:
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    prometheus = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    [job] = prometheus["scrape_configs"]
    assert {target for group in job["static_configs"] for target in group["targets"]} == {
        f"{name}:8000" for name in NAMES
    }
    for name in NAMES:
        assert services[name]["environment"]["SERVE_METRICS"] == "true"


def test_no_log_of_the_servers_may_hold_a_path_or_a_row() -> None:
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    for name in NAMES:
        assert "--no-access-log" in services[name]["command"]
    assert "log_error_verbosity=terse" in services["postgres"]["command"]
    assert "log_min_error_statement=panic" in services["postgres"]["command"]


def test_migrations_wait_for_the_server_that_stays() -> None:
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    # The one of the first start's scripts has no TCP.
    assert services["postgres"]["healthcheck"]["test"][1:4] == ["pg_isready", "-h", "127.0.0.1"]
    assert services["migrate"]["restart"] == "on-failure"


def test_the_files_that_the_compose_file_mounts_exist() -> None:
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    mounted = [
        volume.split(":")[0]
        for service in services.values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]
    assert mounted
    for path in mounted:
        assert (ROOT / Path(path)).exists(), path
