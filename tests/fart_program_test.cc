// The `fart` program as its user meets it: exit codes and error texts, run in a process of its own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace fart::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr int kNotRun = 254;
constexpr int kUnhandled = 255;

struct Ended {
  int exit_code = -1;
  std::string out;
  std::string err;
};

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Runs a command of a shell.
Ended RunCommand(const std::string& program) {
  const std::string folder = testing::TempDir();
  const std::string out = folder + "/out";
  const std::string err = folder + "/err";
  const std::string command = program + " >'" + out + "' 2>'" + err + "' </dev/null";
  const int status = std::system(command.c_str());
  Ended ended;
  if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
  ended.out = ReadFile(out);
  ended.err = ReadFile(err);
  return ended;
}

// Runs `fart` with this command line.
// One that does not end is ended, for a test that only hangs says nothing.
Ended RunFart(const std::string& arguments) {
  return RunCommand("timeout --kill-after=1 60 ./fart " + arguments);
}

// The same where both outputs are one file: what was written, in its order.
std::string AllOutputOf(const std::string& arguments) {
  const std::string all = testing::TempDir() + "/all";
  RunCommand("./fart " + arguments + " >'" + all + "' 2>&1; true");
  return ReadFile(all);
}

std::string Program(const std::string& name) { return "tests/programs/" + name + ".dart"; }

// Runs a program that comes to nothing, and says what was printed to standard error.
std::string ErrorOf(const std::string& name, int exit_code) {
  const Ended ended = RunFart(Program(name));
  EXPECT_EQ(ended.exit_code, exit_code) << ended.err;
  EXPECT_EQ(ended.out, "") << name;
  return ended.err;
}

TEST(FartProgramTest, RunsMainWithItsArguments) {
  const Ended ended = RunFart(Program("arguments") + " one two");
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_EQ(ended.out, "2\none\ntwo\n");
  EXPECT_EQ(ended.err, "");
}

TEST(FartProgramTest, FindsPackagesBesideTheScriptOrWhereAFlagSays) {
  EXPECT_EQ(RunFart(Program("packaged")).out, "hello, you\n");
  const std::string other = "good evening, you\n";
  const std::string root = "--package-root=tests/programs/other_packages ";
  EXPECT_EQ(RunFart(root + Program("packaged")).out, other);
  const std::string lines = "--packages=tests/programs/packages_elsewhere ";
  EXPECT_EQ(RunFart(lines + Program("packaged")).out, other);
  EXPECT_EQ(RunCommand("FART_FLAGS=" + lines + "./fart " + Program("packaged")).out, other);
}

TEST(FartProgramTest, MissingFileIsNamed) {
  EXPECT_THAT(ErrorOf("no_such_program", kNotRun), HasSubstr("no_such_program.dart"));
}

TEST(FartProgramTest, AMissingFileIsToldWithTheSystemsReason) {
  EXPECT_EQ(
      ErrorOf("no_such_program", kNotRun),
      "fart: cannot read 'tests/programs/no_such_program.dart': No such file or directory.\n");
}

TEST(FartProgramTest, NoFileIsAnError) {
  const Ended ended = RunFart("");
  EXPECT_EQ(ended.exit_code, kNotRun);
  EXPECT_EQ(ended.err, "fart: which program? The name of a file is missing.\nTry `fart --help`.\n");
}

TEST(FartProgramTest, CodeOnTheCommandLineIsMainOrItsStatements) {
  EXPECT_EQ(RunFart("-e 'print(arguments); print(1 + 1)' a -b").out, "[a, -b]\n2\n");
  EXPECT_EQ(RunFart("-e 'main(a) => print(a);' x").out, "[x]\n");
  EXPECT_EQ(RunFart("-e 'import \"dart:math\"; print(max(1, 2));'").out, "2\n");
  EXPECT_EQ(RunFart("-e 'print(await Future.value(3));'").out, "3\n");
}

TEST(FartProgramTest, PlacesInCodeOnTheCommandLineAreItsOwn) {
  const Ended wrong = RunFart("-e 'print(1);\n  print(2'");
  EXPECT_EQ(wrong.exit_code, kNotRun);
  EXPECT_THAT(wrong.err, StartsWith("<code>:2:9: Error: Expected ')' after this.\n"));
  const Ended thrown = RunFart("-e 'throw \"me\";'");
  EXPECT_EQ(thrown.exit_code, kUnhandled);
  EXPECT_THAT(thrown.err, AllOf(HasSubstr("me\n"), HasSubstr("(<code>:1:1)")));
  EXPECT_THAT(RunFart("-e 'import \"nope.dart\";'").err, StartsWith("<code>:1:8: Error: "));
}

TEST(FartProgramTest, ADashIsTheStandardInput) {
  const Ended ended = RunCommand("(echo 'main(a) { print(a); throw 1; }' | ./fart - x)");
  EXPECT_EQ(ended.exit_code, kUnhandled);
  EXPECT_EQ(ended.out, "[x]\n");
  EXPECT_THAT(ended.err, HasSubstr("main (<stdin>:1:21)"));
}

TEST(FartProgramTest, AnIsolateIsSpawnedFromWhateverTheProgramCameFrom) {
  const std::string code =
      "import \"dart:isolate\"; f(port) => port.send(7); main() { var r = ReceivePort();"
      "r.listen((m) { print(m); r.close(); }); Isolate.spawn(f, r.sendPort); }";
  EXPECT_EQ(RunFart("-e '" + code + "'").out, "7\n");
  EXPECT_EQ(RunCommand("(echo '" + code + "' | ./fart -)").out, "7\n");
}

TEST(FartProgramTest, AssertsRunWhereTheyAreAskedFor) {
  const std::string code = " -e 'assert(1 > 2); print(1);'";
  EXPECT_EQ(RunFart(code).out, "1\n");
  const Ended ended = RunFart("--enable-asserts" + code);
  EXPECT_EQ(ended.exit_code, kUnhandled);
  EXPECT_THAT(ended.err, HasSubstr("1 > 2 is not true"));
}

TEST(FartProgramTest, TypesAreCheckedWhereThatIsAskedFor) {
  const std::string code = "-e 'int f(int x) => x; print(f(\"a\"));'";
  EXPECT_EQ(RunFart(code).out, "a\n");
  EXPECT_EQ(RunFart("--checked=false " + code).out, "a\n");
  for (const std::string& command :
       {"./fart --checked " + code, "env FART_FLAGS=--checked ./fart " + code,
        std::string("(echo 'int f(int x) => x; main() { f(\"a\"); }' | ./fart --checked -)")}) {
    const Ended ended = RunCommand(command);
    EXPECT_EQ(ended.exit_code, kUnhandled) << command;
    EXPECT_THAT(ended.err, HasSubstr("type 'String' is not a subtype of type 'int' of 'x', a "))
        << command;
  }
  EXPECT_THAT(RunFart("--checked -e 'assert(1 > 2);'").err, HasSubstr("1 > 2 is not true"));
}

TEST(FartProgramTest, IsolatesThatAreSpawnedAreCheckedAsWell) {
  const std::string code =
      " -e 'import \"dart:isolate\"; f(port) { try { int x = \"a\"; port.send(x); } catch (e) "
      "{ port.send(e is TypeError); } } main() { var r = new ReceivePort();"
      "r.listen((m) { print(m); r.close(); }); Isolate.spawn(f, r.sendPort); }'";
  EXPECT_EQ(RunFart(code).out, "a\n");
  EXPECT_EQ(RunFart("--checked" + code).out, "true\n");
}

TEST(FartProgramTest, ErrorsOfSeveralDeclarationsAreToldAtOnce) {
  const Ended ended = RunFart("-e 'var x = ;\nf() { 1 2; }\nmain() {}'");
  EXPECT_EQ(ended.exit_code, kNotRun);
  EXPECT_EQ(ended.err,
            "<code>:1:9: Error: Expected an expression, but found \';\'.\nvar x = ;\n        ^\n"
            "<code>:2:7: Error: Expected \';\' after this.\nf() { 1 2; }\n      ^\n");
}

TEST(FartProgramTest, WhatIsNoTerminalGetsNoColours) {
  const Ended ended = RunCommand("env TERM=xterm ./fart -e 'var x = ;'");
  EXPECT_THAT(ended.err, AllOf(HasSubstr(": Error: "), Not(HasSubstr("\033"))));
}

TEST(FartProgramTest, ASourceMayBeOfAnyLengthAndHaveAnyCharacter) {
  const std::string file = testing::TempDir() + "/long.dart";
  for (const std::size_t length : {4096u, 8192u, 10000u}) {
    const std::string end = "\nmain(args) => print(args);";
    std::string text = std::string("// \0", 4) + std::string(length - 4 - end.size(), '-') + end;
    ASSERT_EQ(text.size(), length);
    std::ofstream(file, std::ios::binary) << text;
    const Ended ended = RunFart("'" + file + "' a b");
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out, "[a, b]\n");
  }
}

TEST(FartProgramTest, AFlagCanBeTurnedOff) {
  for (const char* const flag : {"--trace-gc", "--gc-stats"}) {
    const std::string options = std::string("--gc-stress=5 ") + flag;
    EXPECT_NE(RunFart(options + " " + Program("arguments")).err, "") << flag;
    const Ended off = RunFart(options + "=false " + Program("arguments"));
    EXPECT_EQ(off.exit_code, 0) << off.err;
    EXPECT_EQ(off.err, "") << flag;
  }
}

TEST(FartProgramTest, AFlagWhoseValueMayBeMissingDoesNotTakeTheFilesName) {
  for (const char* const flag : {"--handle-provenance ", "--handle-provenance=sample:10 "}) {
    const Ended ended = RunFart(flag + Program("arguments"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out, "0\n") << flag;
  }
  const Ended wrong = RunFart("--handle-provenance=sometimes " + Program("arguments"));
  EXPECT_EQ(wrong.exit_code, kNotRun);
  EXPECT_THAT(wrong.err, HasSubstr("handle-provenance"));
}

TEST(FartProgramTest, AnOptionThatEndsInAnEqualsSignIsRefusedAndDoesNotTakeTheFilesName) {
  for (const char* const flag : {"--gc-stress=", "--why=", "--gc-trace=", "--packages=",
                                 "--verify-heap=", "--handle-provenance=", "--checked-handles="}) {
    for (const char* const before : {"", "--verify-heap ", "--gc-stress 100 ", "-e 'main() {}' "}) {
      const Ended ended = RunFart(std::string(before) + flag + " " + Program("arguments"));
      EXPECT_EQ(ended.exit_code, kNotRun) << before << flag;
      EXPECT_EQ(ended.out, "") << before << flag;
      EXPECT_THAT(ended.err,
                  StartsWith(std::string("fart: there is no value behind '") + flag + "'."));
    }
  }
}

TEST(FartProgramTest, WhatIsBehindTheFileMayEndInAnEqualsSign) {
  EXPECT_EQ(RunFart(Program("arguments") + " --gc-stress= --why=").out,
            "2\n--gc-stress=\n--why=\n");
  EXPECT_EQ(RunFart("-- " + Program("arguments") + " --why=").out, "1\n--why=\n");
  // A value in a word of its own may look like an option.
  const Ended ended = RunFart("--why --gc-stress= " + Program("arguments"));
  EXPECT_EQ(ended.out, "0\n") << ended.err;
}

TEST(FartProgramTest, AnIsolateThatCannotBeMadeIsToldOf) {
  const Ended ended = RunFart("--max-heap=1 " + Program("arguments"));
  EXPECT_EQ(ended.exit_code, kNotRun);
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, StartsWith("fart: "));
}

TEST(FartProgramTest, UnknownFlagIsNamed) {
  const Ended ended = RunFart("--no-such-flag " + Program("arguments"));
  EXPECT_EQ(ended.exit_code, kNotRun);
  EXPECT_THAT(ended.err, HasSubstr("fart: there is no option '--no-such-flag'."));
}

TEST(FartProgramTest, OptionsEndAtTheFileAndAtTwoDashes) {
  const Ended ended = RunFart("-- " + Program("arguments") + " --verify-heap -- x");
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_EQ(ended.out, "3\n--verify-heap\n--\nx\n");
}

TEST(FartProgramTest, AnOptionsValueThatIsNoneIsRefused) {
  for (const char* const flag : {"--gc-stress=many ", "--max-heap=huge "}) {
    const Ended ended = RunFart(flag + Program("arguments"));
    EXPECT_EQ(ended.exit_code, kNotRun);
    EXPECT_EQ(ended.out, "");
    EXPECT_THAT(ended.err, AllOf(StartsWith("fart: "), Not(HasSubstr("Fart_SetFlag"))));
  }
  const Ended missing = RunFart("--gc-stress");
  EXPECT_EQ(missing.exit_code, kNotRun);
  EXPECT_THAT(missing.err, StartsWith("fart: "));
}

TEST(FartProgramTest, SaysItsVersionAndHowItIsUsed) {
  const Ended version = RunFart("--version");
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_THAT(version.out, StartsWith("fart "));
  const Ended help = RunFart("--help");
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.out, HasSubstr("Usage: fart [OPTIONS] FILE.dart"));
}

TEST(FartProgramTest, WhatIsNoProgramIsNamedWithTheReason) {
  const Ended folder = RunFart("tests/programs");
  EXPECT_EQ(folder.exit_code, kNotRun);
  EXPECT_THAT(folder.err, HasSubstr("cannot read 'tests/programs': Is a directory."));
  const std::string file = testing::TempDir() + "/no_text.dart";
  std::ofstream(file) << "main() {} // \xFF";
  const Ended bytes = RunFart("'" + file + "'");
  EXPECT_EQ(bytes.exit_code, kNotRun);
  EXPECT_THAT(bytes.err, HasSubstr("no_text.dart' is no UTF-8."));
  std::ofstream(file) << "mian() {}";
  EXPECT_THAT(RunFart("'" + file + "'").err, HasSubstr("no_text.dart' has no function main."));
}

TEST(FartProgramTest, TheProgramHasAllOfTheEnvironment) {
  const Ended ended = RunCommand("env -i ONLY=a=b ./fart " + Program("environment"));
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_EQ(ended.out, "ONLY: a=b\n");
  EXPECT_EQ(RunCommand("env -i ./fart " + Program("environment")).out, "");
}

TEST(FartProgramTest, OutputComesInItsOrderWhereBothGoToOneFile) {
  const std::string unhandled = AllOutputOf(Program("unhandled"));
  EXPECT_THAT(unhandled, StartsWith("before\nUnhandled exception:\n"));
  const std::string counted = AllOutputOf("--gc-stats " + Program("arguments"));
  EXPECT_THAT(counted, StartsWith("0\n"));
  EXPECT_GT(counted.size(), 10u);
  EXPECT_THAT(AllOutputOf("--ffi-checked " + Program("kept_block")),
              ::testing::AllOf(StartsWith("before\nNative memory: a block of 8 bytes"),
                               HasSubstr("after 2\n")));
}

TEST(FartProgramTest, MissingImportIsNamedWithItsImporter) {
  const std::string text = ErrorOf("missing_import", kNotRun);
  EXPECT_THAT(text, HasSubstr("no_such_library.dart"));
  EXPECT_THAT(text, HasSubstr("missing_import.dart:2:"));
}

TEST(FartProgramTest, MissingExtensionNamesEveryPlaceTried) {
  const std::string text = ErrorOf("missing_extension", kNotRun);
  EXPECT_THAT(text, HasSubstr("libno_such_extension.so"));
  EXPECT_THAT(text, HasSubstr("tests/programs/libno_such_extension.so"));
}

TEST(FartProgramTest, ExtensionWithoutInitIsAnError) {
  EXPECT_THAT(ErrorOf("missing_init", kNotRun), HasSubstr("no_init_Init"));
}

TEST(FartProgramTest, MissingNativeFunctionIsNamedWhenItIsCalled) {
  const Ended ended = RunFart(Program("missing_native"));
  EXPECT_EQ(ended.exit_code, kUnhandled);
  EXPECT_EQ(ended.out, "before\n");
  EXPECT_THAT(ended.err, HasSubstr("NoSuchNative"));
}

TEST(FartProgramTest, SyntaxErrorShowsPlaceLineAndCaret) {
  const std::string text = ErrorOf("syntax_error", kNotRun);
  EXPECT_THAT(text, StartsWith("tests/programs/syntax_error.dart:4:11:"));
  EXPECT_THAT(text, HasSubstr("  var x = ;\n"));
  // Under the semicolon.
  EXPECT_THAT(text, HasSubstr("\n          ^"));
}

TEST(FartProgramTest, UnhandledExceptionShowsItsStackTrace) {
  const Ended ended = RunFart(Program("unhandled"));
  EXPECT_EQ(ended.exit_code, kUnhandled);
  EXPECT_EQ(ended.out, "before\n");
  EXPECT_THAT(ended.err, HasSubstr("Unhandled exception:\n"));
  EXPECT_THAT(ended.err, HasSubstr("too heavy"));
  EXPECT_THAT(ended.err, HasSubstr("lift"));
  EXPECT_THAT(ended.err, HasSubstr("unhandled.dart:3:"));
  EXPECT_THAT(ended.err, HasSubstr("main"));
  EXPECT_THAT(ended.err, HasSubstr("unhandled.dart:8:"));
}

TEST(FartProgramTest, ErrorOfAFutureThatNobodyWaitsForIsUnhandled) {
  const Ended ended = RunFart(Program("uncaught_future"));
  EXPECT_EQ(ended.exit_code, kUnhandled);
  EXPECT_EQ(ended.out, "end of main\n");
  EXPECT_THAT(ended.err, AllOf(HasSubstr("Unhandled exception:\nBad state: nobody waits"),
                               HasSubstr("#0 later (tests/programs/uncaught_future.dart:")));
}

TEST(FartProgramTest, AnInterruptShowsWhereTheProgramWas) {
  const std::string folder = testing::TempDir();
  const std::string command = "./fart " + Program("endless") + " >'" + folder + "/out' 2>'" +
                              folder + "/err' & id=\\$!; sleep 1; kill -INT \\$id; wait \\$id";
  // A shell lets what runs in the background ignore the signal, unless it has job control.
  const int status = std::system(("bash -mc \"" + command + "\"").c_str());
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130);
  EXPECT_THAT(ReadFile(folder + "/err"),
              AllOf(HasSubstr("The program has been interrupted."),
                    HasSubstr("#0 spin (tests/programs/endless.dart:"), HasSubstr("main")));
  EXPECT_EQ(ReadFile(folder + "/out").find("caught"), std::string::npos);
  EXPECT_EQ(ReadFile(folder + "/out").find("finally"), std::string::npos);
}

TEST(FartProgramTest, AnInterruptEndsAProgramThatWaits) {
  const std::string folder = testing::TempDir();
  const std::string command = "./fart " + Program("waiting") + " >'" + folder + "/out' 2>'" +
                              folder + "/err' & id=\\$!; sleep 1; kill -INT \\$id; wait \\$id";
  const int status = std::system(("timeout 60 bash -mc \"" + command + "\"").c_str());
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130);
  EXPECT_EQ(ReadFile(folder + "/out"), "waits\n");
}

// Nothing is written any more at its end.
TEST(FartProgramTest, WhatAProgramHasPrintedIsThereWhileItWaits) {
  const std::string folder = testing::TempDir();
  const std::string command = "./fart " + Program("waiting") + " >'" + folder +
                              "/out' & id=\\$!; sleep 1; kill -KILL \\$id; wait \\$id";
  const int status = std::system(("timeout 60 bash -mc \"" + command + "\" 2>/dev/null").c_str());
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(ReadFile(folder + "/out"), "waits\n");
}

// What the program does not see, since C does not come back, the next one ends as it ends others.
TEST(FartProgramTest, TheSecondInterruptEndsWhatTheFirstDoesNot) {
  using std::chrono::steady_clock;
  const std::string out = testing::TempDir() + "/held";
  const std::string program = Program("held_by_c");
  std::remove(out.c_str());
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    signal(SIGINT, SIG_DFL);  // A shell may have had it ignored.
    if (std::freopen(out.c_str(), "w", stdout) == nullptr) _exit(1);
    execl("./fart", "fart", program.c_str(), nullptr);
    _exit(1);
  }
  const auto deadline = steady_clock::now() + std::chrono::seconds(30);
  const auto wait_a_little = [] { std::this_thread::sleep_for(std::chrono::milliseconds(300)); };
  while (ReadFile(out) != "sleeps\n" && steady_clock::now() < deadline) wait_a_little();
  int status = 0;
  EXPECT_EQ(kill(child, SIGINT), 0);
  wait_a_little();
  EXPECT_EQ(waitpid(child, &status, WNOHANG), 0) << "it has ended: " << status;
  EXPECT_EQ(kill(child, SIGINT), 0);
  pid_t ended = 0;
  while ((ended = waitpid(child, &status, WNOHANG)) == 0 && steady_clock::now() < deadline) {
    wait_a_little();
  }
  EXPECT_EQ(ended, child);
  EXPECT_TRUE(WIFSIGNALED(status));
  if (ended == 0) kill(child, SIGKILL);
}

TEST(FartProgramTest, OutputThatCannotBeWrittenIsAnError) {
  const std::string err = testing::TempDir() + "/err";
  // Found out at the end, and in the middle of what is printed.
  for (const char* const name : {"arguments", "much_output"}) {
    const std::string command = "./fart " + Program(name) + " >/dev/full 2>'" + err + "'";
    const int status = std::system(command.c_str());
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 253);
    EXPECT_EQ(ReadFile(err),
              "fart: cannot write to the standard output: No space left on device.\n");
  }
  // What the program came to is said all the same, and first.
  const int failed = std::system(("./fart " + Program("unhandled") + " >/dev/full 2>&1").c_str());
  ASSERT_TRUE(WIFEXITED(failed));
  EXPECT_EQ(WEXITSTATUS(failed), kUnhandled);
}

// ---- Events

TEST(FartProgramTest, EndsWhenNoPortIsOpenAnyMore) {
  for (const char* const flags : {"", "--gc-stress=1 --verify-heap "}) {
    const Ended ended = RunFart(flags + Program("live_ports"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out, "heard\nanswered!\n");
  }
}

TEST(FartProgramTest, AnErrorInMainEndsItWhateverIsOpen) {
  EXPECT_THAT(ErrorOf("open_port_unhandled", kUnhandled),
              HasSubstr("Unhandled exception:\nBad state: in main"));
}

TEST(FartProgramTest, ACallOfAClosedPortIsAnError) {
  EXPECT_THAT(ErrorOf("closed_port_unhandled", kUnhandled),
              HasSubstr("Unhandled exception:\nMessageException: The port is closed."));
}

TEST(FartProgramTest, EndsWithTheExitCodeThatItSet) {
  const Ended well = RunFart(Program("exit_code"));
  EXPECT_EQ(well.exit_code, 2) << well.err;  // As the system takes it: modulo 256.
  EXPECT_EQ(well.out, "0\n258\n");
  EXPECT_EQ(RunFart(Program("exit_code") + " thrown").exit_code, kUnhandled);
}

TEST(FartProgramTest, SpawnsStaticMethods) {
  for (const char* const flags : {"", "--gc-stress=1 --verify-heap "}) {
    const Ended ended = RunFart(flags + Program("spawned_methods"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out, "refused\nstatic\n");
  }
}

TEST(FartProgramTest, SpawnsOtherScripts) {
  for (const char* const flags : {"", "--gc-stress=17 --verify-heap "}) {
    const Ended ended = RunFart(flags + Program("spawn_scripts"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out,
              "[a, b] message 1\n[spawn_scripts.dart again, spawned from a script]\n"
              "[no argument]\nIsolateSpawnException: no such file\nIsolateSpawnException: syntax\n"
              "IsolateSpawnException: no main\n"
              "[thrown, true]\n");
  }
}

TEST(FartProgramTest, SpawnsWhatDataUrisHold) {
  for (const char* const flags : {"", "--gc-stress=17 --verify-heap "}) {
    const Ended ended = RunFart(flags + Program("spawn_data"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(
        ended.out,
        "[ü, 2]\n[ü, 2]\n[ü, 2]\n[ü, 2]\nnull\nspawned there\n"
        "IsolateSpawnException: data:application/dart,main(:1:6: Error: Expected a name, but found "
        "the end of the file.\n"
        "IsolateSpawnException: data:application/dart,main()%7Bunknown();%7D:1:8: Error: 'unknown' "
        "is not declared.\n"
        "IsolateSpawnException: Isolate.spawnUri: FormatException: 'text/html' is no type of a "
        "script\n"
        "IsolateSpawnException: Isolate.spawnUri: Unsupported operation: Unknown charset: "
        "unheard-of\n"
        "IsolateSpawnException: 'data:application/dart,//%FF%0Amain()%7B%7D' holds no UTF-8.\n"
        "IsolateSpawnException: data:application/dart,import%20'beside.dart';main()%7B%7D:1:8: "
        "Error: 'beside.dart': what a 'data:' URI holds is in no folder.\n");
  }
}

TEST(FartProgramTest, SpawnedIsolatesAnswerAndFailByThemselves) {
  for (const char* const flags : {"", "--gc-stress=17 --verify-heap "}) {
    const Ended ended = RunFart(flags + Program("spawn"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out,
              "[hello, changed], here as it was\nended\nMessageException: The port is closed.\n"
              "[10, 20, 30, 40]\ntrue\ntrue\ntrue\nthe caller hears of it: true\nend\n");
  }
}

TEST(FartProgramTest, IsolatesAreAskedAndTellOfTheirEnds) {
  for (const char* const flags : {"", "--gc-stress=23 --verify-heap "}) {
    const Ended ended = RunFart(flags + Program("isolates"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(
        ended.out,
        "echo 1\n"
        "exit: ended\n"
        "[2, from entry, true]\n"
        "exit: null\n"
        "thrown later\n"
        "exit: null\n"
        "thrown\n"
        "echo still there\n"
        "pong while paused\n"
        "still paused\n"
        "has run\n"
        "first the ping\n"
        "echo 1\n"
        "echo 2\n"
        "[1]\n"
        "[true, true]\n"
        "lives\n"
        "killed\n"
        "[true, thrown later, true]\n"
        "heard: thrown\n"
        "heard: thrown later\n"
        "heard: thrown later\n"
        "exit: of its error\n"
        "Invalid argument(s): Isolate.spawn: argument 'entryPoint' must be a top-level function or "
        "a static method, it is Instance of '_Closure'\n"
        "Invalid argument(s): Isolate.spawn: argument 'entryPoint' must be a top-level function or "
        "a static method, it is Instance of '_Closure'\n"
        "IsolateSpawnException: Isolate.spawnUri: 'http://x/' is no file\n"
        "[text, trace]\n"
        "all\n");
  }
}

TEST(FartProgramTest, AnIsolateIsKilledWhateverItRuns) {
  for (const char* const flags : {"", "--gc-stress=23 --verify-heap "}) {
    const Ended ended = RunFart(flags + Program("killed"));
    ASSERT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out,
              "loops\nkilled loops\ncalls\nkilled calls\nwaits\nkilled waits\nkilled itself\n"
              "loops in a static method\nkilled loops in a static method\ntold 20 times\nall\n");
  }
}

TEST(FartProgramTest, RunawayRecursionIsCaught) {
  const Ended ended = RunFart(Program("recursion"));
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_EQ(ended.out, "Stack Overflow\ntrue\ngoes on\n");
}

TEST(FartProgramTest, RunawayRecursionThatIsNotCaughtIsNoCrash) {
  const Ended ended = RunFart(Program("recursion_unhandled"));
  EXPECT_EQ(ended.exit_code, kUnhandled);
  EXPECT_THAT(ended.err, HasSubstr("Stack Overflow"));
}

TEST(FartProgramTest, HeapLimitIsCaughtAndTheProgramGoesOn) {
  const Ended ended = RunFart("--max-heap=16m " + Program("heap_limit"));
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_EQ(ended.out, "caught true\ngoes on 10\n");
}

TEST(FartProgramTest, HeapLimitThatIsNotCaughtIsAnUnhandledException) {
  const Ended ended = RunFart("--max-heap=16m " + Program("heap_limit_unhandled"));
  EXPECT_EQ(ended.exit_code, kUnhandled);
  EXPECT_THAT(ended.err, HasSubstr("Out of Memory"));
}

// What the extension did with handles that had ended reaches the program as an error.
TEST(FartProgramTest, HandleUsedAfterItsLifeIsAnError) {
  for (const std::string flags : {"", "--checked-handles "}) {
    const Ended ended = RunFart(flags + Program("ended_handles"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out,
              "deleted: error\n"
              "deleted twice: 1 misuse\n"
              "dead: null\n");
  }
}

TEST(FartProgramTest, AClassExtendsOneThatTheExtensionDeclares) {
  for (const std::string flags : {"", "--gc-stress=7 "}) {
    const Ended ended = RunFart(flags + Program("native_wrapper"));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.out, "one 1\ntwo 2\n");
  }
  EXPECT_THAT(ErrorOf("missing_superclass", 254), HasSubstr("There is no class 'Wraper'"));
}

TEST(FartProgramTest, ApiErrorThatNobodyHandlesShowsItsStackTrace) {
  const Ended ended = RunFart(Program("api_error_unhandled"));
  EXPECT_EQ(ended.exit_code, 255);
  EXPECT_EQ(ended.out, "");
  EXPECT_NE(ended.err.find("Fart_IntegerToInt64 expects argument 'integer' to be a live handle"),
            std::string::npos)
      << ended.err;
  EXPECT_NE(ended.err.find("#0 use ("), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("#1 main ("), std::string::npos) << ended.err;
}

TEST(FartProgramTest, LocalHandleUsedAfterItsScopeIsFoundWhenChecked) {
  EXPECT_EQ(RunFart("--checked-handles " + Program("ended_local")).out, "error\n");
  const Ended aborted = RunFart("--checked-handles=abort " + Program("ended_local"));
  EXPECT_EQ(aborted.out, "");
  EXPECT_THAT(aborted.err, HasSubstr("Fart_IntegerToInt64 expects argument 'integer' to be a live "
                                     "handle"));
  EXPECT_THAT(aborted.err, HasSubstr(" was made at #0 "));
  EXPECT_THAT(aborted.err, HasSubstr(", its scope ended at #0 "));
  EXPECT_THAT(aborted.err, HasSubstr(" It is used at #0 "));
  EXPECT_NE(aborted.exit_code, 0);
}

TEST(FartProgramTest, OutputIsTheSameUnderStress) {
  const Ended plain = RunFart(Program("same_under_stress"));
  EXPECT_EQ(plain.exit_code, 0) << plain.err;
  EXPECT_THAT(plain.out, HasSubstr("done\n"));
  const Ended stressed = RunFart("--gc-stress=1 --verify-heap " + Program("same_under_stress"));
  EXPECT_EQ(stressed.exit_code, 0) << stressed.err;
  EXPECT_EQ(stressed.out, plain.out);
  const Ended random = RunFart("--gc-stress=20 --gc-stress-seed=7 " + Program("same_under_stress"));
  EXPECT_EQ(random.exit_code, 0) << random.err;
  EXPECT_EQ(random.out, plain.out);
}

TEST(FartProgramTest, TraceGcSaysALineForEachCollection) {
  const Ended ended = RunFart("--trace-gc --gc-stress=5 " + Program("arguments"));
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.out, "0\n");
  EXPECT_THAT(ended.err, HasSubstr(" s, isolate 1, minor, stress, "));
  EXPECT_THAT(ended.err, HasSubstr(" -> "));
  EXPECT_THAT(ended.err, HasSubstr("moved "));
  EXPECT_THAT(ended.err, HasSubstr("pause "));
}

TEST(FartProgramTest, FlagsInTheEnvironmentCount) {
  EXPECT_EQ(setenv("FART_FLAGS", "--no-such-flag", 1), 0);
  const Ended ended = RunFart(Program("arguments"));
  unsetenv("FART_FLAGS");
  EXPECT_EQ(ended.exit_code, kNotRun);
  EXPECT_THAT(ended.err, HasSubstr("no-such-flag"));
}

std::string OutputFor(const std::string& input, const std::string& way) {
  const Ended ended =
      RunCommand("({ " + input + "; } | timeout 60 ./fart " + Program("input") + " " + way + ")");
  EXPECT_EQ(ended.err, "");
  return ended.out;
}

TEST(FartProgramTest, ReadsItsInputByLinesByBytesAndAsAStream) {
  EXPECT_EQ(OutputFor("printf 'one\\r\\n\\nt\\303\\244\\nrest'", "lines"),
            "[one]\n[]\n[t\xC3\xA4]\n[rest]\n");
  EXPECT_EQ(OutputFor("true", "lines"), "");
  EXPECT_EQ(OutputFor("head -c 200000 /dev/zero | tr '\\0' x", "lines"),
            "[" + std::string(200000, 'x') + "]\n");
  EXPECT_EQ(OutputFor("printf 'ab\\304\\nc\\n'; sleep 0.1; printf 'd\\ne'", "mixed"),
            "97\n[98, 196, 10]\n[c, d, e]\n[-1, null]\n");
  EXPECT_EQ(OutputFor("(printf first; sleep 1; printf second)", "stream"), "first\n");
  EXPECT_EQ(OutputFor("printf 'a\\nb'", "copy"), "a\nb!\n");
}

TEST(FartProgramTest, AChildMayHaveItsStreams) {
  EXPECT_EQ(OutputFor("printf 'a\\n'", "child"), "a\n0\n");
}

TEST(FartProgramTest, KnowsWhatItsStreamsAre) {
  EXPECT_EQ(OutputFor("true", "kinds"),
            "[StdioType: pipe, StdioType: file, StdioType: file, StdioType: other]\n"
            "[false, false, false]\n"
            "<StdinException: Error getting terminal echo mode, OS Error: Inappropriate ioctl for "
            "device, errno = 25>\n"
            "<StdinException: Error setting terminal line mode, OS Error: Inappropriate ioctl for "
            "device, errno = 25>\n"
            "<StdoutException: Could not get terminal columns, OS Error: Inappropriate ioctl for "
            "device, errno = 25>\n"
            "<StdoutException: Could not get terminal lines, OS Error: Inappropriate ioctl for "
            "device, errno = 25>\n");
}

TEST(FartProgramTest, ExitEndsItAtOnceWithWhatWasWritten) {
  const Ended ended = RunFart(Program("input") + " exit");
  EXPECT_EQ(ended.exit_code, 44);
  EXPECT_EQ(ended.out, "ended");
}

}  // namespace
}  // namespace fart::tests
