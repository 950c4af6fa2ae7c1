"""The name of what a number measures, built from its clause and what the sentence carried so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import rjieba

from analysis.extract import lists, money, per, phrases, shares
from analysis.extract.clauses import Clause, Sentence, Slot

_GRADE = re.compile(r"^((?:国家|省|市|县|区|校|[^,，、]{2,4}[省市区县])(?:级)?)(?=[“\"])")
_PROGRESS = re.compile(
    r"(?:主体|前期|项目|竣工|完工|开工|投产|落地|建成|投用|动工|封顶|验收|通过|考核|考试|招聘|转岗|聘用|公开|选调|调入|退出|新开工|续建|完成|启动|"
    r"交付|入库|签约|保留|已|新建|改建|扩建|在建|摘帽|认定|获批)+"
)
_ATTRIBUTE = re.compile(
    r"(?:总|规划|设计)?(?:占地|建筑|用地|使用|总建筑)?面积|(?:计划|概算|估算|完成|累计完成)投资额?|(?:计划)?总投资额?|投资额|总投入|(?:规划|设计|办学|建设)(?:班级|规模|用地|学位|床位)|总?长度?|全长|"
    r"班级|座位|受益学生|受益群众|惠及群众|惠及居民|吸纳成员|成员|到位资金|涉及资金|总规模|总量|总数|总面积"
)

# 17个行业增加值增长5%: the 17 are the trades, not their output
_RISES = re.compile(r"同比|增长|下降|达|占|突破|完成|超")
_OWNED = re.compile(r"(.{2,}?)(?:增加值|规模|完成投资|总?投资|总?产值|收入|营收|占比)$")
_SERVES = re.compile(
    r"(?:覆盖|惠及|受益|服务|带动|可?容纳|涉及)(?:学校|学生|教师|群众|居民|农户|企业|人口|幼儿|村民|家庭)"
)
_PROJECT = re.compile(r"(?:工程|项目|计划|行动)$")
_MEAN = re.compile(r"^.*、(?=[班生人户校村]均)")
_SHARED = re.compile(r"[^、]{2,10}(?:输送|培养|引进|招聘|选派|培训|提供|配备|录取)(?=.{2})")
_TREATED = re.compile(r"(?P<who>学校|幼儿园|企业|单位|机构|乡镇|村)的?(?P<what>.{2,30}?)进行了?(?P<deed>.{2,6})$")
# 改善23所薄弱学校办学条件: the schools are counted
_BETTERED = re.compile(
    r"(?P<who>.*(?:学校|幼儿园|校|园|村|医院|机构|社区))的?(?P<what>(?:办学)?条件|环境|面貌|能力|设施)$"
)
_PART_OF = re.compile(r"(?P<who>学校|幼儿园|企业)(?P<what>.{2,6})的(?P<deed>.{2,4})$")  # 学校章程的修订
_PEOPLE = re.compile(
    r"(?:教师|学生|校长|园长|人员|干部|专家|骨干|人才|毕业生|研究生|党员|指导员|辅导员|特派员|志愿者|医生|护士)$"
)
_WORKS = re.compile(r"(?:改造|提升|改建|扩建|新建|续建|修缮|加固|改扩建)+")
_HELD = re.compile(
    r"((?:各)?(?:中小学校?|学校|幼儿园|班级|高校|中职学校|乡镇|村))(?:至少)?(?:开展|组织|举办|进行|召开)?$"
)
_STAGE = re.compile(phrases.STAGE)
_STAGE_OR_GRADE = re.compile(f"{phrases.STAGE}|{phrases.GRADE}")
_STAGED = re.compile(rf"(.{{2,}}(?:量|值|数|面积))({phrases.STAGE})$|(.{{3,}})({phrases.GRADE})$")
_OWNED_BY = re.compile(r"的([^,，。；;、]{2,14})")
_HAS = re.compile(r"^.*?有(?=[国省市县])")
_GIVEN = re.compile(r"(减免|免除|发放|安装|配备|提供|购置|补助|办理|配送|落实)(.{2,12})$")
_BETTER = re.compile(r"(?:改善|提升|优化)$")
_DONE = re.compile(r"(?<=..)(?:开工|竣工|完工|投产|建成|投用|入库|签约|封顶)$")
_AIM = re.compile(
    r"^(?:提高|提升|降低|增加|扩大|普及|巩固|发展|推进|加快|加强|完善|健全|优化|规范|深化|改善|强化|提标)+(?=..)"
)
_YIELD = re.compile(r"(?:总|年|年度|单)?产量?")  # of the crop named before
_FIELDS = ("单产", "总产", "亩产", "产量", "播种", "种植", "面积")  # measures, no crops
_STATED = re.compile(
    r"(.{2,}?(?:总值|收入|产量|产值|增加值|规模|总额|总量|人数|面积|投资|营收|能力))(?:历史性地?)?"
    r"(?:连跨|跨越?|再上|迈|跃|突破|实现|保持|稳|持续|再创|再获|创|首次|不断|大幅|快速|明显|显著|较快|翻)"
)
_AMONG = re.compile(rf"{phrases.GRADE}|主城区|城区|镇区|县域|市区|乡镇|县城|[市省县区]属|[一-龥]{{1,3}}[市县区]")
_YEARS = re.compile(r"(?:20\d\d年度?[、和及])+20\d\d年度?")
_MEASURE = re.compile(
    r"(?:总)?产[量值]|增加值|营业收入|营收|成交额|销售额|交易额|利润(?:总额)?|总额|出口额?|进口额?|单产"
)


_FUND = re.compile(r"(?:经费|资金|基金|补助|补贴|津贴|奖励|奖金|奖学金|助学金)$")


@dataclass
class Carried:
    """What a sentence hands from number to number."""

    name: str = ""  # the last indicator
    noun: str = ""  # the last thing counted, without verb and suffix
    verb: str = ""
    topic: str = ""  # what a clause without a number is about
    deed: str = ""  # what was done to the things last counted
    per: str | None = None  # the denominator of the list that is being read
    project: str = ""  # the clause that names the project which the sentence is about
    told: bool = False  # whether `fresh` is still to be read for its topic
    fresh: str = ""  # that clause itself, while it is the last one
    grade: str = ""
    kind: str = "level"
    among: bool = False  # parts of the last thing counted follow (其中城区3所、镇区2所)
    recent: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)  # A、B and C of “分别”, one a number
    next_member: int = 0


_CLAIM = re.compile(r"不断|更加|持续|显著|明显|有力|有效|落地|见效|全面|稳步|了|新|再|[、，,]")
_NAKED = re.compile(
    r"(?:覆盖|参与|参训|参赛|达标|合格|完成|整改|优秀|满意|就业|录取|上线|退费|开设|开出|配备|到位|办结)率|覆盖面?|参赛面|参与面|"
    r"权重|标准|(?:总)?投入|总数|总量|占比|比例|增速|补助|数量"
)


_HARVEST = re.compile(r"(?:总|年|全年)?产量?|单产|亩产|(?:播种|种植)面积")
_CROP = re.compile(r"[—\-―]*((?!农业|工业|安全|生态|国内|地区|社会)[一-龥]{2,3}?)(?:生产|种植|产能|产业)")


def with_heading(name: str, heading: str | None) -> str:
    """A name that is a bare measure with the thing that its item's heading, or its paragraph's lead, names in front."""
    crop = _CROP.match(heading) if heading and _HARVEST.fullmatch(name) else None
    if crop:
        return crop[1] + name
    if not heading or not _NAKED.fullmatch(name) or _CLAIM.search(heading):
        return name
    _, thing = phrases.split_verb(_AIM.sub("", phrases.clean(heading)))
    return thing + name if 2 <= len(thing) <= 12 and "、" not in thing and not phrases.is_verb(thing) else name


def note(clause: Clause, carried: Carried) -> None:
    """Keeps what a clause without a number is about: the object of its verb."""
    carried.fresh = clause.text
    carried.told = True
    if _PROJECT.search(clause.text):
        carried.project = clause.text


def _read_topic(carried: Carried) -> None:
    if not carried.told:
        return
    carried.told = False
    fresh = phrases.clean(carried.fresh)
    stated = _STATED.match(fresh)  # 粮食总产量再上新台阶
    _, topic = ("", stated[1]) if stated else phrases.split_verb(_AIM.sub("", fresh))
    if 2 <= len(topic) <= 24:
        carried.topic = topic
        carried.noun = ""


def names(sentence: Sentence, clause: Clause, slot: Slot, carried: Carried) -> list[str]:
    """The indicator of a number; several where one number is said of several things (A和B各n); [] if none is found."""
    _read_topic(carried)
    before, _ = per.without(phrases.unranked(slot.before) if slot.linked else slot.before)
    before = phrases.COMPARED.sub("", phrases.CHANGE.sub("", before))
    found = _listed(clause, slot, before, carried)
    if not found:
        name = _one(sentence, clause, slot, before, carried)
        found = lists.together(before, name) if name else []
    found = [f for f in (x.strip("的、，, ") for x in found) if len(f) > 1]
    carried.fresh = ""
    if found:
        carried.name = found[-1]
        carried.recent += found
    return found


def _listed(clause: Clause, slot: Slot, before: str, carried: Carried) -> list[str]:
    """The member of a list whose turn it is (A、B分别达到x、y)."""
    if "分别" in before and _YEARS.search(before):
        before = _YEARS.sub("", before).replace("分别", "")  # the numbers are of one thing
    if "分别" in before or _bare_list(clause, slot, before):
        head = before.rsplit("分别", 1)[0]
        head = head if len(phrases.clean(head)) > 1 or not carried.fresh else re.sub(r"从无到有$", "", carried.fresh)
        n = sum(s.amount.start >= slot.amount.start for s in clause.slots)
        text = phrases.clean(phrases.CHANGE.sub("", phrases.COMPARED.sub("", head)))
        if _ATTRIBUTE.fullmatch(text) and (carried.topic or carried.noun):
            carried.members = [m + phrases.clean(head) for m in lists.members(carried.topic or carried.noun, n)]
            carried.next_member = 1
            return carried.members[:1]
        verb, nouns = phrases.split_verb(text) if slot.amount.kind != "rate" else ("", text)
        carried.members = lists.members(nouns, n) if nouns else carried.recent[-n:]
        carried.members = (
            [verb + m + phrases.suffix(m, slot.amount) for m in carried.members] if nouns else carried.members
        )
        carried.next_member = 0
    elif not carried.members or len(phrases.clean(before)) > 1:
        carried.members, carried.next_member = [], 0
    elif slot is clause.slots[0] and len(clause.slots) == len(carried.members):
        carried.next_member = 0
    if not carried.members or carried.next_member >= len(carried.members):
        return []
    carried.next_member += 1
    return [carried.members[carried.next_member - 1]]


def _bare_list(clause: Clause, slot: Slot, before: str) -> bool:
    """Whether as many numbers follow each other as things stand before the first: A、B下降17.6%、11.6%."""
    at = clause.slots.index(slot) if slot in clause.slots else len(clause.slots)
    n = 1
    for other in clause.slots[at + 1 :]:
        if not other.linked or other.before or other.amount.kind != slot.amount.kind:
            break
        n += 1
    text = phrases.clean(before)
    return n > 1 and len(text) < 60 and len(lists.parts(text)) == n and all(len(p) > 1 for p in lists.parts(text))


def _one(sentence: Sentence, clause: Clause, slot: Slot, before: str, carried: Carried) -> str:
    kind = slot.amount.kind
    text = phrases.clean(before)
    if not carried.name and _STAGE.fullmatch(text) and phrases.MEASURED.search(carried.topic):
        return text + carried.topic
    if not text and carried.fresh and (stated := _STATED.match(phrases.clean(carried.fresh))):
        return stated[1]
    if text == "标准" and (carried.topic or carried.name):
        return (carried.topic or carried.name).removesuffix(text) + text
    if _YIELD.fullmatch(text) and (carried.name or carried.topic):
        crop = next(iter(rjieba.cut((carried.fresh and carried.topic) or carried.name or carried.topic)))
        text = ("" if crop in _FIELDS else crop) + text.replace("年度", "")
    elif _MEASURE.fullmatch(text) and (carried.name or carried.topic):
        text = _subject(carried) + text
    owner = _OWNED_BY.match(slot.after)
    own = phrases.split_verb(text)[1]
    if _ATTRIBUTE.fullmatch(text) or (owner and _ATTRIBUTE.fullmatch(own)):
        text = own if _ATTRIBUTE.fullmatch(own) else text
        noun = phrases.noun_after(owner[1])[0] if owner else carried.noun or carried.topic
        return _attribute(noun, text, slot, carried)
    if kind == "money":
        if not text and carried.fresh and _FUND.search(carried.topic):
            return carried.topic  # 设立专项经费，每室每年3万元
        return money.name(clause, sentence, slot, text, carried.noun or carried.topic, carried.name)
    if kind in ("rate", "points", "ratio", "concentration", "age", "score", "place"):
        return shares.name(slot, before, text, carried.noun or carried.topic, carried.name)
    return _count(slot, before, text, carried)


def _subject(carried: Carried) -> str:
    """The thing whose measures follow each other: 粮食 of 粮食播种面积, 规模以上工业企业 of 规模以上工业企业数."""
    if carried.noun and not phrases.MEASURED.search(carried.noun):
        return carried.noun
    if not carried.name:
        return carried.topic
    words = list(rjieba.cut(carried.name))
    return words[0] if len(words) > 1 else ""


def _attribute(noun: str, text: str, slot: Slot, carried: Carried) -> str:
    text = re.sub(r"^吸纳", "", text)
    if noun.endswith(text):
        text = ""
    carried.topic = carried.noun = noun
    return noun + text + phrases.suffix(text, slot.amount)


def _count(slot: Slot, before: str, text: str, carried: Carried) -> str:
    """The name of things counted or measured, which stand before or after their number."""
    noun, rest = phrases.noun_after(slot.after)
    if slot.amount.kind == "person" and _PEOPLE.search(text) and text not in (noun, ""):
        return _sent(text, slot, carried)  # 选派教师60名下沉支教
    measure = slot.amount.kind in ("area", "length", "mass", "volume", "time", "data", "power", "energy")
    if noun and not (measure and len(text) > 1 and not phrases.is_verb(text)) and not text.endswith(("数", "数量")):
        return _prenominal(slot, before, text, noun, rest, carried)
    text = _graded(slot, _MEAN.sub("", text), carried)
    if carried.name and _STAGE_OR_GRADE.fullmatch(text):
        swapped = shares.other_stage(carried.name, text)
        if swapped:
            return swapped
    if carried.noun and _AMONG.fullmatch(text) and (slot.before.startswith("其中") or (slot.linked and carried.among)):
        carried.among = True
        return text + _whole(slot, carried)
    told = _from_carried(slot, before, text, carried)
    if told is not None:
        return told
    if slot.amount.kind == "time" and noun and not rest:
        text += noun  # 每周3天深入基层和课堂
    return _postnominal(slot, text, carried)


def _whole(slot: Slot, carried: Carried) -> str:
    """The thing of which parts are told, with the verb that makes it a change."""
    verb = carried.verb if carried.verb in ("新增", "净增", "增加") else ""
    return verb + carried.noun + phrases.suffix(carried.noun, slot.amount)


def _graded(slot: Slot, text: str, carried: Carried) -> str:
    """The text with its grade or stage in front: 校园足球学校国家级 gives 国家级校园足球学校."""
    grade = _GRADE.match(_HAS.sub("", slot.before))
    if grade:
        carried.grade = grade[1]
    elif slot.linked and carried.grade and slot.before[:1] in ("“", '"'):
        text = carried.grade + text
    m = _STAGED.match(text)
    return (m[2] or m[4]) + (m[1] or m[3]) if m else text


def _from_carried(slot: Slot, before: str, text: str, carried: Carried) -> str | None:
    """The name where the words hold a verb only and the thing was named before; None where they name it."""
    thing = carried.noun or carried.topic
    if _PROGRESS.fullmatch(text) and thing:
        done = _DONE.sub("", thing) + text
        return done + phrases.suffix(done, slot.amount)
    if slot.linked and thing and _WORKS.fullmatch(text):
        return text + thing + phrases.suffix(thing, slot.amount)
    held = _HELD.match(text) if slot.amount.kind in ("times", "event") and carried.name else None
    if held and carried.name.endswith(("次数", "场数")):
        return held[1] + carried.name
    if len(text) < 2 and slot.amount.kind == "times" and carried.deed:
        return carried.deed + phrases.suffix(carried.deed, slot.amount)
    if _SERVES.fullmatch(text) and carried.noun:
        return carried.noun + text + phrases.suffix(text, slot.amount)
    if len(text) >= 2 and not phrases.CHANGE.fullmatch(text):
        return None
    if not carried.noun and carried.project and "完成" in before:
        _, project = phrases.split_verb(phrases.clean(carried.project))
        return project + "完成" + ("学校数" if slot.amount.unit == "所" else "数")
    if not text and slot.linked and carried.noun and carried.name.endswith(phrases.suffix(carried.noun, slot.amount)):
        return carried.name
    known = carried.topic if carried.fresh and carried.topic else carried.name or carried.topic
    own = text + carried.noun if carried.noun else known
    return own + phrases.suffix(own, slot.amount) if own else ""


def _postnominal(slot: Slot, text: str, carried: Carried) -> str:
    """幼儿园25所: the noun stands before the number; a list shares its verb."""
    verb, nouns = phrases.split_verb(text)
    if slot.linked and not verb and (shared := _SHARED.match(carried.noun)) and carried.noun[-1:] == nouns[-1:]:
        nouns = shared[0] + nouns  # 为高校输送本科生90名、专科生60名
    stated = re.search(r"达|为|超|突破|增至|总量|共", slot.before)
    if not verb and slot.linked and carried.verb and not stated and not phrases.MEASURED.search(nouns):
        verb = carried.verb
    return _finish(verb, nouns, slot, carried)


def _sent(text: str, slot: Slot, carried: Carried) -> str:
    """Persons named before the number, with what they do after it."""
    verb, nouns = phrases.split_verb(text)
    said = phrases.said_of(phrases.QUOTES.sub("", slot.after)) if verb else ""
    whole = _finish(verb or (carried.verb if slot.linked else ""), nouns, slot, carried)
    return verb + said + whole[len(verb) :] if said else whole


def _prenominal(slot: Slot, before: str, text: str, noun: str, rest: str, carried: Carried) -> str:
    """5所中等职业教育特色学校: the noun stands after the number, the verb before it."""
    if _RISES.match(rest) and (owner := _OWNED.match(noun)):
        noun = owner[1]
    verb = phrases.verb_before(text)
    if not text and slot.linked:
        verb = carried.verb
    given = _GIVEN.match(rest)
    if given and re.search(r"(?<![作行认])[为给](?:全?[县市区省校])?$", before):
        people = phrases.suffix(noun, slot.amount)
        carried.noun, carried.verb = noun, ""
        return noun + given[2] + given[1] + people if people == "人数" else given[0] + noun + people
    treated = _TREATED.match(noun + rest) if before.endswith("对") else None
    if treated:  # 对9所学校的记录进行检查: the schools are counted, their records checked
        return _finish(treated["what"] + treated["deed"], treated["who"], slot, carried)
    said = "" if before.endswith("对") else phrases.said_of(rest)
    said = said.removesuffix(noun)
    carried.deed = re.sub(r"^(?:开展|进行|实施)", "", said or rest)
    role = phrases.ROLE.match(rest)
    if role and slot.amount.kind == "person":
        return _finish(verb, phrases.said_of(rest[role.end() :]) or noun, slot, carried)
    better = _BETTERED.match(noun)
    deed = _BETTER.search(slot.before) if better else None
    if deed and better:
        return _finish(deed[0] + better["what"], better["who"], slot, carried)
    of = phrases.SUBJECT_OF.match(noun)
    if of:
        noun = re.sub(r"经验$", "", of["what"]) + of["who"]
    elif part := _PART_OF.match(noun):
        noun = part["deed"] + part["what"] + part["who"]
    whole = _finish(verb, noun, slot, carried)
    return verb + said + whole[len(verb) :]


def _finish(verb: str, noun: str, slot: Slot, carried: Carried) -> str:
    noun = noun.strip("、和的")
    carried.verb, carried.noun = verb, noun
    return verb + noun + phrases.suffix(noun, slot.amount)
