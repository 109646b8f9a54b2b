"""Make the chapter's data: a fictional grade list with traps, and a colleague's list. Run in this folder: python make_data.py

Nobody here exists. Names are drawn from lists of common names. So that no number can belong to anybody:
- a 12-digit number has a month from 13 to 24 and a seventh digit 9, which the individual numbers of Kazakhstan never have;
- a telephone number begins with +7 799, which is given to nobody in Kazakhstan, and is two digits too short to be called.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SEED = 20261104
GIRLS = """Aigerim Aliya Amina Anastasia Aruzhan Assel Ayana Dilnaz Elina Inkar Karina Maria Milana Nazerke Polina Sabina
Sofia Tomiris Ulzhan Veronika Yasmin Zarina Zere""".split()
BOYS = """Adil Alikhan Amir Artyom Bakhytzhan Daniyar Dias Emil Georgy Ilyas Kirill Maxim Miras Nikita Nurlan Ruslan Sanzhar
Sultan Tair Temirlan Timofey Viktor Yerassyl Zhan""".split()
FAMILIES = """Abenov Akhmetov Baimukhanov Bekov Dzhumabaev Ermekov Grigoriev Ibraev Kalinin Karimov Kassymov Kozlov Mukanov
Nikolaev Omarov Orlov Rakhimov Sadykov Suleimenov Tulegenov Umarov Volkov Yessenov Zhakupov""".split()
SAME_FOR_ALL = ["Kim", "Li", "Schmidt", "Bondarenko", "Tsoi", "Weber"]
NOTES = {
    3: "new since March, lived in Balkhash before",
    8: "father drives the school bus",
    13: "lives with a grandmother in the blue house",
    19: "cousin in the other class",
    27: "mother is the school nurse",
    34: "wins every chess game",
    41: "asks for quiet when reading",
}
# Kind of support, and how many in class 4A and 4B. Kamila is the one with hearing support.
# Place in the list of those who are not counted: a family said no, a family has not answered, a child said no.
ANSWERS = {22: "no", 34: "", 20: "no"}
SUPPORT = {"none": (15, 13), "reading group": (7, 4), "speech therapy": (2, 4), "movement support": (0, 2), "hearing support": (0, 1)}
READING = {"none": 82, "reading group": 63, "speech therapy": 56, "movement support": 60, "hearing support": 58}


def code_number(born, place):
    """Twelve digits in the usual order that can be nobody's: the month is 13 to 24, the seventh digit 9."""
    return f"{born:%y}{born.month + 12}{born:%d}9{place:04d}{place % 10}"


def people(rng):
    """The pupils of grade 4 without Kamila: class, support, sex, language, day of birth, words a minute."""
    made = []
    for support, numbers in SUPPORT.items():
        for letter, number in zip("AB", numbers):
            for _pupil in range(number if support != "hearing support" else 0):
                sex = "girl" if rng.random() < 0.5 else "boy"
                language = str(rng.choice(["Kazakh", "Russian", "Uzbek", "German"], p=[0.58, 0.34, 0.06, 0.02]))
                born = date(2016, 9, 1) + timedelta(days=int(rng.integers(-170, 365)))
                words = round(READING[support] + rng.normal(0, 13 if support == "none" else 7))
                made.append([f"4{letter}", support, sex, language, born, words])
    return made


def names(rng, pupils):
    """A name for each pupil, none twice."""
    given = {"girl": list(rng.permutation(GIRLS)), "boy": list(rng.permutation(BOYS))}
    families = [*rng.permutation(FAMILIES), *rng.permutation(FAMILIES)]
    made = []
    for place, (_class, _support, sex, *_rest) in enumerate(pupils):
        first = given[sex][sum(other[2] == sex for other in pupils[:place]) % len(given[sex])]
        family = families[place] + ("a" if sex == "girl" else "")
        made.append(f"{SAME_FOR_ALL[place // 8 % 6] if place % 8 == 5 else family} {first}")
    return made


def grade_list(rng):
    """All pupils of grade 4 in the order of the alphabet, class by class, as a school keeps them."""
    pupils = people(rng)
    rows = list(zip(names(rng, pupils), pupils))
    rows.append(("Sarsenova Kamila", ["4B", "hearing support", "girl", "Kazakh", date(2015, 4, 23), 58]))
    rows.sort(key=lambda row: (row[1][0], row[0]))
    listed = []
    for place, (name, (letter, support, sex, language, born, words)) in enumerate(rows, 1):
        kamila = name == "Sarsenova Kamila"
        photo = "kamila_comics.jpg" if kamila else f"IMG_{400 + place:04d}.jpg" if place % 5 == 0 else ""
        note = "draws comics; the only one with a hearing device" if kamila else NOTES.get(place, "")
        absent = place in (12, 30)
        listed.append([place, name, born, code_number(born, place), letter, sex, language, support, f"+7 799 000 {place:02d}",
                       "" if absent else words, photo, note, ANSWERS.get(place, "yes")])
    return listed


RUSSIAN = {
    "ж": ("Абенова Динара", "Белова Ксения", "Жакупова Томирис", "Ким Виолетта", "Мусина Алтынай", "Орлова Варвара", "Рахимова Малика",
          "Садыкова Гульназ", "Тен Эвелина", "Умарова Нигина", "Фролова Ульяна", "Шарипова Айнур"),
    "м": ("Ахметов Галым", "Бондарь Матвей", "Ермеков Дамир", "Исаев Руслан", "Кузнецов Платон", "Ли Роман", "Нургалиев Санжар",
          "Петров Савелий", "Сулейменов Алдияр", "Толеген Бекзат", "Цой Глеб", "Югай Леонид"),
}


def colleague(rng):
    """A list as it may come from a school: two title lines, 24 children, marks for absence, a decimal comma, an average, a remark."""
    children = sorted((name, sex) for sex, some in RUSSIAN.items() for name in some)
    rows = [["Список 3-х классов, октябрь 2026 г.", *[""] * 11], [""] * 12,
            ["№ п/п", "ФИО ребёнка", "Дата рождения", "ИИН", "Класс", "Пол", "Язык дома", "Вид поддержки", "Телефон мамы", "Слов в мин.", "Фото",
             "Примечание"]]
    words = []
    for place, (name, sex) in enumerate(children, 1):
        born = date(2017, 9, 1) + timedelta(days=int(rng.integers(0, 365)))
        support = "логопед" if place in (4, 9, 15) else "тьютор" if place == 20 else "группа чтения" if place % 4 == 2 else "нет"
        score = round(rng.normal(68 if support == "нет" else 52, 9))
        absent = place in (6, 17)
        words += [] if absent else [score]
        language = "узбекский" if place == 12 else "русский" if place % 3 == 0 else "казахский"
        note = {4: "тётя работает в школе", 20: "ходит с тьютором, тел. +7 799 000 77", 22: "переехала из Приозёрска"}.get(place, "")
        rows.append([place, name, born.strftime("%d.%m.%Y"), code_number(born, 100 + place), "3 А" if place % 2 else "3 Б", sex, language, support,
                     f"+7 799 001 {place:02d}", "н/б" if absent else f"{score},5" if place == 11 else score, f"IMG_{700 + place:04d}.jpg", note])
    rows.append(["", "Среднее", *[""] * 7, f"{np.mean(words):.1f}".replace(".", ","), "", ""])
    return rows


def write(path, header, rows, *, encoding="utf-8", delimiter=","):
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n", delimiter=delimiter)
        writer.writerows([header, *rows] if header else rows)


def main(folder=Path(__file__).parent):
    rng = np.random.default_rng(SEED)
    write(folder / "grade-list.csv", ["number", "pupil_name", "born", "id_number", "class", "sex", "language", "support", "phone", "words", "photo", "note",
                                     "agreed"],
          grade_list(rng))
    write(folder / "own-data-example.csv", None, colleague(rng), encoding="utf-8-sig", delimiter=";")


if __name__ == "__main__":
    main()
