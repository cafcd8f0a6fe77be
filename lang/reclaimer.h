// Reclaimer -- ends the code of scripts whose place others have taken, when nobody can get hold of
// it any more (docs/design/reload.md).
//
// It asks who is reached: a census of all objects (gc/census.h), in which the slots of an edition
// are roots only once something else leads to the edition. What weak handles and weak references
// alone lead to can still be had by a host; so where that is all that leads to an edition, a
// collection clears them first. Frames of the program name functions, too; what is called in the
// frames of C++ between them is named by those, or by an object that they hold.
//
// Invariants
//   L-R1 kept     an edition is ended only if no object that a program or a host can get hold of
//                 is an instance of its classes, has one of them in its type arguments, is a
//                 closure of its code, one of its types or libraries, or a stack trace with a line
//                 of it; and no frame is of its code or has its classes for type arguments.
//   L-R2 seldom   what a census costs is made up for by the loads since the last one: what they
//                 left is as much as what it left, and not little beside the heap that it walks.
//   L-R3 bounded  what retired editions hold is at most twice what is reached of them, an eighth of
//                 the heap, or kAlwaysAllowed.

#ifndef FART_LANG_RECLAIMER_H_
#define FART_LANG_RECLAIMER_H_

#include <cstddef>
#include <vector>

#include "gc/census.h"
#include "heap/base/safepoint.h"
#include "lang/interpreter/interpreter.h"
#include "lang/linker/linker.h"
#include "lang/loader/loader.h"
#include "vm/isolate.h"

namespace fart::lang {

class Reclaimer final : private CensusTaker {
 public:
  static constexpr std::size_t kAlwaysAllowed = 256 * 1024;

  Reclaimer(Isolate& isolate, Loader& loader, Linker& linker, Interpreter& interpreter)
      : isolate_(isolate), loader_(loader), linker_(linker), interpreter_(interpreter) {}
  Reclaimer(const Reclaimer&) = delete;
  Reclaimer& operator=(const Reclaimer&) = delete;

  // Ends what can be ended, if that is worth looking now (L-R2). Under stress always, so that every
  // use of what was ended too early is found.
  void RunIfDue() FART_MAY_COLLECT {
    const std::size_t weight = loader_.retired_weight();
    if (weight == 0) [[likely]]
      return;
    if (weight >= due_at_ || isolate_.heap().knobs().stress_interval != 0) Run();
  }

 private:
  void Run() FART_MAY_COLLECT;
  void EndUnreached() FART_MAY_COLLECT;
  // Of the retired editions those that are not reached. False: there was no memory to see.
  [[nodiscard]] bool FindUnreached(CensusWeaks weaks, std::vector<Edition*>* unreached);
  void End(const std::vector<Edition*>& editions);
  void PlanNext();

  void Reach(Edition* edition);
  void ReachClass(const Class* cls) {
    if (cls != nullptr) Reach(cls->library->edition);
  }
  void ReachClassesOf(const TypeArguments* arguments) {
    if (arguments != nullptr) static_cast<void>(AnyClassIn(*arguments, reach_));
  }
  void ReachFramesOf(ObjectPtr trace, const NoSafepointScope& quiet);
  void VisitObject(ObjectPtr object) override FART_NO_SAFEPOINT_ANALYSIS;
  bool VisitMore(SlotVisitor& visitor) override;

  Isolate& isolate_;
  Loader& loader_;
  Linker& linker_;
  Interpreter& interpreter_;
  // For AnyClassIn: of all of them.
  struct {
    Reclaimer& reclaimer;
    bool operator()(const Class& cls) const {
      reclaimer.ReachClass(&cls);
      return false;
    }
  } reach_{*this};
  std::size_t due_at_ = kAlwaysAllowed;
  std::vector<Edition*> reached_;  // Whose slots have not been visited; with room for all.
};

}  // namespace fart::lang

#endif  // FART_LANG_RECLAIMER_H_
