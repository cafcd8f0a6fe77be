// AArch64 as Linux has it: AAPCS64, sections 6.8 and 6.9.
//
// Up to four equal floats or doubles that make up a whole compound are passed each in a floating
// register, all of them or none; another compound of at most 16 bytes in integer registers, all or
// none; what is larger by reference to a copy. Once something has gone to the stack for want of
// registers, the rest of that kind does too. A large result's address is in x8.

#include <algorithm>
#include <optional>

#include "vm/ffi/call_plan.h"

namespace fart::ffi {

namespace {

constexpr std::uint32_t kIntegerRegisters = 8;
constexpr std::uint32_t kFloatingRegisters = 8;
constexpr std::uint64_t kWord = 8;
constexpr std::uint64_t kMaxEqualFloats = 4;

// The floats or doubles that a type consists of.
struct EqualFloats {
  NativeKind kind = NativeKind::kVoid;
  std::uint64_t count = 0;
};

std::optional<EqualFloats> CountEqualFloats(const NativeType& type) {
  if (type.IsFloating()) return EqualFloats{type.kind, 1};
  if (type.kind == NativeKind::kArray) {
    const auto element = CountEqualFloats(*type.element);
    if (!element || type.length > kMaxEqualFloats) return std::nullopt;
    return EqualFloats{element->kind, element->count * type.length};
  }
  if (!type.IsCompound()) return std::nullopt;
  EqualFloats all;
  for (const NativeField& field : type.fields) {
    const auto one = CountEqualFloats(*field.type);
    if (!one || (all.count > 0 && one->kind != all.kind)) return std::nullopt;
    all.kind = one->kind;
    all.count =
        type.kind == NativeKind::kUnion ? std::max(all.count, one->count) : all.count + one->count;
  }
  return all;
}

// The AAPCS's homogeneous floating-point aggregate.
std::optional<EqualFloats> EqualFloatsOf(const NativeType& type) {
  const auto all = CountEqualFloats(type);
  if (!all || all->count > kMaxEqualFloats || all->count * SizeOf(all->kind) != type.size) {
    return std::nullopt;
  }
  return all;
}

Piece PieceOfFloat(const EqualFloats& floats, std::uint32_t index, std::uint32_t first_word) {
  return {.word = first_word + index,
          .offset = index * SizeOf(floats.kind),
          .size = SizeOf(floats.kind)};
}

void PlanResult(const NativeType& type, CallPlan* plan) {
  if (!type.IsCompound()) return;
  if (const auto floats = EqualFloatsOf(type)) {
    plan->result = ResultWay::kRegisters;
    for (std::uint32_t i = 0; i < floats->count; ++i) {
      plan->result_pieces.push_back(PieceOfFloat(*floats, i, kFirstResultFloating));
    }
  } else if (type.size <= 2 * kWord) {
    plan->result = ResultWay::kRegisters;
    plan->result_pieces.push_back(
        {.word = kFirstResultInteger, .size = static_cast<std::uint32_t>(type.size)});
  } else {
    plan->result = ResultWay::kIndirect;
    plan->result_address_word = WordAt(FART_FFI_INDIRECT_RESULT);
  }
}

}  // namespace

void PlanAapcs64(const SignatureTypes& types, Planner* planner) {
  CallPlan& plan = planner->plan();
  PlanResult(*types.result, &plan);
  std::uint32_t integers = 0;
  std::uint32_t floatings = 0;
  const auto take_integer = [&] {
    return integers < kIntegerRegisters ? kFirstIntegerWord + integers++ : planner->TakeStack(1);
  };

  for (const NativeType* const type : types.parameters) {
    planner->BeginArgument(type->kind);
    if (!type->IsCompound()) {
      if (!type->IsFloating()) {
        planner->Word(take_integer());
      } else {
        planner->Word(floatings < kFloatingRegisters ? kFirstFloatingWord + floatings++
                                                     : planner->TakeStack(1));
      }
      continue;
    }
    const auto words = static_cast<std::uint32_t>((std::min(type->size, 3 * kWord) + 7) / 8);
    const auto whole = static_cast<std::uint32_t>(std::min<std::uint64_t>(type->size, 4 * kWord));
    if (const auto floats = EqualFloatsOf(*type)) {
      const auto count = static_cast<std::uint32_t>(floats->count);
      if (floatings + count > kFloatingRegisters) {
        floatings = kFloatingRegisters;
        planner->AddPiece({.word = planner->TakeStack((type->size + 7) / 8), .size = whole});
        continue;
      }
      for (std::uint32_t i = 0; i < count; ++i) {
        planner->AddPiece(PieceOfFloat(*floats, i, kFirstFloatingWord + floatings));
      }
      floatings += count;
    } else if (type->size > 2 * kWord) {
      planner->ByReference(take_integer(), type->size);
    } else if (integers + words <= kIntegerRegisters) {
      planner->AddPiece({.word = kFirstIntegerWord + integers, .size = whole});
      integers += words;
    } else {
      integers = kIntegerRegisters;
      planner->AddPiece({.word = planner->TakeStack(words), .size = whole});
    }
  }
  plan.floating_used = floatings;
}

}  // namespace fart::ffi
