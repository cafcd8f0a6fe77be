// Probes -- places where tracers of the system (bpftrace, SystemTap, perf) can look, as USDT.
//
// A probe nobody looks at is one instruction that does nothing. Where <sys/sdt.h> is missing when
// the library is built (Debian: systemtap-sdt-dev), there are none. docs/find-a-leak.md has an
// example.
//
// Not here: what is told (vm/memory/statistics.cc).

#ifndef FART_HEAP_PLATFORM_PROBES_H_
#define FART_HEAP_PLATFORM_PROBES_H_

#if defined(__has_include)
#if __has_include(<sys/sdt.h>)
#include <sys/sdt.h>
#define FART_HAS_PROBES 1
#endif
#endif

// The arguments are integers.
#if defined(FART_HAS_PROBES)
#define FART_PROBE1(name, a) STAP_PROBE1(fart, name, a)
#define FART_PROBE2(name, a, b) STAP_PROBE2(fart, name, a, b)
#define FART_PROBE4(name, a, b, c, d) STAP_PROBE4(fart, name, a, b, c, d)
#else
#define FART_PROBE1(name, a) static_cast<void>(a)
#define FART_PROBE2(name, a, b) (static_cast<void>(a), static_cast<void>(b))
#define FART_PROBE4(name, a, b, c, d) \
  (static_cast<void>(a), static_cast<void>(b), static_cast<void>(c), static_cast<void>(d))
#endif

#endif  // FART_HEAP_PLATFORM_PROBES_H_
