#include "lang/interpreter/interpreter.h"

#include <algorithm>
#include <cstddef>
#include <new>
#include <stdexcept>

#include "lang/interpreter/activation.h"
#include "vm/native/native_call.h"

namespace fart::lang {

Interpreter::Interpreter(Isolate& isolate, Linker& linker)
    : isolate_(isolate),
      stack_(isolate.stack()),
      linker_(linker),
      pending_exception_(isolate.roots().Add()),
      pending_trace_(isolate.roots().Add()),
      out_of_memory_(isolate.roots().Add()),
      stack_overflow_(isolate.roots().Add()),
      found_(kFirstFoundEntries) {}

bool Interpreter::MakeReadyErrors() {
  const auto make = [this](CoreClass which, RootTable::Slot* slot) FART_MAY_COLLECT {
    Class* const cls = linker_.core_class(which);
    if (!linker_.RegisterInstanceShape(cls)) return false;
    const FreshObject fresh = mutator().Allocate(cls->shape);
    if (fresh.is_null()) return false;
    const NoSafepointScope quiet;
    isolate_.roots().Set(slot, fresh.Get(quiet));
    return true;
  };
  return make(CoreClass::kOutOfMemoryError, out_of_memory_) &&
         make(CoreClass::kStackOverflowError, stack_overflow_);
}

bool Interpreter::IsOfClass(ObjectPtr object, const Class& cls) const {
  const std::span<const std::uint64_t> supertypes = ClassOf(object)->supertypes;
  return std::binary_search(supertypes.begin(), supertypes.end(), ClassNumber(cls.ref));
}

void Interpreter::ForEachFrame(
    const std::function<void(const Function&, const TypeArguments*)>& visit) const {
  WalkFrames([&visit](const Frame& frame) {
    const bool is_stub = frame.function->compiled == nullptr;
    visit(*frame.function, is_stub ? nullptr : TypeArgumentsIn(frame));
  });
}

// A constant that a library which stays has too is remembered by that one's slot.
void Interpreter::Forget(const std::vector<Edition*>& editions) {
  const auto ends = [&editions](const Edition* edition) {
    return edition != nullptr &&
           std::find(editions.begin(), editions.end(), edition) != editions.end();
  };
  std::unordered_map<std::uint64_t, Canonical> staying;
  linker_.ForEachStatic([&](const StaticEntity& variable) {
    const Edition* const edition = variable.library->edition;
    if (ends(edition) || !variable.compiled->name.text.empty()) return;
    staying.emplace(variable.value->value.bits(), Canonical{variable.value, edition, nullptr});
  });
  for (auto constant = canonical_.begin(); constant != canonical_.end();) {
    const auto here = constant++;
    if (!ends(here->second.edition)) continue;
    const auto other = staying.find(here->second.slot->value.bits());
    if (other == staying.end()) {
      canonical_.erase(here);
    } else {
      here->second.slot = other->second.slot;
      here->second.edition = other->second.edition;
    }
  }
  std::fill(found_.begin(), found_.end(), Found());
  found_extensions_.clear();
  asked_calls_.fill({});
}

// ---- From outside -------------------------------------------------------------------------------

// Where memory outside the heap is used up, in whatever the running instruction calls, the program
// gets the error that it gets at the heap's limit (LI-F4).
template <typename Begin>
bool Interpreter::RunFrom(Begin&& begin) {
  bool has_begun = false;
  while (true) {
    try {
      const bool goes_on = has_begun ? ThrowOutOfMemory() : begin();
      return goes_on && (frame_.function == nullptr || Run());
    } catch (const std::bad_alloc&) {
    } catch (const std::length_error&) {
    }
    has_begun = true;
  }
}

template <typename Begin>
Outcome Interpreter::Activate(std::size_t words, Begin&& begin) {
  if (!isolate_.HasNativeStack() || !stack_.HasRoomFor(words)) {
    return isolate_.ReadyErrorOutcome(ErrorText::kStackOverflow);
  }
  const Activation activation(*this);
  // Also what begins no frame, and so would not look.
  const auto begin_unless_stopped = [&]() FART_MAY_COLLECT {
    return isolate_.IsStopRequested() ? LimitReached() : begin();
  };
  if (!RunFrom(begin_unless_stopped)) return TakePending();
  const NoSafepointScope quiet;
  return Outcome::Value(stack_.top()[-1], quiet);
}

namespace {

void PushAll(ExecutionStack& stack, Roots values) {
  for (std::size_t i = 0; i < values.size(); ++i) stack.Push(*values[i].slot());
}

// In words, with the receiver or closure.
std::uint32_t WordsFor(Roots arguments) { return static_cast<std::uint32_t>(arguments.size()) + 1; }

}  // namespace

Outcome Interpreter::InvokeFunction(Function* function, Roots arguments) {
  return Activate(arguments.size(), [&]() FART_MAY_COLLECT {
    PushAll(stack_, arguments);
    const bool bound = Bind(*function, static_cast<std::uint32_t>(arguments.size()), {});
    FART_CHECK(bound);  // The caller asked Fits.
    return Enter(function);
  });
}

Outcome Interpreter::InvokeMethod(Rooted receiver, const SelectorEntity& selector,
                                  Roots arguments) {
  return Activate(WordsFor(arguments), [&]() FART_MAY_COLLECT {
    stack_.Push(*receiver.slot());
    PushAll(stack_, arguments);
    return Send(selector, WordsFor(arguments), nullptr);
  });
}

Outcome Interpreter::ReadProperty(Rooted object, const SelectorEntity& getter) {
  InlineCache unused;
  return Activate(1, [&]() FART_MAY_COLLECT {
    stack_.Push(*object.slot());
    return Send(getter, 1, &unused);
  });
}

Outcome Interpreter::WriteProperty(Rooted object, const SelectorEntity& setter, Rooted value) {
  InlineCache unused;
  return Activate(2, [&]() FART_MAY_COLLECT {
    stack_.Push(*object.slot());
    stack_.Push(*value.slot());
    return Send(setter, 2, &unused);
  });
}

Outcome Interpreter::InvokeValue(Rooted value, Roots arguments) {
  const auto count = static_cast<std::uint32_t>(arguments.size());
  return Activate(WordsFor(arguments), [&]() FART_MAY_COLLECT {
    stack_.Push(*value.slot());
    PushAll(stack_, arguments);
    return CallValue(linker_.SelectorOf("call", count), WordsFor(arguments), nullptr);
  });
}

Outcome Interpreter::InvokeTop(const SelectorEntity& selector, std::uint32_t words) {
  const Roots given = Top(words);
  return Activate(words, [&]() FART_MAY_COLLECT {
    PushAll(stack_, given);
    return CallValue(selector, words, nullptr);
  });
}

Outcome Interpreter::InvokeTop(Function* function) {
  const Roots given = Top(function->parameter_count);
  return Activate(given.size(), [&]() FART_MAY_COLLECT {
    PushAll(stack_, given);
    return Enter(function);
  });
}

Outcome Interpreter::ReadStatic(StaticEntity* variable) {
  return Activate(1, [&]() FART_MAY_COLLECT {
    if (variable->value->value == kUninitialised) return LoadStatic(variable);
    stack_.Push(variable->value->value);
    return true;
  });
}

// ---- Frames -------------------------------------------------------------------------------------

bool Interpreter::Enter(Function* function) {
  if (function->entry == Entry::kUnlinked) {
    const Outcome linked = linker_.Link(function);
    if (linked.IsError()) return HandleError(linked);
  }
  ObjectPtr* const arguments = stack_.top() - function->parameter_count;
  switch (function->entry) {
    case Entry::kCode:
      return EnterCode(function);
    case Entry::kIntrinsic: {
      const Done done = function->intrinsic(*this, arguments);
      if (done != Done::kResult) return AfterIntrinsic(done, *function, arguments);
      stack_.SetTop(arguments + 1);
      return true;
    }
    case Entry::kGenericIntrinsic:
    case Entry::kQuick: {
      asked_ = function;
      const Done done = function->intrinsic(*this, arguments);
      if (done != Done::kResult) return AfterIntrinsic(done, *function, arguments);
      stack_.SetTop(arguments + 1);
      return true;
    }
    case Entry::kAdapter:
      return EnterAdapted(static_cast<const Adapter&>(*function));
    case Entry::kNative:
      return CallNativeFunction(function);
    case Entry::kExternal:
      return CallHelperWithText(Helper::kExternal, function->compiled->qualified_name);
    case Entry::kUnlinked:
      break;
  }
  FART_UNREACHABLE();
}

// The same as at the end of Run.
bool Interpreter::EnterCode(Function* function) {
  ObjectPtr* const base = stack_.top() - function->parameter_count;
  if (static_cast<std::ptrdiff_t>(function->frame_words) > stack_.polled_limit() - base) {
    return LimitReached();
  }
  ObjectPtr* const linkage = base + function->slot_count;
  std::fill(stack_.top(), linkage, kNull);
  linkage[0] = AsWord(frame_.pc);
  linkage[1] = AsWord(frame_.fp);
  linkage[2] = AsWord(frame_.function);
  stack_.SetTop(linkage + kLinkageWords);
  frame_ = {function->code, base, function};
  return true;
}

bool Interpreter::AfterIntrinsic(Done done, Function& function, ObjectPtr* arguments) {
  switch (done) {
    case Done::kResult:
      break;
    case Done::kBody:
      return EnterCode(&function);
    case Done::kResume:
      return Resume(arguments);
    case Done::kThrow:
      return Throw();
    case Done::kThrowAgain:
      return Unwind();
    case Done::kRefused:
      return ThrowRefusal(function, arguments);
    case Done::kStopped:
      return LimitReached();
    case Done::kFailed:
      return Fail(arguments[0]);
    case Done::kCall: {
      if (tail_call_ != nullptr) return Enter(tail_call_);
      const auto words = static_cast<std::uint32_t>(stack_.top() - arguments);
      if (tail_selector_ != nullptr) return CallValue(*tail_selector_, words, nullptr);
      return CallValue(linker_.SelectorOf("call", words - 1), words, nullptr);
    }
  }
  FART_UNREACHABLE();
}

bool Interpreter::Fail(ObjectPtr error) {
  const Outcome outcome = [error]() FART_MAY_COLLECT {
    const NoSafepointScope quiet;
    return Outcome::Error(error, quiet);
  }();
  return HandleError(outcome);  // Which may collect, where frames are discarded.
}

bool Interpreter::CallNativeFunction(Function* function) {
  const std::uint32_t words = function->parameter_count;
  if (function->intrinsic != nullptr) {  // Of a library's native that code has checked.
    ObjectPtr* const arguments = stack_.top() - words;
    const Done done = function->intrinsic(*this, arguments);
    if (done != Done::kResult) return AfterIntrinsic(done, *function, arguments);
    stack_.SetTop(arguments + 1);
    return true;
  }
  const Outcome outcome = CallNative(isolate_, function->native, Top(words));
  if (outcome.IsError()) return HandleError(outcome);
  const NoSafepointScope quiet;
  Replace(words, outcome.Get(quiet));
  return true;
}

}  // namespace fart::lang
