from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affetto.recommending.linear import Linear, Prior, refit

PEOPLE = Prior.of({"constant": (0.5, 0.2), "fast": (0.0, 0.1), "loud": (0.1, 0.1)}, noise=0.05)
LESSONS = st.lists(
    st.tuples(st.floats(-2, 2), st.floats(-2, 2), st.floats(0, 1), st.floats(0.1, 1)), max_size=12
)


def taught(lessons: list[tuple[float, float, float, float]], prior: Prior = PEOPLE) -> Linear:
    line = Linear(prior)
    for fast, loud, y, weight in lessons:
        line.learn(np.array([1.0, fast, loud]), y, weight)
    return line


def test_who_taught_nothing_is_like_people() -> None:
    line = Linear(PEOPLE)
    assert np.allclose(line.posterior.mean, PEOPLE.mean)
    assert np.allclose(line.posterior.covariance, PEOPLE.covariance)
    assert line.expects(np.array([1.0, 2.0, 1.0])) == pytest.approx(0.6)


def test_it_is_the_regression_of_the_textbook() -> None:
    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(30), rng.normal(size=(30, 2))])
    y = x @ [0.4, 0.2, -0.1] + 0.2 * rng.normal(size=30)
    line = Linear(PEOPLE)
    for one, told in zip(x, y, strict=True):
        line.learn(one, told)
    inverse = np.linalg.inv(PEOPLE.covariance)
    covariance = np.linalg.inv(inverse + x.T @ x / PEOPLE.noise)
    mean = covariance @ (inverse @ PEOPLE.mean + x.T @ y / PEOPLE.noise)
    assert np.allclose(line.posterior.mean, mean, atol=1e-5)
    assert np.allclose(line.posterior.covariance, covariance, atol=1e-6)


@given(LESSONS)
@settings(deadline=None)
def test_every_lesson_makes_it_surer(lessons: list[tuple[float, float, float, float]]) -> None:
    line = Linear(PEOPLE)
    x = np.array([[1.0, 0.5, -0.5]])
    unsure = float(line.posterior.variance(x)[0])
    for fast, loud, y, weight in lessons:
        line.learn(np.array([1.0, fast, loud]), y, weight)
        now = float(line.posterior.variance(x)[0])
        assert 0.0 < now <= unsure + 1e-9
        unsure = now


@given(LESSONS)
@settings(deadline=None)
def test_a_record_gives_back_exactly_what_was_taught(
    lessons: list[tuple[float, float, float, float]],
) -> None:
    line = taught(lessons)
    back = Linear.from_record(json.loads(json.dumps(line.to_record())), PEOPLE)
    assert np.array_equal(back.posterior.mean, line.posterior.mean)
    assert np.array_equal(back.posterior.covariance, line.posterior.covariance)
    assert back.to_record() == line.to_record()


@given(LESSONS, st.floats(0, 1))
@settings(deadline=None)
def test_a_lesson_taken_back_was_never_given(
    lessons: list[tuple[float, float, float, float]], y: float
) -> None:
    line, never = taught(lessons), taught(lessons)
    x = np.array([1.0, 1.5, -0.5])
    line.learn(x, y)
    line.learn(x, y, -1.0)
    assert np.allclose(line.posterior.mean, never.posterior.mean, atol=1e-4)


def test_forgetting_leads_back_to_people() -> None:
    line = taught([(1.0, 1.0, 1.0, 1.0)] * 20)
    far = abs(line.expects(np.ones(3)) - 0.6)
    line.forget(0.1)
    assert abs(line.expects(np.ones(3)) - 0.6) < far
    line.forget(0.0)
    assert np.allclose(line.posterior.mean, PEOPLE.mean) and line.seen == 0.0


def test_what_was_taught_is_kept_by_name_when_the_names_change() -> None:
    line = taught([(1.0, 0.0, 1.0, 1.0)] * 9)
    other = line.under(PEOPLE.over(("fast", "constant", "new")))
    assert other.names == ("fast", "constant", "new")
    assert other.posterior.mean[2] == pytest.approx(0.0)
    alone = Linear(PEOPLE.over(("constant", "fast")))
    for _ in range(9):
        alone.learn(np.array([1.0, 1.0]), 1.0)
    assert other.expects(np.array([1.0, 1.0, 0.0])) == pytest.approx(
        alone.expects(np.array([1.0, 1.0])), abs=1e-5
    )


def test_draws_lie_about_the_mean_as_far_as_is_believed() -> None:
    belief = taught([(1.0, 0.0, 0.9, 1.0)] * 3).posterior
    drawn = belief.drawn(np.random.default_rng(0), 20_000)
    assert np.allclose(drawn.mean(axis=0), belief.mean, atol=0.005)
    assert np.allclose(np.cov(drawn.T), belief.covariance, atol=0.002)
    half = belief.drawn(np.random.default_rng(0), 20_000, scale=0.5)
    assert np.allclose(np.cov(half.T), belief.covariance / 4, atol=0.001)


def people(count: int, mean: list[float], sd: list[float], *, seed: int = 3) -> list[Linear]:
    """Listeners whose numbers lie about this mean, thirty lessons each."""
    rng = np.random.default_rng(seed)
    lines = []
    for _ in range(count):
        own = np.array(mean) + np.array(sd) * rng.normal(size=3)
        line = Linear(PEOPLE)
        for _ in range(30):
            x = np.array([1.0, *rng.normal(size=2)])
            line.learn(x, float(x @ own + 0.2 * rng.normal()))
        lines.append(line)
    return lines


def test_the_prior_is_learned_from_the_people_met() -> None:
    met = people(200, [0.3, 0.2, -0.1], [0.1, 0.2, 0.05])
    prior = PEOPLE
    for _ in range(5):
        prior = refit(PEOPLE, met, now=prior)
    assert prior.mean == pytest.approx([0.3, 0.2, -0.1], abs=0.04)
    assert np.sqrt(np.diag(prior.covariance)) == pytest.approx([0.1, 0.2, 0.05], abs=0.04)
    assert prior.noise == pytest.approx(0.04, abs=0.005)


def test_a_learned_prior_helps_the_next_listener() -> None:
    prior = refit(PEOPLE, people(100, [0.3, 0.2, -0.1], [0.1, 0.1, 0.05]))
    missed = {}
    for name, first in (("learned", prior), ("given", PEOPLE)):
        new = [line.under(first) for line in people(50, [0.3, 0.2, -0.1], [0.1] * 3, seed=9)]
        few = [Linear(first) for _ in new]
        missed[name] = sum(
            abs(a.expects(np.array([1.0, 1.0, 1.0])) - b.expects(np.array([1.0, 1.0, 1.0])))
            for a, b in zip(new, few, strict=True)
        )
    assert missed["learned"] < 0.7 * missed["given"]


def test_without_anybody_met_the_prior_stays() -> None:
    assert refit(PEOPLE, []) is PEOPLE
    assert refit(PEOPLE, [taught([(1.0, 1.0, 1.0, 0.1)])]) is PEOPLE
