"""What reads as a document's title, what a download site hung on it, and the plan that a notice's title names."""

from __future__ import annotations

import re

from analysis.parse import foot, labels, lines

NOUN = (
    r"(?:要点|计划|规划|纲要|方案|意见|报告|总结|汇报|措施|思路|安排|打算|通知|决定|批复|函|办法|规则|细则|条例|预案|公告|通告|通报|建议|分解表?|分工|清单"
    r"|目标任务|重点工作|工作任务|主要任务|答复|规定|部署|行动|讲话|述职|令|简报|纪要|解读|实事|举措|政策|名单|小结|情况|指引|指南|台账|任务书|责任书|一览表)"
)
TITLE = re.compile(rf"(?:{NOUN}|^中华人民共和国[\u4e00-\u9fff]{{2,30}}法)》?(?:[（(【][^）)】]{{1,24}}[）)】]){{0,2}}$")
NOTICE = re.compile(
    r"(?:印发|转发|下发|发布|公布|批转|颁布)(.{2,120})的(?:通知|函|公告|决定)$|(?:印发|发布|公布)《(.{2,80})》$"
    r"|(?:征求|征集|听取)(?:对|关于)?[^《》]{0,12}《(.{2,80}?)》(?:[（(][^（()）]{2,10}[）)])?.{0,8}意见(?:和?建议)?的(?:通知|函|公告|通告)$"
)
METADATA = re.compile(
    rf"^[-•·\s]{{0,3}}[\u4e00-\u9fff（）() ]{{2,12}}[:：]|^[-•·]\s|^新华社[^，。]{{2,12}}电$|^{labels.LINE}"
)
SENTENCE = re.compile(r"[。！？；]")
BEHIND = re.compile(
    rf"(?<=[\u4e00-\u9fff）)》])[，,]\s?([\u4e00-\u9fff]{{0,40}}?{foot.AUTHORITY})等?$"
)  # 规划，市教育局
_JUNK_TAIL = re.compile(
    r"\s*(?:[-_—|｜]\s*\d{1,3}\s?篇.*|[（(]?(?:第\s?\d+/\d+\s?页|精选\s?\d+\s?篇|共\s?\d+\s?篇|通用\s?\d+\s?篇|最新)[）)]?.*"
    r"|范文(?:大全|模板)?|[_|｜-][^_|｜-]{2,20}(?:网|门户|平台|文库))$"
)
_JUNK_HEAD = re.compile(r"^(?:[【\[](?:转载|原创|推荐|精品)[】\]]|附件?\s?\d{0,2}[:：])\s*")
_NUMBER_BEHIND = re.compile(
    r"(?<=的通知|的意见|的决定)[\u4e00-\u9fff]{2,12}[〔［\[（(]\s?(?:19|20)\d\d\s?[〕］\]）)]\s?\d{1,5}\s?号$"
)
_DATED = re.compile(
    r"[ \u3000]?[（(]\s?(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日[^（）()\n]{0,60}[）)]"
)  # …的意见（2024年9月21日）; …条例（2021年6月10日县人大通过）
_ORDER = re.compile(r"^[^《》]{2,24}(?:院|局|部|委员会|办公室|政府|主席)令$")  # stands over the order's own title
_RUNS_IN = re.compile(rf"([^，。；：]{{4,50}}?{NOUN})(?=(?:19|20)\d\d年|今年|为|根据|按照|一、|第一)")
_RUNS_IN_BLANK = re.compile(
    r"([^，。；：\n]{4,50}?(?:要点|计划|规划|纲要|方案|意见|报告|总结|汇报|思路|通知|决定)(?:[（(][^）)\n]{1,24}[）)])?)(?=[ \u3000])"
)  # 工作计划 全县
_MENU = re.compile(
    r"^[^，。；：\n]{0,100}?(?:首页|下载|文库|VIP|登录|注册|搜索|频道|导航|当前位置|课件|论文|试卷)", re.I
)
_BEHIND_BLANK = re.compile(
    r"(?<=[ \u3000])([^ \u3000，。；：\n]{6,50}?(?:要点|计划|规划|纲要|方案|意见|报告|总结|汇报|思路)(?:[（(][^）)\n ]{1,24}[）)])?)(?=[ \u3000]+\S)"
)
_OF_A_PART = re.compile(
    r"(?:总体|基本|主要|重点|工作|今后|下一步|年度|具体|保障|组织|目标|思路|任务|措施|安排|打算|情况|部署|要求|政策|建议|规划|计划|和|与|及|、)+$"
)  # 总体思路; 主要任务和措施
_BEFORE = re.compile(
    r"^.{0,40}?(?:电|[>＞»/／]\s?[\u4e00-\u9fff]{2,8}\s)(?=[\u4e00-\u9fff“《])"
)  # 新华社…电; 首页 > 公告
_LABELS = re.compile(r"[ \u3000]?(?:(?:发布|发文|公布|更新|信息)?(?:时间|日期)|(?:信息|文章|稿件)?来源)\s?[:：]")


# marks around a title; stars that stand for the name of its place stay (**区教育局)
_UNMARKED = re.compile(r"^(?:[ \u3000#_\-—★☆■●◆▲]|[*]{1,3}(?![*省市县区旗州镇乡村局校]))+|[ \u3000#*_\-—★☆■●◆▲]+$")


def clean(line: str) -> str:
    """A title line without spaces between characters, quotes around it, and what a download site hung on it."""
    line = re.sub(r"(?<=[\u4e00-\u9fff《》“”])[ \u3000]+(?=[\u4e00-\u9fff《》“”])", "", line.strip())
    line = _NUMBER_BEHIND.sub("", BEHIND.sub("", _JUNK_TAIL.sub("", _JUNK_HEAD.sub("", line))))
    if line.startswith("《") and line.endswith("》") and line.count("《") == 1:
        line = line[1:-1]
    return _UNMARKED.sub("", line)


def is_title(text: str) -> bool:
    """Whether a line without its spaces reads as a title: a type word at its end, no sentence, no label."""
    if not 4 <= len(text) <= 90 or METADATA.search(text) or SENTENCE.search(text) or lines.SUBTITLE.search(text):
        return False
    return TITLE.search(text) is not None and not _ORDER.search(text)


def is_of_a_part(title: str) -> bool:
    """Whether a title may as well name a part of a plan (总体思路, 重点工作任务)."""
    return _OF_A_PART.match(title) is not None


def named(notice: str) -> str:
    """The plan that a notice's title names (关于印发《X》的通知 → X), "" where it names none."""
    match = NOTICE.search(notice)
    return next(filter(None, match.groups())).strip("《》 ") if match else ""


def fold(text: str) -> str:
    """A text without white space and punctuation."""
    return re.sub(r"[\s\W_]+", "", text)


def alike(one: str, other: str) -> bool:
    """Whether one folded title holds the other."""
    return bool(one and other) and (one in other or other in one)


def glued(line: str) -> tuple[str, int] | None:
    """The title that runs into its text where the first break is lost, and where it ends.

    Example: glued("青禾县2024年工作计划 为做好工作，制定本计划。") == ("青禾县2024年工作计划", 12)
    """
    has_sentence = SENTENCE.search(line) is not None
    least = ((_RUNS_IN, 24 if has_sentence else 80), (_RUNS_IN_BLANK, 30))  # characters of title and text together
    found = [m for pattern, n in least if len(line) >= n and (m := pattern.match(line))]
    match = min(found, key=lambda m: m.end(), default=None)
    return (clean(match.group(1)), match.end(1)) if match else None


def behind_menu(line: str) -> tuple[str, int, int] | None:
    """The title between a site's menu and the text where every break is a blank, with its span.

    Example: behind_menu("首页 文库 青禾县2024年工作计划 为做好工作，制定本计划。") == ("青禾县2024年工作计划", 6, 18)
    """
    menu = _MENU.match(line)
    match = _BEHIND_BLANK.search(line, menu.end(), menu.end() + 160) if menu else None
    if match is None or not re.match(r"[^\n]{0,200}[，。；]", line[match.end() : match.end() + 202]):
        return None
    return clean(match.group(1)), match.start(1), match.end(1)


def dated(line: str) -> tuple[str, int, int] | None:
    """The title before a day in brackets, with its span: 新华社3月2日电县政府关于供水的意见（2024年3月1日） → 县政府关于供水的意见."""
    day = _DATED.search(line[:200])
    if day is None:
        return None
    start = max((m.end() for m in (_BEFORE.match(line[: day.start()]),) if m), default=0)
    title = clean(line[start : day.start()])
    return (title, start, day.start()) if is_title(title) else None


def labelled(line: str) -> str | None:
    """The title before a page's label, where their break is lost: 县政府关于供水的意见发布时间：2024-03-01."""
    label = _LABELS.search(line[:120])
    title = clean(re.split(r"[/／>＞»]\s?", line[: label.start()])[-1]) if label else ""
    return title if is_title(title) else None
