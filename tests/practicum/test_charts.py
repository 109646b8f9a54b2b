"""A chart is a drawing with everything that lets one do without seeing it, the same on every run."""

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from practicum import charts
from practicum.behaviour import contingencies, share_by_time
from practicum.charts import drawing
from practicum.comparison import over_definitions
from practicum.errors import PracticumError
from practicum.instruction import fading, step_record, stuck_errors
from practicum.instruction import step_record
from practicum.improvement import cascade, run_chart_errors
from practicum.progress import decision_errors, growth, local_norms
from practicum.text import contrast_ratio

WEEKS = [0, 1, 2, 4, 5, 6]
SCORES = [40, 43, 39, 47, None, 52]
PHASES = ["alone", "alone", "alone", "pairs", "pairs", "pairs"]
REVERSAL = [3, 2, 4, 7, 6, 8, 4, None, 3, 8, 7, 9]
LINE = {"start": 40, "goal": 60, "goal_week": 10}
PATH = [
    {"name": "ask", "lane": "Family", "text": "Asks for a meeting", "when": "by 1 March"},
    {"name": "meet", "lane": "School", "text": "Meets", "what": "Meets and writes down what was said"},
    {"name": "decide", "lane": "Office", "text": "Decides", "who": "The committee", "kind": "decision"},
    {"name": "object", "lane": "Family", "text": "May object"},
]
WAYS = [("ask", "meet"), ("meet", "decide"), ("decide", "object", "disagrees"), ("object", "decide")]
TREE = [{"name": "aim", "lane": "Aim", "text": "All take part"}, {"name": "lessons", "lane": "Drivers", "text": "Open lessons"},
        {"name": "pairs", "lane": "Ideas", "text": "Talk in pairs"}]
CONTINGENCIES = contingencies([1] * 20 + [0] * 40, {"adult_attention": [1, 1, 1, 0] * 15, "task_put_off": [1] * 12 + [0] * 48,
                                                    "got_object": [1] + [0] * 59}, resamples=200)
BOOK_CSS = Path(__file__).parents[2] / "assets" / "styles" / "book.css"


def probes(**options):
    return charts.progress_chart(WEEKS, SCORES, phases=PHASES, **{**LINE, **options})


def errors(**options):
    return decision_errors(**{"rule": "four-point", "needed": 1.5, "noise_sd": 10, "weeks": 8, "pupils": 500, **options})


EACH = {
    "probes": probes,
    "trend": lambda: probes(trend=[growth([4, 6, 7], [47, 52, 53]), growth([4, 6, 7], [47, 52, 53], method="theil-sen")]),
    "errors": lambda: charts.errors_chart([errors(), errors(rule="trend-line", margin=1, minimum=5)]),
    "errors by week": lambda: charts.errors_by_week_chart([errors(weeks=weeks) for weeks in (6, 8)]),
    "norms": lambda: charts.norms_chart([40, 50, 50, 61], norms=local_norms([40, 50, 50, 61]), pupil=48, pupil_label="a pupil",
                                        foreign=97, foreign_label="another language"),
    "dots": lambda: charts.dots_chart(["one", "two", "three"], [0.5, 0.43, 3.56], low=[0.1, 0.2, None], high=[0.9, 0.6, None],
                                      reference=0, reference_label="no difference", measure="standard deviations", title="A few studies"),
    "dots of two series": lambda: charts.dots_chart(["Kazakh", "Russian"], {"before": [61, 55.5], "after": [40, 38]}, measure="LIX", title="Reading load"),
    "lines": lambda: charts.lines_chart([1, 2, 3, 4], {"partial": [80, 85, 90, 70], "whole": [40, None, 20, 10]}, x_label="seconds",
                                        measure="per cent", title="Two ways to record", reference=50, reference_label="the true share"),
    "grid": lambda: charts.grid_chart(["Take the ticket", "Sit down"], [1, 2, 3], [["full", "word", None], ["word", "alone", "alone"]],
                                      levels={"full": ("H", "full help"), "word": ("w", "a word"), "alone": ("●", "alone")},
                                      title="Steps and sessions", row_label="step", column_label="session"),
    "definitions": lambda: charts.definitions_chart({"here": over_definitions(of_all=40, of_some=90.5), "there": over_definitions(then=44, now=60)},
                                                    measure="per cent", title="By what one counts"),
    "steps": lambda: charts.flow_chart(PATH, WAYS, title="A path"),
    "tree": lambda: charts.flow_chart(TREE, [("pairs", "lessons"), ("lessons", "aim")], layout="tree", title="A tree"),
    "phases": lambda: charts.phase_chart(range(1, 13), REVERSAL, ["A"] * 3 + ["B"] * 3 + ["A"] * 3 + ["B"] * 3, measure="tasks begun", title="A reversal",
                                         reference=8, reference_label="the goal"),
    "phases with trends": lambda: charts.phase_chart(range(1, 13), REVERSAL, ["before"] * 6 + ["after the change"] * 6, measure="minutes until work begins",
                                                     x_label="school day", improvement="decrease", line="trend", title="One change"),
    "panels": lambda: charts.phase_panels_chart({"reading": (range(1, 13), REVERSAL, ["A"] * 3 + ["B"] * 9),
                                                 "writing": (range(1, 13), REVERSAL, ["A"] * 6 + ["B"] * 6)}, measure="tasks begun", title="Two lessons"),
    "alternating": lambda: charts.alternating_chart(range(1, 13), REVERSAL, ["paper", "tablet"] * 6, measure="tasks begun", title="Two cards"),
    "distribution": lambda: charts.distribution_chart([1, 2, 3, 4, 5], 5, measure="difference", counted="possible starts", title="All starts"),
    "large distribution": lambda: charts.distribution_chart(np.linspace(-2, 2, 401), 1.9, measure="gain", tail="lower", title="Many classes"),
    "contingency space": lambda: charts.contingency_space_chart(CONTINGENCIES),
    "differences": lambda: charts.differences_chart({"all lessons": CONTINGENCIES, "writing": CONTINGENCIES}, title="With and without"),
    "times": lambda: charts.times_chart(share_by_time(["2026-03-02 08:10", "2026-03-02 08:11", "2026-03-03 09:10"], [1, 0, 0]), days=[6, 0, 1]),
    "plan": lambda: charts.plan_chart([5, 6, None, 2, 4], [None, None, None, 3, 0], [None, None, 1, 0.8, 0.4], phases=["before", "before", "plan", "plan", "plan"],
                                      measure="minutes of 30", problem_label="walked away", replacement_label="card used"),
    "run chart": lambda: charts.run_chart(range(1, 13), [8, 12, 9, 11, None, 12, 13, 14, 15, 13, 14, 16], baseline=4, goal=18, measure="starts of 25",
                                          title="Starts", rules=["in-a-row", "trend"], phases=["before"] * 5 + ["cards"] * 7),
    "signal errors": lambda: charts.signal_errors_chart([run_chart_errors(points=12, schools=300), run_chart_errors(points=12, schools=300, rules="trend")]),
    "false alarms": lambda: charts.false_alarms_chart({"one": [run_chart_errors(points=n, schools=300) for n in (10, 12)],
                                                       "two": [run_chart_errors(points=n, schools=300, rules="trend") for n in (10, 12)]}),
    "cascade": lambda: charts.cascade_chart({"alone": cascade([6, 5], cascades=50), "coached": cascade([6, 5], coaching=0.5, cascades=50)}),
}
EACH["steps"] = lambda: charts.steps_chart(step_record([1, 1, 2, 2], [1, 2, 1, 2], ["physical", "words", "declined", "independent"]), names=["tap", "soap"])
EACH["levels"] = lambda: charts.levels_chart(step_record([1, 1, 2, 2], [1, 2, 1, 2], ["physical", "words", "gesture", "independent"]))
EACH["lessons and probes"] = lambda: charts.lessons_and_probes_chart(
    step_record([1, 1, 2, 2], [1, 2, 1, 2], ["words", "words", "gesture", "independent"]), step_record([3, 3], [1, 2], ["independent"] * 2))
EACH["stuck errors"] = lambda: charts.stuck_errors_chart([stuck_errors(window=window, pupils=200) for window in (6, 10)])
EACH["fading"] = lambda: charts.fading_chart([fading(n, pupils=200, error_cost=cost) for n in (1, 3) for cost in (0, 0.2)])
each_chart = pytest.mark.parametrize("draw", EACH.values(), ids=EACH)


@each_chart
def test_the_same_data_give_the_same_page_and_picture(draw):
    assert draw()._repr_html_() == draw()._repr_html_()
    assert draw().png() == draw().png()


@each_chart
def test_a_chart_brings_a_description_a_sentence_and_a_table_of_its_own(draw):
    chart = draw()
    assert len(chart.alt.split()) >= 15 and ("chart" in chart.alt or "plot" in chart.alt)
    assert chart.sentence.startswith("Read in one sentence: ") and len(chart.rows) >= 2
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    page = chart._repr_html_()
    assert f'aria-label="{chart.alt}"' in page.replace("&quot;", '"').replace("&#x27;", "'")
    assert "<figcaption>" in page and '<th scope="col">' in page and '<th scope="row">' in page


@each_chart
def test_the_drawing_is_well_formed_scales_and_holds_no_sentence(draw):
    root = ElementTree.fromstring(draw().svg())
    assert root.get("role") == "img" and root.get("viewBox") and root.get("width") is None
    words = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words and max(len(text.split()) for text in words) <= 9 and not any(text.endswith(".") for text in words)


def test_two_charts_on_one_page_share_no_identifier():
    found = [set(re.findall(r' id="([^"]+)"', draw().svg())) for draw in EACH.values()]
    assert sum(map(len, found)) == len(set.union(*found))
    for draw in EACH.values():
        svg = draw().svg()
        assert set(re.findall(r"(?:url\(#|href=\"#)([\w-]+)", svg)) <= set(re.findall(r' id="([^"]+)"', svg))


def test_one_changed_score_changes_drawing_description_and_table():
    first, second = probes(), charts.progress_chart(WEEKS, [40, 43, 39, 47, None, 44], phases=PHASES, **LINE)
    assert first.svg() != second.svg() and first.alt != second.alt and first.rows != second.rows


def test_the_description_says_what_the_eye_would_see():
    alt = probes().alt
    assert "school weeks 0 to 10" in alt and "from 40 in week 0 to 60 in week 10" in alt
    assert "Alone, weeks 0 to 2: 3 probes from 39 to 43, 1 below the goal line." in alt
    assert "Pairs, weeks 4 to 6: 2 probes from 47 to 52, 1 below the goal line." in alt
    assert "No probe in week 3 and 5." in alt
    assert probes().rows[2][:4] == ("2", "39", "44", "below")


def test_a_trend_is_told_with_its_ends_and_its_doubt():
    line = growth(range(8), [40, 43, 42, 45, 47, 46, 50, 51], method="theil-sen")
    chart = charts.progress_chart(range(8), [40, 43, 42, 45, 47, 46, 50, 51], **LINE, trend=[line])
    assert f"by Theil–Sen goes from {line.at(0):.1f} to" in chart.alt
    assert "(anything from 1 to 2 fits)" in chart.sentence and line.interval == pytest.approx((1, 2))
    assert chart.columns[4] == "trend, Theil–Sen" and chart.rows[0][4] == f"{line.at(0):.1f}".removesuffix(".0")


def test_series_differ_by_marker_and_dash_as_well_as_by_colour():
    lines = probes(trend=[growth([4, 6], [47, 52]), growth([4, 6], [47, 52], method="theil-sen")]).figure.axes[0].lines
    labelled = [line for line in lines if not line.get_label().startswith("_")]
    looks = [(line.get_marker(), line._dash_pattern[1] and tuple(line._dash_pattern[1])) for line in labelled]
    assert len(labelled) >= 4 and len(set(looks)) == len(looks)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_of_a_chart_stands_out_from_the_page(theme):
    css = BOOK_CSS.read_text(encoding="utf-8")
    block = re.search(rf'html\[data-theme="{theme}"\] \{{\s+--ip-ink[^}}]+', css)[0]
    colour = dict(re.findall(r"--ip-(\w+): (#\w{6})", block))
    for name in ("ink", "accent", "think", "soft"):
        assert contrast_ratio(colour[name], colour["paper"]) >= 4.5


def test_the_page_colours_are_those_of_the_book():
    css = BOOK_CSS.read_text(encoding="utf-8")
    for hexadecimal, page_colour in drawing.PAGE_COLOURS.items():
        assert hexadecimal in css
        assert page_colour == "currentColor" or re.search(r"--ip-\w+", page_colour)[0] in css


def test_the_errors_drawn_are_those_computed():
    result = errors()
    chart = charts.errors_chart([result])
    assert chart.rows == (("four-point rule, probes jump by 10", f"{100 * result.false_alarm:.0f}", f"{100 * result.miss:.0f}"),)
    assert f"{100 * result.false_alarm:.0f} false alarms, {100 * result.miss:.0f} misses" in chart.alt


def test_norms_name_the_pupil_and_what_stands_apart():
    chart = EACH["norms"]()
    assert "a pupil at 48, with 1 of 4 pupils below" in chart.alt and "another language, 97" in chart.alt
    assert chart.rows[-2:] == (("a pupil", "48"), ("another language", "97"))


def test_what_the_rules_say_knows_only_the_probes_until_then():
    table = charts.verdicts_table([1, 2, 3, 4, 5], [30, 30, 30, 30, 90], start=40, goal=60, weeks_to_goal=10, rules=["four-point"])
    assert [row[2] for row in table.rows] == ["wait", "wait", "wait", "change", "keep going"]


def test_a_missing_number_is_named_and_text_is_escaped():
    page = charts.table(pd.DataFrame({"week": [1, 2], "words_correct": [40, np.nan], "note": ["<b>", None]}), "A & B")._repr_html_()
    assert "not measured" in page and "&lt;b&gt;" in page and "<caption>A &amp; B</caption>" in page and "words correct" in page


def test_a_text_in_another_language_is_marked():
    frame = pd.DataFrame({"language": ["Kazakh"], "sentence": ["Мен оқыдым."]})
    assert '<span lang="kk">Мен оқыдым.</span>' in charts.words_table(frame)._repr_html_()


def test_dates_may_stand_for_weeks():
    dates = pd.to_datetime(["2025-09-01", "2025-09-08", "2025-09-15"])
    assert [row[0] for row in charts.progress_chart(dates, [40, 41, 43], **LINE).rows] == ["0", "1", "2"]


def test_unequal_lengths_are_refused_with_their_numbers():
    with pytest.raises(PracticumError, match="3 weeks, 2 scores and 2 phases"):
        charts.progress_chart([1, 2, 3], [40, 41], **LINE)


def test_a_picture_can_be_saved(tmp_path):
    probes().save(tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


def test_a_dot_chart_tells_the_interval_and_the_largest_change():
    one, two = EACH["dots"](), EACH["dots of two series"]()
    assert "one: 0.5 (0.1 to 0.9)" in one.alt and "three: 3.56;" not in one.alt and "three: 3.56." in one.alt
    assert one.rows[0] == ("one", "0.5", "0.1", "0.9") and one.rows[2] == ("three", "3.56", "", "")
    assert "falls in 2" in two.sentence and "most for Kazakh, from 61 to 40" in two.sentence


def test_of_many_rows_the_description_tells_only_the_ends():
    chart = charts.dots_chart([f"row {n}" for n in range(20)], range(20), measure="points", title="Many rows")
    assert "row 19: 19" in chart.alt and "row 0: 0" in chart.alt and "row 9: 9" not in chart.alt and len(chart.rows) == 20


def test_a_line_tells_where_it_turns_and_where_nothing_was_measured():
    chart = EACH["lines"]()
    assert "partial: from 80 at 1 to 70 at 4; highest 90 at 3." in chart.alt
    assert chart.rows[1] == ("2", "85", "")


def test_a_grid_names_its_levels_in_words_and_counts_them_for_each_row():
    chart = EACH["grid"]()
    assert chart.rows == (("Take the ticket", "full help", "a word", "no data"), ("Sit down", "a word", "alone", "alone"))
    assert "Sit down: a word 1, alone 2." in chart.alt
    assert "in 0 of 2 rows in the first column (1) and in 1 of 1 in the last (3)" in chart.sentence


@pytest.mark.parametrize("draw, complaint", [
    (lambda: charts.dots_chart(["a", "b"], [1], measure="m", title="t"), "2 labels and 1 numbers"),
    (lambda: charts.lines_chart([1, 2], {"a": [1]}, x_label="x", measure="m", title="t"), "“a” has 1 numbers"),
    (lambda: charts.grid_chart(["r"], [1], [["x"]], levels={"y": ("y", "yes")}, title="t", row_label="r", column_label="c"), "no level “x”"),
    (lambda: charts.grid_chart(["r"], [1, 2], [["y"]], levels={"y": ("y", "yes")}, title="t", row_label="r", column_label="c"), "another size"),
    (lambda: charts.dots_chart(["a"], {name: [1] for name in "abcd"}, measure="m", title="t"), "room for 3 series"),
    (lambda: charts.lines_chart([1], {name: [1] for name in "abcde"}, x_label="x", measure="m", title="t"), "room for 4 lines"),
])
def test_a_general_chart_says_which_data_do_not_fit(draw, complaint):
    with pytest.raises(PracticumError, match=complaint):
        draw()
