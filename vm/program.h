// Program -- what the VM and the API ask of the language that runs in an isolate.
//
// Implemented above; an isolate has exactly one, made with it and ended before its heap. Everything
// here runs on the thread that has entered. Arguments are slots, results are Outcomes (rooted.h):
// an exception that nothing caught comes back as an error of kind kUnhandledException.
//
// Not here: the table of libraries (libraries.h), which the language fills and the API reads; what
// messages ask (class_identities.h), where a program without classes has its answers.

#ifndef FART_VM_PROGRAM_H_
#define FART_VM_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heap/base/safepoint.h"
#include "vm/message/class_identities.h"
#include "vm/roots/rooted.h"
#include "vm/values/send_port.h"

namespace fart {

class Isolate;

// A script as a host hands it over.
struct ScriptSource {
  std::string url;   // for messages and stack traces
  std::string path;  // absolute; relative imports are found from here
  std::string text;  // UTF-8
  // Up to kMostOffset each: whoever reads the text may put so much before it.
  static constexpr std::int64_t kMostOffset = (1 << 24) - 1;
  std::int64_t line_offset = 0;
  std::int64_t column_offset = 0;
  int hidden_lines = 0;  // the first ones of `text`, which are not counted: no part of the script
};

// What is known of a message besides its value.
struct MessageOrigin {
  PortId port = kNoPort;        // the open port of this isolate that it came by
  PortId reply_port = kNoPort;  // where an answer is expected; kNoPort: nowhere
  bool is_error = false;        // instead of an answer: the value is a string that says why
};

class Program : public ClassIdentities {
 public:
  // Compiles and links the root script and what it imports. The outcome is its library object.
  virtual Outcome LoadScript(const ScriptSource& script) FART_MAY_COLLECT = 0;

  // ---- What a host hands over when it is asked for sources (native/host_answers.h)
  // A library: for the load that goes on, else compiled and linked at once, with what it imports.
  // The outcome is its library object.
  virtual Outcome LoadLibrary(const ScriptSource& source) FART_MAY_COLLECT = 0;
  // A part of a library that is being loaded. Success: kTrue.
  virtual Outcome LoadPart(Rooted library, const ScriptSource& source) FART_MAY_COLLECT = 0;
  // One more import of a library that is being loaded. The prefix may be empty. Success: kTrue.
  virtual Outcome ImportLibrary(Rooted library, Rooted imported,
                                std::string_view prefix) FART_MAY_COLLECT = 0;
  // The load that goes on comes to this error. False: the library is not being loaded.
  virtual bool FailLoad(Rooted library, Rooted error) FART_MAY_COLLECT = 0;
  // Imports and exports of what is loaded whose target's URL begins with that: the numbers of
  // importer and target.
  virtual std::vector<std::pair<int, int>> ImportsOf(std::string_view beginning) = 0;

  // Calls a top-level function (target: a library object) or a method (any other value, null too).
  // Arguments exclude the receiver; none is an error.
  virtual Outcome Invoke(Rooted target, std::string_view name,
                         Roots arguments) FART_MAY_COLLECT = 0;

  // Calls a closure, or the `call` method of any other object.
  virtual Outcome InvokeClosure(Rooted closure, Roots arguments) FART_MAY_COLLECT = 0;

  // The object's text, a string. Any value of a program: neither an error nor a library.
  virtual Outcome ToString(Rooted object) FART_MAY_COLLECT = 0;

  // What the object's getter or field of that name answers. Any value of a program.
  virtual Outcome GetProperty(Rooted object, std::string_view name) FART_MAY_COLLECT = 0;

  // What a name means in a container: in a library its top-level variable or getter, in a type the
  // static one of its class, in any other value what its getter or field answers. A function is
  // torn off.
  virtual Outcome GetField(Rooted container, std::string_view name) FART_MAY_COLLECT = 0;
  // The outcome of a static one is kTrue, else what the setter returns.
  virtual Outcome SetField(Rooted container, std::string_view name,
                           Rooted value) FART_MAY_COLLECT = 0;

  // Makes an object of a type's class with a constructor or factory; its name may be empty.
  virtual Outcome New(Rooted type, std::string_view name, Roots arguments) FART_MAY_COLLECT = 0;
  // Runs a constructor of the object's class on it. The outcome is the object.
  virtual Outcome InvokeConstructor(Rooted object, std::string_view name,
                                    Roots arguments) FART_MAY_COLLECT = 0;

  // Whether the object's class implements Map, and Future.
  virtual bool IsMap(Rooted object) = 0;
  virtual bool IsFuture(Rooted object) = 0;

  // What == answers: kTrue or kFalse, or an error.
  virtual Outcome Equals(Rooted a, Rooted b) FART_MAY_COLLECT = 0;

  // Whether the object is a list: built in, or an instance of a class that implements List.
  virtual bool IsList(Rooted object) = 0;

  // Runs what the program has for messages of that port, then its microtasks. The outcome: kTrue,
  // or an error that nothing caught. (event_loop.h)
  virtual Outcome HandleMessage(const MessageOrigin& origin, Rooted message) FART_MAY_COLLECT = 0;

  // Runs what the program has put off until it is next idle, and what that puts off, until nothing
  // is left. The outcome: kTrue, or an error that nothing caught; what is left then stays.
  virtual Outcome RunMicrotasks() FART_MAY_COLLECT = 0;

  // ---- Classes. A type is an object of core_shape::kType.
  // The type of the class that `name` means in a library, private ones too; of the class with type
  // arguments if `arguments`, a built-in list of types, is not null. The number must be right.
  virtual Outcome FindType(Rooted library, std::string_view name,
                           Rooted arguments) FART_MAY_COLLECT = 0;
  // The type of a value's class; null has one too.
  virtual Outcome TypeOf(Rooted value) FART_MAY_COLLECT = 0;
  virtual bool IsInstanceOf(Rooted value, Rooted type) FART_MAY_COLLECT = 0;
  // A new instance of a type's class, without running a constructor: its fields are null.
  virtual Outcome AllocateInstance(Rooted type) FART_MAY_COLLECT = 0;
  // Declares an empty class in a library, whose instances have that many native fields
  // (native_fields.h), at most kMaxNativeFields. The outcome is its type.
  virtual Outcome NewNativeWrapperClass(Rooted library, std::string_view name,
                                        std::uint32_t fields) FART_MAY_COLLECT = 0;

  // ---- Names, for who looks into the heap (vm/inspect). Nothing is allocated in it.
  // The class whose objects have this shape; empty: no program knows one.
  virtual std::string ClassNameOf(ShapeId /*shape*/) { return {}; }
  // The field that is the reference of that number; empty: it has no name.
  virtual std::string FieldNameOf(ShapeId /*shape*/, std::uint32_t /*reference*/) { return {}; }
  // The reference that leads to the entries of a map whose objects have this shape: a built-in
  // list, of which three elements are an entry, a hash, a key and its value; the hash of what is
  // none any more is below 0. None: they are no such maps.
  virtual std::optional<std::uint32_t> MapEntriesOf(ShapeId /*shape*/) { return std::nullopt; }
  // The variables of the program that outlive every function.
  using StaticVisit = std::function<void(const ObjectPtr* slot, const std::string& name)>;
  virtual void VisitStatics(const StaticVisit& /*visit*/) {}
  // The functions that closures are of: the word that their objects have as their first reference,
  // and the names of captured values, by number; of some behind those there is none. A closure
  // whose function is not visited has died.
  using ClosureVisit =
      std::function<void(ObjectPtr function, const std::vector<std::string>& captured)>;
  virtual void VisitClosureFunctions(const ClosureVisit& /*visit*/) {}
  // The objects that handle messages of the program's open ports, by the ports' numbers.
  using PortVisit = std::function<void(std::int64_t port, ObjectPtr handler)>;
  virtual void VisitPorts(const PortVisit& /*visit*/) {}
  // The program's functions that are running, innermost first, a line each.
  virtual std::string StackText(std::size_t /*most*/) { return {}; }

  // What is said of an exception that nothing caught: its text, then its stack trace where it has
  // one. An exception whose toString throws still gets a text.
  virtual std::string DescribeUnhandled(Rooted exception, Rooted stack_trace) FART_MAY_COLLECT = 0;
};

// Makes the program of a new isolate, which is entered and otherwise complete. Null: it cannot be
// made, and *error says why.
using ProgramFactory = std::unique_ptr<Program> (*)(Isolate& isolate, std::string* error);

// The program of an isolate that runs no language: loading and calling is answered with an error,
// built-in values have their text and their equality.
std::unique_ptr<Program> MakeNoProgram(Isolate& isolate, std::string* error);

}  // namespace fart

#endif  // FART_VM_PROGRAM_H_
