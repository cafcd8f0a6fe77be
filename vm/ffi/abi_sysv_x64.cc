// System V on x86-64: psABI 1.0, section 3.2.3.
//
// A compound of at most 16 bytes is passed by its eightbytes, each in an integer or a floating
// register, all of them or none; what is larger, or has a field that is not where its alignment
// wants it, lies on the stack. x87 and vectors do not occur.

#include <array>

#include "vm/ffi/call_plan.h"

namespace fart::ffi {

namespace {

constexpr std::uint32_t kIntegerRegisters = 6;
constexpr std::uint32_t kFloatingRegisters = 8;
constexpr std::uint64_t kEightbyte = 8;

enum class EightbyteClass : std::uint8_t { kNone, kFloating, kInteger };

struct Classes {
  std::array<EightbyteClass, 2> of = {EightbyteClass::kNone, EightbyteClass::kNone};
  bool is_in_memory = false;
};

// What lies at `offset` in a compound of at most 16 bytes.
void Classify(const NativeType& type, std::uint64_t offset, Classes* classes) {
  if (type.IsCompound()) {
    for (const NativeField& field : type.fields) {
      Classify(*field.type, offset + field.offset, classes);
    }
  } else if (type.kind == NativeKind::kArray) {
    for (std::uint64_t i = 0; i < type.length; ++i) {
      Classify(*type.element, offset + i * type.element->size, classes);
    }
  } else if (offset % type.size != 0) {
    classes->is_in_memory = true;  // packed
  } else {
    EightbyteClass& merged = classes->of[offset / kEightbyte];
    if (!type.IsFloating()) {
      merged = EightbyteClass::kInteger;
    } else if (merged == EightbyteClass::kNone) {
      merged = EightbyteClass::kFloating;
    }
  }
}

Classes ClassesOf(const NativeType& type) {
  Classes classes;
  if (type.size > 2 * kEightbyte) {
    classes.is_in_memory = true;
  } else {
    Classify(type, 0, &classes);
  }
  return classes;
}

// Calls `place(is_floating, piece without a word)` for the eightbytes of a compound.
template <typename Place>
void ForEachEightbyte(const NativeType& type, const Classes& classes, Place&& place) {
  for (std::uint64_t offset = 0; offset < type.size; offset += kEightbyte) {
    Piece piece;
    piece.offset = static_cast<std::uint32_t>(offset);
    piece.size = static_cast<std::uint32_t>(std::min(kEightbyte, type.size - offset));
    place(classes.of[offset / kEightbyte] == EightbyteClass::kFloating, piece);
  }
}

}  // namespace

void PlanSysvX64(const SignatureTypes& types, Planner* planner) {
  CallPlan& plan = planner->plan();
  std::uint32_t integers = 0;
  std::uint32_t floatings = 0;

  if (types.result->IsCompound()) {
    const Classes classes = ClassesOf(*types.result);
    if (classes.is_in_memory) {
      plan.result = ResultWay::kIndirect;
      plan.result_address_word = kFirstIntegerWord + integers++;
    } else {
      plan.result = ResultWay::kRegisters;
      std::uint32_t result_integers = 0;
      std::uint32_t result_floatings = 0;
      ForEachEightbyte(*types.result, classes, [&](bool is_floating, Piece piece) {
        piece.word = is_floating ? kFirstResultFloating + result_floatings++
                                 : kFirstResultInteger + result_integers++;
        plan.result_pieces.push_back(piece);
      });
    }
  }

  for (const NativeType* const type : types.parameters) {
    planner->BeginArgument(type->kind);
    if (!type->IsCompound()) {
      if (type->IsFloating()) {
        planner->Word(floatings < kFloatingRegisters ? kFirstFloatingWord + floatings++
                                                     : planner->TakeStack(1));
      } else {
        planner->Word(integers < kIntegerRegisters ? kFirstIntegerWord + integers++
                                                   : planner->TakeStack(1));
      }
      continue;
    }
    const Classes classes = ClassesOf(*type);
    std::uint32_t wants_integers = 0;
    std::uint32_t wants_floatings = 0;
    if (!classes.is_in_memory) {
      ForEachEightbyte(*type, classes, [&](bool is_floating, const Piece&) {
        ++(is_floating ? wants_floatings : wants_integers);
      });
    }
    if (classes.is_in_memory || integers + wants_integers > kIntegerRegisters ||
        floatings + wants_floatings > kFloatingRegisters) {
      planner->AddPiece({.word = planner->TakeStack((type->size + 7) / 8),
                         .size = static_cast<std::uint32_t>(type->size)});
      continue;
    }
    ForEachEightbyte(*type, classes, [&](bool is_floating, Piece piece) {
      piece.word = is_floating ? kFirstFloatingWord + floatings++ : kFirstIntegerWord + integers++;
      planner->AddPiece(piece);
    });
  }
  plan.floating_used = floatings;
}

}  // namespace fart::ffi
