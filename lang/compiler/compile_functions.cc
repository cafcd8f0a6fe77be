// FunctionCompiler -- whole functions: parameters, constructors, closures, initialisers.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <unordered_set>
#include <utility>
#include <vector>

#include "lang/compiler/declarer.h"
#include "lang/compiler/foreign_types.h"
#include "lang/compiler/function_compiler.h"
#include "lang/compiler/function_compiler_impl.h"
#include "lang/compiler/name_linker.h"
#include "lang/compiler/pairs.h"
#include "lang/syntax/parser.h"

namespace fart::lang {
namespace {

bool NeedsCode(const ast::Expression* initializer) {
  return initializer != nullptr && initializer->kind != ast::ExpressionKind::kNullLiteral;
}

// Closures in closures in closures do not make names as long as the program is deep.
constexpr std::size_t kMaxQualifiedName = 200;

std::string NameOfClosure(const std::string& outer, const std::string& own) {
  const std::string name = own.empty() ? "<anonymous closure>" : own;
  const bool is_long = outer.size() + name.size() > kMaxQualifiedName;
  if (!is_long) return outer + "." + name;
  return outer.ends_with("...") ? outer : outer + "....";
}

// Takes back what was written of a body that did not come to its end, so that it can be tried
// again.
class Draft {
 public:
  explicit Draft(CompiledFunction& function) : function_(function) {}
  ~Draft() {
    if (is_kept_) return;
    function_.is_compiled = false;
    function_.code.clear();
    function_.constants.clear();
    function_.handlers.clear();
    function_.lines.clear();
    function_.call_types.reset();
    function_.types_slot = CompiledFunction::kNone;
    function_.slot_count = function_.max_operands = function_.cache_count = 0;
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void Keep() { is_kept_ = true; }

 private:
  CompiledFunction& function_;
  bool is_kept_ = false;
};

bool IsRedirecting(const ast::FunctionNode* node) {
  return node != nullptr && node->is_redirecting();
}

}  // namespace

std::optional<SyntaxError> CompileBody(LibrarySet& set, FunctionRef ref) {
  CompiledLibrary& library = set.OwnLibrary(ref.library);
  CompiledFunction& function = set.OwnFunctionOf(ref);
  const LibrarySource& library_source = set.source(ref.library);
  const FunctionSource source = library_source.functions[static_cast<std::size_t>(ref.function)];
  CompilationUnit& unit = *library_source.units[static_cast<std::size_t>(source.file)];
  const SourceFile& file = *unit.file;
  if (source.node != nullptr) {
    if (auto error = ReadBody(unit, *source.node)) return error;
  }

  LexicalPlace place;
  place.library = ref.library;
  if (function.owner_class != CompiledFunction::kNoOwner) {
    place.cls = ClassRef{ref.library, function.owner_class};
  }
  if (source.node != nullptr) {
    for (const ast::TypeParameter* parameter : source.node->type_parameters) {
      place.type_parameters.push_back(parameter->name);
    }
  }
  place.has_class_types =
      place.cls && (!function.is_static || function.kind == FunctionKind::kFactory);
  const SourceFile* written_in = &file;
  const bool is_constructor = function.kind == FunctionKind::kGenerativeConstructor;
  ResolverInput input;
  input.function = source.node;
  input.has_receiver = function.has_receiver();
  if (is_constructor && !IsRedirecting(source.node)) {
    // A mixin's initialisers mean what they mean where they are written.
    const ClassRef cls = set.MixedIn(*place.cls);
    if (cls != *place.cls) {
      place.library = cls.library;
      place.cls = cls;
      const auto unit = static_cast<std::size_t>(set.HeaderOf(cls).file);
      written_in = set.source(cls.library).units[unit]->file.get();
    }
    for (const ast::VariableNode* field : set.FieldsToCompile(cls)) {
      if (NeedsCode(field->initializer)) input.before_parameters.push_back(field->initializer);
    }
  }
  input.met = MetErrors(set, place.library);
  BodyContext context{set,   library,    ref,   function.owner_class,
                      place, written_in, &file, PlaceCursor(file),
                      {},    false,      {},    &input,
                      {},    input.met};
  if (source.initializer != nullptr) input.before_parameters.push_back(source.initializer);
  input.is_implicit_this = [&](const std::string& name) {
    const NameMeaning::Kind kind = LookupName(set, place, name).kind;
    return kind == NameMeaning::Kind::kInstance || kind == NameMeaning::Kind::kNothing;
  };
  if (auto error = Resolve(*written_in, input, &context.resolution)) return error;

  Draft draft(function);
  // A factory's class's are its own.
  const bool is_method = place.has_class_types && function.kind != FunctionKind::kFactory;
  const int outer_types =
      is_method ? static_cast<int>(set.ClassOf(*place.cls).type_parameters.size()) : 0;
  FunctionCompiler compiler(context, function, context.resolution.functions.front(), outer_types);
  if (source.initializer != nullptr) {
    compiler.CompileInitializer(source.initializer, {ref.library, source.variable});
  } else if (is_constructor) {
    compiler.CompileConstructor(source.node);
  } else if (source.field >= 0) {
    compiler.CompileCheckedSetter(source.field);
  } else if (source.node->late != nullptr) {
    compiler.CompileLateAccessor(*source.node);
  } else if (!source.node->redirection.empty()) {
    compiler.CompileRedirectingFactory(*source.node);
  } else {
    compiler.CompileFunction(*source.node);
  }
  if (context.error) return std::move(context.error);
  draft.Keep();
  return std::nullopt;
}

namespace {

// What is said there of C is read, and refused, by others (foreign_declarations.cc).
bool IsOfForeign(LibrarySet& set, int library, const std::vector<std::string>& names) {
  const Entity* entity = FindVisible(set, library, "", names[0]);
  const bool is_prefix = entity == nullptr || entity->kind == Entity::Kind::kPrefix;
  if (is_prefix && names.size() > 1) entity = FindVisible(set, library, names[0], names[1]);
  if (entity == nullptr || entity->kind != Entity::Kind::kClass) return false;
  // Of a program's own types of C too.
  for (ClassRef cls{entity->library, entity->index};; cls = set.ClassOf(cls).superclass.cls) {
    if (set.library(cls.library).uri == "dart:ffi") return true;
    if (set.ClassOf(cls).superclass.kind != TypeRef::Kind::kClass) return false;
  }
}

}  // namespace

// Compiles it as a constant that belongs to nobody: what comes of that is thrown away.
std::optional<SyntaxError> CheckAnnotation(LibrarySet& set, int number, int file,
                                           const ast::ClassNode* cls, ast::Annotation& annotation) {
  if (IsOfForeign(set, number, annotation.names)) return std::nullopt;
  CompiledLibrary home;
  home.number = number;
  home.uri = set.library(number).uri;
  const LibrarySource& source = set.source(number);
  LexicalPlace place;
  place.library = number;
  for (std::size_t i = 0; cls != nullptr && i < source.classes.size(); ++i) {
    if (source.classes[i].node == cls && !source.classes[i].is_anonymous) {
      place.cls = ClassRef{number, static_cast<int>(i)};
    }
  }
  const SourceFile& written_in = *source.units[static_cast<std::size_t>(file)]->file;
  ResolverInput input;
  input.before_parameters.push_back(annotation.value);
  input.is_implicit_this = [](const std::string&) { return false; };
  CompiledFunction function;
  function.kind = FunctionKind::kStaticInitializer;
  BodyContext context{set,
                      home,
                      FunctionRef{number, CompiledFunction::kNone},
                      CompiledFunction::kNoOwner,
                      place,
                      &written_in,
                      &written_in,
                      PlaceCursor(written_in),
                      {},
                      false,
                      {},
                      &input,
                      {},
                      {}};
  if (auto error = Resolve(written_in, input, &context.resolution)) return error;
  FunctionCompiler(context, function, context.resolution.functions.front(), 0)
      .CheckMetadata(annotation.value);
  return std::move(context.error);
}

FunctionCompiler::FunctionCompiler(BodyContext& context, CompiledFunction& function,
                                   FunctionScope& scope, int outer_types)
    : context_(context),
      function_(function),
      scope_(scope),
      code_(function),
      next_slot_(function.parameter_count),
      outer_types_(outer_types) {
  function_.slot_count = next_slot_;
}

void FunctionCompiler::Fail(std::uint32_t offset, std::string message) {
  if (is_asking_) return;
  if (!context_.error) context_.error = context_.file->ErrorAt(offset, std::move(message));
  code_.Abandon();
}

void FunctionCompiler::At(std::uint32_t offset) {
  if (context_.file != context_.home_file) return;
  const SourcePlace place = context_.cursor.PlaceOf(offset);
  code_.SetPlace(static_cast<std::uint32_t>(place.line), static_cast<std::uint32_t>(place.column));
}

std::uint32_t FunctionCompiler::TakeSlot() {
  const std::uint32_t slot = next_slot_++;
  if (next_slot_ > function_.slot_count) function_.slot_count = next_slot_;
  return slot;
}

// ---- Functions ----------------------------------------------------------------------------------

void FunctionCompiler::NoteDeclaredType(const ast::FunctionNode& node) {
  if (context_.home.uri.starts_with("dart:")) return;
  const TypeNames names = TypeNamesAt(context_.set, context_.place);
  bool is_declared = false;
  const auto part = [&](const ast::Type* written) {
    TypeRef type;
    if (written != nullptr) {
      type = ResolveType(context_.set, context_.place.library, names, *written);
    }
    if (type.kind == TypeRef::Kind::kUnresolved) type = {};
    if (type.kind == TypeRef::Kind::kDynamic) type.text = "dynamic";
    is_declared |= type.kind != TypeRef::Kind::kDynamic;
    return type;
  };
  auto type = std::make_unique<TypeRef>();
  type->kind = TypeRef::Kind::kFunction;
  type->arguments.push_back(part(node.return_type));
  std::vector<TypeRef::Parameter> parameters;
  for (const ast::ParameterNode* parameter : node.parameters) {
    type->arguments.push_back(part(parameter->type));
    TypeRef::Parameter& added = parameters.emplace_back();
    if (parameter->kind == ast::ParameterKind::kOptional) {
      added.kind = TypeRef::Parameter::Kind::kOptional;
    } else if (parameter->kind == ast::ParameterKind::kNamed) {
      added = {TypeRef::Parameter::Kind::kNamed, parameter->name};
    }
  }
  type->parameters = std::make_shared<const std::vector<TypeRef::Parameter>>(std::move(parameters));
  SetText(type.get(), "");
  if (is_declared) function_.declared_type = std::move(type);
}

// Defaults of what was left out, and cells for parameters that need one.
void FunctionCompiler::Prologue(const ast::FunctionNode& node) {
  At(node.offset);
  std::uint32_t slot = function_.is_static ? 0 : 1;
  for (std::size_t i = 0; i < node.parameters.size(); ++i, ++slot) {
    const ast::ParameterNode& parameter = *node.parameters[i];
    VariableOf(parameter.binding).slot = static_cast<int>(slot);
    if (!function_.parameters[i].has_default) continue;
    if (parameter.default_value == nullptr) {  // A `super.x` that may be passed on as absent.
      const Parameter* above = SuperParameterOf(node, parameter);
      if (above != nullptr && above->has_default) continue;
      code_.Emit(Opcode::kLoadLocal, slot);
      LoadOrNull();
      code_.Emit(Opcode::kStoreLocal, slot);
      continue;
    }
    const ConstnessScope constant(*this, Constness::kConstant);
    const PartScope part(*this, function_.is_const, static_cast<int>(i));
    Label given;
    code_.EmitJump(Opcode::kJumpIfGiven, slot, given);
    const ast::Type* type = parameter.type;
    if (type == nullptr && parameter.is_field) {
      type = TypeOfField(*context_.place.cls, parameter.name);
    }
    Expect(type, parameter.default_value);
    Value(parameter.default_value);
    code_.Emit(Opcode::kStoreLocal, slot);
    code_.Bind(given);
  }
  CheckParameters(node);
  // Only now: a default may not see the parameters, so none of them needs its cell before.
  for (const ast::ParameterNode* parameter : node.parameters) {
    const LocalVariable& variable = VariableOf(parameter->binding);
    if (!variable.needs_cell()) continue;
    code_.Emit(Opcode::kLoadLocal, static_cast<std::uint32_t>(variable.slot));
    code_.Emit(Opcode::kNewCell, static_cast<std::uint32_t>(variable.slot));
  }
}

void FunctionCompiler::Body(ast::FunctionNode& node) {
  return_type_ = node.return_type;
  PrepareResult(node);
  if (node.expression != nullptr) {
    ExpectReturn(node.expression);
    Value(node.expression);
    CheckResult(node.expression);
    At(node.offset);
    code_.Emit(Opcode::kReturn);
  } else if (node.block != nullptr) {
    const SlotScope slots(*this);
    VisitStatements(node.block->statements);
    end_offset_ = node.block->end_offset;
    At(end_offset_);
  } else if (node.is_native) {
    for (std::uint32_t i = 0; i < function_.parameter_count; ++i) {
      code_.Emit(Opcode::kLoadLocal, i);
    }
    code_.Emit(Opcode::kCallNative, function_.parameter_count);
    code_.Emit(Opcode::kReturn);
  }
}

void FunctionCompiler::Finish() {
  code_.Emit(Opcode::kReturnNull);
  if (lowest_type_ != kNoType) {
    function_.types_slot = static_cast<int>(function_.slot_count++);
    if (function_.kind == FunctionKind::kClosure && lowest_type_ < outer_types_) {
      function_.captured_types = static_cast<int>(scope_.captured.size());
    }
    code_.Prepend(Opcode::kLoadTypeArguments);
  }
  if (!code_.FitsLimits()) Fail(end_offset_, "This function is too large.");
  PairUp(function_.code);
  function_.is_compiled = true;  // LC-L3: nothing is written to it from here on.
}

void FunctionCompiler::CompileFunction(ast::FunctionNode& node) {
  end_offset_ = node.offset;
  NoteDeclaredType(node);
  Prologue(node);
  context_.has_this = context_.has_this || function_.kind != FunctionKind::kClosure;
  if (function_.is_static) context_.has_this = false;
  Body(node);
  Finish();
}

void FunctionCompiler::EmitClosure(ast::FunctionNode& node,
                                   const std::optional<TypeRef>& expected) {
  // One that is never made may be wrong all the same.
  if (!code_.is_reachable() && context_.error) return;
  if (node.parameters.size() + 1 > kMaxArguments) {
    return Fail(node.offset, "This function has too many parameters.");
  }
  auto declared = std::make_unique<CompiledFunction>();
  CompiledFunction& closure = *declared;
  closure.kind = FunctionKind::kClosure;
  closure.name = context_.home.NameOf(node.name);
  closure.qualified_name = NameOfClosure(function_.qualified_name, node.name);
  closure.owner_class = context_.owner_class;
  closure.source_file = function_.source_file;
  DeclareParameters(node, closure);
  const TypeNames names = TypeNamesAt(context_.set, context_.place);
  const auto outer_types = static_cast<int>(names.in_force.size());
  if (!node.type_parameters.empty()) {
    LinkSignature(context_.set, context_.place.library, node, names, closure);
  }
  const FunctionRef ref{context_.home.number, static_cast<int>(context_.home.functions.size())};
  context_.home.functions.push_back(std::move(declared));  // LC-L1
  FunctionScope& scope = *context_.resolution.scope_of.at(&node);
  for (const int variable : scope.captured) {
    closure.captured_names.push_back(context_.resolution.variable(variable).name);
  }
  const int lowest_type = CompileClosure(node, scope, outer_types, closure, expected);

  for (const int variable : scope.captured) PushCaptured(variable);
  auto captured = static_cast<std::uint32_t>(scope.captured.size());
  if (closure.captured_types != CompiledFunction::kNone) {
    NeedTypeArgument(lowest_type);
    code_.Emit(Opcode::kPushTypeArguments);
    ++captured;
  }
  At(node.offset);
  code_.Emit(Opcode::kMakeClosure, code_.AddConstant(ref), captured);
}

void FunctionCompiler::EmitTearOff(const Target& target, const std::optional<TypeRef>& type) {
  const auto ref = LookupConstructor(context_.set, context_.place.library, target.cls, target.name);
  if (!ref) return Fail(target.offset, UnknownInClass(target.cls, target.name));
  const CompiledFunction& constructor = context_.set.FunctionOf(*ref);
  const CompiledClass& cls = context_.set.ClassOf(target.cls);
  const std::string text =
      cls.name.text + "." + (target.name.empty() ? std::string("new") : target.name);
  const bool makes_objects = constructor.kind == FunctionKind::kFactory;
  if (!makes_objects && (cls.is_abstract || cls.is_enum)) {
    return Fail(target.offset, "'" + text + "' makes no object, so it cannot be torn off: '" +
                                   cls.name.text + "' is " +
                                   (cls.is_enum ? "an enum." : "abstract."));
  }
  if (type && type->is_open()) {
    return Fail(target.offset, "'" + text +
                                   "' with type parameters as its type arguments is not "
                                   "supported without a call.");
  }
  if (!code_.is_reachable()) return;
  LibrarySource& source = context_.set.OwnSource(context_.home.number);
  const std::pair<int, int> key(ref->library, ref->function);
  const auto known = source.torn_off.find(key);
  TornOff torn_off;
  if (!type && known != source.torn_off.end()) {
    torn_off = known->second;
  } else {
    auto declared = std::make_unique<CompiledFunction>();
    CompiledFunction& closure = *declared;
    closure.kind = FunctionKind::kClosure;
    closure.name = context_.home.NameOf(text);
    closure.qualified_name = text;
    closure.source_file = function_.source_file;
    closure.parameters = constructor.parameters;
    closure.required_count = constructor.required_count;
    closure.parameter_count = static_cast<std::uint32_t>(closure.parameters.size()) + 1;
    torn_off.closure = {context_.home.number, static_cast<int>(context_.home.functions.size())};
    context_.home.functions.push_back(std::move(declared));  // LC-L1
    FunctionScope scope;
    FunctionCompiler compiler(context_, closure, scope, 0);
    compiler.CompileTearOff(target.cls, *ref, type);
    torn_off.object = {context_.home.number, static_cast<int>(context_.home.statics.size())};
    auto object = std::make_unique<CompiledStatic>();
    object->is_final = true;
    context_.home.statics.push_back(std::move(object));
    if (!type) source.torn_off[key] = torn_off;
  }
  const std::uint32_t constant = code_.AddConstant(torn_off.object);
  Label is_made;
  code_.EmitJump(Opcode::kLoadOnce, constant, is_made);
  code_.Emit(Opcode::kMakeClosure, code_.AddConstant(torn_off.closure), 0);
  code_.Emit(Opcode::kFinishOnce, constant);
  code_.Bind(is_made);
}

// What was left out stays absent, so that the constructor's own defaults count.
void FunctionCompiler::CompileTearOff(ClassRef cls, FunctionRef constructor,
                                      const std::optional<TypeRef>& type) {
  const CompiledFunction& function = context_.set.FunctionOf(constructor);
  ast::Arguments arguments;
  std::vector<std::uint32_t> slots;
  for (const Parameter& parameter : function.parameters) {
    slots.push_back(static_cast<std::uint32_t>(slots.size()) + 1);
    if (parameter.kind == Parameter::Kind::kNamed) {
      arguments.named.push_back({parameter.name, nullptr});
    } else {
      arguments.positional.push_back(nullptr);
    }
  }
  if (function.kind == FunctionKind::kFactory) {
    for (const std::uint32_t slot : slots) code_.Emit(Opcode::kLoadLocal, slot);
    TypesOfCall types;
    if (type) types.types = type->arguments;
    FinishStaticCall(constructor, arguments, 0, types);
  } else {
    const std::uint32_t receiver = TakeSlot();
    code_.Emit(Opcode::kAllocate, code_.AddConstant(cls));
    if (type) SetTypes(*type);
    code_.Emit(Opcode::kDup);
    code_.Emit(Opcode::kStoreLocal, receiver);
    CallConstructor(cls, constructor, receiver, arguments, slots, 0);
  }
  code_.Emit(Opcode::kReturn);
  Finish();
}

int FunctionCompiler::CompileClosure(ast::FunctionNode& node, FunctionScope& scope, int outer_types,
                                     CompiledFunction& closure,
                                     const std::optional<TypeRef>& expected) {
  const std::size_t outer_type_parameters = context_.place.type_parameters.size();
  for (const ast::TypeParameter* parameter : node.type_parameters) {
    context_.place.type_parameters.push_back(parameter->name);
  }
  // Not in the frame: closures nest.
  const auto compiler = std::make_unique<FunctionCompiler>(context_, closure, scope, outer_types);
  if (node.type_parameters.empty()) compiler->TakeExpected(node, expected);
  if (node.suspends == ast::Suspends::kAsync) compiler->PrepareAsyncResult(*this);
  compiler->CompileFunction(node);
  context_.place.type_parameters.resize(outer_type_parameters);
  return compiler->lowest_type_;
}

void FunctionCompiler::TakeExpected(const ast::FunctionNode& node,
                                    const std::optional<TypeRef>& expected) {
  if (!expected || expected->kind != TypeRef::Kind::kFunction || expected->parameters == nullptr) {
    return;
  }
  expected_return_ = expected->arguments.front();
  const std::vector<TypeRef::Parameter>& parameters = *expected->parameters;
  for (std::size_t i = 0; i < node.parameters.size() && i < parameters.size(); ++i) {
    const ast::ParameterNode& parameter = *node.parameters[i];
    const bool is_plain = parameter.kind != ast::ParameterKind::kNamed &&
                          parameters[i].name.empty() && parameter.type == nullptr;
    if (is_plain && parameter.binding != ast::kUnbound) {
      VariableOf(parameter.binding).inferred = expected->arguments[1 + i];
    }
  }
}

void FunctionCompiler::ExpectReturn(ast::Expression* value) {
  if (return_type_ != nullptr || !expected_return_ || !AsksForType(value)) {
    return Expect(return_type_, value);
  }
  Expect(expected_return_);
}

// A static variable's first value. If computing it throws, the next read tries again.
void FunctionCompiler::CompileInitializer(ast::Expression* initializer, StaticRef variable) {
  end_offset_ = initializer->offset;
  At(initializer->offset);
  const std::uint32_t constant = code_.AddConstant(variable);
  const std::uint32_t exception_slot = TakeSlot();
  const std::uint32_t trace_slot = TakeSlot();
  const std::uint32_t start = code_.Here();
  const CompiledLibrary& library = context_.set.library(variable.library);
  const bool is_const = library.statics[static_cast<std::size_t>(variable.variable)]->is_const;
  const ConstnessScope constness(*this, is_const ? Constness::kInConst : Constness::kAnything);
  const PartScope part(*this, is_const, DependentPart::kValue);
  const LibrarySource& source = context_.set.source(variable.library);
  if (is_const) {
    ConstantValue value = Evaluate(*initializer, nullptr);
    if (CanBeComputed(value)) context_.set.SetValueOf(variable, std::move(value));
  }
  const FlagScope evaluated(&is_evaluated_, is_const);
  Expect(source.static_types[static_cast<std::size_t>(variable.variable)], initializer);
  Value(initializer);
  At(initializer->offset);
  CheckUnlessLibrary(source.static_types[static_cast<std::size_t>(variable.variable)], initializer,
                     Checked::kStatic,
                     library.statics[static_cast<std::size_t>(variable.variable)]->name.text);
  code_.Emit(Opcode::kDup);
  code_.Emit(Opcode::kFinishStatic, constant);
  code_.Emit(Opcode::kReturn);
  code_.BeginHandler(start, code_.Here(), exception_slot, trace_slot);
  code_.Emit(Opcode::kAbortStatic, constant);
  code_.Emit(Opcode::kRethrow, exception_slot, trace_slot);
  Finish();
}

void FunctionCompiler::CheckMetadata(ast::Expression* value) {
  const ConstnessScope constness(*this, Constness::kInConst);
  if (!CanBeComputed(*value)) return;
  const FlagScope evaluated(&is_evaluated_, true);
  Value(value);
}

// What the caller leaves out is left out here, so that the constructor's own defaults count; but
// one that has none takes null.
void FunctionCompiler::CompileRedirectingFactory(ast::FunctionNode& node) {
  end_offset_ = node.offset;
  const Target target = AnalyzeConstructor(node.redirection, node.offset);
  const auto ref =
      target.kind != Target::Kind::kConstructor
          ? std::nullopt
          : LookupConstructor(context_.set, context_.place.library, target.cls, target.name);
  const auto takes_absent = [&](std::size_t i) {
    if (!ref) return false;
    const std::vector<Parameter>& parameters = context_.set.FunctionOf(*ref).parameters;
    if (node.parameters[i]->kind != ast::ParameterKind::kNamed) {
      return i < parameters.size() && parameters[i].has_default;
    }
    const auto same =
        std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& parameter) {
          return parameter.kind == Parameter::Kind::kNamed &&
                 parameter.name == node.parameters[i]->name;
        });
    return same != parameters.end() && same->has_default;
  };
  At(node.offset);
  for (std::size_t i = 0; i < node.parameters.size(); ++i) {
    const auto slot = static_cast<std::uint32_t>(i);
    VariableOf(node.parameters[i]->binding).slot = static_cast<int>(slot);
    if (!function_.parameters[i].has_default || takes_absent(i)) continue;
    code_.Emit(Opcode::kLoadLocal, slot);
    LoadOrNull();
    code_.Emit(Opcode::kStoreLocal, slot);
  }
  ast::Arguments arguments;
  std::vector<std::unique_ptr<ast::Identifier>> identifiers;
  for (const ast::ParameterNode* parameter : node.parameters) {
    auto& identifier = identifiers.emplace_back(std::make_unique<ast::Identifier>());
    identifier->offset = node.offset;
    identifier->name = parameter->name;
    identifier->binding = parameter->binding;
    identifier->passes_absent = true;
    if (parameter->kind == ast::ParameterKind::kNamed) {
      arguments.named.push_back({parameter->name, identifier.get()});
    } else {
      arguments.positional.push_back(identifier.get());
    }
  }
  if (function_.is_const && ref && !IsConstConstructor(target.cls, *ref)) {
    return Fail(node.offset, "This constructor is 'const', and the one it passes on to is not.");
  }
  const PartScope part(*this, true, DependentPart::kValue);
  Construct(
      target, arguments, node.redirection_arguments,
      function_.generic == nullptr ? std::nullopt : std::optional(function_.generic->return_type));
  PrepareResult(node);
  if (result_) Check(result_, nullptr, Checked::kResult, result_name_);
  code_.Emit(Opcode::kReturn);
  Finish();
}

// ---- Constructors -------------------------------------------------------------------------------

void FunctionCompiler::CompileConstructor(ast::FunctionNode* node) {
  end_offset_ =
      node != nullptr ? node->offset : context_.set.HeaderOf(*context_.place.cls).node->offset;
  At(end_offset_);
  if (node != nullptr) Prologue(*node);
  if (function_.is_const) CheckConstConstructor(end_offset_);
  if (IsRedirecting(node)) {
    EmitRedirection(node->initializers[0]);
  } else {
    const PartScope part(*this, function_.is_const, DependentPart::kValue);
    EmitInitializers(node);
  }
  context_.has_this = true;
  if (node != nullptr) Body(*node);
  code_.Emit(Opcode::kLoadLocal, 0);
  code_.Emit(Opcode::kReturn);
  Finish();
}

void FunctionCompiler::CheckConstConstructor(std::uint32_t offset) {
  const ClassSource& cls = context_.set.ClassSourceOf(*context_.place.cls);
  for (const ast::VariableNode* field : cls.fields) {
    if (field->is_final) continue;
    const std::string& name = field->late_name.empty() ? field->name : field->late_name;
    return Fail(offset, "This constructor cannot be constant: the field '" + name +
                            (field->late_name.empty() ? "' is not final." : "' is late."));
  }
}

// The fields' own ones, then those of the parameters and of the list, and at last the superclass's
// constructor, wherever it stands in the list: its arguments are computed there, but what it runs
// may use any field.
void FunctionCompiler::EmitInitializers(const ast::FunctionNode* node) {
  const SlotScope slots(*this);
  EmitFieldInitializers();
  // An application's constructor does nothing else.
  const bool is_application = context_.owner_class != context_.place.cls->cls ||
                              context_.home.number != context_.place.library;
  if (is_application) return;
  const ConstnessScope constant(
      *this, function_.is_const ? Constness::kConstantOfParameters : Constness::kAnything);
  const ast::Initializer* super_call = nullptr;
  std::vector<std::uint32_t> super_arguments;
  std::unordered_set<std::string> initialized;
  const auto init = [&](const std::string& name, std::uint32_t offset) {
    if (!initialized.insert(name).second) {
      Fail(offset, "The field '" + name + "' is initialised twice.");
    }
    EmitFieldInit(name, offset);
  };
  if (node != nullptr) {
    for (const ast::ParameterNode* parameter : node->parameters) {
      if (!parameter->is_field) continue;
      LoadVariable(parameter->binding);
      // Without one of its own it has been checked as a parameter.
      if (parameter->type != nullptr) {
        At(parameter->offset);
        CheckUnlessLibrary(TypeOfField(*context_.place.cls, parameter->name), nullptr,
                           Checked::kField, parameter->name);
      }
      init(parameter->name, parameter->offset);
    }
    for (const ast::Initializer& initializer : node->initializers) {
      if (initializer.kind == ast::Initializer::Kind::kAssert) {
        EmitAssert(initializer.value, initializer.message, initializer.name, initializer.offset);
        continue;
      }
      if (initializer.kind != ast::Initializer::Kind::kSuper) {
        Expect(TypeOfField(*context_.place.cls, initializer.name), initializer.value);
        Value(initializer.value);
        At(initializer.offset);
        CheckUnlessLibrary(TypeOfField(*context_.place.cls, initializer.name), initializer.value,
                           Checked::kField, initializer.name);
        init(initializer.name, initializer.offset);
        continue;
      }
      super_call = &initializer;
      if (&initializer == &node->initializers.back()) continue;
      super_arguments = KeepArguments(initializer.arguments, {});
    }
  }
  EmitSuperConstructor(super_call, end_offset_, super_arguments);
}

void FunctionCompiler::EmitFieldInit(const std::string& name, std::uint32_t offset) {
  const ClassSource& cls = context_.set.ClassSourceOf(*context_.place.cls);
  auto found = cls.members.find(name);
  if (found != cls.members.end() && found->second.getter >= 0) {  // It may be a late field's.
    const LibrarySource& source = context_.set.source(context_.place.cls->library);
    const ast::FunctionNode& getter =
        *source.functions[static_cast<std::size_t>(found->second.getter)].node;
    if (getter.late != nullptr) found = cls.members.find(getter.late->late_storage);
  }
  if (found == cls.members.end() || found->second.is_static || found->second.variable < 0) {
    Suggestion suggestion(name);
    for (const ast::VariableNode* field : cls.fields) suggestion.Consider(field->name);
    return Fail(offset, "There is no field '" + name + "' in this class" + suggestion.End());
  }
  const auto number = static_cast<std::size_t>(found->second.variable);
  const ast::VariableNode& field = *cls.fields[number];
  At(offset);
  if (field.is_final && field.initializer != nullptr) {
    const std::string why = "The final field '" + name + "' has a value already.";
    if (!Meets(MetErrors::Of::kName)) return Fail(offset, why);
    ThrowMissing(MemberKind::kSetter, name, why, 1, 1);
    return code_.Emit(Opcode::kPop);
  }
  code_.Emit(Opcode::kInitField, static_cast<std::uint32_t>(number));
}

void FunctionCompiler::EmitFieldInitializers() {
  const std::vector<ast::VariableNode*>& fields = context_.set.FieldsToCompile(*context_.place.cls);
  const ConstnessScope constant(*this,
                                function_.is_const ? Constness::kConstant : Constness::kAnything);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!NeedsCode(fields[i]->initializer)) continue;
    Expect(fields[i]->type, fields[i]->initializer);
    Value(fields[i]->initializer);
    if (fields[i]->late_name.empty()) {
      CheckUnlessLibrary(fields[i]->type, fields[i]->initializer, Checked::kField, fields[i]->name);
    }
    code_.Emit(Opcode::kInitField, static_cast<std::uint32_t>(i));
  }
}

void FunctionCompiler::EmitRedirection(const ast::Initializer& initializer) {
  const auto target = LookupConstructor(context_.set, context_.place.library, *context_.place.cls,
                                        initializer.name);
  if (!target || context_.set.FunctionOf(*target).kind != FunctionKind::kGenerativeConstructor) {
    return Fail(initializer.offset, "There is no such constructor in this class" +
                                        NearConstructor(*context_.place.cls, initializer.name));
  }
  if (function_.is_const && !context_.set.FunctionOf(*target).is_const) {
    return Fail(initializer.offset, "This constructor is not 'const'.");
  }
  if (!CheckTakes(*target, initializer.arguments, initializer.offset)) return;
  const ConstnessScope constant(
      *this, function_.is_const ? Constness::kConstantOfParameters : Constness::kAnything);
  {
    const PartScope part(*this, true, DependentPart::kValue);
    NoteUse(*target, initializer.arguments, initializer.offset);
  }
  const PartScope part(*this, function_.is_const, DependentPart::kValue);
  code_.Emit(Opcode::kLoadLocal, 0);
  CallFunction(*target, initializer.arguments, initializer.offset, {});
  code_.Emit(Opcode::kPop);
}

// Null: `super()`, unless there is no superclass.
void FunctionCompiler::EmitSuperConstructor(const ast::Initializer* initializer,
                                            std::uint32_t offset,
                                            const std::vector<std::uint32_t>& slots) {
  const TypeRef& superclass = context_.set.ClassOf(*context_.place.cls).superclass;
  if (superclass.kind != TypeRef::Kind::kClass) return;
  static const auto* const none = new ast::Arguments;
  const ast::Arguments& arguments = initializer != nullptr ? initializer->arguments : *none;
  const std::string name = initializer != nullptr ? initializer->name : "";
  if (initializer != nullptr) offset = initializer->offset;
  const auto target = LookupConstructor(context_.set, context_.place.library, superclass.cls, name);
  if (!target || context_.set.FunctionOf(*target).kind != FunctionKind::kGenerativeConstructor) {
    const std::string text = superclass.text + (name.empty() ? "" : "." + name);
    return Fail(offset, target ? "The constructor '" + text + "' of the superclass is a factory."
                               : "The superclass has no constructor '" + text + "'" +
                                     NearConstructor(superclass.cls, name));
  }
  if (function_.is_const && !MayPrecedeConst(superclass.cls, *target)) {
    return Fail(offset, "The constructor of the superclass is not 'const'.");
  }
  if (!CheckTakes(*target, arguments, offset)) return;
  NoteUse(*target, arguments, offset);
  if (arguments.positional.empty() && arguments.named.empty() && IsTrivialConstructor(*target) &&
      ApplicationsToInitialize(superclass.cls).empty()) {
    return;
  }
  code_.Emit(Opcode::kLoadLocal, 0);
  CallConstructor(superclass.cls, *target, 0, arguments, slots, offset, superclass.arguments);
  code_.Emit(Opcode::kPop);
}

}  // namespace fart::lang
