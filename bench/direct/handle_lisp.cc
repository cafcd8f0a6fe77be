// A Lisp on handles, written as an embedder writes it who reads fart_heap_api.h: every value is an
// object of a registered shape or a Fart value, every function opens a scope.
//
// One source for two rows: with FART_BENCH_FIRST_HANDLES only the functions that the interface had
// at first, without it those that came for such programs (docs/design/direct.md).

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "bench/direct/programs.h"
#include "bench/scale.h"
#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

namespace fart::bench {
namespace {

[[noreturn]] void Fail(const char* what) {
  std::fprintf(stderr, "handle_lisp: %s\n", what);
  std::abort();
}

// In the order of registration.
enum Kind : int { kPair, kSymbol, kPrimitive, kClosure, kBinding, kKinds, kSelf };
enum Form : int { kQuote, kIf, kLambda, kDefine, kLet, kBegin, kForms };
constexpr const char* kFormNames[] = {"quote", "if", "lambda", "define", "let", "begin"};

Fart_Shape shapes[kKinds];
Fart_PersistentHandle forms[kForms];
Fart_PersistentHandle symbols;  // a list of all

Fart_Handle Get(Fart_Handle object, int index) { return Fart_GetReference(object, index); }
void Set(Fart_Handle object, int index, Fart_Handle value) {
  DART_CHECK_VALID(Fart_SetReference(object, index, value));
}

#if defined(FART_BENCH_FIRST_HANDLES)

constexpr char kSystem[] = "/first";

Kind KindOf(Fart_Handle value) {
  if (!Fart_HasRegisteredShape(value)) return kSelf;
  Fart_Shape shape = nullptr;
  DART_CHECK_VALID(Fart_ObjectShape(value, &shape));
  int kind = 0;
  while (shapes[kind] != shape) ++kind;
  return static_cast<Kind>(kind);
}
bool Is(Fart_Handle value, Kind kind) {
  if (!Fart_HasRegisteredShape(value)) return false;
  Fart_Shape shape = nullptr;
  DART_CHECK_VALID(Fart_ObjectShape(value, &shape));
  return shape == shapes[kind];
}

Fart_Handle New(Kind kind, Fart_Handle first, Fart_Handle second, Fart_Handle third) {
  const Fart_Handle object = Fart_AllocateObject(shapes[kind], 0);
  DART_CHECK_VALID(object);
  Set(object, 0, first);
  Set(object, 1, second);
  if (third != nullptr) Set(object, 2, third);
  return object;
}

// A variable of the host's that holds a value while scopes come and go.
class Variable {
 public:
  explicit Variable(Fart_Handle value) : handle_(Fart_NewPersistentHandle(value)) {}
  ~Variable() { Fart_DeletePersistentHandle(handle_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

  Fart_Handle get() const { return handle_; }
  void Assign(Fart_Handle value) { Fart_SetPersistentHandle(handle_, value); }

 private:
  Fart_PersistentHandle handle_;
};

#else

constexpr char kSystem[] = "/fart";

Kind KindOf(Fart_Handle value) {
  const std::intptr_t index = Fart_ShapeIndex(value);
  return index < 0 ? kSelf : static_cast<Kind>(index);
}
bool Is(Fart_Handle value, Kind kind) { return Fart_IsOfShape(value, shapes[kind]); }

Fart_Handle New(Kind kind, Fart_Handle first, Fart_Handle second, Fart_Handle third) {
  const Fart_Handle given[] = {first, second, third};
  const Fart_Handle object =
      Fart_AllocateObjectWith(shapes[kind], 0, third == nullptr ? 2 : 3, given);
  DART_CHECK_VALID(object);
  return object;
}

// It ends with the scope that it was made in.
class Variable {
 public:
  explicit Variable(Fart_Handle value) : handle_(Fart_NewLocalHandle(value)) {}
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

  Fart_Handle get() const { return handle_; }
  void Assign(Fart_Handle value) { Fart_SetLocalHandle(handle_, value); }

 private:
  Fart_Handle handle_;
};

#endif

Fart_Handle New(Kind kind, Fart_Handle first, Fart_Handle second) {
  return New(kind, first, second, nullptr);
}
bool Same(Fart_Handle a, Fart_Handle b) { return Fart_IdentityEquals(a, b); }
std::int64_t Number(Fart_Handle value) {
  std::int64_t number = 0;
  DART_CHECK_VALID(Fart_IntegerToInt64(value, &number));
  return number;
}

// ---- Reading

// The symbol of this name, of which there is one. Its value is null.
Fart_Handle Intern(const std::string& name) {
  Fart_EnterScope();
  const auto size = static_cast<std::intptr_t>(name.size());
  for (Fart_Handle rest = symbols; !Fart_IsNull(rest); rest = Get(rest, 1)) {
    const Fart_Handle symbol = Get(rest, 0);
    std::uint8_t* bytes = nullptr;
    std::intptr_t length = 0;
    DART_CHECK_VALID(Fart_RawBytes(symbol, &bytes, &length));
    if (length == size && std::memcmp(bytes, name.data(), name.size()) == 0) {
      return Fart_ExitScopeWith(symbol);
    }
  }
  const Fart_Handle symbol = Fart_AllocateObject(shapes[kSymbol], size);
  DART_CHECK_VALID(Fart_WriteBytes(symbol, 0, name.data(), size));
  Fart_SetPersistentHandle(symbols, New(kPair, symbol, symbols));
  return Fart_ExitScopeWith(symbol);
}

class Reader {
 public:
  explicit Reader(const char* text) : at_(text) {}

  bool AtEnd() {
    while (*at_ == ' ') ++at_;
    return *at_ == '\0';
  }
  Fart_Handle Read() {
    if (AtEnd()) Fail("the text ends in a list");
    if (*at_ == '(') {
      ++at_;
      return ReadRest();
    }
    const char* const begin = at_;
    while (std::strchr(" ()", *at_) == nullptr) ++at_;
    const std::string word(begin, at_);
    char* end = nullptr;
    const std::int64_t number = std::strtoll(word.c_str(), &end, 10);
    if (*end == '\0') return Fart_NewInteger(number);
    if (word == "nil") return Fart_Null();
    if (word == "true") return Fart_True();
    if (word == "false") return Fart_False();
    return Intern(word);
  }

 private:
  Fart_Handle ReadRest() {
    if (AtEnd()) Fail("the text ends in a list");
    if (*at_ == ')') {
      ++at_;
      return Fart_Null();
    }
    Fart_EnterScope();
    const Fart_Handle first = Read();
    return Fart_ExitScopeWith(New(kPair, first, ReadRest()));
  }

  const char* at_;
};

// ---- Evaluating

Fart_Handle Lookup(Fart_Handle symbol, Fart_Handle environment) {
  Fart_EnterScope();
  for (Fart_Handle binding = environment; !Fart_IsNull(binding); binding = Get(binding, 2)) {
    if (Same(Get(binding, 0), symbol)) return Fart_ExitScopeWith(Get(binding, 1));
  }
  return Fart_ExitScopeWith(Get(symbol, 0));
}

Fart_Handle Apply(Primitive primitive, Fart_Handle first, Fart_Handle second) {
  switch (primitive) {
    case kAdd:
      return Fart_NewInteger(Number(first) + Number(second));
    case kSub:
      return Fart_NewInteger(Number(first) - Number(second));
    case kMul:
      return Fart_NewInteger(Number(first) * Number(second));
    case kLess:
      return Fart_NewBoolean(Number(first) < Number(second));
    case kEqual:
      return Fart_NewBoolean(Number(first) == Number(second));
    case kRemainder:
      return Fart_NewInteger(Number(first) % Number(second));
    case kCons:
      return New(kPair, first, second);
    case kCar:
      return Get(first, 0);
    case kCdr:
      return Get(first, 1);
    case kIsNull:
      return Fart_NewBoolean(Fart_IsNull(first));
    case kPrimitives:
      break;
  }
  Fail("no such primitive");
}

Fart_Handle Eval(Fart_Handle first_form, Fart_Handle first_environment);

Fart_Handle CallPrimitive(Fart_Handle function, Fart_Handle arguments, Fart_Handle environment) {
  std::uint64_t primitive = 0;
  DART_CHECK_VALID(Fart_ReadBytes(function, 0, &primitive, sizeof primitive));
  const Fart_Handle first = Eval(Get(arguments, 0), environment);
  const Fart_Handle more = Get(arguments, 1);
  const Fart_Handle second = Fart_IsNull(more) ? Fart_Null() : Eval(Get(more, 0), environment);
  return Apply(static_cast<Primitive>(primitive), first, second);
}

// The environment of a call: a binding for each parameter, in front of the closure's.
Fart_Handle Bind(Fart_Handle closure, Fart_Handle arguments, Fart_Handle environment) {
  Fart_EnterScope();
  Variable bound(Get(closure, 2));
  Variable parameter(Get(closure, 0));
  Variable argument(arguments);
  while (!Fart_IsNull(parameter.get())) {
    Fart_EnterScope();
    const Fart_Handle value = Eval(Get(argument.get(), 0), environment);
    bound.Assign(New(kBinding, Get(parameter.get(), 0), value, bound.get()));
    parameter.Assign(Get(parameter.get(), 1));
    argument.Assign(Get(argument.get(), 1));
    Fart_ExitScope();
  }
  return Fart_ExitScopeWith(bound.get());
}

Fart_Handle BindLet(Fart_Handle list, Fart_Handle environment) {
  Fart_EnterScope();
  Variable bound(environment);
  for (Fart_Handle rest = list; !Fart_IsNull(rest); rest = Get(rest, 1)) {
    const Fart_Handle pair = Get(rest, 0);
    const Fart_Handle value = Eval(Get(Get(pair, 1), 0), environment);
    bound.Assign(New(kBinding, Get(pair, 0), value, bound.get()));
  }
  return Fart_ExitScopeWith(bound.get());
}

// Which special form a symbol begins.
int FormOf(Fart_Handle head) {
  int form = 0;
  while (form != kForms && !Same(head, forms[form])) ++form;
  return form;
}

Fart_Handle Eval(Fart_Handle first_form, Fart_Handle first_environment) {
  switch (KindOf(first_form)) {
    case kSymbol:
      return Lookup(first_form, first_environment);
    case kPair:
      break;
    default:
      return first_form;
  }
  Fart_EnterScope();
  Variable form(first_form);
  Variable environment(first_environment);
  // What is in tail position is the next round's form.
  while (Is(form.get(), kPair)) {
    Fart_EnterScope();
    const Fart_Handle head = Get(form.get(), 0);
    const Fart_Handle rest = Get(form.get(), 1);
    const bool is_symbol = Is(head, kSymbol);
    switch (is_symbol ? FormOf(head) : kForms) {
      case kQuote:
        return Fart_ExitScopeWith(Fart_ExitScopeWith(Get(rest, 0)));
      case kIf: {
        const Fart_Handle condition = Eval(Get(rest, 0), environment.get());
        const Fart_Handle branches = Get(rest, 1);
        const bool holds = !Same(condition, Fart_False());
        form.Assign(Get(holds ? branches : Get(branches, 1), 0));
        break;
      }
      case kLambda: {
        const Fart_Handle body = Get(Get(rest, 1), 0);
        const Fart_Handle closure = New(kClosure, Get(rest, 0), body, environment.get());
        return Fart_ExitScopeWith(Fart_ExitScopeWith(closure));
      }
      case kDefine:
        Set(Get(rest, 0), 0, Eval(Get(Get(rest, 1), 0), environment.get()));
        form.Assign(Fart_Null());
        break;
      case kLet:
        environment.Assign(BindLet(Get(rest, 0), environment.get()));
        form.Assign(Get(Get(rest, 1), 0));
        break;
      case kBegin:
        Eval(Get(rest, 0), environment.get());
        form.Assign(Get(Get(rest, 1), 0));
        break;
      default: {
        const Fart_Handle function = Eval(head, environment.get());
        switch (KindOf(function)) {
          case kPrimitive: {
            const Fart_Handle value = CallPrimitive(function, rest, environment.get());
            return Fart_ExitScopeWith(Fart_ExitScopeWith(value));
          }
          case kClosure:
            environment.Assign(Bind(function, rest, environment.get()));
            form.Assign(Get(function, 1));
            break;
          default:
            Fail("what is called is no function");
        }
      }
    }
    Fart_ExitScope();
  }
  const bool is_symbol = Is(form.get(), kSymbol);
  return Fart_ExitScopeWith(is_symbol ? Lookup(form.get(), environment.get()) : form.get());
}

// ---- The interpreter's life

void Register(Kind kind, const char* name, int references, bool has_bytes, bool has_length) {
  Fart_ShapeDescription description{};
  description.struct_size = sizeof(description);
  description.name = name;
  description.reference_count = references;
  description.byte_count = has_bytes ? 8 : 0;
  description.variable_part = has_length ? Fart_VariablePart_kBytes : Fart_VariablePart_kNone;
  DART_CHECK_VALID(Fart_RegisterShape(&description, &shapes[kind]));
}

void StartLisp() {
  if (Fart_CreateHeapIsolate(nullptr, nullptr) == nullptr) Fail("no isolate");
  Fart_EnterScope();
  Register(kPair, "Pair", 2, false, false);
  Register(kSymbol, "Symbol", 1, false, true);
  Register(kPrimitive, "Primitive", 0, true, false);
  Register(kClosure, "Closure", 3, false, false);
  Register(kBinding, "Binding", 3, false, false);
  symbols = Fart_NewPersistentHandle(Fart_Null());
  for (int i = 0; i < kForms; ++i) forms[i] = Fart_NewPersistentHandle(Intern(kFormNames[i]));
  for (std::uint64_t i = 0; i < kPrimitives; ++i) {
    const Fart_Handle primitive = Fart_AllocateObject(shapes[kPrimitive], 0);
    DART_CHECK_VALID(Fart_WriteBytes(primitive, 0, &i, sizeof i));
    Set(Intern(kPrimitiveNames[i]), 0, primitive);
  }
}

void EndLisp() {
  Fart_ExitScope();
  Fart_ShutdownIsolate();
}

void Run(benchmark::State& state, const LispProgram& program) {
  for (auto _ : state) {
    state.PauseTiming();
    StartLisp();
    Reader definitions(program.definitions);
    while (!definitions.AtEnd()) Eval(definitions.Read(), Fart_Null());
    const Fart_Handle expression = Reader(IsSmokeTest() ? program.smoke : program.real).Read();
    state.ResumeTiming();
    const std::int64_t answer = Number(Eval(expression, Fart_Null()));
    state.PauseTiming();
    if (answer != (IsSmokeTest() ? program.smoke_answer : program.real_answer)) {
      std::fprintf(stderr, "%" PRId64 "\n", answer);
      Fail("a wrong answer");
    }
    if (Fart_MisuseCount() != 0) Fail(Fart_GetMisuse());
    EndLisp();
    state.ResumeTiming();
  }
}

void Add(const LispProgram& program) {
  const std::string name = std::string("BM_HandleLisp") + program.name + kSystem;
  benchmark::RegisterBenchmark(name.c_str(),
                               [&program](benchmark::State& state) { Run(state, program); })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime()
      ->Iterations(1);
}

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) {
  using namespace fart::bench;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  Fart_InitializeParams params{};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  if (Fart_Initialize(&params) != nullptr) Fail("no machine");
  Add(kFib);
  Add(kMixed);
  benchmark::RunSpecifiedBenchmarks();
  return Fart_Cleanup() == nullptr ? 0 : 1;
}
