"""Make the chapter's data: a fictional class in two lessons, a quiz read in two ways, a colleague's file. Run here: python make_data.py

Nothing here was measured on a child. Who meets a barrier is set below, so that a reader can compare what the methods find
with what was put in.
"""

import csv
from pathlib import Path

import numpy as np

SEED = 20261119
STEPS = ("tell", "film", "read", "label", "try", "write", "quiz")
PUPILS = tuple(f"P{number:02d}" for number in range(1, 25))
SHUT_OUT, WITH_HELP, TAKES_PART, ABSENT = 0, 1, 2, ""

# What stands here is not "takes part". P05 is Nazym, P11 Davit, P17 Sanzhar, P22 Lera, P09 Emil.
BEFORE = {
    "P02": {"read": 1, "write": 1}, "P05": {"read": 0, "label": 0, "write": 1}, "P07": {"quiz": 1}, "P08": {"read": 1, "write": 1},
    "P10": {"label": 1}, "P11": {"tell": 1, "film": 1, "read": 0, "write": 0, "quiz": 0}, "P13": {"tell": 1, "read": 1},
    "P14": {"quiz": ABSENT}, "P15": {"write": 1, "quiz": 1}, "P17": {"label": 1, "write": 0, "quiz": 1}, "P19": {"read": 1, "write": 1},
    "P22": {"tell": 0, "film": 0, "quiz": 0}, "P23": {"read": 1},
    "P03": dict.fromkeys(STEPS, ABSENT),
}
AFTER = {
    "P02": {"write": 1}, "P09": {"write": 0}, "P11": {"tell": 1, "read": 1, "quiz": 1}, "P13": {"read": 1}, "P15": {"write": 1},
    "P19": {"read": 1}, "P22": {"quiz": 0}, "P07": {"quiz": 1},
    "P20": dict.fromkeys(STEPS, ABSENT),
}
# Where the assistant saw the first lesson in another way than the teacher.
SECOND = {"P08": {"write": 2}, "P10": {"label": 2}, "P11": {"tell": 2}, "P13": {"read": 2}, "P15": {"quiz": 2}, "P17": {"label": 2}, "P19": {"read": 0}}
NEED = ("P02", "P05", "P08", "P11", "P13", "P19", "P23")       # the team wrote these down before the quiz
TRUE_GAIN = {"yes": 1.8, "no": 0.5}                           # points of ten that reading aloud adds


def lesson(marks):
    """A row for each pupil, a number for each step."""
    return [[pupil, *[marks.get(pupil, {}).get(step, TAKES_PART) for step in STEPS]] for pupil in PUPILS]


def seen_by_the_other():
    both = {pupil: {**BEFORE.get(pupil, {}), **SECOND.get(pupil, {})} for pupil in PUPILS}
    return lesson(both)


def quiz(rng):
    """Two quizzes of ten questions, one read in silence and one read aloud; half of the class had the one first, half the other."""
    rows = []
    for number, pupil in enumerate(PUPILS):
        need = "yes" if pupil in NEED else "no"
        level = rng.normal(5.0 if need == "yes" else 7.9, 1.3)
        silent, aloud = (int(np.clip(round(level + gain + rng.normal(0, 0.8)), 0, 10)) for gain in (0, TRUE_GAIN[need]))
        if pupil == "P13":
            aloud = silent - 2
        rows.append([pupil, need, "silent" if number % 2 else "aloud", silent, "" if pupil == "P20" else aloud,
                     {"P13": "found the voice too slow and lost the place", "P20": "ill on the second day"}.get(pupil, "")])
    return rows


def colleague(rng):
    """A file as it may come from a school: one row for each pupil, absences in letters, a decimal comma, an average at the end."""
    rows = []
    for number in range(1, 15):
        marks = [int(mark) for mark in rng.choice([2, 1, 0], 5, p=[0.8, 0.14, 0.06])]
        rows.append([f"У{number:02d}", *marks, ""])
    rows[5][1:6], rows[5][6] = ["н/б"] * 5, "болел"
    rows[2][4] = "1,0"
    columns = [[float(str(row[place]).replace(",", ".")) for row in rows if row[place] != "н/б"] for place in range(1, 6)]
    return [*rows, ["Среднее", *[f"{np.mean(column):.1f}".replace(".", ",") for column in columns], ""]]


def write(path, header, rows, *, encoding="utf-8", delimiter=","):
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n", delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)


def main(folder=Path(__file__).parent):
    rng = np.random.default_rng(SEED)
    write(folder / "before.csv", ["pupil", *STEPS], lesson(BEFORE))
    write(folder / "after.csv", ["pupil", *STEPS], lesson(AFTER))
    write(folder / "second-observer.csv", ["pupil", *STEPS], seen_by_the_other())
    write(folder / "quiz.csv", ["pupil", "need", "first", "silent", "aloud", "note"], quiz(rng))
    write(folder / "own-data-example.csv", ["Код ученика", *[f"Шаг {number}" for number in range(1, 6)], "Заметка"], colleague(rng),
          encoding="utf-8-sig", delimiter=";")


if __name__ == "__main__":
    main()
