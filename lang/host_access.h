// HostAccess -- what a host reads, writes and makes of a program by name.
//
// A container is a library, a type or any other value; its private names are those of the library
// that declares it. A `dart:` library keeps its own private names to itself: natives take for
// granted what stands there.
//
// Not here: calls of functions and methods (fart_program.cc).

#ifndef FART_LANG_HOST_ACCESS_H_
#define FART_LANG_HOST_ACCESS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "heap/base/safepoint.h"
#include "lang/interpreter/interpreter.h"
#include "lang/linker/linker.h"
#include "vm/isolate.h"
#include "vm/roots/rooted.h"

namespace fart::lang {

// "2 passed, 1 expected", where so many arguments do not fit. Without the receiver.
std::string CountsOf(const Function& function, std::uint32_t count);

class HostAccess {
 public:
  HostAccess(Isolate& isolate, Linker& linker, Interpreter& interpreter)
      : isolate_(isolate), linker_(linker), interpreter_(interpreter) {}
  HostAccess(const HostAccess&) = delete;
  HostAccess& operator=(const HostAccess&) = delete;

  // Program::GetField and Program::SetField.
  Outcome GetField(Rooted container, std::string_view name) FART_MAY_COLLECT;
  Outcome SetField(Rooted container, std::string_view name, Rooted value) FART_MAY_COLLECT;

  // A class's constructor or factory, called with these arguments: those of a constructor begin
  // with the object. Null: there is none.
  Function* FindConstructor(const Class& cls, std::string_view name) const;
  // Success: kTrue. `function` is the host's.
  Outcome CheckCount(const char* function, const Function& constructor,
                     std::size_t count) FART_MAY_COLLECT;
  Outcome Construct(Function* constructor, Rooted object, Roots arguments) FART_MAY_COLLECT;

 private:
  // What a library or a class has under a name.
  struct Place {
    LinkedLibrary* library = nullptr;
    Class* cls = nullptr;  // Null: the library itself.
    std::string text;      // For messages: "C.name".
    std::string name;
  };
  Place PlaceIn(Rooted container, std::string_view name) FART_MAY_COLLECT;
  Function* FindStaticFunction(const Place& place, FunctionKind kind) const;
  StaticEntity* FindVariable(const Place& place) const;
  Outcome NotFound(const char* function, const Place& place) FART_MAY_COLLECT;
  Outcome GetStatic(const Place& place) FART_MAY_COLLECT;
  Outcome SetStatic(const Place& place, Rooted value) FART_MAY_COLLECT;
  // Whether what the name means in an object of that class is a field without a setter.
  static bool IsFinalField(const Class& cls, const Name& name);

  Isolate& isolate_;
  Linker& linker_;
  Interpreter& interpreter_;
};

}  // namespace fart::lang

#endif  // FART_LANG_HOST_ACCESS_H_
