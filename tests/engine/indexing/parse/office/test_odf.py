"""OpenDocument texts and presentations, packed and flat, with and without a password."""

from __future__ import annotations

import base64
import hashlib
import os
import zlib

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from tests.engine.office_files import zipped
from tests.engine.parsing import read

from strongroom_engine.errors import DamagedDocument, EmptyDocument, NeedsPassword, NoText
from strongroom_engine.sentences.left_out import MACROS, PICTURES
from strongroom_engine.types import Document, LeftOut, Place

NAMES = ("office", "style", "text", "table", "presentation", "chart", "manifest")
SPACES = (
    " ".join(f"xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'" for name in NAMES)
    + " xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'"
    " xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0'"
    " xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'"
    " xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xlink='http://www.w3.org/1999/xlink'"
)
TYPE = "application/vnd.oasis.opendocument."


def content(body: str, styles: str = "", kind: str = "text") -> str:
    inside = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return (
        f"<office:document-content {SPACES}>{inside}<office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>"
    )


def odt(body: str, styles: str = "", **parts: str) -> Document:
    return read(
        "text.odt",
        zipped({"mimetype": TYPE + "text", "content.xml": content(body, styles), **parts}),
    )


def odp(*pages: str, styles: str = "", **parts: str) -> Document:
    made = content("".join(pages), styles, "presentation")
    return read(
        "talk.odp", zipped({"mimetype": TYPE + "presentation", "content.xml": made, **parts})
    )


def test_headings_paragraphs_and_white_space() -> None:
    document = odt(
        "<text:p text:style-name='P1'>The Lease</text:p>"
        "<text:h text:outline-level='2'>Rent</text:h>"
        "<text:p>It\n  is<text:s text:c='3'/>due<text:tab/>now<text:line-break/>or <text:span>later</text:span>.</text:p>",
        "<style:style style:name='P1' style:family='paragraph' style:parent-style-name='Title'/>",
    )
    assert document.text == "The Lease\n\nRent\n\nIt is   due\tnow\nor later."
    assert [(one.level, one.text) for one in document.headings] == [(1, "The Lease"), (2, "Rent")]
    assert (document.title, document.media_type) == ("The Lease", TYPE + "text")


def test_lists_tables_and_header_rows() -> None:
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    filler = "<table:table-cell table:number-columns-repeated='16000'/>"
    document = odt(
        f"<text:list>{item.format('one')}{item.format('two')}{item.format('three')}</text:list>"
        "<table:table><table:table-header-rows><table:table-row>"
        f"{cell.format('Item')}{cell.format('Price')}{filler}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{cell.format('Chair')}{cell.format('40')}</table:table-row></table:table>"
    )
    assert document.text == "one\n\ntwo\n\nthree\n\nItem | Price\nChair | 40"
    assert len(document.lists[0].items) == 3
    (table,) = document.tables
    assert document.text[table.start : table.header_end] == "Item | Price"


def test_notes_boxes_comments_and_margins_follow() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>about it</text:p></text:note-body></text:note>"
    comment = (
        "<office:annotation><dc:creator>Ada</dc:creator><text:p>why</text:p></office:annotation>"
    )
    box = "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box><draw:image/></draw:frame>"
    margin = "<style:header><text:p>Firm</text:p></style:header>"
    document = odt(
        f"<text:p>one{note}{comment} more{box}</text:p><text:p>two</text:p><draw:frame><draw:image/></draw:frame>",
        **{
            "styles.xml": f"<office:document-styles {SPACES}><office:master-styles><style:master-page>{margin}</style:master-page></office:master-styles></office:document-styles>",
            "Basic/Standard/script.xml": "<x/>",
        },
    )
    assert document.text.split("\n\n") == ["one more", "about it", "why", "boxed", "two", "Firm"]
    assert document.left_out == (LeftOut(PICTURES(), 1), LeftOut(MACROS(), 1))


def test_deleted_text_is_left_out_and_hidden_text_marked() -> None:
    styles = (
        "<style:style style:name='T1' style:family='text'><style:text-properties text:display='none'/></style:style>"
        "<style:style style:name='T2' style:family='text'><style:text-properties fo:color='#ffffff'/></style:style>"
        "<style:style style:name='T3' style:family='text'><style:text-properties fo:color='#ffffff' fo:background-color='#000000'/></style:style>"
    )
    document = odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>seen <text:span text:style-name='T1'>secret</text:span> and <text:span text:style-name='T2'>white</text:span>"
        " and <text:span text:style-name='T3'>on black</text:span></text:p>"
        "<text:section text:display='none'><text:p>a section</text:p></text:section>",
        styles,
    )
    assert document.text == "seen secret and white and on black\n\na section"
    hidden = [document.text[start:end] for start, end in document.hidden]
    assert hidden == ["secret", "white", "a section"]


def test_readings_above_characters_are_not_said() -> None:
    ruby = "<text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby>"
    assert odt(f"<text:p>{ruby}です</text:p>").text == "東京です"


def frame(text: str, kind: str = "", top: str = "") -> str:
    said = f" presentation:class='{kind}'" if kind else ""
    place = f" svg:x='1cm' svg:y='{top}' svg:width='5cm' svg:height='1cm'" if top else ""
    return f"<draw:frame{said}{place}><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"


def test_slides_titles_notes_and_hidden_ones() -> None:
    notes = f"<presentation:notes>{frame('say so', 'notes')}</presentation:notes>"
    hidden = (
        "<style:style style:name='dp1' style:family='drawing-page'>"
        "<style:drawing-page-properties presentation:visibility='hidden'/></style:style>"
    )
    document = odp(
        f"<draw:page>{frame('below', '', '90mm')}{frame('above', '', '3cm')}{frame('Plan', 'title', '1cm')}{notes}</draw:page>",
        f"<draw:page draw:style-name='dp1'>{frame('unseen', 'title')}</draw:page>",
        "<draw:page/>",
        styles=hidden,
    )
    assert document.text == "Plan\n\nabove\n\nbelow\n\nsay so\n\nunseen"
    assert document.places == (
        Place(0, 1, "slide", "Plan", 1),
        Place(20, 2, "notes"),
        Place(28, 1, "slide", "unseen", 2),
    )
    assert [document.text[start:end] for start, end in document.hidden] == ["unseen"]


def test_what_all_slides_show_is_said_once() -> None:
    shapes = frame("Firm", "footer") + frame("Click here", "title") + frame("Firm")
    master = f"<style:master-page>{shapes}</style:master-page>"
    styles = f"<office:document-styles {SPACES}><office:master-styles>{master}</office:master-styles></office:document-styles>"
    page = f"<draw:page>{frame('words')}</draw:page>"
    assert odp(page, page, **{"styles.xml": styles}).text == "words\n\nFirm\n\nwords"


def test_charts_are_read() -> None:
    row = "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
    chart = (
        "<chart:chart><chart:title><text:p>Sales</text:p></chart:title>"
        f"<table:table>{row.format('North', 8)}{row.format('South', 3)}</table:table></chart:chart>"
    )
    document = odt(
        "<draw:frame><draw:object xlink:href='./Object 1'/><draw:image/></draw:frame>",
        **{"Object 1/content.xml": content(chart, kind="chart")},
    )
    assert document.text == "Sales\n\nNorth | 8\nSouth | 3"


def test_flat_files() -> None:
    flat = f"<?xml version='1.0'?><office:document {SPACES} office:mimetype='{TYPE}text'><office:body><office:text><text:p>flat</text:p></office:text></office:body></office:document>"
    document = read("text.fodt", flat.encode())
    assert (document.text, document.media_type) == ("flat", TYPE + "text")


def with_password(password: str) -> bytes:
    """As programs since 2012 encrypt it: SHA-256 of the password, PBKDF2, AES in blocks."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(content("<text:p>a secret lease</text:p>").encode()) + packer.flush()
    vector, salt = os.urandom(16), os.urandom(16)
    start = hashlib.sha256(password.encode()).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, salt, 1000, 32)
    checksum = hashlib.sha256(packed[:1024]).digest()
    missing = 16 - len(packed) % 16
    filling = b"x" * (missing - 1) + bytes([missing])
    cipher = Cipher(AES(key), CBC(vector)).encryptor()
    data = cipher.update(packed + filling) + cipher.finalize()
    said = {
        name: base64.b64encode(value).decode()
        for name, value in (("v", vector), ("s", salt), ("c", checksum))
    }
    entry = (
        "<manifest:file-entry manifest:full-path='content.xml'><manifest:encryption-data"
        f" manifest:checksum-type='urn:x#sha256-1k' manifest:checksum='{said['c']}'>"
        f"<manifest:algorithm manifest:algorithm-name='http://w#aes256-cbc' manifest:initialisation-vector='{said['v']}'/>"
        "<manifest:start-key-generation manifest:start-key-generation-name='http://w#sha256' manifest:key-size='32'/>"
        f"<manifest:key-derivation manifest:key-derivation-name='PBKDF2' manifest:key-size='32' manifest:iteration-count='1000' manifest:salt='{said['s']}'/>"
        "</manifest:encryption-data></manifest:file-entry>"
    )
    manifest = f"<manifest:manifest {SPACES}>{entry}</manifest:manifest>"
    return zipped(
        {"mimetype": TYPE + "text", "META-INF/manifest.xml": manifest, "content.xml": data}
    )


def test_a_password_opens_it() -> None:
    data = with_password("öffne")
    document = read("text.odt", data, "wrong", "öffne")
    assert (document.text, document.with_password) == ("a secret lease", True)
    for passwords in ((), ("wrong",)):
        with pytest.raises(NeedsPassword):
            read("text.odt", data, *passwords)


def test_what_cannot_be_read() -> None:
    for data, problem in (("<x", DamagedDocument), (content(""), EmptyDocument)):
        with pytest.raises(problem):
            read("text.odt", zipped({"mimetype": TYPE + "text", "content.xml": data}))
    with pytest.raises(NoText):
        odt("<draw:frame><draw:image/></draw:frame>")
    with pytest.raises(DamagedDocument):
        odt("<text:section>" * 5000 + "</text:section>" * 5000)
