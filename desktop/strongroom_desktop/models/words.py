"""What the page of models says, in sentences with figures in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale

from strongroom_desktop.wording import heard, number, plural, tr
from strongroom_engine.types import (
    DeviceMemory,
    Hardware,
    KnownModel,
    ModelPlan,
    ModelSpeed,
    ModelsReport,
)

_GB = 1_000_000_000
_TOKENS_A_PAGE = 680
"""About 500 words."""
_NAMED_LANGUAGES = 4
_PARAMETERS_SMALL = 950_000_000
"""Below this, parameters are said in millions."""


def gigabytes(size: int) -> str:
    """'4.7 GB', '8.0 GB', '32 GB'."""
    value = round(size / _GB, 1)
    whole = value >= 100 or (value >= 10 and value == int(value))
    return tr("{n} GB", n=number(round(value)) if whole else number(value, 1))


def about(model: KnownModel) -> str:
    """What stands beside a model's name: size and licence."""
    licence = "" if model.licence in ("", "unknown") else model.licence
    return ", ".join(part for part in (gigabytes(model.size), licence) if part)


def technical(model: KnownModel) -> str:
    """What only some want to know, for the tooltip."""
    parts = [model.file, model.quantization, parameters(model)]
    parts.append(tr("{n} layers", n=number(model.layers)))
    if model.licence == "unknown":
        parts.append(tr("licence unknown"))
    if model.languages:
        parts.append(languages(model.languages))
    return "\n".join(part for part in parts if part)


def parameters(model: KnownModel) -> str:
    if model.parameters < _PARAMETERS_SMALL:
        return tr("{n} million parameters", n=number(round(model.parameters / 1e6)))
    return tr("{n} billion parameters", n=number(model.parameters / 1e9, 1))


def languages(codes: Sequence[str]) -> str:
    """'English', 'Deutsch, English', '94 languages'."""
    if len(codes) > _NAMED_LANGUAGES:
        return plural(len(codes), "{n} language", "{n} languages")
    return ", ".join(map(_language, codes))


def _language(code: str) -> str:
    """A language by its own name: 'Deutsch'."""
    if code == "en":
        return "English"  # Qt says 'American English'
    return QLocale(code).nativeLanguageName() or code


# --- the choice ----------------------------------------------------------------------------------


def explained(report: ModelsReport) -> str:
    """Why this model answers, where it runs, and what it can take in."""
    plan = report.plan
    if plan is None:
        return heard(report.problem)
    used = next((model for model in report.models if model.in_use), None)
    if used is None:
        return tr("It is not on this computer yet. Search works without it.")
    parts = [_chosen(report), _where(plan, report.hardware), _room(plan), measured(used.speed)]
    return " ".join(part for part in parts if part)


def _chosen(report: ModelsReport) -> str:
    if report.chosen:
        return tr("The model you chose.")
    return tr(
        "Of the models on this computer, the one that answers best among those that fit its "
        "memory and are quick enough."
    )


def _where(plan: ModelPlan, hardware: Hardware) -> str:
    if plan.gpu_layers and plan.gpu_layers == plan.layers:
        return tr("It runs whole on the graphics card.")
    if plan.gpu_layers:
        n, m = number(plan.gpu_layers), number(plan.layers)
        return tr(
            "{n} of its {m} layers fit on the graphics card; the processor does the rest.", n=n, m=m
        )
    if hardware.problem:
        return tr("It runs on the processor, for the graphics cards could not be examined.")
    if not hardware.gpus:
        return tr("It runs on the processor, for no graphics card was found that it can use.")
    most = max(hardware.gpus, key=lambda device: device.memory_free)
    name, free = most.description or most.name, gigabytes(most.memory_free)
    return tr("It runs on the processor, for {name} has only {free} free.", name=name, free=free)


def _room(plan: ModelPlan) -> str:
    pages = max(round(plan.context / _TOKENS_A_PAGE), 1)
    return plural(
        pages,
        "There is room for {tokens} tokens of context, which is about {n} page.",
        "There is room for {tokens} tokens of context, which is about {n} pages.",
        tokens=number(plan.context),
    )


def measured(speed: ModelSpeed) -> str:
    """'Measured here: first word after 2.1 s, then 27 tokens per second.'"""
    if not speed.first_word_s and not speed.tokens_per_s:
        return ""
    first = number(speed.first_word_s, 1)
    rate = number(speed.tokens_per_s, 0 if speed.tokens_per_s >= 10 else 1)
    if not speed.first_word_s:
        return tr("Measured here: {rate} tokens per second.", rate=rate)
    if not speed.tokens_per_s:
        return tr("Measured here: first word after {first} s.", first=first)
    return tr(
        "Measured here: first word after {first} s, then {rate} tokens per second.",
        first=first,
        rate=rate,
    )


def since(seconds: float) -> str:
    """'Measured just now', 'Measured 2 minutes ago'."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return tr("Measured just now")
    if minutes < 100:
        return plural(minutes, "Measured {n} minute ago", "Measured {n} minutes ago")
    hours = round(minutes / 60)
    return plural(hours, "Measured {n} hour ago", "Measured {n} hours ago")


# --- what would change ---------------------------------------------------------------------------


def longer(report: ModelsReport) -> str:
    """What twice the context would take."""
    change = report.longer
    if change is None:
        return ""
    tokens = number(change.tokens)
    if not change.supported:
        return tr("This model cannot take in {tokens} tokens.", tokens=tokens)
    more = gigabytes(change.needs)
    if change.fits:
        return tr("{tokens} tokens fit too, {more} more.", tokens=tokens, more=more)
    return tr("{tokens} tokens do not fit; they need {more} more.", tokens=tokens, more=more)


def larger(report: ModelsReport) -> str:
    """What the next better model would buy, as far as the catalogue says."""
    better = model_of(report, report.larger)
    if better is None:
        return tr("None that is known here and fits would answer better.")
    used = next((model for model in report.models if model.in_use), None)
    has = parameters(better)
    if used is None:
        said = tr("{name} answers better: it has {has}.", name=better.name, has=has)
    else:
        said = tr(
            "{name} answers better: it has {has}, this one {had}.",
            name=better.name,
            has=has,
            had=parameters(used),
        )
    if better.slow_s:
        seconds = number(round(_first_word(better, used)))
        slow = tr("Its first word would come after about {seconds} s here.", seconds=seconds)
        return f"{said} {slow}"
    return said


def _first_word(model: KnownModel, used: KnownModel | None) -> float:
    """Seconds until a slow model's first word: as reckoned, but not quicker than what was measured
    of the model in use makes likely, for reading a prompt takes time by the parameters."""
    if used is None or not used.parameters:
        return model.slow_s
    measured = used.speed.first_word_s * model.parameters / used.parameters
    return max(model.slow_s, measured)


def model_of(report: ModelsReport, file: str) -> KnownModel | None:
    return next((model for model in report.models if model.file == file), None)


# --- the table -----------------------------------------------------------------------------------


def fits(model: KnownModel, *, short: bool = False) -> str:
    """'Fits', 'Fits partly, 18 of 40 layers'; `short` without the figures."""
    if short and model.fit == "not":
        return tr("Does not fit")
    if short and model.fit == "partly":
        return tr("Fits partly")
    if model.fit == "not":
        return tr("Does not fit, needs {needs}", needs=gigabytes(model.needs))
    if model.fit == "partly":
        n, m = number(model.gpu_layers), number(model.layers)
        return tr("Fits partly, {n} of {m} layers", n=n, m=m)
    if model.slow_s:
        return tr("Fits, but slowly")
    return tr("Fits")


def fits_in_full(model: KnownModel) -> str:
    """The tooltip of that."""
    said = fits(model) + "."
    if model.fit == "not":
        return said + " " + tr("This computer has less memory free.")
    if model.fit == "partly":
        return said + " " + tr("The processor does the rest, which is slower.")
    if model.slow_s:
        seconds = number(round(model.slow_s))
        return tr(
            "As reckoned, its first word would come after about {seconds} s here.", seconds=seconds
        )
    return ""


def rate(speed: ModelSpeed) -> str:
    """'27 tokens/s', where it was measured here."""
    value = speed.tokens_per_s
    return tr("{n} tokens/s", n=number(value, 0 if value >= 10 else 1)) if value else ""


def how_to_get(model: KnownModel) -> str:
    """In words, for Strongroom fetches nothing by itself."""
    where = (
        tr("from {published} on Hugging Face", published=model.published)
        if model.published
        else tr("from its makers")
    )
    return tr(
        "Strongroom does not download. On a computer with a network, fetch the file {file} ({size}) "
        "{where}, bring it here, and drop it on this window. It is checked against its fingerprint.",
        file=model.file,
        size=gigabytes(model.size),
        where=where,
    )


def to_copy(model: KnownModel) -> str:
    """What the copy button puts on the clipboard: what one needs to find the file and check it."""
    parts = [model.file, tr("{n} bytes", n=number(model.size)), f"SHA-256 {model.sha256}"]
    if model.published:
        parts.append(f"huggingface.co/{model.published}")
    return "\n".join(parts)


# --- memory --------------------------------------------------------------------------------------


def device_name(device: DeviceMemory) -> str:
    return device.name or tr("This computer")


def shares(device: DeviceMemory) -> tuple[tuple[str, str, int], ...]:
    """Each part of a device's memory: its colour role, its name, its bytes."""
    ours: tuple[tuple[str, str, int], ...]
    if device.weights:
        ours = (
            ("bar_weights", tr("Model"), device.weights),
            ("bar_context", tr("Context"), device.context),
            ("bar_passages", tr("Passages it has read"), device.passages),
            ("on_accent_soft", tr("Strongroom"), device.own),
        )
    else:
        ours = (
            ("bar_weights", tr("Strongroom"), device.context + device.own),
            ("bar_passages", tr("Passages it has read"), device.passages),
        )
    parts = (
        *ours,
        ("bar_other", tr("Other programs"), device.other),
        ("bar_free", tr("Free"), device.free),
    )
    return tuple(part for part in parts if part[2] > 0)
