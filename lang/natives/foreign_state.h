// ForeignState -- what an isolate's program keeps to call C: libraries, signatures, functions, and
// which native type each type of a program stands for.
//
// A foreign function is a closure: its Function belongs to a C type (the same for all functions of
// it), the closure has the address. So `asFunction` leaves nothing behind, and a call goes the way
// of every closure's.
//
// Invariants
//   LN-C1 one     of a C type and kind of call there is one ForeignFunction.
//   LN-C2 stable  what stands here stays until the isolate ends: closures name it by address. So do
//                 the classes of its types (Edition::is_kept).
//
// Not here: the natives (natives_ffi*.cc); calls (vm/ffi).

#ifndef FART_LANG_NATIVES_FOREIGN_STATE_H_
#define FART_LANG_NATIVES_FOREIGN_STATE_H_

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/entities.h"
#include "lang/linker/layout.h"
#include "lang/natives/callback_table.h"
#include "lang/natives/compound_types.h"
#include "vm/ffi/foreign_call.h"
#include "vm/ffi/foreign_library.h"
#include "vm/ffi/native_finalizer.h"
#include "vm/ffi/native_type.h"
#include "vm/ffi/signature.h"

namespace fart::lang {

// Functions of one C type; what their closures name is the base.
struct ForeignFunction : Function {
  const ffi::Signature* signature = nullptr;
  TypeEntity* type = nullptr;                // kFunction, of native types
  std::vector<TypeEntity*> parameter_types;  // What VarArgs lists among them.
  ffi::CallKind kind = ffi::CallKind::kOrdinary;
  bool is_quick = false;                             // The quick way may be tried (quick_calls.h).
  std::unique_ptr<CompiledFunction> signature_text;  // Function::compiled
};

// What an external function with @Native stands for; Function::foreign.
struct NativeFunction {
  const ForeignFunction* function = nullptr;
  ffi::ForeignTarget target;
};

// Captured values of the closure of a foreign function: its address and where that comes from (the
// fields of Pointer); the library's record as a word (LN-C2), or an int 0.
inline constexpr std::uint32_t kForeignAddress = 0;
inline constexpr std::uint32_t kForeignOrigin = 1;
inline constexpr std::uint32_t kForeignLibrary = 2;
inline constexpr std::uint32_t kForeignCaptured = 3;

class ForeignState {
 public:
  static ForeignState& Of(Interpreter& interpreter) {
    void* const state = interpreter.foreign_state().get();
    return state != nullptr ? *static_cast<ForeignState*>(state) : Make(interpreter);
  }
  explicit ForeignState(Interpreter& interpreter);

  // Null: nothing foreign has been asked for yet.
  static const ForeignState* IfAny(Interpreter& interpreter) {
    return static_cast<const ForeignState*>(interpreter.foreign_state().get());
  }
  // Whether it is a Pointer. False too as long as nobody has asked IsPointerClass.
  bool HasPointerShape(ObjectPtr object) const {
    return pointer_class_ != nullptr && HasShape(object, pointer_class_->shape);
  }
  // Null: as above.
  const Class* pointer_class() const { return pointer_class_; }
  // The type that such a Pointer points to; null: KnownType says so, or its type is not known.
  const ffi::NativeType* KnownTargetOf(ObjectPtr pointer, const NoSafepointScope& quiet) const {
    const ObjectPtr types = *SlotAt(pointer, pointer_class_->types_offset, quiet);
    if (types.is_null() || types.bits() == 0) return nullptr;
    return KnownType(*FromWord<const TypeArguments>(types)->types[0]);
  }
  // Whether it is dart:ffi's Pointer, which there is one of.
  bool IsPointerClass(const Class& cls) {
    return &cls == pointer_class_ || (pointer_class_ == nullptr && FindsPointerClass(cls));
  }
  // Null: nobody has asked NativeTypeOf yet.
  const ffi::NativeType* KnownType(const TypeEntity& type) const {
    return type.number < by_type_.size() ? by_type_[type.number] : nullptr;
  }
  // Null: it stands for none; *error says so of the type's name.
  const ffi::NativeType* NativeTypeOf(const TypeEntity& type, std::string* error);
  // Null: no type of C functions, or one that cannot be called; *error is a sentence.
  ForeignFunction* FunctionOf(Interpreter& interpreter, TypeEntity* type, ffi::CallKind kind,
                              std::string* error);
  // Whether a program may call `function` as a function of type `wanted`; *error says why not.
  bool Fits(const ForeignFunction& function, const TypeEntity& wanted, std::string* error);

  // Whether C may call what is declared like that as a `function`; *error says why not. Of how many
  // arguments it takes there is no question.
  bool FitsCallback(const ForeignFunction& function, const TypeEntity& declared,
                    std::string* error);

  // Of a class that has one. Null: it cannot be laid out; *error says why, as NativeTypeOf does.
  const CompoundType* CompoundOf(Class& cls, std::string* error) {
    return compounds_.Of(*this, linker_, cls, error);
  }
  CompoundTypes& compounds() { return compounds_; }
  // It stays (LN-C2).
  NativeFunction& Keep(NativeFunction function) { return native_functions_.emplace_back(function); }
  CallbackTable& callbacks() { return callbacks_; }
  ffi::ForeignLibraries& libraries() { return *libraries_; }
  ffi::NativeFinalizers& finalizers() { return *finalizers_; }
  std::uint64_t TakeFinalizerNumber() { return next_finalizer_++; }
  // Whether allocations are noted with where they were made (--ffi-checked).
  bool notes_stacks() const { return notes_stacks_; }
  int* kept_errno() { return &kept_errno_; }

 private:
  [[gnu::cold]] static ForeignState& Make(Interpreter& interpreter);
  [[gnu::cold]] bool FindsPointerClass(const Class& cls);
  const ffi::NativeType* Find(const TypeEntity& type, std::string* error);
  // Limit: a script of these classes stays when another has taken its place.
  static void KeepClassesOf(const TypeEntity& type);
  // Of a value that a call passes; null: *error names the part.
  const ffi::NativeType* PassedTypeOf(const std::string& part, const TypeEntity& type,
                                      std::string* error);
  bool TakeParameters(TypeEntity* type, ffi::SignatureTypes* types,
                      std::vector<TypeEntity*>* parameters, std::string* error);
  bool FitsValue(const TypeEntity& native, const TypeEntity& wanted);
  // Whether a value of C may become one of that type; the other way round.
  bool MayBecome(const TypeEntity& native, const TypeEntity& declared);
  bool MayComeOf(const TypeEntity& native, const TypeEntity& declared);

  Linker& linker_;
  const Class* pointer_class_ = nullptr;  // Null: none has been seen yet.
  CallbackTable callbacks_;
  // Both outlive the program, since finalizers do.
  const std::shared_ptr<ffi::ForeignLibraries> libraries_;
  const std::shared_ptr<ffi::NativeFinalizers> finalizers_;
  std::uint64_t next_finalizer_ = 1;
  bool notes_stacks_ = false;
  ffi::SignatureTable signatures_;
  CompoundTypes compounds_;
  std::deque<NativeFunction> native_functions_;
  std::vector<const ffi::NativeType*> by_type_;  // By the number of the type; null: not known yet.
  std::map<std::pair<const TypeEntity*, ffi::CallKind>, std::unique_ptr<ForeignFunction>>
      functions_;  // LN-C1
  int kept_errno_ = 0;
};

// The intrinsic of all foreign functions; that of those whose calls are leaves.
Done CallForeignClosure(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done CallLeafClosure(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_FOREIGN_STATE_H_
