"""How a scan of the listener's folder goes, and what it could not read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from affetto.server.wire.values import Shape, Trouble


class Scan(Shape):
    """How far the scan of the listener's folder is, or what the last one came to."""

    state: Literal["idle", "looking", "listening", "done", "stopped", "failed"]
    folder: str = Field(description="The folder that the settings name.")
    files: int = Field(description="Sound files found.")
    unchanged: int = Field(description="Of these, known since an earlier scan.")
    to_hear: int = Field(description="Of these, new or changed.")
    heard: int
    failed: int
    gone: int = Field(description="Known files that are no longer there.")
    passed_over: dict[str, int] = Field(
        description="Files in formats that cannot be decoded yet, by their ending."
    )
    title: str = Field(description="What was listened to last.")
    left_s: float | None = Field(description="About how long it will take; null: not known yet.")
    problem: Trouble | None = Field(description="Why it failed, or why none can begin.")


class FailedFile(Shape):
    """A file that could not be listened to, and why."""

    path: str
    problem: str
    remedy: str


class FailedFiles(Shape):
    """One page of the files that could not be listened to."""

    total: int
    files: list[FailedFile]
