#include "bin/line_reader.h"

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace fart::program {

LineReader::LineReader() {
  const char* const terminal = std::getenv("TERM");
  if (terminal == nullptr || std::string_view(terminal) == "dumb") return;
  for (const char* const name : {"libedit.so.2", "libedit.so.0", "libedit.so"}) {
    void* const library = dlopen(name, RTLD_NOW | RTLD_LOCAL);  // It stays.
    if (library == nullptr) continue;
    read_line_ = reinterpret_cast<ReadLine>(dlsym(library, "readline"));
    add_history_ = reinterpret_cast<AddHistory>(dlsym(library, "add_history"));
    if (read_line_ != nullptr && add_history_ != nullptr) return;
    read_line_ = nullptr;
    dlclose(library);
  }
}

std::optional<std::string> LineReader::Read(const char* prompt) {
  if (read_line_ != nullptr) {
    char* const typed = read_line_(prompt);
    if (typed == nullptr) return std::nullopt;
    std::string line = typed;
    if (!line.empty()) add_history_(typed);
    std::free(typed);
    return line;
  }
  std::fputs(prompt, stdout);
  std::fflush(stdout);
  std::string line;
  int c = 0;
  while ((c = std::getchar()) != EOF && c != '\n') line += static_cast<char>(c);
  if (c == EOF && line.empty()) return std::nullopt;
  return line;
}

}  // namespace fart::program
