"""Every alias leads to one region of the year, and a name of several places stays open."""

from __future__ import annotations

import pytest

from analysis import regions

NAMED = [  # text, year, what is read: province, city, county, code
    ("浙江省台州市温岭市教育局", 2017, ("浙江省", "台州市", "温岭市", "331081")),
    ("温岭县教育局", 1990, ("浙江省", "台州地区", "温岭县", "332623")),
    ("徐汇区", 2024, ("上海市", None, "徐汇区", "310104")),
    ("海淀区教委2023年工作要点", 2023, ("北京市", None, "海淀区", "110108")),
    ("景宁县人民政府", 2020, ("浙江省", "丽水市", "景宁畲族自治县", "331127")),
    ("黔南州长顺县", 2024, ("贵州省", "黔南布依族苗族自治州", "长顺县", "522729")),
    ("福建省鼓楼区", 2024, ("福建省", "福州市", "鼓楼区", "350102")),
    ("南京鼓楼区", 2024, ("江苏省", "南京市", "鼓楼区", "320106")),
    ("定西市安定教育局", 2019, ("甘肃省", "定西市", "安定区", "621102")),
    ("温岭发改局", 2019, ("浙江省", "台州市", "温岭市", "331081")),
    ("西安沣渡新区管委会", 2022, ("陕西省", "西安市", None, "610100")),
    ("云南各县教育局", 2022, ("云南省", None, None, "530000")),
    ("广西区教育厅", 2022, ("广西壮族自治区", None, None, "450000")),
    ("襄樊市人民政府", 2008, ("湖北省", "襄樊市", None, "420600")),
    ("襄阳市人民政府", 2015, ("湖北省", "襄阳市", None, "420600")),
    ("吉林教育事业发展规划", 2022, ("吉林省", None, None, "220000")),
    ("吉林市教育事业发展规划", 2022, ("吉林省", "吉林市", None, "220200")),
    ("锡林郭勒盟苏尼特右旗", 2024, ("内蒙古自治区", "锡林郭勒盟", "苏尼特右旗", "152524")),
    ("海南藏族自治州", 2024, ("青海省", "海南藏族自治州", None, "632500")),
    ("济源市", 2024, ("河南省", None, "济源市", "419001")),
    ("巢湖市", 2005, ("安徽省", "巢湖市", None, "341400")),
    ("巢湖市", 2020, ("安徽省", "合肥市", "巢湖市", "340181")),
    ("广西壮族自治区2024年工作要点", 2024, ("广西壮族自治区", None, None, "450000")),
]


@pytest.mark.parametrize(("text", "year", "wanted"), NAMED)
def test_a_run_of_names_is_one_place_of_its_year(text: str, year: int, wanted: tuple[str | None, ...]) -> None:
    (place,) = regions.places(text, year)
    assert place.region is not None
    assert (place.province, place.city, place.county, place.region.code) == wanted


def test_a_places_span_is_that_of_its_names_also_at_the_end_of_the_text() -> None:
    (place,) = regions.places("在浙江省台州市温岭市", 2020)
    assert (place.start, place.end) == (1, 10)


OPEN = [("鼓楼区教育局", {"福州市", "南京市", "徐州市", "开封市"}), ("朝阳区", {None, "长春市"})]


@pytest.mark.parametrize(("text", "cities"), OPEN)
def test_a_name_of_several_places_stays_open(text: str, cities: set[str | None]) -> None:
    (place,) = regions.places(text, 2024)
    assert place.region is None
    assert {regions.names(c)["city"] for c in place.candidates} == cities


NO_PLACES = [
    "乌兰图旗教育局",  # a longer name, which the table lacks
    "乌兰旗教育局",
    "乌兰图教育局",
    "乌兰布滩开发区教育局",
    "临西苗族自治县教育局",
    "云南坪县教育局",
    "江西州教育局",
    "江南区域协调发展",
    "大力推进市场建设",
    "北京路小学",
    "全市各城区",
    "高新区",
    "今年以来朝阳产业",
    "长治久安",
]


@pytest.mark.parametrize("text", NO_PLACES)
def test_other_words_are_no_places(text: str) -> None:
    assert regions.places(text, 2024) == []


def test_places_side_by_side_that_do_not_contain_each_other_are_several() -> None:
    found = regions.places("吉林省北京市鼓楼区", 2024)
    assert [p.region.code if p.region else None for p in found] == ["220000", "110000", None]


TODAY = [("温岭县", 1990, "331081"), ("襄樊市", 2008, "420600"), ("昆山县", 1982, "320583"), ("襄阳县", 1999, "420607")]


@pytest.mark.parametrize(("name", "year", "code"), TODAY)
def test_old_places_lead_to_the_code_of_today(name: str, year: int, code: str) -> None:
    (region,) = regions.named(name, year)
    assert regions.today(region) == code


def test_a_place_that_is_no_more_has_no_code_of_today() -> None:
    (region,) = regions.named("崇文区", 2005)
    assert regions.today(region) is None


def test_a_name_unknown_to_the_table_is_an_empty_list() -> None:
    assert regions.named("青禾县", 2024) == []


def test_only_one_district_of_a_city_is_found_among_its_children() -> None:
    city = regions.named("定西市", 2019)[0]
    districts = [r.name for r in regions.children(city.code, 2019) if r.name.endswith("区")]
    assert districts == ["安定区"]


def test_every_span_has_a_parent_in_its_years_and_no_two_places_share_a_code() -> None:
    provinces = {r.code for r in regions.table() if r.level == "province"}
    for region in regions.table():
        assert region.first <= region.last, region
        above = regions.parents(region)
        assert (region.level == "province") == (not above), region
        assert region.level == "province" or above[-1].code in provinces, region
    for year in (1985, 2000, 2024):
        codes = [r.code for r in regions.table() if r.first <= year <= r.last]
        assert len(codes) == len(set(codes))


def test_years_behind_the_table_count_as_its_last() -> None:
    assert [r.code for r in regions.named("余杭区", 2030)] == ["330110"]


def test_long_text_is_read_in_linear_time() -> None:
    assert regions.places("1" * 300_000 + "、" * 300_000 + "（" * 300_000) == []
