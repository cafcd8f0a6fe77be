// TestIsolate -- an isolate without a language, entered, with a scope for handles.

#ifndef FART_VM_TESTING_TEST_ISOLATE_H_
#define FART_VM_TESTING_TEST_ISOLATE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "vm/isolate.h"
#include "vm/values/errors.h"
#include "vm/values/objects.h"

namespace fart {

class TestIsolate {
 public:
  explicit TestIsolate(const IsolateOptions& options = {}) FART_NO_SAFEPOINT_ANALYSIS {
    std::string error;
    isolate_ = Isolate::Create(options, &error);
    if (isolate_ == nullptr) FatalError(error.c_str());
    FART_CHECK(isolate_->handles().locals.EnterScope());
  }

  Isolate& operator*() { return *isolate_; }
  Isolate* operator->() { return isolate_.get(); }
  Mutator& mutator() { return isolate_->mutator(); }

  // Keeps what was just made in a local handle; it must be there.
  Rooted Keep(const FreshObject& object) FART_NO_SAFEPOINT_ANALYSIS {
    FART_CHECK(!object.is_null());
    const NoSafepointScope quiet;
    return Keep(object.Get(quiet));
  }
  Rooted Keep(const Outcome& outcome) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return Keep(outcome.Get(quiet));
  }
  Rooted Keep(ObjectPtr object) {
    const Local local(isolate_->handles().locals.Create(object));
    FART_CHECK(!local.is_null());
    return local;
  }
  Rooted NewString(std::string_view text) FART_NO_SAFEPOINT_ANALYSIS {
    return Keep(NewStringFromUtf8(mutator(), text));
  }
  Rooted NewList(std::size_t length) FART_NO_SAFEPOINT_ANALYSIS {
    return Keep(NewArray(mutator(), length));
  }
  std::string Text(Rooted string) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return ToUtf8(string.Get(quiet), quiet);
  }
  // The text of an error with a message.
  std::string ErrorMessageOf(const Outcome& outcome) FART_NO_SAFEPOINT_ANALYSIS {
    FART_CHECK(outcome.IsError());
    const NoSafepointScope quiet;
    return ToUtf8(ErrorMessage(outcome.Get(quiet), quiet), quiet);
  }
  void Collect(GcKind kind) FART_NO_SAFEPOINT_ANALYSIS {
    mutator().CollectGarbage(kind, GcReason::kRequested);
  }
  // Empty, or the first broken invariant.
  std::string Verify() {
    mutator().RetireArea();
    return isolate_->gc().Verify();
  }

 private:
  std::unique_ptr<Isolate> isolate_;
};

}  // namespace fart

#endif  // FART_VM_TESTING_TEST_ISOLATE_H_
