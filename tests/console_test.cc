// The `fart` program on a terminal: what is typed is run and shown, and errors have colours.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <vector>

namespace fart::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kTimeoutMs = 60'000;

// `fart` on a terminal of its own.
class Terminal {
 public:
  explicit Terminal(const char* type, std::vector<std::string> arguments = {},
                    const char* no_colour = "") {
    arguments.insert(arguments.begin(), "./fart");
    std::vector<char*> words;
    for (std::string& word : arguments) words.push_back(word.data());
    words.push_back(nullptr);
    child_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (child_ == 0) {
      setenv("TERM", type, 1);
      setenv("NO_COLOR", no_colour, 1);
      execv(words[0], words.data());
      _exit(127);
    }
  }
  ~Terminal() {
    if (child_ > 0) kill(child_, SIGKILL);
    End();
    close(terminal_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  // All that has come since the last call, up to and including that text.
  std::string ReadUpTo(const std::string& text) {
    while (seen_.find(text) == std::string::npos && ReadMore()) {
    }
    const std::size_t found = seen_.find(text);
    if (found == std::string::npos) ADD_FAILURE() << "no '" << text << "' in: " << seen_;
    const std::size_t end = found == std::string::npos ? seen_.size() : found + text.size();
    std::string result = seen_.substr(0, end);
    seen_.erase(0, end);
    return result;
  }
  void Write(const std::string& text) const {
    EXPECT_EQ(write(terminal_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  // Types a line; what is shown until the next prompt.
  std::string Type(const std::string& line, const std::string& prompt = "fart> ") {
    Write(line + "\n");
    return ReadUpTo(prompt);
  }
  std::string ReadAll() {
    while (ReadMore()) {
    }
    return seen_;
  }
  int End() {
    int status = -1;
    if (child_ > 0) waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  bool ReadMore() {
    pollfd wanted{.fd = terminal_, .events = POLLIN, .revents = 0};
    if (poll(&wanted, 1, kTimeoutMs) <= 0) return false;
    std::array<char, 4096> buffer;
    const ssize_t count = read(terminal_, buffer.data(), buffer.size());
    if (count <= 0) return false;  // EIO where the other side has gone.
    seen_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }

  int terminal_ = -1;
  pid_t child_ = -1;
  std::string seen_;
};

class ConsoleTest : public testing::Test {
 protected:
  ConsoleTest() { terminal_.ReadUpTo("fart> "); }
  std::string Type(const std::string& line) { return terminal_.Type(line); }

  Terminal terminal_{"dumb"};
};

TEST_F(ConsoleTest, ShowsExpressionsAndKeepsDeclarations) {
  EXPECT_THAT(Type("1 + 2"), HasSubstr("\r\n3\r\n"));
  EXPECT_EQ(Type("var x = 20"), "var x = 20\r\nfart> ");
  EXPECT_EQ(Type("twice(n) => 2 * n"), "twice(n) => 2 * n\r\nfart> ");
  EXPECT_THAT(Type("twice(x) + 2"), HasSubstr("\r\n42\r\n"));
  EXPECT_THAT(Type("x = x + 1"), HasSubstr("\r\n21\r\n"));
  EXPECT_EQ(Type("if (x > 20) x = 7"), "if (x > 20) x = 7\r\nfart> ");
  EXPECT_THAT(Type("x"), HasSubstr("\r\n7\r\n"));
  EXPECT_EQ(Type("null"), "null\r\nfart> ");
}

TEST_F(ConsoleTest, ALaterDeclarationTakesTheNameOfAnEarlierOne) {
  Type("f() => 1");
  Type("g() => f()");
  Type("f() => 2");
  EXPECT_THAT(Type("[f(), g()]"), HasSubstr("[2, 1]"));
}

TEST_F(ConsoleTest, ImportsStay) {
  Type("import 'dart:math'");
  EXPECT_THAT(Type("max(1, 2)"), HasSubstr("\r\n2\r\n"));
  Type("max(a, b) => 'mine'");
  EXPECT_THAT(Type("max(1, 2)"), HasSubstr("mine"));
}

TEST_F(ConsoleTest, AnInputMayHaveSeveralLines) {
  terminal_.Type("class C {", "... ");
  terminal_.Type("  m() => 'in C';", "... ");
  Type("}");
  EXPECT_THAT(Type("C().m()"), HasSubstr("in C"));
  // An empty line ends what cannot end otherwise.
  terminal_.Type("1 +", "... ");
  EXPECT_THAT(Type(""), HasSubstr("Something is missing at the end."));
}

TEST_F(ConsoleTest, MistakesAreToldWithTheirPlacesAndEndNothing) {
  EXPECT_THAT(Type("var x = 1 1"), HasSubstr("<1>:1:9: Error: Expected ';' after this."));
  EXPECT_THAT(Type("nowhere + 1"), HasSubstr("<2>:1:1: Error:"));
  EXPECT_THAT(Type("throw 'me'"), HasSubstr("Unhandled exception:\r\nme\r\n"));
  EXPECT_THAT(Type("1"), HasSubstr("\r\n1\r\n"));
}

TEST_F(ConsoleTest, WaitsForWhatAnInputAwaits) {
  Type("import 'dart:async'");
  EXPECT_THAT(Type("await Future.delayed(Duration(milliseconds: 20), () => 'late')"),
              HasSubstr("\r\nlate\r\n"));
  EXPECT_THAT(Type("await Completer().future"), HasSubstr("Nothing is left"));
  EXPECT_THAT(Type("await Future.error('bad')"), HasSubstr("bad"));
}

TEST_F(ConsoleTest, AnInterruptEndsTheInputOnly) {
  Type("import 'dart:async'");
  terminal_.Write("for (;;) {}\n");
  terminal_.ReadUpTo("\r\n");
  usleep(300'000);
  terminal_.Write("\x03");
  terminal_.ReadUpTo("fart> ");
  EXPECT_THAT(Type("await Future.delayed(Duration(milliseconds: 20), () => 'late')"),
              HasSubstr("\r\nlate\r\n"));
}

TEST_F(ConsoleTest, TheEndOfTheInputEndsTheProgramWithItsExitCode) {
  Type("import 'dart:io'");
  Type("exitCode = 3");
  terminal_.Write("\x04");
  terminal_.ReadAll();
  EXPECT_EQ(terminal_.End(), 3);
}

// With libedit where the system has it, without it elsewhere.
TEST(ConsoleEditingTest, LinesAreReadOnATerminalWithAbilities) {
  Terminal terminal("xterm");
  terminal.ReadUpTo("fart> ");
  terminal.Write("40 + 2\r");
  EXPECT_THAT(terminal.ReadUpTo("42\r\n"), HasSubstr("42"));
}

TEST(ColoursTest, AreForTerminalsAndForThoseWhoWantThem) {
  const std::vector<std::string> wrong = {"-e", "var x = ;"};
  EXPECT_THAT(Terminal("xterm", wrong).ReadAll(), HasSubstr("\033[1;31mError:\033[0m"));
  EXPECT_THAT(Terminal("dumb", wrong).ReadAll(), Not(HasSubstr("\033")));
  EXPECT_THAT(Terminal("xterm", wrong, "1").ReadAll(), Not(HasSubstr("\033")));
}

}  // namespace
}  // namespace fart::tests
