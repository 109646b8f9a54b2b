"""Make the chapter's data: two lessons seen by two observers, classmates, and a lesson told in moments.

Run in this folder: python make_data.py. Nothing here was seen in a school. What is put in is set below, so that a reader can
compare it with what the methods find.
"""

import csv
from pathlib import Path

import numpy as np

from practicum.observation import record
from practicum.streams import simulate_stream

SEED = 20260533
LENGTH = 1200                       # seconds observed in each lesson
# (name of the part, its first and last second, share of time the pupil is engaged, mean seconds of a spell, share of classmates)
LESSONS = {
    "Haifa": (("whole class", 0, 300, 0.58, 22, 0.60), ("small groups", 300, 1200, 0.88, 75, 0.88)),
    "Karaganda": (("whole class", 0, 780, 0.58, 24, 0.60), ("small groups", 780, 1200, 0.88, 60, 0.90)),
}
STREAM_SEEDS = {"Haifa": 34, "Karaganda": 42}
REACTION = 3.2                      # seconds of reaction, spread of a border that is noted by hand
SHORTEST = 3                        # a spell or pause shorter than this is seldom noted
ASKS = {"Haifa": (7, 7), "Karaganda": (4, 4)}   # times the pupil asked or told something: noted by A, and by B
LOOK = 20                           # seconds from one look to the next, at the pupil and at one classmate
BLOCKED = {"Haifa": (560, 1120), "Karaganda": (420,)}   # seconds at which nobody saw the classmate


def truth(lesson):
    """The spells of engagement of one pupil, part by part."""
    spells = []
    for number, (_name, first, last, share, spell, _peers) in enumerate(LESSONS[lesson]):
        stream = simulate_stream(share=share, spell=spell, length=last - first, seed=STREAM_SEEDS[lesson] + number)
        spells += [(first + start, first + end) for start, end in stream]
    return joined(spells, 0.5)


def joined(spells, gap):
    """Spells with pauses up to ``gap`` seconds between them made one."""
    result = []
    for start, end in sorted(spells):
        if result and start - result[-1][1] <= gap:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def noted(spells, rng):
    """What a careful observer writes down: borders a little late or early, very short spells and pauses left out."""
    moved = [(start + rng.normal(0.6, REACTION), end + rng.normal(0.6, REACTION)) for start, end in spells]
    kept = [(max(start, 0), min(end, LENGTH)) for start, end in moved if end - start >= SHORTEST]
    return [(round(start), round(end)) for start, end in joined(kept, SHORTEST)]


def noted_loosely(spells, rng):
    """A second observer whose definition is vaguer: pauses often count as thinking, a quiet spell now and then as idling."""
    kept = [(start, end) for start, end in spells if end - start >= 9 or rng.random() < 0.5]
    filled = [kept[0]]
    for start, end in kept[1:]:
        if start - filled[-1][1] < 20 and rng.random() < 0.8:
            filled[-1] = (filled[-1][0], end)
        else:
            filled.append((start, end))
    idle = []
    for start, end in filled:
        if end - start > 90:
            middle = start + (end - start) * rng.uniform(0.3, 0.6)
            idle += [(start, middle), (middle + rng.uniform(14, 26), end)]
        else:
            idle.append((start, end))
    return noted(idle, rng)


def asks(lesson, rng):
    """Moments at which the pupil asked or told something; the observers note some of them only in part alike."""
    first, second = ASKS[lesson]
    moments = np.sort(rng.choice(np.arange(20, LENGTH - 20, 7), first + 2, replace=False))
    one, two = moments[:first], np.append(moments[2:first], moments[-2:])[:second]
    return [int(t) for t in one], sorted(int(t + rng.integers(-1, 3)) for t in two)


def records(rng):
    rows = []
    for lesson in LESSONS:
        spells, calls = truth(lesson), asks(lesson, rng)
        seen = {"A": noted(spells, rng), "B": (noted_loosely if lesson == "Haifa" else noted)(spells, rng)}
        for observer, moments in zip(seen, calls):
            found = [(start, end, "engaged") for start, end in seen[observer]] + [(moment, "", "asks") for moment in moments]
            rows += [[lesson, observer, behaviour, start, end] for start, end, behaviour in sorted(found, key=lambda row: row[0])]
    return rows


def moments_of_all(rows, rng):
    """At every look: was the pupil engaged (observer A), and was the next classmate in the order of seats?"""
    result = []
    for lesson, parts in LESSONS.items():
        spells = [(row[3], row[4]) for row in rows if row[0] == lesson and row[1] == "A" and row[2] == "engaged"]
        pupil = record(spells, "momentary", interval=LOOK, length=LENGTH)
        mates = {}
        for name, first, last, _share, _spell, peers in parts:   # as many engaged classmates as planned, in a random order
            count = (last - first) // LOOK
            mates[name] = iter(rng.permutation(np.arange(count) < round(peers * count)))
        for number, engaged in enumerate(pupil):
            second = LOOK * (number + 1)
            name = next(part[0] for part in parts if second <= part[2])
            mate = int(next(mates[name]))
            blocked = second in BLOCKED[lesson]
            result.append([lesson, second, name, int(engaged), "" if blocked else mate, "view blocked" if blocked else ""])
    return result


# A practice lesson in three parts. In each part: what one sees when the pupil is engaged, and when not, with the reason.
SCENES = (
    (  # the teacher reads aloud
        (("Sasha's eyes follow the teacher, who reads aloud.", "The eyes are on the person who speaks about the task."),
         ("Sasha has the finger on the line that is being read.", "The hands are on the task."),
         ("Sasha's hand is up. The eyes are on the ceiling.", "Waiting with a raised hand counts as engaged, wherever the eyes are."),
         ("Sasha says: “The stork was there last year, too.” The text is about a stork.", "Talking about the task counts as engaged."),
         ("Sasha turns the page together with the others.", "The hands are on the task."),
         ("Sasha looks at the picture of the stork in the book.", "The picture belongs to the task, and the eyes are on it."),
         ("Sasha looks at a classmate who answers the teacher's question.", "That classmate is the person who speaks about the task.")),
        (("Sasha looks out of the window. The teacher reads on.", "Perhaps Sasha listens, but listening cannot be seen. Eyes and hands are elsewhere."),
         ("Sasha ties a shoe under the table.", "Neither eyes, hands nor words are on the task."),
         ("Sasha sits very still and upright. The book is closed.", "Sitting still is not engagement. Eyes and hands are on nothing that belongs to the task."),
         ("Sasha smiles at a classmate by the door. Nobody speaks to the class.", "A kind look, but not at the task and not at a speaker."),
         ("Sasha peels the paper from a pencil.", "The pencil is a tool of the task, but it is not used for it."))),
    (  # everybody writes answers alone
        (("Sasha writes the first answer.", "The hands are on the task."),
         ("Sasha reads the question, with moving lips.", "The eyes are on the task."),
         ("Sasha rubs out a word and writes another.", "Correcting is work on the task."),
         ("Sasha draws a stork in the margin and writes “nest” beside it.", "The word and the drawing answer the question on the sheet. The rule asks what eyes and hands are on, not how neat it looks."),
         ("Sasha leafs back in the text and stops at the second page.", "Eyes and hands are on the text of the task."),
         ("Sasha's hand is up, the pencil lies on the desk.", "Waiting with a raised hand counts as engaged."),
         ("Sasha counts on the fingers and writes a number.", "Eyes and hands are on the task.")),
        (("Sasha looks at the clock above the door.", "The clock does not belong to the task."),
         ("Sasha holds the pencil above the paper and looks at the wall.", "This may be thinking, but thinking cannot be seen. The rule counts eyes, hands and words."),
         ("Sasha sharpens a pencil that was sharp already.", "The hands are busy, but not with the task."),
         ("Sasha tells a neighbour about a football match.", "The talk is not about the task."),
         ("Sasha builds a small tower of erasers.", "The hands are on something that does not belong to the task."))),
    (  # two pupils compare their answers
        (("Sasha shows a line in the text to the partner.", "Hands and eyes are on the task."),
         ("Sasha's partner reads an answer aloud, Sasha looks at the partner's sheet.", "The eyes are on the task."),
         ("Sasha says: “No, it flew away before the snow.”", "The words are about the task."),
         ("Sasha laughs, and points at the word both have written.", "Laughing does not matter here: the hand points at the task."),
         ("Sasha copies a correction from the board.", "Eyes and hands are on the task."),
         ("Sasha looks at the partner, who explains an answer.", "The partner is the person who speaks about the task."),
         ("Sasha writes while the partner dictates.", "The hands are on the task.")),
        (("Sasha and the partner trade stickers.", "The two work together well, but not on the task."),
         ("Sasha looks at another pair, who are laughing.", "That pair does not speak to Sasha about the task."),
         ("Sasha rests the head on the arms.", "Neither eyes, hands nor words are on the task."),
         ("Sasha's partner has gone to the teacher. Sasha waits and looks at the door.", "Sasha has no chance to work just then. It still counts as not engaged: the rule describes the moment, it blames nobody."),
         ("Sasha packs the school bag.", "The task is not finished, and the hands are on the bag."))),
)
PRACTICE_SEED, PRACTICE_SHARE, PRACTICE_SPELL = 100, 0.62, 35


def practice_moments():
    """The moments of the practice lesson: a made-up stream says when, the scenes say what one sees."""
    spells = simulate_stream(share=PRACTICE_SHARE, spell=PRACTICE_SPELL, length=240, seed=PRACTICE_SEED)
    engaged = record(spells, "momentary", interval=10, length=240)
    rows = []
    for part, (on, away) in enumerate(SCENES):
        banks = {1: iter(on), 0: iter(away)}
        for number in range(8 * part, 8 * part + 8):
            seen, why = next(banks[int(engaged[number])])
            seconds = 10 * (number + 1)
            rows.append([f"{seconds // 60}:{seconds % 60:02d}", seen, "engaged" if engaged[number] else "not engaged", why])
    return rows


def colleague(rng):
    """A sheet as it may come from a school: Russian headings, minutes with a comma, an empty and a missed mark, a total."""
    rows = []
    for number in range(1, 31):
        seen = int(rng.random() < (0.55 if number < 14 else 0.85))
        other = seen if rng.random() < 0.87 else 1 - seen
        rows.append([f"{number / 2:g}".replace(".", ","), seen, other, int(rng.random() < 0.8), ""])
    rows[6][2], rows[6][4] = "", "не успела"
    rows[19][3], rows[19][4] = "н/б", "вышел"
    return [*rows, ["Итого", sum(row[1] for row in rows), sum(row[2] or 0 for row in rows), "", ""]]


def write(path, header, rows, *, encoding="utf-8", delimiter=","):
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n", delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)


def main(folder=Path(__file__).parent):
    rng = np.random.default_rng(SEED)
    seen = records(rng)
    write(folder / "records.csv", ["lesson", "observer", "behaviour", "start", "end"], seen)
    write(folder / "classmates.csv", ["lesson", "second", "part", "pupil", "classmate", "note"], moments_of_all(seen, rng))
    write(folder / "moments.csv", ["time", "seen", "code", "why"], practice_moments())
    write(folder / "own-data-example.csv", ["Минута", "Наблюдатель 1", "Наблюдатель 2", "Одноклассник", "Примечание"], colleague(np.random.default_rng(SEED + 1)),
          encoding="utf-8-sig", delimiter=";")


if __name__ == "__main__":
    main()
