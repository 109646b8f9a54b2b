"""Make the chapter's data: weekly counts of a fictional school. Run in this folder: python make_data.py

Nothing here was observed. The true levels are set below, so that a reader can compare what the rules find with what was put in.
The seed was chosen so that chance alone gives one tempting pattern: five rising points at a time when nothing had changed.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SEED = 35200
FIRST_MONDAY = date(2026, 9, 7)
CHECKS = 25                               # five lessons a week, five pupils
BEFORE, TRAINED, COACHED = 0.47, 0.47, 0.72   # true shares of checks with a start: training alone changes nothing
SPREAD = 0.06                             # how far the weeks differ from each other beyond chance in the checks
CARDS_TRAINED, CARDS_COACHED = 0.42, 0.82     # true shares of checks with a card on the desk
HOLIDAYS = {9: "autumn holiday", 17: "winter holiday", 18: "winter holiday"}
ILL = {13: "many ill, no checks", 25: "assistant at a seminar, no checks"}
BAD_WEEK = 20
LAST_WEEK = 30


def phase_of(week):
    return "before" if week <= 8 else "cards" if week <= 16 else "cards and coaching"


def weeks(rng):
    """One row for each week; nothing is counted in holidays and in two other weeks; one week goes badly."""
    rows = []
    for week in range(1, LAST_WEEK + 1):
        phase = phase_of(week)
        level = {"before": BEFORE, "cards": TRAINED, "cards and coaching": COACHED}[phase]
        share = np.clip(level + rng.normal(0, SPREAD), 0.05, 0.95)
        starts = int(rng.binomial(CHECKS, share))
        cards = 0 if phase == "before" else int(rng.binomial(CHECKS, CARDS_TRAINED if phase == "cards" else CARDS_COACHED))
        note = HOLIDAYS.get(week, ILL.get(week, ""))
        if week == BAD_WEEK:
            starts, cards, note = 10, 9, "assistant ill, no cards on three days"
        rows.append([FIRST_MONDAY + timedelta(weeks=week - 1), week, phase,
                     *(["", ""] if week in HOLIDAYS or week in ILL else [starts, cards]), note])
    return rows


def colleague(rng):
    """A file as it may come from a school: Russian headings, a mean of two counts with a comma, holidays, a total."""
    rows = []
    for week in range(20):
        day = FIRST_MONDAY + timedelta(weeks=week)
        off = week in (8, 16, 17)
        count = int(rng.binomial(20, 0.42 if week < 9 else 0.6))
        rows.append([day.strftime("%d.%m.%Y"), "каникулы" if off else count, "" if off else 20,
                     "до" if week < 8 else "с карточками", "болели многие" if week == 12 else ""])
    rows[5][1] = f"{rows[5][1]},5"
    rows[12][1] = "н/д"
    counted = [float(str(row[1]).replace(",", ".")) for row in rows if str(row[1])[0].isdigit()]
    return [*rows, ["Итого", f"{sum(counted):g}".replace(".", ","), "", "", ""]]


def write(path, header, rows, *, encoding="utf-8", delimiter=","):
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n", delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)


def main(folder=Path(__file__).parent):
    rng = np.random.default_rng(SEED)
    write(folder / "weeks.csv", ["date", "week", "what_was_done", "starts", "cards_on_desk", "note"], weeks(rng))
    write(folder / "own-data-example.csv", ["Неделя с", "Сколько раз", "Из скольких", "Этап", "Примечание"], colleague(rng),
          encoding="utf-8-sig", delimiter=";")


if __name__ == "__main__":
    main()
