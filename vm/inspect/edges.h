// Edges -- what an object refers to, each reference with the name that a reader knows it by.
//
// What names the references of a shape is found out once; after that an edge is a number into a
// list of texts, or an index.
//
// Invariants
//   VI-E1 every   each slot of an object that refers to a heap object is visited once, always in
//                 the same order.
//   VI-E2 keys    behind its slots a map has an edge to each value, named by its key: what a
//   program
//                 means by an entry, beside how the entries lie in lists.
//
// Not here: references from outside the heap (root_edges.h).

#ifndef FART_VM_INSPECT_EDGES_H_
#define FART_VM_INSPECT_EDGES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "heap/heap.h"
#include "heap/object/object_ptr.h"
#include "vm/isolate.h"

namespace fart::inspect {

// Texts, each once, by number.
class Texts {
 public:
  std::uint32_t NumberOf(std::string_view text);
  const std::string& operator[](std::uint32_t number) const { return *texts_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> texts_;  // keys of numbers_
};

// The numbers are those of the kinds of edges of the snapshot format.
enum class EdgeKind : std::uint8_t {
  kContext = 0,   // a captured variable
  kElement = 1,   // `name` is an index
  kProperty = 2,  // a field
  kInternal = 3,  // what no program names
  kWeak = 6,      // keeps nothing alive
};

struct Edge {
  EdgeKind kind = EdgeKind::kInternal;
  std::uint32_t name = 0;  // a number of Texts, or the index
  ObjectPtr target;        // a heap object
  bool has_key = false;    // of a map, to a value: `key` is its name
  ObjectPtr key = {};
};

// ".name", "[3]", "["key"]", ...
std::string EdgeText(Isolate& isolate, const Edge& edge, const Texts& texts);
// What a map's edge is called: "["name"]", "[42]", "[Point]". As UTF-8, and not too long.
std::string KeyText(Isolate& isolate, ObjectPtr key);

class Edges {
 public:
  Edges(Isolate& isolate, Texts& texts) : isolate_(isolate), texts_(texts) {}

  // Calls visit(const Edge&).
  template <typename Visit>
  void ForEach(Address object, ShapeId id, Visit&& visit) {
    const Names& names = NamesOf(id);
    const Shape& shape = isolate_.heap().shapes()[id];
    if (shape.is_ephemeron()) isolate_.heap().LookAtPair(object);  // H-M3
    const ObjectPtr* slot = shape.References(object);
    for (std::uint32_t i = 0; i < shape.references(); ++i) {
      const EdgeKind kind = shape.is_ephemeron() && i == 0 ? EdgeKind::kWeak : names.kind;
      if (slot[i].IsHeapObject()) visit(Edge{kind, names.references[i], slot[i]});
    }
    slot = shape.WeakReferences(object);
    for (std::uint32_t i = 0; i < shape.weak_references(); ++i) {
      if (slot[i].IsHeapObject()) visit(Edge{EdgeKind::kWeak, names.weak, slot[i]});
    }
    if (names.map_entries != kNoReference) {
      VisitEntries(object, shape, names.map_entries, [&visit](ObjectPtr key, ObjectPtr value) {
        visit(Edge{EdgeKind::kProperty, 0, value, true, key});
      });
    }
    if (shape.variable_part() != VariablePart::kReferences) return;
    const CapturedNames* const captured =
        names.are_captured ? CapturedNamesOf(shape.References(object)[0]) : nullptr;
    slot = shape.VariableReferences(object);
    const std::size_t length = shape.LengthOf(object);
    for (std::size_t i = 0; i < length; ++i) {
      if (!slot[i].IsHeapObject()) continue;
      const auto index = static_cast<std::uint32_t>(i);
      if (names.are_captured) {
        visit(Edge{EdgeKind::kContext, CapturedName(captured, index), slot[i]});
      } else {
        visit(Edge{EdgeKind::kElement, index, slot[i]});
      }
    }
  }

 private:
  using CapturedNames = std::vector<std::uint32_t>;  // numbers of Texts
  static constexpr std::uint32_t kNoReference = ~std::uint32_t{0};

  struct Names {
    bool is_known = false;
    bool are_captured = false;  // the variable part is
    EdgeKind kind = EdgeKind::kProperty;
    std::uint32_t weak = 0;
    std::uint32_t map_entries = kNoReference;  // Program::MapEntriesOf
    std::vector<std::uint32_t> references;
  };

  // The elements of a map's entries, which it may be about to make.
  std::span<const ObjectPtr> EntriesOf(Address map, const Shape& shape, std::uint32_t reference);
  // Calls visit(key, value) for each value that is a heap object.
  template <typename Visit>
  void VisitEntries(Address map, const Shape& shape, std::uint32_t reference, Visit&& visit) {
    const std::span<const ObjectPtr> entries = EntriesOf(map, shape, reference);
    for (std::size_t i = 0; i + 2 < entries.size(); i += 3) {
      const ObjectPtr hash = entries[i];
      if (!hash.IsSmi() || hash.SmiValue() < 0 || !entries[i + 2].IsHeapObject()) continue;
      visit(entries[i + 1], entries[i + 2]);
    }
  }

  const Names& NamesOf(ShapeId id) {
    const auto index = static_cast<std::size_t>(id);
    if (index < names_.size() && names_[index].is_known) [[likely]]
      return names_[index];
    return FindNames(id);
  }
  [[gnu::noinline]] const Names& FindNames(ShapeId id);
  // Null: the function has ended.
  const CapturedNames* CapturedNamesOf(ObjectPtr function);
  std::uint32_t CapturedName(const CapturedNames* names, std::uint32_t index);

  Isolate& isolate_;
  Texts& texts_;
  std::vector<Names> names_;                                   // by shape
  std::unordered_map<std::uint64_t, CapturedNames> captured_;  // by function
  bool captured_are_known_ = false;
  std::vector<std::uint32_t> numbered_;  // where there is no name
};

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_EDGES_H_
