"""Practice items: what practice.yml gives, and what is said about a fault in it."""

import copy
import gzip
import html
import json
import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from practicum.errors import PracticumError
from practicum.practice import STATIC, chapter, progress_html
from practicum.progress import needed_rate

SCORES = "week,words,phase\n1,52,before\n2,57,before\n3,54,before\n4,58,help\n5,,help\n"

ONE = {
    "id": "why-median", "objective": "PM1", "kind": "one", "minutes": 2,
    "prompt": "The probes were {before}. Why take the **median**?",
    "options": [
        {"text": "It is the highest.", "right": False, "feedback": "It is the middle one."},
        {"text": "One odd day moves it *little*.", "right": True, "feedback": "Yes, that is why."},
    ],
    "hint": "Think of one odd day.", "solution": "The median is {middle}.", "values": {"middle": "median(before)"},
}
NUMBER = {
    "id": "needed-rate", "objective": "PM2", "kind": "number", "minutes": 3,
    "prompt": "From {start} to {goal} in {weeks} weeks: how much each week?",
    "vary": {"start": [58, 40, 44], "goal": [92, 88], "weeks": {"from": 15, "to": 18, "step": 1}},
    "answer": "needed_rate(start, goal, weeks)", "tolerance": 0.05, "unit": "words per week",
    "wrong": [{"value": "goal - start", "feedback": "That is the gain of all {weeks} weeks."}],
    "hint": "Share the gain out.", "solution": "({goal} − {start}) ÷ {weeks} = {answer:.2f}",
}
SEVERAL = ONE | {"id": "fair-probes", "kind": "several"}
ORDER = {
    "id": "steps", "objective": "PM2", "kind": "order", "minutes": 2, "prompt": "Put in order.",
    "steps": [{"text": text, "feedback": f"About: {text}"} for text in ("Measure", "Set a goal", "Draw", "Decide")],
    "hint": "What comes first?", "solution": "Measure, set a goal, draw, decide.",
}
SORT = {
    "id": "who", "objective": "PM3", "kind": "sort", "minutes": 2, "prompt": "Who does it?", "groups": ["teacher", "team"],
    "cards": [{"text": "Weekly probe", "group": "teacher", "feedback": "The teacher is there."},
              {"text": "New plan", "group": "team", "feedback": "A plan is shared."}],
    "hint": "Who is there?", "solution": "The teacher measures, the team decides.",
}
WRITE = {"id": "letter", "objective": "PM3", "kind": "write", "minutes": 5, "prompt": "Write to the parents.",
         "model": "She reads more each week.", "checklist": ["It starts with a strength."]}
DO = {"id": "at-school", "objective": "PM3", "kind": "do", "minutes": 9, "prompt": "In your school",
      "checklist": ["Ask the pupil.", "Plan three probes."]}
WATCH = {"id": "lesson", "objective": "PM3", "kind": "watch", "minutes": 3, "prompt": "Code each moment.",
         "codes": ["at work", "away"], "moments": {"file": "data/moments.csv"}, "enough": 0.6,
         "hint": "Look at the hands.", "solution": "Compare with the key."}
MOMENTS = """time,seen,code,why
0:10,"She writes, and hums.",at work,Writing is work.
0:20,She looks out.,away,Nothing to see there.
0:30,She asks <why>.,at work,Asking is work.
"""
ALL_KINDS = [ONE, SEVERAL, NUMBER, ORDER, SORT, WATCH, WRITE, DO]


@pytest.fixture
def make(tmp_path):
    """Writes a chapter with these items and opens it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "scores.csv").write_text(SCORES, encoding="utf-8")
    (tmp_path / "data" / "moments.csv").write_text(MOMENTS, encoding="utf-8")

    def make(*items, **top):
        source = {
            "functions": ["practicum.progress"],
            "data": {"before": {"file": "data/scores.csv", "column": "words", "where": {"phase": "before"}}},
            "items": copy.deepcopy(list(items)), **top}
        text = yaml.safe_dump(source, sort_keys=False, allow_unicode=True)
        (tmp_path / "practice.yml").write_text(text, encoding="utf-8")
        return chapter("reading", tmp_path)
    return make


@pytest.fixture
def fault(make):
    """The message about an item of which some fields were changed; a field set to None is taken out."""
    def fault(item, **changes):
        changed = {name: value for name, value in (item | changes).items() if value is not None}
        with pytest.raises(PracticumError) as caught:
            make(changed)(changed.get("id", "?"))
        return str(caught.value)
    return fault


def shown(item):
    return item._repr_html_()


def attribute(item, name):
    return json.loads(html.unescape(re.search(f"data-{name}='([^']*)'", shown(item))[1]))


# ---- what an item is ----

@pytest.mark.parametrize("item", ALL_KINDS, ids=lambda item: item["kind"])
def test_every_kind_shows_its_prompt_and_the_same_html_each_time(make, item):
    practice = make(item)
    assert shown(practice(item["id"])) == shown(practice(item["id"]))
    assert 'data-lm-suppress-shortcuts="true"' in shown(practice(item["id"]))
    assert item["prompt"].split("{")[0] in repr(practice(item["id"]))


@pytest.mark.parametrize("item", ALL_KINDS, ids=lambda item: item["kind"])
def test_ids_in_the_page_are_unique_and_every_reference_has_its_target(make, item):
    page = shown(make(item)(item["id"]))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    references = " ".join(re.findall(r'(?:for|aria-labelledby|aria-describedby)="([^"]+)"', page)).split()
    assert references and set(references) <= set(ids)
    assert all(name.startswith("practice-reading-" + item["id"]) for name in ids)


def test_an_item_tells_what_the_report_needs(make):
    item = make(ONE)("why-median")
    assert (item.name, item.kind, item.objective, item.minutes) == ("reading/why-median", "one", "PM1", 2)
    assert item.title == "Why median"
    assert item.options == [("It is the highest.", False), ("One odd day moves it *little*.", True)]
    assert make(ONE | {"title": "The middle"})("why-median").title == "The middle"


def test_a_terminal_shows_kind_prompt_and_choices_but_not_the_key(make):
    assert repr(make(ONE)("why-median")) == (
        "Practise · one answer · 2 min · PM1\nThe probes were 52, 57, 54. Why take the **median**?\n"
        "- It is the highest.\n- One odd day moves it *little*.")


def test_practice_can_be_gone_through_and_counted(make):
    practice = make(*ALL_KINDS)
    assert len(practice) == 8
    assert [item.kind for item in practice] == ["one", "several", "number", "order", "sort", "watch", "write", "do"]


def test_the_set_up_cell_carries_script_and_style(make):
    page = make(ONE)._repr_html_()
    assert (STATIC / "practice.js").read_text(encoding="utf-8") in page
    assert (STATIC / "practice.css").read_text(encoding="utf-8") in page
    assert page.count("</script>") == page.count("</style>") == 1


def test_an_unknown_id_names_the_ones_near_it(make):
    with pytest.raises(PracticumError, match='no practice item "why-medain". There is: why-median'):
        make(ONE, NUMBER)("why-medain")


# ---- keys ----

def test_the_number_key_is_what_the_library_computes(make):
    key = attribute(make(NUMBER)("needed-rate"), "key")
    assert key["answer"][0] == pytest.approx(needed_rate(58, 92, 15), rel=1e-9)
    assert key["wrong"][0] == [34]


def test_the_key_follows_the_data(make, tmp_path):
    item = NUMBER | {"answer": "median(before)", "vary": None, "prompt": "p", "solution": "s", "wrong": []}
    item = {name: value for name, value in item.items() if value is not None}
    assert attribute(make(item)("needed-rate"), "key")["answer"] == [54]
    (tmp_path / "data" / "scores.csv").write_text(SCORES.replace("54", "56"), encoding="utf-8")
    assert attribute(chapter("reading", tmp_path)("needed-rate"), "key")["answer"] == [56]


def test_there_are_twelve_examples_and_each_key_belongs_to_the_values_shown(make):
    key = attribute(make(NUMBER)("needed-rate"), "key")
    assert key["examples"] == len(key["answer"]) == 12
    starts, goals, weeks, solutions = (key["slots"][number] for number in "0123")
    assert len(set(zip(starts, goals, weeks))) == 12
    assert (starts[0], goals[0], weeks[0]) == ("58", "92", "15")
    for start, goal, number, solution, answer in zip(starts, goals, weeks, solutions, key["answer"]):
        assert needed_rate(float(start), float(goal), float(number)) == pytest.approx(answer)
        assert solution == f"{answer:.2f}"


def test_an_example_in_which_a_wrong_number_would_be_right_is_left_out(make):
    item = NUMBER | {"vary": {"start": [50], "goal": [60, 61, 62, 63], "weeks": [10, 1, 9, 8]}}
    item["vary"]["start"] = [50, 51]
    key = attribute(make(item)("needed-rate"), "key")
    assert "1" not in key["slots"]["2"]
    assert all(abs(wrong[0] - answer) > 0.05 for wrong, answer in zip(key["wrong"], key["answer"]))


def test_an_option_may_be_right_by_a_formula_that_reads_a_result(make):
    options = [{"text": "falling", "right": "growth(week, before).rate < 0", "feedback": "f"},
               {"text": "rising", "right": "growth(week, before).rate > 0", "feedback": "f"}]
    kept = {"file": "data/scores.csv", "where": {"phase": "before"}}
    practice = make(ONE | {"options": options},
                    data={"before": kept | {"column": "words"}, "week": kept | {"column": "week"}})
    assert practice("why-median").options == [("falling", False), ("rising", True)]


def test_steps_are_never_shown_in_their_right_order_and_the_key_fits(make):
    item = make(ORDER)("steps")
    rows = re.findall(r'<label for="[^"]+">([^<]+)</label>', shown(item))
    assert sorted(rows) == sorted(step["text"] for step in ORDER["steps"])
    assert rows != [step["text"] for step in ORDER["steps"]]
    assert attribute(item, "key")["places"] == [
        str([step["text"] for step in ORDER["steps"]].index(row) + 1) for row in rows]
    assert re.findall(r"<p>About: ([^<]+)</p>", shown(item)) == rows


def test_cards_carry_the_number_of_their_group(make):
    assert attribute(make(SORT)("who"), "key")["places"] == ["1", "2"]


# ---- texts ----

def test_values_stand_in_texts_and_differing_ones_are_slots(make):
    page = shown(make(NUMBER)("needed-rate"))
    assert 'From <span data-slot="0">58</span> to' in page
    page = shown(make(ONE)("why-median"))
    assert "The probes were 52, 57, 54. Why take the <strong>median</strong>?" in page
    assert "The median is 54." in page


def test_markdown_is_small_and_html_is_shown_as_it_is_written(make):
    prompt = 'A `code`, a [link](https://example.org), <b onclick="x()">no</b>\n\n- one\n- {{two}}\n\n# no heading'
    page = shown(make(ONE | {"prompt": prompt})("why-median"))
    assert '<a href="https://example.org">link</a>' in page and "<code>code</code>" in page
    assert "<li>{two}</li>" in page
    assert "&lt;b onclick=&quot;x()&quot;&gt;no&lt;/b&gt;" in page and "<h1>" not in page


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_text_as_a_value_reaches_the_page_unharmed(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("chapter")
    item = {name: value for name, value in ONE.items() if name != "values"} | {
        "prompt": "Before {word} after", "solution": "s",
        "vary": {"word": [text, *(f"{number} <&'\">" for number in range(11))]}}
    (folder / "practice.yml").write_text(yaml.safe_dump({"items": [item]}, allow_unicode=True), encoding="utf-8")
    item = chapter("x", folder)("why-median")
    assert f'Before <span data-slot="0">{html.escape(text)}</span> after' in shown(item)
    assert attribute(item, "key")["slots"]["0"][0] == text


def test_a_date_and_an_empty_cell_are_read_as_such(make):
    practice = make(ONE | {"values": {"middle": "scores[-1] == None and 3 or 4"}}, data={
        "before": {"file": "data/scores.csv", "column": "week"}, "scores": {"file": "data/scores.csv", "column": "words"}})
    assert "The median is 3." in shown(practice("why-median"))


# ---- faults in the file: each message names file, line, item and field, and how to mend it ----

def test_a_message_names_file_line_item_and_field(tmp_path):
    text = "items:\n- id: a-b\n  objective: PM1\n  kind: do\n  minutes: 0\n  prompt: p\n  checklist: [c]\n"
    (tmp_path / "practice.yml").write_text(text, encoding="utf-8")
    with pytest.raises(PracticumError) as caught:
        chapter("reading", tmp_path)
    assert str(caught.value) == ('reading/practice.yml, line 5, item "a-b", field "minutes": '
                                 "0 is too small: at least 1 is needed.")


def test_a_missing_file_and_a_wrong_stem_are_told(tmp_path):
    with pytest.raises(PracticumError, match="There is no practice.yml in the folder"):
        chapter("reading", tmp_path)
    with pytest.raises(PracticumError, match='"../Reading" is not the name of a chapter'):
        chapter("../Reading", tmp_path)


@pytest.mark.parametrize("text, told", [
    ("items:\n- id: a\n  prompt: one: two\n", "line 3: the file cannot be read as YAML"),
    ("items:\n- id: a\n  id: b\n", 'line 3, item "b", field "id": this field is there twice'),
    ("items: [1]\n", 'item "1": 1 does not fit: a group of fields is needed here'),
    ("", "line 1: null does not fit"),
    ("- 1\n", "line 1: .* does not fit"),
    ("items:\n  a: 1\n  a: 2\n", "this field is there twice"),
    ("items: []\n", "more entries are needed here: at least 1"),
    ("items: [{id: a, objective: PM1, kind: do, minutes: 1, prompt: p, checklist: [c]}]\n1: 2\n",
     'line 2, field "1": there is no field of this name here'),
    ("items:\n- {id: a, tolerance: .inf}\n", ".inf is not an ordinary number"),
    ("functions: [os.path]\nitems: [1]\n", "practicum.progress"),
])
def test_a_broken_file_is_told_with_its_line(tmp_path, text, told):
    (tmp_path / "practice.yml").write_text(text, encoding="utf-8")
    with pytest.raises(PracticumError, match=told):
        chapter("reading", tmp_path)


def test_a_file_in_another_encoding_is_told(tmp_path):
    (tmp_path / "practice.yml").write_bytes("items: ү".encode("utf-16"))
    with pytest.raises(PracticumError, match="not saved as UTF-8"):
        chapter("reading", tmp_path)


@pytest.mark.parametrize("changes, told", [
    ({"moments": {"file": "data/none.csv"}}, 'there is no file "data/none.csv"'),
    ({"moments": {"file": "data/scores.csv"}}, 'the column "time" is missing'),
    ({"codes": ["at work", "elsewhere"]}, '"away" is none of the codes. There is: at work, elsewhere.'),
    ({"codes": ["at work"]}, "at least 2"), ({"enough": 0}, "too small"), ({"enough": 2}, "Write it like this: 0.6."),
    ({"moments": None}, 'field "moments": this field is missing')])
def test_what_is_wrong_with_an_observation_is_told(fault, changes, told):
    assert told in fault(WATCH, **changes)


def test_a_key_with_one_code_only_is_refused(make, tmp_path):
    practice = make(WATCH)
    (tmp_path / "data" / "moments.csv").write_text(MOMENTS.replace("away", "at work"), encoding="utf-8")
    with pytest.raises(PracticumError, match="the key has one code only"):
        chapter(practice.stem, tmp_path)("lesson")


def test_an_observation_shows_moments_in_order_with_a_button_for_each_code_and_the_key_for_paper(make):
    item = make(WATCH)("lesson")
    page = shown(item)
    assert attribute(item, "key")["places"] == [0, 1, 0]
    legends = re.findall(r"<legend>(.*?)</legend>", page)
    assert [re.sub("<[^>]+>", "", legend) for legend in legends] == [
        "0:10 moment 1 of 3 She writes, and hums.", "0:20 moment 2 of 3 She looks out.", "0:30 moment 3 of 3 She asks &lt;why&gt;."]
    assert page.count('type="radio"') == 6
    assert re.findall(r"<li>(.*?)</li>", page) == ["0:10 at work", "0:20 away", "0:30 at work"]


OPTION = {"text": "t", "right": True, "feedback": "f"}


@pytest.mark.parametrize("item, changes, told", [
    (ONE, {"hint": None}, 'field "hint": this field is missing. Add it.'),
    (ONE, {"hint": None, "hints": "h"}, 'field "hint": this field is missing. Add it. Is "hints" meant to be it?'),
    (ONE, {"colour": "red"}, 'field "colour": there is no field of this name here'),
    (ONE, {"kind": "match"}, '"match" is none of the choices: one, several, number, order, sort, watch, write, do'),
    (ONE, {"id": "Why Median"}, '"Why Median" does not fit here. Write it like this: needed-rate.'),
    (ONE, {"objective": "2"}, 'field "objective": "2" does not fit here. Write it like this: PM2.'),
    (ONE, {"prompt": "  "}, 'field "prompt"'),
    (ONE, {"prompt": {"start": None}}, "Put a text that begins with a brace in quotation marks."),
    (ONE, {"minutes": "two"}, '"two" does not fit: a whole number is needed here.'),
    (ONE, {"options": [OPTION]}, 'field "options": more entries are needed here: at least 2.'),
    (ONE, {"options": [OPTION, {"text": "u", "right": False}]}, 'field "options 2 feedback": this field is missing'),
    (ONE, {"options": [OPTION, OPTION]}, "more than one option is right"),
    (ONE, {"options": [OPTION | {"right": False}] * 2}, "no option is right"),
    (ONE, {"options": [OPTION | {"right": "before"}, OPTION]}, "It must give true or false."),
    (ONE, {"prompt": "{midle}"}, 'field "prompt": nothing has the name "midle". There is: middle.'),
    (ONE, {"prompt": "{middle.real}"}, 'nothing has the name "middle.real"'),
    (ONE, {"prompt": "an open { brace"}, 'field "prompt": a brace has no partner.'),
    (ONE, {"prompt": "{middle:.1q}"}, 'the value "middle" cannot be shown as ".1q"'),
    (ONE, {"prompt": "[a](https://example.org/{middle})"}, "a value stands in the address of a link"),
    (ONE, {"values": {"middle": "medain(before)"}}, 'field "values middle": there is no function "medain" to call. There is: median'),
    (ONE, {"values": {"middle": "befor[0]"}}, 'nothing has the name "befor". There is: before.'),
    (ONE, {"values": {"middle": "before."}}, "before. is not a formula. Write it like this"),
    (ONE, {"values": {"middle": "1 / 0"}}, "the formula 1 / 0 cannot be computed: division by zero"),
    (ONE, {"values": {"middle": "needed_rate(1, 2, 0)"}}, "cannot be computed: "),
    (ONE, {"values": {"middle": "before.__class__"}}, "cannot be computed"),
    (ONE, {"values": {"middle": "before.count(1)"}}, 'there is no function "before.count" to call'),
    (ONE, {"values": {"middle": "open('x')"}}, 'there is no function "open" to call'),
    (ONE, {"values": {"middle": "3", "before": "4"}}, 'the name "before" is used twice'),
    (NUMBER, {"answer": 12}, "12 does not fit: text is needed here."),
    (NUMBER, {"answer": "12.5"}, 'field "answer": a number is typed here.'),
    (NUMBER, {"answer": "round(12.5)"}, 'field "answer": a number is typed here.'),
    (NUMBER, {"answer": "before"}, "the formula before gives (52.0, 57.0, 54.0). It must give one number."),
    (NUMBER, {"answer": "start * 1e308 * 10"}, "It must give one number."),
    (NUMBER, {"unit": None}, 'field "unit": this field is missing'),
    (NUMBER, {"tolerance": -1}, "-1 is too small: at least 0 is needed"),
    (NUMBER, {"wrong": [{"value": "answer + 0.01", "feedback": "f"}]}, "one of the wrong numbers is as good as the answer"),
    (NUMBER, {"wrong": [{"value": "goal"}]}, 'field "wrong 1 feedback": this field is missing'),
    (NUMBER, {"vary": {"start": [1, 2], "goal": [92, 93], "weeks": [15, 16]}}, "this gives 8 different examples; 10 are needed"),
    (NUMBER, {"vary": NUMBER["vary"] | {"weeks": {"from": 5, "to": 4, "step": 1}}}, 'Let "to" be larger than "from".'),
    (NUMBER, {"vary": NUMBER["vary"] | {"weeks": {"from": 5, "to": 9}}},
     'field "vary weeks": {"from": 5, "to": 9} does not fit here. Write it like this: [20, 25, 30] / {from: 20, to: 40, step: 5}.'),
    (ORDER, {"steps": ORDER["steps"][:2]}, "at least 3"),
    (SORT, {"cards": [SORT["cards"][0] | {"group": "taecher"}, SORT["cards"][1]]}, '"taecher" is none of the groups. There is: teacher.'),
    (SORT, {"groups": ["team", "team"]}, "the same entry is there twice"),
    (WRITE, {"model": None}, 'field "model": this field is missing'),
    (DO, {"checklist": []}, 'field "checklist": more entries are needed'),
])
def test_a_fault_of_an_item_is_told(fault, item, changes, told):
    message = fault(item, **changes)
    assert told in message
    assert message.startswith("reading/practice.yml, line ") and "item " in message


@pytest.mark.parametrize("data, told", [
    ({"x": {"file": "data/none.csv", "column": "words"}}, 'field "data x file": there is no file "data/none.csv"'),
    ({"x": {"file": "data/scores.csv", "column": "word"}}, 'has no column "word". There is: words.'),
    ({"x": {"file": "data/scores.csv", "column": "words", "where": {"phase": "after"}}}, "no row of the file fits"),
    ({"X y": {"file": "data/scores.csv", "column": "words"}}, '"X y" does not fit here. Write it like this: weekly_rate.'),
])
def test_a_fault_of_the_data_is_told(make, data, told):
    with pytest.raises(PracticumError) as caught:
        make(DO, data=data)
    assert told in str(caught.value)


def test_an_unknown_module_and_a_repeated_id_are_told(make):
    with pytest.raises(PracticumError, match='field "functions 1": there is no module "practicum.progres"'):
        make(DO, functions=["practicum.progres"])
    with pytest.raises(PracticumError, match='item "at-school", field "id": another item has this id'):
        make(DO, DO)


def test_expressions_reach_only_the_functions_that_were_named(make):
    with pytest.raises(PracticumError, match='no function "needed_rate"'):
        make(NUMBER, functions=[])("needed-rate")


# ---- my progress ----

def test_the_progress_list_has_every_item_with_minutes_and_totals(make):
    page = progress_html([make(*ALL_KINDS, title="Is it <growing>?")], link="../{stem}.html#{anchor}")
    assert re.findall(r'data-practice-item="([^"]+)"', page) == [f"reading/{item['id']}" for item in ALL_KINDS]
    assert "<caption>Is it &lt;growing&gt;?</caption>" in page
    assert '<a href="../reading.html#practice-reading-why-median">Why median</a>' in page
    assert "8 items, 28 minutes" in page
    assert re.search(r"PM3: <span [^>]+>4 items, 19 minutes</span>", page)


def test_without_a_link_the_progress_list_is_plain_text(make):
    assert "<a " not in progress_html([make(DO)])


# ---- what is shipped ----

def test_script_and_style_stay_small():
    script, style = ((STATIC / name).read_bytes() for name in ("practice.js", "practice.css"))
    assert len(script) <= 14 * 1024 and len(gzip.compress(script)) <= 5 * 1024
    assert len(style) <= 7 * 1024


def test_nothing_moves_on_its_own():
    assert not re.search("transition|animation", (STATIC / "practice.css").read_text(encoding="utf-8"))


def test_the_script_asks_nothing_of_the_network_and_speaks_no_language():
    script = (STATIC / "practice.js").read_text(encoding="utf-8")
    assert not re.search(r"https?:|fetch|XMLHttp|import\(|sendBeacon|WebSocket", script)
    shown = re.findall(r'"([^"]*)"', re.sub(r"//.*|/\*.*?\*/", "", script))
    assert [text for text in shown if re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", text)] == []


def test_the_schema_is_sound_and_explains_its_fields():
    schema = json.loads((STATIC / "practice.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert all("description" in field for field in schema["$defs"]["item"]["properties"].values()
               if "$ref" not in field)
