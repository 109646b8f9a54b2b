"""A country file is read into steps, words and sources, or refused with a sentence that says what to mend and where."""

import pytest
import yaml

from practicum import charts, country
from practicum.comparison import over_definitions
from practicum.errors import PracticumError

STEPS = [{"name": "ask", "lane": "Family", "text": "Asks", "heard": ["parents"], "when": "by 1 March", "call": "The office"},
         {"name": "decide", "lane": "Office", "text": "Decides", "who": "The committee", "decision": True, "heard": ["parents", "pupil"],
          "source": {"title": "The town", "url": "https://example.org/town"}},
         {"name": "write", "lane": "School", "text": "Writes", "what": "Writes the programme."}]
EVENT = {"when": "2030", "what": "A law.", "source": {"title": "The law", "url": "https://example.org/law"}}
WHOLE = {"country": "Atlantis", "checked": "May 2030", "lanes": ["Family", "School", "Office"], "steps": STEPS,
         "arrows": [["ask", "decide"], ["decide", "write", "agreed"]], "answers": {"asks": "Anybody."},
         "terms": [{"word": "special school", "ru": "специальная школа"}], "changed": [EVENT], "criticised": [EVENT]}


def loaded(folder, **changes):
    path = folder / "atlantis.yml"
    path.write_text(yaml.safe_dump({**WHOLE, **changes}, allow_unicode=True), encoding="utf-8")
    return country.load(path)


def step(**changes):
    return [{**STEPS[0], **changes}, *STEPS[1:]]


@pytest.fixture
def atlantis(tmp_path):
    return loaded(tmp_path)


def test_a_third_country_needs_nothing_but_its_file(atlantis):
    assert (atlantis.name, atlantis.lanes, atlantis.heard("parents"), atlantis.heard("pupil")) == ("Atlantis", ("Family", "School", "Office"), (1, 2), (2,))
    chart = charts.path_chart(atlantis)
    assert chart.title == "The path in Atlantis"
    assert chart.rows == (("1", "Family", "Asks", "by 1 March", "2"), ("2", "The committee", "Decision: Decides", "", "3 (agreed)"),
                          ("3", "School", "Writes the programme.", "", "end"))


def test_the_tables_say_what_is_not_known_and_lead_to_the_sources(atlantis):
    steps = charts.steps_table(atlantis)
    assert steps.rows[0][2:] == ("parents", "no source") and steps.rows[2][2] == "nobody named as heard"
    assert '<a href="https://example.org/town">The town</a>' in steps._repr_html_()
    bodies = charts.bodies_table([atlantis, atlantis])
    assert bodies.rows[0] == ("Who may ask for support?", "Anybody.", "Anybody.")
    assert {row[1] for row in bodies.rows[1:]} == {"not found in the sources that we read"}
    assert '<span lang="ru">специальная школа</span>' in charts.words_of_table([atlantis])._repr_html_()
    assert charts.events_table([atlantis], "changed").rows[0][:2] == ("Atlantis, 2030", "A law.")


def test_the_form_gets_a_row_for_each_step(atlantis):
    values = atlantis.form_values()
    assert values["country"] == "Atlantis" and values["disagree"] == ""
    assert values["steps"][0] == {"step": "1", "who": "Family", "what": "Asks", "when": "by 1 March", "heard": "parents", "call": "The office"}
    assert [values["steps"][2][key] for key in ("when", "heard", "call")] == ["ask"] * 3


def test_without_lanes_and_arrows_the_steps_give_both(tmp_path):
    found = loaded(tmp_path, lanes=None, arrows=None, answers=None, terms=None, changed=None, criticised=None)
    assert found.lanes == ("Family", "Office", "School") and found.arrows == (("ask", "decide"), ("decide", "write"))


@pytest.mark.parametrize("changes, said", [
    ({"country": ""}, "atlantis.yml: country is empty"),
    ({"checked": None}, "checked is empty"),
    ({"steps": None}, "write two steps at least"),
    ({"steps": {"name": "ask"}}, "steps must be a list"),
    ({"steps": step(lane="Court")}, 'step 1: the lane "Court" is not one of: Family, School, Office'),
    ({"steps": step(text="")}, "step 1: text is empty"),
    ({"steps": step(heard=["aunt"])}, '"aunt" is nobody who is heard. Choose from: parents, pupil'),
    ({"steps": step(decision="maybe")}, "decision is true or false, not maybe"),
    ({"steps": step(name="decide")}, 'the name "decide" is used twice'),
    ({"steps": step(deadline="soon")}, "step 1: nobody reads deadline. Known are: name, lane"),
    ({"steps": step(source={"title": "Town", "url": "example.org"})}, "does not begin with https://"),
    ({"steps": step(source="the town")}, "step 1, source: entries with names are needed"),
    ({"steps": step(what=["a", "b"])}, "what takes one text, not several"),
    ({"steps": ["ask", "decide"]}, "step 1: entries with names are needed"),
    ({"arrows": [["ask", "judge"]]}, 'there is no step "judge". The steps are: ask, decide, write'),
    ({"arrows": [["ask"]]}, "is no arrow. Write it like this"),
    ({"answers": {"who": "me"}}, "answers: nobody reads who"),
    ({"terms": [{"word": "a", "fr": "b"}]}, "word 1: nobody reads fr"),
    ({"changed": [{"when": "2030", "what": "A law."}]}, "changed, entry 1, source"),
    ({"criticised": [{"when": "2030", "source": EVENT["source"]}]}, "what is empty"),
    ({"laws": []}, "atlantis.yml: nobody reads laws"),
])
def test_what_is_wrong_in_a_file_is_named_with_its_place(tmp_path, changes, said):
    with pytest.raises(PracticumError, match=said):
        loaded(tmp_path, **changes)


@pytest.mark.parametrize("content, said", [
    (b"country: a: b", "cannot be read at line 1"), (b"- ask", "holds no texts"), ("страна: \u0416".encode("cp1251"), "not saved as UTF-8"), (None, "There is no file")])
def test_a_file_that_cannot_be_read_is_told(tmp_path, content, said):
    if content is not None:
        (tmp_path / "broken.yml").write_bytes(content)
    with pytest.raises(PracticumError, match=said):
        country.load(tmp_path / "broken.yml")


def test_nobody_else_can_be_asked_for(atlantis):
    with pytest.raises(PracticumError, match='Nobody is called "teacher"'):
        atlantis.heard("teacher")


def test_a_range_over_definitions_is_drawn_with_each_of_them():
    chart = charts.definitions_chart({"here": over_definitions(of_all=40, of_some=90.5), "there": over_definitions(then=44, now=60)},
                                     measure="per cent", title="Shares")
    assert "here: from 40 to 90.5; of all 40, of some 90.5." in chart.alt and chart.sentence.endswith("there from 44 to 60, by what one counts.")
    assert chart.rows[1] == ("here", "of some", "90.5") and len(chart.rows) == 4
    with pytest.raises(PracticumError, match="room for 3 places; 4 were given"):
        charts.definitions_chart(dict.fromkeys("abcd", over_definitions(a=1, b=2)), measure="x", title="Too many")
