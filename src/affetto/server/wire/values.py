"""What all shapes share, and the numbers that they are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Coordinate = Annotated[float, Field(strict=True, ge=-1, le=1, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Variance = Annotated[float, Field(strict=True, ge=0, le=4, allow_inf_nan=False)]
Cross = Annotated[float, Field(strict=True, ge=-4, le=4, allow_inf_nan=False)]
Seconds = Annotated[float, Field(strict=True, ge=0, le=1_000_000, allow_inf_nan=False)]


def _one_spread(numbers: tuple[float, float, float]) -> tuple[float, float, float]:
    """Three numbers are a covariance when no direction has less than no variance."""
    vv, va, aa = numbers
    if va * va > vv * aa * (1 + 1e-6):  # the sender may have rounded
        raise ValueError(
            "the middle number's square may be no larger than the product of the other two"
        )
    return numbers


Covariance = Annotated[tuple[Variance, Cross, Variance], AfterValidator(_one_spread)]


class Shape(BaseModel):
    """What all shapes share: nothing unknown gets in, nothing changes afterwards."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_serialization_defaults_required=True
    )


class Problem(Shape):
    """What went wrong and what to do about it (RFC 9457, application/problem+json)."""

    title: str
    status: int
    problem: str = Field(description="What is wrong, in one sentence.")
    remedy: str = Field(description="What to do about it, in one sentence.")


class Trouble(Shape):
    """A problem inside an answer that is otherwise fine."""

    problem: str
    remedy: str


class Point(Shape):
    """A place on the mood map."""

    valence: Coordinate
    arousal: Coordinate
