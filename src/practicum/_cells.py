"""What one cell of a learner's table means: a number, a date, a missing value, a heading, a total.

The parsers raise `PracticumError` with the way to mend the cell; who calls them adds where the cell is.
"""

import datetime as dt
import functools
import math
import re
import unicodedata

from practicum.errors import PracticumError
from practicum.i18n import gettext as _

# Letters that look alike in the Cyrillic and the Latin alphabet are mixed up whenever the keyboard is switched.
LOOKALIKES = str.maketrans("аеорсхуіктмвн", "aeopcxyiktmbh")
# Marks of direction and other signs without width, which come along with copied text.
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MISSING = """absent, abs, ill, sick, missing, missed, none, nan, na, n/a, #n/a, not present, no data,
    holiday, holidays, no school, каникулы, праздник, демалыс, חופשה,
    н, нб, н/б, б, отсутствовал, отсутствовала, отсутствует, болел, болела, болеет, болезнь, пропуск, пропустил,
    пропустила, не был, не была, нет данных, #н/д,
    ж, жоқ, келмеді, келмеген, ауырды, ауырып қалды, қатысқан жоқ, дерек жоқ, נעדר, נעדרה, חסר, חסרה, חולה"""
_TOTALS = """total, totals, subtotal, sum, average, mean, median, maximum, minimum,
    итого, итог, всего, сумма, среднее, средний, средняя, медиана, максимум, минимум,
    барлығы, жиыны, қорытынды, орташа, סך, סהכ, ממוצע, חציון"""
_NUMBER = re.compile(r"([-+]?)(\d+)")
_SPACED = re.compile(r"[-+]?\d{1,3}(?:[ '’]\d{3})+(?=$|[.,])")
_ONE_MARK = re.compile(r"([-+]?)(?=.?\d)(\d*)([.,])(\d*)")
_MARKED = re.compile(r"[-+]?\d{1,3}(?:([.,])\d{3})(?:(?:\1\d{3})+|(?:\1\d{3})*(?!\1)[.,]\d+)")
_DATE = re.compile(r"(\d{1,4})([./\- ])(\d{1,2})\2(\d{1,4})")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_MADE_BY_EXCEL = re.compile(r"\d+(:\d+)+|\d{1,2}[.-][^\W\d_]{3,}\.?|[^\W\d_]{3,}\.?[.-]\d{1,2}")  # 1:05, 05.июл, Jul-05
_LONGEST_WORDS = 200  # of a heading or a word for a missing score; longer cells are free text
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,]\d+)?")


def letters(column):
    """The letters above a column in Excel, from its position counted from 0.

    >>> letters(2), letters(26)
    ('C', 'AA')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def tidy(value):
    """The cell as text with ordinary digits, minus signs and single spaces."""
    if value is None:
        return ""
    text = str(value)
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace("\u2212", "-")
        text = re.sub(r"[^\D0-9]", lambda digit: str(unicodedata.decimal(digit[0])), text)
    return " ".join(text.split()).removeprefix("'")


@functools.lru_cache(maxsize=4096, typed=True)
def fold(value):
    """The words of a cell without what people write differently: case, ё, punctuation, look-alike letters.

    >>> fold("Words_Correct:") == fold("words correct"), fold("Ещё") == fold("еще")
    (True, True)
    """
    text = "" if value is None else tidy(str(value)[:_LONGEST_WORDS])
    text = text.casefold().replace("ё", "е").translate(LOOKALIKES)
    text = re.sub(r"[\"'’״׳.]", "", text)
    return " ".join(re.findall(r"[^\W_]+", text))


def folded(words):
    """The set of the folded words in a text with commas between them."""
    return frozenset(map(fold, words.split(",")))


_MISSING = folded(_MISSING)
_TOTALS = folded(_TOTALS)


def is_blank(value):
    """True for a cell with nothing to see in it."""
    text = "" if value is None else str(value)
    return not text.strip() or len(text) < 50 and not tidy(text)


def is_missing(value):
    """True for an empty cell, for dashes and for the words that people write in place of a score."""
    return re.fullmatch(r"[-–—_.…? ]*", tidy(value)) is not None or fold(value) in _MISSING


def is_total(value):
    """True where the cell begins with a word such as Total, Среднее, Барлығы."""
    return isinstance(value, str) and fold(value).partition(" ")[0] in _TOTALS


def has_percent(value):
    """True where the cell is a number with a percent sign."""
    return re.fullmatch(r"[^%]*\d *%", tidy(value)) is not None


def decimal_marks(values):
    """The marks (point, comma) that can only be decimal marks in at least one of the texts."""
    marks = set()
    for text in (tidy(value).rstrip("% ") for value in values if isinstance(value, str)):
        single = _ONE_MARK.fullmatch(_SPACED.sub("0", text))
        if single and (len(single[4]) != 3 or single[2] in ("", "0") or len(single[2]) > 3):
            marks.add(single[3])
        elif _MARKED.fullmatch(text):
            marks.add({".": ",", ",": "."}[_MARKED.fullmatch(text)[1]])
    return marks


def number(value, decimals=()):
    """The number in the cell as a float; NaN for a missing value.

    ``decimals`` are the column's `decimal_marks`: without them "1,250" may mean two numbers, and the reader is asked.

    >>> number("12,5"), number("1 250"), number("45 %")
    (12.5, 1250.0, 45.0)
    """
    if is_missing(value):
        return math.nan
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        text = repr(value)
        result = float(text)
    else:
        _refuse_what_excel_made(value)
        text = tidy(value)
        text = text.rstrip("% ") if has_percent(text) else text
        result = _from_digits(re.sub("[ '’]", "", text) if _SPACED.match(text) else text, decimals)
    if not math.isfinite(result):
        raise PracticumError(_("Write an ordinary number."))
    return result


def _refuse_what_excel_made(value):
    text = tidy(value)
    if isinstance(value, bool) or fold(value) in ("true", "false", fold("истина"), fold("ложь")):
        raise PracticumError(_("Write a number in place of true or false."))
    if isinstance(value, (dt.date, dt.time, dt.timedelta)) or _DATE.fullmatch(text) or _MADE_BY_EXCEL.fullmatch(text):
        raise PracticumError(_("Excel may have made a date or a time out of your number: "
                               "give the cell the format Number and type the number again."))
    if text.startswith("#"):
        raise PracticumError(_("This is an error that Excel reports: correct the formula, or type the number."))
    if text.startswith("="):
        raise PracticumError(_("The file holds a formula without its result: "
                               "open the file in Excel and save it, or type the number."))


def _from_digits(text, decimals):
    single = _ONE_MARK.fullmatch(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    if single:
        return _one_mark(*single.groups(), decimals)
    if _MARKED.fullmatch(text):
        return float(text.replace(_MARKED.fullmatch(text)[1], "").replace(",", "."))
    raise PracticumError(_how_to_write_a_number(text))


def _one_mark(sign, whole, mark, rest, decimals):
    decimal, thousands = float(f"{sign}{whole or 0}.{rest or 0}"), sign + whole + rest
    proven = set(decimals)
    if len(rest) != 3 or whole in ("", "0") or len(whole) > 3 or proven == {mark}:
        return decimal
    if proven and mark not in proven:
        return float(thousands)
    clear = rest.rstrip("0") or "0"
    clear += "0" if len(clear) == 3 else ""
    raise PracticumError(_("This can mean {thousands} or {decimal}: write {thousands}, or {clear}.").format(
        thousands=thousands, decimal=f"{decimal:g}", clear=sign + whole + mark + clear))


def _how_to_write_a_number(text):
    found = re.findall(r"\d+(?:[.,]\d+)?", text)
    if len(found) == 1 and re.search(r"[^\W\d_]{2}", text):
        return _("Write the number alone: {number}.").format(number=found[0])
    if len(found) > 1:
        return _("Write one number in the cell.")
    return _("Write the number in digits, or leave the cell empty if there is none.")


def date(value, epoch=dt.datetime(1899, 12, 30)):
    """The date in the cell and how it was understood: a pair (date, form), or None for a missing value.

    The form is "named" (ISO or a real date cell), "serial" (Excel's count of days), "day first ." (25.09.2026: no
    other reading) or "either ." (03.04.2026: read with the day first, but some may mean the other), with their mark.
    """
    if is_missing(value):
        return None
    if isinstance(value, dt.date):
        return _plausible(value.date() if isinstance(value, dt.datetime) else value), "named"
    text = re.sub(r" ?[гж]\.?$", "", _TIME.sub("", tidy(value)))
    if _SERIAL.fullmatch(text):
        return _plausible((epoch + dt.timedelta(days=int(text[:5]))).date()), "serial"
    parts = _DATE.fullmatch(text)
    if not parts:
        raise PracticumError(_("Write the date with day, month and year, such as 25.09.2026."))
    return _date_from(*parts.groups())


def _date_from(first, mark, second, third):
    if len(first) == 4 and len(third) <= 2:
        return _calendar(int(first), int(second), int(third)), "named"
    if len(first) > 2 or len(third) not in (2, 4) or (mark in "- " and len(third) == 2):
        raise PracticumError(_("Write the date with day, month and a year of four digits, such as 25.09.2026."))
    day, month, year = int(first), int(second), int(third)
    if len(third) == 2:
        year += 2000 if year < 70 else 1900
    if day <= 12 < month <= 31:
        raise PracticumError(_("Dates are read with the day first, and there is no month {month}: where the month "
                               "stands first, turn the dates round, {month:02d}.{day:02d}.{year}.").format(
            month=month, day=day, year=year))
    return _calendar(year, month, day), f"day first {mark}" if day > 12 or day == month else f"either {mark}"


def _calendar(year, month, day):
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise PracticumError(_("There is no such day in the calendar: correct the date.")) from None
    return _plausible(found)


def _plausible(day):
    if not 1990 <= day.year <= 2100:
        raise PracticumError(_("The year {year} cannot be right: correct the date.").format(year=day.year))
    return day
