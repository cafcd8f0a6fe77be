// Interpreter -- executes linked bytecode on the isolate's execution stack.
//
// A frame lies on the stack as
//
//     fp: arguments and locals (slot_count words)
//         linkage: the caller's pc, fp and function (kLinkageWords; all even addresses)
//         operands, up to the stack's top
//
// The running frame's pc, fp and function are in `frame_`; while Run's loop is between two
// instructions it keeps pc and the stack's top in local variables and publishes them before
// anything that may collect, call out or throw. A call of Fart by Fart pushes a frame and never
// recurses in C++. A call from outside (Invoke...) starts a new activation: its first frame has a
// null caller, where Return and unwinding leave the loop.
//
// Functions that answer bool leave the machine in one of two states: true: go on at frame_;
// false: leave this activation with what is pending.
//
// Invariants
//   LI-F1 tagged   linkage words are even addresses, hence Smis for the collector.
//   LI-F2 behind   a published pc lies behind a word of the instruction that is executing.
//   LI-F3 pending  an exception or error that is on its way lies in pending_, and only there.
//   LI-F4 whole    what throws std::bad_alloc has left nothing half done, and is called where pc
//   and
//                  top are published: the activation goes on with an OutOfMemoryError.
//                  ThrowOutOfMemory throws nothing.
//
// Not here: how functions are linked (lang/linker), the slow ways to call (calls.cc), throwing
// (throwing.cc), intrinsics (lang/natives).

#ifndef FART_LANG_INTERPRETER_INTERPRETER_H_
#define FART_LANG_INTERPRETER_INTERPRETER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "heap/base/safepoint.h"
#include "lang/linker/entities.h"
#include "lang/linker/linker.h"
#include "vm/isolate.h"
#include "vm/memory/core_shapes.h"
#include "vm/roots/execution_stack.h"
#include "vm/roots/rooted.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

// The running part of a frame.
struct Frame {
  const CodeWord* pc = nullptr;
  ObjectPtr* fp = nullptr;
  Function* function = nullptr;
};

class Interpreter {
 public:
  Interpreter(Isolate& isolate, Linker& linker);
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  // Makes what must be there when memory or stack is used up. Once, when the linker has bound the
  // core. False: the heap limit is reached.
  [[nodiscard]] bool MakeReadyErrors() FART_MAY_COLLECT;

  // ---- From outside. The outcome is the result, or an error: an unhandled exception, or what
  // discarded the frames. Counts of arguments that do not fit are as the program would see them,
  // so ask Fits before where the host should hear of it.
  // A function without receiver.
  Outcome InvokeFunction(Function* function, Roots arguments) FART_MAY_COLLECT;
  Outcome InvokeMethod(Rooted receiver, const SelectorEntity& selector,
                       Roots arguments) FART_MAY_COLLECT;
  // A getter or a field; a method is torn off.
  Outcome ReadProperty(Rooted object, const SelectorEntity& getter) FART_MAY_COLLECT;
  // A setter or a field. The outcome is what the setter returns, or the value.
  Outcome WriteProperty(Rooted object, const SelectorEntity& setter, Rooted value) FART_MAY_COLLECT;
  // A closure, or the `call` method of another object.
  Outcome InvokeValue(Rooted value, Roots arguments) FART_MAY_COLLECT;
  // Calls the value that lies under its arguments on top of the stack, `words` words with it. They
  // stay there.
  Outcome InvokeTop(const SelectorEntity& selector, std::uint32_t words) FART_MAY_COLLECT;
  // The same of a SimpleFunctionOf a closure, whose receiver, if it has one, lies under the
  // arguments.
  Outcome InvokeTop(Function* function) FART_MAY_COLLECT;
  // Reads a top-level or static variable; runs its initialiser if need be.
  Outcome ReadStatic(StaticEntity* variable) FART_MAY_COLLECT;
  // Whether frames of the program are on the stack.
  bool IsRunning() const { return activation_ != nullptr; }
  // Of each frame that is on the stack, the innermost first.
  void ForEachFrame(const std::function<void(const Function&, const TypeArguments*)>& visit) const;
  // Forgets what it remembers of these editions, which end. None has a frame.
  void Forget(const std::vector<Edition*>& editions);
  // Whether `words` words, the last of them with these names, are what `function` takes.
  bool Fits(const Function& function, std::uint32_t words,
            const std::vector<std::string>& names) const {
    if (function.is_simple && names.empty()) [[likely]]
      return words == function.parameter_count;
    return FitsParameters(function, words, names);
  }

  // ---- For intrinsics (lang/natives)
  Isolate& isolate() { return isolate_; }
  Mutator& mutator() { return isolate_.mutator(); }
  ExecutionStack& stack() { return stack_; }
  Linker& linker() { return linker_; }
  // Before Done::kCall: what to call; null: the value in arguments[0].
  void SetTailCall(Function* function) {
    tail_call_ = function;
    tail_selector_ = nullptr;
  }
  // The value in arguments[0], as this selector of `call` says.
  void SetTailCallOf(const SelectorEntity& selector) {
    tail_call_ = nullptr;
    tail_selector_ = &selector;
  }
  // Before Done::kThrow.
  void SetPendingOutOfMemory();
  void SetPendingStackOverflow();
  // Before Done::kThrowAgain. `trace` is a kStackTrace object or null.
  void SetPendingAgain(ObjectPtr exception, ObjectPtr trace);

  // Asked by an intrinsic that can take long, from time to time (kStepsToPoll): whether it is to
  // leave its work as it is and end with Done::kStopped.
  bool IsToStop() const { return stack_.IsInterrupted(); }
  // How often frames have been discarded, `finally` or not: what they had noted for a while stayed.
  std::int64_t discards() const { return discards_; }

  // Before Done::kRefused: an argument of the running intrinsic, by its place, does not fit.
  // `rule`: "must ..." / the same of where it lies / it is no int from `minimum` to `maximum` / no
  // index of something that long, which is argument 0.
  Done Refuse(std::uint32_t which, std::string rule);
  Done RefusePlace(std::uint32_t which, std::string rule);
  Done RefuseRange(std::uint32_t which, std::int64_t minimum, std::int64_t maximum);
  Done RefuseIndex(std::uint32_t which, std::int64_t length);
  // What the natives that call C keep as long as the isolate lives (lang/natives/foreign_state.h).
  std::shared_ptr<void>& foreign_state() { return foreign_state_; }
  // Which argument that was.
  std::uint32_t refused() const { return refusal_.which; }
  // The next refusal blames a parameter of this name, of the Fart function that called.
  void NameRefused(std::string name) { refusal_.name = std::move(name); }

  // Before Done::kResume: whether it is the state of a body that waits to be resumed (suspend.cc).
  bool IsSuspended(ObjectPtr state, const NoSafepointScope& quiet) const;

  // ---- Questions
  Class* ClassOf(ObjectPtr object) const {
    auto* const cls = static_cast<Class*>(isolate_.shapes()[ShapeIdOf(object)].owner);
    return cls != nullptr ? cls : ClassOfUnbound(object);
  }
  // Whether it is of dart:typed_data, and that library has not been loaded yet.
  bool HasUnboundTypedData(ObjectPtr object) const {
    const ShapeInfo& info = isolate_.shapes()[ShapeIdOf(object)];
    return info.owner == nullptr &&
           (info.kind == ShapeKind::kTypedData || info.kind == ShapeKind::kByteBuffer);
  }
  bool IsOfClass(ObjectPtr object, const Class& cls) const;
  // Of what is known of type arguments too. May throw std::bad_alloc.
  bool IsInstance(ObjectPtr object, TypeEntity* type) FART_MAY_COLLECT;
  // What an object was given when it was made, in terms of its own class; null: nothing is known.
  const TypeArguments* TypeArgumentsOf(ObjectPtr object, const NoSafepointScope& quiet) const;
  // Those in force where a closure was made, if it has kept them.
  const TypeArguments* TypeArgumentsAround(ObjectPtr closure, const NoSafepointScope& quiet) const;
  // Its class with those. Of lists and the like an internal one.
  TypeEntity* RuntimeTypeOf(ObjectPtr object) FART_MAY_COLLECT;
  // For the body of a native function that has type parameters (Entry::kGenericIntrinsic), before
  // it calls anything: what the call that reached it says of the one of that number; its bound or
  // `dynamic` if that is nothing. May throw std::bad_alloc.
  TypeEntity* TypeArgument(std::size_t number);
  // The same of all that are in force in it, those around it as `dynamic`; null: nothing is known.
  const TypeArguments* TypeArgumentsAsked();
  // Which function such a body is run for.
  Function& asked() { return *asked_; }
  bool IsClosure(ObjectPtr object) const;
  // Whether `value` can be called with `count` arguments, none of them named.
  bool Accepts(ObjectPtr value, std::uint32_t count) FART_MAY_COLLECT;
  Function* FunctionOfClosure(ObjectPtr closure, const NoSafepointScope&) const;
  // The same if it takes exactly `count` arguments and nothing else; else null.
  Function* SimpleFunctionOf(ObjectPtr closure, std::uint32_t count, const NoSafepointScope&) const;
  // What its function has as a receiver (Function::has_receiver).
  ObjectPtr ReceiverOfClosure(ObjectPtr closure, const NoSafepointScope&) const;
  // The text of a kStackTrace object, lines ending in newlines; empty for anything else.
  std::string StackTraceText(ObjectPtr trace, const NoSafepointScope&) const;
  // The same of the frames that run, from the innermost that is no library's own on; at most
  // `most`.
  std::string ProgramStackText(std::size_t most) const;

 private:
  class Activation;

  // Of what no class has been bound to: of typed data what it is at least.
  [[gnu::cold]] Class* ClassOfUnbound(ObjectPtr object) const {
    return linker_.core_class(IsTypedList(object) ? CoreClass::kList : CoreClass::kObject);
  }

  template <typename Visit>
  void WalkFrames(Visit&& visit) const;
  template <typename Begin>
  bool RunFrom(Begin&& begin) FART_MAY_COLLECT;
  template <typename Begin>
  Outcome Activate(std::size_t words, Begin&& begin) FART_MAY_COLLECT;

  bool Run() FART_MAY_COLLECT;

  // ---- Frames
  // Calls `function` with the parameter_count words on top of the stack.
  bool Enter(Function* function) FART_MAY_COLLECT;
  bool EnterCode(Function* function) FART_MAY_COLLECT;
  // Of the running frame, whose last operand is what it is left for. The frame stays. False: there
  // is no memory, which has been thrown; *goes_on: whether anybody has caught it.
  bool SaveFrame(std::uint32_t kind, bool* goes_on) FART_MAY_COLLECT;
  void SetStateWord(ObjectPtr state, std::size_t word, ObjectPtr value,
                    const NoSafepointScope& quiet);
  bool Resume(ObjectPtr* arguments) FART_MAY_COLLECT;
  bool CallNativeFunction(Function* function) FART_MAY_COLLECT;
  // After an intrinsic that did not simply return.
  bool AfterIntrinsic(Done done, Function& function, ObjectPtr* arguments) FART_MAY_COLLECT;
  bool Fail(ObjectPtr error) FART_NO_SAFEPOINT_ANALYSIS;
  // The `words` words on top.
  Roots Top(std::uint32_t words) const { return Roots(stack_.top() - words, words); }
  // Replaces the `words` words on top by one.
  void Replace(std::uint32_t words, ObjectPtr result) {
    ObjectPtr* const place = stack_.top() - words;
    *place = result;
    stack_.SetTop(place + 1);
  }

  // ---- Calls (calls.cc). `words` counts the receiver and all arguments, on top of the stack.
  const Member& Lookup(Class* cls, const MemberKey* key);
  // `cache` may be null for methods.
  bool Send(const SelectorEntity& selector, std::uint32_t words,
            InlineCache* cache) FART_MAY_COLLECT;
  bool SendSuper(const SelectorEntity& selector, std::uint32_t words,
                 InlineCache* cache) FART_MAY_COLLECT;
  bool SendTo(Class* cls, const SelectorEntity& selector, std::uint32_t words, InlineCache* cache,
              ShapeId shape) FART_MAY_COLLECT;
  bool SendMethod(Class* cls, const SelectorEntity& selector, std::uint32_t words,
                  InlineCache* cache, ShapeId shape) FART_MAY_COLLECT;
  bool SendGetter(Class* cls, const SelectorEntity& selector, InlineCache* cache,
                  ShapeId shape) FART_MAY_COLLECT;
  // Has the cache call the getter, or load the field that is all it gives.
  void RememberGetter(Class* cls, Function* getter, InlineCache* cache, ShapeId shape);
  bool SendSetter(Class* cls, const SelectorEntity& selector, InlineCache* cache,
                  ShapeId shape) FART_MAY_COLLECT;
  // `cache` may be null.
  bool CallValue(const SelectorEntity& selector, std::uint32_t words,
                 InlineCache* cache) FART_MAY_COLLECT;
  // Has the selector's calls with such a receiver, and such type arguments if they count, go to the
  // function, which they fit: through *cache, if there is one.
  void Adapt(const SelectorEntity& selector, std::uint32_t words, Function* target, ShapeId shape,
             const TypeArguments* const* types, InlineCache* cache);
  bool EnterAdapted(const Adapter& adapter) FART_MAY_COLLECT;
  bool CallStaticBind(const StaticCallEntity& call, std::uint32_t words) FART_MAY_COLLECT;
  // Arranges the words as parameters. False: they do not fit; nothing has changed.
  bool Bind(const Function& function, std::uint32_t words, const std::vector<std::string>& names) {
    if (!Fits(function, words, names)) return false;
    if (!function.is_simple) Arrange(function, words, names);
    return true;
  }
  // Of a function or a call that is not simple.
  bool FitsParameters(const Function& function, std::uint32_t words,
                      const std::vector<std::string>& names) const;
  // Arranges words that fit as parameters.
  void Arrange(const Function& function, std::uint32_t words,
               const std::vector<std::string>& names);
  // What the class does not answer: an extension's member, else NoSuchMethod (extensions.cc).
  bool SendElsewhere(const SelectorEntity& selector, std::uint32_t words, InlineCache* cache,
                     ShapeId shape) FART_MAY_COLLECT;
  // The library of the code that runs; null: none is known.
  LinkedLibrary* CallingLibrary() const;
  // The most specific one that the receiver is an instance of; null: there is none, or, if
  // *other is set, these two are equally specific.
  const ExtensionMember* MostSpecific(const std::vector<ExtensionMember>& members,
                                      ObjectPtr receiver,
                                      const ExtensionMember** other) FART_MAY_COLLECT;
  bool NoSuchMethod(const SelectorEntity& selector, std::uint32_t words) FART_MAY_COLLECT;
  // Of a call of `super`, whose class is `above`: its noSuchMethod is asked.
  bool NoSuchMethodAbove(Class* above, const SelectorEntity& selector,
                         std::uint32_t words) FART_MAY_COLLECT;
  [[nodiscard]] bool Offers(Class* cls, const MemberKey& key);
  bool DescribeCall(const SelectorEntity& selector, std::uint32_t words) FART_MAY_COLLECT;
  // Replaces the receiver by its method as a closure.
  bool TearOff(Function* method) FART_MAY_COLLECT;
  // A function that gets the receiver's property, then calls what it got.
  Function* GetterCallStub(const SelectorEntity& selector);
  // False: the heap limit is reached.
  [[nodiscard]] bool PushArray(std::size_t length) FART_MAY_COLLECT;

  // ---- Types as values (type_arguments.cc)
  // The frame that a frame returns to; its function is null where an activation begins.
  static Frame CallerOf(const Frame& frame);
  // Of a frame whose function has a slot for them.
  static const TypeArguments* TypeArgumentsIn(const Frame& frame);
  // What the call in `caller` that reached `callee` says of its type parameters: one for each.
  std::vector<TypeEntity*> AskCaller(const Function& callee, Frame caller);
  void AskTable(const Function& callee, const CallTypesEntity& entry, const TypeArguments* in_force,
                std::vector<TypeEntity*>* found);
  // The frame whose program text made the call (LI-T1).
  static Frame SkipStubs(Frame caller);
  CallTypesEntity* CallTypesAt(const Frame& caller);
  const TypeArguments* TypeArgumentsOfCall(const Function& callee, const Frame& caller,
                                           const TypeArguments* around);
  const TypeArguments* JoinTypeArguments(const CompiledFunction& callee,
                                         const TypeArguments* around,
                                         const std::vector<TypeEntity*>& own);
  const TypeArguments* TypeArgumentsAround(const Frame& frame) FART_MAY_COLLECT;
  const TypeArguments* TypeArgumentsAround(ObjectPtr object,
                                           const Function& function) FART_MAY_COLLECT;
  const TypeArguments* TypeArgumentsForExtension(const Class& extension,
                                                 ObjectPtr receiver) FART_MAY_COLLECT;
  // The running function's, in place of type parameters.
  TypeEntity* InForce(TypeEntity* type);
  bool IsFunctionOfType(ObjectPtr object, const TypeEntity& type) FART_MAY_COLLECT;
  bool LoadTypeArguments() FART_MAY_COLLECT;
  bool PushType(TypeEntity* type) FART_MAY_COLLECT;
  bool SetTypes(TypeEntity* type) FART_MAY_COLLECT;
  bool IsType(TypeEntity* type) FART_MAY_COLLECT;
  bool AsType(TypeEntity* type) FART_MAY_COLLECT;
  bool CheckType(TypeEntity* type, const RootTable::Slot* what) FART_MAY_COLLECT;
  bool CheckElement() FART_MAY_COLLECT;

  // ---- Slow instructions (slow_paths.cc)
  bool LoadStatic(StaticEntity* variable) FART_MAY_COLLECT;
  bool FinishOnce(StaticEntity* variable) FART_MAY_COLLECT;
  bool NewCell(ObjectPtr* slot) FART_MAY_COLLECT;
  bool CloneCell(ObjectPtr* slot) FART_MAY_COLLECT;
  bool MakeClosure(Function* function, std::uint32_t captured) FART_MAY_COLLECT;
  bool AllocateInstance(Class* cls) FART_MAY_COLLECT;
  bool MakeList(std::uint32_t elements) FART_MAY_COLLECT;
  bool AppendToList(std::uint32_t elements) FART_MAY_COLLECT;
  bool Concatenate(std::uint32_t strings) FART_MAY_COLLECT;
  bool PushFresh(const FreshObject& fresh) FART_MAY_COLLECT;
  bool ReplaceByFresh(std::uint32_t words, const FreshObject& fresh) FART_MAY_COLLECT;

  // ---- Throwing (throwing.cc)
  // Throws what is pending, with a new stack trace.
  bool Throw() FART_MAY_COLLECT;
  // Goes to the handler of what is pending, or out of this activation.
  bool Unwind();
  bool ThrowOperand() FART_MAY_COLLECT;  // The word on top.
  bool Rethrow(ObjectPtr exception, ObjectPtr trace);
  bool ThrowOutOfMemory() FART_MAY_COLLECT;
  bool ThrowStackOverflow() FART_MAY_COLLECT;
  // Where ExecutionStack::polled_limit says so: too deep, or the isolate is to stop.
  bool LimitReached() FART_MAY_COLLECT;
  bool ThrowKind(ThrownKind kind, const RootTable::Slot* message) FART_MAY_COLLECT;
  bool ThrowNoSuchStatic(const SelectorEntity& selector, std::uint32_t words) FART_MAY_COLLECT;
  bool ThrowUnresolvedType(const TypeEntity& type) FART_MAY_COLLECT;
  bool ThrowCastError(const TypeEntity& type) FART_MAY_COLLECT;  // Of the word on top.
  // Calls the function of throwing.dart with the words on top.
  bool CallHelper(Helper helper) FART_MAY_COLLECT;
  // Of the argument in refusal_ of this intrinsic.
  bool ThrowRefusal(const Function& function, ObjectPtr* arguments) FART_MAY_COLLECT;
  // What the program called that came to this intrinsic: of the libraries' functions on the way,
  // the outermost that has such a parameter; else the innermost that is not a library's own part.
  std::string CalledName(const Function& function, std::string_view parameter) const;
  // False: the heap limit is reached.
  [[nodiscard]] bool PushText(std::string_view text) FART_MAY_COLLECT;
  [[nodiscard]] bool PushInteger(std::int64_t value) FART_MAY_COLLECT;
  // The same with one more argument.
  bool CallHelperWithText(Helper helper, std::string_view text) FART_MAY_COLLECT;
  // What an error means that a native function or the linker came to: unhandled exceptions are
  // thrown on, limits become the errors of the language, everything else discards the frames.
  bool HandleError(const Outcome& outcome) FART_MAY_COLLECT;
  bool DiscardFrames() FART_MAY_COLLECT;
  bool IsReadyMade(ObjectPtr error) const;
  // Of the running frames. Null at the heap limit, and where other memory is used up.
  FreshObject NewStackTrace() FART_MAY_COLLECT;
  // Whether one of the frames, of whichever activation, is of this function.
  bool IsRunning(const Function& function) const;
  FreshObject MakeStackTrace() FART_MAY_COLLECT;
  void RememberTrace() FART_MAY_COLLECT;
  void SetPending(ObjectPtr exception);
  Outcome TakePending() FART_MAY_COLLECT;

  Isolate& isolate_;
  ExecutionStack& stack_;
  Linker& linker_;
  Frame frame_;
  Activation* activation_ = nullptr;
  Function* tail_call_ = nullptr;
  const SelectorEntity* tail_selector_ = nullptr;  // Null: as many arguments as there are words.
  Function* asked_ = nullptr;                      // The generic intrinsic that was called last.

  struct Refusal {
    enum class Kind : std::uint8_t { kRule, kPlace, kRange, kIndex };
    Kind kind = Kind::kRule;
    std::uint32_t which = 0;
    std::string name;  // Empty: that of the parameter.
    std::string rule;
    std::int64_t minimum = 0;
    std::int64_t maximum = 0;  // kIndex: the length.
  };
  Refusal refusal_;
  std::shared_ptr<void> foreign_state_;

  // LI-F3
  RootTable::Slot* const pending_exception_;
  RootTable::Slot* const pending_trace_;
  bool pending_is_error_ = false;  // An error object, which no handler sees.
  std::int64_t discards_ = 0;
  // What is thrown when nothing can be allocated.
  RootTable::Slot* const out_of_memory_;
  RootTable::Slot* const stack_overflow_;

  // Lookups of all classes and keys; direct mapped. Few at first: most isolates look up little.
  struct Found {
    Class* cls = nullptr;
    const MemberKey* key = nullptr;
    Member member;
  };
  static constexpr std::size_t kFirstFoundEntries = 64;
  static constexpr std::size_t kMaxFoundEntries = 1024;
  std::vector<Found> found_;        // A power of two of them.
  std::size_t found_replaced_ = 0;  // Since they became this many.

  // The same for members of extensions on types with arguments, which no inline cache remembers.
  struct FoundExtension {
    const LinkedLibrary* library = nullptr;
    const MemberKey* key = nullptr;
    ShapeId shape = ShapeTable::kInvalid;
    const TypeArguments* types = nullptr;
    Function* function = nullptr;
  };
  static constexpr std::size_t kFoundExtensions = 32;
  FoundExtension& FoundExtensionFor(const LinkedLibrary& library, const MemberKey* key,
                                    const TypeArguments* types);
  std::vector<FoundExtension> found_extensions_;  // None, or so many.

  // What calls of natives said of type arguments, by the place that they return to.
  struct AskedCall {
    const CodeWord* pc = nullptr;
    const Function* callee = nullptr;
    const TypeArguments* in_force = nullptr;  // in the caller
    const TypeArguments* result = nullptr;
  };
  std::array<AskedCall, 32> asked_calls_;

  // Constant objects by a hash of their contents, each in a slot of one that has it.
  struct Canonical {
    const RootTable::Slot* slot;
    const Edition* edition;                // The slot's.
    const TypeArguments* types = nullptr;  // That a list was written with.
  };
  std::unordered_multimap<std::uint64_t, Canonical> canonical_;
};

}  // namespace fart::lang

#endif  // FART_LANG_INTERPRETER_INTERPRETER_H_
