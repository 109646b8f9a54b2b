"""Charts of streams show the records that the measures give. What all charts promise, test_charts.py tests."""

import numpy as np
import pandas as pd
import pytest
from practicum import charts, observation
from practicum.charts.streams import clock, split_events
from practicum.errors import PracticumError
from practicum.streams import recording_error

ONE, TWO = [(0, 55), (70, 130), (180, 290), 40], [(0, 50), (75, 130), (180, 280), (285, 300), 44]
PARTS = {"talk": (0, 150), "pairs": (150, 300)}


def results():
    return [recording_error(method, interval=interval, share=0.6, spell=40, length=600, streams=40)
            for interval in (10, 60) for method in ("partial", "whole", "momentary")]


def test_a_stream_is_told_with_its_spells_seconds_and_single_events():
    chart = charts.streams_chart({"here": ONE, "there": TWO}, length=300, parts=PARTS)
    assert "talk from minute 0 to 2.5, pairs from minute 2.5 to 5" in chart.alt
    assert "here: 3 spells, 225 of 300 seconds (75%). The longest from 3:00 to 4:50; the middle length is 60 seconds." in chart.alt
    assert "In the parts: talk 115 of 150 seconds (77%), pairs 110 of 150 seconds (73%). 1 single event as a mark." in chart.alt
    assert chart.rows[0] == ("here", "0:00", "0:55", "55") and ("here", "0:40", "", "") in chart.rows


def test_the_differences_are_the_seconds_that_only_one_saw():
    chart = charts.streams_chart({"A": ONE, "B": TWO}, length=300, differences=True)
    assert "only one of them: 4 spells, 25 of 300 seconds (8%)" in chart.alt
    assert "the behaviour went on: A 75% and B" in chart.sentence and "in 8% of the time the two records differ" in chart.sentence
    with pytest.raises(PracticumError, match="3 were given"):
        charts.streams_chart({"A": ONE, "B": TWO, "C": ONE}, length=300, differences=True)


def test_marks_are_counted_and_nobody_looked_is_no_mark():
    chart = charts.marks_chart({"pupil": [1, 0, None, 1], "classmate": [1, 1, 0, 0]}, interval=30)
    assert "pupil: marked in 2 of 3. classmate: marked in 2 of 4." in chart.alt
    assert chart.rows[2] == ("1:00", "nobody looked", "not marked")
    with pytest.raises(PracticumError, match="different lengths"):
        charts.marks_chart({"A": [1], "B": [1, 0]}, interval=10)


def test_the_records_of_a_stream_are_those_of_the_measure():
    marks = {method: observation.record(ONE[:3], method, interval=30, length=300) for method in ("partial", "whole", "momentary")}
    chart = charts.marks_chart(marks, interval=30, stream=ONE[:3])
    assert "partial interval: marked in 9 of 10" in chart.alt and "(75%)" in chart.alt
    assert [row[1] == "marked" for row in chart.rows] == observation.record(ONE[:3], "partial", interval=30, length=300).astype(bool).tolist()


def test_the_errors_drawn_are_those_computed():
    chart, all_results = charts.recording_errors_chart(results()), results()
    assert [row[2] for row in chart.rows] == [f"{100 * result.recorded:.0f}" for result in all_results]
    last = next(result for result in all_results if (result.method, result.interval) == ("whole", 60))
    assert f"whole interval {100 * last.recorded:.0f} %" in chart.sentence
    assert f"60 seconds {100 * last.recorded:.0f} % (9 of 10 from {100 * last.least:.0f} to {100 * last.most:.0f})" in chart.alt
    assert all(0 <= result.least <= result.recorded <= result.most <= 1 for result in all_results)
    assert "with intervals of 10 seconds" in charts.recording_errors_chart(all_results, at=10).sentence


def test_events_are_read_from_pairs_and_from_tables_with_empty_ends():
    frame = pd.DataFrame({"start": [0, 40, 70], "end": [55, np.nan, 130]})
    assert split_events(frame) == ([(0, 55), (70, 130)], [40]) == split_events([(70, 130), 40, (0, 55)])
    assert [clock(0), clock(85.4), clock(59.6)] == ["0:00", "1:25", "1:00"]


def test_the_agreement_table_holds_what_the_measures_give():
    table = charts.agreement_table({"one": (ONE, TWO), "same": (ONE, ONE)}, interval=10, length=300)
    cells = {row[0]: row[2:] for row in table.rows}
    marks = [observation.record(events[:-1], "momentary", interval=10, length=300) for events in (ONE, TWO)]
    assert len(cells) == 10 and cells["interval by interval (or trial by trial)"][0] == f"{observation.interval_ioa(*marks):.0%}"
    assert cells["kappa"] == (f"{observation.kappa(*marks).kappa:.2f}", "1.00")
    assert cells["total count"] == ("100%", "100%") and cells["total duration"][0] == f"{220 / 225:.0%}"
    assert cells["mean duration"] == ("not possible: 3 and 4 spells", "100%")
    starts = [[start for start, _end in events[:-1]] for events in (ONE, TWO)]
    counts = [observation.counts(side, interval=60, length=300) for side in starts]
    without = charts.agreement_table({"one": (ONE[:-1], TWO[:-1])}, interval=10, length=300)
    assert without.rows[2][2] == f"{observation.exact_agreement_ioa(*counts):.0%}"


def test_a_pupil_beside_classmates_is_told_with_the_largest_difference():
    chart = charts.peers_chart(["talk", "pairs"], [50, 80], [70, 75])
    assert "below the classmates in 1 of 2 rows and above in 1; the largest difference is 20 points, for talk" in chart.sentence
    assert "talk: the pupil 50, the classmates 70" in chart.alt
    named = charts.peers_chart(["talk"], [57.4], [57.1], names=["Haifa", "Karaganda"])
    assert "Haifa lies below Karaganda in 0 of 1 rows and above in 0" in named.sentence
