// FunctionCompiler -- literals of lists, maps and sets, with what may stand in place of elements.
//
// `if` and `for` in a literal are compiled as the statements they look like; the collection lies in
// a slot meanwhile, as the operands around the literal stay below the statements.

#include <algorithm>
#include <cstddef>

#include "lang/compiler/function_compiler_impl.h"

namespace fart::lang {
namespace {

// Elements that lie on the operand stack at once.
constexpr std::uint32_t kGroupSize = 64;

// Whose type arguments, if that is what is expected, are those of a literal in braces.
std::vector<const char*> ClassesOf(bool is_set) {
  return is_set ? std::vector<const char*>{"Set", "Iterable"} : std::vector<const char*>{"Map"};
}

bool IsPlain(const ast::Expression* element) {
  return element->kind != ast::ExpressionKind::kSpread &&
         element->kind != ast::ExpressionKind::kControlElement;
}

}  // namespace

// Those written before a literal that takes `count` of them, if any.
void FunctionCompiler::CheckTypesOfLiteral(const std::vector<ast::Type*>& types, std::size_t count,
                                           bool is_const, std::uint32_t offset) {
  if (types.empty()) return;
  if (types.size() != count) {
    return Fail(offset, "This literal takes " + std::to_string(count) + " type argument" +
                            (count == 1 ? "" : "s") + ", not " + std::to_string(types.size()) +
                            ".");
  }
  if (is_const || constness_ == Constness::kInConst) CheckConstantTypes(types);
}

// The type arguments of a constant.
void FunctionCompiler::CheckConstantTypes(const std::vector<ast::Type*>& types) {
  for (const ast::Type* type : types) CheckConstantType(*type);
}

void FunctionCompiler::CheckConstantType(const ast::Type& type) {
  if (IsDeferred(type.prefix)) return Fail(type.offset, LoadedTooLate(type.prefix));
  const TypeRef resolved = ResolveType(context_.set, context_.place.library,
                                       TypeNamesAt(context_.set, context_.place), type);
  if (!resolved.is_open()) return CheckConstantTypes(type.arguments);
  Fail(type.offset, "A constant cannot depend on a type parameter, '" + resolved.text + "'.");
}

void FunctionCompiler::VisitListLiteral(ast::ListLiteral& node,
                                        const std::optional<TypeRef>& expected) {
  At(node.offset);
  CheckTypesOfLiteral(node.type_arguments, 1, node.is_const, node.offset);
  const std::vector<TypeRef> types =
      TypesOfElements(node.type_arguments, expected, {"List", "Iterable"}, node.elements);
  const auto make = [&] { MakeList(node.elements, CollectionKind::kList, types); };
  if (!node.is_const && constness_ != Constness::kInConst) {
    make();
    const std::optional<TypeRef> list = CoreType("List");
    if (types.empty() || !list) return;
    TypeRef type = *list;
    type.arguments = types;
    SetText(&type, "List");
    return SetTypes(type);
  }
  const ConstnessScope constant(*this, Constness::kInConst);
  const std::optional<TypeRef> list = CoreType("List");
  Once([&] {
    make();
    if (node.type_arguments.empty() || !list) return;
    TypeRef type = *list;
    type.arguments = types;
    SetText(&type, "List");
    SetTypes(type);
  });
}

void FunctionCompiler::ElementValue(ast::Expression* element, const std::vector<TypeRef>& types,
                                    std::size_t which) {
  if (which < types.size() && AsksForType(element)) Expect(types[which]);
  Value(element);
  if (which >= types.size() || checking() != Checking::kAll) return;
  At(element->offset);
  Check(types[which], element, Checked::kPart,
        types.size() == 1 ? "an element"
        : which == 0      ? "a key"
                          : "a value");
}

// Up to the first element that is not plain in groups.
void FunctionCompiler::MakeList(const std::vector<ast::Expression*>& elements, CollectionKind kind,
                                const std::vector<TypeRef>& types) {
  std::uint32_t pending = 0;
  bool is_made = false;
  const auto flush = [&] {
    if (is_made && pending == 0) return;
    code_.Emit(is_made ? Opcode::kAppendToList : Opcode::kMakeList, pending);
    is_made = true;
    pending = 0;
  };
  std::size_t plain = 0;
  for (; plain < elements.size() && IsPlain(elements[plain]); ++plain) {
    if (pending >= kGroupSize) flush();
    if (const auto* entry = ast::As<ast::MapEntry>(elements[plain])) {
      ElementValue(entry->key, types, 0);
      ElementValue(entry->value, types, 1);
      pending += 2;
    } else {
      ElementValue(elements[plain], types, 0);
      ++pending;
    }
  }
  flush();
  if (plain == elements.size()) return;
  const SlotScope slots(*this);
  const std::uint32_t list = TakeSlot();
  code_.Emit(Opcode::kStoreLocal, list);
  AddElements(kind, list, {elements.begin() + static_cast<std::ptrdiff_t>(plain), elements.end()},
              types);
  code_.Emit(Opcode::kLoadLocal, list);
}

ast::MapLiteral::Form FunctionCompiler::FormOf(const ast::MapLiteral& node,
                                               const std::optional<TypeRef>& expected) const {
  using Form = ast::MapLiteral::Form;
  const bool says_nothing =
      node.form == Form::kSpreads || (node.elements.empty() && node.type_arguments.empty());
  if (!says_nothing || !expected || expected->kind != TypeRef::Kind::kClass) return node.form;
  const auto is = [&](const char* name) {
    const std::optional<ClassRef> cls = context_.set.FindCoreClass(name);
    return cls && *cls == expected->cls;
  };
  if (is("Set") || is("Iterable")) return Form::kSet;
  return is("Map") ? Form::kMap : node.form;
}

void FunctionCompiler::VisitMapLiteral(ast::MapLiteral& node,
                                       const std::optional<TypeRef>& expected) {
  using Form = ast::MapLiteral::Form;
  const Form form = FormOf(node, expected);
  const bool is_const = node.is_const || constness_ == Constness::kInConst;
  if (form != Form::kSpreads) {
    CheckTypesOfLiteral(node.type_arguments, form == Form::kSet ? 1 : 2, node.is_const,
                        node.offset);
  }
  if (is_const) {
    const std::vector<TypeRef> types = TypesOfElements(
        node.type_arguments, expected, ClassesOf(form == Form::kSet), node.elements);
    return MakeConstOf(form == Form::kSet ? "_ConstSet" : "_ConstMap", node, types);
  }
  if (form != Form::kMap || !std::all_of(node.elements.begin(), node.elements.end(), IsPlain)) {
    return MakeCollection(node, form, expected);
  }
  ConstructCore("Map", node, expected);
  const std::vector<TypeRef> types =
      TypesOfElements(node.type_arguments, expected, ClassesOf(false), node.elements);
  for (const ast::Expression* element : node.elements) {
    const auto* entry = static_cast<const ast::MapEntry*>(element);
    code_.Emit(Opcode::kDup);
    ElementValue(entry->key, types, 0);
    ElementValue(entry->value, types, 1);
    At(entry->key->offset);
    code_.EmitOperator(Opcode::kSetIndex);
    code_.Emit(Opcode::kPop);  // LC-B4
  }
}

void FunctionCompiler::ConstructCore(const char* name, const ast::MapLiteral& node,
                                     const std::optional<TypeRef>& expected) {
  const std::optional<ClassRef> cls = context_.set.FindCoreClass(name);
  if (!cls || !LookupConstructor(context_.set, cls->library, *cls, "")) {
    return Fail(node.offset,
                std::string(name) + " literals need the class " + name + " of dart:core.");
  }
  Target constructor;
  constructor.kind = Target::Kind::kConstructor;
  constructor.offset = node.offset;
  constructor.cls = *cls;
  std::optional<TypeRef> type = expected && !expected->is_open() ? expected : std::nullopt;
  if (type) type->arguments = WithoutDoubles(std::move(type->arguments), node.elements);
  Construct(constructor, {}, node.type_arguments, type);
}

void FunctionCompiler::MakeCollection(const ast::MapLiteral& node, ast::MapLiteral::Form form,
                                      const std::optional<TypeRef>& expected) {
  const SlotScope slots(*this);
  const std::uint32_t slot = TakeSlot();
  CollectionKind kind = CollectionKind::kUnknown;
  At(node.offset);
  switch (form) {
    case ast::MapLiteral::Form::kMap:
      kind = CollectionKind::kMap;
      ConstructCore("Map", node, expected);
      break;
    case ast::MapLiteral::Form::kSet:
      kind = CollectionKind::kSet;
      ConstructCore("Set", node, expected);
      break;
    case ast::MapLiteral::Form::kSpreads:
      code_.Emit(Opcode::kPushNull);
      break;
  }
  code_.Emit(Opcode::kStoreLocal, slot);
  const std::vector<TypeRef> types = TypesOfElements(
      node.type_arguments, expected, ClassesOf(kind != CollectionKind::kMap), node.elements);
  AddElements(kind, slot, node.elements, types);
  code_.Emit(Opcode::kLoadLocal, slot);
  if (kind != CollectionKind::kUnknown) return;
  Label is_made;  // Else nothing was there to spread.
  code_.Emit(Opcode::kDup);
  code_.EmitJump(Opcode::kJumpIfNotNull, is_made);
  code_.Emit(Opcode::kPop);
  ConstructCore("Map", node, expected);
  code_.Bind(is_made);
}

// ---- Elements -----------------------------------------------------------------------------------

void FunctionCompiler::AddElements(CollectionKind kind, std::uint32_t slot,
                                   const std::vector<ast::Expression*>& elements,
                                   const std::vector<TypeRef>& types) {
  Collection collection{kind, slot, &types};
  Collection* const outer = std::exchange(collection_, &collection);
  for (ast::Expression* element : elements) AddElement(element);
  collection_ = outer;
}

void FunctionCompiler::AddElement(ast::Expression* element) {
  if (!context_.room.IsLeft()) return Fail(element->offset, kNestedTooDeeply);
  if (const auto* spread = ast::As<ast::Spread>(element)) return AddSpread(*spread);
  if (const auto* control = ast::As<ast::ControlElement>(element)) {
    const bool is_if = control->statement->kind == ast::StatementKind::kIf;
    if (constness_ == Constness::kInConst && !is_if) {
      return Fail(element->offset, "This is not a constant.");
    }
    // Nobody has said that its parts come into a constant.
    const FlagScope evaluated(&is_evaluated_, constness_ == Constness::kInConst);
    return VisitInScope(control->statement);
  }
  const auto* entry = ast::As<ast::MapEntry>(element);
  const CollectionKind kind = collection_->kind;
  code_.Emit(Opcode::kLoadLocal, collection_->slot);
  if (entry != nullptr) {
    ElementValue(entry->key, *collection_->types, 0);
    ElementValue(entry->value, *collection_->types, 1);
    At(entry->key->offset);
  } else {
    ElementValue(element, *collection_->types, 0);
    At(element->offset);
  }
  switch (kind) {
    case CollectionKind::kList:
      code_.Emit(Opcode::kAppendToList, 1);
      break;
    case CollectionKind::kPairs:
      code_.Emit(Opcode::kAppendToList, 2);
      break;
    case CollectionKind::kMap:
      code_.EmitOperator(Opcode::kSetIndex);
      break;
    case CollectionKind::kSet:
    case CollectionKind::kUnknown:  // Whose elements are spreads.
      code_.EmitCall(Opcode::kCallInstance, SelectorConstant(MemberKind::kMethod, "add", 1), 2);
      break;
  }
  code_.Emit(Opcode::kPop);  // LC-B4
}

void FunctionCompiler::AddSpread(const ast::Spread& spread) {
  const SlotScope slots(*this);
  const std::uint32_t elements = TakeSlot();
  const Collection collection = *collection_;
  Label end;
  Value(spread.operand);
  code_.Emit(Opcode::kStoreLocal, elements);
  if (spread.is_null_aware) {
    code_.Emit(Opcode::kLoadLocal, elements);
    code_.EmitJump(Opcode::kJumpIfNull, end);
  }
  code_.Emit(Opcode::kLoadLocal, collection.slot);
  code_.Emit(Opcode::kLoadLocal, elements);
  At(spread.offset);
  switch (collection.kind) {
    case CollectionKind::kList:
    case CollectionKind::kMap:
    case CollectionKind::kSet:
      code_.EmitCall(Opcode::kCallInstance, SelectorConstant(MemberKind::kMethod, "addAll", 1), 2);
      code_.Emit(Opcode::kPop);
      break;
    case CollectionKind::kPairs:
      CallCoreHelper("_addPairs", 2, spread.offset);
      code_.Emit(Opcode::kPop);
      break;
    case CollectionKind::kUnknown:
      CallCoreHelper("_spreadInto", 2, spread.offset);
      code_.Emit(Opcode::kStoreLocal, collection.slot);
      break;
  }
  code_.Bind(end);
}

// A function of dart:core, or of a library that it imports, that takes what has been pushed.
void FunctionCompiler::CallCoreHelper(const char* name, std::uint32_t words, std::uint32_t offset) {
  const int core = context_.set.core();
  const Entity* entity = context_.set.source(core).declared.Find(name);
  for (const int imported : context_.set.source(core).bindings) {
    if (entity != nullptr) break;
    if (imported >= 0) entity = context_.set.source(imported).declared.Find(name);
  }
  if (entity == nullptr || entity->kind != Entity::Kind::kFunction) {
    return Fail(offset, std::string("This needs the function ") + name + " of dart:core.");
  }
  code_.Emit(Opcode::kCallStatic, code_.AddConstant(FunctionRef{entity->library, entity->index}),
             words);
}

}  // namespace fart::lang
