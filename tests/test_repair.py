"""repair: source text → clean text with receipts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import repair
from analysis.repair import terms
from analysis.text import Source


def fixed(text, kind="txt", **facts):
    return repair.text(Source("plan.txt", "0" * 64, kind, text, **facts))


def rules(made):
    return {row["rule"] for row in made.repairs}


CLEAN = """云溪县教育局2024年工作要点
2024年，全县教育工作坚持立德树人，努力办好人民满意的教育，推动各项工作再上新台阶，具体安排如下。
一、推进学前教育普及普惠
1.新建公办幼儿园3所，学前三年毛入园率达到95%以上。
2.落实生均公用经费每生每年650元。
（一）深入推进“双减”。开展支援西部活动，促进社会进步，提升学校治理水平。
云溪县教育局
2024年3月5日"""
BODY = "全县教育工作坚持立德树人，努力办好人民满意的教育，推动各项工作再上新台阶，现就有关事项安排如下，请认真落实。"


def test_a_clean_plan_passes_untouched():
    made = fixed(CLEAN)
    assert made.text.clean == CLEAN
    assert made.repairs == [] and made.masks == [] and made.noise == [] and made.problems == []
    assert made.script == "simplified" and made.damage == 0


@pytest.mark.parametrize(
    ("found", "clean", "rule"),
    [
        ("　　一、加强领导。\r\n\r\n　　二、落实责任。", "一、加强领导。\n二、落实责任。", "white_space"),
        ("2024 年 3 月新增学位 1200 个，达到 95 %。", "2024年3月新增学位1200个，达到95%。", "white_space"),
        ("云政发 〔2024〕 6 号", "云政发〔2024〕6号", "white_space"),
        ("新增学位１２００个，达到９５％。", "新增学位1200个，达到95%。", "width"),
        ("推進學前教育與職業教育發展。", "推进学前教育与职业教育发展。", "script"),
        ("會議", "会议", "script"),
        ("（一） 加强领导", "（一）加强领导", "white_space"),
        ("3.5 万人", "3.5万人", "white_space"),
    ],
)
def test_script_width_and_white_space_are_counted_in_one_row(found, clean, rule):
    made = fixed(found)
    assert made.text.clean == clean
    assert [r["rule"] for r in made.repairs] == [rule]
    assert made.repairs[0]["n"] >= 1 and made.repairs[0]["source_start"] is None


@pytest.mark.parametrize("kept", ["1 总则", "1.2 编制依据", "表1 任务分解", "省长 卢一鸣", "一、Windows 系统"])
def test_blanks_that_part_words_stay(kept):
    assert fixed(kept).text.clean == kept


DAMAGED = [
    (
        "透過聯辦等方式提高教學品質，建成資料中心，配齊保全人員。",
        "通过联办等方式提高教学质量，建成数据中心，配齐保安人员。",
        "converted_term",
    ),
    ("加強學(xué)校管理，召開會(huì )議。", "加强学校管理，召开会议。", "pinyin"),
    ("加强学（xué）（xué）校管理。", "加强学校管理。", "pinyin"),
    ("加强领导。?/p>二、落实责任。", "加强领导。\n二、落实责任。", "tag"),
    ("加强<span style='x'>领导</span>。", "加强领导。", "tag"),
    ("新建<U+00A0>幼儿园&nbsp;三所，标准&ge;国家&mdash;级。", None, "entity"),
    ("共投入资金889万\n元，用于改善办学条件。", "共投入资金889万元，用于改善办学条件。", "cut_line"),
    ("全年新增学位12\n00个，完成目标任务。", "全年新增学位1200个，完成目标任务。", "cut_line"),
    (BODY[:45] + "（\n一）加强领导。", BODY[:45] + "（一）加强领导。", "cut_line"),
    ("2 0 2 4年工作要点", "2024年工作要点", "cut_number"),
    ("工 作 要 点", "工作要点", "letter_spaced"),
    ("2024 年 工 作 要 点", "2024年工作要点", "letter_spaced"),
    ("889 万\n元", "889万元", "cut_line"),
    ("云政发〔2024〕\n6 号", "云政发〔2024〕6号", "cut_line"),
    ("投资2.\n5亿元，改造学校", "投资2.5亿元，改造学校", "cut_line"),
    (BODY + "\n本文档由网友上传", BODY, "leftover_ads"),
    ("总总体体要要求求", "总体要求", "doubled_characters"),
    ("进一步加强组织领导加强组织领导，落实责任。", "进一步加强组织领导，落实责任。", "doubled_phrase"),
    ("云溪县2024年工作要点\n云溪县2024年工作要点", "云溪县2024年工作要点", "doubled_line"),
    ("2024年工作要点-5篇(第2/9页)\n一、加强领导。", "2024年工作要点\n一、加强领导。", "page_mark"),
    (
        "一、加强领导。\n— 1 —\n二、落实责任。\n— 2 —\n三、强化保障。",
        "一、加强领导。\n二、落实责任。\n三、强化保障。",
        "page_mark",
    ),
    ("教学的'有机整合。", "教学的有机整合。", "stray_mark"),
    ("落实责任。，，完成任务。", "落实责任。，完成任务。", "doubled_mark"),
    ("**一、加强领导**\n落实责任。", "一、加强领导\n落实责任。", "markdown"),
    ("详见 PAGEREF _Toc123456 \\h 规定。", None, "field_code"),
    ("{{title}}\n一、加强领导。", "一、加强领导。", "template"),
    (BODY + "\n云溪县教育局\n北京白癜风医院哪家好", BODY + "\n云溪县教育局", "advert"),
]


@pytest.mark.parametrize(("found", "clean", "rule"), DAMAGED)
def test_each_family_of_damage_is_repaired_with_a_receipt(found, clean, rule):
    made = fixed(found)
    assert rule in rules(made)
    if clean is not None:
        assert made.text.clean == clean
    for row in made.repairs:
        if row["source_start"] is not None:
            assert 0 <= row["source_start"] <= row["source_end"] <= len(found)
    assert made.damage > 0 or rule == "page_mark" or rule == "template"


@pytest.mark.parametrize(
    "kept",
    [
        "扎扎实实、认认真真开展研究研究。",
        "推进职业教育教育教学改革。",
        "新建校舍3×5米，每生2*3元。",
        "防治慢性病，建设健康学校（school）。",
        "中标率（A）为95%。",
        "完成总投资亿元以上项目3个。",
        "（一）坚持立德树人，全面提高教育质量，推动义务教育优质均衡发展，促进教育公平普惠优质\n全县新建学校3所，改造2所。",
        "（教育局负责，财政局配合，人社局参与，发改局指导，各镇人民政府共同落实，形成工作合力）\n全县新建学校3所，改造2所。",
        "1.加强领导\n2.落实责任\n3.强化保障",
        "索引号：000000000000",
        "112233",
        "各位代表：\n现在，我代表县人民政府报告工作。\n各位代表！\n各位代表！",
        "（七）不得传播淫秽色情、暴力、赌博的信息。",
        "任务\t单位\n新建幼儿园\t基教股",
    ],
)
def test_what_looks_like_damage_but_is_not_stays(kept):
    made = fixed(kept)
    assert made.text.clean == kept
    assert made.repairs == [] and made.masks == []


def test_wrapped_lines_become_paragraphs():
    paragraphs = ["　　" + BODY + str(i) + BODY for i in range(4)]
    found = "\n".join(p[i : i + 20] for p in paragraphs for i in range(0, len(p), 20))
    made = fixed(found)
    assert rules(made) == {"wrapped_line", "white_space"}
    assert made.text.clean == "\n".join(p.strip() for p in paragraphs)


@pytest.mark.parametrize(("marks", "is_fragment"), [([1, 2, 3], False), ([1], False), ([18], True), ([1, 3], True)])
def test_a_fragment_begins_behind_its_first_page_or_skips_one(marks, is_fragment):
    made = fixed("\n".join(f"{BODY}（第{n}/27页）" for n in marks))
    assert ("fragment" in made.noise) == is_fragment and "页" not in made.text.clean


def test_a_contents_list_goes_and_its_headings_stay():
    listed = "一、总体要求\n二、主要任务\n三、保障措施\n"
    made = fixed(
        "工作要点\n目 录\n" + listed + "一、总体要求\n" + BODY + "\n二、主要任务\n" + BODY + "\n三、保障措施\n" + BODY
    )
    assert made.text.clean.startswith("工作要点\n一、总体要求\n全县")
    dotted = "".join(f"第{c}章 要求........{i}\n" for i, c in enumerate("一二三四", 1))
    assert "..." not in fixed(dotted + BODY).text.clean


def test_leftovers_of_a_page_go_and_what_they_state_is_kept():
    head = "下载\n打印\n【字号：\n加大\n减小\n】\n当前位置：\n首页\n>\n政务公开\n>\n工作动态\n"
    tail = "\n责任编辑：\n李明\n扫一扫在手机打开当前页\n相关报道：\n云溪县召开教育大会"
    made = fixed(head + CLEAN.replace("\n", "\n来源：云溪日报\n时间：2024-03-09\n", 1) + tail)
    assert made.text.clean == CLEAN
    assert made.source.metadata == {"publisher": "云溪日报", "published": "2024-03-09"}
    assert made.noise == ["nav"]
    assert all(made.text.source[r["source_start"] : r["source_end"]] == r["before"] for r in made.repairs)


def test_units_that_carry_out_a_task_are_no_page_foot():
    annex = "\n附件：民生实事清单\n" + "\n".join(f"{i}.{BODY}\n主办单位：县教育局、县财政局" for i in range(1, 5))
    assert fixed(CLEAN + annex).text.clean == CLEAN + annex


def test_what_a_source_line_says_of_others_is_no_publisher():
    made = fixed(
        "2024年工作要点\n来源：公文仓库 作者：某某 阅读：23次 字号：大 中 小\n更新时间：2024-03-09\n一、加强领导\n"
        + BODY
    )
    assert made.source.metadata == {"publisher": "公文仓库"}
    assert made.text.clean == "2024年工作要点\n一、加强领导\n" + BODY


def test_labels_in_one_line_and_related_texts_under_the_own_title_go():
    found = "2024年工作要点\n發佈：小編  瀏覽：1,208 次  字號：大 中 小\n一、加強領導\n" + BODY
    assert fixed(found).text.clean == "2024年工作要点\n一、加强领导\n" + BODY
    found = CLEAN + "\n【云溪县2024年工作要点】相关文章：\n1.德育工作计划\n2.安全工作计划范文"
    assert fixed(found).text.clean == CLEAN
    kept = "2024年工作要点\n发布单位：县教育局 发布日期：2024-03-05\n一、加强领导\n" + BODY
    assert fixed(kept).text.clean == kept


def test_a_metadata_block_survives():
    block = "- 索引号:\n- 3310/2024-21705\n- 文号:\n- 成文日期:\n- 2024-03-05\n- 发布单位:\n- 县教育局\n"
    assert fixed(block + CLEAN).text.clean == block + CLEAN


@pytest.mark.parametrize(
    ("line", "noise"),
    [
        ("转载请注明地址:http://example.org/1.html", "ads"),
        ("点击下载全文Word版", "ads"),
        ("- 上一篇文章: 云溪县工作总结", "nav"),
        ("下一篇：云溪县工作总结", "nav"),
    ],
)
def test_lines_of_the_site_are_cut_and_named(line, noise):
    made = fixed(CLEAN + "\n" + line)
    assert made.text.clean == CLEAN and made.noise == [noise]


@pytest.mark.parametrize(
    ("line", "noise"),
    [
        ("热门：年终总结 | 读书心得 | 自我鉴定", ["nav"]),
        ("推荐栏目｜演讲稿｜主持词｜贺信", ["nav"]),
        ("需要完整版的朋友请点击右侧“下载”按钮", ["ads"]),
        ("本资料支付5元后可下载，也可保存全文", ["ads"]),
        ("----------------", []),
        ("＝＝＝＝＝＝", []),
    ],
)
def test_lines_of_a_download_site_go_wherever_they_stand(line, noise):
    lines = CLEAN.split("\n")
    for at in (0, 4, len(lines)):
        made = fixed("\n".join([*lines[:at], line, *lines[at:]]))
        assert made.text.clean == CLEAN and made.noise == noise


@pytest.mark.parametrize(
    "line",
    [
        "开通掌上缴费平台，家长点击即可支付餐费，全年线上支付120万元。",
        "建好资源库，精品课点击下载量达到2万次。",
        "3.推行一键支付，热门项目推荐名单按季公布，档案长期保存。",
        "——保存非遗名录8项，推荐传承人5名。",
        "按下办事“加速键”，群众点击按钮就能下单，支付方式增加到4种。",
    ],
)
def test_sentences_of_a_plan_with_a_sites_words_stay(line):
    lines = CLEAN.split("\n")
    found = "\n".join([*lines[:4], line, *lines[4:]])
    made = fixed(found)
    assert made.text.clean == found and made.noise == []


@pytest.mark.parametrize(
    "tail",
    [
        "推荐阅读：少先队活动总结、社团招新方案以及家长会发言稿等文章供查",
        "看过本文的还看：班级文化建设方案和图书角管理办法以及食堂陪餐记录表",
        "本文来源：http://www.example.org/plan/8.html",
        "http://www.example.org/plan/2024/03/05/index_of_all_plans_8.html",
        "校历 | 课表 | 菜谱 | 班车时刻 | 校服订购 | 通讯录 | 值班表 | 失物招领",
    ],
)
def test_truncated_is_not_judged_by_what_hangs_behind_the_text(tail):
    assert "truncated" not in fixed(CLEAN + "\n" + BODY + "\n" + tail).noise
    assert "truncated" in fixed(CLEAN + "\n" + BODY + BODY[:-1] + "，\n" + tail).noise


@pytest.mark.parametrize(
    ("found", "clean"),
    [
        (
            "著力補齊短板，沿著河岸，隨著人口回流，有著十年經驗。",
            "着力补齐短板，沿着河岸，随着人口回流，有着十年经验。",
        ),
        ("著眼長遠，著重基層，接著一年幹。", "着眼长远，着重基层，接着一年干。"),
        ("保護著名老街，出版著作，成效顯著，編著讀本。", "保护著名老街，出版著作，成效显著，编著读本。"),
        ("擁有著名學府，顯著重視，具有著作權。", "拥有著名学府，显著重视，具有著作权。"),
    ],
)
def test_the_particle_that_a_converter_leaves_is_put_right_in_traditional_texts(found, clean):
    made = fixed(found)
    assert made.text.clean == clean and made.noise == []
    assert ("converted_term" in rules(made)) == ("着" in clean)


def test_the_particle_is_left_alone_in_simplified_texts():
    assert fixed("县志有著力之说，乡贤沿著旧例。").repairs == []


@pytest.mark.parametrize(
    ("text", "kind", "likely"),
    [
        ("***区人民政府", "place", None),
        ("XX市“十四五”规划", "place", None),
        ("20**年春季开学起", "year", None),
        ("2018年总结。20**年春季开学起", "year", "2018"),
        ("20XX年工作要点", "year", None),
        ("深入学习党的十*大精神", "number", None),
        ("县长×××同志讲话", "person", None),
        ("打造学习型、***型机关", "word", None),
    ],
)
def test_masks_stay_as_printed_and_have_a_kind(text, kind, likely):
    made = fixed(text)
    assert made.text.clean == text
    assert [(m["kind"], m["likely"]) for m in made.masks] == [(kind, likely)]
    assert made.text.clean[made.masks[0]["start"] : made.masks[0]["end"]] == made.masks[0]["printed"] != ""
    assert "masked" in made.noise


def test_lost_digits_are_marked_and_get_no_number():
    made = fixed("计划投入资金万元，建筑面积㎡。年是关键之年。")
    assert [(m["kind"], m["printed"], m["likely"]) for m in made.masks] == [("number", "", None)] * 2 + [
        ("year", "", None)
    ]
    assert made.text.clean == "计划投入资金万元，建筑面积㎡。年是关键之年。" and made.noise == []


def test_converted_and_spun_terms_are_put_right_where_the_text_shows_them():
    made = fixed(
        "推進資訊科技教育，支援企業發展，資源最佳化配置。進步生均經費標準，由240元進步到295元。深進開展活動，加大教育投進。"
    )
    assert made.text.clean == (
        "推进信息技术教育，支持企业发展，资源优化配置。提高生均经费标准，由240元提高到295元。深入开展活动，加大教育投入。"
    )
    assert "converted_terms" in made.noise
    one = "支援西部教育，促进社会进步，提高学校治理水平，发挥信息公开作用。"
    assert fixed(one).text.clean == one


def test_every_term_of_the_table_can_be_found():
    for term in terms.terms():
        words = [w for w in terms._bare(term.pattern.pattern) if w]
        assert words and all(not set(word) & set("()[]|?<=!") for word in words), term.id


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        (BODY + "\n加大教育经费投入力度，落实各学段生均拨款制度和教育费附加等专项政策，拟定我市中长期教育", True),
        (BODY + "\n云溪县教育局\n2024年3月5日", False),
        (BODY + "努力创造新的辉煌。云溪县教育局", False),
        (BODY + "\n附件：任务分解表", False),
    ],
)
def test_truncated_is_a_stop_in_mid_sentence(text, is_cut):
    assert ("truncated" in fixed(text).noise) == is_cut


def test_run_on_is_a_plan_whose_line_breaks_are_lost():
    glued = "".join(f"{c}、加强领导{BODY}1加强队伍建设工作{BODY}2落实经费保障机制{BODY}" for c in "一二三四五六七")
    assert "run_on" in fixed("2024年工作要点\n" + glued).noise
    assert "run_on" not in fixed(glued.replace("。", "。\n")).noise


def test_tables_and_headings_are_found_again_in_the_clean_text():
    text = "下载\n一、任务\n１\t新建 幼儿园\n二、保障"
    made = fixed(text, "docx", headings=[(3, 7, 1), (17, 21, 1)], tables=[(8, 16)])
    clean = made.text.clean
    assert [clean[a:b] for a, b, _ in made.headings] == ["一、任务", "二、保障"]
    assert [clean[a:b] for a, b in made.tables] == ["1\t新建 幼儿园"]


SCRAPS = [
    "学(xué)校",
    "?/p>",
    "&nbsp;",
    "８８９万\n元",
    "***区",
    "20**年",
    "\n下载\n",
    "　　",
    "一、加强领导。",
    BODY,
    "資訊科技",
    "\r\n",
    "12 个",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(SCRAPS), max_size=14))
def test_every_clean_character_leads_back_to_its_source(scraps):
    source = "".join(scraps)
    made = fixed(source)
    clean = made.text.clean
    assert not clean.startswith("\n") and "\n\n" not in clean and not clean.endswith("\n")
    for i, char in enumerate(clean):
        start, end = made.text.source_span(i, i + 1)
        assert 0 <= start <= end <= len(source)
        if char.isdigit() and end - start == 1:
            assert source[start] in (char, chr(ord(char) + 0xFEE0))


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("发布时间：2024-03-11 来源：青禾县政府网", "2024-03-11"),
        ("更新时间：2024-03-11 来源：范文小站", None),
        ("更新时间：2024-03-11", None),
        ("上传时间：2024年3月11日", None),
    ],
)
def test_the_day_of_a_copy_is_no_day_of_publication(line, published):
    source = Source(
        "a", "", "txt", f"青禾县教育局2024年工作要点\n{line}\n" + "一、加强教师队伍建设，培训教师二百人次。\n" * 3
    )
    repair.text(source)
    assert source.metadata.get("published") == published


def test_a_page_copied_with_its_frames_is_kept_once():
    lines = [
        f"第{n}条各乡镇应当在{n}月以前完成第{n}类校舍的检查，发现隐患的立即报告县教育局。" for n in "一二三四五六七八九"
    ]
    lined = "\n".join(lines)
    made = repair.text(Source("a", "", "txt", f"校舍检查办法\n{''.join(lines * 3)}\n{lined}"))
    assert made.text.clean == f"校舍检查办法\n{lined}"
    assert [row["rule"] for row in made.repairs] == ["doubled_passage"]
    assert repair.text(Source("a", "", "txt", f"校舍检查办法\n{lined}")).repairs == []


def test_a_paragraph_of_formulae_that_return_is_no_copy():
    aims = [f"全面贯彻第{n}次会议的各项部署要求" for n in "一二三四五六七八九十甲乙丙丁"]
    results = "，".join(f"新建第{n}所学校并改善了道路" for n in range(100)) + "。"
    report = f"青禾县政府工作报告\n{'，'.join(aims)}。\n{results}\n{'，'.join(reversed(aims))}。"
    assert len("，".join(aims)) > 200 and len(results) > 800
    assert not repair.text(Source("a", "", "txt", report)).repairs


def test_of_two_copies_the_one_that_has_its_headings_is_kept():
    parts = [
        f"全县{name}工作要按照年度安排有序推进，各乡镇每季度报告一次{name}进展，由县教育局汇总后通报全县。"
        for name in "甲乙丙丁戊己庚辛壬癸"
    ]
    headed = "".join(f"{n}、推进{p[2]}项工作{p * 2}" for n, p in zip("一二三四五六七八九十", parts, strict=True))
    bare = "\n".join(parts)
    made = repair.text(Source("a", "", "txt", f"工作安排\n{headed}\n{bare}"))
    assert len(headed) > 800
    assert made.text.clean == f"工作安排\n{headed}"


@pytest.mark.parametrize(
    ("line", "likely"),
    [
        ("平凉市**区教育局2023年工作要点", "崆峒"),  # the only district of the city
        ("平凉市**县教育局2023年工作要点", None),  # five counties
        ("西藏自治区**市教育局2023年工作要点", None),
        ("**县教育局2023年工作要点", None),
    ],
)
def test_a_masked_place_has_a_likely_name_where_one_is_left(line, likely):
    made = repair.text(Source("a", "", "txt", f"{line}\n2023年，全县教育工作稳步推进。\n"))
    places = [row for row in made.masks if row["kind"] == "place"]
    assert len(places) == 1 and places[0]["likely"] == likely
    assert made.text.clean.startswith(line)
