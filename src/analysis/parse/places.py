"""Which place a plan is of: named in its title, by its issuer, or in its own voice; cited places are not meant."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from analysis import regions
from analysis.regions import Place

_CITED = re.compile(r"(?:赴|对口(?:帮扶|支援|协作)|考察|学习借鉴|结对|协作|支援|援助|与|同|向|对接|来自)\s?$")
_VOICE = {
    "province": re.compile(r"全省|我省|省委、省政府|全(?:自治)?区各(?:地市|盟市|市县)|各市州|各地市|全自治区|省直"),
    "city": re.compile(
        r"全市|我市|市委、市政府|市直|各县[（(、]?市?[、)）]?区?|县[(（]市、区[)）]|市委市政府|全州|我州|全盟|州直"
    ),
    "county": re.compile(
        r"全县|我县|全区|我区|全旗|我旗|县委|区委|县直|区直|各乡镇|各镇[（(、]|各镇街|县政府|区政府|各街道"
    ),
    "town": re.compile(r"全镇|我镇|全乡|我乡|全街道|我街道|镇党委|镇政府|乡党委|街道党工委|各村[、（(]|各社区"),
}
_UNIT = r"(?:教育局|教育体育局|教体局|教育和体育局|人民政府|政府|县委|区委|市委|省委|委员会|发展和改革局|[\u4e00-\u9fff]{2,8}局|办公室|办事处|党委)"
_GRAMMAR = re.compile(
    r"(?:(?P<province>[\u4e00-\u9fff]{2,7}?(?:省|自治区)))?(?:(?P<city>[\u4e00-\u9fff]{2,6}?(?:市|自治州|州|盟|地区)))?"
    r"(?P<county>[\u4e00-\u9fff]{1,9}?(?:自治县|自治旗|县|区|旗|市))?(?P<town>[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道))?"
)
_NOT_NAMES = re.compile(
    r"^(?:全|各|我|本|该|省|市|县|区|乡|关于|印发|中共|国家|中国|贯彻|落实|推进|加强|建设|城|社|校|地|学|小|园|灾|山|牧|农|景|辖|老|新|特)"
)
_MASK = re.compile(r"(?:[*＊]{2,}|[×Xx]{1,3}|某)(?=(?:自治)?[省市县区旗镇乡])")


@dataclass
class Found:
    """The region of a plan and why; names are full names or None."""

    province: str | None = None
    city: str | None = None
    county: str | None = None
    town: str | None = None
    code: str | None = None
    level: str = "unknown"
    today: str | None = None
    cue: str = ""
    span: tuple[int, int] = (0, 0)
    rule: str = ""
    problems: list[str] = field(default_factory=list)


def region(text: str, zones: list[tuple[str, int, int]], year: int | None) -> Found:
    """The region of a plan.

    Args: zones: (name of the rule, start, end) of the places that speak for the plan, the strongest first: title,
        issuer, sign-off, head.
    """
    named = _zones(text, zones, year)
    if named is not None:
        return named
    voice = own_level(text)
    settled = _masked(text, year) or _voiced(text, voice, year)
    if settled is not None:
        return settled
    return Found(
        level=voice, rule="own voice", problems=["no place is named; the level is that of the plan's own voice"]
    )


def _zones(text: str, zones: list[tuple[str, int, int]], year: int | None) -> Found | None:
    """The deepest place that the zones name, stronger zones first; weaker ones complete its parents."""
    best: tuple[Place, str] | None = None
    for rule, start, end in zones:
        for place in regions.places(text[start:end], year):
            if _CITED.search(text[max(0, start + place.start - 8) : start + place.start]):
                continue
            moved = _moved(place, start)
            if best is None or _deepens(best[0], moved, year):
                best = (moved, rule)
        if best is None:
            found = _grammar(text, rule, start, end)
            if found is not None:
                return found
    return None if best is None else _found(best[0], best[1], text, year)


def _moved(place: Place, by: int) -> Place:
    return Place(
        place.start + by, place.end + by, place.province, place.city, place.county, place.region, place.candidates
    )


def _deepens(held: Place, other: Place, year: int | None) -> bool:
    """Whether another place says the same more closely: it lies inside, or it settles what was open."""
    if held.region is None and other.region is not None:
        return any(other.region.code == c.code for c in held.candidates)
    if held.region is None or other.region is None:
        return False
    return held.region.code in {p.code for p in regions.parents(other.region, year)}


def _found(place: Place, rule: str, text: str, year: int | None) -> Found:
    found = Found(place.province, place.city, place.county, span=(place.start, place.end), rule=rule)
    found.cue = text[place.start : place.end]
    found.level = place.level
    if place.region is not None:
        found.code, found.today = place.region.code, regions.today(place.region)
    else:
        names = ["".join(filter(None, regions.names(c, year).values())) for c in place.candidates]
        found.problems.append(f"{found.cue} may be {' or '.join(names[:6])}; the text does not say which")
        if len({c.level for c in place.candidates}) == 1:
            found.level = place.candidates[0].level
    return found


def _grammar(text: str, rule: str, start: int, end: int) -> Found | None:
    """A place that the table does not have, by its form: X省X市X县 before an authority or a year."""
    for match in re.finditer(
        rf"(?:{_GRAMMAR.pattern})(?={_UNIT}|[\s—-]*(?:19|20)\d\d年|“?十[一二三四五]五)", text[start:end]
    ):
        parts = {k: v for k, v in match.groupdict().items() if v}
        if not parts or any(_NOT_NAMES.match(v) or len(v) < 2 for v in parts.values()):
            continue
        return _unlisted(parts, rule, (start + match.start(), start + match.end()))
    return None


def _unlisted(parts: dict[str, str], rule: str, span: tuple[int, int]) -> Found:
    if "city" not in parts and parts.get("county", "").endswith("市"):
        parts["city"] = parts.pop("county")
    names = (parts.get(level) for level in ("province", "city", "county", "town"))
    found = Found(*names, rule=f"{rule}, by grammar", span=span, cue="".join(parts.values()))
    found.level = next(level for level in ("town", "county", "city", "province") if level in parts)
    found.problems.append(f"{found.cue} is not in the table of regions; the name was taken as printed, without a code")
    return found


def own_level(text: str) -> str:
    """The level that a plan speaks from (全市, 我区, 各乡镇), `unknown` where it does not say."""
    counts = {level: len(pattern.findall(text)) for level, pattern in _VOICE.items()}
    if re.search(r"全国|我国", text[:400]) and not any(counts.values()):
        return "national"
    best = max(counts, key=lambda level: counts[level])
    return best if counts[best] >= 1 else "unknown"


def _masked(text: str, year: int | None) -> Found | None:
    """A masked county of a named city, where the gazetteer leaves one: 定西市***区 has one district only."""
    masks = Counter(text[m.end()] for m in _MASK.finditer(text) if text[m.end()] in "区县旗")
    if not masks or own_level(text) != "county":
        return None
    suffix = masks.most_common(1)[0][0]
    cities = Counter(
        p.region.code for p in regions.places(text, year) if p.region is not None and p.region.level == "city"
    )
    before = Counter(
        p.region.code
        for p in regions.places(text, year)
        if p.region is not None
        and p.region.level == "city"
        and re.match(r"[*＊]{2,}|[×X]{1,3}", text[p.end : p.end + 3])
    )
    ranked = before or cities
    if not ranked:
        return None
    city = ranked.most_common(1)[0][0]
    left = [r for r in regions.children(city, year) if r.name.endswith(suffix)]
    if len(left) != 1 or (not before and cities[city] < 2):
        return None
    names = regions.names(left[0], year)
    found = Found(names["province"], names["city"], names["county"], code=left[0].code, level="county")
    found.today, found.rule, found.cue = regions.today(left[0]), "masked, one possibility left", left[0].name
    found.problems.append(
        f"the place is masked; the text leaves only {left[0].name}, the one {suffix} of {names['city']}"
    )
    return found


def _voiced(text: str, level: str, year: int | None) -> Found | None:
    """The place of the plan's own level that its text names far more often than any other."""
    if level not in ("province", "city", "county"):
        return None
    counts: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for place in regions.places(text, year):
        if place.region is None or _CITED.search(text[max(0, place.start - 8) : place.start]):
            continue
        chain = [place.region, *regions.parents(place.region, year)]
        own = next((r for r in chain if r.level == level), None)
        if own is not None:
            counts[own.code] += 1 + (own == place.region)
            if own == place.region:
                first.setdefault(own.code, place)
    if not counts:
        return None
    code, n = counts.most_common(1)[0]
    if code not in first or n < 4 or n < 0.6 * sum(counts.values()):
        return None
    found = _found(first[code], "named most in the plan's own voice", text, year)
    found.problems.append(f"head and foot name no place; {found.cue} is the one that the text speaks of as its own")
    return found
