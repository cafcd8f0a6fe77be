"""Says which function of the public headers, and which of its parameters, the C tests do not call
on bad input.

Usage: bad_input_listed_test.py PROGRAM.c... HEADER...

A row is a macro of testing/bad_input.h around a call; the function it is about is the first that it
names, and a parameter is covered by a row that has its name in quotes: 'length'. Besides, every
function has its row in the table of places.
"""

import re
import sys

import header_reader

_ROW = re.compile(
    r"\b(REFUSES|REFUSES_SHAPE|SAYS|RECORDS|RECORDS_VOID|RECORDS_HANDLE|EXPECTS_HANDLE|GIVES_BACK|TELLS|TELLS_WHY|ANSWERS)\("
)
_PLACE_ROW = re.compile(r"\b(HANDLE|OTHER|OTHER_VOID|ANYWHERE|RECORDS_VOID)\(")

# Functions that take nothing and so cannot be called on bad input, but in a bad place; or that
# every input is good for.
_NOTHING_BAD = {
    "Fart_HasStickyError": "takes nothing",
    "Fart_GetStickyError": "takes nothing",
    "Fart_GetMisuse": "takes nothing",
    "Fart_MisuseCount": "takes nothing",
    "Fart_SetMisuseCallback": "NULL is no callback; data is not looked at",
    "Fart_VersionString": "takes nothing",
    "Fart_VersionNumber": "takes nothing",
    "Fart_CurrentIsolate": "takes nothing",
    "Fart_CurrentIsolateData": "takes nothing",
    "Fart_DebugName": "takes nothing",
    "Fart_ExitIsolate": "takes nothing",
    "Fart_ShutdownIsolate": "takes nothing",
    "Fart_EnterScope": "takes nothing",
    "Fart_NotifyIdle": "every time is past or to come",
    "Fart_NotifyLowMemory": "takes nothing",
    "Fart_SetNearHeapLimitCallback": "NULL is no callback; data is not looked at",
    "Fart_Null": "takes nothing",
    "Fart_True": "takes nothing",
    "Fart_False": "takes nothing",
    "Fart_EmptyString": "takes nothing",
    "Fart_NewBoolean": "a bool is one of two",
    "Fart_NewInteger": "every number is an int",
    "Fart_NewIntegerFromUint64": "every number is an int",
    "Fart_NewDouble": "every number is a double",
    "Fart_GetMainPortId": "takes nothing",
    "Fart_HasLivePorts": "takes nothing",
    "Fart_SetMessageNotifyCallback": "NULL is no callback",
    "Fart_GetMessageNotifyCallback": "takes nothing",
    "Fart_HandleMessage": "takes nothing",
    "Fart_HandleMessages": "takes nothing",
    "Fart_RootLibrary": "takes nothing",
    "Fart_GetLoadedLibraries": "takes nothing",
    "Fart_SetLibraryTagHandler": "NULL is no handler",
    "Fart_SetEnvironmentCallback": "NULL is no callback",
    "Fart_FinalizeLoading": "a bool is one of two",
    "Fart_VerifyHeap": "takes nothing",
    "Fart_TakeHeapHistogram": "takes nothing",
    "Fart_DirectState": "takes nothing",
    "Fart_DirectSafepoint": "its argument is not looked at",
    "Fart_DirectStore": "its words are the caller's to be right",
    "Fart_DirectLoadWeak": "its words are the caller's to be right",
    "Fart_DirectHash": "its word is the caller's to be right",
    "Fart_VisitRoots": "its slots are the caller's to be right",
    "Fart_VisitRootFrames": "its frames are the caller's to be right",
    "Fart_SetShutdownReportCallback": "NULL is no callback; data is not looked at",
}

# Functions whose place does not matter, or is what the tests of the machine are about.
_NO_PLACE = {
    "_Fart_ReportErrorHandle": "ends the process",
    "Fart_Initialize": "bad_input_machine_test.c",
    "Fart_Cleanup": "bad_input_machine_test.c",
    "Fart_SetVMFlags": "bad_input_machine_test.c",
    "Fart_CreateIsolate": "bad_input_machine_test.c",
    "Fart_CreateHeapIsolate": "bad_input_machine_test.c",
    "Fart_IsolateMakeRunnable": "bad_input_machine_test.c",
    "Fart_IsolateData": "bad_input_machine_test.c",
    "Fart_RequestHeapSnapshot": "bad_input_machine_test.c",
    "Fart_InterruptIsolate": "bad_input_machine_test.c",
    "Fart_KillIsolate": "bad_input_machine_test.c",
    "Fart_NewNativePort": "bad_input_machine_test.c",
    "Fart_NewConcurrentNativePort": "bad_input_machine_test.c",
    "Fart_DirectStore": "its words are good in the isolate alone",
    "Fart_DirectLoadWeak": "its words are good in the isolate alone",
    "Fart_DirectHash": "its word is good in the isolate alone",
    "Fart_VisitRoots": "is called by visitors, in collections",
    "Fart_VisitRootFrames": "is called by visitors, in collections",
}

# Parameters of functions with bad input that have none themselves, by what the header says of them,
# or whose rows name no parameter.
_GOOD_PARAMETER = re.compile(
    r"[Mm]ay be NULL|NULL for|NULL takes|NULL prints|NULL to take|unchanged|Which\.$|Handed to|"
    r"What `callback` gets|As for Fart_NewExternalLatin1String|Where to put a malloc text|Any object\.|for messages"
)
_NO_NAME = {
    # The texts are those of older implementations, which name nothing.
    ("Fart_ListGetAt", "index"),
    ("Fart_ListGetRange", "offset"),
    ("Fart_ListGetRange", "length"),
    ("Fart_ListSetAt", "index"),
    ("Fart_ListGetAsBytes", "offset"),
    ("Fart_ListGetAsBytes", "length"),
    ("Fart_ListSetAsBytes", "offset"),
    ("Fart_ListSetAsBytes", "length"),
    # Every time is one to wait.
    ("Fart_TryEnterIsolate", "max_milliseconds"),
    ("Fart_CreateIsolate", "snapshot"),
    ("Fart_CreateIsolate", "flags"),
    ("Fart_Initialize", "params"),
    # Any number of a port is one to ask for, and every value of these types is good.
    ("Fart_CloseNativePort", "native_port_id"),
    ("Fart_Post", "port_id"),
    ("Fart_PostCObject", "port_id"),
    ("Fart_PostInteger", "port_id"),
    ("Fart_PostInteger", "message"),
    ("Fart_NewSendPort", "port_id"),
    ("Fart_NewNativePort", "handle_concurrently"),
    ("Fart_SetNativeInstanceField", "value"),
    ("Fart_SetBooleanReturnValue", "retval"),
    ("Fart_SetIntegerReturnValue", "retval"),
    ("Fart_SetDoubleReturnValue", "retval"),
    ("_Fart_ReportErrorHandle", "line"),
    ("Fart_NewPersistentHandleAt", "line"),
    ("Fart_NewWeakPersistentHandleAt", "line"),
    ("Fart_NewFinalizableHandleAt", "line"),
    # Handed to a function that may do without.
    ("Fart_DirectAttach", "out_of_memory"),
    ("Fart_DirectAttach", "peer"),
    ("Fart_RemoveRootVisitor", "peer"),
    # An inner index of the array is named instead.
    ("Fart_SetVMFlags", "argv"),
}


def _rows(programs, pattern):
    """The macro and the text of each row: from its macro's parenthesis to the one that closes it."""
    found = []
    for program in programs:
        program = re.sub(r"^#define(?:[^\n\\]|\\\n)*$", "", program, flags=re.M)
        for match in pattern.finditer(program):
            depth = 0
            quoted = False
            for end in range(match.end() - 1, len(program)):
                character = program[end]
                quoted ^= character == '"' and program[end - 1] != "\\"
                if not quoted:
                    depth += (character == "(") - (character == ")")
                    if depth == 0:
                        break
            found.append((match.group(1), program[match.end() : end]))
    return found


def _covered(rows):
    """For each function the texts of its rows."""
    found = {}
    for macro, text in rows:
        name = re.search(r"\b_?Fart_\w+(?=\()", text)
        if macro == "REFUSES_SHAPE":
            found.setdefault("Fart_RegisterShape", []).append(text)
        elif name:
            found.setdefault(name.group(0), []).append(text)
    return found


def _says_of(declaration, parameter):
    """What the header says of a parameter."""
    text = re.search(rf"^\\param {parameter}\s((?:.|\n)*?)(?=^\\param|^\s*$)", declaration.comment, re.M)
    return " ".join(text.group(1).split()) if text else ""


def complaints(rows, places, declarations):
    found = []
    rows = _covered(rows)
    places = _covered(places)
    for declaration in declarations:
        name = declaration.name
        if name not in places and name not in _NO_PLACE:
            found.append(f"{name} is called in no bad place")
        if name in _NOTHING_BAD:
            continue
        if name not in rows:
            found.append(f"{name} is not called on bad input")
            continue
        for parameter in declaration.parameters:
            is_named = any(re.search(rf"['*]{parameter}(?:\[\w\])?'", text) for text in rows[name])
            is_good = (name, parameter) in _NO_NAME or _GOOD_PARAMETER.search(
                _says_of(declaration, parameter)
            )
            if not is_named and not is_good:
                found.append(f"{name}: no row names '{parameter}'")
    return found


def _stale(rows, declarations):
    """Exceptions that are none."""
    names = {declaration.name for declaration in declarations}
    found = [f"{name} does not exist" for name in sorted((_NOTHING_BAD.keys() | _NO_PLACE) - names)]
    covered = _covered(rows)
    return found + [f"{name} has bad input after all" for name in sorted(_NOTHING_BAD) if name in covered]


def _blind(rows, places, declarations):
    """What this test would not notice: each function, taken out of the rows, is missed."""

    def without(name, rows):
        return [(macro, re.sub(rf"\b{name}\b", "Fart_Other", text)) for macro, text in rows]

    found = []
    for declaration in declarations:
        name = declaration.name
        if name in _NOTHING_BAD and name in _NO_PLACE:
            continue
        kept = [row for row in rows if row[0] != "REFUSES_SHAPE"]
        if not complaints(without(name, kept), without(name, places), [declaration]):
            found.append(f"this test would not notice that {name} is missing")
    return found


def _read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main(paths):
    programs = [_read(path) for path in paths if path.endswith(".c")]
    headers = [_read(path) for path in paths if path.endswith(".h")]
    declarations = [d for header in headers for d in header_reader.exports(header)]
    rows = _rows(programs, _ROW)
    places = _rows(programs, _PLACE_ROW)
    failures = complaints(rows, places, declarations) + _stale(rows, declarations)
    failures += _blind(rows, places, declarations)
    for failure in failures:
        print(failure)
    if len(declarations) < 100:
        print(f"only {len(declarations)} functions were found")
    return 1 if failures or len(declarations) < 100 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
