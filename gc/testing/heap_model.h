// HeapModel -- a program over objects, run at once on a TestHeap and on plain vectors.
//
// A program is a string of bytes: operations with their operands (what is missing reads as 0).
// After each operation Check compares what the roots reach, slot by slot, and what the collector
// may and must have cleared:
//
//   - what is reachable (through strong slots, and through values of ephemerons whose holder and
//     key are) is there, with its contents, its identity hash and its weak references;
//   - a weak reference or handle to something unreachable reads as null or still as that thing,
//     and as null for certain after a major collection; so does an ephemeron with such a key;
//   - a pinned object is where it was pinned;
//   - external bytes are charged to the space in which their referent is;
//   - the verifier finds nothing.
//
// Not here: handles, whose own model is the handles package's.

#ifndef FART_GC_TESTING_HEAP_MODEL_H_
#define FART_GC_TESTING_HEAP_MODEL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {

class HeapModel {
 public:
  // Called with true before, and with false after, what cannot fail: stores and collections.
  using Around = void (*)(bool begins);
  static void Nothing(bool) {}

  explicit HeapModel(const TestHeapOptions& options, Around around = Nothing)
      : heap_(options), around_(around) {
    for (std::size_t i = 0; i < kRoots; ++i) heap_.roots.Add();
  }

  // Runs a whole program. The first difference, with the number of the operation, or nothing.
  std::string Run(const std::vector<std::uint8_t>& program);

  const TestHeap& heap() const { return heap_; }

 private:
  static constexpr std::size_t kRoots = 8;
  static constexpr std::uint8_t kOperations = 22;

  // A word as the model knows it.
  struct Value {
    enum class Kind { kNull, kSmi, kObject } kind = Kind::kNull;
    std::int64_t number = 0;  // a Smi's value, an object's index
    bool operator==(const Value&) const = default;
  };
  struct Object {
    ShapeId shape;
    std::size_t length = 0;
    std::vector<Value> strong;  // fixed references, then variable ones
    std::vector<Value> weak;
    std::uint8_t filling = 0;  // of every raw byte
    std::uint32_t hash = 0;
  };
  struct WeakHandle {
    Value referent;
    ByteCount external;
    std::size_t slot;  // its number in heap_.weaks
  };

  struct PinnedObject {
    Value object;
    ObjectPtr place;
  };

  void Step();
  std::uint8_t Next() { return at_ < program_->size() ? (*program_)[at_++] : std::uint8_t{0}; }
  std::size_t NextRoot() { return Next() % kRoots; }

  void Allocate();
  void DropRoot();
  void StoreObject();
  void StoreNumber();
  void LoadField();
  void StoreWeak();
  void LoadWeak();
  void LookAtPair(std::size_t root);
  void AddWeakHandle();
  void Collect(GcKind kind, bool scarce);
  void Pin();
  void Unpin();
  void ChangeStress();
  void AskForHash();

  // The strong slots of an object, as one row.
  ObjectPtr* StrongSlot(ObjectPtr object, std::size_t index);
  ObjectPtr Actual(std::size_t root) { return heap_.roots[root]; }
  const Shape& ShapeOf(const Object& object) { return heap_.heap.shapes()[object.shape]; }

  std::string Check();
  void FindReachable();
  bool IsReachable(const Value& value) const;
  std::string CompareObject(std::size_t index, ObjectPtr actual);
  // Compares a word that must be there; notes the pair of objects for comparison.
  std::string CompareStrong(const Value& expected, ObjectPtr actual);
  // Compares a word that the collector may have cleared, and then clears it in the model.
  std::string CompareWeak(Value& expected, ObjectPtr actual);
  std::string CompareHandles();

  TestHeap heap_;
  const Around around_;
  const std::vector<std::uint8_t>* program_ = nullptr;
  std::size_t at_ = 0;
  std::vector<Object> objects_;  // dead ones too
  std::array<Value, kRoots> roots_;
  std::vector<WeakHandle> handles_;
  std::vector<PinnedObject> pins_;  // one for each Pin
  // Nothing was allocated or stored since a major collection: all that is dead is cleared.
  bool exact_ = false;
  std::vector<bool> reachable_;
  std::map<std::size_t, ObjectPtr> places_;  // of the objects met in a comparison
  std::vector<std::size_t> to_compare_;
};

}  // namespace fart

#endif  // FART_GC_TESTING_HEAP_MODEL_H_
