from __future__ import annotations

import pickle

import pytest

from affetto.errors import AffettoError, Misuse, ModelMissing, NothingToPlay, UnreadablePicture


@pytest.mark.parametrize(
    "kind", [AffettoError, Misuse, ModelMissing, NothingToPlay, UnreadablePicture]
)
def test_an_error_says_what_is_wrong_and_what_to_do(kind: type[AffettoError]) -> None:
    error = kind("The door is shut.", remedy="Open it.")
    assert str(error) == "The door is shut. Open it."
    assert error.misuse is (kind is Misuse)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.problem, again.remedy) == (error.problem, error.remedy)
