"""An image file -> its pages as pictures (RGB), upright, and no larger than is asked for."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from strongroom_engine.errors import (
    DamagedDocument,
    DocumentProblem,
    ParserOutOfMemory,
    PictureTooLarge,
    UnsupportedFormat,
)
from strongroom_engine.indexing.parse.opening import OpenFile
from strongroom_engine.sentences import reasons

READ = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP", "JPEG2000", "AVIF", "HEIF")
TAKEN = frozenset({"JPEG", "MPO", "HEIF", "AVIF", "WEBP"})
"""What cameras and telephones write, most of it without a word on it."""
MOST_BYTES = 800 << 20
"""A picture that takes more memory than this when it is unpacked is not opened."""
MOST_PAGES = 10_000
_MEGAPIXEL = 1_000_000
_PIXEL_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
_MORE_BYTES = 4
_KIND_OF_PAGE = 254
"""The tag of a page in a TIFF; these of its bits mark what is no page:"""
_SMALLER, _MASK = 1, 4
_ORIENTATION = 0x0112
_ON_ITS_SIDE = (5, 6, 7, 8)
_UPRIGHT = frozenset({"TIFF", "PNG"})
"""Pillow turns a TIFF's size by itself; of a PNG it would unpack all to know."""
_PALE = 215
"""Where what is drawn is on average lighter than this, white paper would hide it."""

Size = tuple[int, int]

pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
# Pillow's own limit only warns; what a picture takes is looked at before it is unpacked.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Pictures:
    """An open image file. `frames` are those that are pages, in their order."""

    image: Image.Image
    frames: Sequence[int]
    format: str

    def page(self, number: int) -> Image.Image:
        """Page `number` (from 1), not unpacked yet; raises a `DocumentProblem`."""
        if not 1 <= number <= len(self.frames):
            raise DamagedDocument(why=reasons.HAS_NO_PAGE(page=str(number)))
        if self.frames[number - 1]:
            with picture_errors():
                self.image.seek(self.frames[number - 1])
        return self.image

    @property
    def is_taken(self) -> bool:
        """Whether it may be a photograph, by its format."""
        return self.format in TAKEN


@contextmanager
def picture_errors() -> Iterator[None]:
    """What libraries of pictures raise, as ours; what they warn of is nobody's to mend."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except DocumentProblem:
        raise
    except MemoryError as exc:
        raise ParserOutOfMemory from exc
    except UnidentifiedImageError as exc:
        raise DamagedDocument(why="it does not have the structure of an image") from exc
    except Exception as exc:
        if not isinstance(exc, _BROKEN):
            raise
        raise DamagedDocument(why="it is cut off or broken, and cannot be shown") from exc


# What the readers of formats raise where a file is not as it should be: there is no one error.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    EOFError,
    TypeError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zlib.error,
)


@contextmanager
def opened(source: OpenFile) -> Iterator[Pictures]:
    """The file, its head read and no more; raises a `DocumentProblem`."""
    with picture_errors():
        image = Image.open(source.file, formats=READ)
    with image:
        with picture_errors():
            form = image.format or ""
            frames = _pages(image) if form == "TIFF" else [0]
        if not frames:
            raise UnsupportedFormat(kind="a photograph in a camera's own format (RAW)")
        yield Pictures(image, frames, form)


def _pages(image: Image.Image) -> list[int]:
    """The pages of a TIFF; smaller copies of them and masks are none."""
    found = []
    for frame in range(MOST_PAGES):
        try:
            image.seek(frame)
        except EOFError:
            break
        kind = image.tag_v2.get(_KIND_OF_PAGE, 0)  # type: ignore[attr-defined]  # of TIFFs
        if not (isinstance(kind, int) and kind & (_SMALLER | _MASK)):
            found.append(frame)
    if found:
        image.seek(found[0])
    return found


def shown_size(image: Image.Image) -> Size:
    """Width and height of the picture as it is shown, without unpacking it."""
    width, height = image.size
    if image.format in _UPRIGHT:
        return width, height
    with picture_errors():
        turned = image.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE
    return (height, width) if turned else (width, height)


def upright(image: Image.Image, most: int) -> Image.Image:
    """The picture in red, green and blue, upright, its longer side at most `most` pixels."""
    with picture_errors():
        # A JPEG is unpacked at a half, a quarter or an eighth of its size, as it is enough.
        long = max(image.size)
        image.draft(None, (image.width * most // long or 1, image.height * most // long or 1))
        _check_size(image)
        small = _smaller(image, most)
        return _coloured(ImageOps.exif_transpose(small))


def _check_size(image: Image.Image) -> None:
    pixels = image.width * image.height
    most = MOST_BYTES // _PIXEL_BYTES.get(image.mode, _MORE_BYTES)
    if pixels > most:
        size, limit = pixels // _MEGAPIXEL, most // _MEGAPIXEL
        raise PictureTooLarge(size=f"{size:,}", limit=f"{limit:,}")


def _smaller(image: Image.Image, most: int) -> Image.Image:
    """The picture, reduced as long as it is in its own colours where it is much too large."""
    times = max(image.size) // most
    if times < 2:
        return image
    whole = image.convert("L") if image.mode == "1" else image
    whole = _with_alpha(whole) if whole.mode in ("P", "PA") else whole
    return whole if whole.mode.startswith("I;16") else whole.reduce(times)


def _coloured(image: Image.Image) -> Image.Image:
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _from_deep(image)
    image = _with_alpha(image)
    if image.mode in ("RGBA", "LA", "La", "RGBa"):
        return _on_paper(image.convert("RGBA"))
    return image.convert("RGB")


def _with_alpha(image: Image.Image) -> Image.Image:
    """A picture with a palette without it; what it marks as transparent is so then."""
    if "transparency" in image.info or image.mode == "PA":
        return image.convert("RGBA")
    return image.convert("RGB") if image.mode == "P" else image


def _from_deep(image: Image.Image) -> Image.Image:
    """Grey of more than eight bits, from black to the lightest there is."""
    grey = np.asarray(image, np.float32)
    grey = np.nan_to_num(grey, nan=0.0, posinf=0.0, neginf=0.0)
    darkest = min(float(grey.min()), 0.0)
    lightest = max(float(grey.max()), darkest + 1e-6)
    levels = (grey - darkest) * (255.0 / (lightest - darkest))
    return Image.fromarray(levels.astype(np.uint8)).convert("RGB")


def _on_paper(image: Image.Image) -> Image.Image:
    """What is transparent shows white paper; black, where only that shows what is drawn."""
    alpha = np.asarray(image.getchannel("A"), np.float32)
    light = np.asarray(image.convert("RGB").convert("L"), np.float32)
    covered = float(alpha.sum())
    pale = covered > 0 and float((light * alpha).sum()) / covered > _PALE
    see_through = float(alpha.mean()) < 128
    paper = Image.new("RGBA", image.size, "black" if pale and see_through else "white")
    return Image.alpha_composite(paper, image).convert("RGB")
