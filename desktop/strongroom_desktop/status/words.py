"""What the status line says, and what stands behind 'Nothing leaves this computer'."""

from __future__ import annotations

from strongroom_desktop.figures import gigabytes
from strongroom_desktop.wording import number, tr
from strongroom_engine.protocol import Indexing
from strongroom_engine.types import Device, Hardware, LibraryFacts, MemoryNow, ModelPlan

_MAKERS = ("NVIDIA GeForce ", "NVIDIA ", "AMD Radeon ", "AMD ", "Intel(R) ", "Intel ")
"""What is left out of a graphics card's name where there is little room."""


def states() -> dict[str, str]:
    """The words beside the dot."""
    return {
        "starting": tr("Starting"),
        "opening": tr("Opening"),
        "locked": tr("Locked"),
        "ready": tr("Ready"),
        "indexing": tr("Indexing"),
        "answering": tr("Answering"),
        "paused": tr("Paused"),
        "again": tr("Starting again"),
    }


def paused(stand: Indexing) -> str:
    """Why indexing rests: '' while it does not."""
    if not stand.paused:
        return ""
    if stand.why == "battery":
        return tr("paused while on battery")
    if stand.why == "damage":
        return tr("the library is damaged")
    if stand.why == "hours":
        return tr("paused until the hours that were set")
    return tr("paused by you")


# --- the model and its memory --------------------------------------------------------------------


def about_model(plan: ModelPlan) -> str:
    """The tooltip of the model's name."""
    tokens = tr("{n} tokens of context", n=number(plan.context))
    return ", ".join(part for part in (plan.name, plan.quantization, tokens) if part)


def device(plan: ModelPlan, hardware: Hardware | None) -> str:
    """Where the model runs, in few letters: 'RTX 4060', 'Processor'."""
    if not plan.gpu_layers:
        return tr("Processor")
    gpus: tuple[Device, ...] = hardware.gpus if hardware else ()
    card = next((gpu for gpu in gpus if gpu.name == plan.device), None)
    name = (card.description or card.name) if card else plan.device
    maker = next((maker for maker in _MAKERS if name.startswith(maker)), "")
    return name.removeprefix(maker)


def memory(now: MemoryNow) -> str:
    """'6.3 of 8 GB': what is in use, of what there is."""
    used, total = gigabytes(now.total - now.free), gigabytes(now.total)
    return tr("{used} of {total} GB", used=used, total=total)


def memory_in_full(now: MemoryNow) -> str:
    """The tooltip: whose it is."""
    own, free = gigabytes(now.own), gigabytes(now.free)
    other = gigabytes(max(now.total - now.free - now.own, 0))
    said = tr(
        "Strongroom takes {own} GB, other programs {other} GB; {free} GB are free.",
        own=own,
        other=other,
        free=free,
    )
    if now.loaded:
        return said
    return f"{said} " + tr("The answer model is not in memory; the next question loads it.")


# --- nothing leaves ------------------------------------------------------------------------------


def privacy() -> str:
    return tr("Nothing leaves this computer")


def privacy_in_short() -> str:
    """The tooltip of that."""
    return tr("No network code, no account, no telemetry. Click for what enforces it.")


def enforced(library: LibraryFacts | None) -> str:
    """What enforces it, a fact a paragraph."""
    facts = [
        tr(
            "The window and its engine contain no code that uses a network: no account, no "
            "telemetry, no updates by themselves. A test fails when some is added. An address is "
            "opened by your browser, and only when you say so."
        ),
        tr(
            "Documents are read by processes of their own, with a limit on time, and on memory "
            "where the system has one. Nothing that a document refers to is fetched."
        ),
        tr(
            "The engine is a child of this window. Both speak through pipes, not a port: nothing "
            "waits for a connection."
        ),
        tr("Models run on this computer. They are files on it."),
    ]
    if library is not None:
        facts.append(_kept(library))
        facts.append(_key(library.key))
    return "\n\n".join(facts)


_CIPHERS = {"aegis": "AEGIS-256"}


def _kept(library: LibraryFacts) -> str:
    return tr(
        "The index, your questions and their answers are in {folder}, encrypted with {cipher}.",
        folder=library.folder,
        cipher=_CIPHERS.get(library.cipher, library.cipher),
    )


def _key(kind: str) -> str:
    if kind == "keyring":
        return tr("Its key is kept by the keyring of your account on this computer.")
    if kind == "passphrase":
        return tr("Its key is made from your passphrase, which is kept nowhere.")
    return tr("Its key is in the key file that you named.")
