"""Names of columns and values for readers, in Chinese and English."""

from __future__ import annotations

import calendar
import functools
import re
from typing import Any

import pandas as pd

from analysis import describe, lexicon, numerals, regions
from analysis.brief import messages

# column → (Chinese, English)
COLUMNS: dict[str, tuple[str, str]] = {
    "after": ("改后", "After"), "baseline": ("基期值", "Baseline"), "before": ("改前", "Before"),
    "beneficiaries": ("受益对象", "Beneficiaries"), "by": ("地区", "Region"), "commitment": ("承诺强度", "Commitment"),
    "comparator": ("比较", "Comparator"), "damage": ("损坏度", "Damage"), "deadline": ("时限", "Deadline"),
    "doc_type": ("文种", "Document type"), "domain": ("领域", "Domain"), "domains": ("领域", "Domains"),
    "encoding": ("编码", "Encoding"), "expected": ("应为", "Expected"), "file": ("文件", "File"),
    "format": ("格式", "Format"), "found": ("实为", "Found"), "heading": ("任务", "Task"), "hedge": ("语气", "Hedge"),
    "high": ("上限", "High"), "indicator": ("指标", "Indicator"), "instrument": ("政策工具", "Instrument"),
    "instruments": ("政策工具", "Instruments"), "issuer": ("发文机关", "Issuer"), "kind": ("类别", "Kind"),
    "label": ("主题", "Topic"), "lead_units": ("牵头单位", "Lead units"), "likeness": ("相似度", "Likeness"),
    "low": ("下限", "Low"), "masked": ("遮蔽", "Masked"), "message": ("说明", "Message"), "n": ("数量", "n"),
    "n_chars": ("字数", "Characters"), "n_items": ("条目数", "Items"), "n_masks": ("遮蔽数", "Masks"),
    "n_metrics": ("数字数", "Numbers"), "n_plans": ("文件数", "Documents"), "n_problems": ("问题数", "Problems"),
    "n_repairs": ("修复数", "Repairs"), "noise": ("损坏类型", "Kind of damage"), "order": ("序号", "No."),
    "page": ("页", "Page"), "plan_year": ("年度", "Year"), "priority": ("优先度", "Priority"),
    "quote": ("原文", "Quote"), "reason": ("原因", "Reason"), "reason_en": ("原因", "Reason"), "region": ("地区", "Region"), "regions": ("地区", "Regions"),
    "region_level": ("层级", "Level"), "repairs": ("修复", "Repairs"), "rule": ("规则", "Rule"),
    "sector": ("部门", "Sector"), "severity": ("程度", "Severity"), "share": ("占比", "Share"),
    "source_path": ("文件", "File"), "space": ("篇幅", "Space"), "stage": ("环节", "Stage"),
    "state": ("状态", "State"), "status": ("性质", "Status"), "strength": ("强度", "Strength"),
    "substance": ("实质", "Substance"), "support_units": ("配合单位", "Support units"),
    "targets": ("目标", "Targets"), "task": ("任务", "Task"), "terms": ("关键词", "Terms"), "text": ("内容", "Text"),
    "title": ("标题", "Title"), "topic": ("主题", "Topic"), "unit": ("单位", "Unit"), "value": ("数值", "Value"),
    "example": ("例如", "Such as"), "doc_types": ("文种", "Document types"), "years": ("年度", "Years"), "printed": ("原样", "Printed"),
    "likely": ("可能是", "Likely"), "lead": ("牵头单位", "Lead"), "support": ("配合单位", "Support"),
    "indicators": ("量化指标", "Numbers"), "number": ("序号", "No."), "peers_median": ("同类中位数", "Peers' median"),
    "n_peers": ("同类个数", "Peers"), "median": ("中位数", "Median"), "national": ("全国", "National"),
    "national_year": ("全国数年份", "Year of national value"), "rank": ("位次", "Rank"), "distance": ("差距", "Distance"),
    "own": ("本地", "Own"), "quotient": ("区位商", "Location quotient"), "evenness": ("均匀度", "Evenness"),
    "top": ("最大领域", "Largest domain"), "top_share": ("其占比", "Its share"), "n_domains": ("领域数", "Domains"),
    "same_level": ("同级", "Same level"), "same_province": ("同省", "Same province"), "missing": ("缺失事实", "Facts missing"),
    "n_missing": ("缺失数", "Facts missing"), "n_noise": ("损坏类型数", "Kinds of damage"), "n_errors": ("错误", "Errors"),
    "n_warnings": ("警告", "Warnings"), "is_plan": ("是否规划", "Is a plan"), "joint_rank": ("综合位次", "Joint rank"),
    "space_rank": ("篇幅位次", "Rank by space"), "strength_rank": ("强度位次", "Rank by strength"),
    "substance_rank": ("实质位次", "Rank by substance"), "lenses_disagree": ("视角不一", "Lenses disagree"),
    "stability": ("稳定性", "Stability"), "is_stable": ("稳定", "Stable"), "coherence": ("一致性", "Coherence"),
    "exclusivity": ("区分度", "Exclusivity"), "domain_share": ("其占比", "Its share"), "sentence": ("代表句", "Sentence"),
    "no_owner": ("缺牵头单位", "No owner"), "no_deadline": ("缺时限", "No deadline"), "no_number": ("缺指标", "No number"),
    "n_complete": ("三者俱全", "Complete"), "share_complete": ("俱全占比", "Share complete"), "n_gaps": ("缺项", "Gaps"),
    "group": ("类别", "Group"), "n_regions": ("地区数", "Regions"), "n_topics": ("主题数", "Topics"),
    "place": ("位次", "Rank"), "peers": ("同类中位数", "Peers' median"), "nation": ("全国（年份）", "Nation (year)"),
    "answer": ("后来", "Later"), "outcome": ("结果", "Outcome"), "promised": ("当时承诺", "Promised"), "meaning": ("含义", "Meaning"),
    "before_phrase": ("前文", "Before"), "found_phrase": ("短语", "Phrase"), "after_phrase": ("后文", "After"), "notebook": ("笔记本", "Notebook"),
    "question": ("回答什么问题", "Question"), "command": ("命令", "Command"),
    "own_share": ("本地篇幅", "Share here"), "peers_share": ("同类中位数", "Peers' median"), "gap": ("与同类差", "Gap to peers"),
    "step": ("步骤", "Step"), "kept": ("留下", "Kept"), "dropped": ("去掉", "Dropped"), "sha256": ("校验值", "SHA-256"),
    "measure": ("测量项", "Measure"),
    "gold_sample": ("示例：编码数", "Sample: coded"), "precision_sample": ("准确率", "Precision"), "recall_sample": ("召回率", "Recall"),
    "f1_sample": ("F1", "F1"), "gold_apart": ("另写：编码数", "Apart: coded"), "precision_apart": ("准确率", "Precision"),
    "recall_apart": ("召回率", "Recall"), "f1_apart": ("F1", "F1"),
    "phrase": ("套话", "Formula"), "n_places": ("地区数", "Regions"), "formula": ("套话占比", "Formula"), "n_passages": ("段数", "Passages"),
    "other_region": ("另一地区", "Other region"), "other_year": ("另一年度", "Other year"), "source_region": ("来源地区", "Source region"),
    "source_year": ("来源年度", "Source year"), "from_year": ("始于", "From"), "n_years": ("年数", "Years"), "promise": ("承诺", "Promise"),
    "reported": ("报告值", "Reported"), "renewed": ("新目标", "New target"), "first_share": ("起始占比", "First share"),
    "last_share": ("末年占比", "Last share"),
    "n_stable": ("稳定的主题", "Stable topics"), "npmi": ("一致性 NPMI", "Coherence (NPMI)"), "gain": ("预测（比特/词）", "Gain (bits a word)"),
    "perplexity": ("困惑度", "Perplexity"), "change": ("变化", "Change"),
    "chosen": ("选用", "Chosen"), "written": ("成文日期", "Written"), "year": ("目标年", "Target year"),
    "field": ("字段", "Field"), "code": ("编码", "Code"), "codes": ("各人编码", "Codes"), "percent": ("一致率", "Agreement"),
    "kappa": ("κ", "Kappa"), "alpha": ("α", "Alpha"), "alpha_low": ("α 下限", "Alpha, low"), "alpha_high": ("α 上限", "Alpha, high"),
    "n_units": ("条目数", "Units"), "n_coders": ("编码员数", "Coders"), "old": ("原编码", "Old"), "new": ("新编码", "New"),
    "who": ("编码员", "Coder"), "when": ("日期", "Day"), "row": ("行", "Row"), "sheet": ("编码表", "Sheet"),
    "residual": ("残差", "Residual"), "variable": ("变量", "Variable"), "scored": ("机评", "Scored"), "why": ("理由", "Why"),
    "label_en": ("英文名", "English name"), "edition": ("版本", "Edition"),
    "domain_margin": ("把握", "Margin"), "indicator_confidence": ("把握", "Confidence"),
}  # fmt: skip

VALUES: dict[str, dict[str, tuple[str, str]]] = {
    "doc_type": {
        "work_points": ("工作要点", "work points"), "work_plan": ("工作计划", "work plan"),
        "long_term_plan": ("规划纲要", "long-term plan"), "action_plan": ("行动计划", "action plan"),
        "opinion": ("意见", "opinion"), "work_report": ("工作报告", "work report"), "notice": ("通知", "notice"),
        "other": ("其他", "other"),
    },
    "region_level": {
        "national": ("全国", "national"), "province": ("省级", "province"), "city": ("市级", "city"),
        "county": ("县级", "county"), "town": ("乡级", "town"), "unknown": ("未知", "unknown"),
    },
    "sector": {
        "education": ("教育", "education"), "government": ("政府", "government"), "health": ("卫生", "health"),
        "agriculture": ("农业", "agriculture"), "culture": ("文化", "culture"), "other": ("其他", "other"),
    },
    "commitment": {
        "binding": ("约束", "binding"), "quantified": ("量化", "quantified"), "concrete": ("具体", "concrete"),
        "continuing": ("持续", "continuing"), "exploratory": ("探索", "exploratory"),
    },
    "field": describe.FIELDS,
    "status": {"target": ("目标", "target"), "achieved": ("已完成", "achieved")},
    "kind": {
        "target_missed": ("报告值未达上年目标", "result below last year's target"), "stated_twice": ("同一指标两个数", "stated twice, differently"),
        "part_over_total": ("分项大于总数", "part larger than its total"), "rate_differs": ("占比与两数之比不符", "share differs from its sums"),
        "share_outside": ("占比超出 0—100%", "share outside 0-100 %"), "parts_differ": ("分项之和不等于总数", "parts do not add up"),
        "level": ("水平", "level"), "change": ("变化", "change"), "place": ("地名", "place"), "person": ("人名", "person"),
        "year": ("年份", "year"), "number": ("数字", "number"), "word": ("词", "word"),
        "growing": ("上升", "growing"), "fading": ("下降", "fading"), "lasting": ("持续", "lasting"), "broken": ("间断", "broken"),
    },
    "state": {
        "stated": ("有数字", "stated"), "stated_in_words": ("文字表述", "in words"),
        "not_stated": ("未提出", "not stated"), "not_found": ("未找到", "not found"),
    },
    "rule": {
        "script": ("繁体转简体", "traditional to simplified"), "white_space": ("空白", "white space"),
        "converted_term": ("转换用词还原", "converted terms"), "page_mark": ("页码页眉", "page marks"),
        "contents": ("目录行", "contents lines"), "letter_spaced": ("字间空格", "letter spacing"),
        "doubled_characters": ("叠字", "doubled characters"), "doubled_mark": ("重复标点", "doubled marks"),
        "doubled_line": ("重复行", "doubled lines"), "doubled_phrase": ("重复短语", "doubled phrases"),
        "cut_number": ("断开的数字", "cut numbers"), "cut_line": ("断开的行", "cut lines"),
        "wrapped_line": ("折行", "wrapped lines"), "pinyin": ("括注拼音", "bracketed pinyin"),
        "tag": ("标签残留", "eaten tags"), "entity": ("字符实体", "entities"), "field_code": ("域代码", "field codes"),
        "stray_mark": ("游离符号", "stray marks"), "width": ("全角半角", "character width"),
        "markdown": ("标记符号", "markup signs"), "spun_term": ("改写词还原", "spun terms"),
        "leftover_ads": ("广告", "adverts"), "leftover_nav": ("导航", "navigation"), "leftover_crumb": ("页面路径", "page paths"),
        "leftover_source": ("来源行", "source lines"), "leftover_date": ("日期行", "date lines"),
        "leftover_stop": ("页尾", "page ends"), "leftover_editor": ("编辑署名", "editors"),
        "leftover_publisher": ("发布者", "publishers"), "leftover_count": ("浏览计数", "view counts"),
        "leftover_caption": ("图片说明", "captions"), "advert": ("推广框", "advert boxes"),
        "doubled_passage": ("重复段落", "doubled passages"),
    },
    "severity": {"error": ("错误", "error"), "warning": ("警告", "warning"), "note": ("提示", "note")},
    "stage": {
        "read": ("读取", "read"), "repair": ("修复", "repair"), "parse": ("解析", "parse"),
        "outline": ("大纲", "outline"), "families": ("版本归并", "copies"), "review": ("复核", "review"),
        "extract": ("抽取", "extract"), "tag": ("标注", "tag"), "corpus": ("汇总", "corpus"), "ingest": ("入库", "ingest"),
    },
    "step": {
        "files": ("找到的文件", "files found"), "read": ("读出文字", "read"), "plans": ("属于规划类文件", "are plans"),
        "best_copies": ("同一文件只留损坏最少的一份", "least damaged copy of each plan"), "with_region": ("地区已知", "region known"),
        "used": ("符合本报告的条件（部门、年度、地区）", "meet this report's conditions (sector, year, regions)"),
        "items": ("其中的条目（去掉的在其他文件里）", "their items (those dropped are in other documents)"),
        "metrics": ("其中的数字（去掉的在其他文件里）", "their numbers (those dropped are in other documents)"),
    },
    "measure": {
        "document.fields": ("文件信息（标题、机关、地区、年度等）", "facts of the document"), "outline.headings": ("标题识别", "headings"),
        "items": ("条目切分", "items"), "items.primary_domain": ("主要领域", "primary domain"), "items.instruments": ("政策工具", "instruments"),
        "items.commitment": ("承诺强度", "commitment"), "metrics": ("数字（数值与单位）", "numbers (value and unit)"),
        "metrics.indicator": ("指标名称", "names of indicators"), "metrics.record": ("整条数字记录", "whole records of numbers"),
    },
    "group": {
        "supply": ("供给型", "supply"), "environment": ("环境型", "environment"), "demand": ("需求型", "demand"),
    },
    "missing": {
        "title": ("标题", "title"), "issuer": ("发文机关", "issuer"), "region": ("地区", "region"), "region_code": ("地区代码", "region code"),
        "plan_year": ("年度", "year"), "written": ("成文日期", "date"), "doc_number": ("文号", "document number"),
    },
    "outcome": {
        "reported done": ("报告完成", "reported done"), "reported missed": ("报告未完成", "reported missed"), "repeated": ("原样重提", "repeated"),
        "kept": ("延续", "kept"), "raised": ("提高", "raised"), "lowered": ("降低", "lowered"),
        "named": ("仅被提及", "only named"), "dropped": ("不再写入", "dropped"),
        "unreported": ("未见结果", "no result reported"), "not found": ("未找到下文", "not found again"), "unanswered": ("尚无下文", "not yet answered"),
    },
    "meaning": {
        "ads": ("夹杂网站广告或推广", "adverts of the site stand in the text"),
        "nav": ("夹杂导航、页脚、浏览计数", "navigation, footers or counters stand in the text"),
        "masked": ("地名、人名、年份或数字被符号替代", "places, names, years or numbers are starred out"),
        "run_on": ("换行丢失，段落连成一片", "line breaks are lost, paragraphs run together"),
        "truncated": ("文末中断，后文缺失", "the end is cut off"),
        "fragment": ("只有一部分，或中间有缺", "only a part is there, or parts are missing"),
        "broken_numbering": ("序号跳号、重号或错位", "numbers are skipped, repeated or out of place"),
        "converted_terms": ("用词被改写或转换", "words were exchanged on the way"),
    },
    "noise": {
        "ads": ("广告", "ads"), "nav": ("导航", "navigation"), "masked": ("遮蔽", "masked"), "run_on": ("无换行", "run on"),
        "truncated": ("截断", "truncated"), "fragment": ("残缺", "fragment"),
        "broken_numbering": ("编号错乱", "broken numbering"), "converted_terms": ("用词转换", "converted terms"),
    },
}  # fmt: skip

SIGNS = {"ge": "≥ ", "le": "≤ ", "gt": "> ", "lt": "< ", "approx": "≈ "}


def pick(pair: tuple[str, str], lang: str) -> str:
    """The Chinese or the English of a pair."""
    return pair[0] if lang == "zh" else pair[1]


def column(name: str, lang: str) -> str:
    """The heading of a column; a column without a name of its own is shown as it is."""
    return pick(COLUMNS.get(name, (name, name.replace("_", " "))), lang)


def value(name: str, held: Any, lang: str, codebook: Any = None) -> str:
    """A coded value in words: doc_type, domain, instrument, commitment …; others as they are.

    Args: codebook: the sector whose domain table holds; a domain of another is looked up in all.
    """
    word = str(held)
    if name in ("domain", "domains", "top"):
        return pick(domains(codebook if codebook in lexicon.sectors() else None).get(word, (word, word)), lang)
    if name == "doc_types":
        name = "doc_type"
    if name in ("instrument", "instruments"):
        return pick(instruments().get(word, (word, word)), lang)
    if name == "deadline":
        return due(word, lang)
    if name in regions.NAMED:
        return regions.printed(word, lang)
    if name == "message":
        return messages.message(word, lang)
    return pick(VALUES.get(name, {}).get(word, (word, word)), lang)


def due(held: str, lang: str) -> str:
    """A deadline as a reader reads it: the end of a year or month in words, a text as it is.

    Example: due("2024-12-31", "zh") gives 2024年底
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", held)
    if found is None:
        return held
    year, month, day = found.group(1), int(found.group(2) or 0), int(found.group(3) or 0)
    if day and day == calendar.monthrange(int(year), month)[1]:
        ends = month == 12
        zh, en = f"{year}年底" if ends else f"{year}年{month}月底", f"end of {'' if ends else held[5:7] + '/'}{year}"
        return pick((zh, en), lang)
    zh = f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    return pick((zh, held), lang)


def domains(sector: str | None = None) -> dict[str, tuple[str, str]]:
    """Domain codes of a sector (of every sector) with their names."""
    named = _named(tuple(f"{name}/domains" for name in ([sector] if sector else lexicon.sectors())))
    return {**named, "unknown": ("未识别", "not recognised")}


def indicator(code: Any, printed: Any, lang: str) -> str:
    """The codebook's name of an indicator, else the one printed in the plan."""
    known = _named(tuple(f"{name}/indicators" for name in lexicon.sectors()))
    return pick(known[code], lang) if isinstance(code, str) and code in known else str(printed)


def instruments() -> dict[str, tuple[str, str]]:
    """Instrument codes with their names."""
    return _named(("common/instruments",))


@functools.cache
def _named(tables: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    rows = [row for name in tables if lexicon.has(name) for row in lexicon.table(name)]
    return {row["id"]: (row["zh"], row["en"]) for row in rows}


def parameter(held: Any) -> str:
    """A parameter's value as a sentence prints it."""
    if isinstance(held, list):
        return "、".join(map(str, held)) or "—"
    return "—" if held is None or held == "" else str(held)


def number(held: float, share: bool = False) -> str:
    """A number as a table prints it: shares as percentages, whole numbers whole, others with two decimals at most."""
    if share:
        return f"{held * 100:.1f}%"
    return f"{held:,.0f}" if float(held).is_integer() else f"{held:,.2f}".rstrip("0").rstrip(".")


def amount(row: dict[str, Any], lang: str = "zh") -> str:
    """A metric's value as read: comparator, value or range, unit, denominator ("≥ 96 %", "2–3 个/每校").

    In English the unit is translated, and its 万 or 亿 goes into the number (4.6亿元: 460 mn yuan).
    """
    if pd.isna(row.get("value")):
        return "—"
    per = "" if _empty(row.get("per")) else f"/{row['per']}"
    if lang == "en" and not _empty(row.get("unit")):
        high = None if pd.isna(row.get("value_high")) else row["value_high"]
        sign = SIGNS.get(str(row.get("comparator")), "")
        return sign + numerals.printed(row["value"], row["unit"], high=high, lang=lang) + per
    text = number(row["value"])
    if not pd.isna(row.get("value_high")):
        text += f"–{number(row['value_high'])}"
    unit = "" if _empty(row.get("unit")) else f" {row['unit']}"
    return SIGNS.get(str(row.get("comparator")), "") + text + unit + per


def _empty(held: Any) -> bool:
    return held is None or bool(pd.isna(held)) or held == ""
