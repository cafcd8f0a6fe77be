// NoSafepointScope -- the proof that no collection can happen here, checked by the compiler.
//
// "No collection here" is a capability in the sense of clang's thread-safety analysis. A scope
// acquires it; every function that may collect is FART_MAY_COLLECT and excludes it; whatever hands
// out a raw ObjectPtr asks for the scope as an argument. So clang rejects an allocation while a raw
// pointer is live, also through helpers (which must carry FART_MAY_COLLECT themselves).
//
// Invariants
//   HB-C1 quiet  at a call that may collect, no raw pointer and no half-made object exists.
//
// Limit: a raw pointer copied out of its scope is not seen by the compiler; stress mode with
// protected from-space turns its use into a fault.

#ifndef FART_HEAP_BASE_SAFEPOINT_H_
#define FART_HEAP_BASE_SAFEPOINT_H_

#include "heap/base/check.h"

#if defined(__clang__)
#define FART_TSA(x) __attribute__((x))
#else
#define FART_TSA(x)
#endif

namespace fart {

class FART_TSA(capability("no-safepoint")) NoSafepointCapability {
 public:
  // "No NoSafepointScope is open": clang's way to write a negative capability.
  const NoSafepointCapability& operator!() const { return *this; }
};
extern NoSafepointCapability no_safepoint;

// Put on the declaration of every function that may collect, after the parameter list.
#define FART_MAY_COLLECT FART_TSA(requires_capability(!::fart::no_safepoint))
// The body is exempt: for a function that is the safepoint itself.
#define FART_NO_SAFEPOINT_ANALYSIS FART_TSA(no_thread_safety_analysis)

#if FART_CHECK_LEVEL >= 1
// Depth of open NoSafepointScopes of this thread; AtSafepoint() checks that it is 0.
int NoSafepointDepth();
void AddToNoSafepointDepth(int delta);
inline void AtSafepoint() { FART_CHECK(NoSafepointDepth() == 0); }
#else
inline void AtSafepoint() {}
#endif

class FART_TSA(scoped_lockable) NoSafepointScope {
 public:
#if FART_CHECK_LEVEL >= 1
  NoSafepointScope() FART_TSA(acquire_capability(no_safepoint)) { AddToNoSafepointDepth(1); }
  ~NoSafepointScope() FART_TSA(release_capability()) { AddToNoSafepointDepth(-1); }
#else
  NoSafepointScope() FART_TSA(acquire_capability(no_safepoint)) {}
  ~NoSafepointScope() FART_TSA(release_capability()) {}
#endif
  NoSafepointScope(const NoSafepointScope&) = delete;
  NoSafepointScope& operator=(const NoSafepointScope&) = delete;
};

}  // namespace fart

#endif  // FART_HEAP_BASE_SAFEPOINT_H_
