"""Sample plans as text files and saved web pages: the plan's lines with what a site puts around them."""

from __future__ import annotations

import html
from typing import Any

from marked import Line, Marked
from opencc import OpenCC

_CONVERT = OpenCC("s2twp").convert


def plain(plan: Marked, encoding: str = "utf-8") -> bytes:
    """A text file, a line a line."""
    return (plan.text + "\n").encode(encoding)


def run_on(plan: Marked, encoding: str = "utf-8") -> bytes:
    """A text file in which all line breaks are lost: blanks stand in their place, or nothing after a full stop."""
    parts = [line.text if line.text.endswith("。") else line.text + " " for line in plan.lines]
    return "".join(parts).strip().encode(encoding)


def traditional(plan: Marked) -> bytes:
    """A Big5 file in traditional characters with the terms of a machine conversion (資訊, 最佳化, 支援, 專案)."""
    return (_CONVERT(plan.text) + "\n").encode("big5")


def traditional_gold(gold: dict[str, Any]) -> dict[str, Any]:
    """Gold whose verbatim quotes are converted as the file is; names, titles and indicators stay simplified."""
    parts = {
        part: [{**row, "quote": _CONVERT(row["quote"])} for row in gold[part]]
        for part in ("outline", "items", "metrics")
    }
    return {**gold, **parts}


def download(plan: Marked) -> bytes:
    """A text copied from a download site: banners, chunk marks, adverts between paragraphs, neighbours at the end."""
    title, lines = plan.lines[0].text, [line.text for line in plan.lines[1:]]
    third = len(lines) // 3
    chunks = [lines[:third], lines[third : 2 * third], lines[2 * third :]]
    adverts = [
        "【点击下载本文完整版.doc】 VIP会员免费下载，全站范文随意看",
        "扫一扫关注“公文小仓库”公众号，回复“总结”领取模板",
    ]
    out = ["首页 > 工作总结 > 教育总结 > 正文", title, "来源：公文小仓库　作者：网友投稿　阅读：2316次　字号：大 中 小"]
    for i, chunk in enumerate(chunks):
        out += [*chunk, f"（第{i + 1}/3页）", *adverts[i : i + 1]]
    out += [
        "上一篇：小学语文教研组工作总结（精选5篇）",
        "下一篇：学校后勤工作计划怎么写",
        "相关推荐",
        "幼儿园保教工作计划范文",
        "版权声明：本文由网友上传，如有侵权请联系客服删除",
    ]
    return ("\r\n".join(out) + "\r\n").encode("utf-8")


def government_page(plan: Marked) -> bytes:
    """A page of a county government's site: menus, breadcrumb, a table of metadata, share bar, footer, links."""
    facts = plan.gold["document"]
    rows = [
        ("索引号", facts["index_number"] or "", "主题分类", "教育"),
        ("发布机构", facts["issuer"], "发文日期", _chinese(facts["published"])),
        ("标　　题", facts["title"], "文　　号", facts["doc_number"] or "无"),
    ]
    table = "".join(
        "<tr>" + "".join(f"<th>{a}：</th><td>{html.escape(b)}</td>" for a, b in (row[:2], row[2:])) + "</tr>\n"
        for row in rows
    )
    body = "\n".join(_paragraph(line) for line in plan.lines[1:])
    place = facts["county"] or facts["city"]
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<title>{facts["title"]}_{place}人民政府</title>
<meta name="ArticleTitle" content="{facts["title"]}"><meta name="PubDate" content="{facts["published"]} 09:32">
<style>.TRS_Editor p{{text-indent:2em;line-height:1.8}}</style>
<script>var siteId = "2031"; function share(to) {{ window.open("#" + to); }}</script></head>
<body>
<div class="top"><a href="#">无障碍浏览</a> | <a href="#">长者模式</a> | <a href="#">繁體</a> | <a href="#">登录</a></div>
<ul class="menu"><li><a href="#">首页</a></li><li><a href="#">走进{place[:-1]}</a></li><li><a href="#">政务公开</a></li>
<li><a href="#">办事服务</a></li><li><a href="#">互动交流</a></li><li><a href="#">数据发布</a></li></ul>
<div class="crumb">当前位置：<a href="#">首页</a> &gt; <a href="#">政务公开</a> &gt; <a href="#">规划计划</a> &gt; 正文</div>
<div class="main">
<table class="xxgk">
{table}</table>
<h1>{facts["title"]}</h1>
<div class="info">发布时间：{facts["published"]}　来源：{facts["issuer"]}　浏览次数：<span id="hits">487</span>　字体：[大 中 小]</div>
<div class="TRS_Editor">
{body}
</div>
<div class="share">分享到：<a href="javascript:share('wx')">微信</a> <a href="javascript:share('wb')">微博</a> <a href="#">打印本页</a> <a href="#">关闭窗口</a></div>
<div class="near"><h3>相关文档</h3><ul><li><a href="#">关于公布学校食堂检查结果的公告</a></li><li><a href="#">教师资格认定办事指南</a></li>
<li><a href="#">中小学校历安排</a></li></ul></div>
</div>
<div class="foot">主办：{place}人民政府办公室　承办：{place}融媒体中心　网站标识码：0000000000　联系我们　网站地图</div>
</body></html>
""".encode()


def bureau_page(plan: Marked) -> bytes:
    """A page of a city bureau's site in GB 2312: metadata as a list, one block with line breaks, a side column."""
    facts = plan.gold["document"]
    body = "<br>\n".join("&nbsp;&nbsp;&nbsp;&nbsp;" + html.escape(line.text) for line in plan.lines[1:])
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{facts["title"]}</title></head>
<body>
<table width="980"><tr><td colspan="2">
<a href="#">首 页</a> <a href="#">机构设置</a> <a href="#">政策文件</a> <a href="#">招生考试</a> <a href="#">教师之窗</a> <a href="#">学生天地</a>
</td></tr>
<tr><td width="220"><b>栏目导航</b><br><a href="#">通知公告</a><br><a href="#">工作动态</a><br><a href="#">计划总结</a><br><a href="#">人事信息</a><br><b>热点排行</b><br><a href="#">普通话水平测试报名须知</a><br><a href="#">学区划分查询</a></td>
<td>
<p>您的位置：首页 → 政策文件 → 计划总结</p>
<ul><li>索引号：{facts["index_number"] or ""}</li><li>发布单位：{facts["issuer"]}</li><li>文号：{facts["doc_number"] or ""}</li><li>成文日期：{facts["written"]}</li><li>发布日期：{facts["published"]}</li><li>公开方式：主动公开</li></ul>
<center><font size="5"><b>{facts["title"]}</b></font></center>
<div id="zoom">{body}</div>
<p>【<a href="#">打印</a>】【<a href="#">关闭</a>】【<a href="#">收藏</a>】</p>
<p>上一条：<a href="#">关于做好校园防汛工作的提醒</a><br>下一条：<a href="#">全市中小学生艺术展演获奖名单</a></p>
</td></tr>
<tr><td colspan="2">版权所有：{facts["issuer"]}　技术支持：信息中心　建议使用1024×768分辨率浏览</td></tr></table>
</body></html>
""".encode("gb18030")


def download_page(plan: Marked) -> bytes:
    """A saved page of a download site: adverts inside the text, neighbours, a list of other papers."""
    title, lines = plan.lines[0].text, plan.lines[1:]
    half = len(lines) // 2
    advert = '<div class="ad"><a href="#">点击下载</a>：本文共5页，下载后可任意编辑，会员免费</div>'
    body = "\n".join([*map(_paragraph, lines[:half]), advert, *map(_paragraph, lines[half:])])
    links = "".join(
        f'<li><a href="#">{name}</a></li>'
        for name in ("班主任工作计划模板", "年终述职报告", "活动策划书", "入党申请书")
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - 范文驿站</title></head><body>
<div class="nav"><a href="#">首页</a><a href="#">公文</a><a href="#">总结</a><a href="#">计划</a><a href="#">合同</a><a href="#">会员中心</a></div>
<div class="path">范文驿站 &gt; 公文 &gt; 政府工作报告</div>
<article><h1>{title}</h1><p class="meta">更新时间：2024-03-11　编辑：小驿　下载：158次</p>
{body}
<p class="pages">第 1 页 共 5 页　<a href="#">下一页</a></p></article>
<div class="prevnext">上一篇：<a href="#">社区工作报告</a>　下一篇：<a href="#">乡镇工作报告</a></div>
<ul class="hot">{links}</ul><div class="foot">Copyright 范文驿站　客服在线　免责声明</div></body></html>
""".encode()


def _paragraph(line: Line) -> str:
    text = html.escape(line.text)
    if line.kind != "heading":
        return f"<p>{text}</p>"
    return f"<p><strong>{html.escape(line.text[: line.cut])}</strong>{html.escape(line.text[line.cut :])}</p>"


def _chinese(date: str) -> str:
    year, month, day = date.split("-")
    return f"{year}年{int(month)}月{int(day)}日"
