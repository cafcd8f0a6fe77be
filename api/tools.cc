// Tools -- collecting now, where objects are, and the flags.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "api/include/fart_tools_api.h"
#include "api/shim.h"
#include "heap/collector.h"
#include "heap/platform/thread_text.h"
#include "vm/entry/thread_ends.h"
#include "vm/memory/flags.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

Fart_Handle Fart_Collect(Fart_Collection collection) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  switch (collection) {
    case Fart_Collection_kMinor:
      isolate.mutator().CollectGarbage(GcKind::kMinor, GcReason::kRequested);
      return Success();
    case Fart_Collection_kMajor:
      isolate.mutator().CollectGarbage(GcKind::kMajor, GcReason::kRequested);
      return Success();
    case Fart_Collection_kEverything:
      isolate.mutator().CollectGarbage(GcKind::kMajor, GcReason::kRequested);
      isolate.RunAllCallbacks();
      isolate.gc().GiveBackMemory();
      EndThreadIfAsked();
      return Success();
  }
  return NewErrorHandle(isolate, Expects(__func__, "collection", "a Fart_Collection"));
}
FART_CATCH

bool Fart_IsInOldSpace(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  const NoSafepointScope quiet;
  const ObjectPtr found = value.Get(quiet);
  return found.IsHeapObject() && !isolate.heap().IsYoung(found);
}
FART_CATCH_OR(false)

std::uintptr_t Fart_ObjectAddress(Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, 0);
  FART_UNWRAP_OR(isolate, value, object, 0);
  const NoSafepointScope quiet;
  const ObjectPtr found = value.Get(quiet);
  return found.IsHeapObject() ? found.address().value() : 0;
}
FART_CATCH_OR(0)

const char* Fart_VerifyHeap() FART_TRY {
  FART_ENTER_OR(isolate, TextOf(ErrorText::kNoIsolate));
  isolate.mutator().RetireArea();
  const std::string finding = isolate.gc().Verify();
  return finding.empty() ? nullptr : KeepThreadText(ThreadText::kVerifierFinding, finding);
}
FART_CATCH_OR(TextOf(ErrorText::kOffHeapMemory))

bool Fart_SetFlag(const char* flag) FART_TRY {
  FART_NEED_POINTER_OR(flag, false);
  Isolate* const isolate = Isolate::Current();
  std::string error;
  const bool is_set = isolate == nullptr ? ParseFlag(flag, &DefaultFlags(), &error)
                                         : isolate->SetFlag(flag, &error);
  if (!is_set) RecordMisuse(std::string(__func__) + ": " + error);
  return is_set;
}
FART_CATCH_OR(false)

const char* Fart_GetFlag(const char* name) FART_TRY {
  FART_NEED_POINTER_OR(name, nullptr);
  const Isolate* const isolate = Isolate::Current();
  const std::optional<std::string> found =
      FlagValue(name, isolate == nullptr ? DefaultFlags() : isolate->flags());
  if (!found.has_value()) {
    RecordMisuse(Expects(__func__, "name", "the name of a flag"));
    return nullptr;
  }
  return KeepThreadText(ThreadText::kFlagValue, *found);
}
FART_CATCH_OR(nullptr)

bool Fart_SetVMFlags(int argc, const char** argv) FART_TRY {
  FART_NEED_RANGE_OR(argc, std::numeric_limits<int>::max(), false);
  if (argc != 0) FART_NEED_POINTER_OR(argv, false);
  Flags changed = DefaultFlags();
  for (int i = 0; i < argc; ++i) {
    FART_NEED_POINTER_OR(argv[i], false);
    std::string error;
    if (ParseFlag(argv[i], &changed, &error)) continue;
    RecordMisuse(std::string(__func__) + ": " + error);
    return false;
  }
  DefaultFlags() = changed;
  return true;
}
FART_CATCH_OR(false)

bool Fart_IsVMFlagSet(const char* flag_name) FART_TRY {
  FART_NEED_POINTER_OR(flag_name, false);
  return FlagValue(flag_name, DefaultFlags()) == "true";
}
FART_CATCH_OR(false)
