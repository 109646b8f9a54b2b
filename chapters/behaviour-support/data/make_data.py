"""Make the chapter's data: records of a fictional pupil's school days. Run in this folder: python make_data.py

Nothing here was observed on a child. How likely each event is stands below, so that a reader can compare what the methods
find with what was put in.
"""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np

SEED = 20260310
FIRST_DAY = date(2026, 1, 4)                       # a Sunday: the school week in this story runs from Sunday to Thursday
WEEKS, MINUTES = 3, 15
LESSONS = (time(8, 0), time(8, 55), time(10, 5), time(11, 0), time(12, 10))
SUBJECTS = (                                       # one row a day, Sunday to Thursday, one subject for each lesson
    ("Hebrew", "mathematics", "science", "Hebrew", "art"),
    ("English", "Hebrew", "art", "mathematics", "science"),
    ("mathematics", "Hebrew", "science", "history", "English"),
    ("Hebrew", "history", "mathematics", "Hebrew", "science"),
    ("science", "mathematics", "English", "Hebrew", "art"),
)
WRITES = {"Hebrew": 0.65, "history": 0.6, "English": 0.3, "mathematics": 0.3, "science": 0.2}   # share of minutes with writing alone
OTHER = ("listening", "talking or group", "hands-on work", "changing activity")
# Chance that the behaviour begins in a minute, and that it goes on into the next.
BEGINS = {"writing alone": 0.22, "changing activity": 0.10, "listening": 0.03, "talking or group": 0.02, "hands-on work": 0.01}
GOES_ON = 0.45
# Chance of each consequence in a minute with the behaviour and without it.
ATTENTION = {"writing alone": (0.92, 0.80), "other": (0.93, 0.90)}
PUT_OFF = {"writing alone": (0.60, 0.04), "other": (0.25, 0.03)}
CLASSMATES, OBJECT = (0.20, 0.13), (0.03, 0.01)
MISSED = {6: "observer at a seminar"}              # school days, counted from 0
BAD_DAY, DRILL = 7, 12
PLAN_FIRST, PLAN_DAYS = date(2026, 2, 1), 20
STEPS = ("short_parts", "first_look", "card_practised", "card_answered", "work_waits")
AWAY = range(7, 14)                                # days of the plan on which another adult taught
SECOND = (1, 2, 3)                                 # school days on which a second observer marked the first lesson, too
BREAK = 0.7                                        # chance that the pupil chooses a break, not help, with his card


def school_day(number, first=FIRST_DAY):
    return first + timedelta(days=7 * (number // 5) + number % 5)


def sessions(rng):
    """Two lessons for each school day, so that over three weeks most of the week is seen at least once."""
    chosen = {}
    for number in range(5 * WEEKS):
        free = sorted(range(5), key=lambda lesson: (sum(chosen.get(n, ()).count(lesson) for n in range(number % 5, number, 5)), rng.random()))
        chosen[number] = sorted(free[:2])
    return chosen


def activity(rng, subject, before):
    """What the class does in this minute; an activity mostly lasts for several minutes."""
    if before and rng.random() < 0.8 and before != "changing activity":
        return before
    if before and before != "changing activity" and rng.random() < 0.4:
        return "changing activity"
    if rng.random() < WRITES.get(subject, 0):
        return "writing alone"
    return OTHER[rng.choice(3, p=(0.3, 0.2, 0.5) if subject in ("art", "science") else (0.5, 0.4, 0.1))]


def minute(rng, doing, going_on, bad):
    """The marks of one minute: adult busy, noise, behaviour, and the four consequences; now and then one was not seen."""
    chance = GOES_ON if going_on else BEGINS[doing] * (1.6 if bad else 1)
    behaves = int(rng.random() < chance)
    kind = doing if doing == "writing alone" else "other"
    chances = [pair[1 - behaves] for pair in (ATTENTION[kind], PUT_OFF[kind], CLASSMATES, OBJECT)]
    marks = [int(rng.random() < chance) for chance in (0.55, 0.25)]
    after = [("" if rng.random() < 0.012 else int(rng.random() < chance)) for chance in chances]
    return [*marks, behaves, *after]


def abc(rng):
    """One row for each minute observed: 15 minutes in each of two lessons a day."""
    rows = []
    for number, lessons in sessions(rng).items():
        if number in MISSED:
            continue
        for lesson in lessons:
            doing, going_on, length = None, False, MINUTES
            if number == DRILL and lesson == lessons[1]:
                length = 7
            for step in range(length):
                start = datetime.combine(school_day(number), LESSONS[lesson]) + timedelta(minutes=10 + step)
                subject = SUBJECTS[number % 5][lesson]
                doing = activity(rng, subject, doing)
                marks = minute(rng, doing, going_on, number == BAD_DAY)
                going_on = bool(marks[2])
                rows.append([start.strftime("%Y-%m-%d %H:%M"), subject, doing, *marks])
    return rows


def second_observer(rng, records):
    """The same rows with the marks of a second observer, who saw two lessons and now and then another thing."""
    seen = {school_day(number).isoformat() for number in SECOND}
    first = {day: min(row[0][11:13] for row in records if row[0].startswith(day)) for day in seen}
    marks = [(1 - row[5] if rng.random() < 0.07 else row[5]) if first.get(row[0][:10]) == row[0][11:13] else "" for row in records]
    return [[*row[:6], mark, *row[6:]] for row, mark in zip(records, marks)]


def plan(rng, records):
    """One row for each school day: minutes with the behaviour, minutes with a card, breaks chosen, and the steps of the plan delivered."""
    rows, choices = [], np.random.default_rng(SEED + 2)
    for number in range(5 * WEEKS):
        day = school_day(number)
        minutes = [row for row in records if row[0].startswith(day.isoformat())]
        note = MISSED.get(number, "fire drill, 22 minutes watched" if number == DRILL else "quarrel in the break" if number == BAD_DAY else "")
        rows.append([day.isoformat(), "before the plan", len(minutes) or "", sum(row[5] for row in minutes) if minutes else "", "", "", *[""] * len(STEPS), note])
    for number in range(PLAN_DAYS):
        rows.append([school_day(number, PLAN_FIRST).isoformat(), "plan", *plan_day(rng, choices, number)])
    return rows


def plan_day(rng, choices, number):
    if number == 10:
        return ["", "", "", "", *[""] * len(STEPS), "ill"]
    away = number in AWAY
    steps = [int(rng.random() < (0.35 if away else 0.93)) for _step in STEPS]
    share = sum(steps) / len(STEPS)
    expected = 1.0 + 5.5 * (1 - share) + (4 if number == 0 else 2 if number == 1 else 0)
    walked = int(min(rng.poisson(expected), 15))
    cards = int(rng.poisson(4.0 if steps[3] and not away else 1.2))
    if not cards:
        steps[3] = ""
    if not walked:  # nothing to answer: such a day must not count as a day with the plan because it was a good day
        steps[4] = ""
    note = "another adult taught" if away else "first day of the plan" if number == 0 else ""
    return [30, walked, cards, int(choices.binomial(cards, BREAK)) if cards else "", *steps, note]


def colleague(rng):
    """A file as it may come from a school: Russian headings, a decimal comma, marks that are missing, a row of totals."""
    rows, day, going_on = [], date(2026, 2, 2), False
    for number in range(6):
        when = day + timedelta(days=number + (number > 4) * 2)
        for lesson in ("русский язык", "математика"):
            writes = lesson == "русский язык"
            for step in range(10):
                behaves = int(rng.random() < (0.5 if going_on else 0.10))
                going_on = bool(behaves)
                spoken = int(rng.random() < (0.55 if behaves else 0.5))
                off = int(rng.random() < (0.12 if behaves else 0.06))
                laugh = int(rng.random() < (0.62 if behaves else 0.14))
                doing = "письмо" if rng.random() < (0.6 if writes else 0.3) else ("устно" if rng.random() < 0.6 else "в группе")
                rows.append([when.strftime("%d.%m.%Y"), lesson, doing, "1,0", behaves, spoken, off, laugh, int(rng.random() < 0.03), ""])
    rows[34] = [*rows[34][:3], "0,5", *rows[34][4:9], "звонок"]
    for place in (57, 58, 59):
        rows[place] = [*rows[place][:4], "н/б", "–", "–", "–", "–", "вышел из класса"]
    rows[81][6] = ""
    total = [sum(row[column] for row in rows if isinstance(row[column], int)) for column in range(4, 9)]
    return [*rows, ["Итого", "", "", "", *total, ""]]


def write(path, header, rows, *, encoding="utf-8", delimiter=","):
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n", delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)


def main(folder=Path(__file__).parent):
    rng = np.random.default_rng(SEED)
    records = abc(rng)
    write(folder / "abc.csv", ["time", "lesson", "activity", "adult_busy", "noise", "behaviour", "second_observer", "adult_attention",
                               "task_put_off", "classmates_react", "got_object"], second_observer(np.random.default_rng(SEED + 1), records))
    write(folder / "plan.csv", ["date", "phase", "minutes_watched", "walked_away", "cards", "breaks", *STEPS, "note"], plan(rng, records))
    write(folder / "own-data-example.csv", ["Дата", "Урок", "Что делали", "Минуты", "Поведение", "Внимание взрослого", "Задание отложено",
                                            "Реакция одноклассников", "Получил предмет", "Примечание"], colleague(rng),
          encoding="utf-8-sig", delimiter=";")


if __name__ == "__main__":
    main()
