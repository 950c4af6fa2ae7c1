"""Heads of many hands: towns, zones, banners, leagues, corps, assemblies, joint bodies, notices, drafts, speeches."""

from __future__ import annotations

from typing import Any

import pytest

from analysis import parse, repair
from analysis.parse import lines, orders, subject, titles
from analysis.text import Source

B = "年内新建文体广场三处，改造老旧管网二十公里，群众出行条件逐步改善，各项任务全部落实到人。"
E = "年内新建图书室三间，改建操场四处，乡镇学校的运动条件逐步改善，师生都能就近锻炼。"
CASES: list[tuple[str, str, dict[str, Any]]] = []


def rows_of(text: str) -> dict[str, list[dict[str, Any]]]:
    return parse.plan(repair.text(Source(path="plan.txt", sha256="0" * 64, format="txt", text=text)))


def plan(
    head: str, foot: str = "", body: str = B, parts: tuple[str, ...] = ("做强产业", "建设乡村", "改善民生")
) -> str:
    told = [f"{marker}{title}\n{body}" for marker, title in zip(("一、", "二、", "三、"), parts, strict=True)]
    return "\n".join([head.rstrip("\n"), *told, *([foot] if foot else [])])


def case(name: str, text: str, **wanted: Any) -> None:
    CASES.append((name, text, wanted))


case(
    "town summary+plan",
    plan(
        "荻溪镇人民政府2023年工作总结及2024年工作计划\n今年以来，在县委、县政府的坚强领导下，全镇上下团结一心，较好地完成了各项任务。现将有关情况总结如下。",
        "荻溪镇人民政府\n2023年12月20日",
    ),
    title="荻溪镇人民政府2023年工作总结及2024年工作计划",
    doc_type="work_report",
    is_plan=True,
    plan_year=2024,
    town="荻溪镇",
    region_level="town",
    issuer="荻溪镇人民政府",
    written="2023-12-20",
    sector="government",
)
case(
    "town real county",
    plan("温岭市大溪镇2024年政府工作要点\n2024年，全镇要坚持稳中求进。"),
    town="大溪镇",
    county="温岭市",
    region_level="town",
    region_code="331081",
    doc_type="work_points",
    sector="government",
    plan_year=2024,
)
case(
    "street office",
    plan("望澜市青禾区桥东街道办事处2024年工作计划\n街道党工委将抓好以下工作。", "桥东街道办事处\n2024年1月9日"),
    town="桥东街道",
    county="青禾区",
    region_level="town",
    doc_type="work_plan",
    plan_year=2024,
    issuer="桥东街道办事处",
)
case(
    "zone",
    plan(
        "望澜经济技术开发区管委会2024年工作要点\n全区上下要把招商引资作为第一要务。",
        "望澜经济技术开发区管理委员会\n2024年2月1日",
    ),
    doc_type="work_points",
    is_plan=True,
    plan_year=2024,
    region_level="county",
    written="2024-02-01",
    issuer="望澜经济技术开发区管理委员会",
    sector="government",
)
case(
    "zone real",
    plan(
        "合肥经济技术开发区管委会2023年工作总结和2024年工作思路\n全区经济运行平稳。", "合肥经开区管委会\n2023年12月28日"
    ),
    city="合肥市",
    region_code="340100",
    region_level="county",
    plan_year=2024,
    doc_type="work_report",
)
case(
    "school group",
    plan(
        "青禾县实验教育集团2024—2025学年第一学期工作计划\n集团各校区要以质量立校。",
        "青禾县实验教育集团\n2024年8月26日",
        body=E,
        parts=("德育为先", "教学提质", "后勤保障"),
    ),
    doc_type="work_plan",
    sector="education",
    plan_year=2024,
    written="2024-08-26",
    county="青禾县",
    issuer="青禾县实验教育集团",
)
case(
    "banner",
    plan("鄂温克族自治旗教育局2023年工作要点\n全旗教育工作要铸牢共同体意识。", "", body=E),
    county="鄂温克族自治旗",
    region_code="150724",
    province="内蒙古自治区",
    city="呼伦贝尔市",
    plan_year=2023,
    sector="education",
)
case(
    "league",
    plan(
        "锡林郭勒盟行政公署办公室关于印发《2023年全盟牧区工作要点》的通知\n锡署办发〔2023〕8号\n各旗县市（区）人民政府：\n《2023年全盟牧区工作要点》已经盟行署同意，现印发给你们，请认真贯彻落实。\n锡林郭勒盟行政公署办公室\n2023年3月6日\n2023年全盟牧区工作要点"
    ),
    title="2023年全盟牧区工作要点",
    city="锡林郭勒盟",
    region_level="city",
    region_code="152500",
    doc_number="锡署办发〔2023〕8号",
    issuer="锡林郭勒盟行政公署办公室",
    doc_type="work_points",
    written="2023-03-06",
)
case(
    "corps",
    plan("新疆生产建设兵团第八师石河子市教育局2023年工作要点\n全师教育系统要凝心聚力。", "", body=E),
    is_plan=True,
    sector="education",
    plan_year=2023,
    region_level="county",
    county="石河子市",
)
case(
    "corps division",
    plan(
        "第八师2024年经济工作安排意见\n各团场、师市机关各部门：\n2024年是关键之年。",
        "新疆生产建设兵团第八师办公室\n2024年1月18日",
    ),
    province="新疆生产建设兵团",
    doc_type="opinion",
    plan_year=2024,
)
case(
    "joint departments",
    plan(
        "青禾县教育局 青禾县财政局\n关于印发《青禾县学生营养改善三年行动计划（2023—2025年）》的通知\n青教联〔2023〕4号\n各中小学：\n现将《青禾县学生营养改善三年行动计划（2023—2025年）》印发给你们，请遵照执行。\n青禾县教育局  青禾县财政局\n2023年4月11日\n青禾县学生营养改善三年行动计划\n（2023—2025年）\n为增强学生体质，制定本计划。",
        "",
        body=E,
    ),
    title="青禾县学生营养改善三年行动计划（2023—2025年）",
    issuer="青禾县教育局、青禾县财政局",
    doc_number="青教联〔2023〕4号",
    plan_year=2023,
    plan_until=2025,
    doc_type="action_plan",
    written="2023-04-11",
    sector="education",
)
case(
    "party committee",
    plan(
        "中共青禾县委 青禾县人民政府\n关于做好2024年全面推进乡村振兴重点工作的实施意见\n（2024年3月2日）\n做好今年“三农”工作，意义重大。现提出如下意见。"
    ),
    title="中共青禾县委青禾县人民政府关于做好2024年全面推进乡村振兴重点工作的实施意见",
    issuer="中共青禾县委、青禾县人民政府",
    doc_type="opinion",
    plan_year=2024,
    written="2024-03-02",
    county="青禾县",
    sector="agriculture",
)
case(
    "party working committee",
    plan(
        "中共青禾县荻溪街道工作委员会2024年党建工作要点\n街道党工委以高质量党建引领发展。",
        "中共青禾县荻溪街道工作委员会\n2024年3月1日",
    ),
    doc_type="work_points",
    plan_year=2024,
    county="青禾县",
    town="荻溪街道",
    issuer="中共青禾县荻溪街道工作委员会",
    region_level="town",
)
case(
    "people's congress",
    plan(
        "青禾县人大常委会2024年工作要点\n2024年，县人大常委会要依法行使职权。",
        "青禾县人民代表大会常务委员会\n2024年2月20日",
    ),
    doc_type="work_points",
    plan_year=2024,
    county="青禾县",
    issuer="青禾县人民代表大会常务委员会",
    written="2024-02-20",
    is_plan=True,
)
case(
    "cppcc",
    plan("政协青禾县委员会2024年工作要点\n县政协常委会要发挥专门协商机构作用。"),
    doc_type="work_points",
    plan_year=2024,
    county="青禾县",
    is_plan=True,
    issuer="政协青禾县委员会",
)
case(
    "court report",
    plan(
        "青禾县人民法院工作报告\n——2024年1月16日在青禾县第十七届人民代表大会第三次会议上\n青禾县人民法院院长 林远\n各位代表：\n现在，我代表县人民法院向大会报告工作，请予审议。"
    ),
    doc_type="work_report",
    county="青禾县",
    written="2024-01-16",
    title="青禾县人民法院工作报告",
    is_plan=True,
)
case(
    "action plan 2023-2025",
    plan(
        "青禾县食用菌产业高质量发展三年行动计划（2023—2025年）\n为加快发展，制定本计划。",
        "青禾县人民政府办公室\n2023年6月1日",
    ),
    plan_year=2023,
    plan_until=2025,
    doc_type="action_plan",
    issuer="青禾县人民政府办公室",
)
case(
    "five year full",
    "青禾县国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要\n（2021年2月3日青禾县第十六届人民代表大会第五次会议通过）\n目录\n第一章 开启新征程……1\n第一节 发展环境……1\n第二节 指导方针……3\n第二章 建设现代产业……5\n第一节 做强农业……5\n序言\n本纲要根据县委建议编制。\n第一章 开启新征程\n第一节 发展环境\n"
    + B
    + "\n第二节 指导方针\n"
    + B
    + "\n第二章 建设现代产业\n第一节 做强农业\n"
    + B
    + "\n专栏1 重大农业工程\n1.建设粮仓6座。\n2.建设高标准农田3万亩。\n第二节 做大工业\n"
    + B,
    plan_year=2021,
    plan_until=2025,
    doc_type="long_term_plan",
    written="2021-02-03",
    county="青禾县",
    sector="government",
)
case(
    "implementation opinion",
    plan(
        "青禾县人民政府关于加快推进现代流通体系建设的实施意见\n各镇人民政府，县政府各部门：\n为畅通循环，现提出以下实施意见。",
        "青禾县人民政府\n2022年9月9日\n（此件公开发布）",
    ),
    doc_type="opinion",
    issuer="青禾县人民政府",
    written="2022-09-09",
    plan_year=2022,
    sector="other",
    title="青禾县人民政府关于加快推进现代流通体系建设的实施意见",
)
case(
    "work scheme annexed",
    "关于开展校外培训机构专项治理的通知\n各学校、各股室：\n现将《青禾县校外培训机构专项治理工作方案》印发给你们，请抓好落实。\n附件：青禾县校外培训机构专项治理工作方案\n青禾县教育局\n2023年7月3日\n附件\n青禾县校外培训机构专项治理工作方案\n为规范培训行为，制定本方案。\n一、工作目标\n"
    + E
    + "\n二、工作步骤\n"
    + E
    + "\n三、工作要求\n"
    + E,
    title="青禾县校外培训机构专项治理工作方案",
    notice_title="关于开展校外培训机构专项治理的通知",
    doc_type="action_plan",
    is_plan=True,
    issuer="青禾县教育局",
    written="2023-07-03",
    sector="education",
)
case(
    "notice whose plan follows in body",
    plan(
        "青禾县教育局关于做好2024年春季学期重点工作的通知\n各中小学、幼儿园：\n为做好新学期工作，现将有关事项通知如下：",
        "青禾县教育局\n2024年2月18日",
        body=E,
    ),
    doc_type="notice",
    issuer="青禾县教育局",
    plan_year=2024,
    sector="education",
)
case(
    "2022 summary and 2023 plan",
    plan("青禾县水利局2022年工作总结和2023年工作计划\n2022年，县水利局圆满完成任务。", "2022年12月30日"),
    doc_type="work_report",
    plan_year=2023,
    sector="other",
    county="青禾县",
    written="2022-12-30",
)
case(
    "self report",
    plan("2023年度个人述职述廉报告\n青禾县教育局 林远\n现将一年来履职情况报告如下。"),
    doc_type="work_report",
    plan_year=2023,
)
case(
    "half year",
    plan("青禾县教育局2024年上半年工作总结及下半年工作打算\n上半年，全县教育工作稳步推进。", "", body=E),
    doc_type="work_report",
    plan_year=2024,
    sector="education",
    county="青禾县",
)
case(
    "half-width",
    plan(
        "青禾县教育局２０２４年工作要点\n２０２４年全县教育工作要办好每一所学校。",
        "青禾县教育局\n２０２４年２月６日",
        body=E,
    ),
    plan_year=2024,
    written="2024-02-06",
    doc_type="work_points",
)
case(
    "traditional",
    plan(
        "青禾縣教育局2024年工作要點\n2024年全縣教育工作要堅持穩中求進。",
        "青禾縣教育局\n2024年2月6日",
        body="年內新建圖書室三間，改建操場四處，鄉鎮學校的運動條件逐步改善。",
    ),
    county="青禾县",
    doc_type="work_points",
    issuer="青禾县教育局",
    written="2024-02-06",
    sector="education",
)
case(
    "all breaks lost",
    plan(
        "青禾县教育局2024年工作要点\n2024年全县教育工作要坚持稳中求进，办好每一所学校。",
        "青禾县教育局\n2024年2月6日",
        body=E * 3,
    ).replace("\n", ""),
    title="青禾县教育局2024年工作要点",
    issuer="青禾县教育局",
    written="2024-02-06",
    plan_year=2024,
)
case(
    "masked",
    plan("XX县教育局20XX年工作要点\n20XX年全县教育工作要坚持稳中求进。", "XX县教育局\n20XX年2月6日", body=E),
    plan_year=None,
    county=None,
    region_level="county",
    doc_type="work_points",
)
case(
    "old county",
    plan(
        "温岭县教育委员会1992年工作要点\n一九九二年全县教育工作要深化改革。",
        "温岭县教育委员会\n一九九二年二月十日",
        body=E,
    ),
    county="温岭县",
    plan_year=1992,
    written="1992-02-10",
    city="台州地区",
    doc_type="work_points",
)
case(
    "same name open",
    plan("鼓楼区教育局2023年工作要点\n全区教育工作要提质。", "", body=E),
    county="鼓楼区",
    region_code=None,
    region_level="county",
)
case(
    "same name settled",
    plan("鼓楼区教育局2023年工作要点\n按照福州市教育局部署，全区教育工作要提质。", "", body=E),
    county="鼓楼区",
    region_code="350102",
)
case(
    "chengguan town",
    plan("青禾县城关镇人民政府2023年政府工作报告\n各位代表：\n我代表镇人民政府，向大会报告工作。"),
    county="青禾县",
    town="城关镇",
    region_level="town",
    doc_type="work_report",
)
case("xihu open", plan("西湖区2023年政府工作要点\n全区上下要担当作为。"), county="西湖区", region_code=None)
case(
    "xihu nanchang", plan("南昌市西湖区2023年政府工作要点\n全区上下要担当作为。"), county="西湖区", region_code="360103"
)
case(
    "news",
    "青禾县出台三年行动计划 新建学校二十所\n来源：青禾日报 记者 林远\n本报讯 近日，青禾县印发《学位建设三年行动计划》，提出三年新建学校二十所。"
    + E * 3,
    is_plan=False,
    doc_type="other",
)
case(
    "yearbook",
    "青禾县教育\n【概况】2022年，青禾县有中小学64所。"
    + E
    + "\n【学前教育】2022年，全县有幼儿园80所。"
    + E
    + "\n【义务教育】全县有小学40所。"
    + E
    + "\n【教师队伍】全县有教师3000人。"
    + E,
    is_plan=False,
)
case(
    "template",
    "XX市XX局XX年度工作计划（范文）\n为做好XX年工作，根据XX文件精神，结合XX实际，制定本计划。\n一、XX工作\n完成XX项目XX个。\n二、XX工作\n组织XX培训XX次。\n三、XX工作\n开展XX活动XX场，确保XX达到XX%以上。抓好各项任务的落实，确保全年目标圆满完成，推动各项工作再上新台阶。",
    is_plan=False,
)
case(
    "speech",
    "在全县教育工作会议上的讲话\n（2024年2月20日）\n青禾县副县长 林远\n同志们：\n今天召开全县教育工作会议，主要任务是部署今年工作。\n一、认清形势\n"
    + E
    + "\n二、抓住重点\n"
    + E
    + "\n三、狠抓落实\n"
    + E,
    title="在全县教育工作会议上的讲话",
    doc_type="other",
    is_plan=False,
    written="2024-02-20",
)
case(
    "speech with name",
    "林远同志在全市经济工作会议上的讲话\n（根据录音整理）\n同志们：\n今天开会。\n一、认清形势\n"
    + B
    + "\n二、抓住重点\n"
    + B,
    title="林远同志在全市经济工作会议上的讲话",
    doc_type="other",
    is_plan=False,
)
case(
    "speech that is report",
    "政府工作报告\n——在青禾县第十七届人民代表大会第四次会议上的讲话\n青禾县人民政府县长 林远\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n一、2024年工作回顾\n"
    + B
    + "\n二、2025年工作安排\n"
    + B,
    title="政府工作报告",
    doc_type="work_report",
    is_plan=True,
    plan_year=2025,
    county="青禾县",
    issuer="青禾县人民政府",
)
case(
    "subtitle report",
    "在青禾县第十七届人民代表大会第四次会议上\n政府工作报告\n（2025年1月9日）\n青禾县人民政府县长 林远\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n一、2024年工作回顾\n"
    + B
    + "\n二、2025年工作安排\n"
    + B,
    title="政府工作报告",
    doc_type="work_report",
    written="2025-01-09",
    plan_year=2025,
)
case(
    "city in title of report subtitle only",
    "政府工作报告\n2025年1月9日在台州市第六届人民代表大会第四次会议上\n市长 林远\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n一、2024年工作回顾\n"
    + B
    + "\n二、2025年工作安排\n"
    + B,
    city="台州市",
    region_code="331000",
    written="2025-01-09",
    issuer="台州市人民政府",
)
case(
    "byline",
    plan(
        "教育局2024年工作计划\n作者：林远  来源：好范文网  更新时间：2024-05-01\n2024年全县教育工作要提质。", "", body=E
    ),
    title="教育局2024年工作计划",
    plan_year=2024,
    written=None,
)
case(
    "byline above",
    plan("青禾县教育局 林远\n2024年党建工作要点\n2024年党建工作要提质。", "", body=E),
    title="2024年党建工作要点",
    county="青禾县",
)
case(
    "poverty region",
    plan("凉山彝族自治州布拖县2023年东西部协作工作要点\n深化与宁波市慈溪市的协作。"),
    county="布拖县",
    region_code="513429",
    city="凉山彝族自治州",
)
case("forest", plan("加格达奇区2023年工作要点\n全区林业工作要提质。"), county="加格达奇区")
case(
    "shennongjia",
    plan("神农架林区人民政府2023年工作要点\n全区要守护绿水青山。"),
    county="神农架林区",
    region_code="429021",
    province="湖北省",
    city=None,
    region_level="county",
)
case(
    "municipality county",
    plan("重庆市城口县教育委员会2024年工作要点\n全县教育要提质。", "", body=E),
    county="城口县",
    region_code="500229",
    province="重庆市",
    city=None,
)
case(
    "draft for comment",
    plan("青禾县“十五五”教育发展规划\n（征求意见稿）\n为办好教育，制定本规划。", "", body=E),
    title="青禾县“十五五”教育发展规划",
    plan_year=2026,
    plan_until=2030,
    doc_type="long_term_plan",
    is_plan=True,
)
case(
    "comment notice",
    "关于公开征求《青禾县“十五五”教育发展规划（征求意见稿）》意见的公告\n为提高规划的科学性，现公开征求意见，截止日期为2026年3月31日。\n青禾县教育局\n2026年3月1日\n青禾县“十五五”教育发展规划\n（征求意见稿）\n为办好教育，制定本规划。\n一、发展基础\n"
    + E
    + "\n二、主要任务\n"
    + E
    + "\n三、保障措施\n"
    + E,
    title="青禾县“十五五”教育发展规划",
    doc_type="long_term_plan",
    plan_year=2026,
    plan_until=2030,
    written="2026-03-01",
    is_plan=True,
)
case(
    "number in mixed",
    plan(
        "青禾县教育局文件\n青教发［2024］第15号\n关于印发《2024年青禾县教育工作要点》的通知\n各学校：\n现将《2024年青禾县教育工作要点》印发给你们，请贯彻落实。\n青禾县教育局\n2024年3月1日\n2024年青禾县教育工作要点\n总体要求：办好每一所学校。",
        "",
        body=E,
    ),
    doc_number="青教发［2024］第15号",
    title="2024年青禾县教育工作要点",
    issuer="青禾县教育局",
    county="青禾县",
    written="2024-03-01",
)
case(
    "year-first place",
    plan("2024年青禾县政府工作报告\n（2024年1月8日）\n各位代表：\n现在，我代表县人民政府向大会作工作报告，请予审议。"),
    county="青禾县",
    written="2024-01-08",
    plan_year=2024,
    issuer="青禾县人民政府",
)
case(
    "english",
    plan("Qinghe County 青禾县2024年教育工作计划 (draft)\n全县教育工作要提质。", "", body=E),
    doc_type="work_plan",
    plan_year=2024,
    county="青禾县",
)
case(
    "decade",
    plan(
        "青禾县中小学布局专项规划（2021—2035年）\n为优化布局，制定本规划。",
        "青禾县人民政府\n二〇二一年十月八日",
        body=E,
    ),
    plan_year=2021,
    plan_until=2035,
    written="2021-10-08",
    sector="education",
)
case(
    "short range",
    plan("青禾县教育提质行动方案（2022-24年）\n制定本方案。", "", body=E),
    plan_year=2022,
    plan_until=2024,
)
case(
    "three-year without years",
    plan("青禾县学前教育发展第三期三年行动计划\n制定本计划（2017—2020年）。", "青禾县教育局\n2018年1月5日", body=E),
    doc_type="action_plan",
    written="2018-01-05",
)
case(
    "ideas",
    plan("关于2025年全县教育工作的思路\n2025年要提质。", "", body=E),
    doc_type="work_plan",
    plan_year=2025,
    region_level="county",
    sector="education",
)
case("target responsibility", plan("2024年教育工作目标责任书\n为落实责任，签订本责任书。", "", body=E), plan_year=2024)
case(
    "responsibility list",
    plan("青禾县2024年教育重点工作责任清单\n为压实责任，制定清单。", "", body=E),
    doc_type="work_points",
    plan_year=2024,
)
case(
    "prefecture",
    plan(
        "恩施土家族苗族自治州教育局2022年工作要点\n2022年，全州教育系统要稳中求进。",
        "恩施州教育局\n2022年3月10日",
        body=E,
    ),
    city="恩施土家族苗族自治州",
    region_code="422800",
    region_level="city",
    province="湖北省",
    plan_year=2022,
    written="2022-03-10",
)
case(
    "reposter",
    plan(
        "县教育局2023年工作计划-范文网\n时间：2023-09-01 来源：范文网 点击：334\n县教育局2023年工作计划\n2023年，县教育局要提质。",
        "上一篇：总结\n下一篇：计划",
        body=E,
    ),
    title="县教育局2023年工作计划",
    written=None,
    published=None,
    plan_year=2023,
    region_level="county",
)
case(
    "town report",
    "青禾县荻溪镇政府工作报告\n——2024年1月3日在荻溪镇第十九届人民代表大会第四次会议上\n荻溪镇人民政府镇长 林远\n各位代表：\n我代表镇人民政府向大会报告工作。\n一、2023年工作回顾\n"
    + B
    + "\n二、2024年工作打算\n"
    + B,
    town="荻溪镇",
    county="青禾县",
    region_level="town",
    plan_year=2024,
    written="2024-01-03",
    issuer="荻溪镇人民政府",
)
case(
    "14-5 edu",
    plan(
        "青禾县人民政府关于印发青禾县“十四五”教育事业发展规划的通知\n青政发〔2021〕30号\n各乡镇人民政府，县政府各部门：\n现将《青禾县“十四五”教育事业发展规划》印发给你们，请认真贯彻执行。\n青禾县人民政府\n2021年11月25日\n（此件公开发布）\n青禾县“十四五”教育事业发展规划\n目 录\n一、做强产业\n二、建设乡村\n三、改善民生\n为办好教育，制定本规划。",
        "",
        body=E,
    ),
    title="青禾县“十四五”教育事业发展规划",
    plan_year=2021,
    plan_until=2025,
    issuer="青禾县人民政府",
    written="2021-11-25",
    doc_number="青政发〔2021〕30号",
    sector="education",
    doc_type="long_term_plan",
)
case(
    "budget report",
    plan(
        "关于青禾县2023年财政预算执行情况和2024年财政预算草案的报告\n青禾县财政局\n各位代表：\n受县人民政府委托，报告如下。"
    ),
    doc_type="work_report",
    plan_year=2024,
    county="青禾县",
    issuer="青禾县财政局",
)
case(
    "school work plan",
    plan("青禾县第二中学2023—2024学年度第二学期工作计划\n本学期要以德立校。", "2024年2月25日", body=E),
    doc_type="work_plan",
    sector="education",
    plan_year=2023,
    plan_until=2024,
    county="青禾县",
    written="2024-02-25",
)
case(
    "party edu committee",
    plan(
        "中共青禾县委教育工作领导小组2024年工作要点\n要坚持党对教育工作的全面领导。",
        "中共青禾县委教育工作领导小组\n2024年3月8日",
        body=E,
    ),
    doc_type="work_points",
    issuer="中共青禾县委教育工作领导小组",
    county="青禾县",
    sector="education",
    written="2024-03-08",
)
case(
    "short alias",
    plan("内蒙教育厅2020年工作要点\n全区教育系统要抓好落实。", "", body=E),
    province="内蒙古自治区",
    region_code="150000",
    region_level="province",
)
case(
    "han year",
    plan("青禾县二〇二四年教育工作意见\n各学校：\n要抓好落实。", "二○二四年二月十八日", body=E),
    plan_year=2024,
    written="2024-02-18",
    doc_type="opinion",
)
case(
    "interpretation",
    "《青禾县“十四五”教育发展规划》政策解读\n一、编制背景\n" + E + "\n二、主要内容\n" + E + "\n三、保障措施\n" + E,
    is_plan=False,
    doc_type="other",
)
case(
    "reply",
    "对县十七届人大三次会议第12号建议的答复\n林远代表：\n您提出的建议收悉。" + E * 3 + "\n青禾县教育局\n2024年6月1日",
    is_plan=False,
    doc_type="other",
)
case(
    "meeting minutes",
    "青禾县教育局局务会议纪要\n2024年3月1日，林远主持召开会议。\n一、研究招生工作\n"
    + E
    + "\n二、研究基建工作\n"
    + E
    + "\n三、其他\n"
    + E,
    is_plan=False,
    doc_type="other",
)
case(
    "joint three",
    plan(
        "青禾县教育局  青禾县公安局  青禾县市场监督管理局\n关于开展校园食品安全专项行动的工作方案\n为保障食品安全，制定本方案。",
        "青禾县教育局  青禾县公安局\n青禾县市场监督管理局\n2024年4月2日",
        body=E,
    ),
    issuer="青禾县教育局、青禾县公安局、青禾县市场监督管理局",
    doc_type="action_plan",
    written="2024-04-02",
    title="青禾县教育局青禾县公安局青禾县市场监督管理局关于开展校园食品安全专项行动的工作方案",
)
case(
    "title in brackets year below",
    plan("青禾县教育局工作计划\n（2024年）\n全县教育要提质。", "", body=E),
    plan_year=2024,
    doc_type="work_plan",
)
case(
    "document red head",
    plan(
        "青禾县人民政府文件\n青政〔2024〕8号\n青禾县人民政府\n关于做好2024年政府工作的意见\n各乡镇人民政府，县政府各部门：\n做好今年政府工作，现提出如下意见。",
        "青禾县人民政府\n2024年2月2日",
    ),
    title="青禾县人民政府关于做好2024年政府工作的意见",
    doc_number="青政〔2024〕8号",
    issuer="青禾县人民政府",
    written="2024-02-02",
    doc_type="opinion",
    plan_year=2024,
)
case(
    "county edu plan w/ date first",
    plan("2024年2月6日\n青禾县教育局\n青禾县教育局2024年度工作计划\n全县教育要提质。", "", body=E),
    title="青禾县教育局2024年度工作计划",
    plan_year=2024,
    written="2024-02-06",
    issuer="青禾县教育局",
)
case(
    "notice w/ attach, list in foot",
    "青禾县教育局关于印发2024年工作要点的通知\n各学校：\n现将《青禾县教育局2024年工作要点》印发给你们，请认真抓好贯彻落实。\n附件：青禾县教育局2024年工作要点\n青禾县教育局\n2024年3月1日\n附件：\n青禾县教育局2024年工作要点\n全县要提质。\n一、扩大学位\n"
    + E
    + "\n二、建强队伍\n"
    + E
    + "\n三、保障安全\n"
    + E,
    title="青禾县教育局2024年工作要点",
    notice_title="青禾县教育局关于印发2024年工作要点的通知",
    issuer="青禾县教育局",
    written="2024-03-01",
    doc_type="work_points",
    is_plan=True,
)
case(
    "notice only",
    "青禾县教育局关于印发2024年工作要点的通知\n各学校：\n现将《青禾县教育局2024年工作要点》印发给你们，请认真抓好贯彻落实。各学校要结合实际制定本校计划，于3月底前报送县教育局办公室，工作推进情况纳入年度考核，重要事项及时报告，确保各项任务落到实处。\n附件：青禾县教育局2024年工作要点\n青禾县教育局\n2024年3月1日",
    issuer="青禾县教育局",
    written="2024-03-01",
    plan_year=2024,
    title="青禾县教育局关于印发2024年工作要点的通知",
)
case(
    "ppt-like symbols",
    plan("★青禾县教育局2024年工作要点★\n■ 总体要求\n办好每一所学校。", "", body=E),
    plan_year=2024,
    county="青禾县",
)
case(
    "chaohu renamed",
    plan("巢湖市教育局2010年工作要点\n全市教育要提质。", "", body=E),
    plan_year=2010,
    region_level="city",
    region_code="341400",
)
case(
    "hainan direct county",
    plan("海南省陵水黎族自治县教育局2021年工作要点\n全县教育要提质。", "", body=E),
    county="陵水黎族自治县",
    region_code="469028",
    city=None,
    province="海南省",
)
case(
    "work points cites others",
    plan(
        "松阳县教育局2022年工作要点\n深化与上海市嘉定区、浙江省宁波市鄞州区的结对协作，学习温岭市经验。全县教育要提质。",
        "",
        body=E,
    ),
    county="松阳县",
    region_code="331124",
)
case(
    "plan for next year in report",
    plan("青禾县教育局2023年工作总结暨2024年工作谋划\n2023年成绩显著。", "", body=E),
    plan_year=2024,
    doc_type="work_report",
)
case(
    "proposal party",
    plan(
        "中共青禾县委关于制定国民经济和社会发展第十五个五年规划的建议\n（2025年11月20日中国共产党青禾县第十四届委员会第十次全体会议通过）\n十五五时期是关键时期。"
    ),
    doc_type="opinion",
    plan_year=2026,
    plan_until=2030,
    written="2025-11-20",
    issuer="中共青禾县委",
    sector="government",
    county="青禾县",
)
case(
    "village",
    plan("青禾县荻溪镇桃源村2024年工作计划\n全村要提质。"),
    county="青禾县",
    plan_year=2024,
    doc_type="work_plan",
)
case(
    "report to superior",
    plan(
        "青禾县人民政府关于2023年教育工作情况的报告\n市人民政府：\n现将有关情况报告如下。",
        "青禾县人民政府\n2024年1月10日",
        body=E,
    ),
    doc_type="work_report",
    plan_year=2023,
    issuer="青禾县人民政府",
    written="2024-01-10",
    sector="education",
)


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_heads_of_many_hands_are_read(text: str, wanted: dict[str, Any]) -> None:
    row = rows_of(text)["plans"][0]
    assert {name: row[name] for name in wanted} == wanted


LABELLED = [  # text below a collector's label "title，author" → title, issuer, written
    (
        "岚江省校车条例（修正草案），岚江省人大\n岚江省校车管理条例（2021年3月9日岚江省第十三届人民代表大会常务委员会第二次会议通过）来源：岚江人大网\n"
        f"岚江省校车管理条例（2021年3月9日岚江省第十三届人民代表大会常务委员会第二次会议通过）\n第一条为了校车安全，制定本条例。\n第二条{E}",
        ("岚江省校车管理条例", "岚江省第十三届人民代表大会常务委员会", "2021-03-09"),
    ),
    (
        "校车管理暂行规定，岚江省教育厅\n首页/ 政策文件岚江省教育委员会关于校车线路的指南发布时间：2025-05-16 08:53\n"
        "岚江省教育委员会关于校车线路的指南发布时间：2025-05-16 08:53\n（2021年2月7日岚江省教育委员会印发）第一章\n"
        f"总则第一条为了校车安全，制定本指南。第二条{E}",
        ("岚江省教育委员会关于校车线路的指南", "岚江省教育委员会", "2021-02-07"),
    ),
    (
        "校车资源利用办法，岚江省教育厅\n2024-10-09 17:56来源：\n岚江日报岚江10月9日电岚江省教育厅\n"
        f"岚江省财政厅关于用好校车资源的意见（2024年9月21日）各市：校车是重要资源。{E}一、总体要求坚持安全第一。{E}二、主要任务{E}三、保障措施{E}",
        ("岚江省教育厅岚江省财政厅关于用好校车资源的意见", None, "2024-09-21"),
    ),
    (
        f"岚江省校车条例（2022年修正草案），岚江省人大\n为了做好校车工作，我厅起草了有关决定，现向社会公开征求意见。{E}{E}\n附件：1.关于修改校车条例的决定（征求意见稿）\n"
        f"关于修改校车条例的决定（征求意见稿）\n一、将第九条修改为：校车每学期检查两次。\n二、将第十条修改为：{E}",
        ("关于修改校车条例的决定（征求意见稿）", None, None),
    ),
    (
        f"校车安全指引，岚江省教育厅\n关于印发《校车安全指引》的通知\n各市教育局：\n现将《校车安全指引》印发给你们，请认真执行。\n校车安全指引\n第一条{E}\n第二条{E}",
        ("校车安全指引", None, None),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), LABELLED, ids=[wanted[0] for _, wanted in LABELLED])
def test_a_collectors_label_gives_way_to_the_title_that_is_printed(text: str, wanted: tuple[str | None, ...]) -> None:
    row = rows_of(text)["plans"][0]
    found = (row["title"], row["issuer"], row["written"])
    assert tuple(f for f, w in zip(found, wanted, strict=True) if w) == tuple(w for w in wanted if w)


def test_an_order_told_in_brackets_gives_its_number_body_and_day() -> None:
    text = "校车办法（2000年9月25日岚江省人民政府令第29号公布 根据2011年1月8日《决定》修订）第一条校车应当每学期检查。"
    assert orders.number(text) is not None and orders.number(text)[0] == "岚江省人民政府令第29号"  # type: ignore[index]
    assert orders.body(text)[0] == "岚江省人民政府"  # type: ignore[index]
    assert orders.day(text)[0] == "2000-09-25"  # type: ignore[index]


def test_a_day_behind_a_name_in_a_copy_is_the_sign_offs() -> None:
    assert orders.day_behind_name("岚江省教育厅厅长\n校车办法", "林知远2023年2月22日校车办法") == "2023-02-22"
    assert orders.day_behind_name("校车办法\n第一条", "林知远2023年2月22日校车办法") is None


@pytest.mark.parametrize(
    ("line", "is_byline"),
    [
        ("青禾县副县长 林知远", True),
        ("县人民政府县长　林远", True),
        ("青禾县教育局 林远", True),
        ("（根据录音整理）", True),
        ("青禾县教育局 工作要点", False),
        ("校长培训工作方案", False),
        ("青禾县教育局", False),
    ],
)
def test_a_line_that_says_who_speaks_is_told_from_a_title(line: str, is_byline: bool) -> None:
    assert lines.is_byline(line) is is_byline


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("青禾县水利局2024年防汛工作要点", "防汛"),
        ("荻溪镇人民政府2023年工作总结及2024年工作计划", ""),
        ("2024年青禾县为民办实事项目清单", ""),
        ("青禾县国民经济和社会发展计划", "国民经济社会"),
        ("青禾县人民政府关于加快推进现代流通体系建设的实施意见", "加快现代流通体系建设"),
    ],
)
def test_the_words_of_a_titles_subject_are_left_without_its_frame(title: str, words: str) -> None:
    assert subject.own_words(title) == words


@pytest.mark.parametrize(
    ("title", "issuer", "wanted"),
    [
        ("关于加强校外网络平台治理的意见", "岚江省互联网办公室、岚江省教育厅、岚江省公安厅", "other"),
        ("2024年工作要点", "青禾县教育局、青禾县财政局", "education"),
        ("2024年工作要点", "青禾县住房和城乡建设局", "other"),
        ("2024年工作要点", "中共青禾县委", "government"),
    ],
)
def test_the_first_of_joint_issuers_tells_the_subject(title: str, issuer: str, wanted: str) -> None:
    assert subject.sector(title, issuer, "各单位要抓好落实。") == wanted


def test_a_slogan_above_its_occasion_is_the_title_of_a_speech() -> None:
    text = f"凝心聚力办好每一所学校\n——在全县教育工作会议上的讲话\n青禾县副县长 林远\n同志们：\n一、认清形势\n{E}\n二、抓住重点\n{E}\n三、抓好落实\n{E}"
    row = rows_of(text)["plans"][0]
    assert (row["title"], row["doc_type"], row["is_plan"]) == ("凝心聚力办好每一所学校", "other", False)


def test_a_speech_that_reports_to_the_assembly_is_a_report() -> None:
    text = (
        "在青禾县第十七届人民代表大会第四次会议上的讲话\n县长 林远\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n"
        f"一、2024年工作回顾\n{B}\n二、2025年工作安排\n{B}\n三、改善民生\n{B}"
    )
    row = rows_of(text)["plans"][0]
    assert (row["doc_type"], row["is_plan"], row["county"]) == ("work_report", True, "青禾县")


@pytest.mark.parametrize("line", ["（" * 50_000, "县教育局 " * 20_000, "《" * 50_000, "1" * 200_000])
def test_heads_are_read_in_linear_time(line: str) -> None:
    rows_of(f"青禾县工作要点\n{line}")
    assert titles.dated(line) is None


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("松涧县教育质量提升行动计划\n（2023—2025年）", "松涧县教育质量提升行动计划（2023—2025年）"),
        ("松涧县教育质量提升行动计划\n（2023年3月1日）", "松涧县教育质量提升行动计划"),
        ("**区教育局2023年工作计划", "**区教育局2023年工作计划"),
        ("**松涧县教育局2023年工作计划**", "松涧县教育局2023年工作计划"),
    ],
)
def test_a_title_has_its_bracket_below_and_the_stars_of_its_place(head: str, title: str) -> None:
    assert rows_of(plan(f"{head}\n{E}", body=E))["plans"][0]["title"] == title


def test_a_masked_day_ends_the_plan() -> None:
    rows = rows_of(plan("松涧县2023年工作计划", "20**年**月**日", body=E))
    assert rows["items"][-1]["text"].endswith("锻炼。")
    assert rows["outline"][-1]["kind"] == "trailer"


ZONES = (
    "云渡市栎川经济技术开发区管理委员会",
    "云渡高新区管委会",
    "云渡市石湾工业园区管理委员会",
    "青坪自然保护区管理委员会",
)


@pytest.mark.parametrize("body", ZONES)
@pytest.mark.parametrize("form", ["（{} 2021年11月）", "({})", "（{}，2021年）"])
def test_the_body_in_brackets_below_a_title_issued_it(body: str, form: str) -> None:
    told = rows_of(plan(f"“十四五”教育事业发展规划\n{form.format(body)}"))["plans"][0]
    assert told["issuer"] == body


@pytest.mark.parametrize(
    "body", [*ZONES, "云渡市月潭旅游度假区管委会", "云渡综合保税区管理委员会", "云渡市北岭林区管理委员会"]
)
def test_the_committee_of_a_zone_issues_by_its_title_and_by_its_sign_off(body: str) -> None:
    by_title = rows_of(plan(f"{body}2024年工作要点"))["plans"][0]
    signed = rows_of(plan("2024年工作要点", f"{body}\n2024年3月5日"))["plans"][0]
    assert (by_title["issuer"], signed["issuer"]) == (body, body)


@pytest.mark.parametrize(
    ("title", "kind"), [("桑麓县2022年重点工作计划及任务分解", "work_plan"), ("桑麓县乡村教师成长二十条", "work_plan")]
)
def test_the_line_that_a_notice_names_is_the_plan_s_title_whatever_its_last_word(title: str, kind: str) -> None:
    hands_on = f"各乡镇人民政府：\n现将《{title}》印发给你们，请抓好落实。\n桑麓县人民政府办公室\n2022年2月11日"
    [row] = rows_of(plan(f"桑麓县人民政府办公室关于印发《{title}》的通知\n{hands_on}\n{title}"))["plans"]
    assert (row["title"], row["written"], row["doc_type"]) == (title, "2022-02-11", kind)


def test_a_bureau_with_a_long_name_tells_its_place() -> None:
    [row] = rows_of(plan("桑鹿市人力资源和社会保障局2018年工作思路"))["plans"]
    assert (row["city"], row["region_level"]) == ("桑鹿市", "city")
