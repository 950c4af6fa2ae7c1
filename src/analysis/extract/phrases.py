"""Words around a number: what is dropped from a name, what is kept, where a noun phrase ends.

The lists of verbs and of time, place and manner words are in `codebook/common/clauses.csv`.
"""

from __future__ import annotations

import functools
import re

from analysis import lexicon
from analysis.numerals import Amount

QUOTES = re.compile(r"[“”\"‘’「」\s]|[［\[〔]\d{1,3}[］\]〕]")  # with the marks of notes
_UP_DOWN = "提高|提升|增加|增长|上升|上涨|扩大|进步|下降|降低|减少|压缩|缩短|缩小|压减|回落|收窄|净增|增收|高出|改善|扩展|拓展|跃升|回升|攀升|上调|下调|延长"
CHANGE = re.compile(rf"(?<!改造)(?:{_UP_DOWN}|新增|增|减|降)(?:了|约|近|超|超过|不低于|不少于|至少|幅度|\s)*$")
REACHED = re.compile(rf"(?:{_UP_DOWN}|调整|增|降|升|提|扩|压|涨|拓)(?:到|至|为)了?")
LEVEL_TO = re.compile(REACHED.pattern + "$")
ADDED = re.compile(r"(?:新增|净增|增加)(?!值)[^率数额值,，]{1,24}$")
COMPARED = re.compile(
    r"(?:较|(?<![占对同评攀类])比(?![例重率较值赛])|同比|环比|(?<!不)高于|(?<!不)低于|高出|快于|优于|(?<=[,，])高|(?<=[,，])低)[^,，、]{0,16}$"
)
STAGE = "小学|初中|普通高中|高中阶段|高中|幼儿园|中职学校|中职|高职|学前教育|学前|职业高中|特殊教育学校|特教|城镇|农村|城市|乡村|公办园|民办园"
GRADE = "国家级|省级|市级|县级|区级|校级"
MEASURED = re.compile(
    r"(?:率|比例|比重|占比|数|量|额|值|费|资金|投资|收入|支出|面积|里程|标准|水平|规模|强度|指数|增速|涨幅|降幅|投入|经费|程度|浓度|时间|寿命|"
    r"人次|价格|成本|时长|带宽|积分|得分|装机|容量|贷款|余额|存款|补助|津贴|待遇|学费|总量|缺口|覆盖面)$"
)
_NOUN_END = re.compile(
    r"(?<!^)(?:到(?!位|校率)|对(?!口|外|象|接|标)|为(?!主)|在(?!校|职|园|岗|编|册|读|建|线)|赴|向(?!导)|从(?!业|教)|用于|用来|以(?!上|下|内|来|色)|担任|作为|"
    r"参加|参与|进入|进行|开展|实行|实施|达到|均|已|被|获得|获评|获|纳入|投入|建成|开工|完工|竣工|投产|投用|通过|成为|得到|享受|接受|入选|入围|上榜|"
    r"列入|全部|实现|完成|启动|同比|较上年|比上年|增长|下降|发放|减免|安装|免除|送(?!教)|落地|挂牌|申报|创办|创成|创建成|晋升|升格|评为|认定为|由(?!来)|组成|"
    r"分配|配备|提供|(?:平稳|顺利|安全)度过|的(?:目标|要求|标准|任务|规模|水平)?$|共(?!同|建|享|育|体)|免费|如期|(?:基本|全部|全面|均已?)(?=完成|建成|实现|兑现|消除|铺开|推开|启动|落地|到位)|(?<!^)深入|[,，。；;：:]|[（(](?![市区县旗镇乡、]+[)）])|(?<![岁级元])以[上下]|左右|的同时|突破|超(?![市算级高大声])|[上下]半年|年内|年底前?|当年)"
)
# 两个投资10亿元以上的项目: which ones
_SIZED = re.compile(r"^(?:计划|估算|年)?(?:总?投资|产值|营收|营业收入|面积|产能)[\d.]+[^,，。；;、的]{1,6}以上的")
_NO_NOUN = re.compile(
    r"^(?:[、,，。；;：:）)（(”\"]|和|及|与|到|对(?!口|外|接|标)|为|在(?!校|职|园|岗|编|册|读|建)|赴|从(?!业|教)|向|用于|用来|以|并|均|已|被|进行|参加|获|通过|投入|"
    r"完成|建成|全部|达到|占|比|较|同比|增长|下降|提高|的(?:目标|标准|要求|速度|任务|规模|水平|增速|比例|$)|左右|以上|以下|以内|之间|不等|规模(?![以化])|开工|竣工|完工|"
    r"是|由|共|等$|(?:新的?)?(?:大关|关口|台阶)|建设|实施|实行|用|分|转岗|支持|推进|确保|力争|实现|其中|列|居|位居|创|[A-Za-z]?$|开展|时|后|内|前)"
)
_ASIDE = re.compile(r"[（(](?![市区县旗镇乡、]+[)）])[^（()）]{1,8}[)）](?=[\u4e00-\u9fff])")
_REST_OFF = re.compile(
    r"^(?:被|在|均|已|共|全部|免费|开展|实现|命名为|评为|认定为|成为|成|获得了?|被命名为|被评为|被认定为|列为)+"
)
_NO_REST = re.compile(
    r"^(?:投入使用|投用|投入|用于|的|实行|进行|建成|开工|竣工|完工|同比|较|比|增长|下降|完成|以|从|左右|为$|[,，（(])"
)
ROLE = re.compile(r"^(?:担任|作为|创办成?|创建成?|建成|成为)")
SUBJECT_OF = re.compile(
    r"^(?P<who>.*?(?:教师|学生|考生|学校|专业|企业|干部|党员|人员|群众|选手|校长|集团|幼儿园|乡镇|村))的(?P<what>.{2,})$"
)


@functools.cache
def words(role: str) -> str:
    """The pattern of a role in the table of clause words."""
    return {row["id"]: row["pattern"] for row in lexicon.table("common/clauses")}[role]


@functools.cache
def _compiled(role: str) -> re.Pattern[str]:
    pattern = words(role)
    if role == "lead":
        return re.compile(rf"(?:{pattern})++")
    if role == "tail":
        return re.compile(rf"(?:{pattern})++$")
    if role == "tail_kept":
        return re.compile(rf"(?:{pattern})$")
    longest = "|".join(sorted(pattern.split("|"), key=len, reverse=True))
    if role == "keep":
        return re.compile(rf"(?:{longest})(?:了|好)?")
    return re.compile(rf"(?:{longest})(?:了|好)?(?=..)")


@functools.cache
def _verb_end() -> re.Pattern[str]:
    both = sorted(set((words("keep") + "|" + words("drop")).split("|")), key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(both)})[、和并]?)++(?:了|好|出)?$")


_AGENT = re.compile(
    r"^(?:[^,，、]{0,6}?[区市县省]?(?:教育局|教育系统|财政局?|政府|党工委|教体局|卫健委|人社局|各部门|各校|各学校)(?:每年|共|累计|全年)*)"
    r"(?!自给|补贴|赤字|转移|经常|贡献|负担|拨款|投入|收入|支出|债务|性|预算|补助|教育|党组织|党员|规章|网站|数据|服务|采购|投资|债券|融资|专项|立法|购买)(?=..)"
)


_MEANS = re.compile(r"^(?:通过|采取|采用|利用)[^,，]{2,30}?(?:途径|方式|形式|渠道|办法|举措|通道)")
# 以一小为龙头的, 与企业共建: how and with whom
_LED_BY = re.compile(r"以[^,，；;]{2,40}?为(?:龙头|依托|主体|核心|载体|抓手|纽带|引领|基础|骨干|支撑|主)的?(?=.{2})")
_WITH = re.compile(r"^[^,，、]{0,14}?(?:与|会同|联合|携手)[^,，、]{2,14}?(?=共建|共同|合建|联建|合办|联办|合作)")


# 5课后服务参与率: a list mark that lost its point; 3岁以下 and 5G are words
_UNMARKED = re.compile(
    r"^\s*\d{1,2}(?=[\u4e00-\u9fff]{3})(?![年月日岁级号名个项所家条类种件次亩吨米元天周班万亿千百十多余])|^(?:[^\d]{0,20}\d[\d.]*[万亿]、){1,6}"
)
# 稳居全国前十强、增长4.8%: a rank between two numbers of one thing
_RANKED = re.compile(r"^[、,，]?[\u4e00-\u9fff]{0,3}(?:居|位列|排名|创|连续|高于|低于|快于)[^、，,]{1,16}、")


# 在园幼儿不足30人的小微园: which ones, not how many
_WHICH = re.compile(r"(?:在[校园读]|班额|学位)?(?:幼儿|学生|人数|人口|生源)*(?:不足|不到|少于)\d+[^、，,\d的]{1,4}的")


def unranked(text: str) -> str:
    """The words before a number without the rank that the number before it reached."""
    return _RANKED.sub("", text)


@functools.lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """A phrase without quotes, without time, place, manner and agent in front and the verbs behind."""
    text, before = _UNMARKED.sub("", _WHICH.sub("", _MEANS.sub("", QUOTES.sub("", text)))), ""
    text = _WITH.sub("", _LED_BY.sub("", text))
    while before != text:
        before = text
        lead = _compiled("lead").match(text)
        text = tail_off(text[lead.end() :] if lead else text)
        text = _IN_ALL.sub("", text)
        agent = _AGENT.match(text)
        text = text[agent.end() :] if agent else text
    return text.strip("的了、,，")


_IN_ALL = re.compile(r"^(?:共|总共|合计)(?=建成|完成|新建|创建|培育|打造|实现|获|开展|举办|$)")


def is_verb(text: str) -> bool:
    """Whether a phrase is nothing but verbs of the table (严守, 完成)."""
    return bool(_verb_end().fullmatch(text))


_KEPT_AT = re.compile(r"(?<=率)(?:控制|稳定|保持)在(?:警戒线|合理区间|预警线|红线)$")


def tail_off(text: str) -> str:
    """The text without the verbs and adverbs that lead to a number."""
    text = _KEPT_AT.sub("", text)
    at = max(0, len(text) - 24)
    m = _compiled("tail").search(text, at)
    if not m:
        return text
    for end in range(m.start() + 1, min(len(text), m.start() + 3) + 1):
        if _compiled("tail_kept").search(text, max(0, m.start() - 4), end):
            return text[:end]
    return text[: m.start()]


@functools.lru_cache(maxsize=8192)
def split_verb(text: str) -> tuple[str, str]:
    """Verb and object of a phrase; a verb that names no deed (建成, 达到) is dropped."""
    while (m := _compiled("drop").match(text)) and not MEASURED.fullmatch(text[m.end() :]):
        text = text[m.end() :]
    m = _compiled("keep").match(text)
    if m is None or len(text) - m.end() < 2 or _COMPOUND.match(text, m.end()):
        return "", text
    verb, rest = m[0].rstrip("了好"), text[m.end() :]
    if rest[:1] in "、和并" and (more := _compiled("keep").match(rest, 1)) and len(rest) - more.end() > 1:
        return verb + "、" + more[0].rstrip("了好"), rest[more.end() :]
    return verb, rest


def verb_before(text: str) -> str:
    """The verb right before a number, "" where it names no deed."""
    m = _verb_end().search(text, max(0, len(text) - 12))
    verb = re.sub(r"[了好出]$", "", m[0]) if m else ""
    return verb if verb.endswith(_kept()) else ""


@functools.cache
def _kept() -> tuple[str, ...]:
    return tuple(words("keep").split("|"))


@functools.lru_cache(maxsize=8192)
def noun_after(text: str) -> tuple[str, str]:
    """The noun phrase after a number and its classifier, and what is said of it; "" where none follows."""
    text = _SIZED.sub("", _ASIDE.sub("", QUOTES.sub("", text)))
    if _NO_NOUN.match(text):
        return "", ""
    m = _NOUN_END.search(text)
    noun, rest = (text[: m.start()], text[m.start() :]) if m else (text, "")
    return noun.strip("、和的了等并及与"), rest


def said_of(rest: str) -> str:
    """What is said of a noun, ready for its name (被命名为市级文明校园 gives 市级文明校园); "" where it adds nothing."""
    if _NO_REST.match(rest):
        return ""
    rest = re.sub(r"中(?=获)|[,，。；;（(].*$|、(?!.*等).*$", "", _REST_OFF.sub("", rest))
    return rest.strip("、的") if 1 < len(rest) <= 22 else ""


_COMPOUND = re.compile(r"(?:项目|工程|任务|计划|资金|人员|活动|经费|机构|基地|中心|机制|对象|点(?!位))")
_NO_SUFFIX = {
    "years",
    "rate",
    "points",
    "money",
    "ratio",
    "mass",
    "concentration",
    "temperature",
    "volume",
    "power",
    "energy",
    "age",
    "score",
    "place",
    "speed",
    "flow",
}
_SUFFIX_KIND = {"session": "届数", "event": "场数", "times": "次数", "area": "面积"}
_SUFFIX_UNIT = {
    "天": "天数", "课时": "课时", "学时": "学时", "节课": "节数", "小时": "时间", "个小时": "时间", "分钟": "时间",
    "M": "带宽", "G": "带宽", "Gbps": "带宽", "工作日": "时限", "个工作日": "时限", "公里": "里程", "千米": "里程", "兆": "带宽", "个班": "班级数", "节": "节数", "轮次": "轮次数",
}  # fmt: skip
_WHOLE = re.compile(
    r"(?:人数|总数|数量|次数|届数|天数|面积|里程|规模|总量|存量|保有量|时间|课时|学时|时长|长度|带宽|人次|时限|缺口|数|量)$"
)
_NOT_PEOPLE = re.compile(
    r"(?:人|人员|学位|园位|床位|岗位|编制|幼儿位|座位|就业岗位|指标|名额|对象|家庭|主体|企业|计划|经营户|个体户|农户)$"
)


def suffix(noun: str, amount: Amount) -> str:
    """What makes a thing a measure: 数, 人数, 面积, 次数; "" where the noun is a measure already."""
    bare = amount.unit.lstrip("万亿")
    if amount.kind in _NO_SUFFIX or noun.endswith(("排名", "位次", "名次")) or _WHOLE.search(noun):
        return ""
    if bare in _SUFFIX_UNIT:
        return _SUFFIX_UNIT[bare]
    if bare.endswith("次") and bare != "次":
        return bare
    if amount.kind == "length":
        return "" if MEASURED.search(noun) else "长度"
    if amount.kind == "person":
        return "数" if _NOT_PEOPLE.search(noun) else "人数"
    if amount.kind == "household":
        return "数" if noun.endswith("户") or _NOT_PEOPLE.search(noun) else "户数"
    return _SUFFIX_KIND.get(amount.kind, "数")
