"""What stands around the code: the files that build, start, check and explain it name only what there is."""

import os
import re
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()
README = (ROOT / "README.md").read_text()
IN_IMAGE = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
YAML_FILES = ["compose.yaml", ".pre-commit-config.yaml", ".github/workflows/ci.yml"]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
ANCHORED_LINK = re.compile(r"\]\(([^)#\s]*)#([^)\s]+)\)")


@pytest.mark.parametrize("path", YAML_FILES)
def test_a_yaml_file_parses(path):
    assert isinstance(yaml.safe_load((ROOT / path).read_text()), dict)


def test_the_image_is_built_of_files_that_exist():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    named = {path for line in copied for path in line.split()} | set(re.findall(r'"([\w/]+\.py)"', DOCKERFILE))
    assert {"requirements.txt", "manage.py", "deploy/healthcheck.py"} <= named
    assert [path for path in [*named, *IN_IMAGE] if not (ROOT / path).exists()] == []
    assert [path for path in named - {"."} if path not in IN_IMAGE] == []


def test_the_image_holds_every_package_and_template_but_no_tests():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages | {"templates", "static", "fixtures", "pyproject.toml"} <= set(IN_IMAGE)
    assert not {"tests", "docs", ".env", ".git", "data"} & set(IN_IMAGE)


def test_compose_mounts_and_builds_from_what_exists():
    compose = yaml.safe_load(COMPOSE)
    mounts = [mount.split(":")[0] for service in compose["services"].values() for mount in service.get("volumes", [])]
    assert [path for path in mounts if path.startswith(".") and not (ROOT / path).exists()] == []
    assert {name for name in mounts if not name.startswith(".")} == set(compose["volumes"])
    assert compose["x-newsreader"]["build"] == "."


def test_compose_waits_only_for_services_that_tell_their_health():
    services = yaml.safe_load(COMPOSE)["services"]
    awaited = {name for service in services.values() for name in service.get("depends_on", {})}
    assert awaited == {"web", "db", "cache"}
    assert "HEALTHCHECK" in DOCKERFILE
    assert all("test" in services[name]["healthcheck"] for name in awaited - {"web"})


def test_the_proxy_passes_on_to_the_port_of_the_image():
    port = re.search(r"PORT=(\d+)", DOCKERFILE)[1]
    assert f"reverse_proxy web:{port}" in (ROOT / "deploy" / "Caddyfile").read_text()
    assert f"EXPOSE {port}" in DOCKERFILE


def test_the_example_of_env_has_every_variable_that_compose_asks_for():
    example = (ROOT / ".env.example").read_text()
    assert [
        name for name in re.findall(r"\$\{(\w+)", COMPOSE) if not re.search(rf"^{name}=", example, re.MULTILINE)
    ] == []


def test_the_readme_explains_every_setting_of_the_containers():
    settings = set(yaml.safe_load(COMPOSE)["x-newsreader"]["environment"])
    settings |= set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert [name for name in sorted(settings) if f"`{name}`" not in README] == []


def test_git_leaves_the_secrets_of_compose_alone():
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()


def test_hooks_and_workflow_run_commands_that_exist():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())["jobs"]
    steps = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"\bmake (\w+)", " ".join([hook["entry"] for hook in hooks] + steps)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert ".ci/run" in steps


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_links_between_documents_lead_somewhere(document):
    text = document.read_text()
    broken = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    broken += [f"#{name}" for path, name in ANCHORED_LINK.findall(text) if name not in anchors(document, path)]
    assert broken == []


def test_the_index_of_decisions_lists_each_of_them():
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text())
    assert sorted(listed) == sorted(path.name for path in folder.glob("*.md") if path.name != "README.md")


def test_every_decision_says_why_and_when_to_think_again():
    headings = ["Context", "Decision", "Consequences", "When to revisit"]
    for path in (ROOT / "docs" / "decisions").glob("*.md"):
        if path.name != "README.md":
            assert re.findall(r"^## (.+)$", path.read_text(), re.MULTILINE) == headings, path.name


def anchors(document: Path, path: str) -> set[str]:
    """Return the names under which a forge links to the headings of a document, given as its path from another."""
    there = document.parent / path if path else document
    headings = re.findall(r"^#+ (.+)$", there.read_text(), re.MULTILINE) if there.is_file() else []
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


class Server(BaseHTTPRequestHandler):
    """Answers /healthz as Django does: only under a host that it allows."""

    allowed = "reader.example.org"

    def do_GET(self) -> None:
        self.send_response(200 if (self.path, self.headers["Host"]) == ("/healthz", self.allowed) else 400)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def port():
    server = HTTPServer(("127.0.0.1", 0), Server)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def exit_code(*command: str, **environment: str) -> int:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environment, capture_output=True
    ).returncode


@pytest.mark.parametrize("allowed", ["reader.example.org", "reader.example.org,127.0.0.1", ".reader.example.org"])
def test_a_container_is_healthy_where_the_server_answers_under_its_own_name(port, allowed):
    assert exit_code("deploy/healthcheck.py", PORT=str(port), ALLOWED_HOSTS=allowed) == 0


def test_a_container_is_not_healthy_where_the_server_refuses_or_is_silent(port):
    assert exit_code("deploy/healthcheck.py", PORT=str(port), ALLOWED_HOSTS="other.example.org") == 1
    assert exit_code("deploy/healthcheck.py", PORT="1") == 1


def test_an_audit_that_cannot_reach_its_database_says_so_and_passes():
    audit = [sys.executable, ".ci/audit.py"]
    env = os.environ | {"AUDIT_URL": "http://127.0.0.1:1/query"}
    done = subprocess.run(audit, cwd=ROOT, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stdout[:11]) == (0, "Not audited")


def test_documents_name_files_that_exist():
    pages = [*ROOT.glob("docs/decisions/*.md"), ROOT / "docs/architecture.md", ROOT / "CONTRIBUTING.md"]
    named = {
        path
        for page in pages
        for path in re.findall(r"`((?:newsreader|annotations|static|tests)/[\w/.]+)`", page.read_text())
    }
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
