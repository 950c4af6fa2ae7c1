"""Names of domains, instruments and indicators as figures print them, and words in two languages."""

from __future__ import annotations

from analysis import lexicon

_PLAIN = {
    "unknown": ("未识别", "Not identified"),
    "supply": ("供给型", "Supply"),
    "environment": ("环境型", "Environment"),
    "demand": ("需求型", "Demand"),
    "other": ("其他", "Other"),
}

_LEVELS = {
    "national": ("全国", "National"),
    "province": ("省级", "Provinces"),
    "city": ("市级", "Cities"),
    "county": ("县级", "Counties"),
    "town": ("乡级", "Towns"),
}


_DISTANCES = {
    "hellinger": ("海林格距离", "Hellinger distance"),
    "jensenshannon": ("JS 距离", "Jensen–Shannon distance"),
    "cosine": ("余弦距离", "cosine distance"),
}


def distance(metric: str, lang: str) -> str:
    """The name of a distance between groups."""
    return say(lang, *_DISTANCES[metric]) if metric in _DISTANCES else metric


def say(lang: str, zh: str, en: str) -> str:
    """The words of the language asked for.

    Raises: ValueError for a language that is neither zh nor en.
    """
    if lang not in ("zh", "en"):
        raise ValueError(f"lang is {lang!r}; it may be 'zh' or 'en'")
    return zh if lang == "zh" else en


def name(table: str, code: str, lang: str) -> str:
    """The name of a code in a codebook table, or a plain word for it, or the code itself."""
    label = lexicon.label(table, code, lang) if lexicon.has(table) else code
    return say(lang, *_PLAIN[code]) if label == code and code in _PLAIN else label


def domain(code: str, lang: str, sector: str | None = None) -> str:
    """The name of a domain, from the table of its sector or the first that has it."""
    sectors = [sector] if sector in lexicon.sectors() else lexicon.sectors()
    found = [name(f"{s}/domains", code, lang) for s in sectors]
    return next((label for label in found if label != code), code)


def rest(lang: str) -> set[str]:
    """The labels of what belongs to no domain: other, and what was not identified."""
    return {domain(code, lang, sector) for code in ("other", "unknown") for sector in [None, *lexicon.sectors()]}


def instrument(code: str, lang: str) -> str:
    """The name of a policy instrument, or of a group of them."""
    return name("common/instruments", code, lang)


def indicator(code: object, lang: str, printed: object = None) -> str:
    """The name of an indicator: the codebook's, else the one printed in the plan; null where there is none is no name."""
    if isinstance(code, str) and code:
        for sector in lexicon.sectors():
            label = name(f"{sector}/indicators", code, lang)
            if label != code:
                return label
    known = [text for text in (printed, code) if isinstance(text, str) and text]
    return known[0] if known else say(lang, *_PLAIN["unknown"])


def pmc_variables(lang: str) -> dict[str, str]:
    """The first-level variables of the PMC table by their code."""
    return {row["first"]: f"{row['first']}\n{row[f'first_{lang}']}" for row in lexicon.table("common/pmc")}


def kind(by: str, lang: str) -> str:
    """The word for groups of a kind, as it follows a number: 31 个地区, 31 regions."""
    known = {"region": ("个地区", "regions"), "plan_id": ("份文件", "plans"), "plan_year": ("个年份", "years")}
    return say(lang, *known.get(by, ("个对象", "groups")))


def group(by: str, value: object, lang: str) -> str:
    """The name of a group: stages, strengths and levels in words, regions and years as they are."""
    code = str(value)
    if value is None or value != value or code in ("", "unknown"):
        return say(lang, *_PLAIN["unknown"])
    if by == "region_level":
        return say(lang, *_LEVELS[code]) if code in _LEVELS else code
    tables = {"stage": "common/stages", "commitment": "common/strength"}
    return name(tables[by], code, lang) if by in tables else code
