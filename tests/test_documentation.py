"""The papers say what is true, lead somewhere, and promise nothing they must not."""

from __future__ import annotations

import asyncio
import importlib.util
import re
import shlex
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def load_tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tools_{name}", ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sys.path.append(str(ROOT / "tools"))  # where one tool finds another
docs = load_tool("docs")


def blocks(page: Path, language: str) -> list[str]:
    """The fenced pieces of a page in one language."""
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


# -- everything has its place ---------------------------------------------------------


@pytest.mark.parametrize("name", sorted(docs.PAGES))
def test_each_written_page_says_what_the_program_and_its_model_say(name: str) -> None:
    page = ROOT / name
    assert page.is_file(), "run `make docs`"
    assert page.read_text(encoding="utf-8") == docs.PAGES[name](), "run `make docs`"


def test_every_setting_has_its_line() -> None:
    from affetto.settings import Settings

    told = (docs.REFERENCE / "settings.md").read_text(encoding="utf-8")
    assert [n for n in Settings.model_fields if f"| `{n}` |" not in told] == []


def test_every_command_has_its_heading() -> None:
    import typer

    from affetto.cli.main import app

    told = (docs.REFERENCE / "cli.md").read_text(encoding="utf-8")
    commands = [path for path, _ in docs.walk("affetto", typer.main.get_command(app))]
    assert {"affetto read", "affetto recommend", "affetto listen", "affetto serve"} <= {*commands}
    assert [path for path in commands if f"## {path}\n" not in told] == []


def test_every_provider_has_its_heading() -> None:
    told = (docs.REFERENCE / "providers.md").read_text(encoding="utf-8")
    ours = [p.name for p in distribution("affetto").entry_points if p.group == "affetto.providers"]
    assert ours
    assert [name for name in ours if f"## {name}\n" not in told] == []


def test_every_link_between_our_pages_leads_somewhere() -> None:
    assert docs.broken_links() == []


def test_every_view_is_shown_narrow_and_wide_light_and_dark() -> None:
    pictures = ROOT / "docs/screenshots"
    gallery = (ROOT / "docs/views.md").read_text(encoding="utf-8")
    shown = re.findall(r'src="screenshots/([\w-]+)\.png"', gallery)
    views = {re.sub(r"-(phone|desktop)-(light|dark)$", "", name) for name in shown}
    wanted = {
        f"{v}-{s}-{c}" for v in views for s in ("phone", "desktop") for c in ("light", "dark")
    }
    assert len(views) > 30
    assert {*shown} == wanted
    assert {path.stem for path in pictures.glob("*-*-*.png")} == wanted
    assert sum(path.stat().st_size for path in pictures.iterdir()) < 10_000_000


def test_every_make_target_named_in_the_papers_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in docs.papers():
        named = set(re.findall(r"`make ([a-z-]+)`", page.read_text(encoding="utf-8")))
        assert named <= targets, page.name


# -- what can be pasted works ---------------------------------------------------------


def pasted_commands() -> list[str]:
    found = []
    for page in docs.papers():
        for block in blocks(page, "sh"):
            for line in block.splitlines():
                command = re.sub(r"\s+#.*", "", line).removeprefix(".venv/bin/").strip()
                if command.startswith("affetto "):
                    found.append(command)
    return sorted(set(found))


@pytest.mark.parametrize("line", pasted_commands())
def test_a_command_pasted_from_the_papers_is_one_we_have(line: str) -> None:
    import typer

    from affetto.cli.main import app

    command: Any = typer.main.get_command(app)
    words = shlex.split(line)[1:]
    while inner := docs.children(command):
        assert words[0] in inner, line
        command = inner[words.pop(0)]
    known = {"--help"}.union(*(set(p.opts) | set(p.secondary_opts) for p in command.params))
    assert [w for w in words if w.startswith("--") and w.partition("=")[0] not in known] == []


def test_the_readme_script_runs_as_it_stands(tmp_path: Path) -> None:
    from PIL import Image

    (script,) = blocks(ROOT / "README.md", "python")
    Image.new("RGB", (320, 240), "grey").save(tmp_path / "me.jpg")
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3


def test_the_provider_in_the_how_to_is_one() -> None:
    (code, *_) = blocks(ROOT / "docs/how-to/write-a-provider.md", "python")
    names: dict[str, Any] = {}
    exec(compile(code, "write-a-provider.md", "exec"), names)
    provider = names["create"]({})
    found = asyncio.run(provider.library.search("rain roof"))
    assert [track.title for track in found] == ["Rain on the Roof"]
    assert asyncio.run(provider.library.sound(found[0].uri)) is None


def test_the_readme_opens_with_what_it_does_a_picture_the_commands_and_privacy() -> None:
    opening = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:30])
    for needed in ("fits how you feel", "docs/tour.webp", "make run", "make test", "Privacy"):
        assert needed in opening


# -- what must not be said ------------------------------------------------------------

ILLS = r"(stress|anxiety|depression|insomnia|pain|illness|disorders?|symptoms?|dementia)"
CLAIMS = re.compile(
    r"\b(diagnos\w*|cures?\b|curing|heals?\b|healing|clinically|therapeutic\w*|antidepress\w*"
    r"|scientifically proven|medically"
    rf"|(treat|reduc|detect|reliev|eas|prevent|lower|fight)\w* (the |your )?{ILLS})",
    re.IGNORECASE,
)
# Whose machine something was made on is nobody's business.
WORKSHOP = re.compile(
    r"[/]root/|[/]work/|/home/(?!me/|you/)\w+/|/Users/\w+/|C:\\Users\\", re.IGNORECASE
)
TEXT = {".md", ".py", ".ts", ".tsx", ".html", ".css", ".json", ".toml", ".yaml", ".yml", ""}


def texts() -> list[Path]:
    """Every text of ours, but not what is generated elsewhere, and not this page."""
    tops = ("src", "docs", "tests", "tools", "training", "web", ".ci")
    found = [*ROOT.glob("*"), *(path for top in tops for path in (ROOT / top).rglob("*"))]
    skipped = {"node_modules", "__pycache__", "static", "playwright-report", "test-results"}
    return sorted(
        path
        for path in found
        if path.is_file()
        and path.suffix in TEXT
        and not skipped & set(path.relative_to(ROOT).parts)
        and path.name not in {"LICENSE", "package-lock.json", ".coverage", Path(__file__).name}
    )


def said(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8", "ignore").splitlines(), 1):
            if hit := pattern.search(line):
                found.append(f"{path.relative_to(ROOT).as_posix()}:{number} {hit.group()}")
    return found


def test_nothing_we_say_is_a_claim_about_health() -> None:
    shown = [p for p in texts() if p.relative_to(ROOT).parts[0] not in {"tests", "training"}]
    assert said(CLAIMS, shown) == []


@pytest.mark.parametrize("line", ["It reduces anxiety.", "clinically tested", "treats depression"])
def test_a_claim_about_health_would_be_noticed(line: str) -> None:
    assert CLAIMS.search(line)


def test_no_text_names_the_machine_it_was_written_on() -> None:
    assert said(WORKSHOP, texts()) == []
