"""A flow chart says in its table and description what the boxes and arrows show, and its arrows cross no box."""

import itertools

import numpy as np
import pytest

from practicum import charts
from practicum.charts import flow
from practicum.errors import PracticumError


def box(name, lane="School", **more):
    return {"name": name, "lane": lane, "text": f"Does {name}", **more}


PATH = [box("ask", "Family", when="by 1 March"), box("meet", what="Meets and writes it down"), box("decide", "Office", who="The committee", kind="decision"),
        box("object", "Family"), box("plan")]
WAYS = [("ask", "meet"), ("meet", "decide"), ("decide", "plan"), ("decide", "object", "parents disagree"), ("object", "decide"), ("ask", "plan")]


def test_the_table_is_the_whole_procedure_in_order():
    chart = charts.flow_chart(PATH, WAYS, title="A path")
    assert chart.columns == ("step", "who", "what", "by when", "next step")
    assert chart.rows == (
        ("1", "Family", "Does ask", "by 1 March", "2, 5"),
        ("2", "School", "Meets and writes it down", "", "3"),
        ("3", "The committee", "Decision: Does decide", "", "4 (parents disagree), 5"),
        ("4", "Family", "Does object", "", "3"),
        ("5", "School", "Does plan", "", "end"))


def test_the_description_names_lanes_boxes_decisions_and_arrows():
    alt = charts.flow_chart(PATH, WAYS, title="A path").alt
    assert "3 columns: Family, School, Office." in alt and "1 Does ask (Family, by 1 March). 2 Does meet (School)." in alt
    assert "Decisions, drawn with a thick edge: 3 Does decide." in alt and "3 to 4 (parents disagree)" in alt and "4 to 3" in alt


def test_without_arrows_each_box_leads_to_the_next_and_no_term_makes_no_column():
    chart = charts.flow_chart([box("a"), box("b"), box("c")], title="In a row")
    assert [row[-1] for row in chart.rows] == ["2", "3", "end"] and "by when" not in chart.columns


def test_a_decision_differs_by_its_edge_and_an_arrow_back_by_its_dash():
    axes = charts.flow_chart(PATH, WAYS, title="A path").figure.axes[0]
    widths = [patch.get_linewidth() for patch in axes.patches]
    assert widths.count(3) == 1 and len(widths) == 5
    dashed = [line for line in axes.lines if line.is_dashed() and line.get_color() == flow.SOFT]
    assert len(dashed) == 1


@pytest.mark.parametrize("seed", range(12))
def test_no_arrow_crosses_a_box_and_no_box_covers_another(seed):
    rng = np.random.default_rng(seed)
    boxes = [flow.Box(f"b{n}", "ABCD"[rng.integers(4)], "word " * int(rng.integers(1, 9))) for n in range(9)]
    arrows = [(f"b{a}", f"b{b}", "") for a, b in itertools.permutations(range(9), 2) if rng.random() < 0.25]
    placed, _height = flow._in_steps(boxes, arrows, list("ABCD"))
    assert len({(one.lane, one.row) for one in placed.values()}) == 9
    for start, end, _label in arrows:
        corners = flow._way(placed, placed[start], placed[end])[0]
        for one in placed.values():
            for part in itertools.pairwise(corners):
                assert not crosses(part, one), (start, end, one.box.name)


def crosses(part, one):
    """Whether a level or upright line runs through the inside of a box."""
    (x0, x1), (y0, y1) = (sorted(axis) for axis in zip(*part))
    half = (flow.LANE - flow.GUTTER) / 2 - 0.01
    return x1 > one.x - half and x0 < one.x + half and y1 > one.top + 0.01 and y0 < one.bottom - 0.01


def test_every_line_of_a_label_fits_its_box_and_a_tree_keeps_boxes_apart():
    assert all(flow._width(line, size) <= flow.LANE - flow.GUTTER - 2 * flow.PAD
               for line, size in flow._lines(flow.Box("a", "b", "The committee decides on the size of the basket"), 12))
    boxes = [flow.Box("aim", "Aim", "One"), *(flow.Box(f"i{n}", "Ideas", "An idea " * 4) for n in range(5))]
    placed, _height = flow._in_tree(boxes, [(f"i{n}", "aim", "") for n in range(5)], ["Aim", "Ideas"])
    ideas = [placed[f"i{n}"] for n in range(5)]
    assert all(upper.bottom < lower.top for upper, lower in itertools.pairwise(ideas))
    assert placed["aim"].y == pytest.approx(ideas[2].y)


def test_more_lanes_ask_for_more_width_on_a_phone():
    two, three = (charts.flow_chart([box(name, name) for name in names], title="Lanes") for names in ("ab", "abc"))
    assert 15 < two.least_width < three.least_width and f"min-width:{three.least_width:g}rem" in three.svg()


@pytest.mark.parametrize("boxes, arrows, said", [
    ([box("a")], None, "two boxes at least"),
    ([box("a"), box("a")], None, 'Two boxes have the name "a"'),
    ([box("a"), {"name": "b", "lane": "School"}], None, 'Box 2 has no "text"'),
    ([box("a"), "b"], None, "Box 2 is no list of fields"),
    ([box("a"), box("b", color="red")], None, "fields that nobody reads: color"),
    ([box("a"), box("b", kind="end")], None, 'has the kind "end"'),
    ([box("a"), {**box("b"), "text": "word " * 15}], None, "15 words, and 14 fit"),
    ([box("a"), box("b")], [("a", "c")], 'there is no box "c"'),
    ([box("a"), box("b")], [("a", "a")], "leads to the same box"),
    ([box("a"), box("b")], ["ab"], "The arrow ab is none"),
])
def test_what_does_not_fit_is_named(boxes, arrows, said):
    with pytest.raises(PracticumError, match=said):
        charts.flow_chart(boxes, arrows, title="Broken")


def test_a_lane_or_layout_that_is_not_there_is_named():
    with pytest.raises(PracticumError, match='stands in the lane "School", which is not one of: Family'):
        charts.flow_chart([box("a"), box("b")], title="Broken", lanes=["Family"])
    with pytest.raises(PracticumError, match='no layout "circle"'):
        charts.flow_chart([box("a"), box("b")], title="Broken", layout="circle")
