// Checks -- how a fact that must hold is stated.
//
//   FART_CHECK   always on: continuing would corrupt the heap or the host.
//   FART_DCHECK  on from FART_CHECK_LEVEL 1: local facts that are too frequent to pay for always.
//
// A switched-off check is still compiled (under sizeof) and never evaluated, so it can neither rot
// nor have a side effect that a release build loses.
//
// Not here: facts that need a walk over the heap or a table (gc/verifier.h).

#ifndef FART_HEAP_BASE_CHECK_H_
#define FART_HEAP_BASE_CHECK_H_

#ifndef FART_CHECK_LEVEL
#ifdef NDEBUG
#define FART_CHECK_LEVEL 0
#else
#define FART_CHECK_LEVEL 1
#endif
#endif

namespace fart {

// Prints `file:line: check failed: fact` to standard error and aborts.
[[noreturn]] void CheckFailed(const char* file, int line, const char* fact);

// The same with a text composed at run time (the verifier names the edge it found).
[[noreturn]] void FatalError(const char* text);

}  // namespace fart

#define FART_CHECK(fact)                              \
  do {                                                \
    if (!(fact)) [[unlikely]]                         \
      ::fart::CheckFailed(__FILE__, __LINE__, #fact); \
  } while (false)

#if FART_CHECK_LEVEL >= 1
#define FART_DCHECK(fact) FART_CHECK(fact)
#else
#define FART_DCHECK(fact) static_cast<void>(sizeof((fact) ? 1 : 0))
#endif

#define FART_UNREACHABLE() ::fart::CheckFailed(__FILE__, __LINE__, "unreachable")

#endif  // FART_HEAP_BASE_CHECK_H_
