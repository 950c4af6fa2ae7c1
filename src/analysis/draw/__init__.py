"""Tables to figures: a finished frame in, a matplotlib Figure out. Nothing is computed here and no file is written.

Every function takes `(frame, title=None, lang="zh", **context)`. The title is the finding (`describe` makes it);
`context` may hold `subtitle`, `source`, `region` (the subject), `limit` and what else `theme.CONTEXT` lists.
"""

from analysis.draw.attention import emphasis, emphasis_bars, focus, specialisation
from analysis.draw.coding import agreement
from analysis.draw.goals import headline, oddities, standing, targets
from analysis.draw.histories import flows, ledger, likeness, moves, outcomes, reuse
from analysis.draw.plane import topic_map
from analysis.draw.records import draft_check, peers, quality, tasks
from analysis.draw.sankey import evolution
from analysis.draw.steps import change, ladder, scorecard
from analysis.draw.theme import colours
from analysis.draw.tools import instruments, pmc_index, priorities, structure
from analysis.draw.topics import topic_choice, topic_domains, topic_shares, topic_trends, topics
from analysis.draw.words import correspondence, keyness, nearness, network

__all__ = [
    "agreement",
    "change",
    "colours",
    "correspondence",
    "draft_check",
    "emphasis",
    "emphasis_bars",
    "evolution",
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
    "topic_choice",
    "topic_domains",
    "topic_map",
    "topic_shares",
    "topic_trends",
    "topics",
]
