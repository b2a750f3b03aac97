"""Made-up reports of documents: what a person looks at to trust one, or not."""

from __future__ import annotations

import made  # type: ignore[import-not-found]  # it lies beside this script

from strongroom_engine.types import DocumentRecord, Kin, LeftOut, Report, State

SCAN = f"{made.HOLT}/Lease and deeds/Scanned deed 1987.pdf"
SLIDES = f"{made.HOLT}/Board pack 2024.pptx"


def record(path: str, *, state: State = State.INDEXED, code: str = "") -> DocumentRecord:
    paged = path.endswith(".pdf")
    return DocumentRecord(
        path=path,
        source=made.HOLT,
        collection="Holt",
        state=state,
        title=path.rpartition("/")[2],
        media_type="application/pdf" if paged else "text/plain",
        pages=46 if paged else 1,
        paged=paged,
        chunks=0 if code else 80,
        size=1_234_567,
        mtime_ns=1_709_467_200_000_000_000,
        code=code,
        reason="The document is protected by a password." if code else "",
        remedy="Enter its password, or save a copy without one next to it." if code else "",
    )


def report(path: str) -> Report:
    """A scan has doubtful pages; a path with 'Licence' needs a password."""
    if "Licence" in path:
        return Report(record(path, state=State.SKIPPED, code="needs-password"))
    scan = "can" in path
    return Report(
        document=record(path),
        content_hash="3f2a9c41d07be55a90",
        parser="MuPDF 1.28.2",
        page_unit="page" if path.endswith(".pdf") else "slide",
        pages=46,
        recognised=((1, 0.98), (2, 0.97), (3, 0.88), (12, 0.55), (14, 0.71)) if scan else (),
        waiting=(40, 41) if scan else (),
        characters=81_204,
        headings=12,
        tables=3,
        languages=("en", "de"),
        left_out=(LeftOut("pages that are damaged", 2), LeftOut("macros, which are never run")),
        with_password=scan,
        words=80,
        vectors=80,
        findable=None if "unknown" in path else True,
        read_ms=1_709_553_600_000,
        took_ms=2_140,
        kin=(
            Kin(f"{made.HOLT}/Copies/{path.rpartition('/')[2]}", "copy"),
            Kin(f"{made.HOLT}/Drafts/Draft 3.docx", "version", likeness=0.94),
            *(Kin(f"{made.HOLT}/Post.zip/letter {n}.pdf", "thread") for n in range(7)),
        ),
    )
