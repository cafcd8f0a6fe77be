#include "fuzz/unwinding_machine.h"

#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "dart_api.h"
#include "fart_tools_api.h"
#include "fuzz/byte_program.h"

namespace fart::fuzz {
namespace {

constexpr std::size_t kMaxCalls = 12;   // of Fart code by C++, nested
constexpr std::size_t kMaxGuards = 60;  // C++ frames with destructors, nested
constexpr std::size_t kMaxScopes = 100;
constexpr std::size_t kMaxSteps = 3000;

// Fart functions that call back: each calls run() in another situation. The machine knows what each
// does with an error (Landing).
constexpr char kProgram[] = R"(
run() native "Run";
runBare() native "RunBare";
caught(e) native "Caught";
cleaned() native "Cleaned";

plain() { return run(); }
bare() { return runBare(); }
catching() {
  try { return run(); } catch (e) { return caught(e); }
}
cleaning() {
  try { return run(); } finally { cleaned(); }
}
deep() => recurse(20);
recurse(n) => n == 0 ? run() : recurse(n - 1);
inClosure() {
  var f = () => run();
  return f();
}
twice() {
  run();
  return run();
}
catchingInLoop() {
  var result;
  for (var i = 0; i < 2; i = i + 1) {
    try { result = run(); } catch (e) { result = caught(e); }
  }
  return result;
}
catchingInside() {
  try {
    try { return run(); } finally { cleaned(); }
  } catch (e) {
    return caught(e);
  }
}
)";

struct FartFunction {
  const char* name;
  bool catches;
  bool cleans;
};
constexpr FartFunction kFunctions[] = {
    {"plain", false, false},   {"bare", false, false},          {"catching", true, false},
    {"cleaning", false, true}, {"deep", false, false},          {"inClosure", false, false},
    {"twice", false, false},   {"catchingInLoop", true, false}, {"catchingInside", true, true},
};
constexpr std::size_t kFunctionCount = sizeof(kFunctions) / sizeof(kFunctions[0]);

// How a native function ends.
struct Ending {
  // The last two: an exception of C++, and the api error that it has become.
  enum class Kind : std::uint8_t {
    kNull,
    kInteger,
    kException,
    kApiError,
    kCppException,
    kCppError
  };
  Kind kind = Kind::kNull;
  std::int64_t number = 0;  // the result, the exception, or in an api error's text
  bool IsError() const { return kind >= Kind::kException; }
};

std::string ErrorTextOf(std::int64_t number) { return "error " + std::to_string(number); }

class UnwindingMachine {
 public:
  UnwindingMachine(const std::uint8_t* bytes, std::size_t size) : program_(bytes, size) {}

  static UnwindingMachine* current;

  // The host's part: no native function is running. The program's library is loaded.
  void Run() {
    const Fart_HandleStatistics before = Counts();
    Fart_EnterScope();
    scopes_.emplace_back();
    while (!program_.AtEnd() && step_ < kMaxSteps) RunSteps(nullptr);
    CheckScopes();
    for (; !scopes_.empty(); scopes_.pop_back()) Fart_ExitScope();
    Expect(guards_.empty(), "every frame has ended");
    Expect(Counts().local_live == before.local_live, "no handle is left");
    Expect(Counts().scope_bytes_live == before.scope_bytes_live, "no memory of scopes is left");
    Expect(Fart_VerifyHeap() == nullptr, "the heap verifies");
  }
  const std::string& failure() const { return failure_; }

  // ---- The native functions

  void OnRun(Fart_NativeArguments arguments, bool bare) {
    const NativeFrame frame(*this);
    if (bare) EnterScope();
    EnterNative();
    RunSteps(arguments);
    ending_ = result_;
  }

  void OnCaught(Fart_NativeArguments arguments) {
    const Ending caught = ending_;
    const NativeFrame frame(*this);
    EnterNative();
    Expect(calls_.back().function->catches, "only a handler catches");
    Expect(caught.kind == Ending::Kind::kException, "only an exception is caught");
    Expect(IsInteger(Fart_GetNativeArgument(arguments, 0), caught.number),
           "what is caught is what was thrown");
    calls_.back().handled = true;
    RunSteps(arguments);
    ending_ = result_;
  }

  void OnCleaned(Fart_NativeArguments arguments) {
    const Ending before = ending_;
    const NativeFrame frame(*this);
    EnterNative();
    Expect(calls_.back().function->cleans, "only a finally runs this");
    Expect(before.kind <= Ending::Kind::kException, "other errors pass finally by");
    RunSteps(arguments);
    // An error takes the place of what was under way, a value does not.
    ending_ = result_.IsError() ? result_ : before;
  }

 private:
  struct Block {
    std::uint8_t* bytes;
    std::size_t size;
    std::uint8_t filling;
  };
  struct Scope {
    std::vector<std::pair<Fart_Handle, std::int64_t>> handles;
    std::vector<Block> blocks;
  };
  // A call of Fart code by C++ that has not returned.
  struct Call {
    const FartFunction* function;
    std::size_t scopes;
    std::size_t guards;
    // Of the API, when the call's first native function began.
    bool entered = false;
    std::uint64_t local_live = 0;
    std::uint64_t scope_bytes_live = 0;
    bool handled = false;  // by the Fart function's handler
  };

  // A C++ frame with a destructor, as an extension has them.
  class Guard {
   public:
    explicit Guard(UnwindingMachine& machine) : machine_(machine), number_(machine.guards_.size()) {
      machine_.guards_.push_back(number_);
    }
    ~Guard() {
      machine_.Expect(!machine_.guards_.empty() && machine_.guards_.back() == number_,
                      "destructors run once and in order");
      if (!machine_.guards_.empty()) machine_.guards_.pop_back();
    }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    UnwindingMachine& machine_;
    std::size_t number_;
  };

  // The frame of a native function: the scopes opened in it end with it.
  class NativeFrame {
   public:
    explicit NativeFrame(UnwindingMachine& machine) : guard_(machine), machine_(machine) {
      floor_before_ = machine.floor_;
      result_before_ = machine.result_;
      machine.floor_ = machine.scopes_.size() + 1;
      machine.scopes_.emplace_back();
      ++machine.natives_;
      machine.result_ = Ending();
    }
    ~NativeFrame() {
      machine_.scopes_.resize(machine_.floor_ - 1);
      machine_.floor_ = floor_before_;
      machine_.result_ = result_before_;
      --machine_.natives_;
    }

   private:
    Guard guard_;
    UnwindingMachine& machine_;
    std::size_t floor_before_;
    Ending result_before_;
  };

  // ---- Verdicts

  void Expect(bool holds, const char* what) {
    if (!holds && failure_.empty()) {
      failure_ = "step " + std::to_string(step_) + ": " + what;
      program_.Stop();
    }
  }

  static Fart_HandleStatistics Counts() {
    Fart_HandleStatistics counts{};
    counts.struct_size = sizeof(counts);
    Fart_GetHandleStatistics(&counts);
    return counts;
  }

  static bool IsInteger(Fart_Handle handle, std::int64_t expected) {
    std::int64_t number = 0;
    return Fart_IsInteger(handle) && !Fart_IsError(Fart_IntegerToInt64(handle, &number)) &&
           number == expected;
  }

  // That what lives is untouched: handles, and memory of scopes.
  void CheckScopes() {
    Fart_EnterScope();
    for (const Scope& scope : scopes_) {
      for (const auto& [handle, number] : scope.handles) {
        const Fart_Handle element = Fart_IsList(handle) ? Fart_ListGetAt(handle, 0) : handle;
        Expect(IsInteger(element, number), "a live handle reads as before");
      }
      for (const Block& block : scope.blocks) {
        for (std::size_t i = 0; i < block.size; ++i) {
          if (block.bytes[i] == block.filling) continue;
          Expect(false, "memory of a live scope is untouched");
          break;
        }
      }
    }
    Fart_ExitScope();
  }

  // At the beginning of each native function: the first of a call is taken as the measure of the
  // others, which run at the same depth.
  void EnterNative() {
    Call& call = calls_.back();
    const Fart_HandleStatistics counts = Counts();
    Expect(guards_.size() == call.guards + 1, "frames passed over are destroyed");
    Expect(floor_ == call.scopes + 1, "frames are nested");
    if (!call.entered) {
      call.entered = true;
      call.local_live = counts.local_live;
      call.scope_bytes_live = counts.scope_bytes_live;
    } else {
      Expect(counts.local_live == call.local_live, "handles passed over are released");
      Expect(counts.scope_bytes_live == call.scope_bytes_live, "memory passed over is released");
    }
    CheckScopes();
  }

  // ---- Steps

  // Runs steps until the program says to return from the C++ function it is in. `arguments` is
  // null outside of native functions.
  void RunSteps(Fart_NativeArguments arguments) {
    while (!program_.AtEnd() && step_ < kMaxSteps) {
      ++step_;
      switch (program_.Below(20)) {
        case 0:
          return;
        case 1:
        case 2:
          EnterScope();
          break;
        case 3:
          ExitScope();
          break;
        case 4:
          Allocate();
          break;
        case 5:
          MakeInteger();
          break;
        case 6:
          MakeList();
          break;
        case 7:
          if (guards_.size() < kMaxGuards) RunGuarded(arguments);
          break;
        case 8:
          if (guards_.size() < kMaxGuards) RunRethrowing(arguments);
          break;
        case 9:
          if (guards_.size() < kMaxGuards) RunSwallowing(arguments);
          break;
        case 10:
        case 11:
        case 12:
          CallFart(arguments);
          break;
        case 13:
          PropagateApiError();
          break;
        case 14:
          ThrowInteger();
          break;
        case 15:
          PropagateException();
          break;
        case 16:
          SetResult(arguments);
          break;
        case 17:
          SetErrorResult(arguments);
          break;
        case 18:
          if (natives_ > 0) ThrowCpp();
          break;
        case 19:
          Fart_Collect(program_.Byte() % 2 == 0 ? Fart_Collection_kMinor : Fart_Collection_kMajor);
          CheckScopes();
          break;
      }
    }
  }

  void EnterScope() {
    if (scopes_.size() >= kMaxScopes) return;
    Fart_EnterScope();
    scopes_.emplace_back();
  }
  // Never the scope of the native function itself, nor one that lies below it.
  void ExitScope() {
    const std::uint64_t misuses = Fart_MisuseCount();
    const std::uint64_t before = Counts().local_live;
    if (scopes_.size() > floor_) {
      Fart_ExitScope();
      scopes_.pop_back();
      Expect(Fart_MisuseCount() == misuses, "an open scope can be left");
    } else if (natives_ > 0) {
      Fart_ExitScope();
      Expect(Fart_MisuseCount() == misuses + 1, "a native function's own scope cannot be left");
      Expect(Counts().local_live == before, "nothing is released then");
    }
  }
  void Allocate() {
    const std::size_t size = program_.Below(1000);
    std::uint8_t* const bytes = Fart_ScopeAllocate(static_cast<std::intptr_t>(size));
    if (bytes == nullptr) return Expect(false, "a scope has memory");
    const auto filling = static_cast<std::uint8_t>(step_);
    std::memset(bytes, filling, size);
    scopes_.back().blocks.push_back({bytes, size, filling});
  }
  void MakeInteger() {
    const auto number = static_cast<std::int64_t>(step_);
    scopes_.back().handles.emplace_back(Fart_NewInteger(number), number);
  }
  void MakeList() {
    const auto number = static_cast<std::int64_t>(step_);
    const Fart_Handle list = Fart_NewList(2);
    Expect(!Fart_IsError(Fart_ListSetAt(list, 0, Fart_NewInteger(number))), "a list takes one");
    scopes_.back().handles.emplace_back(list, number);
  }

  [[gnu::noinline]] void RunGuarded(Fart_NativeArguments arguments) {
    const Guard guard(*this);
    RunSteps(arguments);
  }
  [[gnu::noinline]] void RunRethrowing(Fart_NativeArguments arguments) {
    const Guard outer(*this);
    try {
      const Guard inner(*this);
      RunSteps(arguments);
    } catch (...) {
      Expect(ending_.IsError(), "a handler is entered on the way out only");
      throw;
    }
  }
  // A handler that swallows whatever comes: a C++ exception ends here, an unwind goes on.
  [[gnu::noinline]] void RunSwallowing(Fart_NativeArguments arguments) {
    const Guard outer(*this);
    bool swallowed = false;
    try {
      const Guard inner(*this);
      RunSteps(arguments);
    } catch (...) {
      swallowed = true;
    }
    if (!swallowed) return;
    Expect(ending_.kind == Ending::Kind::kCppException, "an unwind cannot be swallowed");
  }

  void CallFart(Fart_NativeArguments arguments) {
    const FartFunction& function = kFunctions[program_.Below(kFunctionCount)];
    const std::uint8_t then = program_.Byte();
    if (calls_.size() >= kMaxCalls) return;
    // Handles made here end with this scope, if the call's error does not do that.
    Fart_EnterScope();
    scopes_.emplace_back();
    const Fart_Handle name = Fart_NewStringFromCString(function.name);
    const Fart_Handle library = Fart_RootLibrary();
    const std::uint64_t local_live = Counts().local_live;
    const std::uint64_t scope_bytes_live = Counts().scope_bytes_live;
    calls_.push_back({.function = &function, .scopes = scopes_.size(), .guards = guards_.size()});

    const Fart_Handle result = Fart_Invoke(library, name, 0, nullptr);

    const Call call = calls_.back();
    calls_.pop_back();
    const Fart_HandleStatistics counts = Counts();
    Expect(guards_.size() == call.guards, "every frame passed over is destroyed");
    Expect(scopes_.size() == call.scopes, "every native function has ended");
    Expect(counts.local_live - local_live <= 1, "handles passed over are released");
    Expect(counts.scope_bytes_live == scope_bytes_live, "memory passed over is released");
    Expect(call.entered, "the native function was called");
    CheckResult(result, ending_, call);
    CheckScopes();
    if (ending_.IsError() && natives_ > 0) HandOn(then, result, arguments);
    Fart_ExitScope();
    scopes_.pop_back();
  }

  // What a native function does with an error that it was given: hand it on at once, hand it on as
  // its result, or go on as if nothing had happened.
  void HandOn(std::uint8_t how, Fart_Handle error, Fart_NativeArguments arguments) {
    if (ending_.kind == Ending::Kind::kCppException) ending_.kind = Ending::Kind::kCppError;
    if (how % 3 == 0) {
      Fart_PropagateError(error);
      Expect(false, "control does not come back");
    } else if (how % 3 == 1) {
      Fart_SetReturnValue(arguments, error);
      result_ = ending_;
    }
  }

  void CheckResult(Fart_Handle result, const Ending& ending, const Call& call) {
    switch (ending.kind) {
      case Ending::Kind::kNull:
        return Expect(Fart_IsNull(result), "a result of null comes back");
      case Ending::Kind::kInteger:
        return Expect(IsInteger(result, ending.number), "a result comes back");
      case Ending::Kind::kException:
        Expect(Fart_IsUnhandledExceptionError(result), "an exception comes back");
        Expect(IsInteger(Fart_ErrorGetException(result), ending.number),
               "the exception is what was thrown");
        return Expect(!call.function->catches || call.handled, "a handler catches");
      case Ending::Kind::kApiError:
        Expect(Fart_IsApiError(result), "an api error comes back");
        return Expect(std::string_view(Fart_GetError(result)) == ErrorTextOf(ending.number),
                      "the api error's text comes back");
      case Ending::Kind::kCppException:
      case Ending::Kind::kCppError:
        return Expect(Fart_IsApiError(result), "a C++ exception comes back as an api error");
    }
  }

  // From here on these do not return, if a native function is running.
  void End(Ending::Kind kind) { ending_ = {kind, static_cast<std::int64_t>(step_)}; }

  void PropagateApiError() {
    Fart_EnterScope();
    const Fart_Handle error = Fart_NewApiError(ErrorTextOf(static_cast<int>(step_)).c_str());
    if (natives_ > 0) End(Ending::Kind::kApiError);
    ExpectReturn(Fart_PropagateError(error));
  }
  void PropagateException() {
    Fart_EnterScope();
    const Fart_Handle error =
        Fart_NewUnhandledExceptionError(Fart_NewInteger(static_cast<std::int64_t>(step_)));
    if (natives_ > 0) End(Ending::Kind::kException);
    ExpectReturn(Fart_PropagateError(error));
  }
  void ThrowInteger() {
    Fart_EnterScope();
    const Fart_Handle exception = Fart_NewInteger(static_cast<std::int64_t>(step_));
    if (natives_ > 0) End(Ending::Kind::kException);
    ExpectReturn(Fart_ThrowException(exception));
  }
  void ExpectReturn(Fart_Handle answer) {
    Expect(natives_ == 0, "control does not come back to a native function");
    Expect(Fart_IsApiError(answer), "outside of one there is nowhere to go");
    Fart_ExitScope();
  }
  void ThrowCpp() {
    End(Ending::Kind::kCppException);
    throw std::runtime_error("thrown by an extension");
  }

  void SetResult(Fart_NativeArguments arguments) {
    if (arguments == nullptr) return;
    result_ = {Ending::Kind::kInteger, static_cast<std::int64_t>(step_)};
    Fart_SetIntegerReturnValue(arguments, result_.number);
  }
  void SetErrorResult(Fart_NativeArguments arguments) {
    if (arguments == nullptr) return;
    result_ = {Ending::Kind::kApiError, static_cast<std::int64_t>(step_)};
    Fart_EnterScope();
    Fart_SetReturnValue(arguments, Fart_NewApiError(ErrorTextOf(result_.number).c_str()));
    Fart_ExitScope();
  }

  ByteProgram program_;
  std::vector<Scope> scopes_;
  std::vector<std::size_t> guards_;
  std::vector<Call> calls_;
  std::size_t floor_ = 1;  // scopes that the running native function, or the host, may not leave
  std::size_t natives_ = 0;
  Ending ending_;  // of the native function that ended last
  Ending result_;  // of the running one, so far
  std::size_t step_ = 0;
  std::string failure_;
};

UnwindingMachine* UnwindingMachine::current = nullptr;

// ---- The isolate

Fart_NativeFunction Resolve(Fart_Handle name, int, bool* auto_setup_scope) {
  const char* text = "";
  if (Fart_IsError(Fart_StringToCString(name, &text))) return nullptr;
  const std::string_view wanted = text;
  using Arguments = Fart_NativeArguments;
  if (wanted == "Run") return [](Arguments a) { UnwindingMachine::current->OnRun(a, false); };
  if (wanted == "Caught") return [](Arguments a) { UnwindingMachine::current->OnCaught(a); };
  if (wanted == "Cleaned") return [](Arguments a) { UnwindingMachine::current->OnCleaned(a); };
  if (wanted != "RunBare") return nullptr;
  *auto_setup_scope = false;
  return [](Arguments a) { UnwindingMachine::current->OnRun(a, true); };
}

// Why the program cannot be loaded; empty if it has been.
std::string Load() {
  Fart_EnterScope();
  const Fart_Handle url = Fart_NewStringFromCString("unwinding.dart");
  Fart_Handle library = Fart_LoadScript(url, url, Fart_NewStringFromCString(kProgram), 0, 0);
  if (!Fart_IsError(library)) library = Fart_SetNativeResolver(library, Resolve, nullptr);
  const std::string problem = Fart_IsError(library) ? Fart_GetError(library) : "";
  Fart_ExitScope();
  return problem;
}

// Loading takes longer than a program: isolates are used again. Each run must leave its isolate as
// it found it, which is checked; one in which something went wrong is not used again.
Fart_Isolate kept_isolate = nullptr;

std::string EnterLoadedIsolate() {
  if (kept_isolate != nullptr) {
    Fart_EnterIsolate(kept_isolate);
    return "";
  }
  char* error = nullptr;
  kept_isolate = Fart_CreateIsolate("unwinding", "main", nullptr, nullptr, nullptr, &error);
  if (kept_isolate != nullptr) return Load();
  const std::string text = error != nullptr ? error : "no isolate";
  std::free(error);
  return text;
}

}  // namespace

std::string RunUnwindingProgram(const std::uint8_t* bytes, std::size_t size,
                                const char* gc_stress) {
  const std::string problem = EnterLoadedIsolate();
  if (!problem.empty()) return problem;
  const std::string stress_before = std::string("--gc-stress=") + Fart_GetFlag("gc-stress");
  if (gc_stress != nullptr) Fart_SetFlag((std::string("--gc-stress=") + gc_stress).c_str());
  UnwindingMachine machine(bytes, size);
  UnwindingMachine::current = &machine;
  machine.Run();
  Fart_SetFlag(stress_before.c_str());
  if (machine.failure().empty()) {
    Fart_ExitIsolate();
  } else {
    Fart_ShutdownIsolate();
    kept_isolate = nullptr;
  }
  return machine.failure();
}

}  // namespace fart::fuzz
