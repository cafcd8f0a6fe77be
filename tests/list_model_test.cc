// Lists and typed data against vectors: a byte string is a program that makes them, stores into
// them by each of the ways there are, acquires and releases, and collects; after every step every
// element is compared, and every acquired address.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <iterator>
#include <memory>
#include <vector>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"
#include "tests/host.h"

namespace fart::tests {
namespace {

// kInvalid stands for a list that is no typed data.
constexpr Fart_TypedData_Type kTypes[] = {
    Fart_TypedData_kInvalid, Fart_TypedData_kInt8,  Fart_TypedData_kUint8,
    Fart_TypedData_kInt16,   Fart_TypedData_kInt32, Fart_TypedData_kUint8Clamped,
    Fart_TypedData_kUint32,  Fart_TypedData_kInt64, Fart_TypedData_kFloat64};

std::int64_t AsElement(Fart_TypedData_Type type, std::int64_t value) {
  switch (type) {
    case Fart_TypedData_kInt8:
      return static_cast<std::int8_t>(value);
    case Fart_TypedData_kUint8:
      return static_cast<std::uint8_t>(value);
    case Fart_TypedData_kUint8Clamped:
      return value < 0 ? 0 : value > 255 ? 255 : value;
    case Fart_TypedData_kInt16:
      return static_cast<std::int16_t>(value);
    case Fart_TypedData_kInt32:
      return static_cast<std::int32_t>(value);
    case Fart_TypedData_kUint32:
      return static_cast<std::uint32_t>(value);
    default:
      return value;
  }
}

struct ModelList {
  Fart_TypedData_Type type;
  Fart_PersistentHandle handle;
  std::vector<std::int64_t> elements;
  std::vector<void*> acquired;  // one address for each acquisition not released
};

class Machine {
 public:
  explicit Machine(const std::vector<std::uint8_t>& program) : program_(program) {}

  void Run() {
    while (at_ < program_.size()) {
      Fart_EnterScope();
      Step();
      Compare();
      Fart_ExitScope();
    }
    Fart_EnterScope();
  }

 private:
  std::uint8_t Next() { return at_ < program_.size() ? program_[at_++] : 0; }
  std::int64_t NextValue() { return (static_cast<std::int8_t>(Next()) * 1000) + Next(); }

  void Step() {
    const std::uint8_t op = Next();
    if (lists_.empty() || op % 10 == 0) return Make();
    ModelList& list = lists_[Next() % lists_.size()];
    const std::size_t length = list.elements.size();
    switch (op % 10) {
      case 1:
      case 2: {
        if (length == 0) return;
        const std::size_t index = Next() % length;
        const std::int64_t value = NextValue();
        Checked(
            Fart_ListSetAt(list.handle, static_cast<std::intptr_t>(index), Fart_NewInteger(value)));
        list.elements[index] = AsElement(list.type, value);
        return;
      }
      case 3:
        return StoreBytes(list);
      case 4:
        return Outside(list);
      case 5:
        return Acquire(list);
      case 6:
        return Release(list);
      case 7:
        return WriteThroughAddress(list);
      case 8:
        if (!list.acquired.empty()) return;
        Fart_DeletePersistentHandle(list.handle);
        lists_.erase(lists_.begin() + (&list - &lists_[0]));
        return;
      default:
        Checked(Fart_Collect(static_cast<Fart_Collection>(Next() % 3)));
        return;
    }
  }

  void Make() {
    if (lists_.size() > 12) return;
    const std::uint8_t choice = Next();
    const Fart_TypedData_Type type = kTypes[choice % std::size(kTypes)];
    // Now and then a large object.
    const std::size_t length = choice > 250 ? 40'000 : Next() % 20;
    const auto count = static_cast<std::intptr_t>(length);
    Fart_Handle made;
    if (type == Fart_TypedData_kInvalid) {
      made = Fart_NewList(count);
      for (std::intptr_t i = 0; i < count; ++i) Checked(Fart_ListSetAt(made, i, Zero()));
    } else if (choice % 2 == 0) {
      made = Fart_NewTypedData(type, count);
    } else {
      memory_.push_back(std::make_unique<std::uint8_t[]>(length * 8));
      made = Fart_NewExternalTypedData(type, memory_.back().get(), count);
    }
    lists_.push_back(
        {type, Fart_NewPersistentHandle(Checked(made)), std::vector<std::int64_t>(length), {}});
  }

  static Fart_Handle Zero() { return Fart_NewInteger(0); }

  void StoreBytes(ModelList& list) {
    const std::size_t length = list.elements.size();
    const std::size_t offset = Next() % (length + 1);
    const std::size_t count = Next() % (length - offset + 1);
    std::vector<std::uint8_t> bytes(count);
    for (std::uint8_t& byte : bytes) byte = Next();
    Checked(Fart_ListSetAsBytes(list.handle, static_cast<std::intptr_t>(offset), bytes.data(),
                                static_cast<std::intptr_t>(count)));
    for (std::size_t i = 0; i < count; ++i) {
      list.elements[offset + i] = AsElement(list.type, bytes[i]);
    }
  }

  // Whatever lies outside is an error and changes nothing.
  static void Outside(const ModelList& list) {
    const auto length = static_cast<std::intptr_t>(list.elements.size());
    std::uint8_t byte = 1;
    Fart_Handle handle = nullptr;
    for (const std::intptr_t index : {length, std::intptr_t{-1}, INTPTR_MAX, INTPTR_MIN}) {
      RC_ASSERT(Fart_IsError(Fart_ListGetAt(list.handle, index)));
      RC_ASSERT(Fart_IsError(Fart_ListSetAt(list.handle, index, Zero())));
      RC_ASSERT(Fart_IsError(Fart_ListGetRange(list.handle, index, 1, &handle)));
      RC_ASSERT(Fart_IsError(Fart_ListSetAsBytes(list.handle, index, &byte, 1)));
      RC_ASSERT(Fart_IsError(Fart_ListGetAsBytes(list.handle, index, &byte, 1)));
    }
    RC_ASSERT(Fart_IsError(Fart_ListGetRange(list.handle, 0, -1, &handle)));
    RC_ASSERT(Fart_IsError(Fart_ListGetAsBytes(list.handle, 0, &byte, length + 1)));
  }

  static void Acquire(ModelList& list) {
    Fart_TypedData_Type type = Fart_TypedData_kInvalid;
    void* data = nullptr;
    std::intptr_t length = -1;
    const Fart_Handle outcome = Fart_TypedDataAcquireData(list.handle, &type, &data, &length);
    if (list.type == Fart_TypedData_kInvalid) {
      RC_ASSERT((Fart_IsError(outcome) && data == nullptr));
      return;
    }
    Checked(outcome);
    RC_ASSERT(type == list.type);
    RC_ASSERT(length == static_cast<std::intptr_t>(list.elements.size()));
    RC_ASSERT((list.acquired.empty() || list.acquired[0] == data));
    list.acquired.push_back(data);
  }

  static void Release(ModelList& list) {
    const Fart_Handle outcome = Fart_TypedDataReleaseData(list.handle);
    RC_ASSERT(Fart_IsError(outcome) == list.acquired.empty());
    if (!list.acquired.empty()) list.acquired.pop_back();
  }

  void WriteThroughAddress(ModelList& list) {
    if (list.acquired.empty() || list.elements.empty()) return;
    const std::size_t index = Next() % list.elements.size();
    const std::uint8_t value = Next() % 100;  // the same in each type
    void* const data = list.acquired[0];
    switch (list.type) {
      case Fart_TypedData_kInt16:
        static_cast<std::int16_t*>(data)[index] = value;
        break;
      case Fart_TypedData_kInt32:
      case Fart_TypedData_kUint32:
        static_cast<std::uint32_t*>(data)[index] = value;
        break;
      case Fart_TypedData_kInt64:
        static_cast<std::int64_t*>(data)[index] = value;
        break;
      case Fart_TypedData_kFloat64:
        static_cast<double*>(data)[index] = value;
        break;
      default:
        static_cast<std::uint8_t*>(data)[index] = value;
        break;
    }
    list.elements[index] = value;
  }

  static std::int64_t ValueOf(Fart_TypedData_Type type, Fart_Handle element) {
    if (type == Fart_TypedData_kFloat64) {
      double value = -1;
      Checked(Fart_DoubleValue(element, &value));
      return static_cast<std::int64_t>(value);
    }
    std::int64_t value = -1;
    Checked(Fart_IntegerToInt64(element, &value));
    return value;
  }

  void Compare() {
    for (const ModelList& list : lists_) {
      std::intptr_t length = -1;
      Checked(Fart_ListLength(list.handle, &length));
      RC_ASSERT(static_cast<std::size_t>(length) == list.elements.size());
      // Of a large one only some.
      const std::size_t step = list.elements.size() > 1000 ? 3999 : 1;
      for (std::size_t i = 0; i < list.elements.size(); i += step) {
        Fart_EnterScope();
        const Fart_Handle element = Fart_ListGetAt(list.handle, static_cast<std::intptr_t>(i));
        RC_ASSERT(ValueOf(list.type, Checked(element)) == list.elements[i]);
        Fart_ExitScope();
      }
      if (list.elements.empty() || step != 1 || list.type == Fart_TypedData_kFloat64) continue;
      std::vector<std::uint8_t> bytes(list.elements.size());
      Checked(Fart_ListGetAsBytes(list.handle, 0, bytes.data(), length));
      std::vector<Fart_Handle> all(list.elements.size());
      Checked(Fart_ListGetRange(list.handle, 0, length, all.data()));
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        RC_ASSERT(bytes[i] == static_cast<std::uint8_t>(list.elements[i]));
        RC_ASSERT(ValueOf(list.type, all[i]) == list.elements[i]);
      }
      // What is acquired is where it was.
      if (list.acquired.empty()) continue;
      if (bytes.size() >= 1 && list.type == Fart_TypedData_kUint8) {
        RC_ASSERT(std::memcmp(list.acquired[0], bytes.data(), bytes.size()) == 0);
      }
    }
  }

  const std::vector<std::uint8_t>& program_;
  std::size_t at_ = 0;
  std::vector<ModelList> lists_;
  std::deque<std::unique_ptr<std::uint8_t[]>> memory_;
};

// An isolate that is shut down also when the program has found a difference.
class OwnIsolate {
 public:
  OwnIsolate() {
    char* error = nullptr;
    made_ = Fart_CreateHeapIsolate(nullptr, &error) != nullptr;
  }
  ~OwnIsolate() {
    if (made_) Fart_ShutdownIsolate();
  }
  OwnIsolate(const OwnIsolate&) = delete;
  OwnIsolate& operator=(const OwnIsolate&) = delete;
  bool is_made() const { return made_; }

 private:
  bool made_;
};

enum class Stress { kOff, kOn };

void RunProgram(Stress stress) {
  StartMachine();
  const std::vector<std::uint8_t> program =
      *rc::gen::scale(6.0, rc::gen::arbitrary<std::vector<std::uint8_t>>());
  Machine machine(program);  // Outlives the isolate: it owns the external memory.
  const OwnIsolate isolate;
  RC_ASSERT(isolate.is_made());
  if (stress == Stress::kOn) RC_ASSERT(Fart_SetFlag("--gc-stress=7"));
  machine.Run();
  RC_ASSERT(Fart_VerifyHeap() == nullptr);
}

RC_GTEST_PROP(ListModelTest, ListsAndTypedDataAgreeWithVectors, ()) { RunProgram(Stress::kOff); }

RC_GTEST_PROP(ListModelTest, AgreeUnderStress, ()) { RunProgram(Stress::kOn); }

}  // namespace
}  // namespace fart::tests
