"""Answers about settings, prompt templates, and the care of the library.

`EraseLibrary` and `RebuildLibrary` are the host's own business: it closes the library, and opens
another one.
"""

from __future__ import annotations

from strongroom_engine import protocol as wire
from strongroom_engine.licences import licence_text, licences
from strongroom_engine.serving.calls import Call, Handler, Handlers


def _settings(call: Call, _request: wire.GetSettings) -> wire.Message:
    return wire.SettingsTold(report=call.library.preferences.report())


def _change(call: Call, request: wire.ChangeSettings) -> wire.Message:
    return wire.SettingsTold(report=call.library.preferences.change(request.values))


def _prompts(call: Call, _request: wire.ListPrompts) -> wire.Message:
    folder, prompts = call.library.preferences.prompts()
    return wire.Prompts(folder=folder, prompts=prompts)


def _copy(call: Call, request: wire.CopyPrompt) -> wire.Message:
    call.library.preferences.copy_prompt(request.name)
    return _prompts(call, wire.ListPrompts())


def _restore(call: Call, request: wire.RestorePrompt) -> wire.Message:
    call.library.preferences.restore_prompt(request.name)
    return _prompts(call, wire.ListPrompts())


def _library(call: Call, _request: wire.GetLibrary) -> wire.Message:
    return wire.LibraryTold(library=call.library.keeping.facts())


def _drop_damaged(call: Call, _request: wire.DropDamaged) -> wire.Message:
    call.library.keeping.drop_damaged()
    return wire.Done()


def _compact(call: Call, _request: wire.CompactLibrary) -> wire.Message:
    before, after = call.library.keeping.compact(call.stopped)
    return wire.Compacted(before=before, after=after)


def _passphrase(call: Call, request: wire.ChangePassphrase) -> wire.Message:
    call.library.keeping.change_passphrase(request.old, request.new)
    return wire.Done()


def _licences(_call: Call, request: wire.GetLicences) -> wire.Message:
    text = licence_text(request.name) if request.name else ""
    return wire.Licences(name=request.name, text=text, parts=licences())


HANDLERS: Handlers = {
    wire.GetSettings: Handler("look", _settings),
    wire.ChangeSettings: Handler("look", _change),
    wire.ListPrompts: Handler("look", _prompts),
    wire.CopyPrompt: Handler("look", _copy),
    wire.RestorePrompt: Handler("look", _restore),
    wire.GetLibrary: Handler("look", _library),
    wire.CompactLibrary: Handler("start", _compact),
    wire.DropDamaged: Handler("look", _drop_damaged),
    wire.GetLicences: Handler("look", _licences),
    wire.ChangePassphrase: Handler("start", _passphrase),
}
