#!/bin/sh
# The text of a PDF, page by page: its own where a page has some, else what tesseract reads on a picture of the page.
#
#     sh ocr-pdf.sh scan.pdf [eng+deu]
#
# Needs poppler-utils and tesseract-ocr (with tesseract-ocr-deu for German, and so on).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export OMP_THREAD_LIMIT=1 # Neo reads several files at a time
info=$(pdfinfo "$1")
pages=$(printf '%s\n' "$info" | sed -n 's/^Pages: *//p')
page=1
while [ "$page" -le "$pages" ]; do
    pdftotext -enc UTF-8 -nopgbrk -f "$page" -l "$page" "$1" "$folder/text"
    if ! grep -q '[[:alnum:]]' "$folder/text"; then
        # 3508 dots are 300 an inch of A4; a page of any size costs no more.
        pdftoppm -gray -scale-to 3508 -singlefile -f "$page" -l "$page" "$1" "$folder/page"
        if ! tesseract "$folder/page.pgm" stdout -l "${2:-eng}" -c page_separator= \
            >"$folder/text" 2>"$folder/complaint"; then
            head -n 1 "$folder/complaint" >&2
            exit 1
        fi
    fi
    cat "$folder/text"
    printf '\f'
    page=$((page + 1))
done
