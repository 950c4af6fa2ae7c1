"""Tags: each from words that a reader would point at, each with its evidence; none where the text gives none."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis import frames, tag
from analysis.tag import grams
from analysis.tag.dates import deadline
from analysis.tag.programmes import programmes
from analysis.tag.scan import Scanner
from analysis.tag.units import from_row, units


def _tagged(
    text: str,
    heading: str = "",
    sector: str = "education",
    tense: str = "task",
    metrics: list[dict[str, Any]] | None = None,
    above: str = "",
    title: str = "",
) -> dict[str, Any]:
    lead = f"{above}\n{heading}。" if above else f"{heading}。"
    plan = {"plan_id": "p", "text": f"{lead}{text}", "title": title, "sector": sector, "plan_year": 2024}
    item = {"plan_id": "p", "item_id": "i", "heading": heading, "text": text, "tense": tense}
    item |= {"start": len(lead), "end": len(lead) + len(text)}
    return tag.records(plan, [item], [{"item_id": "i", **m} for m in metrics or []])["items"][0]


@pytest.mark.parametrize(
    ("heading", "domain"),
    [
        ("抓好党建统领全局", "party"),
        ("加强机关作风和行风建设", "party"),
        ("健全家校社协同育人机制", "moral"),
        ("推进幼小科学衔接", "preschool"),
        ("做好控辍保学", "compulsory"),
        ("推进学区制管理和集团化办学", "compulsory"),
        ("促进普通高中多样化有特色发展", "senior"),
        ("深化产教融合", "vocational"),
        ("支持高校双一流建设", "higher"),
        ("落实送教上门", "special"),
        ("整治无证办学", "private"),
        ("做好推普和语言文字工作", "lifelong"),
        ("强化教学常规管理", "teaching"),
        ("落实阳光招生", "assessment"),
        ("深化县管校聘改革", "teachers"),
        ("备战省运会", "sports_health"),
        ("建好综合实践基地", "arts_labour"),
        ("用好国家智慧教育平台", "digital"),
        ("落实两个只增不减", "finance"),
        ("实施厕所改造和温暖工程", "facilities"),
        ("防范学生溺水", "safety"),
        ("推进放管服改革", "governance"),
        ("免除学杂费", "equity"),
        ("做好招商引资", "other"),
        ("推进民办教育综合改革", "private"),  # the object, not the reform
        ("加强平安校园建设", "safety"),  # no building
        ("加强体育美育工作", "sports_health"),  # two are named: the first
    ],
)
def test_the_heading_names_the_primary_domain_of_education(heading: str, domain: str) -> None:
    assert _tagged("按年度安排抓好各项工作。", heading)["domain"] == domain


@pytest.mark.parametrize(
    ("heading", "domain"),
    [
        ("推动经济持续回升向好", "economy"),
        ("培育先进制造业集群", "industry"),
        ("打造高能级创新平台", "innovation"),
        ("夯实算力底座", "digital"),
        ("扛牢粮食安全责任", "agriculture"),
        ("推动消费品以旧换新", "consumption"),
        ("狠抓重大项目建设", "investment"),
        ("加快水利设施建设", "infrastructure"),
        ("稳住外贸外资基本盘", "opening"),
        ("打造一流营商环境", "reform"),
        ("化解地方债务", "finance"),
        ("实施城市更新", "urban_region"),
        ("建设美丽河湖、打好碧水保卫战", "ecology"),
        ("千方百计增加居民收入", "jobs_income"),
        ("办好人民满意的教育", "education"),
        ("完善生育支持政策", "health"),
        ("兜牢民生底线，健全社会保障", "welfare"),
        ("推动文旅融合", "culture"),
        ("扎实做好保交房", "housing"),
        ("推进平安建设", "safety"),
        ("驰而不息纠治四风", "government"),
    ],
)
def test_the_heading_names_the_primary_domain_of_government(heading: str, domain: str) -> None:
    found = _tagged("各地各部门抓好落实。", heading, sector="government")
    assert (found["domain"], found["codebook"]) == (domain, "government")


def test_a_sector_without_its_own_table_is_tagged_with_that_of_government() -> None:
    assert _tagged("新建三级医院1所。", "提升医疗服务能力", sector="health")["domain"] == "health"


def test_a_third_sector_needs_a_table_and_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gardens").mkdir()
    rows = "id,zh,en,definition,cues,counter_cues,examples\nparks,公园,Parks,公园,公园*4|绿道*3,,建公园\ntrees,树,Trees,树,古树*4,,护古树\n"
    (tmp_path / "gardens" / "domains.csv").write_text(rows, encoding="utf-8")
    monkeypatch.setenv("PLANS_CODEBOOK", str(tmp_path))
    found = _tagged("修绿道，挂古树牌，给古树治病。", "新建公园3座", sector="gardens")
    assert (found["codebook"], found["domain"], found["domains"]) == ("gardens", "parks", ["parks", "trees"])


def test_the_text_decides_where_the_heading_names_nothing() -> None:
    assert _tagged("新招教师40名，组织教师培训，评选骨干教师。", "抓住关键")["domain"] == "teachers"


def test_the_parent_decides_where_heading_and_text_name_nothing() -> None:
    assert _tagged("各校要抓早抓小，常抓不懈。", "压实责任", above="二、加强校园安全工作")["domain"] == "safety"


def test_the_plans_one_subject_decides_where_nothing_else_does() -> None:
    title = "临溪县学前教育提升三年行动计划"
    assert _tagged("三年内分批完成。", "分步推开", title=title)["domain"] == "preschool"


def test_no_cue_no_domain() -> None:
    found = _tagged("按计划推进，如期完成。", "稳步前行")
    assert (found["domain"], found["domains"], found["domain_margin"]) == (None, [], 0.0)


def test_a_narrow_lead_leaves_the_primary_open_and_keeps_the_candidates() -> None:
    found = _tagged("办好幼儿园，办好特殊教育学校。特殊教育和幼儿园都要办好。学前教育不放松。")
    assert found["domain"] is None or found["domain_margin"] >= 0.04
    assert set(found["domains"]) == {"preschool", "special"}


def test_other_domains_have_a_clause_of_their_own() -> None:
    text = (
        "扩大普惠性学前教育资源，公办幼儿园在园幼儿占比逐年提高。组织幼儿园园长和教师参加教师培训，提高教师持证率，"
        "评选骨干教师。财务上一视同仁。各园要按照县里的统一安排，认真落实保教常规，减少各类检查评比，让幼儿在游戏中快乐成长，"
        "让家长放心满意，让社会看到学前教育的变化。"
    )
    found = _tagged(text, "办好学前教育")
    assert found["domains"] == ["preschool", "teachers"]  # finance is mentioned, no more


@pytest.mark.parametrize(
    ("heading", "text", "domain"),
    [
        ("办好学前教育", "新增公办园学位900个，保教水平稳步提高。", "facilities"),
        ("办好学前教育", "保教水平稳步提高，民办园每生每年补600元。", "private"),
        ("转变机关作风", "精简会议，“三公”经费再减4%。", "finance"),
        ("建强教师队伍", "组织教师信息技术应用能力培训900人次。", "digital"),
        ("做好控辍保学", "控制学生作业总量，入学率稳定。", "teaching"),
        ("发展职业教育", "中职招生700人，为返乡农民办培训20期。", "lifelong"),
        ("办强义务教育", "义务教育巩固率稳定，改造薄弱学校8所。", "facilities"),
    ],
)
def test_a_clause_of_another_field_gives_a_further_domain_of_education(heading: str, text: str, domain: str) -> None:
    assert domain in _tagged(text, heading)["domains"][1:]


@pytest.mark.parametrize(
    ("heading", "text", "domain"),
    [
        ("加强文明创建", "创建文明单位9家，棚户区改造300户。", "housing"),
        ("建设法治政府", "落实政府廉政责任，一般性支出压减6%。", "finance"),
        ("培育先进制造业", "制造业产值翻番，企业研发机构覆盖率达到四成。", "innovation"),
        ("培育先进制造业", "制造业产值翻番，到位内资12亿元。", "opening"),
        ("推动经济回升向好", "地区生产总值增长5%，规上工业增加值、固定资产投资分别增长6%、8%。", "industry"),
        ("推动经济回升向好", "地区生产总值增长5%，规上工业增加值、固定资产投资分别增长6%、8%。", "investment"),
    ],
)
def test_a_clause_of_another_field_gives_a_further_domain_of_government(heading: str, text: str, domain: str) -> None:
    found = _tagged(text, heading, sector="government")
    assert domain in found["domains"][1:]


@pytest.mark.parametrize(
    ("heading", "text", "domain"),
    [
        ("丰富劳动课程", "建成校外劳动农场3个，每周上一节劳动课。", "facilities"),
        ("开展全民健身", "添置健身器材40套，办好龙舟赛。", "facilities"),
        ("严守廉洁底线", "盯紧基建、采购等领域，查处违纪行为。", "facilities"),
        ("冲刺高考", "高考本科上线600人，普通高中优生培养见效。", "higher"),
    ],
)
def test_a_word_in_passing_gives_no_further_domain(heading: str, text: str, domain: str) -> None:
    assert domain not in _tagged(text, heading)["domains"]


@pytest.mark.parametrize(
    ("text", "instruments"),
    [
        ("全年招聘特岗教师40名，选派骨干教师支教。", {"talent"}),
        ("县财政安排专项资金800万元。", {"funding"}),
        ("新建、改扩建学校3所，添置设施设备。", {"infrastructure"}),
        ("建立学籍数据库和信息化管理系统。", {"information"}),
        ("为重度残疾儿童送教上门，做好关爱服务。", {"service"}),
        ("编制五年发展规划和三年行动计划。", {"goal"}),
        ("严禁超纲教学，查处违规办学。", {"regulation"}),
        ("开展专项督导，把结果纳入年度考核。", {"evaluation"}),
        ("对成绩突出的学校给予奖励和表彰。", {"incentive"}),
        ("成立领导小组，健全联席会议机制。", {"organisation"}),
        ("以政府购买服务方式委托第三方机构承接。", {"procurement"}),
        ("选择两个乡镇先行先试，打造样板。", {"pilot"}),
        ("利用新闻媒体加强宣传，营造氛围。", {"publicity"}),
        ("与江南区对口帮扶学校开展结对共建，深化合作。", {"exchange"}),
        ("大家都很努力。", set()),
    ],
)
def test_instruments_are_read_from_their_own_words(text: str, instruments: set[str]) -> None:
    found = set(_tagged(text)["instruments"])
    assert instruments <= found
    assert len(found - instruments) <= 1


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("建成教师公寓30套。", "infrastructure"),
        ("更新一批实验器材。", "infrastructure"),
        ("升级局域网络。", "infrastructure"),
        ("改造乡镇学校厕所12座。", "infrastructure"),
        ("新综合楼年内投用。", "infrastructure"),
        ("农村低保标准继续提高。", "funding"),
        ("面向返乡农民开展培训600人次。", "service"),
        ("办好助学贷款。", "service"),
        ("今年经济工作的主要预期目标是：增长保持平稳。" + "各地各部门要牢牢把握工作主动权。" * 10, "goal"),
        ("引进名校毕业生，发放安家费。", "incentive"),
        ("开展最美乡村医生评选。", "incentive"),
        ("与各乡镇签订责任书。", "organisation"),
        ("每年发布一份产业用工报告。", "information"),
        ("对民办学校开展年检。", "evaluation"),
        ("补齐农村教师缺口，充实小学科学教师。", "talent"),
        ("完成村级党组织换届。", "organisation"),
        ("把不合格人员清出教练队伍。", "regulation"),
        ("与邻县学校互派教师。", "exchange"),
        ("保育员持证上岗。", "talent"),
        ("校园出口带宽翻番。", "infrastructure"),
        ("购买校外托管课程服务。", "procurement"),
        ("企业开办审批时限再压缩一半。", "service"),  # easing approvals serves who applies
        ("群众诉求响应更快，高频事项网上可办。", "service"),
        ("今年主要预期目标建议为：增长保持平稳。", "goal"),
        ("全面推行县管校聘。", "organisation"),
    ],
)
def test_an_instrument_is_told_by_its_verb_and_thing(text: str, instrument: str) -> None:
    assert instrument in _tagged(text)["instruments"]


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("集体经济收入超过20万元的村占六成。", "funding"),  # a result
        ("“三公”经费压缩3%。", "funding"),
        ("每位引进人才领取安家补助8万元。", "funding"),  # to persons: an incentive
        ("向民办学校购买学位300个。", "infrastructure"),
        ("中职学校办学条件全部达标。", "infrastructure"),
        ("公开招聘教师不超过60名。", "regulation"),  # staff, no rule for schools
        ("建成实训楼两栋。", "talent"),
        ("面向返乡农民开展培训600人次。", "talent"),  # the public
        ("引进亿元以上项目3个。", "talent"),
        ("签约亿元以上项目9个。", "exchange"),
        ("信访件办结率保持100%。", "service"),
        ("超额完成年度任务。", "goal"),
        ("发现违规的取消评优资格。", "incentive"),
        ("水质监测合格率保持在九成以上。", "evaluation"),
        ("交流轮岗教师占比提高。", "exchange"),
        ("调查失业率控制在5.2%以内。", "regulation"),  # a ceiling on a rate is a target
        ("投资项目审批时限压缩三成。", "funding"),
        ("内设机构压减四个。", "regulation"),
        ("全年外贸进出口总额61亿元。", "exchange"),
        ("完成固定资产投资43亿元。", "funding"),  # what an economy spends, not the plan
        ("组织各类球类赛事60场次。", "publicity"),
        ("营造整洁有序的办公环境。", "publicity"),
        ("对通过省级评估的幼儿园奖励5万元。", "evaluation"),  # whom it is about
        ("在年度考评中列第三。", "evaluation"),
        ("新建小区的幼儿园必须移交。", "infrastructure"),
        ("高端装备产值翻番。", "infrastructure"),
        ("与乡镇签订目标责任书。", "goal"),
    ],
)
def test_a_word_of_another_matter_is_no_instrument(text: str, instrument: str) -> None:
    assert instrument not in _tagged(text)["instruments"]


@pytest.mark.parametrize(
    ("text", "is_built"),
    [
        ("建设邻里驿站四十处。", True),
        ("修建机耕路8公里。", True),
        ("新增护理床位300张。", True),
        ("建家门口就业车间16个。", True),
        ("建党建品牌学校6所。", False),  # a title
        ("设立名师工作室12个。", False),
        ("摸清建档立卡户中重点一个不漏。", False),
        ("培育合作社30个。", False),
    ],
)
def test_places_that_are_counted_where_they_are_built_are_infrastructure(text: str, is_built: bool) -> None:
    assert ("infrastructure" in _tagged(text)["instruments"]) is is_built


def test_grams_silence_a_single_usual_cue_that_no_clause_leans_to() -> None:
    used = [
        _tagged(text, sector="government")["instruments"] for text in ("引进优秀青年教师。", "引进亩产高的水稻新品种。")
    ]
    assert used == [["talent"], []]


@pytest.mark.parametrize(("tense", "commitment"), [("task", "binding"), ("review", "continuing")])
def test_what_was_fully_done_binds_nobody(tense: str, commitment: str) -> None:
    assert _tagged("县里下达的任务全面完成。", tense=tense)["commitment"] == commitment


def test_shortcomings_use_no_instrument_and_commit_to_nothing() -> None:
    found = _tagged("教师培训经费不足，督导考核机制不健全，新建学校进度慢。", tense="problem")
    assert (found["instruments"], found["commitment"]) == ([], None)


TARGET = {"status": "target", "quote": "入园率达到95%"}


@pytest.mark.parametrize(
    ("text", "metrics", "commitment"),
    [
        ("确保全年不发生责任事故。", [], "binding"),
        ("严禁占用体育课，入园率达到95%。", [TARGET], "binding"),
        ("提高普及水平，入园率达到95%。", [TARGET], "quantified"),
        ("提高普及水平，入园率已达到95%。", [{**TARGET, "status": "achieved"}], "continuing"),
        ("提高普及水平，实现全覆盖。", [{**TARGET, "worded": True}], "continuing"),
        ("出台教师减负清单。", [], "concrete"),
        ("建立局领导联系学校制度。", [], "concrete"),
        ("建立健全教研制度。", [], "continuing"),
        ("探索建立教研轮值制度。", [], "exploratory"),
        ("加强和改进教研工作，深化课程改革。", [], "continuing"),
        ("巩固文明校园创建成果。", [], "continuing"),
        ("探索走班教学。", [], "exploratory"),
        ("大家一起来。", [], "continuing"),
        ("研究组建职教集团。", [], "exploratory"),  # not set up yet
        ("组建职教集团。", [], "concrete"),
        ("对漏报的单位一律通报，合格率达到95%。", [TARGET], "quantified"),  # binds who breaks a rule, not the plan
        ("层层签订安全责任书。", [], "continuing"),
        ("县城建成区保持整洁。", [], "continuing"),
    ],
)
def test_the_strongest_commitment_counts(text: str, metrics: list[dict[str, Any]], commitment: str) -> None:
    assert _tagged(text, metrics=metrics)["commitment"] == commitment


@pytest.mark.parametrize(
    ("text", "commitment"),
    [
        ("新修村道12公里。", "concrete"),
        ("完成危桥改造6座。", "concrete"),
        ("新增床位300张。", "continuing"),  # gained, by whatever means
        ("全县生产总值完成96亿元。", "continuing"),  # a sum
        ("技改完成年度计划的98%。", "continuing"),
    ],
)
def test_a_review_names_what_was_built_and_not_what_came_about(text: str, commitment: str) -> None:
    assert _tagged(text, tense="review", sector="government")["commitment"] == commitment


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        ("排查隐患。（牵头处室：安全处。责任处室：基教处、体卫处）", ["安全处"], ["基教处", "体卫处"]),
        ("排查隐患。（责任单位：县教育局、县公安局，各乡镇人民政府）", ["县教育局", "县公安局", "各乡镇人民政府"], []),
        ("（牵头单位:市教育局,配合单位:市财政局、市编办）", ["市教育局"], ["市财政局", "市编办"]),
        ("（市教育局牵头，市财政局、市人力社保局按职责分工负责）", ["市教育局"], ["市财政局", "市人力社保局"]),
        ("（省发展改革委、省教育厅等按职责分工负责）", ["省发展改革委", "省教育厅"], []),
        ("由县教育局牵头，县财政局、县住建局配合，年底前完成。", ["县教育局"], ["县财政局", "县住建局"]),
        ("由教育局和财政局共同负责", ["教育局", "财政局"], []),
        ("（教育部、财政部等和各有关省级人民政府按职责分工负责）", ["教育部", "财政部", "各有关省级人民政府"], []),
        ("（工业和信息化部、自由贸易区管委会负责）", ["工业和信息化部", "自由贸易区管委会"], []),
        ("（责任单位：各县（市、区）教育局）", ["各县（市、区）教育局"], []),
        ("（各市、县人民政府，省教育厅负责）", ["各市、县人民政府", "省教育厅"], []),
        ("（牵头单位：高等教育与职业教育处和财务处）", ["高等教育与职业教育处", "财务处"], []),
        ("责任领导：王小明；责任科室：办公室", ["办公室"], []),
        ("【责任处室：基教处】", ["基教处"], []),
        ("（责任科室：人事科，配合科室：各科室）", ["人事科"], ["各科室"]),
        ("责任单位：市教育局　配合单位：市财政局 市发改委", ["市教育局"], ["市财政局", "市发改委"]),
        ("排查隐患。（安全股）", ["安全股"], []),
        ("排查隐患。（安全股、项目办）\n", ["安全股", "项目办"], []),
        ("排查隐患（安全股、办公室）。", ["安全股", "办公室"], []),
        ("排查隐患。【安全科 后勤中心】", ["安全科", "后勤中心"], []),
        ("排查隐患。〔安全处；督导室〕", ["安全处", "督导室"], []),
        ("排查隐患。[教研室,电教馆]", ["教研室", "电教馆"], []),
        ("排查隐患。（安全股，后勤中心、各中小学配合）", ["安全股"], ["后勤中心", "各中小学"]),
        ("排查隐患。（责任：安全股；配合：人事股）", ["安全股"], ["人事股"]),
        ("排查隐患。（青禾一中、县职业中专、各乡镇中心校）", ["青禾一中", "县职业中专", "各乡镇中心校"], []),
        ("排查隐患。〔牵头科室：安全科；配合科室：审计科〕", ["安全科"], ["审计科"]),
        ("排查隐患。（安全股）改造食堂。（项目办）", ["安全股", "项目办"], []),
        ("排查隐患。（县教育局、各县（市、区）人民政府）", ["县教育局", "各县（市、区）人民政府"], []),
        ("新建幼儿园（含小区配套园）。", [], []),
        ("标准另行下达。（详见附件）", [], []),
        ("覆盖学校。（公办、民办）", [], []),
        ("改造学校12所。（公办园、民办园）", [], []),
        ("开足课程。（本科、专科）", [], []),
        ("配齐专用房间（实验室、图书室）。", [], []),
        ("配齐专用房间。（科学教室、活动室）", [], []),
        ("成立教师发展机构（以下简称教研室）。", [], []),
        ("改造食堂（两处）。", [], []),
        ("成立教师发展机构（教研室）", [], []),
        ("由学校负责人组织排查。", [], []),
        ("增强责任意识，加强部门配合。", [], []),
        ("", [], []),
    ],
)
def test_owners_are_read_as_written(text: str, lead: list[str], support: list[str]) -> None:
    found = units(text)
    assert [u.name for u in found if u.role == "lead_units"] == lead
    assert [u.name for u in found if u.role == "support_units"] == support
    assert all(text[u.start : u.end] == u.name for u in found)


def test_owners_stand_in_the_columns_of_a_table() -> None:
    header = ["序号", "任务", "牵头单位", "责任单位", "完成时限"]
    found = from_row(header, ["1", "新建学校", "教育局", "财政局、住建局", "2024年12月"])
    assert [(u.role, u.name) for u in found] == [
        ("lead_units", "教育局"),
        ("support_units", "财政局"),
        ("support_units", "住建局"),
    ]


def test_an_item_in_a_table_takes_the_owners_of_its_row() -> None:
    text = "序号\t任务\t责任单位\n1\t新建幼儿园2所\t教育局、住建局\n"
    start = text.index("新建")
    item = {"plan_id": "p", "item_id": "i", "heading": "", "text": "新建幼儿园2所", "tense": "task"}
    item |= {"start": start, "end": start + 7}
    plan = {"plan_id": "p", "text": text, "sector": "education", "plan_year": 2024}
    assert tag.records(plan, [item], [])["items"][0]["lead_units"] == ["教育局", "住建局"]


def test_names_of_owners_are_no_cues() -> None:
    text = "建立质量自评机制，开展质量监测。（牵头处室：评估中心。责任处室：职业教育处、学前教育处、民办教育处）"
    assert _tagged(text, "完善评价机制")["domains"] == ["assessment"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("6月底前完成", "2024-06-30"),
        ("2月份完成", "2024-02-29"),
        ("9月1日前投入使用", "2024-09-01"),
        ("2025年6月15日前办结", "2025-06-15"),
        ("年底前建成", "2024-12-31"),
        ("到2027年底全部达标", "2027-12-31"),
        ("到2025年，覆盖率提高", "2025-12-31"),
        ("2025年前完成", "2024-12-31"),
        ("“十五五”末建成", "2030-12-31"),
        ("今年上半年完成", "2024-06-30"),
        ("三季度末见效", "2024-09-30"),
        ("完成时限：2024年11月", "2024-11-30"),
        ("每季度通报一次", "每季度"),
        ("秋季学期开学前配齐", "秋季学期开学前"),
        ("3年内见效", None),
        ("每生每年补助500元", None),
        ("守住安全底线", None),
        ("2025年前后建成", None),
        ("4月至6月开展", None),
        ("每年新增学生300人", None),
        ("平均每年减少两成", None),
        ("处理年内到期的债券", None),
        ("每年举办一次比赛", "每年"),
    ],
)
def test_deadlines_are_dates_where_the_text_settles_them(text: str, due: str | None) -> None:
    found = deadline(text, 2024)
    assert (found.value if found else None) == due


def test_without_a_year_a_deadline_keeps_its_words() -> None:
    found = deadline("6月底前完成", None)
    assert found is not None
    assert found.value == "6月底前"


def test_what_was_done_has_no_deadline() -> None:
    assert _tagged("6月底前完成了改造。", tense="review")["deadline"] is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("实施“双名工程”", ["双名工程"]),
        ("开展“清风校园”专项行动", ["清风校园专项行动"]),
        ("深入实施学前教育普及普惠工程", ["学前教育普及普惠工程"]),
        ("印发《临溪县教育提升行动计划（2024—2026年）》", ["临溪县教育提升行动计划（2024—2026年）"]),
        ("推进重点工程，落实年度计划", []),
        ("实施“八大行动”，推进十大工程，不搞“形象工程”", []),
        ("办好“一把手工程”，实施“青苗培优”工程", ["青苗培优工程"]),
    ],
)
def test_programmes_are_called_by_name(text: str, names: list[str]) -> None:
    assert [p.name for p in programmes(text)] == names


def test_beneficiaries_hedges_and_stage_are_read() -> None:
    found = _tagged("出台办法，力争让留守儿童和残疾学生都能入学，鼓励有条件的学校先行。")
    assert {"left_behind", "disabled"} <= set(found["beneficiaries"])
    assert {"力争", "鼓励"} & set(found["hedges"])
    assert found["stage"] == "formulation"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("办好群众文体活动，关心群众冷暖", ["residents"]),
        ("培育农业龙头企业5家", []),
        ("村民小组全覆盖", []),
        ("为村民修路", ["rural"]),
    ],
)
def test_a_name_that_holds_people_is_no_beneficiary(text: str, who: list[str]) -> None:
    assert _tagged(text)["beneficiaries"] == who


@pytest.mark.parametrize(("text", "stage"), [("加强基础研究", "implementation"), ("研究出路，摸底排查", "agenda")])
def test_research_itself_is_no_stage_of_policy(text: str, stage: str) -> None:
    assert _tagged(text)["stage"] == stage


def test_every_tag_has_evidence_whose_span_is_its_cue() -> None:
    heading, text = "加强教师队伍建设", "年底前招聘教师20名，确保开齐课程。由县教育局负责，实施“青苗计划”。"
    found = _tagged(text, heading, above="一、建强队伍")
    plan = f"一、建强队伍\n{heading}。{text}"
    said = {(row["field"], row["value"]) for row in found["evidence"]}
    wanted = {("domains", "teachers"), ("commitment", "binding"), ("lead_units", "县教育局")}
    assert wanted | {("deadline", "2024-12-31"), ("programmes", "青苗计划")} <= said
    for row in found["evidence"]:
        assert row["rule"]
        if row["start"] is not None:
            assert plan[row["start"] : row["end"]] == row["cue"]


def test_the_deciding_number_is_the_evidence_of_quantified() -> None:
    found = _tagged("提高普及水平，入园率达到95%。", metrics=[TARGET])
    assert {"commitment": "quantified", "cue": "入园率达到95%"}.items() <= {
        "commitment": found["commitment"],
        "cue": next(row["cue"] for row in found["evidence"] if row["field"] == "commitment"),
    }.items()


def test_tagged_rows_are_rows_of_the_items_frame() -> None:
    found = _tagged("新建幼儿园3所。", "办好学前教育") | {"part_id": "a", "order": 1}
    table = frames.to_pandas(frames.to_arrow("items", [found]))
    assert frames.check("items", table)["domain"].tolist() == ["preschool"]


def test_terms_count_the_content_words_of_heading_and_text() -> None:
    plan = {"plan_id": "p", "text": "学前教育。新建幼儿园，改造幼儿园。", "sector": "education", "plan_year": None}
    item = {"plan_id": "p", "item_id": "i", "heading": "学前教育", "text": "新建幼儿园，改造幼儿园。", "tense": "task"}
    rows = tag.records(plan, [item | {"start": 5, "end": 17}], [])["terms"]
    counted = {row["term"]: (row["pos"], row["n"]) for row in rows}
    assert counted["幼儿园"] == ("n", 2)
    assert counted["学前教育"] == ("n", 1)


def _scanner() -> Scanner:
    rows = [
        {"id": "lifelong", "cues": "成教*3", "counter_cues": ""},
        {"id": "teachers", "cues": "教师*3|教师节*4", "counter_cues": "教师食堂"},
        {"id": "party", "cues": "党支部*4", "counter_cues": ""},
    ]
    return Scanner({"domains": rows})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("教师", [("teachers", "教师")]),
        ("教师节", [("teachers", "教师节")]),  # the longer cue alone
        ("教师食堂", []),  # against
        ("教师党支部", [("teachers", "教师"), ("party", "党支部")]),
        ("完成教育投资", []),  # 成教 is no word here
        ("办好成教", [("lifelong", "成教")]),
        ("教", []),
        ("", []),
    ],
)
def test_the_longest_cue_counts_and_counter_cues_silence_their_own_code(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(hit.value, hit.cue) for hit in _scanner().find(text)["domains"]] == found


@pytest.mark.parametrize("text", ["教师" * 40_000, "（" * 80_000, "、" * 80_000, "1" * 80_000, "责任单位：" * 16_000])
def test_strange_texts_take_linear_time(text: str) -> None:
    began = time.process_time()
    _tagged(text)
    assert time.process_time() - began < 4


def _from_table(text: str, due: str = "2024-09-30") -> dict[str, Any]:
    given = {"lead_units": ["县教育局"], "support_units": ["县财政局", "县住建局"], "deadline": due}
    item = {"plan_id": "p", "item_id": "i", "heading": "", "text": text, "tense": "task", "start": 0, "end": len(text)}
    plan = {"plan_id": "p", "text": text, "title": "", "sector": "education", "plan_year": 2024}
    return tag.records(plan, [item | given], [])["items"][0]


def test_owners_and_deadline_of_a_table_of_tasks_are_kept_where_the_text_names_none() -> None:
    found = _from_table("新建城南幼儿园。")
    assert found["lead_units"] == ["县教育局"]
    assert found["support_units"] == ["县财政局", "县住建局"]
    assert found["deadline"] == "2024-09-30"
    assert [(e["field"], e["start"]) for e in found["evidence"] if e["rule"] == "table"] == [
        ("lead_units", None),
        ("support_units", None),
        ("support_units", None),
        ("deadline", None),
    ]


def test_owners_and_deadline_that_the_text_names_come_before_those_of_a_table() -> None:
    found = _from_table("年底前新建城南幼儿园。（牵头单位：县住建局）")
    assert found["lead_units"] == ["县住建局"]
    assert found["support_units"] == ["县财政局"], "who leads does not support as well"
    assert found["deadline"] == "2024-12-31"


@pytest.mark.parametrize(
    ("cell", "due"),
    [("9月底前", "2024-09-30"), ("2025年6月", "2025-06-30"), ("每季度", "每季度"), ("长期坚持", "长期坚持")],
)
def test_a_deadline_in_a_table_is_a_date_where_its_words_settle_one(cell: str, due: str) -> None:
    assert _from_table("新建城南幼儿园。", cell)["deadline"] == due


@pytest.mark.parametrize(
    ("text", "instruments"),
    [
        ("制定全县教师队伍建设三年规划。", ["talent", "goal"]),
        ("按规划新建幼儿园2所。", ["infrastructure"]),
        ("制定时间表，规划学校布点。", []),
        ("健全学生资助体系。", ["organisation"]),
        ("健全小学劳动课程体系。", []),
        ("讲好青禾故事。", ["publicity"]),
    ],
)
def test_a_cue_in_two_parts_is_found_within_one_clause(text: str, instruments: list[str]) -> None:
    assert _tagged(text)["instruments"] == instruments


@pytest.mark.parametrize(
    ("heading", "text", "instruments"),
    [
        ("事业发展目标", "学前三年毛入园率达到92%。", ["goal"]),
        ("提升普及水平", "学前三年毛入园率达到92%。", []),
        ("坚持目标导向", "学前三年毛入园率力争达到92%。", []),
    ],
)
def test_aims_are_an_instrument_where_the_heading_says_so_and_not_by_bare_numbers(
    heading: str, text: str, instruments: list[str]
) -> None:
    assert _tagged(text, heading)["instruments"] == instruments


def test_names_of_the_responsible_do_not_make_a_text_long() -> None:
    text = "校外培训机构资金纳入监管，发放学生资助。"
    owners = "（牵头科室：" + "、".join(f"城区第{i}教育管理中心" for i in "一二三四五六七八九") + "）"
    assert _tagged(text + owners)["instruments"] == _tagged(text)["instruments"]


def test_cues_in_two_parts_take_time_that_grows_with_the_text() -> None:
    rows = [{"id": "goal", "cues": "制定…规划*3|制定*2", "counter_cues": ""}]
    start = time.perf_counter()
    hits = Scanner({"t": rows}).find("制定规划" * 50_000)["t"]
    assert time.perf_counter() - start < 5
    assert len(hits) == 100_000


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        ("适龄残疾儿童义务教育入学率达到98%。", ["special"]),
        ("义务教育巩固率达到98%。", ["compulsory"]),
        ("每校至少配备1名专职心理健康教师，每年开展心理筛查和心理辅导。", ["sports_health", "teachers"]),
        ("开展农村实用技术培训900人次。", ["lifelong"]),
        ("保教质量持续提升，新建幼儿园2所。", ["preschool", "facilities"]),
        ("对50家非学科类机构实行资金监管。", ["private"]),
    ],
)
def test_a_phrase_is_about_what_it_ends_in_and_not_about_each_word_in_it(text: str, domains: list[str]) -> None:
    assert _tagged(text)["domains"] == domains


def test_of_domains_that_lead_together_the_one_named_first_stands_first() -> None:
    one, two = "高中阶段毛入学率达到95%", "学前三年毛入园率达到93%"
    assert _tagged(f"{one}，{two}。")["domains"][0] == "senior"
    assert _tagged(f"{two}，{one}。")["domains"][0] == "preschool"


def _under(above: str, text: str) -> list[str]:
    plan = {"plan_id": "p", "text": f"{above}\n{text}", "title": "", "sector": "government", "plan_year": 2024}
    item = {"plan_id": "p", "item_id": "i", "heading": "", "text": text, "tense": "task"}
    item |= {"start": len(above) + 1, "end": len(above) + 1 + len(text)}
    return tag.records(plan, [item], [])["items"][0]["domains"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("加强国防动员和后备力量建设，深化双拥共建，推进扫黑除恶。", "safety"),
        ("发展养老服务，健全社会救助体系。", "welfare"),
    ],
)
def test_a_paragraph_without_a_heading_may_leave_the_subject_above_it(text: str, first: str) -> None:
    assert _under("切实保障和改善民生", text)[0] == first


def test_a_closing_address_does_not_belong_under_the_heading_above_it() -> None:
    assert _under("切实保障和改善民生", "让我们锚定目标、接续奋斗，向着明天前进！") == []
    assert _under("切实保障和改善民生", "把群众身边的大事小情办好。") == ["welfare"]


def test_a_text_about_many_things_has_a_domain_where_one_leads_the_next() -> None:
    rest = "推进家庭教育和近视防控，加强产教融合、送教上门、控辍保学、校园安全、课程改革、依法治教。"
    found = _tagged(f"普及学前教育，重视早期教育，{rest}")
    assert found["domain"] == "preschool"
    assert found["domain_margin"] < 0.04, "as a share of the votes for all nine the lead is small"
    assert _tagged(f"普及学前教育，{rest}")["domain"] is None


def test_a_date_in_a_table_comes_before_mere_words_of_the_text_and_words_do_not() -> None:
    assert _from_table("每季度开展一次督查。", "9月底前")["deadline"] == "2024-09-30"
    assert _from_table("每季度开展一次督查。", "长期坚持")["deadline"] == "每季度"


def test_a_bare_rate_is_a_clause_of_its_own_also_in_a_long_text() -> None:
    long = "加强学前教育资源建设，提高保教质量，规范办园行为，办好家长满意的幼儿园。" * 5
    assert _tagged(f"{long}高中阶段毛入学率达到95%。")["domains"] == ["preschool", "senior"]
    assert _tagged(f"{long}支持普通高中发展。")["domains"] == ["preschool"]


@pytest.mark.parametrize(
    ("sector", "text", "domain"),
    [
        ("education", "抓实新入职人员岗前集训，老带新结对成长，让他们站稳讲台。", "teachers"),
        ("education", "普及青春期知识，关注孩子的视力和睡眠，科学配餐。", "sports_health"),
        ("government", "帮外出务工人员点对点返岗，让找活的人有活干、有工钱拿。", "jobs_income"),
        ("government", "让大病不出县，常见病在乡里就能看，检查结果各家都认。", "health"),
    ],
)
def test_words_akin_to_cues_tell_the_domain_where_cues_do_not(sector: str, text: str, domain: str) -> None:
    tags = _tagged(text, sector=sector)
    told = [row for row in tags["evidence"] if row["rule"].startswith("grams*")]
    assert tags["domain"] == domain
    assert all(row["cue"] in text and row["value"] == domain for row in told)


def test_grams_know_nothing_of_a_text_in_other_words() -> None:
    model = grams.model("education/domains")
    assert model is not None
    assert model.shares("甲乙丙丁") == {}
    assert _tagged("甲方与乙方另行约定。")["domains"] == []


def test_grams_are_learnt_from_the_table_in_force_and_only_told_apart_from_three_domains_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "two").mkdir()
    header, rows = (
        "id,zh,en,definition,cues,counter_cues,examples\n",
        "a,甲,A,,茶园*4|采茶人*3|新茶*3|茶山*3,,\nb,乙,B,,渔港*4|渔船*3,,\n",
    )
    (tmp_path / "two/domains.csv").write_text(header + rows, "utf-8")
    (tmp_path / "three").mkdir()
    (tmp_path / "three/domains.csv").write_text(f"{header}{rows}c,丙,C,,矿山*4|矿井*3,,\n", "utf-8")
    monkeypatch.setenv("PLANS_CODEBOOK", str(tmp_path))
    assert grams.model("two/domains") is None
    three = grams.model("three/domains")
    assert three is not None
    shares = three.shares("茶园里采茶人采下新茶，采茶人唱起采茶歌，茶山满目新")
    assert max(shares, key=lambda code: shares[code]) == "a"
    assert sum(shares.values()) == pytest.approx(1)


def test_the_shares_of_grams_are_those_of_the_linear_model_computed_a_second_way() -> None:
    model = grams.model("government/domains")
    assert model is not None
    text = "修缮水渠，新打机井，让旱地变水田，山上种树，河里养鱼"
    counts = Counter(gram for gram in grams._grams(text) if gram in model.rows)
    vector = np.zeros(len(model.rows))
    for gram, n in counts.items():
        vector[model.rows[gram]] = (1 + np.log(n)) * model.rarity[model.rows[gram]]
    score = grams.SHARP * (vector / np.linalg.norm(vector) @ model.weights + model.bias)
    assert list(model.shares(text).values()) == pytest.approx(list(np.exp(score) / np.exp(score).sum()))


def test_other_stands_beside_no_domain_unless_the_heading_names_it() -> None:
    text = "教师缺口较大，幼儿园布局不均，各位代表提出的意见尚待办理。"
    found = _tagged(text, heading="成绩来之不易，差距不容回避", tense="problem", sector="government")["domains"]
    assert "education" in found and "other" not in found
    named = _tagged("引进总部企业，办好职业教育。", heading="做好招商引资", sector="education")["domains"]
    assert named[0] == "other"


@pytest.mark.parametrize(
    ("heading", "text", "lead"),
    [
        ("改善条件（项目办、计财股）", "新建图书室三间。", ["项目办", "计财股"]),
        ("改善条件（项目办）", "新建图书室三间。（基教股）", ["基教股"]),
        ("改善条件（含幼儿园）", "新建图书室三间。", []),
    ],
)
def test_owners_stand_in_a_bracket_of_the_heading_where_the_text_names_none(
    heading: str, text: str, lead: list[str]
) -> None:
    found = _tagged(text, heading=heading)
    assert found["lead_units"] == lead
    assert [row["cue"] for row in found["evidence"] if row["field"] == "lead_units"] == lead


@pytest.mark.parametrize("ends", ["（）", "()", "［］", "[]", "【】", "〔〕", "｛｝", "〖〗", "〈〉", "「」"])
def test_owners_stand_in_brackets_of_every_kind(ends: str) -> None:
    left, right = ends
    for inside, lead, support in (
        ("基教科、教研中心", ["基教科", "教研中心"], []),
        ("牵头科室：基教科；配合科室：财务科", ["基教科"], ["财务科"]),
        ("基教科牵头，财务科配合", ["基教科"], ["财务科"]),
    ):
        found = _tagged(f"新开办幼儿园四所。{left}{inside}{right}")
        assert (found["lead_units"], found["support_units"]) == (lead, support), inside
