"""Practice items: questions and tasks of ``practice.yml``, shown as forms that check themselves in the page.

A chapter opens its items once, ``practice = chapter("progress-monitoring")``, and shows one with
``practice("needed-rate")``. The form is plain HTML and carries its own key, feedback and words, so the same stored
output works in the built book and in a live notebook: ``static/practice.js`` does the checking there.
Numeric keys are formulas, computed from the chapter's data when the item is made.
What ``practice.yml`` may hold is described in ``static/practice.schema.json``.
"""

import ast
import csv
import difflib
import importlib
import inspect
import itertools
import json
import math
import random
import re
import statistics
import string
from datetime import date
from html import escape
from pathlib import Path

import simpleeval
import yaml
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from practicum.errors import PracticumError
from practicum.i18n import gettext as _

STATIC = Path(__file__).parent / "static"
EXAMPLES, FEWEST_EXAMPLES = 12, 10
CALCULATOR = {"min": min, "max": max, "round": round, "abs": abs, "len": len, "sum": sum,
              "median": statistics.median, "mean": statistics.fmean}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "heading", "lheading", "hr", "blockquote", "code", "fence", "reference"])
# While Markdown is rendered, a value is one character of Unicode's private use area, which Markdown leaves alone.
FIRST_MARK = 0xE000
MARK = re.compile("[\ue000-\uefff]")
MARK_IN_TAG = re.compile("<[^>]*[\ue000-\uefff]|%EE%8")


def chapter(stem, folder="."):
    """The practice items of one chapter, a `Practice`.

    ``stem`` is the chapter's short name; ``folder`` holds its ``practice.yml`` (a notebook runs in its own folder, so
    it needs no second argument).

    Raises PracticumError, naming file, line, item and field, when the file is missing or does not follow its schema.
    """
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", str(stem)):
        raise PracticumError(
            _('"{stem}" is not the name of a chapter. Use small letters, digits and hyphens, '
              'such as "progress-monitoring".').format(stem=stem))
    return Practice(stem, Path(folder))


class Practice:
    """The practice items of one chapter: call it with an item's id, or go through all with a for loop.

    As the last line of a cell it puts the script and the style of practice items into a live notebook.
    """

    def __init__(self, stem, folder):
        path = folder / "practice.yml"
        self.stem = stem
        source, place = _read(path, f"{stem}/practice.yml")
        _validate(source, place)
        self.title = source.get("title") or _words(stem)
        self._entries = _by_id(source["items"], place)
        self._names = _columns(source.get("data", {}), folder, place)
        self._formulas = Formulas(source.get("functions", []), place)

    def __call__(self, item_id):
        """The item with this id. Raises PracticumError, naming similar ids, when there is none."""
        if item_id not in self._entries:
            raise PracticumError(
                _('The chapter {stem} has no practice item "{id}". {similar}')
                .format(stem=self.stem, id=item_id, similar=_similar(item_id, self._entries)))
        entry, place = self._entries[item_id]
        return Item(self.stem, entry, place, self._names, self._formulas)

    def __iter__(self):
        return map(self, self._entries)

    def __len__(self):
        return len(self._entries)

    def __repr__(self):
        return _("{count} practice items of the chapter {title}").format(count=len(self), title=self.title)

    def _repr_html_(self):
        style, script = ((STATIC / name).read_text(encoding="utf-8") for name in ("practice.css", "practice.js"))
        ready = _("The practice items of this chapter are ready.")
        return f'<div class="practice-setup"><style>{style}</style><script>{script}</script><p>{ready}</p></div>'


class Item:
    """One practice item. A notebook shows it as a form, a terminal as plain text.

    ``name`` is "stem/id"; ``options`` are the (text, right) pairs of the first example, empty for kinds without options.
    """

    def __init__(self, stem, entry, place, names, formulas):
        self.stem, self.id, self.kind = stem, entry["id"], entry["kind"]
        self.objective, self.minutes = entry["objective"], entry["minutes"]
        self.name = f"{stem}/{self.id}"
        self.anchor = f"practice-{stem}-{self.id}"
        self.title = entry.get("title") or _words(self.id)
        self._entry, self._place = entry, place
        self.examples = _examples(entry, place, names, formulas, seed=self.name)
        self._texts = Texts(self.examples)
        self._key = _key(entry, place, self.examples, formulas, seed=self.name)
        self._html = _item_html(self)

    @property
    def label(self):
        """What the reader is asked for: "Practise · one answer · 2 min"."""
        return _("Practise · {kind} · {minutes} min").format(kind=_kind_name(self.kind), minutes=self.minutes)

    @property
    def options(self):
        options = [self._texts.plain(option["text"], self._place.at("options", number, "text"))
                   for number, option in enumerate(self._entry.get("options", []))]
        return list(zip(options, map(bool, self._key.get("right", [[]])[0])))

    def html(self, field, inline=False, at=()):
        """The Markdown text ``field`` of the item (or of the part of it at ``at``) as HTML."""
        part = self._entry
        for step in at:
            part = part[step]
        return self._texts.html(part[field], self._place.at(*at, field), inline)

    def _repr_html_(self):
        return self._html

    def __repr__(self):
        answers = [text for text, right in self.options]
        rows = _shuffled(self._entry.get("steps", []), self.name) + self._entry.get("cards", [])
        answers += [self._texts.plain(row["text"], self._place) for row in rows]
        answers += self._entry.get("checklist", [])
        lines = [f"{self.label} · {self.objective}",
                 self._texts.plain(self._entry["prompt"], self._place.at("prompt")).strip()]
        return "\n".join(lines + [f"- {answer.strip()}" for answer in answers])


# ---- practice.yml: reading it and saying where a fault is ----

class Place:
    """A place in practice.yml: makes the messages that name file, line, item and field."""

    def __init__(self, file, node, path=()):
        self.file, self.node, self.path = file, node, tuple(path)

    def at(self, *steps):
        return Place(self.file, self.node, self.path + steps)

    def fault(self, sentence):
        """The PracticumError that says ``sentence`` about this place."""
        parts, field = [_("{file}, line {line}").format(file=self.file, line=self.line)], self.path
        if self.path[:1] == ("items",) and len(self.path) > 1:
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
            line, node = found[0][0].start_mark.line, found[0][1]
        return line + 1

    def _item_id(self):
        item = dict(self.node.value)[next(key for key, value in self.node.value if key.value == "items")]
        entry = item.value[self.path[1]] if isinstance(item, yaml.SequenceNode) else None
        fields = {key.value: value.value for key, value in entry.value} if isinstance(entry, yaml.MappingNode) else {}
        return fields.get("id") or f"{self.path[1]}"


def _read(path, name):
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


def _validate(source, place):
    """Raises the first breach of the schema as a PracticumError."""
    schema = json.loads((STATIC / "practice.schema.json").read_text(encoding="utf-8"))
    # A wrong field makes others look unknown as well, so unknown fields are spoken of last.
    breaches = sorted(Draft202012Validator(schema).iter_errors(source),
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
        "type": _("{value} does not fit: {kind} is needed here. Put a text that begins with a brace in quotation marks."),
        "enum": _("{value} is none of the choices: {limit}."),
        "minItems": _("more entries are needed here: at least {limit}."),
        "minProperties": _("more entries are needed here: at least {limit}."),
        "uniqueItems": _("the same entry is there twice. Change one of them."),
        "minimum": _("{value} is too small: at least {limit} is needed."),
        "exclusiveMinimum": _("{value} is too small: more than {limit} is needed."),
    }
    sentence = sentences.get(breach.validator, _("{value} does not fit here. Write it like this: {example}."))
    return place.fault(sentence.format(
        value=_cut(json.dumps(value, ensure_ascii=False, default=str)),
        limit=", ".join(map(str, limit)) if isinstance(limit, list) else limit,
        kind=_type_name(limit), example=" / ".join(breach.schema.get("examples", ["…"]))))


def _type_name(types):
    names = {"string": _("text"), "number": _("a number"), "integer": _("a whole number"), "array": _("a list"),
             "object": _("a group of fields"), "boolean": _("true or false")}
    return " / ".join(names.get(name, name) for name in ([types] if isinstance(types, str) else types)
                      ) if isinstance(types, (str, list)) else ""


def _by_id(entries, place):
    """Each item's entry and place under its id."""
    found = {}
    for number, entry in enumerate(entries):
        here = place.at("items", number)
        if entry["id"] in found:
            raise here.at("id").fault(_("another item has this id as well. Give each item an id of its own."))
        found[entry["id"]] = entry, here
    return found


def _columns(data, folder, place):
    """The named columns of the chapter's data, each a tuple of numbers, dates, texts or None."""
    return {name: _column(source, folder, place.at("data", name)) for name, source in data.items()}


def _column(source, folder, place):
    path = folder / source["file"]
    if not path.is_file():
        raise place.at("file").fault(_('there is no file "{file}". Mend the path, seen from the chapter\'s folder.')
                                     .format(file=source["file"]))
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = source.get("where", {})
    for column in [source["column"], *wanted]:
        if not rows or column not in rows[0]:
            raise place.fault(_('"{file}" has no column "{column}". {similar}').format(
                file=source["file"], column=column, similar=_similar(column, rows[0] if rows else [])))
    kept = tuple(_cell(row[source["column"]]) for row in rows
                 if all(_cell(row[column]) == _cell(str(value)) for column, value in wanted.items()))
    if not kept:
        raise place.at("where").fault(_("no row of the file fits. Mend the conditions."))
    return kept


def _cell(text):
    """A cell of a table as number, date or text; None when it is empty."""
    text = (text or "").strip()
    for read in (float, date.fromisoformat):
        try:
            return read(text)
        except ValueError:
            pass
    return text or None


def _similar(name, names):
    close = difflib.get_close_matches(str(name), names, n=3) or sorted(names)
    return _("There is: {names}.").format(names=", ".join(close[:12])) if close else _("There is none at all.")


def _cut(value):
    """The value as text, short enough for a message."""
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _words(stem):
    return stem.replace("-", " ").capitalize()


# ---- formulas and examples ----

class Formulas:
    """Computes the formulas of practice.yml with the functions that the file names, and with nothing else."""

    def __init__(self, modules, place):
        self.functions = dict(CALCULATOR)
        for number, name in enumerate(modules):
            try:
                module = importlib.import_module(name)
            except ImportError:
                raise place.at("functions", number).fault(
                    _('there is no module "{name}". Mend the name.').format(name=name)) from None
            self.functions |= {key: function for key, function in vars(module).items()
                               if inspect.isfunction(function) and function.__module__ == name and key[0] != "_"}

    def value(self, formula, names, place):
        """What the formula gives with these values of names. A number or true or false stands for itself."""
        if not isinstance(formula, str):
            return formula
        tree = self._tree(formula, names, place)
        evaluator = simpleeval.EvalWithCompoundTypes(functions=self.functions, names={**names})
        try:
            return _plain(evaluator.eval(formula, previously_parsed=tree))
        except Exception as error:  # the functions are any in practicum, so any error may come back
            raise place.fault(_("the formula {formula} cannot be computed: {reason}").format(
                formula=formula, reason=error)) from None

    def number(self, formula, names, place):
        """Like ``value``, but only a finite number will do."""
        value = self.value(formula, names, place)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise place.fault(_("the formula {formula} gives {value}. It must give one number.").format(
                formula=formula, value=_cut(value)))
        return value

    def truth(self, formula, names, place):
        """Like ``value``, but only true or false will do."""
        value = self.value(formula, names, place)
        if not isinstance(value, bool):
            raise place.fault(_("the formula {formula} gives {value}. It must give true or false.").format(
                formula=formula, value=_cut(value)))
        return value

    def names(self, formula):
        """The names a formula uses, without those of its functions."""
        return {node.id for node in ast.walk(ast.parse(formula.strip(), mode="eval"))
                if isinstance(node, ast.Name)} - set(self.functions)

    def _tree(self, formula, names, place):
        try:
            tree = ast.parse(formula.strip(), mode="eval").body
        except SyntaxError:
            raise place.fault(_("{formula} is not a formula. Write it like this: goal - start.").format(
                formula=formula)) from None
        made = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", ast.unparse(node.func))
                if called not in self.functions:
                    raise place.fault(_('there is no function "{name}" to call. {similar}').format(
                        name=called, similar=_similar(called, self.functions)))
            elif isinstance(node, ast.Name) and node.id not in {*names, *self.functions, *made}:
                raise place.fault(_('nothing has the name "{name}". {similar}').format(
                    name=node.id, similar=_similar(node.id, names)))
        return tree


def _plain(value):
    """A NumPy number or array as the Python number or tuple it stands for."""
    value = value.tolist() if hasattr(value, "tolist") else value
    return tuple(value) if isinstance(value, list) else value


def _examples(entry, place, names, formulas, seed):
    """The names and values of each example of an item: first the fixed one, then others drawn with a fixed seed."""
    draws = _draws(entry.get("vary", {}), place, seed)
    made = (_named_values(entry, place, names, draw, formulas) for draw in draws)
    first = next(made)
    if not _tells_apart(entry, place, first, formulas):
        raise place.at("wrong").fault(_("one of the wrong numbers is as good as the answer. Change it, or the tolerance."))
    examples = [first]
    if "vary" in entry:
        useful = (example for example in made if _tells_apart(entry, place, example, formulas))
        examples += itertools.islice(useful, EXAMPLES - 1)
        if len(examples) < FEWEST_EXAMPLES:
            raise place.at("vary").fault(
                _("this gives {count} different examples; {wanted} are needed. Let more values vary.")
                .format(count=len(examples), wanted=FEWEST_EXAMPLES))
    return examples


def _draws(vary, place, seed):
    """Every choice of values for the names that vary: the first values first, the others in a fixed random order."""
    lists = {name: _steps(values) for name, values in vary.items()}
    for name, values in lists.items():
        if not values:
            raise place.at("vary", name).fault(_('this gives no value. Let "to" be larger than "from".'))
    count = math.prod(map(len, lists.values()))
    order = random.Random(seed).sample(range(1, count), min(count - 1, 1000))
    for number in [0, *order]:
        draw = {}
        for name, values in lists.items():
            number, place_in_list = divmod(number, len(values))
            draw[name] = values[place_in_list]
        yield draw


def _steps(values):
    """The list of values that {from, to, step} stands for."""
    if isinstance(values, list):
        return values
    count = math.floor((values["to"] - values["from"]) / values["step"] + 1e-9) + 1
    steps = [values["from"] + values["step"] * number for number in range(count)]
    return [round(step, 10) for step in steps]


def _named_values(entry, place, names, draw, formulas):
    """All names that the formulas and texts of one example may use."""
    own = [*draw, *entry.get("values", {})]
    for name in own:
        if name in names or name == "answer" or own.count(name) > 1:
            raise place.fault(_('the name "{name}" is used twice. Give each value a name of its own.').format(name=name))
    known = {**names, **draw}
    for name, formula in entry.get("values", {}).items():
        known[name] = formulas.value(formula, known, place.at("values", name))
    if "answer" in entry:
        here = place.at("answer")
        known["answer"] = formulas.number(entry["answer"], known, here)
        if not formulas.names(entry["answer"]):
            raise here.fault(_("a number is typed here. Write a formula that computes it from the data or the values."))
    return known


def _tells_apart(entry, place, example, formulas):
    """Whether no foreseen wrong number is within the tolerance of the answer."""
    return all(abs(formulas.number(wrong["value"], example, place.at("wrong", number, "value")) - example["answer"])
               > entry["tolerance"] for number, wrong in enumerate(entry.get("wrong", [])))


def _shuffled(parts, seed):
    """The parts in a fixed order that is never the given one."""
    order = random.Random(seed).sample(parts, len(parts))
    return order[1:] + order[:1] if order == parts else order


# ---- the key: what the script compares answers with ----

def _key(entry, place, examples, formulas, seed):
    """What is right, for each example, in the form that practice.js reads."""
    kind = entry["kind"]
    if kind in ("one", "several"):
        return {"right": [_right_options(entry, place, example, formulas) for example in examples]}
    if kind == "number":
        wrong = [[_short(formulas.number(part["value"], example, place.at("wrong", number, "value")))
                  for number, part in enumerate(entry.get("wrong", []))] for example in examples]
        return {"answer": [_short(example["answer"]) for example in examples], "wrong": wrong,
                "tolerance": entry["tolerance"], "percent": "%" in entry["unit"]}
    if kind == "order":
        return {"places": [str(entry["steps"].index(step) + 1) for step in _shuffled(entry["steps"], seed)]}
    if kind == "sort":
        return {"places": [_group_number(entry, place, number) for number in range(len(entry["cards"]))]}
    return {}


def _right_options(entry, place, example, formulas):
    right = [formulas.truth(option["right"], example, place.at("options", number, "right"))
             for number, option in enumerate(entry["options"])]
    if not any(right):
        raise place.at("options").fault(_("no option is right. Set right: true for the right one."))
    if entry["kind"] == "one" and sum(right) > 1:
        raise place.at("options").fault(_("more than one option is right. Keep one, or let the kind be several."))
    return [int(each) for each in right]


def _group_number(entry, place, number):
    group = entry["cards"][number]["group"]
    if group not in entry["groups"]:
        raise place.at("cards", number, "group").fault(
            _('"{group}" is none of the groups. {similar}').format(group=group, similar=_similar(group, entry["groups"])))
    return str(entry["groups"].index(group) + 1)


def _short(number):
    """The number without the last digits, in which processors differ."""
    return float(f"{number:.10g}")


# ---- texts: Markdown with values in it ----

class Texts:
    """Renders the Markdown of an item. A value that differs between examples becomes a slot the script can refill."""

    def __init__(self, examples):
        self.examples = examples
        self._values = []

    def html(self, text, place, inline=False):
        marked = self._mark(text, place)
        rendered = (MARKDOWN.renderInline if inline else MARKDOWN.render)(marked).strip()
        if MARK_IN_TAG.search(rendered):
            raise place.fault(_("a value stands in the address of a link. Write the address out."))
        return MARK.sub(self._slot, rendered)

    def plain(self, text, place):
        """The text as it is written, with the values of the first example."""
        return MARK.sub(lambda mark: self._values[ord(mark[0]) - FIRST_MARK][0], self._mark(text, place))

    @property
    def slots(self):
        """For each slot its texts, one for each example."""
        return {number: values for number, values in enumerate(self._values) if len(set(values)) > 1}

    def _mark(self, text, place):
        """The text with one private character in place of each placeholder."""
        try:
            pieces = list(string.Formatter().parse(MARK.sub("", text)))
        except ValueError:
            raise place.fault(_("a brace has no partner. Write {{ or }} for a real brace.")) from None
        return "".join(literal + ("" if name is None else self._number(name, spec, place))
                       for literal, name, spec, conversion in pieces)

    def _number(self, name, spec, place):
        if name not in self.examples[0]:
            raise place.fault(_('nothing has the name "{name}". {similar}').format(
                name=name, similar=_similar(name, self.examples[0])))
        try:
            values = [_shown(example[name], spec) for example in self.examples]
        except (ValueError, TypeError):
            raise place.fault(_('the value "{name}" cannot be shown as "{spec}". Write it like this: {example}.').format(
                name=name, spec=spec, example="{" + name + ":.1f}")) from None
        if values not in self._values:
            self._values.append(values)
        return chr(FIRST_MARK + self._values.index(values))

    def _slot(self, mark):
        number = ord(mark[0]) - FIRST_MARK
        shown = escape(self._values[number][0])
        return f'<span data-slot="{number}">{shown}</span>' if number in self.slots else shown


def _shown(value, spec):
    """A value as text; the numbers of a list are joined by commas."""
    if isinstance(value, tuple):
        return ", ".join(_shown(part, spec) for part in value if part is not None)
    if isinstance(value, float) and not spec:
        spec = ".10g"
    return format(value, spec)


# ---- the form ----

def _item_html(item):
    """The whole item. Parts marked data-live need the script and are hidden without it; the rest works on its own."""
    body = {"one": _choice_html, "several": _choice_html, "number": _number_html, "order": _order_html,
            "sort": _sort_html, "write": _write_html, "do": _do_html}[item.kind](item)
    prompt, folds, feedback = item.html("prompt"), _folds(item), _feedback(item)
    key = _json({**item._key, "examples": len(item.examples), "slots": item._texts.slots})
    return f"""<div class="practice" id="{item.anchor}" role="group" aria-labelledby="{item.anchor}-tab" \
data-lm-suppress-shortcuts="true" data-practice="{item.name}" data-kind="{item.kind}" \
data-key='{key}' data-texts='{_json(_script_texts(item.kind))}'>
<p class="practice-tab" id="{item.anchor}-tab">{escape(item.label)} <span>{item.objective}</span></p>
<form novalidate autocomplete="off">
<div class="practice-prompt" id="{item.anchor}-prompt">{prompt}</div>
{body}
{_buttons(item)}
</form>
<div role="status" data-part="status"></div>
<p class="practice-note" data-part="saved">{_("Answered on this device.")}</p>
{folds}
{feedback}
</div>"""


def _choice_html(item):
    kind, legend = ("radio", _("Choose one answer")) if item.kind == "one" else ("checkbox", _("Choose all right answers"))
    rows = [f'<label class="practice-option"><input type="{kind}" name="{item.anchor}" value="{number}"> '
            f'<span>{item.html("text", inline=True, at=("options", number))}</span> {_mark(item, number)}</label>'
            for number in range(len(item._entry["options"]))]
    return _fieldset(item, legend, rows)


def _number_html(item):
    name, unit = f"{item.anchor}-number", escape(item._entry["unit"])
    return (f'<p class="practice-number"><label for="{name}">{_("Your answer")}</label> '
            f'<input type="text" inputmode="decimal" id="{name}" aria-describedby="{name}-unit {item.anchor}-prompt"> '
            f'<span id="{name}-unit">{unit}</span></p>')


def _order_html(item):
    steps = item._entry["steps"]
    places = [str(number) for number in range(1, len(steps) + 1)]
    rows = [_select_row(item, number, ("steps", steps.index(step)), _("Place"), places)
            for number, step in enumerate(_shuffled(steps, item.name))]
    return _fieldset(item, _("Give each step its place"), rows)


def _sort_html(item):
    rows = [_select_row(item, number, ("cards", number), _("Group"), item._entry["groups"])
            for number in range(len(item._entry["cards"]))]
    return _fieldset(item, _("Choose a group for each"), rows)


def _select_row(item, number, at, first, choices):
    name = f"{item.anchor}-{number}"
    options = "".join(f'<option value="{value}">{escape(choice)}</option>' for value, choice in enumerate(choices, 1))
    return (f'<p class="practice-row"><label for="{name}">{item.html("text", inline=True, at=at)}</label> '
            f'<span><select id="{name}" aria-describedby="{name}-mark"><option value="">{first} …</option>{options}</select> '
            f'{_mark(item, number)}</span></p>')


def _write_html(item):
    name = f"{item.anchor}-text"
    return (f'<p><label for="{name}">{_("Your answer")}</label> '
            f'<textarea id="{name}" rows="5" aria-describedby="{item.anchor}-prompt"></textarea></p>')


def _do_html(item):
    return _fieldset(item, _("Tick what you have done"), _ticks(item))


def _ticks(item):
    return [f'<label class="practice-option"><input type="checkbox"> '
            f'<span>{item._texts.html(text, item._place.at("checklist", number), inline=True)}</span></label>'
            for number, text in enumerate(item._entry["checklist"])]


def _fieldset(item, legend, rows):
    return (f'<fieldset aria-describedby="{item.anchor}-prompt"><legend>{escape(legend)}</legend>\n'
            + "\n".join(rows) + "\n</fieldset>")


def _mark(item, number):
    return f'<span class="practice-mark" id="{item.anchor}-{number}-mark" data-mark="{number}"></span>'


def _buttons(item):
    check = {"write": _("Compare with a model answer"), "do": ""}.get(item.kind, _("Check"))
    buttons = [f'<button type="submit">{check}</button>'] if check else []
    if len(item.examples) > 1:
        buttons.append(f'<button type="button" data-action="another">{_("Another example")}</button>')
    buttons.append(f'<button type="button" data-action="clear">{_("Clear my answer")}</button>')
    return f'<p class="practice-buttons" data-live>{" ".join(buttons)}</p>'


def _folds(item):
    """Hint, solution and model answer: closed at first, so that they work without the script as well."""
    folds = []
    if "hint" in item._entry:
        folds.append(_fold("hint", _("Hint"), item.html("hint")))
    if "solution" in item._entry:
        note = _("The solution opens after the hint or after a first try.")
        folds.append(f'<p class="practice-note" data-part="locked">{note}</p>')
        folds.append(_fold("solution", _("Solution"), item.html("solution")))
    if "model" in item._entry:
        own = _fieldset(item, _("Check your own answer"), _ticks(item))
        folds.append(_fold("model", _("Model answer"), item.html("model") + own))
    return "\n".join(folds)


def _fold(part, summary, content):
    return f'<details data-part="{part}"><summary>{summary}</summary>\n{content}\n</details>'


def _feedback(item):
    """The feedback texts, of which the script shows copies. Where several can appear, each names its row."""
    field = {"one": "options", "several": "options", "number": "wrong", "sort": "cards", "order": "steps"}.get(item.kind)
    parts = item._entry.get(field, [])
    places = [(field, parts.index(part)) for part in (_shuffled(parts, item.name) if item.kind == "order" else parts)]
    texts = []
    for at in places:
        about = "" if item.kind in ("one", "number") else \
            f'<p class="practice-about">{item.html("text", inline=True, at=at)}</p>'
        texts.append(f'<template>{about}{item.html("feedback", at=at)}</template>')
    return "\n".join(texts)


def _json(value):
    """JSON that can stand between single quotes in an attribute."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;")


def _kind_name(kind):
    return {"one": _("one answer"), "several": _("several answers"), "number": _("a number"), "order": _("put in order"),
            "sort": _("sort into groups"), "write": _("write"), "do": _("do in your school")}[kind]


def _script_texts(kind):
    """Every text that the script shows for an item of this kind. The script fills the braces."""
    texts = {
        "clear": _("Your answer is cleared."),
        "refused": _("This browser keeps no record, so your answers are forgotten when you leave the page."),
        "right": _("Right."), "wrong": _("Not yet."),
        "rightMark": _("right"), "wrongMark": _("look again"),
        "another": _("Example {number} of {all}. The values in the question have changed."),
    }
    rows = _("Right so far: {number} of {all}.")
    return texts | {
        "one": {"none": _("Choose an answer first.")},
        "several": {"none": _("Choose at least one answer first."),
                    "missing": _("Right answers not yet chosen: {number}.")},
        "number": {"none": _("Write a number first."),
                   "form": _("This cannot be read as a number. Write it in digits, such as 12 or 1.5."),
                   "two": _("This looks like more than one number. Write one number only, such as 12 or 1.5."),
                   "percent": _("The answer is not a percentage here. Write the number without %."),
                   "read": _("Your number: {number}."),
                   "large": _("Your number is too large. Open the hint and try again."),
                   "small": _("Your number is too small. Open the hint and try again.")},
        "order": {"none": _("Give each step a place first."), "count": rows,
                  "twice": _("Two steps have the place {place}. Give each step a place of its own.")},
        "sort": {"none": _("Choose a group for each first."), "count": rows},
        "write": {"none": _("Write something first. One line is enough."),
                  "compare": _("The model answer is open below. Compare it with yours.")},
        "do": {"count": _("Done: {number} of {all}.")},
    }[kind]


# ---- my progress ----

def progress_html(practices, link=None):
    """A list of all practice items of the book, with what the reader has done, kept on the reader's device.

    ``practices`` are `Practice` objects in the order of the book. ``link`` is the address of an item as seen from the
    page, with {stem} and {anchor} in it, such as "../chapters/{stem}/{stem}.html#{anchor}".
    Without scripts it is a plain list. ``static/practice.js`` adds the record, export, import and erase.
    """
    chapters = "\n".join(_chapter_progress(practice, list(practice), link) for practice in practices)
    return f"""<div class="practice-progress" data-practice-progress data-texts='{_json(_progress_texts())}'>
<p data-part="scripts">{_("This is the list of practice items. Your own record needs scripts, which are switched off here.")}</p>
<div data-live>
<p><strong data-practice-total="[data-practice-item]"></strong></p>
<p class="practice-buttons"><button type="button" data-action="export">{_("Export my record")}</button></p>
<p><label>{_("Import a record")} <input type="file" accept=".json"></label></p>
<details><summary>{_("Erase my record")}</summary>
<p>{_("This erases all answers on this device. They cannot be brought back, unless you export them first.")}</p>
<p class="practice-buttons"><button type="button" data-action="erase">{_("Erase all my answers")}</button></p>
</details>
<div role="status" data-part="status"></div>
</div>
{chapters}
</div>"""


def _chapter_progress(practice, items, link):
    rows = "\n".join(_progress_row(item, link) for item in items)
    heads = "".join(f'<th scope="col">{name}</th>' for name in (_("Practice item"), _("Objective"), _("Minutes"), _("Done")))
    objectives = "".join(
        f'<li>{objective}: {_total([item for item in items if item.objective == objective])}</li>'
        for objective in dict.fromkeys(item.objective for item in items))
    return f"""<table>
<caption>{escape(practice.title)}</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody></table>
<p>{_total(items)}</p>
<ul>{objectives}</ul>"""


def _progress_row(item, link):
    title = escape(item.title)
    if link:
        title = f'<a href="{escape(link.format(stem=item.stem, anchor=item.anchor))}">{title}</a>'
    return (f'<tr data-practice-item="{item.name}" data-objective="{item.objective}" data-minutes="{item.minutes}">'
            f'<th scope="row">{title} <span class="practice-note">{_kind_name(item.kind)}</span></th>'
            f'<td>{item.objective}</td><td>{item.minutes}</td><td data-part="state">–</td></tr>')


def _total(items):
    """A total that the script counts again over the rows of these items."""
    total = _("{items} items, {minutes} minutes").format(items=len(items), minutes=sum(item.minutes for item in items))
    rows = ",".join(f"[data-practice-item='{item.name}']" for item in items)
    return f'<span data-practice-total="{rows}">{total}</span>'


def _progress_texts():
    return {
        "none": _("not yet"), "tried": _("tried"), "done": _("done"),
        "total": _("{done} of {items} items done, {minutesDone} of {minutes} minutes"),
        "refused": _("This browser keeps no record, so there is nothing to show."),
        "empty": _("There is no answer on this device yet."),
        "export": _("Answers saved in the file practicum-record.json: {number}."),
        "erase": _("Answers erased: {number}."),
        "imported": _("Answers taken from the file: {number}."),
        "notImported": _("This file is not a record of practice items. Choose a file that was saved with “Export my record”."),
    }
