#include "fuzz/program_machine.h"

#include <cstdlib>

#include "dart_api.h"
#include "fart_tools_api.h"
#include "fuzz/fuzz_host.h"
#include "fuzz/program_mutator.h"

namespace fart::fuzz {
namespace {

constexpr const char* kPrograms[] = {
#include "tests/language/programs.inc"
};

// How often a program may ask.
constexpr int kTurns = 2000;
int turns = 0;

void Stop(Fart_NativeArguments arguments) {
  if (++turns > kTurns) Fart_PropagateError(Fart_NewApiError("This has taken long enough."));
  Fart_SetBooleanReturnValue(arguments, false);
}

Fart_NativeFunction Resolve(Fart_Handle name, int, bool*) {
  const char* text = nullptr;
  if (Fart_IsError(Fart_StringToCString(name, &text))) return nullptr;
  return std::string(text) == "stop_" ? Stop : nullptr;
}

std::string LoadAndRun(const std::string& text) {
  const Fart_Handle source = Fart_NewStringFromUTF8(
      reinterpret_cast<const std::uint8_t*>(text.data()), static_cast<std::intptr_t>(text.size()));
  if (Fart_IsError(source)) return "";  // No UTF-8, or no room.
  const Fart_Handle url = Fart_NewStringFromCString("mutated.dart");
  const Fart_Handle path = Fart_NewStringFromCString("/nowhere/mutated.dart");
  if (Fart_IsError(url) || Fart_IsError(path)) return "";
  const Fart_Handle library = Fart_LoadScript(url, path, source, 0, 0);
  if (Fart_IsError(library)) {
    const std::string message = Fart_GetError(library);
    if (!Fart_IsCompilationError(library)) return "";  // Of memory, say.
    const bool has_place = message.find(":") != std::string::npos &&
                           message.find(": Error: ") != std::string::npos && message.back() == '^';
    return has_place ? "" : "an error of compilation without a place: " + message;
  }
  Fart_SetNativeResolver(library, Resolve, nullptr);
  turns = 0;
  const Fart_Handle main = Fart_NewStringFromCString("main");
  if (!Fart_IsError(main)) Fart_Invoke(library, main, 0, nullptr);
  turns = 0;
  Fart_Collect(Fart_Collection_kEverything);
  const char* const complaint = Fart_VerifyHeap();
  return complaint != nullptr ? complaint : "";
}

}  // namespace

const std::vector<std::string>& GoodPrograms() {
  static const std::vector<std::string> programs(std::begin(kPrograms), std::end(kPrograms));
  return programs;
}

std::string RunProgramText(const std::string& text, const char* gc_stress) {
  if (gc_stress != nullptr && !Fart_SetFlag((std::string("--gc-stress=") + gc_stress).c_str())) {
    return Fart_GetMisuse();
  }
  char* error = nullptr;
  if (Fart_CreateIsolate("mutated", "main", nullptr, nullptr, nullptr, &error) == nullptr) {
    const std::string problem = error;
    std::free(error);
    return problem;
  }
  Fart_EnterScope();
  // What a program prints is nobody's business here.
  const std::string found = LoadAndRun(WithStops(text) + "print(x) => \"$x\";\n");
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  if (gc_stress != nullptr) Fart_SetFlag("--gc-stress=0");
  return found;
}

std::string RunProgramOfBytes(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return "";
  const bool is_text = (bytes[0] & 1) != 0;
  const std::string text = is_text ? std::string(reinterpret_cast<const char*>(bytes + 1), size - 1)
                                   : MutatedProgram(GoodPrograms(), bytes + 1, size - 1);
  return RunProgramText(text, StressChosenBy(bytes[0]));
}

}  // namespace fart::fuzz
