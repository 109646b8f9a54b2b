"""Make the chapter's data: a fictional pupil's probes and a fictional class. Run in this folder: python make_data.py

Nothing here was measured on a child. The growth and the noise are set below, so that a reader can compare what
the methods find with what was put in.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SEED = 20261101
FIRST_MONDAY = date(2025, 9, 8)
HOLIDAYS = (date(2025, 10, 27), date(2025, 12, 29), date(2026, 1, 5))   # Mondays without school; weeks are school weeks
GROWTH_BEFORE, GROWTH_AFTER = 0.6, 2.3   # words per minute gained in a week, before and after the change of teaching
CHANGE_WEEK = 7                          # the last week of the old teaching
NOISE_SD = 3.6                           # spread of one probe around the true line, words per minute
NOTES = {
    5: "ill, no probe",
    9: "same score as last week",
    11: "teacher at a seminar, no probe",
    15: "slept badly, noise in the corridor",
}


def monday(week):
    """The Monday of a school week."""
    day = FIRST_MONDAY
    for _ in range(week):
        day += timedelta(weeks=1)
        while day in HOLIDAYS:
            day += timedelta(weeks=1)
    return day


def true_score(week):
    before = 41 + GROWTH_BEFORE * min(week, CHANGE_WEEK)
    return before + GROWTH_AFTER * max(week - CHANGE_WEEK, 0)


def probes(rng):
    """One probe a week for weeks 1 to 16 after three in week 0; two weeks are missing, one day went badly."""
    rows = [[FIRST_MONDAY + timedelta(days=day), 0, "baseline", score, errors, ""]
            for day, score, errors in ((1, 38, 6), (2, 44, 4), (4, 41, 5))]
    for week in range(1, 17):
        phase = "small group" if week <= CHANGE_WEEK else "paired reading"
        score = round(true_score(week) + rng.normal(0, NOISE_SD))
        errors = int(rng.integers(1, 7))
        if week == 9:
            score = rows[-1][3]
        if week == 15:
            score -= 14
        missed = week in (5, 11)
        rows.append([monday(week), week, phase,
                     "" if missed else score, "" if missed else errors, NOTES.get(week, "")])
    return rows


def classmates(rng):
    """Median of three passages for the 24 pupils of last year's grade 3, in autumn and in winter."""
    autumn = rng.normal(60, 15, 24).round().clip(20, None)
    winter = (autumn + rng.normal(11, 5, 24)).round().clip(20, None)
    return [[f"C{number:02d}", int(a), int(w)] for number, (a, w) in enumerate(zip(autumn, winter), 1)]


def colleague(rng):
    """A file as it may come from a school: three first probes, 14 Mondays, one absence, a score with a comma, an average."""
    days = [FIRST_MONDAY + timedelta(days=1), FIRST_MONDAY + timedelta(days=2), FIRST_MONDAY + timedelta(days=4)]
    rows = []
    for number, day in enumerate([*days, *map(monday, range(1, 15))]):
        week = max(number - 2, 0)
        score = round(47 + 1.3 * week + rng.normal(0, 4))
        phase = "обычные уроки" if week < 6 else "занятия в парах"
        absent = week == 4
        rows.append([day.strftime("%d.%m.%Y"), "н/б" if absent else score, "" if absent else int(rng.integers(1, 6)), phase,
                     "болела" if absent else ""])
    rows[11][1] = f"{rows[11][1]},5"
    scores = [float(str(row[1]).replace(",", ".")) for row in rows if row[1] != "н/б"]
    return [*rows, ["Среднее", f"{np.mean(scores):.1f}".replace(".", ","), "", "", ""]]


def write(path, header, rows, *, encoding="utf-8", delimiter=","):
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n", delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)


def main(folder=Path(__file__).parent):
    rng = np.random.default_rng(SEED)
    write(folder / "probes.csv", ["date", "week", "phase", "words_correct", "errors", "note"], probes(rng))
    write(folder / "class.csv", ["pupil", "autumn", "winter"], classmates(rng))
    write(folder / "own-data-example.csv", ["Дата", "Прочитано правильно", "Ошибки", "Этап", "Примечание"], colleague(rng),
          encoding="utf-8-sig", delimiter=";")


if __name__ == "__main__":
    main()
