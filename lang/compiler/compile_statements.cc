// FunctionCompiler -- statements, without those that leave others (compile_jumps.cc).

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_set>

#include "lang/compiler/function_compiler_impl.h"

namespace fart::lang {

void FunctionCompiler::Visit(ast::Statement* statement) {
  if (!context_.room.IsLeft()) return Fail(statement->offset, kNestedTooDeeply);
  using enum ast::StatementKind;
  switch (statement->kind) {
    case kBlock: {
      const SlotScope slots(*this);
      return VisitStatements(static_cast<ast::Block*>(statement)->statements);
    }
    case kVariableDeclaration:
      return VisitDeclaration(*static_cast<ast::VariableDeclaration*>(statement));
    case kLocalFunction: {
      auto& local = *static_cast<ast::LocalFunction*>(statement);
      const std::uint32_t slot = TakeSlot();
      VariableOf(local.variable->binding).slot = static_cast<int>(slot);
      EmitClosure(*local.function, std::nullopt);
      return code_.Emit(Opcode::kStoreLocal, slot);
    }
    case kExpressionStatement:
      return Effect(static_cast<ast::ExpressionStatement*>(statement)->expression);
    case kIf:
      return VisitIf(static_cast<ast::If*>(statement));
    case kWhile:
      return VisitWhile(*static_cast<ast::While*>(statement));
    case kDoWhile:
      return VisitDoWhile(*static_cast<ast::DoWhile*>(statement));
    case kFor:
      return VisitFor(*static_cast<ast::For*>(statement));
    case kForIn:
      return VisitForIn(*static_cast<ast::ForIn*>(statement));
    case kSwitch:
      return VisitSwitch(*static_cast<ast::Switch*>(statement));
    case kTry:
      return VisitTry(*static_cast<ast::Try*>(statement));
    case kReturn:
      return VisitReturn(*static_cast<ast::Return*>(statement));
    case kBreak:
      return VisitBreak(*static_cast<ast::Break*>(statement));
    case kContinue:
      return VisitContinue(*static_cast<ast::Continue*>(statement));
    case kLabeled:
      return VisitLabeled(*static_cast<ast::Labeled*>(statement));
    case kRethrow:
      return VisitRethrow(*static_cast<ast::Rethrow*>(statement));
    case kAssert:
      return VisitAssert(*static_cast<ast::Assert*>(statement));
    case kYield:
      return VisitYield(*static_cast<ast::Yield*>(statement));
    case kElementStatement:
      return AddElement(static_cast<ast::ElementStatement*>(statement)->element);
    case kEmpty:
      return;
  }
}

void FunctionCompiler::VisitInScope(ast::Statement* statement) {
  const SlotScope slots(*this);
  Visit(statement);
}

void FunctionCompiler::VisitStatements(const std::vector<ast::Statement*>& statements) {
  for (ast::Statement* statement : statements) Visit(statement);
}

// ---- Variables ----------------------------------------------------------------------------------

void FunctionCompiler::DeclareVariable(const ast::Declarator& variable) {
  VariableOf(variable.binding).slot = static_cast<int>(TakeSlot());
  InitVariable(variable.binding);
}

void FunctionCompiler::VisitDeclaration(const ast::VariableDeclaration& node) {
  for (const ast::Declarator* variable : node.variables) {
    if (variable->is_late) {
      VisitLateDeclaration(*variable);
      continue;
    }
    if (variable->initializer != nullptr) {
      const ConstnessScope constant(
          *this, variable->is_const ? Constness::kInConst : Constness::kAnything);
      if (variable->is_const) NoteLocalConstant(*variable);
      const FlagScope evaluated(&is_evaluated_, variable->is_const);
      Expect(variable->type, variable->initializer);
      Value(variable->initializer);
      At(variable->offset);
      CheckUnlessLibrary(variable->type, variable->initializer, Checked::kVariable, variable->name);
    } else {
      code_.Emit(Opcode::kPushNull);
    }
    At(variable->offset);
    DeclareVariable(*variable);
  }
}

// ---- Branches and loops -------------------------------------------------------------------------

void FunctionCompiler::VisitIf(ast::If* node) {
  std::deque<Label> ends;
  while (node != nullptr) {  // Along the `else if`s, as the resolver did.
    Label if_false;
    Condition(node->condition, if_false, false);
    VisitInScope(node->then_branch);
    ast::Statement* next = node->else_branch;
    if (next != nullptr) code_.EmitJump(Opcode::kJump, ends.emplace_back());
    code_.Bind(if_false);
    node = nullptr;
    if (next != nullptr && next->kind == ast::StatementKind::kIf) {
      node = static_cast<ast::If*>(next);
    } else if (next != nullptr) {
      VisitInScope(next);
    }
  }
  for (Label& end : ends) code_.Bind(end);
}

void FunctionCompiler::EnterLoop(Label& break_label, Label& continue_label) {
  JumpFrame& frame = frames_.emplace_back();
  frame.labels = TakeLabels();
  frame.is_loop = frame.takes_plain_break = true;
  frame.break_label = &break_label;
  frame.continue_label = &continue_label;
}

void FunctionCompiler::VisitWhile(const ast::While& node) {
  Label exit;
  Label next;
  const std::uint32_t head = code_.Here();
  Condition(node.condition, exit, false);
  EnterLoop(exit, next);
  VisitInScope(node.body);
  LeaveFrame();
  code_.Bind(next);
  code_.EmitLoop(head);
  code_.Bind(exit);
}

void FunctionCompiler::VisitDoWhile(const ast::DoWhile& node) {
  Label exit;
  Label next;
  const std::uint32_t head = code_.Here();
  EnterLoop(exit, next);
  VisitInScope(node.body);
  LeaveFrame();
  code_.Bind(next);
  Condition(node.condition, exit, false);
  code_.EmitLoop(head);
  code_.Bind(exit);
}

// Closures made in one turn keep that turn's variables: the next one gets new cells.
void FunctionCompiler::RenewLoopVariables(const ast::For& node) {
  if (node.init == nullptr || node.init->kind != ast::StatementKind::kVariableDeclaration) return;
  for (const ast::Declarator* variable :
       static_cast<ast::VariableDeclaration*>(node.init)->variables) {
    const LocalVariable& local = VariableOf(variable->binding);
    if (local.needs_cell()) {
      code_.Emit(Opcode::kCloneCell, static_cast<std::uint32_t>(local.slot));
    }
  }
}

void FunctionCompiler::VisitFor(const ast::For& node) {
  const SlotScope slots(*this);
  Label exit;
  Label next;
  if (node.init != nullptr) Visit(node.init);
  const std::uint32_t head = code_.Here();
  if (node.condition != nullptr) Condition(node.condition, exit, false);
  EnterLoop(exit, next);
  VisitInScope(node.body);
  LeaveFrame();
  code_.Bind(next);
  RenewLoopVariables(node);
  for (ast::Expression* update : node.updates) Effect(update);
  code_.EmitLoop(head);
  code_.Bind(exit);
}

void FunctionCompiler::VisitForIn(const ast::ForIn& node) {
  if (node.awaiting != nullptr) return Visit(node.awaiting);
  const SlotScope slots(*this);
  Label exit;
  Label next;
  const std::uint32_t iterator = TakeSlot();
  Value(node.iterable);
  At(node.iterable->offset);
  code_.EmitCall(Opcode::kGetProperty, SelectorConstant(MemberKind::kGetter, "iterator", 0), 1);
  code_.Emit(Opcode::kStoreLocal, iterator);
  const std::uint32_t head = code_.Here();
  code_.Emit(Opcode::kLoadLocal, iterator);
  code_.EmitCall(Opcode::kCallInstance, SelectorConstant(MemberKind::kMethod, "moveNext", 0), 1);
  code_.EmitJump(Opcode::kJumpIfFalse, exit);
  Target target;
  if (node.variable == nullptr) {
    target = Analyze(node.target);
    PushReceiver(target);
  }
  code_.Emit(Opcode::kLoadLocal, iterator);
  code_.EmitCall(Opcode::kGetProperty, SelectorConstant(MemberKind::kGetter, "current", 0), 1);
  if (node.variable != nullptr) {
    At(node.variable->offset);
    CheckUnlessLibrary(node.variable->type, nullptr, Checked::kVariable, node.variable->name);
    DeclareVariable(*node.variable);
  } else {
    StoreTo(target);
  }
  EnterLoop(exit, next);
  VisitInScope(node.body);
  LeaveFrame();
  code_.Bind(next);
  code_.EmitLoop(head);
  code_.Bind(exit);
}

void FunctionCompiler::VisitLabeled(ast::Labeled& node) {
  labels_ = node.labels;
  switch (node.body->kind) {
    case ast::StatementKind::kWhile:
    case ast::StatementKind::kDoWhile:
    case ast::StatementKind::kFor:
    case ast::StatementKind::kForIn:
    case ast::StatementKind::kSwitch:
      return VisitInScope(node.body);
    default:
      break;
  }
  Label exit;
  JumpFrame& frame = frames_.emplace_back();
  frame.labels = TakeLabels();
  frame.break_label = &exit;
  VisitInScope(node.body);
  LeaveFrame();
  code_.Bind(exit);
}

// ---- Switch and assert --------------------------------------------------------------------------

// The class of what is written as a literal, or as a name of one, of a function or of a type;
// empty: it is none of these.
std::string FunctionCompiler::ClassOfLiteral(ast::Expression& value) {
  using enum ast::ExpressionKind;
  switch (value.kind) {
    case kListLiteral:
      return "List";
    case kMapLiteral:
      return static_cast<ast::MapLiteral&>(value).form == ast::MapLiteral::Form::kSet ? "Set"
                                                                                      : "Map";
    case kTypeValue:
      return "Type";
    case kIdentifier:
    case kProperty:
      break;
    default:
      return "";
  }
  const Target target = Analyze(&value);
  if (target.kind == Target::Kind::kClass || target.kind == Target::Kind::kType) return "Type";
  if (target.kind != Target::Kind::kStatic) return "";
  if (target.member.method) return "Function";
  if (!target.member.variable) return "";
  ast::Expression* const initializer = InitializerOf(*target.member.variable);
  if (initializer == nullptr) return "";
  // Names in it mean something in another place.
  const bool is_literal = initializer->kind == kListLiteral || initializer->kind == kMapLiteral;
  return is_literal ? ClassOfLiteral(*initializer) : "";
}

// What a case's value is, as far as it is known; null too may stand among values of any kind. Of an
// object that is made there its class.
std::string FunctionCompiler::KindOfCase(ast::Expression& value) {
  const ConstantValue plain = PlainConstant(value);
  if (plain.Is(ConstantValue::Kind::kInt)) return "an int";
  if (plain.Is(ConstantValue::Kind::kBool)) return "a bool";
  if (plain.Is(ConstantValue::Kind::kString)) return "a String";
  if (plain.Is(ConstantValue::Kind::kNull)) return "";
  if (const std::string cls = ClassOfLiteral(value); !cls.empty()) {
    return "an object of '" + cls + "'";
  }
  const Target maker = MakerOf(value);
  const bool is_made =
      maker.kind == Target::Kind::kClass || maker.kind == Target::Kind::kConstructor;
  const std::optional<FunctionRef> constructor =
      is_made ? LookupConstructor(context_.set, context_.place.library, maker.cls,
                                  maker.kind == Target::Kind::kClass ? "" : maker.name)
              : std::nullopt;
  // A factory may give an object of any class.
  if (constructor &&
      context_.set.FunctionOf(*constructor).kind == FunctionKind::kGenerativeConstructor) {
    return "an object of '" + context_.set.ClassOf(maker.cls).name.text + "'";
  }
  const std::optional<TypeRef> type = StaticTypeOf(&value);
  if (!type || type->kind != TypeRef::Kind::kClass) return "";
  const bool is_int = type->cls == context_.set.FindCoreClass("int");
  return is_int ? "an int" : "an object";
}

// False, and an error: no case can have this value, or not beside one of the kind `first`.
bool FunctionCompiler::CheckCase(ast::Expression& value, std::string* first) {
  if (PlainConstant(value).Is(ConstantValue::Kind::kDouble)) {
    Fail(value.offset, "A double cannot be the value of a 'case'; compare it with 'if'.");
    return false;
  }
  if (HasEqualityOfItsOwn(value)) {
    Fail(value.offset,
         "This cannot be the value of a 'case', for its class has an operator == of its own.");
    return false;
  }
  const std::string kind = KindOfCase(value);
  constexpr const char* kObject = "an object";
  const bool may_be_alike = kind.starts_with(kObject) && first->starts_with(kObject) &&
                            (kind == kObject || *first == kObject);
  if (first->empty()) *first = kind;
  if (kind.empty() || kind == *first || may_be_alike) return true;
  Fail(value.offset, "The values of a 'switch' are of one kind: this is " + kind +
                         ", the first one is " + *first + ".");
  return false;
}

// The subject is compared with one value after the other. `continue` to a labelled case goes back
// to the head with the case's number in a slot, so that all other jumps can go forward (LC-B5).
void FunctionCompiler::VisitSwitch(const ast::Switch& node) {
  const SlotScope slots(*this);
  Label exit;
  Label again;
  std::deque<Label> bodies(node.cases.size());
  JumpFrame frame;
  frame.labels = TakeLabels();
  frame.takes_plain_break = true;
  frame.break_label = &exit;
  const std::uint32_t subject = TakeSlot();
  Value(node.subject);
  code_.Emit(Opcode::kStoreLocal, subject);

  for (std::size_t i = 0; i < node.cases.size(); ++i) {
    for (const std::string& label : node.cases[i].labels) {
      frame.case_labels.emplace_back(label, static_cast<std::int32_t>(i));
    }
  }
  if (!frame.case_labels.empty()) {
    frame.case_slot = TakeSlot();
    frame.continue_label = &again;
    code_.EmitSmi(-1);
    code_.Emit(Opcode::kStoreLocal, frame.case_slot);
  }
  const std::uint32_t head = code_.Here();
  for (const auto& [label, number] : frame.case_labels) {
    Label other;
    code_.Emit(Opcode::kLoadLocal, frame.case_slot);
    code_.EmitJump(Opcode::kJumpIfNotSmi, static_cast<std::uint32_t>(number), other);
    code_.EmitJump(Opcode::kJump, bodies[static_cast<std::size_t>(number)]);
    code_.Bind(other);
  }
  Label* fallback = &exit;
  std::unordered_set<std::string> known;
  std::string kind;
  for (std::size_t i = 0; i < node.cases.size(); ++i) {
    for (ast::Expression* value : node.cases[i].values) {
      const ConstnessScope constant(*this, Constness::kConstant);
      code_.Emit(Opcode::kLoadLocal, subject);
      Value(value);
      if (!CheckCase(*value, &kind)) return;
      const std::optional<std::string> text = KeyOf(PlainConstant(*value));
      if (text && !known.insert(*text).second) {
        return Fail(value->offset, "There is a 'case' of " + *text + " already in this 'switch'.");
      }
      At(value->offset);
      code_.EmitOperator(Opcode::kEqual);
      code_.EmitJump(Opcode::kJumpIfTrue, bodies[i]);
    }
    if (node.cases[i].is_default) fallback = &bodies[i];
  }
  code_.EmitJump(Opcode::kJump, *fallback);

  frames_.push_back(frame);
  for (std::size_t i = 0; i < node.cases.size(); ++i) {
    const SlotScope case_slots(*this);
    code_.Bind(bodies[i]);
    VisitStatements(node.cases[i].statements);
    if (i + 1 == node.cases.size()) break;
    if (context_.met.MeetsFallThrough() && code_.is_reachable()) {
      CallCoreHelper("_throwFallThrough", 0, node.offset);
      code_.Emit(Opcode::kPop);
    }
    code_.EmitJump(Opcode::kJump, exit);  // It ends by itself.
  }
  LeaveFrame();
  code_.EmitJump(Opcode::kJump, exit);
  code_.Bind(again);
  code_.EmitLoop(head);
  code_.Bind(exit);
}

void FunctionCompiler::VisitAssert(const ast::Assert& node) {
  EmitAssert(node.condition, node.message, node.condition_text, node.offset);
}

void FunctionCompiler::EmitAssert(ast::Expression* condition, ast::Expression* message,
                                  const std::string& text, std::uint32_t offset) {
  if (!context_.set.options().enable_asserts) return;
  Label holds;
  const std::optional<TypeRef> type = CoreType("bool");
  if (!type || IsPlainlyOf(context_.set, *condition, *type)) {
    Condition(condition, holds, true);
  } else {
    // It may be a function, which is called: what it gives has to be true.
    Value(condition);
    CallCoreHelper("_assertedValue", 1, offset);
    CheckCondition(*condition);
    code_.EmitJump(Opcode::kJumpIfTrue, holds);
  }
  if (message != nullptr) {
    Value(message);
    At(offset);
    CallCoreHelper("_throwAssertionOf", 1, offset);
    code_.Emit(Opcode::kPop);
  } else {
    At(offset);
    code_.Emit(Opcode::kThrowError, static_cast<std::uint32_t>(ThrownKind::kAssertion),
               code_.AddConstant(text));
  }
  code_.Bind(holds);
}

}  // namespace fart::lang
