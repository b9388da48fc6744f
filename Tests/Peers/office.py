"""Writes office files, and what the libraries that wrote them read back; a test of Documents compares when NEO_PEERS_DIR
names the folder and markitdown is on PATH.

    pip install -r documents-requirements.txt
    python office.py --out DIR
    PATH="$PATH:…/bin" NEO_PEERS_DIR=DIR swift test --filter OfficePeerTests

A file is made with python-docx, python-pptx or openpyxl, read again with the same library, and goes into
office/expected.json as: texts, headings, rows of tables, and the texts of each slide.
"""

import argparse
import datetime
import json
import pathlib

import docx
import openpyxl
import pptx
from pptx.util import Inches


def handbook(path):
    file = docx.Document()
    file.add_heading("Boarding", 1)
    file.add_paragraph("Cars board before foot passengers. The ramp is lifted four minutes before departure.")
    file.add_paragraph("Bicycles stand on the lower deck.", style="List Bullet")
    file.add_paragraph("Hunde müssen an die Leine – auch an Deck.", style="List Bullet")
    file.add_heading("Fares", 2)
    table = file.add_table(rows=0, cols=3)
    for row in (("Ticket", "Single", "Return"), ("Adult", "7.50 crowns", "12 crowns"), ("Child", "free", "free")):
        for cell, text in zip(table.add_row().cells, row):
            cell.text = text
    file.add_heading("Fog", 1)
    file.add_paragraph("In fog the ferry sails at half speed.")
    file.save(path)
    read = docx.Document(path)
    return {
        "texts": [p.text for p in read.paragraphs],
        "headings": [p.text for p in read.paragraphs if p.style.name.startswith("Heading")],
        "rows": [[cell.text for cell in row.cells] for table in read.tables for row in table.rows],
        "slides": [],
    }


def timetable(path):
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = "Winter timetable"
    slide.placeholders[1].text = "Harbour office"
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "What changes"
    slide.placeholders[1].text_frame.text = "The first ferry leaves at 06:40 on weekdays."
    slide.notes_slide.notes_text_frame.text = "Say that the school bus waits for it."
    deck.slides.add_slide(deck.slide_layouts[6])  # nothing stands on it
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Crossings"
    shape = slide.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(6), Inches(2))
    for row, texts in zip(shape.table.rows, (("Route", "Minutes"), ("Cape to Holm", "35"), ("Holm to Skerry", "20"))):
        for cell, text in zip(row.cells, texts):
            cell.text = text
    deck.save(path)
    read = pptx.Presentation(path)
    slides = []
    for slide in read.slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        if slide.has_notes_slide:
            texts.append(slide.notes_slide.notes_text_frame.text)
        slides.append([text for text in texts if text])
    return {
        "texts": [],
        "headings": [slide.shapes.title.text for slide in read.slides if slide.shapes.title is not None],
        "rows": [
            [cell.text for cell in row.cells]
            for slide in read.slides for shape in slide.shapes if shape.has_table for row in shape.table.rows
        ],
        "slides": slides,
    }


def fuel(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Fuel"
    for row in (("Month", "Litres", None), ("January", 41200, 1.31), ("February", None, 1.29), (None, None, None)):
        sheet.append(row)
    crew = book.create_sheet("Crew")
    crew.append(("Name", "Duty", "Since"))
    crew.append(("Ragna Holt", "captain", datetime.date(2019, 4, 1).isoformat()))
    book.save(path)
    read = openpyxl.load_workbook(path)
    rows = [[cell for cell in row if cell is not None] for sheet in read for row in sheet.iter_rows(values_only=True)]
    # pandas reads a column with an empty cell as floating point: 41200 becomes 41200.0.
    numbers = [[f"{cell:.1f}" if isinstance(cell, int) else str(cell) for cell in row] for row in rows if row]
    return {"texts": [], "headings": read.sheetnames, "rows": numbers, "slides": []}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    folder = parser.parse_args().out / "office"
    folder.mkdir(parents=True, exist_ok=True)
    expected = {
        "handbook.docx": handbook(folder / "handbook.docx"),
        "timetable.pptx": timetable(folder / "timetable.pptx"),
        "fuel.xlsx": fuel(folder / "fuel.xlsx"),
    }
    (folder / "expected.json").write_text(json.dumps(expected))
    print(f"wrote office/expected.json: {len(expected)} files")
