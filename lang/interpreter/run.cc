// Interpreter::Run -- the loop.
//
// Between two instructions pc, the stack's top, fp and the function are in local variables; pc and
// the top are published (PUBLISH) before anything that may collect, call out or throw, and all are
// read back after a slow way changed them (RELOAD). Dispatch is by a table of labels, a GNU
// extension that gcc and clang share: each instruction ends in a jump of its own, which the branch
// predictor tells apart.

#include <cstddef>
#include <cstdint>

#include "lang/compiler/bytecode.h"
#include "lang/interpreter/fast_paths.h"
#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::lang {

// clang-format off
#define PUBLISH() (frame_.pc = pc, stack_.SetTop(sp))
#define RELOAD() \
  (pc = frame_.pc, fp = frame_.fp, function = frame_.function, sp = stack_.top())
#define NEXT()                    \
  do {                            \
    word = *pc++;                 \
    goto* kLabels[word & 0xff];   \
  } while (false)
#define PUSH(value)               \
  do {                            \
    *sp++ = (value);              \
    NEXT();                       \
  } while (false)
// Goes the slow way, which answers whether to go on.
#define SLOW(call)              \
  do {                          \
    PUBLISH();                  \
    if (!(call)) return false;  \
    RELOAD();                   \
    NEXT();                     \
  } while (false)
#define CASE(name) Op_##name:
#define POOL(index) function->constants[index]
// clang-format on

#define RESULT(value) \
  do {                \
    sp[-2] = (value); \
    --sp;             \
    NEXT();           \
  } while (false)
#define DOUBLE_RESULT(value)                               \
  do {                                                     \
    PUBLISH();                                             \
    const FreshObject fresh = NewDouble(mutator(), value); \
    if (fresh.is_null()) goto out_of_memory;               \
    {                                                      \
      const NoSafepointScope quiet;                        \
      sp[-2] = fresh.Get(quiet);                           \
    }                                                      \
    --sp;                                                  \
    NEXT();                                                \
  } while (false)

// Operators with a quick way for two small ints, which may refuse (TrySmi...), and most with one
// for two doubles. All others are sent. The operands are read once, by value: to the slots the
// compiler would keep addresses, which cost two instructions each time.
#define SMI_OPERATOR(name, try_smi)                         \
  CASE(name) {                                              \
    const ObjectPtr a = sp[-2];                             \
    const ObjectPtr b = sp[-1];                             \
    ObjectPtr result;                                       \
    if (AreSmis(a, b) && try_smi(a, b, &result)) [[likely]] \
      RESULT(result);                                       \
    goto send_operator;                                     \
  }
#define NUMBER_OPERATOR(name, try_smi, op)                 \
  CASE(name) {                                             \
    const ObjectPtr a = sp[-2];                            \
    const ObjectPtr b = sp[-1];                            \
    if (AreSmis(a, b)) [[likely]] {                        \
      ObjectPtr result;                                    \
      if (try_smi(a, b, &result)) RESULT(result);          \
    } else {                                               \
      double x, y;                                         \
      if (AreDoubles(a, b, &x, &y)) DOUBLE_RESULT(x op y); \
    }                                                      \
    goto send_operator;                                    \
  }
// Most comparisons decide where a loop goes on: then no bool is made.
#define COMPARISON(name, op)                                  \
  CASE(name) {                                                \
    const ObjectPtr a = sp[-2];                               \
    const ObjectPtr b = sp[-1];                               \
    if (AreSmis(a, b)) [[likely]] {                           \
      const bool holds = SignedBits(a) op SignedBits(b);      \
      if (!IsAt(pc, Opcode::kJumpIfFalse)) [[unlikely]]       \
        RESULT(BoolObject(holds));                            \
      word = *pc++;                                           \
      sp -= 2;                                                \
      if (!holds) pc += SignedA(word) - 1;                    \
      NEXT();                                                 \
    }                                                         \
    double x, y;                                              \
    if (AreDoubles(a, b, &x, &y)) RESULT(BoolObject(x op y)); \
    goto send_operator;                                       \
  }

bool Interpreter::Run() {
  static const void* const kLabels[] = {
#define FART_LANG_LABEL(name, a, b) &&Op_##name,
      FART_LANG_OPCODES(FART_LANG_LABEL) FART_LANG_PAIRS(FART_LANG_LABEL)
#undef FART_LANG_LABEL
  };

  const CodeWord* pc;
  ObjectPtr* fp;
  ObjectPtr* sp;
  Function* function;
  CodeWord word;
  Function* callee;     // For `enter`.
  std::uint32_t words;  // For `send`: receiver and arguments.
  InlineCache* cache;   // For `send`.

  RELOAD();
  NEXT();

  // ---- Constants and stack shuffling
  CASE(PushNull) { PUSH(kNull); }
  CASE(PushTrue) { PUSH(kTrue); }
  CASE(PushFalse) { PUSH(kFalse); }
  CASE(PushAbsent) { PUSH(kUninitialised); }
  CASE(PushSmi) { PUSH(ObjectPtr::FromSmi(SignedA(word))); }
  CASE(PushConstant) { PUSH(POOL(UnsignedA(word)).value->value); }
  CASE(Pop) {
    --sp;
    NEXT();
  }
  CASE(Dup) {
    sp[0] = sp[-1];
    ++sp;
    NEXT();
  }
  CASE(Dup2) {
    sp[0] = sp[-2];
    sp[1] = sp[-1];
    sp += 2;
    NEXT();
  }

  // ---- Frame slots and cells
  CASE(LoadLocal) { PUSH(fp[UnsignedA(word)]); }
  CASE(StoreLocal) {
    fp[UnsignedA(word)] = *--sp;
    NEXT();
  }
  CASE(NewCell) { SLOW(NewCell(fp + UnsignedA(word))); }
  CASE(CloneCell) { SLOW(CloneCell(fp + UnsignedA(word))); }
  CASE(LoadCell) { PUSH(*FieldOf(fp[UnsignedA(word)], kCellValueOffset)); }
  CASE(StoreCell) {
    const ObjectPtr cell = fp[UnsignedA(word)];
    mutator().StoreField(cell, FieldOf(cell, kCellValueOffset), *--sp);
    NEXT();
  }
  CASE(LoadCaptured) { PUSH(FieldOf(fp[0], kClosureCapturedOffset)[UnsignedA(word)]); }
  CASE(LoadCapturedCell) {
    const ObjectPtr cell = FieldOf(fp[0], kClosureCapturedOffset)[UnsignedA(word)];
    *sp++ = *FieldOf(cell, kCellValueOffset);
    NEXT();
  }
  CASE(StoreCapturedCell) {
    const ObjectPtr cell = FieldOf(fp[0], kClosureCapturedOffset)[UnsignedA(word)];
    mutator().StoreField(cell, FieldOf(cell, kCellValueOffset), *--sp);
    NEXT();
  }
  CASE(MakeClosure) {
    const std::uint32_t captured = *pc++;
    SLOW(MakeClosure(POOL(UnsignedA(word)).function, captured));
  }

  // ---- Static variables
  CASE(LoadStatic) {
    StaticEntity* const variable = POOL(UnsignedA(word)).variable;
    const ObjectPtr value = variable->value->value;
    if (value == kUninitialised) [[unlikely]]
      SLOW(LoadStatic(variable));
    *sp++ = value;
    NEXT();
  }
  CASE(StoreStatic) {
    isolate_.roots().Set(POOL(UnsignedA(word)).variable->value, *--sp);
    NEXT();
  }
  CASE(FinishStatic) {
    StaticEntity* const variable = POOL(UnsignedA(word)).variable;
    isolate_.roots().Set(variable->value, *--sp);
    variable->is_initializing = false;
    NEXT();
  }
  CASE(AbortStatic) {
    POOL(UnsignedA(word)).variable->is_initializing = false;
    NEXT();
  }
  CASE(LoadOnce) {
    const ObjectPtr value = POOL(UnsignedA(word)).variable->value->value;
    if (value == kUninitialised) {
      ++pc;
      NEXT();
    }
    *sp++ = value;
    pc += SignedB(*pc) - 1;
    NEXT();
  }
  CASE(FinishOnce) { SLOW(FinishOnce(POOL(UnsignedA(word)).variable)); }

  // ---- Fields and properties
  CASE(InitField) {
    const ObjectPtr object = fp[0];
    const std::uint32_t offset = FieldOffset(function->owner->first_field + UnsignedA(word));
    mutator().StoreField(object, FieldOf(object, offset), *--sp);
    NEXT();
  }
  CASE(GetProperty) {
    cache = function->caches + CallCache(*pc++);
    const ShapeId shape = ShapeIdOf(sp[-1]);
    const CacheEntry* const entry = cache->first.shape == shape ? &cache->first : &cache->second;
    if (entry->shape == shape) [[likely]] {
      if (entry->kind == CacheEntry::Kind::kField) [[likely]] {
        sp[-1] = *FieldOf(sp[-1], entry->offset);
        NEXT();
      }
      callee = entry->function;
      goto enter;
    }
    SLOW(Send(*POOL(UnsignedA(word)).selector, 1, cache));
  }
  CASE(SetProperty) {
    cache = function->caches + CallCache(*pc++);
    const ObjectPtr object = sp[-2];
    const ShapeId shape = ShapeIdOf(object);
    const CacheEntry* const entry = cache->first.shape == shape ? &cache->first : &cache->second;
    if (entry->shape == shape) [[likely]] {
      if (entry->kind == CacheEntry::Kind::kField) [[likely]] {
        mutator().StoreField(object, FieldOf(object, entry->offset), sp[-1]);
        sp -= 2;
        ++pc;  // LC-B4
        NEXT();
      }
      callee = entry->function;
      goto enter;
    }
    SLOW(Send(*POOL(UnsignedA(word)).selector, 2, cache));
  }
  CASE(GetIndex) {
    ObjectPtr holder;
    if (const ObjectPtr* const element = ElementOf(sp[-2], sp[-1], &holder)) [[likely]]
      RESULT(*element);
    words = 2;
    goto send_index;
  }
  CASE(SetIndex) {
    ObjectPtr holder;
    ObjectPtr* const element = ElementOf(sp[-3], sp[-2], &holder);
    if (element != nullptr && !IsImmutableArray(holder)) [[likely]] {
      mutator().StoreField(holder, element, sp[-1]);
      sp -= 3;
      ++pc;  // LC-B4
      NEXT();
    }
    words = 3;
    goto send_index;
  }

  // ---- Objects and calls
  CASE(Allocate) {
    Class* const cls = POOL(UnsignedA(word)).cls;
    PUBLISH();
    if (cls->shape == ShapeTable::kInvalid) [[unlikely]]
      SLOW(AllocateInstance(cls));
    const FreshObject fresh =
        mutator().AllocateFixed(cls->shape, isolate_.heap().shapes()[cls->shape]);
    if (fresh.is_null()) [[unlikely]]
      goto out_of_memory;
    {
      const NoSafepointScope quiet;
      *sp++ = fresh.Get(quiet);
    }
    NEXT();
  }
  CASE(SetTypes) { SLOW(SetTypes(POOL(UnsignedA(word)).type)); }
  CASE(CallStatic) {
    ++pc;
    callee = POOL(UnsignedA(word)).function;
    goto enter;
  }
  CASE(CallStaticBind) {
    const std::uint32_t pushed = *pc++;
    SLOW(CallStaticBind(*POOL(UnsignedA(word)).call, pushed));
  }
  CASE(CallInstance) {
    const CodeWord b = *pc++;
    words = CallArgumentCount(b);
    cache = function->caches + CallCache(b);
    const ShapeId shape = ShapeIdOf(*(sp - words));
    if (cache->first.shape == shape) [[likely]] {
      callee = cache->first.function;
      goto enter;
    }
    if (cache->second.shape == shape) {
      callee = cache->second.function;
      goto enter;
    }
    SLOW(Send(*POOL(UnsignedA(word)).selector, words, cache));
  }
  CASE(CallSuper) {
    const CodeWord b = *pc++;
    words = CallArgumentCount(b);
    cache = function->caches + CallCache(b);
    if (cache->first.shape == ShapeIdOf(*(sp - words)) &&
        cache->first.kind == CacheEntry::Kind::kFunction) [[likely]] {
      callee = cache->first.function;
      goto enter;
    }
    SLOW(SendSuper(*POOL(UnsignedA(word)).selector, words, cache));
  }
  CASE(CallValue) {
    const CodeWord b = *pc++;
    words = CallArgumentCount(b);
    cache = function->caches + CallCache(b);
    const ObjectPtr value = *(sp - words);
    if (HasShape(value, linker_.closure_shape())) [[likely]] {
      callee = FromWord<Function>(*FieldOf(value, kClosureFunctionOffset));
      if (callee->is_simple && callee->parameter_count == words &&
          POOL(UnsignedA(word)).selector->argument_names.empty()) [[likely]] {
        goto enter;
      }
    } else if (cache->first.shape == ShapeIdOf(value)) {
      callee = cache->first.function;
      goto enter;
    }
    SLOW(CallValue(*POOL(UnsignedA(word)).selector, words, cache));
  }
  CASE(CallNative) { SLOW(CallNativeFunction(function)); }
  CASE(Return) {
    const ObjectPtr result = sp[-1];
    // The result may take the place of the linkage: in a frame without slots.
    const ObjectPtr* const linkage = fp + function->slot_count;
    sp = fp;
    pc = FromWord<const CodeWord>(linkage[0]);
    fp = FromWord<ObjectPtr>(linkage[1]);
    function = FromWord<Function>(linkage[2]);
    *sp++ = result;
    frame_.fp = fp;
    frame_.function = function;
    if (function == nullptr) [[unlikely]] {
      stack_.SetTop(sp);
      return true;
    }
    NEXT();
  }
  CASE(ReturnNull) {
    *sp++ = kNull;
    goto Op_Return;
  }
  CASE(Suspend) {
    PUBLISH();
    bool goes_on = true;
    if (!SaveFrame(UnsignedA(word), &goes_on)) {
      if (!goes_on) return false;
      RELOAD();
      NEXT();
    }
    sp[-1] = kNull;
    goto Op_Return;
  }

  // ---- Literals
  CASE(MakeList) { SLOW(MakeList(UnsignedA(word))); }
  CASE(AppendToList) { SLOW(AppendToList(UnsignedA(word))); }
  CASE(ToString) {
    if (IsString(sp[-1])) NEXT();
    words = 1;
    goto send_index;
  }
  CASE(ConcatStrings) { SLOW(Concatenate(UnsignedA(word))); }

  // ---- Operators
  NUMBER_OPERATOR(Add, TrySmiAdd, +)
  NUMBER_OPERATOR(Sub, TrySmiSub, -)
  NUMBER_OPERATOR(Mul, TrySmiMul, *)
  CASE(Div) {
    double x, y;
    if (AreSmis(sp[-2], sp[-1])) {
      x = static_cast<double>(sp[-2].SmiValue());
      y = static_cast<double>(sp[-1].SmiValue());
    } else if (!AreDoubles(sp[-2], sp[-1], &x, &y)) {
      goto send_operator;
    }
    DOUBLE_RESULT(x / y);
  }
  SMI_OPERATOR(Mod, TrySmiMod)
  SMI_OPERATOR(TruncDiv, TrySmiTruncDiv)
  SMI_OPERATOR(BitAnd, TrySmiAnd)
  SMI_OPERATOR(BitOr, TrySmiOr)
  SMI_OPERATOR(BitXor, TrySmiXor)
  SMI_OPERATOR(ShiftLeft, TrySmiShiftLeft)
  SMI_OPERATOR(ShiftRight, TrySmiShiftRight)
  COMPARISON(Less, <)
  COMPARISON(LessEqual, <=)
  COMPARISON(Greater, >)
  COMPARISON(GreaterEqual, >=)
  CASE(Equal) {
    switch (FastEqual(sp[-2], sp[-1])) {
      case Equality::kEqual:
        RESULT(kTrue);
      case Equality::kDifferent:
        RESULT(kFalse);
      case Equality::kAskProgram:
        break;
    }
    goto send_operator;
  }
  CASE(AddSmi) {
    const std::int64_t addend = SignedB(*pc++);
    std::int64_t sum;
    if (sp[-1].IsSmi() && !__builtin_add_overflow(SignedBits(sp[-1]), addend * 2, &sum))
        [[likely]] {
      sp[-1] = FromSignedBits(sum);
      NEXT();
    }
    *sp++ = ObjectPtr::FromSmi(addend);
    goto send_operator;
  }
  CASE(SubSmi) {
    const std::int64_t subtrahend = SignedB(*pc++);
    std::int64_t difference;
    if (sp[-1].IsSmi() && !__builtin_sub_overflow(SignedBits(sp[-1]), subtrahend * 2, &difference))
        [[likely]] {
      sp[-1] = FromSignedBits(difference);
      NEXT();
    }
    *sp++ = ObjectPtr::FromSmi(subtrahend);
    goto send_operator;
  }
  CASE(Negate) {
    std::int64_t negated;
    if (sp[-1].IsSmi() && !__builtin_sub_overflow(std::int64_t{0}, SignedBits(sp[-1]), &negated)) {
      sp[-1] = FromSignedBits(negated);
      NEXT();
    }
    words = 1;
    goto send_index;
  }
  CASE(BitNot) {
    if (sp[-1].IsSmi()) {
      sp[-1] = ObjectPtr::FromSmi(~sp[-1].SmiValue());
      NEXT();
    }
    words = 1;
    goto send_index;
  }
  CASE(Not) {
    sp[-1] = BoolObject(sp[-1] != kTrue);
    NEXT();
  }
  CASE(IsNull) {
    sp[-1] = BoolObject(sp[-1].is_null());
    NEXT();
  }
  CASE(IsType) {
    TypeEntity& type = *POOL(UnsignedA(word)).type;
    if (!type.is_plain_class) [[unlikely]]
      SLOW(IsType(&type));
    sp[-1] = BoolObject(IsOfClass(sp[-1], *type.cls));
    NEXT();
  }
  CASE(AsType) {
    TypeEntity& type = *POOL(UnsignedA(word)).type;
    if (!type.is_plain_class) [[unlikely]]
      SLOW(AsType(&type));
    if (sp[-1].is_null() || IsOfClass(sp[-1], *type.cls)) [[likely]]
      NEXT();
    SLOW(ThrowCastError(type));
  }
  CASE(CheckType) {
    const CodeWord what = *pc++;
    TypeEntity& type = *POOL(UnsignedA(word)).type;
    if (sp[-1].is_null() || (type.is_plain_class && IsOfClass(sp[-1], *type.cls))) [[likely]]
      NEXT();
    SLOW(CheckType(&type, POOL(what).value));
  }
  CASE(CheckCondition) {
    if (sp[-1] == kTrue || sp[-1] == kFalse) [[likely]]
      NEXT();
    SLOW(CallHelper(Helper::kConditionCheck));
  }
  CASE(CheckElement) {
    if (sp[-1].is_null() || (!IsGrowableList(sp[-3]) && !IsMarkedArray(sp[-3]))) NEXT();
    SLOW(CheckElement());
  }
  CASE(LoadTypeArguments) { SLOW(LoadTypeArguments()); }
  CASE(PushTypeArguments) { PUSH(fp[static_cast<std::size_t>(function->compiled->types_slot)]); }
  CASE(PushType) { SLOW(PushType(POOL(UnsignedA(word)).type)); }

  // ---- Control
  CASE(Jump) {
    pc += SignedA(word) - 1;
    NEXT();
  }
  CASE(Loop) {
    pc += SignedA(word) - 1;
    if (fp > stack_.polled_limit()) [[unlikely]]
      SLOW(LimitReached());
    NEXT();
  }
  CASE(JumpIfTrue) {
    if (*--sp == kTrue) pc += SignedA(word) - 1;
    NEXT();
  }
  CASE(JumpIfFalse) {
    if (*--sp != kTrue) pc += SignedA(word) - 1;
    NEXT();
  }
  CASE(JumpIfNull) {
    if ((--sp)->is_null()) pc += SignedA(word) - 1;
    NEXT();
  }
  CASE(JumpIfNotNull) {
    if (!(--sp)->is_null()) pc += SignedA(word) - 1;
    NEXT();
  }
  CASE(JumpIfNotSmi) {
    if (*--sp != ObjectPtr::FromSmi(SignedA(word))) {
      pc += SignedB(*pc) - 1;
    } else {
      ++pc;
    }
    NEXT();
  }
  CASE(JumpIfGiven) {
    if (fp[UnsignedA(word)] != kUninitialised) {
      pc += SignedB(*pc) - 1;
    } else {
      ++pc;
    }
    NEXT();
  }
  CASE(Throw) { SLOW(ThrowOperand()); }
  CASE(Rethrow) {
    const std::uint32_t trace_slot = *pc++;
    SLOW(Rethrow(fp[UnsignedA(word)], fp[trace_slot]));
  }
  CASE(ThrowError) {
    const CodeWord message = *pc++;
    SLOW(ThrowKind(static_cast<ThrownKind>(UnsignedA(word)), POOL(message).value));
  }
  CASE(ThrowNoSuchMethod) {
    const CodeWord b = *pc++;
    SLOW(ThrowNoSuchStatic(*POOL(UnsignedA(word)).selector, CallArgumentCount(b)));
  }

  // ---- Pairs (LC-B9). Where the second has no quick way it is done as if it stood by itself.
  CASE(LoadTwo) {
    sp[0] = fp[UnsignedA(word)];
    sp[1] = fp[UnsignedA(*pc++)];
    sp += 2;
    NEXT();
  }
  CASE(LoadAndPushSmi) {
    sp[0] = fp[UnsignedA(word)];
    sp[1] = ObjectPtr::FromSmi(SignedA(*pc++));
    sp += 2;
    NEXT();
  }
  CASE(LoadAndPushConstant) {
    sp[0] = fp[UnsignedA(word)];
    sp[1] = POOL(UnsignedA(*pc++)).value->value;
    sp += 2;
    NEXT();
  }
  CASE(LoadProperty) {
    const ObjectPtr object = fp[UnsignedA(word)];
    cache = function->caches + CallCache(pc[1]);
    const ShapeId shape = ShapeIdOf(object);
    const CacheEntry* const entry = cache->first.shape == shape ? &cache->first : &cache->second;
    if (entry->shape == shape && entry->kind == CacheEntry::Kind::kField) [[likely]] {
      *sp++ = *FieldOf(object, entry->offset);
      pc += 2;
      NEXT();
    }
    *sp++ = object;
    NEXT();
  }
  CASE(LoadAndGetIndex) {
    const ObjectPtr index = fp[UnsignedA(word)];
    ObjectPtr holder;
    if (const ObjectPtr* const element = ElementOf(sp[-1], index, &holder)) [[likely]] {
      sp[-1] = *element;
      ++pc;
      NEXT();
    }
    *sp++ = index;
    word = *pc++;
    words = 2;
    goto send_index;
  }
  CASE(LoadAndSubSmi) {
    const ObjectPtr minuend = fp[UnsignedA(word)];
    std::int64_t difference;
    if (minuend.IsSmi() &&
        !__builtin_sub_overflow(SignedBits(minuend), std::int64_t{SignedB(pc[1])} * 2, &difference))
        [[likely]] {
      *sp++ = FromSignedBits(difference);
      pc += 2;
      NEXT();
    }
    *sp++ = minuend;
    NEXT();
  }
  CASE(Increment) {
    const ObjectPtr before = fp[UnsignedA(word)];
    std::int64_t sum;
    if (before.IsSmi() &&
        !__builtin_add_overflow(SignedBits(before), std::int64_t{SignedB(pc[1])} * 2, &sum))
        [[likely]] {
      fp[UnsignedA(pc[2])] = FromSignedBits(sum);
      pc += 3;
      NEXT();
    }
    *sp++ = before;
    NEXT();
  }

  // ---- Shared endings

send_operator:  // Of two operands; the cache is A.
  words = 2;
send_index:  // Of `words` words; the cache is A.
  cache = function->caches + UnsignedA(word);
  {
    const ShapeId shape = ShapeIdOf(*(sp - words));
    const CacheEntry* const entry = cache->first.shape == shape ? &cache->first : &cache->second;
    if (entry->shape == shape) {
      callee = entry->function;
      goto enter;
    }
  }
  SLOW(Send(linker_.OperatorSelector(OpcodeOf(word)), words, cache));

enter:  // Calls `callee` with what it takes, on top of the stack.
  if (callee->entry == Entry::kCode) [[likely]] {
    ObjectPtr* const base = sp - callee->parameter_count;
    if (static_cast<std::ptrdiff_t>(callee->frame_words) > stack_.polled_limit() - base)
        [[unlikely]]
      SLOW(LimitReached());
    ObjectPtr* const linkage = base + callee->slot_count;
    while (sp < linkage) *sp++ = kNull;
    linkage[0] = AsWord(pc);
    linkage[1] = AsWord(fp);
    linkage[2] = AsWord(function);
    sp = linkage + kLinkageWords;
    fp = base;
    function = callee;
    pc = callee->code;
    frame_.fp = fp;
    frame_.function = function;
    NEXT();
  }
  if (callee->entry == Entry::kIntrinsic) {
    ObjectPtr* const arguments = sp - callee->parameter_count;
    PUBLISH();
    const Done done = callee->intrinsic(*this, arguments);
    if (done == Done::kResult) [[likely]] {
      sp = arguments + 1;
      NEXT();
    }
    if (!AfterIntrinsic(done, *callee, arguments)) return false;
    RELOAD();
    NEXT();
  }
  if (callee->entry == Entry::kQuick) {
    ObjectPtr* const arguments = sp - callee->parameter_count;
    asked_ = callee;
    PUBLISH();
    const Done done = callee->intrinsic(*this, arguments);
    if (done == Done::kResult) [[likely]] {
      sp = arguments + 1;
      NEXT();
    }
    if (!AfterIntrinsic(done, *callee, arguments)) return false;
    RELOAD();
    NEXT();
  }
  SLOW(Enter(callee));

out_of_memory:
  SLOW(ThrowOutOfMemory());
}

}  // namespace fart::lang
