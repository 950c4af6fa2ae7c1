"""Draws the gallery: every figure from the sample plans, as docs/images/*.png, and the page docs/gallery.md.

The first picture of the README, docs/images/readme.png, is among them: its finding in Chinese and in English.

plans ingest data/raw/sample --out FOLDER
python docs/make_gallery.py FOLDER
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from PIL import Image

from analysis import cluster, compare, describe, draw, frames, lexicon, trace

HERE = Path(__file__).parent
REGION = "青禾县"
SOURCE = {
    "zh": "来源：data/raw/sample 的样例计划（地名均为虚构）",
    "en": "Source: the sample plans in data/raw/sample (all places are invented)",
}
MADE_UP = {"zh": "来源：数值为虚构，只为示意", "en": "Source: values made up to show the figure"}
ABOUT = {
    "documents": "Documents by year and level",
    "pipeline": "The steps of the work, with what is left at each",
    "quality": "How far each document can be trusted",
    "headline": "The five most telling numbers of a region",
    "oddities": "In what a region differs most from the others",
    "emphasis": "Shares of attention, domain × region",
    "emphasis_bars": "One region beside the median of the others, with 95 % intervals",
    "specialisation": "Location quotients",
    "focus": "How concentrated the attention is",
    "priorities": "Priority through three lenses",
    "clustered": "Shares of attention, like regions and like domains side by side",
    "radar": "Shares of attention of a few regions",
    "streams": "Attention by year",
    "targets": "Indicator × region with the four states",
    "standing": "Each region's number among the others'",
    "ladder": "One indicator over the levels of government",
    "scorecard": "Progress in classes, with one for too few data",
    "progress": "Targets in their course: last year's, done, this year's, peers, nation",
    "instruments": "Policy tools × domain, with adjusted residuals",
    "structure": "Supply, environment and demand by region",
    "pmc_index": "PMC index",
    "pmc": "PMC variables, share of plans that earn each",
    "pmc_surface": "PMC matrix and surface",
    "keyness": "The words that tell a region from the others",
    "contrast": "Words of a region against those of the others",
    "network": "Co-word network",
    "correspondence": "Correspondence analysis of words and regions",
    "nearness": "Regions as points, near ones alike",
    "dendrogram": "Regions joined by likeness",
    "change": "What grew and faded between years",
    "bursts": "Words that came up and went",
    "carried": "Tasks kept, reworded, new and dropped",
    "tiles": "Provinces on a schematic grid (made-up values)",
    "points": "Places at their coordinates (made-up values)",
    "tasks": "任务分解表",
    "draft_check": "Tasks without owner, deadline or number",
    "peers": "The closest peers",
    "topics": "Topics with their terms and their stability",
    "topic_choice": "Why this many topics: stability and coherence over k",
    "topic_map": "Items on a plane, by topic",
    "topic_shares": "Shares of topics, topic × region",
    "evolution": "How topics went on from year to year",
    "ledger": "What became of the promises",
    "outcomes": "What became of them, by domain",
    "moves": "Targets, results and new targets",
    "likeness": "How alike plans are without the official formulae",
    "reuse": "Passages that places share",
    "flows": "Who had a passage first",
}
# figures of a frame that bears another name or comes from another room
COMPUTED = {
    "emphasis_bars": "compare.emphasis", "radar": "compare.emphasis", "streams": "compare.emphasis",
    "contrast": "compare.keyness", "topics": "cluster.topics", "topic_choice": "cluster.topics", "topic_map": "cluster.map",
    "topic_shares": "cluster.topics", "evolution": "cluster.evolution", "ledger": "trace.ledger", "outcomes": "trace.counts",
    "moves": "trace.moves", "likeness": "trace.likeness", "reuse": "trace.reuse", "flows": "trace.network",
}  # fmt: skip


def tables(folder: Path) -> dict[str, tuple[pd.DataFrame, dict[str, Any]]]:
    """For each figure its frame and context, from the frames of the sample."""
    corpus = frames.load(folder)
    plans = frames.comparable(corpus.plans, corpus.plans)
    plans = plans[plans["sector"].eq("education") & plans["plan_year"].notna()]
    items, metrics, terms = (
        frame[frame["plan_id"].isin(plans["plan_id"])] for frame in (corpus.items, corpus.metrics, corpus.terms)
    )
    own = items[items["region"].eq(REGION)]
    emphasis, targets = compare.emphasis(items), compare.targets(metrics, plans)
    network, map_ = compare.network(terms, n_terms=45), compare.correspondence(compare.crossed(terms))
    wide = emphasis.pivot_table(index="region", columns="domain", values="share", fill_value=0.0)
    index = compare.pmc_index(scores := compare.pmc(plans, items, metrics))
    keyness = compare.keyness(terms, REGION)
    grid = {"measure": "Index", "unit": ""}
    common = metrics.loc[metrics["status"].eq("target"), "indicator_id"].mode().iloc[0]
    tasks = compare.tasks(own[own["plan_year"].eq(own["plan_year"].min())], metrics)
    subject = {"region": REGION}
    quality = compare.quality(corpus.plans, corpus.problems, corpus.repairs, corpus.masks)
    priorities = compare.priorities(own[own["plan_year"].eq(own["plan_year"].max())], metrics)
    return {
        "documents": (compare.documents(corpus.plans), {}),
        "pipeline": (compare.pipeline(corpus.plans, corpus.items, corpus.metrics, plans), {}),
        "quality": (quality, {}),
        "headline": (compare.headline(metrics, REGION), {}),
        "oddities": (compare.oddities(emphasis, targets, REGION), subject),
        "emphasis": (emphasis, subject),
        "emphasis_bars": (emphasis, subject),
        "specialisation": (compare.specialisation(emphasis), subject),
        "focus": (compare.focus(emphasis), subject),
        "clustered": (compare.clustered(emphasis), {**subject, "tree": compare.dendrogram(wide)}),
        "radar": (emphasis, {**subject, "regions": list(compare.peers(plans, items, REGION)["region"].head(2))}),
        "streams": (compare.emphasis(items, by="plan_year"), {}),
        "priorities": (priorities, subject),
        "targets": (targets, {**subject, "limit": 20}),
        "standing": (compare.standing(targets, reference=compare.national(2023), region=REGION), subject),
        "ladder": (compare.ladder(metrics, plans, common, reference=compare.national(2023)), {}),
        "scorecard": (compare.scorecard(metrics), {"limit": 15}),
        "progress": (compare.progress(metrics, plans, REGION, compare.national(2023)), subject),
        "instruments": (compare.instruments(items), {}),
        "structure": (compare.structure(items), subject),
        "pmc_index": (index, {}),
        "pmc": (scores, {}),
        "pmc_surface": (compare.pmc_surface(index), subject),
        "keyness": (keyness, {"group": REGION}),
        "contrast": (keyness, {"group": REGION}),
        "network": (network["nodes"], {"edges": network["edges"], "summary": network["summary"]}),
        "correspondence": (map_["points"], {"inertia": map_["inertia"], **subject}),
        "nearness": (compare.nearness(wide), subject),
        "dendrogram": (compare.dendrogram(wide), subject),
        "change": (compare.change(items), {}),
        "bursts": (compare.bursts(terms[terms["plan_year"].isin([2023, 2024])]), {}),
        "carried": (compare.carried(items), {}),
        "tiles": (compare.tiles(*made_up(), value="value"), grid),
        "points": (compare.points(*made_up(), value="value"), grid),
        "tasks": (tasks, {"limit": 8}),
        "draft_check": (compare.draft_check(tasks), {}),
        "peers": (compare.peers(plans, items, REGION), subject),
        **topics(items),
        **histories(plans, items, metrics),
    }


def topics(items: pd.DataFrame) -> dict[str, tuple[pd.DataFrame, dict[str, Any]]]:
    """The figures of topics."""
    words = cluster.wording(items[items["tense"].eq("task")])
    found = cluster.topics(words, seed=0)
    years = cluster.evolution(words, n_topics=6, seed=0)
    return {
        "topics": (found["topics"], {}),
        "topic_choice": (found["choice"][found["choice"]["n_topics"].gt(0)], {}),
        "topic_map": (cluster.map(words, tables=found, seed=0), {}),
        "topic_shares": (found["shares"], {"region": REGION}),
        "evolution": (years["topics"], {"edges": years["links"]}),
    }


def histories(
    plans: pd.DataFrame, items: pd.DataFrame, metrics: pd.DataFrame
) -> dict[str, tuple[pd.DataFrame, dict[str, Any]]]:
    """The figures of promises and of shared passages."""
    promises = trace.ledger(plans, items, metrics)
    shared = trace.reuse(items, plans)
    return {
        "ledger": (promises, {"region": REGION}),
        "outcomes": (trace.counts(trace.answers(promises)), {}),
        "moves": (trace.moves(promises), {"region": REGION}),
        "likeness": (trace.likeness(items), {"region": REGION}),
        "reuse": (shared[shared["region"].ne(shared["other_region"])], {}),
        "flows": (trace.network(shared), {"region": REGION}),
    }


def made_up() -> tuple[pd.DataFrame, pd.DataFrame]:
    """A number for each province, from its place in the table and nothing else, and plans that name the provinces."""
    rows = [row for row in lexicon.table("common/regions") if row["level"] == "province" and row["last"] == "2024"]
    names = [row["name"] for row in rows]
    values = pd.DataFrame({"region": names, "value": [float(3 + (7 * k) % 11) for k in range(len(rows))]})
    codes = [row["code"] for row in rows]
    return values, pd.DataFrame({"region": names, "region_code": codes, "province": names, "region_level": "province"})


def picture(figure: Figure, file: Path, dpi: float = 80) -> None:
    """Writes a figure as a small PNG of 200 colours."""
    held = io.BytesIO()
    figure.savefig(held, format="png", dpi=dpi, metadata={"Software": None})
    Image.open(held).convert("RGB").quantize(200, method=Image.Quantize.MAXCOVERAGE).save(file, optimize=True)


def readme(emphasis: pd.DataFrame, images: Path) -> None:
    """Draws the twelve domains that the regions write most about, 1,600 pixels wide."""
    known = emphasis[~emphasis["domain"].isin(["other", "unknown"])]
    largest = known.groupby("domain")["share"].mean().nlargest(12).index
    measure = "Share of text (%), twelve largest domains; invented places · 各领域所占篇幅（%），地名虚构"
    figure = draw.emphasis(
        known[known["domain"].isin(largest)],
        title=describe.emphasis(emphasis, lang="en").rstrip("."),
        subtitle=f"{describe.emphasis(emphasis).rstrip('。')}\n{measure}",
        lang="en",
    )
    picture(figure, images / "readme.png", 1600 / figure.get_figwidth())


def main(folder: Path) -> None:
    images = HERE / "images"
    (images / "en").mkdir(parents=True, exist_ok=True)
    held = tables(folder)
    readme(held["emphasis"][0], images)
    page = ["# Gallery", "", "Every figure of `analysis.draw`, from the sample plans (all places are invented).", ""]
    page += ['The same call gives each in Chinese and, with `lang="en"`, in English.', ""]
    for noun, (frame, context) in held.items():
        sources = MADE_UP if noun in ("tiles", "points") else SOURCE
        said = {lang: getattr(describe, noun)(frame, lang=lang, **context) for lang in sources}
        for lang, source in sources.items():
            figure = getattr(draw, noun)(frame, title=said[lang], lang=lang, source=source, **context)
            picture(figure, images / ("en" if lang == "en" else "") / f"{noun}.png")
        page += [f"## {ABOUT[noun]}", ""]
        page += [f"`{COMPUTED.get(noun, f'compare.{noun}')}` · `describe.{noun}` · `draw.{noun}`", ""]
        page += [f"![{said['zh']}](images/{noun}.png)", "", f"[In English: {said['en']}](images/en/{noun}.png)", ""]
    (HERE / "gallery.md").write_text("\n".join(page), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
