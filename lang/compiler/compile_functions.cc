// FunctionCompiler -- whole functions: parameters, constructors, closures, initialisers.

#include <cstddef>

#include "lang/compiler/declarer.h"
#include "lang/compiler/function_compiler.h"
#include "lang/compiler/function_compiler_impl.h"

namespace fart::lang {
namespace {

bool NeedsCode(const ast::Expression* initializer) {
  return initializer != nullptr && initializer->kind != ast::ExpressionKind::kNullLiteral;
}

// The initialisers of fields that `cls` runs, the mixins' first.
void AddFieldInitializers(LibrarySet& set, ClassRef cls, std::vector<ast::Expression*>* out) {
  const auto add = [&](ClassRef ref) {
    for (const ast::VariableNode* field : set.FieldsToCompile(ref)) {
      if (NeedsCode(field->initializer)) out->push_back(field->initializer);
    }
  };
  for (const TypeRef& mixin : set.ClassOf(cls).mixins) add(mixin.cls);
  add(cls);
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
  return node != nullptr && !node->initializers.empty() &&
         node->initializers[0].kind == ast::Initializer::Kind::kThis;
}

}  // namespace

std::optional<SyntaxError> CompileBody(LibrarySet& set, FunctionRef ref) {
  CompiledLibrary& library = set.OwnLibrary(ref.library);
  CompiledFunction& function = set.OwnFunctionOf(ref);
  const LibrarySource& library_source = set.source(ref.library);
  const FunctionSource source = library_source.functions[static_cast<std::size_t>(ref.function)];
  const SourceFile& file = *library_source.units[static_cast<std::size_t>(source.file)]->file;

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
  BodyContext context{
      set, library, function.owner_class, place, &file, &file, PlaceCursor(file), {}, false, {}};
  const bool is_constructor = function.kind == FunctionKind::kGenerativeConstructor;

  ResolverInput input;
  input.function = source.node;
  input.has_receiver = function.has_receiver();
  if (is_constructor && !IsRedirecting(source.node)) {
    AddFieldInitializers(set, *place.cls, &input.before_parameters);
  }
  if (source.initializer != nullptr) input.before_parameters.push_back(source.initializer);
  input.is_implicit_this = [&](const std::string& name) {
    const NameMeaning::Kind kind = LookupName(set, place, name).kind;
    return kind == NameMeaning::Kind::kInstance || kind == NameMeaning::Kind::kNothing;
  };
  if (auto error = Resolve(file, input, &context.resolution)) return error;

  Draft draft(function);
  FunctionCompiler compiler(context, function, context.resolution.functions.front());
  if (source.initializer != nullptr) {
    compiler.CompileInitializer(source.initializer, {ref.library, source.variable});
  } else if (is_constructor) {
    compiler.CompileConstructor(source.node);
  } else if (!source.node->redirection.empty()) {
    compiler.CompileRedirectingFactory(*source.node);
  } else {
    compiler.CompileFunction(*source.node);
  }
  if (context.error) return std::move(context.error);
  draft.Keep();
  return std::nullopt;
}

FunctionCompiler::FunctionCompiler(BodyContext& context, CompiledFunction& function,
                                   FunctionScope& scope)
    : context_(context),
      function_(function),
      scope_(scope),
      code_(function),
      next_slot_(function.parameter_count) {
  function_.slot_count = next_slot_;
}

void FunctionCompiler::Fail(std::uint32_t offset, std::string message) {
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

// Defaults of what was left out, and cells for parameters that need one.
void FunctionCompiler::Prologue(const ast::FunctionNode& node) {
  At(node.offset);
  std::uint32_t slot = function_.is_static ? 0 : 1;
  for (std::size_t i = 0; i < node.parameters.size(); ++i, ++slot) {
    const ast::ParameterNode& parameter = *node.parameters[i];
    VariableOf(parameter.binding).slot = static_cast<int>(slot);
    if (!function_.parameters[i].has_default) continue;
    Label given;
    code_.EmitJump(Opcode::kJumpIfGiven, slot, given);
    Value(parameter.default_value);
    code_.Emit(Opcode::kStoreLocal, slot);
    code_.Bind(given);
  }
  // Only now: a default may not see the parameters, so none of them needs its cell before.
  for (const ast::ParameterNode* parameter : node.parameters) {
    const LocalVariable& variable = VariableOf(parameter->binding);
    if (!variable.needs_cell()) continue;
    code_.Emit(Opcode::kLoadLocal, static_cast<std::uint32_t>(variable.slot));
    code_.Emit(Opcode::kNewCell, static_cast<std::uint32_t>(variable.slot));
  }
}

void FunctionCompiler::Body(ast::FunctionNode& node) {
  if (node.expression != nullptr) {
    Value(node.expression);
    At(node.offset);
    code_.Emit(Opcode::kReturn);
  } else if (node.block != nullptr) {
    const SlotScope slots(*this);
    VisitStatements(node.block->statements);
    end_offset_ = node.block->end_offset;
    At(end_offset_);
  }
}

void FunctionCompiler::Finish() {
  code_.Emit(Opcode::kReturnNull);
  if (!code_.FitsLimits()) Fail(end_offset_, "This function is too large.");
  function_.is_compiled = true;  // L3: nothing is written to it from here on.
}

void FunctionCompiler::CompileFunction(ast::FunctionNode& node) {
  end_offset_ = node.offset;
  Prologue(node);
  context_.has_this = context_.has_this || function_.kind != FunctionKind::kClosure;
  if (function_.is_static) context_.has_this = false;
  Body(node);
  Finish();
}

void FunctionCompiler::EmitClosure(ast::FunctionNode& node) {
  if (!code_.is_reachable()) return;
  if (node.parameters.size() + 1 > kMaxArguments) {
    return Fail(node.offset, "This function has too many parameters.");
  }
  auto declared = std::make_unique<CompiledFunction>();
  CompiledFunction& closure = *declared;
  closure.kind = FunctionKind::kClosure;
  closure.name = context_.home.NameOf(node.name);
  closure.qualified_name =
      function_.qualified_name + "." + (node.name.empty() ? "<anonymous closure>" : node.name);
  closure.owner_class = context_.owner_class;
  closure.source_file = function_.source_file;
  DeclareParameters(node, closure);
  const FunctionRef ref{context_.home.number, static_cast<int>(context_.home.functions.size())};
  context_.home.functions.push_back(std::move(declared));  // L1

  const std::size_t outer_type_parameters = context_.place.type_parameters.size();
  for (const ast::TypeParameter* parameter : node.type_parameters) {
    context_.place.type_parameters.push_back(parameter->name);
  }
  FunctionScope& scope = *context_.resolution.scope_of.at(&node);
  FunctionCompiler(context_, closure, scope).CompileFunction(node);
  context_.place.type_parameters.resize(outer_type_parameters);

  for (const int variable : scope.captured) PushCaptured(variable);
  At(node.offset);
  code_.Emit(Opcode::kMakeClosure, code_.AddConstant(ref),
             static_cast<std::uint32_t>(scope.captured.size()));
}

// A static variable's first value. If computing it throws, the next read tries again.
void FunctionCompiler::CompileInitializer(ast::Expression* initializer, StaticRef variable) {
  end_offset_ = initializer->offset;
  At(initializer->offset);
  const std::uint32_t constant = code_.AddConstant(variable);
  const std::uint32_t exception_slot = TakeSlot();
  const std::uint32_t trace_slot = TakeSlot();
  const std::uint32_t start = code_.Here();
  Value(initializer);
  code_.Emit(Opcode::kDup);
  code_.Emit(Opcode::kFinishStatic, constant);
  code_.Emit(Opcode::kReturn);
  code_.BeginHandler(start, code_.Here(), exception_slot, trace_slot);
  code_.Emit(Opcode::kAbortStatic, constant);
  code_.Emit(Opcode::kRethrow, exception_slot, trace_slot);
  Finish();
}

// Limit: an optional argument that the caller leaves out arrives as null, not as the default of
// the constructor redirected to (CompilerTest.RedirectingFactoryPassesNullForWhatWasLeftOut).
void FunctionCompiler::CompileRedirectingFactory(ast::FunctionNode& node) {
  end_offset_ = node.offset;
  Prologue(node);
  ast::Arguments arguments;
  std::vector<std::unique_ptr<ast::Identifier>> identifiers;
  for (const ast::ParameterNode* parameter : node.parameters) {
    auto& identifier = identifiers.emplace_back(std::make_unique<ast::Identifier>());
    identifier->offset = node.offset;
    identifier->name = parameter->name;
    identifier->binding = parameter->binding;
    if (parameter->kind == ast::ParameterKind::kNamed) {
      arguments.named.push_back({parameter->name, identifier.get()});
    } else {
      arguments.positional.push_back(identifier.get());
    }
  }
  Construct(AnalyzeConstructor(node.redirection, node.offset), arguments);
  code_.Emit(Opcode::kReturn);
  Finish();
}

// ---- Constructors -------------------------------------------------------------------------------

void FunctionCompiler::CompileConstructor(ast::FunctionNode* node) {
  end_offset_ =
      node != nullptr ? node->offset : context_.set.ClassSourceOf(*context_.place.cls).node->offset;
  At(end_offset_);
  if (node != nullptr) Prologue(*node);
  if (IsRedirecting(node)) {
    EmitRedirection(node->initializers[0]);
  } else {
    EmitFieldInitializers();
    const ast::Initializer* super_call = nullptr;
    if (node != nullptr) {
      for (const ast::ParameterNode* parameter : node->parameters) {
        if (!parameter->is_field) continue;
        LoadVariable(parameter->binding);
        EmitFieldInit(parameter->name, parameter->offset);
      }
      for (const ast::Initializer& initializer : node->initializers) {
        if (initializer.kind == ast::Initializer::Kind::kSuper) {
          super_call = &initializer;
        } else {
          Value(initializer.value);
          EmitFieldInit(initializer.name, initializer.offset);
        }
      }
    }
    EmitSuperConstructor(super_call, end_offset_);
  }
  context_.has_this = true;
  if (node != nullptr) Body(*node);
  code_.Emit(Opcode::kLoadLocal, 0);
  code_.Emit(Opcode::kReturn);
  Finish();
}

void FunctionCompiler::EmitFieldInit(const std::string& name, std::uint32_t offset) {
  const ClassSource& cls = context_.set.ClassSourceOf(*context_.place.cls);
  const auto found = cls.members.find(name);
  if (found == cls.members.end() || found->second.is_static || found->second.variable < 0) {
    return Fail(offset, "There is no field '" + name + "' in this class.");
  }
  At(offset);
  code_.Emit(Opcode::kInitField,
             static_cast<std::uint32_t>(cls.first_own_field + found->second.variable));
}

void FunctionCompiler::EmitFieldInitializers() {
  const ClassRef cls = *context_.place.cls;
  int first_field = 0;
  for (const TypeRef& mixin : context_.set.ClassOf(cls).mixins) {
    EmitFieldInitializersOf(mixin.cls, first_field);
    first_field += static_cast<int>(context_.set.ClassSourceOf(mixin.cls).fields.size());
  }
  EmitFieldInitializersOf(cls, first_field);
}

// A mixin's initialisers mean what they mean where they are written.
void FunctionCompiler::EmitFieldInitializersOf(ClassRef cls, int first_field) {
  const ClassSource& source = context_.set.ClassSourceOf(cls);
  const LexicalPlace place = context_.place;
  const SourceFile* file = context_.file;
  context_.place.library = cls.library;
  context_.place.cls = cls;
  context_.file =
      context_.set.source(cls.library).units[static_cast<std::size_t>(source.file)]->file.get();
  const std::vector<ast::VariableNode*>& fields = context_.set.FieldsToCompile(cls);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    ast::Expression* initializer = fields[i]->initializer;
    if (!NeedsCode(initializer)) continue;
    Value(initializer);
    code_.Emit(Opcode::kInitField,
               static_cast<std::uint32_t>(first_field) + static_cast<std::uint32_t>(i));
  }
  context_.place = place;
  context_.file = file;
}

void FunctionCompiler::EmitRedirection(const ast::Initializer& initializer) {
  const auto target = LookupConstructor(context_.set, context_.place.library, *context_.place.cls,
                                        initializer.name);
  if (!target || context_.set.FunctionOf(*target).kind != FunctionKind::kGenerativeConstructor) {
    return Fail(initializer.offset, "There is no such constructor in this class.");
  }
  code_.Emit(Opcode::kLoadLocal, 0);
  CallFunction(*target, initializer.arguments, initializer.offset);
  code_.Emit(Opcode::kPop);
}

// Null: `super()`, unless there is no superclass.
void FunctionCompiler::EmitSuperConstructor(const ast::Initializer* initializer,
                                            std::uint32_t offset) {
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
                               : "The superclass has no constructor '" + text + "'.");
  }
  if (arguments.positional.empty() && arguments.named.empty() && IsTrivialConstructor(*target)) {
    return;
  }
  code_.Emit(Opcode::kLoadLocal, 0);
  CallFunction(*target, arguments, offset);
  code_.Emit(Opcode::kPop);
}

}  // namespace fart::lang
