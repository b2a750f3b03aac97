"""Presentations: slide by slide, in reading order, with notes, comments, charts and what is inside."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.engine.office_files import SPACES, presentation, relations, shape, zipped
from tests.engine.parsing import in_memory, read

from strongroom_engine.errors import DamagedDocument, EmptyDocument, NoText, TooLarge
from strongroom_engine.indexing.parse.office import pptx
from strongroom_engine.sentences.left_out import MACROS, PICTURES
from strongroom_engine.types import Document, LeftOut, Place, path_at

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"


def talk(*slides: str, **parts: str | bytes) -> Document:
    return read("talk.pptx", presentation(*slides, **parts))


def place_of(document: Document, words: str) -> list[tuple[str, str, int | None]]:
    found = path_at(document.places, document.text.index(words))
    return [(place.kind, place.name, place.number) for place in found]


def graphic(inside: str, kind: str) -> str:
    data = f"<a:graphic><a:graphicData uri='{kind}'>{inside}</a:graphicData></a:graphic>"
    return f"<p:graphicFrame>{data}</p:graphicFrame>"


def test_slides_are_places_with_their_titles() -> None:
    document = talk(
        shape("Results", kind="title") + shape("Sales rose.", kind="body"),
        shape("no title here"),
    )
    assert document.text == "Results\n\nSales rose.\n\nno title here"
    assert document.places == (Place(0, 1, "slide", "Results", 1), Place(22, 1, "slide", "", 2))
    assert [(one.level, one.text) for one in document.headings] == [(1, "Results")]
    assert (document.title, document.paged) == ("Results", False)
    assert place_of(document, "Sales") == [("slide", "Results", 1)]


def test_a_title_comes_first_and_numbers_of_slides_are_not_said() -> None:
    document = talk(shape("words") + shape("7", kind="sldNum") + shape("Top", kind="ctrTitle"))
    assert document.text == "Top\n\nwords"


def test_a_title_of_many_words_is_text() -> None:
    words = "every word of it is kept " * 20
    document = talk(shape(words, kind="title") + shape("more"))
    assert document.text == f"{words.strip()}\n\nmore"
    assert document.headings == ()
    assert document.places[0].name.startswith("every word")
    assert len(document.places[0].name) <= 200


def test_boxes_are_read_row_by_row_and_columns_one_after_the_other() -> None:
    document = talk(
        shape("right 2", box=(500, 320, 400, 200))
        + shape("left 1", box=(0, 200, 400, 150))
        + shape("right 1", box=(500, 200, 400, 100))
        + shape("left 2", box=(0, 360, 400, 150))
        + shape("above", box=(0, 0, 900, 100))
    )
    assert document.text.split("\n\n") == ["above", "left 1", "left 2", "right 1", "right 2"]


def test_bullets_of_a_body_are_a_list() -> None:
    document = talk(shape("T", kind="title") + shape("one", "two", "three", kind="body"))
    assert document.text == "T\n\none\ntwo\nthree"
    assert [document.text[start:][:3] for start in document.lists[0].items] == ["one", "two", "thr"]


def test_a_hidden_slide_and_a_hidden_shape_are_marked() -> None:
    document = talk(shape("seen") + shape("unseen", more=" hidden='1'"), "hidden:" + shape("later"))
    assert [document.text[start:end] for start, end in document.hidden] == ["unseen\n\nlater"]


def test_tables_groups_and_alternatives() -> None:
    rows = "".join(
        "<a:tr>"
        + "".join(
            f"<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>"
            for cell in row
        )
        + "</a:tr>"
        for row in (("Item", "Price"), ("Chair", "40"))
    )
    table = graphic(f"<a:tbl><a:tblPr firstRow='1'/>{rows}</a:tbl>", "table")
    choice = (
        "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice Requires='x'>{shape('new')}</mc:Choice><mc:Fallback>{shape('old')}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    document = talk(f"<p:grpSp>{shape('grouped')}</p:grpSp>{table}{choice}")
    assert document.text == "grouped\n\nItem | Price\nChair | 40\n\nnew"
    (found,) = document.tables
    assert document.text[found.start : found.header_end] == "Item | Price"


def test_charts_say_their_title_series_and_categories() -> None:
    def points(name: str, *values: str) -> str:
        inside = "".join(f"<c:pt idx='{n}'><c:v>{v}</c:v></c:pt>" for n, v in enumerate(values))
        return f"<c:{name}><c:strRef><c:strCache>{inside}</c:strCache></c:strRef></c:{name}>"

    series = f"<c:ser>{points('tx', 'Sales')}{points('cat', 'North', 'South')}{points('val', '8.199999999999999', '3')}</c:ser>"
    title = "<c:title><c:tx><c:rich><a:p><a:r><a:t>By region</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    chart = f"<c:chartSpace xmlns:c='{CHART}' {SPACES}><c:chart>{title}<c:plotArea><c:barChart>{series}</c:barChart></c:plotArea></c:chart></c:chartSpace>"
    document = talk(
        graphic(f"<c:chart xmlns:c='{CHART}' r:id='chart_1'/>", CHART),
        ppt__slides___rels__slide1_dot_xml_dot_rels=relations(chart_1="../charts/chart1.xml"),
        ppt__charts__chart1_dot_xml=chart,
    )
    assert document.text == "By region\n\n | Sales\nNorth | 8.2\nSouth | 3"


def test_a_diagram_says_its_texts_from_above_to_below() -> None:
    def point(number: int, text: str, kind: str = "node") -> str:
        said = f"<dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t>" if text else ""
        return f"<dgm:pt modelId='{number}' type='{kind}'>{said}</dgm:pt>"

    links = "".join(
        f"<dgm:cxn srcId='{a}' destId='{b}' srcOrd='{n}'/>"
        for a, b, n in ((0, 2, 1), (0, 1, 0), (1, 3, 0), (3, 1, 0))
    )
    points = point(0, "", "doc") + point(2, "Sales") + point(1, "Board") + point(3, "Chair")
    data = f"<dgm:dataModel xmlns:dgm='{DIAGRAM}' {SPACES}><dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>"
    document = talk(
        graphic(f"<dgm:relIds xmlns:dgm='{DIAGRAM}' r:dm='diagramData_1'/>", DIAGRAM),
        ppt__slides___rels__slide1_dot_xml_dot_rels=relations(diagramData_1="../d/data1.xml"),
        ppt__d__data1_dot_xml=data,
    )
    assert document.text == "Board\nChair\nSales"


def test_notes_and_comments_are_places_of_their_slide() -> None:
    notes = f"<p:notes {SPACES}><p:cSld><p:spTree>{shape('x', kind='sldImg')}{shape('Say it slowly.', kind='body')}</p:spTree></p:cSld></p:notes>"
    comments = (
        f"<p:cmLst {SPACES}><p:cm authorId='0'><p:text>Is this right?</p:text></p:cm></p:cmLst>"
    )
    authors = f"<p:cmAuthorLst {SPACES}><p:cmAuthor id='0' name='Ada'/></p:cmAuthorLst>"
    document = talk(
        shape("Plan", kind="title"),
        shape("next"),
        ppt__slides___rels__slide1_dot_xml_dot_rels=relations(
            notesSlide_1="../notes/n1.xml", comments_1="../comments/c1.xml"
        ),
        ppt___rels__presentation_dot_xml_dot_rels=relations(
            slide_1="slides/slide1.xml", slide_2="slides/slide2.xml", commentAuthors_1="authors.xml"
        ),
        ppt__authors_dot_xml=authors,
        ppt__notes__n1_dot_xml=notes,
        ppt__comments__c1_dot_xml=comments,
    )
    assert document.text == "Plan\n\nIs this right?\n\nSay it slowly.\n\nnext"
    assert place_of(document, "Is this") == [("slide", "Plan", 1), ("annotation", "Ada", None)]
    assert place_of(document, "Say") == [("slide", "Plan", 1), ("notes", "", None)]
    assert place_of(document, "next") == [("slide", "", 2)]


def test_what_layouts_show_is_said_once_and_places_come_from_them() -> None:
    layout = f"<p:sldLayout {SPACES}><p:cSld><p:spTree>{shape('ACME confidential')}{shape('Click', kind='body', box=(0, 900, 10, 10))}</p:spTree></p:cSld></p:sldLayout>"
    related = relations(slideLayout_1="../layouts/l1.xml")
    document = talk(
        shape("below", kind="body") + shape("above", box=(0, 0, 10, 10)),
        shape("two"),
        ppt__slides___rels__slide1_dot_xml_dot_rels=related,
        ppt__slides___rels__slide2_dot_xml_dot_rels=related,
        ppt__layouts__l1_dot_xml=layout,
    )
    assert document.text == "above\n\nbelow\n\nACME confidential\n\ntwo"


def test_documents_inside_are_members_and_the_rest_is_counted() -> None:
    data = presentation(
        shape("Budget") + "<p:pic/>",
        ppt__slides___rels__slide1_dot_xml_dot_rels=relations(
            package_1="../embeddings/Sheet1.xlsx", oleObject_2="../embeddings/odd.bin"
        ),
        ppt__embeddings__Sheet1_dot_xlsx=b"PK the workbook",
        ppt__embeddings__odd_dot_bin=b"no container",
        ppt__vbaProject_dot_bin=b"macro",
    )
    document = read("talk.pptm", data)
    assert [(member.name, member.size) for member in document.members] == [("Sheet1.xlsx", 15)]
    assert LeftOut(PICTURES(), 1) in document.left_out
    assert LeftOut(MACROS(), 1) in document.left_out
    opened = pptx.open_member(in_memory("talk.pptm", data), "Sheet1.xlsx/row")
    assert opened == ("Sheet1.xlsx", b"PK the workbook")


def test_strict_names_are_understood() -> None:
    with zipfile.ZipFile(io.BytesIO(presentation(shape("strict")))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    old, new = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    for kind in ("drawingml", "presentationml"):
        parts = {
            name: text.replace(f"{old}{kind}/2006/", f"{new}{kind}/")
            for name, text in parts.items()
        }
    assert read("talk.pptx", zipped(parts)).text == "strict"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (presentation(), EmptyDocument),
        (presentation("<p:pic/>"), NoText),
        (zipped({"ppt/presentation.xml": "<"}), DamagedDocument),
        (zipped({"ppt/presentation.xml": b" " * (70 << 20)}), TooLarge),
    ],
)
def test_bad_ones_have_a_reason(data: bytes, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        read("talk.pptx", data)


def test_entities_and_circles_do_no_harm() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
    data = presentation(shape("words"))
    assert read("talk.pptx", data).text == "words"
    slide = f"{bomb}<p:sld {SPACES}><p:cSld><p:spTree>{shape('&b;')}{shape('kept')}</p:spTree></p:cSld></p:sld>"
    assert talk(shape("x"), ppt__slides__slide1_dot_xml=slide).text == "kept"
