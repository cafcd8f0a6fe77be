// IsolateRegistry -- the process's isolates: their numbers, and which pointers are isolates at all.
//
// Invariants
//   R1 apart   two isolates that live at the same time have different numbers, and a number comes
//              back as late as possible, so that a foreign handle is recognised as one.
//
// The only state that isolates share, and the only lock: taken when one is made, ended, or entered
// by a pointer from outside.

#ifndef FART_VM_ISOLATE_REGISTRY_H_
#define FART_VM_ISOLATE_REGISTRY_H_

#include <cstddef>
#include <vector>

#include "handles/handle_value.h"

namespace fart {

class Isolate;

enum class EnterResult {
  kEntered,
  kNoSuchIsolate,  // null, ended, or never one
  kOtherIsolate,   // this thread is inside another isolate, or inside this one
  kOtherThread,    // another thread is inside it
};

class IsolateRegistry {
 public:
  // False when all numbers are in use.
  [[nodiscard]] static bool TakeId(IsolateId* id);
  static void GiveBackId(IsolateId id);
  // From here on others can find it, until it is removed.
  static void Add(Isolate* isolate);
  static void Remove(Isolate* isolate);

  // Null unless `candidate` is an isolate now.
  static Isolate* Find(const void* candidate);
  static EnterResult TryEnter(const void* candidate);
  static std::vector<Isolate*> All();
  // Tells every isolate, whoever is inside.
  static void NotifyLowMemory();
};

}  // namespace fart

#endif  // FART_VM_ISOLATE_REGISTRY_H_
