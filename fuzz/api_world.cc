#include "fuzz/api_world.h"

#include <iterator>
#include <string_view>

#include "fuzz/api_steps.h"

namespace fart::fuzz {
namespace {

constexpr std::size_t kMaxDepth = 5;
constexpr std::size_t kMaxSteps = 600;
constexpr std::intptr_t kLongest = 1 << 20;  // of what can be made

// Restores what is so outside, also when a call unwinds through.
class Deeper {
 public:
  explicit Deeper(ApiWorld& world) : world_(world) { ++world_.depth; }
  ~Deeper() { --world_.depth; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  ApiWorld& world_;
};

std::span<const ApiStep> Topic(std::size_t number) {
  // Twice: what the others need.
  static constexpr std::span<const ApiStep> (*kTopics[])() = {
      HandleSteps,  HandleSteps, StringSteps,  ValueSteps,   ListSteps,   TypedDataSteps,
      ProgramSteps, PortSteps,   ClassSteps,   ProgramSteps, NativeSteps, MemorySteps,
      ErrorSteps,   ShapeSteps,  InspectSteps, IsolateSteps};
  return kTopics[number % std::size(kTopics)]();
}

bool IsUnderStress() { return std::string_view(Fart_GetFlag("gc-stress")) != "0"; }

}  // namespace

void ApiWorld::RunStep() {
  if (++step > kMaxSteps) return program.Stop();
  const std::span<const ApiStep> steps = Topic(program.Below(16));
  const ApiStep chosen = steps[program.Below(steps.size())];
  chosen(*this);
}

void ApiWorld::RunNested(Fart_NativeArguments native_arguments) {
  ++nested;
  if (native_arguments != nullptr) arguments.Add(native_arguments);
  if (depth >= kMaxDepth) return;
  const Deeper deeper(*this);
  for (std::size_t left = program.Below(4); left > 0 && !program.AtEnd(); --left) RunStep();
}

// ---- Verdicts

void ApiWorld::Fail(const std::string& what) {
  if (!failure.empty()) return;
  failure = "step " + std::to_string(step) + ": " + what;
  program.Stop();
}

ApiWorld::Before ApiWorld::Look(bool error_argument) {
  return {Fart_MisuseCount(), nested, Fart_CurrentIsolate(), error_argument};
}

void ApiWorld::CheckMisuse(const char* function, const Before& before) {
  if (nested != before.nested) return;  // Others may have been recorded since.
  const std::uint64_t misuses = Fart_MisuseCount();
  Expect(misuses >= before.misuses, "misuses are counted upwards");
  if (misuses == before.misuses) return;
  const char* const said = Fart_GetMisuse();
  if (said == nullptr || std::string_view(said).find(function) == std::string_view::npos) {
    Fail(std::string(function) + " is not named by the misuse: " + (said != nullptr ? said : ""));
  }
}

void ApiWorld::CheckHandle(const char* function, Fart_Handle result, const Before& before) {
  // The one function whose result may be NULL.
  if (std::string_view(function) == "Fart_GetNativeStringArgument" && result == nullptr) return;
  Expect(result != nullptr, "a handle that is returned is not NULL");
  if (nested != before.nested || Fart_CurrentIsolate() != before.isolate) return;
  const std::uint64_t misuses = Fart_MisuseCount();
  const bool is_error = Fart_IsError(result);
  // Without an isolate only error handles can be asked.
  if (before.isolate != nullptr && Fart_MisuseCount() != misuses) {
    Fail(std::string(function) + " returned what is no live handle");
  }
  if (!is_error || !Fart_IsApiError(result)) return;
  // What was kept as an error comes back as it was.
  const std::string_view name = function;
  if (name == "Fart_HandleFromWeakPersistent" || name == "Fart_GetStickyError") return;
  const std::string_view text = Fart_GetError(result);
  if (text.empty()) Fail(std::string(function) + " returned an error without a text");
  const std::size_t word = text.find(' ');
  if (before.error_argument || word == std::string_view::npos ||
      !text.substr(word).starts_with(" expects argument")) {
    return;
  }
  if (text.substr(0, word) != function) {
    Fail(std::string(function) + " is not named by its error: " + std::string(text));
  }
}

bool ApiWorld::WentWell(Fart_Handle result, std::initializer_list<const void*> places) {
  if (Fart_CurrentIsolate() == nullptr || Fart_IsError(result)) return false;
  for (const void* const place : places) {
    Expect(place != nullptr, "NULL is refused as a place for results");
    if (place == nullptr) return false;
  }
  return true;
}

// ---- Choosing

Fart_Handle ApiWorld::Any() {
  const std::size_t choice = Below(256);
  Fart_Handle chosen = nullptr;
  if (choice < 224 && !handles.empty()) {
    chosen = handles[choice % handles.size()].handle;
  } else {
    switch (choice % 12) {
      case 0:
        break;
      case 1:
        chosen = Fart_Null();
        break;
      case 2:
        chosen = Fart_True();
        break;
      case 3:
        chosen = Fart_EmptyString();
        break;
      case 4:
        chosen = Fart_NewInteger(Number());
        break;
      case 5:
        chosen = reinterpret_cast<Fart_Handle>(program.Word());
        break;
      case 6:
        chosen = reinterpret_cast<Fart_Handle>(AnyWeak());
        break;
      case 7:
        chosen = reinterpret_cast<Fart_Handle>(AnyFinalizable());
        break;
      case 8:
        chosen = reinterpret_cast<Fart_Handle>(this);
        break;
      case 9:  // Beside a handle that is or was one.
        if (!handles.empty()) {
          const auto near = reinterpret_cast<std::uintptr_t>(handles[Below(handles.size())].handle);
          chosen = reinterpret_cast<Fart_Handle>(near + Below(32) - 16);
        }
        break;
      case 10:
        chosen = Fart_NewApiError("an error of the program");
        break;
      case 11:
        chosen = Fart_HandleFromWeakPersistent(AnyWeak());
        break;
    }
  }
  return chosen;
}

Fart_Handle ApiWorld::Of(Kind kind) {
  const std::size_t choice = Below(256);
  if (choice >= 240 || handles.empty()) return Any();
  for (std::size_t i = 0; i < handles.size(); ++i) {
    const Named& named = handles[(choice + i) % handles.size()];
    if (named.kind == kind) return named.handle;
  }
  return Any();
}

std::int64_t ApiWorld::Number() {
  static constexpr std::int64_t kSpecial[] = {0,
                                              1,
                                              -1,
                                              2,
                                              255,
                                              256,
                                              65535,
                                              65536,
                                              INT32_MAX,
                                              INT32_MIN,
                                              INT64_MAX,
                                              INT64_MIN,
                                              1LL << 62,
                                              -(1LL << 62),
                                              (1LL << 62) - 1,
                                              1LL << 53,
                                              -(1LL << 53),
                                              UINT32_MAX,
                                              1LL << 40,
                                              0x10FFFF};
  const std::size_t choice = Below(64);
  if (choice < std::size(kSpecial)) return kSpecial[choice];
  if (choice < 56) return static_cast<std::int64_t>(Below(32));
  return static_cast<std::int64_t>(program.Word());
}

std::intptr_t ApiWorld::Length() {
  static constexpr std::intptr_t kSpecial[] = {
      -1,        INT64_MIN, INT64_MAX, 1LL << 40, (1LL << 30) - 1, 1LL << 30,
      INT32_MAX, INT32_MIN, 1LL << 62, 40000,     300000,          kLongest};
  // Where every few allocations collect, whoever prints all elements would take minutes.
  constexpr std::intptr_t kShort = 300;
  const std::size_t choice = Below(256);
  if (choice < 224) return static_cast<std::intptr_t>(choice % 24);
  const std::intptr_t length = choice < 224 + std::size(kSpecial)
                                   ? kSpecial[choice - 224]
                                   : static_cast<std::intptr_t>(Below(5000));
  if (length < kShort || length > kLongest) return length;
  if (IsUnderStress()) return length % kShort;
  made_long = true;
  return length;
}

std::intptr_t ApiWorld::LengthIn(std::intptr_t max) {
  static constexpr std::intptr_t kImpossible[] = {-1, INT64_MIN, INT64_MAX, INT32_MIN, 1LL << 62};
  const std::size_t choice = Below(64);
  if (choice < std::size(kImpossible)) return kImpossible[choice];
  return static_cast<std::intptr_t>(Below(static_cast<std::size_t>(max) + 1));
}

int ApiWorld::Count() {
  static constexpr int kSpecial[] = {-1, INT32_MAX, INT32_MIN, 255, 256, 1024, 1025};
  const std::size_t choice = Below(64);
  if (choice < std::size(kSpecial)) return kSpecial[choice];
  return static_cast<int>(choice % 5);
}

Fart_WeakPersistentHandle ApiWorld::AnyWeak() {
  const std::size_t choice = Below(64);
  if (choice == 0) return nullptr;
  if (choice == 1 && !handles.empty()) {
    return reinterpret_cast<Fart_WeakPersistentHandle>(handles[Below(handles.size())].handle);
  }
  if (choice == 2) return reinterpret_cast<Fart_WeakPersistentHandle>(program.Word());
  if (watched.empty()) return nullptr;
  return watched[choice % watched.size()].weak;
}

Fart_FinalizableHandle ApiWorld::AnyFinalizable() {
  const std::size_t choice = Below(64);
  if (choice == 0) return nullptr;
  if (choice == 1) return reinterpret_cast<Fart_FinalizableHandle>(AnyWeak());
  if (choice == 2) return reinterpret_cast<Fart_FinalizableHandle>(program.Word());
  if (watched.empty()) return nullptr;
  return watched[choice % watched.size()].finalizable;
}

Fart_Port ApiWorld::AnyPort() {
  const std::size_t choice = Below(64);
  if (choice == 0) return ILLEGAL_PORT;
  if (choice == 1) return Number();
  if (ports.empty()) return Fart_GetMainPortId();
  return ports[choice % ports.size()];
}

Fart_NativeArguments ApiWorld::AnyArguments() {
  const std::size_t choice = Below(32);
  if (choice == 0 || arguments.empty()) return nullptr;
  if (choice == 1) return reinterpret_cast<Fart_NativeArguments>(this);
  if (choice == 2) return reinterpret_cast<Fart_NativeArguments>(program.Word());
  return arguments[choice % arguments.size()];
}

std::string ApiWorld::Text() {
  static constexpr const char* kTexts[] = {
      "a",        "name", "g\xC3\xBCte", "\xF0\x9F\x90\x8C", "\xED\xA0\x80",
      "\xFF\xFE", "0x7F", "toString"};
  const std::size_t choice = Below(24);
  if (choice < std::size(kTexts)) return kTexts[choice];
  std::string text(Below(12) + 1, 'x');
  for (char& letter : text) letter = static_cast<char>(program.Byte() | 1);  // no NUL
  return text;
}

// ---- The callbacks of loans

void ApiWorld::OnWeakLoan(void*, Fart_WeakPersistentHandle handle, void* peer) {
  ApiWorld& world = *current;
  auto* const loan = static_cast<Loan*>(peer);
  world.Expect(loan->state != Loan::State::kCanceled, "nothing is called that was deleted");
  loan->Return();
  const std::uint64_t misuses = Fart_MisuseCount();
  Fart_DeleteWeakPersistentHandle(Fart_CurrentIsolate(), handle);
  world.Expect(Fart_MisuseCount() == misuses, "a callback may delete its own handle");
  world.RunNested();
}
void ApiWorld::OnLoan(void*, void* peer) {
  static_cast<Loan*>(peer)->Return();
  current->RunNested();
}
void ApiWorld::OnPeerLoan(void* peer) {
  static_cast<Loan*>(peer)->Return();
  current->RunNested();
}
// On any thread: no steps.
void ApiWorld::OnPostedLoan(void*, Fart_WeakPersistentHandle, void* peer) {
  static_cast<Loan*>(peer)->Return();
}

}  // namespace fart::fuzz
