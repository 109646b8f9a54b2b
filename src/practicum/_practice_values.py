"""The values behind practice items: formulas, the examples they give, the key, and texts with values in them."""

import ast
import importlib
import inspect
import itertools
import math
import random
import re
import statistics
import string
from html import escape

import simpleeval
from markdown_it import MarkdownIt

from practicum._practice_file import cut, similar
from practicum.i18n import gettext as _

EXAMPLES, FEWEST_EXAMPLES = 12, 10
CALCULATOR = {"min": min, "max": max, "round": round, "abs": abs, "len": len, "sum": sum,
              "median": statistics.median, "mean": statistics.fmean}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "heading", "lheading", "hr", "blockquote", "code", "fence", "reference"])
# While Markdown is rendered, a value is one character of Unicode's private use area, which Markdown leaves alone.
FIRST_MARK = 0xE000
MARK = re.compile("[\ue000-\uefff]")
MARK_IN_TAG = re.compile("<[^>]*[\ue000-\uefff]|%EE%8")


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
            self.functions |= {key: function for key, function in inspect.getmembers(module, inspect.isfunction)
                               if function.__module__.startswith(name) and key[0] != "_"}

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
                formula=formula, value=cut(value)))
        return value

    def truth(self, formula, names, place):
        """Like ``value``, but only true or false will do."""
        value = self.value(formula, names, place)
        if not isinstance(value, bool):
            raise place.fault(_("the formula {formula} gives {value}. It must give true or false.").format(
                formula=formula, value=cut(value)))
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
                        name=called, similar=similar(called, self.functions)))
            elif isinstance(node, ast.Name) and node.id not in {*names, *self.functions, *made}:
                raise place.fault(_('nothing has the name "{name}". {similar}').format(
                    name=node.id, similar=similar(node.id, names)))
        return tree


def _plain(value):
    """A NumPy number or array as the Python number or tuple it stands for."""
    value = value.tolist() if hasattr(value, "tolist") else value
    return tuple(value) if isinstance(value, list) else value


def examples(entry, place, names, formulas, seed):
    """The names and values of each example of an item: first the fixed one, then others drawn with a fixed seed."""
    draws = _draws(entry.get("vary", {}), place, seed)
    drawn = (_named_values(entry, place, names, draw, formulas) for draw in draws)
    first = next(drawn)
    if not _tells_apart(entry, place, first, formulas):
        raise place.at("wrong").fault(
            _("one of the wrong numbers is as good as the answer. Change it, or the tolerance."))
    useful = (example for example in drawn if _tells_apart(entry, place, example, formulas))
    found = [first, *itertools.islice(useful, EXAMPLES - 1)]
    if "vary" in entry and len(found) < FEWEST_EXAMPLES:
        raise place.at("vary").fault(
            _("this gives {count} different examples; {wanted} are needed. Let more values vary.")
            .format(count=len(found), wanted=FEWEST_EXAMPLES))
    return found


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
            raise place.fault(
                _('the name "{name}" is used twice. Give each value a name of its own.').format(name=name))
    known = {**names, **draw}
    for name, formula in entry.get("values", {}).items():
        known[name] = formulas.value(formula, known, place.at("values", name))
    if "answer" in entry:
        here = place.at("answer")
        known["answer"] = formulas.number(entry["answer"], known, here)
        if not formulas.names(entry["answer"]):
            raise here.fault(
                _("a number is typed here. Write a formula that computes it from the data or the values."))
    return known


def _tells_apart(entry, place, example, formulas):
    """Whether no foreseen wrong number is within the tolerance of the answer."""
    return all(abs(formulas.number(wrong["value"], example, place.at("wrong", number, "value")) - example["answer"])
               > entry["tolerance"] for number, wrong in enumerate(entry.get("wrong", [])))


def shuffled(parts, seed):
    """The parts in a fixed order that is never the given one."""
    order = random.Random(seed).sample(parts, len(parts))
    return order[1:] + order[:1] if order == parts else order


def key(entry, place, examples, formulas, seed):
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
        return {"places": [str(entry["steps"].index(step) + 1) for step in shuffled(entry["steps"], seed)]}
    if kind == "sort":
        return {"places": [_group_number(entry, place, number) for number in range(len(entry["cards"]))]}
    if kind == "watch":
        return {"places": _code_numbers(entry, place.at("moments", "file")), "names": entry["codes"], "enough": entry["enough"]}
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
            _('"{group}" is none of the groups. {similar}')
            .format(group=group, similar=similar(group, entry["groups"])))
    return str(entry["groups"].index(group) + 1)


def _code_numbers(entry, place):
    """For each moment the number of its code in the list of codes, counted from 0."""
    used = [moment["code"] for moment in entry["moments"]]
    for code in used:
        if code not in entry["codes"]:
            raise place.fault(_('"{group}" is none of the codes. {similar}').format(group=code, similar=similar(code, entry["codes"])))
    if len(set(used)) < 2:
        raise place.fault(_("the key has one code only, so agreement beyond chance cannot be computed. Have moments with another code."))
    return [entry["codes"].index(code) for code in used]


def _short(number):
    """The number without the last digits, in which processors differ."""
    return float(f"{number:.10g}")


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
                name=name, similar=similar(name, self.examples[0])))
        try:
            values = [_shown(example[name], spec) for example in self.examples]
        except (ValueError, TypeError):
            raise place.fault(
                _('the value "{name}" cannot be shown as "{spec}". Write it like this: {example}.')
                .format(name=name, spec=spec, example="{" + name + ":.1f}")) from None
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
