// The slow ways to call: lookup, binding of arguments, and calls that nobody answers.

#include <algorithm>
#include <array>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "vm/values/lists.h"
#include "vm/values/symbol_table.h"

namespace fart::lang {

// ---- Lookup -------------------------------------------------------------------------------------

const Member& Interpreter::Lookup(Class* cls, const MemberKey* key) {
  const auto hash =
      static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(cls) >> 5) ^ key->hash;
  if (const Found& known = found_[hash & (found_.size() - 1)];
      known.cls == cls && known.key == key) {
    return known.member;
  }
  Found found{cls, key, Member{}};
  for (Class* each = cls; each != nullptr; each = each->superclass) {
    found.member = linker_.MemberOf(*each, key);
    if (found.member.kind != Member::Kind::kNone) break;
  }
  if (found_[hash & (found_.size() - 1)].cls != nullptr && found_.size() < kMaxFoundEntries &&
      ++found_replaced_ >= found_.size()) {
    found_replaced_ = 0;
    std::vector<Found> grown(found_.size() * 4);
    found_.swap(grown);
  }
  Found& place = found_[hash & (found_.size() - 1)];
  place = found;
  return place.member;
}

namespace {

void Remember(InlineCache* cache, const CacheEntry& entry) {
  if (cache->first.shape != entry.shape) cache->second = cache->first;
  cache->first = entry;
}

CacheEntry FunctionEntry(ShapeId shape, Function* function) {
  CacheEntry entry;
  entry.shape = shape;
  entry.kind = CacheEntry::Kind::kFunction;
  entry.function = function;
  return entry;
}

CacheEntry FieldEntry(ShapeId shape, std::uint32_t offset) {
  CacheEntry entry;
  entry.shape = shape;
  entry.kind = CacheEntry::Kind::kField;
  entry.offset = offset;
  return entry;
}

// Whether a field of objects of this shape may be read and stored without more ado. Key and value
// of an ephemeron may not. (H-M3)
bool IsPlainField(const Heap& heap, ShapeId shape) { return !heap.shapes()[shape].is_ephemeron(); }

// What such a getter gives, if it does nothing else: `get length => _length;`. Null: more, or it
// has never been called.
const MemberKey* KeyGivenBy(const Function& getter) {
  if (getter.entry != Entry::kCode) return nullptr;
  const CodeWord* const code = getter.code;
  if (OpcodeOf(code[0]) != Opcode::kLoadLocal || UnsignedA(code[0]) != 0) return nullptr;  // `this`
  if (OpcodeOf(code[1]) != Opcode::kGetProperty) return nullptr;
  if (OpcodeOf(code[3]) != Opcode::kReturn) return nullptr;
  return getter.constants[UnsignedA(code[1])].selector->key;
}

std::uint32_t WordsOf(const SelectorEntity& selector) {
  return 1 + selector.positional_count + static_cast<std::uint32_t>(selector.argument_names.size());
}

}  // namespace

// ---- Sends --------------------------------------------------------------------------------------

bool Interpreter::Send(const SelectorEntity& selector, std::uint32_t words, InlineCache* cache) {
  if (HasUnboundTypedData(*(stack_.top() - words))) [[unlikely]] {
    const Outcome bound = linker_.BindTypedData();
    if (bound.IsError()) return HandleError(bound);
  }
  const ObjectPtr receiver = *(stack_.top() - words);
  return SendTo(ClassOf(receiver), selector, words, cache, ShapeIdOf(receiver));
}

// Whether a class has what a selector may ask for: a method is torn off where a getter is asked
// for, and what a getter gives is called.
bool Interpreter::Offers(Class* cls, const MemberKey& key) {
  const auto has = [&](const MemberKey* wanted) {
    return Lookup(cls, wanted).kind != Member::Kind::kNone;
  };
  if (has(&key)) return true;
  if (key.kind == MemberKind::kMethod) return has(key.getter);
  return key.kind == MemberKind::kGetter && has(key.method);
}

bool Interpreter::SendSuper(const SelectorEntity& selector, std::uint32_t words,
                            InlineCache* cache) {
  const ObjectPtr receiver = *(stack_.top() - words);
  Class* const above = frame_.function->owner->superclass;
  if (!Offers(above, *selector.key)) return NoSuchMethodAbove(above, selector, words);
  return SendTo(above, selector, words, cache, ShapeIdOf(receiver));
}

bool Interpreter::SendTo(Class* cls, const SelectorEntity& selector, std::uint32_t words,
                         InlineCache* cache, ShapeId shape) {
  switch (selector.key->kind) {
    case MemberKind::kMethod:
      return SendMethod(cls, selector, words, cache, shape);
    case MemberKind::kGetter:
      return SendGetter(cls, selector, cache, shape);
    case MemberKind::kSetter:
      return SendSetter(cls, selector, cache, shape);
  }
  FART_UNREACHABLE();
}

bool Interpreter::SendMethod(Class* cls, const SelectorEntity& selector, std::uint32_t words,
                             InlineCache* cache, ShapeId shape) {
  const Member& member = Lookup(cls, selector.key);
  if (member.kind == Member::Kind::kFunction) {
    Function* const function = member.function;
    if (!Fits(*function, words, selector.argument_names)) return NoSuchMethod(selector, words);
    if (function->parameter_count == words && selector.argument_names.empty()) {
      if (cache != nullptr) Remember(cache, FunctionEntry(shape, function));  // LK-X2
      return Enter(function);
    }
    const bool is_super = cls != ClassOf(*(stack_.top() - words));
    if (!is_super) Adapt(selector, words, function, shape, /*types=*/nullptr, cache);
    Arrange(*function, words, selector.argument_names);
    return Enter(function);
  }
  const Member& getter = Lookup(cls, selector.key->getter);
  switch (getter.kind) {
    case Member::Kind::kField: {
      ObjectPtr* const place = stack_.top() - words;
      {
        const NoSafepointScope quiet;
        if (!IsPlainField(mutator().heap(), shape)) mutator().heap().LookAtPair(place->address());
        *place = *SlotAt(*place, getter.offset, quiet);
      }
      return CallValue(selector, words, nullptr);
    }
    case Member::Kind::kFunction:
      return Enter(GetterCallStub(selector));
    case Member::Kind::kNone:
      break;
  }
  if (IsClosure(*(stack_.top() - words)) && selector.key == linker_.call_key()) {
    return CallValue(selector, words, nullptr);
  }
  return SendElsewhere(selector, words, cache, shape);
}

bool Interpreter::SendGetter(Class* cls, const SelectorEntity& selector, InlineCache* cache,
                             ShapeId shape) {
  const Member& member = Lookup(cls, selector.key);
  switch (member.kind) {
    case Member::Kind::kField: {
      const NoSafepointScope quiet;
      ObjectPtr* const place = stack_.top() - 1;
      if (IsPlainField(mutator().heap(), shape)) {
        Remember(cache, FieldEntry(shape, member.offset));
      } else {
        mutator().heap().LookAtPair(place->address());
      }
      *place = *SlotAt(*place, member.offset, quiet);
      return true;
    }
    case Member::Kind::kFunction: {
      Function* const getter = member.function;
      RememberGetter(cls, getter, cache, shape);
      return Enter(getter);
    }
    case Member::Kind::kNone:
      break;
  }
  const Member& method = Lookup(cls, selector.key->method);
  if (method.kind == Member::Kind::kFunction) return TearOff(method.function);
  if (selector.key->method == linker_.call_key() && IsClosure(stack_.top()[-1])) return true;
  return SendElsewhere(selector, 1, cache, shape);
}

// One that has not been linked is remembered at the next call: then it is known what it does.
void Interpreter::RememberGetter(Class* cls, Function* getter, InlineCache* cache, ShapeId shape) {
  if (getter->entry == Entry::kUnlinked) return;
  const bool is_super = cls != ClassOf(stack_.top()[-1]);
  const MemberKey* const given = is_super ? nullptr : KeyGivenBy(*getter);
  if (given != nullptr && IsPlainField(mutator().heap(), shape)) {
    const Member& field = Lookup(cls, given);
    if (field.kind == Member::Kind::kField) {
      return Remember(cache, FieldEntry(shape, field.offset));
    }
  }
  Remember(cache, FunctionEntry(shape, getter));
}

bool Interpreter::SendSetter(Class* cls, const SelectorEntity& selector, InlineCache* cache,
                             ShapeId shape) {
  const Member& member = Lookup(cls, selector.key);
  switch (member.kind) {
    case Member::Kind::kField: {
      const NoSafepointScope quiet;
      ObjectPtr* const place = stack_.top() - 2;
      ObjectPtr* const slot = SlotAt(place[0], member.offset, quiet);
      if (IsPlainField(mutator().heap(), shape)) {
        Remember(cache, FieldEntry(shape, member.offset));
        mutator().StoreField(place[0], slot, place[1]);
      } else {
        mutator().StorePaired(place[0], slot, place[1]);
      }
      Replace(2, place[1]);
      return true;
    }
    case Member::Kind::kFunction:
      Remember(cache, FunctionEntry(shape, member.function));
      return Enter(member.function);
    case Member::Kind::kNone:
      break;
  }
  return SendElsewhere(selector, 2, cache, shape);
}

bool Interpreter::TearOff(Function* method) {
  const FreshObject fresh = mutator().Allocate(linker_.bound_method_shape());
  if (fresh.is_null()) return ThrowOutOfMemory();
  const NoSafepointScope quiet;
  const ObjectPtr bound = fresh.Get(quiet);
  mutator().InitField(bound, SlotAt(bound, kTearOffFunctionOffset, quiet), AsWord(method));
  mutator().InitField(bound, SlotAt(bound, kBoundReceiverOffset, quiet), stack_.top()[-1]);
  Replace(1, bound);
  return true;
}

// get-and-call: LoadLocal 0; GetProperty; LoadLocal 1...; CallValue; Return.
Function* Interpreter::GetterCallStub(const SelectorEntity& selector) {
  if (selector.getter_call_stub != nullptr) return selector.getter_call_stub.get();
  const std::uint32_t words = WordsOf(selector);
  auto stub = std::make_unique<Function>();
  stub->entry = Entry::kCode;
  stub->is_simple = true;
  stub->has_receiver = true;
  stub->parameter_count = words;
  stub->slot_count = words;
  stub->frame_words = words + kLinkageWords + words;

  stub->pool_storage = std::make_unique<PoolEntry[]>(2);
  stub->selectors.push_back(Linker::NewSelector(selector.key->getter, 0, {}));
  stub->pool_storage[0].selector = stub->selectors.back().get();
  stub->pool_storage[1].selector = &linker_.CallSelectorFor(selector);
  stub->constants = stub->pool_storage.get();
  stub->MakeCaches(2);

  stub->code_storage = std::make_unique<CodeWord[]>(words + 5);
  CodeWord* code = stub->code_storage.get();
  stub->code = code;
  *code++ = EncodeWord(Opcode::kLoadLocal, 0);
  *code++ = EncodeWord(Opcode::kGetProperty, 0);
  *code++ = EncodeCall(1, 0);
  for (std::uint32_t i = 1; i < words; ++i) *code++ = EncodeWord(Opcode::kLoadLocal, i);
  *code++ = EncodeWord(Opcode::kCallValue, 1);
  *code++ = EncodeCall(words, 1);
  *code++ = EncodeWord(Opcode::kReturn, 0);
  selector.getter_call_stub = std::move(stub);
  return selector.getter_call_stub.get();
}

// ---- Calls of values ----------------------------------------------------------------------------

bool Interpreter::IsClosure(ObjectPtr object) const {
  return isolate_.shapes().KindOf(object) == ShapeKind::kClosure;
}

bool Interpreter::CallValue(const SelectorEntity& selector, std::uint32_t words,
                            InlineCache* cache) {
  ObjectPtr* const place = stack_.top() - words;
  const ObjectPtr value = *place;
  if (!IsClosure(value)) {
    const bool is_call = selector.key == linker_.call_key();
    return Send(is_call ? selector : linker_.CallSelectorFor(selector), words, cache);
  }
  Function* function;
  ObjectPtr receiver = value;
  bool drop_receiver = false;
  {
    const NoSafepointScope quiet;
    const ShapeId shape = ShapeIdOf(value);
    if (shape == linker_.closure_shape()) {
      function = FromWord<Function>(*SlotAt(value, kClosureFunctionOffset, quiet));
    } else {
      function = FromWord<Function>(*SlotAt(value, kTearOffFunctionOffset, quiet));
      drop_receiver = shape == linker_.tear_off_shape();
      if (!drop_receiver) receiver = *SlotAt(value, kBoundReceiverOffset, quiet);
    }
  }
  const std::uint32_t passed = drop_receiver ? words - 1 : words;
  if (!Fits(*function, passed, selector.argument_names)) {
    return NoSuchMethod(linker_.CallSelectorFor(selector), words);
  }
  if (drop_receiver) {
    std::copy(place + 1, place + words, place);
    stack_.SetTop(place + passed);
  } else {
    *place = receiver;
  }
  Bind(*function, passed, selector.argument_names);
  return Enter(function);
}

Function* Interpreter::FunctionOfClosure(ObjectPtr closure, const NoSafepointScope& quiet) const {
  const bool is_plain = ShapeIdOf(closure) == linker_.closure_shape();
  return FromWord<Function>(
      *SlotAt(closure, is_plain ? kClosureFunctionOffset : kTearOffFunctionOffset, quiet));
}

Function* Interpreter::SimpleFunctionOf(ObjectPtr closure, std::uint32_t count,
                                        const NoSafepointScope& quiet) const {
  Function* const function = FunctionOfClosure(closure, quiet);
  const std::uint32_t words = function->has_receiver ? count + 1 : count;
  return function->is_simple && function->parameter_count == words ? function : nullptr;
}

ObjectPtr Interpreter::ReceiverOfClosure(ObjectPtr closure, const NoSafepointScope& quiet) const {
  const bool is_plain = ShapeIdOf(closure) == linker_.closure_shape();
  return is_plain ? closure : *SlotAt(closure, kBoundReceiverOffset, quiet);
}

bool Interpreter::Accepts(ObjectPtr value, std::uint32_t count) {
  if (!IsClosure(value)) {
    const Member& member = Lookup(ClassOf(value), linker_.call_key());
    return member.kind == Member::Kind::kFunction && Fits(*member.function, count + 1, {});
  }
  const NoSafepointScope quiet;
  const Function& function = *FunctionOfClosure(value, quiet);
  return Fits(function, function.has_receiver ? count + 1 : count, {});
}

// ---- Binding ------------------------------------------------------------------------------------

bool Interpreter::FitsParameters(const Function& function, std::uint32_t words,
                                 const std::vector<std::string>& names) const {
  const CompiledFunction& compiled = *function.compiled;
  const std::vector<Parameter>& parameters = compiled.parameters;
  const std::size_t positional = words - names.size() - (function.has_receiver ? 1 : 0);
  if (positional < compiled.required_count || positional > parameters.size()) return false;
  if (positional > compiled.required_count &&
      parameters[compiled.required_count].kind == Parameter::Kind::kNamed) {
    return false;
  }
  const auto is_missing = [&names](const Parameter& parameter) {
    return parameter.is_demanded &&
           std::find(names.begin(), names.end(), parameter.name) == names.end();
  };
  if (std::any_of(parameters.begin(), parameters.end(), is_missing)) return false;
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& parameter) {
      return parameter.kind == Parameter::Kind::kNamed && parameter.name == name;
    });
  });
}

namespace {

ObjectPtr WhenAbsent(const Parameter& parameter) {
  return parameter.has_default ? kUninitialised : kNull;
}

// The named values make room for parameters in declared order. Nothing collects meanwhile.
void PlaceNamed(const std::vector<Parameter>& parameters, const std::vector<std::string>& names,
                ObjectPtr* first, std::size_t positional) {
  std::array<ObjectPtr, kMaxArguments> named;
  std::copy(first + positional, first + positional + names.size(), named.begin());
  for (std::size_t i = positional; i < parameters.size(); ++i) {
    first[i] = WhenAbsent(parameters[i]);
    const auto name = std::find(names.begin(), names.end(), parameters[i].name);
    if (name != names.end()) first[i] = named[static_cast<std::size_t>(name - names.begin())];
  }
}

}  // namespace

void Interpreter::Arrange(const Function& function, std::uint32_t words,
                          const std::vector<std::string>& names) {
  if (function.is_simple) return;
  const std::vector<Parameter>& parameters = function.compiled->parameters;
  ObjectPtr* const base = stack_.top() - words;
  ObjectPtr* const first = base + (function.has_receiver ? 1 : 0);
  const std::size_t positional = words - names.size() - (function.has_receiver ? 1 : 0);

  if (!names.empty()) {
    PlaceNamed(parameters, names, first, positional);
  } else {
    for (std::size_t i = positional; i < parameters.size(); ++i)
      first[i] = WhenAbsent(parameters[i]);
  }
  stack_.SetTop(first + parameters.size());
}

// ---- Adapters -----------------------------------------------------------------------------------

void Interpreter::Adapt(const SelectorEntity& selector, std::uint32_t words, Function* target,
                        ShapeId shape, const TypeArguments* const* types, InlineCache* cache) {
  if (!selector.is_of_one_function) return;
  if (selector.adapter == nullptr) {
    auto made = std::make_unique<Adapter>();
    made->entry = Entry::kAdapter;
    made->is_simple = true;
    made->parameter_count = words;
    made->selector = &selector;
    selector.adapter = std::move(made);
  }
  Adapter& adapter = *selector.adapter;
  adapter.shape = shape;
  adapter.is_of_types = types != nullptr;
  adapter.types = types == nullptr ? nullptr : *types;
  adapter.target = target;
  if (cache != nullptr) Remember(cache, FunctionEntry(shape, &adapter));  // LK-X2
}

bool Interpreter::EnterAdapted(const Adapter& adapter) {
  const SelectorEntity& selector = *adapter.selector;
  const std::uint32_t words = adapter.parameter_count;
  const ObjectPtr receiver = *(stack_.top() - words);
  const auto has_types = [&]() FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return TypeArgumentsOf(receiver, quiet) == adapter.types;
  };
  if (ShapeIdOf(receiver) != adapter.shape || (adapter.is_of_types && !has_types())) {
    return Send(selector, words, nullptr);
  }
  Arrange(*adapter.target, words, selector.argument_names);
  return Enter(adapter.target);
}

bool Interpreter::CallStaticBind(const StaticCallEntity& call, std::uint32_t words) {
  const bool bound = Bind(*call.function, words, call.argument_names);
  FART_CHECK(bound);  // The compiler has checked.
  return Enter(call.function);
}

// ---- Calls that nobody answers ------------------------------------------------------------------

bool Interpreter::NoSuchMethod(const SelectorEntity& selector, std::uint32_t words) {
  return DescribeCall(selector, words) && Enter(linker_.helper(Helper::kNoSuchMethod));
}

bool Interpreter::NoSuchMethodAbove(Class* above, const SelectorEntity& selector,
                                    std::uint32_t words) {
  if (!DescribeCall(selector, words)) return false;
  stack_.Push(stack_.top()[-5]);
  const Member& handler = Lookup(above, linker_.no_such_method_key());  // Object has one.
  return TearOff(handler.function) && Enter(linker_.helper(Helper::kNoSuchMethodAbove));
}

// [receiver, arguments] -> [receiver, name, kind, positional ones, names and values]
bool Interpreter::DescribeCall(const SelectorEntity& selector, std::uint32_t words) {
  const std::size_t names = selector.argument_names.size();
  const std::size_t positional = words - 1 - names;
  const std::ptrdiff_t below = words;  // Objects move, the stack does not; its top does.
  ObjectPtr* const base = stack_.top() - below;

  if (!PushArray(positional)) return ThrowOutOfMemory();
  {
    const NoSafepointScope quiet;
    const ObjectPtr list = stack_.top()[-1];
    for (std::size_t i = 0; i < positional; ++i) {
      mutator().StoreField(list, ArrayElements(list, quiet) + i, base[1 + i]);
    }
  }
  if (!PushArray(2 * names)) return ThrowOutOfMemory();
  for (std::size_t i = 0; i < names; ++i) {
    const FreshObject name = isolate_.symbols().Intern(mutator(), selector.argument_names[i]);
    if (name.is_null()) return ThrowOutOfMemory();
    const NoSafepointScope quiet;
    const ObjectPtr list = stack_.top()[-1];
    ObjectPtr* const elements = ArrayElements(list, quiet);
    mutator().StoreField(list, elements + 2 * i, name.Get(quiet));
    mutator().StoreField(list, elements + 2 * i + 1, base[1 + positional + i]);
  }
  const FreshObject name = isolate_.symbols().StringOf(mutator(), selector.key->name.text);
  if (name.is_null()) return ThrowOutOfMemory();
  {
    const NoSafepointScope quiet;
    const ObjectPtr positional_list = stack_.top()[-2];
    const ObjectPtr named_list = stack_.top()[-1];
    base[1] = name.Get(quiet);
    base[2] = ObjectPtr::FromSmi(static_cast<int>(selector.key->kind));  // As _Invocation's.
    base[3] = positional_list;
    base[4] = named_list;
    stack_.SetTop(base + 5);
  }
  return true;
}

// The reason lies on top of the arguments.
bool Interpreter::ThrowNoSuchStatic(const SelectorEntity& selector, std::uint32_t words) {
  const std::size_t arguments = words - 1;
  const std::ptrdiff_t below = words;  // Objects move, the stack does not; its top does.
  ObjectPtr* const base = stack_.top() - below;
  if (!PushArray(arguments)) return ThrowOutOfMemory();
  {
    const NoSafepointScope quiet;
    const ObjectPtr list = stack_.top()[-1];
    for (std::size_t i = 0; i < arguments; ++i) {
      mutator().StoreField(list, ArrayElements(list, quiet) + i, base[i]);
    }
  }
  const FreshObject name = isolate_.symbols().StringOf(mutator(), selector.key->name.text);
  if (name.is_null()) return ThrowOutOfMemory();
  {
    const NoSafepointScope quiet;
    const ObjectPtr list = stack_.top()[-1];
    const ObjectPtr reason = base[arguments];
    base[0] = kNull;  // There is no receiver.
    base[1] = name.Get(quiet);
    base[2] = reason;
    base[3] = list;
    stack_.SetTop(base + 4);
  }
  return Enter(linker_.helper(Helper::kArgumentMismatch));
}

bool Interpreter::PushArray(std::size_t length) {
  const FreshObject fresh = NewArray(mutator(), length);
  if (fresh.is_null()) return false;
  const NoSafepointScope quiet;
  stack_.Push(fresh.Get(quiet));
  return true;
}

}  // namespace fart::lang
