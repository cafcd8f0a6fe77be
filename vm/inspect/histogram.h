// Histogram -- how many objects of each shape a heap holds, and how many bytes they take.
//
// Invariants
//   VI-H1 whole   the bytes of all shapes are those of all objects (VI-W1): dead space is none.
//
// Not here: who holds them (heap_graph.h).

#ifndef FART_VM_INSPECT_HISTOGRAM_H_
#define FART_VM_INSPECT_HISTOGRAM_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "vm/inspect/heap_walk.h"
#include "vm/isolate.h"

namespace fart::inspect {

// Of one shape. As a difference either may be below zero.
struct ShapeCount {
  std::int64_t objects = 0;
  std::int64_t bytes = 0;
};

struct HistogramRow {
  std::string shape;
  std::string class_name;  // empty: no program knows one
  std::array<ShapeCount, kHeapSpaces> spaces{};

  ShapeCount Total() const;
};

class Histogram {
 public:
  // Of the isolate that this thread is inside of. Throws std::bad_alloc.
  static Histogram Take(Isolate& isolate);

  // Rows of shapes that have something to say, most bytes first; `since`: what came and went since
  // then, by the same isolate; null: what there is.
  std::vector<HistogramRow> Rows(const Histogram* since) const;

 private:
  std::vector<HistogramRow> rows_;  // by shape
};

// A table, lines ending in newlines.
std::string HistogramText(const std::vector<HistogramRow>& rows);

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_HISTOGRAM_H_
