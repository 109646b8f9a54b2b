"""Practice items in a real browser: worked by keyboard, remembered, exported, and without scripts."""

import functools
import html
import http.server
import json
import re
import shutil
import threading

import pytest

from practicum.observation import kappa
from practicum.practice import STATIC, chapter, progress_html

CHAPTER = """
title: Progress monitoring
functions: [practicum.progress]
data:
  probes: {file: probes.csv, column: words}
items:
- id: why-median
  objective: PM1
  kind: one
  minutes: 2
  prompt: The probes were {probes}. Why does the team take the **median**?
  options:
  - {text: It is the highest., right: false, feedback: It is the middle one.}
  - {text: One odd day moves it little., right: true, feedback: That is why.}
  - {text: It needs no probes., right: false, feedback: It needs three.}
  hint: Think of one odd day.
  solution: The median is `{middle}`.
  values: {middle: median(probes)}
- id: fair-probes
  objective: PM1
  kind: several
  minutes: 1
  prompt: What makes probes fair?
  options:
  - {text: Equal time, right: true, feedback: Time is held equal.}
  - {text: A good mood, right: false, feedback: Nobody can hold it.}
  - {text: Equal texts, right: true, feedback: Texts are held equal.}
  hint: What can you hold equal?
  solution: Time and texts.
- id: needed-rate
  title: The rate she needs
  objective: PM2
  kind: number
  minutes: 3
  prompt: From **{start}** to {goal} in {weeks} weeks. How much each week?
  vary: {start: [58, 40, 44, 49], goal: [88, 91], weeks: {from: 20, to: 23, step: 1}}
  answer: needed_rate(start, goal, weeks)
  tolerance: 0.005
  unit: words per week
  wrong:
  - {value: goal - start, feedback: "That is the gain of all {weeks} weeks."}
  hint: Share the gain out.
  solution: "({goal} − {start}) ÷ {weeks} = {answer:.2f}"
- id: share
  objective: PM2
  kind: number
  minutes: 1
  prompt: Which share of 1500 is 750, and how many words are in three parts?
  values: {all: 1500}
  answer: all
  tolerance: 0
  unit: '%'
  hint: h
  solution: s
- id: in-order
  objective: PM2
  kind: order
  minutes: 2
  prompt: Put in order.
  steps:
  - {text: Measure, feedback: All else is seen from here.}
  - {text: Set a goal, feedback: It needs a measure.}
  - {text: Decide, feedback: This comes last.}
  hint: What comes first?
  solution: Measure, set a goal, decide.
- id: who-does-it
  objective: PM3
  kind: sort
  minutes: 2
  prompt: Who does it?
  groups: [teacher, team]
  cards:
  - {text: Weekly probe, group: teacher, feedback: The teacher is there.}
  - {text: New plan, group: team, feedback: A plan is shared.}
  hint: Who is there?
  solution: Both do.
- id: lesson
  objective: PM2
  kind: watch
  minutes: 3
  prompt: Code each moment.
  codes: [at work, away]
  moments: {file: moments.csv}
  enough: 0.5
  hint: Look at the hands.
  solution: Compare with the key.
- id: letter
  objective: PM3
  kind: write
  minutes: 5
  prompt: Write to the parents.
  model: She reads more each week.
  checklist: [It starts with a strength., It has no jargon.]
- id: at-school
  objective: PM3
  kind: do
  minutes: 9
  prompt: In your school
  checklist: [Ask the pupil., Plan three probes.]
"""
KEY = [0, 0, 1, 0, 1, 0, 0, 1, 0, 0]
CODES = ["at work", "away"]
MOMENTS = "time,seen,code,why\n" + "\n".join(f"0:{number}0,She does thing {number}.,{CODES[code]},Reason {number}." for number, code in enumerate(KEY))
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="practice.css"><script defer src="practice.js"></script><script defer src="practice.js"></script>
<style>html[data-theme="dark"] {{ --ip-ink:#ece6da; --ip-paper:#14191d; --ip-card:#1e262b; --ip-line:#4b5a61; --ip-accent:#7fd1d9;
--ip-accent-ink:#10252a; --ip-good:#8fd6a4; --ip-think:#f2b880; --ip-focus:#7fd1d9; color-scheme: dark }}
body {{ background: var(--ip-paper, #fffdf8); color: var(--ip-ink, #1c2833); font: 17px/1.6 sans-serif }}</style>
<main><h1>{title}</h1><h2>Practise</h2>{body}</main></html>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The pages items.html and progress.html beside the shipped script and style."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "practice.yml").write_text(CHAPTER, encoding="utf-8")
    (folder / "probes.csv").write_text("words\n52\n57\n54\n", encoding="utf-8")
    (folder / "moments.csv").write_text(MOMENTS, encoding="utf-8")
    for name in ("practice.js", "practice.css"):
        shutil.copy(STATIC / name, folder)
    practice = chapter("pm", folder)
    items = "\n".join(item._repr_html_() for item in practice)
    (folder / "items.html").write_text(PAGE.format(title="Items", body=items), encoding="utf-8")
    (folder / "progress.html").write_text(
        PAGE.format(title="My progress", body=progress_html([practice], link="items.html#{anchor}")), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(folder):
    """The address of a small web server for the folder."""
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *words):
            pass
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(params=["file", "http"])
def root(request, folder, server):
    """Where the pages are: opened from a disk, and from a server."""
    return folder.as_uri() if request.param == "file" else server


@pytest.fixture
def items(page, server):
    """The page with all items; a script error fails the test."""
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.goto(f"{server}/items.html")
    return page


@pytest.fixture(scope="module")
def lasting_items(browser, server):
    """The same page for all the numbers that are typed: opening one for each would take most of the time."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server}/items.html")
    yield page
    context.close()


def item(page, name):
    return page.locator(f"#practice-pm-{name}")


def status(page, name):
    return item(page, name).get_by_role("status")


def answer_number(page, typed, name="needed-rate"):
    page.fill(f"#practice-pm-{name}-number", typed)
    page.press(f"#practice-pm-{name}-number", "Enter")
    return status(page, name).inner_text()


def press_check(page, name):
    item(page, name).get_by_role("button", name="Check").click()
    return status(page, name).inner_text()


def focused(page):
    return page.evaluate("document.activeElement.textContent || document.activeElement.id")


# ---- by keyboard ----

def test_one_answer_can_be_worked_by_keyboard_alone(page, root):
    page.goto(f"{root}/items.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert status(page, "why-median").inner_text() == "Not yet.\n\nIt needs three."
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    assert focused(page) == "Check"
    page.keyboard.press("Enter")
    assert status(page, "why-median").inner_text() == "Right.\n\nThat is why."
    assert focused(page) == "Check"


def test_several_answers_can_be_worked_by_keyboard_alone(items):
    item(items, "fair-probes").get_by_label("Equal time").focus()
    items.keyboard.press("Space")
    items.keyboard.press("Tab")
    items.keyboard.press("Tab")
    items.keyboard.press("Space")
    items.keyboard.press("Tab")
    items.keyboard.press("Space")
    assert status(items, "fair-probes").inner_text().startswith("Right.")
    assert focused(items) == "Check"


def test_order_and_sort_can_be_worked_by_keyboard_alone(items):
    for name, choices in {"in-order": {"Measure": "1", "Set a goal": "2", "Decide": "3"},
                          "who-does-it": {"Weekly probe": "teacher", "New plan": "team"}}.items():
        for label, choice in choices.items():
            item(items, name).get_by_label(label, exact=True).focus()
            items.keyboard.type(choice)
        item(items, name).get_by_role("button", name="Check").focus()
        items.keyboard.press("Enter")
        assert status(items, name).inner_text() == "Right."


def test_a_reflection_can_be_worked_by_keyboard_alone(items):
    item(items, "letter").get_by_label("Your answer").focus()
    items.keyboard.type("She reads more.\nSee you.")
    items.keyboard.press("Tab")
    items.keyboard.press("Space")
    assert status(items, "letter").inner_text() == "The model answer is open below. Compare it with yours."
    assert focused(items) == "Compare with a model answer"
    for key in ("Tab", "Tab", "Tab", "Space"):
        items.keyboard.press(key)
    assert item(items, "letter").get_by_label("It starts with a strength.").is_checked()


def test_a_checklist_can_be_worked_by_keyboard_alone(items):
    item(items, "at-school").get_by_label("Ask the pupil.").focus()
    items.keyboard.press("Space")
    assert status(items, "at-school").inner_text() == "Done: 1 of 2."
    items.keyboard.press("Enter")
    assert status(items, "at-school").inner_text() == "Done: 1 of 2."


def test_the_status_line_is_in_the_page_before_it_is_needed(items):
    assert items.locator("[role=status]").count() == items.locator(".practice").count() == 9
    assert items.locator("[role=status]").all_inner_texts() == [""] * 9


@pytest.mark.parametrize("name", ["Clear my answer", "Another example"])
def test_focus_stays_on_the_button_that_was_pressed(items, name):
    button = item(items, "needed-rate").get_by_role("button", name=name)
    button.focus()
    items.keyboard.press("Enter")
    assert focused(items) == name


# ---- feedback ----

def test_nothing_chosen_is_no_try_and_says_what_to_do(items):
    assert press_check(items, "why-median") == "Choose an answer first."
    assert press_check(items, "fair-probes") == "Choose at least one answer first."
    assert press_check(items, "who-does-it") == "Choose a group for each first."
    assert items.evaluate("localStorage.length") == 0
    assert not item(items, "why-median").locator("[data-part=solution] > summary").is_visible()


def test_each_chosen_answer_of_several_gets_its_feedback_and_missing_ones_are_counted(items):
    item(items, "fair-probes").get_by_label("Equal time").check()
    item(items, "fair-probes").get_by_label("A good mood").check()
    text = press_check(items, "fair-probes")
    assert text.startswith("Not yet. Right answers not yet chosen: 1.")
    assert "Time is held equal." in text and "Nobody can hold it." in text and "Texts are" not in text
    assert item(items, "fair-probes").locator(".practice-mark").all_inner_texts() == ["right", "look again", ""]


def test_two_steps_on_one_place_is_no_try(items):
    for select in item(items, "in-order").get_by_role("combobox").all():
        select.select_option("2")
    assert press_check(items, "in-order") == "Two steps have the place 2. Give each step a place of its own."
    assert items.evaluate("localStorage.length") == 0


def test_misplaced_steps_and_cards_are_told_one_by_one(items):
    for label, place in {"Measure": "1", "Set a goal": "3", "Decide": "2"}.items():
        item(items, "in-order").get_by_label(label, exact=True).select_option(place)
    text = press_check(items, "in-order")
    assert text.startswith("Not yet. Right so far: 1 of 3.")
    assert "It needs a measure." in text and "This comes last." in text and "All else" not in text
    for select in item(items, "who-does-it").get_by_role("combobox").all():
        select.select_option("team")
    text = press_check(items, "who-does-it")
    assert "The teacher is there." in text and "A plan is shared." not in text


def test_a_foreseen_wrong_number_gets_its_own_feedback_and_others_a_direction(items):
    assert answer_number(items, "30") == "Not yet. Your number: 30.\n\nThat is the gain of all 20 weeks."
    assert answer_number(items, "1.6") == \
        "Not yet. Your number: 1.6. Your number is too large. Open the hint and try again."
    assert answer_number(items, "-2") == \
        "Not yet. Your number: -2. Your number is too small. Open the hint and try again."
    assert answer_number(items, "1.5").startswith("Right.")


@pytest.mark.parametrize("typed, value", [
    ("1,5", 1.5), ("1.5", 1.5), (" 1.5 words", 1.5), ("1.50", 1.5), ("+1,5", 1.5), ("≈ 1.5", 1.5), ("1½", 1.5),
    ("1 1/2", 1.5), ("3/2", 1.5), ("١٫٥", 1.5), ("۱٫۵", 1.5), ("1.5 words a week.", 1.5), ("1,5\u00a0сөз", 1.5),
    ("½", 0.5), ("٣", 3), ("−2", -2), ("- 2", -2), (".5", 0.5), (",5", 0.5), ("5.", 5), ("1.000,5", 1000.5), ("1,000.5", 1000.5),
    ("1 000,5", 1000.5), ("1\u202f000", 1000), ("1'000", 1000), ("1.234.567", 1234567), ("1,234", 1.234), ("0.125", 0.125),
])
def test_a_number_is_read_in_many_ways_of_writing(lasting_items, typed, value):
    text = answer_number(lasting_items, typed)
    assert f"Your number: {value}." in text
    assert text.startswith("Right." if value == 1.5 else "Not yet.")


@pytest.mark.parametrize("typed, told", [
    ("", "Write a number first."), ("   ", "Write a number first."), ("three", "cannot be read as a number"),
    ("1 h 30", "more than one number"), ("1:30", "more than one number"), ("10-15", "more than one number"),
    ("1 5", "more than one number"), ("1.2.3", "more than one number"), ("1e3", "more than one number"),
    ("1/0", "more than one number"), ("50 %", "not a percentage here"), ("٪50", "more than one number|cannot be read"),
    ("--", "cannot be read"), (".", "cannot be read"), ("∞", "cannot be read"),
])
def test_an_unclear_number_is_no_try_and_is_explained(lasting_items, typed, told):
    lasting_items.evaluate("localStorage.clear()")
    assert re.search(told, answer_number(lasting_items, typed))
    assert lasting_items.evaluate("localStorage.length") == 0


def test_a_number_with_a_group_mark_may_be_meant_as_thousands(items):
    assert answer_number(items, "1,500 %", "share").startswith("Right. Your number: 1500.")
    assert answer_number(items, "1.500", "share").startswith("Right. Your number: 1500.")
    assert answer_number(items, "1.5", "share").startswith("Not yet.")


def test_the_hint_comes_before_the_solution(items):
    solution = item(items, "why-median").locator("[data-part=solution] > summary")
    note = item(items, "why-median").get_by_text("The solution opens after the hint or after a first try.")
    assert note.is_visible() and not solution.is_visible()
    item(items, "why-median").locator("[data-part=hint] > summary").click()
    solution.click()
    assert item(items, "why-median").get_by_text("The median is 54.").is_visible() and not note.is_visible()


def test_a_wrong_try_opens_the_way_to_the_solution(items):
    answer_number(items, "7")
    assert item(items, "needed-rate").locator("[data-part=solution] > summary").is_visible()


def test_the_model_answer_waits_until_something_is_written(items):
    letter = item(items, "letter")
    letter.get_by_role("button", name="Compare").click()
    assert status(items, "letter").inner_text() == "Write something first. One line is enough."
    assert not letter.locator("[data-part=model] > summary").is_visible()
    letter.get_by_label("Your answer").fill("x")
    letter.get_by_role("button", name="Compare").click()
    assert letter.get_by_text("She reads more each week.").is_visible()


def test_another_example_changes_question_key_feedback_and_solution_together(items):
    answers = set()
    for number in list(range(2, 13)) + [1]:
        item(items, "needed-rate").get_by_role("button", name="Another example").click()
        prompt = item(items, "needed-rate").locator(".practice-prompt").inner_text()
        assert status(items, "needed-rate").inner_text() == f"Example {number} of 12: {prompt}"
        start, goal, weeks = map(int, re.findall(r"\d+", prompt))
        answers.add((start, goal, weeks))
        assert f"That is the gain of all {weeks} weeks." in answer_number(items, str(goal - start))
        assert answer_number(items, f"{(goal - start) / weeks:.3f}").startswith("Right.")
        assert f"({goal} − {start}) ÷ {weeks}" in item(items, "needed-rate").locator("[data-part=solution]").text_content()
    assert len(answers) == 12 and (start, goal, weeks) == (58, 88, 20)


@pytest.mark.parametrize("forced_colours", ["none", "active"])
def test_right_and_wrong_are_told_by_a_word_and_a_drawn_sign(items, forced_colours):
    items.emulate_media(forced_colors=forced_colours)
    item(items, "why-median").get_by_label("One odd day").check()
    press_check(items, "why-median")
    answer_number(items, "7")
    signs = items.evaluate("""["why-median", "needed-rate"].map((name) => {
        const word = document.querySelector(`#practice-pm-${name} [role=status] strong`);
        const sign = getComputedStyle(word, "::before");
        return [word.textContent, sign.borderBottomWidth !== "0px", sign.borderRadius];
    })""")
    assert signs == [["Right.", True, "0px"], ["Not yet.", True, "50%"]]


# ---- an observation ----

def code_moments(page, given):
    for number, code in enumerate(given):
        item(page, "lesson").locator("[data-moment]").nth(number).get_by_label(CODES[code]).check()
    return press_check(page, "lesson")


def visible_moments(page):
    return item(page, "lesson").locator("[data-moment]").locator("visible=true").count()


def test_an_observation_can_be_worked_by_keyboard_alone(items):
    item(items, "lesson").get_by_label("at work").first.focus()
    for code in KEY:
        items.keyboard.press("Space")
        if code:
            items.keyboard.press("ArrowRight")
        items.keyboard.press("Tab")
    assert focused(items) == "Check"
    items.keyboard.press("Enter")
    assert status(items, "lesson").inner_text().startswith("Enough agreement. You and the key agree on 10 of 10 moments: 100 %.")


def test_a_moment_shows_when_the_one_before_has_its_code(items):
    assert visible_moments(items) == 1
    item(items, "lesson").get_by_label("away").first.check()
    assert visible_moments(items) == 2
    assert press_check(items, "lesson") == "Code every moment first. Moments without a code: 9."
    assert items.evaluate("localStorage.length") == 0
    item(items, "lesson").get_by_role("button", name="Clear my answer").click()
    assert visible_moments(items) == 1


@pytest.mark.parametrize("given", [KEY, [0] * 10, [1] * 10, [1 - code for code in KEY], [0, 0, 1, 0, 0, 0, 0, 1, 1, 0], [0, 1] * 5])
def test_agreement_and_kappa_with_the_key_are_those_of_the_library(items, given):
    text = code_moments(items, given)
    result = kappa(given, KEY)
    assert f"agree on {sum(map(int.__eq__, given, KEY))} of 10 moments: {100 * result.observed:.0f} %" in text
    assert f"By chance alone {100 * result.expected:.0f} % would" in text
    assert f"is {result.kappa:.2f}." in text.replace("-0.00", "0.00")
    assert text.startswith("Enough agreement." if result.kappa >= 0.5 else "Not yet enough agreement.")
    assert f"“away”: you {sum(given)} times, the key 3 times, both together {sum(map(min, given, KEY))} times." in text
    assert [f"Reason {number}." in text for number in range(10)] == [mine != own for mine, own in zip(given, KEY)]


def test_a_coded_observation_is_there_again_after_a_reload(page, root):
    page.goto(f"{root}/items.html")
    code_moments(page, [0, 1] * 5)
    page.reload()
    assert visible_moments(page) == 10
    assert [item(page, "lesson").locator("[data-moment]").nth(number).get_by_label("away").is_checked() for number in range(10)] == [False, True] * 5


def test_without_scripts_all_moments_and_the_key_are_there(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/items.html")
    assert visible_moments(page) == 10
    item(page, "lesson").locator("[data-part=solution] > summary").click()
    assert page.get_by_text("0:40 away").is_visible()
    context.close()


# ---- the record ----

def fill_in_everything(page):
    item(page, "why-median").get_by_label("One odd day").check()
    press_check(page, "why-median")
    item(page, "fair-probes").get_by_label("A good mood").check()
    press_check(page, "fair-probes")
    item(page, "needed-rate").get_by_role("button", name="Another example").click()
    answer_number(page, "7,25")
    for label, place in {"Measure": "1", "Set a goal": "2", "Decide": "3"}.items():
        item(page, "in-order").get_by_label(label, exact=True).select_option(place)
    press_check(page, "in-order")
    item(page, "letter").get_by_label("Your answer").fill("Dear parents,\n“hello” <b>")
    item(page, "letter").get_by_role("button", name="Compare").click()
    item(page, "letter").get_by_label("It has no jargon.").check()
    item(page, "at-school").get_by_label("Plan three probes.").check()


def test_answers_are_there_again_after_a_reload(page, root):
    page.goto(f"{root}/items.html")
    fill_in_everything(page)
    prompt = item(page, "needed-rate").locator(".practice-prompt").inner_text()
    page.reload()
    assert item(page, "why-median").get_by_label("One odd day").is_checked()
    assert item(page, "fair-probes").get_by_label("A good mood").is_checked()
    assert page.input_value("#practice-pm-needed-rate-number") == "7,25"
    assert item(page, "needed-rate").locator(".practice-prompt").inner_text() == prompt != "From 58 to 88 in 20 weeks."
    assert item(page, "in-order").get_by_label("Decide", exact=True).input_value() == "3"
    assert page.input_value("#practice-pm-letter-text") == "Dear parents,\n“hello” <b>"
    item(page, "letter").locator("[data-part=model] > summary").click()
    assert item(page, "letter").get_by_label("It has no jargon.").is_checked()
    assert item(page, "at-school").get_by_label("Plan three probes.").is_checked()
    told = page.get_by_text("Saved on this device:").locator("visible=true")
    assert told.count() == 6
    assert page.locator("[role=status]").all_inner_texts() == [""] * 9


@pytest.mark.parametrize("sure", [False, True])
def test_a_text_is_deleted_only_when_the_reader_is_sure(items, sure):
    items.on("dialog", lambda dialog: dialog.accept() if sure else dialog.dismiss())
    reflection = items.locator("[data-kind=write]").first
    reflection.locator("textarea").fill("three careful sentences")
    reflection.get_by_role("button", name="Clear my answer").click()
    assert reflection.locator("textarea").input_value() == ("" if sure else "three careful sentences")


def test_clearing_an_answer_forgets_it(items):
    answer_number(items, "7")
    item(items, "needed-rate").get_by_role("button", name="Clear my answer").click()
    assert status(items, "needed-rate").inner_text() == "Your answer is cleared."
    assert items.input_value("#practice-pm-needed-rate-number") == ""
    assert not item(items, "needed-rate").locator("[data-part=solution] > summary").is_visible()
    assert not item(items, "needed-rate").get_by_text("Saved on this device:").is_visible()
    assert items.evaluate("localStorage.length") == 0


def test_a_right_answer_stays_done_when_one_tries_further(items):
    answer_number(items, "1.5")
    answer_number(items, "7")
    assert json.loads(items.evaluate("localStorage['practicum:pm/needed-rate']"))["state"] == "done"


def test_a_record_that_something_else_wrote_does_no_harm(page, server):
    page.goto(f"{server}/progress.html")
    page.evaluate("""() => { localStorage['practicum:pm/why-median'] = '{"state":';
        localStorage['practicum:pm/needed-rate'] = '{"state":"tried","example":99,"answer":["7","8",{}]}';
        localStorage['practicum:pm/at-school'] = '{"state":"<b>","example":0,"answer":[true]}' }""")
    page.goto(f"{server}/items.html")
    assert item(page, "at-school").get_by_role("checkbox", checked=True).count() == 0
    item(page, "why-median").get_by_label("One odd day").check()
    assert press_check(page, "why-median").startswith("Right.")
    assert page.locator("#practice-pm-needed-rate-prompt").inner_text().startswith("From ")


def test_without_storage_the_items_work_and_say_once_that_nothing_is_kept(browser, server):
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
    page = context.new_page()
    page.goto(f"{server}/items.html")
    told = "This browser keeps no record"
    assert told in answer_number(page, "7") and told not in answer_number(page, "1.5")
    assert status(page, "needed-rate").inner_text().startswith("Right.")
    assert not page.get_by_text("Saved on this device:").locator("visible=true").count()
    page.goto(f"{server}/progress.html")
    assert told in page.get_by_role("status").inner_text()
    context.close()


# ---- my progress ----

def states(page):
    return dict(zip((row.get_attribute("data-practice-item").removeprefix("pm/") for row in
                     page.locator("[data-practice-item]").all()), page.locator("td[data-part=state]").all_inner_texts()))


def total(page, start):
    return next(line for line in page.locator("main").inner_text().splitlines() if line.startswith(start))


def test_my_progress_counts_what_was_done(page, root):
    page.goto(f"{root}/items.html")
    fill_in_everything(page)
    page.goto(f"{root}/progress.html")
    assert states(page) == {"why-median": "done", "fair-probes": "tried", "needed-rate": "tried", "share": "not yet",
                            "in-order": "done", "who-does-it": "not yet", "lesson": "not yet", "letter": "done", "at-school": "tried"}
    assert page.get_by_text("3 of 9 items done, 9 of 28 minutes").count() == 2
    assert total(page, "PM1") == "PM1: 1 of 2 items done, 2 of 3 minutes"
    assert total(page, "PM3") == "PM3: 1 of 3 items done, 5 of 16 minutes"
    page.get_by_role("link", name="The rate she needs").click()
    assert page.url.endswith("items.html#practice-pm-needed-rate")


def test_a_record_can_be_exported_erased_and_imported_again(page, server, tmp_path):
    page.goto(f"{server}/items.html")
    fill_in_everything(page)
    page.evaluate("localStorage.other = 'stays'")
    page.goto(f"{server}/progress.html")
    before = states(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export my record").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "practicum-record.json"
    assert set(json.loads(file.read_text(encoding="utf-8"))["answers"]) == {
        f"pm/{name}" for name, state in before.items() if state != "not yet"}
    assert page.get_by_role("status").inner_text() == "Answers saved in the file practicum-record.json: 6."

    page.get_by_text("Erase my record").click()
    assert states(page) == before
    page.get_by_role("button", name="Erase all my answers").click()
    assert page.get_by_role("status").inner_text() == "Answers erased: 6."
    assert focused(page) == "Erase all my answers"
    assert set(states(page).values()) == {"not yet"}
    assert page.evaluate("Object.keys(localStorage)") == ["other"]

    page.get_by_label("Import a record").set_input_files(file)
    page.get_by_text("Answers taken from the file: 6.").wait_for()
    assert states(page) == before
    page.goto(f"{server}/items.html")
    assert page.input_value("#practice-pm-needed-rate-number") == "7,25"


def test_a_file_that_is_no_record_changes_nothing(page, server):
    page.goto(f"{server}/progress.html")
    for text in ("", "[]", "null", "{}", '{"format": "practicum-record-1"}', '{"format": "other", "answers": {}}',
                 '{"format": "practicum-record-1", "answers": {"pm/share": {"state": "won", "example": 0}}}',
                 '{"format": "practicum-record-1", "answers": {"pm/share": {"state": "done", "example": -1}}}',
                 '{"format": "practicum-record-1", "answers": {"pm/share": null}}'):
        page.evaluate("document.querySelector('[role=status]').textContent = ''")
        page.get_by_label("Import a record").set_input_files(
            {"name": "a.json", "mimeType": "application/json", "buffer": text.encode()})
        page.get_by_text("This file is not a record of practice items.").wait_for()
        assert page.evaluate("localStorage.length") == 0


def test_an_empty_record_is_not_exported(page, server):
    page.goto(f"{server}/progress.html")
    page.get_by_role("button", name="Export my record").click()
    assert page.get_by_role("status").inner_text() == "There is no answer on this device yet."


# ---- without scripts, in other places, on paper ----

def test_without_scripts_question_options_hint_and_solution_are_there(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/items.html")
    assert page.get_by_text("The probes were 52, 57, 54.").is_visible()
    assert item(page, "why-median").get_by_label("One odd day").is_visible()
    assert page.get_by_role("button").count() == 0
    item(page, "why-median").locator("[data-part=hint] > summary").click()
    assert page.get_by_text("Think of one odd day.").is_visible()
    item(page, "why-median").locator("[data-part=solution] > summary").click()
    assert page.get_by_text("The median is 54.").is_visible()
    item(page, "letter").locator("[data-part=model] > summary").click()
    assert page.get_by_text("She reads more each week.").is_visible()
    assert not page.get_by_text("That is why.").is_visible()
    page.goto(f"{server}/progress.html")
    assert page.get_by_text("Your own record needs scripts").is_visible()
    assert page.get_by_text("9 items, 28 minutes").is_visible() and page.get_by_role("button").count() == 0
    context.close()


def test_an_item_that_comes_later_works_as_well(items, folder):
    text = (folder / "items.html").read_text(encoding="utf-8")
    late = re.search(r'<div class="practice" id="practice-pm-share".*?\n</div>', text, re.S)[0]
    answer_number(items, "15", "share")
    items.evaluate("() => document.querySelector('#practice-pm-share').remove()")
    items.evaluate("(text) => document.querySelector('main').insertAdjacentHTML('beforeend', text)", late)
    item(items, "share").get_by_role("button", name="Check").wait_for()
    assert items.input_value("#practice-pm-share-number") == "15"
    assert answer_number(items, "1500", "share").startswith("Right.")


def test_a_notebook_that_loads_the_script_inside_the_page_works(page, folder):
    practice = chapter("pm", folder)
    body = practice._repr_html_() + practice("needed-rate")._repr_html_()
    page.set_content(f'<!doctype html><html lang="en"><title>Notebook</title><body data-jp-theme-light="false"><main><h1>Notebook</h1><h2>Practise</h2>{body}</main>')
    assert answer_number(page, "1.5").startswith("Right.")
    assert page.locator(".practice").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(30, 38, 43)"


def test_on_paper_there_are_questions_and_lines_but_no_solutions(items):
    answer_number(items, "1.5")
    items.emulate_media(media="print")
    for hidden in ("button", "summary", "[role=status]", ".practice-note"):
        assert items.locator(hidden).locator("visible=true").count() == 0
    assert item(items, "why-median").get_by_label("One odd day").is_visible()
    assert items.locator("#practice-pm-needed-rate-number").evaluate(
        "field => [getComputedStyle(field).borderTopWidth, getComputedStyle(field).borderBottomWidth]") == ["0px", "1px"]


# ---- for everybody ----

@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_before_and_after_answering(page, axe, server, theme):
    for name in ("items", "progress"):
        page.goto(f"{server}/{name}.html")
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        assert axe(page) == []
        if name == "items":
            fill_in_everything(page)
            code_moments(page, [0, 1] * 5)
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        assert axe(page) == []


def test_axe_would_find_a_fault(items, axe):
    items.evaluate("document.querySelector('#practice-pm-needed-rate label').remove()")
    assert any(fault.startswith("label") for fault in axe(items))


def test_nothing_is_wider_than_a_small_phone(browser, server):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for name in ("items", "progress"):
        page.goto(f"{server}/{name}.html")
        if name == "items":
            fill_in_everything(page)
            code_moments(page, [0, 1] * 5)
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_every_target_is_large_enough_for_a_finger(items):
    fill_in_everything(items)
    small = items.evaluate("""[...document.querySelectorAll(
        "button, select, summary, textarea, .practice-option, input[type=text]")]
        .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 32).length""")
    assert small == 0
    assert items.locator("button").first.bounding_box()["height"] >= 44


def luminance(colour):
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_focus_is_seen_on_every_control(items, theme):
    items.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    card = luminance(item(items, "share").evaluate("node => getComputedStyle(node).backgroundColor"))
    seen = set()
    for _ in range(46):
        items.keyboard.press("Tab")
        tag, style, width, colour = items.evaluate("""(() => { const node = document.activeElement, style = getComputedStyle(node);
            return [node.tagName, style.outlineStyle, parseFloat(style.outlineWidth), style.outlineColor]; })()""")
        if tag == "BODY":
            break
        seen.add(tag)
        bright, dark = max(luminance(colour), card), min(luminance(colour), card)
        assert style == "solid" and width >= 2 and (bright + 0.05) / (dark + 0.05) >= 3
    assert seen >= {"INPUT", "BUTTON", "SELECT", "SUMMARY", "TEXTAREA"}


def test_the_pages_ask_nobody_else_for_anything(page, server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}/items.html")
    fill_in_everything(page)
    page.goto(f"{server}/progress.html")
    assert asked and all(url.startswith((server, "data:,")) for url in asked)


def test_the_texts_in_attributes_survive_every_mark(folder):
    page = (folder / "items.html").read_text(encoding="utf-8")
    for texts in re.findall(r"data-(?:texts|key)='([^']*)'", page):
        assert json.loads(html.unescape(texts))
