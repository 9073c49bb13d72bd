"""Makes recipients.xlsx, .xls and .ods: three sheets, the list on the second below a title;
and broken.xlsx, with a formula's error and a remark beside the table.

    pip install openpyxl xlwt && python3 tests/cli/mail_merge/generate.py
"""
import pathlib, zipfile
import openpyxl, xlwt
HERE = pathlib.Path(__file__).parent
HEAD = ["First", "Last", "Chamber", "State", "District", "Zip Code", "Address", "E-mail"]
# (value, number format): a number is typed as one.
ROWS = [
    ["Ann", "Muster", "Senate", "MA", None, (2138, "00000"), "1 Hart Building\nWashington, DC 20510", "ann@office.example"],
    ["Bo", "Núñez", "House", "NM", (3, "General"), "07008", "Washington, DC 20515", "bo@office.example"],
    ["Cy", "O’Hara", "House", "MN", "05", (55401, "00000"), "Washington, DC 20515", "cy@office.example"],
]
OLD = [["First", "Last", "Chamber", "Share"], ["Di", "Left", "House", (0.25, "0%")]]
SHEETS = [("Read me", [["Collected by the interns"]]), ("Members", [["Members of the committee"], [], HEAD, *ROWS]), ("Old", OLD)]

def split(cell):
    return cell if isinstance(cell, tuple) else (cell, None)

book = openpyxl.Workbook()
book.remove(book.active)
old = xlwt.Workbook()
content = []
for name, rows in SHEETS:
    sheet, before = book.create_sheet(name), old.add_sheet(name)
    content.append(f'<table:table table:name="{name}">')
    for r, row in enumerate(rows):
        content.append("<table:table-row>")
        for c, cell in enumerate(row):
            value, form = split(cell)
            if value is None:
                content.append("<table:table-cell/>")
                continue
            made = sheet.cell(r + 1, c + 1, value)
            if form:
                made.number_format = form
            before.write(r, c, value, xlwt.easyxf(num_format_str=form or "General"))
            if form:
                content.append(f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>')
            else:
                lines = "".join(f"<text:p>{line}</text:p>" for line in value.split("\n"))
                content.append(f'<table:table-cell office:value-type="string">{lines}</table:table-cell>')
        if not row:
            content.append("<table:table-cell/>")
        content.append("</table:table-row>")
    content.append("</table:table>")
book.save(HERE / "recipients.xlsx")
old.save(str(HERE / "recipients.xls"))
broken = openpyxl.Workbook()
for row in (["First", "Last", "Chamber", "State"], ["Ann", "Muster", "Senate", "#N/A"], ["Bo", "Beispiel", "House", "NM", "ask Cy"]):
    broken.active.append(row)
broken.save(HERE / "broken.xlsx")
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
document = (
    f'<office:document-content xmlns:office="{OASIS}:office:1.0" xmlns:table="{OASIS}:table:1.0" xmlns:text="{OASIS}:text:1.0">'
    f'<office:body><office:spreadsheet>{"".join(content)}</office:spreadsheet></office:body></office:document-content>')
kind = "application/vnd.oasis.opendocument.spreadsheet"
manifest = (
    f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')
with zipfile.ZipFile(HERE / "recipients.ods", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
    archive.writestr("META-INF/manifest.xml", manifest)
    archive.writestr("content.xml", document)
