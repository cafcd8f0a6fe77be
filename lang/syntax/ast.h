// The syntax tree -- what the parser makes of one file.
//
// Plain nodes owned by one arena, so a tree of any depth is freed without recursion. Pointers to
// nodes are never null unless the comment says so. Every node has the offset that messages about it
// should point at: an operator's place, a called name's place.
//
// Where the language only abbreviates, the tree has the long form: enums are classes, symbols are
// `const Symbol("...")`, adjacent strings are one, a `late` variable that is more than a lazy one
// is a hidden variable with a getter and a setter, a function whose body can be left in the middle
// is one that gives its body, a closure, to a function of dart:core,
// an external one outside of instances is external accessors, `super.x` is an argument of
// `super(...)`.
//
// Not here: what names mean. The two `binding` fields are left to the resolver of the compiler.

#ifndef FART_LANG_SYNTAX_AST_H_
#define FART_LANG_SYNTAX_AST_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "lang/syntax/source_file.h"

namespace fart::lang::ast {

inline constexpr int kUnbound = -1;

struct Node {
  std::uint32_t offset = 0;

  Node() = default;
  virtual ~Node() = default;
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
};

// Nodes lie one behind the other in blocks, each as long as all before it up to a limit: most files
// are small, and a library's tree is thousands of nodes that end together.
class Arena {
 public:
  Arena() = default;
  ~Arena() {
    for (Node* const node : nodes_) {
      if (node != nullptr) node->~Node();
    }
  }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  template <typename T>
  T* Make(std::uint32_t offset) {
    static_assert(alignof(T) <= kAlignment && sizeof(T) <= kFirstBlock);
    constexpr std::size_t kSize = (sizeof(T) + kAlignment - 1) / kAlignment * kAlignment;
    if (kSize > left_) AddBlock();
    nodes_.push_back(nullptr);  // First: where there is no room for it, no node is lost.
    T* const node = new (free_) T();
    nodes_.back() = node;
    free_ += kSize;
    left_ -= kSize;
    node->offset = offset;
    return node;
  }

 private:
  static constexpr std::size_t kAlignment = alignof(std::max_align_t);
  static constexpr std::size_t kFirstBlock = std::size_t{1} << 10;
  static constexpr std::size_t kMostOfBlock = std::size_t{1} << 15;

  void AddBlock();

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::vector<Node*> nodes_;
  std::byte* free_ = nullptr;
  std::size_t left_ = 0;
  std::size_t made_ = 0;  // Bytes of all blocks.
};

// ---- Types --------------------------------------------------------------------------------------

struct FunctionType;

struct Type : Node {
  std::string prefix;  // Of `prefix.Name`, or empty.
  std::string name;    // "void" and "dynamic" included; "Function" for the types of functions.
  std::vector<Type*> arguments;
  FunctionType* function = nullptr;  // Of the type of a function: what it takes and gives.
  bool is_nullable = false;          // `T?`
  bool is_hidden = false;            // A local variable has its name, or its prefix's.
  std::string text;                  // As the language writes it; set by the parser.
};

struct TypeParameter : Node {
  std::string name;
  Type* bound = nullptr;  // Null: none.
};

// ---- Expressions --------------------------------------------------------------------------------

// V(name of the node's type)
#define FART_LANG_EXPRESSIONS(V) \
  V(NullLiteral)                 \
  V(BoolLiteral)                 \
  V(IntLiteral)                  \
  V(DoubleLiteral)               \
  V(StringLiteral)               \
  V(Interpolation)               \
  V(ListLiteral)                 \
  V(MapLiteral)                  \
  V(This)                        \
  V(Super)                       \
  V(Identifier)                  \
  V(Property)                    \
  V(Index)                       \
  V(Call)                        \
  V(New)                         \
  V(FunctionExpression)          \
  V(Unary)                       \
  V(Binary)                      \
  V(Logical)                     \
  V(Conditional)                 \
  V(Assignment)                  \
  V(Increment)                   \
  V(TypeTest)                    \
  V(TypeCast)                    \
  V(TypeValue)                   \
  V(Throw)                       \
  V(Cascade)                     \
  V(CascadeTarget)               \
  V(NullCheck)                   \
  V(NullShort)                   \
  V(Absent)                      \
  V(MapEntry)                    \
  V(Spread)                      \
  V(ControlElement)              \
  V(Await)                       \
  V(HelperCall)

enum class ExpressionKind : std::uint8_t {
#define FART_LANG_ENUM(name) k##name,
  FART_LANG_EXPRESSIONS(FART_LANG_ENUM)
#undef FART_LANG_ENUM
};

struct Expression : Node {
  explicit Expression(ExpressionKind kind_of) : kind(kind_of) {}
  const ExpressionKind kind;
};

template <ExpressionKind k>
struct ExpressionOf : Expression {
  static constexpr ExpressionKind kKind = k;
  ExpressionOf() : Expression(k) {}
};

// The node as T, or null if it is of another kind.
template <typename T>
T* As(Expression* expression) {
  return expression->kind == T::kKind ? static_cast<T*>(expression) : nullptr;
}

struct FunctionNode;

struct NamedArgument {
  std::string name;
  Expression* value;
  std::uint32_t offset = 0;  // Of the name.
};

struct Arguments {
  std::vector<Expression*> positional;
  std::vector<NamedArgument> named;
  // Only if a positional one follows a named one: for each, in the order of the source, whether it
  // is named.
  std::vector<bool> order;
};

struct NullLiteral : ExpressionOf<ExpressionKind::kNullLiteral> {};
struct BoolLiteral : ExpressionOf<ExpressionKind::kBoolLiteral> {
  bool value = false;
};
struct IntLiteral : ExpressionOf<ExpressionKind::kIntLiteral> {
  std::int64_t value = 0;  // 0 if `big` says it.
  // Of one that 64 bits cannot hold: '-' or nothing, "0x" or nothing, digits.
  std::string big;
};
struct DoubleLiteral : ExpressionOf<ExpressionKind::kDoubleLiteral> {
  double value = 0;
};
struct StringLiteral : ExpressionOf<ExpressionKind::kStringLiteral> {
  std::string value;  // See utf8.h.
};
// At least one part is no StringLiteral.
struct Interpolation : ExpressionOf<ExpressionKind::kInterpolation> {
  std::vector<Expression*> parts;
};
// Spreads and ControlElements may be among the elements.
struct ListLiteral : ExpressionOf<ExpressionKind::kListLiteral> {
  bool is_const = false;
  std::vector<Type*> type_arguments;
  std::vector<Expression*> elements;
};
// A map or a set. Its elements are MapEntries, or other expressions, and what may stand in place of
// elements: Spread, ControlElement.
struct MapLiteral : ExpressionOf<ExpressionKind::kMapLiteral> {
  enum class Form : std::uint8_t {
    kMap,
    kSet,
    kSpreads,  // Nothing but spreads: the first one's value decides.
  };
  bool is_const = false;
  Form form = Form::kMap;
  std::vector<Type*> type_arguments;
  std::vector<Expression*> elements;
};
struct This : ExpressionOf<ExpressionKind::kThis> {};
struct Super : ExpressionOf<ExpressionKind::kSuper> {};
struct Identifier : ExpressionOf<ExpressionKind::kIdentifier> {
  std::string name;
  bool passes_absent = false;   // A `super.x` parameter as the argument that it stands for.
  bool in_parentheses = false;  // So it is a value: `(C).x` is no member of the class C.
  int binding = kUnbound;
};
struct Property : ExpressionOf<ExpressionKind::kProperty> {
  Expression* target = nullptr;
  std::string name;
  bool is_null_aware = false;
  bool in_parentheses = false;  // As an Identifier's.
};
struct Index : ExpressionOf<ExpressionKind::kIndex> {
  Expression* target = nullptr;
  Expression* index = nullptr;
  bool is_null_aware = false;
};
// A method call if the callee is a Property.
struct Call : ExpressionOf<ExpressionKind::kCall> {
  Expression* callee = nullptr;
  std::vector<Type*> type_arguments;
  Arguments arguments;
};
// `new a.b.c(...)`: only name lookup can tell prefix, class and constructor apart.
struct New : ExpressionOf<ExpressionKind::kNew> {
  bool is_const = false;
  bool is_literal = false;         // A symbol: no name of the program's hides its class.
  bool is_hidden = false;          // A local variable has the first name.
  std::vector<std::string> names;  // One to three.
  std::vector<Type*> type_arguments;
  std::size_t typed_names = 0;  // Names in front of the type arguments; 0: there are none.
  Arguments arguments;
};
struct FunctionExpression : ExpressionOf<ExpressionKind::kFunctionExpression> {
  FunctionNode* function = nullptr;
};

enum class UnaryOperator : std::uint8_t { kNegate, kBitNot, kNot };
struct Unary : ExpressionOf<ExpressionKind::kUnary> {
  UnaryOperator op = UnaryOperator::kNot;
  Expression* operand = nullptr;
};

enum class BinaryOperator : std::uint8_t {
  kAdd,
  kSub,
  kMul,
  kDiv,
  kMod,
  kTruncDiv,
  kBitAnd,
  kBitOr,
  kBitXor,
  kShiftLeft,
  kShiftRight,
  kShiftRightUnsigned,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kEqual,
  kNotEqual,
};
[[nodiscard]] const char* SpellingOf(BinaryOperator op);

struct Binary : ExpressionOf<ExpressionKind::kBinary> {
  BinaryOperator op = BinaryOperator::kAdd;
  Expression* left = nullptr;
  Expression* right = nullptr;
};

enum class LogicalOperator : std::uint8_t { kAnd, kOr, kIfNull };
struct Logical : ExpressionOf<ExpressionKind::kLogical> {
  LogicalOperator op = LogicalOperator::kAnd;
  Expression* left = nullptr;
  Expression* right = nullptr;
};
struct Conditional : ExpressionOf<ExpressionKind::kConditional> {
  Expression* condition = nullptr;
  Expression* if_true = nullptr;
  Expression* if_false = nullptr;
};

enum class AssignmentForm : std::uint8_t {
  kPlain,     // target = value
  kCompound,  // target op= value
  kIfNull,    // target ??= value
};
// Targets of assignments and increments are Identifier, Property or Index.
struct Assignment : ExpressionOf<ExpressionKind::kAssignment> {
  AssignmentForm form = AssignmentForm::kPlain;
  BinaryOperator op = BinaryOperator::kAdd;  // Of the compound form.
  Expression* target = nullptr;
  Expression* value = nullptr;
};
struct Increment : ExpressionOf<ExpressionKind::kIncrement> {
  Expression* target = nullptr;
  bool is_prefix = false;
  bool is_decrement = false;
};
struct TypeTest : ExpressionOf<ExpressionKind::kTypeTest> {
  Expression* operand = nullptr;
  Type* type = nullptr;
  bool is_negated = false;
};
struct TypeCast : ExpressionOf<ExpressionKind::kTypeCast> {
  Expression* operand = nullptr;
  Type* type = nullptr;
};
// List<int>, or C<int>.name where the constructor is not called but torn off.
struct TypeValue : ExpressionOf<ExpressionKind::kTypeValue> {
  Type* type = nullptr;
  bool is_constructor = false;
  std::string constructor;
};
struct Throw : ExpressionOf<ExpressionKind::kThrow> {
  Expression* operand = nullptr;
};
// Each section is an ordinary expression at whose left end a CascadeTarget stands for the target.
struct Cascade : ExpressionOf<ExpressionKind::kCascade> {
  Expression* target = nullptr;
  bool is_null_aware = false;
  std::vector<Expression*> sections;
};
struct CascadeTarget : ExpressionOf<ExpressionKind::kCascadeTarget> {};
// operand!
struct NullCheck : ExpressionOf<ExpressionKind::kNullCheck> {
  Expression* operand = nullptr;
  std::string text;  // Of the operand.
};
// As far as a null-aware selector in it reaches: null at once if what stands before that is null.
// Each Property and Index that is null-aware lies in one, with nothing else around it.
struct NullShort : ExpressionOf<ExpressionKind::kNullShort> {
  Expression* body = nullptr;
};
// What a `late` variable holds before it is set. Not written by anybody.
struct Absent : ExpressionOf<ExpressionKind::kAbsent> {};
// key: value, in a map literal.
struct MapEntry : ExpressionOf<ExpressionKind::kMapEntry> {
  Expression* key = nullptr;
  Expression* value = nullptr;
};
// ...operand
struct Spread : ExpressionOf<ExpressionKind::kSpread> {
  Expression* operand = nullptr;
  bool is_null_aware = false;
};
// In the body of an `async` or `async*` function.
struct Await : ExpressionOf<ExpressionKind::kAwait> {
  Expression* operand = nullptr;
};
// Of a function of dart:core that no program can name.
struct HelperCall : ExpressionOf<ExpressionKind::kHelperCall> {
  const char* name = nullptr;
  std::vector<Expression*> arguments;
};
struct Statement;
// `if` and `for` in literals of collections: an If, For or ForIn whose innermost bodies are
// ElementStatements.
struct ControlElement : ExpressionOf<ExpressionKind::kControlElement> {
  Statement* statement = nullptr;
};

// ---- Statements ---------------------------------------------------------------------------------

#define FART_LANG_STATEMENTS(V) \
  V(Block)                      \
  V(VariableDeclaration)        \
  V(LocalFunction)              \
  V(ExpressionStatement)        \
  V(If)                         \
  V(While)                      \
  V(DoWhile)                    \
  V(For)                        \
  V(ForIn)                      \
  V(Switch)                     \
  V(Try)                        \
  V(Return)                     \
  V(Break)                      \
  V(Continue)                   \
  V(Labeled)                    \
  V(Rethrow)                    \
  V(Assert)                     \
  V(Empty)                      \
  V(ElementStatement)           \
  V(Yield)

enum class StatementKind : std::uint8_t {
#define FART_LANG_ENUM(name) k##name,
  FART_LANG_STATEMENTS(FART_LANG_ENUM)
#undef FART_LANG_ENUM
};

struct Statement : Node {
  explicit Statement(StatementKind kind_of) : kind(kind_of) {}
  const StatementKind kind;
};

template <StatementKind k>
struct StatementOf : Statement {
  static constexpr StatementKind kKind = k;
  StatementOf() : Statement(k) {}
};

// A place where a local variable is declared.
struct Declarator : Node {
  std::string name;
  Expression* initializer = nullptr;  // Null: none.
  bool is_final = false;              // `final` or `const`.
  bool is_const = false;
  Type* type = nullptr;  // Null: none written.
  // Checked when it is read; if it is final, also when it is set. With an initialiser: this makes
  // the first value, when it is first asked for, and lies in a variable of its own.
  bool is_late = false;
  bool is_set_later = false;  // `final` without a value: late, and somewhere it must be set.
  FunctionNode* late_initializer = nullptr;  // Null: none.
  int late_binding = kUnbound;
  int binding = kUnbound;
};

struct Block : StatementOf<StatementKind::kBlock> {
  std::vector<Statement*> statements;
  std::uint32_t end_offset = 0;  // Of the closing brace.
};
struct VariableDeclaration : StatementOf<StatementKind::kVariableDeclaration> {
  std::vector<Declarator*> variables;
};
struct LocalFunction : StatementOf<StatementKind::kLocalFunction> {
  Declarator* variable = nullptr;
  FunctionNode* function = nullptr;
};
struct ExpressionStatement : StatementOf<StatementKind::kExpressionStatement> {
  Expression* expression = nullptr;
};
struct If : StatementOf<StatementKind::kIf> {
  Expression* condition = nullptr;
  Statement* then_branch = nullptr;
  Statement* else_branch = nullptr;  // Null: none.
};
struct While : StatementOf<StatementKind::kWhile> {
  Expression* condition = nullptr;
  Statement* body = nullptr;
};
struct DoWhile : StatementOf<StatementKind::kDoWhile> {
  Statement* body = nullptr;
  Expression* condition = nullptr;
};
struct For : StatementOf<StatementKind::kFor> {
  Statement* init = nullptr;        // Null: none.
  Expression* condition = nullptr;  // Null: none.
  std::vector<Expression*> updates;
  Statement* body = nullptr;
};
struct Block;
struct ForIn : StatementOf<StatementKind::kForIn> {
  Declarator* variable = nullptr;  // Null: `target`, assignable, is given instead.
  Expression* target = nullptr;
  Expression* iterable = nullptr;
  Statement* body = nullptr;
  // Of `await for`: the long form, which has all of the above in it; else null.
  Block* awaiting = nullptr;
};
struct SwitchCase {
  std::uint32_t offset = 0;
  std::vector<std::string> labels;
  std::vector<Expression*> values;  // Of several `case`s that share the statements.
  bool is_default = false;
  std::vector<Statement*> statements;
};
struct Switch : StatementOf<StatementKind::kSwitch> {
  Expression* subject = nullptr;
  std::vector<SwitchCase> cases;
};
struct CatchClause {
  std::uint32_t offset = 0;
  Type* type = nullptr;             // Null: everything.
  Declarator* exception = nullptr;  // Null: not named.
  Declarator* trace = nullptr;      // Null: not named.
  Block* body = nullptr;
};
struct Try : StatementOf<StatementKind::kTry> {
  Block* body = nullptr;
  std::vector<CatchClause> catches;
  Block* finally_block = nullptr;  // Null: none.
};
struct Return : StatementOf<StatementKind::kReturn> {
  Expression* value = nullptr;  // Null: none.
};
struct Break : StatementOf<StatementKind::kBreak> {
  std::string label;  // Empty: the innermost loop or switch.
};
struct Continue : StatementOf<StatementKind::kContinue> {
  std::string label;  // Empty: the innermost loop.
};
struct Labeled : StatementOf<StatementKind::kLabeled> {
  std::vector<std::string> labels;
  Statement* body = nullptr;
};
struct Rethrow : StatementOf<StatementKind::kRethrow> {};
struct Assert : StatementOf<StatementKind::kAssert> {
  Expression* condition = nullptr;
  Expression* message = nullptr;  // Null: none.
  std::string condition_text;
};
struct Empty : StatementOf<StatementKind::kEmpty> {};
// Adds it to the collection whose literal this is in.
struct ElementStatement : StatementOf<StatementKind::kElementStatement> {
  Expression* element = nullptr;
};
// In the body of a generator.
struct Yield : StatementOf<StatementKind::kYield> {
  Expression* value = nullptr;
  bool is_each = false;  // `yield*`
};

// ---- Declarations -------------------------------------------------------------------------------

// @a.b.c<types>(arguments): a constant expression, looked at by nobody until somebody asks.
struct Annotation : Node {
  std::vector<std::string> names;  // One to three.
  std::vector<Type*> type_arguments;
  std::size_t typed_names = 0;  // As of New.
  bool has_arguments = false;   // Else it names a constant.
  Arguments arguments;
  Expression* value = nullptr;  // The constant: what the above says, as an expression.
};

enum class ParameterKind : std::uint8_t { kRequired, kOptional, kNamed };

struct ParameterNode : Node {
  std::vector<Annotation*> metadata;
  ParameterKind kind = ParameterKind::kRequired;
  std::string name;
  bool is_final = false;
  bool is_demanded = false;             // `required`: a named one that must be given.
  bool is_field = false;                // `this.name`, in constructors.
  bool is_super = false;                // `super.name`, in constructors: an argument there, too.
  Type* type = nullptr;                 // Null: none written.
  Expression* default_value = nullptr;  // Null: none.
  int binding = kUnbound;
};

// The first one that has the name of one before it; null: there is none. Those without a name are
// left out.
[[nodiscard]] const ParameterNode* FindNameTwice(const std::vector<ParameterNode*>& parameters);

// The parts of a function's type, whose parameters may have no names; or the fields of a record's.
struct FunctionType : Node {
  bool is_record = false;
  Type* return_type = nullptr;  // Null: none written.
  std::vector<TypeParameter*> type_parameters;
  std::vector<ParameterNode*> parameters;
};

// An element of a constructor's initialiser list.
struct Initializer {
  enum class Kind : std::uint8_t {
    kField,   // name = value
    kSuper,   // super(arguments) or super.name(arguments); at most one.
    kThis,    // this(arguments) or this.name(arguments); then it is the only one.
    kAssert,  // assert(value, message), its text in `name`.
  };
  Kind kind = Kind::kField;
  std::uint32_t offset = 0;
  std::string name;
  Expression* value = nullptr;
  Expression* message = nullptr;  // Null: none.
  Arguments arguments;
};

enum class FunctionForm : std::uint8_t {
  kPlain,
  kGetter,
  kSetter,
  kOperator,
  kConstructor,
  kFactory
};

// How a body can be left in the middle, to go on later.
enum class Suspends : std::uint8_t { kNever, kAsync, kAsyncStar, kSyncStar };

// A function, method, constructor or function expression. At most one of the four bodies is there;
// constructors may have none, other functions without one are abstract.
struct VariableNode;

struct FunctionNode : Node {
  std::vector<Annotation*> metadata;
  FunctionForm form = FunctionForm::kPlain;
  // Empty for function expressions. Of constructors the part after the dot. Operators by their
  // text; unary minus "unary-", "[]" and "[]=".
  std::string name;
  bool is_static = false;
  bool is_external = false;
  bool is_const = false;
  Type* return_type = nullptr;  // Null: none written.
  std::vector<TypeParameter*> type_parameters;
  std::vector<ParameterNode*> parameters;  // Required, then optional or named ones.
  std::vector<Initializer> initializers;

  // Of the closure that is such a body. Its first parameter is where it is kept meanwhile.
  Suspends suspends = Suspends::kNever;
  Block* block = nullptr;
  Expression* expression = nullptr;  // After `=>`.
  bool is_native = false;            // `native "name";`
  std::string native_name;           // With a body: its quick way.
  // From where to where in the file there is a block, or a `=>` and what follows, that is read when
  // somebody asks for it (ReadBody); 0: none.
  std::uint32_t unread_block = 0;
  std::uint32_t unread_end = 0;
  std::vector<std::string> redirection;  // factory C(...) = a.b.c; as in New.
  std::vector<Type*> redirection_arguments;
  VariableNode* late = nullptr;  // The accessor of this `late` variable; null: it is none.

  [[nodiscard]] bool has_body() const {
    return unread_block != 0 || block != nullptr || expression != nullptr || is_native ||
           !redirection.empty() || late != nullptr;
  }
  // A constructor that passes on to another one.
  [[nodiscard]] bool is_redirecting() const {
    return !redirection.empty() ||
           (!initializers.empty() && initializers[0].kind == Initializer::Kind::kThis);
  }
};

// A top-level variable or a field.
struct VariableNode : Node {
  std::vector<Annotation*> metadata;
  std::string name;
  bool is_static = false;
  bool is_final = false;
  bool is_const = false;
  Type* type = nullptr;  // Null: none written.
  bool is_external = false;
  Expression* initializer = nullptr;  // Null: none.
  // Of one that is `late` and has accessors: the name of the hidden variable. Of that one: the name
  // of what it is for.
  std::string late_storage;
  std::string late_name;
};

struct ClassNode : Node {
  std::vector<Annotation*> metadata;
  std::string name;  // Of an extension without one: one that no program can write.
  bool is_abstract = false;
  bool is_enum = false;
  bool is_mixin = false;     // `mixin`: it has no constructor.
  std::size_t on_count = 0;  // Of a mixin: how many of the interfaces, first, its `on` names.
  bool is_extension = false;
  Type* on_type = nullptr;      // Of an extension.
  bool is_application = false;  // class C = S with M;
  std::vector<TypeParameter*> type_parameters;
  Type* superclass = nullptr;  // Null: none written.
  std::vector<Type*> mixins;
  std::vector<Type*> interfaces;
  std::vector<VariableNode*> variables;
  std::vector<FunctionNode*> functions;
  // From where to where in the file the members are, braces included, that are read when somebody
  // asks for them (ReadMembers); 0: none.
  std::uint32_t unread_members = 0;
  std::uint32_t unread_end = 0;
};

struct TypedefNode : Node {
  std::string name;
  std::vector<TypeParameter*> type_parameters;
  Type* target = nullptr;  // Never null in a tree that was read to its end.
};

struct Combinator {
  bool is_show = false;  // Else `hide`.
  std::vector<std::string> names;
};

// if (name == value) 'uri'; without a value it must be "true".
struct Configuration {
  std::string name;
  std::string value;
  std::uint32_t offset = 0;
  std::string uri;
};

struct Directive {
  enum class Kind : std::uint8_t { kImport, kExport, kPart };
  Kind kind = Kind::kImport;
  std::uint32_t offset = 0;  // Of the URI.
  std::string uri;
  std::vector<Configuration> configurations;  // The first that holds replaces `uri`.
  std::string prefix;                         // Of imports; empty: none.
  bool is_deferred = false;
  std::vector<Combinator> combinators;
};

// What a library with a deferred import declares for it, under names that no program can write.
inline std::string LoadedVariableOf(const std::string& prefix) {
  return "_" + prefix + " is loaded";
}
inline std::string LoadingFunctionOf(const std::string& prefix) { return "_load " + prefix; }

}  // namespace fart::lang::ast

namespace fart::lang {

// One parsed file. Owns its text and its tree.
struct CompilationUnit {
  std::shared_ptr<const SourceFile> file;
  std::string library_name;  // Of `library a.b;`, or empty.
  std::vector<ast::Annotation*> metadata;
  // All outside of functions, with the class whose names they see; null: none.
  std::vector<std::pair<ast::Annotation*, ast::ClassNode*>> annotations;
  bool is_part = false;  // It says `part of`.
  // A name in it is, or contains, `NoSuchMethodError`, `TypeError`, or `FallThroughError`.
  bool says_no_such_method = false;
  bool says_type_error = false;
  bool says_fall_through = false;
  std::string part_of;  // The library's name or URI, then.
  std::vector<ast::Directive> directives;
  std::vector<ast::ClassNode*> classes;
  std::vector<ast::FunctionNode*> functions;
  std::vector<ast::VariableNode*> variables;
  std::vector<ast::TypedefNode*> typedefs;
  ast::Arena arena;
};

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_AST_H_
