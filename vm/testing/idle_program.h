// IdleProgram -- a program that answers null to whatever it is asked: tests say what theirs does
// otherwise.

#ifndef FART_VM_TESTING_IDLE_PROGRAM_H_
#define FART_VM_TESTING_IDLE_PROGRAM_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heap/base/safepoint.h"
#include "vm/memory/core_shapes.h"
#include "vm/program.h"
#include "vm/roots/rooted.h"
#include "vm/values/numbers.h"

namespace fart {

class IdleProgram : public Program {
 public:
  Outcome LoadScript(const ScriptSource&) override FART_MAY_COLLECT { return Nothing(); }
  Outcome LoadLibrary(const ScriptSource&) override FART_MAY_COLLECT { return Nothing(); }
  Outcome LoadPart(Rooted, const ScriptSource&) override FART_MAY_COLLECT { return Nothing(); }
  Outcome ImportLibrary(Rooted, Rooted, std::string_view) override FART_MAY_COLLECT {
    return Nothing();
  }
  bool FailLoad(Rooted, Rooted) override FART_MAY_COLLECT { return false; }
  std::vector<std::pair<int, int>> ImportsOf(std::string_view) override { return {}; }
  Outcome Invoke(Rooted, std::string_view, Roots) override FART_MAY_COLLECT { return Nothing(); }
  Outcome InvokeClosure(Rooted, Roots) override FART_MAY_COLLECT { return Nothing(); }
  Outcome ToString(Rooted) override FART_MAY_COLLECT { return Nothing(); }
  Outcome GetProperty(Rooted, std::string_view) override FART_MAY_COLLECT { return Nothing(); }
  Outcome GetField(Rooted, std::string_view) override FART_MAY_COLLECT { return Nothing(); }
  Outcome SetField(Rooted, std::string_view, Rooted) override FART_MAY_COLLECT { return Nothing(); }
  Outcome New(Rooted, std::string_view, Roots) override FART_MAY_COLLECT { return Nothing(); }
  Outcome InvokeConstructor(Rooted, std::string_view, Roots) override FART_MAY_COLLECT {
    return Nothing();
  }
  bool IsMap(Rooted) override { return false; }
  bool IsFuture(Rooted) override { return false; }
  Outcome Equals(Rooted, Rooted) override FART_MAY_COLLECT { return Nothing(); }
  bool IsList(Rooted) override { return false; }
  Outcome HandleMessage(const MessageOrigin&, Rooted) override FART_MAY_COLLECT {
    return Nothing();
  }
  Outcome RunMicrotasks() override FART_MAY_COLLECT { return Nothing(); }
  Outcome FindType(Rooted, std::string_view, Rooted) override FART_MAY_COLLECT { return Nothing(); }
  Outcome TypeOf(Rooted) override FART_MAY_COLLECT { return Nothing(); }
  bool IsInstanceOf(Rooted, Rooted) override FART_MAY_COLLECT { return false; }
  Outcome AllocateInstance(Rooted) override FART_MAY_COLLECT { return Nothing(); }
  Outcome NewNativeWrapperClass(Rooted, std::string_view, std::uint32_t) override FART_MAY_COLLECT {
    return Nothing();
  }
  std::string DescribeUnhandled(Rooted, Rooted) override FART_MAY_COLLECT { return ""; }

 protected:
  static Outcome Nothing() { return Outcome::Immediate(kNull); }
  // Of an int.
  static std::int64_t ValueOf(Rooted integer) FART_MAY_COLLECT {
    const NoSafepointScope quiet;
    return IntegerValue(integer.Get(quiet), quiet);
  }
};

}  // namespace fart

#endif  // FART_VM_TESTING_IDLE_PROGRAM_H_
