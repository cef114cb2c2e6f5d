"""The promised names, and that opening the door costs little."""

from __future__ import annotations

import ast
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import affetto

SRC = Path(affetto.__file__).parent
HEAVY = (
    "numpy",
    "onnxruntime",
    "fastapi",
    "starlette",
    "uvicorn",
    "sqlalchemy",
    "alembic",
    "pydantic",
    "PIL",
    "simplejpeg",
    "soundfile",
    "soxr",
    "cryptography",
    "httpx",
)
PROMISED = (
    "Affect",
    "AffettoError",
    "Answer",
    "Choice",
    "EmotionReading",
    "Feedback",
    "Goal",
    "MoodState",
    "Track",
    "TrackFeatures",
    "__version__",
    "read_face",
    "recommend",
)


def fresh(code: str) -> str:
    """Run ``code`` in a new interpreter, away from this one's loaded modules."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=SRC.parent
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded_by(code: str) -> set[str]:
    """The top-level packages of HEAVY that ``code`` loads."""
    told = fresh(f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))")
    return {name for name in json.loads(told.splitlines()[-1]) if name in HEAVY}


def cpu_seconds(code: str) -> float:
    """Median over five new interpreters of the processor time that ``code`` adds."""
    timed = f"import time\nbegun = time.process_time()\n{code}\nprint(time.process_time() - begun)"
    return statistics.median(float(fresh(timed).splitlines()[-1]) for _ in range(5))


# -- names ----------------------------------------------------------------------------


def test_every_promised_name_is_there() -> None:
    assert sorted(affetto.__all__) == sorted(PROMISED)
    for name in PROMISED:
        assert getattr(affetto, name) is not None
    assert set(PROMISED) <= set(dir(affetto))


def test_a_name_that_was_never_promised_is_refused_as_python_does() -> None:
    with pytest.raises(AttributeError, match="telepathy"):
        _ = affetto.telepathy


def test_the_version_is_the_one_in_the_package() -> None:
    import tomllib

    told = tomllib.loads((SRC.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert affetto.__version__ == told["project"]["version"]


# -- lightness ------------------------------------------------------------------------


def test_importing_affetto_loads_nothing_heavy() -> None:
    assert loaded_by("import affetto") == set()


def test_asking_for_a_word_loads_nothing_heavy() -> None:
    assert (
        loaded_by("from affetto import Affect, Goal, Track, AffettoError, EmotionReading") == set()
    )


def test_importing_affetto_takes_less_than_150_ms() -> None:
    assert cpu_seconds("import affetto") < 0.150


def test_the_command_line_opens_without_models_server_or_database() -> None:
    code = "import affetto.cli.main"
    assert loaded_by(code) & {"onnxruntime", "fastapi", "sqlalchemy", "PIL", "soundfile"} == set()


def test_help_takes_less_than_400_ms() -> None:
    code = """
import contextlib, io, sys
sys.argv = ["affetto", "--help"]
from affetto.cli.main import main
with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit):
    main()
assert "recommend" in said.getvalue(), said.getvalue()
"""
    assert cpu_seconds(code) < 0.400


# -- every system ---------------------------------------------------------------------

ONLY_POSIX_MODULES = {"fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "syslog"}
ONLY_POSIX_NAMES = {
    "os": {
        "chown", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid",
        "getloadavg", "getpgid", "getuid", "killpg", "mkfifo", "nice", "sched_getaffinity",
        "setsid", "setuid",
        "statvfs", "uname", "wait", "waitid", "O_NOFOLLOW", "O_DIRECTORY", "posix_fadvise",
    },
    "signal": {"SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGQUIT", "alarm", "pause"},
    "time": {"tzset", "clock_gettime"},
}  # fmt: skip


def guarded(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether an ``if`` on the platform, a ``hasattr`` or a ``try`` stands around ``node``."""
    above = parents.get(node)
    while above is not None:
        if isinstance(above, ast.If | ast.IfExp | ast.BoolOp):
            asked = ast.unparse(above.test if not isinstance(above, ast.BoolOp) else above)
            if any(word in asked for word in ("sys.platform", "os.name", "hasattr")):
                return True
        if isinstance(above, ast.Try) and any(
            h.type is not None and "ImportError" in ast.unparse(h.type) for h in above.handlers
        ):
            return True
        above = parents.get(above)
    return False


def only_posix(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of each unguarded use of something Windows lacks."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        found: list[str] = []
        if isinstance(node, ast.Import):
            found = [a.name for a in node.names if a.name.partition(".")[0] in ONLY_POSIX_MODULES]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found = [
                f"{node.module}.{a.name}"
                for a in node.names
                if node.module in ONLY_POSIX_MODULES
                or a.name in ONLY_POSIX_NAMES.get(node.module, ())
            ]
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.attr in ONLY_POSIX_NAMES.get(node.value.id, ())
        ):
            found = [f"{node.value.id}.{node.attr}"]
        if found and not guarded(node, parents):
            yield from ((node.lineno, name) for name in found)


def test_no_unguarded_call_that_windows_lacks() -> None:
    found = [
        f"{path.relative_to(SRC)}:{line} {name}"
        for path in sorted(SRC.rglob("*.py"))
        for line, name in only_posix(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("import fcntl", ["fcntl"]),
        ("from signal import SIGKILL", ["signal.SIGKILL"]),
        ("import os\ndef f():\n    return os.geteuid() == 0", ["os.geteuid"]),
        ("import os\nif hasattr(os, 'geteuid'):\n    os.geteuid()", []),
        ("import sys\nif sys.platform != 'win32':\n    import resource", []),
        ("try:\n    import pwd\nexcept ImportError:\n    pwd = None", []),
    ],
)
def test_the_search_itself_sees_what_it_should(code: str, caught: list[str]) -> None:
    assert [name for _, name in only_posix(ast.parse(code))] == caught
