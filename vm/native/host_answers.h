// HostAnswers -- what a program asks its host for: the sources that it imports, and what has been
// declared for it.
//
// Kept by the table of libraries (libraries.h), for the isolate's life or until the host takes it
// back.
//
// Not here: how a host is called (api).

#ifndef FART_VM_NATIVE_HOST_ANSWERS_H_
#define FART_VM_NATIVE_HOST_ANSWERS_H_

#include <cstdint>
#include <string_view>

#include "heap/base/safepoint.h"
#include "vm/roots/rooted.h"

namespace fart {

class ObjectMemory;

// Finds and reads what libraries import, in place of the program.
class SourceHost {
 public:
  enum class Wish : std::uint8_t {
    kCanonicalUrl,  // what a URL means in that library: a string
    kPart,          // Program::LoadPart is to be called for the library
    kLibrary,       // Program::LoadLibrary is to be called
  };
  virtual ~SourceHost() = default;
  // `library` is the object of the one whose directive it is. The outcome: what the host returned,
  // or an error.
  virtual Outcome Ask(ObjectMemory& memory, Wish wish, Rooted library,
                      std::string_view url) FART_MAY_COLLECT = 0;
};

// Knows what has been declared for a program.
class EnvironmentHost {
 public:
  virtual ~EnvironmentHost() = default;
  // The outcome: a string; null, if nothing is declared under that name; or an error.
  virtual Outcome ValueOf(ObjectMemory& memory, Rooted name) FART_MAY_COLLECT = 0;
};

}  // namespace fart

#endif  // FART_VM_NATIVE_HOST_ANSWERS_H_
