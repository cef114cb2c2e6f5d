"""Setting a clone up: what has not changed is not done again, and what fails says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import house
import setup

ROOT = Path(__file__).resolve().parents[2]


def test_a_step_is_done_again_only_when_what_it_reads_has_changed(tmp_path: Path) -> None:
    stamp = tmp_path / "stamps" / "page"
    before = house.digest([house.ROOT / "Makefile", "run"])
    assert not house.stamped(stamp, before)
    house.put_stamp(stamp, before)
    assert house.stamped(stamp, house.digest([house.ROOT / "Makefile", "run"]))
    assert not house.stamped(stamp, house.digest([house.ROOT / "Makefile", "test"]))
    assert not house.stamped(stamp, house.digest([house.ROOT / "README.md", "run"]))


def test_the_page_is_made_of_its_sources_and_its_lock_file() -> None:
    assert setup.page_sources() == setup.page_sources()
    assert setup.page_sources() != house.digest([house.WEB / "src"])


def test_listening_needs_no_tools_of_ours() -> None:
    assert "dev" not in setup.GROUPS["run"]
    assert "training" not in setup.GROUPS["run"]
    assert "dev" in setup.GROUPS["test"]


def test_the_tests_have_every_optional_part_and_a_listener_none() -> None:
    import tomllib

    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = set(told["project"]["optional-dependencies"])
    assert extras >= {"video", "haar"}
    assert extras <= set(setup.GROUPS["test"]) and extras <= set(setup.GROUPS["training"])
    assert not extras & set(setup.GROUPS["run"])


def test_a_command_that_fails_shows_its_last_words_and_a_remedy() -> None:
    with pytest.raises(house.Failed) as caught:
        house.run(
            [sys.executable, "-c", "print('no room left'); raise SystemExit(3)"], remedy="Tidy."
        )
    assert "ended with code 3" in caught.value.problem
    assert caught.value.remedy == "Tidy."
    assert "no room left" in caught.value.details


def test_a_command_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(house.Failed, match="could not be started"):
        house.run(["no-such-command-anywhere"], remedy="Install it.")


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins for node are shell scripts")
@pytest.mark.parametrize(
    ("said", "version"),
    [("v20.19.4", (20, 19)), ("v18.20.2", (18, 20)), ("", (0, 0)), ("what?", (0, 0))],
)
def test_a_node_too_old_is_known_by_what_it_says(
    tmp_path: Path, said: str, version: tuple[int, int]
) -> None:
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\necho '{said}'\n")
    node.chmod(0o755)
    assert setup.node_version(str(node)) == version
    assert setup.node_version(str(tmp_path / "nowhere")) == (0, 0)


def test_a_browser_that_is_named_and_missing_is_an_error_not_a_skip(tmp_path: Path) -> None:
    gone = str(tmp_path / "chromium")
    done = subprocess.run(
        [sys.executable, "-c", "import browser, house; house.main(browser.find)"],
        env={**os.environ, "AFFETTO_BROWSER": gone, "PYTHONPATH": str(ROOT / "tools")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert gone in done.stdout
    assert "unset it" in done.stdout
    assert "Traceback" not in done.stderr


def test_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in ("run", "test", "check", "bench", "test-full", "docs", "mlflow", "help"):
        assert f"\n{target}: ##" in makefile
