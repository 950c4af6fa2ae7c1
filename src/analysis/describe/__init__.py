"""Tables to sentences, in Chinese and English: each is computed from the frame that it is given.

Every function takes `(frame, lang="zh", **context)` and returns sentences with their full stops; the first is the
finding and serves as a figure's title. `region` names the subject, `detail=True` adds what stands beside.
"""

from analysis.describe.attention import emphasis, emphasis_bars, focus, measure, radar, specialisation
from analysis.describe.coding import FIELDS, agreement, agreement_by_code, disagreements, field
from analysis.describe.consistency import pmc, pmc_index, pmc_reasons, pmc_surface, pmc_variables
from analysis.describe.goals import headline, oddities, standing, targets
from analysis.describe.histories import flows, ledger, likeness, moves, outcomes, phrases, reuse, streaks
from analysis.describe.overview import documents, pipeline
from analysis.describe.places import points, tiles
from analysis.describe.records import draft_check, peers, quality, tasks
from analysis.describe.tools import association, instruments, priorities, structure
from analysis.describe.topics import (
    evolution,
    topic_choice,
    topic_domains,
    topic_map,
    topic_shares,
    topic_trends,
    topics,
)
from analysis.describe.trees import clustered, dendrogram
from analysis.describe.words import change, correspondence, keyness, ladder, nearness, network, scorecard
from analysis.describe.years import bursts, carried, progress, streams

contrast = keyness

__all__ = [
    "FIELDS",
    "agreement",
    "agreement_by_code",
    "association",
    "bursts",
    "carried",
    "change",
    "clustered",
    "contrast",
    "correspondence",
    "dendrogram",
    "disagreements",
    "documents",
    "draft_check",
    "emphasis",
    "emphasis_bars",
    "evolution",
    "field",
    "flows",
    "focus",
    "headline",
    "instruments",
    "keyness",
    "ladder",
    "ledger",
    "likeness",
    "measure",
    "moves",
    "nearness",
    "network",
    "oddities",
    "outcomes",
    "peers",
    "phrases",
    "pipeline",
    "pmc",
    "pmc_index",
    "pmc_reasons",
    "pmc_surface",
    "pmc_variables",
    "points",
    "priorities",
    "progress",
    "quality",
    "radar",
    "reuse",
    "scorecard",
    "specialisation",
    "standing",
    "streaks",
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
