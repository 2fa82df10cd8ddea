# SPDX-License-Identifier: GPL-3.0-only
"""What each thread took and gave back, after cancelling what one thread took and any thread gave back soon after.

A packet is allocated in one thread and freed in another, so sums per thread accuse the innocent.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

from mtleak_gui.core.leakhunt.evidence import ThreadDelta
from mtleak_gui.core.leakhunt.thresholds import CANCEL_WITHIN_S

_MOSTLY = 0.8
"""Share of a thread's losses of one size that others gave back, from which on the rest is taken for returned too."""


@dataclass(slots=True)
class Account:
    """One thread's movements in bytes; ``open`` counts the sizes lost and not given back."""

    leaked: int = 0
    freed: int = 0
    events: int = 0
    open: Counter[int] = field(default_factory=Counter)
    lost_by_size: Counter[int] = field(default_factory=Counter)
    surplus: int = 0
    """Bytes freed of which nobody's loss was seen."""
    untold: int = 0
    """Bytes lost so late that they may yet be freed, less those freed so early that their loss was not seen."""

    @property
    def lost(self) -> int:
        """Return the bytes lost and not given back."""
        return sum(size * count for size, count in self.open.items())

    @property
    def left_over(self) -> int:
        """Return what stays after cancelling; negative is lost."""
        return self.surplus - self.lost

    @property
    def steady_loss(self) -> int:
        """Return the bytes lost but for the largest single loss: one big block that is kept is no leak."""
        largest = max((size for size, count in self.open.items() if count), default=0)
        return self.lost - largest - self.surplus - self.untold


def heap_accounts(deltas: tuple[ThreadDelta, ...]) -> dict[str, Account]:
    """Return the account of each thread; equal sizes cancel within ten minutes, the latest loss first."""
    accounts: dict[str, Account] = defaultdict(Account)
    open_losses: dict[int, list[ThreadDelta]] = defaultdict(list)
    surplus: list[ThreadDelta] = []
    ordered = sorted(deltas, key=lambda delta: delta.ts)
    for delta in ordered:
        account, size = accounts[delta.thread], abs(delta.delta)
        account.events += 1
        if delta.kind == "leaked":
            account.leaked += size
            account.open[size] += 1
            account.lost_by_size[size] += 1
            open_losses[size].append(delta)
            continue
        account.freed += size
        losses = open_losses[size]
        if losses and delta.ts - losses[-1].ts <= CANCEL_WITHIN_S:
            accounts[losses.pop().thread].open[size] -= 1
        else:
            surplus.append(delta)
    _settle(accounts, open_losses, surplus)
    if ordered:
        margin = min(CANCEL_WITHIN_S, (ordered[-1].ts - ordered[0].ts) / 4)
        _set_untold(accounts, open_losses, surplus, ordered[0].ts + margin, ordered[-1].ts - margin)
    return accounts


def _settle(
    accounts: dict[str, Account], open_losses: dict[int, list[ThreadDelta]], surplus: list[ThreadDelta]
) -> None:
    """Cancel what is freed without a loss soon before it with older losses of threads that are nearly always paid back.

    In a steady flow of one size the latest loss is always taken, and the oldest would wait for ever.
    """
    returned: dict[int, deque[ThreadDelta]] = {}
    unmatched = []
    for delta in surplus:
        size = abs(delta.delta)
        if size not in returned:
            returned[size] = deque(loss for loss in open_losses[size] if _paid_back(accounts, loss))
        if returned[size] and returned[size][0].ts <= delta.ts:
            accounts[returned[size].popleft().thread].open[size] -= 1
        else:
            accounts[delta.thread].surplus += size
            unmatched.append(delta)
    surplus[:] = unmatched
    for size, losses in returned.items():
        open_losses[size] = [loss for loss in open_losses[size] if not _paid_back(accounts, loss)] + list(losses)


def _paid_back(accounts: dict[str, Account], loss: ThreadDelta) -> bool:
    account, size = accounts[loss.thread], abs(loss.delta)
    return account.open[size] <= (1 - _MOSTLY) * account.lost_by_size[size]


def _set_untold(
    accounts: dict[str, Account],
    open_losses: dict[int, list[ThreadDelta]],
    surplus: list[ThreadDelta],
    early: float,
    late: float,
) -> None:
    for losses in open_losses.values():
        for loss in losses:
            if loss.ts >= late:
                accounts[loss.thread].untold += abs(loss.delta)
    for delta in surplus:
        if delta.ts <= early:
            accounts[delta.thread].untold -= abs(delta.delta)
