#include "fuzz/program_machine.h"

#include <cstdlib>
#include <string_view>

#include "dart_api.h"
#include "fart_tools_api.h"
#include "fuzz/fuzz_host.h"
#include "fuzz/program_mutator.h"

namespace fart::fuzz {
namespace {

constexpr const char* kPrograms[] = {
#include "tests/language/programs.inc"
};

// How often a program may ask, and how much of what it prints is kept.
constexpr int kTurns = 2000;
constexpr std::size_t kMostOutput = 100'000;

// What a run has come to.
struct Outcome {
  std::string complaint;  // What was not as it must be.
  std::string refusal;    // The error of compilation.
  std::string output;     // What it printed, and the error that it ended with.
  int turns = 0;
  bool was_collected = false;
  bool has_failed_check = false;  // Of checked mode; known while nothing has been collected.

  // It ended by itself, nobody failed a check, and that is known.
  bool IsComparable() const {
    return refusal.empty() && turns <= kTurns && output.size() < kMostOutput && !was_collected &&
           !has_failed_check;
  }
};
Outcome outcome;

void Stop(Fart_NativeArguments arguments) {
  if (++outcome.turns > kTurns) {
    Fart_PropagateError(Fart_NewApiError("This has taken long enough."));
  }
  Fart_SetBooleanReturnValue(arguments, false);
}

void Note(Fart_NativeArguments arguments) {
  const char* text = nullptr;
  const Fart_Handle given = Fart_GetNativeArgument(arguments, 0);
  if (Fart_IsError(Fart_StringToCString(given, &text))) return;
  if (outcome.output.size() < kMostOutput) outcome.output += std::string(text) + "\n";
}

Fart_NativeFunction Resolve(Fart_Handle name, int, bool*) {
  const char* text = nullptr;
  if (Fart_IsError(Fart_StringToCString(name, &text))) return nullptr;
  if (std::string_view(text) == "note_") return Note;
  return std::string_view(text) == "stop_" ? Stop : nullptr;
}

void NoteCollection() { outcome.was_collected = true; }

// A check that failed has made one of the first two; how deep a stack goes, and how much fits a
// heap, is not the same when checks stand between.
void NoteError(const Fart_HeapClass* row, void*) {
  for (const char* const name : {"AssertionError", "TypeError", "_UnknownTypeError",
                                 "StackOverflowError", "OutOfMemoryError"}) {
    if (std::string_view(row->class_name) == name && row->objects > 0) {
      outcome.has_failed_check = true;
    }
  }
}

void LoadAndRun(const std::string& text) {
  const Fart_Handle source = Fart_NewStringFromUTF8(
      reinterpret_cast<const std::uint8_t*>(text.data()), static_cast<std::intptr_t>(text.size()));
  if (Fart_IsError(source)) return;  // No UTF-8, or no room.
  const Fart_Handle url = Fart_NewStringFromCString("mutated.dart");
  const Fart_Handle path = Fart_NewStringFromCString("/nowhere/mutated.dart");
  if (Fart_IsError(url) || Fart_IsError(path)) return;
  const Fart_Handle library = Fart_LoadScript(url, path, source, 0, 0);
  if (Fart_IsError(library)) {
    outcome.refusal = Fart_GetError(library);
    if (!Fart_IsCompilationError(library)) return;  // Of memory, say.
    const bool has_place = outcome.refusal.find(":") != std::string::npos &&
                           outcome.refusal.find(": Error: ") != std::string::npos &&
                           outcome.refusal.back() == '^';
    if (!has_place) {
      outcome.complaint = "an error of compilation without a place: " + outcome.refusal;
    }
    return;
  }
  Fart_SetNativeResolver(library, Resolve, nullptr);
  Fart_SetGcCallbacks(NoteCollection, NoteCollection);
  const Fart_HeapHistogram before = Fart_TakeHeapHistogram();
  const Fart_Handle main = Fart_NewStringFromCString("main");
  if (!Fart_IsError(main)) {
    const Fart_Handle result = Fart_Invoke(library, main, 0, nullptr);
    if (Fart_IsError(result)) outcome.output += Fart_GetError(result);
  }
  Fart_VisitHeapClasses(before, NoteError, nullptr);
  Fart_DeleteHeapHistogram(before);
  Fart_SetGcCallbacks(nullptr, nullptr);
  const int turns = outcome.turns;
  outcome.turns = 0;
  Fart_Collect(Fart_Collection_kEverything);
  outcome.turns = turns;
  const char* const complaint = Fart_VerifyHeap();
  if (complaint != nullptr) outcome.complaint = complaint;
}

// With asserts, and with what annotations say as checks too or not.
Outcome Run(const std::string& program, const char* gc_stress, bool with_asserts, bool checked) {
  outcome = Outcome{};
  if (gc_stress != nullptr && !Fart_SetFlag((std::string("--gc-stress=") + gc_stress).c_str())) {
    outcome.complaint = Fart_GetMisuse();
    return outcome;
  }
  Fart_IsolateFlags flags{};
  flags.version = DART_FLAGS_CURRENT_VERSION;
  flags.enable_asserts = with_asserts;
  flags.enable_type_checks = checked;
  char* error = nullptr;
  if (Fart_CreateIsolate("mutated", "main", nullptr, &flags, nullptr, &error) == nullptr) {
    outcome.complaint = error;
    std::free(error);
    return outcome;
  }
  Fart_EnterScope();
  LoadAndRun(WithStops(program) + "print(x) { note_(\"$x\"); }\nnote_(text) native \"note_\";\n");
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  if (gc_stress != nullptr) Fart_SetFlag("--gc-stress=0");
  return outcome;
}

// F-C1, F-C2
std::string RunBothWays(const std::string& text) {
  const Outcome checked = Run(text, nullptr, true, true);
  if (!checked.complaint.empty()) return checked.complaint;
  const Outcome plain = Run(text, nullptr, true, false);
  if (!plain.complaint.empty()) return plain.complaint;
  if (plain.refusal != checked.refusal) {
    return "F-C1: refused with \"" + plain.refusal + "\", where checked with \"" + checked.refusal +
           "\"";
  }
  if (!plain.IsComparable() || !checked.IsComparable() || plain.output == checked.output) return "";
  // Of a program that tells the time, or an address, nothing can be said.
  const Outcome again = Run(text, nullptr, true, false);
  if (again.output != plain.output) return "";
  return "F-C2: what it does plain:\n" + plain.output + "\nand checked:\n" + checked.output;
}

}  // namespace

const std::vector<std::string>& GoodPrograms() {
  static const std::vector<std::string> programs(std::begin(kPrograms), std::end(kPrograms));
  return programs;
}

std::string RunProgramText(const std::string& text, ProgramMode mode) {
  if (mode.checked && mode.gc_stress == nullptr) return RunBothWays(text);
  return Run(text, mode.gc_stress, mode.checked, mode.checked).complaint;
}

std::string RunProgramOfBytes(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return "";
  const bool is_text = (bytes[0] & 1) != 0;
  const std::string text = is_text ? std::string(reinterpret_cast<const char*>(bytes + 1), size - 1)
                                   : MutatedProgram(GoodPrograms(), bytes + 1, size - 1);
  return RunProgramText(text,
                        {.gc_stress = StressChosenBy(bytes[0]), .checked = (bytes[0] & 8) != 0});
}

}  // namespace fart::fuzz
