"""Practice items as HTML: the form of one item, and the list of all for the page of the reader's progress."""

import json
from html import escape

from practicum._practice_values import shuffled
from practicum.i18n import gettext as _


def item_html(item):
    """The whole item. Parts marked data-live need the script and are hidden without it; the rest works on its own."""
    body = {"one": _choice_html, "several": _choice_html, "number": _number_html, "order": _order_html,
            "sort": _sort_html, "watch": _watch_html, "write": _write_html, "do": _do_html}[item.kind](item)
    prompt, folds, feedback, title = item.html("prompt"), _folds(item), _feedback(item), escape(item.title)
    key = _json({**item.key, "examples": len(item.examples), "slots": item.texts.slots})
    return f"""<div class="practice" id="{item.anchor}" role="group" aria-labelledby="{item.anchor}-title" \
data-lm-suppress-shortcuts="true" data-practice="{item.name}" data-kind="{item.kind}" \
data-key='{key}' data-texts='{_json(_script_texts(item.kind))}'>
<p class="practice-tab" id="{item.anchor}-tab">{escape(item.label)} <span>{item.objective}</span></p>
<h3 class="practice-title" id="{item.anchor}-title">{title}</h3>
<form novalidate autocomplete="off">
<div class="practice-prompt" id="{item.anchor}-prompt">{prompt}</div>
{body}
{_buttons(item)}
</form>
<div role="status" data-part="status"></div>
<p class="practice-note" data-part="saved"></p>
{folds}
{feedback}
</div>"""


def _choice_html(item):
    kind, legend = ("radio", _("Choose one answer")) if item.kind == "one" else ("checkbox", _("Choose all right answers"))
    rows = [f'<label class="practice-option"><input type="{kind}" name="{item.anchor}" value="{number}"> '
            f'<span>{item.html("text", inline=True, at=("options", number))}</span> {_mark(item, number)}</label>'
            for number in range(len(item.entry["options"]))]
    return _fieldset(item, legend, rows)


def _number_html(item):
    name, label, unit = f"{item.anchor}-number", _("Your answer"), escape(item.entry["unit"])
    return (f'<p class="practice-number"><label for="{name}">{label}{_of(item)}</label> '
            f'<input type="text" inputmode="decimal" id="{name}" aria-describedby="{item.anchor}-prompt {name}-unit"> '
            f'<span id="{name}-unit">{unit}</span></p>')


def _order_html(item):
    steps = item.entry["steps"]
    places = [str(number) for number in range(1, len(steps) + 1)]
    rows = [_select_row(item, number, ("steps", steps.index(step)), _("Place"), places)
            for number, step in enumerate(shuffled(steps, item.name))]
    return _fieldset(item, _("Give each step its place"), rows)


def _sort_html(item):
    rows = [_select_row(item, number, ("cards", number), _("Group"), item.entry["groups"])
            for number in range(len(item.entry["cards"]))]
    return _fieldset(item, _("Choose a group for each"), rows)


def _select_row(item, number, at, first, choices):
    name = f"{item.anchor}-{number}"
    options = "".join(f'<option value="{value}">{escape(choice)}</option>' for value, choice in enumerate(choices, 1))
    return (f'<p class="practice-row"><label for="{name}">{item.html("text", inline=True, at=at)}</label> '
            f'<span><select id="{name}" aria-describedby="{name}-mark"><option value="">{first} …</option>{options}</select> '
            f'{_mark(item, number)}</span></p>')


def _watch_html(item):
    """A group of buttons for each moment. The script shows a moment when the one before it has its code."""
    moments = item.entry["moments"]
    rows = []
    for number, moment in enumerate(moments):
        name, mark = f"{item.anchor}-{number}", _mark(item, number)
        choices = " ".join(f'<label class="practice-option"><input type="radio" name="{name}" value="{value}"> <span>{escape(code)}</span></label>'
                           for value, code in enumerate(item.entry["codes"]))
        count = _("moment {number} of {all}").format(number=number + 1, all=len(moments))
        rows.append(f'<fieldset class="practice-moment" data-moment aria-describedby="{name}-mark"><legend><span class="practice-time">'
                    f'{escape(moment["time"])} <span class="practice-note">{count}</span></span> '
                    f'{item.html("text", inline=True, at=("moments", number))}</legend>\n<div>{choices} {mark}</div></fieldset>')
    return f'<div role="group" aria-describedby="{item.anchor}-prompt">\n' + "\n".join(rows) + "\n</div>"


def _write_html(item):
    name, label = f"{item.anchor}-text", _("Your answer")
    return (f'<p><label for="{name}">{label}{_of(item)}</label> '
            f'<textarea id="{name}" rows="5" aria-describedby="{item.anchor}-prompt"></textarea></p>')


def _do_html(item):
    return _fieldset(item, _("Tick what you have done"), _ticks(item))


def _ticks(item):
    return [f'<label class="practice-option"><input type="checkbox"> '
            f'<span>{item.texts.html(text, item.place.at("checklist", number), inline=True)}</span></label>'
            for number, text in enumerate(item.entry["checklist"])]


def _fieldset(item, legend, rows):
    return (f'<fieldset aria-describedby="{item.anchor}-prompt"><legend>{escape(legend)}</legend>\n'
            + "\n".join(rows) + "\n</fieldset>")


def _mark(item, number):
    return f'<span class="practice-mark" id="{item.anchor}-{number}-mark" data-mark="{number}"></span>'


def _buttons(item):
    buttons = []
    if item.kind != "do":
        buttons.append(('type="submit"', _("Compare with a model answer") if item.kind == "write" else _("Check")))
    if len(item.examples) > 1:
        buttons.append(('type="button" data-action="another"', _("Another example")))
    buttons.append(('type="button" data-action="clear"', _("Clear my answer")))
    shown = " ".join(f"<button {attributes}>{words}</button>" for attributes, words in buttons)
    return f'<p class="practice-buttons" data-live>{shown}</p>'


def _folds(item):
    """Hint, solution and model answer: closed at first, so that they work without the script as well."""
    folds = []
    if "hint" in item.entry:
        folds.append(_fold("hint", _("Hint") + _of(item), item.html("hint")))
    if "solution" in item.entry:
        note = _("The solution opens after the hint or after a first try.")
        folds.append(f'<p class="practice-note" data-part="locked">{note}</p>')
        folds.append(_fold("solution", _("Solution") + _of(item), item.html("solution") + _key_html(item)))
    if "model" in item.entry:
        own = _fieldset(item, _("Check your own answer"), _ticks(item))
        folds.append(_fold("model", _("Model answer") + _of(item), item.html("model") + own))
    return "\n".join(folds)


def _of(item):
    """The title of the item after a name that every item has: a listener who jumps from field to field must tell them apart."""
    return f'<span class="unseen">: {escape(item.title)}</span>'


def _key_html(item):
    """The key of a watch item, so that one can compare on paper as well."""
    if item.kind != "watch":
        return ""
    rows = "".join(f'<li>{escape(moment["time"])} {escape(moment["code"])}</li>' for moment in item.entry["moments"])
    return f'\n<ul class="practice-key">{rows}</ul>'


def _fold(part, summary, content):
    return f'<details data-part="{part}"><summary>{summary}</summary>\n{content}\n</details>'


def _feedback(item):
    """The feedback texts, of which the script shows copies. Where several can appear, each names its row."""
    field = {"one": "options", "several": "options", "number": "wrong", "sort": "cards", "order": "steps", "watch": "moments"}.get(item.kind)
    parts = item.entry.get(field, [])
    places = [(field, parts.index(part)) for part in (shuffled(parts, item.name) if item.kind == "order" else parts)]
    texts = []
    for number, at in enumerate(places):
        time = f'{escape(parts[number]["time"])} ' if item.kind == "watch" else ""
        about = "" if item.kind in ("one", "number") else \
            f'<p class="practice-about">{time}{item.html("text", inline=True, at=at)}</p>'
        texts.append(f'<template>{about}{item.html("feedback", at=at)}</template>')
    return "\n".join(texts)


def _json(value):
    """JSON that can stand between single quotes in an attribute."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;")


def kind_name(kind):
    return {"one": _("one answer"), "several": _("several answers"), "number": _("a number"), "order": _("put in order"),
            "sort": _("sort into groups"), "watch": _("watch and code"), "write": _("write"), "do": _("do in your school")}[kind]


def _script_texts(kind):
    """Every text that the script shows for an item of this kind. The script fills the braces."""
    texts = {
        "clear": _("Your answer is cleared."),
        "refused": _("This browser keeps no record, so your answers are forgotten when you leave the page."),
        "right": _("Right."), "wrong": _("Not yet."),
        "savedDone": _("Saved on this device: done."), "savedTried": _("Saved on this device: tried, not done yet."),
        "rightMark": _("right"), "wrongMark": _("look again"),
        "another": _("Example {number} of {all}:"),
    }
    rows = _("Right so far: {number} of {all}. Look again at these:")
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
        "watch": {"right": _("Enough agreement."), "wrong": _("Not yet enough agreement."),
                  "rightMark": _("as the key"), "wrongMark": _("not as the key"),
                  "allCoded": _("All moments have a code. Press Check."),
                  "none": _("Code every moment first. Moments without a code: {number}."),
                  "result": _("You and the key agree on {same} of {all} moments: {percent} %. By chance alone {chance} % would be expected. "
                              "Kappa, the agreement beyond chance, is {kappa}."),
                  "code": _("“{code}”: you {yours} times, the key {keys} times, both together {both} times.")},
        "write": {"right": "", "none": _("Write something first. One line is enough."),
                  "sure": _("Delete what you have written?"), "compare": _("The model answer is open below. Compare it with yours.")},
        "do": {"count": _("Done: {number} of {all}.")},
    }[kind]


def progress_html(practices, link=None):
    """A list of all practice items of the book, with what the reader has done, kept on the reader's device.

    ``practices`` are `Practice` objects in the order of the book. ``link`` is the address of an item as seen from the
    page, with {stem} and {anchor} in it, such as "../chapters/{stem}/{stem}.html#{anchor}".
    Without scripts it is a plain list. ``static/practice.js`` adds the record, export, import and erase.
    """
    chapters = "\n".join(_chapter_progress(practice, list(practice), link) for practice in practices)
    scripts = _("This is the list of practice items. Your own record needs scripts, which are switched off here.")
    return f"""<div class="practice-progress" data-practice-progress data-texts='{_json(_progress_texts())}'>
<p data-part="scripts">{scripts}</p>
<div data-live>
<p><strong data-practice-total="[data-practice-item]"></strong></p>
{_record_controls()}
<div role="status" data-part="status"></div>
</div>
{chapters}
</div>"""


def _record_controls():
    """Export, import and, folded so that it takes two steps, erase."""
    export, take, erase = _("Export my record"), _("Import a record"), _("Erase my record")
    warning = _("This erases all answers on this device. They cannot be brought back, unless you export them first.")
    erase_all = _("Erase all my answers")
    return f"""<p class="practice-buttons"><button type="button" data-action="export">{export}</button></p>
<p><label>{take} <input type="file" accept=".json"></label></p>
<details><summary>{erase}</summary>
<p>{warning}</p>
<p class="practice-buttons"><button type="button" data-action="erase">{erase_all}</button></p>
</details>"""


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
            f'<th scope="row">{title} <span class="practice-note">{kind_name(item.kind)}</span></th>'
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
