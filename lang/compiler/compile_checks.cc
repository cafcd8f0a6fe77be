// FunctionCompiler -- where checks stand (type_checks.h): what gets a value is checked right
// before.

#include "lang/compiler/function_compiler_impl.h"
#include "lang/compiler/name_linker.h"

namespace fart::lang {

Checking FunctionCompiler::checking() const {
  return CheckingOf(context_.set, context_.place.library);
}

std::string FunctionCompiler::TextOf(Checked what, const std::string& name) {
  const std::string quoted = "'" + name + "', ";
  // What programs cannot name they are not told of: `_GrowableList.add`.
  const bool is_hidden =
      checking() == Checking::kTypeParameters && function_.qualified_name.starts_with('_');
  const std::string of_function =
      " of '" + (is_hidden ? function_.name.text : function_.qualified_name) + "'";
  const auto of_class = [this] {
    return " of '" + context_.set.ClassOf(*context_.place.cls).name.text + "'";
  };
  switch (what) {
    case Checked::kParameter:
      return quoted + "a parameter" + of_function;
    case Checked::kVariable:
      return quoted + "a variable" + of_function;
    case Checked::kField:
      return quoted + "a field" + of_class();
    case Checked::kStatic:
      return quoted + "a static or top-level variable";
    case Checked::kResult:
      return "the result of '" + name + "'";
    case Checked::kPart:
      return name + " of a literal";
  }
  return name;
}

void FunctionCompiler::EmitCheck(const TypeRef& type, Checked what, const std::string& name) {
  NeedTypeArguments(type);
  code_.Emit(Opcode::kCheckType, code_.AddConstant(type), code_.AddConstant(TextOf(what, name)));
}

void FunctionCompiler::Check(const std::optional<TypeRef>& type, const ast::Expression* value,
                             Checked what, const std::string& name) {
  const Checking how = checking();
  if (!type || how == Checking::kNothing) return;
  if (value != nullptr && value->kind == ast::ExpressionKind::kAbsent) return;
  const std::optional<TypeRef> wanted = CheckFor(context_.set, context_.place, *type, how);
  if (!wanted || (value != nullptr && IsPlainlyOf(context_.set, *value, *wanted))) return;
  EmitCheck(*wanted, what, name);
}

void FunctionCompiler::Check(const ast::Type* type, const ast::Expression* value, Checked what,
                             const std::string& name) {
  if (type == nullptr || checking() == Checking::kNothing) return;
  Check(ResolveType(context_.set, context_.place.library, TypeNamesAt(context_.set, context_.place),
                    *type),
        value, what, name);
}

void FunctionCompiler::CheckUnlessLibrary(const ast::Type* type, const ast::Expression* value,
                                          Checked what, const std::string& name) {
  if (checking() == Checking::kAll) Check(type, value, what, name);
}

// [x] -> [x], before it goes there.
void FunctionCompiler::CheckToStore(const Target& target) {
  if (checking() != Checking::kAll) return;
  const bool is_local = target.kind == Target::Kind::kLocal;
  Check(DeclaredType(target), nullptr, is_local ? Checked::kVariable : Checked::kStatic,
        target.name);
}

// ---- Parameters and results ---------------------------------------------------------------------

// They are in their slots, those that were left out as well.
void FunctionCompiler::CheckParameters(const ast::FunctionNode& node) {
  // Of a generator those of the function around its body are the same, and have been checked.
  if (checking() == Checking::kNothing || node.suspends == ast::Suspends::kSyncStar) return;
  std::uint32_t slot = function_.is_static ? 0 : 1;
  for (std::size_t i = 0; i < node.parameters.size(); ++i, ++slot) {
    const ast::ParameterNode& parameter = *node.parameters[i];
    const bool may_be_absent = function_.parameters[i].has_default &&
                               parameter.default_value == nullptr &&
                               VariableOf(parameter.binding).is_passed_on;
    const ast::Type* type = parameter.type;
    if (type == nullptr && parameter.is_field) {
      type = TypeOfField(*context_.place.cls, parameter.name);
    }
    if (type == nullptr || may_be_absent) continue;
    const std::optional<TypeRef> wanted = CheckFor(context_.set, context_.place, *type, checking());
    if (!wanted) continue;
    At(parameter.offset);
    code_.Emit(Opcode::kLoadLocal, slot);
    EmitCheck(*wanted, Checked::kParameter, parameter.name);
    code_.Emit(Opcode::kPop);
  }
}

void FunctionCompiler::PrepareResult(const ast::FunctionNode& node) {
  if (checking() != Checking::kAll) return;
  using enum FunctionKind;
  if (function_.kind == kGenerativeConstructor || function_.kind == kSetter) return;
  if (node.suspends != ast::Suspends::kNever) return;  // Set by who compiles it, if at all.
  result_name_ = function_.qualified_name;
  if (function_.kind == kFactory) {
    result_ = ThisTypeOf(context_.set, *context_.place.cls);
  } else if (node.return_type != nullptr) {
    result_ = ResolveType(context_.set, context_.place.library,
                          TypeNamesAt(context_.set, context_.place), *node.return_type);
  }
}

// The body of an `async` function: what it gives is what the future is declared to be of, or such a
// future.
void FunctionCompiler::PrepareAsyncResult(const FunctionCompiler& around) {
  if (!around.result_ || around.result_->kind != TypeRef::Kind::kClass) return;
  const TypeRef& future = *around.result_;
  const bool is_future = context_.set.library(future.cls.library).uri == "dart:async" &&
                         context_.set.ClassOf(future.cls).name.text == "Future" &&
                         future.arguments.size() == 1;
  if (!is_future) return;
  result_ = future.arguments.front();
  result_future_ = future;
  result_name_ = around.result_name_;
}

void FunctionCompiler::CheckResult(const ast::Expression* value) {
  if (!result_ || checking() != Checking::kAll) return;
  const std::optional<TypeRef> wanted =
      CheckFor(context_.set, context_.place, *result_, checking());
  if (!wanted || IsPlainlyOf(context_.set, *value, *wanted)) return;
  At(value->offset);
  Label fits;
  if (result_future_) {
    const std::optional<TypeRef> future =
        CheckFor(context_.set, context_.place, *result_future_, checking());
    code_.Emit(Opcode::kDup);
    EmitType(Opcode::kIsType, *future);
    code_.EmitJump(Opcode::kJumpIfTrue, fits);
  }
  EmitCheck(*wanted, Checked::kResult, result_name_);
  code_.Bind(fits);
}

// ---- Conditions and elements --------------------------------------------------------------------

// [x] -> [x]
void FunctionCompiler::CheckCondition(const ast::Expression& condition) {
  if (checking() == Checking::kNothing) return;
  const std::optional<TypeRef> type = CoreType("bool");
  const bool is_null = condition.kind == ast::ExpressionKind::kNullLiteral;
  if (type && !is_null && IsPlainlyOf(context_.set, condition, *type)) return;
  At(condition.offset);
  code_.Emit(Opcode::kCheckCondition);
}

// [list, index, x] -> [list, index, x]
void FunctionCompiler::CheckElement() {
  if (checking() != Checking::kNothing) code_.Emit(Opcode::kCheckElement);
}

// ---- Setters ------------------------------------------------------------------------------------

// LC-C4
void FunctionCompiler::CompileCheckedSetter(int field) {
  const ClassSource& cls = context_.set.ClassSourceOf(*context_.place.cls);
  const ast::VariableNode& variable = *cls.fields[static_cast<std::size_t>(field)];
  end_offset_ = variable.offset;
  At(end_offset_);
  code_.Emit(Opcode::kLoadLocal, 1);
  Check(variable.type, nullptr, Checked::kField, variable.name);
  code_.Emit(Opcode::kInitField, static_cast<std::uint32_t>(field));
  Finish();
}

}  // namespace fart::lang
