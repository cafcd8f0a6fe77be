#include "lang/natives/callback_table.h"

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "lang/natives/foreign_state.h"
#include "lang/natives/natives_ffi.h"
#include "lang/natives/natives_ffi_struct.h"
#include "lang/natives/quick_foreign.h"
#include "vm/values/errors.h"

namespace fart::lang {

namespace {

CallbackTable::Id IdOf(ffi::StubId stub) {
  return static_cast<CallbackTable::Id>(std::uint64_t{stub.generation} * ffi::kCallbackStubs +
                                        stub.index);
}

class ProgramCallback final : public ffi::NativeCallback {
 public:
  ProgramCallback(std::shared_ptr<ffi::CallbackGate> gate, Options options,
                  Interpreter& interpreter, const ForeignFunction& type,
                  const RootTable::Slot* closure, Function* simple)
      : NativeCallback(std::move(gate), std::move(options)),
        interpreter_(interpreter),
        type_(type),
        closure_(closure),
        simple_(simple),
        selector_(interpreter.linker().SelectorOf(
            "call", static_cast<std::uint32_t>(type.type->parameter_count()))) {}

  Outcome Run(ffi::Registers* registers, const std::uint64_t* stack) override FART_MAY_COLLECT {
    ExecutionStack& slots = interpreter_.stack();
    const std::vector<ffi::ArgumentStep>& steps = options().plan.arguments;
    const auto words = static_cast<std::uint32_t>(1 + steps.size());
    if (!slots.HasRoomFor(2 * words)) [[unlikely]]
      return interpreter_.isolate().ReadyErrorOutcome(ErrorText::kStackOverflow);
    // Also when the thread is cancelled inside (VR-E3).
    struct Pushed {
      ExecutionStack& slots;
      ObjectPtr* const base = slots.top();
      ~Pushed() { slots.SetTop(base); }
    } const pushed{slots};
    PushCalled(slots);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      slots.Push(kNull);
      if (IntegerQuickly(steps[i], registers, stack)) [[likely]]
        continue;
      const Outcome taken = Argument(i, registers, stack);
      if (taken.IsError()) [[unlikely]]
        return taken;
    }
    const Outcome outcome = simple_ != nullptr ? interpreter_.InvokeTop(simple_)
                                               : interpreter_.InvokeTop(selector_, words);
    if (outcome.IsError()) [[unlikely]]
      return outcome;
    if (TakeIntegerQuickly(outcome, registers)) [[likely]]
      return Outcome::Immediate(kTrue);
    return TakeResult(outcome, registers);
  }

 private:
  // What lies under the arguments.
  void PushCalled(ExecutionStack& slots) FART_NO_SAFEPOINT_ANALYSIS {
    if (simple_ == nullptr) return slots.Push(closure_->value);
    const NoSafepointScope quiet;
    if (simple_->has_receiver) {
      slots.Push(interpreter_.ReceiverOfClosure(closure_->value, quiet));
    }
  }

  // An argument that is a small int, on top of the stack. False: it is none.
  bool IntegerQuickly(const ffi::ArgumentStep& step, ffi::Registers* registers,
                      const std::uint64_t* stack) {
    return step.form.is_integer &&
           AnswerQuickly(interpreter_.stack().top() - 1,
                         step.form.Value(*ffi::CallbackWord(registers, stack, step.word)));
  }
  // The result, if it is one.
  bool TakeIntegerQuickly(const Outcome& outcome,
                          ffi::Registers* registers) FART_NO_SAFEPOINT_ANALYSIS {
    const ffi::IntegerForm form = options().plan.result_form;
    const NoSafepointScope quiet;
    const ObjectPtr result = outcome.Get(quiet);
    if (!form.is_integer || !result.IsSmi()) return false;
    const auto value = static_cast<std::uint64_t>(result.SmiValue());
    registers->result_integer[0] = static_cast<std::uint64_t>(form.Value(value));
    return true;
  }

  // On top of the stack. kTrue, or an error.
  [[gnu::noinline]] Outcome Argument(std::size_t i, ffi::Registers* registers,
                                     const std::uint64_t* stack) FART_MAY_COLLECT {
    const ffi::ArgumentStep& step = options().plan.arguments[i];
    const ffi::NativeType& native = *type_.signature->types.parameters[i];
    TypeEntity& type = *type_.parameter_types[i];
    ObjectPtr* const place = interpreter_.stack().top() - 1;
    if (native.kind == ffi::NativeKind::kHandle) {
      return HandleArgument(i, *ffi::CallbackWord(registers, stack, step.word), place);
    }
    Done done = Done::kFailed;
    if (native.IsCompound()) {
      std::vector<std::uint8_t> bytes(native.size);
      ffi::LoadCallbackArgument(options().plan, step, registers, stack, bytes.data());
      done = AnswerCompound(interpreter_, place, type, bytes.data(), bytes.size());
    } else {
      done = AnswerForeignWord(interpreter_, place, native, type,
                               *ffi::CallbackWord(registers, stack, step.word));
    }
    if (done == Done::kResult) [[likely]]
      return Outcome::Immediate(kTrue);
    return interpreter_.isolate().ReadyErrorOutcome(ErrorText::kOutOfMemory);
  }

  Outcome HandleArgument(std::size_t i, std::uint64_t word, ObjectPtr* place) FART_MAY_COLLECT {
    Isolate& isolate = interpreter_.isolate();
    const ResolveResult resolved = isolate.handles().Resolve(HandleValue::FromBits(word));
    {
      const NoSafepointScope quiet;
      if (resolved.ok() && !IsError(resolved.Get(quiet))) {
        *place = resolved.Get(quiet);
        return Outcome::Immediate(kTrue);
      }
    }
    return NewError(isolate, ErrorKind::kApi, ErrorCause::kForeignEscape,
                    "Argument " + std::to_string(i + 1) + " of a callback of type '" +
                        options().name + "' must be a live handle of a value.");
  }

  Outcome WrongResult(const std::string& rule) FART_MAY_COLLECT {
    return NewError(interpreter_.isolate(), ErrorKind::kApi, ErrorCause::kForeignEscape,
                    "What a callback of type '" + options().name + "' returns " + rule);
  }

  // False: *rule says what it must be.
  bool TakeCompoundResult(const Outcome& outcome, ffi::Registers* registers,
                          std::string* rule) FART_NO_SAFEPOINT_ANALYSIS {
    const ffi::CallPlan& plan = options().plan;
    const NoSafepointScope quiet;
    const void* const bytes =
        FindCompound(interpreter_, outcome.Get(quiet), *type_.signature->types.result,
                     *type_.type->result(), rule, quiet);
    if (bytes == nullptr) return false;
    if (plan.result == ffi::ResultWay::kRegisters) {
      ffi::StoreCallbackResult(plan, bytes, registers);
      return true;
    }
    const std::uint64_t address = *ffi::CallbackWord(registers, nullptr, plan.result_address_word);
    std::memcpy(reinterpret_cast<void*>(address), bytes, plan.result_size);
    registers->result_integer[0] = address;
    return true;
  }

  // In the scope of whoever calls.
  Outcome TakeHandle(const Outcome& outcome, ffi::Registers* registers) FART_MAY_COLLECT {
    Isolate& isolate = interpreter_.isolate();
    HandleValue handle;
    {
      const NoSafepointScope quiet;
      handle = NewHandle(isolate.handles().locals, outcome.Get(quiet));
    }
    if (handle.is_empty()) return isolate.ReadyErrorOutcome(ErrorText::kNoHandleSpace);
    registers->result_integer[0] = handle.bits();
    return Outcome::Immediate(kTrue);
  }

  [[gnu::noinline]] Outcome TakeResult(const Outcome& outcome,
                                       ffi::Registers* registers) FART_MAY_COLLECT {
    const ffi::CallPlan& plan = options().plan;
    if (plan.result == ffi::ResultWay::kNone) return Outcome::Immediate(kTrue);
    if (plan.result_kind == ffi::NativeKind::kHandle) return TakeHandle(outcome, registers);
    std::uint64_t word = 0;
    std::string rule;
    if (type_.signature->types.result->IsCompound()) {
      if (TakeCompoundResult(outcome, registers, &rule)) return Outcome::Immediate(kTrue);
      return WrongResult(rule);
    }
    bool fits;
    {
      const NoSafepointScope quiet;
      fits = TakeForeignWord(interpreter_, *type_.signature->types.result, outcome.Get(quiet),
                             &word, &rule);
    }
    if (!fits) [[unlikely]]
      return WrongResult(rule);
    const bool is_floating =
        plan.result == ffi::ResultWay::kFloat || plan.result == ffi::ResultWay::kDouble;
    (is_floating ? registers->result_floating[0] : registers->result_integer[0]) = word;
    return Outcome::Immediate(kTrue);
  }

  Interpreter& interpreter_;
  const ForeignFunction& type_;
  const RootTable::Slot* const closure_;
  Function* const simple_;  // Of the closure (Interpreter::SimpleFunctionOf).
  const SelectorEntity& selector_;
};

}  // namespace

CallbackTable::~CallbackTable() {
  for (const auto& [id, each] : open_) static_cast<void>(ffi::CloseCallback(each.stub));
  gate_->End();
}

std::optional<CallbackTable::Id> CallbackTable::Add(Interpreter& interpreter,
                                                    const ForeignFunction& type, Rooted closure,
                                                    ffi::NativeCallback::Options options) {
  options.plan = type.signature->plan;
  options.name = type.type->text;
  if (free_slots_.empty()) free_slots_.push_back(isolate_.roots().Add());
  RootTable::Slot* const slot = free_slots_.back();
  Function* simple;
  {
    const NoSafepointScope quiet;
    simple = interpreter.SimpleFunctionOf(
        closure.Get(quiet), static_cast<std::uint32_t>(type.parameter_types.size()), quiet);
  }
  auto callback =
      std::make_unique<ProgramCallback>(gate_, std::move(options), interpreter, type, slot, simple);
  const std::optional<ffi::StubId> stub = ffi::OpenCallback(std::move(callback));
  if (!stub) return std::nullopt;
  const Id id = IdOf(*stub);
  try {
    open_.emplace(id, Open{*stub, slot, &type});
  } catch (...) {
    static_cast<void>(ffi::CloseCallback(*stub));
    throw;
  }
  free_slots_.pop_back();
  const NoSafepointScope quiet;
  isolate_.roots().Set(slot, closure.Get(quiet));
  return id;
}

std::optional<CallbackTable::Id> CallbackTable::AddFunction(Interpreter& interpreter,
                                                            const ForeignFunction& type,
                                                            const Function* function,
                                                            Rooted closure,
                                                            ffi::NativeCallback::Options options) {
  const FunctionKey key{function, &type, options.exceptional.integer, options.exceptional.floating};
  const auto known = functions_.find(key);
  if (known != functions_.end()) return known->second;
  const std::optional<Id> id = Add(interpreter, type, closure, std::move(options));
  if (id) functions_.emplace(key, *id);
  return id;
}

const CallbackTable::Open* CallbackTable::Find(Id id) const {
  const auto found = open_.find(id);
  return found == open_.end() ? nullptr : &found->second;
}

void CallbackTable::Close(Id id) {
  const auto found = open_.find(id);
  if (found == open_.end()) return;
  const Open open = found->second;
  open_.erase(found);
  static_cast<void>(ffi::CloseCallback(open.stub));
  isolate_.roots().Set(open.closure, kNull);
  free_slots_.push_back(open.closure);
}

}  // namespace fart::lang
