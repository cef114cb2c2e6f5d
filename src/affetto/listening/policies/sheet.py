"""The map as a file that people edit: YAML, read whole or refused whole.

What is wrong is named with its line and what to do.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from affetto.choice import Goal, Intent
from affetto.emotion import Affect
from affetto.errors import Misuse
from affetto.listening.policies.emotion_map import EMOTIONS, POLICIES, EmotionMap, Key, Row

MOST_BYTES: Final = 200_000
LONGEST_SOURCE: Final = 1000  # letters
_GOALS: Final = tuple(goal.value for goal in Goal if goal is not Goal.PLACE)
_INTENTS: Final = tuple(intent.value for intent in Intent)
_HEAD: Final = (
    "# Where two policies send each emotion; yours to edit. A row leads to a goal (match,\n"
    "# lift, calm, focus, sleep) or to a place, [valence, arousal] from -1 to 1; an intent\n"
    "# says what the music is for. Each cites its source.\n"
)


class BadMap(Misuse):
    """A file that is no emotion map we can read; says where and what to do."""


@cache
def ours() -> bytes:
    """The file of the map that came with Affetto, the same on every system."""
    told = files("affetto.listening.policies").joinpath("map.yaml").read_text(encoding="utf-8")
    return told.encode()


def digest_of(data: bytes) -> str:
    """SHA-256 of a file of the map, in hex: tells the same version again."""
    return hashlib.sha256(data).hexdigest()


def read_map(path: Path) -> tuple[EmotionMap, bytes]:
    """The map in a file, and the file as it is. Raises BadMap."""
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise BadMap(
            f"The map {path} cannot be read ({error.strerror or error}).",
            remedy="Check that you may read it; to go back to ours, move it away.",
        ) from error
    if data is None:
        raise BadMap(
            f"The map {path} is larger than {MOST_BYTES // 1000} kB.",
            remedy="Shorten its sources, or move it away to go back to ours.",
        )
    return parse_map(data, path.name), data


def parse_map(data: bytes, name: str) -> EmotionMap:
    """What a file of the map says. Raises BadMap, naming the line."""
    top = _root(data, name)
    _only(top, ("version", *POLICIES), name, "part")
    rows: dict[Key, Row] = {}
    for policy in POLICIES:
        told = _entries(_needed(top, policy, "the map", "Line 1", name), name)
        _only(told, tuple(EMOTIONS), name, "emotion")
        for emotion in EMOTIONS:
            where = _line(top[policy])
            row = _row(policy, emotion, _needed(told, emotion, policy, where, name), name)
            rows[row.key] = row
    return EmotionMap(_version(_needed(top, "version", "the map", "Line 1", name), name), rows)


def write_map(wanted: EmotionMap, head: str = _HEAD) -> bytes:
    """The map as a file; ``head`` is a remark above it."""
    import yaml

    told: dict[str, Any] = {"version": wanted.version}
    for policy in POLICIES:
        told[policy] = {name: _entry(wanted.rows[policy, name]) for name in EMOTIONS}
    text: str = yaml.dump(told, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=96)
    return f"{head}{text}".encode()


def _entry(row: Row) -> dict[str, Any]:
    entry: dict[str, Any] = {"goal": row.goal.value}
    if row.place is not None:
        entry = {"place": [round(row.place.valence, 4), round(row.place.arousal, 4)]}
    if row.intent is not None:
        entry["intent"] = row.intent.value
    return {**entry, "source": row.source}


@cache
def _dumper() -> Any:
    """Writes a place in one line and the rest in blocks."""
    import yaml

    class Dumper(yaml.SafeDumper):  # type: ignore[misc]
        pass

    def listed(dumper: Any, data: Any) -> Any:
        return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)

    Dumper.add_representer(list, listed)
    return Dumper


# -- one row, checked -------------------------------------------------------------------


def _row(policy: str, emotion: str, node: Any, name: str) -> Row:
    said = _entries(node, name)
    where, which = _line(node), f"{policy}/{emotion}"
    _only(said, ("goal", "place", "intent", "source"), name, "name")
    if ("goal" in said) == ("place" in said):
        raise _bad(where, name, f"{which} needs a goal or a place, and not both",
                   'Write "goal: calm", or "place: [0.4, -0.5]"')  # fmt: skip
    source = _word(_needed(said, "source", which, where, name), name).strip()
    if not source or len(source) > LONGEST_SOURCE:
        raise _bad(_line(said["source"]), name,
                   f"the source of {which} is empty or longer than {LONGEST_SOURCE} letters",
                   "Say in a sentence who says so; your own wish is a source")  # fmt: skip
    intent = _one_of(said["intent"], _INTENTS, "intent", name) if "intent" in said else None
    return Row(
        policy,
        emotion,
        Goal(_one_of(said["goal"], _GOALS, "goal", name)) if "goal" in said else Goal.PLACE,
        source,
        _place(said["place"], name) if "place" in said else None,
        Intent(intent) if intent else None,
    )


def _place(node: Any, name: str) -> Affect:
    import yaml

    values = node.value if isinstance(node, yaml.SequenceNode) else []
    try:
        valence, arousal = (float(_word(value, name)) for value in values)
    except ValueError:
        valence = arousal = math.nan
    if not (-1.0 <= valence <= 1.0 and -1.0 <= arousal <= 1.0):
        raise _bad(_line(node), name, "this is no place on the mood map",
                   "Write valence and arousal from -1 to 1, such as [0.4, -0.5]")  # fmt: skip
    return Affect(valence, arousal)


def _version(node: Any, name: str) -> int:
    word = _word(node, name)
    if not (word.isascii() and word.isdigit() and 1 <= int(word[:9]) < 10**6):
        raise _bad(_line(node), name, f"{word!r} is no version", "Write a whole number from 1")
    return int(word)


def _one_of(node: Any, known: Sequence[str], called: str, name: str) -> str:
    word = _word(node, name)
    if word not in known:
        raise _bad(_line(node), name, f"{word!r} is no {called}{_near(word, known)}",
                   f"Use one of {', '.join(known)}")  # fmt: skip
    return word


# -- YAML that knows its lines ----------------------------------------------------------


def _root(data: bytes, name: str) -> dict[str, Any]:
    import yaml

    try:
        text = data.decode("utf-8-sig")
        for event in yaml.parse(text, yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise _bad(_line(event), name, "rows cannot refer to each other", "Write it out")
        node = yaml.compose(text, yaml.SafeLoader)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _bad(f"Line {line}", name, "this is not UTF-8 text", "Save it as UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _bad(
            f"Line {mark.line + 1}" if mark else "Line 1",
            name,
            f"this is no YAML ({error.problem or error.context})",
            "Mend it: text with a colon or a quotation mark in it needs quotation marks around it",
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _bad("Line 1", name, "this is no YAML", "Save it as plain text") from error
    return _entries(node, name)


def _entries(node: Any, name: str) -> dict[str, Any]:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        where = "Line 1" if node is None else _line(node)
        raise _bad(where, name, "names with values are missing here",
                   "Compare it with `affetto policy show --yaml`")  # fmt: skip
    entries: dict[str, Any] = {}
    for key, value in node.value:
        word = _word(key, name)
        if word in entries:
            raise _bad(_line(key), name, f"{word!r} is said twice", "Remove one of the two")
        entries[word] = value
    return entries


def _needed(entries: dict[str, Any], key: str, of: str, where: str, name: str) -> Any:
    if key not in entries:
        raise _bad(where, name, f"{of} has no {key!r}",
                   "Write it; `affetto policy show --yaml` shows how")  # fmt: skip
    return entries[key]


def _only(entries: dict[str, Any], known: Sequence[str], name: str, called: str) -> None:
    for key, node in entries.items():
        if key not in known:
            raise _bad(_line(node), name, f"{key!r} is no {called} that we know{_near(key, known)}",
                       f"Use {', '.join(known)}")  # fmt: skip


def _word(node: Any, name: str) -> str:
    import yaml

    if not isinstance(node, yaml.ScalarNode):
        raise _bad(_line(node), name, "there is more than one value", "Write one")
    return str(node.value)


def _near(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word.casefold(), known, n=1)
    return f"; {near[0]!r} comes nearest" if near else ""


def _line(node: Any) -> str:
    return f"Line {node.start_mark.line + 1}"


def _bad(where: str, name: str, what: str, remedy: str) -> BadMap:
    return BadMap(f"{where} of {name}: {what}.", remedy=f"{remedy}; nothing was changed.")
