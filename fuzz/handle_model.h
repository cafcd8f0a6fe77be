// HandleModel -- what a heap and its handles must look like, in plain vectors.
//
// Objects are numbers. The model knows what refers to what; of an object that nothing keeps alive
// it cannot know when it dies (a minor collection may spare it), so it learns that by asking: a
// weak handle that once read as null makes its object dead for all that watch it.
//
// Invariants
//   F-W1 dead     a dead object is never reachable from a root.
//   F-W2 once     what was seen dead is dead for everyone, for ever.
//
// Not here: calling the C API and comparing (handle_machine.h).

#ifndef FART_FUZZ_HANDLE_MODEL_H_
#define FART_FUZZ_HANDLE_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fart::fuzz {

using ObjectId = std::size_t;

// What a slot holds.
struct Value {
  enum class Kind : std::uint8_t { kNull, kInteger, kImmediate, kObject };
  Kind kind = Kind::kNull;
  std::int64_t number = 0;  // the integer, which of a host's immediates, or the object's id

  static Value Integer(std::int64_t number) { return {Kind::kInteger, number}; }
  static Value Immediate(std::int64_t number) { return {Kind::kImmediate, number}; }
  static Value Object(ObjectId id) { return {Kind::kObject, static_cast<std::int64_t>(id)}; }
  bool IsObject() const { return kind == Kind::kObject; }
  ObjectId id() const { return static_cast<ObjectId>(number); }
  friend bool operator==(const Value&, const Value&) = default;
};

enum class ObjectKind : std::uint8_t {
  kNode,       // two references, a weak one, bytes
  kEphemeron,  // key, value, bytes
  kArray,      // any number of references, bytes
  kBlob,       // bytes only
  kList,       // a list of the API
  kString,
  kDouble,
  kPair,  // two references; made by direct access alone
};

struct Object {
  ObjectKind kind = ObjectKind::kNode;
  std::vector<Value> strong;  // in an ephemeron: key, value
  Value weak;                 // of nodes
  std::uint64_t hash = 0;     // once asked for
  bool dead = false;
};

class HandleModel {
 public:
  ObjectId Add(ObjectKind kind, std::size_t references) {
    objects_.push_back({kind, std::vector<Value>(references), {}, 0, false});
    return objects_.size() - 1;
  }
  Object& operator[](ObjectId id) { return objects_[id]; }
  const Object& operator[](ObjectId id) const { return objects_[id]; }
  std::size_t size() const { return objects_.size(); }

  // For each object, whether it is kept alive by these roots.
  std::vector<bool> Reachable(const std::vector<Value>& roots) const {
    std::vector<bool> reached(objects_.size());
    std::vector<ObjectId> waiting;
    std::vector<ObjectId> ephemerons;
    const auto reach = [&](const Value& value) {
      if (!value.IsObject() || reached[value.id()]) return;
      reached[value.id()] = true;
      waiting.push_back(value.id());
    };
    for (const Value& root : roots) reach(root);
    for (;;) {
      while (!waiting.empty()) {
        const ObjectId id = waiting.back();
        waiting.pop_back();
        if (objects_[id].kind == ObjectKind::kEphemeron) {
          ephemerons.push_back(id);
        } else {
          for (const Value& value : objects_[id].strong) reach(value);
        }
      }
      for (const ObjectId id : ephemerons) {
        const std::vector<Value>& pair = objects_[id].strong;
        if (!pair[0].IsObject() || reached[pair[0].id()]) reach(pair[1]);
      }
      if (waiting.empty()) return reached;
    }
  }

 private:
  std::vector<Object> objects_;
};

}  // namespace fart::fuzz

#endif  // FART_FUZZ_HANDLE_MODEL_H_
