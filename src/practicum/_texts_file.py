"""A YAML file of texts that a reader wrote: read, or refused with a sentence that says where to mend it."""

from pathlib import Path

import yaml

from practicum.errors import PracticumError
from practicum.i18n import gettext as _


def read_texts(path):
    """The dictionary in the YAML file at ``path``."""
    name = Path(path).name
    try:
        texts = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except OSError:
        raise PracticumError(_("There is no file {name}. Check the name and the folder.").format(name=name)) from None
    except UnicodeDecodeError:
        raise PracticumError(_("{name} is not saved as UTF-8. Save it again with this encoding.").format(name=name)) from None
    except yaml.MarkedYAMLError as error:
        raise PracticumError(_("{name} cannot be read at line {line}. Put a text that holds a colon or braces in quotation marks.").format(
            name=name, line=error.problem_mark.line + 1)) from None
    if not isinstance(texts, dict):
        raise PracticumError(_('{name} holds no texts. Write one on each line, such as "pupil: Dana".').format(name=name))
    return texts
