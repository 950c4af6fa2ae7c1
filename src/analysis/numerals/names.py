"""What only looks like an amount: names, slogans, orders, ages, classes of things."""

from __future__ import annotations

import bisect
import re

from analysis.numerals.reading import BEFORE, Read
from analysis.numerals.units import bare

_SOLID = set(
    [
        "所",
        "座",
        "家",
        "处",
        "名",
        "间",
        "台",
        "辆",
        "套",
        "届",
        "次",
        "场",
        "场次",
        "天",
        "小时",
        "课时",
        "学时",
        "人",
        "户",
        "幢",
        "栋",
        "架",
        "艘",
        "棵",
        "株",
        "人次",
        "分钟",
        "个小时",
        "个工作日",
        "工作日",
        "节课",
        "倍",
        "批",
        "轮",
    ]
)
_ABSTRACT = re.compile(
    r" ?(?:\d|方面|关键|重点|维护|确立|自信|意识|环节|层面|阶段|领域|坚持|结合|原则|比例|机制|体系|转变|延伸|不变|提升|关系|步骤|任务|条件|"
    r"问题|难点|痛点|堵点|短板|弱项|目标|统筹|增长|允许|确保|必须|到位|全面|基本|一律|文明|代表|服从|务必|优先|率先|突出|更加|特色|明确|优化|强化|着力|专题|不|"
    r"围绕|抓手|载体|维度|视角|课堂|时期|百年|市场|导向|优势|主题|责任|办法|意见|方向|角度|定位|一|二|三|三|十|大局|主攻|先行|作用|"
    r"轮次|精准|重要|主要|变化|走在|一流|高地|高于|同步|没有|严禁|覆盖|落实|加强|创新|推进|过硬|示范|责任|“|\"|‘|[,，。、;；)）”\"])"
)
_BUILT = re.compile(
    r"(?:编写|编印|编制|开发|出版|新建|建成|创建|建设|建好|建立|设立|培育|引进|成立|改建|扩建|配备|新增|增设|开办|配齐|选派|设置|改造)了? ?$"
)
_OFTEN = re.compile(r"(?:每|[两三半]个?[月周年])[^。；;]{0,14}$|至少[^。；;，,]{0,6}$")
_POINTED = re.compile(
    r"(?:第|前|后|这|那|其|以下|上述|如下|下列|每|各|某|任|同|另|哪|其他|其余|唯|初|再|分|划|万|老|小|新一|统)[一]?$"
)
_CONGRESS = re.compile(
    r"[一二三四五六七八九十]+[中次]|[省市区县州旗党]?委|中央|人大|政协|人民|全国|历次|全会|常委|[省市区县]"
)
_TITLE = re.compile(r"《[^《》\n]{0,80}》|〈[^〈〉\n]{0,80}〉")
# 56人以上班级, 10亿元以上项目: a class of things, not a number to reach
_CLASS = re.compile(
    r"及?以[上下](?!的?(?:用于|用来|以|支持|开展|和|及|与|并|且|其中|等|资金|专项|经费|奖励|补助|补贴|贷款|投资|财政|目标|任务|规模|水平|增速|要求|速度|标准))"
    r"的?[\u4e00-\u9fff]"
)
# 提供6类以上服务的卫生室占比: which ones, not how many; 其中10亿元以上8个
_WHICH = re.compile(r"及?以上[一-龥]{1,10}的[一-龥]{2,10}(?:占比|比例|比重|率|数|达|不)")
_SIZES = re.compile(r"及?以上(?:的)?\d+[个家项户所]")
_PAUSE = re.compile(r"[，,。；;、]")
_LACKING = re.compile(r"的[一-龥]{2,8}(?:\d|[一二两三四五六七八九十]+[所个家])")
_OVER = re.compile(r"(?:超过?|突破|高于|不低于)$")
_THINGS = re.compile(r"(?:企业|项目|产业|集群|园区|城市|县|区|镇|村|龙头)")
_ASPECT = re.compile(r"(?:主要|重要|重点)?(?:方面|部分|环节|层面)|[百千万]*亿?元?级?新?(?:台阶|大关|关口)")
# 提出25项主要指标: how many are listed, nothing to reach
_KINDS = re.compile(r"(?:主要|预期性|约束性|具体|核心)?(?:指标|维度)|任务举措")
_ANNOUNCED = re.compile(r"(?:提出|设置|设定|设立|细化|部署|包括|包含|围绕|类|安全|发展)[了为出]?(?:[^，,。；]{0,8})$")
# 7万吨锌合金项目: the size of a project is a part of its name
_SIZED = re.compile(r"[^，,。；;、\d]{1,16}(?:项目|工程|基地|生产线|产业园)")
_CLASSED = {"money", "area", "length", "age", "score", "power", "mass"}
_QUOTE = re.compile(r"“[^“”\n]{1,24}”|\"[^\"\n]{1,24}\"|‘[^‘’\n]{1,24}’|「[^「」\n]{1,24}」")
_COUNTED = {"count", "person", "times", "session", "event", "score"}


_CARRIED_OUT = re.compile(r"(?:办好|办成|办实|办理|实施|落实|完成|推进|抓好)了?$")
# 5G is a name; of a line's width the letter is a unit (出口带宽1000M)
_GENERATION = re.compile(r"网络|基站|工厂|信号|演进|应用|通信|技术|专网|融合|[+＋-]|智|A|规模|轻量")
_MET = re.compile(r"(?:的)?(?:达标|合格|满意|以上)[一-龥]{0,4}率")  # 室温20℃达标率
_WIDTH = re.compile(r"带宽|网速|速率|宽带|光纤|专线|接入|出口")
# 完成率低于80%的约谈; 对就业率90%以上的学校给予奖励: a condition, nothing to reach
_CONDITION = re.compile(
    r"(?:及?以[上下内])?的[，,]?(?:[\u4e00-\u9fff]{0,4}(?:约谈|问责|追责|通报|取消|不予|扣减|扣除|暂停|停止|责令|一票否决|限期)"
    r"|(?P<who>[\u4e00-\u9fff]{0,8}?)(?:给予|予以|一律|实行))"
)
_OF_WHOM = re.compile(r"(?:对|凡|若|如果?)[^，,。；;]{0,30}$")
_IN_TURN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:各|均|分别)")
_OF_SO_MANY = re.compile(
    r"(?:主要|核心|监测|评估)?(?:指标|项目|任务)(?:中|里)?(?:至少|不少于|力争|确保|有|达到)?\d+[项个]"
)


# 排名前移5位, 进入全省前10位: a rank, not so many persons
_RANKED = re.compile(r"(?:前移|前进|跃升|上升|提升|晋升|上移|后移|下移|下滑|位次|名次|排名|(?<![目提之以])前)了?$")


class Names:
    """The titles and quotations of a text, to tell whether a number belongs to one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.titles = _Spans(_TITLE, text)
        self.quotes = _Spans(_QUOTE, text)

    def hold(self, low: Read, high: Read) -> bool:
        """Whether the number belongs to a name, a slogan, a date or an order rather than to a thing counted."""
        if self.titles.hold(low.start) or self._is_no_aim(low, high):
            return True
        quotable = high.kind in _COUNTED or high.kind == "time" or (high.is_han and high.kind != "rate")
        if quotable and self.quotes.hold(low.start):
            return True
        return _names(low._replace(end=high.end, unit=high.unit), self.text, bare(high.unit))

    def _is_no_aim(self, low: Read, high: Read) -> bool:
        """Whether the number only says who is meant: a condition, the length of the list before it, a letter of a name."""
        text, before = self.text, self.text[max(0, low.start - 40) : low.start]
        if high.unit in ("M", "G"):
            named = _GENERATION.match(text, high.end) or not (_WIDTH.search(before) or _WIDTH.match(text, high.end))
            return bool(named)
        if high.kind == "temperature" and _MET.match(text, high.end):
            return True
        condition = _CONDITION.match(text, high.end)
        if condition and (condition["who"] is None or _OF_WHOM.search(before)):
            return True
        if high.unit in ("项", "个") and _OF_SO_MANY.match(text, high.end):
            return True
        listed = _IN_TURN.match(text, high.end) if 2 <= high.value <= 9 else None
        return listed is not None and _counts_list(before, int(high.value))


def _counts_list(before: str, n: int) -> bool:
    """Whether a list of n members ends right before its own number: 东溪、西溪2个镇各新建1所."""
    return (
        re.search(
            rf"(?:^|[^\u4e00-\u9fff、])(?:[\u4e00-\u9fff]{{1,12}}[、和]){{{n - 1}}}[\u4e00-\u9fff]{{1,12}}$", before
        )
        is not None
    )


class _Spans:
    """The spans of a pattern in a text."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.spans = [m.span() for m in pattern.finditer(text)]
        self.starts = [a for a, _ in self.spans]

    def hold(self, at: int) -> bool:
        """Whether a place lies inside one of the spans."""
        i = bisect.bisect_left(self.starts, at) - 1
        return i >= 0 and at < self.spans[i][1]


def _names(read: Read, text: str, unit: str) -> bool:
    """Whether the number belongs to a name, a slogan, a date or an order rather than to a thing counted."""
    before, after = text[max(0, read.start - 16) : read.start], text[read.end : read.end + 8]
    if read.kind in ("mass", "volume", "power") and _SIZED.match(text, read.end):
        return bool(re.search(r"[\u4e00-\u9fff](?<![达到为产增能力量机模了成超约近破计])$", before))
    if read.kind in ("mass", "power", "volume", "length") and re.match(r"级(?!别)", after):
        return True  # 20万吨级航道
    if (read.kind == "rate" and before.endswith("前")) or (unit in ("位", "名") and _RANKED.search(before)):
        return True
    if read.is_han and unit == "轮" and re.match(r"(?!以)[一-龥]", after):
        return True  # 三轮巡察 is the third
    if read.is_han and unit == "次" and before.endswith("连续"):
        return True
    if unit in ("人", "名", "个") and re.search(r"(?:不足|不到|少于)$", before) and _LACKING.match(text, read.end):
        return True  # 不足30人的教学点
    if read.kind == "score" and re.match(r"及?以上\d", after):
        return True
    if read.kind == "years":
        return not re.search(r"年限[^,，。；;]*$", before)
    if read.kind == "age":
        return "寿命" not in _PAUSE.split(before)[-1]
    if read.kind in _CLASSED and _OVER.search(before) and re.match(r"的(?!资金|经费|投资|专项)[\u4e00-\u9fff]", after):
        return True
    if read.kind == "money" and _OVER.search(before) and _THINGS.match(text, read.end):
        return True
    if (read.kind in _CLASSED or unit in ("人", "人口")) and _CLASS.match(text, read.end):
        return True
    if _WHICH.match(text, read.end) or (read.kind == "money" and _SIZES.match(text, read.end)):
        return True
    if read.kind == "session":
        return bool(_CONGRESS.match(after)) or read.value > 60 or before.endswith("第")
    if unit in ("小时", "个小时") and read.value in (24.0, 48.0, 72.0) and not _OFTEN.search(before):
        return not BEFORE.search(before)
    if (
        unit == "件"
        and ((read.is_han and not _CARRIED_OUT.search(before)) or "实事" not in after)
        and re.match(r".{0,4}(?:实事|大事|要事)", after)
    ):
        return True
    if unit in ("项", "个", "大类") and _KINDS.match(after) and _ANNOUNCED.search(before):
        return True
    if (unit == "个" and _ASPECT.match(after)) or (unit in ("篇", "项", "个") and re.search(r"\w-$", before)):
        return True
    if not read.is_han:
        return (
            bool(re.match(r"(?:[个项条名])?(?:工程|行动|计划|战略)", text[read.end - len(unit) : read.end + 4]))
            and unit in "项条名个"
        )
    return _is_slogan(read, before, after, unit)


def _is_slogan(read: Read, before: str, after: str, unit: str) -> bool:
    if unit == "分" or (
        unit == "次" and (before.endswith("届") or re.match(r"(?:、[一二三四五六七八九十]+次)*全", after))
    ):
        return True
    if unit == "元" and read.value < 10:
        return not after.startswith(("钱", "以", "左右"))
    if (read.kind not in _COUNTED and unit not in _SOLID) or read.comparator or unit[0] in "万亿":
        return False
    if _POINTED.search(before) or re.match(r"工程|行动|计划|战略|体系", after):
        return True
    if read.value == 1:
        if _OFTEN.search(before) and (unit not in _SOLID or read.kind != "count" or _BUILT.search(before)):
            return False
        return not (
            unit in _SOLID - {"次", "场", "天", "批", "轮"} and (_BUILT.search(before) or BEFORE.search(before))
        )
    if unit in _SOLID:
        return bool(re.match(r"[一二三四五六七八九十]", after))
    if unit == "个":
        return bool(_ABSTRACT.match(after)) or not after
    return read.value < 10 or unit in ("条", "项", "点", "层", "类", "种", "位")
