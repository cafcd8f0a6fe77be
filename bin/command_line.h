// CommandLine -- what `fart [flags] FILE.dart ARG...` was asked to do.
//
// Instead of FILE there may be `-e CODE`, `-` for the standard input, or nothing, on a terminal.
// Everything behind it belongs to the program. The library that reads the line is named in
// command_line.cc only: it takes long to compile.

#ifndef FART_BIN_COMMAND_LINE_H_
#define FART_BIN_COMMAND_LINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fart::program {

// Where the program comes from.
enum class Source : std::uint8_t { kFile, kCode, kStandardInput, kConsole };

struct CommandLine {
  std::vector<std::string> flags;  // each as Fart_SetFlag takes it
  Source source = Source::kFile;
  std::string file;  // What messages call it: a path, or for other sources a name in <>.
  std::string code;  // kCode
  std::vector<std::string> arguments;
};

// Nothing when there is no program to run: help or version was asked for and printed, or the line
// makes no sense and standard error says why. Then *exit_code is what the process ends with.
// `is_terminal`: a person is there to type what is missing.
std::optional<CommandLine> ReadCommandLine(int argc, const char* const* argv, const char* version,
                                           bool is_terminal, int* exit_code);

}  // namespace fart::program

#endif  // FART_BIN_COMMAND_LINE_H_
