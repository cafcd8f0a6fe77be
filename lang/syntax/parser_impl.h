// Parser -- the recursive descent, private to parser*.cc, which are its parts by topic.
//
// Invariants
//   LS-P1 total    every ParseX returns a node. After the first error the current token is kEnd for
//                  good, so all loops end and nobody need ask; the tree is thrown away. Run alone
//                  goes on, at the next declaration, for the errors in it (BeginAnew).
//   LS-P2 bounded  every cycle of calls passes a Nesting, which makes it an error when the thread's
//                  stack comes to its end. No number of levels is too many by itself.
//
// Not here: the interface (parser.h).

#ifndef FART_LANG_SYNTAX_PARSER_IMPL_H_
#define FART_LANG_SYNTAX_PARSER_IMPL_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/syntax/parser.h"
#include "lang/syntax/scanner.h"
#include "lang/syntax/stack_room.h"
#include "lang/syntax/token.h"

namespace fart::lang {

class Parser {
 public:
  Parser(std::shared_ptr<const SourceFile> file, Blocks blocks, Bodies bodies);
  ParseResult Run();
  // For the body of a function of a unit that has been parsed.
  Parser(CompilationUnit& unit, const ast::FunctionNode& function);
  std::optional<SyntaxError> ReadLeft(ast::FunctionNode& function);
  // For the members of a class whose file has been parsed; `unit` is where they go.
  Parser(CompilationUnit& unit, const ast::ClassNode& cls);
  std::optional<SyntaxError> ReadLeft(ast::ClassNode& cls);

 private:
  // Entered levels of expressions, statements, types and functions.
  class Nesting {
   public:
    explicit Nesting(Parser& parser);
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
  };

  // Position of a token; kNotFound if a skip did not find what it looked for.
  using Position = std::size_t;
  static constexpr Position kNotFound = 0;

  // What a `?` behind a type can be: the type's only, or also that of a conditional expression.
  enum class QuestionRule : std::uint8_t { kOfType, kMaybe };
  static constexpr const char* kRecords = "Records are not supported.";
  static constexpr const char* kPatterns = "Patterns are not supported.";

  enum class CascadeRule : std::uint8_t { kAllowed, kForbidden };

  using Metadata = std::vector<ast::Annotation*>;
  // Of loops and branches, as statements or in literals of collections.
  using BodyParser = std::function<ast::Statement*()>;

  // What a literal in braces has been found to contain.
  struct ElementForms {
    bool entry = false;
    bool value = false;
  };

  // Of a member declaration.
  struct Modifiers {
    Metadata metadata;
    bool is_external = false;
    bool is_abstract = false;
    bool is_static = false;
    bool is_late = false;
    bool is_final = false;
    bool is_const = false;
  };

  struct OperatorToken {
    int precedence;  // 0: no binary operator.
    ast::BinaryOperator op;
    std::size_t token_count;
  };

  // ---- Tokens (parser.cc) ----
  [[nodiscard]] const Token& TokenAt(Position position) const {
    const std::size_t last = list_.tokens.size() - 1;
    return list_.tokens[position < last ? position : last];
  }
  [[nodiscard]] const Token& Peek(std::size_t ahead = 0) const {
    return TokenAt(position_ + ahead);
  }
  [[nodiscard]] TokenKind Kind(std::size_t ahead = 0) const { return Peek(ahead).kind; }
  [[nodiscard]] bool At(TokenKind kind) const { return Kind() == kind; }
  [[nodiscard]] std::string_view TextOf(const Token& token) const {
    return file_->text().substr(token.offset, token.length);
  }
  [[nodiscard]] bool AtWord(std::string_view word, std::size_t ahead = 0) const {
    const Token& token = Peek(ahead);
    return token.kind == TokenKind::kIdentifier && token.length == word.size() &&
           TextOf(token) == word;
  }
  // Whether what is between these braces has been left out, for all that can be told.
  [[nodiscard]] bool AtMissingBlock() const {
    return list_.lacks_bodies && At(TokenKind::kOpenBrace) && Peek().index == 1 && !Adjacent(0);
  }
  [[nodiscard]] bool Adjacent(std::size_t ahead) const;  // No space between it and the next one.
  [[nodiscard]] std::uint32_t Offset() const { return Peek().offset; }
  Token Take() {
    const Token token = Peek();
    if (position_ + 1 < list_.tokens.size()) ++position_;
    return token;
  }
  bool Accept(TokenKind kind) {
    if (!At(kind)) return false;
    Take();
    return true;
  }
  void Expect(TokenKind kind) {
    if (!Accept(kind)) FailExpected(kind);
  }
  void FailExpected(TokenKind kind);
  std::string ExpectName();
  // Of a constructor, behind the dot: `new` is the unnamed one.
  std::string ExpectConstructorName();
  std::string ExpectStringLiteral();
  // Of what `declared` says: a class, a type parameter or the like.
  std::string ExpectTypeName(const char* declared);
  void Fail(std::uint32_t offset, std::string message);
  void FailUnclosed(std::uint32_t offset);
  // After an error: where the next declaration seems to begin. False: nowhere.
  bool BeginAnew();
  void FailUnexpected(std::string_view wanted);
  [[nodiscard]] bool Failed() const { return error_.has_value(); }
  [[nodiscard]] const std::string& DecodedText(const Token& token) const;
  [[nodiscard]] std::string DigitsOf(const Token& token) const;  // Without the `_` in a number.
  // From that token to the one before the current one.
  [[nodiscard]] std::string TextFrom(Position start) const;

  // ---- Looking ahead (parser_types.cc); none of these takes a token ----
  [[nodiscard]] Position SkipType(Position position, QuestionRule question) const;
  [[nodiscard]] bool IsTypeQuestion(Position position, QuestionRule question) const;
  [[nodiscard]] bool IsOfConditional(Position position) const;
  [[nodiscard]] Position SkipTypeArguments(Position position) const;
  [[nodiscard]] Position SkipParentheses(Position position) const;
  // Is there a type here that is followed by a name (or `this`)?
  [[nodiscard]] bool AtTypeAndName(QuestionRule question = QuestionRule::kOfType) const;
  [[nodiscard]] bool AtFunctionBody(Position position) const;
  [[nodiscard]] bool AtFunctionExpression() const;
  [[nodiscard]] bool AtLocalFunction() const;

  // ---- Types and parameters (parser_types.cc) ----
  ast::Type* ParseType(QuestionRule question = QuestionRule::kOfType);
  // Where values are asked whether they are instances of it.
  ast::Type* ParseTestedType(QuestionRule question);
  ast::Type* MakeNamedType(std::uint32_t offset, std::string name);
  ast::Type* ParseFunctionType(ast::Type* return_type, std::uint32_t offset, bool has_word);
  static std::string TextOf(const ast::FunctionType& function);
  ast::Type* ParseRecordType();
  std::vector<ast::Type*> ParseTypeArguments();  // At `<`.
  // Of what names a constructor: behind one of its names. Once.
  template <typename Node>
  void ParseTypeArgumentsOf(Node& node) {
    if (!At(TokenKind::kLess) || node.typed_names != 0) return;
    node.typed_names = node.names.size();
    node.type_arguments = ParseTypeArguments();
  }
  std::vector<ast::TypeParameter*> ParseTypeParametersIfAny();
  std::vector<ast::ParameterNode*> ParseParameters();
  ast::ParameterNode* ParseParameter(ast::ParameterKind kind);
  [[nodiscard]] bool AtRequired(ast::ParameterKind kind) const;
  void ParseDefaultValue(ast::ParameterNode& parameter);
  std::vector<ast::ParameterNode*> ParseTypeParameterList(bool lone_names_are_types);

  // ---- Declarations (parser_declarations.cc) ----
  void ParseUnit();
  bool ParseDirectiveIfAny();
  void ParseImportOrExport(ast::Directive::Kind kind);
  void AddLoading(const ast::Directive& directive);
  ast::Configuration ParseConfiguration();
  void ParsePart();
  std::string ParseDottedName();
  void ParseTopLevelDeclaration(Metadata metadata);
  Metadata ParseMetadata();
  ast::Expression* ValueOf(ast::Annotation& annotation);
  void ParseTypedef();
  void ParseMember(ast::ClassNode* cls);
  void ParseMemberAfter(ast::ClassNode* cls, Metadata metadata);
  void ParseVariables(ast::ClassNode* cls, const Modifiers& modifiers);
  void ParseFunction(ast::ClassNode* cls, const Modifiers& modifiers, ast::Type* return_type);
  void ParseConstructor(ast::ClassNode& cls, const Modifiers& modifiers);
  std::string ParseOperatorName();
  void CheckBound(const ast::TypeParameter& parameter, const std::vector<ast::TypeParameter*>& all);
  void ParseFunctionRest(ast::FunctionNode& function);
  void ParseInitializers(ast::FunctionNode& function);
  ast::Initializer ParseInitializer();
  void ParseBody(ast::FunctionNode& function);
  void ParsePlainBody(ast::FunctionNode& function);
  void ParseBlockOf(ast::FunctionNode& function);
  void ParseArrow(ast::FunctionNode& function);
  // `async`, `async*` or `sync*`, if it stands here.
  ast::Suspends ParseSuspends();
  // Of a body that has been parsed: the function gives it away.
  void PutOffBody(ast::FunctionNode& function);
  void CheckFunction(const ast::ClassNode* cls, const ast::FunctionNode& function);
  void CheckOperator(const ast::FunctionNode& function);
  bool AcceptModifier(std::string_view word);
  [[nodiscard]] bool AtModifier(std::string_view word) const;
  [[nodiscard]] bool AtConstructor(const ast::ClassNode& cls) const;
  [[nodiscard]] bool AtAccessor(std::string_view word) const;
  [[nodiscard]] bool AtOperator(std::size_t ahead = 0) const;
  [[nodiscard]] bool AtFunction(const ast::ClassNode* cls) const;
  [[nodiscard]] bool AtLate() const;

  // ---- What declarations must not be (parser_rules.cc) ----
  [[nodiscard]] static bool IsBuiltIn(std::string_view word);
  void CheckNameInBody(std::string_view name, std::uint32_t offset);
  void CheckTypeName(const ast::Type& type);
  void CheckIsNotVoid(const ast::Type* type, std::uint32_t offset);
  void CheckModifiers(const ast::ClassNode* cls, const Modifiers& modifiers);
  void CheckMemberName(const ast::ClassNode* cls, const std::string& name, std::uint32_t offset);
  void CheckParameterNames(const std::vector<ast::ParameterNode*>& parameters);
  void CheckConstructor(const Modifiers& modifiers, const ast::FunctionNode& function);

  // ---- Classes and their like (parser_classes.cc) ----
  void ParseClass(Metadata metadata);
  void ParseClassHeader(ast::ClassNode& cls);
  void ParseMembers(ast::ClassNode& cls);
  void ParseMixin(Metadata metadata);
  void ParseExtension(Metadata metadata);
  void ParseEnum(Metadata metadata);
  void RejectEnhancedEnum();
  void AddExternalAccessors(ast::ClassNode* cls, const ast::VariableNode& variable);
  void AddNameOfEnum(ast::ClassNode& cls);
  void AddLateVariable(ast::ClassNode* cls, ast::VariableNode* variable);
  void PassSuperParameters(ast::FunctionNode& function);
  [[nodiscard]] std::size_t ClassModifiersHere() const;
  [[nodiscard]] bool AtClass() const;
  [[nodiscard]] bool AtMixin() const;
  [[nodiscard]] bool AtExtension() const;

  // ---- Statements (parser_statements.cc) ----
  ast::Block* ParseBlock();
  ast::Statement* ParseStatement();
  ast::Statement* ParseSimpleStatement();
  ast::Statement* ParseVariableDeclaration();
  ast::Declarator* ParseDeclaratorName();
  ast::Statement* ParseLocalFunction();
  void ParseInitialValue(ast::Declarator& variable);
  ast::Statement* ParseIf(const BodyParser& parse_body);
  ast::Statement* ParseFor(const BodyParser& parse_body, bool awaits = false);
  ast::Statement* ParseForIn(std::uint32_t offset, bool awaits, const BodyParser& parse_body);
  ast::Block* MakeAwaitingLoop(ast::ForIn& loop);
  ast::Statement* ParseYield();
  ast::Statement* ParseWhile();
  ast::Statement* ParseDoWhile();
  ast::Statement* ParseSwitch();
  void ParseSwitchCase(ast::Switch& statement);
  ast::Statement* ParseTry();
  ast::CatchClause ParseCatch();
  ast::Statement* ParseAssert();
  ast::Expression* ParseAssertArguments(std::string* text, ast::Expression** message);
  ast::Expression* ParseCaseValue();
  void RejectPattern();
  ast::Statement* ParseLabeled();
  ast::Expression* ParseParenthesized();
  [[nodiscard]] bool AtVariableDeclaration() const;
  [[nodiscard]] bool AtForIn() const;
  [[nodiscard]] bool AtLabel() const;

  // ---- Expressions (parser_expressions.cc) ----
  ast::Expression* ParseExpression(CascadeRule cascades = CascadeRule::kAllowed);
  ast::Expression* ParseAssignmentRest(ast::Expression* target, CascadeRule cascades);
  ast::Expression* ParseConditional();
  ast::Expression* ParseBinary(int min_precedence);
  ast::Expression* ParseTypeOperator(ast::Expression* operand);
  ast::Expression* ParseUnary();
  ast::Expression* ParseMinus();
  ast::Expression* ParsePostfix();
  // `start`: where the operand begins.
  ast::Expression* ParseSelectors(ast::Expression* operand, Position start);
  ast::Expression* EndSelectors(ast::Expression* operand, bool is_null_aware);
  ast::Expression* ParseIndex(ast::Expression* operand);
  ast::Expression* Around(ast::Expression* operand, ast::Expression* node, ast::Expression** place);
  ast::Expression* ParseCascade(ast::Expression* target);
  ast::Expression* ParseCascadeSection();
  ast::Expression* MakeCall(ast::Expression* callee);
  ast::Arguments ParseArguments();
  [[nodiscard]] OperatorToken BinaryOperatorHere() const;
  [[nodiscard]] std::size_t ShiftAssignHere() const;
  [[nodiscard]] bool AtNullAwareIndex() const;
  [[nodiscard]] bool AtGenericCall() const;
  [[nodiscard]] bool AtGenericConstructor(ast::Expression& operand) const;
  ast::Expression* ParseGenericConstructor(ast::Expression& operand);
  [[nodiscard]] bool AtTypeValue(ast::Expression& operand) const;
  ast::Expression* ParseTypeValue(ast::Expression& operand);
  void CheckAssignable(ast::Expression* expression, std::uint32_t offset);

  // ---- Primaries (parser_primaries.cc) ----
  ast::Expression* ParsePrimary();
  void RejectAwait();
  [[nodiscard]] bool AtAwait() const;
  ast::Expression* ParseIdentifier();
  ast::Expression* ParseParenthesizedPrimary();
  ast::Expression* ParseFunctionExpression();
  ast::Expression* ParseInt();
  // Do hexadecimal literals of 64 bits spell those bits? Else they are numbers as others.
  [[nodiscard]] bool SpellsBits() const;
  ast::Expression* ParseDouble();
  ast::Expression* ParseString();
  ast::Expression* ParseConst();
  ast::Expression* ParseNew(bool is_const, std::uint32_t offset);
  ast::Expression* ParseCollection(bool is_const);
  ast::Expression* ParseListLiteral(bool is_const, std::vector<ast::Type*> type_arguments);
  ast::Expression* ParseMapLiteral(bool is_const, std::vector<ast::Type*> type_arguments);
  ast::Expression* ParseElement(ElementForms* forms);
  ast::Statement* ParseElementStatement(ElementForms* forms);
  ast::Expression* ParseSymbol();
  ast::StringLiteral* MakeString(std::uint32_t offset, std::string value);
  ast::Identifier* MakeIdentifier(std::uint32_t offset, std::string name);

  template <typename T>
  T* Make(std::uint32_t offset) {
    return unit_->arena.Make<T>(offset);
  }

  const std::shared_ptr<const SourceFile> file_;
  const TokenList list_;
  Position position_ = 0;
  const StackRoom room_;
  int type_argument_depth_ = 0;
  // In `C() : x = (a) {...}` the braces are the constructor's, so no function expression with a
  // block may stand there; brackets of any kind lift this again.
  bool block_functions_allowed_ = true;
  const ast::Expression* in_parentheses_ = nullptr;  // What the last pair had in it.
  ast::Suspends suspends_ = ast::Suspends::kNever;   // of the function whose body is being parsed
  ast::ClassNode* member_of_ = nullptr;              // the class whose member is being parsed
  int open_blocks_ = 0;                              // of functions
  bool leaves_blocks_ = false;         // The next block of a function is not read now.
  const bool leaves_members_ = false;  // Nor are those of classes.
  std::unique_ptr<CompilationUnit> made_;
  CompilationUnit* const unit_;
  std::optional<SyntaxError> error_;
  Position failed_at_ = 0;    // the token that was the current one then
  Position declaration_ = 0;  // the first token of the directive or declaration being parsed
};

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_PARSER_IMPL_H_
