"""The one kind of error we mean: it says what is wrong and what to do about it."""

from __future__ import annotations


class AffettoError(Exception):
    """Something went wrong that a person can mend.

    ``problem`` and ``remedy`` are whole sentences; a door shows both, never a
    traceback. ``misuse`` marks what the caller asked wrongly (exit code 2, HTTP 4xx)
    from what failed on the way (exit code 1).
    """

    misuse = False

    def __init__(self, problem: str, *, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        # Worker processes send their errors home by pickle; keywords need help there.
        return (_rebuild, (type(self), self.problem, self.remedy))


class Misuse(AffettoError):
    """The request itself cannot be answered: a bad option, a number out of range."""

    misuse = True


class UnreadablePicture(AffettoError):
    """A file that is no picture we can read, or one too large to open safely."""


class UnreadableClip(AffettoError):
    """A file that is no clip we can read, or one too large or too long to read safely."""


class UnreadableSound(AffettoError):
    """A file that holds no sound we can decode."""


class UnreadableTable(AffettoError):
    """A file that is no table, or one whose columns tell nothing of songs."""


class ModelMissing(AffettoError):
    """A model file is absent, damaged or not the one its card describes."""


class PartMissing(AffettoError):
    """An optional part of Affetto is needed and not installed, or too new or too old."""


class ServiceTrouble(AffettoError):
    """Another service does not answer, or not as it should: a music server, an account."""


class NothingToPlay(AffettoError):
    """No library offers a track that could be chosen."""


class NotFound(AffettoError):
    """What was named is not here: a track, a session, a folder, a provider."""


def _rebuild(kind: type[AffettoError], problem: str, remedy: str) -> AffettoError:
    return kind(problem, remedy=remedy)
