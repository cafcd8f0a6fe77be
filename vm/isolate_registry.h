// IsolateRegistry -- the process's isolates: their numbers, and which names are isolates at all.
//
// Invariants
//   V-R1 apart   two isolates that live at the same time have different numbers, and a number comes
//                back as late as possible, with generations of handles above those of before: so a
//                handle of another isolate, or of one that has ended, is recognised as one.
//   V-R2 whole   an isolate is found when it is whole, and by a name that no other ever has.
//
// The only state that isolates share, and the only lock: taken when one is made, ended, entered or
// stopped by name.
//
// Not here: what a number is made of (isolate_number.h).

#ifndef FART_VM_ISOLATE_REGISTRY_H_
#define FART_VM_ISOLATE_REGISTRY_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "handles/handle_value.h"
#include "vm/entry/foreign_types.h"
#include "vm/isolate_number.h"
#include "vm/values/send_port.h"

namespace fart {

class Isolate;

enum class EnterResult {
  kEntered,
  kNoSuchIsolate,  // null, ended, or never one
  kOtherIsolate,   // this thread is inside another isolate, or inside this one
  kOtherThread,    // another thread is inside it, or is ending all of them
};

class IsolateRegistry {
 public:
  // False when all numbers are in use.
  [[nodiscard]] static bool TakeNumber(IsolateNumber* number);
  // `next_generation` is above all those of its handles. Where there is none left, the number
  // rests until there is no other.
  static void GiveBackNumber(const IsolateNumber& number, std::uint32_t next_generation);

  // From here on others can find it, until it is removed. False: TryClose.
  [[nodiscard]] static bool Add(Isolate* isolate);
  // Nothing happens if it has not been added.
  static void Remove(Isolate* isolate);

  static EnterResult TryEnter(ForeignIsolate name);
  // Waits for another thread to leave it, no longer than that (steady time; nothing: as long as it
  // takes) and no longer than it lives.
  static EnterResult EnterWhenLeft(ForeignIsolate name,
                                   std::optional<std::chrono::steady_clock::time_point> until);
  // Calls `use`, during which it cannot end. False: there is no such isolate.
  static bool With(ForeignIsolate name, const std::function<void(Isolate&)>& use);
  // The same for the one with this main port.
  static bool WithMainPort(PortId port, const std::function<void(Isolate&)>& use);
  // The name of the isolate that gave a tagged value out; null if that has ended.
  static ForeignIsolate NameOfOwner(HandleValue value);
  // Tells every isolate, whoever is inside.
  static void NotifyLowMemory();
  static std::size_t Count();

  // ---- For the end of the machine
  // False, and nothing happens, unless every isolate has been left: nobody is inside, nor in the
  // middle of a foreign call. Else none can be entered by name nor added until Open.
  [[nodiscard]] static bool TryClose();
  static void Open();
  // Any one; null when there is none. Between TryClose and Open, by the thread that did so.
  static Isolate* AnyOfClosed();

  // ---- For fork (forking.h). Holds the lock, and keeps all from being entered.
  static void BeforeFork();
  static void AfterForkInParent();
  // Those that only other threads could go on with are isolates no longer; nothing of them is
  // touched again. So are those of `lost`.
  static void AfterForkInChild();
};

}  // namespace fart

#endif  // FART_VM_ISOLATE_REGISTRY_H_
