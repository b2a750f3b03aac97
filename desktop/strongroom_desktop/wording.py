"""Every word that the user sees goes through here, and so through Qt's translation.

The English text is the key. It stands as a literal in the call, with named places in braces:
`tr("Remove “{name}” from the library?", name=name)`; `packaging/make_translations.py` collects the
calls and `assets/translations/strongroom_<language>.ts` holds what they are in another language.
Another language takes effect when the window is built anew (`app`): nothing here is to be kept in
a module's constant.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator

from strongroom_desktop.paths import assets_folder
from strongroom_engine.errors import speak_with
from strongroom_engine.sentences import Saying, of_errors, retold, templates

CONTEXT = "Strongroom"
SOURCE_LANGUAGE = "en"

_ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)

_installed: list[QTranslator] = []


def tr(text: str, **values: object) -> str:
    """The text in the language of the window, with the values in their places."""
    said = _translated(text)
    return said.format(**values) if values else said


def plural(count: int, one: str, many: str, **values: object) -> str:
    """`plural(n, "{n} passage", "{n} passages")`: the form that goes with the count, in the
    language of the window; `{n}` is the count with its groups of digits."""
    if _installed:
        said = QCoreApplication.translate(CONTEXT, many, None, count)
    else:
        said = one if count == 1 else many
    return said.format(n=number(count), **values)


def heard(text: str) -> str:
    """What the engine says, which comes in English with its places filled, in the language of the
    window; what is none of its sayings stays as it is."""
    if not _installed:
        return text
    return retold(text, _said, number) or _translated(text)


def _reason(text: str) -> str:
    """What fills the `{why}` of an error."""
    return retold(text, _said, number, "why") or text


def sayings() -> dict[str, tuple[str, ...]]:
    """All that the engine says, in the language of the window, by its English: for one and for
    several where that differs. Nothing in English."""
    if not _installed:
        return {}
    ours = {
        each.text: tuple(_said(each, count) for count in ((1, 2) if each.one else (None,)))
        for each in (*of_errors(), *templates())
    }
    return {text: said for text, said in ours.items() if said[-1] != text}


def signs() -> str:
    """What stands between groups of digits, and before decimals: ',.' in English."""
    return _locale().groupSeparator() + _locale().decimalPoint()


def _said(saying: Saying, count: int | None) -> str:
    if count is None:
        return _translated(saying.text)
    said = QCoreApplication.translate(CONTEXT, saying.text, None, count)
    return saying.one if count == 1 and said == saying.text else said


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)


def number(value: float, digits: int = 0) -> str:
    """A figure as the language writes it: '1,204', '1.204', '8.1'."""
    locale = _locale()
    return (
        locale.toString(int(value)) if digits == 0 else locale.toString(float(value), "f", digits)
    )


def languages() -> tuple[str, ...]:
    """The languages that the window speaks, by ISO 639 code, English first."""
    files = (assets_folder() / "translations").glob("strongroom_*.qm")
    return (SOURCE_LANGUAGE, *sorted(file.stem.partition("_")[2] for file in files))


def language() -> str:
    """The language of now."""
    return _locale().name().partition("_")[0]


def _locale() -> QLocale:
    return QLocale(_installed[0].language()) if _installed else _ENGLISH


def use_language(code: str) -> None:
    """Speak this language from now on: what is built from here on has its words. One that is not
    there is English."""
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    speak_with(None)
    translator = QTranslator()
    file = assets_folder() / "translations" / f"strongroom_{code}.qm"
    if code == SOURCE_LANGUAGE or not translator.load(str(file)):
        return
    _install(translator)
    speak_with(_translated, _reason)
    of_qt = QTranslator()  # the words of Qt's own dialogs
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if of_qt.load(QLocale(code), "qtbase", "_", folder):
        _install(of_qt)


def text_direction() -> Qt.LayoutDirection:
    """The direction in which the language of now is read."""
    return _locale().textDirection()


def _install(translator: QTranslator) -> None:
    QCoreApplication.installTranslator(translator)
    _installed.append(translator)
