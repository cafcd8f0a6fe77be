#include "lang/linker/linker.h"

#include <algorithm>
#include <new>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

#include "lang/linker/layout.h"
#include "vm/native/native_resolver.h"
#include "vm/values/big_integers.h"
#include "vm/values/errors.h"
#include "vm/values/native_fields.h"
#include "vm/values/numbers.h"
#include "vm/values/symbol_table.h"

namespace fart::lang {

// ---- Core ---------------------------------------------------------------------------------------

Linker::Linker(Isolate& isolate, CodeSource& source, IntrinsicFinder find_intrinsic)
    : isolate_(isolate),
      source_(source),
      find_intrinsic_(find_intrinsic),
      keys_(source.class_tables().keys()),
      types_(*this),
      call_key_(keys_.Of(MemberKind::kMethod, Name{"call", Name::kPublic})),
      no_such_method_key_(keys_.Of(MemberKind::kMethod, Name{"noSuchMethod", Name::kPublic})) {
  for (std::size_t i = 0; i < kOpcodeCount; ++i) {
    const auto opcode = static_cast<Opcode>(i);
    const char* const name = OperatorSelectorName(opcode);
    if (name == nullptr) continue;
    std::uint32_t positional_count = 1;
    if (opcode == Opcode::kSetIndex) positional_count = 2;
    if (opcode == Opcode::kNegate || opcode == Opcode::kBitNot || opcode == Opcode::kToString) {
      positional_count = 0;
    }
    operator_selectors_[i] = &SelectorOf(name, positional_count);
  }
}

bool Linker::RegisterShape(const ShapeDescription& description, ShapeKind kind, Class* owner,
                           ShapeId* id) {
  return isolate_.shapes().Register(description, ShapeInfo{.kind = kind, .owner = owner}, id);
}

// With one look at each function there is, not one for each helper.
void Linker::BindHelpers(LinkedLibrary& core) {
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < kHelpers; ++i) places.emplace(kHelperNames[i], i);
  const CompiledLibrary& compiled = *core.compiled;
  for (std::size_t i = 0; i < compiled.functions.size(); ++i) {
    const CompiledFunction& function = *compiled.functions[i];
    if (function.owner_class != CompiledFunction::kNoOwner ||
        function.kind != FunctionKind::kFunction) {
      continue;
    }
    const auto found = places.find(function.name.text);
    if (found == places.end()) continue;
    helpers_[found->second] = FunctionOf({compiled.number, static_cast<int>(i)});
  }
  for (const Function* const helper : helpers_) FART_CHECK(helper != nullptr);
}

bool Linker::BindCore(int core_number) {
  LinkedLibrary& core = LibraryOf(core_number);
  for (std::size_t i = 0; i < kCoreClasses; ++i) {
    core_classes_[i] = FindClass(core, kCoreClassNames[i]);
    LinkClass(core_classes_[i]);
  }
  BindHelpers(core);
  const auto bind_class = [this](ShapeId shape, Class* cls) {
    LinkClass(cls);
    isolate_.shapes()[shape].owner = cls;
  };
  const auto bind = [&](ShapeId shape, CoreClass which) { bind_class(shape, core_class(which)); };
  bind(core_shape::kSmi, CoreClass::kInt);
  bind(core_shape::kMint, CoreClass::kInt);
  bind(core_shape::kBigInteger, CoreClass::kInt);
  bind(core_shape::kDouble, CoreClass::kDouble);
  bind(core_shape::kNullValue, CoreClass::kNull);
  bind(core_shape::kBool, CoreClass::kBool);
  bind(core_shape::kLatin1String, CoreClass::kString);
  bind(core_shape::kExternalLatin1String, CoreClass::kString);
  bind(core_shape::kUtf16String, CoreClass::kString);
  bind(core_shape::kExternalUtf16String, CoreClass::kString);
  bind(core_shape::kArray, CoreClass::kFixedList);
  bind(core_shape::kMarkedArray, CoreClass::kFixedList);
  bind(core_shape::kImmutableArray, CoreClass::kImmutableList);
  bind(core_shape::kMarkedImmutableArray, CoreClass::kImmutableList);
  bind(core_shape::kGrowableList, CoreClass::kGrowableList);
  bind(core_shape::kStackTrace, CoreClass::kStackTrace);
  bind(core_shape::kType, CoreClass::kType);
  const fart::Library* const ports = isolate_.libraries().FindByUrl("dart:isolate");
  FART_CHECK(ports != nullptr);  // dart:core exports some of it.
  LinkedLibrary& isolate_library = LibraryOf(ports->number);
  bind_class(core_shape::kSendPort, FindClass(isolate_library, "_SendPort"));
  bind_class(core_shape::kCapability, FindClass(isolate_library, "_Capability"));

  Class* const closure = core_class(CoreClass::kClosure);
  return RegisterShape(
             {.name = "closure", .references = 1, .variable_part = VariablePart::kReferences},
             ShapeKind::kClosure, closure, &closure_shape_) &&
         RegisterShape({.name = "tear-off", .references = 1}, ShapeKind::kClosure, closure,
                       &tear_off_shape_) &&
         RegisterShape({.name = "bound method", .references = 2}, ShapeKind::kClosure, closure,
                       &bound_method_shape_) &&
         RegisterShape({.name = "cell", .references = 1}, ShapeKind::kCell, nullptr, &cell_shape_);
}

namespace {

constexpr std::string_view kTypedDataUri = "dart:typed_data";

// In the order of TypedDataType.
constexpr const char* kTypedDataClasses[] = {
    "ByteData",    "Int8List",    "Uint8List",    "Uint8ClampedList", "Int16List",
    "Uint16List",  "Int32List",   "Uint32List",   "Int64List",        "Uint64List",
    "Float32List", "Float64List", "Float32x4List"};

}  // namespace

Outcome Linker::BindTypedData() {
  ShapeRegistry& shapes = isolate_.shapes();
  if (shapes[core_shape::kByteBuffer].owner != nullptr) return Outcome::Immediate(kTrue);
  int number = 0;
  const Outcome loaded = source_.Require(kTypedDataUri, &number);
  if (loaded.IsError()) return loaded;
  LinkedLibrary& library = LibraryOf(number);
  const auto find = [&](const char* name) {
    Class* const cls = FindClass(library, name);
    LinkClass(cls);
    return cls;
  };
  std::uint32_t type = 0;
  for (const char* const name : kTypedDataClasses) {
    Class* const cls = find(name);
    for (const ShapeId first :
         {core_shape::kTypedData, core_shape::kExternalTypedData, core_shape::kTypedDataView}) {
      shapes[ShapeId{static_cast<std::uint32_t>(first) + type}].owner = cls;
    }
    ++type;
  }
  FART_CHECK(type == core_shape::kTypedDataTypes);
  shapes[core_shape::kByteBuffer].owner = find("ByteBuffer");
  return loaded;
}

Outcome Linker::BindTypedDataIfLoaded() {
  if (source_.HasLoaded(kTypedDataUri)) return BindTypedData();
  return Outcome::Immediate(kTrue);
}

Class* Linker::FindClass(LinkedLibrary& library, const char* name) {
  const int index = library.compiled->FindClass(library.compiled->NameOf(name));
  FART_CHECK(index >= 0);
  return ClassOf({library.compiled->number, index});
}

Function* Linker::FindNamed(LinkedLibrary& library, std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return FindFunction(library, FunctionKind::kFunction, name);
  const CompiledLibrary& compiled = *library.compiled;
  const int index = compiled.FindClass(compiled.NameOf(std::string(name.substr(0, dot))));
  if (index < 0) return nullptr;
  Class* const cls = ClassOf({compiled.number, index});
  LinkClass(cls);  // What it has is known then.
  for (const int each : cls->compiled->functions) {
    const CompiledFunction& function = *compiled.functions[static_cast<std::size_t>(each)];
    const bool is_meant = function.is_static && function.kind == FunctionKind::kFunction &&
                          function.qualified_name == name;
    if (is_meant) return FunctionOf({compiled.number, each});
  }
  return nullptr;
}

Function* Linker::FindFunction(LinkedLibrary& library, FunctionKind kind, std::string_view name) {
  const CompiledLibrary& compiled = *library.compiled;
  const int index =
      compiled.FindFunction(CompiledFunction::kNoOwner, kind, compiled.NameOf(std::string(name)));
  return index < 0 ? nullptr : FunctionOf({compiled.number, index});
}

StaticEntity* Linker::FindStatic(LinkedLibrary& library, std::string_view name) {
  const CompiledLibrary& compiled = *library.compiled;
  const int index =
      compiled.FindStatic(CompiledFunction::kNoOwner, compiled.NameOf(std::string(name)));
  return index < 0 ? nullptr : StaticOf({compiled.number, index});
}

// ---- Entities (LK-X3) ---------------------------------------------------------------------------

namespace {

// The element of that index, which is made room for.
template <typename T>
std::unique_ptr<T>& At(std::vector<std::unique_ptr<T>>& entities, int index) {
  const auto place = static_cast<std::size_t>(index);
  if (place >= entities.size()) entities.resize(place + 1);
  return entities[place];
}

}  // namespace

LinkedLibrary& Linker::LibraryOf(int number) {
  std::unique_ptr<LinkedLibrary>& library = At(libraries_, number);
  if (library == nullptr) {
    library = std::make_unique<LinkedLibrary>();
    library->compiled = source_.LibraryOfNumber(number);
    library->edition = source_.EditionOfNumber(number);
    library->record = isolate_.libraries().Find(number);
    library->is_bundled = library->compiled->uri.starts_with("dart:");
  }
  return *library;
}

std::unique_ptr<Function> Linker::NewFunction(FunctionRef ref) {
  LinkedLibrary& library = LibraryOf(ref.library);
  const CompiledFunction& compiled =
      *library.compiled->functions[static_cast<std::size_t>(ref.function)];
  auto function = std::make_unique<Function>();
  function->compiled = &compiled;
  function->library = &library;
  function->is_simple = compiled.is_simple();
  function->has_receiver = compiled.has_receiver();
  function->parameter_count = compiled.parameter_count;
  function->index = ref.function;
  return function;
}

Function* Linker::FunctionOf(FunctionRef ref) {
  std::unique_ptr<Function>& function = At(LibraryOf(ref.library).functions, ref.function);
  if (function == nullptr) {
    std::unique_ptr<Function> made = NewFunction(ref);
    const int owner = made->compiled->owner_class;
    if (owner != CompiledFunction::kNoOwner) made->owner = ClassOf({ref.library, owner});
    function = std::move(made);
  }
  return function.get();
}

Function* Linker::MixIn(FunctionRef ref, Class* owner) {
  std::unique_ptr<Function>& function = owner->mixed_in[{ref.library, ref.function}];
  if (function == nullptr) {
    function = NewFunction(ref);
    function->owner = owner;  // `super` means what is above the application.
  }
  return function.get();
}

Class* Linker::ClassOf(ClassRef ref) {
  LinkedLibrary& library = LibraryOf(ref.library);
  std::unique_ptr<Class>& cls = At(library.classes, ref.cls);
  if (cls == nullptr) {
    auto made = std::make_unique<Class>();
    made->compiled = library.compiled->classes[static_cast<std::size_t>(ref.cls)].get();
    made->library = &library;
    made->ref = ref;
    types_.AddClass(*made);
    cls = std::move(made);
  }
  return cls.get();
}

StaticEntity* Linker::StaticOf(StaticRef ref) {
  LinkedLibrary& library = LibraryOf(ref.library);
  std::unique_ptr<StaticEntity>& variable = At(library.statics, ref.variable);
  if (variable == nullptr) {
    const CompiledStatic& compiled =
        *library.compiled->statics[static_cast<std::size_t>(ref.variable)];
    auto made = std::make_unique<StaticEntity>();
    made->compiled = &compiled;
    made->library = &library;
    if (compiled.initializer >= 0) {
      made->initializer = FunctionOf({ref.library, compiled.initializer});
    }
    made->value = NewSlot(library.edition);
    isolate_.roots().Set(made->value, kUninitialised);
    variable = std::move(made);
  }
  return variable.get();
}

const SelectorEntity& Linker::SelectorOf(const Name& name, std::uint32_t positional_count) {
  const std::string key =
      name.text + ' ' + std::to_string(name.library) + ' ' + std::to_string(positional_count);
  std::unique_ptr<SelectorEntity>& selector = simple_selectors_[key];
  if (selector == nullptr) {
    selector = NewSelector(keys_.Of(MemberKind::kMethod, name), positional_count, {});
  }
  return *selector;
}

const SelectorEntity& Linker::GetterOf(const std::string& name) {
  std::unique_ptr<SelectorEntity>& selector = getters_[name];
  if (selector == nullptr) {
    selector = NewSelector(keys_.Of(MemberKind::kGetter, Name{name, Name::kPublic}), 0, {});
  }
  return *selector;
}

SelectorEntity& Linker::CallSelectorFor(const SelectorEntity& selector) {
  std::string arguments = std::to_string(selector.positional_count);
  for (const std::string& name : selector.argument_names) arguments += ' ' + name;
  std::unique_ptr<SelectorEntity>& call = call_selectors_[arguments];
  if (call == nullptr) {
    call = NewSelector(call_key_, selector.positional_count, selector.argument_names);
  }
  return *call;
}

std::unique_ptr<SelectorEntity> Linker::NewSelector(
    const MemberKey* key, std::uint32_t positional_count,
    const std::vector<std::string>& argument_names) {
  auto selector = std::make_unique<SelectorEntity>();
  selector->key = key;
  selector->positional_count = positional_count;
  selector->argument_names = argument_names;
  return selector;
}

// ---- Classes ------------------------------------------------------------------------------------

// Without recursion: chains are long, stacks may be small. First what is needed for all of them, so
// that a class is linked only when what is above it can be.
void Linker::LinkClass(Class* cls) {
  for (Class* each = cls; each != nullptr && each->table == nullptr; each = each->superclass) {
    static_cast<void>(source_.class_tables().Of(each->ref));
    if (each->compiled->superclass.kind == TypeRef::Kind::kClass) {
      each->superclass = ClassOf(each->compiled->superclass.cls);
    }
  }
  while (cls != nullptr && cls->table == nullptr) {
    const ClassTable& table = source_.class_tables().Of(cls->ref);  // made
    cls->field_count = table.field_count;
    cls->first_field = table.first_field;
    cls->native_fields = table.native_fields;
    if (table.types_field != ClassTable::kNoField) {
      cls->types_offset = FieldOffset(static_cast<std::uint32_t>(table.types_field));
    }
    cls->supertypes = table.supertypes;
    cls->table = &table;
    cls = cls->superclass;
  }
}

Member Linker::MemberOf(Class& cls, const MemberKey* key) {
  const auto found = cls.table->members.find(key);
  if (found == cls.table->members.end()) return {};
  const TableMember& member = found->second;
  if (member.kind == TableMember::Kind::kField) {
    return {Member::Kind::kField, FieldOffset(member.field), nullptr};
  }
  const bool is_mixed_in = cls.compiled->mixin.kind == TypeRef::Kind::kClass;
  return {Member::Kind::kFunction, 0,
          is_mixed_in ? MixIn(member.function, &cls) : FunctionOf(member.function)};
}

const std::vector<ExtensionMember>& Linker::ExtensionMembersOf(LinkedLibrary& library,
                                                               const MemberKey* key) {
  const auto [place, is_new] = library.extension_members.try_emplace(key);
  if (!is_new) return place->second;
  try {
    for (const ClassRef ref : library.compiled->extensions) {
      Class* const extension = ClassOf(ref);
      const bool is_hidden = key->name.library != Name::kPublic && key->name.library != ref.library;
      if (is_hidden) continue;
      LinkClass(extension);
      const Member member = MemberOf(*extension, key);
      if (member.kind != Member::Kind::kFunction) continue;
      TypeEntity* const on = TypeOf(extension->compiled->on_type);
      if (on->cls != nullptr) LinkClass(on->cls);
      place->second.push_back({member.function, extension->compiled, on});
    }
  } catch (const std::bad_alloc&) {
    library.extension_members.erase(place);  // LI-F4 of the interpreter.
    throw;
  }
  return place->second;
}

namespace {

// Its first two fields are the key and the value (lang/lib/core/expando.dart).
bool IsEphemeron(const Class& cls) {
  return cls.library->compiled->uri == "dart:core" && cls.compiled->name.text == "_Ephemeron";
}

}  // namespace

bool Linker::RegisterInstanceShape(Class* cls) {
  LinkClass(cls);
  return cls->shape != ShapeTable::kInvalid ||
         RegisterShape({.name = cls->compiled->name.text.c_str(),
                        .references = cls->field_count,
                        .raw_bytes = cls->native_fields * kNativeFieldSize,
                        .ephemeron = IsEphemeron(*cls)},
                       ShapeKind::kInstance, cls, &cls->shape);
}

// ---- Values -------------------------------------------------------------------------------------

RootTable::Slot* Linker::NewSlot(Edition* edition) {
  return edition == nullptr ? isolate_.roots().Add() : edition->slots.Add();
}

RootTable::Slot* Linker::SlotOf(const FreshObject& object, Edition* edition) {
  if (object.is_null()) return nullptr;
  const NoSafepointScope quiet;
  RootTable::Slot* const slot = NewSlot(edition);
  isolate_.roots().Set(slot, object.Get(quiet));
  return slot;
}

bool Linker::InitialiseStatic(StaticEntity* variable) {
  struct Visitor {
    Linker& linker;
    RootTable::Slot* slot;
    void Set(ObjectPtr value) const { linker.isolate_.roots().Set(slot, value); }
    bool SetFresh(const FreshObject& object) const FART_MAY_COLLECT {
      if (object.is_null()) return false;
      const NoSafepointScope quiet;
      Set(object.Get(quiet));
      return true;
    }
    bool operator()(std::monostate) const {
      Set(kNull);
      return true;
    }
    bool operator()(bool value) const {
      Set(BoolObject(value));
      return true;
    }
    bool operator()(std::int64_t value) const FART_MAY_COLLECT {
      return SetFresh(NewInteger(linker.isolate_.mutator(), value));
    }
    bool operator()(double value) const FART_MAY_COLLECT {
      return SetFresh(NewDouble(linker.isolate_.mutator(), value));
    }
    bool operator()(const std::string& value) const FART_MAY_COLLECT {
      return SetFresh(linker.isolate_.symbols().Intern(linker.isolate_.mutator(), value));
    }
  };
  return std::visit(Visitor{*this, variable->value}, variable->compiled->initial_value);
}

Edition* Linker::EditionOf(const TypeEntity& type) {
  Edition* edition = nullptr;
  static_cast<void>(AnyClassIn(type, [&edition](const Class& cls) {
    edition = cls.library->edition;
    return edition != nullptr;
  }));
  return edition;
}

namespace {

// FNV-1a; never 0, which says that there is none.
std::uint32_t HashOfTexts(std::string_view first, std::string_view second) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::string_view text : {first, second}) {
    for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
  }
  return static_cast<std::uint32_t>(hash % Header::HashField::kMax) + 1;
}

}  // namespace

bool Linker::MakeTypeObject(TypeEntity* type) {
  if (type->object != nullptr) return true;
  const FreshObject object = isolate_.mutator().Allocate(core_shape::kType);
  if (object.is_null()) return false;
  {
    const NoSafepointScope quiet;
    *(object.Get(quiet).address() + kNumberOffset).As<std::uint64_t>() = type->number;
    // The same in all isolates: a map finds in a copy what it has filed under a type.
    Header::Of(object.Get(quiet)).WithHash(HashOfTexts(type->text, "")).StoreTo(object.Get(quiet));
  }
  type->object = SlotOf(object, EditionOf(*type));
  return true;
}

bool Linker::MakeTearOff(Function* function) {
  if (function->tear_off != nullptr) return true;
  const FreshObject object = isolate_.mutator().Allocate(tear_off_shape_);
  if (object.is_null()) return false;
  {
    const NoSafepointScope quiet;
    const ObjectPtr closure = object.Get(quiet);
    isolate_.mutator().InitField(closure, SlotAt(closure, kTearOffFunctionOffset, quiet),
                                 AsWord(function));
    // The same in all isolates: a map finds in a copy what it has filed under a function.
    const std::uint32_t hash =
        HashOfTexts(function->library->compiled->uri, function->compiled->qualified_name);
    Header::Of(closure).WithHash(hash).StoreTo(closure);
  }
  function->tear_off = SlotOf(object, function->edition());
  return true;
}

// ---- Functions ----------------------------------------------------------------------------------

Outcome Linker::Link(Function* function) {
  const CompiledFunction& compiled = *function->compiled;
  if (function->entry != Entry::kUnlinked) return Outcome::Immediate(kTrue);
  if (compiled.is_native && (function->library->is_bundled || compiled.is_foreign())) {
    function->intrinsic = find_intrinsic_(compiled.native_name);
    FART_CHECK(function->intrinsic != nullptr);
    if (compiled.fills_defaults && !compiled.is_foreign()) return LinkCode(function);
    const bool asks = compiled.generic != nullptr || compiled.is_foreign();
    function->entry = asks ? Entry::kGenericIntrinsic : Entry::kIntrinsic;
    return Outcome::Immediate(kTrue);
  }
  if (compiled.is_native) {
    NativeTarget target;
    const Outcome resolved =
        ResolveNative(isolate_, *function->library->record, compiled.native_name,
                      static_cast<int>(compiled.parameter_count), &target);
    if (resolved.IsError()) return resolved;
    function->native = target;
    if (compiled.fills_defaults) return LinkCode(function);
    function->entry = Entry::kNative;
    return resolved;
  }
  if (!compiled.has_code()) {
    function->entry = Entry::kExternal;
    return Outcome::Immediate(kTrue);
  }
  return LinkCode(function);
}

namespace {

// The parser has seen that it is one.
BigValue ValueOf(const BigInteger& constant) {
  std::string_view digits = constant.text;
  const bool is_negative = digits.starts_with('-');
  if (is_negative) digits.remove_prefix(1);
  const bool is_hex = digits.starts_with("0x") || digits.starts_with("0X");
  if (is_hex) digits.remove_prefix(2);
  const BigValue value = BigValue::Parse(digits, is_hex ? 16 : 10).value_or(BigValue());
  return is_negative ? value.Negated() : value;
}

// Which constants the code pushes.
std::vector<bool> PushedConstants(const CompiledFunction& compiled) {
  std::vector<bool> pushed(compiled.constants.size());
  for (std::size_t pc = 0; pc < compiled.code.size(); pc += WordsOf(OpcodeOf(compiled.code[pc]))) {
    const CodeWord word = compiled.code[pc];
    if (OpcodeOf(word) == Opcode::kPushConstant) pushed[UnsignedA(word)] = true;
    const bool has_text =
        OpcodeOf(word) == Opcode::kThrowError || OpcodeOf(word) == Opcode::kCheckType;
    if (has_text) pushed[compiled.code[pc + 1]] = true;
  }
  return pushed;
}

}  // namespace

Outcome Linker::LinkCode(Function* function) {
  const CompiledFunction& compiled = *function->compiled;
  if (!compiled.is_compiled) {
    std::string error;
    const FunctionRef ref{function->library->compiled->number, function->index};
    if (!source_.Compile(ref, &error)) {
      return error.empty() ? isolate_.ReadyErrorOutcome(ErrorText::kOutOfMemory)
                           : NewCompilationError(isolate_, error);
    }
  }
  if (function->owner != nullptr) LinkClass(function->owner);  // Its code may ask for its fields.
  const std::vector<bool> pushed = PushedConstants(compiled);
  function->selectors.clear();  // Of a try that failed. (LK-X4)
  function->static_calls.clear();
  auto pool = std::make_unique<PoolEntry[]>(compiled.constants.size());
  for (std::size_t i = 0; i < compiled.constants.size(); ++i) {
    if (!LinkConstant(*function, compiled.constants[i], pushed[i], &pool[i])) {
      return isolate_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    }
  }
  function->pool_storage = std::move(pool);
  function->MakeCaches(compiled.cache_count);
  function->constants = function->pool_storage.get();
  function->code = compiled.code.data();
  function->slot_count = compiled.slot_count;
  function->frame_words = compiled.slot_count + kLinkageWords + compiled.max_operands;
  function->entry = Entry::kCode;
  if (!compiled.native_name.empty() && !compiled.is_native) {
    function->intrinsic = find_intrinsic_(compiled.native_name);
    FART_CHECK(function->intrinsic != nullptr);
    function->entry = Entry::kQuick;
  }
  return Outcome::Immediate(kTrue);
}

bool Linker::LinkConstant(Function& user, const PoolConstant& constant, bool is_pushed,
                          PoolEntry* entry) {
  Edition* const edition = user.edition();
  if (const auto* integer = std::get_if<std::int64_t>(&constant)) {
    entry->value = SlotOf(NewInteger(isolate_.mutator(), *integer), edition);
    return entry->value != nullptr;
  }
  if (const auto* number = std::get_if<double>(&constant)) {
    entry->value = SlotOf(NewDouble(isolate_.mutator(), *number), edition);
    return entry->value != nullptr;
  }
  if (const auto* text = std::get_if<std::string>(&constant)) {
    entry->value = SlotOf(isolate_.symbols().Intern(isolate_.mutator(), *text), edition);
    return entry->value != nullptr;
  }
  if (const auto* big = std::get_if<BigInteger>(&constant)) {
    entry->value = SlotOf(NewInteger(isolate_.mutator(), ValueOf(*big)), edition);
    return entry->value != nullptr;
  }
  if (const auto* selector = std::get_if<Selector>(&constant)) {
    user.selectors.push_back(NewSelector(keys_.Of(selector->kind, selector->name),
                                         selector->positional_count, selector->argument_names));
    user.selectors.back()->is_of_one_function = true;
    entry->selector = user.selectors.back().get();
    return true;
  }
  if (const auto* cls = std::get_if<ClassRef>(&constant)) {
    entry->cls = ClassOf(*cls);
    return true;
  }
  if (const auto* variable = std::get_if<StaticRef>(&constant)) {
    entry->variable = StaticOf(*variable);
    return true;
  }
  if (const auto* call = std::get_if<StaticCall>(&constant)) {
    user.static_calls.push_back(std::make_unique<StaticCallEntity>());
    entry->call = user.static_calls.back().get();
    entry->call->function = FunctionOf(call->function);
    entry->call->argument_names = call->argument_names;
    return true;
  }
  if (const auto* function = std::get_if<FunctionRef>(&constant)) {
    entry->function = FunctionOf(*function);
    const bool is_closure = entry->function->compiled->kind == FunctionKind::kClosure;
    if (is_closure && entry->function->owner != user.owner) {
      entry->function = MixIn(*function, user.owner);
    }
    if (!is_pushed) return true;
    if (!MakeTearOff(entry->function)) return false;
    entry->value = entry->function->tear_off;
    return true;
  }
  entry->type = TypeOf(std::get<TypeRef>(constant));
  if (entry->type->cls != nullptr) LinkClass(entry->type->cls);
  if (!is_pushed) return true;
  if (!MakeTypeObject(entry->type)) return false;
  entry->value = entry->type->object;
  return true;
}

}  // namespace fart::lang
