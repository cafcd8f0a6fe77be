// Entities -- the linked form of a program: what the interpreter works with instead of the
// compiler's tables.
//
// Each is made once and stays where it is until the isolate ends, or its edition (edition.h); so
// code, inline caches and frames name them by plain pointers. They hold no heap object: those lie
// in RootTable slots, to which entities point.
//
// Invariants
//   LK-X1 aligned  entities and code words lie at even addresses: their addresses read as Smis, and
//                  may lie on the execution stack and in objects as they are.
//   LK-X2 fitting  a function that an inline cache names takes exactly the words its site pushes.
//   LK-X5 inside   edition.h
//
// Not here: how they come about (linker.h).

#ifndef FART_LANG_LINKER_ENTITIES_H_
#define FART_LANG_LINKER_ENTITIES_H_

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "heap/object/header.h"
#include "heap/object/object_ptr.h"
#include "lang/compiler/bytecode.h"
#include "lang/compiler/class_tables.h"
#include "lang/compiler/compiled_library.h"
#include "lang/compiler/member_keys.h"
#include "lang/linker/edition.h"
#include "vm/native/libraries.h"
#include "vm/native/native_call.h"
#include "vm/roots/root_table.h"

namespace fart::lang {

class Interpreter;
struct Class;
struct Function;
struct LinkedLibrary;
struct SelectorEntity;

// An entity's address as a word of the stack or of an object (LK-X1), and back.
template <typename T>
ObjectPtr AsWord(const T* pointer) {
  static_assert(alignof(T) >= 2);
  return ObjectPtr::FromBits(reinterpret_cast<std::uintptr_t>(pointer));
}
template <typename T>
T* FromWord(ObjectPtr word) {
  FART_DCHECK(word.IsSmi());
  return reinterpret_cast<T*>(word.bits());
}

// What a class offers under a MemberKey: an implicit accessor of a field, or a function.
struct Member {
  enum class Kind : std::uint8_t { kNone, kField, kFunction };
  Kind kind = Kind::kNone;
  std::uint32_t offset = 0;  // kField: of the slot, from the object's address.
  Function* function = nullptr;
};

// What is known at one call site about the shapes it met last.
struct CacheEntry {
  enum class Kind : std::uint8_t {
    kField,     // Load or store the slot at `offset`.
    kFunction,  // Call `function`: the arguments on the stack are exactly what it takes.
  };
  ShapeId shape = ShapeId{0};  // ShapeTable::kInvalid, which no object has: nothing known.
  Kind kind = Kind::kFunction;
  union {
    Function* function = nullptr;
    std::uint32_t offset;
  };
};
struct InlineCache {
  CacheEntry first;
  CacheEntry second;
};

struct StaticCallEntity {
  Function* function = nullptr;
  std::vector<std::string> argument_names;
};

struct TypeEntity;

// Interned (LK-T1). Never all dynamic: null pointers stand for that.
struct TypeArguments {
  std::vector<TypeEntity*> types;
  bool is_open = false;  // A type parameter is in them.
  std::uint32_t number = 0;
};
static_assert(alignof(TypeArguments) >= 2);  // LK-X1

// A type where it is a value; no two are equal (LK-T1). `number` is what its object
// (core_shape::kType) contains.
struct TypeEntity {
  TypeRef::Kind kind = TypeRef::Kind::kDynamic;
  Class* cls = nullptr;                      // kClass
  const TypeArguments* arguments = nullptr;  // kClass; null: none written, or all dynamic.
  bool is_nullable = false;
  bool is_open = false;  // It is a type parameter, or one is in it.
  // Being an instance is a question of the object's class alone. Set if that is all.
  bool is_plain_class = false;
  int index = 0;  // kParameter
  // kFunction: what it returns, then the types of what it takes, and what is to be known of that.
  std::vector<TypeEntity*> parts;
  std::shared_ptr<const std::vector<TypeRef::Parameter>> parameters;
  std::uint32_t weight = 1;  // How many types it consists of.
  std::string text;          // As the language writes it.
  std::uint64_t number = 0;
  RootTable::Slot* object = nullptr;  // Its value is null until it is asked for.

  // kFunction
  bool is_record() const {
    return parameters != nullptr && !parameters->empty() &&
           parameters->front().kind == TypeRef::Parameter::Kind::kField;
  }
  TypeEntity* result() const { return parts[0]; }
  std::size_t parameter_count() const { return parameters->size(); }
  TypeEntity* parameter_type(std::size_t i) const { return parts[i + 1]; }
};

// Whether `is_it` says so of a class in the type. Types are of bounded size (LK-T2).
template <typename Predicate>
bool AnyClassIn(const TypeEntity& type, const Predicate& is_it);
template <typename Predicate>
bool AnyClassIn(const TypeArguments& arguments, const Predicate& is_it) {
  for (const TypeEntity* const type : arguments.types) {
    if (AnyClassIn(*type, is_it)) return true;
  }
  return false;
}
template <typename Predicate>
bool AnyClassIn(const TypeEntity& type, const Predicate& is_it) {
  if (type.cls != nullptr && is_it(*type.cls)) return true;
  if (type.arguments != nullptr && AnyClassIn(*type.arguments, is_it)) return true;
  for (const TypeEntity* const part : type.parts) {
    if (AnyClassIn(*part, is_it)) return true;
  }
  return false;
}

// Top-level and static variables, and constant objects.
struct StaticEntity {
  const CompiledStatic* compiled = nullptr;
  LinkedLibrary* library = nullptr;
  // kUninitialised until the initialiser has run (LoadStatic, LoadOnce).
  RootTable::Slot* value = nullptr;
  Function* initializer = nullptr;
  bool is_initializing = false;
};

// An entry of a function's constant pool. The instruction that names it knows what it is; a
// function may be there both to be called and, as a closure, to be pushed.
struct PoolEntry {
  const RootTable::Slot* value = nullptr;  // What PushConstant pushes.
  union {
    Function* function = nullptr;
    Class* cls;
    StaticEntity* variable;
    SelectorEntity* selector;
    StaticCallEntity* call;
    TypeEntity* type;
  };
};

// How an intrinsic ended. See lang/natives.
enum class Done : std::uint8_t {
  kResult,      // The result is in arguments[0].
  kCall,        // Make the call that Interpreter::SetTailCall was told of, with the words from
                // arguments[0] to the stack's top.
  kThrow,       // Throw what Interpreter::SetPending was given.
  kThrowAgain,  // The same with the stack trace that was given too.
  kRefused,     // Throw what says that an argument does not fit (Interpreter::Refuse).
  kStopped,     // The isolate is to stop: nothing has a result (Interpreter::IsToStop).
  kFailed,      // An error object is in arguments[0]: as if a native function had come to it.
  kBody,        // Nothing has happened: run the body (Entry::kQuick).
  kResume,      // Take up what the arguments say (Interpreter::Resume).
};
using Intrinsic = Done (*)(Interpreter& interpreter, ObjectPtr* arguments);

// Words of a frame between its slots and its operands (lang/interpreter).
inline constexpr std::uint32_t kLinkageWords = 3;

enum class Entry : std::uint8_t {
  kCode,
  kIntrinsic,         // A native function of a `dart:` library.
  kGenericIntrinsic,  // The same; its body can ask which function it is, and for type arguments.
  kQuick,             // Code, and an intrinsic that is asked first (Done::kBody).
  kAdapter,           // An Adapter.
  kNative,            // A native function of a program.
  kExternal,          // There is no body: throws.
  kUnlinked,          // Not called yet: Linker::Link.
};

// What one call says of its type arguments (CallTypes).
struct CallTypesEntity {
  bool is_made = false;
  TypeEntity* expected = nullptr;  // Null: `types` are given.
  std::vector<TypeEntity*> types;
  // What came of it the last time, for that callee with these arguments in force around both.
  const Function* callee = nullptr;
  const TypeArguments* in_force = nullptr;
  const TypeArguments* around = nullptr;
  const TypeArguments* result = nullptr;
};

struct Function {
  Entry entry = Entry::kUnlinked;
  bool is_simple = false;
  bool has_receiver = false;
  std::uint32_t parameter_count = 0;
  // kCode only.
  std::uint32_t slot_count = 0;
  std::uint32_t frame_words = 0;  // Slots, linkage and operands.
  const CodeWord* code = nullptr;
  const PoolEntry* constants = nullptr;
  InlineCache* caches = nullptr;
  Intrinsic intrinsic = nullptr;  // kQuick too
  NativeTarget native;            // kNative only: what the resolver said. It is asked once.
  // Of CompiledFunction::native: what the natives found (ForeignState keeps it); null: not yet.
  void* foreign = nullptr;

  const CompiledFunction* compiled = nullptr;  // Null: a stub, which stack traces leave out.
  LinkedLibrary* library = nullptr;
  int index = 0;           // Into CompiledLibrary::functions.
  Class* owner = nullptr;  // Null for functions of the library itself.
  RootTable::Slot* tear_off = nullptr;

  std::uint32_t cache_count = 0;
  // Of its calls, by place in CompiledFunction::call_types; made when a callee asks for them.
  std::unique_ptr<CallTypesEntity[]> call_types;

  std::unique_ptr<PoolEntry[]> pool_storage;
  std::unique_ptr<CodeWord[]> code_storage;  // Of a stub; compiled code belongs to the compiler.
  std::unique_ptr<InlineCache[]> cache_storage;
  // What only its own pool names.
  std::vector<std::unique_ptr<SelectorEntity>> selectors;
  std::vector<std::unique_ptr<StaticCallEntity>> static_calls;

  Function();
  ~Function();
  Function(const Function&) = delete;
  Function& operator=(const Function&) = delete;
  // Empty ones, each of which is forgotten with what it knows.
  void MakeCaches(std::uint32_t count) {
    cache_storage = std::make_unique<InlineCache[]>(count);
    cache_count = count;
    caches = cache_storage.get();
  }
  // With which it ends; null: with the isolate. Of a stub: with its selector.
  Edition* edition() const;
};
static_assert(alignof(Function) >= 2 && alignof(CodeWord) >= 2);  // LK-X1

// What an inline cache names where words have to be arranged before a function takes them, or where
// type arguments decide which one: of one selector's calls, what came of the last. Calls that are
// different are sent.
struct Adapter : Function {
  const SelectorEntity* selector = nullptr;
  // For receivers of this shape; kInvalid: none is known.
  ShapeId shape = ShapeId{0};
  bool is_of_types = false;  // And with these type arguments.
  const TypeArguments* types = nullptr;
  Function* target = nullptr;  // Takes the words once they are arranged.
};

struct SelectorEntity {
  const MemberKey* key = nullptr;
  std::uint32_t positional_count = 0;  // Without the receiver.
  std::vector<std::string> argument_names;
  // Interpreter::GetterCallStub; null: not needed yet.
  mutable std::unique_ptr<Function> getter_call_stub;
  // Of one function's calls alone, so that it may have an adapter.
  bool is_of_one_function = false;
  mutable std::unique_ptr<Adapter> adapter;  // Null: not needed yet.
};

inline Function::Function() = default;
inline Function::~Function() = default;

// A selector of a name that a host gave. Hosts may make up names without end: the key of one that
// no program text has is here, and ends with this object. (Where it lies, on the stack, no other
// key does: what Interpreter::Lookup remembers of it stays true.)
class HostSelector {
 public:
  HostSelector(MemberKind kind, const Name& name, std::uint32_t positional_count) {
    unknown_.Fill(name, 0);
    own_.key = unknown_.Of(kind);
    own_.positional_count = positional_count;
  }
  HostSelector(const HostSelector&) = delete;
  HostSelector& operator=(const HostSelector&) = delete;

  const SelectorEntity& get() const { return own_; }

 private:
  MemberKeys::Three unknown_;
  SelectorEntity own_;
};

struct Class {
  const CompiledClass* compiled = nullptr;
  LinkedLibrary* library = nullptr;
  ClassRef ref;
  const ClassTable* table = nullptr;  // Null: not linked yet.

  // Once linked:
  Class* superclass = nullptr;
  // Of instances that Allocate makes; kInvalid for abstract classes and those of core objects.
  ShapeId shape = ShapeId{0};
  std::uint32_t field_count = 0;    // The superclass's included.
  std::uint32_t first_field = 0;    // Of the fields of `compiled`.
  std::uint32_t native_fields = 0;  // The superclass's included.
  // Where its instances have their type arguments (TypeArguments as a word, or null); 0: nowhere.
  std::uint32_t types_offset = 0;
  std::span<const std::uint64_t> supertypes;
  // Of an application: the functions of its mixin, and their closures, with this class as their
  // owner. By library and index.
  std::map<std::pair<int, int>, std::unique_ptr<Function>> mixed_in;

  TypeEntity type;
};

// A member that an extension declares.
struct ExtensionMember {
  Function* function = nullptr;
  const CompiledClass* extension = nullptr;
  TypeEntity* on = nullptr;
};

struct LinkedLibrary {
  const CompiledLibrary* compiled = nullptr;
  Edition* edition = nullptr;       // Null: it ends with the isolate.
  fart::Library* record = nullptr;  // The VM's.
  bool is_bundled = false;          // A `dart:` library: its native functions are intrinsics.
  // By index into the compiled library's tables; null: not asked for yet.
  std::vector<std::unique_ptr<Function>> functions;
  std::vector<std::unique_ptr<Class>> classes;
  std::vector<std::unique_ptr<StaticEntity>> statics;
  // What the extensions that its code can see declare under a key, once that has been asked for.
  std::unordered_map<const MemberKey*, std::vector<ExtensionMember>> extension_members;
};

// An application has functions of a mixin that may be of a library that stays longer.
inline Edition* Function::edition() const {
  if (owner != nullptr) return owner->library->edition;
  return library == nullptr ? nullptr : library->edition;
}

}  // namespace fart::lang

#endif  // FART_LANG_LINKER_ENTITIES_H_
