"""Tables to sentences, in Chinese and English: each is computed from the frame that it is given.

Every function takes `(frame, lang="zh", **context)` and returns sentences with their full stops; the first is the
finding and serves as a figure's title. `region` names the subject, `detail=True` adds what stands beside.
"""

from analysis.describe.attention import emphasis, emphasis_bars, focus, specialisation
from analysis.describe.goals import headline, oddities, standing, targets
from analysis.describe.histories import ledger, likeness, reuse
from analysis.describe.records import draft_check, peers, quality, tasks
from analysis.describe.tools import association, instruments, pmc_index, priorities, structure, topic_shares, topics
from analysis.describe.words import change, correspondence, keyness, ladder, nearness, network, scorecard

__all__ = [
    "association",
    "change",
    "correspondence",
    "draft_check",
    "emphasis",
    "emphasis_bars",
    "focus",
    "headline",
    "instruments",
    "keyness",
    "ladder",
    "ledger",
    "likeness",
    "nearness",
    "network",
    "oddities",
    "peers",
    "pmc_index",
    "priorities",
    "quality",
    "reuse",
    "scorecard",
    "specialisation",
    "standing",
    "structure",
    "targets",
    "tasks",
    "topic_shares",
    "topics",
]
