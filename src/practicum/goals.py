"""Goals one can measure: which parts a goal sentence names, and how far goals were reached."""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.series import as_series


# ---- The parts of a goal sentence -------------------------------------------------------------------------
#
# For each language, the wordings that point to a part, as regular expressions; <name> stands for the wordings under
# that name. The parts are looked for in this order, and what one finds, the next no longer sees:
#   date       by when
#   clause     a condition told in a clause before a comma
#   criterion  how well or how often: a number, or words such as "without errors"
#   condition  a condition told in another way
#   behaviour  a verb for something one can watch (the named group); not one of the vague verbs

_ENGLISH = {
    "number": [r"\d+(?:[.,]\d+)?", "one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty"],
    "month": ["january|february|march|april|may|june|july|august|september|october|november|december"],
    "part of": ["(?:the )?(?:end|start|beginning|middle) of"],
    "date": [
        r"(?:by|until|before|in|on) (?:<part of> )?(?:the )?(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)?<month>\b"
        r"(?: \d{1,2}\b)?(?:,? \d{4})?",
        r"(?:by|until|on) (?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d)",
        r"by <part of> [^,.;]+",
        r"by (?:the )?(?:next |last )?(?:week \d+|\w+day|term \d|meeting|holidays|winter|spring|summer|autumn)\b",
        r"(?:in|within|after) <number> (?:school |more )?(?:days|weeks?|months?|terms?|years?)\b"],
    "clause": [r"(?:given|when(?:ever)?|while|if|after|before)\b[^,;.]*(?=,)"],
    "bound": ["at least|at most|no more than|no fewer than|fewer than|more than"],
    "unit": [r"words?|times?|minutes?|seconds?|sentences?|problems?|tasks?|steps?|questions?|errors?|mistakes?",
             r"points?|items?|letters?|pictures?|trials?|prompts?|reminders?"],
    "criterion": [
        r"(?:(?:in|on|with|for|within) )?(?:<bound> )?(?:"
        r"<number> (?:out of|of|in)(?: the)? (?:\w+ )?<number>(?: \w+)?|\d+/\d+|"
        r"<number> ?(?:%|percent\b)(?: accuracy)?|<number> (?:\w+ )?<unit>\b"
        r"(?: (?:per|a|an|each|in each|in every) \w+| correctly)?)",
        r"(?:without|with no) (?:errors?|mistakes?)", r"(?:<bound> )?(?:every time|once|twice)\b", r"<bound> <number>"],
    "aid": ["help|support|prompts?|reminders?|pictures?|cards?|boards?|schedule|checklist"],
    "place": ["lessons?|class|classroom|group|pairs?|break|playground|canteen|corridor"],
    "condition": [
        r"(?:given|when(?:ever)?|while|if) (?:(?!\bwill\b)[^,;.])+",
        r"(?:during|using|from) (?:(?:the|a|an|his|her|their) )?[\w-]+",
        r"with(?:out)? (?:(?:the|a|an) )?(?:\w+ )?<aid>\b",
        r"in (?:(?:the|a|an|his|her|their) )?(?:\w+ )?<place>\b", r"at (?:the )?(?:lunch|break|home|table|school)\b"],
    "watched": [
        "read|say|write|name|point|ask|answer|raise|sit|stay|choose|put|use|count|solve|match|sort|start|finish",
        "complete|follow|wait|walk|greet|share|join|play|look|show|tell|retell|draw|cut|wash|eat|drink|request|sign",
        "type|spell|copy|build|hand|open|pack|bring|reply|respond|describe|label|list"],
    "behaviour": [
        r"(?:will|can|should|is able to) (?:be able to )?(?:not )?(?:\w+ly )?(?P<verb>\w+)(?: [\w-]+){0,3}",
        r"to (?P<aim><watched>)\b(?: [\w-]+){0,3}",
        # Names, answers, hands are nouns, too: only in a sentence without "will", and not after these words.
        r"\A(?!.*\bwill\b).*?(?<!her )(?<!his )(?<!the )(?<!their )(?<!of )(?<!more )"
        r"(?P<seen><watched>(?:s|es))\b(?: [\w-]+){0,3}"],
    "vague": [
        "understand|know|learn|improve|appreciate|reali[sz]e|develop|increase|enjoy|feel|try|behave|become|be|get",
        "grow|focus|concentrate|master|value|respect|think|believe|have"],
}

_RUSSIAN = {
    "number": [r"\d+(?:[.,]\d+)?", r"од(?:ин|ного|ном)|дв(?:а|е|ух)|тр(?:и|[её]х)|четыр(?:е|[её]х)|пят[ьи]|шест[ьи]",
               r"сем[ьи]|вос(?:емь|ьми)|девят[ьи]|десят[ьи]"],
    "month": [r"(?:январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*|ма[яйюе]\b"],
    "date": [
        r"(?:к|до|в) (?:концу|конца|конце|началу|начала|начале|середине|середины)(?: \w+){1,2}",
        r"(?:к|до|в) (?:\d{1,2} )?<month>(?: \d{4}(?: года?| г\.)?)?",
        r"(?:к|до) \d{1,2}\.\d{1,2}\.\d{2,4}",
        r"(?:за|через|в течение) <number> (?:учебн\w+ )?(?:недел|месяц|дн|четверт|полугоди|год|лет)\w*"],
    "clause": [r"(?:когда|если|пока|получив|имея|после того,? как)\b[^,;.]*(?=,)"],
    "bound": [r"не (?:менее|более|реже|меньше|больше|хуже)(?: чем)?|как минимум|минимум|хотя бы|до"],
    "unit": [r"(?:раз|слов|минут|секунд|предложени|пример|задани|задач|шаг|вопрос|ошиб|балл|букв|слог|попыт)\w*"],
    "criterion": [
        r"(?:(?:в|на|с) )?(?:<bound> )?(?:<number> (?:\w+ )?из <number>(?: \w+)?|\d+/\d+|"
        r"<number> ?(?:%|процент\w*)|<number> (?:\w+ )?<unit>(?: (?:в|за) \w+)?)",
        r"без (?:единой )?ошиб\w+", r"каждый раз\b", r"дважды\b"],
    "no verb": [r"(?-i:(?!\w+(?:ет|[её]т|ит|ут|ют|ат|ят|ть)\b)[а-яё-]+)"],
    "condition": [
        r"(?:когда|если) [^,;.]+",
        r"(?:при|во время|после|используя|самостоятельно|на (?:уроке|перемене|занятии|прогулке))\b(?: <no verb>){0,2}",
        r"в (?:классе|группе|паре|столовой)\b(?: <no verb>){0,2}",
        r"с (?:помощью|опорой|подсказкой|поддержкой)\b(?: <no verb>){0,2}",
        r"по (?:картинк\w+|образцу|инструкции|просьбе|плану)(?: <no verb>)?",
        r"без (?:помощи|подсказ\w+|напоминани\w+)(?: <no verb>)?"],
    "watched": [
        r"(?:про)?(?:чит|чт)|назыв|назов|показ|укаж|указ|(?:на)?пиш|(?:на)?пис|отве[тч]|спрос|спраш|(?:по)?прос|подним",
        r"подойд|сид|выб[ие]р|реш|(?:по|со)?счит|собер|собир|раскла|слож|склад|полож|возьм|бер[её]|(?:подо)?жд|начн",
        r"начин|заверш|законч|заканч|выполн|повтор|произн|(?:пере|рас)?сказ|(?:пере|рас)?скаж|(?:по)?здоров",
        r"(?:по)?игра|одев|оден|списыв|спиш|говор|соедин|(?:на)?рису|обра[тщ]|(?:по)?дел[ия]т|присоедин|использ",
        r"мо[ею]т|вымо|наж[иам]|вста[нёе]|(?:по)?смотр"],
    "behaviour": [
        r"(?:будет|сможет|умеет|научится) (?:\w+ ){0,2}?(?P<verb>\w+(?:ть|ти|чь)(?:ся)?)\b(?: [\w-]+){0,3}",
        r"(?P<seen><watched>\w*(?:ет|[её]т|ит|ют|ут|ат|ят|ть|ти|чь)(?:ся|сь)?)\b(?: [\w-]+){0,3}"],
    "vague": [
        r"(?:поним|пойм|узна|улучш|повы[сш]|разв[ио]|осозна|научит|осво|стара|сформир|чувств|люб|уважа|овладе)\w*",
        r"(?:зна|уме)(?:ет|ть|ют)|быть|вести"],
}

_KAZAKH = {
    "number": [r"\d+(?:[.,]\d+)?", "бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он"],
    "month": ["қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан"],
    "date": [
        r"(?:\d{4} жыл\w* )?(?:\d{1,2} )?<month>\w*(?: \w+){0,2}? (?:дейін|қарай)\b",
        r"(?:\d{4} жыл\w* )?<month>(?: айын)?[дт][ае]\b",
        r"(?:\w+ )?(?:жыл|тоқсан|жартыжылдық|ай|апта)\w* (?:соңы|аяғы|басы|ортасы)\w*(?: (?:дейін|қарай))?",
        r"<number> (?:оқу )?(?:күн|апта|ай|тоқсан|жыл)\w* (?:ішінде|кейін|соң)\b",
        r"\d{1,2}\.\d{1,2}\.\d{2,4}(?:-?[ғгқк][ае])? дейін"],
    "clause": [r"[^,;.]*\w(?:ған|ген|қан|кен)[дт][ае](?=,)"],
    "unit": [r"(?:рет|сөз|минут|секунд|сөйлем|есеп|мысал|тапсырма|қадам|сұрақ|қате|ұпай|әріп|буын)\w*"],
    "criterion": [
        r"(?:минутына |сағатына |сабақта )?(?:кемінде |ең кемі )?(?:<number>[- ]?[тдн][еа]н <number>\w*|"
        r"<number> \w+[ндт][ыі]ң <number>[\w-]*|\d+/\d+|<number> ?(?:%|пайыз\w*)|<number> (?:\w+ )?<unit>)",
        r"қатесіз\b", r"(?:әр|барлық) (?:жолы|ретте)\b"],
    "condition": [
        r"(?:[\w-]+ ){0,3}?[\w-]*(?:кезінде|барысында|арқылы|көмегімен|бойынша|сүйеніп|қолданып|қарап|тірек\w*|"
        r"сабағында|сабақта|үзілісте|сыныпта|топта|асханада|көмексіз|ескертусіз|бетімен|"
        r"\w(?:ған|ген|қан|кен)[дт][ае])\b"],
    "watched": [
        "оқ|айт|жаз|көрсет|ата|сұра|бер|көтер|таңда|шеш|есепте|сана|сал|қой|кел|отыр|күт|баста|аяқта|орында|қайтала",
        "амандас|ойна|ки|жу|же|іш|сыз|қос|бөліс|пайдалан|қолдан|бас|тұр|қара|сөйле|тыңда|біріктір|сұрыпта|жина|апар",
        "әкел|ал"],
    "behaviour": [
        r"(?P<seen><watched>\w{0,6}?(?:ады|еді|йды|йді|иды|иді|мақ|мек))\b",
        r"(?P<verb>\w+(?:[аеи]|уға|уге)) алады\b"],
    "vague": [r"(?:түсін|біл|үйрен|жақсар|дамы|арттыр|сезін|меңгер|тырыс|ұғын|бол|құрметте)\w*"],
}

_CUES = {"en": _ENGLISH, "ru": _RUSSIAN, "kk": _KAZAKH}


@dataclass(frozen=True)
class GoalParts:
    """The words of a goal sentence that name each part, None where none was found; made by ``goal_parts``.

    ``vague`` is a verb for something nobody can watch, given when no other verb was found.
    """

    condition: str | None
    behaviour: str | None
    criterion: str | None
    date: str | None
    vague: str | None

    @property
    def missing(self):
        """The names of the parts that were not found."""
        return tuple(name for name in ("condition", "behaviour", "criterion", "date") if getattr(self, name) is None)

    def __str__(self):
        labels = {"condition": _("condition (when, with what help)"), "behaviour": _("behaviour (what one will see)"),
                  "criterion": _("criterion (how much, how often)"), "date": _("date (by when)")}
        lines = [f"{label}: {_('not found') if name in self.missing else '“' + getattr(self, name) + '”'}"
                 for name, label in labels.items()]
        if self.vague:
            lines.append(_("“{verb}” cannot be watched. Say what the pupil will do.").format(verb=self.vague))
        lines.append(_("This is a first check for cue words. It does not judge whether the goal is a good one."))
        return "\n".join(lines)


def goal_parts(sentence, language="en"):
    """Which parts of a measurable goal a sentence names, as ``GoalParts``: condition, behaviour, criterion, date.

    ``language`` is "en", "ru" or "kk". The check looks for cue words ("given", "by May", "4 of 5") and a verb for
    something one can watch. It is a first check and no judge: it misses unusual wordings, takes some words for
    what they are not, and knows nothing of whether the goal is useful, wanted by the pupil, or in reach.

    >>> parts = goal_parts("Given a short text, Dana will read 60 words per minute.")
    >>> parts.criterion, parts.missing
    ('60 words per minute', ('date',))
    """
    if not isinstance(sentence, str) or not sentence.strip():
        raise PracticumError(_("sentence is {value!r}. Write the goal as a sentence in quotation marks.")
                             .format(value=sentence))
    if language not in _CUES:
        raise PracticumError(_("language is {value!r}. Choose one of: {allowed}.")
                             .format(value=language, allowed=", ".join(_CUES)))
    if len(sentence) > 1000:
        raise PracticumError(_("sentence has {length} characters. Give one goal at a time.")
                             .format(length=len(sentence)))
    found, rest = {}, " ".join(sentence.split())
    for part in ("date", "clause", "criterion", "condition"):
        found[part], rest = _take(_pattern(language, part), rest)
    behaviour, vague = _watched(language, rest)
    return GoalParts(found["clause"] or found["condition"], behaviour, found["criterion"], found["date"], vague)


@cache
def _pattern(language, part):
    """The wordings of a part as one pattern, with the wordings they name filled in."""
    wordings = "|".join(_CUES[language][part])
    while names := re.findall(r"(?<!\?P)<([a-z ]+)>", wordings):
        for name in names:
            wordings = wordings.replace(f"<{name}>", f"(?:{'|'.join(_CUES[language][name])})")
    return re.compile(rf"(?<!\w)(?:{wordings})", re.IGNORECASE)


def _take(pattern, text):
    """What the pattern finds, or None, and the text with a semicolon in its place."""
    found = pattern.search(text)
    if found is None:
        return None, text
    return found.group().strip(" ,"), f"{text[:found.start()]} ; {text[found.end():]}"


def _watched(language, text):
    """The words with the first verb that can be watched, and a verb that cannot; None for what is not there."""
    behaviour, vague = _pattern(language, "behaviour"), _pattern(language, "vague")
    found = behaviour.search(text)
    while found and vague.fullmatch(found[found.lastgroup]):
        found = behaviour.search(text, found.end(found.lastgroup))
    if found:
        return text[found.start(found.lastgroup):found.end()].strip(), None
    unseen = re.search(rf"{vague.pattern}(?!\w)", text, re.IGNORECASE)
    return None, unseen and unseen.group()


# ---- How far goals were reached ---------------------------------------------------------------------------

def gas_t_score(scores, weights=None, correlation=0.3):
    """The goal attainment scaling T score of one pupil's goals; 50 is as expected, higher is better.

    ``scores`` are levels reached, one for each goal, from -2 (much less than expected) over 0 (as expected) to 2
    (much more). ``weights`` say how much each goal counts, 0 or more, all equal if left out. Goals without
    a score or weight are left out. ``correlation`` is how far goals go together, 0 to 1; 0.3 is customary.
    T = 50 + 10 sum(w x) / sqrt((1 - r) sum(w^2) + r sum(w)^2). The score is only as good as the levels: goals that
    are set too low give a high T for the same work. Source: kiresuk1968gas.

    >>> round(gas_t_score([2, 1, 0, -2, 1]), 2)
    56.03
    """
    scores = as_series(scores, "scores", missing="keep")
    weights = np.ones(len(scores)) if weights is None else as_series(weights, "weights", missing="keep")
    if len(weights) != len(scores):
        raise PracticumError(_("scores has {scores} goals and weights has {weights}. Give one weight for each goal.")
                             .format(scores=len(scores), weights=len(weights)))
    present = ~np.isnan(scores + weights)
    scores, weights = scores[present], weights[present]
    if (np.abs(scores) > 2).any():
        raise PracticumError(_("scores holds a level outside -2 to 2. Write 0 for a goal reached as expected."))
    if (weights < 0).any() or not weights.any():
        raise PracticumError(_("weights needs numbers of 0 or more, and at least one goal with a score and a weight "
                               "above 0."))
    if not 0 <= as_series([correlation], "correlation")[0] <= 1:
        raise PracticumError(_("correlation is {value}. Give a number from 0 to 1; 0.3 is customary.")
                             .format(value=correlation))
    spread = (1 - correlation) * np.sum(weights ** 2) + correlation * np.sum(weights) ** 2
    return float(50 + 10 * np.sum(weights * scores) / np.sqrt(spread))
