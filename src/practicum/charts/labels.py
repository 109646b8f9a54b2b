"""The words a reader sees for the columns and numbers of the chapters."""

from practicum.i18n import gettext as _


def label_of(name):
    """The words for ``name``; a name without an entry is shown as it is, its underscores as spaces."""
    labels = {
        "English": _("English"),
        "Kazakh": _("Kazakh"),
        "Russian": _("Russian"),
        "activity": _("activity"),
        "adult_attention": _("adult attention"),
        "adult_busy": _("adult busy with others"),
        "autumn": _("autumn"),
        "baseline": _("baseline"),
        "behaviour": _("behaviour"),
        "cards": _("card used"),
        "changing activity": _("changing activity"),
        "classmates_react": _("classmates react"),
        "date": _("date"),
        "errors": _("errors"),
        "first_look": _("first look within two minutes"),
        "goal": _("goal"),
        "got_object": _("gets an object"),
        "hands-on work": _("hands-on work"),
        "language": _("language"),
        "lesson": _("lesson"),
        "listening": _("listening"),
        "needed_rate": _("needed rate, a week"),
        "noise": _("noise"),
        "note": _("note"),
        "phase": _("teaching"),
        "pupil": _("pupil"),
        "talking or group": _("talking or group"),
        "task_put_off": _("task put off"),
        "time": _("time"),
        "walked_away": _("walked away"),
        "week": _("week"),
        "weeks": _("weeks"),
        "winter": _("winter"),
        "words_correct": _("words correct"),
        "writing alone": _("writing alone"),
    }
    return labels.get(name, str(name).replace("_", " "))
