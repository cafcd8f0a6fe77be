#include "bin/error_text.h"

#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "bin/run_main.h"
#include "vm/platform/standard_output.h"

namespace fart::program {

namespace {

constexpr std::string_view kRed = "\033[1;31m";
constexpr std::string_view kGreen = "\033[1;32m";
constexpr std::string_view kBold = "\033[1m";
constexpr std::string_view kPlain = "\033[0m";

bool IsSet(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr && value[0] != '\0';
}

bool TakesColours() {
  const char* const terminal = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && !IsSet("NO_COLOR") && IsSet("TERM") &&
         std::string_view(terminal) != "dumb";
}

std::string In(std::string_view colour, std::string_view text) {
  std::string result(colour);
  return result.append(text).append(kPlain);
}

std::string ColouredLine(std::string_view line) {
  constexpr std::string_view kError = "Error:";
  constexpr std::string_view kUnhandled = "Unhandled exception:";
  constexpr std::string_view kProgram = "fart:";
  if (line == kUnhandled) return In(kRed, line);
  if (line.starts_with(kProgram)) {
    return In(kRed, kProgram).append(line.substr(kProgram.size()));
  }
  const std::size_t error = line.find(": Error: ");
  if (error != std::string_view::npos) {
    const std::size_t word = error + 2;
    return In(kBold, line.substr(0, word)) + In(kRed, kError) +
           std::string(line.substr(word + kError.size()));
  }
  const bool is_caret = line.ends_with('^') && line.find_first_not_of(" \t") == line.size() - 1;
  return is_caret ? In(kGreen, line) : std::string(line);
}

}  // namespace

std::string Coloured(const std::string& text) {
  std::string result;
  std::string_view rest = text;
  for (;;) {
    const std::size_t end = rest.find('\n');
    result += ColouredLine(rest.substr(0, end));
    if (end == std::string_view::npos) return result;
    result += '\n';
    rest.remove_prefix(end + 1);
  }
}

void PrintError(const std::string& text) {
  FlushOutput();
  std::fprintf(stderr, "%s\n", (TakesColours() ? Coloured(text) : text).c_str());
}

void PrintUnhandled(Fart_Handle error) {
  const std::string text = Fart_GetError(error);
  if (Fart_IsUnhandledExceptionError(error)) {
    PrintError("Unhandled exception:\n" + text);  // With its stack trace.
  } else {
    PrintError(text + "\n" + StackTraceText(error));
  }
}

}  // namespace fart::program
