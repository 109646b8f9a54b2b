"""Translation of every sentence that the code shows to a reader.

The catalogue is ``locales/<language>/LC_MESSAGES/practicum.mo``; without one the English text is used.
"""

import gettext as _gettext
import os
from pathlib import Path

LOCALES = Path(__file__).parent / "locales"


def use_language(code):
    """Show messages in the language ``code`` ("en", "ru", "kk", "he") from now on.

    Returns the catalogue, which is the English one where no translation exists.
    """
    global _catalogue
    _catalogue = _gettext.translation("practicum", LOCALES, languages=[code], fallback=True)
    return _catalogue


def gettext(message):
    """The message in the reader's language."""
    return _catalogue.gettext(message)


def ngettext(singular, plural, number):
    """The form of the message that the number asks for, in the reader's language."""
    return _catalogue.ngettext(singular, plural, number)


_catalogue = use_language(os.environ.get("PRACTICUM_LANGUAGE", "en"))
