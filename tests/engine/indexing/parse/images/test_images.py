"""Images as documents: every kind is opened, upright and in colours that show its words; what is no
picture, or too much of one, is said."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from tests.engine.parsing import in_memory

from strongroom_engine.errors import (
    DamagedDocument,
    NoText,
    PictureTooLarge,
    UnsupportedFormat,
)
from strongroom_engine.indexing.parse.formats import detect
from strongroom_engine.indexing.parse.images import document as images
from strongroom_engine.indexing.parse.images import pictures
from strongroom_engine.indexing.parse.messages import PageLines
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.settings import Settings
from strongroom_engine.types import Document

WORDS = "Deposit"
SIZE = 320, 100
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAWptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABjgABAAAAAAAAAwkAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA6mlwcnAAAADLaXBjbwAAAHdodmNDAQNwAAAAkAAAAAAAHvAA/P34"
    "+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoBQgQWW6uSmu"
    "bgIaDAgAAAMAyAAAAwAIQGIAAQAGRAHBc8GJAAAAFGlzcGUAAAAAAAAAoAAAAEAAAAAoY2xhcAAAAKAAAAABAAAA"
    "MAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABdpcG1hAAAAAAAAAAEAAQSBAgSDAAADEW1k"
    "YXQAAAMFKAGvGUJ6sPcDW0vOzt3D+vd/3F/mN4lfrxW1+O5NzcLLJmmhHl+4bT8aI/pItdwCT4J6JSi4CxhJ4BYb"
    "IexRfJJ1cIta0UxDqyTO82rbHtov6DSZ688HmbVjhA2KCwpDreK8Y2yCfLoIndBUxwFNhrKdCzT78tpIwf2pt8xS"
    "lAAV1H8MPAI8Vt/2+OJxaPOeFbtyYAKkoHdIMqw8A2twl01R12L5mAmiMNXGm3EsHt3v75LzflA7aMeZtBQSEPsZ"
    "kXSzEvb0doum+zMzSHOOSh0iWb7yD8zTEX6u3l6+IM564asK85k0DDAmP8S6+SA+uBWX4y1nheb5XrjWMuxlwyWy"
    "acGOvIRQEoU4lbBStnVp+p0v2+/bD1DEcna4rfnAGCpUP2o3eXE/LUFKnQgvmdS9cw2le3hiKKUJ0BKAlROxLxB+"
    "Df5APeuDTuvDKNd+/vhuGAp2PUiSNd8hAP+JKX5t2aFuvG1nU0+GKFdSZDWfAM6Umz9kQzAR9XFlXa+K9CACyqZd"
    "8pC3e3x4gflUazn5JAdseqFOxCigO1Om8HuhT89TRiVAYKbitDz8nXuvuNXnQ/DGOIm/H1Yp6rO0DEqC73hWE4Ze"
    "8WO3KkP/jnJ89HMmeJS7UQGLhKzQynjyiXFK37a4KYIRsDo2A+ENSXtTo87Fu8s4ftoK5uWUd8n1HxEE88wDt5tx"
    "cgsp9fIOZrlx40jW6S5/AdB5gOUHBOYZKnpfIQnGyxv/cwysrrJVAk2Lh00jjkpWnmMUlNBQX32W+Mukbw1iXYHt"
    "4Os2y0tIDBoKnzOjo231xdNU3ou+VqwKEd/epgbv2aODurG3+UFBfsSET25Na9a3AUUrxw/97sax9RwWh1H1K6AD"
    "MWrtvEc+34rlXI9/NSOMc91Hgqe4dvZXPRfQKZ+kbdcLwtdIODulQ1atrDjJ1kcLMj4WodxPRm58OxhFbBs5mAUM"
    "PQu4CyUaviA1MCTu/+xgDSF07Jg3qnIcPlrK1BNOUyOqTGuY1cvOyJ0o/6rm5Yw0833Q20A="
)
"""The same word as HEIC, which is not written here."""


def drawn(mode: str = "RGB", paper: Any = "white", ink: Any = "black") -> Image.Image:
    image = Image.new(mode, SIZE, paper)
    ImageDraw.Draw(image).text((20, 20), WORDS, fill=ink, font_size=48)
    return image


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    content = io.BytesIO()
    image.save(content, form, **options)
    return content.getvalue()


def parse(data: bytes, name: str = "picture", **facts: Any) -> Document:
    file = in_memory(name, data)
    assert detect(name, file.file).parser == "images.document"
    return images.parse(OpenFile(name, io.BytesIO(data), **facts))


def shown(data: bytes, page: int = 1) -> np.ndarray:
    """The page as text recognition is given it, in grey."""
    picture = images.picture(in_memory("picture", data), page)
    assert picture.mode == "RGB"
    return np.asarray(picture.convert("L"), np.float32)


def looks_like(picture: np.ndarray, other: np.ndarray, within: float = 6.0) -> bool:
    return picture.shape == other.shape and float(np.abs(picture - other).mean()) < within


PLAIN = np.asarray(drawn().convert("L"), np.float32)


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("TIFF", "image/tiff"),
        ("BMP", "image/bmp"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("JPEG2000", "image/jp2"),
        ("AVIF", "image/avif"),
    ],
)
def test_every_kind_of_image_is_a_page_that_waits(form: str, media_type: str) -> None:
    data = saved(drawn(), form)
    document = parse(data, "Holiday.dat")
    assert (document.title, document.media_type) == ("Holiday", media_type)
    assert document.paged
    assert document.scanned == (1,)
    assert looks_like(shown(data), PLAIN)


def test_a_heic_of_a_telephone_is_one_too() -> None:
    assert parse(HEIC).media_type == "image/heif"
    picture = shown(HEIC)
    assert picture.shape == (48, 160)
    assert picture.min() < 60
    assert picture.max() > 240


def _palette() -> Image.Image:
    image = drawn("P", 0, 1)
    image.putpalette([255, 255, 255, 0, 0, 0])
    return image


def _deep() -> Image.Image:
    return Image.fromarray((np.asarray(drawn("L"), np.uint16) * 16).astype(np.uint16))


@pytest.mark.parametrize(
    "data",
    [
        saved(drawn("1"), "TIFF", compression="group4"),
        saved(drawn("L"), "PNG"),
        saved(_palette(), "PNG"),
        saved(_palette(), "PNG", transparency=0),
        saved(_deep(), "PNG"),
        saved(_deep(), "TIFF"),
        saved(drawn("CMYK", (0, 0, 0, 0), (0, 0, 0, 255)), "TIFF"),
        saved(drawn("CMYK", (0, 0, 0, 0), (0, 0, 0, 255)), "JPEG"),
        saved(drawn("RGBA", (0, 0, 0, 0)), "PNG"),
        saved(drawn("LA", (0, 0), (0, 255)), "PNG"),
        saved(drawn("F", 1.0, 0.0), "TIFF"),
    ],
    ids=str,
)
def test_what_is_drawn_is_seen_in_every_kind_of_colour(data: bytes) -> None:
    assert looks_like(shown(data), PLAIN)


def test_white_letters_without_paper_are_shown_on_black() -> None:
    picture = shown(saved(drawn("RGBA", (255, 255, 255, 0), "white"), "PNG"))
    assert looks_like(picture, 255 - PLAIN)


@pytest.mark.parametrize("form", ["JPEG", "TIFF", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (3, Image.Transpose.ROTATE_180),
        (6, Image.Transpose.ROTATE_90),
        (8, Image.Transpose.ROTATE_270),
    ],
)
def test_a_picture_stands_as_its_camera_was_held(
    form: str, orientation: int, turn: Image.Transpose
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(drawn().transpose(turn), form, exif=exif)
    assert looks_like(shown(data), PLAIN)
    page = images.render(in_memory("picture", data), 1, 160, ())
    assert (page.width_px, page.height_px) == (160, 50)
    assert Image.open(io.BytesIO(page.png)).size == (160, 50)


# --- pages ---------------------------------------------------------------------------------------


def _pages(*images_: Image.Image) -> bytes:
    return saved(images_[0], "TIFF", save_all=True, append_images=images_[1:])


def test_each_picture_of_a_tiff_is_a_page() -> None:
    other = Image.new("RGB", (200, 400), "white")
    data = _pages(drawn(), other, drawn())
    assert parse(data).scanned == (1, 2, 3)
    page = images.render(in_memory("fax.tif", data), 2, 100, ())
    assert (page.width_px, page.height_px, page.pages) == (100, 200, 3)
    assert looks_like(shown(data, 3), PLAIN)
    with pytest.raises(DamagedDocument, match="no page 4"):
        images.render(in_memory("fax.tif", data), 4, 100, ())


def test_a_smaller_copy_of_a_page_is_none() -> None:
    small = drawn().resize((80, 25))
    first, second = io.BytesIO(), io.BytesIO()
    drawn().save(first, "TIFF")
    small.save(second, "TIFF", tiffinfo={254: 1})
    both = io.BytesIO()
    with Image.open(first) as one, Image.open(second) as other:
        one.save(both, "TIFF", save_all=True, append_images=[other], tiffinfo={254: 0})
    assert len(parse(both.getvalue()).pages) == 2  # both say that they are pages
    with pytest.raises(UnsupportedFormat, match="RAW"):
        parse(second.getvalue())


def test_of_a_film_in_a_gif_the_first_picture_is_shown() -> None:
    data = saved(drawn(), "GIF", save_all=True, append_images=[Image.new("RGB", SIZE)])
    assert parse(data).scanned == (1,)
    assert looks_like(shown(data), PLAIN)


def test_what_was_recognised_is_the_text_of_its_page() -> None:
    data = _pages(drawn(), drawn())
    read = {1: PageLines(1, "The deposit", ()), 2: PageLines(2, "", ())}
    document = parse(data, recognised=read)
    assert [page.text for page in document.pages] == ["The deposit", ""]
    assert document.scanned == ()
    assert [one.count for one in document.left_out] == [1]


@pytest.mark.parametrize("said", ["", "1", "如"])
def test_a_picture_without_words_has_no_text(said: str) -> None:
    with pytest.raises(NoText):
        parse(saved(drawn(), "PNG"), recognised={1: PageLines(1, said, ())})


@pytest.mark.parametrize("size", [(48, 48), (1, 1), (400, 8)])
def test_icons_and_lines_are_not_read(size: tuple[int, int]) -> None:
    with pytest.raises(NoText):
        parse(saved(Image.new("RGB", size), "PNG"))


def test_nothing_waits_where_recognition_is_turned_off() -> None:
    with pytest.raises(NoText):
        parse(saved(drawn(), "PNG"), settings=Settings(text_recognition=False))


# --- photographs ---------------------------------------------------------------------------------


def _photograph(words: str) -> bytes:
    """A sky over a hill, and a sheet of paper with words on it."""
    image = Image.new("RGB", (2400, 1800), (120, 160, 220))
    ImageDraw.Draw(image).ellipse((-400, 1200, 2800, 3000), fill=(60, 90, 50))
    draw = ImageDraw.Draw(image)
    if words:
        draw.rectangle((700, 500, 1900, 1300), fill="white")
        for row in range(8):
            draw.text((760, 560 + 80 * row), words, fill="black", font_size=44)
    return saved(image, "JPEG")


def test_a_photograph_without_words_costs_a_glance() -> None:
    with pytest.raises(NoText):
        images.picture(in_memory("IMG_0001.jpg", _photograph("")), 1)
    seen = images.picture(in_memory("IMG_0002.jpg", _photograph("The deposit is two rents")), 1)
    assert seen.size == (2400, 1800)


# --- what cannot be read -------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP", "JPEG2000", "AVIF"])
def test_a_picture_that_is_cut_off_is_damaged(form: str) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8)
    data = saved(Image.fromarray(noise), form)
    half = data[: len(data) // 2]
    with pytest.raises(DamagedDocument):
        images.picture(in_memory("picture", half), 1)
    with pytest.raises(DamagedDocument):
        images.render(in_memory("picture", half), 1, 100, ())


def test_a_picture_too_large_for_memory_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    huge = saved(Image.new("1", (30_000, 30_000)), "PNG")
    assert len(huge) < 200_000
    with pytest.raises(PictureTooLarge, match="900 million; the limit is 838 million"):
        images.picture(in_memory("bomb.png", huge), 1)
    monkeypatch.setattr(pictures, "MOST_BYTES", 4 * 320 * 100 - 1)
    with pytest.raises(PictureTooLarge):
        images.render(in_memory("picture", saved(drawn(), "PNG")), 1, 100, ())
    # A JPEG is unpacked at an eighth of its size at once.
    large = saved(drawn().resize((1600, 500)), "JPEG")
    assert images.render(in_memory("picture", large), 1, 100, ()).width_px == 100
