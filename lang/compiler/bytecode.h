// The instruction set -- what the compiler emits and the interpreter executes.
//
// A stack machine with numbered frame slots. One frame, growing upwards:
//
//     slots[0 .. parameter_count)            arguments, where the caller pushed them
//     slots[parameter_count .. slot_count)   local variables and temporaries; null on entry
//     operands[0 .. max_operands)            operand stack, empty on entry
//
// The arguments a caller pushed ARE the first slots of the callee's frame; nothing is copied. A
// function with a receiver has it in slot 0: `this` of methods and generative constructors, the
// closure object itself of closures. Static and top-level functions and factories have no receiver;
// their slot 0 is the first argument.
//
// Instructions are 32-bit words. The first word holds the opcode in its low 8 bits and operand A in
// its upper 24; some instructions have one more word, B. `kOpcodeInfo` says which. A and B are one
// of:
//
//     slot      number of a frame slot
//     index     a count, or a number whose meaning the instruction explains
//     constant  index into CompiledFunction::constants
//     cache     number of the site's inline cache, below cache_count; no other site has it
//     immediate a signed number
//     jump      signed distance in words from the first word of the jumping instruction
//     call      B only: argument count in the low 8 bits (receiver included), cache in the upper 24
//
// Invariants (CheckFunction in checker.h holds every compiled function to them)
//   LC-B1 depth      at an instruction the operand depth is the same on all paths and at most
//                    max_operands.
//   LC-B2 closed     jumps lead to first words of instructions; code cannot run off its end.
//   LC-B3 statement  at exception handlers the operand stack is empty; at statement boundaries it
//   is
//                    as deep as where the outermost of the statements began: what is around the
//                    literal of a collection whose elements they make, else empty.
//   LC-B4 discard    SetProperty and SetIndex are followed by Pop, which is no jump's target: so an
//                    interpreter that stores without calling may step over both at once.
//   LC-B5 forward    every jump goes forward but Loop: the place to poll for interrupts.
//   LC-B6 cell       what LoadCell, StoreCell, CloneCell, LoadCapturedCell and StoreCapturedCell
//                    find in their place is a cell.
//   LC-B7 types      LoadTypeArguments is the first instruction of the functions that have a
//                    types_slot, and of no others; only they name types with type parameters.
//   LC-B8 calls      call_types is sorted; each entry's pc lies behind a call.
//   LC-B9 pairs      where an instruction's low 8 bits are a pair's, its other bits and the words
//                    behind it are those of the pair's two instructions: so who asks OpcodeOf reads
//                    the code as if there were no pairs, and who jumps to the second finds it.
//
// Stack effects below read: [popped, the last is the top] -> [pushed]. "Sends s" means an ordinary
// instance call of selector s with the operands as receiver and arguments, through the site's
// cache; its result is the result of the instruction. An interpreter's fast path must agree with
// what the core library's methods would do.
//
// Not here: the tables that go with the code (compiled_library.h).

#ifndef FART_LANG_COMPILER_BYTECODE_H_
#define FART_LANG_COMPILER_BYTECODE_H_

#include <cstddef>
#include <cstdint>

namespace fart::lang {

// V(name, A's form, B's form)
#define FART_LANG_OPCODES(V)                                                                       \
  /* Constants and stack shuffling. */                                                             \
  V(PushNull, kNone, kNone)         /* [] -> [null] */                                             \
  V(PushTrue, kNone, kNone)         /* [] -> [true] */                                             \
  V(PushFalse, kNone, kNone)        /* [] -> [false] */                                            \
  V(PushAbsent, kNone, kNone)       /* [] -> [absent marker], of `late` variables */               \
  V(PushSmi, kImmediate, kNone)     /* [] -> [A as signed integer] */                              \
  V(PushConstant, kConstant, kNone) /* [] -> [constant]: int, double, string, type, tear-off */    \
  V(Pop, kNone, kNone)              /* [x] -> [] */                                                \
  V(Dup, kNone, kNone)              /* [x] -> [x, x] */                                            \
  V(Dup2, kNone, kNone)             /* [x, y] -> [x, y, x, y] */                                   \
  /* Frame slots. */                                                                               \
  V(LoadLocal, kSlot, kNone)  /* [] -> [slots[A]] (a slot with a cell: the cell itself) */         \
  V(StoreLocal, kSlot, kNone) /* [x] -> []; slots[A] = x */                                        \
  /* Captured variables that change live in a cell, an object with one value. */                   \
  V(NewCell, kSlot, kNone)            /* [x] -> []; slots[A] = a new cell holding x */             \
  V(CloneCell, kSlot, kNone)          /* slots[A] = a new cell holding what slots[A]'s holds */    \
  V(LoadCell, kSlot, kNone)           /* [] -> [value of the cell in slots[A]] */                  \
  V(StoreCell, kSlot, kNone)          /* [x] -> []; the cell in slots[A] holds x */                \
  V(LoadCaptured, kIndex, kNone)      /* [] -> [captured[A] of the closure in slot 0] */           \
  V(LoadCapturedCell, kIndex, kNone)  /* [] -> [value of the cell captured[A] of the closure] */   \
  V(StoreCapturedCell, kIndex, kNone) /* [x] -> []; the cell captured[A] holds x */                \
  V(MakeClosure, kConstant, kIndex)   /* [c0 .. c(B-1)] -> [closure of function A, captured c] */  \
  /* Top-level and static variables, and constant objects (compiled_library.h, CompiledStatic). */ \
  V(LoadStatic, kConstant, kNone)   /* [] -> [value]; runs the initialiser the first time */       \
  V(StoreStatic, kConstant, kNone)  /* [x] -> []; also makes it initialised */                     \
  V(FinishStatic, kConstant, kNone) /* [x] -> []; ends the initialiser: it now holds x */          \
  V(AbortStatic, kConstant, kNone)  /* ends the initialiser in failure: untouched again */         \
  V(LoadOnce, kConstant, kJump)     /* [] -> [object A], jumps by B; not made yet: goes on */      \
  V(FinishOnce, kConstant, kNone)   /* [x] -> [the canonical object equal to x]; A is made */      \
  /* Fields and properties. */                                                                     \
  V(InitField, kIndex, kNone)      /* [x] -> []; slots[0].(own field A) = x */                     \
  V(GetProperty, kConstant, kCall) /* [r] -> [r.name]; selector A is a getter */                   \
  V(SetProperty, kConstant, kCall) /* [r, x] -> [junk]; selector A is a setter; LC-B4 */           \
  V(GetIndex, kCache, kNone)       /* [r, i] -> [r[i]]; sends [] */                                \
  V(SetIndex, kCache, kNone)       /* [r, i, x] -> [junk]; sends []=; LC-B4 */                     \
  /* Objects and calls. */                                                                         \
  V(Allocate, kConstant, kNone)        /* [] -> [object of class A, every field null] */           \
  V(SetTypes, kConstant, kNone)        /* [o] -> [o], whose type arguments are those of type A */  \
  V(CallStatic, kConstant, kIndex)     /* [a1..aB] -> [result]; B is exactly what A takes */       \
  V(CallStaticBind, kConstant, kIndex) /* [args] -> [result]; function of static call A */         \
  V(CallInstance, kConstant, kCall)    /* [r, a1..an] -> [result]; selector A */                   \
  V(CallSuper, kConstant, kCall)       /* [this, a1..an] -> [result]; selector A, superclass */    \
  V(CallValue, kConstant, kCall)       /* [f, a1..an] -> [result]; selector A is `call` */         \
  V(CallNative, kIndex, kNone)         /* [a1..aA] -> [result]; of the function itself */          \
  V(Return, kNone, kNone)              /* [x] -> leaves the frame with x */                        \
  V(ReturnNull, kNone, kNone)          /* [] -> leaves the frame with null */                      \
  V(Suspend, kIndex, kNone)            /* [x] -> [y]; leaves the frame until it is resumed */      \
  /* Literals. */                                                                                  \
  V(MakeList, kIndex, kNone)      /* [e1..eA] -> [new growable list] */                            \
  V(AppendToList, kIndex, kNone)  /* [list, e1..eA] -> [list] */                                   \
  V(ToString, kCache, kNone)      /* [x] -> [string]; sends toString unless a string */            \
  V(ConcatStrings, kIndex, kNone) /* [s1..sA] -> [string] */                                       \
  /* Operators: small integers and doubles at once, everything else by send. A is the cache. */    \
  V(Add, kCache, kNone)          /* [a, b] -> [a + b] */                                           \
  V(Sub, kCache, kNone)          /* [a, b] -> [a - b] */                                           \
  V(Mul, kCache, kNone)          /* [a, b] -> [a * b] */                                           \
  V(Div, kCache, kNone)          /* [a, b] -> [a / b] */                                           \
  V(Mod, kCache, kNone)          /* [a, b] -> [a % b] */                                           \
  V(TruncDiv, kCache, kNone)     /* [a, b] -> [a ~/ b] */                                          \
  V(BitAnd, kCache, kNone)       /* [a, b] -> [a & b] */                                           \
  V(BitOr, kCache, kNone)        /* [a, b] -> [a | b] */                                           \
  V(BitXor, kCache, kNone)       /* [a, b] -> [a ^ b] */                                           \
  V(ShiftLeft, kCache, kNone)    /* [a, b] -> [a << b] */                                          \
  V(ShiftRight, kCache, kNone)   /* [a, b] -> [a >> b] */                                          \
  V(Less, kCache, kNone)         /* [a, b] -> [a < b] */                                           \
  V(LessEqual, kCache, kNone)    /* [a, b] -> [a <= b] */                                          \
  V(Greater, kCache, kNone)      /* [a, b] -> [a > b] */                                           \
  V(GreaterEqual, kCache, kNone) /* [a, b] -> [a >= b] */                                          \
  V(Equal, kCache, kNone)        /* [a, b] -> [a == b]; if one is null: are they identical */      \
  V(AddSmi, kCache, kImmediate)  /* [a] -> [a + B]; may push B and send + */                       \
  V(SubSmi, kCache, kImmediate)  /* [a] -> [a - B]; may push B and send - */                       \
  V(Negate, kCache, kNone)       /* [a] -> [-a]; sends unary- */                                   \
  V(BitNot, kCache, kNone)       /* [a] -> [~a]; sends ~ */                                        \
  V(Not, kNone, kNone)           /* [a] -> [false if a is `true`, else true] */                    \
  V(IsNull, kNone, kNone)        /* [a] -> [is a null] */                                          \
  V(IsType, kConstant, kNone)    /* [a] -> [is a an instance of type A] */                         \
  V(AsType, kConstant, kNone)    /* [a] -> [a]; throws CastError unless null or of type A */       \
  /* Checked mode (type_checks.h). */                                                              \
  V(CheckType, kConstant, kConstant) /* [a] -> [a]; throws unless null or an A; B says what */     \
  V(CheckCondition, kNone, kNone)    /* [a] -> [a]; throws unless a bool */                        \
  V(CheckElement, kNone, kNone)      /* [l, i, x] -> [the same]; throws if l cannot hold x */      \
  /* Type arguments (CompiledFunction::types_slot). In the types A, theirs stand for parameters.   \
   */                                                                                              \
  V(LoadTypeArguments, kNone, kNone) /* sets the slot; only as the first instruction */            \
  V(PushTypeArguments, kNone, kNone) /* [] -> [the slot's word], for a closure to capture */       \
  V(PushType, kConstant, kNone)      /* [] -> [type A as an object] */                             \
  /* Control. */                                                                                   \
  V(Jump, kJump, kNone)                /* goes on at A */                                          \
  V(Loop, kJump, kNone)                /* goes back to A; polls for interrupts */                  \
  V(JumpIfTrue, kJump, kNone)          /* [a] -> []; jumps if a is `true` */                       \
  V(JumpIfFalse, kJump, kNone)         /* [a] -> []; jumps unless a is `true` */                   \
  V(JumpIfNull, kJump, kNone)          /* [a] -> []; jumps if a is null */                         \
  V(JumpIfNotNull, kJump, kNone)       /* [a] -> []; jumps unless a is null */                     \
  V(JumpIfNotSmi, kImmediate, kJump)   /* [a] -> []; jumps by B unless a is the small int A */     \
  V(JumpIfGiven, kSlot, kJump)         /* jumps by B unless slots[A] is the absent marker */       \
  V(Throw, kNone, kNone)               /* [x] -> throws x (null: throws NullThrownError) */        \
  V(Rethrow, kSlot, kSlot)             /* throws slots[A] with the stack trace in slots[B] */      \
  V(ThrowError, kImmediate, kConstant) /* throws the ThrownKind A with the string B as message */  \
  V(ThrowNoSuchMethod, kConstant, kCall) /* [a1..an, reason] -> throws; nothing answers to A */

// What the longer ones mean.
//
// MakeClosure        A: function, B: number of captured values. Slots that hold cells are
//                    captured as the cell, all others by value.
// LoadStatic         A: static. If the variable is untouched and has an initialiser: marks it
//                    "being initialised" and calls the initialiser as a function without
//                    arguments, whose result is the instruction's result. If it is being
//                    initialised already: throws CyclicInitializationError. The initialiser itself
//                    executes FinishStatic, or AbortStatic from its exception handler before it
//                    rethrows.
// LoadOnce           A: static, hidden (no name): the value of one `const` expression. If it is
//                    there already: pushes it and jumps over the code that makes it, which ends
//                    with FinishOnce of the same static.
// FinishOnce         Two instances of one class with identical fields, or two lists with identical
//                    elements, become the one seen first; a list also becomes unmodifiable. Fields
//                    that are not final do not count. A string, and what of the parts is one,
//                    becomes the literal of that text. Other objects stay as they are. Remembers
//                    and pushes the result.
// InitField          A counts from 0 over the fields that the function's own class declares
//                    (CompiledClass::fields), the superclass's excluded. Only in generative
//                    constructors, and in setters that check (LC-C4).
// GetProperty        Getter, field, or method of that name (then a closure bound to r), else
//                    noSuchMethod. The call word counts 1 (r), that of SetProperty 2.
// CallInstance       Method; or getter or field of that name, whose value is then called; else
//                    noSuchMethod.
// CallSuper          As CallInstance, GetProperty or SetProperty by the selector's kind (leaving a
//                    result in each case), but the lookup starts at the superclass of the class
//                    that owns the function (of a closure: the class it was written in). `this` was
//                    pushed as the receiver.
// CallValue          A closure is called; any other object gets the send of `call`. The callee
//                    finds the closure in slot 0. A closure of a static function is called without
//                    it (the arguments move down one place), and a method bound to an object finds
//                    that object there.
// CallStatic         A: function. B is exactly its parameter_count (a constructor's receiver
//                    included), nothing left out, nothing passed by name: no check is needed. The
//                    callee may be native.
// CallStaticBind     A: static call (function and argument names), B: words pushed. The compiler
//                    has checked that they fit; what is missing must be filled in, names sorted
//                    out.
// Allocate           A: class, never abstract. `new C(x)` is: Allocate C; x; CallStatic of C's
//                    constructor with 2. Constructors return their slot 0.
// CallNative         Only in a native function whose parameters have defaults, which have been
//                    filled in, or are checked; A is what it takes.
// SetTypes           The object is new: one that Allocate or MakeList has made. A: what it is an
//                    instance of, with arguments.
// LoadTypeArguments  The type arguments in force: those of `this` as an instance of the function's
//                    class, or those captured, and the function's own, which the caller's table
//                    (call_types) tells by the place that the frame returns to. As a word, or null
//                    if all of them are dynamic.
// IsType, AsType     Only where types_slot is can A have type parameters; so too SetTypes.
// CheckType          B: what the value is for, for the message of the TypeError. Its type arguments
//                    are as those of IsType.
// CheckElement       Of a list that knows what its elements are: of that, or null. Any other l is
//                    an object whose []= finds out itself.
// Suspend            A: a SuspendKind. Only in closures whose slot 1, the first parameter, is a
// list
//                    of kSuspendedWords. What the frame holds is put into it, with x and A, and the
//                    frame left with null. Whoever resumes it gives y, or something to be thrown
//                    here.
// ToString           The result of a send may be any object; ConcatStrings throws ArgumentError if
//                    one is not a string.
// JumpIfGiven        See Parameter::has_default in compiled_library.h.
// ThrowNoSuchMethod  A: selector that nothing static answers to, or nothing with these arguments; B
//                    counts all words pushed, the text that says why included; cache 0.

enum class Opcode : std::uint8_t {
#define FART_LANG_ENUM(name, a, b) k##name,
  FART_LANG_OPCODES(FART_LANG_ENUM)
#undef FART_LANG_ENUM
};

// Why a body is left in the middle. The core library knows the numbers.
enum class SuspendKind : std::uint8_t { kAwait, kYield, kYieldEach };
inline constexpr std::size_t kSuspendedWords = 5;

// Pairs -- two instructions that an interpreter does as one, where both are at hand so often that
// the way from one to the other counts. V(name, first, second); written by PairUp (pairs.h).
#define FART_LANG_PAIRS(V)                        \
  V(LoadTwo, LoadLocal, LoadLocal)                \
  V(LoadAndPushSmi, LoadLocal, PushSmi)           \
  V(LoadAndPushConstant, LoadLocal, PushConstant) \
  V(LoadProperty, LoadLocal, GetProperty)         \
  V(LoadAndGetIndex, LoadLocal, GetIndex)         \
  V(LoadAndSubSmi, LoadLocal, SubSmi)             \
  V(Increment, LoadLocal, AddSmi) /* A StoreLocal follows, not of the pair */

enum class OperandForm : std::uint8_t {
  kNone,       // Not there: B then takes no word, A is 0.
  kSlot,       // Unsigned.
  kIndex,      // Unsigned count or index.
  kImmediate,  // Signed.
  kConstant,   // Unsigned.
  kCache,      // Unsigned.
  kJump,       // Signed, in words.
  kCall,       // B only: count | cache << 8.
};

struct OpcodeInfo {
  const char* name;
  OperandForm a;
  OperandForm b;
};

inline constexpr OpcodeInfo kOpcodeInfo[] = {
#define FART_LANG_INFO(name, a, b) {#name, OperandForm::a, OperandForm::b},
    FART_LANG_OPCODES(FART_LANG_INFO)
#undef FART_LANG_INFO
};

inline constexpr std::size_t kOpcodeCount = sizeof(kOpcodeInfo) / sizeof(kOpcodeInfo[0]);

using CodeWord = std::uint32_t;

inline constexpr std::uint32_t kMaxOperandA = (1u << 24) - 1;
inline constexpr std::int32_t kMaxImmediate = (1 << 23) - 1;
inline constexpr std::int32_t kMinImmediate = -(1 << 23);
// Arguments of one call, the receiver included. More is a compile-time error.
inline constexpr std::uint32_t kMaxArguments = 255;

constexpr CodeWord EncodeWord(Opcode opcode, std::uint32_t a) {
  return static_cast<CodeWord>(opcode) | a << 8;
}
constexpr CodeWord EncodeCall(std::uint32_t argument_count, std::uint32_t cache) {
  return argument_count | cache << 8;
}

// What stands for a pair in the place of its first instruction's opcode: the numbers behind those.
enum class Pair : std::uint8_t {
  kNoneBefore = kOpcodeCount - 1,
#define FART_LANG_PAIR(name, first, second) k##name,
  FART_LANG_PAIRS(FART_LANG_PAIR)
#undef FART_LANG_PAIR
};
struct PairInfo {
  Opcode first;
  Opcode second;
};
inline constexpr PairInfo kPairInfo[] = {
#define FART_LANG_PAIR(name, first, second) {Opcode::k##first, Opcode::k##second},
    FART_LANG_PAIRS(FART_LANG_PAIR)
#undef FART_LANG_PAIR
};
inline constexpr std::size_t kPairCount = sizeof(kPairInfo) / sizeof(kPairInfo[0]);
static_assert(kOpcodeCount + kPairCount <= 256);

// Of the first instruction, where there is a pair.
constexpr Opcode OpcodeOf(CodeWord word) {
  const std::size_t low = word & 0xff;
  return low < kOpcodeCount ? static_cast<Opcode>(low) : kPairInfo[low - kOpcodeCount].first;
}
constexpr std::uint32_t UnsignedA(CodeWord word) { return word >> 8; }
constexpr std::int32_t SignedA(CodeWord word) { return static_cast<std::int32_t>(word) >> 8; }
constexpr std::int32_t SignedB(CodeWord word) { return static_cast<std::int32_t>(word); }
constexpr std::uint32_t CallArgumentCount(CodeWord b) { return b & 0xff; }
constexpr std::uint32_t CallCache(CodeWord b) { return b >> 8; }

constexpr const OpcodeInfo& InfoOf(Opcode opcode) {
  return kOpcodeInfo[static_cast<std::size_t>(opcode)];
}
constexpr std::size_t WordsOf(Opcode opcode) {
  return InfoOf(opcode).b == OperandForm::kNone ? 1 : 2;
}

// What kThrowError throws.
enum class ThrownKind : std::uint8_t {
  kAbstractClassInstantiation,  // AbstractClassInstantiationError; the message is the class's name.
  kAssertion,                   // AssertionError; the message is the condition's text.
  kUnsupported,                 // UnsupportedError with the message.
  kLate,                        // LateInitializationError with the message.
  kNullCheck,                   // TypeError: `!` met a null; the message is its operand's text.
};

// The selector that each operator instruction sends when it has no faster way; null if it sends
// none.
constexpr const char* OperatorSelectorName(Opcode opcode) {
  switch (opcode) {
    case Opcode::kAdd:
    case Opcode::kAddSmi:
      return "+";
    case Opcode::kSub:
    case Opcode::kSubSmi:
      return "-";
    case Opcode::kMul:
      return "*";
    case Opcode::kDiv:
      return "/";
    case Opcode::kMod:
      return "%";
    case Opcode::kTruncDiv:
      return "~/";
    case Opcode::kBitAnd:
      return "&";
    case Opcode::kBitOr:
      return "|";
    case Opcode::kBitXor:
      return "^";
    case Opcode::kShiftLeft:
      return "<<";
    case Opcode::kShiftRight:
      return ">>";
    case Opcode::kLess:
      return "<";
    case Opcode::kLessEqual:
      return "<=";
    case Opcode::kGreater:
      return ">";
    case Opcode::kGreaterEqual:
      return ">=";
    case Opcode::kEqual:
      return "==";
    case Opcode::kNegate:
      return "unary-";
    case Opcode::kBitNot:
      return "~";
    case Opcode::kGetIndex:
      return "[]";
    case Opcode::kSetIndex:
      return "[]=";
    case Opcode::kToString:
      return "toString";
    default:
      return nullptr;
  }
}

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_BYTECODE_H_
