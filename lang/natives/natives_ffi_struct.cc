// Natives of dart:ffi: structs, unions and arrays.

#include "lang/natives/natives_ffi_struct.h"

#include <cstring>
#include <limits>
#include <string>

#include "lang/linker/layout.h"
#include "lang/natives/arguments.h"
#include "lang/natives/compound_types.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives_ffi.h"
#include "vm/ffi/native_memory.h"
#include "vm/ffi/struct_layout.h"
#include "vm/values/numbers.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

using ffi::NativeType;

// ---- Views

// What the value lies in, and from which byte on.
struct Within {
  ObjectPtr base = kNull;
  std::int64_t offset = 0;
};
// Of an object that no native has made (a host can allocate one): nowhere.
Within PartOf(ObjectPtr view, std::uint64_t offset, const NoSafepointScope& quiet) {
  const ObjectPtr own = *SlotAt(view, kViewOffset, quiet);
  if (!own.IsSmi()) [[unlikely]]
    return {};
  return {*SlotAt(view, kViewBase, quiet), own.SmiValue() + static_cast<std::int64_t>(offset)};
}

std::uint8_t* BytesAt(const Within& where, const NoSafepointScope& quiet) {
  if (IsTypedData(where.base)) return BytesOf(where.base, quiet).first + where.offset;
  return reinterpret_cast<std::uint8_t*>(PlaceOf(where.base, quiet).address +
                                         static_cast<std::uint64_t>(where.offset));
}

// Why `size` bytes there may not be accessed.
struct Refusal {
  enum class Kind : std::uint8_t { kNone, kArgument, kBounds, kDead };
  Kind kind = Kind::kNone;
  std::string rule;
};

Refusal OutOfBounds(std::uint64_t size, std::int64_t offset, std::uint64_t length) {
  return {Refusal::Kind::kBounds, "must have memory for that: " + std::to_string(size) +
                                      " bytes from byte " + std::to_string(offset) +
                                      " on are not within its " + std::to_string(length)};
}

Refusal WhyNot(ForeignState& state, const Place& place, std::uint64_t size) {
  if (!CanBeMemory(place)) {
    return {Refusal::Kind::kArgument,
            place.address < kNullPage
                ? "must not lie at nullptr or in the first page, " + Hex(place.address)
                : "must not lie where there is no memory, " + Hex(place.address)};
  }
  if (place.origin == kUnknownOrigin) return {};
  if (place.IsInBlock()) {
    if (ffi::IsWithin(place.block(), place.address, size)) return {};
    const ffi::BlockRange range = ffi::RangeOf(place.block());
    if (range.is_live) {
      const auto offset = static_cast<std::int64_t>(place.address - range.address);
      return OutOfBounds(size, offset, range.size);
    }
  }
  const std::string why = WhyDead(state, place);
  if (why.empty()) return {};
  return {Refusal::Kind::kDead, why};
}

Refusal WhyNot(Interpreter& interpreter, const Within& where, std::uint64_t size,
               const NoSafepointScope& quiet) {
  ForeignState& state = ForeignState::Of(interpreter);
  if (where.base.IsHeapObject() && IsTypedData(where.base)) {
    const std::uint64_t length = BytesOf(where.base, quiet).length;
    const auto offset = static_cast<std::uint64_t>(where.offset);
    if (offset <= length && size <= length - offset) return {};
    return OutOfBounds(size, where.offset, length);
  }
  if (!IsPointer(interpreter, where.base)) {
    return {Refusal::Kind::kArgument, "must lie in memory: it comes from a pointer or `create`"};
  }
  Place place = PlaceOf(where.base, quiet);
  place.address += static_cast<std::uint64_t>(where.offset);
  return WhyNot(state, place, size);
}

// The error of an argument that is, or has, such a place.
Done Refuse(Interpreter& interpreter, ObjectPtr* arguments, std::uint32_t which,
            const Refusal& refusal) FART_MAY_COLLECT {
  switch (refusal.kind) {
    case Refusal::Kind::kDead:
      return RaiseState(interpreter, arguments, "Access of native memory: " + refusal.rule + ".");
    case Refusal::Kind::kBounds:
      return interpreter.RefusePlace(which, refusal.rule);
    case Refusal::Kind::kArgument:
    case Refusal::Kind::kNone:
      break;
  }
  return interpreter.Refuse(which, refusal.rule);
}

// Whether `size` bytes of the view that is that argument may be accessed. Otherwise *done is the
// error.
bool MayAccessPart(Interpreter& interpreter, ObjectPtr* arguments, std::uint32_t which,
                   std::uint64_t offset, std::uint64_t size, Done* done) FART_MAY_COLLECT {
  Refusal refusal;
  {
    const NoSafepointScope quiet;
    refusal = WhyNot(interpreter, PartOf(arguments[which], offset, quiet), size, quiet);
  }
  if (refusal.kind == Refusal::Kind::kNone) [[likely]]
    return true;
  *done = Refuse(interpreter, arguments, which, refusal);
  return false;
}

// Of the type, in what `base` is.
FreshObject NewView(Interpreter& interpreter, TypeEntity& type, Rooted base, std::int64_t offset,
                    std::int64_t array) FART_MAY_COLLECT {
  Class& cls = *type.cls;
  if (!interpreter.linker().RegisterInstanceShape(&cls)) return FreshObject();
  Mutator& mutator = interpreter.mutator();
  const FreshObject fresh = mutator.Allocate(cls.shape);
  if (fresh.is_null()) return fresh;
  const NoSafepointScope quiet;
  const ObjectPtr view = fresh.Get(quiet);
  mutator.InitField(view, SlotAt(view, kViewBase, quiet), base.Get(quiet));
  mutator.InitField(view, SlotAt(view, kViewOffset, quiet), ObjectPtr::FromSmi(offset));
  if (array != kNoArray) {
    mutator.InitField(view, SlotAt(view, kViewArray, quiet), ObjectPtr::FromSmi(array));
    mutator.InitField(view, SlotAt(view, cls.types_offset, quiet), AsWord(type.arguments));
  }
  return fresh;
}

// ---- Values: parts of the view in arguments[0]

Done LoadPart(Interpreter& interpreter, ObjectPtr* arguments,
              const CompoundField& part) FART_MAY_COLLECT {
  if (!part.native->IsScalar()) {
    Within where;
    {
      const NoSafepointScope quiet;
      where = PartOf(arguments[0], part.offset, quiet);
    }
    if (!ObjectPtr::IsSmiValue(where.offset)) [[unlikely]]
      return interpreter.Refuse(0, "must lie where there are addresses");
    arguments[0] = where.base;
    return Answer(interpreter, arguments,
                  NewView(interpreter, *part.type, Rooted(arguments), where.offset, part.array));
  }
  Done done = Done::kRefused;
  const std::uint64_t size = part.native->size;
  if (!MayAccessPart(interpreter, arguments, 0, part.offset, size, &done)) return done;
  std::uint64_t word = 0;
  {
    const NoSafepointScope quiet;
    std::memcpy(&word, BytesAt(PartOf(arguments[0], part.offset, quiet), quiet), size);
  }
  return AnswerForeignWord(interpreter, arguments, *part.native, *part.type, word);
}

// Whether an array is one of that type: of as many elements, of the same.
bool IsSameArray(const NativeType& a, const NativeType& b) {
  const NativeType* left = &a;
  const NativeType* right = &b;
  while (left->kind == ffi::NativeKind::kArray && right->kind == ffi::NativeKind::kArray) {
    if (left->length != right->length) return false;
    left = left->element;
    right = right->element;
  }
  return left == right;
}

// The type of an array that lies somewhere; null: it is none.
const ArrayType* ArrayTypeOf(Interpreter& interpreter, ObjectPtr object, const Class& array_class,
                             const NoSafepointScope& quiet) {
  if (!object.IsHeapObject() || interpreter.ClassOf(object) != &array_class) return nullptr;
  const ObjectPtr number = *SlotAt(object, kViewArray, quiet);
  // What another isolate has sent has no type arguments: its number is not ours.
  if (!number.IsSmi() || interpreter.TypeArgumentsOf(object, quiet) == nullptr) return nullptr;
  return ForeignState::Of(interpreter).compounds().Array(number.SmiValue());
}

// Whether a value is what such a part can be a copy of; otherwise *rule says what it must be.
bool IsSuch(Interpreter& interpreter, ObjectPtr value, const NativeType& native,
            const TypeEntity& type, std::string* rule) FART_NO_SAFEPOINT_ANALYSIS {
  if (native.kind == ffi::NativeKind::kArray) {
    const NoSafepointScope quiet;
    const ArrayType* const given = ArrayTypeOf(interpreter, value, *type.cls, quiet);
    if (given != nullptr && IsSameArray(*given->native, native)) return true;
    *rule = "must be an array as the field is, " + native.name;
    if (given != nullptr) *rule += ", not " + given->native->name;
    return false;
  }
  if (value.IsHeapObject() && interpreter.IsOfClass(value, *type.cls)) return true;
  *rule = "must be a " + type.cls->compiled->name.text;
  return false;
}

Done StorePart(Interpreter& interpreter, ObjectPtr* arguments, std::uint32_t which,
               const CompoundField& part) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const std::uint64_t size = part.native->size;
  if (part.native->IsScalar()) {
    std::uint64_t word = 0;
    const char* rule = nullptr;
    if (!TakeStoredWord(interpreter, *part.native, arguments[which], &word, &rule)) {
      return interpreter.Refuse(which, rule);
    }
    if (!MayAccessPart(interpreter, arguments, 0, part.offset, size, &done)) return done;
    const NoSafepointScope quiet;
    std::memcpy(BytesAt(PartOf(arguments[0], part.offset, quiet), quiet), &word, size);
    return Answer(arguments, arguments[which]);
  }
  if (part.native->is_variable) {
    return interpreter.Refuse(which,
                              "must be an element: of an array of variable length, nobody "
                              "knows how much is to be copied");
  }
  std::string rule;
  if (!IsSuch(interpreter, arguments[which], *part.native, *part.type, &rule)) {
    return interpreter.Refuse(which, rule);
  }
  if (!MayAccessPart(interpreter, arguments, 0, part.offset, size, &done)) return done;
  if (!MayAccessPart(interpreter, arguments, which, 0, size, &done)) return done;
  const NoSafepointScope quiet;
  std::memmove(BytesAt(PartOf(arguments[0], part.offset, quiet), quiet),
               BytesAt(PartOf(arguments[which], 0, quiet), quiet), size);
  return Answer(arguments, arguments[which]);
}

// ---- Fields

// Of the accessor that runs. Null: *done is the error.
const CompoundField* FieldOfAccessor(Interpreter& interpreter, ObjectPtr* arguments,
                                     Done* done) FART_MAY_COLLECT {
  const Function& accessor = interpreter.asked();
  std::string error;
  const CompoundType* const type =
      ForeignState::Of(interpreter).CompoundOf(*accessor.owner, &error);
  if (type == nullptr) [[unlikely]] {
    *done = RaiseUnsupported(interpreter, arguments, error + ".");
    return nullptr;
  }
  return &type->fields[static_cast<std::size_t>(accessor.compiled->compound_field)];
}

Done LoadField(Interpreter& interpreter, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const CompoundField* const field = FieldOfAccessor(interpreter, arguments, &done);
  return field == nullptr ? done : LoadPart(interpreter, arguments, *field);
}

Done StoreField(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, AnyArg) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const CompoundField* const field = FieldOfAccessor(interpreter, arguments, &done);
  return field == nullptr ? done : StorePart(interpreter, arguments, 1, *field);
}

// ---- Arrays

struct ArrayArg {
  const ArrayType* array = nullptr;
  TypeEntity* element = nullptr;
  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    Interpreter& interpreter = argument.interpreter;
    array =
        ArrayTypeOf(interpreter, argument.value(), *interpreter.ClassOf(argument.value()), quiet);
    if (array == nullptr) return argument.Refuse("must be an array in a struct or union");
    element = interpreter.TypeArgumentsOf(argument.value(), quiet)->types[0];
    return true;
  }
};

// The element of that index. False: there is none, and it is refused.
bool FindElement(Interpreter& interpreter, const ArrayArg& array, const Int64Arg& index,
                 CompoundField* element) {
  const ArrayType& type = *array.array;
  const auto length = static_cast<std::int64_t>(type.native->is_variable
                                                    ? ffi::kMaxTypeSize / type.native->element->size
                                                    : type.native->length);
  if (index.value < 0 || index.value >= length) {
    if (type.dimensions > 1) {
      interpreter.NameRefused("index of dimension " + std::to_string(type.dimension));
    }
    interpreter.RefuseRange(1, 0, length - 1);
    return false;
  }
  element->native = type.native->element;
  element->type = array.element;
  element->array = type.element;
  element->offset = static_cast<std::uint64_t>(index.value) * type.native->element->size;
  return true;
}

Done ArrayLength(Interpreter&, ObjectPtr* arguments, ArrayArg array) FART_MAY_COLLECT {
  return Answer(arguments,
                ObjectPtr::FromSmi(static_cast<std::int64_t>(array.array->native->length)));
}

// The number of the type of lists of its elements, as dart:typed_data has it; 0: there are none.
Done ArrayListType(Interpreter&, ObjectPtr* arguments, ArrayArg array) FART_MAY_COLLECT {
  TypedDataType type{};
  const bool is_number = ListTypeOf(array.array->native->element->kind, &type);
  return Answer(arguments, ObjectPtr::FromSmi(is_number ? static_cast<std::int64_t>(type) : 0));
}

Done ArrayAt(Interpreter& interpreter, ObjectPtr* arguments, ArrayArg array,
             Int64Arg index) FART_MAY_COLLECT {
  CompoundField element;
  if (!FindElement(interpreter, array, index, &element)) return Done::kRefused;
  return LoadPart(interpreter, arguments, element);
}

Done ArraySetAt(Interpreter& interpreter, ObjectPtr* arguments, ArrayArg array, Int64Arg index,
                AnyArg) FART_MAY_COLLECT {
  CompoundField element;
  if (!FindElement(interpreter, array, index, &element)) return Done::kRefused;
  return StorePart(interpreter, arguments, 2, element);
}

// ---- Whole ones

// The struct or union that the type is. Null: *rule says what it must be.
const NativeType* CompoundOrRule(Interpreter& interpreter, const TypeEntity& type,
                                 std::string* rule) {
  const NativeType* const native = ForeignState::Of(interpreter).NativeTypeOf(type, rule);
  if (native == nullptr || native->IsCompound()) return native;
  *rule = "'" + type.text + "' is no struct or union";
  return nullptr;
}

// (typed data or null, the element from which on, whether it is to be a union)
Done Create(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, OrNull<Int64Arg> first,
            BoolArg is_union) FART_MAY_COLLECT {
  TypeEntity& type = *interpreter.TypeArgument(0);
  std::string rule;
  const NativeType* native = CompoundOrRule(interpreter, type, &rule);
  if (native != nullptr && (native->kind == ffi::NativeKind::kUnion) != is_union.value) {
    rule = "'" + type.text + "' is no " + (is_union.value ? "union" : "struct");
    native = nullptr;
  }
  if (native == nullptr) return RaiseUnsupported(interpreter, arguments, "create: " + rule + ".");
  std::int64_t offset = 0;
  if (arguments[0].is_null()) {
    const FreshObject bytes =
        NewTypedData(interpreter.mutator(), TypedDataType::kUint8, native->size);
    if (bytes.is_null()) return Answer(interpreter, arguments, bytes);
    const NoSafepointScope quiet;
    arguments[0] = bytes.Get(quiet);
  } else if (!IsTypedData(arguments[0])) {
    return interpreter.Refuse(0, "must be typed data");
  } else {
    const auto element = static_cast<std::int64_t>(ElementSizeOf(TypedDataTypeOf(arguments[0])));
    std::int64_t length = 0;
    {
      const NoSafepointScope quiet;
      length = static_cast<std::int64_t>(BytesOf(arguments[0], quiet).length);
    }
    const std::int64_t most = length - static_cast<std::int64_t>(native->size);
    if (most < 0) {
      return interpreter.RefusePlace(0, "must have room for the " + std::to_string(native->size) +
                                            " bytes of a '" + type.text + "', it has " +
                                            std::to_string(length));
    }
    const std::int64_t given = first.is_given ? first.given.value : 0;
    if (given < 0 || given > most / element) return interpreter.RefuseRange(1, 0, most / element);
    offset = given * element;
  }
  return Answer(interpreter, arguments,
                NewView(interpreter, type, Rooted(arguments), offset, kNoArray));
}

// The struct or union that the Pointer in arguments[0] points to. Null: *done is the error.
TypeEntity* CompoundTarget(Interpreter& interpreter, ObjectPtr* arguments,
                           Done* done) FART_MAY_COLLECT {
  const NativeType* const type = ElementTypeOf(interpreter, arguments, done);
  if (type == nullptr) return nullptr;
  TypeEntity* const target = TargetOf(interpreter, arguments[0]);
  if (type->IsCompound()) return target;
  *done = interpreter.Refuse(0, "must point to a struct or union, not to '" + target->text + "'");
  return nullptr;
}

Done PointerRef(Interpreter& interpreter, ObjectPtr* arguments,
                PointerArg pointer) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  TypeEntity* const type = CompoundTarget(interpreter, arguments, &done);
  return type == nullptr ? done : AnswerCompoundAt(interpreter, arguments, *type, pointer.place);
}

Done PointerSetRef(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                   AnyArg) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  TypeEntity* const type = CompoundTarget(interpreter, arguments, &done);
  return type == nullptr ? done : StoreCompoundAt(interpreter, arguments, *type, pointer.place, 1);
}

Done CurrentAbi(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments,
                    ffi::kHostAbi == ffi::Abi::kSysvX64 ? "linux_x64" : "linux_arm64");
}

constexpr IntrinsicEntry kEntries[] = {
    Native<LoadField>("Compound_load"), Native<StoreField>("Compound_store"),
    Native<Create>("Compound_create"),  Native<ArrayLength>("Array_length"),
    Native<ArrayAt>("Array_at"),        Native<ArraySetAt>("Array_setAt"),
    Native<PointerRef>("Pointer_ref"),  Native<PointerSetRef>("Pointer_setRef"),
    Native<CurrentAbi>("Ffi_abi"),      Native<ArrayListType>("Array_listType"),
};

}  // namespace

// Whether it is as long as its block is asked when it is used: C has structs that end before their
// last field.
Done AnswerCompoundAt(Interpreter& interpreter, ObjectPtr* arguments, TypeEntity& type,
                      const Place& place) {
  const Refusal refusal = WhyNot(ForeignState::Of(interpreter), place, 0);
  if (refusal.kind == Refusal::Kind::kArgument || refusal.kind == Refusal::Kind::kDead) {
    return Refuse(interpreter, arguments, 0, refusal);
  }
  std::int64_t offset;
  {
    const NoSafepointScope quiet;
    offset = static_cast<std::int64_t>(place.address - PlaceOf(arguments[0], quiet).address);
  }
  if (!ObjectPtr::IsSmiValue(offset)) {
    return interpreter.Refuse(0, "must be used with an index of an element that has an address");
  }
  return Answer(interpreter, arguments,
                NewView(interpreter, type, Rooted(arguments), offset, kNoArray));
}

Done StoreCompoundAt(Interpreter& interpreter, ObjectPtr* arguments, TypeEntity& type,
                     const Place& place, std::uint32_t which) {
  std::string rule;
  const NativeType* const native = CompoundOrRule(interpreter, type, &rule);
  if (native == nullptr) return interpreter.Refuse(0, rule);
  const Refusal refusal = WhyNot(ForeignState::Of(interpreter), place, native->size);
  if (refusal.kind != Refusal::Kind::kNone) return Refuse(interpreter, arguments, 0, refusal);
  Done done = Done::kRefused;
  const void* const bytes = TakeCompound(interpreter, arguments, which, *native, type, &done);
  if (bytes == nullptr) return done;
  std::memmove(reinterpret_cast<void*>(place.address), bytes, native->size);
  return Answer(arguments, arguments[which]);
}

Done AnswerCompound(Interpreter& interpreter, ObjectPtr* arguments, TypeEntity& type,
                    const void* bytes, std::size_t size) {
  const FreshObject data = NewTypedData(interpreter.mutator(), TypedDataType::kUint8, size);
  if (data.is_null()) return Answer(interpreter, arguments, data);
  {
    const NoSafepointScope quiet;
    arguments[0] = data.Get(quiet);
    std::memcpy(BytesOf(arguments[0], quiet).first, bytes, size);
  }
  return Answer(interpreter, arguments, NewView(interpreter, type, Rooted(arguments), 0, kNoArray));
}

const void* TakeCompound(Interpreter& interpreter, ObjectPtr* arguments, std::uint32_t which,
                         const NativeType& native, const TypeEntity& type, Done* done) {
  std::string rule;
  if (!IsSuch(interpreter, arguments[which], native, type, &rule)) {
    *done = interpreter.Refuse(which, rule);
    return nullptr;
  }
  if (!MayAccessPart(interpreter, arguments, which, 0, native.size, done)) return nullptr;
  const NoSafepointScope quiet;
  return BytesAt(PartOf(arguments[which], 0, quiet), quiet);
}

const void* FindCompound(Interpreter& interpreter, ObjectPtr value, const NativeType& native,
                         const TypeEntity& type, std::string* rule, const NoSafepointScope& quiet) {
  if (!IsSuch(interpreter, value, native, type, rule)) return nullptr;
  const Within where = PartOf(value, 0, quiet);
  const Refusal refusal = WhyNot(interpreter, where, native.size, quiet);
  if (refusal.kind == Refusal::Kind::kNone) return BytesAt(where, quiet);
  *rule = refusal.kind == Refusal::Kind::kDead ? "must be valid: " + refusal.rule : refusal.rule;
  return nullptr;
}

std::span<const IntrinsicEntry> CompoundIntrinsics() { return kEntries; }

}  // namespace fart::lang
