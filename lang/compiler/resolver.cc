#include "lang/compiler/resolver.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "lang/syntax/stack_room.h"

namespace fart::lang {
namespace {

class Resolver {
 public:
  Resolver(const SourceFile& file, const ResolverInput& input, Resolution& resolution)
      : file_(file), input_(input), resolution_(resolution), met_(input.met) {}

  std::optional<SyntaxError> Run();

 private:
  // What is known of one name. Blocks are numbered by their depth, uses by their time; so neither
  // declaring nor using a name costs more in a deep nest.
  struct NameState {
    struct Declaration {
      std::size_t depth;
      int variable;
    };
    struct Use {
      std::uint64_t time;
      std::size_t found;  // The depth of the declaration it meant; 0: it was not local.
    };
    std::vector<Declaration> declarations;  // The innermost is the last.
    std::vector<Use> uses;  // Ascending in both; a later use that went as far out hides one.
  };
  struct Scope {
    std::uint64_t begin;
    std::vector<NameState*> declared;
  };

  class Block {
   public:
    explicit Block(Resolver& resolver) : resolver_(resolver) {
      resolver_.scopes_.push_back({++resolver_.time_, {}});
    }
    ~Block() {
      for (NameState* name : resolver_.scopes_.back().declared) name->declarations.pop_back();
      resolver_.scopes_.pop_back();
    }
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

   private:
    Resolver& resolver_;
  };

  void Fail(std::uint32_t offset, std::string message) {
    if (!error_) error_ = file_.ErrorAt(offset, std::move(message));
  }
  int NewVariable(const std::string& name, bool is_final);
  int Declare(const std::string& name, bool is_final, std::uint32_t offset);
  void Declare(ast::Declarator* variable) {
    if (variable == nullptr) return;
    variable->binding = Declare(variable->name, variable->is_final, variable->offset);
    LocalVariable& local = resolution_.variable(variable->binding);
    local.is_const = variable->is_const;
    local.type = variable->type;
    local.initializer = variable->initializer;
    local.is_late = variable->is_late;
    if (variable->is_set_later) local.set_later = variable;
    local.late_initializer = variable->late_binding;
    if (local.late_initializer != ast::kUnbound) local.is_reassigned = true;  // When it is read.
  }
  int Lookup(const std::string& name);
  // What stands there is no variable, whatever is declared later in the block.
  [[nodiscard]] bool IsHidden(const std::string& name) const;
  void VisitType(ast::Type* type) const;
  void ListVisible();
  void Capture(int number);
  void UseThis();

  void VisitFunction(ast::FunctionNode& node, const std::string& self_name);
  void VisitOutermost(ast::FunctionNode& node);
  void VisitDefaults(const ast::FunctionNode& node);
  void DeclareParameters(const ast::FunctionNode& node, bool are_fields);
  void VisitBody(ast::FunctionNode& node);
  void VisitArguments(const ast::Arguments& arguments);
  void VisitAll(const std::vector<ast::Expression*>& expressions) {
    for (ast::Expression* expression : expressions) Visit(expression);
  }
  void VisitAll(const std::vector<ast::Statement*>& statements) {
    for (ast::Statement* statement : statements) Visit(statement);
  }
  void VisitInBlock(ast::Statement* statement) {
    const Block block(*this);
    Visit(statement);
  }
  void Visit(ast::Expression* expression);
  void Visit(ast::Statement* statement);
  void VisitIdentifier(ast::Identifier& node);
  void VisitBinary(ast::Binary* node);
  void MarkAssigned(ast::Expression* target);
  void VisitIf(ast::If* node);
  void VisitFor(ast::For& node);
  void VisitForIn(ast::ForIn& node);
  void VisitTry(ast::Try& node);
  void VisitCall(ast::Call& node);

  const SourceFile& file_;
  const ResolverInput& input_;
  Resolution& resolution_;
  MetErrors met_;
  FunctionScope* function_ = nullptr;
  std::vector<Scope> scopes_;
  std::unordered_map<std::string_view, NameState> names_;
  std::uint64_t time_ = 0;
  const StackRoom room_;
  bool has_this_ = false;
  std::optional<SyntaxError> error_;
};

// It arrives as the absent marker where the caller leaves it out.
bool IsPassedOn(const ast::ParameterNode& parameter) {
  return parameter.is_super && parameter.kind != ast::ParameterKind::kRequired &&
         parameter.default_value == nullptr;
}

std::optional<SyntaxError> Resolver::Run() {
  function_ = &resolution_.functions.emplace_back();
  const Block block(*this);
  if (input_.has_receiver) {
    resolution_.this_variable = NewVariable("this", true);
    resolution_.variable(resolution_.this_variable).slot = 0;
  }
  VisitAll(input_.before_parameters);
  if (input_.function != nullptr) VisitOutermost(*input_.function);
  for (const LocalVariable& variable : resolution_.variables) {
    if (variable.set_later == nullptr || variable.is_reassigned) continue;
    Fail(variable.set_later->offset,
         "The final variable '" + variable.name + "' is never given a value.");
  }
  return std::move(error_);
}

// ---- Variables ----------------------------------------------------------------------------------

int Resolver::NewVariable(const std::string& name, bool is_final) {
  LocalVariable& variable = resolution_.variables.emplace_back();
  variable.name = name;
  variable.owner = function_;
  variable.is_final = is_final;
  return static_cast<int>(resolution_.variables.size()) - 1;
}

int Resolver::Declare(const std::string& name, bool is_final, std::uint32_t offset) {
  const int number = NewVariable(name, is_final);
  const std::size_t depth = scopes_.size();
  NameState& state = names_[name];
  if (!state.declarations.empty() && state.declarations.back().depth == depth) {
    Fail(offset, "'" + name + "' is declared twice here.");
  }
  // LC-V3: the last use that went further out than this block; those before it were earlier.
  for (auto use = state.uses.rbegin(); use != state.uses.rend(); ++use) {
    if (use->found >= depth) continue;
    if (use->time > scopes_.back().begin) {
      Fail(offset, "'" + name + "' is used before it is declared.");
    }
    break;
  }
  state.declarations.push_back({depth, number});
  scopes_.back().declared.push_back(&state);
  return number;
}

int Resolver::Lookup(const std::string& name) {
  NameState& state = names_[name];
  const bool is_local = !state.declarations.empty();
  const std::size_t found = is_local ? state.declarations.back().depth : 0;
  while (!state.uses.empty() && state.uses.back().found >= found) state.uses.pop_back();
  state.uses.push_back({++time_, found});
  return is_local ? state.declarations.back().variable : ast::kUnbound;
}

bool Resolver::IsHidden(const std::string& name) const {
  const auto state = names_.find(name);
  return state != names_.end() && !state->second.declarations.empty();
}

void Resolver::VisitType(ast::Type* type) const {
  if (type == nullptr || type->function != nullptr) return;
  type->is_hidden = IsHidden(type->prefix.empty() ? type->name : type->prefix);
  for (ast::Type* argument : type->arguments) VisitType(argument);
}

// Of one block in alphabetical order, so that messages are the same each time.
void Resolver::ListVisible() {
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const auto& [name, state] : names_) {
    if (!state.declarations.empty()) found.emplace_back(state.declarations.back().depth, name);
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  for (auto& [depth, name] : found) input_.visible->push_back(std::move(name));
}

// Makes an outer function's variable reachable here, through every function in between.
void Resolver::Capture(int number) {
  LocalVariable& variable = resolution_.variable(number);
  if (variable.owner == function_) return;
  variable.is_captured = true;
  for (FunctionScope* f = function_; f != variable.owner; f = f->parent) {
    const int index = static_cast<int>(f->captured.size());
    if (!f->capture_index.emplace(number, index).second) return;  // So have those around it.
    f->captured.push_back(number);
  }
}

void Resolver::UseThis() {
  if (has_this_) Capture(resolution_.this_variable);
}

void Resolver::VisitIdentifier(ast::Identifier& node) {
  if (&node == input_.unknown) ListVisible();
  node.binding = Lookup(node.name);
  if (node.binding != ast::kUnbound) {
    Capture(node.binding);
    const int late = resolution_.variable(node.binding).late_initializer;
    if (late != ast::kUnbound) Capture(late);
  } else if (has_this_ && function_->parent != nullptr && input_.is_implicit_this(node.name)) {
    UseThis();
  }
}

// Precondition: the target has been visited.
void Resolver::MarkAssigned(ast::Expression* target) {
  const auto* identifier = ast::As<ast::Identifier>(target);
  if (identifier == nullptr || identifier->binding == ast::kUnbound) return;
  LocalVariable& variable = resolution_.variable(identifier->binding);
  if (variable.is_fixed() && met_.Meets(MetErrors::Of::kName)) return;  // It never changes.
  variable.is_reassigned = true;
  if (variable.is_fixed()) {
    Fail(identifier->offset, "'" + variable.name + "' is final and cannot be assigned to.");
  }
}

// ---- Functions ----------------------------------------------------------------------------------

void Resolver::VisitDefaults(const ast::FunctionNode& node) {
  for (const ast::ParameterNode* parameter : node.parameters) {
    if (parameter->default_value != nullptr) Visit(parameter->default_value);
  }
}

void Resolver::DeclareParameters(const ast::FunctionNode& node, bool are_fields) {
  for (ast::ParameterNode* parameter : node.parameters) {
    if ((parameter->is_field || parameter->is_super) != are_fields) continue;
    parameter->binding = Declare(parameter->name, parameter->is_final, parameter->offset);
    resolution_.variable(parameter->binding).type = parameter->type;
    resolution_.variable(parameter->binding).is_passed_on = IsPassedOn(*parameter);
  }
}

void Resolver::VisitBody(ast::FunctionNode& node) {
  const Block block(*this);
  const bool is_late_getter = node.late != nullptr && node.form == ast::FunctionForm::kGetter;
  if (is_late_getter && node.late->initializer != nullptr) Visit(node.late->initializer);
  if (node.expression != nullptr) Visit(node.expression);
  if (node.block != nullptr) VisitAll(node.block->statements);
}

void Resolver::VisitOutermost(ast::FunctionNode& node) {
  VisitDefaults(node);
  const Block block(*this);
  DeclareParameters(node, false);
  {
    // `this.x` and `super.x` parameters are variables in the initialisers only: in the body x is
    // the field.
    const Block fields(*this);
    DeclareParameters(node, true);
    for (const ast::Initializer& initializer : node.initializers) {
      if (initializer.value != nullptr) Visit(initializer.value);
      if (initializer.message != nullptr) Visit(initializer.message);
      VisitArguments(initializer.arguments);
    }
  }
  has_this_ = input_.has_receiver;
  VisitBody(node);
}

void Resolver::VisitFunction(ast::FunctionNode& node, const std::string& self_name) {
  FunctionScope* outer = function_;
  FunctionScope& scope = resolution_.functions.emplace_back();
  scope.parent = outer;
  resolution_.scope_of[&node] = &scope;
  function_ = &scope;
  // Not among the parameters, but in the function: its own code finds out what was left out.
  VisitDefaults(node);
  {
    const Block self(*this);
    if (!self_name.empty()) {
      // Inside, its own name is the closure in slot 0: recursion needs no capture.
      const int number = Declare(self_name, true, node.offset);
      resolution_.variable(number).slot = 0;
    }
    const Block parameters(*this);
    DeclareParameters(node, false);
    VisitBody(node);
  }
  function_ = outer;
}

// ---- Expressions --------------------------------------------------------------------------------

void Resolver::VisitArguments(const ast::Arguments& arguments) {
  VisitAll(arguments.positional);
  for (const ast::NamedArgument& argument : arguments.named) Visit(argument.value);
}

// Long sums lean to the left; their spine is walked without recursion (also when code is written).
void Resolver::VisitBinary(ast::Binary* node) {
  std::vector<ast::Binary*> spine;
  ast::Expression* left = node;
  for (ast::Binary* b = node; b != nullptr; b = ast::As<ast::Binary>(left)) {
    spine.push_back(b);
    left = b->left;
  }
  Visit(left);
  for (auto b = spine.rbegin(); b != spine.rend(); ++b) Visit((*b)->right);
}

void Resolver::VisitCall(ast::Call& node) {
  Visit(node.callee);
  const MetErrors::Place place(met_, MetErrors::IsPlace(node));
  VisitArguments(node.arguments);
}

void Resolver::Visit(ast::Expression* expression) {
  if (error_) return;
  if (!room_.IsLeft()) return Fail(expression->offset, kNestedTooDeeply);
  using enum ast::ExpressionKind;
  switch (expression->kind) {
    case kNullLiteral:
    case kBoolLiteral:
    case kIntLiteral:
    case kDoubleLiteral:
    case kStringLiteral:
    case kCascadeTarget:
    case kAbsent:
      break;
    case kInterpolation:
      VisitAll(static_cast<ast::Interpolation*>(expression)->parts);
      break;
    case kListLiteral:
      VisitAll(static_cast<ast::ListLiteral*>(expression)->elements);
      break;
    case kMapLiteral:
      VisitAll(static_cast<ast::MapLiteral*>(expression)->elements);
      break;
    case kMapEntry:
      Visit(static_cast<ast::MapEntry*>(expression)->key);
      Visit(static_cast<ast::MapEntry*>(expression)->value);
      break;
    case kSpread:
      Visit(static_cast<ast::Spread*>(expression)->operand);
      break;
    case kControlElement:
      VisitInBlock(static_cast<ast::ControlElement*>(expression)->statement);
      break;
    case kNullCheck:
      Visit(static_cast<ast::NullCheck*>(expression)->operand);
      break;
    case kNullShort:
      Visit(static_cast<ast::NullShort*>(expression)->body);
      break;
    case kThis:
    case kSuper:
      UseThis();
      if (!has_this_) {
        Fail(expression->offset,
             expression->kind == kThis ? "There is no 'this' here." : "There is no 'super' here.");
      }
      break;
    case kIdentifier:
      VisitIdentifier(*static_cast<ast::Identifier*>(expression));
      break;
    case kProperty:
      Visit(static_cast<ast::Property*>(expression)->target);
      break;
    case kIndex:
      Visit(static_cast<ast::Index*>(expression)->target);
      Visit(static_cast<ast::Index*>(expression)->index);
      break;
    case kCall:
      VisitCall(*static_cast<ast::Call*>(expression));
      break;
    case kNew:
      static_cast<ast::New*>(expression)->is_hidden =
          !static_cast<ast::New*>(expression)->is_literal &&
          IsHidden(static_cast<ast::New*>(expression)->names.front());
      VisitArguments(static_cast<ast::New*>(expression)->arguments);
      break;
    case kFunctionExpression:
      VisitFunction(*static_cast<ast::FunctionExpression*>(expression)->function, "");
      break;
    case kUnary:
      Visit(static_cast<ast::Unary*>(expression)->operand);
      break;
    case kBinary:
      VisitBinary(static_cast<ast::Binary*>(expression));
      break;
    case kLogical:
      Visit(static_cast<ast::Logical*>(expression)->left);
      Visit(static_cast<ast::Logical*>(expression)->right);
      break;
    case kConditional:
      Visit(static_cast<ast::Conditional*>(expression)->condition);
      Visit(static_cast<ast::Conditional*>(expression)->if_true);
      Visit(static_cast<ast::Conditional*>(expression)->if_false);
      break;
    case kAssignment:
      Visit(static_cast<ast::Assignment*>(expression)->target);
      MarkAssigned(static_cast<ast::Assignment*>(expression)->target);
      Visit(static_cast<ast::Assignment*>(expression)->value);
      break;
    case kIncrement:
      Visit(static_cast<ast::Increment*>(expression)->target);
      MarkAssigned(static_cast<ast::Increment*>(expression)->target);
      break;
    case kTypeTest:
      Visit(static_cast<ast::TypeTest*>(expression)->operand);
      VisitType(static_cast<ast::TypeTest*>(expression)->type);
      break;
    case kTypeCast:
      Visit(static_cast<ast::TypeCast*>(expression)->operand);
      VisitType(static_cast<ast::TypeCast*>(expression)->type);
      break;
    case kTypeValue:
      break;
    case kThrow:
      Visit(static_cast<ast::Throw*>(expression)->operand);
      break;
    case kAwait:
      Visit(static_cast<ast::Await*>(expression)->operand);
      break;
    case kHelperCall:
      VisitAll(static_cast<ast::HelperCall*>(expression)->arguments);
      break;
    case kCascade:
      Visit(static_cast<ast::Cascade*>(expression)->target);
      VisitAll(static_cast<ast::Cascade*>(expression)->sections);
      break;
  }
}

// ---- Statements ---------------------------------------------------------------------------------

void Resolver::VisitIf(ast::If* node) {
  while (true) {  // Along the `else if`s.
    Visit(node->condition);
    VisitInBlock(node->then_branch);
    if (node->else_branch == nullptr) return;
    if (node->else_branch->kind != ast::StatementKind::kIf) return VisitInBlock(node->else_branch);
    node = static_cast<ast::If*>(node->else_branch);
  }
}

void Resolver::VisitFor(ast::For& node) {
  const Block block(*this);
  if (node.init != nullptr) Visit(node.init);
  if (node.condition != nullptr) Visit(node.condition);
  VisitInBlock(node.body);
  VisitAll(node.updates);
}

void Resolver::VisitForIn(ast::ForIn& node) {
  if (node.awaiting != nullptr) return Visit(node.awaiting);
  Visit(node.iterable);
  const Block block(*this);
  if (node.variable != nullptr) {
    Declare(node.variable);
    resolution_.variable(node.variable->binding).iterable = node.iterable;
  } else {
    Visit(node.target);
    MarkAssigned(node.target);
  }
  VisitInBlock(node.body);
}

void Resolver::VisitTry(ast::Try& node) {
  {
    const MetErrors::Place place(met_, MetErrors::IsPlace(node));
    VisitInBlock(node.body);
  }
  for (const ast::CatchClause& clause : node.catches) {
    VisitType(clause.type);
    const Block block(*this);
    Declare(clause.exception);
    Declare(clause.trace);
    VisitInBlock(clause.body);
  }
  if (node.finally_block != nullptr) VisitInBlock(node.finally_block);
}

void Resolver::Visit(ast::Statement* statement) {
  if (error_) return;
  if (!room_.IsLeft()) return Fail(statement->offset, kNestedTooDeeply);
  using enum ast::StatementKind;
  switch (statement->kind) {
    case kBlock: {
      const Block block(*this);
      VisitAll(static_cast<ast::Block*>(statement)->statements);
      break;
    }
    case kVariableDeclaration:
      for (ast::Declarator* variable :
           static_cast<ast::VariableDeclaration*>(statement)->variables) {
        if (variable->initializer != nullptr) Visit(variable->initializer);
        if (variable->late_initializer != nullptr) {
          VisitFunction(*variable->late_initializer, "");
          variable->late_binding = NewVariable(variable->name, true);  // Nobody can name it.
        }
        Declare(variable);
      }
      break;
    case kLocalFunction: {
      auto* local = static_cast<ast::LocalFunction*>(statement);
      Declare(local->variable);
      resolution_.variable(local->variable->binding).function = local->function;
      VisitFunction(*local->function, local->variable->name);
      break;
    }
    case kExpressionStatement:
      Visit(static_cast<ast::ExpressionStatement*>(statement)->expression);
      break;
    case kIf:
      VisitIf(static_cast<ast::If*>(statement));
      break;
    case kWhile:
      Visit(static_cast<ast::While*>(statement)->condition);
      VisitInBlock(static_cast<ast::While*>(statement)->body);
      break;
    case kDoWhile:
      VisitInBlock(static_cast<ast::DoWhile*>(statement)->body);
      Visit(static_cast<ast::DoWhile*>(statement)->condition);
      break;
    case kFor:
      VisitFor(*static_cast<ast::For*>(statement));
      break;
    case kForIn:
      VisitForIn(*static_cast<ast::ForIn*>(statement));
      break;
    case kSwitch:
      Visit(static_cast<ast::Switch*>(statement)->subject);
      for (const ast::SwitchCase& c : static_cast<ast::Switch*>(statement)->cases) {
        VisitAll(c.values);
        const Block block(*this);
        VisitAll(c.statements);
      }
      break;
    case kTry:
      VisitTry(*static_cast<ast::Try*>(statement));
      break;
    case kReturn:
      if (auto* value = static_cast<ast::Return*>(statement)->value) Visit(value);
      break;
    case kLabeled:
      Visit(static_cast<ast::Labeled*>(statement)->body);
      break;
    case kAssert:
      Visit(static_cast<ast::Assert*>(statement)->condition);
      if (auto* message = static_cast<ast::Assert*>(statement)->message) Visit(message);
      break;
    case kYield:
      Visit(static_cast<ast::Yield*>(statement)->value);
      break;
    case kElementStatement:
      Visit(static_cast<ast::ElementStatement*>(statement)->element);
      break;
    case kBreak:
    case kContinue:
    case kRethrow:
    case kEmpty:
      break;
  }
}

}  // namespace

std::optional<SyntaxError> Resolve(const SourceFile& file, const ResolverInput& input,
                                   Resolution* resolution) {
  return Resolver(file, input, *resolution).Run();
}

}  // namespace fart::lang
