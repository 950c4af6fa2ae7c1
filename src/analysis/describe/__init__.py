"""Tables to sentences, in Chinese and English: each is computed from the frame that it is given.

Every function takes `(frame, lang="zh", **context)` and returns sentences with their full stops; the first is the
finding and serves as a figure's title. `region` names the subject, `detail=True` adds what stands beside.
"""

from analysis.describe.attention import emphasis, emphasis_bars, focus, specialisation
from analysis.describe.coding import FIELDS, agreement, agreement_by_code, disagreements, field
from analysis.describe.goals import headline, oddities, standing, targets
from analysis.describe.histories import flows, ledger, likeness, moves, outcomes, phrases, reuse, streaks
from analysis.describe.records import draft_check, peers, quality, tasks
from analysis.describe.tools import association, instruments, pmc_index, priorities, structure, topic_shares, topics
from analysis.describe.words import change, correspondence, keyness, ladder, nearness, network, scorecard

__all__ = [
    "FIELDS",
    "agreement",
    "agreement_by_code",
    "association",
    "change",
    "correspondence",
    "disagreements",
    "draft_check",
    "emphasis",
    "emphasis_bars",
    "field",
    "flows",
    "flows",
    "focus",
    "headline",
    "instruments",
    "keyness",
    "ladder",
    "ledger",
    "likeness",
    "moves",
    "moves",
    "nearness",
    "network",
    "oddities",
    "outcomes",
    "outcomes",
    "peers",
    "phrases",
    "phrases",
    "pmc_index",
    "priorities",
    "quality",
    "reuse",
    "scorecard",
    "specialisation",
    "standing",
    "streaks",
    "streaks",
    "structure",
    "targets",
    "tasks",
    "topic_shares",
    "topics",
]
