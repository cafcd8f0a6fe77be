// CallbackTable -- the functions of an isolate's program that C can call now.
//
// Invariants
//   LN-K1 rooted  a program's function lives as long as its callback is open; a call that runs has
//                 it on the execution stack.
//   LN-K2 ended   all are closed when this ends, and nobody waits to run one (VF-N2).
//
// Not here: threads and errors (vm/ffi/native_callback.h); the natives (natives_callback.cc).

#ifndef FART_LANG_NATIVES_CALLBACK_TABLE_H_
#define FART_LANG_NATIVES_CALLBACK_TABLE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <vector>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/entities.h"
#include "vm/ffi/native_callback.h"
#include "vm/roots/root_table.h"

namespace fart::lang {

struct ForeignFunction;

class CallbackTable {
 public:
  // A stub and its generation: no two callbacks of a process have the same.
  using Id = std::int64_t;
  struct Open {
    ffi::StubId stub;
    RootTable::Slot* closure = nullptr;
    const ForeignFunction* type = nullptr;
  };

  explicit CallbackTable(Isolate& isolate)
      : isolate_(isolate), gate_(std::make_shared<ffi::CallbackGate>(isolate)) {}
  ~CallbackTable();
  CallbackTable(const CallbackTable&) = delete;
  CallbackTable& operator=(const CallbackTable&) = delete;

  // The closure takes as many arguments as the type has. Nothing: all stubs are in use.
  std::optional<Id> Add(Interpreter& interpreter, const ForeignFunction& type, Rooted closure,
                        ffi::NativeCallback::Options options) FART_MAY_COLLECT;
  // The same as before for the same function, type and exceptional result.
  std::optional<Id> AddFunction(Interpreter& interpreter, const ForeignFunction& type,
                                const Function* function, Rooted closure,
                                ffi::NativeCallback::Options options) FART_MAY_COLLECT;
  // Null: it has been closed.
  const Open* Find(Id id) const;
  void Close(Id id);

 private:
  using FunctionKey =
      std::tuple<const Function*, const ForeignFunction*, std::uint64_t, std::uint64_t>;

  Isolate& isolate_;
  const std::shared_ptr<ffi::CallbackGate> gate_;
  std::map<Id, Open> open_;
  std::map<FunctionKey, Id> functions_;
  std::vector<RootTable::Slot*> free_slots_;  // A table of roots gives none back.
};

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_CALLBACK_TABLE_H_
