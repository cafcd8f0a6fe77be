// Calls and callbacks of random signatures, against libffi: what it lays out must be what we take,
// and the other way round.

#include <ffi.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

#include "vm/ffi/testing/test_call.h"

namespace fart::ffi {
namespace {

constexpr NativeKind kScalars[] = {NativeKind::kInt8,   NativeKind::kUint8,  NativeKind::kInt16,
                                   NativeKind::kUint16, NativeKind::kInt32,  NativeKind::kUint32,
                                   NativeKind::kInt64,  NativeKind::kUint64, NativeKind::kFloat,
                                   NativeKind::kDouble, NativeKind::kPointer};

ffi_type* ScalarOfLibffi(NativeKind kind) {
  switch (kind) {
    case NativeKind::kInt8:
      return &ffi_type_sint8;
    case NativeKind::kUint8:
      return &ffi_type_uint8;
    case NativeKind::kInt16:
      return &ffi_type_sint16;
    case NativeKind::kUint16:
      return &ffi_type_uint16;
    case NativeKind::kInt32:
      return &ffi_type_sint32;
    case NativeKind::kUint32:
      return &ffi_type_uint32;
    case NativeKind::kInt64:
      return &ffi_type_sint64;
    case NativeKind::kUint64:
      return &ffi_type_uint64;
    case NativeKind::kFloat:
      return &ffi_type_float;
    case NativeKind::kDouble:
      return &ffi_type_double;
    case NativeKind::kPointer:
      return &ffi_type_pointer;
    default:
      return &ffi_type_void;
  }
}

// Takes random numbers from a sequence, so that RapidCheck shrinks what is made of it.
class Choices {
 public:
  explicit Choices(const std::vector<std::uint8_t>& bytes) : bytes_(bytes) {}
  std::size_t UpTo(std::size_t limit) { return Next() % limit; }
  std::uint8_t Next() { return at_ < bytes_.size() ? bytes_[at_++] : 0; }

 private:
  const std::vector<std::uint8_t>& bytes_;
  std::size_t at_ = 0;
};

// A type, ours and libffi's.
struct Both {
  const NativeType* ours = nullptr;
  ffi_type* theirs = nullptr;
};

class Case {
 public:
  explicit Case(const std::vector<std::uint8_t>& bytes) : choices_(bytes) {
    const bool is_void = choices_.UpTo(8) == 0;
    result_ = is_void ? Both{TypeOf(NativeKind::kVoid), &ffi_type_void} : Any(0);
    const std::size_t count = choices_.UpTo(16);
    for (std::size_t i = 0; i < count; ++i) {
      const Both type = Any(0);
      ours_.push_back(type.ours);
      theirs_.push_back(type.theirs);
      values_.push_back(Value(*type.ours));
    }
    result_value_ = Value(*result_.ours);
    FART_CHECK(ffi_prep_cif(&cif_, FFI_DEFAULT_ABI, static_cast<unsigned>(count), result_.theirs,
                            theirs_.data()) == FFI_OK);
  }

  const Signature& signature() { return types_.Of(result_.ours, ours_); }

  // We call a function of libffi's making.
  void CallOutwards() {
    void* code = nullptr;
    auto* const closure = static_cast<ffi_closure*>(ffi_closure_alloc(sizeof(ffi_closure), &code));
    const auto run = [](ffi_cif*, void* result, void** values, void* data) {
      static_cast<Case*>(data)->CalledByUs(result, values);
    };
    RC_ASSERT(ffi_prep_closure_loc(closure, &cif_, run, this, code) == FFI_OK);
    std::vector<const void*> values;
    for (const auto& value : values_) values.push_back(value.data());
    for (const CallWay way : {CallWay::kOfPlan, CallWay::kFartFfiCall}) {
      std::vector<char> result(Room(), 0x55);
      CallInMemory(signature(), code, values, result.data(), way);
      RC_ASSERT(wrong_ == std::string());
      RC_ASSERT(Fields(*result_.ours, result.data()) ==
                Fields(*result_.ours, result_value_.data()));
    }
    ffi_closure_free(closure);
  }

  // libffi calls a stub of ours.
  void CallInwards() {
    if (OverrunsLibffi()) return;
    const TestCallback callback(signature(),
                                [this](const std::vector<const void*>& values, void* result) {
                                  for (std::size_t i = 0; i < values.size(); ++i)
                                    Compare(i, values[i]);
                                  std::memcpy(result, result_value_.data(), result_.ours->size);
                                });
    std::vector<void*> values;
    for (auto& value : values_) values.push_back(value.data());
    std::vector<char> result(Room(), 0x55);
    ffi_call(&cif_, reinterpret_cast<void (*)()>(const_cast<void*>(callback.address())),
             result.data(), values.data());
    RC_ASSERT(wrong_ == std::string());
    RC_ASSERT(Fields(*result_.ours, result.data()) == Fields(*result_.ours, result_value_.data()));
  }

 private:
  // libffi 3.4.4 copies the whole of a compound to the register of its first eightbyte. Where that
  // is the last integer register, the rest of it lies over xmm0.
  bool OverrunsLibffi() {
    const CallPlan& plan = signature().plan;
    for (const ArgumentStep& step : plan.arguments) {
      if (step.pieces == 2 && plan.pieces[step.first_piece].word == kFirstIntegerWord + 5) {
        return true;
      }
    }
    return false;
  }

  Both Any(int depth) {
    const std::size_t which = choices_.UpTo(20);
    if (which < std::size(kScalars))
      return {TypeOf(kScalars[which]), ScalarOfLibffi(kScalars[which])};
    if (which < 15 || depth > 2) {  // Floats more often than others: they have the most rules.
      const NativeKind kind = which % 2 == 0 ? NativeKind::kFloat : NativeKind::kDouble;
      return {TypeOf(kind), ScalarOfLibffi(kind)};
    }
    const std::size_t fields = 1 + choices_.UpTo(5);
    const bool are_equal = choices_.UpTo(2) == 0;
    std::vector<const NativeType*> ours;
    std::vector<ffi_type*>& theirs = elements_.emplace_back();
    Both field = Any(depth + 1);
    for (std::size_t i = 0; i < fields; ++i) {
      ours.push_back(field.ours);
      theirs.push_back(field.theirs);
      if (!are_equal) field = Any(depth + 1);
    }
    theirs.push_back(nullptr);
    ffi_type& type = structs_.emplace_back();
    type = {};
    type.type = FFI_TYPE_STRUCT;
    type.elements = theirs.data();
    return {types_.Struct(ours), &type};
  }

  std::vector<char> Value(const NativeType& type) {
    std::vector<char> value(type.size + 8);
    for (std::size_t i = 0; i < type.size; ++i) value[i] = static_cast<char>(choices_.Next() % 100);
    return value;
  }
  // libffi writes whole words of small results.
  std::size_t Room() const { return result_.ours->size + 16; }

  static std::string Fields(const NativeType& type, const void* value) {
    std::string bytes;
    const auto* const at = static_cast<const char*>(value);
    if (!type.IsCompound()) return std::string(at, type.size);
    for (const NativeField& field : type.fields) bytes += Fields(*field.type, at + field.offset);
    return bytes;
  }

  static std::string Describe(const NativeType& type) {
    if (!type.IsCompound()) return type.name;
    std::string text = "{";
    for (const NativeField& field : type.fields) text += Describe(*field.type) + " ";
    return text + "}";
  }

  void Compare(std::size_t which, const void* value) {
    if (Fields(*ours_[which], value) != Fields(*ours_[which], values_[which].data())) {
      wrong_ += "argument " + std::to_string(which) + " of " + Describe(*result_.ours) + "(";
      for (const NativeType* const type : ours_) wrong_ += Describe(*type) + ", ";
      wrong_ += "); ";
    }
  }

  void CalledByUs(void* result, void** values) {
    for (std::size_t i = 0; i < values_.size(); ++i) Compare(i, values[i]);
    const NativeType& type = *result_.ours;
    if (type.IsScalar() && !type.IsFloating()) {  // libffi takes whole words.
      const std::uint64_t word = WordOfScalar(type.kind, result_value_.data());
      std::memcpy(result, &word, sizeof(word));
    } else {
      std::memcpy(result, result_value_.data(), type.size);
    }
  }

  Choices choices_;
  TestTypes types_;
  std::deque<ffi_type> structs_;
  std::deque<std::vector<ffi_type*>> elements_;
  Both result_;
  std::vector<const NativeType*> ours_;
  std::vector<ffi_type*> theirs_;
  std::vector<std::vector<char>> values_;
  std::vector<char> result_value_;
  ffi_cif cif_;
  std::string wrong_;
};

// Long enough for what most signatures choose.
rc::Gen<std::vector<std::uint8_t>> Bytes() {
  return rc::gen::container<std::vector<std::uint8_t>>(600, rc::gen::arbitrary<std::uint8_t>());
}

RC_GTEST_PROP(LibffiTest, CallsAsItTakes, ()) { Case(*Bytes()).CallOutwards(); }

RC_GTEST_PROP(LibffiTest, TakesAsItCalls, ()) { Case(*Bytes()).CallInwards(); }

}  // namespace
}  // namespace fart::ffi
