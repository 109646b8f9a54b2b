"""Make the chapter's data: two fictional pupils who learn a task in steps. Run in this folder: python make_data.py

Nothing here was measured on a child. How much help each step needs, and how that changes, is set below, so that a reader can
compare what the methods find with what was put in.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SEED = 20261551                     # one of several tried: it shows the points of the chapter (see README.md)
LEVELS = ("independent", "gesture", "words", "showing", "physical")

# The bus. Name of the step, what tells the pupil that it is time, whether an error is dangerous; need of help at the start
# (0 none to 4 physical), and how many levels it falls with every lesson.
BUS = (
    ("take card and phone", "the bell at 14:00", "no", 1.6, 0.30),
    ("walk to the stop", "the school gate", "yes", 1.0, 0.30),
    ("wait behind the line", "the yellow line", "yes", 1.3, 0.25),
    ("read the number", "a bus comes", "no", 2.6, 0.30),
    ("raise a hand", "the right number", "no", 2.0, 0.32),
    ("get on", "the door opens", "no", 1.2, 0.40),
    ("touch the card", "the reader", "no", 2.2, 0.40),
    ("sit down or hold on", "the door closes", "yes", 0.9, 0.30),
    ("watch for the blue roof", "the bridge", "no", 3.0, 0.34),
    ("press the button", "the blue roof", "no", 2.3, 0.0),
    ("get off", "the bus stands, the door opens", "yes", 1.0, 0.35),
    ("cross at the light", "green, and the cars stand", "yes", 4.0, 0.14),
)
BUS_LESSONS = range(4, 21)          # sessions 1 to 3 are the baseline, 21 and 22 another line
BREAK_AFTER = 15                    # two weeks of holiday; the bus company changed its card readers meanwhile
NEW_READERS = 6                     # the step, counted from 0, that changed with them
BAD_DAY = 8                         # heavy rain, another stop
NO_BUS = 11                         # the bus did not come: a taxi home, steps 4 to 12 not recorded
NO_ARM = 7                          # in this session Eitan said no to a hand on his arm at the crossing
OTHER_SIGNS = (3, 8)                # on another line the number and the landmark are new
NOISE = 0.5
SLIPS = 0.04                        # how often somebody is distracted, whatever has been learned

DISHES = (
    ("put on the gloves", "the plates are on the table"),
    ("scrape the plates", "the bin is open"),
    ("fill the basin", "the basin is in the sink"),
    ("add soap", "the basin is half full"),
    ("wash the glasses", "there is foam"),
    ("wash the plates", "no glass is left"),
    ("wash the pan", "no plate is left"),
    ("rinse", "all is washed"),
    ("put in the rack", "the water runs clear"),
    ("wipe the table", "the sink is empty"),
)
# The chance that Madina begins the step herself if she is given time, in the first and in the last session.
ABLE = ((0.9, 0.98), (0.75, 0.97), (0.02, 0.04), (0.65, 0.97), (0.7, 0.97), (0.75, 0.97), (0.05, 0.3), (0.7, 0.97), (0.75, 0.97), (0.8, 0.98))
UNLEARNED = {2: "physical", 6: "showing"}    # what it takes at the steps that words do not help with, however soon help comes
PROBES = (4, 8, 12, 16, 20, 24)     # without help
CHANGE = 16                         # from the next session on the assistant counts to five before she helps
HURRIED = 0.85                      # how often help came before the five seconds, until then; afterwards:
PATIENT = 0.12


def days(first, weekdays, count, holidays=()):
    """So many dates on these weekdays (Monday is 0), without holidays (pairs of first and last day)."""
    found, day = [], first
    while len(found) < count:
        if day.weekday() in weekdays and not any(start <= day <= end for start, end in holidays):
            found.append(day)
        day += timedelta(days=1)
    return found


def level_of(need):
    return LEVELS[int(np.clip(np.rint(need), 0, 4))]


def bus_need(step, session):
    _name, _cue, _danger, start, fall = BUS[step]
    taught = max(0, min(session, BUS_LESSONS[-1]) - BUS_LESSONS[0] + 1)
    if step == NEW_READERS and session > BREAK_AFTER:
        return 1.7
    return start - fall * taught


def bus(rng):
    """One row for each step in each session on the bus."""
    dates = days(date(2025, 10, 19), (6, 2), 22, [(date(2025, 12, 14), date(2025, 12, 27)), (date(2025, 11, 12), date(2025, 11, 12))])
    rows = []
    for session, day in enumerate(dates, 1):
        kind = "baseline" if session < BUS_LESSONS[0] else "lesson" if session <= BUS_LESSONS[-1] else "other line"
        for step in range(len(BUS)):
            need = 1.9 if kind == "other line" and step in OTHER_SIGNS else bus_need(step, session)
            need += NOISE * rng.standard_normal() + 1.3 * (session == BAD_DAY)
            need = max(need, 1.5) if rng.random() < SLIPS else need
            if session > NO_ARM and step == 11:
                need = min(need, 3)         # since his no Samir shows with his own hand; nobody takes the arm
            level = level_of(need)
            if kind == "baseline" and level != LEVELS[0]:
                level = LEVELS[4]           # without teaching: what Eitan does not begin, the adult does
            if session == NO_BUS and step >= 3:
                level = ""
            if session == NO_ARM and step == 11:
                level = "declined"
            rows.append([day, session, kind, step + 1, level])
    return rows


def dishes(rng):
    """One row for each step in each session at the sink, with the seconds that the assistant waited before she helped."""
    dates = days(date(2025, 9, 16), (1, 4), 24, [(date(2025, 10, 27), date(2025, 11, 2)), (date(2025, 11, 21), date(2025, 11, 21))])
    rows = []
    for session, day in enumerate(dates, 1):
        kind = "probe" if session in PROBES else "lesson"
        for step, (first, last) in enumerate(ABLE):
            able = rng.random() < first + (last - first) * (session - 1) / 23
            hurried = rng.random() < (HURRIED if session <= CHANGE else PATIENT)
            level, waited = LEVELS[0], ""
            if kind == "probe":
                level = LEVELS[0] if able else LEVELS[4]
            elif hurried and step:
                enough = LEVELS[1 + int(rng.random() < 0.7)]
                level, waited = enough if able or step not in UNLEARNED else UNLEARNED[step], round(float(rng.uniform(0.5, 4.4)), 1)
            elif not able:
                level, waited = UNLEARNED[step] if step in UNLEARNED else LEVELS[1 + int(rng.random() < 0.5)], round(float(rng.uniform(5, 7.5)), 1)
            if session == 10 and step == 6:
                level, waited = "declined", ""
            if session == 6 and step == 4:
                waited = ""
            rows.append([day, session, kind, step + 1, level, waited])
    return rows


def colleague(rng):
    """A file as it may come from a school: Russian words, decimal commas, a day of absence, a row of totals at the end."""
    steps = ("снять обувь", "повесить куртку", "надеть сменную обувь", "застегнуть липучки", "взять портфель", "пойти в класс")
    rows = []
    for number, day in enumerate(days(date(2025, 10, 6), (0, 2, 4), 12)):
        for place, step in enumerate(steps):
            need = (1.2, 1.8, 2.6, 2.2, 1.0, 0.8)[place] - (0.2, 0.2, 0.2, 0.0, 0.15, 0.2)[place] * number + 0.5 * rng.standard_normal()
            word = ("сам", "жест", "словом", "показ", "физ. помощь")[int(np.clip(np.rint(need), 0, 4))]
            waited = "" if word == "сам" else f"{rng.uniform(1, 8):.1f}".replace(".", ",")
            absent = number == 4
            rows.append([day.strftime("%d.%m.%Y"), step, "н/б" if absent else word, "" if absent else waited,
                         "болел" if absent and not place else ""])
    alone = sum(row[2] == "сам" for row in rows)
    return [*rows, ["Итого", "", f"сам {alone}", "", ""]]


def write(path, header, rows, *, encoding="utf-8", delimiter=","):
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n", delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)


def main(folder=Path(__file__).parent):
    rng = np.random.default_rng(SEED)
    write(folder / "bus.csv", ["date", "session", "kind", "step", "level"], bus(rng))
    write(folder / "bus-steps.csv", ["step", "name", "cue", "danger"], [[n, *step[:3]] for n, step in enumerate(BUS, 1)])
    write(folder / "dishes.csv", ["date", "session", "kind", "step", "level", "waited"], dishes(rng))
    write(folder / "dishes-steps.csv", ["step", "name", "cue"], [[n, *step] for n, step in enumerate(DISHES, 1)])
    write(folder / "own-data-example.csv", ["Дата", "Шаг", "Помощь", "Ждали, с", "Примечание"], colleague(rng),
          encoding="utf-8-sig", delimiter=";")
    write(folder / "own-steps-example.csv", ["step"], [[step] for step in
          ("Take off the shoes", "Hang up the jacket", "Put on the indoor shoes", "Close the straps", "Take the bag", "Go to the classroom")])


if __name__ == "__main__":
    main()
