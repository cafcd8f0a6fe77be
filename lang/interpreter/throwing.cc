// How exceptions and errors travel: stack traces, handlers, and the ways of the interpreter to
// throw.

#include <algorithm>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lang/interpreter/activation.h"
#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "vm/values/errors.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"
#include "vm/values/symbol_table.h"

namespace fart::lang {

// ---- Pending (LI-F3) ----------------------------------------------------------------------------

void Interpreter::SetPending(ObjectPtr exception) {
  isolate_.roots().Set(pending_exception_, exception);
  isolate_.roots().Set(pending_trace_, kNull);
  pending_is_error_ = false;
}

void Interpreter::SetPendingOutOfMemory() { SetPending(out_of_memory_->value); }
void Interpreter::SetPendingStackOverflow() { SetPending(stack_overflow_->value); }
void Interpreter::SetPendingAgain(ObjectPtr exception, ObjectPtr trace) {
  SetPending(exception);
  isolate_.roots().Set(pending_trace_, trace);
}

Outcome Interpreter::TakePending() {
  const Rooted exception(&pending_exception_->value);
  if (!pending_is_error_) {
    const Rooted trace(&pending_trace_->value);
    const Outcome error = NewUnhandledException(isolate_, exception, trace);
    SetPending(kNull);
    return error;
  }
  const NoSafepointScope quiet;
  const ObjectPtr error = exception.Get(quiet);
  SetPending(kNull);
  return Outcome::Error(error, quiet);
}

// ---- Stack traces -------------------------------------------------------------------------------

namespace {

// Of the frames of a long trace, these many innermost and outermost ones are kept.
constexpr std::size_t kInnermostKept = 80;
constexpr std::size_t kOutermostKept = 20;

struct TraceEntry {
  const Function* function;  // Null: `offset` frames are left out here.
  std::int64_t offset;
};

bool IsHidden(const Function& function) {
  if (function.compiled == nullptr) return true;
  return function.library->is_bundled && function.compiled->name.text.starts_with("_throw");
}

void Shorten(std::vector<TraceEntry>* entries) {
  const std::size_t size = entries->size();
  if (size <= kInnermostKept + kOutermostKept) return;
  const std::size_t omitted = size - kInnermostKept - kOutermostKept;
  (*entries)[kInnermostKept] = {nullptr, static_cast<std::int64_t>(omitted)};
  const auto first = entries->begin() + kInnermostKept + 1;
  entries->erase(first, first + static_cast<std::ptrdiff_t>(omitted) - 1);
}

}  // namespace

FreshObject Interpreter::NewStackTrace() {
  try {
    return MakeStackTrace();
  } catch (const std::bad_alloc&) {
    return FreshObject();
  }
}

bool Interpreter::IsRunning(const Function& function) const {
  bool is_running = false;
  WalkFrames([&](const Frame& frame) { is_running = is_running || frame.function == &function; });
  return is_running;
}

FreshObject Interpreter::MakeStackTrace() {
  std::vector<TraceEntry> entries;
  WalkFrames([&entries](const Frame& frame) {
    if (IsHidden(*frame.function)) return;
    entries.push_back({frame.function, frame.pc - frame.function->code});
  });
  Shorten(&entries);

  StackRoots<1> roots(stack_);
  const FreshObject array = NewArray(mutator(), entries.size() * 2);
  if (array.is_null()) return array;
  {
    const NoSafepointScope quiet;
    const ObjectPtr frames = array.Get(quiet);
    ObjectPtr* slot = ArrayElements(frames, quiet);
    for (const TraceEntry& entry : entries) {
      *slot++ = AsWord(entry.function);  // No reference: needs no barrier.
      *slot++ = ObjectPtr::FromSmi(entry.offset);
    }
    roots.Set(0, frames);
  }
  const FreshObject trace = mutator().Allocate(core_shape::kStackTrace);
  if (trace.is_null()) return trace;
  const NoSafepointScope quiet;
  const ObjectPtr object = trace.Get(quiet);
  mutator().InitField(object, SlotAt(object, kTraceFramesOffset, quiet), roots[0].Get(quiet));
  return trace;
}

namespace {

// Of a frame whose pc is `offset` words into the code.
std::string LineOf(std::size_t number, const Function& function, std::int64_t offset) {
  const CompiledFunction& compiled = *function.compiled;
  const LineEntry place = compiled.PlaceOf(static_cast<std::uint32_t>(offset - 1));  // LI-F2
  const CompiledLibrary& library = *function.library->compiled;
  const auto file = static_cast<std::size_t>(compiled.source_file);
  return "#" + std::to_string(number) + " " + compiled.qualified_name + " (" +
         (file < library.files.size() ? library.files[file] : library.uri) + ":" +
         std::to_string(place.line) + ":" + std::to_string(place.column) + ")\n";
}

}  // namespace

std::string Interpreter::StackTraceText(ObjectPtr trace, const NoSafepointScope& quiet) const {
  if (!HasShape(trace, core_shape::kStackTrace)) return "";
  const ObjectPtr frames = *SlotAt(trace, kTraceFramesOffset, quiet);
  const ListElements elements = ElementsOf(frames, quiet);
  std::string text;
  std::size_t number = 0;
  for (std::size_t i = 0; i + 1 < elements.length; i += 2) {
    const auto* const function = FromWord<const Function>(elements.first[i]);
    const std::int64_t offset = elements.first[i + 1].SmiValue();
    if (function == nullptr) {
      text += "... " + std::to_string(offset) + " more ...\n";
      number += static_cast<std::size_t>(offset);
      continue;
    }
    text += LineOf(number++, *function, offset);
  }
  return text;
}

std::string Interpreter::ProgramStackText(std::size_t most) const {
  std::string text;
  std::size_t number = 0;
  WalkFrames([&](const Frame& frame) {
    const Function& function = *frame.function;
    if (IsHidden(function) || (number == 0 && function.library->is_bundled)) return;
    if (number < most) text += LineOf(number, function, frame.pc - function.code);
    ++number;
  });
  return text;
}

// ---- Unwinding ----------------------------------------------------------------------------------

bool Interpreter::Throw() {
  const FreshObject trace = NewStackTrace();
  {
    const NoSafepointScope quiet;
    isolate_.roots().Set(pending_trace_, trace.is_null() ? kNull : trace.Get(quiet));
  }
  RememberTrace();
  return Unwind();
}

// Error.stackTrace is the trace of the first throw. The ready-made errors are thrown again and
// again; theirs is the last.
void Interpreter::RememberTrace() {
  const NoSafepointScope quiet;
  const ObjectPtr exception = pending_exception_->value;
  if (!exception.IsHeapObject()) return;
  bool has_field = false;
  for (const Class* cls = ClassOf(exception); cls != nullptr; cls = cls->superclass) {
    has_field |= cls == linker_.core_class(CoreClass::kError) ||
                 cls == linker_.core_class(CoreClass::kOutOfMemoryError) ||
                 cls == linker_.core_class(CoreClass::kStackOverflowError);
  }
  if (!has_field) return;
  ObjectPtr* const slot = SlotAt(exception, kErrorTraceOffset, quiet);
  const bool is_ready_made =
      exception == out_of_memory_->value || exception == stack_overflow_->value;
  if (slot->is_null() || is_ready_made) {
    mutator().StoreField(exception, slot, pending_trace_->value);
  }
}

bool Interpreter::Unwind() {
  if (pending_is_error_) frame_ = Frame{};
  while (frame_.function != nullptr) {
    const Function& function = *frame_.function;
    ObjectPtr* const linkage = frame_.fp + function.slot_count;
    if (function.compiled != nullptr) {
      const auto pc = static_cast<std::uint32_t>(frame_.pc - function.code) - 1;  // LI-F2
      for (const ExceptionHandler& handler : function.compiled->handlers) {
        if (pc < handler.start || pc >= handler.end) continue;
        stack_.SetTop(linkage + kLinkageWords);
        frame_.fp[handler.exception_slot] = pending_exception_->value;
        frame_.fp[handler.trace_slot] = pending_trace_->value;
        frame_.pc = function.code + handler.handler;
        SetPending(kNull);
        return true;
      }
    }
    stack_.SetTop(frame_.fp);
    frame_ = {FromWord<const CodeWord>(linkage[0]), FromWord<ObjectPtr>(linkage[1]),
              FromWord<Function>(linkage[2])};
  }
  return false;
}

// ---- Ways to throw ------------------------------------------------------------------------------

bool Interpreter::ThrowOperand() {
  const ObjectPtr exception = stack_.top()[-1];
  stack_.SetTop(stack_.top() - 1);
  if (exception.is_null()) return CallHelper(Helper::kNullThrown);
  SetPending(exception);
  return Throw();
}

bool Interpreter::Rethrow(ObjectPtr exception, ObjectPtr trace) {
  SetPendingAgain(exception, trace);
  return Unwind();
}

bool Interpreter::ThrowOutOfMemory() {
  SetPendingOutOfMemory();
  return Throw();
}

bool Interpreter::ThrowStackOverflow() {
  SetPending(stack_overflow_->value);
  return Throw();
}

bool Interpreter::LimitReached() {
  if (!isolate_.IsStopRequested()) return ThrowStackOverflow();
  const FreshObject trace = NewStackTrace();
  StackRoots<1> root(stack_);
  if (!trace.is_null()) {
    const NoSafepointScope quiet;
    root.Set(0, trace.Get(quiet));
  }
  return HandleError(isolate_.NewStopError(root[0]));
}

bool Interpreter::CallHelper(Helper helper) { return Enter(linker_.helper(helper)); }

bool Interpreter::PushText(std::string_view text) {
  const FreshObject string = NewStringFromUtf8(mutator(), text);
  if (string.is_null()) return false;
  const NoSafepointScope quiet;
  stack_.Push(string.Get(quiet));
  return true;
}

bool Interpreter::PushInteger(std::int64_t value) {
  const FreshObject integer = NewInteger(mutator(), value);
  if (integer.is_null()) return false;
  const NoSafepointScope quiet;
  stack_.Push(integer.Get(quiet));
  return true;
}

bool Interpreter::CallHelperWithText(Helper helper, std::string_view text) {
  return PushText(text) ? CallHelper(helper) : ThrowOutOfMemory();
}

// ---- Arguments that do not fit ------------------------------------------------------------------

Done Interpreter::Refuse(std::uint32_t which, std::string rule) {
  refusal_.kind = Refusal::Kind::kRule;
  refusal_.which = which;
  refusal_.rule = std::move(rule);
  return Done::kRefused;
}

Done Interpreter::RefusePlace(std::uint32_t which, std::string rule) {
  Refuse(which, std::move(rule));
  refusal_.kind = Refusal::Kind::kPlace;
  return Done::kRefused;
}

Done Interpreter::RefuseRange(std::uint32_t which, std::int64_t minimum, std::int64_t maximum) {
  refusal_.kind = Refusal::Kind::kRange;
  refusal_.which = which;
  refusal_.minimum = minimum;
  refusal_.maximum = maximum;
  return Done::kRefused;
}

Done Interpreter::RefuseIndex(std::uint32_t which, std::int64_t length) {
  refusal_.kind = Refusal::Kind::kIndex;
  refusal_.which = which;
  refusal_.maximum = length;
  return Done::kRefused;
}

namespace {

// Of an object, whose class a call does not name.
bool IsMember(const CompiledFunction& function) {
  return function.has_receiver() && function.kind != FunctionKind::kGenerativeConstructor;
}

// Whether a program can have named it in a call. Parts of a library begin with an underscore.
bool IsCalledByName(const CompiledFunction& function) {
  return function.kind != FunctionKind::kClosure &&
         function.kind != FunctionKind::kStaticInitializer &&
         !function.name.text.starts_with('_') &&
         (IsMember(function) || (!function.qualified_name.starts_with('_') &&
                                 !function.qualified_name.starts_with("new _")));
}

std::string NameInCalls(const CompiledFunction& function) {
  if (function.kind == FunctionKind::kSetter) return function.name.text + "=";
  if (IsMember(function)) return function.name.text;
  constexpr std::string_view kNew = "new ";
  const std::string& name = function.qualified_name;
  return name.starts_with(kNew) ? name.substr(kNew.size()) : name;
}

}  // namespace

std::string Interpreter::CalledName(const Function& function, std::string_view parameter) const {
  const auto takes = [parameter](const CompiledFunction& compiled) {
    return std::any_of(compiled.parameters.begin(), compiled.parameters.end(),
                       [parameter](const Parameter& each) { return each.name == parameter; });
  };
  const CompiledFunction* nearest = nullptr;
  const CompiledFunction* taking = nullptr;
  const Function* called = &function;
  Frame caller = frame_;
  while (true) {
    const CompiledFunction& compiled = *called->compiled;
    if (IsCalledByName(compiled)) {
      if (nearest == nullptr) nearest = &compiled;
      if (takes(compiled)) taking = &compiled;
    }
    called = caller.function;
    if (called == nullptr || called->compiled == nullptr || !called->library->is_bundled) break;
    const ObjectPtr* const linkage = caller.fp + called->slot_count;
    caller = {nullptr, FromWord<ObjectPtr>(linkage[1]), FromWord<Function>(linkage[2])};
  }
  if (taking != nullptr) return NameInCalls(*taking);
  std::string name = NameInCalls(nearest != nullptr ? *nearest : *function.compiled);
  name.erase(0, name.find_first_not_of('_'));
  return name;
}

bool Interpreter::ThrowRefusal(const Function& function, ObjectPtr* arguments) {
  const Refusal refusal = std::exchange(refusal_, Refusal{});
  const CompiledFunction& compiled = *function.compiled;
  const std::uint32_t receivers = function.has_receiver ? 1 : 0;
  const ObjectPtr sequence = arguments[0];
  arguments[0] = arguments[refusal.which];
  arguments[1] = sequence;
  const bool is_index = refusal.kind == Refusal::Kind::kIndex;
  stack_.SetTop(arguments + (is_index ? 2 : 1));
  std::string name = refusal.name;
  if (name.empty() && refusal.which >= receivers) {
    name = compiled.parameters[refusal.which - receivers].name;
  }
  if (is_index) {
    if (!PushInteger(refusal.maximum) || !PushText(name)) return ThrowOutOfMemory();
    return CallHelper(Helper::kIndexError);
  }
  if (!PushText(CalledName(function, name)) || !PushText(name)) return ThrowOutOfMemory();
  if (refusal.kind != Refusal::Kind::kRange) {
    const bool is_rule = refusal.kind == Refusal::Kind::kRule;
    return CallHelperWithText(is_rule ? Helper::kArgumentRefused : Helper::kPlaceRefused,
                              refusal.rule);
  }
  if (!PushInteger(refusal.minimum) || !PushInteger(refusal.maximum)) return ThrowOutOfMemory();
  return CallHelper(Helper::kArgumentOutOfRange);
}

bool Interpreter::ThrowKind(ThrownKind kind, const RootTable::Slot* message) {
  stack_.Push(message->value);
  switch (kind) {
    case ThrownKind::kAbstractClassInstantiation:
      return CallHelper(Helper::kAbstractInstantiation);
    case ThrownKind::kAssertion:
      return CallHelper(Helper::kAssertion);
    case ThrownKind::kUnsupported:
      return CallHelper(Helper::kUnsupported);
    case ThrownKind::kLate:
      return CallHelper(Helper::kLate);
    case ThrownKind::kNullCheck:
      return CallHelper(Helper::kNullCheck);
  }
  FART_UNREACHABLE();
}

bool Interpreter::ThrowUnresolvedType(const TypeEntity& type) {
  return CallHelperWithText(Helper::kTypeError, "There is no type '" + type.text + "'");
}

bool Interpreter::ThrowCastError(const TypeEntity& type) {
  return CallHelperWithText(Helper::kCastError, type.text);  // The value is on the stack already.
}

namespace {

// What becomes of an error that a native or the VM answered with.
enum class Way : std::uint8_t {
  kOutOfMemory,    // thrown as the program's OutOfMemoryError
  kStackOverflow,  // thrown as the program's StackOverflowError
  kNoSuchNative,   // thrown with the message that says which
  kForeignEscape,  // thrown as a StateError with the message
  kThrow,          // its exception is thrown here
  kRethrow,        // its exception goes on, with the trace that it has
  kDiscard,        // no code of the program sees it: frames are given up as far as to the host
};

Way WayOf(ObjectPtr error, const NoSafepointScope& quiet) {
  switch (ErrorCauseOf(error, quiet)) {
    case ErrorCause::kOutOfMemory:
      return Way::kOutOfMemory;
    case ErrorCause::kStackOverflow:
      return Way::kStackOverflow;
    case ErrorCause::kNoSuchNative:
      return Way::kNoSuchNative;
    case ErrorCause::kForeignEscape:
      return Way::kForeignEscape;
    case ErrorCause::kOther:
    case ErrorCause::kRestart:
      break;
  }
  if (ErrorKindOf(error, quiet) != fart::ErrorKind::kUnhandledException) return Way::kDiscard;
  return ErrorStackTrace(error, quiet).is_null() ? Way::kThrow : Way::kRethrow;
}

}  // namespace

bool Interpreter::HandleError(const Outcome& outcome) {
  Way way = Way::kDiscard;
  {
    const NoSafepointScope quiet;
    const ObjectPtr error = outcome.Get(quiet);
    way = WayOf(error, quiet);
    if (way == Way::kNoSuchNative || way == Way::kForeignEscape)
      stack_.Push(ErrorMessage(error, quiet));
    if (way == Way::kThrow || way == Way::kRethrow) {
      SetPending(ErrorException(error, quiet));
      isolate_.roots().Set(pending_trace_, ErrorStackTrace(error, quiet));
    } else {
      SetPending(error);
    }
  }
  switch (way) {
    case Way::kOutOfMemory:
      return ThrowOutOfMemory();
    case Way::kStackOverflow:
      return ThrowStackOverflow();
    case Way::kNoSuchNative:
      return CallHelper(Helper::kUnsupported);
    case Way::kForeignEscape:
      return CallHelper(Helper::kStateError);
    case Way::kThrow:
      return Throw();
    case Way::kRethrow:
      return Unwind();
    case Way::kDiscard:
      return DiscardFrames();
  }
  FART_UNREACHABLE();
}

// One of the isolate's errors that serve many times.
bool Interpreter::IsReadyMade(ObjectPtr error) const {
  for (std::uint32_t i = 0; i < kErrorTexts; ++i) {
    if (*isolate_.ReadyError(static_cast<ErrorText>(i)).slot() == error) return true;
  }
  return false;
}

// The error in pending_ leaves this activation, with the stack trace of where it came in.
bool Interpreter::DiscardFrames() {
  ++discards_;
  const FreshObject trace = NewStackTrace();
  {
    const NoSafepointScope quiet;
    const ObjectPtr error = pending_exception_->value;
    ObjectPtr* const slot = SlotAt(error, kErrorObjectTraceOffset, quiet);
    if (slot->is_null() && !trace.is_null() && !IsReadyMade(error)) {
      mutator().StoreField(error, slot, trace.Get(quiet));
    }
  }
  pending_is_error_ = true;
  return Unwind();
}

}  // namespace fart::lang
