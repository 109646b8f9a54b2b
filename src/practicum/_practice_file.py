"""``practice.yml``: reading it, checking it against its schema, and saying where a fault is."""

import csv
import difflib
import json
import re
from datetime import date
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

from practicum.errors import PracticumError
from practicum.i18n import gettext as _

SCHEMA = Path(__file__).parent / "static" / "practice.schema.json"


class Place:
    """A place in practice.yml: makes the messages that name file, line, item and field."""

    def __init__(self, file, node, path=()):
        self.file, self.node, self.path = file, node, tuple(path)

    def at(self, *steps):
        return Place(self.file, self.node, self.path + steps)

    def fault(self, sentence):
        """The PracticumError that says ``sentence`` about this place."""
        parts, field = [_("{file}, line {line}").format(file=self.file, line=self.line)], self.path
        if self.path[:1] == ("items",) and any(isinstance(step, int) for step in self.path[1:2]):
            parts.append(_('item "{id}"').format(id=self._item_id()))
            field = self.path[2:]
        if field:
            names = [str(step + 1) if isinstance(step, int) else step for step in field]
            parts.append(_('field "{field}"').format(field=" ".join(names)))
        return PracticumError(f"{', '.join(parts)}: {sentence}")

    @property
    def line(self):
        node, line = self.node, 0
        for step in self.path:
            if isinstance(node, yaml.MappingNode):
                found = [pair for pair in node.value if pair[0].value == step]
            elif isinstance(node, yaml.SequenceNode):
                found = [(part, part) for part in node.value[step:step + 1]]
            else:
                found = []
            if not found:
                break
            line, node = found[-1][0].start_mark.line, found[-1][1]
        return line + 1

    def _item_id(self):
        items = next(value for key, value in self.node.value if key.value == "items")
        entry = items.value[self.path[1]]
        fields = {key.value: value.value for key, value in entry.value} if isinstance(entry, yaml.MappingNode) else {}
        return fields.get("id") or self.path[1] + 1


def read(path, name):
    """What the YAML file holds, and its `Place`."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PracticumError(
            _('There is no practice.yml in the folder "{folder}". Run the notebook in its own folder, or create the file.')
            .format(folder=path.parent)) from None
    except UnicodeDecodeError:
        raise PracticumError(_("{file} is not saved as UTF-8. Save it again with that encoding.").format(file=name)) from None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        source = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise PracticumError(
            _("{file}, line {line}: the file cannot be read as YAML ({problem}). Check the indentation, and put a text "
              'with a colon or a bracket in quotation marks.')
            .format(file=name, line=mark.line + 1 if mark else "?",
                    problem=getattr(error, "problem", error))) from None
    place = Place(name, node)
    _refuse_traps(node, place)
    return source, place


def _refuse_traps(node, place):
    """Refuses what YAML takes in silence: of two equal fields it keeps the last, and .inf and .nan are numbers to it."""
    if isinstance(node, yaml.SequenceNode):
        for number, part in enumerate(node.value):
            _refuse_traps(part, place.at(number))
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise place.at(key.value).fault(_("this field is there twice. Keep one of them."))
            seen.add(key.value)
            _refuse_traps(value, place.at(key.value))
    elif node and node.tag.endswith(":float") and not any(map(str.isdigit, node.value)):
        raise place.fault(_("{value} is not an ordinary number. Write one in digits.").format(value=node.value))


def validate(source, place, schema=None):
    """Raises the first breach of the schema, that of practice.yml unless another is given, as a PracticumError."""
    schema = schema or json.loads(SCHEMA.read_text(encoding="utf-8"))
    # A wrong field makes others look unknown as well, so unknown fields are spoken of last.
    breaches = sorted(
        Draft202012Validator(schema).iter_errors(source),
        key=lambda breach: (breach.validator == "unevaluatedProperties", place.at(*breach.absolute_path).line))
    if breaches:
        raise _breach(breaches[0], place.at(*breaches[0].absolute_path))


def _breach(breach, place):
    value, limit = breach.instance, breach.validator_value
    if breach.validator == "required":
        missing = next(name for name in limit if name not in value)
        close = difflib.get_close_matches(missing, map(str, value), n=1)
        hint = _(' Is "{close}" meant to be it?').format(close=close[0]) if close else ""
        return place.at(missing).fault(_("this field is missing. Add it.") + hint)
    if breach.validator in ("additionalProperties", "unevaluatedProperties"):
        unknown = re.search(r"\('?(.*?)'?(, | was | were )", breach.message)[1]
        return place.at(unknown).fault(_("there is no field of this name here. Mend the name, or take the field out."))
    sentences = {
        "type": _("{value} does not fit: {kind} is needed here."),
        "enum": _("{value} is none of the choices: {limit}."),
        "minItems": _("more entries are needed here: at least {limit}."),
        "minProperties": _("more entries are needed here: at least {limit}."),
        "uniqueItems": _("the same entry is there twice. Change one of them."),
        "minimum": _("{value} is too small: at least {limit} is needed."),
        "exclusiveMinimum": _("{value} is too small: more than {limit} is needed."),
    }
    sentence = sentences.get(breach.validator, _("{value} does not fit here. Write it like this: {example}."))
    if limit == "string" and isinstance(value, dict):
        sentence += _(" Put a text that begins with a brace in quotation marks.")
    return place.fault(sentence.format(
        value=cut(json.dumps(value, ensure_ascii=False, default=str)),
        limit=", ".join(map(str, limit)) if isinstance(limit, list) else limit,
        kind=_type_names(limit) if breach.validator == "type" else "", example=" / ".join(breach.schema.get("examples", ["…"]))))


def _type_names(types):
    names = {"string": _("text"), "number": _("a number"), "integer": _("a whole number"), "array": _("a list"),
             "object": _("a group of fields"), "boolean": _("true or false")}
    return " / ".join(names[name] for name in ([types] if isinstance(types, str) else types))


def by_id(entries, place):
    """Each item's entry and place under its id."""
    found = {}
    for number, entry in enumerate(entries):
        here = place.at("items", number)
        if entry["id"] in found:
            raise here.at("id").fault(_("another item has this id as well. Give each item an id of its own."))
        found[entry["id"]] = entry, here
    return found


def columns(data, folder, place):
    """The named columns of the chapter's data, each a tuple of numbers, dates, texts or None."""
    return {name: _column(source, folder, place.at("data", name)) for name, source in data.items()}


def _column(source, folder, place):
    rows = _rows(folder, source["file"], place.at("file"))
    wanted = source.get("where", {})
    for column in [source["column"], *wanted]:
        if not rows or column not in rows[0]:
            raise place.fault(_('"{file}" has no column "{column}". {similar}').format(
                file=source["file"], column=column, similar=similar(column, rows[0] if rows else [])))
    kept = tuple(_cell(row[source["column"]]) for row in rows
                 if all(_cell(row[column]) == _cell(str(value)) for column, value in wanted.items()))
    if not kept:
        raise place.at("where").fault(_("no row of the file fits. Mend the conditions."))
    return kept


def _rows(folder, name, place):
    """The rows of a CSV file, each a dictionary from the headings to the cells."""
    if not (folder / name).is_file():
        raise place.fault(_('there is no file "{file}". Mend the path, seen from the chapter\'s folder.').format(file=name))
    with open(folder / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def with_moments(entry, folder, place):
    """The entry of a watch item with its moments read from their file, each with time, text, code and feedback."""
    if entry["kind"] != "watch":
        return entry
    place = place.at("moments", "file")
    rows = _rows(folder, entry["moments"]["file"], place)
    for column in ("time", "seen", "code", "why"):
        if not rows or not all((row.get(column) or "").strip() for row in rows):
            raise place.fault(_('the column "{column}" is missing or has an empty cell. Fill it for every moment.').format(column=column))
    moments = [{"time": row["time"], "text": row["seen"], "code": row["code"], "feedback": row["why"]} for row in rows]
    return entry | {"moments": moments}


def _cell(text):
    """A cell of a table as number, date or text; None when it is empty."""
    text = (text or "").strip()
    for read in (float, date.fromisoformat):
        try:
            return read(text)
        except ValueError:
            pass
    return text or None


def similar(name, names):
    close = difflib.get_close_matches(str(name), names, n=3) or sorted(names)
    return _("There is: {names}.").format(names=", ".join(close[:12])) if close else _("There is none at all.")


def cut(value):
    """The value as text, short enough for a message."""
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def words(stem):
    return stem.replace("-", " ").capitalize()
