#include "lang/fart_program.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "lang/async_entry.h"
#include "lang/host_access.h"
#include "lang/interpreter/interpreter.h"
#include "lang/linker/function_text.h"
#include "lang/linker/layout.h"
#include "lang/linker/linker.h"
#include "lang/linker/type_text.h"
#include "lang/loader/loader.h"
#include "lang/loader/shared_libraries.h"
#include "lang/natives/natives.h"
#include "lang/reclaimer.h"
#include "vm/native/libraries.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/errors.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

class FartProgram final : public Program {
 public:
  FartProgram(Isolate& isolate, std::shared_ptr<const SharedLibraries> shared)
      : isolate_(isolate),
        loader_(isolate, std::move(shared)),
        linker_(isolate, loader_, FindIntrinsic),
        interpreter_(isolate, linker_),
        access_(isolate, linker_, interpreter_),
        async_(isolate, linker_, interpreter_),
        reclaimer_(isolate, loader_, linker_, interpreter_) {}

  // Success: kTrue.
  Outcome Start() FART_MAY_COLLECT {
    const Outcome loaded = loader_.LoadCore();
    if (loaded.IsError()) return loaded;
    if (!linker_.BindCore(loader_.core()) || !interpreter_.MakeReadyErrors()) {
      return isolate_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    }
    async_.Bind();
    return loaded;
  }

  Outcome LoadScript(const ScriptSource& script) override FART_MAY_COLLECT {
    if (isolate_.libraries().root() != nullptr) {
      return NewApiError(isolate_, "A script has already been loaded from '" +
                                       isolate_.libraries().root()->url + "'.");
    }
    reclaimer_.RunIfDue();  // What earlier loads have left.
    int number = 0;
    const Outcome loaded = loader_.LoadScript(script, &number);
    if (loaded.IsError()) return loaded;
    const Outcome bound = linker_.BindTypedDataIfLoaded();
    if (bound.IsError()) return bound;
    fart::Library* const root = isolate_.libraries().Find(number);
    isolate_.libraries().SetRoot(root);
    const NoSafepointScope quiet;
    return Outcome::Value(root->object().Get(quiet), quiet);
  }

  Outcome LoadLibrary(const ScriptSource& source) override FART_MAY_COLLECT {
    int number = 0;
    const Outcome loaded = loader_.LoadLibrary(source, &number);
    if (loaded.IsError()) return loaded;
    if (!loader_.IsBeingLoaded(number)) {
      const Outcome bound = linker_.BindTypedDataIfLoaded();
      if (bound.IsError()) return bound;
    }
    const NoSafepointScope quiet;
    return Outcome::Value(isolate_.libraries().Find(number)->object().Get(quiet), quiet);
  }

  Outcome LoadPart(Rooted library, const ScriptSource& source) override FART_MAY_COLLECT {
    return loader_.LoadPart(NumberOfLibrary(library), source);
  }
  Outcome ImportLibrary(Rooted library, Rooted imported,
                        std::string_view prefix) override FART_MAY_COLLECT {
    return loader_.AddImport(NumberOfLibrary(library), NumberOfLibrary(imported),
                             std::string(prefix));
  }
  bool FailLoad(Rooted library, Rooted error) override FART_MAY_COLLECT {
    return loader_.FailLoad(NumberOfLibrary(library), error);
  }
  std::vector<std::pair<int, int>> ImportsOf(std::string_view beginning) override {
    return loader_.ImportsOf(beginning);
  }

  Outcome Invoke(Rooted target, std::string_view name, Roots arguments) override FART_MAY_COLLECT {
    if (IsBeingLoaded(target)) return RefuseUnlinked(target);
    if (target.IsHeapObject() && IsLibrary(*target.slot())) {
      return InvokeTopLevel(LibraryOfObject(target), name, arguments);
    }
    if (HasShape(*target.slot(), core_shape::kType)) return InvokeStatic(target, name, arguments);
    const auto count = static_cast<std::uint32_t>(arguments.size());
    // A private name is one of the library that declares the target's class.
    const CompiledLibrary& library = *interpreter_.ClassOf(*target.slot())->library->compiled;
    const Name member = library.NameOf(std::string(name));
    if (!linker_.keys().Has(member)) {
      const HostSelector unknown(MemberKind::kMethod, member, count);
      return interpreter_.InvokeMethod(target, unknown.get(), arguments);
    }
    return interpreter_.InvokeMethod(target, linker_.SelectorOf(member, count), arguments);
  }

  Outcome InvokeClosure(Rooted closure, Roots arguments) override FART_MAY_COLLECT {
    return interpreter_.InvokeValue(closure, arguments);
  }

  Outcome GetProperty(Rooted object, std::string_view name) override FART_MAY_COLLECT {
    const Name member{std::string(name), Name::kPublic};
    if (!linker_.keys().Has(member)) {
      const HostSelector unknown(MemberKind::kGetter, member, 0);
      return interpreter_.ReadProperty(object, unknown.get());
    }
    return interpreter_.ReadProperty(object, linker_.GetterOf(std::string(name)));
  }

  Outcome GetField(Rooted container, std::string_view name) override FART_MAY_COLLECT {
    if (IsBeingLoaded(container)) return RefuseUnlinked(container);
    return access_.GetField(container, name);
  }
  Outcome SetField(Rooted container, std::string_view name,
                   Rooted value) override FART_MAY_COLLECT {
    if (IsBeingLoaded(container)) return RefuseUnlinked(container);
    return access_.SetField(container, name, value);
  }

  Outcome New(Rooted type, std::string_view name, Roots arguments) override FART_MAY_COLLECT {
    TypeEntity* const entity = EntityOf(type);
    Function* constructor = nullptr;
    if (entity->cls != nullptr) {
      linker_.LinkClass(entity->cls);
      constructor = access_.FindConstructor(*entity->cls, name);
    }
    if (constructor == nullptr) {
      return NewApiError(isolate_, "Fart_New: did not find constructor '" + entity->text +
                                       (name.empty() ? "" : ".") + std::string(name) + "'.");
    }
    const Outcome fits = access_.CheckCount("Fart_New", *constructor, arguments.size());
    if (fits.IsError()) return fits;
    StackRoots<1> object(isolate_.stack());
    if (constructor->has_receiver) {
      const Outcome allocated = AllocateInstance(type);
      if (allocated.IsError()) return allocated;
      const NoSafepointScope quiet;
      object.Set(0, allocated.Get(quiet));
    }
    return access_.Construct(constructor, object[0], arguments);
  }

  Outcome InvokeConstructor(Rooted object, std::string_view name,
                            Roots arguments) override FART_MAY_COLLECT {
    const Class& cls = *interpreter_.ClassOf(*object.slot());
    Function* const constructor = access_.FindConstructor(cls, name);
    const bool is_one = constructor != nullptr && constructor->has_receiver &&
                        !cls.compiled->is_enum && !IsMadeByTheMachine(cls);
    if (!is_one) {
      return NewApiError(isolate_,
                         "Fart_InvokeConstructor expects argument 'name' to be a valid "
                         "constructor. '" +
                             cls.compiled->name.text + (name.empty() ? "" : ".") +
                             std::string(name) + "' is none that makes instances of the class.");
    }
    const Outcome fits =
        access_.CheckCount("Fart_InvokeConstructor", *constructor, arguments.size());
    if (fits.IsError()) return fits;
    return access_.Construct(constructor, object, arguments);
  }

  bool IsMap(Rooted object) override {
    return IsOfBundled(*object.slot(), "dart:core", "Map", &map_);
  }
  bool IsFuture(Rooted object) override {
    return IsOfBundled(*object.slot(), "dart:async", "Future", &future_);
  }

  Outcome ToString(Rooted object) override FART_MAY_COLLECT {
    if (IsString(*object.slot())) {
      const NoSafepointScope quiet;
      return Outcome::Value(object.Get(quiet), quiet);
    }
    const Outcome text = interpreter_.InvokeMethod(object, linker_.SelectorOf("toString", 0), {});
    if (text.IsError()) return text;
    if (IsStringOutcome(text)) return text;
    return NewApiError(isolate_, "Expected a string from toString.");
  }

  Outcome Equals(Rooted a, Rooted b) override FART_MAY_COLLECT {
    if (a.is_null() || b.is_null()) {
      return Outcome::Immediate(BoolObject(a.is_null() && b.is_null()));
    }
    const Outcome equal =
        interpreter_.InvokeMethod(a, linker_.SelectorOf("==", 1), Roots(b.slot(), 1));
    if (equal.IsError() || IsBoolOutcome(equal)) return equal;
    return NewApiError(isolate_, "Expected boolean result from ==");
  }

  bool IsList(Rooted object) override {
    Class* const list = linker_.core_class(CoreClass::kList);
    return interpreter_.IsOfClass(*object.slot(), *list);
  }

  Outcome HandleMessage(const MessageOrigin& origin, Rooted message) override FART_MAY_COLLECT {
    return async_.HandleMessage(origin, message);
  }
  Outcome RunMicrotasks() override FART_MAY_COLLECT { return async_.RunMicrotasks(); }

  Outcome FindType(Rooted library, std::string_view name,
                   Rooted arguments) override FART_MAY_COLLECT {
    const LinkedLibrary& linked = LibraryOfObject(library);
    const std::optional<ClassRef> ref =
        loader_.FindClass(linked.compiled->number, std::string(name));
    if (!ref) {
      return NewApiError(isolate_, "Class '" + std::string(name) + "' not found in library '" +
                                       linked.compiled->uri + "'.");
    }
    Class* const cls = linker_.ClassOf(*ref);
    linker_.LinkClass(cls);
    if (arguments.is_null()) return TypeObject(&cls->type);
    const std::vector<TypeEntity*> types = TypesIn(arguments);
    if (types.size() != cls->compiled->type_parameters.size()) {
      return NewApiError(isolate_, "Class '" + std::string(name) + "' has " +
                                       std::to_string(cls->compiled->type_parameters.size()) +
                                       " type parameters, but the number of type arguments is " +
                                       std::to_string(types.size()) + ".");
    }
    return TypeObject(linker_.types().Of(cls, linker_.types().ArgumentsOf(types)));
  }

  Outcome TypeOf(Rooted value) override FART_MAY_COLLECT {
    if (interpreter_.HasUnboundTypedData(*value.slot())) {
      const Outcome bound = linker_.BindTypedData();
      if (bound.IsError()) return bound;
    }
    return TypeObject(&interpreter_.ClassOf(*value.slot())->type);
  }

  bool IsInstanceOf(Rooted value, Rooted type) override FART_MAY_COLLECT {
    return interpreter_.IsInstance(*value.slot(), EntityOf(type));
  }

  Outcome AllocateInstance(Rooted type) override FART_MAY_COLLECT {
    const TypeEntity* const entity = EntityOf(type);
    const auto refuse = [&](const char* why) FART_MAY_COLLECT {
      return NewApiError(isolate_, "Cannot allocate an instance of '" + entity->text + "': " + why);
    };
    if (entity->cls == nullptr) return refuse("it is no class.");
    Class& cls = *entity->cls;
    if (cls.compiled->is_abstract) return refuse("the class is abstract.");
    if (cls.compiled->is_enum || IsMadeByTheMachine(cls)) {
      return refuse("only the machine makes instances of this class.");
    }
    if (!linker_.RegisterInstanceShape(&cls)) return refuse("it has too many fields.");
    const FreshObject made =
        isolate_.mutator().AllocateFixed(cls.shape, isolate_.heap().shapes()[cls.shape]);
    if (!made.is_null() && entity->arguments != nullptr) {
      const NoSafepointScope quiet;
      const ObjectPtr object = made.Get(quiet);
      isolate_.mutator().StoreField(object, SlotAt(object, cls.types_offset, quiet),
                                    AsWord(entity->arguments));
    }
    return isolate_.OrOutOfMemory(made);
  }

  Outcome NewNativeWrapperClass(Rooted library, std::string_view name,
                                std::uint32_t fields) override FART_MAY_COLLECT {
    const LinkedLibrary& linked = LibraryOfObject(library);
    const int number = linked.compiled->number;
    if (!untold_.IsOf(number, name, fields)) {
      Untold added{number, std::string(name), fields, {}};
      std::string error;
      if (!loader_.AddNativeWrapper(number, added.name, fields, &added.ref, &error)) {
        return NewApiError(isolate_, error);
      }
      untold_ = std::move(added);
    }
    const Outcome type = TypeObject(&linker_.ClassOf(untold_.ref)->type);
    if (!type.IsError()) untold_ = Untold();
    return type;
  }

  std::string DescribeUnhandled(Rooted exception, Rooted stack_trace) override FART_MAY_COLLECT {
    std::string text = TextOfException(exception);
    const NoSafepointScope quiet;
    const std::string trace = interpreter_.StackTraceText(stack_trace.Get(quiet), quiet);
    if (!trace.empty()) text += "\n" + trace.substr(0, trace.size() - 1);
    return text;
  }

  std::string ClassNameOf(ShapeId shape) override {
    const auto* const cls = static_cast<const Class*>(isolate_.shapes()[shape].owner);
    return cls == nullptr ? std::string() : cls->compiled->name.text;
  }

  std::string FieldNameOf(ShapeId shape, std::uint32_t reference) override {
    if (isolate_.shapes()[shape].kind != ShapeKind::kInstance) return {};
    const auto* const cls = static_cast<const Class*>(isolate_.shapes()[shape].owner);
    if (cls != nullptr && cls->types_offset == FieldOffset(reference)) return "<type arguments>";
    for (const Class* each = cls; each != nullptr; each = each->superclass) {
      const std::vector<CompiledField>& fields = each->compiled->fields;
      if (reference >= each->first_field && reference - each->first_field < fields.size()) {
        return fields[reference - each->first_field].name.text;
      }
    }
    return {};
  }

  std::optional<std::uint32_t> MapEntriesOf(ShapeId shape) override {
    return FieldOfBundled(shape, "_HashedMap", "_entries");
  }

  void VisitStatics(const StaticVisit& visit) override {
    linker_.ForEachStatic([&](const StaticEntity& variable) {
      if (variable.value == nullptr) return;
      std::string name = variable.compiled->name.text;
      if (variable.compiled->owner_class != CompiledFunction::kNoOwner) {
        const auto index = static_cast<std::size_t>(variable.compiled->owner_class);
        name = variable.library->compiled->classes[index]->name.text + "." + name;
      }
      visit(&variable.value->value, name);
    });
  }

  void VisitClosureFunctions(const ClosureVisit& visit) override {
    linker_.ForEachClosureFunction([&](const Function& function) {
      visit(AsWord(&function), function.compiled->captured_names);
    });
  }

  void VisitPorts(const PortVisit& visit) override FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    linker_.ForEachStatic([&](const StaticEntity& variable) {
      if (variable.value == nullptr || variable.compiled->name.text != "_open" ||
          variable.library->compiled->uri != "dart:isolate") {
        return;
      }
      const ObjectPtr map = variable.value->value;
      if (!map.IsHeapObject()) return;
      const ShapeId shape = Header::At(map.address()).shape();
      const std::optional<std::uint32_t> reference = MapEntriesOf(shape);
      if (!reference) return;
      const ObjectPtr list = isolate_.heap().shapes()[shape].References(map.address())[*reference];
      if (!list.IsHeapObject() || !IsBuiltInList(list)) return;
      const ListElements entries = ElementsOf(list, quiet);
      for (std::size_t i = 0; i + 2 < entries.length; i += 3) {
        const ObjectPtr hash = entries.first[i];
        const ObjectPtr port = entries.first[i + 1];
        if (hash.IsSmi() && hash.SmiValue() >= 0 && IsInt64(port)) {
          visit(IntegerValue(port, quiet), entries.first[i + 2]);
        }
      }
    });
  }

  std::string StackText(std::size_t most) override { return interpreter_.ProgramStackText(most); }

  Outcome InvokeMain(Rooted arguments) FART_MAY_COLLECT {
    fart::Library* const root = isolate_.libraries().root();
    if (root == nullptr) return NewApiError(isolate_, "No script has been loaded.");
    // It may be another library's, which this one exports.
    const int number = loader_.ExporterOf(root->number, "main");
    LinkedLibrary& library = linker_.LibraryOf(number);
    const Function* const main = linker_.FindFunction(library, FunctionKind::kFunction, "main");
    const bool takes_none =
        main != nullptr && interpreter_.Fits(*main, 0, {}) && !interpreter_.Fits(*main, 1, {});
    if (takes_none) return InvokeTopLevel(library, "main", Roots());
    if (main == nullptr || interpreter_.Fits(*main, 1, {})) {
      return InvokeTopLevel(library, "main", Roots(arguments.slot(), 1));
    }
    // One that takes the message of Isolate.spawnUri as well, which is none.
    StackRoots<2> passed(isolate_.stack());
    {
      const NoSafepointScope quiet;
      passed.Set(0, arguments.Get(quiet));
      passed.Set(1, kNull);
    }
    return InvokeTopLevel(library, "main", passed.all());
  }

  bool IdentifyClass(ShapeId shape, ClassIdentity* identity, std::string* why_not) override {
    const Class& cls = *static_cast<const Class*>(isolate_.shapes()[shape].owner);
    const CompiledLibrary& library = *cls.library->compiled;
    if (const char* const reason = WhyNotSent(cls)) {
      *why_not = reason;
      return false;
    }
    *identity = {library.uri, cls.compiled->name.text, cls.field_count, LayoutOf(cls)};
    identity->is_of_constants = cls.compiled->is_enum;
    const int types_field = cls.table->types_field;
    if (types_field != ClassTable::kNoField) {
      identity->private_field = static_cast<std::uint64_t>(types_field);
    }
    return true;
  }

  ShapeId ShapeOfClass(const ClassIdentity& identity) override {
    Class* const cls = FindSentClass(identity.library_url, identity.name);
    if (cls == nullptr) return ShapeTable::kInvalid;
    linker_.LinkClass(cls);
    if (cls->compiled->is_abstract || IsOfCoreObjects(cls) || WhyNotSent(*cls) != nullptr ||
        cls->field_count != identity.field_count || LayoutOf(*cls) != identity.layout ||
        !linker_.RegisterInstanceShape(cls)) {
      return ShapeTable::kInvalid;
    }
    return cls->shape;
  }

  // By its index: the values of an enum are its first static variables.
  ObjectPtr ConstantLike(ObjectPtr made, const NoSafepointScope&) override {
    const Class& cls = *interpreter_.ClassOf(made);
    const ObjectPtr* const fields =
        isolate_.heap().shapes()[ShapeIdOf(made)].References(made.address());
    if (!fields[0].IsSmi() || fields[0].SmiValue() < 0) return kNull;
    std::int64_t left = fields[0].SmiValue();
    const CompiledLibrary& library = *cls.library->compiled;
    for (std::size_t i = 0; i < library.statics.size(); ++i) {
      const CompiledStatic& variable = *library.statics[i];
      const bool is_value = variable.is_const && variable.owner_class == cls.ref.cls &&
                            variable.name.text != "values";
      if (!is_value || left-- != 0) continue;
      StaticEntity& value = *linker_.StaticOf({library.number, static_cast<int>(i)});
      if (value.value->value == kUninitialised) isolate_.roots().Set(value.value, made);
      return value.value->value;
    }
    return kNull;
  }

  bool IdentifyFunction(ObjectPtr function, FunctionIdentity* identity,
                        const NoSafepointScope& quiet) override {
    return ShapeIdOf(function) == linker_.tear_off_shape() &&
           lang::IdentifyFunction(interpreter_.FunctionOfClosure(function, quiet), identity);
  }

  Outcome FunctionOf(const FunctionIdentity& identity) override FART_MAY_COLLECT {
    Function* const function = FindFunctionOf(isolate_, linker_, identity);
    if (function == nullptr) return Outcome::Immediate(kNull);
    if (!linker_.MakeTearOff(function)) {
      return isolate_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    }
    const NoSafepointScope quiet;
    return Outcome::Value(function->tear_off->value, quiet);
  }

  bool IdentifyType(ObjectPtr type, std::string* described, std::string* why_not,
                    const NoSafepointScope& quiet) override {
    const TypeEntity& entity = *linker_.TypeOfNumber(TypeNumberOf(type, quiet));
    if (!IsDescribedWhole(entity)) {
      *why_not = "the type '" + entity.text + "', in which there is one of functions";
      return false;
    }
    *described = DescribeType(entity);
    return true;
  }

  Outcome TypeLike(std::string_view described, std::string* missing) override FART_MAY_COLLECT {
    TypeEntity* const type = ReadType(
        linker_.types(), described,
        [this](std::string_view url, std::string_view name) { return FindSentClass(url, name); },
        missing);
    if (type == nullptr) return Outcome::Immediate(kNull);
    if (!linker_.MakeTypeObject(type)) {
      return isolate_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    }
    const NoSafepointScope quiet;
    return Outcome::Value(type->object->value, quiet);
  }

  std::string DescribeTypes(ObjectPtr types) override {
    return DescribeTypeArguments(*FromWord<const TypeArguments>(types));
  }

  ObjectPtr TypesOf(std::string_view described, ShapeId shape) override {
    std::size_t count = 1;  // of a list
    if (shape != core_shape::kGrowableList) {
      count = static_cast<const Class*>(isolate_.shapes()[shape].owner)
                  ->compiled->type_parameters.size();
    }
    const TypeArguments* const types = ReadTypeArguments(
        linker_.types(), described, count,
        [this](std::string_view url, std::string_view name) { return FindSentClass(url, name); });
    return types == nullptr ? kNull : AsWord(types);
  }

 private:
  // The reference that a field of a class of a `dart:` library is, if the shape is its or that of a
  // class that extends it.
  std::optional<std::uint32_t> FieldOfBundled(ShapeId shape, std::string_view class_name,
                                              std::string_view field) const {
    if (isolate_.shapes()[shape].kind != ShapeKind::kInstance) return std::nullopt;
    const auto* cls = static_cast<const Class*>(isolate_.shapes()[shape].owner);
    for (; cls != nullptr; cls = cls->superclass) {
      if (!cls->library->is_bundled || cls->compiled->name.text != class_name) continue;
      const std::vector<CompiledField>& fields = cls->compiled->fields;
      for (std::uint32_t i = 0; i < fields.size(); ++i) {
        if (fields[i].name.text == field) return cls->first_field + i;
      }
    }
    return std::nullopt;
  }

  // The class that a message names; null: there is none here.
  Class* FindSentClass(std::string_view url, std::string_view name) {
    fart::Library* const record = isolate_.libraries().FindByUrl(url);
    if (record == nullptr) return nullptr;
    const std::optional<ClassRef> ref = loader_.FindClass(record->number, std::string(name));
    if (!ref) return nullptr;
    Class* const cls = linker_.ClassOf(*ref);
    return cls->library->compiled->uri == url ? cls : nullptr;
  }

  // `dart:` libraries stay: the class is looked for once.
  bool IsOfBundled(ObjectPtr object, std::string_view url, std::string_view name, Class** known) {
    if (*known == nullptr) *known = FindSentClass(url, name);
    return *known != nullptr && interpreter_.IsOfClass(object, **known);
  }

  // A native wrapper class that has been declared, and whose type could not be made for lack of
  // memory: asking for it again is answered with that one.
  struct Untold {
    int library = -1;
    std::string name;
    std::uint32_t fields = 0;
    ClassRef ref;

    bool IsOf(int wanted_library, std::string_view wanted_name, std::uint32_t wanted_fields) const {
      return library == wanted_library && name == wanted_name && fields == wanted_fields;
    }
  };

  // Null: its instances can be sent.
  static const char* WhyNotSent(const Class& cls) {
    if (!cls.library->is_bundled) return nullptr;
    // What the others keep, such as ports, timers and native memory, is bound to its isolate.
    for (const std::string_view library :
         {"dart:core", "dart:collection", "dart:math", "dart:typed_data"}) {
      if (cls.library->compiled->uri == library) return nullptr;
    }
    return "is bound to its isolate";
  }

  // Whether its instances have a core shape, so that Allocate never makes any.
  bool IsOfCoreObjects(const Class* cls) const {
    for (std::uint32_t id = 0; id < core_shape::kLimit; ++id) {
      if (isolate_.shapes()[ShapeId{id}].owner == cls) return true;
    }
    return false;
  }

  static std::uint64_t LayoutOf(const Class& cls) {
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    const auto mix = [&hash](std::string_view text) {
      for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
      hash = (hash ^ 0xff) * 0x100000001b3;  // Ends a name: no byte of UTF-8.
    };
    for (const Class* each = &cls; each != nullptr; each = each->superclass) {
      mix(each->compiled->name.text);
      for (const CompiledField& field : each->compiled->fields) mix(field.name.text);
    }
    return hash;
  }

  static int NumberOfLibrary(Rooted library) FART_MAY_COLLECT {
    const NoSafepointScope quiet;
    return LibraryNumberOf(library.Get(quiet), quiet);
  }
  LinkedLibrary& LibraryOfObject(Rooted library) FART_MAY_COLLECT {
    return linker_.LibraryOf(NumberOfLibrary(library));
  }
  // Of a library that a host was told of while it is loaded: it has no code yet.
  bool IsBeingLoaded(Rooted target) FART_MAY_COLLECT {
    return target.IsHeapObject() && IsLibrary(*target.slot()) &&
           loader_.IsBeingLoaded(NumberOfLibrary(target));
  }
  Outcome RefuseUnlinked(Rooted library) FART_MAY_COLLECT {
    return NewApiError(isolate_, "The library '" + LibraryOfObject(library).compiled->uri +
                                     "' is still being loaded.");
  }

  TypeEntity* EntityOf(Rooted type) FART_MAY_COLLECT {
    const NoSafepointScope quiet;
    return linker_.TypeOfNumber(TypeNumberOf(type.Get(quiet), quiet));
  }

  Outcome TypeObject(TypeEntity* type) FART_MAY_COLLECT {
    if (!linker_.MakeTypeObject(type)) return isolate_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    const NoSafepointScope quiet;
    return Outcome::Value(type->object->value, quiet);
  }

  std::vector<TypeEntity*> TypesIn(Rooted list) FART_MAY_COLLECT {
    std::vector<TypeEntity*> types;
    const NoSafepointScope quiet;
    const std::size_t count = ListLength(list.Get(quiet), quiet);
    for (std::size_t i = 0; i < count; ++i) {
      const ObjectPtr type = ListAt(list.Get(quiet), i, quiet);
      types.push_back(linker_.TypeOfNumber(TypeNumberOf(type, quiet)));
    }
    return types;
  }

  // Its instances are not laid out as others are, or they are what only a `dart:` library's own
  // code may make.
  bool IsMadeByTheMachine(const Class& cls) const {
    const ShapeRegistry& shapes = isolate_.shapes();
    for (std::uint32_t id = 0; id < shapes.size(); ++id) {
      const ShapeInfo& info = shapes[ShapeId{id}];
      if (info.owner == &cls && info.kind != ShapeKind::kInstance) return true;
    }
    return cls.library->is_bundled && cls.compiled->name.library != Name::kPublic;
  }

  Outcome InvokeTopLevel(LinkedLibrary& library, std::string_view name,
                         Roots arguments) FART_MAY_COLLECT {
    if (Function* const function = linker_.FindFunction(library, FunctionKind::kFunction, name)) {
      return InvokeChecked(function, "function", name, arguments);
    }
    // A getter or variable of that name, whose value is then called.
    Outcome value = Outcome::Immediate(kNull);
    if (Function* const getter = linker_.FindFunction(library, FunctionKind::kGetter, name)) {
      value = interpreter_.InvokeFunction(getter, {});
    } else if (StaticEntity* const variable = linker_.FindStatic(library, name)) {
      value = interpreter_.ReadStatic(variable);
    } else {
      return NotFound("top-level function", name);
    }
    if (value.IsError()) return value;
    StackRoots<1> roots(isolate_.stack());
    {
      const NoSafepointScope quiet;
      roots.Set(0, value.Get(quiet));
    }
    return interpreter_.InvokeValue(roots[0], arguments);
  }

  Outcome InvokeStatic(Rooted type, std::string_view name, Roots arguments) FART_MAY_COLLECT {
    const TypeEntity* entity;
    {
      const NoSafepointScope quiet;
      entity = linker_.TypeOfNumber(TypeNumberOf(type.Get(quiet), quiet));
    }
    if (entity->cls != nullptr) {
      linker_.LinkClass(entity->cls);  // What it has is known then.
      const CompiledLibrary& library = *entity->cls->library->compiled;
      for (const int index : entity->cls->compiled->functions) {
        const CompiledFunction& function = *library.functions[static_cast<std::size_t>(index)];
        if (function.kind != FunctionKind::kFunction || !function.is_static ||
            function.name != library.NameOf(std::string(name))) {
          continue;
        }
        return InvokeChecked(linker_.FunctionOf({library.number, index}), "static method",
                             entity->text + "." + std::string(name), arguments);
      }
    }
    return NotFound("static method", entity->text + "." + std::string(name));
  }

  Outcome NotFound(const char* what, std::string_view name) FART_MAY_COLLECT {
    return NewApiError(isolate_, std::string("Fart_Invoke: did not find ") + what + " '" +
                                     std::string(name) + "'.");
  }

  Outcome InvokeChecked(Function* function, const char* what, std::string_view name,
                        Roots arguments) FART_MAY_COLLECT {
    const auto count = static_cast<std::uint32_t>(arguments.size());
    if (!interpreter_.Fits(*function, count, {})) {
      return NewApiError(isolate_, std::string("Fart_Invoke: wrong argument count for ") + what +
                                       " '" + std::string(name) +
                                       "': " + CountsOf(*function, count) + ".");
    }
    return interpreter_.InvokeFunction(function, arguments);
  }

  std::string TextOfException(Rooted exception) FART_MAY_COLLECT {
    const Outcome outcome = ToString(exception);
    const NoSafepointScope quiet;
    if (!outcome.IsError()) return ToUtf8(outcome.Get(quiet), quiet);
    // Its toString threw, or there is no room for the text.
    return "Instance of '" + interpreter_.ClassOf(exception.Get(quiet))->compiled->name.text + "'";
  }

  static bool IsStringOutcome(const Outcome& outcome) FART_MAY_COLLECT {
    const NoSafepointScope quiet;
    return IsString(outcome.Get(quiet));
  }
  static bool IsBoolOutcome(const Outcome& outcome) FART_MAY_COLLECT {
    const NoSafepointScope quiet;
    return IsBool(outcome.Get(quiet));
  }

  Untold untold_;
  Class* map_ = nullptr;  // Null: nobody has asked.
  Class* future_ = nullptr;
  Isolate& isolate_;
  Loader loader_;
  Linker linker_;
  Interpreter interpreter_;
  HostAccess access_;
  AsyncEntry async_;
  Reclaimer reclaimer_;
};

}  // namespace

std::unique_ptr<Program> MakeFartProgram(Isolate& isolate, std::string* error) {
  std::shared_ptr<const SharedLibraries> shared =
      SharedLibraries::OfProcess(isolate.flags().checked, error);
  if (shared == nullptr) return nullptr;
  auto program = std::make_unique<FartProgram>(isolate, std::move(shared));
  const Outcome started = program->Start();
  if (!started.IsError()) return program;
  const NoSafepointScope quiet;
  *error = ToUtf8(ErrorMessage(started.Get(quiet), quiet), quiet);
  return nullptr;
}

void ForgetSharedLibraries() { SharedLibraries::Forget(); }
void LeaveSharedLibrariesToSystem() {
  SharedLibraries::Leave(SharedLibraries::AtTheEnd::kLeftToTheSystem);
}
void HoldSharedLibrariesForFork() { SharedLibraries::HoldForFork(); }
void ReleaseSharedLibrariesAfterFork() { SharedLibraries::ReleaseAfterFork(); }

Outcome InvokeMain(Isolate& isolate, Rooted arguments) {
  return static_cast<FartProgram&>(isolate.program()).InvokeMain(arguments);
}

}  // namespace fart::lang
