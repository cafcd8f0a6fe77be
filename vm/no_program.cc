#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vm/isolate.h"
#include "vm/program.h"
#include "vm/values/errors.h"
#include "vm/values/objects.h"

namespace fart {

namespace {

class NoProgram final : public Program {
 public:
  explicit NoProgram(Isolate& isolate) : isolate_(isolate) {}

  Outcome LoadScript(const ScriptSource&) override FART_MAY_COLLECT { return Refuse(); }
  Outcome LoadLibrary(const ScriptSource&) override FART_MAY_COLLECT { return Refuse(); }
  Outcome LoadPart(Rooted, const ScriptSource&) override FART_MAY_COLLECT { return Refuse(); }
  Outcome ImportLibrary(Rooted, Rooted, std::string_view) override FART_MAY_COLLECT {
    return Refuse();
  }
  bool FailLoad(Rooted, Rooted) override FART_MAY_COLLECT { return false; }
  std::vector<std::pair<int, int>> ImportsOf(std::string_view) override { return {}; }
  Outcome Invoke(Rooted, std::string_view, Roots) override FART_MAY_COLLECT { return Refuse(); }
  Outcome InvokeClosure(Rooted, Roots) override FART_MAY_COLLECT { return Refuse(); }

  Outcome GetProperty(Rooted, std::string_view) override FART_MAY_COLLECT { return Refuse(); }

  Outcome GetField(Rooted, std::string_view) override FART_MAY_COLLECT { return Refuse(); }
  Outcome SetField(Rooted, std::string_view, Rooted) override FART_MAY_COLLECT { return Refuse(); }
  Outcome New(Rooted, std::string_view, Roots) override FART_MAY_COLLECT { return Refuse(); }
  Outcome InvokeConstructor(Rooted, std::string_view, Roots) override FART_MAY_COLLECT {
    return Refuse();
  }
  bool IsMap(Rooted) override { return false; }
  bool IsFuture(Rooted) override { return false; }

  Outcome ToString(Rooted object) override FART_MAY_COLLECT {
    std::string text;
    {
      const NoSafepointScope quiet;
      if (IsString(object.Get(quiet))) return Outcome::Value(object.Get(quiet), quiet);
      text = TextOfObject(object.Get(quiet), quiet);
    }
    return isolate_.OrOutOfMemory(NewStringFromUtf8(isolate_.mutator(), text));
  }

  Outcome Equals(Rooted a, Rooted b) override FART_MAY_COLLECT {
    const NoSafepointScope quiet;
    return Outcome::Immediate(BoolObject(AreEqual(a.Get(quiet), b.Get(quiet), quiet)));
  }

  bool IsList(Rooted object) override {
    return object.IsHeapObject() && IsBuiltInList(*object.slot());
  }

  Outcome HandleMessage(const MessageOrigin&, Rooted) override FART_MAY_COLLECT { return Refuse(); }
  Outcome RunMicrotasks() override FART_MAY_COLLECT { return Outcome::Immediate(kTrue); }

  Outcome FindType(Rooted, std::string_view, Rooted) override FART_MAY_COLLECT { return Refuse(); }
  Outcome TypeOf(Rooted) override FART_MAY_COLLECT { return Refuse(); }
  bool IsInstanceOf(Rooted, Rooted) override FART_MAY_COLLECT { return false; }
  Outcome AllocateInstance(Rooted) override FART_MAY_COLLECT { return Refuse(); }
  Outcome NewNativeWrapperClass(Rooted, std::string_view, std::uint32_t) override FART_MAY_COLLECT {
    return Refuse();
  }

  std::string DescribeUnhandled(Rooted exception, Rooted) override FART_MAY_COLLECT {
    const NoSafepointScope quiet;
    const ObjectPtr object = exception.Get(quiet);
    return IsString(object) ? ToUtf8(object, quiet) : TextOfObject(object, quiet);
  }

 private:
  Outcome Refuse() FART_MAY_COLLECT {
    return NewApiError(isolate_, "This isolate was made without a language.");
  }

  std::string TextOfObject(ObjectPtr object, const NoSafepointScope& quiet) const {
    if (object.is_null()) return "null";
    if (IsBool(object)) return object == kTrue ? "true" : "false";
    if (IsInteger(object)) return IntegerToText(object, 10, quiet);
    if (IsDouble(object)) return DoubleToText(DoubleValue(object, quiet));
    const char* const shape = isolate_.heap().shapes()[ShapeIdOf(object)].name();
    return std::string("Instance of '") + shape + "'";
  }

  static bool AreEqual(ObjectPtr a, ObjectPtr b, const NoSafepointScope& quiet) {
    if (IsString(a) && IsString(b)) return StringsEqual(a, b, quiet);
    if (IsNumber(a) && IsNumber(b)) return CompareNumbers(a, b, quiet) == 0;
    return AreIdentical(a, b, quiet);
  }

  Isolate& isolate_;
};

}  // namespace

std::unique_ptr<Program> MakeNoProgram(Isolate& isolate, std::string*) {
  return std::make_unique<NoProgram>(isolate);
}

}  // namespace fart
