// CommandLine -- what `fart [flags] FILE.dart ARG...` was asked to do.
//
// Everything behind FILE belongs to the program. The library that reads the line is named in
// command_line.cc only: it takes long to compile.

#ifndef FART_BIN_COMMAND_LINE_H_
#define FART_BIN_COMMAND_LINE_H_

#include <optional>
#include <string>
#include <vector>

namespace fart::program {

struct CommandLine {
  std::vector<std::string> flags;  // each as Fart_SetFlag takes it
  std::string file;
  std::vector<std::string> arguments;
};

// Nothing when there is no program to run: help or version was asked for and printed, or the line
// makes no sense and standard error says why. Then *exit_code is what the process ends with.
std::optional<CommandLine> ReadCommandLine(int argc, const char* const* argv, const char* version,
                                           int* exit_code);

}  // namespace fart::program

#endif  // FART_BIN_COMMAND_LINE_H_
