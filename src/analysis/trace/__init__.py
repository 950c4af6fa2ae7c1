"""Plans over years and places → promises kept, likeness, reuse."""

from analysis.trace.ledger import OUTCOMES, counts, ledger, streaks
from analysis.trace.likeness import likeness, phrases
from analysis.trace.passages import edits
from analysis.trace.reuse import network, origins, reuse

__all__ = ["OUTCOMES", "counts", "edits", "ledger", "likeness", "network", "origins", "phrases", "reuse", "streaks"]
