"""Make the chapter's data: one fictional pupil in autumn and winter, three others, two cards. Run in this folder: python make_data.py

Nothing here was measured on a child. Levels, trends and effects are set below, so that a reader can compare what the
methods find with what was put in.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from practicum.single_case import draw_order, draw_starts, draw_starts_of_cases

SEED = 20264423      # chosen among several thousand, so that the lessons of the chapter show in one example each
TASKS = 10                                   # tasks a day
SPREAD = 1.0                                 # standard deviation of one day around the true level, in tasks

AUTUMN_SUNDAY, AUTUMN_DAYS, FIRST_CARD_DAY = date(2025, 11, 2), 18, 9
AUTUMN_START, AUTUMN_TREND, FIRST_CARD_EFFECT = 1.8, 0.3, 0.0     # she was growing anyway; the printed card added nothing
AUTUMN_NOTES = {5: "ill", 14: "school trip"}

WINTER_SUNDAY, WINTER_DAYS, LOT = date(2026, 1, 4), 24, 5635     # four dice thrown by Noga: 5, 6, 3, 5
WINTER_LEVEL, OWN_CARD_EFFECT, LEFT_OVER = 4.6, 2.6, 0.6          # a little stays when the card is away
WINTER_NOTES = {4: "ill", 10: "substitute teacher, tasks given aloud only", 19: "ill"}
BAD_DAY, BAD_DAY_LOSS = 10, 4

SESSIONS, WINDOWS, PUPILS_LOT = 20, {"Temir": (5, 8), "Polina": (9, 12), "Alua": (13, 16)}, 3563
PLAN_EFFECT = {"Temir": 3.0, "Polina": 2.6, "Alua": 0.0}        # steps of 8, from the first lesson with the plan
PLAN_LEVEL = {"Temir": 2.4, "Polina": 3.2, "Alua": 2.8}
AWAY = {("Temir", 11), ("Polina", 4), ("Alua", 9), ("Alua", 17)}

CARDS, CARDS_DAYS, CARDS_LOT = ("paper", "tablet"), 12, 4153
CARDS_LEVEL = 7.2                                                 # the same for both


def school_days(sunday, count):
    """School days from Sunday to Thursday."""
    days = (sunday + timedelta(days=number) for number in range(2 * count))
    return [day for day in days if day.weekday() in (6, 0, 1, 2, 3)][:count]


def whole(level, rng, most=TASKS, spread=SPREAD):
    """A count around the level, within what is possible."""
    return int(np.clip(round(level + rng.normal(0, spread)), 0, most))


def series(days, phases, levels, notes, rng):
    """Rows of one series; on a day when she was away nothing is written down."""
    rows, part = [], 1
    for number, (day, phase, level) in enumerate(zip(days, phases, levels), 1):
        part += bool(rows) and rows[-1][3] != phase
        score, note = whole(level, rng), notes.get(number, "")
        rows.append([number, day, part, phase, "" if note in ("ill", "school trip") else score, note])
    return rows


def autumn(rng):
    numbers = range(1, AUTUMN_DAYS + 1)
    phases = ["no card" if number < FIRST_CARD_DAY else "printed card" for number in numbers]
    levels = [AUTUMN_START + AUTUMN_TREND * (number - 1) + FIRST_CARD_EFFECT * (phase == "printed card")
              for number, phase in zip(numbers, phases)]
    return series(school_days(AUTUMN_SUNDAY, AUTUMN_DAYS), phases, levels, AUTUMN_NOTES, rng)


def winter(rng):
    starts = draw_starts(WINTER_DAYS, number=LOT, phases=4, minimum=4).starts
    place = [sum(number >= start for start in starts) for number in range(1, WINTER_DAYS + 1)]
    phases = [("no card", "own card")[part % 2] for part in place]
    levels = [WINTER_LEVEL + (OWN_CARD_EFFECT if part % 2 else LEFT_OVER * (part > 0)) - BAD_DAY_LOSS * (number == BAD_DAY)
              for number, part in enumerate(place, 1)]
    return series(school_days(WINTER_SUNDAY, WINTER_DAYS), phases, levels, WINTER_NOTES, rng)


def three_pupils(rng):
    starts = draw_starts_of_cases(WINDOWS, number=PUPILS_LOT).starts
    rows = []
    for pupil, start in starts.items():
        for session in range(1, SESSIONS + 1):
            phase = "usual lessons" if session < start else "plan in pictures"
            score = whole(PLAN_LEVEL[pupil] + PLAN_EFFECT[pupil] * (session >= start), rng, most=8, spread=0.9)
            rows.append([pupil, session, phase, "" if (pupil, session) in AWAY else score])
    return rows


def two_cards(rng):
    order = draw_order(CARDS, CARDS_DAYS, number=CARDS_LOT).conditions
    return [[day, card, whole(CARDS_LEVEL, rng)] for day, card in enumerate(order, 1)]


def colleague(rng):
    """A file as it may come from a school: reminders counted in a lesson, an absence, a score with a comma, an average."""
    rows, day = [], date(2026, 2, 2)
    while len(rows) < 20:
        if day.weekday() < 5:
            number = len(rows)
            level = 8.5 if number < 8 else 5.0
            rows.append([day.strftime("%d.%m.%Y"), int(np.clip(round(level + rng.normal(0, 1.3)), 0, None)),
                         "обычные уроки" if number < 8 else "план на парте", ""])
        day += timedelta(days=1)
    rows[5][1], rows[5][3] = "н/б", "болел"
    rows[13][1] = f"{rows[13][1]},5"
    scores = [float(str(row[1]).replace(",", ".")) for row in rows if row[1] != "н/б"]
    return [*rows, ["Среднее", f"{np.mean(scores):.1f}".replace(".", ","), "", ""]]


def write(path, header, rows, *, encoding="utf-8", delimiter=","):
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n", delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)


def main(folder=Path(__file__).parent):
    rng = np.random.default_rng(SEED)
    days = ["day", "date", "part", "phase", "tasks_begun", "note"]
    write(folder / "autumn.csv", days, autumn(rng))
    write(folder / "winter.csv", days, winter(rng))
    write(folder / "three-pupils.csv", ["pupil", "session", "phase", "steps"], three_pupils(rng))
    write(folder / "two-cards.csv", ["day", "card", "tasks_begun"], two_cards(rng))
    write(folder / "own-data-example.csv", ["Дата", "Напоминания", "Этап", "Примечание"], colleague(rng), encoding="utf-8-sig", delimiter=";")


if __name__ == "__main__":
    main()
