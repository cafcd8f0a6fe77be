#include "vm/unwind/test_host.h"

#include <dlfcn.h>

#include <cstdlib>
#include <cstring>
#include <string_view>

#include "heap/base/check.h"

namespace fart {

namespace {

// What must be the same before and after a call, however it ended.
struct ThreadFacts {
  const ForeignMark* innermost = ForeignMark::Innermost();
  unwind_internal::EhGlobals eh_globals =
      *reinterpret_cast<unwind_internal::EhGlobals*>(abi::__cxa_get_globals());

  bool operator==(const ThreadFacts& other) const {
    return innermost == other.innermost &&
           eh_globals.caught_exceptions == other.eh_globals.caught_exceptions &&
           eh_globals.uncaught_exceptions == other.eh_globals.uncaught_exceptions;
  }
};

void LogFromForeign(ForeignHost* host, const char* what, int id) {
  static_cast<TestHost*>(host)->Write(std::string(what) + " " + std::to_string(id));
}

void UnwindFromForeign(ForeignHost* host, std::uintptr_t error) {
  const UnwindRefusal refusal = UnwindToInnermostMark(host, TestHost::kEntrySerial, error);
  static_cast<TestHost*>(host)->Write(std::string("refused: ") + NameOf(refusal));
}

std::uintptr_t CallNativeFromForeign(ForeignHost* host, const ForeignNode* node) {
  return static_cast<TestHost*>(host)->CallNative(node);
}

ForeignMark MarkFor(ForeignStyle style, const TestHost* host) {
  const std::uint64_t serial = TestHost::kEntrySerial + (style == kOtherEntryNative ? 1 : 0);
  return ForeignMark(style == kBarrierNative ? ForeignKind::kBarrier : ForeignKind::kTarget,
                     {.isolate = static_cast<const ForeignHost*>(host), .entry_serial = serial});
}

}  // namespace

const char* NameOf(UnwindRefusal refusal) {
  switch (refusal) {
    case UnwindRefusal::kNoMark:
      return "no mark";
    case UnwindRefusal::kBarrier:
      return "barrier";
    case UnwindRefusal::kOtherIsolate:
      return "other isolate";
    case UnwindRefusal::kOtherEntry:
      return "other entry";
  }
  FART_UNREACHABLE();
}

ForeignLibrary::ForeignLibrary(const char* environment_variable) {
  const char* const path = std::getenv(environment_variable);
  FART_CHECK(path != nullptr);
  path_ = std::string("./") + path;
  library_ = dlopen(path_.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) FatalError(dlerror());
  run_frame_ = Find<RunFunction>("RunFrame");
}

void* ForeignLibrary::FindSymbol(const char* name) const {
  void* const symbol = dlsym(library_, name);
  FART_CHECK(symbol != nullptr);
  return symbol;
}

bool ForeignLibrary::Contains(const void* address) const {
  Dl_info info;
  if (dladdr(address, &info) == 0) return false;
  const std::string_view found(info.dli_fname);
  return found.ends_with(path_.substr(path_.rfind('/')));
}

const ForeignLibrary& ForeignLibrary::Cpp() {
  static const ForeignLibrary library("CPP_FRAMES");
  return library;
}
const ForeignLibrary& ForeignLibrary::CppByGcc() {
  static const ForeignLibrary library("CPP_FRAMES_BY_GCC");
  return library;
}
const ForeignLibrary& ForeignLibrary::CppByClang() {
  static const ForeignLibrary library("CPP_FRAMES_BY_CLANG");
  return library;
}
const ForeignLibrary& ForeignLibrary::NoExceptions() {
  static const ForeignLibrary library("NO_EXCEPTIONS_FRAMES");
  return library;
}
const ForeignLibrary& ForeignLibrary::NoTables() {
  static const ForeignLibrary library("NO_TABLES_FRAMES");
  return library;
}

ForeignProgram::Node ForeignProgram::Add(ForeignStyle style, int id,
                                         const std::vector<Node>& children,
                                         const ForeignLibrary& library) {
  const std::vector<Node>& kept = children_.emplace_back(children);
  return &nodes_.emplace_back(ForeignNode{.style = style,
                                          .id = id,
                                          .pass_error_on = 0,
                                          .run = library.run_frame(),
                                          .children = kept.data(),
                                          .child_count = static_cast<int>(kept.size())});
}

ForeignProgram::Node ForeignProgram::AddPassingErrorOn(ForeignStyle style, int id,
                                                       const std::vector<Node>& children) {
  const Node node = Add(style, id, children);
  nodes_.back().pass_error_on = 1;
  return node;
}

TestHost::TestHost() : ForeignHost{} {
  ForeignHost::log = LogFromForeign;
  unwind = UnwindFromForeign;
  call_native = CallNativeFromForeign;
}

std::uintptr_t TestHost::CallNative(const ForeignNode* node) {
  static const auto run_children =
      ForeignLibrary::Cpp().Find<ForeignLibrary::RunFunction>("RunChildren");
  const ThreadFacts before;
  const int frames_without_tables_before = frames_without_tables;
  frames_without_tables = 0;
  ForeignMark mark = MarkFor(node->style, this);
  const ForeignOutcome outcome = CallForeign(mark, run_children, this, node);
  frames_without_tables = frames_without_tables_before;
  FART_CHECK(before == ThreadFacts());  // VU-U1, VU-U2

  const std::string id = std::to_string(node->id);
  switch (outcome) {
    case ForeignOutcome::kReturned:
      Write("returned " + id);
      return 0;
    case ForeignOutcome::kUnwound:
      jumped_over_from_ = mark.jumped_over_from();
      Write("unwound " + id + " with " + std::to_string(mark.carried_error()) +
            (jumped_over_from_ != nullptr ? " jumping" : ""));
      return mark.carried_error();
    case ForeignOutcome::kCppException:
      Write("exception " + id + ": " + CaughtExceptionText());
      return kExceptionError;
    case ForeignOutcome::kThreadEnd:
      Write("thread end " + id);
      return kExceptionError;
  }
  FART_UNREACHABLE();
}

}  // namespace fart
