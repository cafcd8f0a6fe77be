#include "bin/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "bin/exit_codes.h"

namespace fart::program {

namespace {

constexpr const char* kDescription =
    "Runs a Fart program.\n\n"
    "FILE may be - for the standard input. On a terminal and without a program, expressions are\n"
    "read, evaluated and shown. Arguments go to main. Exit codes: 0; 254 when the program could "
    "not be loaded; 255 when it\n"
    "ended with something it did not catch; 253 when what it printed could not be written; 130 "
    "when\n"
    "the user interrupted it. FART_FLAGS in the environment may hold options too.";

class UsageLine : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App*, std::string) const override {
    return "Usage: fart [OPTIONS] FILE.dart [ARGUMENT...]\n"
           "       fart [OPTIONS] -e CODE [ARGUMENT...]\n"
           "       fart [OPTIONS]\n";
  }
};

struct Flag {
  const char* name;
  const char* value;  // its form; null for one that is on or off
  const char* help;
};

constexpr Flag kFlags[] = {
    {"--gc-stress", "N", "Collect at every Nth allocation and move everything; 0 for off"},
    {"--gc-stress-seed", "S", "With --gc-stress: at random intervals of N on average"},
    {"--verify-heap", nullptr, "Check every invariant before and after each collection"},
    {"--trace-gc", nullptr, "Print a line to standard error for each collection"},
    {"--gc-stats", nullptr,
     "Print a table to standard error at the end, with the handles still open"},
    {"--pause-goal-us", "N",
     "How long a minor collection may take, in microseconds; 0 for no matter"},
    {"--mark-in-slices", nullptr,
     "With a pause goal, mark and sweep old space a little at a time; on if not set"},
    {"--gc-concurrent", "HOW", "Mark old space beside the program: on if not set, off or always"},
    {"--gc-workers", "N", "Mark the whole heap, where that is done at once, with N threads"},
    {"--gc-slices", "N", "Mark all the time, by N objects at each minor collection"},
    {"--max-heap", "SIZE", "The hard limit of the heap: bytes, or with k, m or g"},
    {"--new-space-first", "SIZE", "How large new space is at first: 512k if not set"},
    {"--new-space-min", "SIZE", "How large it is where much lives: 8m if not set"},
    {"--new-space-max", "SIZE", "How large it becomes at most: 64m if not set"},
    {"--ffi-checked", nullptr,
     "Note where native memory is allocated and freed; say what was not freed"},
    {"--gc-trace", "FILE", "Write what collections do and when, for Perfetto or chrome://tracing"},
    {"--gc-histogram", nullptr,
     "Print at the end, and when SIGUSR1 comes, what the heap holds, by class"},
    {"--leak-report", nullptr, "Print at the end which handles are open, and what they keep"},
    {"--heap-snapshot", "FILE",
     "Write the heap at the end, and when SIGUSR1 comes, as a .heapsnapshot file"},
    {"--why", "CLASS", "Print at the end what keeps an object of this class alive"},
    {"--packages", "FILE", "Where `package:` imports are found: lines NAME:FOLDER"},
    {"--package-root", "FOLDER", "The same, a folder with one for each package"},
    {"--enable-asserts", nullptr, "Run assert: throw an AssertionError if the condition fails"},
    {"--checked", nullptr, "Run assert, and check what annotations of types say"},
    {"--forgotten-scope", "N", "Record a misuse when N local handles are open; 0 for off"},
};

// They may stand alone, so the next word is the file's name and not their value.
constexpr Flag kAlone[] = {
    {"--handle-provenance", "HOW", "Note where handles are made; =sample:N for one in N"},
    {"--checked-handles", "HOW",
     "Find every use of a local handle after its scope; =abort to end at the first"},
};

// What stands behind its `=` goes on as it is: who reads FART_FLAGS says what is wrong with it. As
// a number, which a flag is to CLI11, any other word would end the process.
void AddAlone(CLI::App& app, const Flag& flag,
              const std::function<void(const std::string&)>& take) {
  app.add_flag(flag.name, flag.help)
      ->each([take](const std::string& value) { take(value.empty() ? "true" : value); })
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void AddFlags(CLI::App& app, std::vector<std::string>* flags) {
  for (const Flag& flag : kFlags) {
    const std::string name = flag.name;
    const std::function<void(const std::string&)> take = [name, flags](const std::string& value) {
      flags->push_back(name + "=" + value);
    };
    if (flag.value == nullptr) {
      AddAlone(app, flag, take);
    } else {
      app.add_option_function<std::string>(name, take, flag.help)->type_name(flag.value);
    }
  }
  for (const Flag& flag : kAlone) {
    AddAlone(app, flag, [&flag, flags](const std::string& value) {
      flags->push_back(std::string(flag.name) + "=" + value);
    });
  }
}

// What stands in `flags` with that name; null if nothing does.
template <std::size_t kCount>
const Flag* Named(const Flag (&flags)[kCount], std::string_view name) {
  const Flag* const found =
      std::find_if(flags, flags + kCount, [name](const Flag& flag) { return flag.name == name; });
  return found == flags + kCount ? nullptr : found;
}

// The first option of the line that ends in `=`, without that; empty if there is none. CLI11 would
// take it for one that stands alone and, if it needs a value, the next word: the name of the
// program.
std::string_view OptionWithoutItsValue(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const std::string_view name = word.substr(0, word.find('='));
    const Flag* const flag = Named(kFlags, name);
    // Neither an option of ours nor its value: the rest is not ours, or CLI11 refuses it.
    if (flag == nullptr && Named(kAlone, name) == nullptr && word != "-e") return {};
    if (word.size() == name.size() + 1) return name;
    if (word == "-e" || (flag != nullptr && flag->value != nullptr && word == name)) ++i;
  }
  return {};
}

int Refuse(const std::string& why) {
  std::fprintf(stderr, "fart: %s\nTry `fart --help`.\n", why.c_str());
  return kExitNotRun;
}

}  // namespace

std::optional<CommandLine> ReadCommandLine(int argc, const char* const* argv, const char* version,
                                           bool is_terminal, int* exit_code) {
  if (const std::string_view name = OptionWithoutItsValue(argc, argv); !name.empty()) {
    *exit_code = Refuse("there is no value behind '" + std::string(name) + "='.");
    return std::nullopt;
  }
  CommandLine line;
  CLI::App app(kDescription);
  app.set_version_flag("--version", std::string("fart ") + version);
  app.prefix_command();  // the first word that is no flag of ours begins the rest
  app.formatter(std::make_shared<UsageLine>());
  const CLI::Option* const code =
      app.add_option("-e", line.code, "Run CODE: a program, or the statements of main")
          ->type_name("CODE");
  AddFlags(app, &line.flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& answer) {
    *exit_code = app.exit(answer);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    *exit_code = Refuse(error.what());
    return std::nullopt;
  }
  std::vector<std::string> rest = app.remaining();
  if (!rest.empty() && rest.front() == "--") rest.erase(rest.begin());
  line.arguments = std::move(rest);
  if (code->count() != 0) {
    line.source = Source::kCode;
    line.file = "<code>";
    return line;
  }
  if (line.arguments.empty() && is_terminal) {
    line.source = Source::kConsole;
    line.file = "<0>";
    return line;
  }
  if (line.arguments.empty()) {
    *exit_code = Refuse("which program? The name of a file is missing.");
    return std::nullopt;
  }
  line.file = std::move(line.arguments.front());
  line.arguments.erase(line.arguments.begin());
  if (line.file == "-") {
    line.source = Source::kStandardInput;
    line.file = "<stdin>";
  } else if (line.file.starts_with("-")) {
    *exit_code = Refuse("there is no option '" + line.file + "'.");
    return std::nullopt;
  }
  return line;
}

}  // namespace fart::program
