"""A listener's map and its versions, as files in a folder of theirs.

``map.yaml`` is in force (ours, while it is missing) and may be edited by hand. Every version
that was ever in force stays under ``versions``, byte by byte, named by its digest;
``history.jsonl`` says when each came into force and why. ``proposal-DIGEST.yaml`` waits to be
promoted, and counts only while the map it was made for is in force.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from affetto.errors import AffettoError, NotFound
from affetto.listening.policies.emotion_map import EmotionMap
from affetto.listening.policies.sheet import digest_of, ours, parse_map, read_map, write_map

SHORT: Final = 12  # letters of a digest that are shown and name a file

CAME: Final = "came with Affetto"
BY_HAND: Final = "edited by hand"
PROMOTED: Final = "promoted"
ROLLED_BACK: Final = "rolled back"


@dataclass(frozen=True, slots=True)
class Version:
    """One version that came into force."""

    version: int
    digest: str  # SHA-256 of its file, hex
    at: str  # ISO time
    why: str

    @property
    def short(self) -> str:
        """The digest as it is shown."""
        return self.digest[:SHORT]


class PolicyShelf:
    """The map as one listener has it; ``folder`` need not exist before the first change.

    Every method raises BadMap when the file in force cannot be read, and leaves it as it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def file(self) -> Path:
        """Where the listener's copy lies."""
        return self.folder / "map.yaml"

    @property
    def is_own(self) -> bool:
        """Whether there is a copy; if not, ours is in force."""
        return self.file.exists()

    def in_force(self) -> tuple[EmotionMap, bytes]:
        """The map that counts, and its file."""
        return read_map(self.file) if self.is_own else (parse_map(ours(), "map.yaml"), ours())

    def copy(self) -> Path:
        """Make a copy of ours to edit, unless there is one; returns where it lies."""
        if not self.is_own:
            self._write(self.file, ours())
        return self.file

    def history(self) -> list[Version]:
        """Every version that was kept, oldest first."""
        try:
            lines = (self.folder / "history.jsonl").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            raise self._spoilt("history.jsonl") from error
        try:
            return [Version(**json.loads(line)) for line in lines if line.strip()]
        except (TypeError, ValueError) as error:
            raise self._spoilt("history.jsonl") from error

    def next_version(self) -> int:
        """A number that no version has had."""
        now, _ = self.in_force()
        return 1 + max([now.version, *(one.version for one in self.history())])

    # -- proposals ----------------------------------------------------------------------

    def offer(self, proposed: EmotionMap) -> Path:
        """Lay down a proposal for the map in force; an earlier one goes."""
        _, data = self.in_force()
        for old in self.folder.glob("proposal-*.yaml"):
            old.unlink(missing_ok=True)
        path = self._proposal(data)
        self._write(path, write_map(proposed))
        return path

    def offered(self) -> tuple[EmotionMap, bytes]:
        """The proposal for the map in force. Raises NotFound when there is none."""
        _, data = self.in_force()
        path = self._proposal(data)
        if path.exists():
            return read_map(path)
        raise NotFound(
            "The map in force is not the one that the proposal was made for."
            if any(self.folder.glob("proposal-*.yaml"))
            else "No other map is proposed.",
            remedy="Make a proposal with `affetto policy propose`.",
        )

    def promote(self, data: bytes, now: datetime) -> Version:
        """Put a proposal into force; the map before it is kept."""
        self.settle(now)
        version = self._enter(data, PROMOTED, now)
        for old in self.folder.glob("proposal-*.yaml"):
            old.unlink(missing_ok=True)
        return version

    # -- versions -----------------------------------------------------------------------

    def settle(self, now: datetime) -> Version:
        """Keep the map in force if it was not yet: ours, or what was edited by hand."""
        _, data = self.in_force()
        kept = self.history()
        if kept and kept[-1].digest == digest_of(data):
            return kept[-1]
        return self._note(data, CAME if data == ours() else BY_HAND, now)

    def rollback(self, to: str | None, now: datetime) -> Version:
        """Put a kept version back, byte by byte: the one before, or that of a number or digest.

        Raises NotFound when there is none, and AffettoError when its file was changed.
        """
        self.settle(now)
        kept = self.history()
        here = kept[-1].digest
        if to is None:
            before = [one for one in kept if one.digest != here]
        else:
            before = [one for one in kept if str(one.version) == to or _begins(one.digest, to)]
        if not before:
            raise NotFound(
                "There is no earlier map to go back to."
                if to is None
                else f"No map called {to!r} was ever in force.",
                remedy="See which there were with `affetto policy history`.",
            )
        wanted = before[-1]
        try:
            data = self._kept(wanted.digest).read_bytes()
        except OSError as error:
            raise self._spoilt(self._kept(wanted.digest).name) from error
        if digest_of(data) != wanted.digest:
            raise self._spoilt(self._kept(wanted.digest).name)
        return self._enter(data, ROLLED_BACK, now)

    # -- files --------------------------------------------------------------------------

    def _enter(self, data: bytes, why: str, now: datetime) -> Version:
        self._keep(data)
        self._write(self.file, data)
        return self._note(data, why, now)

    def _note(self, data: bytes, why: str, now: datetime) -> Version:
        self._keep(data)
        version = Version(
            parse_map(data, self.file.name).version, digest_of(data), now.isoformat(), why
        )
        kept = [*self.history(), version]
        text = "".join(json.dumps(asdict(one)) + "\n" for one in kept)
        self._write(self.folder / "history.jsonl", text.encode())
        return version

    def _keep(self, data: bytes) -> None:
        path = self._kept(digest_of(data))
        if not path.exists():
            self._write(path, data)

    def _kept(self, digest: str) -> Path:
        return self.folder / "versions" / f"{digest[:SHORT]}.yaml"

    def _proposal(self, based_on: bytes) -> Path:
        return self.folder / f"proposal-{digest_of(based_on)[:SHORT]}.yaml"

    def _write(self, path: Path, data: bytes) -> None:
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise AffettoError(
                f"{path} could not be written ({error.strerror or error}).",
                remedy="Free some space, or check who may write there; the map is as it was.",
            ) from error

    def _spoilt(self, name: str) -> AffettoError:
        return AffettoError(
            f"{name} in {self.folder} is missing, unreadable or was changed since it was kept.",
            remedy="Choose another version of `affetto policy history`; the map in force is as "
            "it was.",
        )


def _begins(digest: str, with_: str) -> bool:
    return len(with_) >= 4 and digest.startswith(with_.casefold())
