#include "lang/syntax/ast_dump.h"

#include <charconv>
#include <cstddef>
#include <string_view>

#include "lang/syntax/stack_room.h"

namespace fart::lang {
namespace {

class Dumper {
 public:
  std::string TakeText() { return std::move(out_); }

  void Visit(ast::Expression* expression);
  void Visit(ast::Statement* statement);
  void Visit(const ast::FunctionNode& function);
  void Visit(const ast::ClassNode& cls);
  void Visit(const ast::VariableNode& variable);
  void Visit(const ast::Type& type);
  void Word(std::string_view word) {
    const bool is_glued = out_.empty() || out_.back() == '(' || out_.back() == '\n' || word == ")";
    if (!is_glued) out_ += ' ';
    out_ += word;
  }
  void EndLine() { out_ += '\n'; }

 private:
#define FART_LANG_VISIT(name) void Visit##name(ast::name& node);
  FART_LANG_EXPRESSIONS(FART_LANG_VISIT)
  FART_LANG_STATEMENTS(FART_LANG_VISIT)
#undef FART_LANG_VISIT
  void Open(std::string_view head) {
    Word("(");
    out_ += head;
  }
  void Close() { out_ += ')'; }
  void VisitArguments(const ast::Arguments& arguments);
  void VisitMetadata(const std::vector<ast::Annotation*>& metadata);
  void VisitParameters(const ast::FunctionNode& function);
  void VisitStatements(const std::vector<ast::Statement*>& statements);
  void VisitTypes(std::string_view head, const std::vector<ast::Type*>& types);
  void VisitDeclarator(const ast::Declarator& variable);
  void VisitOptional(ast::Expression* expression) {
    expression == nullptr ? Word("_") : Visit(expression);
  }

  std::string out_;
  const StackRoom room_;
};

void Dumper::Visit(ast::Expression* expression) {
  if (!room_.IsLeft()) return Word("...");
  switch (expression->kind) {
#define FART_LANG_CASE(name)         \
  case ast::ExpressionKind::k##name: \
    return Visit##name(static_cast<ast::name&>(*expression));
    FART_LANG_EXPRESSIONS(FART_LANG_CASE)
#undef FART_LANG_CASE
  }
}

void Dumper::Visit(ast::Statement* statement) {
  if (!room_.IsLeft()) return Word("...");
  switch (statement->kind) {
#define FART_LANG_CASE(name)        \
  case ast::StatementKind::k##name: \
    return Visit##name(static_cast<ast::name&>(*statement));
    FART_LANG_STATEMENTS(FART_LANG_CASE)
#undef FART_LANG_CASE
  }
}

// ---- Expressions --------------------------------------------------------------------------------

void Dumper::VisitNullLiteral(ast::NullLiteral&) { Word("null"); }
void Dumper::VisitBoolLiteral(ast::BoolLiteral& node) { Word(node.value ? "true" : "false"); }
void Dumper::VisitIntLiteral(ast::IntLiteral& node) {
  Word(node.big.empty() ? std::to_string(node.value) : node.big);
}

void Dumper::VisitDoubleLiteral(ast::DoubleLiteral& node) {
  char buffer[64];
  const auto result = std::to_chars(buffer, buffer + sizeof(buffer), node.value);
  std::string text(buffer, result.ptr);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  Word(text);
}

void Dumper::VisitStringLiteral(ast::StringLiteral& node) {
  std::string text = "\"";
  for (const char c : node.value) {
    if (c == '\n') {
      text += "\\n";
    } else {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
  }
  Word(text + "\"");
}

void Dumper::VisitInterpolation(ast::Interpolation& node) {
  Open("str");
  for (ast::Expression* part : node.parts) Visit(part);
  Close();
}

void Dumper::VisitListLiteral(ast::ListLiteral& node) {
  Open(node.is_const ? "const-list" : "list");
  VisitTypes("types", node.type_arguments);
  for (ast::Expression* element : node.elements) Visit(element);
  Close();
}

void Dumper::VisitMapLiteral(ast::MapLiteral& node) {
  static constexpr const char* kForms[] = {"map", "set", "spreads"};
  const std::string form = kForms[static_cast<std::size_t>(node.form)];
  Open(node.is_const ? "const-" + form : form);
  VisitTypes("types", node.type_arguments);
  for (ast::Expression* element : node.elements) Visit(element);
  Close();
}

void Dumper::VisitThis(ast::This&) { Word("this"); }
void Dumper::VisitSuper(ast::Super&) { Word("super"); }
void Dumper::VisitIdentifier(ast::Identifier& node) { Word(node.name); }

void Dumper::VisitProperty(ast::Property& node) {
  Open(node.is_null_aware ? "?." : ".");
  Visit(node.target);
  Word(node.name);
  Close();
}

void Dumper::VisitIndex(ast::Index& node) {
  Open(node.is_null_aware ? "index?" : "index");
  Visit(node.target);
  Visit(node.index);
  Close();
}

void Dumper::VisitArguments(const ast::Arguments& arguments) {
  for (ast::Expression* argument : arguments.positional) Visit(argument);
  for (const ast::NamedArgument& argument : arguments.named) {
    Word(argument.name + ":");
    Visit(argument.value);
  }
}

void Dumper::VisitMetadata(const std::vector<ast::Annotation*>& metadata) {
  for (const ast::Annotation* annotation : metadata) {
    Open("@");
    for (const std::string& name : annotation->names) Word(name);
    VisitTypes("types", annotation->type_arguments);
    if (annotation->has_arguments) {
      Open("");
      VisitArguments(annotation->arguments);
      Close();
    }
    Close();
  }
}

void Dumper::VisitCall(ast::Call& node) {
  Open("call");
  Visit(node.callee);
  VisitTypes("types", node.type_arguments);
  VisitArguments(node.arguments);
  Close();
}

void Dumper::VisitNew(ast::New& node) {
  Open(node.is_const ? "const" : "new");
  std::string name;
  for (const std::string& part : node.names) name += (name.empty() ? "" : ".") + part;
  Word(name);
  VisitTypes("types", node.type_arguments);
  VisitArguments(node.arguments);
  Close();
}

void Dumper::VisitFunctionExpression(ast::FunctionExpression& node) { Visit(*node.function); }

void Dumper::VisitUnary(ast::Unary& node) {
  switch (node.op) {
    case ast::UnaryOperator::kNegate:
      Open("neg");
      break;
    case ast::UnaryOperator::kBitNot:
      Open("~");
      break;
    case ast::UnaryOperator::kNot:
      Open("!");
      break;
  }
  Visit(node.operand);
  Close();
}

void Dumper::VisitBinary(ast::Binary& node) {
  Open(SpellingOf(node.op));
  Visit(node.left);
  Visit(node.right);
  Close();
}

void Dumper::VisitLogical(ast::Logical& node) {
  switch (node.op) {
    case ast::LogicalOperator::kAnd:
      Open("&&");
      break;
    case ast::LogicalOperator::kOr:
      Open("||");
      break;
    case ast::LogicalOperator::kIfNull:
      Open("??");
      break;
  }
  Visit(node.left);
  Visit(node.right);
  Close();
}

void Dumper::VisitConditional(ast::Conditional& node) {
  Open("?");
  Visit(node.condition);
  Visit(node.if_true);
  Visit(node.if_false);
  Close();
}

void Dumper::VisitAssignment(ast::Assignment& node) {
  switch (node.form) {
    case ast::AssignmentForm::kPlain:
      Open("=");
      break;
    case ast::AssignmentForm::kCompound:
      Open(std::string(SpellingOf(node.op)) + "=");
      break;
    case ast::AssignmentForm::kIfNull:
      Open(
          "?"
          "?=");
      break;
  }
  Visit(node.target);
  Visit(node.value);
  Close();
}

void Dumper::VisitIncrement(ast::Increment& node) {
  const std::string op = node.is_decrement ? "--" : "++";
  Open(node.is_prefix ? op + "_" : "_" + op);
  Visit(node.target);
  Close();
}

void Dumper::VisitTypeTest(ast::TypeTest& node) {
  Open(node.is_negated ? "is!" : "is");
  Visit(node.operand);
  Visit(*node.type);
  Close();
}

void Dumper::VisitTypeValue(ast::TypeValue& node) {
  Open("type");
  Visit(*node.type);
  if (node.is_constructor) Word("." + node.constructor);
  Close();
}

void Dumper::VisitTypeCast(ast::TypeCast& node) {
  Open("as");
  Visit(node.operand);
  Visit(*node.type);
  Close();
}

void Dumper::VisitThrow(ast::Throw& node) {
  Open("throw");
  Visit(node.operand);
  Close();
}

void Dumper::VisitAwait(ast::Await& node) {
  Open("await");
  Visit(node.operand);
  Close();
}

void Dumper::VisitHelperCall(ast::HelperCall& node) {
  Open(node.name);
  for (ast::Expression* argument : node.arguments) Visit(argument);
  Close();
}

void Dumper::VisitYield(ast::Yield& node) {
  Open(node.is_each ? "yield*" : "yield");
  Visit(node.value);
  Close();
}

void Dumper::VisitCascade(ast::Cascade& node) {
  Open(node.is_null_aware ? "cascade?" : "cascade");
  Visit(node.target);
  for (ast::Expression* section : node.sections) Visit(section);
  Close();
}

void Dumper::VisitCascadeTarget(ast::CascadeTarget&) { Word(".."); }

void Dumper::VisitNullCheck(ast::NullCheck& node) {
  Open("_!");
  Visit(node.operand);
  Close();
}

void Dumper::VisitNullShort(ast::NullShort& node) {
  Open("short");
  Visit(node.body);
  Close();
}

void Dumper::VisitAbsent(ast::Absent&) { Word("absent"); }

// As its key and its value.
void Dumper::VisitMapEntry(ast::MapEntry& node) {
  Visit(node.key);
  Visit(node.value);
}

void Dumper::VisitSpread(ast::Spread& node) {
  Open(node.is_null_aware ? "...?" : "...");
  Visit(node.operand);
  Close();
}

void Dumper::VisitControlElement(ast::ControlElement& node) { Visit(node.statement); }

// ---- Statements ---------------------------------------------------------------------------------

void Dumper::VisitStatements(const std::vector<ast::Statement*>& statements) {
  for (ast::Statement* statement : statements) Visit(statement);
}

void Dumper::VisitBlock(ast::Block& node) {
  Open("block");
  VisitStatements(node.statements);
  Close();
}

void Dumper::VisitDeclarator(const ast::Declarator& variable) {
  Open(variable.is_final ? "final" : "var");
  if (variable.is_late) Word("late");
  Word(variable.name);
  if (variable.initializer != nullptr) Visit(variable.initializer);
  if (variable.late_initializer != nullptr) Visit(variable.late_initializer->expression);
  Close();
}

void Dumper::VisitVariableDeclaration(ast::VariableDeclaration& node) {
  for (const ast::Declarator* variable : node.variables) VisitDeclarator(*variable);
}

void Dumper::VisitLocalFunction(ast::LocalFunction& node) { Visit(*node.function); }

void Dumper::VisitExpressionStatement(ast::ExpressionStatement& node) {
  Open("do");
  Visit(node.expression);
  Close();
}

void Dumper::VisitIf(ast::If& node) {
  Open("if");
  Visit(node.condition);
  Visit(node.then_branch);
  if (node.else_branch != nullptr) Visit(node.else_branch);
  Close();
}

void Dumper::VisitWhile(ast::While& node) {
  Open("while");
  Visit(node.condition);
  Visit(node.body);
  Close();
}

void Dumper::VisitDoWhile(ast::DoWhile& node) {
  Open("do-while");
  Visit(node.body);
  Visit(node.condition);
  Close();
}

void Dumper::VisitFor(ast::For& node) {
  Open("for");
  node.init == nullptr ? Word("_") : Visit(node.init);
  VisitOptional(node.condition);
  Open("");
  for (ast::Expression* update : node.updates) Visit(update);
  Close();
  Visit(node.body);
  Close();
}

void Dumper::VisitForIn(ast::ForIn& node) {
  if (node.awaiting != nullptr) return Visit(node.awaiting);
  Open("for-in");
  node.variable == nullptr ? Visit(node.target) : VisitDeclarator(*node.variable);
  Visit(node.iterable);
  Visit(node.body);
  Close();
}

void Dumper::VisitSwitch(ast::Switch& node) {
  Open("switch");
  Visit(node.subject);
  for (const ast::SwitchCase& switch_case : node.cases) {
    Open("case");
    for (const std::string& label : switch_case.labels) Word(label + ":");
    for (ast::Expression* value : switch_case.values) Visit(value);
    if (switch_case.is_default) Word("default");
    VisitStatements(switch_case.statements);
    Close();
  }
  Close();
}

void Dumper::VisitTry(ast::Try& node) {
  Open("try");
  Visit(node.body);
  for (const ast::CatchClause& clause : node.catches) {
    Open("catch");
    clause.type == nullptr ? Word("_") : Visit(*clause.type);
    Word(clause.exception == nullptr ? "_" : clause.exception->name);
    Word(clause.trace == nullptr ? "_" : clause.trace->name);
    Visit(clause.body);
    Close();
  }
  if (node.finally_block != nullptr) {
    Open("finally");
    VisitStatements(node.finally_block->statements);
    Close();
  }
  Close();
}

void Dumper::VisitReturn(ast::Return& node) {
  Open("return");
  if (node.value != nullptr) Visit(node.value);
  Close();
}

void Dumper::VisitBreak(ast::Break& node) {
  Open("break");
  if (!node.label.empty()) Word(node.label);
  Close();
}

void Dumper::VisitContinue(ast::Continue& node) {
  Open("continue");
  if (!node.label.empty()) Word(node.label);
  Close();
}

void Dumper::VisitLabeled(ast::Labeled& node) {
  Open("label");
  for (const std::string& label : node.labels) Word(label + ":");
  Visit(node.body);
  Close();
}

void Dumper::VisitRethrow(ast::Rethrow&) { Word("(rethrow)"); }

void Dumper::VisitAssert(ast::Assert& node) {
  Open("assert");
  Visit(node.condition);
  if (node.message != nullptr) Visit(node.message);
  Close();
}

void Dumper::VisitEmpty(ast::Empty&) { Word("(empty)"); }

void Dumper::VisitElementStatement(ast::ElementStatement& node) { Visit(node.element); }

// ---- Declarations -------------------------------------------------------------------------------

void Dumper::Visit(const ast::Type& type) {
  std::string name = type.prefix.empty() ? type.name : type.prefix + "." + type.name;
  if (type.is_nullable) name += '?';
  if (type.arguments.empty()) return Word(name);
  VisitTypes(name, type.arguments);
}

// Nothing if there are no types.
void Dumper::VisitTypes(std::string_view head, const std::vector<ast::Type*>& types) {
  if (types.empty()) return;
  Open(head);
  for (const ast::Type* type : types) Visit(*type);
  Close();
}

void Dumper::VisitParameters(const ast::FunctionNode& function) {
  Open("");
  for (const ast::ParameterNode* parameter : function.parameters) {
    std::string word;
    if (parameter->kind == ast::ParameterKind::kOptional) word = "[]";
    if (parameter->kind == ast::ParameterKind::kNamed) word = "{}";
    if (parameter->is_demanded) word += "required-";
    if (parameter->is_field) word += "this.";
    if (parameter->is_super) word += "super.";
    word += parameter->name;
    VisitMetadata(parameter->metadata);
    if (parameter->default_value == nullptr) {
      Word(word);
    } else {
      Open(word);
      Visit(parameter->default_value);
      Close();
    }
  }
  Close();
}

void Dumper::Visit(const ast::FunctionNode& function) {
  static constexpr const char* kForms[] = {"fn",       "get",         "set",
                                           "operator", "constructor", "factory"};
  Open(kForms[static_cast<std::size_t>(function.form)]);
  VisitMetadata(function.metadata);
  if (function.is_static) Word("static");
  if (function.is_external) Word("external");
  if (function.is_const) Word("const");
  if (!function.name.empty()) Word(function.name);
  VisitParameters(function);
  for (const ast::Initializer& initializer : function.initializers) {
    switch (initializer.kind) {
      case ast::Initializer::Kind::kField:
        Open("init");
        break;
      case ast::Initializer::Kind::kSuper:
        Open("super");
        break;
      case ast::Initializer::Kind::kThis:
        Open("this");
        break;
      case ast::Initializer::Kind::kAssert:
        Open("assert");
        break;
    }
    const bool is_assert = initializer.kind == ast::Initializer::Kind::kAssert;
    if (!initializer.name.empty() && !is_assert) Word(initializer.name);
    if (initializer.value != nullptr) Visit(initializer.value);
    if (initializer.message != nullptr) Visit(initializer.message);
    VisitArguments(initializer.arguments);
    Close();
  }
  if (function.block != nullptr) VisitStatements(function.block->statements);
  if (function.expression != nullptr) {
    Word("=>");
    Visit(function.expression);
  }
  if (function.late != nullptr) Word("late");
  if (!function.native_name.empty()) {
    Word((function.is_native ? "native:" : "quick:") + function.native_name);
  }
  for (const std::string& name : function.redirection) Word("=" + name);
  Close();
}

void Dumper::Visit(const ast::VariableNode& variable) {
  Open(variable.is_const ? "const" : variable.is_final ? "final" : "var");
  VisitMetadata(variable.metadata);
  if (variable.is_external) Word("external");
  if (variable.is_static) Word("static");
  Word(variable.name);
  if (variable.initializer != nullptr) Visit(variable.initializer);
  Close();
}

void Dumper::Visit(const ast::ClassNode& cls) {
  Open(cls.is_enum ? "enum" : cls.is_mixin ? "mixin" : cls.is_extension ? "extension" : "class");
  VisitMetadata(cls.metadata);
  if (cls.is_abstract) Word("abstract");
  if (cls.is_application) Word("=");
  Word(cls.name);
  if (cls.superclass != nullptr) VisitTypes("extends", {cls.superclass});
  if (cls.on_type != nullptr) VisitTypes("on", {cls.on_type});
  VisitTypes("with", cls.mixins);
  VisitTypes("implements", cls.interfaces);
  for (const ast::VariableNode* variable : cls.variables) Visit(*variable);
  for (const ast::FunctionNode* function : cls.functions) Visit(*function);
  Close();
}

}  // namespace

std::string Dump(ast::Expression* expression) {
  Dumper dumper;
  dumper.Visit(expression);
  return dumper.TakeText();
}

std::string Dump(ast::Statement* statement) {
  Dumper dumper;
  dumper.Visit(statement);
  return dumper.TakeText();
}

std::string Dump(const ast::FunctionNode& function) {
  Dumper dumper;
  dumper.Visit(function);
  return dumper.TakeText();
}

std::string Dump(const CompilationUnit& unit) {
  Dumper dumper;
  if (!unit.library_name.empty()) {
    dumper.Word("(library " + unit.library_name + ")");
    dumper.EndLine();
  }
  if (unit.is_part) {
    dumper.Word("(part-of " + unit.part_of + ")");
    dumper.EndLine();
  }
  for (const ast::Directive& directive : unit.directives) {
    static constexpr const char* kKinds[] = {"import", "export", "part"};
    dumper.Word(std::string("(") + kKinds[static_cast<std::size_t>(directive.kind)] + " \"" +
                directive.uri + "\"");
    for (const ast::Configuration& configuration : directive.configurations) {
      dumper.Word("if (" + configuration.name + " " + configuration.value + ") \"" +
                  configuration.uri + "\"");
    }
    if (!directive.prefix.empty()) dumper.Word("as " + directive.prefix);
    for (const ast::Combinator& combinator : directive.combinators) {
      dumper.Word(combinator.is_show ? "show" : "hide");
      for (const std::string& name : combinator.names) dumper.Word(name);
    }
    dumper.Word(")");
    dumper.EndLine();
  }
  for (const auto& node : unit.typedefs) {
    dumper.Word("(typedef " + node->name + ")");
    dumper.EndLine();
  }
  const auto visit_all = [&dumper](const auto& nodes) {
    for (const auto& node : nodes) {
      dumper.Visit(*node);
      dumper.EndLine();
    }
  };
  visit_all(unit.classes);
  visit_all(unit.functions);
  visit_all(unit.variables);
  return dumper.TakeText();
}

}  // namespace fart::lang
