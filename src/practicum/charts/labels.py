"""The words a reader sees for the columns and numbers of the chapters."""

from practicum.i18n import gettext as _


def label_of(name):
    """The words for ``name``; a name without an entry is shown as it is, its underscores as spaces."""
    labels = {
        "English": _("English"),
        "Kazakh": _("Kazakh"),
        "Russian": _("Russian"),
        "autumn": _("autumn"),
        "baseline": _("baseline"),
        "date": _("date"),
        "errors": _("errors"),
        "goal": _("goal"),
        "language": _("language"),
        "needed_rate": _("needed rate, a week"),
        "note": _("note"),
        "phase": _("teaching"),
        "pupil": _("pupil"),
        "week": _("week"),
        "weeks": _("weeks"),
        "winter": _("winter"),
        "words_correct": _("words correct"),
    }
    return labels.get(name, str(name).replace("_", " "))
