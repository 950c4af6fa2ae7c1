"""The place that a plan speaks from, where head and foot name none: its level (全市, 我区, 各乡镇), masked names."""

from __future__ import annotations

import re
from collections import Counter

from analysis import regions
from analysis.parse import suffixes
from analysis.parse.places import CITED, Found, with_parents
from analysis.regions import Place

_VOICE = {
    "province": re.compile(r"全省|我省|省委、?省政府|全自治区|自治区党委|省直|各市州|各地市|各盟市|各设区市"),
    "city": re.compile(
        r"全市|我市|市委、?市政府|市直|各县[（(、]?市?、?区?|县[（(]市、区[)）]|全州|我州|全盟|我盟|州直|州委、?州政府"
    ),
    "county": re.compile(
        r"全县|我县|全区|我区|全旗|我旗|[县区旗]委、?[县区旗]政府|(?<=[和、，与])旗委|县直|区直|旗直|各乡镇|各镇[（(、]|各镇街|各街道"
    ),
    "town": re.compile(r"全镇|我镇|全乡|我乡|全街道|我街道|镇党委|镇政府|乡党委|街道党工委|各村[、（(]"),
}
_MASK = r"(?:[*＊]{2,}|[×Xx]{1,3}|某)"
_MASKED_NAME = re.compile(rf"{_MASK}(?:自治)?([市县区旗镇])")
_SPEAKER = re.compile(r"我(?:谨)?代表(省|自治区|市|自治州|州|盟|自治县|县|区|旗|镇|乡)(?:人民)?政府")
_OFFICE = re.compile(  # 县教育局2024年工作计划
    r"^(省|自治区|市|自治州|州|盟|自治县|县|区|旗|镇|乡)(?:人民政府|委(?:、|办)|[\u4e00-\u9fff]{2,8}(?:局|厅|委员会|办公室))(?![\u4e00-\u9fff]{0,4}(?:级|直))",
    re.M,
)
_LEVELS = {
    "省": "province", "自治区": "province", "市": "city", "自治州": "city", "州": "city", "盟": "city", "镇": "town",
    "乡": "town",
}  # fmt: skip
_HEAD = 300  # characters in which an office names itself without its place
_LEAST = 4  # mentions: fewer do not make a place the plan's own


def region(text: str, year: int | None) -> Found:
    """The place by the plan's own voice: settled where one possibility is left, else its level alone."""
    level = own_level(text)
    own = [p for p in regions.places(text, year) if p.region is not None and not _is_cited(text, p)]
    found = _masked(text, level, own, year) or _most_named(text, level, own, year) or _by_suffix(text, level)
    if found is not None:
        return found
    return Found(
        level=level, rule="own voice", problems=["no place is named as the plan's own; its level is that of its voice"]
    )


def _is_cited(text: str, place: Place) -> bool:
    return CITED.search(text[max(0, place.start - 8) : place.start]) is not None


def own_level(text: str) -> str:
    """The level that a plan speaks from (全市, 我区, 各乡镇), `unknown` where it does not say."""
    speaker = _SPEAKER.search(text[: suffixes.REACH])
    speaker = speaker or _OFFICE.search(text[:_HEAD])
    if speaker:
        return _LEVELS.get(speaker.group(1), "county")
    counts = {level: len(pattern.findall(text)) for level, pattern in _VOICE.items()}
    best = max(counts, key=lambda level: counts[level])
    if counts[best] == 0:
        return "national" if len(re.findall(r"全国|我国|各省、自治区", text)) >= 2 else "unknown"
    return best


def _masked(text: str, level: str, own: list[Place], year: int | None) -> Found | None:
    """A masked county of a named city, where the table leaves one (X市***区 of a city with one district).

    The city is the one printed right before masks, else the only one that the text names twice or more.
    """
    suffixes = Counter(m.group(1) for m in _MASKED_NAME.finditer(text) if m.group(1) in "县区旗")
    if not suffixes or level != "county":
        return None
    suffix = suffixes.most_common(1)[0][0]
    cities = [p for p in own if p.region is not None and p.region.level == "city"]
    before = Counter(p.region.code for p in cities if p.region and re.match(_MASK, text[p.end : p.end + 3]))
    named = Counter(p.region.code for p in cities if p.region)
    fitting = list(before) or [code for code, n in named.items() if n >= 2]
    if len(fitting) != 1:
        return None
    left = [r for r in regions.children(fitting[0], year) if r.name.endswith(suffix)]
    if len(left) != 1:
        return None
    names = regions.names(left[0], year)
    found = Found(names["province"], names["city"], names["county"], code=left[0].code, level="county")
    found.today, found.rule, found.cue = regions.today(left[0]), "masked, one possibility left", left[0].name
    found.problems.append(
        f"the place is masked; the text leaves only {left[0].name}, the one {suffix} of {names['city']}"
    )
    return found


def _most_named(text: str, level: str, own: list[Place], year: int | None) -> Found | None:
    """The place of the plan's own level that its text names far more often than any other."""
    counts: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for place in own:
        assert place.region is not None
        chain = [place.region, *regions.parents(place.region, year)]
        above = next((r for r in chain if r.level == level), None)
        if above is not None:
            counts[above.code] += 2 if above is place.region else 1
            if above is place.region:
                first.setdefault(above.code, place)
    code, n = counts.most_common(1)[0] if counts else ("", 0)
    if code not in first or n < _LEAST or n < 0.6 * sum(counts.values()):
        return None
    place = first[code]
    found = Found(place.province, place.city, place.county, code=code, level=level, span=(place.start, place.end))
    found.today, found.cue = regions.today(place.region), text[place.start : place.end]
    found.rule = "named most in the plan's own voice"
    found.problems.append(f"head and foot name no place; {found.cue} is the one that the text speaks of as its own")
    return found


def _by_suffix(text: str, level: str) -> Found | None:
    """The place of the plan's own level that the table lacks and the text names most, also as 新松涧 for 松涧县."""
    if level not in ("city", "county"):
        return None
    named = [n for n in suffixes.names(text, level) if not regions.named(n.name)]
    counts = Counter(n.name for n in named)
    name, n = counts.most_common(1)[0] if counts else ("", 0)
    slogans = text.count("新" + re.sub(r"自治[县州]$|.$", "", name)) if name else 0
    if n + min(slogans, 2) < 3 or n < 0.6 * sum(counts.values()):
        return None
    first = next(one for one in named if one.name == name)
    found = Found(city=name if level == "city" else None, county=name if level == "county" else None, level=level)
    found.span, found.cue, found.rule = (first.start, first.end), name, "named most in the plan's own voice, by grammar"
    found.problems.append(f"{name} is not in the table of regions; the text speaks of it as its own place")
    return with_parents(found, text)
