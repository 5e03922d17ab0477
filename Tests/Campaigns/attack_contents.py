"""Attacks by what a file holds: rows of others, huge and deep things, encodings, cells that run."""

import io
import zipfile

from attack_field import WITNESS
from installation import report

HEADER = b"periode;indicateur;valeur;jalon;date;commentaire\r\n"
RUNS = ["=HYPERLINK(\"http://evil\";\"x\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1",
        "=cmd|' /C calc'!A0"]
MARKUP = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "&lt;b&gt;", "]]>",
          "{{7*7}}", "</title></style><h1>"]
ESCAPES = ["\x1b[2J\x1b]0;pwned\x07", "\u009b31m", "\u202egnp", "\u2028\u2029", "\u200b\ufeff",
           "a\x00b", "\x08\x08\x08", "\x7f"]
NUMBERS = ["9" * 100_000, "1e308", "NaN", "Infinity", "-Infinity", "0x10", "٣٤", "１２", "1.234,5",
           "−5", "1" + "\u00a0000" * 5_000, "0," + "0" * 50_000 + "1", "--1", "1_000", ""]
PERIODS = ["2021-Q1" * 5_000, "99999999999-Q1", "-0001-Q1", "2021-Q9", "2021-Q0", "T1 " * 9_999,
           "0000-Q1", "9999-Q4", "2021-Q1\x00", "１２34-Q1"]


def cells(field, texts):
    """Files that have a text in one column after another, and one that has it in all."""
    for text in texts:
        quoted = '"' + text.replace('"', '""') + '"'
        for column in [*range(6), None]:
            values = [quoted] * 6 if column is None else [
                "2021-Q1", "agents", str(field.random.randrange(10**9)), "", "", field.mark()]
            if column is not None:
                values[column] = quoted
            content = HEADER + ";".join(values).encode(errors="surrogatepass") + b"\r\n"
            if column != 5:
                content += b";;;;;" + field.mark().encode() + b"\r\n"
            field.judge(content, "rejected" if column in (0, 1, None) else "accepted rejected")


def others_rows(field):
    """Rows of another project, alone and among its own, and one that is nobody's."""
    for project in (WITNESS, WITNESS.lower(), "../" + WITNESS, "INCONNU", "A" * 100_000):
        for own in ("", "MALICE-1;2021-Q1;agents;320\r\n"):
            content = f"projet;periode;indicateur;valeur\r\n{own}{project};2021-Q1;agents;310\r\n"
            field.judge(content.encode() + b";;;\r\n" * field.random.randrange(1, 9_999),
                        "rejected", "project-foreign")


def paths_in_fields(field):
    """`../` and the like in every field."""
    cells(field, ["../../../../etc/passwd", "/etc/shadow", "..\\..\\windows", "%00", "file:///etc"])


def huge_lines(field):
    """A line, a cell, a header and a quoted cell of the greatest size."""
    size = field.scale.file - 10_000
    field.judge(report(("2021-Q1", "agents", 310, "", "", field.mark() + "x" * size)), "accepted",
                rows=1)
    field.judge(HEADER + field.mark().encode() * (size // 20) + b"\r\n", "rejected", "row-kind")
    field.judge(field.mark().encode() + b"y" * size, "rejected", "header")
    field.judge(HEADER + b'2021-Q1;agents;310;;;"' + field.mark().encode() + b'""' * (size // 2),
                "rejected", "syntax")
    field.judge(HEADER + b'"' * (size | 1) + field.mark().encode(), "rejected")
    field.judge(b'"' + b"\n" * size + field.mark().encode(), "rejected")


def many_columns(field):
    """As many columns as fit: in the header, in a row, without names."""
    count = field.scale.file // 12
    names = b";".join(b"c%d" % number for number in range(count))
    field.judge(HEADER[:-2] + b";" + names + b"\r\n2021-Q1;agents;310;;;" + field.mark().encode()
                + b"\r\n", "accepted", rows=1)
    field.judge(HEADER + b"2021-Q1;agents;310;;;" + field.mark().encode() + b";" * count + b"1\r\n",
                "rejected", "column-count")
    field.judge(HEADER[:-2] + b";valeur" * (count // 2) + field.mark().encode() + b"\r\n",
                "rejected", "header")
    field.judge(b";" * (count * 9) + field.mark().encode() + b"\r\n", "rejected")


def many_rows(field):
    """As many rows as fit: the same, blank, all wrong in every cell, all of them unknown names."""
    size = field.scale.file - 10_000
    row = b"2021-Q1;agents;310;;;\r\n"
    field.judge(HEADER + row * (size // len(row)) + row[:-2] + field.mark().encode() + b"\r\n",
                "rejected", "duplicate-row")
    field.judge(HEADER + b";;;;;\r\n" * (size // 7) + field.mark().encode() + b"\r\n", "rejected")
    field.judge(HEADER + b"\r\n" * (size // 2) + row[:-2] + field.mark().encode() + b"\r\n",
                "accepted", rows=1)
    names = b"".join(b"2021-Q1;i%d;1;;;\r\n" % number for number in range(size // 26))
    field.judge(HEADER + names + b"x;x;x;x;x;" + field.mark().encode() + b"\r\n", "rejected",
                "indicator-unknown")
    field.judge(HEADER + b"1;1;1;1;1\r\n" * (size // 11) + field.mark().encode() + b"\r\n",
                "rejected", "row-kind period")


def deep_json(field):
    """JSON that is deep, has huge numbers and texts, and keys twice or by the thousand."""
    size, mark = field.scale.file - 10_000, field.mark().encode()
    row = b'{"project":"MALICE-1","comment":"%s","indicators":[{"id":"agents","period":"2021-Q1",' \
          b'"value":%s}]}\n'
    for content, ending in ((b"[" * 100_000 + mark, ""), (b'{"a":' * 100_000 + mark, ""),
                            (b"[" * 100_000 + b"]" * 100_000 + mark, ""),
                            (b'{"indicators":' + b"[" * 50_000 + b"]" * 50_000 + b"}" + mark, ""),
                            (b'{"indicators":[' + b"{}," * (size // 3) + b"{}]}" + mark, ""),
                            (b'{"comment":"' + mark + b"\\ud800" * (size // 6) + b'"}', ""),
                            (b'{"comment":"' + mark + b"\\u0000" * (size // 6) + b'"}', ""),
                            (b"{" + b'"project":"MALICE-1",' * (size // 30) + b'"z":1}' + mark, ""),
                            (b"{" + b",".join(b'"k%d":1' % number for number in range(size // 12))
                             + b'}', ""),
                            (b"/*" * (size // 2) + mark, ""), (b"[1,2" + b"," * size + mark, "")):
        field.judge(content + ending.encode(), "rejected", ending=".json")
    for value in (b"1e999999999", b"9" * (size // 2), b"-00", b"0." + b"0" * 90_000 + b"1",
                  b'"' + b"1" * (size // 2) + b'"', b"1E-400", b"[1]", b"true", b"1.0000000001"):
        field.judge(row % (field.mark().encode(), value), "rejected", ending=".json")
    field.judge(row % (field.mark().encode() + b"z" * (size - 200), b"310"), "accepted", rows=1)


def encodings(field):
    """NUL bytes, UTF-16 that is odd, cut or lies, floods of marks, UTF-32, every byte there is."""
    size, good = field.scale.file // 2, field.good().decode()
    field.judge(b"\xff\xfe" + good.encode("utf-16-le"), "accepted", rows=1)
    field.judge(b"\xfe\xff" + field.good().decode().encode("utf-16-be"), "accepted", rows=1)
    mark = field.mark()
    for content in (
            bytes(size) + mark.encode(), HEADER + b"2021-Q1;agents;3\x0010;;;" + mark.encode(),
            b"\xff\xfe" + good.encode("utf-16-le") + mark.encode("utf-16-le") + b"x",
            b"\xff\xfe" + good.encode("utf-16-le") + b"\x00\xd8" * 9 + mark.encode("utf-16-le"),
            b"\xff\xfe" + good.encode("utf-16-be") + mark.encode("utf-16-be"),
            b"\xff\xfe" + bytes(size) + mark.encode("utf-16-le"), b"\xff\xfe", b"\xff", b"", b"\n",
            "\ufeff".encode() * (size // 3) + mark.encode(),
            b"\xff\xfe" * (size // 2) + mark.encode("utf-16-le"),
            b"\xff\xfe\x00\x00" + good.encode("utf-32-le") + mark.encode("utf-32-le"),
            bytes(range(256)) * (size // 256) + mark.encode(), b"\r" * size + mark.encode(),
            HEADER.replace(b";", b"\xc0\xbb") + mark.encode(), b"\xf4\x90\x80\x80" + mark.encode()):
        field.judge(content, "rejected duplicate")


def archives(field):
    """What looks like a spreadsheet: a bomb, a stump, an entity that grows."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.comment = field.mark().encode()
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            file.writestr(name, bytes(field.scale.bomb))
    entities = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
        b"<!ENTITY a%d '%s'>" % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 40))
    for content in (bomb.getvalue(), b"PK\x03\x04" + field.mark().encode(),
                    b"PK\x03\x04" + bytes(field.scale.file // 2) + field.mark().encode(),
                    entities + b"]><x>&a39;</x>" + field.mark().encode(),
                    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + field.mark().encode(),
                    b"\x1f\x8b\x08" + bytes(64) + field.mark().encode(),
                    b"%PDF-1.7\n" + field.mark().encode()):
        field.judge(content, "rejected", ending=".xlsx")


ATTACKS = {
    "others' rows": others_rows, "paths in fields": paths_in_fields, "huge lines": huge_lines,
    "many columns": many_columns, "many rows": many_rows, "deep JSON": deep_json,
    "encodings": encodings, "archives": archives,
    "cells that run": lambda field: cells(field, RUNS),
    "markup": lambda field: cells(field, MARKUP), "escapes": lambda field: cells(field, ESCAPES),
    "numbers": lambda field: cells(field, field.random.sample(NUMBERS, 4)),
    "periods": lambda field: cells(field, field.random.sample(PERIODS, 3)),
}
