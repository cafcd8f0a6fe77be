// Entities: that each is made once, what it says, and what ends with an edition. It needs the
// loader and the natives, so it is not beside the linker.

#include "lang/linker/linker.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heap/base/safepoint.h"
#include "lang/linker/layout.h"
#include "lang/loader/loader.h"
#include "lang/loader/shared_libraries.h"
#include "lang/natives/natives.h"
#include "vm/memory/core_shapes.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::lang {
namespace {

class LinkerTest : public testing::Test {
 protected:
  LinkerTest() : loader_(*isolate_, Shared()) {}
  void SetUp() override FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome loaded = loader_.LoadCore();
    ASSERT_FALSE(loaded.IsError()) << isolate_.ErrorMessageOf(loaded);
    linker_.emplace(*isolate_, loader_, FindIntrinsic);
    ASSERT_TRUE(linker_->BindCore(loader_.core()));
  }
  static std::shared_ptr<const SharedLibraries> Shared() {
    std::string error;
    std::shared_ptr<const SharedLibraries> shared =
        SharedLibraries::OfProcess(/*checks_types=*/false, &error);
    EXPECT_EQ(error, "");
    return shared;
  }

  void Load(const std::string& text,
            const std::string& url = "main.dart") FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome loaded =
        loader_.LoadScript({.url = url, .path = "/nowhere/" + url, .text = text}, &number_);
    ASSERT_FALSE(loaded.IsError()) << isolate_.ErrorMessageOf(loaded);
  }
  LinkedLibrary& Library() { return linker_->LibraryOf(number_); }
  Class* ClassNamed(const std::string& name) {
    return linker_->ClassOf(*loader_.FindClass(number_, name));
  }
  // A method, constructor or top-level function, by the name that stack traces have for it.
  FunctionRef RefOf(const std::string& qualified_name) {
    const CompiledLibrary& compiled = *Library().compiled;
    for (std::size_t i = 0; i < compiled.functions.size(); ++i) {
      if (compiled.functions[i]->qualified_name == qualified_name) {
        return {number_, static_cast<int>(i)};
      }
    }
    ADD_FAILURE() << "there is no " << qualified_name;
    return {number_, 0};
  }
  Function* Named(const std::string& qualified_name) {
    return linker_->FunctionOf(RefOf(qualified_name));
  }
  std::string Link(Function* function) FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome linked = linker_->Link(function);
    return linked.IsError() ? isolate_.ErrorMessageOf(linked) : "";
  }
  ObjectPtr ValueOf(std::string_view variable) FART_NO_SAFEPOINT_ANALYSIS {
    StaticEntity* const entity = linker_->FindStatic(Library(), variable);
    EXPECT_EQ(entity->initializer, nullptr) << variable;
    EXPECT_EQ(entity->value->value, kUninitialised) << variable;
    EXPECT_TRUE(linker_->InitialiseStatic(entity));
    return entity->value->value;
  }
  const MemberKey* Key(MemberKind kind, const std::string& name) {
    return linker_->keys().Of(kind, Library().compiled->NameOf(name));
  }
  std::string OwnerOf(ShapeId shape) {
    const auto* const owner = static_cast<const Class*>(isolate_->shapes()[shape].owner);
    return owner == nullptr ? "nobody" : owner->compiled->name.text;
  }

  TestIsolate isolate_;
  Loader loader_;
  std::optional<Linker> linker_;
  int number_ = -1;
};

TEST_F(LinkerTest, EntitiesAreMadeOnce_LKX3) {
  Load(
      "class First { m() => 1; static s() => 2; } class Second extends First {}"
      "var v = [1]; f() => 3;");
  EXPECT_EQ(Named("f"), Named("f"));
  EXPECT_EQ(ClassNamed("First"), ClassNamed("First"));
  EXPECT_NE(ClassNamed("First"), ClassNamed("Second"));
  EXPECT_EQ(linker_->FindStatic(Library(), "v"), linker_->FindStatic(Library(), "v"));
  EXPECT_EQ(linker_->FindStatic(Library(), "w"), nullptr);
  EXPECT_EQ(linker_->FindFunction(Library(), FunctionKind::kFunction, "f"), Named("f"));
  EXPECT_EQ(linker_->FindFunction(Library(), FunctionKind::kGetter, "f"), nullptr);
  // The class of number 0 is an owner too.
  EXPECT_EQ(Named("First.m")->owner, ClassNamed("First"));
  EXPECT_EQ(Named("First.s")->owner, ClassNamed("First"));
  EXPECT_EQ(Named("f")->owner, nullptr);
  EXPECT_TRUE(Named("First.m")->has_receiver);
  EXPECT_FALSE(Named("First.s")->has_receiver);
  EXPECT_EQ(Library().edition, loader_.current_edition());
  EXPECT_EQ(linker_->LibraryOf(loader_.core()).edition, nullptr);
  EXPECT_TRUE(linker_->LibraryOf(loader_.core()).is_bundled);
  EXPECT_FALSE(Library().is_bundled);
}

TEST_F(LinkerTest, WhatAMixinDeclaresIsMadeForEachClassThatAppliesIt_LKX3) {
  Load("class M { m() => 1; } class A extends Object with M {} class B extends Object with M {}");
  const MemberKey* const m = Key(MemberKind::kMethod, "m");
  Class* const a = ClassNamed("A");
  Class* const b = ClassNamed("B");
  linker_->LinkClass(a);
  linker_->LinkClass(b);
  const Member of_a = linker_->MemberOf(*a->superclass, m);
  const Member of_b = linker_->MemberOf(*b->superclass, m);
  ASSERT_EQ(of_a.kind, Member::Kind::kFunction);
  EXPECT_NE(of_a.function, of_b.function);
  EXPECT_EQ(of_a.function, linker_->MemberOf(*a->superclass, m).function);
  EXPECT_EQ(of_a.function->owner, a->superclass);
  EXPECT_EQ(of_b.function->owner, b->superclass);
  EXPECT_EQ(Named("M.m")->owner, ClassNamed("M"));
}

TEST_F(LinkerTest, SelectorsDifferByWhatTheyAskFor) {
  const auto* const one = &linker_->SelectorOf(Name{"_x", 5}, 1);
  EXPECT_EQ(&linker_->SelectorOf(Name{"_x", 5}, 1), one);
  EXPECT_NE(&linker_->SelectorOf(Name{"_x", 5}, 2), one);
  EXPECT_NE(&linker_->SelectorOf(Name{"_x", 6}, 1), one);
  EXPECT_EQ(one->key->name.library, 5);
  EXPECT_EQ(linker_->SelectorOf(Name{"_x", 6}, 1).key->name.library, 6);
  EXPECT_EQ(linker_->GetterOf("length").key->kind, MemberKind::kGetter);
  EXPECT_EQ(&linker_->GetterOf("length"), &linker_->GetterOf("length"));
  const auto call_for = [this](std::uint32_t positional, const std::vector<std::string>& names) {
    const auto selector = Linker::NewSelector(linker_->call_key()->getter, positional, names);
    const SelectorEntity& call = linker_->CallSelectorFor(*selector);
    EXPECT_EQ(call.key, linker_->call_key());
    EXPECT_EQ(call.positional_count, positional);
    EXPECT_EQ(call.argument_names, names);
    return &call;
  };
  EXPECT_EQ(call_for(1, {"a", "b"}), call_for(1, {"a", "b"}));
  EXPECT_NE(call_for(1, {"a"}), call_for(1, {"b"}));
  EXPECT_NE(call_for(1, {"a", "b"}), call_for(1, {"b", "a"}));
  EXPECT_NE(call_for(1, {"a"}), call_for(2, {"a"}));
  EXPECT_NE(call_for(1, {"a"}), call_for(1, {}));
}

TEST_F(LinkerTest, OperatorsAreSentWithTheirOperands) {
  for (std::size_t i = 0; i < kOpcodeCount; ++i) {
    const auto opcode = static_cast<Opcode>(i);
    const char* const name = OperatorSelectorName(opcode);
    if (name == nullptr) continue;
    const std::string_view text = name;
    std::uint32_t count = 1;
    if (text == "[]=") count = 2;
    if (text == "unary-" || text == "~" || text == "toString") count = 0;
    const SelectorEntity& selector = linker_->OperatorSelector(opcode);
    EXPECT_EQ(selector.positional_count, count) << name;
    EXPECT_EQ(selector.key->name.text, name);
  }
}

TEST_F(LinkerTest, CoreShapesHaveTheirClasses) {
  using namespace core_shape;
  for (const ShapeId shape : {kSmi, kMint, kBigInteger}) EXPECT_EQ(OwnerOf(shape), "int");
  for (const ShapeId shape :
       {kLatin1String, kExternalLatin1String, kUtf16String, kExternalUtf16String}) {
    EXPECT_EQ(OwnerOf(shape), "String");
  }
  EXPECT_EQ(OwnerOf(kDouble), "double");
  EXPECT_EQ(OwnerOf(kNullValue), "Null");
  EXPECT_EQ(OwnerOf(kBool), "bool");
  EXPECT_EQ(OwnerOf(kArray), "_FixedList");
  EXPECT_EQ(OwnerOf(kImmutableArray), "_ImmutableList");
  EXPECT_EQ(OwnerOf(kGrowableList), "_GrowableList");
  EXPECT_EQ(OwnerOf(kStackTrace), "_StackTrace");
  EXPECT_EQ(OwnerOf(kType), "_Type");
  EXPECT_EQ(OwnerOf(kSendPort), "_SendPort");
  EXPECT_EQ(OwnerOf(kCapability), "_Capability");
  EXPECT_EQ(OwnerOf(linker_->closure_shape()), "_Closure");
  EXPECT_EQ(OwnerOf(linker_->tear_off_shape()), "_Closure");
  EXPECT_EQ(OwnerOf(linker_->bound_method_shape()), "_Closure");
  EXPECT_EQ(isolate_->shapes()[linker_->cell_shape()].kind, ShapeKind::kCell);
}

TEST_F(LinkerTest, TypedDataHasItsClassesOnceItsLibraryIsThere) {
  [this]() FART_NO_SAFEPOINT_ANALYSIS {
    ASSERT_FALSE(linker_->BindTypedDataIfLoaded().IsError());
    EXPECT_EQ(OwnerOf(core_shape::kByteBuffer), "nobody");
    int number = 0;
    ASSERT_FALSE(loader_.Require("dart:typed_data", &number).IsError());
    ASSERT_FALSE(linker_->BindTypedDataIfLoaded().IsError());
  }();
  const char* const names[] = {"ByteData",     "Int8List",   "Uint8List",   "Uint8ClampedList",
                               "Int16List",    "Uint16List", "Int32List",   "Uint32List",
                               "Int64List",    "Uint64List", "Float32List", "Float64List",
                               "Float32x4List"};
  for (const ShapeId first :
       {core_shape::kTypedData, core_shape::kExternalTypedData, core_shape::kTypedDataView}) {
    std::uint32_t type = static_cast<std::uint32_t>(first);
    for (const char* const name : names) EXPECT_EQ(OwnerOf(ShapeId{type++}), name);
  }
  EXPECT_EQ(OwnerOf(core_shape::kByteBuffer), "ByteBuffer");
}

TEST_F(LinkerTest, VariablesBeginWithTheirValues) {
  Load(
      "var none; var yes = true; var no = false; var large = 9223372036854775807;"
      "var small = -1; var zero = -0.0; var text = 'ab';");
  EXPECT_EQ(ValueOf("none"), kNull);
  EXPECT_EQ(ValueOf("yes"), kTrue);
  EXPECT_EQ(ValueOf("no"), kFalse);
  EXPECT_EQ(ValueOf("small"), ObjectPtr::FromSmi(-1));
  [this]() FART_NO_SAFEPOINT_ANALYSIS {
    const ObjectPtr large = ValueOf("large");
    const ObjectPtr zero = ValueOf("zero");
    const ObjectPtr text = ValueOf("text");
    const NoSafepointScope quiet;
    EXPECT_EQ(MintValue(large, quiet), std::numeric_limits<std::int64_t>::max());
    EXPECT_TRUE(std::signbit(DoubleValue(zero, quiet)));
    EXPECT_EQ(ToUtf8(text, quiet), "ab");
  }();
}

// The first function of a library is the initialiser of a variable, where it has nothing else.
TEST_F(LinkerTest, AnInitialiserMayBeTheFirstFunction) {
  Load("var v = [1];");
  StaticEntity* const v = linker_->FindStatic(Library(), "v");
  ASSERT_NE(v->initializer, nullptr);
  EXPECT_EQ(v->initializer->index, 0);
  EXPECT_EQ(v->value->value, kUninitialised);
}

TEST_F(LinkerTest, FieldsComeAfterThoseOfTheSuperclass) {
  Load(
      "class A { var a; final b = 1; } class B extends A { var c; m() => c; }"
      "class Generic<T> extends A { var d; }");
  Class* const b = ClassNamed("B");
  ASSERT_TRUE(linker_->RegisterInstanceShape(b));
  const ShapeId shape = b->shape;
  ASSERT_TRUE(linker_->RegisterInstanceShape(b));
  EXPECT_EQ(b->shape, shape);
  EXPECT_EQ(isolate_->shapes()[shape].owner, b);
  EXPECT_EQ(b->first_field, 2u);
  EXPECT_EQ(b->field_count, 3u);
  EXPECT_EQ(b->types_offset, 0u);
  const Member c = linker_->MemberOf(*b, Key(MemberKind::kGetter, "c"));
  EXPECT_EQ(c.kind, Member::Kind::kField);
  EXPECT_EQ(c.offset, FieldOffset(2));
  EXPECT_EQ(linker_->MemberOf(*b->superclass, Key(MemberKind::kGetter, "b")).offset,
            FieldOffset(1));
  EXPECT_EQ(linker_->MemberOf(*b->superclass, Key(MemberKind::kSetter, "b")).kind,
            Member::Kind::kNone)
      << "it is final";
  EXPECT_EQ(linker_->MemberOf(*b, Key(MemberKind::kMethod, "m")).function, Named("B.m"));
  EXPECT_EQ(linker_->MemberOf(*b, Key(MemberKind::kGetter, "a")).kind, Member::Kind::kNone)
      << "its superclass has it";
  Class* const generic = ClassNamed("Generic");
  linker_->LinkClass(generic);
  EXPECT_EQ(generic->field_count, 4u);
  EXPECT_EQ(generic->types_offset, FieldOffset(3));
}

TEST_F(LinkerTest, InstancesHaveRoomForAllNativeFields) {
  Load("main() {}");
  ClassRef ref;
  std::string error;
  ASSERT_TRUE(loader_.AddNativeWrapper(number_, "Wrapper", 3, &ref, &error)) << error;
  Class* const wrapper = linker_->ClassOf(ref);
  ASSERT_TRUE(linker_->RegisterInstanceShape(wrapper));
  EXPECT_EQ(wrapper->native_fields, 3u);
  EXPECT_EQ(isolate_->heap().shapes()[wrapper->shape].SizeFor(0).value(), 4 * kWordSize);
}

TEST_F(LinkerTest, OnlyExtensionsThatTheCodeCanSeeAreAsked) {
  Load(
      "extension E on String { m() => 1; _p() => 2; } extension F on List<int> { m() => 3; }"
      "class C {} extension G on C { m() => 4; }");
  const std::vector<ExtensionMember>& members =
      linker_->ExtensionMembersOf(Library(), Key(MemberKind::kMethod, "m"));
  ASSERT_EQ(members.size(), 3u);
  EXPECT_EQ(members[0].function, Named("E.m"));
  EXPECT_EQ(members[0].extension->name.text, "E");
  EXPECT_EQ(members[0].on->text, "String");
  EXPECT_EQ(members[1].on->text, "List<int>");
  EXPECT_EQ(members[2].on->cls, ClassNamed("C"));
  EXPECT_NE(ClassNamed("C")->table, nullptr) << "what it is asked of must be linked";
  EXPECT_EQ(&linker_->ExtensionMembersOf(Library(), Key(MemberKind::kMethod, "m")), &members);
  EXPECT_EQ(linker_->ExtensionMembersOf(Library(), Key(MemberKind::kMethod, "_p")).size(), 1u);
  EXPECT_TRUE(linker_->ExtensionMembersOf(Library(), Key(MemberKind::kMethod, "nix")).empty());
  // Of another library's name: what is private there is another member.
  const MemberKey* const other = linker_->keys().Of(MemberKind::kMethod, Name{"_p", number_ + 1});
  EXPECT_TRUE(linker_->ExtensionMembersOf(Library(), other).empty());
}

TEST_F(LinkerTest, AFunctionIsWhatItsDeclarationSays) {
  Load(
      "class A { abstract(); } external outside(); known() native 'Known';"
      "code(x, [y]) { var z = x; return z + y * 2; }");
  Function* const code = Named("code");
  EXPECT_EQ(code->entry, Entry::kUnlinked);
  EXPECT_FALSE(code->is_simple);
  EXPECT_EQ(code->parameter_count, 2u);
  ASSERT_EQ(Link(code), "");
  EXPECT_EQ(code->entry, Entry::kCode);
  EXPECT_EQ(code->code, code->compiled->code.data());
  EXPECT_EQ(code->slot_count, code->compiled->slot_count);
  EXPECT_EQ(code->cache_count, code->compiled->cache_count);
  EXPECT_EQ(code->frame_words, code->compiled->slot_count + 3 + code->compiled->max_operands);
  const CodeWord* const words = code->code;
  const PoolEntry* const constants = code->constants;
  ASSERT_EQ(Link(code), "");
  EXPECT_EQ(code->code, words);
  EXPECT_EQ(code->constants, constants) << "it is linked once";
  ASSERT_EQ(Link(Named("outside")), "");
  EXPECT_EQ(Named("outside")->entry, Entry::kExternal);
  // LK-X4: nobody knows it yet.
  Function* const known = Named("known");
  EXPECT_NE(Link(known), "");
  EXPECT_EQ(known->entry, Entry::kUnlinked);
  static bool is_known = false;
  Library().record->resolver = [](ForeignHandle, int, bool*) -> NativeFunction {
    if (!is_known) return nullptr;
    return [](ForeignNativeArguments) {};
  };
  EXPECT_NE(Link(known), "");
  EXPECT_EQ(known->entry, Entry::kUnlinked);
  is_known = true;
  EXPECT_EQ(Link(known), "");
  EXPECT_EQ(known->entry, Entry::kNative);
}

TEST_F(LinkerTest, TypesAndTornOffFunctionsAreOneObjectEach) {
  Load("class C<T> {} f() => 1; g() => [C, f, 123456789012345678, 1.5, 'x'];");
  ASSERT_EQ(Link(Named("g")), "");
  TypeEntity* const type = &ClassNamed("C")->type;
  ASSERT_NE(type->object, nullptr);
  [&]() FART_NO_SAFEPOINT_ANALYSIS {
    const RootTable::Slot* const slot = type->object;
    const ObjectPtr object = slot->value;
    ASSERT_TRUE(linker_->MakeTypeObject(type));
    EXPECT_EQ(type->object, slot);
    EXPECT_EQ(type->object->value, object);
    Function* const f = Named("f");
    const RootTable::Slot* const closure = f->tear_off;
    ASSERT_NE(closure, nullptr);
    ASSERT_TRUE(linker_->MakeTearOff(f));
    EXPECT_EQ(f->tear_off, closure);
    const NoSafepointScope quiet;
    EXPECT_EQ(TypeNumberOf(object, quiet), type->number);
    EXPECT_EQ(FromWord<Function>(*SlotAt(closure->value, kTearOffFunctionOffset, quiet)), f);
  }();
}

// ---- Endings (LK-X5)

// Loads a script with a class Ending, and another one in its place, with a class Staying; then the
// first can end.
class ForgettingTest : public LinkerTest {
 protected:
  void SetUp() override {
    LinkerTest::SetUp();
    Load("class Ending { var f; only_here() => f; get only_getter => 1; }", "ending.dart");
    ending_ = ClassNamed("Ending");
    ASSERT_TRUE(linker_->RegisterInstanceShape(ending_));
    shape_ = ending_->shape;
    Load("class Staying { stays() => 1; var field; } f(x) => x;", "staying.dart");
    staying_ = ClassNamed("Staying");
    linker_->LinkClass(staying_);
    for (const auto& edition : loader_.retired()) editions_.push_back(edition.get());
  }
  void Forget(bool is_running) {
    linker_->Forget(editions_, is_running);
    loader_.End(editions_);
  }
  // A function that nobody calls, with a cache whose two entries know the class that ends.
  std::unique_ptr<Function> WithCache() {
    auto function = std::make_unique<Function>();
    function->MakeCaches(1);
    for (CacheEntry* const entry : {&function->caches[0].first, &function->caches[0].second}) {
      entry->shape = shape_;
      entry->kind = CacheEntry::Kind::kField;
      entry->offset = FieldOffset(0);
    }
    return function;
  }
  static void ExpectEmpty(const Function& function, const char* where) {
    EXPECT_EQ(function.caches[0].first.shape, ShapeTable::kInvalid) << where;
    EXPECT_EQ(function.caches[0].second.shape, ShapeTable::kInvalid) << where;
  }
  LinkedLibrary& Core() { return linker_->LibraryOf(loader_.core()); }

  Class* ending_ = nullptr;
  Class* staying_ = nullptr;
  ShapeId shape_{0};
  std::vector<Edition*> editions_;
};

TEST_F(ForgettingTest, NoCacheKnowsWhatHasEnded) {
  Function* const function = Core().functions.emplace_back(WithCache()).get();
  Function* const mixed_in = (staying_->mixed_in[{loader_.core(), 0}] = WithCache()).get();
  function->selectors.push_back(Linker::NewSelector(linker_->call_key(), 0, {}));
  SelectorEntity& own = *function->selectors.back();
  own.getter_call_stub = WithCache();
  const SelectorEntity& simple = linker_->SelectorOf("length", 0);
  simple.getter_call_stub = WithCache();
  const SelectorEntity& call = linker_->CallSelectorFor(own);
  call.getter_call_stub = WithCache();
  own.adapter = std::make_unique<Adapter>();
  own.adapter->shape = shape_;
  // What came of a call's type arguments.
  CompiledFunction compiled;
  compiled.call_types = std::make_unique<CompiledCallTypes>();
  compiled.call_types->calls.resize(2);
  mixed_in->compiled = &compiled;
  mixed_in->call_types = std::make_unique<CallTypesEntity[]>(2);
  mixed_in->call_types[0].callee = mixed_in->call_types[1].callee = function;
  Forget(/*is_running=*/false);
  ExpectEmpty(*function, "of a library");
  ExpectEmpty(*mixed_in, "of an application");
  ExpectEmpty(*own.getter_call_stub, "of a stub of a function's selector");
  ExpectEmpty(*call.getter_call_stub, "of a stub of a call");
  // An object of whatever is given the shape next would be entered as one of the class.
  EXPECT_EQ(own.adapter->shape, ShapeTable::kInvalid);
  EXPECT_EQ(mixed_in->call_types[0].callee, nullptr);
  EXPECT_EQ(mixed_in->call_types[1].callee, nullptr);
  mixed_in->compiled = nullptr;
}

TEST_F(ForgettingTest, CachesKnowWhatStays) {
  ASSERT_TRUE(linker_->RegisterInstanceShape(staying_));
  shape_ = staying_->shape;
  Function* const function = Core().functions.emplace_back(WithCache()).get();
  Forget(/*is_running=*/false);
  EXPECT_EQ(function->caches[0].first.shape, staying_->shape);
  EXPECT_EQ(function->caches[0].second.shape, staying_->shape);
  EXPECT_EQ(isolate_->shapes()[staying_->shape].owner, staying_);
}

TEST_F(ForgettingTest, KeysOfWhatStaysStay) {
  const MemberKey* const stays = Key(MemberKind::kMethod, "stays");
  const MemberKey* const field = Key(MemberKind::kSetter, "field");
  linker_->SelectorOf("only_here", 0);
  linker_->GetterOf("only_getter");
  linker_->ExtensionMembersOf(Library(), Key(MemberKind::kMethod, "only_here"));
  Forget(/*is_running=*/false);
  EXPECT_EQ(Key(MemberKind::kMethod, "stays"), stays);
  EXPECT_EQ(linker_->MemberOf(*staying_, stays).function, Named("Staying.stays"));
  EXPECT_EQ(linker_->MemberOf(*staying_, field).kind, Member::Kind::kField);
  EXPECT_FALSE(linker_->keys().Has(Name{"only_here"}));
  EXPECT_FALSE(linker_->keys().Has(Name{"only_getter"}));
  for (const auto& [key, members] : Library().extension_members) {
    EXPECT_TRUE(linker_->keys().Has(key->name));
  }
  EXPECT_TRUE(Library().extension_members.empty());
  for (int i = 0; i < 20; ++i) linker_->keys().Of(MemberKind::kGetter, Name{std::to_string(i)});
  EXPECT_EQ(linker_->GetterOf("only_getter").key,
            linker_->keys().Of(MemberKind::kGetter, Name{"only_getter"}));
  EXPECT_EQ(linker_->SelectorOf("only_here", 0).key,
            linker_->keys().Of(MemberKind::kMethod, Name{"only_here"}));
}

// The calls that run may be those that a host's selectors are for.
TEST_F(ForgettingTest, WhileAProgramRunsHostsSelectorsStay) {
  const SelectorEntity* const method = &linker_->SelectorOf("only_here", 0);
  const SelectorEntity* const getter = &linker_->GetterOf("only_getter");
  Forget(/*is_running=*/true);
  EXPECT_EQ(&linker_->SelectorOf("only_here", 0), method);
  EXPECT_EQ(&linker_->GetterOf("only_getter"), getter);
  EXPECT_TRUE(linker_->keys().Has(Name{"only_here"}));
  EXPECT_EQ(linker_->keys().Of(MemberKind::kGetter, Name{"only_getter"}), getter->key);
}

TEST_F(ForgettingTest, TheNextOfThatNumberHasTablesOfItsOwn) {
  const int number = ending_->ref.library;
  Forget(/*is_running=*/false);
  Load("class Other { var g, h; m() => g; }", "other.dart");
  EXPECT_EQ(number_, number);
  Class* const other = ClassNamed("Other");
  linker_->LinkClass(other);
  EXPECT_EQ(other->field_count, 2u);
  EXPECT_EQ(other->library, &Library());
  EXPECT_EQ(Library().edition, loader_.current_edition());
  EXPECT_EQ(linker_->MemberOf(*other, Key(MemberKind::kGetter, "g")).kind, Member::Kind::kField);
  EXPECT_EQ(linker_->MemberOf(*other, Key(MemberKind::kGetter, "f")).kind, Member::Kind::kNone);
}

// LK-X5: wherever something that stays names what ends, that is found.
using ForgettingDeathTest = ForgettingTest;

TEST_F(ForgettingDeathTest, NothingThatStaysNamesWhatEnds) {
  std::string error;
  ASSERT_TRUE(isolate_->SetFlag("--verify-heap", &error)) << error;
  const ClassRef ref = ending_->ref;
  const TypeRef plain{TypeRef::Kind::kClass, ref, {}, "Ending"};
  const TypeRef nested{TypeRef::Kind::kClass, *loader_.FindClass(number_, "List"), {plain}, "List"};
  const auto with = [&](const PoolConstant* constant, const TypeRef* call_type) {
    // The isolate has them to its end.
    static std::vector<std::unique_ptr<CompiledFunction>> kept;
    CompiledFunction* const compiled =
        kept.emplace_back(std::make_unique<CompiledFunction>()).get();
    compiled->qualified_name = "names";
    if (constant != nullptr) compiled->constants.push_back(*constant);
    if (call_type != nullptr) {
      compiled->call_types = std::make_unique<CompiledCallTypes>();
      compiled->call_types->types.push_back(*call_type);
    }
    auto function = std::make_unique<Function>();
    function->compiled = compiled;
    function->library = &Core();
    function->entry = Entry::kCode;
    return Core().functions.emplace_back(std::move(function)).get();
  };
  const PoolConstant constants[] = {
      FunctionRef{ref.library, 0},      ref,   StaticRef{ref.library, 0},
      StaticCall{{ref.library, 0}, {}}, plain, nested};
  for (const PoolConstant& constant : constants) {
    Function* const function = with(&constant, nullptr);
    EXPECT_DEATH(linker_->Forget(editions_, false), "LK-X5 inside: names names what ends")
        << constant.index();
    function->entry = Entry::kUnlinked;
  }
  for (const TypeRef* const type : {&plain, &nested}) {
    Function* const function = with(nullptr, type);
    EXPECT_DEATH(linker_->Forget(editions_, false), "LK-X5 inside: names names what ends");
    function->entry = Entry::kUnlinked;
  }
  Forget(/*is_running=*/false);
}

// Whatever its code has asked for.
TEST_F(LinkerTest, AnEditionsEndGivesBackItsSlotsShapesAndKeys) {
  const auto size = [this] {
    return std::vector<std::size_t>{isolate_->roots().size(), linker_->keys().size()};
  };
  Load("main() {}", "before.dart");
  const std::vector<std::size_t> before = size();
  const std::string text =
      "class C@ { var f@; static var s@ = 1; m@() => f@; } class G@<T> {} f@() => 1;"
      "extension E@ on String { e@() => 2; }"
      "g@() => [C@, G@, f@, <List<C@>>[], 123456789012345678, new C@().m@(), C@.s@];";
  for (int i = 0; i < 3; ++i) {
    std::string numbered = text;
    for (std::size_t at = numbered.find('@'); at != std::string::npos; at = numbered.find('@')) {
      numbered.replace(at, 1, std::to_string(i));
    }
    const std::string n = std::to_string(i);
    Load(numbered, "script" + n + ".dart");
    ASSERT_EQ(Link(Named("g" + n)), "");
    Class* const cls = ClassNamed("C" + n);
    ASSERT_TRUE(linker_->RegisterInstanceShape(cls));
    const ShapeId shape = cls->shape;
    [&]() FART_NO_SAFEPOINT_ANALYSIS {
      ASSERT_TRUE(linker_->MakeTypeObject(
          linker_->TypeOf({TypeRef::Kind::kClass,
                           *loader_.FindClass(number_, "List"),
                           {{TypeRef::Kind::kClass, *loader_.FindClass(number_, "C" + n), {}, "C"}},
                           "List<C>"})));
    }();
    linker_->ExtensionMembersOf(Library(), Key(MemberKind::kMethod, "e" + n));
    linker_->SelectorOf("m" + n, 0);
    linker_->GetterOf("f" + n);
    EXPECT_GT(size()[0], before[0]);
    EXPECT_GT(size()[1], before[1]);
    Load("main() {}", "after.dart");
    std::vector<Edition*> ending;
    for (const auto& edition : loader_.retired()) ending.push_back(edition.get());
    linker_->Forget(ending, /*is_running=*/false);
    EXPECT_EQ(isolate_->shapes()[shape].owner, nullptr);
    loader_.End(ending);
    EXPECT_EQ(size(), before) << i;
  }
}

}  // namespace
}  // namespace fart::lang
