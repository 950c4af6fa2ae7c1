"""What is no plan: news about plans, speeches, yearbook entries, tag pages, templates, filler."""

from __future__ import annotations

import re

_NEWS_TITLE = re.compile(
    r"(?:召开|举行|举办|部署|启动|出台|发布|公布|印发了|通过|开幕|闭幕|看点|速览|解读|一图|图解|问答|答记者问|专访|侧记|综述|观察|敲定|定了|来了)"
)
_NEWS_BODY = re.compile(
    r"(?:本报讯|本网讯|讯[（(]|记者从|记者[^，。]{0,10}(?:获悉|了解到)|据悉|日前|近日[，,]|新华社[^，。]{0,12}电|[（(]记者)"
)
_SPEECH = re.compile(
    r"(?:讲话|致辞|发言|寄语|主持词|开幕词|演讲)(?:稿|提纲)?(?:[（(][^（()）]{1,16}[）)])?$|在.{2,30}(?:会|仪式|会议期间)上的(?:讲话|发言|致辞)",
    re.M,
)
_YEARBOOK = re.compile(r"年鉴|大事记|志稿|概况$|概述$")
_OTHER = re.compile(
    r"(?:决定|批复|复?函|通报|办法|规则|细则|条例|规定|预案|令|答复|名单|制度|简报|纪要|章程|公约|合同|协议|公告|公示|启事|解读|图解|读懂|问答|指南|指引|手册|须知|标准|规范|倡议书?|公开信|法|法（.{2,12}）)(?:[（(].{0,12}[）)])?$"
)
_TEMPLATE = re.compile(r"[_＿]{3,}|[（(]此处|XX单位|××单位|某某(?:单位|学校|公司)|模板$|填写说明")
_BLANKS = re.compile(r"(?:XX|××|○○)(?=[%％个项次名场所人家万亿元期届])")  # where amounts should stand
_FILLER = re.compile(
    r"(?:希望(?:能)?对(?:您|你|大家)有(?:所)?帮助|欢迎(?:阅读|参考|借鉴)|小编(?:为|给|整理)|以下是(?:小编|由|关于).{0,20}(?:整理|收集|范文))"
)
_ADDRESS = re.compile(r"(?:https?:)?//[\w./?=&%#:-]+")
_FRAME = re.compile(r"版权所有|网站标识码|ICP备|公网安备|无障碍|退出登录|登录|注册|主办单位：|网站纠错|联系我们")
_THIN = (
    400  # characters a full stop: the densest lists of links have more, plans of bare lines fewer sentences but marks
)


def names_other(title: str) -> bool:
    """Whether a title says that the document is of another kind (决定, 批复, 办法 …)."""
    return _OTHER.search(title) is not None


def is_spoken(title: str, front: str) -> bool:
    """Whether a title, or a line below it, says that the text was spoken (——在全县教育工作会议上的讲话)."""
    return _SPEECH.search(title) is not None or _SPEECH.search(front) is not None


def reasons(title: str, own: str, n_headings: int) -> list[str]:
    """Why a document is no plan, one clause each; empty where nothing speaks against it.

    Args: own: the text below the title. n_headings: how many headings were found in it.
    """
    out = []
    if _YEARBOOK.search(title):
        out.append("it is an entry of a yearbook by its title")
    if _NEWS_BODY.search(own[:300]) and (_NEWS_TITLE.search(title) or n_headings < 3):
        out.append("it begins as news do")
    if len(_TEMPLATE.findall(own)) >= 4 or len(_BLANKS.findall(own)) >= max(3, len(own) // 600):
        out.append("it is a template with blanks to fill")
    if _FILLER.search(own[:400]) and n_headings < 3:
        out.append("it is a page that collects samples")
    if _is_list(own):
        out.append("it is a list of links without sentences")
    words = _ADDRESS.sub("", own)
    if len(words) > 1500 and words.count("。") * _THIN < len(words):
        out.append("it is a page of links with hardly a sentence")
    if n_headings < 3 and len(_FRAME.findall(own)) >= 8:
        out.append("it is the frame of a web site without a document in it")
    if len(words) < 120:
        out.append("it holds no more than a few words")
    return out


def _is_list(own: str) -> bool:
    """Whether nearly all lines are short and end without a full stop, as on tag pages."""
    lines = [line for line in own.split("\n") if line.strip()]
    if len(lines) < 12:
        return False
    return (
        sum(len(line) < 45 and not re.search(r"[。；：]", line) for line in lines) > 0.85 * len(lines)
        and own.count("。") < 5
    )
