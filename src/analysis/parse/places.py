"""Which place a plan is of: named in its title, by its issuer, or in its own voice; cited places are not meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from analysis import regions, words
from analysis.parse import suffixes
from analysis.regions import Place

CITED = re.compile(r"(?:赴|对口(?:帮扶|支援|协作)|考察|学习|学习借鉴|结对|协作|支援|援助|与|同|向|对接|来自)\s?$")
_NATIONAL = re.compile(
    r"^(?:中共中央|国务院|全国人(?:大|民代表大会)|全国政协|中国人民政治协商会议全国|中央[\u4e00-\u9fff]{1,8}|最高人民|国家[\u4e00-\u9fff]{2,12}(?:局|委|委员会|总局|署|中心|办公室)|中国[\u4e00-\u9fff]{2,10}"
    r"|(?:教育|财政|科技|科学技术|工业和信息化|民政|司法|人力资源(?:和)?社会保障|自然资源|生态环境|住房(?:和)?城乡建设|交通运输|水利|农业农村|商务|文化和旅游|公安|应急管理|外交|国防)部)"
)
MUNICIPALITIES = {"北京市", "天津市", "上海市", "重庆市"}
_CORPS = "新疆生产建设兵团"
_FOLLOWS = r"(?=人民(?:政府|代表大会|法院|检察院)|人大|政协|政府|教育|教体|工作委员会|工委|实验|中等|第[一二三四五六七八九十]{1,2}(?:小|中|幼|高|实验)|(?:中心)?(?:小学|中学|幼儿园)|[县区市省]委|委(?!托|派|任)|[\u4e00-\u9fff]{2,14}(?:局|厅)|[\u4e00-\u9fff]{2,5}(?:村|社区)(?=\d{4}|[党委支工])|办公室|办事处|党委|党工委|管委会|[—\-－ ]{0,2}(?:19|20)[\d*＊]{2}|二[〇○]|第?[一二三四五六七八九十]{1,3}届|“?十[一二三四五]五|国民经济|规划|学前教育|义务教育|职业教育|关于)"
_BOUNDARY = re.compile(
    r"^|[★☆■●◆▲《“”（(、，。：:\s—\-年]|印发|受|关于|转发|下发|中共|政协|共青团|代表|位于|在(?!全|我|各|本)"
)
_BOUNDARY_END = re.compile(r"(?:印发|受|关于|转发|下发|中共|政协|共青团|代表|位于|年|在)$")
_SUFFIX_SPOKEN = re.compile(r"(?<=[全我本])[县区旗市州盟](?![域民])")  # 全县, 我旗
_MAY_STAND_BEFORE = re.compile(
    r"[市省州盟县区旗和与及在对向为到赴由经的原我本是于至从按将让使被年月日各全该受同跟把以给好新师团]"
)
_COUNTY = r"[\u4e00-\u9fff]{1,10}?(?:自治县|自治旗|县|区|旗|市)"
_TOWN = r"[\u4e00-\u9fff]{1,7}?(?:镇|乡|街道|苏木)"
_GRAMMAR = re.compile(
    rf"(?!政协|中共|共青团|在|对|受)(?P<province>[\u4e00-\u9fff]{{2,7}}?(?:省|自治区))?(?P<city>[\u4e00-\u9fff]{{2,10}}?(?:市|自治州|州|盟|地区))?"
    rf"(?P<county>{_COUNTY})?(?P<town>{_TOWN})?{_FOLLOWS}"
)
_BELOW = re.compile(
    rf"(?P<city>[\u4e00-\u9fff]{{2,6}}?(?:市|自治州|州|盟|地区))?(?P<county>{_COUNTY})?(?P<town>{_TOWN})?{_FOLLOWS}"
)
_WORDS = re.compile(
    r"^(?:(?:全|各|我|本|该|省|市|县|区|乡|城|社|校|地|学|小|园|灾|山|牧|农|景|辖|老|新|特|厂|林|战|军|片|街|自治|市辖|功能|示范|试验|试点|保护|工业|管理|创建|先行|实验)"
    r"(?:省|市|县|区|镇|乡|旗|州|街道)|.{0,8}(?:自治区|[省市县区镇乡][省市县区镇乡]).{0,3})$|^(?:在(?:全|我|各|本)|关于|印发|国家|中国|力争|争取|争创|新增|创成|获评|荣获|评为|申报|入选|贯彻|落实|推进|加强|建设|中共|全国|全|各|我|加快|促进|提升|深化|做好|完善|优化|扩大|统筹|支持|打造|创建|提高|规范|实施|开展|组织|进一步|切实|培育|发展)|(?:市|园|社|地|校|学|街|片|辖|景|牧|灾|库|功能)区$"
)
_ZONE = re.compile(
    r"(?:国家级?)?(?:经济技术|高新技术产业|高新|经济|旅游|生态|国际|临港|空港|产业|工业|综合)*(?:开发区|高新区|经开区|新区|园区|示范区|度假区|保税区|功能区|管理区|新城)"
)

_NAMED_ZONE = re.compile(
    rf"[\u4e00-\u9fff]{{2,4}}?(?:新区|开发区|高新区|经开区|园区|示范区|度假区|保税区|管理区){_FOLLOWS}"
)


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

    @property
    def is_named(self) -> bool:
        """Whether any place is known."""
        return any((self.province, self.city, self.county, self.town))


def of_names(names: dict[str, str | None], year: int | None) -> Found:
    """The region that full names of province, city and county mean in a year; no code where the table lacks them."""
    joined = "".join(names.get(level) or "" for level in ("province", "city", "county"))
    found = Found(names.get("province"), names.get("city"), names.get("county"))
    deepest = [level for level in ("province", "city", "county") if names.get(level)]
    found.level = deepest[-1] if deepest else "unknown"
    for place in regions.places(joined, year):
        if place.region is not None and place.end == len(joined):
            own = regions.names(place.region, year)
            found.province, found.city, found.county = own["province"], own["city"], own["county"]
            found.code, found.today, found.level = place.region.code, regions.today(place.region), place.region.level
    return found


Zone = tuple[str, int, int]  # name of the rule, start, end


def named(text: str, zones: list[Zone], year: int | None) -> Found | None:
    """The deepest place that the zones name, None where they name none.

    Args: zones: the places of the text that speak for the plan, the strongest first (title, issuer, sign-off, head);
        weaker ones only say more closely what a stronger one named.
    """
    best: tuple[Place, str] | None = None
    for rule, start, end in zones:
        words = text[start:end]
        own = list(_own(text, start, end, year))
        if best is None and _CORPS in words and not any(p.county for p in own):
            at = start + words.index(_CORPS)
            return Found(_CORPS, level="province", cue=_CORPS, span=(at, at + len(_CORPS)), rule=rule)
        for place in own:
            if best is None or _deepens(best[0], place):
                best = (place, rule)
        if best is None:
            found = _by_grammar(text, rule, start, end)
            if found is not None:
                return found
    return None if best is None else _found(best[0], best[1], text, year)


def national(issuer: str | None) -> Found | None:
    """The whole country, where a central body is the issuer."""
    if issuer is None or not _NATIONAL.match(issuer):
        return None
    return Found(level="national", cue=issuer, rule="a central body issued it")


def _own(text: str, start: int, end: int, year: int | None) -> Iterator[Place]:
    """The places of a zone but cited ones, and those cut out of a longer name at the zone's beginning."""
    for place in regions.places(text[start:end], year):
        before = text[max(0, start + place.start - 8) : start + place.start]
        if CITED.search(before):
            continue
        first = text[start : start + place.start]
        if re.fullmatch(r"[\u4e00-\u9fff]{1,2}", first) and first not in ("中共", "我", "本", "原", "在"):
            continue
        placed = replace(place, start=place.start + start, end=place.end + start)
        if not _is_cut_out(text, placed.start, placed.end) and not _is_contradicted(placed, text):
            yield placed


def _is_cut_out(text: str, start: int, end: int) -> bool:
    """Whether a name is the end of a longer one: the same character stands before it throughout (哈 before 龙江县)."""
    before = text[max(0, start - 1) : start]
    if not re.match(r"[\u4e00-\u9fff]", before) or _MAY_STAND_BEFORE.match(before):
        return False
    if _BOUNDARY_END.search(text[max(0, start - 4) : start]):
        return False
    name = text[start:end]
    return (
        text.count(before + name) == text.count(name) and len(words.tokens(text[max(0, start - 4) : start])[-1][0]) == 1
    )


def _is_contradicted(place: Place, text: str) -> bool:
    """Whether the text says that another place of the name is meant, one that the table lacks.

    It prints an unknown parent right before the name, or, where it prints a short name, another suffix (全旗 of a 县)
    or an unknown city above.
    """
    before = text[max(0, place.start - 40) : place.start]
    printed = [n for level in ("province", "city") for n in suffixes.names(before, level) if n.end == len(before)]
    if any(not regions.named(n.name) for n in printed):
        return True
    own = place.county or place.city
    if own is None or text[place.start : place.end].endswith(own):
        return False
    spoken = set(_SUFFIX_SPOKEN.findall(text))
    if spoken and own[-1] not in spoken and not _zone(text, place.end):
        return True
    above = suffixes.above(text, "city", own) if place.county else None
    return above is not None and not regions.named(above.name)


def _deepens(held: Place, other: Place) -> bool:
    """Whether another place says the same more closely: it lies inside, or it settles what was open."""
    if other.region is None:
        return False
    if held.region is None:
        return any(other.region.today == c.today for c in held.candidates)
    return held.region.today in {p.today for p in regions.parents(other.region)}


def _found(place: Place, rule: str, text: str, year: int | None) -> Found:
    place, problems = _settled(place, text, year)
    found = Found(place.province, place.city, place.county, span=(place.start, place.end), rule=rule, problems=problems)
    found.cue = text[place.start : place.end]
    found.level = place.level
    if place.region is not None:
        found.code, found.today = place.region.code, regions.today(place.region)
        if not place.region.holds(year):
            found.problems.append(
                f"{place.region.name} is a name of {place.region.first}-{place.region.last}, the plan is of {year}"
            )
    else:
        found.problems.append(_open(found.cue, place, year))
        levels = {c.level for c in place.candidates}
        found.level = levels.pop() if len(levels) == 1 else "unknown"
    _reach_below(found, text, place.end)
    return found


def _open(cue: str, place: Place, year: int | None) -> str:
    names = ["".join(filter(None, regions.names(c, year).values())) for c in place.candidates]
    return f"{cue} may be {' or '.join(names[:6])}; the text does not say which, so it has no code"


def _settled(place: Place, text: str, year: int | None) -> tuple[Place, list[str]]:
    """A name of several places, settled where the text names the parent of only one of them."""
    if place.region is not None or len(place.candidates) < 2:
        return place, []
    held = {p.region.code for p in _own(text, 0, len(text), year) if p.region is not None}
    for level in ("city", "province"):
        fitting = [
            c
            for c in place.candidates
            if any(
                p.code in held
                for p in regions.parents(c, year)
                if p.level == level or (level == "city" and p.code in regions.MUNICIPALITIES)
            )
        ]
        if len(fitting) == 1:
            names = regions.names(fitting[0], year)
            parent = names["city"] or names["province"]
            kept = replace(
                place, region=fitting[0], province=names["province"], city=names["city"], county=names["county"]
            )
            return kept, [f"several places are called {fitting[0].name}; the text names {parent}"]
        if fitting:
            break
    return place, []


def _zone(text: str, end: int) -> re.Match[str] | None:
    """The zone whose name is printed right behind a place's."""
    return _ZONE.match(text, end, end + 24) or _NAMED_ZONE.match(text, end, end + 24)


def _reach_below(found: Found, text: str, end: int) -> None:
    """Completes a place by what is printed right behind it: a town, a zone, or a county that the table lacks."""
    match = _BELOW.match(text, end, end + 40)
    zone = _zone(text, end)
    if zone and not found.county:
        found.problems.append(
            f"{found.cue}{zone.group(0)} is a zone without a code; it has the code of the place above it"
        )
        found.level = "county"
        return
    parts = {k: v for k, v in match.groupdict().items() if v} if match else {}
    if not parts or any(_WORDS.search(v) or len(v) < 2 for v in parts.values()):
        return
    if "county" in parts or "city" in parts:
        _beyond_table(found, parts)
    elif found.county and "town" in parts:
        found.town, found.level = parts["town"], "town"


def _beyond_table(found: Found, parts: dict[str, str]) -> None:
    names = {"city": parts.get("city"), "county": parts.get("county")}
    if names["city"] and (found.city or found.county):
        names = {"city": None, "county": names["county"] or names["city"]}
    if found.county:
        return
    found.city, found.county = found.city or names["city"], names["county"]
    found.town = parts.get("town")
    found.level = "town" if found.town else "county" if found.county else "city"
    found.cue += "".join(parts.values())
    found.code = found.today = None
    found.problems.append(
        f"{''.join(parts.values())} is not in the table of regions; the name was taken as printed, without a code"
    )


def _by_grammar(text: str, rule: str, start: int, end: int) -> Found | None:
    """A place that the table does not have, by its form: X省X市X县 before an authority or a year."""
    for boundary in _BOUNDARY.finditer(text[start:end]):
        match = _GRAMMAR.match(text, start + boundary.end(), end + 12)
        parts = {k: v for k, v in match.groupdict().items() if v} if match else {}
        if match is None or not parts or any(_WORDS.search(v) or len(v) < 3 for v in parts.values()):
            continue
        return _unlisted(parts, rule, match.span())
    return None


def _unlisted(parts: dict[str, str], rule: str, span: tuple[int, int]) -> Found:
    if "city" not in parts and parts.get("county", "").endswith("市"):
        parts = {**parts, "city": parts["county"]}
        del parts["county"]
    found = Found(parts.get("province"), parts.get("city"), parts.get("county"), parts.get("town"))
    found.rule, found.span, found.cue = f"{rule}, by grammar", span, "".join(parts.values())
    found.level = next(level for level in ("town", "county", "city", "province") if level in parts)
    found.problems.append(f"{found.cue} is not in the table of regions; the name was taken as printed, without a code")
    return found


def with_parents(found: Found, text: str) -> Found:
    """A place that the table lacks, with the parents that the text prints right before its name (X省X市X县)."""
    own = found.county or found.city
    if found.code or own is None or found.province:
        return found
    for match in re.finditer(
        rf"(?=([\u4e00-\u9fff]{{2,4}}(?:省|自治区)|)([\u4e00-\u9fff]{{2,4}}(?:市|自治州|盟|地区)|){re.escape(own)})",
        text,
    ):
        province, city = _name(match.group(1), text), match.group(2) if match.group(1) else _name(match.group(2), text)
        if found.county and city:
            found.city = found.city or city
        if province and (found.city or not found.county):
            found.province = province
            break
    return _with_municipality(_with_those_above(_with_municipality(found), own, text))


def _with_municipality(found: Found) -> Found:
    """A place whose city is a municipality (重庆市) has it for its province, and no city."""
    if found.city not in MUNICIPALITIES:
        return found
    found.province, found.city = found.city, None
    if found.level == "city":
        found.level = "province"
    return found


def _with_those_above(found: Found, own: str, text: str) -> Found:
    """A place that the table lacks, with the one city and province that the beginning of its plan speaks of."""
    if regions.named(own):
        return found
    for level in ("city", "province"):
        is_open = getattr(found, level) is None and found.level != level
        if found.province in MUNICIPALITIES:  # it has no city
            break
        name = suffixes.above(text, level, own) if is_open else None
        if name:
            setattr(found, level, name.name)
            found.problems.append(f"{name.name} was read as its {level}, because the beginning of the text names it")
    return found


def _name(printed: str, text: str) -> str | None:
    """The name in the characters before a suffix: the shortest that is always printed so (推进岚江省 → 岚江省)."""
    suffix = re.search(r"(?:省|自治区|市|自治州|盟|地区)$", printed)
    if suffix is None:
        return None
    stem = printed[: suffix.start()]
    if suffixes.STRIVES.fullmatch(stem[-2:]):
        return None
    short = stem[-2:] + suffix.group(0)
    longer = [stem[-n:] + suffix.group(0) for n in (3, 4) if len(stem) >= n]
    always = [name for name in longer if text.count(name) == text.count(short) > 1]
    return always[-1] if always else short
