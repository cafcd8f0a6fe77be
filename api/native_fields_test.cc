#include <array>
#include <cstring>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

// What the native functions below have read, and the errors they met.
struct Seen {
  std::vector<std::intptr_t> fields;
  std::string errors;
};
Seen seen;

void ReadReceiver(Fart_NativeArguments arguments) {
  std::intptr_t field = -1;
  seen.errors += ErrorOf(Fart_GetNativeReceiver(arguments, &field)) + "\n";
  seen.fields.push_back(field);
}

void ReadFields(Fart_NativeArguments arguments) {
  std::array<std::intptr_t, 3> fields = {-1, -1, -1};
  seen.errors += ErrorOf(Fart_GetNativeFieldsOfArgument(arguments, 0, 2, fields.data())) + "\n";
  seen.fields.assign(fields.begin(), fields.end());
}

// The same by a descriptor.
void ReadDescribed(Fart_NativeArguments arguments) {
  std::array<std::intptr_t, 3> fields = {-1, -1, -1};
  const Fart_NativeArgument_Descriptor wish =
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kNativeFields, 0);
  Fart_NativeArgument_Value value;
  value.as_native_fields.num_fields = 2;
  value.as_native_fields.values = fields.data();
  seen.errors += ErrorOf(Fart_GetNativeArguments(arguments, 1, &wish, &value)) + "\n";
  seen.fields.assign(fields.begin(), fields.end());
}

void AskWrongly(Fart_NativeArguments arguments) {
  std::array<std::intptr_t, 3> fields = {-1, -1, -1};
  const Fart_NativeArgument_Descriptor wish =
      DART_NATIVE_ARG_DESCRIPTOR(Fart_NativeArgument_kNativeFields, 0);
  const auto with = [](std::intptr_t count, std::intptr_t* values) {
    Fart_NativeArgument_Value value;
    value.as_native_fields.num_fields = count;
    value.as_native_fields.values = values;
    return value;
  };
  Fart_NativeArgument_Value values[] = {with(-1, fields.data()), with(2, nullptr),
                                        with(INTPTR_MAX, fields.data())};
  for (Fart_NativeArgument_Value& value : values) {
    seen.errors += ErrorOf(Fart_GetNativeArguments(arguments, 1, &wish, &value)) + "\n";
  }
  std::intptr_t* const room = fields.data();
  for (const Fart_Handle answer : {
           Fart_GetNativeFieldsOfArgument(arguments, 1, 2, room),
           Fart_GetNativeFieldsOfArgument(arguments, 0, -1, room),
           Fart_GetNativeFieldsOfArgument(arguments, 0, INT32_MAX, room),
           Fart_GetNativeFieldsOfArgument(arguments, 0, 2, nullptr),
           Fart_GetNativeFieldsOfArgument(nullptr, 0, 2, room),
           Fart_GetNativeReceiver(arguments, nullptr),
           Fart_GetNativeReceiver(nullptr, room),
       }) {
    seen.errors += ErrorOf(answer) + "\n";
  }
  seen.fields.assign(fields.begin(), fields.end());
}

Fart_NativeFunction Resolve(Fart_Handle name, int, bool*) {
  const std::string text = TextOf(name);
  if (text == "ReadReceiver") return ReadReceiver;
  if (text == "ReadFields") return ReadFields;
  if (text == "ReadDescribed") return ReadDescribed;
  return text == "AskWrongly" ? AskWrongly : nullptr;
}

class NativeFieldsTest : public LanguageTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    seen = Seen();
    ExpectSuccess(
        Load("import 'dart:nativewrappers';\n"
             "class Two extends NativeFieldWrapperClass2 { receiver() native 'ReadReceiver'; }\n"
             "class None { receiver() native 'ReadReceiver'; }\n"
             "nobody() native 'ReadReceiver';\n"
             "takes(x) native 'ReadReceiver';\n"
             "fields(x) native 'ReadFields';\n"
             "described(x) native 'ReadDescribed';\n"
             "wrongly(x) native 'AskWrongly';\n"
             "two() => new Two();\n"
             "none() => new None();\n"
             "receiver(x) => x.receiver();\n",
             Resolve));
    two_ = Call("two");
    ExpectSuccess(Fart_SetNativeInstanceField(two_, 0, 40));
    ExpectSuccess(Fart_SetNativeInstanceField(two_, 1, -2));
  }
  std::string Errors(const char* function, std::vector<Fart_Handle> arguments = {}) {
    seen = Seen();
    ExpectSuccess(Call(function, std::move(arguments)));
    return seen.errors;
  }

  Fart_Handle two_ = nullptr;
};

TEST_F(NativeFieldsTest, AReceiverGivesItsFirstField) {
  EXPECT_EQ(Errors("receiver", {two_}), "\n");
  EXPECT_EQ(seen.fields[0], 40);
  EXPECT_EQ(Errors("receiver", {Call("two")}), "\n");
  EXPECT_EQ(seen.fields[0], 0);
}

TEST_F(NativeFieldsTest, AReceiverWithoutFieldsIsAnError) {
  EXPECT_EQ(Errors("receiver", {Call("none")}),
            "Fart_GetNativeReceiver: the receiver has no native fields.\n");
  EXPECT_EQ(Errors("takes", {Fart_NewInteger(3)}),
            "Fart_GetNativeReceiver: the receiver has no native fields.\n");
  EXPECT_EQ(Errors("takes", {Fart_Null()}),
            "Fart_GetNativeReceiver expects argument 'receiver' to be non-null.\n");
  EXPECT_EQ(Errors("nobody"), "Fart_GetNativeReceiver: the call has no receiver.\n");
  EXPECT_EQ(seen.fields[0], -1);
}

TEST_F(NativeFieldsTest, AnArgumentGivesAllItsFields) {
  for (const char* const function : {"fields", "described"}) {
    EXPECT_EQ(Errors(function, {two_}), "\n");
    EXPECT_THAT(seen.fields, ::testing::ElementsAre(40, -2, -1));
    EXPECT_EQ(Errors(function, {Fart_Null()}), "\n");
    EXPECT_THAT(seen.fields, ::testing::ElementsAre(0, 0, -1));
  }
}

TEST_F(NativeFieldsTest, AWrongCountIsAnErrorAndWritesNothing_Defect5) {
  EXPECT_EQ(Errors("fields", {Call("none")}),
            "Fart_GetNativeFieldsOfArgument expects argument at 0 to have 2 native fields, but it "
            "has 0.\n");
  EXPECT_THAT(seen.fields, ::testing::ElementsAre(-1, -1, -1));
  EXPECT_EQ(Errors("described", {Call("none")}),
            "Fart_GetNativeArguments expects argument at index 0 to have 2 native fields, but it "
            "has 0.\n");
  EXPECT_THAT(seen.fields, ::testing::ElementsAre(-1, -1, -1));
}

TEST_F(NativeFieldsTest, AnArgumentThatIsNoInstanceOfAClassIsAnError) {
  EXPECT_EQ(Errors("fields", {Str("x")}),
            "Fart_GetNativeFieldsOfArgument expects argument at 0 to be of type Instance. It is of "
            "type String.\n");
  EXPECT_EQ(Errors("described", {Fart_NewInteger(1)}),
            "Fart_GetNativeArguments expects argument at index 0 to be of type Instance. It is of "
            "type int.\n");
}

TEST_F(NativeFieldsTest, WrongQuestionsAreAnsweredWithErrors) {
  EXPECT_EQ(
      Errors("wrongly", {two_}),
      "Fart_GetNativeArguments expects argument at index 0 with room for its native "
      "fields.\n"
      "Fart_GetNativeArguments expects argument at index 0 with room for its native "
      "fields.\n"
      "Fart_GetNativeArguments expects argument at index 0 to have 9223372036854775807 native "
      "fields, but it has 2.\n"
      "Fart_GetNativeFieldsOfArgument expects argument 'arg_index' to be in the range [0..0]. It "
      "is 1.\n"
      "Fart_GetNativeFieldsOfArgument expects argument 'num_fields' to be in the range "
      "[0..1024]. It is -1.\n"
      "Fart_GetNativeFieldsOfArgument expects argument 'num_fields' to be in the range "
      "[0..1024]. It is 2147483647.\n"
      "Fart_GetNativeFieldsOfArgument expects argument 'field_values' to be non-null.\n"
      "Fart_GetNativeFieldsOfArgument expects argument 'args' to be the arguments of a running "
      "native call.\n"
      "Fart_GetNativeReceiver expects argument 'value' to be non-null.\n"
      "Fart_GetNativeReceiver expects argument 'args' to be the arguments of a running native "
      "call.\n");
  EXPECT_THAT(seen.fields, ::testing::ElementsAre(-1, -1, -1));
}

TEST_F(NativeFieldsTest, NullDoesNotFillWhatIsTooLarge) {
  seen = Seen();
  ExpectSuccess(Call("wrongly", {Fart_Null()}));
  EXPECT_THAT(seen.errors, HasSubstr("with room for its native fields"));
  EXPECT_THAT(seen.fields, ::testing::Each(-1));
}

}  // namespace
}  // namespace fart::api
