# SPDX-License-Identifier: GPL-3.0-only
"""Building blocks of a free-heap curve: each is a change in bytes as a function of device time (seconds)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Block = Callable[[Floats], Floats]


def leak(rate: float, every_s: float, start: float = -np.inf, stop: float = np.inf) -> Block:
    """Lose ``rate`` bytes per minute in steps every ``every_s`` seconds (0: evenly), between two device times."""

    def change(t: Floats) -> Floats:
        active = np.clip(t, start if np.isfinite(start) else 0.0, stop) - (start if np.isfinite(start) else 0.0)
        if every_s > 0:
            active = np.floor(active / every_s) * every_s
        return -rate / 60 * active

    return change


def settling(amplitude: float, tau_s: float) -> Block:
    """Fall by ``amplitude`` in all, most of it within ``tau_s`` of the boot: warm-up, a filling node list."""
    return lambda t: -amplitude * (1 - np.exp(-np.maximum(t, 0) / tau_s))


def sessions(spans: list[tuple[float, float, float]]) -> Block:
    """Lose bytes while a client is connected: (start, end, bytes) each."""

    def change(t: Floats) -> Floats:
        lost = np.zeros(t.size)
        for start, end, size in spans:
            lost -= size * ((t >= start) & (t < end))
        return lost

    return change


def levels(steps: list[tuple[float, float]]) -> Block:
    """Change for good at given times: (time, bytes) each."""

    def change(t: Floats) -> Floats:
        moved = np.zeros(t.size)
        for at, size in steps:
            moved += size * (t >= at)
        return moved

    return change


def saw_tooth(amplitude: float, period_s: float, phase: float) -> Block:
    """Fall by ``amplitude`` over each period, then jump back: a cache that is emptied now and then."""
    return lambda t: -amplitude * np.mod(t / period_s + phase, 1.0)


def daily(amplitude: float, phase: float) -> Block:
    """Swing with the day."""
    return lambda t: amplitude * np.sin(2 * np.pi * (t / 86_400 + phase))


def dips(rng: np.random.Generator, share: float, size: float) -> Block:
    """Lose up to ``size`` bytes in single readings."""
    return lambda t: -size * rng.uniform(0.3, 1.0, t.size) * (rng.random(t.size) < share)


def white(rng: np.random.Generator, sd: float) -> Block:
    """Add independent noise."""
    return lambda t: rng.normal(0, sd, t.size)


def pink(rng: np.random.Generator, sd: float) -> Block:
    """Add 1/f noise of the given standard deviation: most of it moves slowly."""

    def change(t: Floats) -> Floats:
        if t.size < 2:
            return np.zeros(t.size)
        size = 4_096
        spectrum = rng.normal(size=size // 2 + 1) + 1j * rng.normal(size=size // 2 + 1)
        frequency = np.arange(size // 2 + 1, dtype=float)
        frequency[0] = np.inf
        wave = np.fft.irfft(spectrum / np.sqrt(frequency), size)
        # A window's worth of a record twice as long: the slowest waves do not close on themselves.
        half = wave[: size // 2]
        at = np.interp(t, np.linspace(t.min(), t.max(), half.size), half)
        swing: Floats = sd * (at - at.mean()) / max(float(half.std()), 1e-9)
        return swing

    return change
