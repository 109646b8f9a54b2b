"""Make the table of a fictional district, as an office might send it. Run in this folder: python make_data.py

Nothing here was counted anywhere. counts.csv beside it is not made here: it holds published counts with their sources.
"""

import csv
from pathlib import Path

import numpy as np

SEED = 20261124
CATEGORIES = (  # name, name in English, children, shares: ordinary class, special class, special school, at home
    ("помощь с речью", "help with speech", 214, (0.80, 0.12, 0.07, 0.01)),
    ("помощь в обучении, много", "help with learning, much", 131, (0.62, 0.25, 0.12, 0.01)),
    ("помощь в обучении, немного", "help with learning, a little", 118, (0.97, 0.03, 0.00, 0.00)),
    ("помощь в движении", "help with movement", 58, (0.45, 0.05, 0.14, 0.36)),
    ("помощь со слухом", "help with hearing", 23, (0.39, 0.00, 0.57, 0.04)),
    ("помощь в общении и поведении", "help with communication and behaviour", 41, (0.44, 0.22, 0.17, 0.17)),
    ("помощь со зрением", "help with sight", 4, (0.50, 0.00, 0.50, 0.00)),
)
NOT_IN_EDUCATION = 0.08   # beside each 100 who are taught 8 more are registered, mostly small children at home; not counted in any of the four places
CHILDREN_PER_POST = 30


def district(rng):
    """A row for each category: registered, in four places, posts of assistants with a decimal comma; a total at the end."""
    rows = []
    for name, _english, taught, shares in CATEGORIES:
        places = rng.multinomial(taught, shares)
        registered = taught + rng.binomial(taught, NOT_IN_EDUCATION)
        posts = round(2 * places[0] / CHILDREN_PER_POST) / 2
        rows.append([name, registered, *places, posts])
    totals = ["Итого", *(sum(row[column] for row in rows) for column in range(1, 7))]
    rows[3][5] = "н/д"   # nobody asked who learns at home; the total still holds the number
    return [[str(cell).replace(".", ",") for cell in row] for row in [*rows, totals]]


def main(folder=Path(__file__).parent):
    header = ["Категория", "Состоит на учёте", "В обычных классах", "В специальных классах", "В специальных школах", "На дому", "Ставок ассистентов"]
    with open(folder / "own-data-example.csv", "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", delimiter=";")
        writer.writerow(header)
        writer.writerows(district(np.random.default_rng(SEED)))
    with open(folder / "category-names.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("category", "english"), *((name, english) for name, english, _taught, _shares in CATEGORIES)])


if __name__ == "__main__":
    main()
