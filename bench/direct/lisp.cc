// The interpreter of programs.h on any of the heaps. Forms are the lists that were read; an
// environment is a list of bindings. What is needed after a call that may collect stands in a root.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bench/direct/measured.h"
#include "bench/direct/programs.h"
#include "bench/scale.h"

namespace fart::bench {
namespace {

enum Form : std::uint64_t { kNoForm, kQuote, kIf, kLambda, kDefine, kLet, kBegin };
constexpr const char* kForms[] = {"quote", "if", "lambda", "define", "let", "begin"};
constexpr unsigned kTrue = 0;
constexpr unsigned kFalse = 1;

// Words of the objects.
constexpr unsigned kHead = 1, kTail = 2;
constexpr unsigned kSymbolValue = 1, kSymbolForm = 2, kSymbolName = 3;
constexpr unsigned kPrimitiveNumber = 1;
constexpr unsigned kParameters = 1, kBody = 2, kEnvironment = 3;
constexpr unsigned kBound = 1, kBoundValue = 2, kNext = 3;

Value First(Heap heap, Value list) { return Load(heap, list, kHead); }
Value Rest(Heap heap, Value list) { return Load(heap, list, kTail); }
Value Second(Heap heap, Value list) { return First(heap, Rest(heap, list)); }

Value Cons(Heap heap, Value head, Value tail) {
  const Value init[] = {head, tail};
  return New<kPair>(heap, init);
}
Value Boolean(Heap heap, bool is_so) { return Immediate(heap, is_so ? kTrue : kFalse); }

// ---- Reading

class Reader {
 public:
  // `symbols`: all there are, a list.
  Reader(Heap heap, Slot& symbols, const char* text) : heap_(heap), symbols_(symbols), at_(text) {}

  bool AtEnd() {
    while (*at_ == ' ') ++at_;
    return *at_ == '\0';
  }
  Value Read() {
    if (AtEnd()) Fail("the text ends in a list");
    if (*at_ == '(') {
      ++at_;
      return ReadList();
    }
    const char* const begin = at_;
    while (std::strchr(" ()", *at_) == nullptr) ++at_;
    char word[32] = "";
    const auto length = static_cast<std::size_t>(at_ - begin);
    if (length >= sizeof word) Fail("a long word");
    std::memcpy(word, begin, length);
    char* end = nullptr;
    const std::int64_t number = std::strtoll(word, &end, 10);
    if (*end == '\0') return FromInteger(heap_, number);
    if (std::strcmp(word, "nil") == 0) return Nil(heap_);
    if (std::strcmp(word, "true") == 0) return Boolean(heap_, true);
    if (std::strcmp(word, "false") == 0) return Boolean(heap_, false);
    return Intern(word);
  }
  // The name's one symbol, whose value is null. Names are not freed.
  Value Intern(const char* name) {
    for (Value rest = Get(heap_, symbols_); !IsNil(rest); rest = Rest(heap_, rest)) {
      const Value symbol = First(heap_, rest);
      const auto known = reinterpret_cast<const char*>(*Raw(heap_, symbol, kSymbolName));
      if (std::strcmp(name, known) == 0) return symbol;
    }
    const Value fresh = New<kSymbol>(heap_, nullptr);
    *Raw(heap_, fresh, kSymbolName) = reinterpret_cast<std::uint64_t>(strdup(name));
    Set(heap_, symbols_, Cons(heap_, fresh, Get(heap_, symbols_)));
    return First(heap_, Get(heap_, symbols_));
  }

 private:
  Value ReadList() {
    if (AtEnd()) Fail("the text ends in a list");
    if (*at_ == ')') {
      ++at_;
      return Nil(heap_);
    }
    BENCH_ROOTS(heap_, first, 1);
    Set(heap_, first.at[0], Read());
    const Value rest = ReadList();
    return Cons(heap_, Get(heap_, first.at[0]), rest);
  }

  const Heap heap_;
  Slot& symbols_;
  const char* at_;
};

// ---- Evaluating

Value Lookup(Heap heap, Value symbol, Value environment) {
  for (; !IsNil(environment); environment = Load(heap, environment, kNext)) {
    if (IsSame(Load(heap, environment, kBound), symbol)) {
      return Load(heap, environment, kBoundValue);
    }
  }
  return Load(heap, symbol, kSymbolValue);
}

Value EvalPair(Heap heap, Value form, Value environment);

// What is no call needs no frame.
inline Value Eval(Heap heap, Value form, Value environment) {
  if (!IsObject(form)) return form;
  const Shape shape = ShapeOf(heap, form);
  if (shape == kPair) return EvalPair(heap, form, environment);
  return shape == kSymbol ? Lookup(heap, form, environment) : form;
}

Value Apply(Heap heap, Primitive primitive, Value first, Value second) {
  switch (primitive) {
    case kAdd:
      return FromInteger(heap, ToInteger(first) + ToInteger(second));
    case kSub:
      return FromInteger(heap, ToInteger(first) - ToInteger(second));
    case kMul:
      return FromInteger(heap, ToInteger(first) * ToInteger(second));
    case kLess:
      return Boolean(heap, ToInteger(first) < ToInteger(second));
    case kEqual:
      return Boolean(heap, ToInteger(first) == ToInteger(second));
    case kRemainder:
      return FromInteger(heap, ToInteger(first) % ToInteger(second));
    case kCons:
      return Cons(heap, first, second);
    case kCar:
      return Load(heap, first, kHead);
    case kCdr:
      return Load(heap, first, kTail);
    case kIsNull:
      return Boolean(heap, IsNil(first));
    case kPrimitives:
      break;
  }
  Fail("no such primitive");
}

// The answer of a primitive's call.
[[gnu::noinline]] Value CallPrimitive(Heap heap, Primitive primitive, Value arguments,
                                      Value environment) {
  const Value more = Rest(heap, arguments);
  if (IsNil(more)) {
    const Value only = Eval(heap, First(heap, arguments), environment);
    return Apply(heap, primitive, only, Nil(heap));
  }
  Value first{};
  Value second{};
  {
    BENCH_ROOTS(heap, roots, 2);
    Set(heap, roots.at[0], environment);
    Set(heap, roots.at[1], more);
    const Value left = Eval(heap, First(heap, arguments), environment);
    const Value form = First(heap, Get(heap, roots.at[1]));
    Set(heap, roots.at[1], left);
    second = Eval(heap, form, Get(heap, roots.at[0]));
    first = Get(heap, roots.at[1]);
  }
  return Apply(heap, primitive, first, second);
}

// The environment of a closure's call: a binding for each parameter. A frame of its own, so that
// the one of EvalPair, of which there is one for each level of a recursion, is small.
[[gnu::noinline]] Value Bind(Heap heap, Value closure, Value arguments, Value environment) {
  BENCH_ROOTS(heap, roots, 4);
  Set(heap, roots.at[0], environment);
  Set(heap, roots.at[1], Load(heap, closure, kEnvironment));
  Set(heap, roots.at[2], Load(heap, closure, kParameters));
  Set(heap, roots.at[3], arguments);
  while (!IsNil(Get(heap, roots.at[2]))) {
    const Value form = First(heap, Get(heap, roots.at[3]));
    const Value value = Eval(heap, form, Get(heap, roots.at[0]));
    const Value parameters = Get(heap, roots.at[2]);
    const Value init[] = {First(heap, parameters), value, Get(heap, roots.at[1])};
    Set(heap, roots.at[2], Rest(heap, parameters));
    Set(heap, roots.at[3], Rest(heap, Get(heap, roots.at[3])));
    Set(heap, roots.at[1], New<kBinding>(heap, init));
  }
  return Get(heap, roots.at[1]);
}

[[gnu::noinline]] Value BindLet(Heap heap, Value list, Value environment) {
  BENCH_ROOTS(heap, roots, 3);
  Set(heap, roots.at[0], environment);
  Set(heap, roots.at[1], environment);
  Set(heap, roots.at[2], list);
  while (!IsNil(Get(heap, roots.at[2]))) {
    const Value form = Second(heap, First(heap, Get(heap, roots.at[2])));
    const Value value = Eval(heap, form, Get(heap, roots.at[0]));
    const Value rest = Get(heap, roots.at[2]);
    const Value init[] = {First(heap, First(heap, rest)), value, Get(heap, roots.at[1])};
    Set(heap, roots.at[2], Rest(heap, rest));
    Set(heap, roots.at[1], New<kBinding>(heap, init));
  }
  return Get(heap, roots.at[1]);
}

[[gnu::noinline]] Value NewClosure(Heap heap, Value lambda, Value environment) {
  const Value init[] = {First(heap, lambda), Second(heap, lambda), environment};
  return New<kClosure>(heap, init);
}

// What is in tail position is the next round's form. The frame of roots ends before what is left is
// called: so that call takes the place of this one on the stack.
Value EvalPair(Heap heap, Value form, Value environment) {
  const Value no = Boolean(heap, false);
  Value function{};
  Value arguments{};
  {
    BENCH_ROOTS(heap, roots, 2);
    while (true) {
      const Value head = First(heap, form);
      arguments = Rest(heap, form);
      const bool is_symbol = IsObject(head) && ShapeOf(heap, head) == kSymbol;
      const std::uint64_t syntax = is_symbol ? *Raw(heap, head, kSymbolForm) : kNoForm;
      if (syntax == kQuote) return First(heap, arguments);
      Set(heap, roots.at[0], arguments);
      Set(heap, roots.at[1], environment);
      if (syntax == kNoForm) {
        function = Eval(heap, head, environment);
        arguments = Get(heap, roots.at[0]);
        environment = Get(heap, roots.at[1]);
        if (!IsObject(function)) Fail("what is called is no function");
        if (ShapeOf(heap, function) != kClosure) break;
        Set(heap, roots.at[0], function);
        environment = Bind(heap, function, arguments, environment);
        form = Load(heap, Get(heap, roots.at[0]), kBody);
      } else if (syntax == kIf) {
        const Value condition = Eval(heap, First(heap, arguments), environment);
        const Value branches = Rest(heap, Get(heap, roots.at[0]));
        form = IsSame(condition, no) ? Second(heap, branches) : First(heap, branches);
        environment = Get(heap, roots.at[1]);
      } else if (syntax == kLambda) {
        return NewClosure(heap, arguments, environment);
      } else if (syntax == kDefine) {
        const Value value = Eval(heap, Second(heap, arguments), environment);
        Store(heap, First(heap, Get(heap, roots.at[0])), kSymbolValue, value);
        return Nil(heap);
      } else if (syntax == kLet) {
        environment = BindLet(heap, First(heap, arguments), environment);
        form = Second(heap, Get(heap, roots.at[0]));
      } else {
        Eval(heap, First(heap, arguments), environment);
        form = Second(heap, Get(heap, roots.at[0]));
        environment = Get(heap, roots.at[1]);
      }
      if (!IsObject(form) || ShapeOf(heap, form) != kPair) return Eval(heap, form, environment);
    }
  }
  if (ShapeOf(heap, function) != kPrimitive) Fail("what is called is no function");
  const auto primitive = static_cast<Primitive>(*Raw(heap, function, kPrimitiveNumber));
  return CallPrimitive(heap, primitive, arguments, environment);
}

}  // namespace

double RunLisp(Heap heap, const LispProgram& program) {
  BENCH_ROOTS(heap, roots, 2);
  Set(heap, roots.at[0], Nil(heap));
  Reader names(heap, roots.at[0], "");
  for (std::size_t i = 0; i < sizeof kForms / sizeof kForms[0]; ++i) {
    const Value symbol = names.Intern(kForms[i]);
    *Raw(heap, symbol, kSymbolForm) = i + 1;
  }
  for (std::uint64_t i = 0; i < kPrimitives; ++i) {
    Set(heap, roots.at[1], names.Intern(kPrimitiveNames[i]));
    const Value primitive = New<kPrimitive>(heap, nullptr);
    *Raw(heap, primitive, kPrimitiveNumber) = i;
    Store(heap, Get(heap, roots.at[1]), kSymbolValue, primitive);
  }
  Reader definitions(heap, roots.at[0], program.definitions);
  while (!definitions.AtEnd()) {
    const Value definition = definitions.Read();
    Eval(heap, definition, Nil(heap));
  }
  const bool is_smoke = IsSmokeTest();
  Reader expression(heap, roots.at[0], is_smoke ? program.smoke : program.real);
  const Value form = expression.Read();
  const double before = ProcessorSeconds();
  const Value answer = Eval(heap, form, Nil(heap));
  const double seconds = ProcessorSeconds() - before;
  const std::int64_t wanted = is_smoke ? program.smoke_answer : program.real_answer;
  if (!IsInteger(answer) || ToInteger(answer) != wanted) Fail("a wrong answer");
  return seconds;
}

}  // namespace fart::bench
