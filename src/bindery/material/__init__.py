"""Teaching material from a chapter's own files: slides, a worksheet with an answer sheet, questions for a learning platform."""

from pathlib import Path

from bindery.check import chapter_folders
from bindery.material.questions import gift, moodle_xml, questions_of
from bindery.material.slides import copy_reveal, deck_html
from bindery.material.worksheet import answer_sheet, worksheet
from practicum.i18n import gettext as _
from practicum.practice import chapter as open_practice

FOLDER = Path("_build/material")


def make_material(root, stems=()):
    """Write the material of the chapters (all of them without ``stems``) into ``_build/material``; returns what to say."""
    root = Path(root).resolve()
    folders = {folder.name: folder for folder in chapter_folders(root)}
    unknown = [stem for stem in stems if stem not in folders]
    if unknown:
        return [_('There is no chapter "{stem}". There is: {names}.').format(stem=unknown[0], names=", ".join(folders))], False
    copy_reveal(root, root / FOLDER)
    for stem in stems or folders:
        practice = open_practice(stem, folders[stem])
        target = root / FOLDER / stem
        target.mkdir(parents=True, exist_ok=True)
        questions = questions_of(practice)
        (target / "slides.html").write_text(deck_html(folders[stem], practice), encoding="utf-8")
        worksheet(practice).save(target / "worksheet.docx")
        answer_sheet(practice).save(target / "answers.docx")
        (target / "questions-moodle.xml").write_bytes(moodle_xml(practice, questions))
        (target / "questions.gift").write_text(gift(practice, questions), encoding="utf-8")
    return [_("Slides, worksheets, answer sheets and questions for {count} chapters are in {folder}.").format(
        count=len(stems or folders), folder=root / FOLDER)], True
