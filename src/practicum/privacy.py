"""Finding, masking and replacing what tells who a child is, before a table is shown or shared.

A scan finds what has the usual form: it is a help, not a proof that a table is anonymous. A rare combination of
harmless facts can name a child as well: `smallest_group` looks for that.
"""

import datetime as dt
import difflib
import itertools
import math
import numbers
import random
import re
import secrets
from dataclasses import dataclass

import pandas as pd

from practicum._cells import fold, folded, is_blank, letters, tidy
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext

_UP, _LOW = "A-ZÀ-ÞА-ЯЁӘҒҚҢӨҰҮҺІЇЄ", "a-zß-ÿа-яёәғқңөұүһіїє"
_PART = f"[{_UP}](?:[{_LOW}]+|[{_UP}]+)"
_WORD = f"(?:{_PART}(?:-{_PART})?)"
# Endings of patronymics and of the commonest surnames in Kazakhstan; then the commonest surnames in Israel.
_ENDINGS = """ович|евич|ьич|овна|евна|ична|ұлы|улы|қызы|кызы|ова?|ева?|ёва?|ина?|ская|ский|енко|бай|
ovich|evich|ovna|evna|uly|kyzy|qyzy|ova?|eva?|skaya|sky|enko""".replace("\n", "")
_SURNAMES = "Cohen|Levi|Levy|Mizrahi|Peretz|Biton|Dahan|Коэн|Леви|Мизрахи|Перец|Битон|Дахан"
_KIN = f"(?:[{_UP}][{_UP}{_LOW}]+(?i:{_ENDINGS})|{_SURNAMES})"
_INITIALS = rf"(?:[{_UP}]\. ?(?:[{_UP}]\.)?)"
_HEBREW = "(?<![א-ת])[א-ת]{2,}"
_HEBREW_SURNAMES = "כהן|לוי|מזרחי|פרץ|ביטון|דהן|אברהם|פרידמן|מלכה|אזולאי"
_STREET = """ул|улица|пр-т|проспект|переулок|мкр|микрорайон|көше|көшесі|даңғылы|шағын ?аудан|ықшам ?аудан|
street|avenue|road|רחוב|שדרות""".replace("\n", "")

_PATTERNS = {
    "e-mail": r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w",
    "photo": r"(?<![^\s/\\])[^\s/\\]+\.(?i:jpe?g|png|heic|heif|gif|webp|bmp|mp4|mov|avi)\b"
             r"|\b(?:IMG|DSC|VID|PXL)[_-]?\d{3,}\b",
    "address": rf"\b(?i:{_STREET})\b\.?[^\d\n]{{0,40}}\d+|\b\d+[^\d\n]{{1,40}} (?i:{_STREET})\b",
    "12-digit number": r"(?<!\d)\d{6}[ -]?\d{3}[ -]?\d{3}(?!\d)",
    "9-digit number": r"(?<!\d)\d{9}(?!\d)|(?<!\d)\d{8}-\d(?!\d)",
    "phone": r"(?<![\d+])\+\d[\d ()-]{8,16}\d(?!\d)|(?<!\d)[78][ -]?\(?7\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)"
             r"|(?<!\d)\(?7\d{2}\)?[ -]\d{3}[ -]\d{2}[ -]?\d{2}(?!\d)"
             r"|(?<!\d)0(?:[23489]|[57]\d)-?\d{3}[ -]?\d{4}(?!\d)",
    "name": rf"(?<!\w)(?:{_WORD}[ ,]+){{1,2}}{_KIN}(?!\w)|(?<!\w){_KIN}(?:[ ,]+{_WORD}){{1,2}}(?!\w)"
            rf"|(?<!\w){_WORD} {_INITIALS}|(?<!\w){_INITIALS} ?{_KIN}(?!\w)"
            rf"|{_HEBREW} (?:בן|בת) {_HEBREW}|{_HEBREW} (?:{_HEBREW_SURNAMES})(?!\w)",
}
_KINDS = list(_PATTERNS)
_IDENTIFIER = re.compile("|".join(f"(?P<kind{place}>{_PATTERNS[kind]})" for place, kind in enumerate(_KINDS)))
_MAYBE_NAME = re.compile(rf"{_WORD}(?:,? {_WORD}){{1,2}}")
_EXACT_DATE = re.compile(r"\d{1,4}[./\- ]\d{1,2}[./\- ]\d{1,4}(?!\d)")

_HEADINGS = {
    "name": folded("""name, names, first name, last name, given name, family name, full name, surname, forename, pupil,
        pupil name, student, student name, child, child name, childs name, learner, learner name, parent, mother,
        father,
        имя, фамилия, отчество, фио, ф и о, фамилия имя, фамилия и имя, имя фамилия, фамилия имя отчество, имя ребенка,
        фио ребенка, фио ученика, ученик, ученица, учащийся, учащиеся, ребенок, дети, мать, отец, родитель, родители,
        аты, аты-жөні, тегі, аты тегі, тегі аты, есімі, әкесінің аты, оқушы, оқушының аты, оқушының аты-жөні, бала,
        баланың аты, анасы, әкесі, שם, שם מלא, שם פרטי, שם משפחה, שם התלמיד, שם הילד, תלמיד, תלמידה, ילד, ילדה"""),
    "birth date": folded("""date of birth, birth date, birthdate, birthday, born, dob, дата рождения, день рождения, др,
        д р, д/р, родился, родилась, туған күні, туған күні айы жылы, תאריך לידה, יום הולדת"""),
    "address": folded("""address, home address, street, адрес, домашний адрес, место жительства, мекенжай, мекенжайы,
        мекен-жайы, үй мекенжайы, כתובת"""),
    "phone": folded("phone, telephone, mobile, тел, телефон, номер телефона, ұялы телефон, телефоны, טלפון, נייד"),
    "photo": folded("photo, picture, фото, фотография, сурет, суреті, фотосурет, תמונה"),
}


@dataclass(frozen=True)
class Finding:
    """One cell that may tell who a person is. The value itself is never kept.

    ``row`` counts from 1 as in Excel, ``column`` is the letter. ``kind`` is "name", "12-digit number",
    "9-digit number", "phone", "e-mail", "birth date", "address" or "photo". ``confidence`` is "high", or "low" where
    only the form fits.
    """

    row: int
    column: str
    kind: str
    confidence: str

    def __str__(self):
        return _("{what} in row {row}, column {column}").format(
            what=describe(self.kind, self.confidence), row=self.row, column=self.column)


def describe(kind, confidence="high"):
    """The kind of a finding in words, such as "a phone number"; ``confidence`` is "high" or "low".

    The kinds are those of ``Finding``.

    >>> describe("phone"), describe("phone", "low")
    ('a phone number', 'what may be a phone number')
    """
    sure, unsure = {
        "name": (_("a name of a person"), _("words that may be the name of a person")),
        "12-digit number": (_("a 12-digit number that fits an individual number (IIN)"), _("a 12-digit number")),
        "9-digit number": (_("a 9-digit number that fits an identity number"), _("a 9-digit number")),
        "phone": (_("a phone number"), _("what may be a phone number")),
        "e-mail": (_("an e-mail address"), _("an e-mail address")),
        "birth date": (_("a date of birth"), _("a date of birth")),
        "address": (_("a street address"), _("what may be an address")),
        "photo": (_("the name of a picture or film"), _("what may point to a picture")),
    }[kind]
    return sure if confidence == "high" else unsure


def scan(table_or_rows):
    """The cells that look like names, identity numbers, phones, addresses and the like: a list of `Finding`.

    Takes a pandas DataFrame (its headings count as row 1) or the rows of a sheet as lists. A heading such as "Name",
    "ФИО" or "Аты-жөні" makes each cell below it count that has letters and no digits: a code such as P-7Q2K is no name.

    >>> [str(finding) for finding in scan([["phase", "contact"], ["A", "dana@example.org"]])]
    ['an e-mail address in row 2, column B']
    """
    findings, headed = [], {}
    for row, cells in enumerate(_rows(table_or_rows), start=1):
        for column, value in enumerate(cells):
            heading = heading_kind(value)
            if heading:
                headed[column] = heading
                continue
            found = _kind_of(value, headed.get(column))
            if found:
                findings.append(Finding(row, letters(column), *found))
    return findings


def masked(value):
    """The text of a cell with what identifies a person replaced by its kind in square brackets.

    >>> masked("write to dana@example.org")
    'write to [an e-mail address]'
    """
    text = tidy(value)
    hidden = _IDENTIFIER.sub(lambda match: f"[{describe(*_kind_and_confidence(match))}]", text)
    found = _kind_of(value, None) if hidden == text else None
    return f"[{describe(*found)}]" if found else hidden


def _rows(table_or_rows):
    if isinstance(table_or_rows, pd.DataFrame):
        return [list(table_or_rows.columns), *table_or_rows.astype(object).to_numpy().tolist()]
    rows = _cells(table_or_rows, _("scan takes a table: a pandas DataFrame, or a list of rows of cells."))
    return [_cells(row, _("Row {row} is not a list of cells. Put each row in square brackets.").format(row=place))
            for place, row in enumerate(rows, start=1)]


def _cells(sequence, complaint):
    if isinstance(sequence, (str, bytes, dict)) or not hasattr(sequence, "__iter__"):
        raise PracticumError(complaint)
    return list(sequence)


def heading_kind(value):
    """What a heading announces: "name", "birth date", "address", "phone" or "photo"; None for any other heading.

    >>> heading_kind("Дата рождения"), heading_kind("Class")
    ('birth date', None)
    """
    if not isinstance(value, str) or len(value) > 60:
        return None
    words = fold(re.sub(r"\(.*?\)", "", value))
    return next((kind for kind, headings in _HEADINGS.items() if words in headings), None)


def _kind_of(value, heading):
    """The (kind, confidence) of a cell under a heading of that kind (or None); None for a harmless cell."""
    if heading == "birth date" and (isinstance(value, dt.date) or _EXACT_DATE.search(tidy(value))):
        return heading, "high"
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return _kind_of_number(value)
    if not isinstance(value, str) or is_blank(value):
        return None
    text = tidy(value)
    match = _IDENTIFIER.search(text)
    if match:
        return _kind_and_confidence(match)
    if heading == "name":
        return (heading, "high") if re.search(r"[^\W\d_]{3}", text) and not re.search(r"\d", text) else None
    if heading and heading != "birth date":
        return heading, "low"
    return ("name", "low") if _MAYBE_NAME.fullmatch(text) else None


def _kind_of_number(value):
    digits = str(int(value)) if math.isfinite(value) and value == int(value) else ""
    if len(digits) in (10, 11) and _is_iin(digits.zfill(12)):  # Excel drops the zeros of children born from 2000 on
        return "12-digit number", "high"
    if re.fullmatch(r"[78]?7\d{9}", digits):
        return "phone", "low"
    match = _IDENTIFIER.fullmatch(digits)
    return _kind_and_confidence(match) if match else None


def _kind_and_confidence(match):
    kind = _KINDS[int(match.lastgroup.removeprefix("kind"))]
    digits = re.sub(r"\D", "", match[0])
    fits = {"12-digit number": _is_iin, "9-digit number": _is_israeli}.get(kind)
    return kind, "high" if fits is None or fits(digits) else "low"


def _is_iin(digits):
    """True for twelve digits made as an individual identification number of Kazakhstan.

    Date of birth, a digit for century and sex, four digits in order, and a check digit: the weighted sum of the first
    eleven modulo 11, with a second set of weights when that is 10.
    Source: Government of Kazakhstan, resolution no. 565 of 11 June 2003 (adilet.zan.kz, P030000565_).
    """
    century = {"1": 1800, "2": 1800, "3": 1900, "4": 1900}.get(digits[6], 2000)
    try:
        dt.date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    for shift in (0, 2):
        check = sum(int(digit) * (place + 1 + shift) for place, digit in enumerate(digits[:11])) % 11
        if check < 10:
            return digits[6] in "0123456" and check == int(digits[11])
    return False


def _is_israeli(digits):
    """True for nine digits with the check digit of an Israeli identity number (weights 1, 2, 1, 2 …, modulo 10)."""
    products = (int(digit) * (place % 2 + 1) for place, digit in enumerate(digits))
    return sum(product // 10 + product % 10 for product in products) % 10 == 0


@dataclass(frozen=True)
class SmallestGroup:
    """The answer of `smallest_group`.

    ``k``: how many people share the rarest combination (larger is safer). ``people``: how many people are in groups
    of that size. ``combination``: column → value, only the columns that are enough to make one such group so small.
    """

    k: int
    people: int
    combination: dict

    def __str__(self):
        rare = ", ".join(f"{column} = {value}" for column, value in self.combination.items())
        told = ngettext("The smallest group has {k} person: {rare}.", "The smallest group has {k} people: {rare}.",
                        self.k).format(k=self.k, rare=rare)
        return told if self.k >= 5 else told + " " + _(
            "Someone who knows the class can find them. Leave out or widen a column before you share the table.")


def smallest_group(table, columns):
    """How well people hide among each other in the table: a `SmallestGroup` for the columns that others may know.

    A table is k-anonymous for these columns when each combination of their values belongs to at least k people; an
    empty cell counts as a value. k says nothing about columns that are not named, nor about groups whose members all
    have the same result. Source: sweeney2002kanonymity.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sex": ["f", "f", "m", "m"], "device": ["no", "no", "no", "yes"]})
    >>> smallest_group(table, ["sex", "device"])
    SmallestGroup(k=1, people=2, combination={'device': 'yes'})
    """
    columns = _known_columns(table, [columns] if isinstance(columns, str) else columns)
    values = table[columns].astype(object).map(_label)

    def sizes(names):
        return values.groupby(list(names), sort=False)[names[0]].transform("size")

    groups = sizes(columns)
    k = groups.min()
    subsets = (names for count in range(1, len(columns) + 1) for names in itertools.combinations(columns, count))
    for names in subsets:
        rare = (groups == k) & (sizes(names) == k)
        if rare.any():
            combination = values.loc[rare.to_numpy(), list(names)].iloc[0].to_dict()
            return SmallestGroup(int(k), int((groups == k).sum()), combination)


def _label(value):
    if value is None or value is pd.NaT or value != value:
        return _("empty")
    whole = isinstance(value, float) and value.is_integer()
    return masked(int(value) if whole else value)


def _known_columns(table, columns):
    columns = list(dict.fromkeys(columns))
    if not isinstance(table, pd.DataFrame) or table.empty or not 1 <= len(columns) <= 10:
        raise PracticumError(_("smallest_group takes a table with at least one row, "
                               "and the names of one to ten columns."))
    for column in columns:
        if column not in table.columns:
            names = [str(name) for name in table.columns]
            near = difflib.get_close_matches(str(column), names, n=1) or names
            raise PracticumError(_('The table has no column "{column}". Choose from: {columns}.').format(
                column=column, columns=", ".join(near)))
    return columns


def suppress_small_counts(counts, minimum=5, *, complementary=True):
    """The counts as text, with small ones hidden, so that a table of groups does not point at single children.

    ``counts`` is a dict, a pandas Series or a DataFrame of whole numbers; the answer has the same form. Counts from 1
    to ``minimum`` - 1 become "hidden". Zeros stay. With ``complementary`` further counts are hidden, small ones
    first, until each row and column that hides anything hides at least two counts which together reach ``minimum``:
    otherwise the small one can be found by taking the others from the total. This protects against a subtraction in one
    row or column, not against combining several lines, even of one table, or several tables: see `practicum.groups.work_back`. States of the USA use minimums from 5 to 30, most often 10.
    Source: nces2010aggregate.

    >>> suppress_small_counts({"class A": 12, "class B": 3, "class C": 9})
    {'class A': '12', 'class B': 'hidden', 'class C': 'hidden'}
    """
    if not isinstance(minimum, int) or isinstance(minimum, bool) or minimum < 2:
        raise PracticumError(_("minimum must be a whole number from 2 up, such as 5."))
    table = counts if isinstance(counts, pd.DataFrame) else pd.Series(counts, dtype=object).to_frame()
    known = table.map(_count)
    hidden = (known > 0) & (known < minimum)
    while complementary and _hide_one_more(known, hidden, minimum):
        pass
    shown = known.astype(str).where(~hidden, _("hidden"))
    if isinstance(counts, pd.DataFrame):
        return shown
    return shown.iloc[:, 0] if isinstance(counts, pd.Series) else shown.iloc[:, 0].to_dict()


def _count(value):
    try:
        whole = int(value)
        if whole == value and whole >= 0 and not isinstance(value, bool):
            return whole
    except (TypeError, ValueError, OverflowError):
        pass
    raise PracticumError(_('"{value}" is not a count. Counts are whole numbers from 0 up.').format(value=masked(value)))


def _hide_one_more(known, hidden, minimum):
    """Hide one further count in the first row or column that needs it; False when none does. Changes ``hidden``."""
    rows, columns = known.shape
    lines = [[(row, column) for row in range(rows)] for column in range(columns)]
    lines += [[(row, column) for column in range(columns)] for row in range(rows) if columns > 1]

    def cost(place):
        row, column = place
        helps_both = hidden.iloc[row].any() and hidden.iloc[:, column].any()
        return known.iat[place] == 0, not helps_both, known.iat[place]

    for line in lines:
        hides = [known.iat[place] for place in line if hidden.iat[place]]
        open_places = [place for place in line if not hidden.iat[place]]
        if hides and open_places and (len(hides) < 2 or sum(hides) < minimum):
            hidden.iat[min(open_places, key=cost)] = True
            return True
    return False


# Without vowels no word comes up; without 0, 1, I, L, O no sign is taken for another.
_CODE_SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"


def pseudonyms(names, *, known=None, seed=None):
    """Random codes such as "P-7Q2K" for names: the codes in the order of the names, and the key (name → code).

    The codes are drawn by chance and say nothing about the names. (A code computed from a name, a "hash", can be found
    again by trying all names of the school.) Keep the key apart from the data, locked away, as long as it is needed.
    Give the key as ``known`` next time, so that everyone keeps their code. The same name gets the same code, whatever
    the spaces and capitals: tell two children with one name apart first. ``seed`` is for examples and tests only:
    who knows it can draw the same codes again.

    >>> codes, key = pseudonyms(["Dana", "Arman", "Dana "])
    >>> codes[0] == codes[2] != codes[1], sorted(key)
    (True, ['Arman', 'Dana'])
    """
    chance = secrets.SystemRandom() if seed is None else random.Random(seed)
    key = dict(known or {})
    taken = {tidy(name).casefold(): code for name, code in key.items()}
    codes = []
    for place, name in enumerate([names] if isinstance(names, str) else names, start=1):
        if not isinstance(name, str) or is_blank(name):
            raise PracticumError(_("Place {place} in the names is empty or not text. "
                                   "Write a name there, or take the place out.").format(place=place))
        same = tidy(name).casefold()
        if same not in taken:
            taken[same] = key[tidy(name)] = _new_code(chance, set(taken.values()))
        codes.append(taken[same])
    return codes, key


def _new_code(chance, taken):
    while True:
        code = "P-" + "".join(chance.choice(_CODE_SIGNS) for _sign in range(4))
        if code not in taken:
            return code
