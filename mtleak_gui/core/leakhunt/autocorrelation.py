# SPDX-License-Identifier: GPL-3.0-only
"""How many independent readings a residual is worth.

Heap readings hang together in time, so a test that counts each as new finds leaks where there are none: Hamed and Rao,
"A modified Mann-Kendall trend test for autocorrelated data", Journal of Hydrology 204 (1998), correct the variance by
an effective sample size; so do we, for every fit and every error.
"""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats

_WINDOW = 5.0


def integrated_time(residual: Floats) -> float:
    """Return the integrated autocorrelation time, 1 + 2 sum of rho(k), in steps of the series; at least 1.

    The sum ends at the first lag beyond five times the time found so far: Sokal, "Monte Carlo methods in statistical
    mechanics" (1989), section 3.
    """
    n = residual.size
    if n < 4:
        return 1.0
    centred = residual - residual.mean()
    size = 1 << (2 * n - 1).bit_length()
    spectrum = np.fft.rfft(centred, size)
    covariance = np.fft.irfft(spectrum * np.conj(spectrum), size)[:n]
    if covariance[0] <= 0:
        return 1.0
    times = 1 + 2 * np.cumsum(covariance[1:] / covariance[0])
    lags = np.arange(1, n)
    far_enough = np.nonzero(lags >= _WINDOW * times)[0]
    end = int(far_enough[0]) if far_enough.size else n - 2
    return float(min(max(1.0, times[end]), n / 3))
