"""Systematic instruction: how much help each step of a task needed, session by session, and what that says.

Help is ranked, from none to most: "independent", "gesture", "words", "showing", "physical". The ranks have an order and no
distance: from words to showing is not "as far" as from showing to physical help. So nothing here takes a mean of levels;
use the share of each level or the middle level. A step at which the pupil said no is "declined": it is kept, and it counts
neither as a success nor as a failure. Every session is one go through the task. Bad input raises PracticumError.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from practicum._cells import is_missing
from practicum.errors import PracticumError
from practicum.i18n import gettext as _
from practicum.i18n import ngettext
from practicum.results import Sentence
from practicum.series import as_count, as_number, as_series

__all__ = [
    "Criterion", "EarlyHelp", "Fading", "HelpedThoughAble", "LostSteps", "StepRecord", "StuckErrors", "StuckSteps", "chance_of_run", "early_help",
    "fading", "helped_though_able", "independent_by_step", "level_of", "level_shares", "lost_steps", "mastered_steps",
    "middle_level", "percent_independent", "step_record", "stuck_errors", "stuck_steps", "to_criterion",
]

LEVELS = ("independent", "gesture", "words", "showing", "physical")
DECLINED = "declined"
LETTERS = {"independent": "I", "gesture": "G", "words": "W", "showing": "S", "physical": "P", DECLINED: "N"}
MOST = len(LEVELS) - 1
NOT_RECORDED, SAID_NO = -1, -2
# Words and letters that schools write; case does not matter.
WRITTEN = {
    "independent": "i, alone, independently, +, с, сам, сама, самостоятельно, өзі, өз бетімен, לבד, עצמאי, עצמאית",
    "gesture": "g, pointing, cue, picture, ж, жест, картинка, ым, ишара, сурет, מחווה, רמז",
    "words": "w, word, verbal, voice, сл, слово, словом, словесная, подсказка словом, сөз, сөзбен, מילולי, במילים",
    "showing": "s, model, modelling, shown, п, показ, показом, образец, көрсету, הדגמה",
    "physical": "p, physical help, hand, hands, ф, физ, физ. помощь, физическая помощь, руками, дене көмегі, қолмен, פיזי, עזרה פיזית",
    DECLINED: "n, no, said no, refused, отказ, отказался, отказалась, не захотел, не захотела, бас тартты, סירב, סירבה",
}
_LEVEL_OF = {name: level for level, names in WRITTEN.items() for name in (level, *names.split(", "))}


# Records


@dataclass(frozen=True)
class StepRecord:
    """The help that each step needed in each session.

    ``steps`` and ``sessions`` are their names in order; ``ranks[step, session]`` is 0 for independent up to 4 for physical help,
    -1 where nothing was recorded, -2 where the pupil said no.
    """

    steps: tuple
    sessions: tuple
    ranks: np.ndarray = field(repr=False)

    def levels(self):
        """The names of the levels, a list for each step; None where nothing was recorded."""
        names = {NOT_RECORDED: None, SAID_NO: DECLINED, **dict(enumerate(LEVELS))}
        return [[names[int(rank)] for rank in row] for row in self.ranks]

    def _known(self, step):
        """The ranks of a step in time order, without what was not recorded or declined."""
        return self.ranks[step][self.ranks[step] >= 0]


def step_record(sessions, steps, levels):
    """A `StepRecord` from three lists of the same length: one place for each step in each session.

    Steps are put in order (numbers by size, names as they first appear); sessions stay in the order in which they first appear,
    so give them in time order. ``levels`` are names as in the table of this module, or what `level_of` understands; None is
    "not recorded". The same step twice in one session is refused.

    >>> record = step_record([1, 1, 2, 2], ["tap", "soap", "tap", "soap"], ["words", "physical", "independent", "words"])
    >>> record.steps, record.sessions, record.levels()
    (('tap', 'soap'), (1, 2), [['words', 'independent'], ['physical', 'words']])
    """
    sessions, steps, levels = (_listed(values, name) for values, name in ((sessions, "sessions"), (steps, "steps"), (levels, "levels")))
    if not len(sessions) == len(steps) == len(levels):
        raise PracticumError(_("There are {sessions} sessions, {steps} steps and {levels} levels. Give one of each for every step that was tried.")
                             .format(sessions=len(sessions), steps=len(steps), levels=len(levels)))
    row_of, column_of = _places(_in_order(steps)), _places(sessions)
    ranks = np.full((len(row_of), len(column_of)), NOT_RECORDED)
    seen = set()
    for place, (session, step, level) in enumerate(zip(sessions, steps, levels), start=1):
        if (session, step) in seen:
            raise PracticumError(_("Step {step} stands twice in session {session} (the second time at place {place}). Keep one of the two, "
                                   "or number the goes as sessions of their own.").format(step=step, session=session, place=place))
        seen.add((session, step))
        ranks[row_of[step], column_of[session]] = _rank(level, place)
    return StepRecord(tuple(row_of), tuple(column_of), ranks)


def level_of(word):
    """The level that a school's word or letter stands for, in English, Russian, Kazakh or Hebrew.

    None for an empty cell and for a word such as "absent".

    >>> level_of("Словом"), level_of("P"), level_of("сам")
    ('words', 'physical', 'independent')
    """
    if word is None or word != word or not str(word).strip():
        return None
    level = _LEVEL_OF.get(" ".join(str(word).casefold().split()))
    if level is None and is_missing(word):
        return None
    if level is None:
        raise PracticumError(_("“{word}” is no level of help. Write one of: {levels}; or the letters I, G, W, S, P, and N for “no”.").format(
            word=str(word)[:40], levels=", ".join((*LEVELS, DECLINED))))
    return level


def _rank(level, place):
    try:
        level = level_of(level)
    except PracticumError as error:
        raise PracticumError(_("levels, place {place}: {reason}").format(place=place, reason=error)) from None
    if level is None:
        return NOT_RECORDED
    return SAID_NO if level == DECLINED else LEVELS.index(level)


def _listed(values, name):
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise PracticumError(_("{name} must be a list, one entry for each step that was tried.").format(name=name))
    values = values.tolist() if hasattr(values, "tolist") else list(values)
    if not values:
        raise PracticumError(_("{name} is empty. Give at least one step.").format(name=name))
    return values


def _in_order(steps):
    try:
        return sorted(steps) if all(isinstance(step, (int, float)) for step in steps) else steps
    except TypeError:
        return steps


def _places(names):
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


# What each session shows


def percent_independent(record):
    """Of the steps that were tried, the percentage done without help, a list with one number for each session.

    From 0 to 100, higher is more independent. None stands for a session in which the pupil said no to every step. The number
    hides *which* step needed help: look at the grid as well.

    >>> from practicum.instruction import step_record
    >>> record = step_record([1, 1, 2, 2], ["tap", "soap", "tap", "soap"], ["words", "physical", "independent", "words"])
    >>> percent_independent(record)
    [0.0, 50.0]
    """
    tried, alone = (record.ranks >= 0).sum(axis=0), (record.ranks == 0).sum(axis=0)
    return [100 * int(a) / int(t) if t else None for a, t in zip(alone, tried)]


def level_shares(record):
    """For each level of help the percentage of the tried steps at that level: a dictionary from level to a list over sessions.

    The shares of a session add up to 100. They keep apart what a mean of ranks would mix.

    >>> from practicum.instruction import step_record
    >>> record = step_record([1, 1, 1, 1], [1, 2, 3, 4], ["independent", "words", "words", "physical"])
    >>> level_shares(record)["words"], level_shares(record)["physical"]
    ([50.0], [25.0])
    """
    tried = (record.ranks >= 0).sum(axis=0)
    return {level: [100 * int(count) / int(t) if t else None for count, t in zip((record.ranks == rank).sum(axis=0), tried)]
            for rank, level in enumerate(LEVELS)}


def middle_level(record):
    """The middle level of help in each session, a list: half of the tried steps or more needed no more help than that.

    A median of ranks: it uses their order only. None where nothing was tried.

    >>> from practicum.instruction import step_record
    >>> middle_level(step_record([1, 1, 1], [1, 2, 3], ["independent", "words", "physical"]))
    ['words']
    """
    found = []
    for column in record.ranks.T:
        ranks = np.sort(column[column >= 0])
        found.append(LEVELS[ranks[(len(ranks) - 1) // 2]] if len(ranks) else None)
    return found


def independent_by_step(record, *, last=None):
    """For each step the percentage of its tries that were independent, a list in the order of the steps.

    ``last`` takes only the last so many tries of a step. None where a step was never tried.

    >>> from practicum.instruction import step_record
    >>> independent_by_step(step_record([1, 2, 3, 4], ["tap"] * 4, ["words", "words", "independent", "independent"]), last=2)
    [100.0]
    """
    shares = []
    for step in range(len(record.steps)):
        ranks = record._known(step)
        ranks = ranks if last is None else ranks[-as_count(last, "last"):]
        shares.append(100 * float(np.mean(ranks == 0)) if len(ranks) else None)
    return shares


# Mastery


@dataclass(frozen=True)
class Criterion(Sentence):
    """Whether and when a criterion of mastery was met.

    ``sessions``: how many sessions it took, the last ones included; ``trials``: how many steps were tried until then. Both are None
    when it was not met. ``percent`` and ``in_a_row`` are the criterion, ``given`` the sessions that there are.
    """

    sessions: int | None
    trials: int | None
    percent: float
    in_a_row: int
    given: int

    def __str__(self):
        rule = ngettext("at least {percent:g} % of the steps alone in one session", "at least {percent:g} % of the steps alone in {n} sessions in a row",
                        self.in_a_row).format(percent=self.percent, n=self.in_a_row)
        if self.sessions is None:
            return _("Criterion ({rule}): not met in {given} sessions.").format(rule=rule, given=self.given)
        return _("Criterion ({rule}): met after {sessions} sessions and {trials} trials.").format(
            rule=rule, sessions=self.sessions, trials=self.trials)


def to_criterion(record, *, percent=90, in_a_row=3):
    """How many sessions and trials it took until ``percent`` of the steps were independent ``in_a_row`` times, as `Criterion`.

    A trial is one try at one step. A session in which the pupil said no to everything neither counts nor breaks the row.
    Choose the criterion before teaching. Practitioners most often use 80 % in three sessions in a row (richling2019mastery);
    in one study, skills taught to 90 % or 100 % lasted better than those taught to 80 % (longino2022mastery).

    >>> from practicum.instruction import step_record
    >>> record = step_record([1, 1, 2, 2, 3, 3], [1, 2] * 3, ["words", "words"] + ["independent"] * 4)
    >>> print(to_criterion(record, in_a_row=2))
    Criterion (at least 90 % of the steps alone in 2 sessions in a row): met after 3 sessions and 6 trials.
    """
    percent, in_a_row = as_number(percent, "percent", above=0), as_count(in_a_row, "in_a_row")
    if percent > 100:
        raise PracticumError(_("percent is {percent:g}. Give a number up to 100.").format(percent=percent))
    row, sessions, trials = 0, 0, 0
    for share, tried in zip(percent_independent(record), (record.ranks >= 0).sum(axis=0)):
        if share is None:
            continue
        sessions, trials = sessions + 1, trials + int(tried)
        row = row + 1 if share >= percent else 0
        if row == in_a_row:
            return Criterion(sessions, trials, percent, in_a_row, len(record.sessions))
    return Criterion(None, None, percent, in_a_row, len(record.sessions))


def mastered_steps(record, *, in_a_row=3):
    """For each step the session in which it was independent ``in_a_row`` tries in a row for the first time: a dictionary.

    None where that never happened. See `chance_of_run` for how easily chance does it.

    >>> from practicum.instruction import step_record
    >>> mastered_steps(step_record([1, 2, 3], ["tap"] * 3, ["words", "independent", "independent"]), in_a_row=2)
    {'tap': 3}
    """
    in_a_row = as_count(in_a_row, "in_a_row")
    return {name: None if place is None else record.sessions[place]
            for name, place in zip(record.steps, (_mastered_at(row, in_a_row) for row in record.ranks))}


def _mastered_at(row, in_a_row):
    """The place of the session at which the row was complete, or None."""
    run = 0
    for place in np.flatnonzero(row >= 0):
        run = run + 1 if row[place] == 0 else 0
        if run == in_a_row:
            return int(place)
    return None


def chance_of_run(chance, tries, *, in_a_row=3):
    """How likely a row of ``in_a_row`` successes is in so many ``tries``, when each succeeds with ``chance`` on its own.

    From 0 to 1. It tells how often a criterion of "three in a row" is met by somebody who manages the step only some of the time.

    >>> round(chance_of_run(0.5, 10), 3)
    0.508
    """
    chance, tries, in_a_row = as_number(chance, "chance", minimum=0), as_count(tries, "tries"), as_count(in_a_row, "in_a_row")
    if chance > 1:
        raise PracticumError(_("chance is {chance:g}. Give a number from 0 to 1.").format(chance=chance))
    runs, done = np.zeros(in_a_row), 0.0     # runs[n]: the chance that the last n tries succeeded and the row is not complete
    runs[0] = 1
    for _try in range(tries):
        done += chance * runs[-1]
        runs = np.concatenate([[(1 - chance) * runs.sum()], chance * runs[:-1]])
    return float(done)


def _named(steps):
    """The steps for a sentence; with the word before them, so that a number is not taken for a count."""
    told = _(" and ").join(part for part in (", ".join(map(str, steps[:-1])), str(steps[-1])) if part) if steps else ""
    return ngettext("step {steps}", "steps {steps}", len(steps)).format(steps=told) if steps else _("no step")


@dataclass(frozen=True)
class LostSteps(Sentence):
    """The steps that were mastered and lost again: ``steps``, their names. ``in_a_row`` and ``later`` are the rule."""

    steps: tuple
    in_a_row: int
    later: int

    def __str__(self):
        return _("Lost (alone {in_a_row} times in a row, then helped in each of the last {later} tries): {steps}.").format(
            in_a_row=self.in_a_row, later=self.later, steps=_named(self.steps))


def lost_steps(record, *, in_a_row=3, later=2):
    """The steps that were mastered (``in_a_row`` times in a row) and helped in each of the last ``later`` tries, as `LostSteps`.

    Look for them after holidays, and in probes without help weeks later.

    >>> from practicum.instruction import step_record
    >>> lost_steps(step_record([1, 2, 3, 4, 5], ["tap"] * 5, ["independent"] * 3 + ["gesture", "words"])).steps
    ('tap',)
    """
    in_a_row, later = as_count(in_a_row, "in_a_row"), as_count(later, "later")
    found = []
    for name, row in zip(record.steps, record.ranks):
        place = _mastered_at(row, in_a_row)
        after = [] if place is None else [rank for rank in row[place + 1:] if rank >= 0][-later:]
        if len(after) == later and all(rank > 0 for rank in after):
            found.append(name)
    return LostSteps(tuple(found), in_a_row, later)


# Steps that are stuck


@dataclass(frozen=True)
class StuckSteps(Sentence):
    """The steps that are stuck by a stated rule.

    ``steps``: their names; ``too_early``: steps with fewer tries than the ``window``; ``at_most`` and ``watch_help``: the rule.
    """

    steps: tuple
    too_early: tuple
    window: int
    at_most: int
    watch_help: bool

    def __str__(self):
        help_too = _(", and no less help than before") if self.watch_help else ""
        rule = _("alone at most {at_most} of the last {window} times{help_too}").format(at_most=self.at_most, window=self.window, help_too=help_too)
        found = _("Stuck ({rule}): {steps}.").format(rule=rule, steps=_named(self.steps))
        return found + (" " + _("Too early to say: {steps}.").format(steps=_named(self.too_early)) if self.too_early else "")


def stuck_steps(record, *, window=10, at_most=1, watch_help=True):
    """The steps on which teaching makes no headway, as `StuckSteps`.

    A step is stuck when, of its last ``window`` tries, at most ``at_most`` were independent and, with ``watch_help``, the middle level
    of help in the later half is not less than in the earlier half. With ``watch_help=False`` only independence is counted. A rule
    of this book: nobody has tested it. `stuck_errors` says how often it is wrong.

    >>> from practicum.instruction import step_record
    >>> falls = ["physical", "physical", "showing", "words", "gesture", "gesture"]
    >>> record = step_record([*range(6)] * 2, ["tap"] * 6 + ["pan"] * 6, falls + ["showing"] * 6)
    >>> stuck_steps(record, window=6).steps, stuck_steps(record, window=6, watch_help=False).steps
    (('pan',), ('tap', 'pan'))
    """
    window, at_most = _stuck_rule(window, at_most)
    known = {name: record._known(step)[-window:] for step, name in enumerate(record.steps)}
    stuck = [name for name, ranks in known.items() if len(ranks) == window and _is_stuck(ranks, at_most, watch_help)]
    return StuckSteps(tuple(stuck), tuple(name for name, ranks in known.items() if len(ranks) < window), window, at_most, bool(watch_help))


def _stuck_rule(window, at_most):
    window, at_most = as_count(window, "window", minimum=2), as_count(at_most, "at_most", minimum=0)
    if at_most >= window:
        raise PracticumError(_("at_most is {at_most} and window is {window}. Let at_most be smaller: otherwise every step is stuck.").format(
            at_most=at_most, window=window))
    return window, at_most


def _is_stuck(ranks, at_most, watch_help):
    """The rule, along the last axis: for one step or for many at a time."""
    half = ranks.shape[-1] // 2
    stuck = (ranks == 0).sum(axis=-1) <= at_most
    return stuck & (np.median(ranks[..., -half:], axis=-1) >= np.median(ranks[..., :half], axis=-1)) if watch_help else stuck


@dataclass(frozen=True)
class StuckErrors(Sentence):
    """How often the rule of `stuck_steps` is wrong in a simulation.

    ``false_alarm``: the share of steps that are being learned and are called stuck; ``any_false_alarm``: the share of tasks of
    ``steps`` such steps in which at least one is called stuck; ``miss``: the share of steps that are truly stuck and are not called
    so. The other fields are the rule and the assumptions.
    """

    false_alarm: float
    any_false_alarm: float
    miss: float
    window: int
    at_most: int
    watch_help: bool
    fall: float
    noise_sd: float
    steps: int
    pupils: int

    def __str__(self):
        return _("Of 100 steps that are being learned about {alarms} are called stuck; of 100 steps that are stuck about {misses} are not called so. "
                 "In a task of {steps} steps, all being learned, at least one is called stuck in about {some} of 100.").format(
                     alarms=round(100 * self.false_alarm), misses=round(100 * self.miss), steps=self.steps, some=round(100 * self.any_false_alarm))


def stuck_errors(*, window=10, at_most=1, watch_help=True, fall=0.25, noise_sd=0.8, steps=12, pupils=10_000, seed=1):
    """How often the rule of `stuck_steps` errs, from simulated steps looked at one time, as `StuckErrors`.

    Assumptions: each step has a need of help that begins anywhere from gesture (1) to physical help (4). While a step is being
    learned its need falls by ``fall`` levels a session; of a stuck step it stays. In each session the help given is the need plus
    normal noise with standard deviation ``noise_sd`` levels, rounded, and kept between independent and physical. So the simulation
    does treat levels as equally far apart: it is a model, not a measure. ``steps`` is the number of steps in the task. The same
    ``seed`` gives the same answer.

    >>> counted, watched = stuck_errors(watch_help=False), stuck_errors()
    >>> counted.false_alarm > watched.false_alarm and counted.miss < watched.miss
    True
    """
    window, at_most = _stuck_rule(window, at_most)
    fall, noise_sd = as_number(fall, "fall", above=0), as_number(noise_sd, "noise_sd", minimum=0)
    steps, pupils = as_count(steps, "steps"), as_count(pupils, "pupils")
    rng = np.random.default_rng(as_count(seed, "seed", minimum=0))
    called = [_is_stuck(_simulated_help(rng, (pupils, steps, window), slope, noise_sd), at_most, watch_help) for slope in (fall, 0)]
    return StuckErrors(float(called[0].mean()), float(called[0].any(axis=1).mean()), float(1 - called[1].mean()), window, at_most,
                       bool(watch_help), fall, noise_sd, steps, pupils)


def _simulated_help(rng, shape, fall, noise_sd):
    need = rng.uniform(1, MOST, shape[:-1])[..., None] - fall * np.arange(shape[-1])
    return np.clip(np.rint(need + noise_sd * rng.standard_normal(shape)), 0, MOST).astype(int)


# Signs of too much help


@dataclass(frozen=True)
class EarlyHelp(Sentence):
    """How often help came before the agreed wait was over.

    ``early`` of ``prompted`` tries with help; ``unknown``: tries with help for which nobody wrote the seconds; ``delay``: the agreed
    seconds. ``share`` is early / prompted, from 0 to 1, or None without such a try.
    """

    early: int
    prompted: int
    unknown: int
    delay: float

    @property
    def share(self):
        """The share of helped tries in which help came too early, from 0 to 1; None when nothing was timed."""
        return self.early / self.prompted if self.prompted else None

    def __str__(self):
        unknown = _(" For {unknown} more nobody wrote the seconds.").format(unknown=self.unknown) if self.unknown else ""
        if not self.prompted:
            return _("No help was timed, so nothing can be said.") + unknown
        return _("In {early} of {prompted} tries with help ({share:.0%}) it came before the {delay:g} seconds were over.").format(
            early=self.early, prompted=self.prompted, share=self.share, delay=self.delay) + unknown


def early_help(levels, waited, *, delay):
    """How often help came before ``delay`` seconds were over, as `EarlyHelp`.

    ``levels`` and ``waited`` (seconds until the first help) have one place for each try. Tries without help or declined are left out.
    Help that comes early takes the pupil's turn away: afterwards nobody can know what the pupil would have done.

    >>> print(early_help(["words", "independent", "words", "gesture"], [2, None, 5, 1], delay=5))
    In 2 of 3 tries with help (67%) it came before the 5 seconds were over.
    """
    ranks = np.array([_rank(level, place) for place, level in enumerate(_listed(levels, "levels"), start=1)])
    waited, delay = as_series(waited, "waited", minimum=0, missing="keep"), as_number(delay, "delay", above=0)
    if len(ranks) != len(waited):
        raise PracticumError(_("There are {levels} levels and {waited} waits. Give one wait for each level; leave it empty where there was no help.")
                             .format(levels=len(ranks), waited=len(waited)))
    seconds = waited[ranks > 0]
    timed = seconds[~np.isnan(seconds)]
    return EarlyHelp(int((timed < delay).sum()), len(timed), len(seconds) - len(timed), delay)


@dataclass(frozen=True)
class HelpedThoughAble(Sentence):
    """The steps that the pupil did alone in probes and was helped with in lessons.

    ``steps``: their names. ``alone`` of the last ``probes`` probes, and help in more than half of the last ``lessons`` lessons, are the
    rule.
    """

    steps: tuple
    alone: int
    probes: int
    lessons: int

    def __str__(self):
        rule = _("alone in at least {alone} of the last {probes} probes, helped in more than half of the last {lessons} lessons").format(
            alone=self.alone, probes=self.probes, lessons=self.lessons)
        return _("Helped though able ({rule}): {steps}.").format(rule=rule, steps=_named(self.steps))


def helped_though_able(lessons, probes, *, alone=2, last_probes=3, last_lessons=6):
    """The steps done alone in probes without help and helped in lessons all the same, as `HelpedThoughAble`.

    ``lessons`` and ``probes`` are two `StepRecord` with the same steps. A step is named when it was independent in at least ``alone``
    of the last ``last_probes`` probes and helped in more than half of the last ``last_lessons`` lessons. A few probes are weak
    evidence: a step that succeeds every second time passes two of three probes half of the time.

    >>> from practicum.instruction import step_record
    >>> lessons = step_record([1, 2, 3, 4], ["tap"] * 4, ["words"] * 4)
    >>> probes = step_record(["a", "b"], ["tap"] * 2, ["independent"] * 2)
    >>> helped_though_able(lessons, probes).steps
    ('tap',)
    """
    alone, last_probes, last_lessons = as_count(alone, "alone"), as_count(last_probes, "last_probes"), as_count(last_lessons, "last_lessons")
    if set(lessons.steps) != set(probes.steps):
        raise PracticumError(_("Lessons and probes have different steps. Only in one of them: {steps}.").format(
            steps=", ".join(sorted(map(str, set(lessons.steps) ^ set(probes.steps))))))
    probed = {name: probes._known(step)[-last_probes:] for step, name in enumerate(probes.steps)}
    taught = {name: lessons._known(step)[-last_lessons:] for step, name in enumerate(lessons.steps)}
    found = [name for name in lessons.steps
             if (probed[name] == 0).sum() >= alone and len(taught[name]) and (taught[name] > 0).mean() > 0.5]
    return HelpedThoughAble(tuple(found), alone, last_probes, last_lessons)


# How fast to take help away: a simulation


@dataclass(frozen=True)
class Fading(Sentence):
    """What a rule for taking help away costs simulated pupils, in one step.

    ``trials``: the median number of tries until mastery, with ``trials_low`` and ``trials_high`` (10th and 90th percentile);
    ``errors`` and ``helped``: the median number of wrong and of helped tries until then; ``skill``: the median true chance of doing
    the step alone at that moment; ``not_mastered``: the share of pupils who did not get there. The other fields are the
    assumptions.
    """

    fade_after: int
    trials: float
    trials_low: float
    trials_high: float
    errors: float
    helped: float
    skill: float
    not_mastered: float
    error_cost: float
    from_help: float
    pupils: int

    def __str__(self):
        rule = ngettext("Less help after {n} success", "Less help after {n} successes in a row", self.fade_after).format(n=self.fade_after)
        return _("{rule}: {trials:.0f} tries until mastery ({low:.0f} to {high:.0f} for most), {errors:.0f} of them wrong. "
                 "{never:.0%} of the simulated pupils did not get there.").format(
                     rule=rule, trials=self.trials, low=self.trials_low, high=self.trials_high, errors=self.errors, never=self.not_mastered)


def fading(fade_after, *, error_cost=0.0, from_help=0.3, learn=0.08, start=0.1, in_a_row=3, most_trials=300, pupils=4_000, seed=1):
    """A simulation of fading from most to least help: one level less after ``fade_after`` successes in a row, as `Fading`.

    Assumptions, none of them measured on a child. A pupil has a true chance of doing the step alone, at first ``start``. Help adds to
    it in four equal parts, up to certain success with physical help. After a success the chance grows by ``learn`` of what is still
    missing; with physical help only ``from_help`` of that is learned, and in between in proportion. After a wrong try it shrinks by
    ``error_cost`` of itself, and the next try has one level more help. Mastery is ``in_a_row`` successes in a row without help.
    Pupils who need more than ``most_trials`` count as not there, with ``most_trials`` tries. The same ``seed`` gives the same answer.

    >>> fading(1).trials < fading(3).trials and fading(1).errors > fading(3).errors
    True
    """
    fade_after, in_a_row = as_count(fade_after, "fade_after"), as_count(in_a_row, "in_a_row")
    most_trials, pupils = as_count(most_trials, "most_trials"), as_count(pupils, "pupils")
    shares = {name: _share(value, name) for name, value in
              (("error_cost", error_cost), ("from_help", from_help), ("learn", learn), ("start", start))}
    rng = np.random.default_rng(as_count(seed, "seed", minimum=0))
    skill, level, run = np.full(pupils, shares["start"]), np.full(pupils, MOST), np.zeros(pupils, dtype=int)
    trials, errors, helped = (np.zeros(pupils, dtype=int) for _count in range(3))
    going = np.ones(pupils, dtype=bool)
    for _trial in range(most_trials):
        right = rng.random(pupils) < skill + (1 - skill) * level / MOST
        learned = shares["learn"] * (1 - (1 - shares["from_help"]) * level / MOST) * (1 - skill)
        skill = np.where(going, np.where(right, skill + learned, skill * (1 - shares["error_cost"])), skill)
        trials, errors, helped = trials + going, errors + (going & ~right), helped + (going & (level > 0))
        run = np.where(right, run + 1, 0)
        going &= ~((level == 0) & (run >= in_a_row))
        less = right & (run >= fade_after) & (level > 0)
        level, run = np.where(less, level - 1, np.where(right, level, np.minimum(level + 1, MOST))), np.where(less, 0, run)
    low, middle, high = np.percentile(trials, [10, 50, 90])
    return Fading(fade_after, float(middle), float(low), float(high), float(np.median(errors)), float(np.median(helped)),
                  float(np.median(skill)), float(going.mean()), shares["error_cost"], shares["from_help"], pupils)


def _share(value, name):
    number = as_number(value, name, minimum=0)
    if number > 1:
        raise PracticumError(_("{name} is {value:g}. Give a share from 0 to 1.").format(name=name, value=number))
    return number
