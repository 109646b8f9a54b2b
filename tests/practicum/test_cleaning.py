"""Class lists as schools keep them become tables with codes; nothing is written over, and no report repeats a value.

All people and numbers are made up. The 12-digit numbers have a month 13, the phone numbers a digit too few: nobody can have them.
"""

import csv
import datetime as dt
import re

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from practicum import cleaning, own_data, privacy
from practicum.errors import PracticumError

SCHOOL = """Школа № 0;;;;;;;;;;;
;;;;;;;;;;;
№;ФИО;Дата рождения;ИИН;Класс;Пол;Язык дома;Поддержка;Телефон мамы;Слов в мин.;Фото;Примечание
1;Иванова Анна;03.04.2016;161303900014;4 А;ж;русский;нет;+7 799 000 01;54,5;IMG_0001.jpg;любит читать
2;Сериков Арман;13.05.2016;161303900022;4 Б;м;казахский;нет;+7 799 000 02;н/б;IMG_0002.jpg;
3;Ким Вера;;161303900030;4 Б;ж;казахский;логопед;+7 799 000 03;66;IMG_0003.jpg;живет с бабушкой
4;Ли Олег;13.09.2015;161303900048;4 Б;м;казахский;позвонить 8 799 123 45 67;+7 799 000 04;61;IMG_0004.jpg;
5;Омарова Сауле;01.09.2016;161303900055;4 A;ж;казахский;-;+7 799 000 05;70;IMG_0005.jpg;
Среднее;;;;;;;;;62,9;;
Проверила: зам. директора;;;;;;;;;;;
"""
VALUES = ["Иванова", "Сериков", "Вера", "Олег", "161303", "799", "IMG_", "бабушкой", "читать", "03.04", "директора"]


@pytest.fixture
def school(tmp_path):
    path = tmp_path / "список.csv"
    path.write_text(SCHOOL, encoding="utf-8-sig")
    return path


def cleaned(path, **options):
    return cleaning.clean(path, path.parent / "out" / "safe.csv", **{"on": "2026-09-01", **options})


def test_a_messy_list_becomes_a_table_with_codes(school):
    mine = cleaned(school)
    table = mine.table
    assert list(table.columns) == ["code", "age", "Класс", "Пол", "Язык дома", "Поддержка", "Слов в мин."]
    assert len(table) == 5 and table.code.is_unique
    by_score = table.set_index("Слов в мин.")
    assert by_score.age[[54.5, 61, 70]].tolist() == [10, 10, 10] and pd.isna(by_score.age[66])
    assert by_score["Пол"][[54.5, 66, 70]].tolist() == ["ж", "ж", "ж"]
    assert by_score["Класс"][54.5] == by_score["Класс"][70] == "4 А"  # a Latin A among Cyrillic ones is the same class
    assert pd.isna(by_score["Поддержка"][61]) and pd.isna(by_score["Поддержка"][70])


def test_the_order_of_the_alphabet_is_gone_and_does_not_depend_on_the_codes(school, tmp_path):
    first = cleaned(school).table.drop(columns=["code", "Класс"])
    assert first["Слов в мин."].fillna(0).tolist() == [70, 54.5, 0, 61, 66]
    turned = SCHOOL.split("\n")
    turned[3:8] = turned[7:2:-1]
    school.write_text("\n".join(turned), encoding="utf-8-sig")
    assert cleaning.clean(school, tmp_path / "b" / "safe.csv", on="2026-09-01").table.drop(columns=["code", "Класс"]).equals(first)


def test_the_new_file_is_loaded_without_a_warning_and_opens_in_excel(school):
    mine = cleaned(school)
    data = own_data.load(mine.path, own_data.RECORD_COLUMNS)
    assert data.warnings == [] and sorted(data.table.score.dropna()) == [54.5, 61, 66, 70]
    assert list(data.table.columns) == ["code", "class", "sex", "age", "language", "support", "score"]
    raw = mine.path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"54,5" in raw and b";" in raw


def test_what_is_shown_and_written_repeats_no_value(school):
    mine = cleaned(school)
    written = mine.path.read_text(encoding="utf-8-sig")
    for text in (str(mine), repr(mine), mine._repr_html_(), written):
        assert [value for value in VALUES if value in text] == []
    assert not any(code in str(mine) for code in mine.table.code)


def test_the_report_names_rows_and_columns_as_in_excel(school):
    told = cleaned(school).changes
    for sentence in ("Row 9: looks like a total and was left out.", "Row 10: holds a single text or number and was left out.",
                     "Column A: a running number, which tells the place in the list, left out.", "Column B: names, replaced by random codes.",
                     "Column C: dates of birth, replaced by the age in full years.", "Column D: a 12-digit number in most rows, left out.",
                     "Column E: kept.", "Column L: free text, left out.", "Row 7, column H: a phone number; the cell was emptied."):
        assert sentence in told


def test_without_a_day_the_year_of_birth_stays(school):
    mine = cleaned(school, on=None)
    assert sorted(mine.table["year of birth"].dropna()) == [2015, 2016, 2016, 2016]
    assert "Column C: dates of birth, replaced by the year." in mine.changes


@pytest.mark.parametrize("day, age", [("2026-04-02", 9), ("2026-04-03", 10)])
def test_an_age_counts_full_years(school, day, age):
    mine = cleaned(school, on=day)
    assert mine.table.set_index("Слов в мин.").age[54.5] == age


def test_the_key_lies_apart_says_so_and_joins_codes_and_names(school):
    mine = cleaned(school)
    assert mine.key_path.parent.name == "keep-apart" and mine.key_path.parent != mine.path.parent
    rows = list(csv.reader(mine.key_path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][0].startswith("KEEP THIS LIST APART FROM THE DATA")
    key = dict(rows[2:])
    assert key["Иванова Анна"] == mine.table.set_index("Слов в мин.").code[54.5] and set(key.values()) == set(mine.table.code)
    assert "Move it to a place apart" in str(mine)


def test_a_second_run_gives_the_same_files_and_touches_nothing(school):
    first = cleaned(school)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in school.parent.rglob("*.csv")}
    second = cleaned(school)
    assert second.table.equals(first.table)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in school.parent.rglob("*.csv")} == before
    assert len(before) == 3


def test_the_readers_own_file_and_any_other_file_stay_as_they_are(school, tmp_path):
    before = school.read_bytes()
    other = tmp_path / "out" / "safe.csv"
    other.parent.mkdir()
    other.write_text("mine", encoding="utf-8")
    with pytest.raises(PracticumError, match='"safe.csv" is there already and was not touched. Use another name, such as "safe-2.csv"'):
        cleaned(school)
    assert other.read_text(encoding="utf-8") == "mine" and school.read_bytes() == before
    assert not (tmp_path / "out" / "keep-apart").exists()
    with pytest.raises(PracticumError, match="there already"):
        cleaning.clean(school, school)


def test_codes_of_last_year_are_used_again_and_a_new_child_gets_a_new_one(school, tmp_path):
    first = cleaned(school)
    school.write_text(SCHOOL + "6;Новая Дана;02.02.2016;161303900063;4 А;ж;русский;нет;+7 799 000 06;50;IMG_0006.jpg;\n", encoding="utf-8-sig")
    with pytest.raises(PracticumError, match="lacks 1 name. It was not changed"):
        cleaning.clean(school, tmp_path / "out" / "next.csv", key=first.key_path)
    second = cleaning.clean(school, tmp_path / "out" / "next.csv", key=tmp_path / "safe" / "next-codes.csv", known=first.key_path)
    assert set(first.table.code) < set(second.table.code) and len(second.table) == 6


@pytest.mark.parametrize("sign", ["BINDER_LAUNCH_HOST", "BINDER_REPO_URL"])
def test_on_a_public_server_only_the_lists_of_the_book_are_opened(school, tmp_path, monkeypatch, sign):
    monkeypatch.setenv(sign, "https://mybinder.org/")
    with pytest.raises(PracticumError, match="public server. Your list was not opened"):
        cleaned(school)
    assert not (tmp_path / "out").exists()
    (tmp_path / "data").mkdir()
    assert len(cleaned(school.rename(tmp_path / "data" / "list.csv")).table) == 5


def test_codes_are_drawn_by_chance(school, tmp_path):
    first = cleaned(school)
    second = cleaning.clean(school, tmp_path / "b" / "safe.csv")
    assert set(first.table.code) != set(second.table.code)


def test_a_workbook_gives_what_the_csv_gives(school, tmp_path):
    book = openpyxl.Workbook()
    for cells in csv.reader(SCHOOL.splitlines(), delimiter=";"):
        book.active.append([_as_excel(cell) for cell in cells])
    path = tmp_path / "list.xlsx"
    book.save(path)
    mine = cleaning.clean(path, tmp_path / "x" / "safe.csv", on="2026-09-01")
    from_csv = cleaned(school)
    assert mine.changes == from_csv.changes
    columns = list(mine.table.columns[1:])
    assert mine.table[columns].astype(str).sort_values(columns).values.tolist() == from_csv.table[columns].astype(str).sort_values(columns).values.tolist()


def _as_excel(cell):
    if re.fullmatch(r"\d\d\.\d\d\.\d{4}", cell):
        return dt.datetime.strptime(cell, "%d.%m.%Y")
    return float(cell.replace(",", ".")) if re.fullmatch(r"\d+(,\d+)?", cell) else cell or None


def test_only_the_headings_to_keep_stay(school):
    mine = cleaned(school, keep=["Класс", "слов в мин"])
    assert list(mine.table.columns) == ["code", "age", "Класс", "Слов в мин."] and mine.kept == ["Класс", "Слов в мин."]
    assert "Column F: not among the headings to keep, left out." in mine.changes
    with pytest.raises(PracticumError, match='no column with the heading "Рост"'):
        cleaned(school, keep=["Рост"])


def table_of(tmp_path, *rows, **options):
    path = tmp_path / "list.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    return cleaning.clean(path, tmp_path / "out" / "safe.csv", **options)


def test_family_name_and_first_name_make_one_code_and_the_mother_goes(tmp_path):
    mine = table_of(tmp_path, ["Фамилия", "Имя", "Класс", "Мать"], ["Ким", "Вера", "4", "Ким Ольга"], ["Ким", "Олег", "4", "Ким Инна"], ["Ли", "Вера", "5", "Ли Анна"])
    assert list(mine.table.columns) == ["code", "Класс"] and mine.table.code.nunique() == 3
    assert "Column D: names of other people, left out." in mine.changes


def test_two_rows_with_one_name_are_told_and_a_row_without_is_left_out(tmp_path):
    mine = table_of(tmp_path, ["Name", "Class", "Sex"], ["Dana Levi", "4", "f"], ["dana levi ", "5", "f"], ["", "4", "m"], ["Noor Haddad", "4", "f"])
    assert mine.table.code.nunique() == 2 and len(mine.table) == 3 and "Row 4: no name, left out." in mine.changes
    assert any("Rows 2, 3: the same name, so the same code." in line for line in mine.changes)


def test_a_label_in_capital_letters_is_no_name(tmp_path):
    names = [f"Child {letter}{letter.lower()}x" for letter in "ABCDEFGH"]
    mine = table_of(tmp_path, ["Name", "Support"], *[[name, "Reading Group" if number % 2 else "Speech Therapy"] for number, name in enumerate(names)])
    assert set(mine.table.Support) == {"Reading Group", "Speech Therapy"}


@pytest.mark.parametrize("heading, teacher", [("Учитель", "Гульмира"), ("Кто ведёт", "Омарова Г. Б."), ("Who", "Noor Haddad")])
def test_names_of_adults_do_not_stay_however_often_they_come(tmp_path, heading, teacher):
    names = ["Вера Ким", "Олег Ли", "Инна Цой", "Адил Тен", "Карим Югай", "Дамир Пак"]
    mine = table_of(tmp_path, ["Имя", "Класс", heading], *[[name, "4 А" if number % 2 else "4 Б", teacher] for number, name in enumerate(names)])
    assert list(mine.table.columns) == ["code", "Класс"] and teacher not in mine.path.read_text(encoding="utf-8-sig")
    assert "Column C: names of other people, left out." in mine.changes


def test_whether_a_child_sees_the_speech_therapist_may_stay(tmp_path):
    rows = [["Вера Ким", "4", "да"], ["Олег Ли", "4", "нет"], ["Инна Цой", "5", "нет"], ["Адил Тен", "5", "+"]]
    assert list(table_of(tmp_path, ["Имя", "Класс", "Логопед"], *rows).table.columns) == ["code", "Класс", "Логопед"]


def test_in_a_short_list_a_text_of_ones_own_goes_and_a_class_stays(tmp_path):
    mine = table_of(tmp_path, ["Имя", "Класс", "Прозвище"], ["Вера", "4 А", "Лисёнок"], ["Олег", "4 Б", "Гром"], ["Инна", "5 А", "Зая"])
    assert list(mine.table.columns) == ["code", "Класс"]


def test_a_diagnosis_does_not_come_along_whatever_it_holds(tmp_path):
    mine = table_of(tmp_path, ["Имя", "Класс", "Диагноз"], ["Вера", "4", "F80"], ["Олег", "4", "F80"], ["Инна", "5", "F80"])
    assert list(mine.table.columns) == ["code", "Класс"] and "Column C: a diagnosis or conclusion, left out." in mine.changes


def test_another_date_becomes_its_year_and_a_bad_date_an_empty_cell(tmp_path):
    mine = table_of(tmp_path, ["Имя", "Класс", "Зачислен"], ["Вера", "4", "01.09.2022"], ["Олег", "4", "31.02.2022"], ["Инна", "5", "01.10.2023"])
    assert sorted(mine.table["Зачислен, year"].dropna()) == [2022, 2023]
    assert "Row 3, column C: no date that can be read; the cell was emptied." in mine.changes


def test_a_text_that_begins_like_a_formula_cannot_run_in_a_spreadsheet(tmp_path):
    mine = table_of(tmp_path, ["Имя", "Класс"], ["Вера", "=1+1"], ["Олег", "=1+1"], ["Инна", "=1+1"])
    assert "'=1+1" in mine.path.read_text(encoding="utf-8-sig")


def test_a_list_without_names_is_cleaned_without_codes(tmp_path):
    mine = table_of(tmp_path, ["Класс", "Пол", "Телефон"], ["4", "ж", "+7 799 000 01"], ["4", "м", "+7 799 000 02"])
    assert list(mine.table.columns) == ["Класс", "Пол"] and mine.key_path is None and "no codes were made" in str(mine)


@pytest.mark.parametrize("rows, options, words", [
    ([["a", "b"], ["c", "d"]], {}, "No headings were found"),
    ([["Name", "Class"]], {}, "no rows below them"),
    ([["Name", "Note"], ["Dana Levi", "x"], ["Noor Haddad", "y"]], {}, "Nothing is left beside the codes"),
    ([["Name", "Class"], ["Dana Levi", "4"]], {"on": "01.09.2026"}, "year first"),
    ([["Name", "Class"], ["Dana Levi", "4"]], {"known": "none.csv"}, "cannot be read"),
])
def test_what_cannot_be_cleaned_is_said_in_words(tmp_path, rows, options, words):
    with pytest.raises(PracticumError, match=words):
        table_of(tmp_path, *rows, **options)
    assert not list(tmp_path.rglob("safe*.csv"))


def test_the_key_may_not_lie_beside_the_data_and_a_foreign_list_is_no_key(school, tmp_path):
    with pytest.raises(PracticumError, match="must not lie beside the data"):
        cleaned(school, key=tmp_path / "out" / "key.csv")
    foreign = tmp_path / "k" / "key.csv"
    foreign.parent.mkdir()
    foreign.write_text("a;b\nc;d\n", encoding="utf-8")
    with pytest.raises(PracticumError, match="holds no codes"):
        cleaned(school, key=foreign)
    with pytest.raises(PracticumError, match="ends in .csv"):
        cleaning.clean(school, tmp_path / "safe.xlsx")


words = st.text("абвгдежз", min_size=3, max_size=8).map(str.capitalize)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(st.tuples(words, words), min_size=3, max_size=12, unique=True), data=st.data())
def test_no_name_number_or_date_of_any_list_is_in_the_new_file(people, data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("list")
    rows = [["№", "ФИО", "Дата рождения", "ИИН", "Класс"]]
    rows += [[str(n), " ".join(name), f"{data.draw(st.integers(13, 28))}.04.2016", f"1613{n:08d}", "4"] for n, name in enumerate(people, 1)]
    mine = table_of(folder, *rows, on="2026-09-01")
    written = mine.path.read_text(encoding="utf-8-sig")
    assert len(mine.table) == len(people)
    for row in rows[1:]:
        assert not any(value in written + str(mine) for value in (row[1], row[2], row[3]))
    assert [one for one in privacy.scan(mine.table) if one.confidence == "high"] == []
