"""Parameters, runs, pages, PDFs, the index; on a small corpus made by hand, of invented places."""

from __future__ import annotations

from typing import Any

from analysis import frames

# heading, text, domain, instruments, commitment, lead unit, deadline, (clause, indicator id, indicator, value, unit, comparator)
Line = tuple[str, str, str, list[str], str, str | None, str | None, tuple[str, str, str, float, str, str] | None]

LINES: list[Line] = [
    ("办好学前教育", "新建公办幼儿园{n}所，学前三年毛入园率达到{r}%以上，扩大普惠资源。", "preschool", ["infrastructure"], "quantified",
     "学前教育科", "2024-12", ("学前三年毛入园率达到{r}%以上", "preschool_gross_enrolment", "学前三年毛入园率", 90.0, "%", "ge")),
    ("均衡发展义务教育", "推进集团化办学，完善控辍保学台账，改善乡村学校条件。", "compulsory", ["organisation", "infrastructure"],
     "continuing", "基础教育科", None, None),
    ("建强教师队伍", "招聘教师{n}0名，开展全员培训，完善师德考核办法。", "teachers", ["talent", "evaluation"], "quantified", None, "2024-09",
     ("招聘教师{n}0名", "teacher_recruits", "招聘教师人数", 30.0, "名", "eq")),
    ("守住校园安全", "开展安全隐患排查，严禁瞒报漏报，完善应急预案。", "safety", ["regulation"], "binding", "安全科", None, None),
    ("深化课程改革", "探索跨学科学习试点，举办课堂观摩活动。", "teaching", ["pilot"], "exploratory", None, None, None),
]  # fmt: skip
REGIONS = {"青禾县": 3, "白渚县": 4, "砚池县": 5, "芦汀县": 6}


def corpus(regions: dict[str, int] = REGIONS, years: tuple[int, ...] = (2023, 2024)) -> dict[str, Any]:
    """The frames of a small corpus: a plan a region and year, five items each, two of them with a number."""
    held: dict[str, list[dict[str, Any]]] = {name: [] for name in frames.COLUMNS}
    for region, n in regions.items():
        for year in years:
            _plan(held, region, n + year - 2023, year)
    return {name: frames.make(name, rows) for name, rows in held.items()}


def _plan(held: dict[str, list[dict[str, Any]]], region: str, n: int, year: int) -> None:
    key, title = f"{region}-{year}", f"{region}{year}年教育工作要点"
    text, rate = title + "\n", 88 + n
    for at, (heading, body, domain, instruments, commitment, lead, deadline, number) in enumerate(LINES):
        if at == 4 and n % 2:  # some places have no fifth task
            continue
        body = body.format(n=n, r=rate)
        text += f"{'一二三四五'[at]}、{heading}\n"
        start = len(text)
        text += body + "\n"
        held["items"].append(dict(
            plan_id=key, item_id=f"{key}-{at}", order=at, heading=heading, text=body, start=start, end=start + len(body),
            tense="task", codebook="education", domains=[domain], domain=domain, instruments=instruments,
            commitment=commitment, hedges=[], lead_units=[lead] if lead else [], support_units=[], deadline=deadline,
        ))  # fmt: skip
        if number is not None:
            clause = number[0].format(n=n, r=rate)
            a = start + body.index(clause)
            value = float(rate if number[4] == "%" else n * 10)
            held["metrics"].append(dict(
                plan_id=key, item_id=f"{key}-{at}", metric_id=f"{key}-{at}-m", quote=clause, start=a, end=a + len(clause),
                source_start=a, source_end=a + len(clause), indicator=number[2], indicator_id=number[1],
                indicator_confidence=0.9, value=value, unit=number[4], comparator=number[5], kind="level",
                status="target", year=year, worded=False, base_value=value, base_unit=number[4],
            ))  # fmt: skip
    held["plans"].append(dict(
        plan_id=key, part_no=1, source_paths=[f"raw/{title}.txt"], source_sha256=key, format="txt", title=title,
        doc_type="work_points", is_plan=True, sector="education", issuer=f"{region}教育局", province="云岭省", city="临江市",
        county=region, region_level="county", plan_year=year, plan_until=year, script="simplified", noise=[], text=text,
        n_chars=len(text), damage=0.0, family_id=key, evidence=[],
    ))  # fmt: skip
    held["sources"].append(dict(plan_id=key, source_text=text, segments=[], pages=[]))
