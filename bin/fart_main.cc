// fart -- runs a Fart program: a file, code on the command line, the standard input, or what a
// person types. Uses the public headers, as any host could, RunMain, and the knowledge that the
// process ends with it.

#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "api/include/dart_api.h"
#include "api/include/fart_tools_api.h"
#include "bin/command_line.h"
#include "bin/console.h"
#include "bin/data_script.h"
#include "bin/error_text.h"
#include "bin/exit_codes.h"
#include "bin/first_memory.h"
#include "bin/given_code.h"
#include "bin/run_main.h"
#include "bin/standard_files.h"
#include "bin/user_interrupt.h"
#include "lang/fart_program.h"
#include "vm/platform/exit_code.h"
#include "vm/platform/standard_output.h"

namespace {

using fart::program::CommandLine;
using fart::program::Console;
using fart::program::GivenCode;
using fart::program::InterruptByUser;
using fart::program::IsDataUri;
using fart::program::IsInterruptedByUser;
using fart::program::kExitInterrupted;
using fart::program::kExitNotRun;
using fart::program::kExitNotWritten;
using fart::program::kExitSuccess;
using fart::program::kExitUnhandled;
using fart::program::LoadedAs;
using fart::program::LoadGiven;
using fart::program::PrintError;
using fart::program::PrintUnhandled;
using fart::program::ProgramOf;
using fart::program::Source;
using fart::program::TextOfDataUri;

int Refuse(const std::string& why) {
  PrintError("fart: " + why);
  return kExitNotRun;
}

// Of a call that answers NULL, or a text from malloc. True: all is well.
bool Succeeds(char* error) {
  if (error == nullptr) return true;
  PrintError(std::string("fart: ") + error);
  std::free(error);
  return false;
}

// 0, or what errno says.
int ReadAll(std::FILE* file, std::string* text) {
  char buffer[4096];
  std::size_t count = 0;
  errno = 0;
  while ((count = std::fread(buffer, 1, sizeof(buffer), file)) != 0) text->append(buffer, count);
  return std::ferror(file) != 0 ? errno : 0;
}

int ReadFile(const char* path, std::string* text) {
  std::FILE* const file = std::fopen(path, "rb");
  if (file == nullptr) return errno;
  const int error = ReadAll(file, text);
  std::fclose(file);
  return error;
}

std::string AbsolutePath(const std::string& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.lexically_normal().string();
}

Fart_Handle NewString(const std::string& text) {
  return Fart_NewStringFromUTF8(reinterpret_cast<const std::uint8_t*>(text.data()),
                                static_cast<std::intptr_t>(text.size()));
}

std::string CurrentFolder() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::current_path(error);
  return error ? "." : folder.string();
}

Fart_Handle LoadFile(const std::string& file, const std::string& source) {
  const Fart_Handle text = NewString(source);
  if (Fart_IsError(text)) return Fart_NewApiError(("'" + file + "' is no UTF-8.").c_str());
  return Fart_LoadScript(NewString(file), NewString(AbsolutePath(file)), text, 0, 0);
}

Fart_Handle LoadDataUri(const std::string& uri) {
  const Fart_Handle name = NewString(uri);
  const Fart_Handle text = NewString(TextOfDataUri(uri));
  if (Fart_IsError(text)) return Fart_NewApiError(("'" + uri + "' holds no UTF-8.").c_str());
  return Fart_LoadScript(name, name, text, 0, 0);
}

Fart_Handle NewArguments(const CommandLine& line) {
  Fart_Handle list = Fart_NewList(static_cast<std::intptr_t>(line.arguments.size()));
  std::intptr_t index = 0;
  for (const std::string& argument : line.arguments) {
    const Fart_Handle stored = Fart_ListSetAt(list, index++, NewString(argument));
    if (Fart_IsError(stored)) return stored;
  }
  return list;
}

bool IsMissingMain(Fart_Handle result) {
  constexpr const char* kText = "Fart_Invoke: did not find top-level function 'main'.";
  return Fart_IsApiError(result) && std::strcmp(Fart_GetError(result), kText) == 0;
}

struct Script {
  const CommandLine& line;
  GivenCode code;
};

Fart_Handle Load(const Script& script) {
  if (script.line.source == Source::kFile) return LoadFile(script.line.file, script.code.text);
  return LoadGiven({.name = script.line.file, .folder = CurrentFolder()}, script.code,
                   LoadedAs::kScript);
}

// 0, or what errno says of the file.
int ReadCode(const CommandLine& line, GivenCode* code) {
  switch (line.source) {
    case Source::kFile:
      return ReadFile(line.file.c_str(), &code->text);
    case Source::kStandardInput:
      return ReadAll(stdin, &code->text);
    case Source::kCode:
      *code = ProgramOf(line.code);
      return 0;
    case Source::kConsole:
      code->text = "main() {}";
      return 0;
  }
  return 0;
}

int ExitCodeOfProgram() { return static_cast<int>(fart::exit_code.load() & 0xff); }

int Run(const Script& script) {
  const Fart_Handle library = Load(script);
  if (Fart_IsCompilationError(library)) {
    PrintError(Fart_GetError(library));  // Begins with the place.
    return kExitNotRun;
  }
  if (Fart_IsError(library)) return Refuse(Fart_GetError(library));
  if (script.line.source == Source::kConsole) {
    Console(Fart_CurrentIsolate(), CurrentFolder()).Run();
    return ExitCodeOfProgram();
  }
  InterruptByUser(Fart_CurrentIsolate());
  Fart_Handle result = fart::program::RunMain(NewArguments(script.line));
  if (IsMissingMain(result)) return Refuse("'" + script.line.file + "' has no function main.");
  if (!Fart_IsError(result)) result = Fart_RunLoop();
  if (!Fart_IsError(result)) return ExitCodeOfProgram();
  PrintUnhandled(result);
  if (Fart_IsFatalError(result) && IsInterruptedByUser()) return kExitInterrupted;
  return Fart_IsCompilationError(result) ? kExitNotRun : kExitUnhandled;
}

// `script` outlives all isolates.
int RunInIsolate(Script& script) {
  char* error = nullptr;
  const Fart_Isolate isolate =
      Fart_CreateIsolate(script.line.file.c_str(), "main", nullptr, nullptr, &script, &error);
  if (isolate == nullptr) {
    Succeeds(error);
    return kExitNotRun;
  }
  Fart_EnterScope();
  const int exit_code = Run(script);
  Fart_ExitScope();
  fart::FlushOutput();
  Fart_ShutdownIsolate();
  return exit_code;
}

// Another isolate: for Isolate.spawn with the same script, for spawnUri with the file `script_uri`,
// or with what is in it, a `data:` URI.
// `data` is the Script of the first one.
Fart_Isolate SpawnIsolate(const char* script_uri, const char* main, const char* /*package_root*/,
                          const char* /*package_config*/, Fart_IsolateFlags* flags, void* data,
                          char** error) {
  const Script& script = *static_cast<const Script*>(data);
  std::string other_source;
  const bool is_other = script_uri != nullptr && script.line.file != script_uri &&
                        AbsolutePath(script.line.file) != script_uri;
  const bool is_data = is_other && IsDataUri(script_uri);
  if (is_other && !is_data) {
    if (const int code = ReadFile(script_uri, &other_source); code != 0) {
      *error = ::strdup(
          (std::string("cannot read '") + script_uri + "': " + std::strerror(code) + ".").c_str());
      return nullptr;
    }
  }
  const Fart_Isolate isolate = Fart_CreateIsolate(script_uri, main, nullptr, flags, data, error);
  if (isolate == nullptr) return nullptr;
  Fart_EnterScope();
  const Fart_Handle library = is_data    ? LoadDataUri(script_uri)
                              : is_other ? LoadFile(script_uri, other_source)
                                         : Load(script);
  if (Fart_IsError(library)) {
    *error = ::strdup(Fart_GetError(library));
    Fart_ShutdownIsolate();
    return nullptr;
  }
  Fart_ExitScope();
  Fart_ExitIsolate();
  return isolate;
}

bool SetFlags(const CommandLine& line) {
  for (const std::string& flag : line.flags) {
    if (Fart_SetFlag(flag.c_str())) continue;
    std::string why = Fart_GetMisuse();
    constexpr std::string_view kWho = "Fart_SetFlag: ";
    if (why.starts_with(kWho)) why.erase(0, kWho.size());
    Refuse(why);
    return false;
  }
  return true;
}

// Whether all that was printed has been written: at the latest now it is known.
bool HasWritten() {
  fart::FlushOutput();
  const int error = fart::FirstOutputError();
  if (error == 0 && std::ferror(stdout) == 0) return true;
  PrintError(std::string("fart: cannot write to the standard output") +
             (error == 0 ? "" : std::string(": ") + std::strerror(error)) + ".");
  return false;
}

}  // namespace

int main(int argc, char** argv) try {
  fart::program::HoldStandardFiles();
  fart::program::TakeFirstMemory();
  int exit_code = kExitSuccess;
  const bool is_terminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
  const std::optional<CommandLine> line =
      fart::program::ReadCommandLine(argc, argv, Fart_VersionString(), is_terminal, &exit_code);
  if (!line.has_value()) return exit_code;

  Script script{*line, {}};
  if (const int error = ReadCode(*line, &script.code); error != 0) {
    return Refuse("cannot read '" + line->file + "': " + std::strerror(error) + ".");
  }
  fart::program::HoldUserInterrupts();
  Fart_InitializeParams params = {};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  params.create = SpawnIsolate;
  if (!Succeeds(Fart_Initialize(&params))) return kExitNotRun;
  exit_code = SetFlags(*line) ? RunInIsolate(script) : kExitNotRun;
  fart::lang::LeaveSharedLibrariesToSystem();
  if (!Succeeds(Fart_Cleanup())) return kExitUnhandled;
  const bool has_written = HasWritten();
  return exit_code == kExitSuccess && !has_written ? kExitNotWritten : exit_code;
} catch (const std::bad_alloc&) {
  // Its own texts; those of a program are errors of the program.
  std::fputs("fart: the system has no memory.\n", stderr);
  return kExitNotRun;
}
