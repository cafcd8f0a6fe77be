// FunctionCompiler -- variables that may be absent: `late` ones, and `super.x` parameters.
//
// What is absent holds a marker that is no value of the program. It never leaves the places that
// are known here: whoever reads one of them asks first.

#include <algorithm>
#include <cstddef>

#include "lang/compiler/function_compiler_impl.h"

namespace fart::lang {

void FunctionCompiler::ThrowLate(const std::string& message, std::uint32_t offset) {
  if (offset != 0) At(offset);
  code_.Emit(Opcode::kThrowError, static_cast<std::uint32_t>(ThrownKind::kLate),
             code_.AddConstant(message));
}

// ---- Local variables ----------------------------------------------------------------------------

void FunctionCompiler::VisitLateDeclaration(const ast::Declarator& variable) {
  if (variable.late_initializer != nullptr) {
    const std::uint32_t slot = TakeSlot();
    VariableOf(variable.late_binding).slot = static_cast<int>(slot);
    EmitClosure(*variable.late_initializer, std::nullopt);
    code_.Emit(Opcode::kStoreLocal, slot);
  }
  At(variable.offset);
  code_.Emit(Opcode::kPushAbsent);
  DeclareVariable(variable);
}

void FunctionCompiler::LoadLate(int number) {
  const LocalVariable& variable = VariableOf(number);
  const SlotScope slots(*this);
  const std::uint32_t value = TakeSlot();
  Label is_set;
  code_.Emit(Opcode::kStoreLocal, value);
  code_.EmitJump(Opcode::kJumpIfGiven, value, is_set);
  if (variable.late_initializer == ast::kUnbound) {
    ThrowLate("Local '" + variable.name + "' has not been initialized.", 0);
  } else {
    LoadPlace(variable.late_initializer);
    code_.EmitCall(Opcode::kCallValue, SelectorConstant(MemberKind::kMethod, "call", 0), 1);
    CheckUnlessLibrary(variable.type, nullptr, Checked::kVariable, variable.name);
    if (variable.is_final) {
      LoadPlace(number);
      code_.Emit(Opcode::kStoreLocal, value);
      Label is_free;
      Label is_taken;
      code_.EmitJump(Opcode::kJumpIfGiven, value, is_taken);
      code_.EmitJump(Opcode::kJump, is_free);
      code_.Bind(is_taken);
      ThrowLate("Local '" + variable.name + "' has been assigned during initialization.", 0);
      code_.Bind(is_free);
    }
    code_.Emit(Opcode::kDup);
    code_.Emit(Opcode::kStoreLocal, value);
    StorePlace(number);
  }
  code_.Bind(is_set);
  code_.Emit(Opcode::kLoadLocal, value);
}

// [x] -> [x]
void FunctionCompiler::CheckNotSetYet(int number) {
  const SlotScope slots(*this);
  const std::uint32_t value = TakeSlot();
  Label is_set;
  Label is_free;
  LoadPlace(number);
  code_.Emit(Opcode::kStoreLocal, value);
  code_.EmitJump(Opcode::kJumpIfGiven, value, is_set);
  code_.EmitJump(Opcode::kJump, is_free);
  code_.Bind(is_set);
  ThrowLate("Local '" + VariableOf(number).name + "' has already been initialized.", 0);
  code_.Bind(is_free);
}

// ---- Fields and static variables ----------------------------------------------------------------

void FunctionCompiler::CompileLateAccessor(const ast::FunctionNode& node) {
  const ast::VariableNode& variable = *node.late;
  end_offset_ = node.offset;
  Prologue(node);
  context_.has_this = !function_.is_static;
  Target place;
  place.offset = node.offset;
  place.name = variable.late_storage;
  place.kind = Target::Kind::kThisProperty;
  if (function_.is_static) {
    place.kind = Target::Kind::kStatic;
    place.member = LookupName(context_.set, context_.place, variable.late_storage).member;
  }
  const auto throw_late = [&](const char* what) {
    ThrowLate("Field '" + variable.name + "' has " + what, node.offset);
  };
  const SlotScope slots(*this);
  const std::uint32_t value = TakeSlot();
  const auto load = [&] {
    PushReceiver(place);
    LoadFrom(place);
    code_.Emit(Opcode::kStoreLocal, value);
  };
  const auto store = [&] {  // [x] -> []
    code_.Emit(Opcode::kStoreLocal, value);
    PushReceiver(place);
    code_.Emit(Opcode::kLoadLocal, value);
    StoreTo(place);
  };
  const Checked what = function_.is_static ? Checked::kStatic : Checked::kField;
  Label is_set;
  if (node.form == ast::FunctionForm::kSetter) {
    if (variable.is_final) {
      load();
      code_.EmitJump(Opcode::kJumpIfGiven, value, is_set);
    }
    code_.Emit(Opcode::kLoadLocal, function_.parameter_count - 1);
    store();
    code_.Emit(Opcode::kReturnNull);
    code_.Bind(is_set);
    if (variable.is_final) throw_late("already been initialized.");
    return Finish();
  }
  load();
  code_.EmitJump(Opcode::kJumpIfGiven, value, is_set);
  if (variable.initializer == nullptr) {
    throw_late("not been initialized.");
  } else {
    Expect(variable.type, variable.initializer);
    Value(variable.initializer);
    CheckUnlessLibrary(variable.type, variable.initializer, what, variable.name);
    if (variable.is_final) {
      Label is_taken;
      load();
      code_.EmitJump(Opcode::kJumpIfGiven, value, is_taken);
      store();
      code_.EmitJump(Opcode::kJump, is_set);
      code_.Bind(is_taken);
      throw_late("been assigned during initialization.");
    } else {
      store();
    }
  }
  code_.Bind(is_set);
  code_.Emit(Opcode::kLoadLocal, value);
  code_.Emit(Opcode::kReturn);
  Finish();
}

// ---- Parameters for the superclass --------------------------------------------------------------

void FunctionCompiler::LoadOrNull() {
  const SlotScope slots(*this);
  const std::uint32_t value = TakeSlot();
  Label is_there;
  code_.Emit(Opcode::kStoreLocal, value);
  code_.EmitJump(Opcode::kJumpIfGiven, value, is_there);
  code_.Emit(Opcode::kPushNull);
  code_.Emit(Opcode::kStoreLocal, value);
  code_.Bind(is_there);
  code_.Emit(Opcode::kLoadLocal, value);
}

const Parameter* FunctionCompiler::SuperParameterOf(const ast::FunctionNode& node,
                                                    const ast::ParameterNode& parameter) {
  const TypeRef& superclass = context_.set.ClassOf(*context_.place.cls).superclass;
  const auto call =
      std::find_if(node.initializers.begin(), node.initializers.end(),
                   [](const auto& each) { return each.kind == ast::Initializer::Kind::kSuper; });
  if (superclass.kind != TypeRef::Kind::kClass || call == node.initializers.end()) return nullptr;
  const auto target =
      LookupConstructor(context_.set, context_.place.library, superclass.cls, call->name);
  if (!target) return nullptr;
  std::size_t place = 0;
  for (const ast::ParameterNode* each : node.parameters) {
    if (each == &parameter) break;
    if (each->is_super && each->kind != ast::ParameterKind::kNamed) ++place;
  }
  const bool is_named = parameter.kind == ast::ParameterKind::kNamed;
  const std::vector<Parameter>& parameters = context_.set.FunctionOf(*target).parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const bool has_name = parameters[i].kind == Parameter::Kind::kNamed;
    if (has_name != is_named) continue;
    if (is_named ? parameters[i].name == parameter.name : i == place) return &parameters[i];
  }
  return nullptr;
}

}  // namespace fart::lang
