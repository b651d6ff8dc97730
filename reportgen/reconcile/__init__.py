"""The reconcile stage: what the inputs state against what was computed, and the cell that would settle several."""

from reportgen.reconcile.claims import agrees, contradicted, disagreement, exactly, reconcile, stated_claims
from reportgen.reconcile.settling import one_cell_settles

__all__ = [
    "agrees",
    "contradicted",
    "disagreement",
    "exactly",
    "one_cell_settles",
    "reconcile",
    "stated_claims",
]
