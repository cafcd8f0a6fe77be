// FunctionCompiler -- reading and assigning to variables, properties and elements.

#include "lang/compiler/function_compiler_impl.h"

namespace fart::lang {

std::uint32_t FunctionCompiler::PushReceiver(const Target& target) {
  switch (target.kind) {
    case Target::Kind::kThisProperty:
    case Target::Kind::kSuperProperty:
      LoadThis();
      return 1;
    case Target::Kind::kProperty:
      if (target.object != nullptr) Value(target.object);
      return 1;
    case Target::Kind::kExtension:
      // That of a null-aware one has been pushed already.
      if (target.object != nullptr) {
        Value(target.object);
      } else if (!target.is_object_pushed) {
        LoadThis();
      }
      return 1;
    case Target::Kind::kIndex:
      if (target.object != nullptr) Value(target.object);
      Value(target.index);
      return 2;
    case Target::Kind::kSuperIndex:
      LoadThis();
      Value(target.index);
      return 2;
    case Target::Kind::kLocal:
    case Target::Kind::kStatic:
    case Target::Kind::kClass:
    case Target::Kind::kConstructor:
    case Target::Kind::kType:
    case Target::Kind::kMissing:
      return 0;
  }
  return 0;
}

void FunctionCompiler::DupReceiver(std::uint32_t word_count) {
  if (word_count == 1) code_.Emit(Opcode::kDup);
  if (word_count == 2) code_.Emit(Opcode::kDup2);
}

// [words] -> throws
void FunctionCompiler::ThrowMissing(MemberKind kind, const std::string& name,
                                    const std::string& reason, std::uint32_t words,
                                    std::uint32_t positional_count) {
  PushString(reason);
  code_.EmitNoSuchMethod(code_.AddConstant(Selector{kind, Name{name}, positional_count, {}}),
                         words + 1);
}

void FunctionCompiler::LoadStaticMember(const Target& target) {
  if (target.member.variable) {
    if (target.member.is_const) NoteUse(*target.member.variable, target.offset);
    code_.Emit(Opcode::kLoadStatic, code_.AddConstant(*target.member.variable));
  } else if (target.member.getter) {
    code_.Emit(Opcode::kCallStatic, code_.AddConstant(*target.member.getter), 0);
  } else if (target.member.method) {
    code_.Emit(Opcode::kPushConstant, code_.AddConstant(*target.member.method));
  } else {
    ThrowMissing(MemberKind::kGetter, target.name,
                 "'" + target.name + "' has a setter, but no getter.", 0, 0);
  }
}

void FunctionCompiler::StoreStaticMember(const Target& target) {
  if (target.member.variable && !target.member.is_final) {
    CheckToStore(target);
    code_.Emit(Opcode::kStoreStatic, code_.AddConstant(*target.member.variable));
  } else if (target.member.setter) {
    code_.Emit(Opcode::kCallStatic, code_.AddConstant(*target.member.setter), 1);
    code_.Emit(Opcode::kPop);
  } else if (context_.has_this && SetterBeside(target.name) != nullptr) {
    const SlotScope slots(*this);
    const std::uint32_t value = TakeSlot();
    code_.Emit(Opcode::kStoreLocal, value);
    LoadThis();
    code_.Emit(Opcode::kLoadLocal, value);
    code_.EmitCall(Opcode::kSetProperty, SelectorConstant(MemberKind::kSetter, target.name, 1), 2);
    code_.Emit(Opcode::kPop);  // LC-B4
  } else {
    const bool is_variable = target.member.variable.has_value();
    const bool is_function = target.member.method.has_value();
    RefuseTo(
        MemberKind::kSetter, target,
        "'" + target.name +
            (is_variable   ? (target.member.is_const ? "' is a constant and cannot be assigned to."
                                                     : "' is final and cannot be assigned to.")
             : is_function ? "' is a function and cannot be assigned to."
                           : "' has no setter, so it cannot be assigned to."),
        1);
  }
}

// What sets it, where the class has that beside what reads it: one of the two is static. Null:
// there is none.
const ClassMember* FunctionCompiler::SetterBeside(const std::string& name) const {
  if (!context_.place.cls) return nullptr;
  const ClassSource& cls = context_.set.ClassSourceOf(*context_.place.cls);
  const auto beside = cls.members.find(OtherSetterOf(name));
  return beside == cls.members.end() ? nullptr : &beside->second;
}

// What a class declares final has no setter in it. That of a subclass would be another member.
void FunctionCompiler::CheckFieldToSet(const Target& target) {
  const bool is_of_this =
      target.kind == Target::Kind::kThisProperty ||
      (target.object != nullptr && target.object->kind == ast::ExpressionKind::kThis);
  if (!is_of_this || !context_.place.cls || Meets(MetErrors::Of::kName)) return;
  const ClassSource& cls = context_.set.ClassSourceOf(*context_.place.cls);
  const auto found = cls.members.find(target.name);
  if (found == cls.members.end() || found->second.is_static) return;
  const ClassMember& member = found->second;
  if (member.variable < 0 || member.setter >= 0) return;
  if (!cls.fields[static_cast<std::size_t>(member.variable)]->is_final) return;
  Fail(target.offset, "The field '" + target.name + "' is final and cannot be assigned to.");
}

void FunctionCompiler::LoadFrom(const Target& target) {
  At(target.offset);
  switch (target.kind) {
    case Target::Kind::kLocal:
      return LoadVariable(target.variable);
    case Target::Kind::kStatic:
      return LoadStaticMember(target);
    case Target::Kind::kExtension:
      if (target.member.getter) {
        return code_.Emit(Opcode::kCallStatic, code_.AddConstant(*target.member.getter), 1);
      }
      [[fallthrough]];  // A method is torn off when the program runs.
    case Target::Kind::kThisProperty:
    case Target::Kind::kProperty:
      return code_.EmitCall(Opcode::kGetProperty,
                            SelectorConstant(MemberKind::kGetter, target.name, 0), 1);
    case Target::Kind::kSuperProperty:
      CheckSuperMember(target.name, MemberKind::kGetter, target.offset);
      return code_.EmitCall(Opcode::kCallSuper,
                            SelectorConstant(MemberKind::kGetter, target.name, 0), 1);
    case Target::Kind::kIndex:
      return code_.EmitOperator(Opcode::kGetIndex);
    case Target::Kind::kSuperIndex:
      CheckSuperMember("[]", MemberKind::kMethod, target.offset);
      return code_.EmitCall(Opcode::kCallSuper, SelectorConstant(MemberKind::kMethod, "[]", 1), 2);
    case Target::Kind::kClass: {
      if (context_.set.ClassOf(target.cls).is_extension) {
        return Fail(target.offset, "'" + target.name + "' is an extension and no value.");
      }
      const TypeRef type{TypeRef::Kind::kClass, target.cls, {}, target.name};
      return code_.Emit(Opcode::kPushConstant, code_.AddConstant(type));
    }
    case Target::Kind::kType:
      if (const std::string why = WhyUnbound(target.name); !why.empty()) {
        if (!Meets(MetErrors::Of::kType)) return Fail(target.offset, why);
        return ThrowUnknownType(why, target.offset);
      }
      return EmitTypeValue(TypeNamed(target.name, {}, target.offset));
    case Target::Kind::kConstructor:
      return EmitTearOff(target, std::nullopt);
    case Target::Kind::kMissing:
      return ThrowMissing(target, MemberKind::kGetter, 0, 0);
  }
}

void FunctionCompiler::StoreTo(const Target& target) {
  At(target.offset);
  switch (target.kind) {
    case Target::Kind::kLocal:
      if (VariableOf(target.variable).is_fixed()) {
        return RefuseTo(MemberKind::kSetter, target,
                        "'" + target.name + "' is final and cannot be assigned to.", 1);
      }
      CheckToStore(target);
      return StoreVariable(target.variable);
    case Target::Kind::kStatic:
      return StoreStaticMember(target);
    case Target::Kind::kExtension:
      if (target.member.setter) {
        code_.Emit(Opcode::kCallStatic, code_.AddConstant(*target.member.setter), 2);
        break;
      }
      [[fallthrough]];  // As above.
    case Target::Kind::kThisProperty:
      if (const ClassMember* const beside = SetterBeside(target.name)) {
        const FunctionRef setter{context_.place.cls->library, beside->setter};
        code_.Emit(Opcode::kCallStatic, code_.AddConstant(setter), 1);
        code_.Emit(Opcode::kPop);
        break;
      }
      [[fallthrough]];
    case Target::Kind::kProperty:
      CheckFieldToSet(target);
      code_.EmitCall(Opcode::kSetProperty, SelectorConstant(MemberKind::kSetter, target.name, 1),
                     2);
      break;
    case Target::Kind::kSuperProperty:
      CheckSuperMember(target.name, MemberKind::kSetter, target.offset);
      code_.EmitCall(Opcode::kCallSuper, SelectorConstant(MemberKind::kSetter, target.name, 1), 2);
      break;
    case Target::Kind::kIndex:
      CheckElement();
      code_.EmitOperator(Opcode::kSetIndex);
      break;
    case Target::Kind::kSuperIndex:
      CheckSuperMember("[]=", MemberKind::kMethod, target.offset);
      code_.EmitCall(Opcode::kCallSuper, SelectorConstant(MemberKind::kMethod, "[]=", 2), 3);
      break;
    case Target::Kind::kClass:
    case Target::Kind::kConstructor:
    case Target::Kind::kType:
      RefuseTo(MemberKind::kSetter, target, "'" + target.name + "' cannot be assigned to.", 1);
      break;
    case Target::Kind::kMissing:
      ThrowMissing(target, MemberKind::kSetter, 1, 1);
      break;
  }
  code_.Emit(Opcode::kPop);  // LC-B4
}

void FunctionCompiler::Load(ast::Expression* expression) {
  const Target target = Analyze(expression);
  const auto load = [this](const Target& t) {
    PushReceiver(t);
    LoadFrom(t);
  };
  if (target.is_null_aware) return NullAware(target, Use::kValue, load);
  load(target);
}

void FunctionCompiler::NullAware(Target target, Use use,
                                 const std::function<void(const Target&)>& action) {
  Value(target.object);
  target.object = nullptr;
  target.is_null_aware = false;
  target.is_object_pushed = true;
  code_.Emit(Opcode::kDup);
  code_.EmitJump(Opcode::kJumpIfNull, *short_exit_);
  action(target);
  if (use == Use::kEffect) code_.Emit(Opcode::kPop);
}

// ---- Assignment ---------------------------------------------------------------------------------

void FunctionCompiler::AssignTo(ast::Assignment& node, Use use) {
  const auto assign = [this, &node](const Target& target, Use wanted) {
    switch (node.form) {
      case ast::AssignmentForm::kPlain:
        return AssignPlain(target, node, wanted);
      case ast::AssignmentForm::kIfNull:
        return AssignIfNull(target, node, wanted);
      case ast::AssignmentForm::kCompound:
        return Modify(
            target, [this, &node] { EmitBinary(node.op, node.value, node.offset); }, false, wanted);
    }
  };
  const Target target = Analyze(node.target);
  if (target.is_null_aware) {
    return NullAware(target, use, [&assign](const Target& t) { assign(t, Use::kValue); });
  }
  assign(target, use);
}

void FunctionCompiler::AssignPlain(const Target& target, ast::Assignment& node, Use use) {
  const SlotScope slots(*this);
  const std::uint32_t words = PushReceiver(target);
  if (AsksForType(node.value)) Expect(TypeToStore(target));
  Value(node.value);
  if (use == Use::kEffect) return StoreTo(target);
  code_.Emit(Opcode::kDup);
  if (words == 0) return StoreTo(target);
  const std::uint32_t value = TakeSlot();
  code_.Emit(Opcode::kStoreLocal, value);
  StoreTo(target);
  code_.Emit(Opcode::kLoadLocal, value);
}

void FunctionCompiler::AssignIfNull(const Target& target, ast::Assignment& node, Use use) {
  const SlotScope slots(*this);
  const std::uint32_t value = TakeSlot();
  Label is_there;
  Label end;
  const std::uint32_t words = PushReceiver(target);
  DupReceiver(words);
  LoadFrom(target);
  code_.Emit(Opcode::kDup);
  code_.Emit(Opcode::kStoreLocal, value);
  code_.EmitJump(Opcode::kJumpIfNotNull, is_there);
  if (AsksForType(node.value)) Expect(TypeToStore(target));
  Value(node.value);
  code_.Emit(Opcode::kDup);
  code_.Emit(Opcode::kStoreLocal, value);
  StoreTo(target);
  code_.EmitJump(Opcode::kJump, end);
  code_.Bind(is_there);
  for (std::uint32_t i = 0; i < words; ++i) code_.Emit(Opcode::kPop);
  code_.Bind(end);
  if (use == Use::kValue) code_.Emit(Opcode::kLoadLocal, value);
}

void FunctionCompiler::Modify(const Target& target, const std::function<void()>& modify,
                              bool is_postfix, Use use) {
  const SlotScope slots(*this);
  const std::uint32_t words = PushReceiver(target);
  DupReceiver(words);
  LoadFrom(target);
  if (use == Use::kEffect) {
    modify();
    return StoreTo(target);
  }
  const std::uint32_t value = words == 0 ? 0 : TakeSlot();
  const auto keep = [&] {
    code_.Emit(Opcode::kDup);
    if (words > 0) code_.Emit(Opcode::kStoreLocal, value);
  };
  if (is_postfix) keep();
  modify();
  if (!is_postfix) keep();
  StoreTo(target);
  if (words > 0) code_.Emit(Opcode::kLoadLocal, value);
}

void FunctionCompiler::VisitIncrement(ast::Increment& node, Use use) {
  const auto modify = [this, &node] {
    At(node.offset);
    code_.EmitOperator(node.is_decrement ? Opcode::kSubSmi : Opcode::kAddSmi, 1);
  };
  const Target target = Analyze(node.target);
  if (target.is_null_aware) {
    return NullAware(target, use,
                     [&](const Target& t) { Modify(t, modify, !node.is_prefix, Use::kValue); });
  }
  Modify(target, modify, !node.is_prefix, use);
}

}  // namespace fart::lang
