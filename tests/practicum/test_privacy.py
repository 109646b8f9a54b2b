"""What tells who a child is must be found, masked or hidden; harmless cells must be left in peace.

All names and numbers are made up. The Kazakh numbers are of people born in 1885 and 1812, so nobody's.
"""

import datetime as dt
import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practicum import privacy
from practicum.errors import PracticumError

IIN, IIN_OF_SECOND_WEIGHTS = "850101100012", "120305100013"
ISRAELI = "123456782"

# cell → (kind, confidence)
TELLING = {
    "Айгерим Серикова": ("name", "high"),
    "СЕРИКОВА АЙГЕРИМ": ("name", "high"),
    "Серикова А.Б.": ("name", "high"),
    "Серикова А. Б.": ("name", "high"),
    "А.Б. Серикова": ("name", "high"),
    "Иван Петрович": ("name", "high"),
    "Нұрлан Ахметұлы": ("name", "high"),
    "Әсел Қайратқызы": ("name", "high"),
    "Петрова-Иванова Мария": ("name", "high"),
    "Dana Levi": ("name", "high"),
    "Aruzhan Serikova": ("name", "high"),
    "דנה כהן": ("name", "high"),
    "דנה בת אורי": ("name", "high"),
    "вчера Айгерим Серикова болела": ("name", "high"),
    "Noor Haddad": ("name", "low"),
    "Дана Арман": ("name", "low"),
    IIN: ("12-digit number", "high"),
    IIN_OF_SECOND_WEIGHTS: ("12-digit number", "high"),
    "ИИН 850101 100 012": ("12-digit number", "high"),
    int(IIN): ("12-digit number", "high"),
    float(IIN): ("12-digit number", "high"),
    np.int64(IIN): ("12-digit number", "high"),
    "850101100013": ("12-digit number", "low"),
    "851301100012": ("12-digit number", "low"),
    ISRAELI: ("9-digit number", "high"),
    "12345678-2": ("9-digit number", "high"),
    int(ISRAELI): ("9-digit number", "high"),
    "123456789": ("9-digit number", "low"),
    "+7 701 234 56 78": ("phone", "high"),
    "8 (701) 234-56-78": ("phone", "high"),
    "87012345678": ("phone", "high"),
    "701 234 56 78": ("phone", "high"),
    "+972-54-123-4567": ("phone", "high"),
    "054-1234567": ("phone", "high"),
    87012345678: ("phone", "low"),
    "mother: dana@example.org": ("e-mail", "high"),
    "ул. Абая 15, кв. 3": ("address", "high"),
    "Абай көшесі 15": ("address", "high"),
    "12 Garden Street": ("address", "high"),
    "רחוב הרצל 5": ("address", "high"),
    "IMG_2034": ("photo", "high"),
    "фото/дана.jpeg": ("photo", "high"),
}
HARMLESS = [
    "", None, "A", "Phase A", "Group B", "baseline", "Baseline", "P-7Q2K", "3 «Б»", "н/б", "Мама мыла раму.",
    "45", 45, 45.5, 400, float("nan"), True, "45 50 52 48 60 61", "1250.75", "10/12", 20260912, 1234567890, "2026",
    "12.09.2026", "2026-09-12 10:30:00", dt.datetime(2026, 9, 12), "1:05",
    "read the text about the street twice", "קריאה בקול", "Интервенция 1",
]


def finding(value, heading=None):
    rows = [[heading], [value]] if heading else [[value]]
    return privacy.scan(rows)


@pytest.mark.parametrize("value", TELLING, ids=repr)
def test_a_telling_cell_is_found_with_its_kind(value):
    found = finding(value)
    assert [(one.kind, one.confidence) for one in found] == [TELLING[value]]


@pytest.mark.parametrize("value", HARMLESS, ids=repr)
def test_a_harmless_cell_is_left_in_peace(value):
    assert finding(value) == []
    assert value is None or "[" not in privacy.masked(value)


@pytest.mark.parametrize("value", [value for value in TELLING if not isinstance(value, (int, float))], ids=repr)
def test_neither_a_finding_nor_a_masked_cell_repeats_the_value(value):
    shown = str(finding(value)[0]) + repr(finding(value)) + privacy.masked(value)
    assert value not in shown
    for part in ("Серикова", "Levi", "כהן", "100", "345678", "701", "dana", "Абая", "Garden", "הרצל", "2034"):
        assert part not in shown


@pytest.mark.parametrize("value", [int(IIN), float(IIN), int(ISRAELI), 87012345678])
def test_a_number_cell_is_masked_as_well(value):
    assert privacy.masked(value).startswith("[")


def test_masking_keeps_the_rest_of_the_text():
    assert privacy.masked("call 8 701 234 56 78 after two, or dana@example.org") == (
        "call [a phone number] after two, or [an e-mail address]")


@pytest.mark.parametrize("digits, right", [(IIN, True), (IIN_OF_SECOND_WEIGHTS, True)] + [
    (IIN[:11] + str(digit), digit == 2) for digit in range(10)] + [("850101" + "9" + "00012", False)])
def test_the_check_digit_of_the_kazakh_number_decides_how_sure_we_are(digits, right):
    assert (finding(digits)[0].confidence == "high") == right


@pytest.mark.parametrize("digits, right", [(ISRAELI[:8] + str(digit), digit == 2) for digit in range(10)] + [
    ("039337423", True)])  # an example in the documentation of python-stdnum
def test_the_check_digit_of_the_israeli_number_decides_how_sure_we_are(digits, right):
    assert (finding(digits)[0].confidence == "high") == right


def test_nearly_every_wrong_digit_makes_us_less_sure_except_in_the_eleventh_place_whose_weight_is_eleven():
    places = [place for place in range(12) if place != 10]
    wrong = [IIN[:place] + str(digit) + IIN[place + 1:] for place in places for digit in range(10)]
    sure = [digits for digits in wrong if digits != IIN and finding(digits)[0].confidence == "high"]
    assert len(sure) < len(wrong) / 20


def test_leading_zeros_that_excel_dropped_are_restored():
    complete = next(digits for digits in (f"0105011000{n:02d}" for n in range(100)) if privacy._is_iin(digits))
    assert [(one.kind, one.confidence) for one in finding(int(complete))] == [("12-digit number", "high")]


@pytest.mark.parametrize("heading", ["Name", "ФИО", "Ф. И. О.", "Аты-жөні", "аты жөні", "Pupil name",
                                     "Ученик", "ребёнок", "Оқушы (3-сынып)", "שם", "фио"])
def test_a_heading_for_names_makes_single_words_count(heading):
    assert [(one.row, one.kind) for one in finding("Айгерим", heading)] == [(2, "name")]
    for code in ("P-7Q2K", "Pupil 3", "№ 12", "A", 17):
        assert finding(code, heading) == []


def test_a_heading_counts_only_for_the_cells_below_it():
    rows = [["Teacher says"], ["Дана", "x"], ["ФИО", "балл"], ["Дана", 45], ["Арман", 50]]
    assert [(one.row, one.column) for one in privacy.scan(rows)] == [(4, "A"), (5, "A")]


@pytest.mark.parametrize("value", ["03.04.2017", "2017-04-03", dt.datetime(2017, 4, 3), pd.Timestamp("2017-04-03")])
def test_an_exact_date_of_birth_is_found_by_its_heading(value):
    for heading in ("Date of birth", "Дата рождения", "туған күні", "Д.р.", "תאריך לידה"):
        assert [one.kind for one in finding(value, heading)] == ["birth date"]
    assert finding(value, "date") == []


def test_a_year_of_birth_alone_is_no_exact_date():
    assert finding(2017, "date of birth") == finding("2017", "date of birth") == []


@pytest.mark.parametrize("heading, kind", [
    ("Address", "address"), ("Мекенжайы", "address"), ("Телефон", "phone"), ("фото", "photo")])
def test_other_headings_make_anything_below_them_count(heading, kind):
    assert [(one.kind, one.confidence) for one in finding("anything", heading)] == [(kind, "low")]


def test_a_data_frame_is_scanned_with_its_headings_as_row_one():
    table = pd.DataFrame({"score": [45, 50], "ФИО": ["Дана", None]})
    assert privacy.scan(table) == [privacy.Finding(2, "B", "name", "high")]


def test_a_finding_reads_as_a_sentence():
    assert str(privacy.scan([["x", "x", IIN]])[0]) == (
        "a 12-digit number that fits an individual number (IIN) in row 1, column C")


@pytest.mark.parametrize("table", ["text", b"bytes", 5, None, {"a": 1}, ["row"], [["a"], 5]])
def test_scan_refuses_what_is_no_table(table):
    with pytest.raises(PracticumError, match="scan takes a table|Row [12] is not a list of cells"):
        privacy.scan(table)


@settings(deadline=None, max_examples=200)
@given(text=st.text(max_size=60))
def test_masking_and_scanning_agree_on_any_text(text):
    if finding(text):
        assert privacy.masked(text) != " ".join(text.split())


# Groups

CLASS = pd.DataFrame({
    "grade": [3, 3, 3, 3, 4, 4, 4, 4],
    "sex": ["f", "f", "m", "m", "f", "f", "m", "m"],
    "device": ["no", "no", "no", "no", "no", "no", "no", "yes"],
})


def test_the_smallest_group_of_a_class_is_counted():
    assert privacy.smallest_group(CLASS, ["grade"]).k == 4
    assert privacy.smallest_group(CLASS, ["grade", "sex"]).k == 2
    assert privacy.smallest_group(CLASS, ["grade", "sex"]).people == 8


def test_only_the_columns_that_make_the_group_small_are_told():
    found = privacy.smallest_group(CLASS, ["grade", "sex", "device"])
    assert found.k == 1
    assert found.people == 2
    assert found.combination == {"device": "yes"}
    assert str(found) == ("The smallest group has 1 person: device = yes. Someone who knows the class can find them. "
                          "Leave out or widen a column before you share the table.")


def test_a_group_of_five_or_more_needs_no_advice():
    assert str(privacy.smallest_group(pd.concat([CLASS] * 2), "grade")) == "The smallest group has 8 people: grade = 3."


def test_an_empty_cell_is_a_value_of_its_own():
    table = pd.DataFrame({"home language": ["kk", "kk", None], "year": [1.0, 1.0, np.nan]})
    assert privacy.smallest_group(table, ["home language", "year"]).combination == {"home language": "empty"}


def test_a_name_in_the_rarest_combination_is_not_repeated():
    table = pd.DataFrame({"pupil": ["Айгерим Серикова", "P-1", "P-1"]})
    assert privacy.smallest_group(table, ["pupil"]).combination == {"pupil": "[a name of a person]"}


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.tuples(st.integers(0, 2), st.sampled_from("ab"), st.sampled_from(["x", None])),
                     min_size=1, max_size=20))
def test_the_smallest_group_agrees_with_counting_by_hand(rows):
    sizes = Counter(rows)
    found = privacy.smallest_group(pd.DataFrame(rows, columns=["one", "two", "three"]), ["one", "two", "three"])
    assert found.k == min(sizes.values())
    assert found.people == sum(size for size in sizes.values() if size == found.k)


@pytest.mark.parametrize("table, columns, words", [
    (CLASS, ["grades"], 'no column "grades". Choose from: grade'), (CLASS, [], "one to ten columns"),
    (CLASS.head(0), ["grade"], "at least one row"), ([1, 2], ["grade"], "takes a table"), (CLASS, ["home"], "Choose from: grade, sex, device")])
def test_smallest_group_refuses_what_it_cannot_count(table, columns, words):
    with pytest.raises(PracticumError, match=re.escape(words)):
        privacy.smallest_group(table, columns)


# Small counts

def test_a_small_count_and_one_more_are_hidden():
    assert privacy.suppress_small_counts({"A": 12, "B": 3, "C": 9}) == {"A": "12", "B": "hidden", "C": "hidden"}
    only_small = privacy.suppress_small_counts({"A": 12, "B": 3, "C": 9}, complementary=False)
    assert only_small == {"A": "12", "B": "hidden", "C": "9"}


def test_counts_at_the_minimum_and_zeros_stay():
    assert privacy.suppress_small_counts({"A": 5, "B": 0, "C": 9}) == {"A": "5", "B": "0", "C": "9"}
    ten = privacy.suppress_small_counts({"A": 9, "B": 0, "C": 12}, minimum=10)
    assert ten == {"A": "hidden", "B": "0", "C": "hidden"}


def test_two_ones_do_not_give_each_other_away():
    assert privacy.suppress_small_counts({"A": 1, "B": 1, "C": 8, "D": 30})["C"] == "hidden"


def test_a_lone_small_count_hides_a_zero_when_nothing_else_is_left():
    assert privacy.suppress_small_counts({"A": 3, "B": 0}) == {"A": "hidden", "B": "hidden"}


def test_rows_and_columns_of_a_table_are_both_protected():
    table = pd.DataFrame({"term 1": [12, 3, 8], "term 2": [20, 30, 40]}, index=["A", "B", "C"])
    shown = privacy.suppress_small_counts(table)
    assert shown.loc["A"].tolist() == ["12", "20"]
    assert (shown.loc[["B", "C"]] == "hidden").all(axis=None)
    assert list(shown.columns) == list(table.columns)


def test_a_series_gives_a_series():
    shown = privacy.suppress_small_counts(pd.Series([12, 3, 9], index=list("ABC")))
    assert isinstance(shown, pd.Series)
    assert shown.to_dict() == {"A": "12", "B": "hidden", "C": "hidden"}


@settings(deadline=None, max_examples=80)
@given(counts=st.lists(st.lists(st.integers(0, 15), min_size=3, max_size=3), min_size=1, max_size=4),
       minimum=st.integers(2, 8))
def test_no_small_count_is_shown_and_none_follows_from_a_total(counts, minimum):
    table = pd.DataFrame(counts)
    hidden = privacy.suppress_small_counts(table, minimum) == "hidden"
    assert hidden[(table > 0) & (table < minimum)].fillna(True).all(axis=None)
    shown = privacy.suppress_small_counts(table, minimum)
    assert (shown.where(~hidden, table.astype(str)) == table.astype(str)).all(axis=None)
    lines = [(table[c], hidden[c]) for c in table] + [(table.loc[r], hidden.loc[r]) for r in table.index]
    for line, hides in lines:
        if hides.any() and not hides.all():
            assert hides.sum() >= 2
            assert line[hides].sum() >= minimum


@pytest.mark.parametrize("counts", [{"A": -1}, {"A": 2.5}, {"A": "12"}, {"A": None}, {"A": True}, {"A": float("inf")}])
def test_what_is_no_count_is_refused(counts):
    with pytest.raises(PracticumError, match="is not a count. Counts are whole numbers from 0 up."):
        privacy.suppress_small_counts(counts)


@pytest.mark.parametrize("minimum", [1, 0, 5.5, "5", True])
def test_the_minimum_is_a_whole_number_from_two_up(minimum):
    with pytest.raises(PracticumError, match="whole number from 2 up"):
        privacy.suppress_small_counts({"A": 3}, minimum)


# Pseudonyms

def test_pseudonyms_are_different_codes_without_vowels_or_doubtful_signs():
    names = [f"child {number}" for number in range(300)]
    codes, key = privacy.pseudonyms(names)
    assert len(set(codes)) == 300
    assert all(re.fullmatch(r"P-[2-9BCDFGHJKMNPQRSTVWXYZ]{4}", code) for code in codes)
    assert [key[name] for name in names] == codes


def test_no_code_is_given_twice(monkeypatch):
    monkeypatch.setattr(privacy, "_CODE_SIGNS", "23")
    codes, _key = privacy.pseudonyms([f"child {number}" for number in range(16)])
    assert len(set(codes)) == 16


def test_pseudonyms_do_not_follow_from_the_name():
    assert privacy.pseudonyms(["Dana"])[0] != privacy.pseudonyms(["Dana"])[0]
    assert privacy.pseudonyms(["Dana"], seed=3)[0] == privacy.pseudonyms(["Arman"], seed=3)[0]


def test_a_seed_gives_the_same_codes_again():
    assert privacy.pseudonyms(["Dana", "Arman"], seed=7) == privacy.pseudonyms(["Dana", "Arman"], seed=7)


def test_one_name_has_one_code_whatever_the_spaces_and_capitals():
    codes, key = privacy.pseudonyms(["Dana  Levi", "dana levi ", "Arman"])
    assert codes[0] == codes[1] != codes[2]
    assert list(key) == ["Dana Levi", "Arman"]


def test_known_codes_stay_and_the_given_key_is_not_changed():
    first, key = privacy.pseudonyms(["Dana", "Arman"])
    before = dict(key)
    later, longer = privacy.pseudonyms(["Arman", "Noor", "Dana"], known=key)
    assert (later[0], later[2]) == (first[1], first[0])
    assert key == before
    assert len(set(longer.values())) == 3


@pytest.mark.parametrize("names, place", [(["Dana", ""], 2), ([None], 1), (["Dana", "Arman", 5], 3), (["  "], 1)])
def test_an_empty_name_is_refused_with_its_place(names, place):
    with pytest.raises(PracticumError, match=f"Place {place} in the names"):
        privacy.pseudonyms(names)
