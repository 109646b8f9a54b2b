"""Systematic instruction: the help that each step needed, session by session."""

from practicum.charts.grid import grid_chart
from practicum.i18n import gettext as _
from practicum.instruction import DECLINED, LETTERS, LEVELS


def level_name(level):
    """The name of a level of `practicum.instruction` in the reader's language."""
    return {"independent": _("independent"), "gesture": _("gesture or picture"), "words": _("words"), "showing": _("showing"),
            "physical": _("physical, or an adult does it"), DECLINED: _("the pupil said no")}[level]


def steps_chart(record, *, names=None, title=None, sentence=None):
    """Steps by sessions: the letter of the help in every cell, darker for less help. ``record``: a `practicum.instruction.StepRecord`.

    ``names`` are the words for the steps, a list in the order of ``record.steps``. The letters are I, G, W, S, P, and N where the pupil
    said no. Returns a `Chart`.
    """
    names = record.steps if names is None else [f"{step} {name}" for step, name in zip(record.steps, names)]
    levels = {level: (LETTERS[level], level_name(level)) for level in reversed(LEVELS)}
    if (record.ranks == -2).any():
        levels = {DECLINED: (LETTERS[DECLINED], level_name(DECLINED)), **levels}
    return grid_chart(names, record.sessions, record.levels(), levels=levels, title=title or _("Steps and sessions"), row_label=_("step"),
                      column_label=_("session"), sentence=sentence or _sentence(record, names))


def _sentence(record, names):
    alone, tried = (record.ranks == 0).sum(axis=0), (record.ranks >= 0).sum(axis=0)
    share = (record.ranks > 0).sum(axis=1) / (record.ranks >= 0).sum(axis=1).clip(1)
    return _("Read in one sentence: in session {first} the pupil did {a} of {of_a} steps alone, in session {last} it was {b} of {of_b}; help was needed "
             "most often at “{step}”.").format(first=record.sessions[0], last=record.sessions[-1], a=alone[0], of_a=tried[0], b=alone[-1],
                                             of_b=tried[-1], step=names[int(share.argmax())])
