"""The choice of what else isn't shown, so that what mustn't be known can't be worked out: with the least loss."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.protect.attack import Cut, Reader
from reportgen.protect.rules import Rules
from reportgen.protect.system import Chosen, System


class CannotProtect(Exception):
    """Even with nothing shown that needn't be, some numbers can be worked out; `names` are theirs."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


def choose(system: System, rules: Rules) -> tuple[Chosen, bool]:
    """Which items of a part aren't shown, and whether that is the least loss. Raises CannotProtect.

    Each round solves an integer programme over the cuts so far, attacks its choice, and adds what that shows to be
    lacking. A search that its limit of nodes ends, and more rounds than are allowed, leave it to `withhold`.
    """
    hidden, cuts = system.first, list[Cut]()
    for _ in range(rules.rounds):
        more = list(Reader(system, hidden).failing())
        if not more:
            return hidden, True
        cuts += more
        found = _least(system, cuts, rules)
        if found is None:
            break
        hidden = found
    return withhold(system), False


def _least(system: System, cuts: Sequence[Cut], rules: Rules) -> Chosen | None:
    """The choice of least loss that meets the cuts; None where the search ends before it is found."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    items, first = system.items, system.first
    free = np.array([not item.fixed and bool(item.names) for item in items])
    rows = [cut.gains - cut.need * (np.arange(len(items)) == cut.item) for cut in cuts]
    for number, item in enumerate(items):
        for tie in sorted(item.ties):
            rows.append((np.arange(len(items)) == number) * 1.0 - (np.arange(len(items)) == tie))
    weights = np.array([item.weight if item.names else 0 for item in items], dtype=float)
    found = milp(
        weights,
        integrality=np.ones(len(items)),
        bounds=Bounds(first.astype(float), (free | first).astype(float)),
        constraints=LinearConstraint(np.array(rows), lb=np.zeros(len(rows))),
        options={"node_limit": rules.nodes, "mip_rel_gap": 0.0, "disp": False},
    )
    return np.round(found.x).astype(bool) if found.status == 0 else None


def withhold(system: System) -> Chosen:
    """A choice that is safe, whatever its loss: more and more isn't shown until the attack fails.

    Raises CannotProtect where that doesn't suffice.
    """
    hidden = system.first
    free = np.array([not item.fixed and bool(item.names) for item in system.items])
    while cuts := list(Reader(system, hidden).failing()):
        before = hidden.copy()
        for cut in cuts:
            _meet(system, cut, hidden, free)
        hidden = system.closed(hidden)
        if (hidden == before).all():
            if (hidden | ~free).all():
                raise CannotProtect([name for cut in cuts for name in _called(system, cut)])
            hidden = hidden | free
    return hidden


def _meet(system: System, cut: Cut, hidden: Chosen, free: Chosen) -> None:
    """Withhold what gains a cut most for its loss, until it is met or nothing is left that gains."""
    while not cut.is_met(hidden):
        gains = np.where(free & ~hidden, cut.gains / [item.weight for item in system.items], 0)
        best = int(gains.argmax())
        if gains[best] <= 0:
            return
        hidden[best] = True


def _called(system: System, cut: Cut) -> tuple[str, ...]:
    return tuple(system.items[cut.item].names) or ("a number that isn't shown",)
