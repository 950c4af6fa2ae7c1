"""Sentences on the PMC scores: what earned each variable and what was looked for in vain."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import lexicon, numerals
from analysis.describe import base
from analysis.describe.base import percent, say
from analysis.describe.said import cited

_FIELDS = {
    "target": ("量化目标", "a numeric target", None),
    "instruments": ("政策工具“{}”", "the instrument {}", "common/instruments"),
    "group": ("{}政策工具", "instruments of {}", "common/instruments"),
    "commitment": ("“{}”的措辞", "wording that is {}", "common/strength"),
    "stage": ("“{}”环节", "the stage {}", "common/stages"),
    "beneficiaries": ("对象“{}”", "the addressees {}", "common/beneficiaries"),
    "domain": ("“{}”领域的内容", "the domains {}", None),
    "tense": ("已有工作或问题的叙述", "what was done or is lacking", None),
    "lead_units": ("牵头单位", "a lead unit", None),
    "deadline": ("完成时限", "a deadline", None),
    "text": ("“{}”等字样", "the words {}", None),
    "fact": ("文件所印的{}", "the printed {}", None),
    "horizon": ("规划期“{}”", "a period of {}", None),
    "region_level": ("{}文件", "a document of {}", None),
}
_WORDS = {
    "issuer": ("发文机关", "issuer"), "written": ("成文日期", "date"), "published": ("发布日期", "date of publishing"),
    "doc_number": ("文号", "document number"), "index_number": ("索引号", "index number"),
    "year": ("一年", "a year"), "medium": ("二至四年", "two to four years"), "long": ("五年及以上", "five years or more"),
    "national": ("国家级", "the nation"), "province": ("省级", "a province"), "city": ("市级", "a city"),
    "county": ("县级", "a county"),
}  # fmt: skip


def pmc_variables(frame: pd.DataFrame, lang: str = "zh") -> list[str]:
    """For each row of scores the name of its variable, behind that of its group: X6 Instruments: Supply."""
    rows = {row["id"]: row for row in lexicon.table("common/pmc")}
    mark = say(lang, "：", ": ")
    return [f"{rows[v]['first']} {rows[v][f'first_{lang}']}{mark}{rows[v][lang]}" for v in frame["variable"]]


def pmc_reasons(frame: pd.DataFrame, lang: str = "zh") -> list[str]:
    """For each row of scores why it is 1 or 0: what was looked for, in how many items it was found, how many were asked."""
    rows = {row["id"]: row for row in lexicon.table("common/pmc")}
    return [_reason(row, rows[row["variable"]], lang) for row in frame.to_dict("records")]


def _reason(row: dict[Any, Any], variable: dict[str, str], lang: str) -> str:
    sought = _sought(variable, lang)
    if pd.isna(row["least"]):
        told = say(lang, "有", "stated") if row["scored"] else say(lang, "未见", "not found")
        text = say(lang, f"找{sought}：{told}", f"looked for {sought}: {told}")
    else:
        text = say(
            lang,
            f"找{sought}：{row['n_asked']} 条中有 {row['n_found']} 条，需 {row['n_needed']} 条",
            f"looked for {sought}: in {row['n_found']} of {row['n_asked']} items, {row['n_needed']} needed",
        )
    if pd.isna(row["override"]):
        return text
    own = f"{row['who']}: {row['why']}"
    return text + say(lang, f"；改判为 {row['override']}（{own}）", f"; judged {row['override']} by {own}")


def _sought(variable: dict[str, str], lang: str) -> str:
    zh, en, table = _FIELDS[variable["field"]]
    named = [_name(variable["field"], table, code, lang) for code in lexicon.cells(variable["values"])]
    return say(lang, zh, en).format(say(lang, "、", ", ").join(dict.fromkeys(named)))


def _name(field: str, table: str | None, code: str, lang: str) -> str:
    if code in _WORDS:
        return say(lang, *_WORDS[code])
    return base.domain(code, lang) if field == "domain" else base.name(table, code, lang) if table else code


@base.sentence
def pmc(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """How many second-level variables are earned, and which nearly no plan earns."""
    own = frame[frame["region"].eq(region)] if region is not None else frame
    if own.empty:
        return base.why("no_region", lang)
    means = own.groupby("variable")["value"].mean()
    n, own_n = own["variable"].nunique(), own["plan_id"].nunique()
    judged = int(own["override"].notna().sum())
    never = means[means.eq(0)].index
    rows = {row["id"]: base.inside(row[lang]) if lang == "en" else row[lang] for row in lexicon.table("common/pmc")}
    lacking = [rows[v] for v in rows if v in set(never)]
    none = (
        say(lang, f"；未得分的有{base.some(lacking, lang)}", f"; not earned: {base.some(lacking, lang)}")
        if lacking
        else ""
    )
    overruled = say(lang, f"；{judged} 处改判", f"; {judged} were judged by hand") if judged else ""
    zh = f"{own_n} 份文件平均得到" if own_n > 1 else "这份文件得到"
    en = f"{own_n} plans earn on average" if own_n > 1 else "The plan earns"
    share = cited(percent(own["value"].mean()), own[own["value"].eq(1)])
    return say(
        lang,
        f"{zh} {n} 个二级变量中的 {share}{none}{overruled}。",
        f"{en} {share} of {n} second-level variables{none}{overruled}.",
    )


@base.sentence
def pmc_index(frame: pd.DataFrame, lang: str = "zh", detail: bool = False, **_: Any) -> str:
    """The mean index, the highest plan, the weakest variable, and how many grades hang on one variable."""
    firsts = [c for c in frame.columns if str(c).startswith("X") and str(c)[1:].isdigit()]
    names = {row["first"]: base.inside(row[f"first_{lang}"]) for row in lexicon.table("common/pmc")}
    weak = base.trough(frame[firsts].mean())
    top, n, flips = frame.iloc[0], len(frame), int(frame["flips"].sum())
    hang = cited(flips, frame.loc[frame["flips"].astype(bool), ["plan_id"]])
    subject = top["plan_id"] if pd.isna(top["region"]) else top["region"]
    best = (
        f"{cited(_two(top['index']), top)}{say(lang, '，', ', ')}{base.name('common/pmc_grades', top['grade'], lang)}"
    )
    first = say(
        lang,
        f"{n} 份文件的 PMC 指数平均 {_two(frame['index'].mean())}，最高为{subject}（{best}）；普遍薄弱的是{names.get(weak, weak)}；"
        f"{hang} 份的等级系于一个变量。",
        f"The PMC index of {n} plans is {_two(frame['index'].mean())} on average, the highest {subject} ({best}); weakest "
        f"throughout is {names.get(weak, weak)}; {hang} grade{' hangs' if flips == 1 else 's hang'} on one variable.",
    )
    if n == 1:
        hangs = say(lang, "；改一个变量就会改等级", "; one variable would change the grade") if flips else ""
        first = say(
            lang,
            f"{subject}的 PMC 指数为 {best}，最薄弱的是{names.get(weak, weak)}{hangs}。",
            f"The PMC index of {subject} is {best}; weakest is {names.get(weak, weak)}{hangs}.",
        )
    return first + (_by_mention(frame, lang) if detail and "index_mention" in frame.columns else "")


def _two(value: float) -> str:
    return numerals.printed(round(float(value), 2))


def _by_mention(frame: pd.DataFrame, lang: str) -> str:
    """What the index would be if any mention earned a variable, as readers score by hand."""
    mean, changed = _two(frame["index_mention"].mean()), int(frame["grade_mention"].ne(frame["grade"]).sum())
    return say(
        lang,
        f"若按人工评分的通行做法、提到一次即得分，指数平均为 {mean}，{changed} 份会换等级。",
        f" If any one mention earned a variable, as is usual by hand, the mean index were {mean} and {changed} grades would "
        "change.",
    )


@base.sentence
def pmc_surface(frame: pd.DataFrame, lang: str = "zh", region: str | None = None, **_: Any) -> str:
    """Which of the nine variables stand out and which sink."""
    own = frame[frame["region"].eq(region)] if region is not None else frame
    if own.empty:
        return base.why("no_region", lang)
    means = own.groupby("first")["value"].mean()
    names = {row["first"]: base.inside(row[f"first_{lang}"]) for row in lexicon.table("common/pmc")}
    high, low = base.peak(means), base.trough(means)
    subject = own["region"].iloc[0] if own["plan_id"].nunique() == 1 and not pd.isna(own["region"].iloc[0]) else None
    whose = say(lang, f"{subject}的 " if subject else "", f"{subject}: " if subject else "")
    parts = ((means[k], own[own["first"].eq(k)]) for k in (high, low))
    peak, trough = (cited(numerals.printed(round(float(mean), 2)), part) for mean, part in parts)
    return say(
        lang,
        f"{whose}PMC 曲面最高处是{names[high]}（{peak}），凹陷最深处是{names[low]}（{trough}）。",
        f"{whose}the PMC surface is highest at {names[high]} ({peak}) and sinks deepest at {names[low]} ({trough}).",
    )
