// The compiled form of a library -- plain data; the loader makes heap objects of it.
//
// Declaring a library fills in everything except the functions' code; compiling adds code, and
// appends functions (closures) and statics (constant objects) that the bodies need. Libraries have
// small numbers (their place in the LibrarySet), by which references cross libraries.
//
// Invariants
//   LC-L1 stable   functions, classes and statics are only ever appended and never move; so
//                  (library, index) names one for ever. What is declared of them is complete before
//                  they are appended, or before anybody knows their numbers (LC-S6), so it can be
//                  read while a body is being compiled on another thread.
//   LC-L2 private  a name that starts with an underscore is visible only in its library, and
//                  Name::library is that library's number; every other name has kPublic. Two names
//                  are the same iff text and library are.
//   LC-L3 code     whoever sees is_compiled may read the code, on any thread: it never changes
//                  again.
//
// Not here: the instructions (bytecode.h); how names are looked up (library_set.h).

#ifndef FART_LANG_COMPILER_COMPILED_LIBRARY_H_
#define FART_LANG_COMPILER_COMPILED_LIBRARY_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "lang/compiler/append_only.h"
#include "lang/compiler/bytecode.h"

namespace fart::lang {

// LC-L2. Operators are named by their text, unary minus "unary-", index "[]" and "[]=". A
// constructor's text is the part after the dot, "" for the unnamed one.
struct Name {
  static constexpr int kPublic = -1;

  std::string text;
  int library = kPublic;

  friend bool operator==(const Name&, const Name&) = default;
  friend auto operator<=>(const Name&, const Name&) = default;
};

// A method, a getter and a setter of one name are three different members.
enum class MemberKind : std::uint8_t { kMethod, kGetter, kSetter };

// What a call asks for. On the stack: receiver, the positional arguments, then the named ones in
// the order of `argument_names` (the order of the source, not sorted). A getter takes none, a
// setter one.
struct Selector {
  MemberKind kind = MemberKind::kMethod;
  Name name;
  std::uint32_t positional_count = 0;  // Without receiver and named arguments.
  std::vector<std::string> argument_names;

  friend bool operator==(const Selector&, const Selector&) = default;
};

struct FunctionRef {
  int library = 0;
  int function = 0;  // Index into CompiledLibrary::functions.
  friend bool operator==(const FunctionRef&, const FunctionRef&) = default;
};

struct ClassRef {
  int library = 0;
  int cls = 0;  // Index into CompiledLibrary::classes.
  friend bool operator==(const ClassRef&, const ClassRef&) = default;
};

struct StaticRef {
  int library = 0;
  int variable = 0;  // Index into CompiledLibrary::statics.
  friend bool operator==(const StaticRef&, const StaticRef&) = default;
};

// A call of a known function that leaves out optional arguments or passes some by name. Words on
// the stack: the receiver (generative constructors only), the positional arguments, then the named
// ones in this order.
struct StaticCall {
  FunctionRef function;
  std::vector<std::string> argument_names;
  friend bool operator==(const StaticCall&, const StaticCall&) = default;
};

// A type written in the program, where it is a value (`is`, `as`, `on`, a type literal, a type
// argument), in an `extends` clause, or declared. Names of typedefs are replaced by what they mean.
struct TypeRef {
  enum class Kind : std::uint8_t {
    kDynamic,     // Everything is an instance. Also the type parameters of a function's type.
    kClass,       // `cls`, with `arguments` if some were written.
    kUnresolved,  // No such type; only a part of another can be one.
    kVoid,        // As kDynamic, but told from it.
    kFunction,    // arguments[0] is what it returns, the others are those of `parameters`.
    kParameter,   // The type parameter of number `index` in force where it is written.
  };
  // Of a function's type.
  struct Parameter {
    enum class Kind : std::uint8_t {
      kRequired,
      kOptional,
      kNamed,
      kRequiredNamed,
      kField,  // All are: it is no function's type but a record's, `(int, String)`.
    };
    Kind kind = Kind::kRequired;
    std::string name;  // Of named ones.
    friend bool operator==(const Parameter&, const Parameter&) = default;
  };
  Kind kind = Kind::kDynamic;
  ClassRef cls;
  std::vector<TypeRef> arguments = {};
  std::string text;  // As written, for messages.
  bool is_nullable = false;
  // Type parameters in force are numbered from outside: the class's, those of the functions around,
  // the function's own. Static members do not see the class's; a factory has them as its own.
  int index = 0;
  std::shared_ptr<const std::vector<Parameter>> parameters = nullptr;
  friend bool operator==(const TypeRef& a, const TypeRef& b) {
    const bool same_parameters =
        a.parameters == b.parameters ||
        (a.parameters != nullptr && b.parameters != nullptr && *a.parameters == *b.parameters);
    return same_parameters && a.kind == b.kind && a.cls == b.cls && a.arguments == b.arguments &&
           a.text == b.text && a.is_nullable == b.is_nullable && a.index == b.index;
  }

  // kFunction: it is a record's.
  [[nodiscard]] bool is_record() const {
    return parameters != nullptr && !parameters->empty() &&
           parameters->front().kind == Parameter::Kind::kField;
  }
  // Is it a type parameter, or is one in it?
  [[nodiscard]] bool is_open() const;
};

// What is known of the type arguments of the call that returns to `pc`: those that are written or
// can be inferred (`count` of them), or (kExpected) the type of what the result is for, from which
// the callee infers them. From `first` on in CompiledCallTypes::types.
struct CallTypes {
  static constexpr std::uint32_t kExpected = 0;

  std::uint32_t pc = 0;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct CompiledCallTypes {
  std::vector<CallTypes> calls;  // Sorted by pc. Calls that say nothing are not here.
  std::vector<TypeRef> types;
};

struct CompiledTypeParameter {
  std::string name;
  TypeRef bound;  // kDynamic: none.
};

// Of a function; of a factory its class's.
struct CompiledTypeParameters {
  std::vector<CompiledTypeParameter> own;
  std::uint32_t first = 0;  // The number of the first one.
  // What the function returns: a call that only says what it expects is matched with that.
  TypeRef return_type;
};

// An int of more than 64 bits, as IntLiteral::big spells it.
struct BigInteger {
  std::string text;
};

// A FunctionRef is, for PushConstant, the tear-off of a static or top-level function: always the
// same closure.
using PoolConstant = std::variant<std::int64_t, double, std::string, Selector, FunctionRef,
                                  ClassRef, StaticRef, StaticCall, TypeRef, BigInteger>;

struct Parameter {
  enum class Kind : std::uint8_t { kRequired, kOptional, kNamed };
  Kind kind = Kind::kRequired;
  std::string name;
  // A parameter the caller left out gets null; but if this is set, the interpreter's own "absent"
  // marker, which is no value of the program: the function's first instructions replace it
  // (JumpIfGiven slot, over; <default>; StoreLocal slot). So a default may be any constant
  // expression, and the marker never gets further.
  bool has_default = false;
  bool is_demanded = false;  // A named one that must be given.
};

// In tables: the first entry whose range contains the throwing instruction's first word is the
// handler (inner tries come first). The operand stack is emptied (LC-B3), the two slots are set,
// and execution goes on at `handler`.
struct ExceptionHandler {
  std::uint32_t start = 0;  // First word covered.
  std::uint32_t end = 0;    // First word no longer covered.
  std::uint32_t handler = 0;
  std::uint32_t exception_slot = 0;
  std::uint32_t trace_slot = 0;
};

// Instructions from `pc` up to the next entry stem from this place. Sorted by pc. Lines and columns
// count from 1; columns count Unicode code points, as in error messages.
struct LineEntry {
  std::uint32_t pc = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

enum class FunctionKind : std::uint8_t {
  kFunction,  // Top-level or static function, or instance method, operators included.
  kGetter,
  kSetter,
  kGenerativeConstructor,  // Slot 0: the new object, which it returns.
  kFactory,                // No receiver; returns an object.
  kClosure,                // Slot 0: the closure.
  kStaticInitializer,      // No arguments; see LoadStatic.
};

// `@Native<T>(...)` of dart:ffi: the C function that an external function stands for.
struct CompiledNative {
  TypeRef type;  // kFunction, of native types
  std::string symbol;
  std::string asset;  // Empty: none is named.
  bool is_leaf = false;
};

struct CompiledFunction {
  static constexpr int kNoOwner = -1;
  static constexpr int kNone = -1;

  FunctionKind kind = FunctionKind::kFunction;
  Name name;  // Empty for unnamed constructors, function expressions and initialisers.
  // For stack traces: "main", "C.method", "new C.named", "main.<anonymous closure>".
  std::string qualified_name;
  // Index into the library's classes; closures have that of the member they are written in.
  int owner_class = kNoOwner;
  // No receiver: top-level functions, static members, factories, initialisers.
  bool is_static = false;
  bool is_abstract = false;     // No body: never a target of a call.
  bool is_external = false;     // `external`: no body; calling it throws NoSuchMethodError.
  bool is_const = false;        // `const` constructors.
  bool is_native = false;       // `native "name";`: no code, but where parameters have defaults.
  bool fills_defaults = false;  // A native one that does: code does it, then calls (CallNative).
  // Of one that is not native, and has code: the native that is its quick way; empty: none.
  std::string native_name;

  // Without the receiver, in slot order: the required ones, then optional or named ones.
  std::vector<Parameter> parameters;
  std::uint32_t required_count = 0;   // Of `parameters`.
  std::uint32_t parameter_count = 0;  // Slots taken: parameters.size(), plus 1 with a receiver.

  std::unique_ptr<CompiledTypeParameters> generic;  // Null: it has no type parameters.
  // Which field of its class's CompiledCompound it reads or writes; kNone: none. It is_native then,
  // and so is one with `native`.
  int compound_field = kNone;
  std::unique_ptr<CompiledNative> native;  // Null: no C function.
  // A function's type, of a program's library: tests of functions are made with it, and what may
  // be a callback of C is held against it. Null: nothing is declared.
  std::unique_ptr<TypeRef> declared_type;

  // Of the code; empty until it is compiled. (LC-L3)
  std::atomic<bool> is_compiled = false;
  std::uint32_t slot_count = 0;  // Parameters and locals.
  std::uint32_t max_operands = 0;
  std::uint32_t cache_count = 0;
  std::vector<CodeWord> code;
  std::vector<PoolConstant> constants;
  std::vector<ExceptionHandler> handlers;
  std::vector<LineEntry> lines;
  std::unique_ptr<CompiledCallTypes> call_types;  // Null: no call says anything.
  // The slot that LoadTypeArguments sets; kNone: it does not ask for type parameters.
  int types_slot = kNone;
  // Of closures: number of the captured value that is the type arguments in force around it.
  int captured_types = kNone;
  // Of closures: what the captured values are called, but for that one; for who looks into a heap.
  std::vector<std::string> captured_names;
  int source_file = 0;  // Index into CompiledLibrary::files.

  [[nodiscard]] bool has_receiver() const { return !is_static; }
  [[nodiscard]] bool has_code() const {
    return !is_abstract && !is_external && (!is_native || fills_defaults);
  }
  // What annotations of dart:ffi say: the library's natives do it.
  [[nodiscard]] bool is_foreign() const { return compound_field != kNone || native != nullptr; }
  // Every argument is required: a call with parameter_count words and no names needs no binding.
  [[nodiscard]] bool is_simple() const { return required_count == parameters.size(); }
  // Null: nothing is known of the call that returns to `pc`.
  [[nodiscard]] const CallTypes* CallTypesAt(std::uint32_t pc) const;
  // The place of an instruction, or {0, 0, 0} if unknown.
  [[nodiscard]] LineEntry PlaceOf(std::uint32_t pc) const;
  // For messages: "greet(name, [greeting])".
  [[nodiscard]] std::string Signature() const;
};

// A top-level or static variable, or (hidden, name empty) a constant object of some `const`
// expression.
struct CompiledStatic {
  Name name;
  int owner_class = CompiledFunction::kNoOwner;
  bool is_final = false;  // Has no setter: reading it by name is all that the host may do.
  bool is_const = false;  // Constant expressions may name it.
  // At most one of the two is there. Neither: it starts as null.
  std::variant<std::monostate, bool, std::int64_t, double, std::string> initial_value;
  // Index of a kStaticInitializer function, which runs at the first read; -1: none.
  int initializer = -1;
};

struct CompiledField {
  Name name;
  bool is_final = false;  // No implicit setter. Every field has an implicit getter.
};

// What a class that extends dart:ffi's Struct, Union or AbiSpecificInteger declares. Its fields lie
// in native memory: to the program each is a getter, and a setter unless it is final.
struct CompiledCompound {
  enum class Kind : std::uint8_t { kStruct, kUnion, kInteger };
  // As the outermost dimension of an array: as many elements as there is memory for. One less for
  // each that sizes count.
  static constexpr std::int64_t kVariable = 0;
  struct Field {
    std::string name;
    // As the class declares it; of ints, doubles and bools what the annotation says: `Int32`.
    TypeRef type;
    std::vector<std::int64_t> dimensions;  // Of an Array, the outermost first.
    [[nodiscard]] bool IsVariable() const {
      return !dimensions.empty() && dimensions.front() <= kVariable;
    }
  };
  Kind kind = Kind::kStruct;
  std::uint32_t packing = 0;  // 0: none.
  std::vector<Field> fields;  // kInteger: what it is on this ABI, without a name.
};

struct CompiledClass {
  // Fields, functions and statics are there; else only LibrarySet may look at them, which reads
  // them when somebody asks (LC-S6).
  std::atomic<bool> has_members = true;
  Name name;
  bool is_abstract = false;
  bool is_enum = false;
  // What it declares belongs to instances of `on_type`; it has none itself, and is no type.
  bool is_extension = false;
  TypeRef on_type;
  TypeRef on_pattern;  // The same with its type parameters.
  // kDynamic only for the root class, Object. An unresolved one makes a compilation error.
  TypeRef superclass;
  // kClass only for the application of a mixin: `S with M` is a class between S and whatever
  // extends it, which has what M declares as if it were written there. `class C extends S with M,
  // N` extends the application of N to that of M to S; these have no names that a program could
  // write.
  TypeRef mixin;
  std::vector<TypeRef> interfaces;
  std::vector<std::string> type_parameters;
  // Instance fields in order; InitField's numbers. An object holds the superclass's fields first.
  // An application's are its mixin's.
  std::vector<CompiledField> fields;
  // Indices into CompiledLibrary::functions: methods, accessors, constructors.
  std::vector<int> functions;
  std::vector<int> statics;  // Indices into CompiledLibrary::statics.
  // Words of an instance that only native code sees, besides the superclass's. Declared by no
  // syntax: the wrapper classes of dart:nativewrappers have them, and those that a host makes.
  std::uint32_t native_fields = 0;
  std::unique_ptr<CompiledCompound> compound;  // Null: it is none.
};

struct CompiledLibrary {
  int number = 0;
  std::string uri;
  std::string name;  // Of the `library` directive, or empty.
  // The library's own file, then its parts: for messages and stack traces.
  std::vector<std::string> files;
  AppendOnly<std::unique_ptr<CompiledFunction>> functions;
  std::vector<std::unique_ptr<CompiledClass>> classes;
  AppendOnly<std::unique_ptr<CompiledStatic>> statics;
  // Those that its code can see, its own first.
  std::vector<ClassRef> extensions;

  // Members of the library itself (kNoOwner) or of one of its classes; -1 if there is none. Linear:
  // for tests and single questions from the host.
  [[nodiscard]] int FindFunction(int owner_class, FunctionKind kind, const Name& name) const;
  [[nodiscard]] int FindStatic(int owner_class, const Name& name) const;
  [[nodiscard]] int FindClass(const Name& name) const;

  // How this library's sources spell `text` (LC-L2).
  [[nodiscard]] Name NameOf(const std::string& text) const {
    return Name{text, !text.empty() && text[0] == '_' ? number : Name::kPublic};
  }
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_COMPILED_LIBRARY_H_
