"""What every tool here shares: where things are, one calm line a step, and stamps.

Standard library only: these run before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

CI = os.environ.get("CI") == "true"
ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STATIC = ROOT / "src" / "affetto" / "server" / "static"
MODELS = ROOT / "src" / "affetto" / "inference" / "models"
DETECTORS = [MODELS / "face-detector-near.onnx", MODELS / "face-detector.onnx"]


class Failed(Exception):
    """A step that could not be done, and what to do about it."""

    def __init__(self, problem: str, remedy: str, details: str = "") -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.details = problem, remedy, details


class Skipped(Exception):
    """What cannot be had on this machine, and why."""


def say(text: str = "") -> None:
    print(text, flush=True)


def excuse(failure: Failed, tell: Callable[[str], None] = say) -> None:
    """Print a failure the way a person wants to meet it: what, then what to do."""
    if failure.details:
        tell(failure.details.rstrip())
    tell(f"\n{failure.problem}\n{failure.remedy}")


@contextmanager
def step(what: str) -> Iterator[None]:
    """Print ``what`` at once and the seconds it took when done."""
    print(f"  {what:<58}", end="", flush=True)
    begun = time.perf_counter()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.perf_counter() - begun:6.1f} s")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The caller's environment with our own Python and Node found first."""
    env = {**os.environ, **(extra or {})}
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", "")])
    env["VIRTUAL_ENV"] = str(VENV)
    env.pop("PYTHONHOME", None)
    return env


def run(
    command: Sequence[str | os.PathLike[str]],
    *,
    remedy: str,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> str:
    """Run quietly and give back what was printed; raise Failed with its end otherwise."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Failed(f"{command[0]} could not be started: {error}.", remedy) from error
    if done.returncode != 0:
        tail = "\n".join(done.stdout.splitlines()[-40:])
        shown = " ".join(Path(str(part)).name for part in command[:4])
        raise Failed(f"`{shown} …` ended with code {done.returncode}.", remedy, tail)
    return done.stdout


def from_debian(package: str) -> bool:
    """Install Debian's own package, where we may; whether that worked."""
    apt = shutil.which("apt-get")
    if apt is None or sys.platform != "linux" or not os.access("/var/lib/dpkg", os.W_OK):
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "-y", "-qq", "--no-install-recommends", package]
    try:
        with step(f"installing Debian's {package}"):
            run([apt, "update", "-qq"], remedy="", env=quiet)
            run(install, remedy="", env=quiet)
    except Failed as failure:
        say(f"  that did not work: {failure.problem}")
        return False
    return True


def digest(parts: Iterable[Path | str]) -> str:
    """One hash over files (their place and content), folders of files, and words."""
    seen = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            seen.update(part.encode())
        elif part.is_dir():
            for path in sorted(p for p in part.rglob("*") if p.is_file()):
                seen.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
        elif part.is_file():
            seen.update(part.relative_to(ROOT).as_posix().encode() + part.read_bytes())
        seen.update(b"\0")
    return seen.hexdigest()


def stamped(stamp: Path, value: str) -> bool:
    """Whether ``stamp`` says that ``value`` was done."""
    return stamp.is_file() and stamp.read_text().strip() == value


def put_stamp(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value + "\n")


def main(work: object) -> None:
    """Call ``work`` and leave with its exit code; say a Failed plainly."""
    try:
        code = work()  # type: ignore[operator]
    except Failed as failure:
        excuse(failure)
        sys.exit(1)
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(130)
    sys.exit(code or 0)
