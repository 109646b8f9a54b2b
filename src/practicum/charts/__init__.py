"""Charts that can be seen, heard and read: a drawing, its description, one sentence and a table from the same data.

Every function ending in ``_chart`` returns a `Chart`. In a notebook and in the built book it shows the drawing (SVG, with the
description as its alternative text), the sentence, and the data table in a fold. Series differ by marker and dash as well as
by colour.
"""

from practicum.charts.access import (
    barrier_chart, barriers_by_step_chart, boost_chart, findings_table, headings_table, one_class_chart, reading_chart, reading_table,
    reviews_sentence)
from practicum.charts.behaviour import contingency_space_chart, contingency_table, differences_chart, plan_chart, times_chart
from practicum.charts.dots import dots_chart
from practicum.charts.flow import Box, flow_chart
from practicum.charts.grid import grid_chart
from practicum.charts.instruction import fading_chart, lessons_and_probes_chart, levels_chart, steps_chart, stuck_errors_chart
from practicum.charts.lines import lines_chart
from practicum.charts.monitoring import errors_by_week_chart, errors_chart, norms_chart, progress_chart, verdicts_table, words_table
from practicum.charts.phases import alternating_chart, overlap_table, phase_chart, phase_panels_chart, phases_table
from practicum.charts.plans import cascade_chart, cascade_table, goal_parts_table
from practicum.charts.records import (
    combinations_table, group_sizes_chart, hits_table, identifiers_table, leaks_chart, limits_table, twin_chart)
from practicum.charts.reference import distribution_chart
from practicum.charts.runs import false_alarms_chart, run_chart, signal_errors_chart, signals_table
from practicum.charts.shown import Chart, Facts, Foreign, Link, Table, facts, table
from practicum.charts.streams import agreement_table, marks_chart, peers_chart, recording_errors_chart, streams_chart
from practicum.charts.systems import bodies_table, counts_table, definitions_chart, events_table, path_chart, steps_table, words_of_table

__all__ = [
    "Box",
    "Chart",
    "Facts",
    "Foreign",
    "Link",
    "Table",
    "agreement_table",
    "alternating_chart",
    "barrier_chart",
    "barriers_by_step_chart",
    "bodies_table",
    "boost_chart",
    "cascade_chart",
    "cascade_table",
    "combinations_table",
    "contingency_space_chart",
    "contingency_table",
    "counts_table",
    "definitions_chart",
    "differences_chart",
    "distribution_chart",
    "dots_chart",
    "errors_by_week_chart",
    "errors_chart",
    "events_table",
    "facts",
    "fading_chart",
    "false_alarms_chart",
    "findings_table",
    "flow_chart",
    "goal_parts_table",
    "grid_chart",
    "group_sizes_chart",
    "headings_table",
    "hits_table",
    "identifiers_table",
    "leaks_chart",
    "lessons_and_probes_chart",
    "levels_chart",
    "limits_table",
    "lines_chart",
    "marks_chart",
    "norms_chart",
    "one_class_chart",
    "overlap_table",
    "path_chart",
    "peers_chart",
    "phase_chart",
    "phase_panels_chart",
    "phases_table",
    "plan_chart",
    "progress_chart",
    "reading_chart",
    "reading_table",
    "reviews_sentence",
    "recording_errors_chart",
    "run_chart",
    "signal_errors_chart",
    "signals_table",
    "steps_chart",
    "steps_table",
    "streams_chart",
    "stuck_errors_chart",
    "table",
    "times_chart",
    "twin_chart",
    "verdicts_table",
    "words_of_table",
    "words_table",
]
