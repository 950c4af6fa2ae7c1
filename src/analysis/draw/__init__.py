"""Tables to figures: a finished frame in, a matplotlib Figure out. Nothing is computed here and no file is written.

Every function takes `(frame, title=None, lang="zh", **context)`. The title is the finding (`describe` makes it);
`context` may hold `subtitle`, `source`, `region` (the subject), `limit` and what else `theme.CONTEXT` lists.
"""

from analysis.draw.attention import emphasis, emphasis_bars, focus, specialisation
from analysis.draw.coding import agreement
from analysis.draw.consistency import pmc, pmc_index, pmc_surface
from analysis.draw.goals import headline, oddities, standing, targets
from analysis.draw.histories import flows, ledger, likeness, moves, outcomes, reuse
from analysis.draw.overview import documents, pipeline
from analysis.draw.places import points, tiles
from analysis.draw.plane import topic_map
from analysis.draw.records import draft_check, peers, quality, tasks
from analysis.draw.sankey import evolution
from analysis.draw.shapes import contrast, radar
from analysis.draw.steps import change, ladder, scorecard
from analysis.draw.theme import colours
from analysis.draw.tools import instruments, priorities, structure
from analysis.draw.topics import topic_choice, topic_domains, topic_shares, topic_trends, topics
from analysis.draw.trees import clustered, dendrogram
from analysis.draw.words import correspondence, keyness, nearness, network
from analysis.draw.years import bursts, carried, progress, streams

__all__ = [
    "agreement",
    "bursts",
    "carried",
    "change",
    "clustered",
    "colours",
    "contrast",
    "correspondence",
    "dendrogram",
    "documents",
    "draft_check",
    "emphasis",
    "emphasis_bars",
    "evolution",
    "flows",
    "focus",
    "headline",
    "instruments",
    "keyness",
    "ladder",
    "ledger",
    "likeness",
    "moves",
    "nearness",
    "network",
    "oddities",
    "outcomes",
    "peers",
    "pipeline",
    "pmc",
    "pmc_index",
    "pmc_surface",
    "points",
    "priorities",
    "progress",
    "quality",
    "radar",
    "reuse",
    "scorecard",
    "specialisation",
    "standing",
    "streams",
    "structure",
    "targets",
    "tasks",
    "tiles",
    "topic_choice",
    "topic_domains",
    "topic_map",
    "topic_shares",
    "topic_trends",
    "topics",
]
