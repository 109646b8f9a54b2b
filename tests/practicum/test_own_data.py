"""Files as teachers bring them: every one loads to the same table, or says in words what to mend."""

import datetime as dt
import io
import os
import re
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practicum import own_data
from practicum.errors import PracticumError
from practicum.own_data import CLASS_COLUMNS, PROGRESS_COLUMNS, Column

EXPECTED = pd.DataFrame({
    "date": pd.Series(["2026-09-01", "2026-09-08", "2026-09-15", "2026-09-22"], dtype="datetime64[ns]"),
    "words_correct": [45.0, float("nan"), 47.5, 52.0],
    "errors": [3.0, float("nan"), 2.0, 0.0],
    "phase": pd.Series(["A", "A", "B", "B"], dtype="str"),
})
PROBES = """date;words correct;errors;phase
01.09.2026;45;3;A
08.09.2026;;;A
15.09.2026;47,5;2;B
22.09.2026;52;0;B
"""
HEAD = ["date", "words correct", "errors", "phase"]
DAYS = [dt.datetime(2026, 9, day) for day in (1, 8, 15, 22)]
CELLS = [HEAD, [DAYS[0], 45, 3, "A"], [DAYS[1], None, None, "A"], [DAYS[2], 47.5, 2, "B"], [DAYS[3], 52, 0, "B"]]


def text(content, encoding="utf-8"):
    return content.encode(encoding)


def book(*sheets, epoch=None, titles=(), change=None):
    """The bytes of a workbook with these sheets (lists of rows); ``change(workbook)`` edits it before it is saved."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    if epoch:
        workbook.epoch = epoch
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(titles[number] if titles else None)
        for row in rows:
            sheet.append(row)
    if change:
        change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def package(**members):
    """The bytes of a zip file; a double underscore in a member's name stands for the slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def rewritten(data, member, pattern, replacement):
    """The workbook with the text of one of its members changed, as another program would have written it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            changed = re.sub(pattern, replacement, content) if name == member else content
            assert name != member or changed != content
            new.writestr(name, changed)
    return stream.getvalue()


def saved(folder, data, name="probes.csv"):
    path = folder / name
    path.write_bytes(data)
    return path


def message(path, columns=PROGRESS_COLUMNS, **options):
    with pytest.raises(PracticumError) as caught:
        own_data.load(path, columns, **options)
    return str(caught.value)


def changed(old, new, count=1):
    assert old in PROBES
    return text(PROBES.replace(old, new, count))


def with_cells(**cells):
    """The workbook with single cells changed, such as B2=…"""
    def change(workbook):
        for place, value in cells.items():
            workbook.active[place] = value
    return book(CELLS, change=change)


def percent_format(workbook):
    for row, value in zip((2, 4, 5), (0.45, 0.475, 0.52), strict=True):
        workbook.active.cell(row, 2, value).number_format = "0.0%"


def merged_title(workbook):
    sheet = workbook.active
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Reading, class 3"
    sheet.merge_cells("A1:D1")


def headings_on_two_rows(workbook):
    sheet = workbook.active
    sheet.insert_rows(1)
    for place, value in {"A1": "date", "A2": None, "B1": "reading", "D1": "phase", "D2": None}.items():
        sheet[place] = value
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")


def wrapped_heading(workbook):
    workbook.active.insert_rows(2)
    workbook.active["B1"], workbook.active["B2"] = "words", "correct"


def hidden_copy(workbook):
    workbook.create_sheet("old").append(HEAD)
    workbook["old"].append([DAYS[0], 1, 1, "A"])
    workbook["old"].sheet_state = "hidden"


def far_away(workbook):
    workbook.active["XFD1048576"] = " "


def unstyled(data):
    return rewritten(data, "xl/styles.xml", r"<cellStyles.*?</cellStyles>", "")


RUSSIAN = (PROBES.replace("date;words correct;errors;phase", "Дата;Правильно прочитанные слова;Ошибки;Этап"))
KAZAKH = (PROBES.replace("date;words correct;errors;phase", "Күні;Дұрыс оқылған сөздер;Қателер;Кезең"))
HEBREW = (PROBES.replace("date;words correct;errors;phase", "תאריך;מילים נכונות;שגיאות;שלב"))

# name of the case: (the file's content, what the notes must say)
AWKWARD = {
    "semicolons and decimal comma": (text(PROBES), []),
    "UTF-8 with a byte order mark": (text(PROBES, "utf-8-sig"), []),
    "commas and decimal point": (text(PROBES.replace(",", ".").replace(";", ",")), []),
    "commas and quoted decimal commas": (
        text(PROBES.replace("47,5", '"47.5"').replace(";", ",").replace("47.5", "47,5")),
        []),
    "tabs": (text(PROBES.replace(";", "\t")), []),
    "upright bars": (text(PROBES.replace(";", "|")), []),
    "spaces after the separators": (text(PROBES.replace(";", "; ")), []),
    "Unicode text of Excel": (b"\xff\xfe" + text(RUSSIAN.replace(";", "\t"), "utf-16-le"), []),
    "UTF-16 with the bytes the other way round": (b"\xfe\xff" + text(PROBES, "utf-16-be"), []),
    "UTF-16 without a mark": (text(PROBES, "utf-16-le"), []),
    "Russian headings in Windows-1251": (text(RUSSIAN, "cp1251"), ["old encoding and was read as Russian"]),
    "Kazakh headings in the old Kazakh encoding": (text(KAZAKH, "kz1048"), ["old encoding and was read as Kazakh"]),
    "Hebrew headings in Windows-1255": (text(HEBREW, "cp1255"), ["old encoding and was read as Hebrew"]),
    "UTF-8 cut in the middle of a letter": (text(RUSSIAN + "\n;;;Этап")[:-1], ["old encoding and was read as UTF-8"]),
    "Kazakh headings": (text(KAZAKH), []),
    "Hebrew headings": (text(HEBREW), []),
    "headings in capitals with spaces and points": (changed("words correct;errors", "  WORDS  CORRECT. ;Errors:"), []),
    "headings with underscores": (changed("words correct", "words_correct"), []),
    "headings with a unit in brackets": (changed("words correct", "Words correct (in one minute)"), []),
    "headings with е for ё and Latin letters in Russian words": (
        text(RUSSIAN.replace("Правильно прочитанные слова", "Пpaвильнo прочитaнныe слoвa").replace("Этап", "Этaп")),
        []),
    "columns in another order": (text("\n".join(";".join(reversed(line.split(";"))) for line in PROBES.splitlines())),
        []),
    "newest probe first": (text("\n".join([PROBES.splitlines()[0], *reversed(PROBES.splitlines()[1:])])),
                           ["put in the order of their dates"]),
    "title rows": (text("Reading, class 3;;;\nTerm 1;;;\n" + PROBES), ["headings are in row 3"]),
    "blank rows": (text(PROBES.replace("\n", "\n\n;;;\n")), []),
    "blank columns": (text(PROBES.replace(";", ";;")), []),
    "separators at the end of each row": (text(PROBES.replace("\n", ";;;\n")), []),
    "absent in words": (changed("08.09.2026;;", "08.09.2026;н/б;-"), ["Row 3: no number", "н/б"]),
    "absent in Kazakh": (changed("08.09.2026;;", "08.09.2026;жоқ;жоқ"), ["Row 3: no number", "жоқ"]),
    "absent in English": (changed("08.09.2026;;", "08.09.2026;Absent;—"), ["Row 3: no number", "Absent"]),
    "Russian total": (text(PROBES + "Итого;144,5;5;\n"), ["Row 6: looks like a total"]),
    "Kazakh total": (text(PROBES + ";;;\nБарлығы:;144,5;5;\n"), ["Row 7: looks like a total"]),
    "total with a date in its words": (text(PROBES + "Среднее за сентябрь 2026;48,2;1,7;\n"),
        ["Row 6: looks like a total"]),
    "average and total": (text(PROBES + "Average;48.17;1.67;\nTotal;144,5;5;\n"), ["Rows 6, 7: looks like a total"]),
    "sum without a word": (text(PROBES.replace("08.09.2026;;;A", "08.09.2026;;;A") + ";144,5;;\n"),
        ["Row 6: looks like a total"]),
    "headings repeated on a new page": (changed("15.09", "date;words correct;errors;phase\n15.09"),
        ["Row 4: repeats the headings"]),
    "signature below": (text(PROBES + "\nTeacher;;;\n"), ["Row 7: holds text"]),
    "a row with only a phase": (text(PROBES + ";;;B\n"), ["Row 6: has neither date nor number"]),
    "years of two digits": (text(PROBES.replace("2026", "26")), []),
    "dates with slashes": (text(PROBES.replace(".09.2026", "/09/2026")), []),
    "dates with dashes": (text(PROBES.replace(".09.2026", "-9-2026")), []),
    "dates with time": (text(PROBES.replace("2026;", "2026 10:30;")), []),
    "dates with the word for year": (text(PROBES.replace("2026;", "2026 г.;")), []),
    "ISO dates": (text(re.sub(r"(\d\d)\.09\.2026", r"2026-09-\1", PROBES)), []),
    "ISO dates with time": (text(re.sub(r"(\d\d)\.09\.2026", r"2026-09-\1T08:00:00Z", PROBES)), []),
    "Excel's count of days": (text(re.sub(r"(\d\d)\.09\.2026", lambda day: str(46265 + int(day[1])), PROBES)),
                              ["row 2 is 01.09.2026"]),
    "everything in quotation marks": (
        text("\n".join(";".join(f'"{cell}"' for cell in line.split(";")) for line in PROBES.splitlines())),
        []),
    "a line for Excel above": (text("sep=|\n" + PROBES.replace(";", "|")), []),
    "lines of an old Macintosh": (text(PROBES.replace("\n", "\r")), []),
    "lines of Windows": (text(PROBES.replace("\n", "\r\n")), []),
    "an end mark of DOS": (text(PROBES) + b"\x1a", []),
    "no line end at the end": (text(PROBES.rstrip("\n")), []),
    "Latin and Cyrillic labels": (changed("08.09.2026;;;A", "08.09.2026;;;\u0410"),
        ["Row 3: \"phase\" is written in other letters"]),
    "spaces without width and hard spaces": (changed("01.09.2026;45", "\u200e01.09.2026\u00a0;\u00a045\u202f"), []),
    "Arabic digits": (changed(";45;", ";٤٥;"), []),
    "apostrophe that makes text": (changed(";45;", ";'45;"), []),
    "decimal comma and three decimals": (changed(";45;", ";45,000;"), []),
    "a free text column": (text("\n".join(line + ";" + word for line, word in zip(
        PROBES.splitlines(), ["note", "tired", "", 'said "no"; then read', "5\" ruler"], strict=True)).replace(
        'said "no"; then read', '"said ""no""; then read"')), ["Column E is not needed"]),
    "a quotation mark in free text": (text("\n".join(line + ";" + word for line, word in zip(
        PROBES.splitlines(), ["note", '"Mama" read well', "", "", ""], strict=True))), ["Column E is not needed"]),
    "the same column twice": (text(re.sub(r"(?m)^([^;]*;)([^;]*;)", r"\1\2\2", PROBES)), []),
    "an empty column with the same heading": (
        text(re.sub(r"(?m)^([^;]*;)([^;]*;)", r"\1;\2", PROBES).replace("date;", "date;wcpm", 1)),
        []),
    "workbook": (book(CELLS), []),
    "workbook with text in all cells": (book([line.split(";") for line in PROBES.splitlines()]), []),
    "workbook with a merged title": (book(CELLS, change=merged_title), ["headings are in row 3"]),
    "workbook with merged headings on two rows": (book(CELLS, change=headings_on_two_rows), []),
    "workbook with a heading wrapped over two rows": (book(CELLS, change=wrapped_heading), []),
    "workbook with a hidden sheet": (book(CELLS, change=hidden_copy), []),
    "workbook with an empty first sheet": (book([], CELLS), []),
    "workbook with instructions on the first sheet": (book([["How to fill in"]], CELLS, titles=("Help", "Data")),
                                                      ['Only sheet 2 "Data" was read']),
    "workbook that counts days from 1904": (book(CELLS, epoch=openpyxl.utils.datetime.CALENDAR_MAC_1904), []),
    "workbook with days as numbers": (
        book([HEAD] + [[46265 + day.day, *row[1:]] for day, row in zip(DAYS, CELLS[1:], strict=True)]),
                                      ["count of days"]),
    "workbook with days as numbers from 1904": (
        book([HEAD] + [[46265 + day.day - 1462, *row[1:]] for day, row in zip(DAYS, CELLS[1:], strict=True)],
             epoch=openpyxl.utils.datetime.CALENDAR_MAC_1904), ["count of days"]),
    "workbook with a space in the last cell of the sheet": (book(CELLS, change=far_away), []),
    "workbook with a wrong size inside": (rewritten(book(CELLS), "xl/worksheets/sheet1.xml", 'ref="A1:D5"', 'ref="A1"'),
        []),
    "workbook without styles": (unstyled(book(CELLS)), []),
    "workbook with computed cells": (rewritten(
        with_cells(B2="=40+5"), "xl/worksheets/sheet1.xml", "<f>40\\+5</f><v ?/>|<f>40\\+5</f><v></v>",
                                               "<f>40+5</f><v>45</v>"), []),
    "workbook with percent cells": (book(CELLS, change=percent_format), ["in percent"]),
    "percent signs": (text(PROBES.replace(";45;", ";45 %;").replace("47,5", "47,5%").replace(";52;", ";52%;")),
        ["in percent"]),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_but_good_files_load_to_the_same_table(case, tmp_path):
    data, notes = AWKWARD[case]
    found = own_data.load(saved(tmp_path, data), PROGRESS_COLUMNS)
    pd.testing.assert_frame_equal(found.table, EXPECTED)
    for words in notes:
        assert any(words in note for note in found.notes), found.notes
    on_rows = [note for note in found.notes if note.startswith("Row") and "no number" not in note]
    assert len(on_rows) <= len(notes), on_rows


def words_for_all(word):
    return text("\n".join(re.sub(r"^([^;]*);[^;]*;[^;]*", rf"\1;{word};", line) if number else line
                          for number, line in enumerate(PROBES.splitlines())))


# name of the case: (the file's content, what the message must say)
BROKEN = {
    "nothing": (b"", ['"probes.csv" is empty', "save it with your data"]),
    "only spaces and line ends": (b" \r\n\t\r\n", ["is empty"]),
    "only separators": (b";;;\n;;;\n", ["is empty"]),
    "only a byte order mark": (b"\xef\xbb\xbf", ["is empty"]),
    "only empty quotation marks": (b'"";""\n', ["No headings were found", '"date", "words correct"']),
    "only headings": (text(PROBES.splitlines()[0]), ["headings in row 1 but no data", "Fill in the rows below"]),
    "only headings and a total": (text(PROBES.splitlines()[0] + "\nTotal;0;0;\n"), ["row 1", "no data below"]),
    "no headings": (text(PROBES.partition("\n")[2]), ["No headings were found", "first row", '"words correct"']),
    "a letter in place of a table": (text("Dear colleague,\nplease find the table attached.\n"),
        ["No headings were found"]),
    "headings below the first thirty rows": (text(";\n" * 40 + "x\n" + PROBES),
        ["No headings were found in the first 30 rows"]),
    "no column of scores": (text("date;name of book\n01.09.2026;x\n"),
        ["Row 1", '"words correct"', '"name of book"', '"wcpm"']),
    "no column of dates": (text("week;words correct\n1;45\n"), ["Row 1", 'no heading for "date"', '"дата"']),
    "a misspelt heading": (changed("words correct", "wrods corect"),
        ["Row 1", 'If "wrods corect" is meant', 'write "words correct"']),
    "a misspelt Russian heading": (text(RUSSIAN.replace("Дата", "Датаа")),
        ["Row 1", 'If "Датаа" is meant, write "date"']),
    "a name as a heading": (text("date;Айгерим Серикова\n01.09.2026;45\n"), ["Row 1", "[a name of a person]"]),
    "headings in the first column": (text("date;01.09.2026;08.09.2026\nwords correct;45;47\n"),
        ["one below the other", "Transpose"]),
    "two columns of scores": (text("date;words correct;wcpm\n01.09.2026;45;46\n"),
        ["Columns B, C", '"words correct"', "Rename or delete"]),
    "decimal commas between commas": (text("date,words correct\n01.09.2026,45\n08.09.2026,47,5\n"),
        ["Row 3", "decimal mark", "semicolons"]),
    "spaces between the columns": (text("date words\n01.09.2026 45\n"), ["No headings were found"]),
    "a quotation mark that is never closed": (changed("08.09.2026;;;A", '08.09.2026;"12;;A'),
        ["row 3", "quotation mark", "close it"]),
    "a cell without end": (text("date;words correct\n\"" + "a" * 200_000), ["row", "quotation mark"]),
    "words with the number": (changed(";45;", ";45 слов;"),
        ["Row 2, column B", '"words correct" says "45 слов"', "Write the number alone: 45."]),
    "English words with the number": (changed("47,5", "about 47,5 words"),
        ["Row 4, column B", "Write the number alone: 47,5."]),
    "a word that is no number": (changed(";45;", ";forty-five;"), ["Row 2, column B", '"forty-five"', "in digits"]),
    "a name in the place of a number": (changed(";45;", ";Айгерим Серикова;"),
        ["Row 2, column B", "[a name of a person]", "in digits"]),
    "an identity number in the place of a number": (changed(";45;", ";850101100012;"),
        ["Row 2, column B", "[a 12-digit number", "400"]),
    "a letter for a digit": (changed(";45;", ";4О;"), ["Row 2, column B", '"4О"', "in digits"]),
    "a note in the cell": (changed(";45;", ";45*;"), ["Row 2, column B", '"45*"', "in digits"]),
    "two numbers in a cell": (changed(";45;", ";45/50;"), ["Row 2, column B", '"45/50"', "one number"]),
    "a range": (changed(";45;", ";45-50;"), ["Row 2, column B", "one number"]),
    "two numbers with a space": (changed(";45;", ";45 50;"), ["Row 2, column B", "one number"]),
    "three digits after a comma": (changed(";45;", ";1,250;").replace(b"47,5", b"47"),
        ["Row 2, column B", "1250 or 1.25", "write 1250, or 1,25"]),
    "three digits after a point": (changed(";45;", ";1.255;").replace(b"47,5", b"47"),
        ["Row 2, column B", "1255 or 1.255", "1.2550"]),
    "points in the wrong places": (changed(";45;", ";1,2,5;"), ["Row 2, column B", "one number"]),
    "percent in one row only": (changed(";45;", ";45 %;"), ["Row 4, column B", "percent sign", "the same way"]),
    "true in place of a number": (changed(";45;", ";TRUE;"), ["Row 2, column B", "true or false"]),
    "Russian true in place of a number": (changed(";45;", ";ИСТИНА;"), ["Row 2, column B", "true or false"]),
    "infinite": (changed(";45;", ";inf;"), ["Row 2, column B", "in digits"]),
    "a number without end": (changed(";45;", ";" + "9" * 400 + ";"), ["Row 2, column B", "ordinary number"]),
    "more words than anyone reads": (changed(";45;", ";4500;"), ["Row 2, column B", '"4500"', "more than 400"]),
    "less than nothing": (changed(";45;", ";-5;"), ["Row 2, column B", '"-5"', "less than 0"]),
    "too many errors": (changed(";3;", ";999;"), ["Row 2, column C", '"errors"', "more than 400"]),
    "no for an error count": (changed(";3;", ";нет;"),
        ["Row 2, column C", '"нет"', "in digits, or leave the cell empty"]),
    "a date made out of a number": (changed("47,5", "05.июл"), ["Row 4, column B", '"05.июл"', "made a date"]),
    "a whole date made out of a number": (changed("47,5", "05.07.2026"),
        ["Row 4, column B", "made a date", "format Number"]),
    "a time made out of a number": (changed(";45;", ";1:05;"), ["Row 2, column B", "time", "format Number"]),
    "an error of Excel": (changed(";45;", ";#ДЕЛ/0!;"), ["Row 2, column B", "#ДЕЛ/0!", "correct the formula"]),
    "a formula in text": (changed(";45;", ";=40+5;"), ["Row 2, column B", "=40+5", "without its result"]),
    "no number anywhere": (words_for_all("н/б"),
        ["Column B", "holds no numbers", "Check that the scores are in this column"]),
    "no cell filled in": (words_for_all(""), ["Column B", "holds no numbers"]),
    "month first": (changed("22.09.2026", "09/22/2026"),
        ["Row 5, column A", "09/22/2026", "no month 22", "22.09.2026"]),
    "month first in ISO": (changed("22.09.2026", "2026-22-09"), ["Row 5, column A", "no such day"]),
    "a day that is not in the calendar": (changed("22.09.2026", "31.09.2026"),
        ["Row 5, column A", "no such day", "correct the date"]),
    "a month that is not in the calendar": (changed("22.09.2026", "22.13.2026"), ["Row 5, column A", "no such day"]),
    "a date without year": (changed("22.09.2026", "22.09"),
        ["Row 5, column A", '"date" says "22.09"', "day, month and year"]),
    "a month in letters": (changed("22.09.2026", "22 сентября"),
        ["Row 5, column A", "22 сентября", "such as 25.09.2026"]),
    "a week in place of a date": (changed("22.09.2026", "4"), ["Row 5, column A", '"4"', "such as 25.09.2026"]),
    "a date with letters for digits": (changed("22.09.2026", "22.О9.2026"), ["Row 5, column A", "such as 25.09.2026"]),
    "a mistyped year": (changed("22.09.2026", "22.09.0226"), ["Row 5, column A", "year 226"]),
    "a year of the Buddhist calendar": (changed("22.09.2026", "22.09.2569"), ["Row 5, column A", "year 2569"]),
    "dashes and two digits": (changed("22.09.2026", "26-09-22"), ["Row 5, column A", "four digits"]),
    "two dates in a cell": (changed("22.09.2026", "22.09-23.09.2026"), ["Row 5, column A", "such as 25.09.2026"]),
    "a date that is missing": (changed("22.09.2026", ""), ["Row 5, column A", '"date" is empty', "Write the date", "delete the row if it is a total"]),
    "a dash for a date": (changed("22.09.2026", "-"), ["Row 5, column A", "Write the date"]),
    "a PDF called CSV": (b"%PDF-1.7\n%\xe2\xe3", ['"probes.csv" is a PDF document', "save it as CSV or XLSX"]),
    "a photo called CSV": (b"\xff\xd8\xff\xe0\x00\x10JFIF", ["is an image", "save it as CSV or XLSX"]),
    "a screenshot called CSV": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ["is an image"]),
    "a photo of an iPhone": (b"\0\0\0\x18ftypheic\0\0\0\0", ["is an image"]),
    "a web page called XLS": (text("<html><table><tr><td>date</td></tr></table>"),
        ["is a web page", "save it as an Excel workbook"]),
    "XML of an old Excel": (text('\ufeff<?xml version="1.0"?><Workbook/>'),
        ["is a web page", "save it as an Excel workbook"]),
    "JSON called CSV": (text('{"date": "01.09.2026"}'), ["is a JSON file"]),
    "a list in JSON": (text('[{"date": "01.09.2026"}]'), ["is a JSON file"]),
    "rich text": (text(r"{\rtf1\ansi date}"), ["is a text document"]),
    "an old Excel workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
        ["old Excel format (.xls)", "save it as an Excel workbook (.xlsx)"]),
    "an old Word document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        ["is a Word document", "Copy the table into Excel"]),
    "a workbook with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        ["protected with a password", "take the password off"]),
    "a packed file": (b"\x1f\x8b\x08\0\0\0\0\0", ["is a packed file"]),
    "a folder packed as zip": (package(**{"probes.csv": PROBES}), ["is a packed folder (zip)", "Unpack it"]),
    "a Word document": (package(**{"[Content_Types].xml": "", "word__document.xml": ""}),
        ["is a Word document", "Copy the table into Excel"]),
    "a presentation": (package(**{"[Content_Types].xml": "", "ppt__presentation.xml": ""}), ["is a presentation"]),
    "an OpenDocument table": (package(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": ""}),
        ["table of another program", ".xlsx"]),
    "a binary Excel workbook": (package(**{"[Content_Types].xml": "", "xl__workbook.bin": ""}),
        ["table of another program", ".xlsx"]),
    "an empty zip": (package(), ["packed folder (zip)"]),
    "a program": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\xff\xff" * 20,
        ["is a file of another kind", "save it as CSV or XLSX"]),
    "a damaged workbook": (book(CELLS)[:2000], ["is damaged", "save it as a new Excel workbook"]),
    "a workbook with a hole in it": (book(CELLS).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml"),
        ["has no filled cells"]),
    "a workbook with broken XML": (rewritten(book(CELLS), "xl/worksheets/sheet1.xml", "</sheetData>", ""),
        ["is damaged"]),
    "a workbook with an unknown style": (rewritten(book(CELLS), "xl/worksheets/sheet1.xml", 's="1"', 's="999"'),
        ["is damaged"]),
    "an empty workbook": (book([]), ["has no filled cells", "save it with your data"]),
    "a workbook with only hidden data": (
        book([], CELLS, change=lambda w: setattr(w.worksheets[1], "sheet_state", "hidden")),
        ["has no filled cells"]),
    "two sheets that both fit": (book(CELLS, CELLS, titles=("Autumn", "Spring")),
        ['1 "Autumn", 2 "Spring"', "sheet=1"]),
    "sheets called after children": (book(CELLS, CELLS, titles=("Айгерим Серикова", "Spring")),
        ['1 "[a name of a person]"', "sheet=1"]),
    "two sheets and none fits": (book([["help"]], [["more"]]), ["No headings were found"]),
    "a formula without a result": (with_cells(B2="=40+5"),
        ["Row 2, column B", "=40+5", "open the file in Excel and save it"]),
    "an error of Excel in a workbook": (with_cells(B2="#DIV/0!"),
        ["Row 2, column B", "#DIV/0!", "correct the formula"]),
    "a date cell in place of a number": (with_cells(B2=dt.datetime(2026, 5, 12)),
        ["Row 2, column B", '"12.05.2026"', "made a date", "format Number"]),
    "a time cell in place of a number": (with_cells(B2=dt.time(1, 5)), ["Row 2, column B", "time", "format Number"]),
    "a truth value in place of a number": (with_cells(B2=True), ["Row 2, column B", "true or false"]),
    "a time cell in place of a date": (with_cells(A2=dt.time(10, 30)), ["Row 2, column A", "such as 25.09.2026"]),
    "a number shown as a date": (with_cells(A2=dt.datetime(1900, 2, 14)), ["Row 2, column A", "year 1900"]),
    "merged dates": (book([row if row[0] != DAYS[2] else [None, *row[1:]] for row in CELLS]),
        ["Row 4, column A", "is empty", "unmerge"]),
    "a cell far to the right": (with_cells(ABC5="x"), ["row 5, column ABC", "up to 200 columns", "Delete"]),
    "a cell far below": (with_cells(A60000="x"), ["row 60000", "up to 50000 rows", "Delete"]),
    "text in all cells of a workbook": (book([HEAD, ["01.09.2026", "45 words", "3", "A"]]),
        ["Row 2, column B", "Write the number alone: 45."]),
}


def sentences(words):
    return len(re.findall(r'[.!?](?=\s+[A-Z"]|$)', words))


@pytest.mark.parametrize("case", BROKEN)
def test_broken_files_say_what_is_wrong_where_and_how_to_mend_it(case, tmp_path):
    data, fragments = BROKEN[case]
    said = message(saved(tmp_path, data))
    for fragment in fragments:
        assert fragment in said
    assert 1 <= sentences(said) <= 2, said


def test_there_are_enough_files_of_both_sorts():
    assert len(BROKEN) >= 60
    assert len(AWKWARD) >= 25


@pytest.mark.parametrize("name", ["probes.xlsx", "probes.txt", "probes"])
def test_the_content_decides_and_not_the_end_of_the_name(name, tmp_path):
    for data in (book(CELLS), text(PROBES)):
        pd.testing.assert_frame_equal(own_data.load(saved(tmp_path, data, name), PROGRESS_COLUMNS).table, EXPECTED)


def test_loading_changes_neither_the_file_nor_its_date(tmp_path):
    for name, data in {"probes.csv": text(PROBES), "probes.xlsx": book(CELLS)}.items():
        path = saved(tmp_path, data, name)
        os.utime(path, ns=(10**18, 10**18))
        own_data.load(path, PROGRESS_COLUMNS)
        assert path.read_bytes() == data
        assert path.stat().st_mtime_ns == 10**18
    assert sorted(inside.name for inside in tmp_path.iterdir()) == ["probes.csv", "probes.xlsx"]


def test_no_warning_of_a_library_reaches_the_reader(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        own_data.load(saved(tmp_path, unstyled(book(CELLS))), PROGRESS_COLUMNS)


# The path

def test_a_missing_file_names_the_folder_and_files_with_similar_names(tmp_path):
    saved(tmp_path, b"x", "probes-autumn.csv")
    said = message(tmp_path / "probes_autumn.csv")
    assert f'no file "probes_autumn.csv" in the folder "{tmp_path.resolve()}"' in said
    assert '"probes-autumn.csv"' in said


def test_a_missing_end_of_the_name_is_found(tmp_path):
    saved(tmp_path, b"x", "p.xlsx")
    assert '"p.xlsx"' in message(tmp_path / "p.csv")


def test_a_missing_file_in_an_empty_folder_says_to_copy_it_there(tmp_path):
    assert "Copy your file there" in message(tmp_path / "probes.csv")


def test_a_missing_folder_is_named(tmp_path):
    assert f'no folder "{tmp_path / "my-files"}"' in message(tmp_path / "my-files" / "probes.csv")


def test_a_folder_in_place_of_a_file_lists_the_tables_in_it(tmp_path):
    saved(tmp_path, b"x", "autumn.xlsx")
    said = message(tmp_path)
    assert "is a folder" in said
    assert '"autumn.xlsx"' in said


@pytest.mark.parametrize("name", ["~$probes.xlsx", ".~lock.probes.xlsx#"])
def test_the_mark_of_an_open_file_leads_to_the_real_one(name, tmp_path):
    assert 'Load "probes.xlsx"' in message(saved(tmp_path, b"teacher", name))


def test_a_file_that_is_open_elsewhere_says_to_close_it(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    said = message(saved(tmp_path, text(PROBES)))
    assert '"probes.csv" may not be read' in said
    assert "close it there" in said


def test_a_file_of_more_than_twenty_megabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "probes.csv"
    with path.open("wb") as file:
        file.truncate(21_000_000)
    said = message(path)
    assert "has 21 MB" in said
    assert "up to 20 MB" in said


def test_a_workbook_that_unpacks_to_hundreds_of_megabytes_is_refused(tmp_path):
    data = package(**{"[Content_Types].xml": "", "xl__worksheets__sheet1.xml": b"\0" * 201_000_000})
    assert len(data) < 1_000_000
    assert "far larger inside" in message(saved(tmp_path, data))


@pytest.mark.parametrize("path", [None, 5, b"probes.csv"])
def test_a_path_that_is_no_text_is_refused(path):
    assert "text in quotation marks" in message(path)


@pytest.mark.parametrize("path", ["a" * 5000 + ".csv", "bad\0name.csv", "~nobody-of-that-name/probes.csv", ""])
def test_impossible_paths_are_refused_in_words(path):
    assert sentences(message(path)) <= 2


def test_a_device_is_no_table():
    if not Path("/dev/null").exists():
        pytest.skip("this system has no devices with a path")
    assert "not a file with a table" in message("/dev/null")


# Sheets

def test_a_sheet_is_chosen_by_its_name_or_its_number(tmp_path):
    other = [HEAD, [DAYS[0], 99, 1, "A"]]
    path = saved(tmp_path, book(CELLS, other, titles=("Autumn", "Spring 2026")))
    for sheet in ("spring 2026", "Spring 2026", 2):
        assert list(own_data.load(path, PROGRESS_COLUMNS, sheet=sheet).table["words_correct"]) == [99]
    pd.testing.assert_frame_equal(own_data.load(path, PROGRESS_COLUMNS, sheet=1).table, EXPECTED)


def test_an_unknown_sheet_lists_the_sheets(tmp_path):
    said = message(saved(tmp_path, book(CELLS, titles=("Autumn",))), sheet="Winter")
    assert "no sheet Winter" in said
    assert '1 "Autumn"' in said


def test_a_text_file_has_no_sheets(tmp_path):
    assert "Leave out sheet=" in message(saved(tmp_path, text(PROBES)), sheet="Autumn")


# What was understood

def test_a_day_that_could_be_a_month_is_told(tmp_path):
    found = own_data.load(saved(tmp_path, b"date;wcpm\n03/04/2026;45\n"), PROGRESS_COLUMNS)
    assert found.table["date"][0] == pd.Timestamp(2026, 4, 3)
    assert "Dates were read with the day first: 03/04/2026 in row 2 is day 3 of month 4." in found.notes


def test_a_day_above_twelve_in_the_same_form_proves_the_order(tmp_path):
    found = own_data.load(saved(tmp_path, b"date;wcpm\n03/04/2026;45\n25/04/2026;47\n"), PROGRESS_COLUMNS)
    assert not any("day first" in note for note in found.notes)


def test_dates_in_another_form_prove_nothing(tmp_path):
    found = own_data.load(saved(tmp_path, b"date;wcpm\n03/04/2026;45\n25.04.2026;47\n"), PROGRESS_COLUMNS)
    assert any("03/04/2026" in note for note in found.notes)


def test_thousands_are_read_where_another_cell_shows_which_mark_is_which(tmp_path):
    found = own_data.load(saved(tmp_path, "score\n1.250,5\n2.250\n1 300\n1\u202f400,25\n".encode()), CLASS_COLUMNS)
    assert list(found.table["score"]) == [1250.5, 2250, 1300, 1400.25]


def test_columns_that_the_file_does_not_have_are_there_and_empty(tmp_path):
    found = own_data.load(saved(tmp_path, b"date;wcpm\n15.04.2026;45\n"), PROGRESS_COLUMNS)
    assert list(found.table.columns) == ["date", "words_correct", "errors", "phase"]
    assert found.table["errors"].isna().all()
    assert found.table["errors"].dtype == "float64"
    assert any('no column for "errors", "phase"' in note for note in found.notes)


def test_free_text_is_never_loaded_and_the_note_says_so(tmp_path):
    found = own_data.load(saved(tmp_path, "date;wcpm;note\n15.04.2026;45;Aigerim was sad\n".encode()), PROGRESS_COLUMNS)
    assert "note" not in found.table.columns
    assert any("Column C is not needed and was left out" in note for note in found.notes)
    assert "sad" not in str(found) + found._repr_html_()


def test_an_optional_column_may_be_empty(tmp_path):
    found = own_data.load(saved(tmp_path, b"date;wcpm;errors;phase\n15.04.2026;45;;\n"), PROGRESS_COLUMNS)
    assert list(found.table["words_correct"]) == [45]


def test_a_class_list_keeps_a_pupil_without_a_score_as_missing(tmp_path):
    path = saved(tmp_path, "Оқушы;Ұпай\nP-1;12\nP-2;н/б\nP-3;\nP-4;15\nОрташа;13,5\n".encode())
    found = own_data.load(path, CLASS_COLUMNS)
    assert found.table["score"].isna().tolist() == [False, True, True, False]
    assert any("Rows 3, 4: no number" in note for note in found.notes)
    assert any("Row 6: looks like a total" in note for note in found.notes)


def test_a_mean_without_a_word_below_a_blank_row_is_no_pupil(tmp_path):
    found = own_data.load(saved(tmp_path, b"score\n12\n15\n20\n\n15,67\n"), CLASS_COLUMNS)
    assert list(found.table["score"]) == [12, 15, 20]
    assert any("Row 6: looks like a total" in note for note in found.notes)


@pytest.mark.parametrize("scores", [
    [12, 15, 18, 15], [0, 0, 0, 0], [5, 0, 0, 5], [2, 3, 0, 5], [12, 15, 18, None, 15], [12.5, 13.5, 16, None, 14], [7, 8]])
def test_a_score_that_equals_the_sum_or_the_mean_by_chance_stays(scores, tmp_path):
    lines = "\n".join("" if score is None else str(score) for score in ["score", *scores])
    found = own_data.load(saved(tmp_path, lines.encode()), CLASS_COLUMNS)
    assert list(found.table["score"]) == [score for score in scores if score is not None]


def test_a_last_pupil_with_a_code_is_no_total(tmp_path):
    for codes in ("abcd", "1113"):
        lines = [f"{code};{score}" for code, score in zip(codes, (12, 15, 20, 47), strict=True)]
        found = own_data.load(saved(tmp_path, "\n".join(["code;score", *lines]).encode()), CLASS_COLUMNS)
        assert list(found.table["score"]) == [12, 15, 20, 47]


def test_a_word_such_as_sum_in_a_remark_does_not_drop_a_pupil(tmp_path):
    found = own_data.load(saved(tmp_path, b"code;score;remark\nP-1;12;Total concentration\n"), CLASS_COLUMNS)
    assert list(found.table["score"]) == [12]
    said = message(saved(tmp_path, b"date;wcpm;remark\n;12;Total concentration\n"))
    assert "Row 2, column A \"date\" is empty" in said


def test_own_columns_with_categories_are_read(tmp_path):
    columns = [Column("setting", "category", names=("place",)), Column("minutes", minimum=0, maximum=60)]
    found = own_data.load(saved(tmp_path, b"Place;minutes\nyard;5\nYard;7\nclass;1.0\n"), columns)
    assert found.table["setting"].dtype == "category"
    assert list(found.table["setting"]) == ["yard", "yard", "class"]


def test_a_column_of_an_unknown_kind_is_refused():
    with pytest.raises(PracticumError, match="Choose from: number, date, text, category"):
        Column("score", "integer")


@pytest.mark.parametrize("columns", [None, [], "score", ["score"], [Column("score"), "date"]])
def test_columns_must_be_columns(columns, tmp_path):
    assert "own_data.PROGRESS_COLUMNS" in message(saved(tmp_path, text(PROBES)), columns)


# Privacy

PRIVATE = """ФИО;date;wcpm;contact;note
Айгерим Серикова;15.04.2026;45;+7 701 234 56 78;850101100012
Дана;22.04.2026;47;dana@example.org;
"""


@pytest.fixture
def private(tmp_path):
    return own_data.load(saved(tmp_path, text(PRIVATE)), PROGRESS_COLUMNS)


def test_warnings_come_before_anything_else(private):
    for shown in (str(private), repr(private), private._repr_html_()):
        first = shown.index("Before you show or share this")
        assert first < shown.index("A name of a person in column A (Rows 2, 3).")
        assert shown.index("A phone number in row 2, column D.") < shown.index("not needed")
        assert shown.index("not needed") < shown.index("2 rows were read")
        assert not re.search(r"[A-Za-z]", re.sub(r"<[^>]*>", "", shown[:first]))


def test_what_is_shown_never_repeats_an_identifier(private):
    for secret in ("Айгерим", "Серикова", "Дана", "701", "dana@", "850101"):
        assert secret not in repr(private) + private._repr_html_() + repr(private.warnings)


def test_what_a_notebook_stores_holds_no_scores(tmp_path):
    found = own_data.load(saved(tmp_path, b"date;wcpm\n15.04.2026;43.21\n"), PROGRESS_COLUMNS)
    assert "43.21" not in repr(found) + found._repr_html_()


def test_a_file_called_after_a_child_is_warned_of_and_not_repeated(tmp_path):
    found = own_data.load(saved(tmp_path, text(PROBES), "Айгерим Серикова.csv"), PROGRESS_COLUMNS)
    assert "The name of the file looks like the name of a person." in found.warnings
    assert "Серикова" not in str(found) + found._repr_html_()


def test_a_file_without_identifiers_gives_no_warning(tmp_path):
    found = own_data.load(saved(tmp_path, text(PROBES)), PROGRESS_COLUMNS)
    assert found.warnings == []
    assert "share" not in str(found) + found._repr_html_()


def test_what_is_shown_is_safe_html(tmp_path):
    found = own_data.load(saved(tmp_path, changed("08.09.2026;;;A", "08.09.2026;;;<b>A"), "a<b>.csv"), PROGRESS_COLUMNS)
    assert "<b>" not in found._repr_html_()
    assert "&lt;b&gt;" in found._repr_html_()
    found = own_data.load(saved(tmp_path, book([["help"]], CELLS, titles=("Help", "<b>Data"))), PROGRESS_COLUMNS)
    assert "<li>Only sheet 2 &quot;&lt;b&gt;Data&quot; was read.</li>" in found._repr_html_()


# Templates

def test_a_template_filled_in_loads_again(tmp_path):
    path = own_data.template(PROGRESS_COLUMNS, tmp_path / "mine.csv")
    assert path.read_bytes() == b"\xef\xbb\xbfdate;words correct;errors;phase\r\n"
    with path.open("a", encoding="utf-8") as file:
        file.write("15.04.2026;45;;\r\n")
    assert list(own_data.load(path, PROGRESS_COLUMNS).table["words_correct"]) == [45]


def test_a_template_never_writes_over_a_file(tmp_path):
    saved(tmp_path, b"precious", "mine.csv")
    saved(tmp_path, b"precious", "mine-2.csv")
    with pytest.raises(PracticumError, match='"mine.csv" is there already.*"mine-3.csv"'):
        own_data.template(PROGRESS_COLUMNS, tmp_path / "mine.csv")
    assert (tmp_path / "mine.csv").read_bytes() == b"precious"


def test_a_template_must_be_called_csv_and_its_folder_must_exist(tmp_path):
    with pytest.raises(PracticumError, match="ends in .csv"):
        own_data.template(PROGRESS_COLUMNS, tmp_path / "mine.xlsx")
    with pytest.raises(PracticumError, match="Choose a folder that exists"):
        own_data.template(PROGRESS_COLUMNS, tmp_path / "no" / "mine.csv")


# Fuzz: whatever comes, there is a table or a sentence.

FUZZ = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def load_or_say_why(folder, data):
    path = saved(folder, data)
    try:
        found = own_data.load(path, PROGRESS_COLUMNS)
    except PracticumError as error:
        assert sentences(str(error)) in (1, 2)
        return
    assert list(found.table.columns) == list(EXPECTED.columns)
    assert (found.table.dtypes == EXPECTED.dtypes).all()
    assert found.table["date"].notna().all()
    assert len(found.table) > 0
    assert "<ul>" in found._repr_html_()


@FUZZ
@given(data=st.binary(max_size=400),
       start=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"date;wcpm\n", b"date,wcpm\n\""]))
def test_random_bytes_never_end_in_a_traceback(tmp_path, data, start):
    load_or_say_why(tmp_path, start + data)


WHOLE = {"csv": text(RUSSIAN), "utf-16": b"\xff\xfe" + text(KAZAKH, "utf-16-le"),
         "cp1251": text(RUSSIAN, "cp1251"), "xlsx": book(CELLS)}


@FUZZ
@given(kind=st.sampled_from(sorted(WHOLE)), data=st.data())
def test_damaged_files_never_end_in_a_traceback(tmp_path, kind, data):
    content = bytearray(WHOLE[kind])
    for _time in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        width = data.draw(st.integers(0, 6))
        content[place:place + width] = data.draw(st.binary(max_size=6))
    load_or_say_why(tmp_path, bytes(content))


CELL = st.one_of(
    st.sampled_from(["", "45", "47,5", "1.250", "45 %", "н/б", "жоқ", "-", "Итого", "date", "wcpm", "01.09.2026",
                     "09/25/2026", "#REF!", '"', "=A1", "45 слов", "1e5",
                     "٣", "½", "\u200e", "Айгерим Серикова", "850101100012", "46266"]),
    st.text(max_size=12), st.integers(-10**15, 10**15).map(str), st.dates().map(str))


@FUZZ
@given(rows=st.lists(st.lists(CELL, max_size=5), max_size=8), separator=st.sampled_from(";,\t"), heading=st.booleans())
def test_tables_of_odd_cells_never_end_in_a_traceback(tmp_path, rows, separator, heading):
    lines = [["date", "wcpm", "errors", "phase"]] * heading + rows
    load_or_say_why(tmp_path, "\n".join(separator.join(line) for line in lines).encode("utf-8", "surrogatepass"))


VALUE = st.one_of(
    st.none(), st.booleans(), st.integers(-10**18, 10**18), st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2199, 1, 1)), st.times(), CELL.filter(str.isprintable))


@settings(FUZZ, max_examples=60)
@given(rows=st.lists(st.lists(VALUE, max_size=5), max_size=6))
def test_workbooks_of_odd_cells_never_end_in_a_traceback(tmp_path, rows):
    load_or_say_why(tmp_path, book([HEAD, *rows]))
