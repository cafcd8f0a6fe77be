// FunctionCompiler -- writes the code of one function; private to the compile_*.cc files, which are
// its parts by topic.
//
// Invariants
//   LC-F1 value     Value pushes exactly one word, Effect none, whatever the expression.
//   LC-F2 in step   the resolver has walked the same tree in the same order, and knew as well where
//                   `this` exists; so everything captured here has a place in the closure.
//                   No constant expression has a closure, so each has a Constness of its own.
//   LC-F3 slots     a slot is free again when the block that took it ends; a variable is always set
//                   where it is declared, so nothing of a former owner shows.
//   LC-F4 expected  who expects a type of a value says so right before the value is compiled, which
//                   takes it at once: what is inside of it has expectations of its own.
//
// Not here: which names are local (resolver.h), the form of the code (code_builder.h).

#ifndef FART_LANG_COMPILER_FUNCTION_COMPILER_IMPL_H_
#define FART_LANG_COMPILER_FUNCTION_COMPILER_IMPL_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lang/compiler/code_builder.h"
#include "lang/compiler/constant_value.h"
#include "lang/compiler/dependencies.h"
#include "lang/compiler/library_set.h"
#include "lang/compiler/met_errors.h"
#include "lang/compiler/name_meaning.h"
#include "lang/compiler/resolver.h"
#include "lang/compiler/suggestion.h"
#include "lang/compiler/type_checks.h"
#include "lang/compiler/type_resolver.h"
#include "lang/syntax/stack_room.h"

namespace fart::lang {

// What a function shares with the closures inside it.
struct BodyContext {
  LibrarySet& set;
  CompiledLibrary& home;   // Gets the closures and constant objects.
  FunctionRef function;    // The outermost one.
  int owner_class;         // Of all functions of the nest.
  LexicalPlace place;      // Where the code being compiled is written: names are looked up there.
  const SourceFile* file;  // The same for its offsets.
  const SourceFile* home_file;  // Of the function: line tables can speak of this one only.
  PlaceCursor cursor;
  Resolution resolution;
  bool has_this = false;  // LC-F2
  std::optional<SyntaxError> error;
  const ResolverInput* input = nullptr;  // Where `resolution` comes from.
  StackRoom room;
  MetErrors met;
  int near_names_left = 100;  // Of errors that are met: a message with them costs a walk.
};

// What an expression must be, as it stands where only a constant may.
enum class Constness : std::uint8_t {
  kAnything,
  // A constant; literals of lists and maps say so themselves. Where `new` makes a constant object,
  // parameters of the constant constructor are welcome.
  kConstant,
  kConstantOfParameters,
  // In something that says `const`: what can be constant is, without saying so again.
  kInConst,
};

class FunctionCompiler {
 public:
  // `outer_types`: how many type parameters are in force around it.
  FunctionCompiler(BodyContext& context, CompiledFunction& function, FunctionScope& scope,
                   int outer_types);

  // One of these, once.
  void CompileFunction(ast::FunctionNode& node);
  void CompileConstructor(ast::FunctionNode* node);  // Null: the default constructor.
  void CompileRedirectingFactory(ast::FunctionNode& node);
  void CompileInitializer(ast::Expression* initializer, StaticRef variable);
  void CompileLateAccessor(const ast::FunctionNode& node);
  void CompileCheckedSetter(int field);
  void CheckMetadata(ast::Expression* value);  // Its code is good for nothing.

 private:
  enum class Use : std::uint8_t { kValue, kEffect };

  // A place that an expression names. Loading and storing it take `word_count` words of receiver
  // and index from the stack (PushReceiver).
  struct Target {
    enum class Kind : std::uint8_t {
      kLocal,
      kStatic,
      kThisProperty,
      kSuperProperty,
      kProperty,
      kIndex,
      kSuperIndex,
      kClass,
      kConstructor,  // `name` of `cls`.
      kType,
      kExtension,  // `member` of an extension, for `object` or, if that is null, `this`.
      kMissing,    // Nothing has this name: `reason` is thrown, if that is no error already.
    };
    Kind kind = Kind::kMissing;
    std::uint32_t offset = 0;
    std::string name;  // Of properties; of what is missing, for the message.
    int variable = ast::kUnbound;
    StaticMember member;
    ClassRef cls;
    ast::Expression* object = nullptr;    // Null: its value has been pushed already.
    ast::Expression* receiver = nullptr;  // Of kProperty and kIndex: the same, pushed or not.
    ast::Expression* index = nullptr;
    bool is_null_aware = false;
    bool is_object_pushed = false;  // Of kExtension.
    std::string reason;             // Of kMissing. Empty: it was an error.
    bool is_type = false;           // Of kMissing: it was to be a type.
    std::string alias;  // Of kConstructor: the typedef that the program names the class by.
  };

  // What a literal makes, while its elements are added.
  enum class CollectionKind : std::uint8_t {
    kList,
    kPairs,  // The list of a constant map's keys and values.
    kMap,
    kSet,
    kUnknown,  // The first spread decides between the last two.
  };
  struct Collection {
    CollectionKind kind;
    std::uint32_t slot;                 // Where it is.
    const std::vector<TypeRef>* types;  // As in MakeList.
  };

  // A `finally` block exists once. Who has to pass it notes in a slot how to go on afterwards: with
  // what follows, with the exception, or with one of `exits`.
  static constexpr std::int32_t kNormalExit = 0;
  static constexpr std::int32_t kThrowExit = 1;
  static constexpr std::int32_t kFirstExit = 2;
  struct FinallyFrame {
    struct Exit {
      const void* key;  // Equal ones go to the same place.
      std::function<void()> emit;
    };
    std::uint32_t completion_slot;
    std::uint32_t value_slot;  // Exception or return value.
    std::uint32_t trace_slot;
    Label* label;
    std::vector<Exit> exits;
  };
  // A statement that `break` and `continue` can mean, or a `finally` they have to pass.
  struct JumpFrame {
    std::vector<std::string> labels;
    bool is_loop = false;
    bool takes_plain_break = false;  // Loops and switches.
    Label* break_label = nullptr;
    Label* continue_label = nullptr;  // Loops, and switches with labelled cases.
    std::vector<std::pair<std::string, std::int32_t>> case_labels;
    std::uint32_t case_slot = 0;
    FinallyFrame* finally = nullptr;  // Then nothing else is set.
  };
  struct CatchFrame {
    std::uint32_t exception_slot;
    std::uint32_t trace_slot;
  };

  // Frees the slots taken in its lifetime.
  class SlotScope {
   public:
    explicit SlotScope(FunctionCompiler& compiler)
        : compiler_(compiler), saved_(compiler.next_slot_) {}
    ~SlotScope() { compiler_.next_slot_ = saved_; }
    SlotScope(const SlotScope&) = delete;
    SlotScope& operator=(const SlotScope&) = delete;

   private:
    FunctionCompiler& compiler_;
    const std::uint32_t saved_;
  };

  // Sets what the expressions compiled in its lifetime have to be.
  class ConstnessScope {
   public:
    ConstnessScope(FunctionCompiler& compiler, Constness constness)
        : compiler_(compiler), saved_(std::exchange(compiler.constness_, constness)) {}
    ~ConstnessScope() { compiler_.constness_ = saved_; }
    ConstnessScope(const ConstnessScope&) = delete;
    ConstnessScope& operator=(const ConstnessScope&) = delete;

   private:
    FunctionCompiler& compiler_;
    const Constness saved_;
  };

  // Says that what is compiled in its lifetime is that part of the function, if `is_part`.
  class PartScope {
   public:
    PartScope(FunctionCompiler& compiler, bool is_part, int part)
        : compiler_(compiler),
          saved_(std::exchange(compiler.part_, is_part ? std::optional(part) : std::nullopt)) {}
    ~PartScope() { compiler_.part_ = saved_; }
    PartScope(const PartScope&) = delete;
    PartScope& operator=(const PartScope&) = delete;

   private:
    FunctionCompiler& compiler_;
    const std::optional<int> saved_;
  };

  // ---- Functions (compile_functions.cc) ----
  void Fail(std::uint32_t offset, std::string message);
  void At(std::uint32_t offset);
  std::uint32_t TakeSlot();
  void NoteDeclaredType(const ast::FunctionNode& node);
  void Prologue(const ast::FunctionNode& node);
  void Body(ast::FunctionNode& node);
  void Finish();
  void EmitFieldInitializers();
  void EmitFieldInit(const std::string& name, std::uint32_t offset);
  void EmitInitializers(const ast::FunctionNode* node);
  void CheckConstConstructor(std::uint32_t offset);
  void EmitRedirection(const ast::Initializer& initializer);
  // `slots`: where its arguments lie, if they have been evaluated already.
  void EmitSuperConstructor(const ast::Initializer* initializer, std::uint32_t offset,
                            const std::vector<std::uint32_t>& slots);
  void EmitClosure(ast::FunctionNode& node, const std::optional<TypeRef>& expected);
  // The lowest type parameter that its code needs; kNoType: none.
  [[nodiscard]] int CompileClosure(ast::FunctionNode& node, FunctionScope& scope, int outer_types,
                                   CompiledFunction& closure,
                                   const std::optional<TypeRef>& expected);
  // What is expected of a closure says of its parameters, and of its result, what it does not.
  void TakeExpected(const ast::FunctionNode& node, const std::optional<TypeRef>& expected);
  void ExpectReturn(ast::Expression* value);

  // ---- Names (compile_names.cc) ----
  [[nodiscard]] LocalVariable& VariableOf(int number) {
    return context_.resolution.variable(number);
  }
  void InitVariable(int number);  // [x] -> []; at its declaration.
  void LoadVariable(int number);
  void StoreVariable(int number);
  // The same without asking whether it is absent.
  void LoadPlace(int number);
  void StorePlace(int number);
  void PushCaptured(int number);
  void LoadThis();
  [[nodiscard]] NameMeaning MeaningOf(const ast::Identifier& identifier);
  [[nodiscard]] std::string Ambiguous(const NameMeaning& meaning, const std::string& name);
  void FailIfAmbiguous(const NameMeaning& meaning, const std::string& name, std::uint32_t offset);
  [[nodiscard]] Target Analyze(ast::Expression* expression);
  [[nodiscard]] Target AnalyzeIdentifier(const ast::Identifier& identifier);
  [[nodiscard]] Target AnalyzeProperty(const ast::Property& property);
  // The prefix or class that an expression names, else kNothing.
  [[nodiscard]] NameMeaning QualifierOf(ast::Expression* expression, std::string* name);
  [[nodiscard]] Target FromMeaning(const NameMeaning& meaning, std::string name,
                                   std::uint32_t offset);
  [[nodiscard]] Target InClass(ClassRef cls, const std::string& name, std::uint32_t offset);
  [[nodiscard]] bool IsExtension(const NameMeaning& meaning) const;
  // What an extension's member means where its name is asked for with `object`.
  [[nodiscard]] std::optional<Target> InExtension(ClassRef cls, const std::string& name,
                                                  std::uint32_t offset, ast::Expression* object);
  [[nodiscard]] TypeRef TypeOf(const ast::Type& type);
  [[nodiscard]] Name NameOf(const std::string& text);
  std::uint32_t SelectorConstant(MemberKind kind, const std::string& name,
                                 std::uint32_t positional_count,
                                 std::vector<std::string> argument_names = {});

  // ---- Types (compile_types.cc) ----
  // What a call says of its type arguments (CallTypes); nothing if `types` is empty.
  struct TypesOfCall {
    std::vector<TypeRef> types;
    bool is_expected = false;
  };
  // The code of this function needs the type parameters in the type, or that one.
  void NeedTypeArguments(const TypeRef& type);
  void NeedTypeArgument(int number);
  // With `opcode` for the type as it is, where it has no type parameters in it.
  void EmitType(Opcode opcode, const TypeRef& type);
  void EmitTypeValue(const TypeRef& type);
  // [object of that class, new] -> [it], with these arguments, unless they say nothing.
  void SetTypes(const TypeRef& type);
  void AddCallTypes(const TypesOfCall& types);
  // Sets what is expected of the next expression that is compiled as a value.
  void Expect(const ast::Type* type, ast::Expression* expression);
  void Expect(std::optional<TypeRef> type) { expected_ = std::move(type); }
  // Would it ask what is expected of it?
  [[nodiscard]] static bool AsksForType(ast::Expression* expression);
  // `callee`: if it is known.
  [[nodiscard]] TypesOfCall TypesFor(const std::vector<TypeRef>& written,
                                     const std::optional<FunctionRef>& callee,
                                     const ast::Arguments& arguments,
                                     const std::optional<TypeRef>& expected);
  // Of an object that a generative constructor makes, as far as anything says so.
  [[nodiscard]] TypeRef TypeToConstruct(ClassRef cls, FunctionRef constructor,
                                        const std::vector<TypeRef>& written,
                                        const ast::Arguments& arguments,
                                        const std::optional<TypeRef>& expected);
  [[nodiscard]] std::vector<TypeRef> Resolved(const std::vector<ast::Type*>& types);
  [[nodiscard]] std::vector<TypeRef> ResolvedParts(const std::vector<ast::Type*>& types);
  // What a dotted name means as a type.
  [[nodiscard]] TypeRef TypeNamed(const std::string& name, const std::vector<ast::Type*>& written,
                                  std::uint32_t offset);
  // The type arguments that the program writes with the name of a class, or of a typedef for one.
  [[nodiscard]] std::vector<TypeRef> TypesGiven(const Target& target,
                                                const std::vector<ast::Type*>& written);
  // The class that a typedef names; nothing: it names no class.
  [[nodiscard]] std::optional<ClassRef> ClassOfAlias(const std::string& name, std::uint32_t offset);
  // Whether an open type is told to a callee that may ask: the function has to load its own type
  // arguments for that.
  [[nodiscard]] bool IsWorthTelling(const TypeRef& type);
  // From the parameters' types, what the arguments' plainly known ones make of type parameters.
  void MatchArguments(FunctionRef callee, const ast::Arguments& arguments, std::size_t first,
                      std::vector<std::optional<TypeRef>>* found);
  // The type of a parameter of a known function as its library means it; none: it has none.
  [[nodiscard]] std::optional<TypeRef> TypeOfParameter(FunctionRef callee, std::size_t position,
                                                       const std::string& name);
  // Null: its library's source is not there any more, or it never had one.
  [[nodiscard]] const ast::FunctionNode* NodeOf(FunctionRef ref);
  // Where the types of a function's declaration stand.
  [[nodiscard]] LexicalPlace PlaceOf(FunctionRef ref, const ast::FunctionNode& node);
  // As declared, also of a late one; null: none.
  [[nodiscard]] const ast::Type* TypeOfField(ClassRef ref, const std::string& name);
  // The type arguments of a literal: as written, or as those of one of the `classes` are expected.
  [[nodiscard]] std::vector<TypeRef> TypesOfElements(const std::vector<ast::Type*>& written,
                                                     const std::optional<TypeRef>& expected,
                                                     const std::vector<const char*>& classes,
                                                     const std::vector<ast::Expression*>& elements);
  // Type arguments of a literal that are not written: in checked mode, as far as its elements fit.
  [[nodiscard]] std::vector<TypeRef> WithoutDoubles(std::vector<TypeRef> types,
                                                    const std::vector<ast::Expression*>& elements);
  [[nodiscard]] bool IsCore(const TypeRef& type, const char* name) const;
  void VisitTypeValue(const ast::TypeValue& node);
  // What a place is declared to hold; none: nothing, or nobody knows.
  [[nodiscard]] std::optional<TypeRef> DeclaredType(const Target& target);
  [[nodiscard]] std::optional<TypeRef> CoreType(const char* name);

  // ---- What expressions are instances of (compile_static_types.cc); nothing: nobody says so ----
  // So many expressions and classes are looked at for an answer: what is around an expression asks
  // for it again and again.
  static constexpr int kMaxTypeSteps = 64;
  struct CurrentCascade {
    ast::Cascade* node;
    std::optional<TypeRef> expected;
  };
  // In its lifetime expressions are looked at for their types only, and nothing is an error.
  class Asking {
   public:
    explicit Asking(FunctionCompiler& compiler)
        : compiler_(compiler), was_asking_(std::exchange(compiler.is_asking_, true)) {
      if (!was_asking_) compiler_.type_steps_ = kMaxTypeSteps;
    }
    ~Asking() { compiler_.is_asking_ = was_asking_; }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;

   private:
    FunctionCompiler& compiler_;
    const bool was_asking_;
  };
  [[nodiscard]] std::optional<TypeRef> StaticTypeOf(ast::Expression* expression);
  // Of what is assigned there.
  [[nodiscard]] std::optional<TypeRef> TypeToStore(const Target& target);
  // Of the function that is called, where that may say something of the arguments.
  [[nodiscard]] std::optional<TypeRef> TypeOfCalled(const Target& target, const ast::Call& node);
  // With `given` in place of its type parameters. Of a function's type each part is known or not;
  // of another nothing is if one is not given.
  [[nodiscard]] static std::optional<TypeRef> FilledIn(TypeRef type,
                                                       const std::vector<TypeRef>& given);
  // The parts of those. `written`: the type arguments, if it is a function that is called.
  [[nodiscard]] std::optional<TypeRef> TypeOfValue(ast::Expression* expression);
  [[nodiscard]] std::optional<TypeRef> TypeOfThis();
  [[nodiscard]] std::optional<TypeRef> TypeOfPlace(const Target& target,
                                                   const std::vector<ast::Type*>& written);
  [[nodiscard]] ast::Expression* InitializerOf(StaticRef variable);
  [[nodiscard]] std::optional<TypeRef> TypeOfInitializer(StaticRef variable);
  [[nodiscard]] std::optional<TypeRef> TypeOfResult(const ast::Call& node);
  [[nodiscard]] std::optional<TypeRef> TypeOfNew(const Target& target,
                                                 const std::vector<ast::Type*>& written);
  [[nodiscard]] std::optional<TypeRef> TypeOfLocalFunction(const ast::FunctionNode& node);
  // `dynamic` in place of what depends on type parameters that are not given.
  [[nodiscard]] std::optional<TypeRef> TypeOfFunction(FunctionRef ref,
                                                      const std::vector<TypeRef>& of_class,
                                                      const std::vector<ast::Type*>& written);
  // kSetter: what it takes. Otherwise what is there to read; a method is a function. Members of
  // extensions are those of just that class.
  [[nodiscard]] std::optional<TypeRef> TypeOfMember(const std::optional<TypeRef>& of,
                                                    const std::string& name, MemberKind kind,
                                                    const std::vector<ast::Type*>& written);
  [[nodiscard]] std::optional<TypeRef> TypeOfOwnMember(const TypeRef& of, const std::string& name,
                                                       MemberKind kind,
                                                       const std::vector<ast::Type*>& written);

  // ---- Checks of what annotations say (compile_checks.cc); nothing where nobody asked for them
  enum class Checked : std::uint8_t {
    kParameter,
    kVariable,
    kField,
    kStatic,
    kResult,  // Of the function `name`.
    kPart,    // Of a literal: `name` says which.
  };
  [[nodiscard]] Checking checking() const;
  [[nodiscard]] std::string TextOf(Checked what, const std::string& name);
  void EmitCheck(const TypeRef& type, Checked what, const std::string& name);
  // [x] -> [x]. `value`: what has made it; null: nobody knows.
  void Check(const std::optional<TypeRef>& type, const ast::Expression* value, Checked what,
             const std::string& name);
  void Check(const ast::Type* type, const ast::Expression* value, Checked what,
             const std::string& name);
  void CheckUnlessLibrary(const ast::Type* type, const ast::Expression* value, Checked what,
                          const std::string& name);
  void CheckToStore(const Target& target);
  void CheckParameters(const ast::FunctionNode& node);
  void PrepareResult(const ast::FunctionNode& node);
  void PrepareAsyncResult(const FunctionCompiler& around);
  void CheckResult(const ast::Expression* value);
  void CheckCondition(const ast::Expression& condition);
  void CheckElement();

  // ---- Late variables, and others that may be absent (compile_late.cc) ----
  void LoadLate(int number);  // [value or marker] -> [value]
  void LoadOrNull();          // [value or marker] -> [value or null]
  void CheckNotSetYet(int number);
  void ThrowLate(const std::string& message, std::uint32_t offset);
  void VisitLateDeclaration(const ast::Declarator& variable);
  // Of a `super.x` parameter: the one of the superclass's constructor that gets its value.
  [[nodiscard]] const Parameter* SuperParameterOf(const ast::FunctionNode& node,
                                                  const ast::ParameterNode& parameter);

  // ---- Names that mean nothing (compile_unknown.cc) ----
  // Can `this` have such a member, as far as anybody can tell?
  [[nodiscard]] bool MayBeMemberOfThis(const std::string& name);
  // Is such an error of what is compiled now thrown, and no mistake? (met_errors.h)
  [[nodiscard]] bool Meets(MetErrors::Of what) const {
    return constness_ == Constness::kAnything && context_.met.Meets(what);
  }
  // The target is missing, which is a mistake or is thrown when it is used.
  void Miss(Target* target, std::string reason, MetErrors::Of what = MetErrors::Of::kName);
  // [words] -> throws that nothing can be done with the target; a mistake, unless that is met.
  void RefuseTo(MemberKind kind, const Target& target, const std::string& reason,
                std::uint32_t words);
  // [words] -> throws
  void ThrowMissing(const Target& target, MemberKind kind, std::uint32_t words,
                    std::uint32_t positional_count);
  // [] -> [whatever], for it throws.
  void ThrowUnknownType(const std::string& reason, std::uint32_t offset);
  // [value] -> [result of the opcode]; throws what an unknown type is met by.
  void AskForType(Opcode opcode, const ast::Type& type);
  [[nodiscard]] std::string UnknownType(const ast::Type& type, const TypeRef& resolved);
  [[nodiscard]] static std::string HiddenType(const std::string& name);
  [[nodiscard]] std::string UnknownName(const ast::Identifier& identifier);
  // `super` must lead to a member of that kind, as far as anybody can tell.
  void CheckSuperMember(const std::string& name, MemberKind kind, std::uint32_t offset);
  enum class Above : std::uint8_t { kNothing, kAbstract, kMember };
  // What `super` means by a name, looked up from `superclass` on.
  [[nodiscard]] Above LookAbove(const TypeRef& superclass, const std::string& name,
                                MemberKind kind);
  [[nodiscard]] std::string UnknownInPrefix(const std::string& prefix, const std::string& name);
  [[nodiscard]] std::string UnknownInClass(ClassRef cls, const std::string& name);
  [[nodiscard]] std::string UnknownConstructor(const std::vector<std::string>& names,
                                               std::size_t used, const NameMeaning& meaning);
  // What ends a sentence about a constructor that a class does not have.
  [[nodiscard]] std::string NearConstructor(ClassRef cls, const std::string& name);
  [[nodiscard]] std::string UnknownArgument(const CompiledFunction& function,
                                            const ast::NamedArgument& argument);
  void ConsiderMembers(ClassRef cls, bool of_instances, Suggestion* suggestion);
  // A class and everything above it, each once.
  [[nodiscard]] std::vector<ClassRef> WithSupertypes(ClassRef cls);

  // ---- Constants (compile_constants.cc) ----
  // False, and an error, if it cannot be what `constness_` asks for.
  bool CheckConstant(ast::Expression& expression);
  [[nodiscard]] bool IsConstantName(const Target& target);
  // The constructor, and what runs with it for the sake of mixins.
  [[nodiscard]] bool IsConstConstructor(ClassRef cls, FunctionRef ref);
  [[nodiscard]] bool ApplicationsAreConst(ClassRef* cls);
  // Can a constant constructor call it as its superclass's?
  [[nodiscard]] bool MayPrecedeConst(ClassRef cls, FunctionRef ref);
  // The part that is being compiled needs this constant, or this constructor for these arguments.
  void NoteUse(StaticRef constant, std::uint32_t offset);
  void NoteUse(FunctionRef constructor, const ast::Arguments& arguments, std::uint32_t offset);
  void NoteUse(const DependentPart& used, std::uint32_t offset);
  // The value of a constant expression that `make` pushes, made once.
  void Once(const std::function<void()>& make);
  // Whether what stands here has one value, whoever asks.
  [[nodiscard]] bool IsMadeOnce() const {
    return constness_ == Constness::kConstant || constness_ == Constness::kInConst;
  }
  // `name`: _ConstMap or _ConstSet.
  ConstantValue PlainConstant(ast::Expression& expression);
  bool HasEqualityOfItsOwn(ast::Expression& expression);
  Target MakerOf(ast::Expression& expression);
  std::optional<std::string> TextOfConstant(ast::Expression& expression);
  void CheckConstantKeys(const ast::MapLiteral& node, bool is_set);
  void MakeConstOf(const char* name, const ast::MapLiteral& node,
                   const std::vector<TypeRef>& types);

  // ---- Places (compile_places.cc) ----
  std::uint32_t PushReceiver(const Target& target);
  void DupReceiver(std::uint32_t word_count);
  void LoadFrom(const Target& target);  // [receiver words] -> [value]
  void StoreTo(const Target& target);   // [receiver words, value] -> []
  void LoadStaticMember(const Target& target);
  void StoreStaticMember(const Target& target);
  [[nodiscard]] const ClassMember* SetterBeside(const std::string& name) const;
  [[nodiscard]] const std::string* DeferredPrefixOf(ast::Expression& expression) const;
  [[nodiscard]] bool IsDeferred(const std::string& prefix) const;
  [[nodiscard]] static std::string LoadedTooLate(const std::string& prefix);
  void CheckLoaded(ast::Expression& expression);
  void CheckFieldToSet(const Target& target);
  void Load(ast::Expression* expression);  // Identifier, Property or Index as a value.
  void ThrowMissing(MemberKind kind, const std::string& name, const std::string& reason,
                    std::uint32_t words, std::uint32_t positional_count);
  void AssignTo(ast::Assignment& node, Use use);
  void AssignPlain(const Target& target, ast::Assignment& node, Use use);
  void AssignIfNull(const Target& target, ast::Assignment& node, Use use);
  // `modify`: [old] -> [new]. `is_postfix`: the value is the old one.
  void Modify(const Target& target, const std::function<void()>& modify, bool is_postfix, Use use);
  void VisitIncrement(ast::Increment& node, Use use);
  // Runs `action` with the target's object pushed, or leaves the NullShort around it with null if
  // that is null. The action leaves a value; `use` says whether it stays.
  void NullAware(Target target, Use use, const std::function<void(const Target&)>& action);

  // ---- Calls (compile_calls.cc) ----
  void VisitCall(ast::Call& node, const std::optional<TypeRef>& expected);
  void CallMissing(const Target& target, const ast::Arguments& arguments);
  void CallTarget(const Target& target, ast::Call& node, const std::optional<TypeRef>& expected);
  // What is known of whom arguments are for: which function it is, with the type arguments of the
  // call, or its type.
  struct Callee {
    std::optional<FunctionRef> function;
    std::optional<TypeRef> type;  // kFunction
    std::vector<TypeRef> types;   // Of `function`: by the numbers of its type parameters.
  };
  std::uint32_t PushArguments(const ast::Arguments& arguments, const Callee& callee);
  // As the callee expects it: by name, or (if that is empty) by position.
  void Argument(ast::Expression* argument, const Callee& callee, std::size_t position,
                const std::string& name);
  // False: it names no external variable with @Native.
  [[nodiscard]] bool PushNativeVariable(ast::Expression* argument);
  [[nodiscard]] std::optional<TypeRef> ExpectedArgument(const Callee& callee, std::size_t position,
                                                        const std::string& name);
  // In the order of the source, into slots: positional ones first, then named ones.
  [[nodiscard]] std::vector<std::uint32_t> KeepArguments(const ast::Arguments& arguments,
                                                         const Callee& callee);
  [[nodiscard]] static std::vector<std::string> NamesOf(const ast::Arguments& arguments);
  void CheckWordCount(std::uint32_t words, std::uint32_t offset);
  // `type`: of the function that is called, if it is declared.
  void CallWithSelector(Opcode opcode, const std::string& name, const ast::Arguments& arguments,
                        std::uint32_t offset, const TypesOfCall& types,
                        std::optional<TypeRef> type = std::nullopt);
  void CallFunction(FunctionRef ref, const ast::Arguments& arguments, std::uint32_t offset,
                    const TypesOfCall& types);
  // After receiver (of constructors) and arguments have been pushed.
  void FinishStaticCall(FunctionRef ref, const ast::Arguments& arguments, std::uint32_t offset,
                        const TypesOfCall& types);
  // [receiver, which is also in the slot] -> [the receiver]. `slots` as in EmitSuperConstructor.
  void CallConstructor(ClassRef cls, FunctionRef ref, std::uint32_t receiver,
                       const ast::Arguments& arguments, const std::vector<std::uint32_t>& slots,
                       std::uint32_t offset, std::vector<TypeRef> types = {});
  // The applications of mixins from `cls` upwards whose constructors have something to do.
  [[nodiscard]] std::vector<ClassRef> ApplicationsToInitialize(ClassRef cls);
  void VisitNew(ast::New& node, const std::optional<TypeRef>& expected);
  // The constructor that dotted names mean, as kConstructor or kMissing.
  [[nodiscard]] Target AnalyzeConstructor(const ast::New& node);
  [[nodiscard]] Target AnalyzeConstructor(const std::vector<std::string>& names,
                                          std::uint32_t offset);
  // Are type arguments found out where none are written?
  enum class Inference : std::uint8_t { kAsExpected, kNone };
  void Construct(const Target& target, const ast::Arguments& arguments,
                 const std::vector<ast::Type*>& type_arguments = {},
                 const std::optional<TypeRef>& expected = std::nullopt,
                 Inference inference = Inference::kAsExpected);
  void ConstructConst(const Target& target, const ast::Arguments& arguments,
                      const std::vector<ast::Type*>& type_arguments,
                      const std::optional<TypeRef>& expected);
  // A closure that calls the constructor: in one library always the same, unless `type` says with
  // which type arguments.
  std::string WhyUnbound(const std::string& name);
  void EmitTearOff(const Target& target, const std::optional<TypeRef>& type);
  void CompileTearOff(ClassRef cls, FunctionRef constructor, const std::optional<TypeRef>& type);
  [[nodiscard]] bool IsTrivialConstructor(FunctionRef ref);
  [[nodiscard]] bool HasFieldInitializers(ClassRef ref);

  // ---- Constants that cannot be computed (compile_constant_values.cc) ----
  using NamedValues = std::map<std::string, ConstantValue>;
  [[nodiscard]] bool CanBeComputed(const ConstantValue& value);
  // These two keep their values out of frames that nest.
  [[nodiscard]] bool CanBeComputed(ast::Expression& expression);
  void NoteLocalConstant(const ast::Declarator& variable);
  // `names`: of parameters; null: names mean what they mean here.
  [[nodiscard]] ConstantValue Evaluate(ast::Expression& expression, const NamedValues* names);
  [[nodiscard]] ConstantValue EvaluateInterpolation(ast::Interpolation& node,
                                                    const NamedValues* names);
  [[nodiscard]] ConstantValue EvaluateLogical(ast::Logical& node, const NamedValues* names);
  [[nodiscard]] ConstantValue EvaluateElement(ast::Expression& element, const NamedValues* names);
  [[nodiscard]] ConstantValue EvaluateName(ast::Expression& expression);
  [[nodiscard]] ConstantValue EvaluateNamed(ast::Expression& expression, const NamedValues& names);
  [[nodiscard]] ConstantValue EvaluateLength(ast::Expression& object, const NamedValues* names,
                                             std::uint32_t offset);
  [[nodiscard]] ConstantValue EvaluateConstruction(const Target& target,
                                                   const ast::Arguments& arguments);
  [[nodiscard]] ConstantValue EvaluateConstructor(FunctionRef ref, const ast::Arguments& arguments,
                                                  const NamedValues* names);
  [[nodiscard]] ConstantValue EvaluateInitializer(FunctionRef constructor,
                                                  const ast::Initializer& initializer,
                                                  const NamedValues& parameters);

  // ---- Expressions (compile_expressions.cc) ----
  void Value(ast::Expression* expression);
  void Effect(ast::Expression* expression);
  // Jumps if the expression is `true` (or is not), falls through otherwise.
  void Condition(ast::Expression* expression, Label& label, bool jump_if);
  void LogicalCondition(const ast::Logical& node, Label& label, bool jump_if);
  bool NullCondition(ast::Binary& node, Label& label, bool jump_if);
  void VisitInt(ast::IntLiteral& node);
  void CheckTypesOfLiteral(const std::vector<ast::Type*>& types, std::size_t count, bool is_const,
                           std::uint32_t offset);
  void CheckConstantTypes(const std::vector<ast::Type*>& types);
  void CheckConstantType(const ast::Type& type);
  // As above, of what an expression asks for.
  void CheckTypesIn(ast::Expression& expression);
  [[nodiscard]] bool CheckTakes(FunctionRef ref, const ast::Arguments& arguments,
                                std::uint32_t offset);
  void PushInt(std::int64_t value);
  void PushString(const std::string& value);
  void VisitInterpolation(ast::Interpolation& node);
  void ConcatenateParts(ast::Interpolation& node);
  void VisitUnary(ast::Unary& node);
  void VisitBinary(ast::Binary* node);
  void EmitSpine(ast::Binary* node);
  void SuperOperator(const char* name, ast::Expression* right, std::uint32_t offset);
  void EmitBinary(ast::BinaryOperator op, ast::Expression* right, std::uint32_t offset);
  void VisitLogical(ast::Logical& node, const std::optional<TypeRef>& expected);
  void VisitConditional(ast::Conditional& node, Use use,
                        const std::optional<TypeRef>& expected = std::nullopt);
  void VisitNullCheck(const ast::NullCheck& node, const std::optional<TypeRef>& expected);
  void VisitNullShort(const ast::NullShort& node, const std::optional<TypeRef>& expected);
  void VisitTypeTest(ast::TypeTest& node);
  void VisitCascade(ast::Cascade& node, const std::optional<TypeRef>& expected);

  // ---- Literals of collections (compile_collections.cc) ----
  void VisitListLiteral(ast::ListLiteral& node, const std::optional<TypeRef>& expected);
  void VisitMapLiteral(ast::MapLiteral& node, const std::optional<TypeRef>& expected);
  // `{}` is what is expected; without that, a map.
  [[nodiscard]] ast::MapLiteral::Form FormOf(const ast::MapLiteral& node,
                                             const std::optional<TypeRef>& expected) const;
  // Pushes a list of the elements; of map entries their keys and values in turn. `types`: of the
  // elements, or of the keys and values; empty: nobody knows.
  void MakeList(const std::vector<ast::Expression*>& elements, CollectionKind kind,
                const std::vector<TypeRef>& types);
  void MakeCollection(const ast::MapLiteral& node, ast::MapLiteral::Form form,
                      const std::optional<TypeRef>& expected);
  void ConstructCore(const char* name, const ast::MapLiteral& node,
                     const std::optional<TypeRef>& expected);
  void AddElements(CollectionKind kind, std::uint32_t slot,
                   const std::vector<ast::Expression*>& elements,
                   const std::vector<TypeRef>& types);
  // The element number `which` of those types, as a value.
  void ElementValue(ast::Expression* element, const std::vector<TypeRef>& types, std::size_t which);
  void AddElement(ast::Expression* element);
  void AddSpread(const ast::Spread& spread);
  void EmitSuspend(SuspendKind kind) {
    code_.Emit(Opcode::kSuspend, static_cast<std::uint32_t>(kind));
  }
  void CallCoreHelper(const char* name, std::uint32_t words, std::uint32_t offset);

  // ---- Statements (compile_statements.cc) ----
  void Visit(ast::Statement* statement);
  void VisitInScope(ast::Statement* statement);
  void VisitStatements(const std::vector<ast::Statement*>& statements);
  void VisitDeclaration(const ast::VariableDeclaration& node);
  void DeclareVariable(const ast::Declarator& variable);  // [x] -> []
  void VisitIf(ast::If* node);
  void VisitWhile(const ast::While& node);
  void VisitDoWhile(const ast::DoWhile& node);
  void VisitFor(const ast::For& node);
  void RenewLoopVariables(const ast::For& node);
  void VisitForIn(const ast::ForIn& node);
  void VisitLabeled(ast::Labeled& node);
  void VisitSwitch(const ast::Switch& node);
  [[nodiscard]] std::string ClassOfLiteral(ast::Expression& value);
  [[nodiscard]] std::string KindOfCase(ast::Expression& value);
  [[nodiscard]] bool CheckCase(ast::Expression& value, std::string* first);
  void VisitAssert(const ast::Assert& node);
  // Sets a flag in its lifetime, if asked to.
  class FlagScope {
   public:
    FlagScope(bool* flag, bool sets) : flag_(flag), saved_(*flag) { *flag = saved_ || sets; }
    ~FlagScope() { *flag_ = saved_; }
    FlagScope(const FlagScope&) = delete;
    FlagScope& operator=(const FlagScope&) = delete;

   private:
    bool* const flag_;
    const bool saved_;
  };

  // `message`: null: none is written. `text`: what the condition looks like.
  void EmitAssert(ast::Expression* condition, ast::Expression* message, const std::string& text,
                  std::uint32_t offset);
  [[nodiscard]] std::vector<std::string> TakeLabels() { return std::exchange(labels_, {}); }
  void EnterLoop(Label& break_label, Label& continue_label);
  void LeaveFrame() { frames_.pop_back(); }

  // ---- Leaving statements (compile_jumps.cc) ----
  void VisitReturn(const ast::Return& node);
  void VisitYield(const ast::Yield& node);
  void VisitBreak(const ast::Break& node);
  void VisitContinue(const ast::Continue& node);
  void VisitRethrow(const ast::Rethrow& node);
  void VisitTry(const ast::Try& node);
  void VisitTryCatch(const ast::Try& node);
  void VisitCatch(const ast::CatchClause& clause, const CatchFrame& frame, Label& after);
  void VisitFinally(const ast::Try& node);
  // Jumps to `label` of the frame at `position`, by way of the `finally` blocks inside it.
  void JumpOut(std::size_t position, Label& label);
  void ReturnTop();  // [x] -> returns it, by way of all `finally` blocks.
  // The innermost one inside the frame at `position`; null if there is none.
  FinallyFrame* FinallyInside(std::size_t position);
  void LeaveThrough(FinallyFrame& frame, const void* key, std::function<void()> exit);

  BodyContext& context_;
  CompiledFunction& function_;
  FunctionScope& scope_;
  CodeBuilder code_;
  std::uint32_t next_slot_;
  std::vector<JumpFrame> frames_;
  std::vector<CatchFrame> catches_;
  std::vector<std::string> labels_;  // Of the statement about to be visited.
  std::uint32_t end_offset_ = 0;     // Of the function: the place of its implicit return.
  Constness constness_ = Constness::kAnything;
  bool is_evaluated_ = false;  // What is compiled is part of what Evaluate has seen.
  std::unordered_map<int, ConstantValue> local_constants_;  // By number of the variable.
  std::optional<int> part_;  // Of the function, as in DependentPart; none: no other depends on it.
  static constexpr int kNoType = std::numeric_limits<int>::max();
  const int outer_types_;
  int lowest_type_ = kNoType;                // Of the type parameters that the code needs.
  const ast::Type* return_type_ = nullptr;   // As declared; null: none.
  std::optional<TypeRef> expected_;          // Of the next value.
  Label* short_exit_ = nullptr;              // Where a null-aware selector goes with its null.
  const CurrentCascade* cascade_ = nullptr;  // Whose sections are being compiled.
  bool is_asking_ = false;
  int type_steps_ = 0;                      // That are left.
  std::optional<TypeRef> expected_return_;  // Of a closure that declares none.
  std::optional<TypeRef> result_;           // That what it returns is checked for.
  std::optional<TypeRef> result_future_;    // Or for this: of the body of an `async` function.
  std::string result_name_;                 // Whose it is.
  Collection* collection_ = nullptr;        // The literal whose elements are being written.
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_FUNCTION_COMPILER_IMPL_H_
