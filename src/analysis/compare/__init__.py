"""Frames to tables: what places and years say beside each other. Nothing is drawn here and no file is read.

Each function takes frames as `frames.load` gives them and returns a new frame. Choosing comparable rows is the
caller's: `compare.emphasis(frames.comparable(corpus.items, corpus.plans))`. An empty result says why in
`frame.attrs["reason"]`.
"""

from analysis.compare.attention import emphasis, focus, specialisation, widest
from analysis.compare.condition import quality
from analysis.compare.consistency import pmc
from analysis.compare.courses import progress
from analysis.compare.duties import draft_check, tasks
from analysis.compare.goals import national, standing, targets
from analysis.compare.lenses import item_priorities, priorities
from analysis.compare.likeness import against_peers, peers
from analysis.compare.links import carried
from analysis.compare.maps import correspondence, crossed, nearness
from analysis.compare.overview import documents, pipeline
from analysis.compare.places import points, tiles
from analysis.compare.profile import headline, oddities
from analysis.compare.rises import bursts
from analysis.compare.scores import scorecard
from analysis.compare.steps import ladder, rung
from analysis.compare.tools import association, instruments, structure
from analysis.compare.trees import clustered, dendrogram
from analysis.compare.verdict import pmc_index, pmc_surface
from analysis.compare.webs import network
from analysis.compare.wording import keyness
from analysis.compare.years import change

__all__ = [
    "against_peers",
    "association",
    "bursts",
    "carried",
    "change",
    "clustered",
    "correspondence",
    "crossed",
    "dendrogram",
    "documents",
    "draft_check",
    "emphasis",
    "focus",
    "headline",
    "instruments",
    "item_priorities",
    "keyness",
    "ladder",
    "national",
    "nearness",
    "network",
    "oddities",
    "peers",
    "pipeline",
    "pmc",
    "pmc_index",
    "pmc_surface",
    "points",
    "priorities",
    "progress",
    "quality",
    "rung",
    "scorecard",
    "specialisation",
    "standing",
    "structure",
    "targets",
    "tasks",
    "tiles",
    "widest",
]
