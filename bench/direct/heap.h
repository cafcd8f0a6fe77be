// What the programs of this folder are written on: one of three heaps, chosen when they are
// compiled. A program is the same source on each; on a heap that does not move objects a root is a
// local variable, a store a plain one.
//
//   Heap                       passed by value to whatever allocates or reads
//   Value                      a small integer, an immediate or a reference
//   New(heap, shape, init)     an object with its references; may collect
//   NewBytes, NewReferences    of a variable length
//   Load, Store, Raw           words of an object, from 1 (of a variable length: from 2)
//   BENCH_ROOTS(heap, r, n)    n roots, r.at[0] to r.at[n - 1], Get and Set
//
//   FART_BENCH_BDWGC, FART_BENCH_MIMALLOC, or neither: ours

#ifndef FART_BENCH_DIRECT_HEAP_H_
#define FART_BENCH_DIRECT_HEAP_H_

#include <cstdint>

namespace fart::bench {

// In the order in which our heap knows them.
enum Shape : std::uint32_t {
  kPair,       // car, cdr
  kSymbol,     // value; form, name
  kPrimitive,  // - ; number
  kClosure,    // parameters, body, environment
  kBinding,    // symbol, value, next
  kNode,       // left, right; two integers
  kEntry,      // key, value, next
  kArray,      // references, of a variable length
  kBytes,      // bytes, of a variable length
  kShapes,
};

struct Layout {
  std::uint16_t references;
  std::uint16_t raw_words;
};
inline constexpr Layout kLayouts[kShapes] = {{2, 0}, {1, 2}, {0, 1}, {3, 0}, {3, 0},
                                             {2, 1}, {3, 0}, {0, 0}, {0, 0}};

}  // namespace fart::bench

#if defined(FART_BENCH_BDWGC) || defined(FART_BENCH_MIMALLOC)
#include "bench/direct/heap_plain.h"
#else
#include "bench/direct/heap_fart.h"
#endif

#endif  // FART_BENCH_DIRECT_HEAP_H_
