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

bool IsPlain(const ast::Expression* element) {
  return element->kind != ast::ExpressionKind::kSpread &&
         element->kind != ast::ExpressionKind::kControlElement;
}

}  // namespace

std::optional<TypeRef> FunctionCompiler::ExpectedElement(const std::vector<ast::Type*>& written,
                                                         const std::optional<TypeRef>& expected) {
  if (!written.empty()) return TypeOf(*written.back());
  if (!expected || expected->kind != TypeRef::Kind::kClass || expected->arguments.empty()) {
    return std::nullopt;
  }
  return expected->arguments.back();
}

void FunctionCompiler::VisitListLiteral(ast::ListLiteral& node,
                                        const std::optional<TypeRef>& expected) {
  At(node.offset);
  const std::optional<TypeRef> element = ExpectedElement(node.type_arguments, expected);
  const auto make = [&] { MakeList(node.elements, CollectionKind::kList, element); };
  if (!node.is_const && constness_ != Constness::kInConst) {
    make();
    const std::optional<TypeRef> list = CoreType("List");
    if (node.type_arguments.empty() || !list) return;
    TypeRef type = *list;
    type.arguments = Resolved(node.type_arguments);
    SetText(&type, "List");
    return SetTypes(type);
  }
  const ConstnessScope constant(*this, Constness::kInConst);
  Once(make);
}

// Up to the first element that is not plain in groups.
void FunctionCompiler::MakeList(const std::vector<ast::Expression*>& elements, CollectionKind kind,
                                const std::optional<TypeRef>& element) {
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
      Value(entry->key);
      Value(entry->value);
      pending += 2;
    } else {
      if (element && AsksForType(elements[plain])) Expect(element);
      Value(elements[plain]);
      ++pending;
    }
  }
  flush();
  if (plain == elements.size()) return;
  const SlotScope slots(*this);
  const std::uint32_t list = TakeSlot();
  code_.Emit(Opcode::kStoreLocal, list);
  AddElements(kind, list, {elements.begin() + static_cast<std::ptrdiff_t>(plain), elements.end()});
  code_.Emit(Opcode::kLoadLocal, list);
}

void FunctionCompiler::VisitMapLiteral(ast::MapLiteral& node,
                                       const std::optional<TypeRef>& expected) {
  using Form = ast::MapLiteral::Form;
  const bool is_const = node.is_const || constness_ == Constness::kInConst;
  if (is_const) return MakeConstOf(node.form == Form::kSet ? "_ConstSet" : "_ConstMap", node);
  if (node.form != Form::kMap ||
      !std::all_of(node.elements.begin(), node.elements.end(), IsPlain)) {
    return MakeCollection(node);
  }
  ConstructCore("Map", node);
  const std::optional<TypeRef> value = ExpectedElement(node.type_arguments, expected);
  for (const ast::Expression* element : node.elements) {
    const auto* entry = static_cast<const ast::MapEntry*>(element);
    code_.Emit(Opcode::kDup);
    Value(entry->key);
    if (value && AsksForType(entry->value)) Expect(value);
    Value(entry->value);
    At(entry->key->offset);
    code_.EmitOperator(Opcode::kSetIndex);
    code_.Emit(Opcode::kPop);  // LC-B4
  }
}

void FunctionCompiler::ConstructCore(const char* name, const ast::MapLiteral& node) {
  const std::optional<ClassRef> cls = context_.set.FindCoreClass(name);
  if (!cls || !LookupConstructor(context_.set, cls->library, *cls, "")) {
    return Fail(node.offset,
                std::string(name) + " literals need the class " + name + " of dart:core.");
  }
  Target constructor;
  constructor.kind = Target::Kind::kConstructor;
  constructor.offset = node.offset;
  constructor.cls = *cls;
  Construct(constructor, {}, node.type_arguments);
}

void FunctionCompiler::MakeCollection(const ast::MapLiteral& node) {
  const SlotScope slots(*this);
  const std::uint32_t slot = TakeSlot();
  CollectionKind kind = CollectionKind::kUnknown;
  At(node.offset);
  switch (node.form) {
    case ast::MapLiteral::Form::kMap:
      kind = CollectionKind::kMap;
      ConstructCore("Map", node);
      break;
    case ast::MapLiteral::Form::kSet:
      kind = CollectionKind::kSet;
      ConstructCore("Set", node);
      break;
    case ast::MapLiteral::Form::kSpreads:
      code_.Emit(Opcode::kPushNull);
      break;
  }
  code_.Emit(Opcode::kStoreLocal, slot);
  AddElements(kind, slot, node.elements);
  code_.Emit(Opcode::kLoadLocal, slot);
  if (kind != CollectionKind::kUnknown) return;
  Label is_made;  // Else nothing was there to spread.
  code_.Emit(Opcode::kDup);
  code_.EmitJump(Opcode::kJumpIfNotNull, is_made);
  code_.Emit(Opcode::kPop);
  ConstructCore("Map", node);
  code_.Bind(is_made);
}

// ---- Elements -----------------------------------------------------------------------------------

void FunctionCompiler::AddElements(CollectionKind kind, std::uint32_t slot,
                                   const std::vector<ast::Expression*>& elements) {
  Collection collection{kind, slot};
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
    return VisitInScope(control->statement);
  }
  const auto* entry = ast::As<ast::MapEntry>(element);
  const CollectionKind kind = collection_->kind;
  code_.Emit(Opcode::kLoadLocal, collection_->slot);
  if (entry != nullptr) {
    Value(entry->key);
    Value(entry->value);
    At(entry->key->offset);
  } else {
    Value(element);
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

// A function of dart:core that takes what has been pushed.
void FunctionCompiler::CallCoreHelper(const char* name, std::uint32_t words, std::uint32_t offset) {
  const int core = context_.set.core();
  const Entity* entity = context_.set.source(core).declared.Find(name);
  if (entity == nullptr || entity->kind != Entity::Kind::kFunction) {
    return Fail(offset, std::string("This needs the function ") + name + " of dart:core.");
  }
  code_.Emit(Opcode::kCallStatic, code_.AddConstant(FunctionRef{core, entity->index}), words);
}

}  // namespace fart::lang
