"""How long a text's sentences and words are, and whether its colours can be told apart.

The formulas count length. They do not measure understanding: let readers of the text answer questions about it.
"""

import re
import unicodedata

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_series


# ---- Sentences and words ----------------------------------------------------------------------------------

_LETTER = r"[^\W\d_]"
# An abbreviation with full stops inside (U.S.); a number (3,5) or letters, with what a hyphen or apostrophe joins on.
_WORD = re.compile(rf"(?:{_LETTER}\.){{2,}}"
                   rf"|(?:\d+(?:[.,:]\d+)*|{_LETTER})(?:{_LETTER}|\d)*(?:['’׳״‐‑-](?:{_LETTER}|\d)+)*")
_INITIALS = re.compile(rf"(?:{_LETTER}\.)*{_LETTER}")
_SPACED_ABBREVIATION = re.compile(rf"(?<!\w)({_LETTER})\.[ \xa0]+(?=({_LETTER})\.(?!\w))")
# Closing marks with what follows them in quotation, an empty line, a new line with a list item.
_BREAK = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s|$)|\n\s*\n|\n(?=[ \t]*(?:[•▪*–-]|\d+[.)])\s)""")
# Lower case, without the last full stop. The full stop after these does not end a sentence.
_BEFORE_A_NAME = frozenset(
    "mr mrs ms dr prof st e.g i.e cf "
    "ул им просп проф акад доц см ср г с пос обл р-н т.е т.к напр "
    "ж ғ мыс қар".split())
_BEFORE_A_NUMBER = frozenset("no fig p pp vol ch стр с рис табл п д кв гл г ж ғ көш үй".split())


def sentences(text):
    """The sentences of ``text``, a list of strings. Works for any language with full stops.

    A sentence ends at . ! ? or … when the next word has no small first letter, at an empty line, and before a
    list item on a new line. No end are the full stops of initials (А. Құнанбайұлы), of list numbers, of titles and
    other common abbreviations before a name or number in English, Russian and Kazakh (Dr. Lee, г. Алматы,
    рис. 2), and those inside numbers. A colon or semicolon is no end. Marks without words are no sentence.

    >>> sentences("Үй тапсырмасы 3,5 бет. Dr. Lee read it, т. е. all of it… Who else? Nobody.")
    ['Үй тапсырмасы 3,5 бет.', 'Dr. Lee read it, т.е. all of it…', 'Who else?', 'Nobody.']
    """
    text = _plain(text)
    found, start = [], 0
    for mark in _BREAK.finditer(text):
        if _ends(text[start:mark.start()], mark.group(), text[mark.end():mark.end() + 50]):
            found.append(text[start:mark.end()])
            start = mark.end()
    found.append(text[start:])
    return [" ".join(sentence.split()) for sentence in found if _WORD.search(sentence)]


def words(text):
    """The words of ``text``, a list of strings, in any alphabet.

    Words with hyphens or apostrophes, numbers such as 3,5 or 12.05.2026, and abbreviations with full stops
    inside (т.б., U.S.) are one word each. Stress marks and soft hyphens are dropped.

    >>> words("Ол 2,5 сағат оқыды, әңгіме-пікір айтты.")
    ['Ол', '2,5', 'сағат', 'оқыды', 'әңгіме-пікір', 'айтты']
    """
    return _WORD.findall(_plain(text))


def _plain(text):
    """The text with й as one letter, т. е. without its space, and no stress marks or invisible characters."""
    if not isinstance(text, str):
        raise PracticumError(_("text is {value!r}. Give the text itself, in quotation marks.").format(value=text))
    text = "".join(mark for mark in unicodedata.normalize("NFC", text)
                   if unicodedata.category(mark) not in ("Mn", "Cf"))
    return _SPACED_ABBREVIATION.sub(
        lambda found: found[1] + "." if (found[1] + found[2]).islower() else found[0], text)


def _ends(before, mark, after):
    """Whether a mark between these two pieces of text ends a sentence."""
    if "\n" in mark:
        return True
    following = _WORD.search(after)
    if following is None:
        return True
    if following.group()[0].islower():
        return False
    return mark != "." or not _is_abbreviation(before.split(), following.group()[0].isdigit())


def _is_abbreviation(before, number_follows):
    """Whether a full stop belongs to the last of the words before it."""
    last = before[-1].lstrip("(«„“\"'[") if before else ""
    after_number = len(before) > 1 and before[-2][-1].isdigit()
    if len(before) == 1 and last.isdigit():
        return True
    if number_follows:
        return last.lower() in _BEFORE_A_NUMBER
    is_initial = _INITIALS.fullmatch(last) and last.isupper() and last != "I"
    return not after_number and bool(is_initial or last.lower() in _BEFORE_A_NAME)


# Russian has none of them; in a Kazakh text about every fifth letter is one.
KAZAKH_LETTERS = frozenset("әғқңөұүһӘҒҚҢӨҰҮҺ")


def cyrillic_language(text):
    """The language in which a voice should read a piece of Cyrillic text: "kk", "ru", or "" for text without Cyrillic letters.

    "kk" for a text with letters that only Kazakh has, "ru" for any other: a guess between these two languages, no more.

    >>> cyrillic_language("Қара"), cyrillic_language("Смотри"), cyrillic_language("Look")
    ('kk', 'ru', '')
    """
    if KAZAKH_LETTERS.intersection(text):
        return "kk"
    return "ru" if re.search("[а-яё]", text, re.I) else ""


# ---- Syllables --------------------------------------------------------------------------------------------

_RUSSIAN_VOWELS = frozenset("аеёиоуыэюя")
_ENGLISH_VOWELS = re.compile("[aeiouy]+")
# Neighbouring vowels that are said apart: the first of the two.
_APART = re.compile(
    r"(?<=[^cgstx])i(?=[aou](?!ge|ns?\b))|i(?=at|et|um|ers?$)|(?<=[^cst])i(?=en[ct])|(?<=\bsc)i(?=en)"   # media
    r"|(?<=[^rcg])i(?=est$)|(?<=[^cgstxln])i(?=ans?$)"                                                   # Indian
    r"|(?<![gp])e(?=o(?!u))|(?<=[aeiou][^aeiou])e(?=as?$)|e(?=um|ing)"                                   # idea, being
    r"|(?<=cr)e(?=at[eio])|(?<=th)e(?=at)|(?<=r)e(?=act|ali)"                                            # create, react
    r"|(?<=[^gq])u(?=a|en[ct]|in|id|ous)|o(?=ing)|(?<=p)o(?=e)"                                          # usual, poem
    r"|[aou](?=y(?=[aeiou](?!d$)))|(?<=[^aeou])y(?=ing)")                                                # player
# Letters that are not said.
_SILENT = re.compile(
    r"(?<=[\w-]\w[^aeiouy-])e(?=(?:ly|ty)$)|(?<=[^aeiouy-])e(?=(?:ful|fully|less|ness)$)"                # likely
    r"|(?<=\w[^aeiouyl])e(?=ments?$)|(?<=ic)a(?=lly$)|(?<=[gq])ues?$"                                    # league
    r"|(?<=^som)e(?=-?[bdhotw])|(?<=^ev)e(?=ry[bdtw])"                                                   # something
    r"|(?<=[aeiouyl]l)(?:e|es|ed)$|(?<=[^aeiouyl])(?:(?<![tb]r)e|(?<![cgsxz])(?<![sc]h)(?<![tb]r)es)$"   # make, makes
    r"|(?<=[^aeiouyl])(?<![td])(?<!dr)ed$|(?<=y)ed$")                                                    # worked
_IRREGULAR = {
    "anyone": 3, "argue": 2, "behavior": 3, "behaviors": 3, "behaviour": 3, "behaviours": 3, "business": 2,
    "businesses": 3, "european": 4, "evening": 2, "evenings": 2, "everyone": 3, "giant": 2, "homework": 2,
    "household": 2, "lion": 2, "lions": 2, "maybe": 2, "mr": 2, "mrs": 2, "naked": 2, "nevertheless": 4,
    "therefore": 2, "wednesday": 2}


def syllables(word, language="en"):
    """How many syllables a word has, in Russian ("ru") or English ("en").

    Russian: the number of vowel letters, so "в" has none. English: groups of vowel letters, less silent letters
    (make, worked, likely), more where neighbouring vowels are said apart (media, being) and for -ism; a word without
    vowels is spelled out; a short list holds exceptions. A number in figures counts 1. Of the 19,000 commonest
    English words in the CMU pronouncing dictionary, 96% come out right, and 99% of words in running text.

    >>> syllables("статистика", "ru"), syllables("sunglasses", "en")
    (4, 3)
    """
    word = _plain(word).lower()
    if language not in ("en", "ru"):
        raise PracticumError(_("language is {value!r}. Syllables are counted in \"en\" and \"ru\" only.")
                             .format(value=language))
    if not any(map(str.isalpha, word)):
        return int(any(map(str.isdigit, word)))
    if language == "ru":
        return sum(letter in _RUSSIAN_VOWELS for letter in word)
    word = re.sub("['’]", "", re.sub("(?<=[ds])n['’]t", "nit", word))
    return sum(_english_syllables(part) for part in re.findall(rf"{_LETTER}+", word))


def _english_syllables(word):
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not _ENGLISH_VOWELS.search(word):
        return len(word)
    said = _SILENT.sub("", _APART.sub(r"\g<0>-", word))
    return max(1, len(_ENGLISH_VOWELS.findall(said)) + bool(re.search("isms?$", word)))


# ---- Readability ------------------------------------------------------------------------------------------

# The weights of words per sentence and of syllables per word.
_FLESCH = {"en": (1.015, 84.6), "ru": (1.3, 60.1)}


def flesch(text, language="en"):
    """Flesch reading ease: higher is easier, mostly 0 to 100 but without bounds.

    206.835 - a x (words per sentence) - b x (syllables per word), with a, b = 1.015, 84.6 for English and 1.3, 60.1
    for Russian. Other constants for Russian circulate and give other numbers: compare only values from
    one formula. For Kazakh no tested version is known, so it raises PracticumError; use ``lix``.
    Source: pkg_textstat (English), pkg_ruts (Russian).

    >>> round(flesch("Cool dogs wear da sunglasses."), 2)
    83.32
    """
    if language == "kk":
        raise PracticumError(_("The Flesch formula has not been tested for Kazakh, so its number would mean nothing. "
                               "Use lix(text), which counts letters, and compare Kazakh texts with each other."))
    if language not in _FLESCH:
        raise PracticumError(_("language is {value!r}. The Flesch formula is here for \"en\" and \"ru\". "
                               "Use lix(text) for other languages.").format(value=language))
    per_sentence, per_word = _FLESCH[language]
    length, sounds = _average_lengths(text, language)
    return 206.835 - per_sentence * length - per_word * sounds


def flesch_kincaid_grade(text):
    """The Flesch-Kincaid grade: the school year in the USA whose readers an English text suits; lower is easier.

    0.39 x (words per sentence) + 11.8 x (syllables per word) - 15.59; may be below 0. English only.
    Source: pkg_textstat.

    >>> round(flesch_kincaid_grade("Cool dogs wear da sunglasses."), 2)
    2.88
    """
    length, sounds = _average_lengths(text, "en")
    return 0.39 * length + 11.8 * sounds - 15.59


def lix(text):
    """LIX: words per sentence + percentage of words with more than six letters; lower is easier, mostly 20 to 60.

    For any language, Kazakh included, but its levels were set for Swedish: compare texts in one language. Long
    endings make Kazakh and Russian words long, not always hard. Source: anderson1983lix.

    >>> lix("Балалар мектепке барды. Олар ән айтты.")
    36.333333333333336
    """
    all_words, long_words, number = _long_words(text)
    return all_words / number + 100 * long_words / all_words


def rix(text):
    """RIX: words with more than six letters per sentence; lower is easier, from 0. For any language, as ``lix``.

    Source: anderson1983lix.

    >>> rix("Балалар мектепке барды. Олар ән айтты.")
    1.0
    """
    _all_words, long_words, number = _long_words(text)
    return long_words / number


def _average_lengths(text, language):
    """Words per sentence and syllables per word."""
    found = _some_words(text)
    return (len(found) / len(sentences(text)),
            sum(syllables(word, language) for word in found) / len(found))


def _long_words(text):
    """How many words, words of more than six letters, and sentences there are."""
    found = _some_words(text)
    return len(found), sum(sum(map(str.isalpha, word)) > 6 for word in found), len(sentences(text))


def _some_words(text):
    found = words(text)
    if not found:
        raise PracticumError(_("text has no words. Give at least one sentence."))
    return found


# ---- Colours ----------------------------------------------------------------------------------------------

def contrast_ratio(colour1, colour2):
    """The contrast of two colours, from 1 (none) to 21 (black on white); the order does not matter.

    A colour is a text such as "#1a7f37" or "#fff", or three numbers from 0 to 1 for red, green and blue. Text needs
    at least 4.5 to 1, large text and the lines of a figure 3 to 1. Source: w3c2023wcag22.

    >>> contrast_ratio("#000", (1, 1, 1))
    21.0
    """
    darker, lighter = sorted(_luminance(_channels(colour, name))
                             for colour, name in ((colour1, "colour1"), (colour2, "colour2")))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(channels):
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
                        for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour, name):
    """Red, green and blue from 0 to 1."""
    if isinstance(colour, str):
        digits = re.fullmatch("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", colour.strip())
        if digits is None:
            raise PracticumError(_("{name} is {value!r}. Write a colour as \"#1a7f37\".")
                                 .format(name=name, value=colour))
        size = len(digits[1]) // 3
        return [int(digits[1][start:start + size] * (3 - size), 16) / 255 for start in range(0, 3 * size, size)]
    channels = as_series(colour, name, minimum=3).tolist()
    if len(channels) != 3 or not all(0 <= value <= 1 for value in channels):
        raise PracticumError(_("{name} is {value!r}. Give red, green and blue as three numbers from 0 to 1 "
                               "(divide by 255 if they go up to 255).").format(name=name, value=colour))
    return channels
