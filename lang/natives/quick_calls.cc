#include "lang/natives/quick_calls.h"

#include <cstddef>

#include "heap/heap.h"
#include "lang/linker/layout.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/natives_ffi_struct.h"
#include "vm/ffi/native_memory.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

// The bytes of a struct or union, of exactly that class, that may be read. Null: not so quickly.
const std::uint8_t* CompoundQuickly(const ForeignState& state, ObjectPtr value, const Class& cls,
                                    std::uint64_t size, const NoSafepointScope& quiet) {
  if (!HasShape(value, cls.shape)) return nullptr;
  const ObjectPtr base = *SlotAt(value, kViewBase, quiet);
  const ObjectPtr from = *SlotAt(value, kViewOffset, quiet);
  if (!from.IsSmi()) return nullptr;
  const auto offset = static_cast<std::uint64_t>(from.SmiValue());
  if (IsTypedDataInHeap(base)) [[likely]] {
    const DataBytes bytes = BytesInHeap(base, quiet);
    const bool is_within = offset <= bytes.length && size <= bytes.length - offset;
    return is_within ? bytes.first + offset : nullptr;
  }
  QuickPlace place;
  if (!FindPlace(state, base, &place)) return nullptr;
  const std::uint64_t address = place.address + offset;
  if (!CanBeMemory({.address = address})) return nullptr;
  if (place.block != ffi::kNoBlock && !ffi::IsWithin(place.block, address, size)) return nullptr;
  return reinterpret_cast<const std::uint8_t*>(address);
}

}  // namespace

bool TakeObjectQuickly(const ForeignState& state, const ForeignFunction& function,
                       const ffi::ArgumentStep& step, ObjectPtr value, std::uint64_t* block) {
  const NoSafepointScope quiet;
  if (step.kind == ffi::NativeKind::kPointer) {
    QuickPlace place;
    if (!FindPlace(state, value, &place)) return false;
    block[step.word] = place.address;
    return place.block == ffi::kNoBlock || ffi::IsLive(place.block);
  }
  if (step.kind != ffi::NativeKind::kStruct && step.kind != ffi::NativeKind::kUnion) return false;
  const ffi::Signature& signature = *function.signature;
  const auto i = static_cast<std::size_t>(&step - signature.plan.arguments.data());
  const std::uint8_t* const bytes = CompoundQuickly(state, value, *function.parameter_types[i]->cls,
                                                    signature.types.parameters[i]->size, quiet);
  if (bytes == nullptr) return false;
  ffi::StoreCompound(signature.plan, step, bytes, block);
  return true;
}

bool AnswerCompoundQuickly(Interpreter& interpreter, ObjectPtr* arguments,
                           const ForeignFunction& function, const std::uint64_t* block) {
  const ffi::Signature& signature = *function.signature;
  const Class& cls = *function.type->result()->cls;
  if (cls.shape == ShapeTable::kInvalid) [[unlikely]]
    return false;
  Mutator& mutator = interpreter.mutator();
  {
    const FreshObject bytes = NewBytesToFill(mutator, signature.types.result->size);
    if (bytes.is_null()) [[unlikely]]
      return false;
    const NoSafepointScope quiet;
    arguments[0] = bytes.Get(quiet);
    ffi::LoadResult(signature.plan, block, BytesInHeap(arguments[0], quiet).first);
  }
  const FreshObject fresh =
      mutator.AllocateFixed(cls.shape, interpreter.isolate().heap().shapes()[cls.shape]);
  if (fresh.is_null()) [[unlikely]]
    return false;
  const NoSafepointScope quiet;
  const ObjectPtr view = fresh.Get(quiet);
  mutator.InitField(view, SlotAt(view, kViewBase, quiet), arguments[0]);
  mutator.InitField(view, SlotAt(view, kViewOffset, quiet), ObjectPtr::FromSmi(0));
  arguments[0] = view;
  return true;
}

}  // namespace fart::lang
