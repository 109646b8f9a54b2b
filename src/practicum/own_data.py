"""The learner's own file: one call reads it, whatever program made it, or says in plain words what to mend.

    data = own_data.load("my-files/probes.csv", own_data.PROGRESS_COLUMNS)
    data.table["words_correct"]

The file is only read, never changed, and nothing leaves the computer.
"""

import csv
import functools
import html
import itertools
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from practicum import _columns, _headings, _reading, privacy
from practicum._cells import fold
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext

_DTYPES = {"number": "float64", "date": "datetime64[ns]", "text": "str", "category": "category"}


@dataclass(frozen=True)
class Column:
    """A column that an analysis needs.

    ``name`` is the column's name in the table, ``kind`` "number", "date", "text" or "category". A number outside
    ``minimum`` … ``maximum`` is refused. ``names`` are the headings that are accepted beside the name itself; case,
    punctuation, ё or е and look-alike Latin and Cyrillic letters make no difference. A file without a column that is
    not ``required`` is read all the same, with empty cells in its place.
    """

    name: str
    kind: str = "number"
    required: bool = True
    minimum: float = None
    maximum: float = None
    names: tuple = ()

    def __post_init__(self):
        object.__setattr__(self, "names", (self.names,) if isinstance(self.names, str) else tuple(self.names))
        if self.kind not in _DTYPES:
            raise PracticumError(_('Column "{name}" has the kind "{kind}". Choose from: {kinds}.').format(
                name=self.name, kind=self.kind, kinds=", ".join(_DTYPES)))

    @property
    def label(self):
        """The column's name as people write it, in their language where a heading in that language is accepted."""
        plain = self.name.replace("_", " ")
        return _(plain) if self.accepts(_(plain)) else plain

    def accepts(self, heading):
        """True where the heading is one of the column's, with or without what stands in brackets."""
        bare = re.sub(r"\(.*?\)", "", str(heading))
        return bool({fold(heading), fold(bare)} & _accepted(self))


@functools.cache
def _accepted(column):
    return frozenset(fold(name) for name in (column.name, *column.names)) - {""}


# The first four names, one in each language, are those that a message offers.
PROGRESS_COLUMNS = (
    Column("date", "date", names=(
        "probe date", "дата", "күні", "תאריך", "day", "date of probe", "день", "дата пробы", "дата проверки",
        "дата проведения", "күн", "мерзімі", "өткізілген күні")),
    Column("words_correct", minimum=0, maximum=400, names=(
        "wcpm", "правильно прочитанные слова", "дұрыс оқылған сөздер", "מילים נכונות",
        "words correct per minute", "correct words", "correct words per minute", "words per minute", "cwpm", "wpm",
        "правильно прочитано слов", "правильно прочитано", "прочитано правильно", "правильных слов",
        "верно прочитанные слова", "верно прочитано слов", "слов в минуту", "слова в минуту",
        "слов в минуту правильно", "сл/мин", "дұрыс оқылған сөз саны", "дұрыс сөздер", "дұрыс оқылған сөздер саны",
        "дұрыс оқыған сөз саны", "минутына сөз", "бір минуттағы сөз саны", "מילים נכונות בדקה")),
    Column("errors", required=False, minimum=0, maximum=400, names=(
        "mistakes", "ошибки", "қателер", "שגיאות", "error", "words wrong", "ошибок", "кол-во ошибок",
        "количество ошибок", "число ошибок", "қате", "қате саны", "қателер саны", "טעויות")),
    Column("phase", "text", required=False, names=(
        "condition", "этап", "кезең", "שלב", "фаза", "период", "условие", "кезеңі", "фазасы")),
)
# One row for each category of a district's children; the places do not have to add up to the children registered.
DISTRICT_COLUMNS = (
    Column("category", "text", names=("group", "категория", "санаты", "קטגוריה", "группа", "топ", "вид нарушения", "категориясы")),
    Column("registered", minimum=0, names=(
        "children registered", "состоит на учёте", "есепте тұрғандар", "רשומים", "зарегистрировано", "всего детей", "на учёте", "тіркелген", "pupils", "children")),
    Column("ordinary_class", minimum=0, names=(
        "in ordinary classes", "в обычных классах", "жалпы сыныптарда", "בכיתה רגילה", "обычный класс", "в общеобразовательных классах", "инклюзивно", "included")),
    Column("special_class", required=False, minimum=0, names=(
        "in special classes", "в специальных классах", "арнайы сыныптарда", "בכיתת חינוך מיוחד", "специальный класс", "спецкласс")),
    Column("special_school", required=False, minimum=0, names=(
        "in special schools", "в специальных школах", "арнайы мектептерде", "בבית ספר לחינוך מיוחד", "специальная школа", "спецшкола")),
    Column("at_home", required=False, minimum=0, names=("taught at home", "на дому", "үйде", "בבית", "обучение на дому", "надомное обучение", "үйде оқиды")),
    Column("assistant_posts", required=False, minimum=0, names=(
        "posts of assistants", "ставок ассистентов", "ассистент ставкалары", "משרות סייעות", "ставки ассистентов", "ассистентов", "assistants")),
)
# One row for each interval observed. 1 means seen, 0 not seen, an empty cell not known.
ABC_COLUMNS = (
    Column("date", "date", names=("day", "дата", "күні", "תאריך", "день", "дата наблюдения", "күн", "мерзімі")),
    Column("activity", "text", required=False, names=(
        "what was going on", "что делали", "не істелді", "פעילות", "деятельность", "занятие", "вид работы", "ситуация", "әрекет", "жұмыс түрі")),
    Column("behaviour", minimum=0, maximum=1, names=(
        "behavior", "поведение", "мінез-құлық", "התנהגות", "target behaviour", "target behavior", "целевое поведение")),
    Column("adult_attention", required=False, minimum=0, maximum=1, names=(
        "attention of an adult", "внимание взрослого", "ересектің назары", "תשומת לב של מבוגר", "attention", "внимание", "внимание взрослых")),
    Column("task_put_off", required=False, minimum=0, maximum=1, names=(
        "task removed", "задание отложено", "тапсырма кейінге қалдырылды", "המשימה נדחתה", "задание снято", "задание убрали", "уход от задания")),
    Column("classmates_react", required=False, minimum=0, maximum=1, names=(
        "reaction of classmates", "реакция одноклассников", "сыныптастар реакциясы", "תגובת הכיתה", "реакция класса", "смех класса", "peer attention")),
    Column("got_object", required=False, minimum=0, maximum=1, names=(
        "got an object or activity", "получил предмет", "зат алды", "קיבל חפץ", "получила предмет", "получил(а) предмет", "предмет")),
)
# One row for each step on each day; the level of help is a word or letter that practicum.instruction understands.
STEP_COLUMNS = (
    Column("date", "date", names=(
        "day", "дата", "күні", "תאריך", "date of lesson", "день", "дата занятия", "күн")),
    Column("step", "text", names=(
        "steps", "шаг", "қадам", "שלב", "part", "действие", "шаги", "этап", "қадамдар", "әрекет")),
    Column("level", "text", names=(
        "help", "помощь", "көмек", "עזרה", "prompt", "prompt level", "level of help", "подсказка", "уровень помощи",
        "вид помощи", "көмек деңгейі", "רמת עזרה")),
    Column("waited", required=False, minimum=0, maximum=120, names=(
        "seconds", "ждали с", "күту с", "המתנה", "wait", "waited s", "ждали", "секунды", "пауза", "пауза с", "күттік")),
    Column("kind", "text", required=False, names=(
        "lesson or probe", "урок или проба", "сабақ немесе сынақ", "שיעור או בדיקה", "kind of session", "вид занятия", "проба")),
)
# One row for each moment at which one looked. 1 means seen, 0 not seen, an empty cell nobody looked.
OBSERVATION_COLUMNS = (
    Column("minute", minimum=0, maximum=600, names=(
        "minutes", "минута", "минут", "דקה", "time in minutes", "минуты", "время", "уақыт")),
    Column("observer1", minimum=0, maximum=1, names=(
        "observer 1", "наблюдатель 1", "бақылаушы 1", "צופה 1", "first observer", "observer a", "первый наблюдатель", "наблюдатель а",
        "бірінші бақылаушы")),
    Column("observer2", required=False, minimum=0, maximum=1, names=(
        "observer 2", "наблюдатель 2", "бақылаушы 2", "צופה 2", "second observer", "observer b", "второй наблюдатель", "наблюдатель б",
        "екінші бақылаушы")),
    Column("classmate", required=False, minimum=0, maximum=1, names=(
        "classmates", "одноклассник", "сыныптас", "חבר לכיתה", "peer", "одноклассники", "одноклассница", "сыныптасы")),
)
CLASS_COLUMNS = (
    Column("score", names=(
        "points", "балл", "ұпай", "ציון", "scores", "result", "mark", "words correct", "words correct per minute",
        "wcpm", "баллы", "оценка", "оценки", "результат", "очки", "слов в минуту", "ұпайы", "балы", "бағасы", "баға",
        "нәтиже", "нәтижесі", "ציונים")),
)
# What may stay of a class list when names, dates, numbers and notes are out: see `practicum.cleaning`.
RECORD_COLUMNS = (
    Column("code", "text", names=("pupil code", "код", "код ученика", "коды", "קוד")),
    Column("class", "text", required=False, names=(
        "grade", "класс", "сынып", "כיתה", "group", "класс/группа", "группа", "сыныбы", "топ", "параллель")),
    Column("sex", "text", required=False, names=("gender", "пол", "жынысы", "מין", "m/f", "м/ж", "жыныс", "ұ/қ")),
    Column("age", required=False, minimum=0, maximum=30, names=(
        "age in years", "возраст", "жасы", "גיל", "полных лет", "возраст лет", "жас")),
    Column("language", "text", required=False, names=(
        "home language", "язык", "тілі", "שפה", "language at home", "язык дома", "язык обучения", "язык семьи", "тіл",
        "оқу тілі", "үйдегі тіл", "שפת אם")),
    Column("support", "text", required=False, names=(
        "help", "поддержка", "қолдау", "תמיכה", "kind of support", "вид поддержки", "помощь", "сопровождение",
        "вид помощи", "қолдау түрі", "көмек", "סוג תמיכה")),
    Column("score", required=False, names=(
        *CLASS_COLUMNS[0].names, "слов в мин", "чтение слов в минуту", "сл в мин", "минутына сөз")),
)

PHASE_COLUMNS = (
    Column("date", "date", names=(
        "session date", "дата", "күні", "תאריך", "day", "день", "дата занятия", "дата наблюдения", "дата проведения", "күн", "мерзімі")),
    Column("score", minimum=0, names=(
        "count", "количество", "саны", "מספר", "number", "how many", "times", "points", "result", "reminders", "tasks", "tasks begun",
        "minutes", "число", "кол-во", "раз", "балл", "баллы", "результат", "напоминания", "напоминаний", "задания", "заданий", "минуты",
        "минут", "ұпай", "нәтиже", "ескертулер", "ескерту саны", "тапсырмалар", "минут саны", "ציון")),
    Column("phase", "text", names=(
        "condition", "этап", "кезең", "שלב", "фаза", "период", "условие", "кезеңі", "фазасы", "шарт")),
)
# One number for each week of a change at school, and out of how many.
WEEKLY_COLUMNS = (
    Column("date", "date", names=(
        "week of", "дата", "күні", "תאריך", "week", "monday", "неделя", "неделя с", "начало недели", "понедельник", "апта",
        "аптаның басы", "дүйсенбі", "שבוע")),
    Column("count", minimum=0, names=(
        "number", "количество", "саны", "מספר", "times", "value", "кол-во", "число", "сколько раз", "раз", "показатель", "рет",
        "неше рет", "көрсеткіш")),
    Column("out_of", required=False, minimum=0, names=(
        "checks", "из скольких", "қаншадан", "מתוך", "of", "total checks", "из", "всего проверок", "проверок", "тексерулер",
        "тексеру саны")),
    Column("phase", "text", required=False, names=(
        "what was done", "этап", "кезең", "שלב", "step", "период", "что делали", "кезеңі", "не істедік")),
)
# The words of an action plan, one place of the form in each row, and the work that it costs.
PLAN_COLUMNS = (
    Column("place", "text", names=("field", "поле", "өріс", "שדה", "place in the form")),
    Column("your_words", "text", names=("answer", "ваши слова", "сіздің сөзіңіз", "המילים שלך", "ответ", "жауап")),
)
COST_COLUMNS = (
    Column("work", "text", names=("what", "работа", "жұмыс", "עבודה", "что", "не")),
    Column("who", "text", required=False, names=("person", "кто", "кім", "מי", "исполнитель")),
    Column("people", minimum=0, names=("number of people", "людей", "адам", "אנשים", "сколько людей", "человек", "адам саны")),
    Column("times", minimum=0, names=("how often", "раз", "рет", "פעמים", "сколько раз", "неше рет")),
    Column("minutes_each", minimum=0, names=("minutes", "минуты", "минут", "דקות", "минут каждый", "минуты на раз", "мин")),
)
# A lesson: a row for each pupil, a number for each step (0 shut out, 1 with help, 2 takes part).
BARRIER_COLUMNS = (
    Column("pupil", "text", names=(
        "code", "код ученика", "оқушы коды", "קוד תלמיד", "pupil code", "student", "код", "ученик", "ученики", "оқушы", "оқушының коды", "תלמיד")),
    *(Column(f"step_{number}", required=number == 1, minimum=0, maximum=2, names=(
        f"step {number}", f"шаг {number}", f"{number}-қадам", f"שלב {number}", f"этап {number}", f"{number} шаг", f"{number} этап",
        f"қадам {number}", f"{number}-кезең", f"кезең {number}")) for number in range(1, 9)),
)


@dataclass(frozen=True, eq=False, repr=False)
class OwnData:
    """What `load` understood.

    ``table`` has exactly the wanted columns, in date order where there is a date; missing numbers are NaN. ``notes``
    say what was understood or left out, ``warnings`` where the file seems to tell who a child is. ``source`` is the
    file's name. Shown in a notebook, the warnings come first.
    """

    table: pd.DataFrame
    notes: list
    warnings: list
    source: str

    def __str__(self):
        return "\n".join([*self._warned(), *self.notes, self._size()])

    __repr__ = __str__  # a notebook stores this text: it must not hold the data

    def _repr_html_(self):
        warned = self._warned()
        alarm = [f'<div role="note"><p><strong>{html.escape(line)}</strong></p>' for line in warned[:1]]
        alarm += [_html_list(warned[1:]), "</div>"] if warned else []
        return "".join([*alarm, _html_list(self.notes), f"<p>{html.escape(self._size())}</p>"])

    def _warned(self):
        if not self.warnings:
            return []
        return [_("Before you show or share this: the file seems to tell who a child is. "
                  "Take this out of the file, or put codes in its place."), *self.warnings]

    def _size(self):
        rows = len(self.table)
        return ngettext('{rows} row was read from "{file}".', '{rows} rows were read from "{file}".', rows).format(
            rows=rows, file=privacy.masked(self.source))


def _html_list(sentences):
    items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in sentences)
    return f"<ul>{items}</ul>" if items else ""


def load(path, columns, *, sheet=None):
    """Read the CSV or XLSX file at ``path`` and return `OwnData` with the wanted ``columns``.

    ``columns`` is a sequence of `Column`, such as ``PROGRESS_COLUMNS``. ``sheet`` is the name or the number (from 1) of
    the sheet where a workbook has several. Columns that are not wanted, free text above all, are left out.

    Raises PracticumError with the row and column as they are seen in Excel, and the way to mend them.
    """
    columns = _checked(columns)
    read = _reading.read(path, sheet, lambda rows: _headings.fit(rows, columns))
    heading = _headings.find(read.rows, columns)
    _headings.check(heading, read, columns)
    places = _headings.one_place_each(heading, read.rows)
    rows, left_out = _columns.data_rows(read.rows, heading.last + 1, places)
    cells = {column: {row: _columns.cell_at(read.rows[row], place) for row in rows} for column, place in places.items()}
    found = {column: _columns.convert(column, place, cells[column], read.epoch) for column, place in places.items()}
    table, moved = _table(columns, {column: values for column, (values, _notes) in found.items()}, len(rows))
    notes = [*read.notes, *_headings.notes(heading, read.rows, columns), *left_out,
             *itertools.chain.from_iterable(told for _values, told in found.values()), *moved]
    return OwnData(table, notes, _warnings(read.rows, Path(path)), Path(path).name)


def _checked(columns):
    columns = (columns,) if isinstance(columns, Column) else columns
    listed = isinstance(columns, (tuple, list)) and len(columns) > 0
    if not listed or not all(isinstance(column, Column) for column in columns):
        raise PracticumError(_("columns must be a list of own_data.Column, such as own_data.PROGRESS_COLUMNS."))
    return tuple(columns)


def _table(columns, values, rows):
    """The table with exactly the wanted columns, in the order of the first date column; a note if that moved rows."""
    table = pd.DataFrame({column.name: pd.Series(values.get(column, [None] * rows), dtype=_DTYPES[column.kind])
                          for column in columns})
    date = next((column.name for column in columns if column.kind == "date"), None)
    if date is None or table[date].is_monotonic_increasing:
        return table, []
    note = _("The rows were put in the order of their dates.")
    return table.sort_values(date, kind="stable", ignore_index=True), [note]


def _warnings(rows, path):
    """One sentence for each kind of identifier in each column, and one for a name in the file's name."""
    groups = {}
    for finding in privacy.scan(rows):
        groups.setdefault((finding.column, finding.kind, finding.confidence), []).append(finding)
    told = [str(found[0]) if len(found) == 1 else _("{what} in column {column} ({rows})").format(
                what=privacy.describe(kind, confidence), column=column,
                rows=_columns.row_list(finding.row for finding in found))
            for (column, kind, confidence), found in groups.items()]
    if any(finding.confidence == "high" for finding in privacy.scan([[path.stem]])):
        told.append(_("the name of the file looks like the name of a person"))
    return [sentence[:1].upper() + sentence[1:] + "." for sentence in told]


def template(columns, path):
    """Write an empty CSV file with the headings of ``columns`` for the learner to fill in, and return its path.

    A file that exists already is never written over.
    """
    headings = [column.label for column in _checked(columns)]
    path = Path(path)
    if path.suffix.lower() != ".csv":
        raise PracticumError(_('A template is a CSV file. Give it a name that ends in .csv, such as "probes.csv".'))
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerow(headings)
    except FileExistsError:
        raise PracticumError(_('"{file}" is there already and was not touched. '
                               'Use another name, such as "{free}".').format(
            file=path.name, free=_free_name(path))) from None
    except (OSError, ValueError):
        raise PracticumError(_('"{file}" cannot be written in the folder "{folder}". '
                               "Choose a folder that exists and is yours.").format(
            file=path.name, folder=path.parent)) from None
    return path


def _free_name(path):
    candidates = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
    return next(candidate.name for candidate in candidates if not candidate.exists())
