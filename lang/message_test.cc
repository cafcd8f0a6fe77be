// Instances in messages: between two isolates that run scripts, as vm/message/message.h says of
// objects of every program.

#include "vm/message/message.h"
#include "vm/message/message_codec.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "lang/fart_program.h"
#include "vm/memory/flags.h"
#include "vm/testing/test_isolate.h"

namespace fart::lang {
namespace {

IsolateOptions Options(std::string_view flags) {
  IsolateOptions options;
  options.program = MakeFartProgram;
  std::string error;
  FART_CHECK(ParseFlags(flags, &options.flags, &error));
  return options;
}

// Parameter: the isolates' flags.
class InstanceMessageTest : public testing::TestWithParam<const char*> {
 protected:
  // Neither isolate is entered between the calls below.
  InstanceMessageTest() : sender_(Options(GetParam())) {
    sender_->Exit();
    receiver_.emplace(Options(GetParam()));
    (*receiver_)->Exit();
  }
  ~InstanceMessageTest() override { receiver_.reset(); }

  void Load(std::string_view sent, std::string_view received) {
    LoadInto(sender_, sent);
    LoadInto(*receiver_, received);
  }
  // What the receiver's `show` says of what the sender's `make` made.
  std::string Send() FART_NO_SAFEPOINT_ANALYSIS {
    Message message;
    std::string error;
    sender_->Enter();
    const Rooted made = Call(sender_, "make", {});
    const bool is_sent = EncodeMessage(*sender_, sender_->program(), made, &message, &error);
    sent_bytes_ = message.bytes().size();
    sender_->Exit();
    if (!is_sent) return error;
    TestIsolate& receiver = *receiver_;
    receiver->Enter();
    const std::string text = Show(receiver, message);
    receiver->Exit();
    return text;
  }

  std::size_t sent_bytes() const { return sent_bytes_; }

 private:
  static void LoadInto(TestIsolate& isolate, std::string_view source) FART_NO_SAFEPOINT_ANALYSIS {
    isolate->Enter();
    const Outcome loaded = isolate->program().LoadScript(
        {.url = "test.dart", .path = "/nowhere/test.dart", .text = std::string(source)});
    ASSERT_FALSE(loaded.IsError()) << isolate.ErrorMessageOf(loaded);
    isolate->Exit();
  }
  static Rooted Call(TestIsolate& isolate, std::string_view name,
                     Roots arguments) FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome outcome =
        isolate->program().Invoke(isolate->libraries().root()->object(), name, arguments);
    EXPECT_FALSE(outcome.IsError());
    return isolate.Keep(outcome);
  }
  static std::string Show(TestIsolate& isolate, Message& message) FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome outcome = DecodeMessage(*isolate, isolate->program(), message);
    if (outcome.IsError()) return isolate.ErrorMessageOf(outcome);
    const Rooted value = isolate.Keep(outcome);
    return isolate.Text(
        isolate.Keep(isolate->program().ToString(Call(isolate, "show", Roots(value.slot(), 1)))));
  }

  std::size_t sent_bytes_ = 0;
  TestIsolate sender_;
  std::optional<TestIsolate> receiver_;
};

INSTANTIATE_TEST_SUITE_P(Modes, InstanceMessageTest,
                         testing::Values("", "--gc-stress=7 --verify-heap"));

constexpr std::string_view kShow = "show(x) => x;";

TEST_P(InstanceMessageTest, MapsAndSetsArriveWithTheirEntries) {
  Load(R"(make() {
      var map = {"one": 1, 2: "two", null: [3], 1.5: true};
      map.remove(2);
      return [map, new Set.from(["a", "b"]), map];
    })",
       R"(show(x) {
      x[0]["new"] = 4;
      return "${x[0]} ${x[0]['one']} ${x[0][1.5]} ${x[1]} ${x[1].contains('b')} "
             "${identical(x[0], x[2])}";
    })");
  EXPECT_EQ(Send(), "{one: 1, null: [3], 1.5: true, new: 4} 1 true {a, b} true true");
}

TEST_P(InstanceMessageTest, AKeyThatIsFoundByIdentityIsFoundInTheCopy) {
  Load(R"(make() {
      var key = new Object();
      var list = [];
      return [key, list, {key: "object", list: "list"}];
    })",
       R"(show(x) => "${x[2][x[0]]} ${x[2][x[1]]} ${x[2][new Object()]}";)");
  EXPECT_EQ(Send(), "object list null");
}

TEST_P(InstanceMessageTest, InstancesOfTheProgramArriveWithTheirFieldsAndMethods) {
  constexpr std::string_view kNode = R"(
    class Base { var first; }
    class Node extends Base {
      final label;
      Node _next;
      Node(this.label);
      text() => "$first $label ${identical(_next._next, this)} ${_next is Node}";
    }
    make() {
      var a = new Node("a"), b = new Node(new StringBuffer("b"));
      a._next = b;
      b._next = a;
      a.first = 1;
      return a;
    }
    show(x) => x.text();)";
  Load(kNode, kNode);
  EXPECT_EQ(Send(), "1 a true true");
}

// What fits everything is told from what fits only some.
constexpr std::string_view kAsked = R"(
    class Box<T> { var f; Type get type => T; }
    class Pair<A, B> extends Box<List<B>> { var g; }
    class Own { var f; }
    ask(x) => "${x is List<int>} ${x is List<String>} ${x is List<List<int>>}";
)";

TEST_P(InstanceMessageTest, ListsKeepTheirTypeArguments) {
  Load(std::string(kAsked) + R"(make() => [<int>[1], <String>[], <List<int>>[<int>[2]], [3]];)",
       std::string(kAsked) + R"(show(x) {
      x[0].add(4);
      return "${x.map(ask).join(', ')}, ${ask(x[2][0])}, ${x[0]}";
    })");
  EXPECT_EQ(Send(),
            "true false false, false true false, false false true, true true true, "
            "true false false, [1, 4]");
}

TEST_P(InstanceMessageTest, ListsOfFixedLengthKeepTheirTypeArguments) {
  Load(
      std::string(kAsked) +
          "make() => [new List<int>(1), const <String>['a'], new List<List<int>>.filled(2, null)];",
      std::string(kAsked) + R"(show(x) {
      x[0][0] = 7;
      try { x[1][0] = 'b'; } on UnsupportedError { x[2][1] = 'constant'; }
      return "${x.map(ask).join(', ')}, $x";
    })");
  EXPECT_EQ(Send(),
            "true false false, false true false, false false true, [[7], [a], [null, constant]]");
}

TEST_P(InstanceMessageTest, InstancesKeepTheirTypeArguments) {
  Load(std::string(kAsked) + R"(make() => [new Box<int>()..f = 1, new Pair<int, String>()..g = 2,
      <String, List<int>>{'a': <int>[]}, new Set<num>(), new Box()..f = 3];)",
       std::string(kAsked) + R"(show(x) {
      var maps = "${x[2] is Map<String, List<int>>} ${x[2] is Map<String, int>}";
      var sets = "${x[3] is Set<num>} ${x[3] is Set<String>}";
      return "${x[0].type} ${x[0].f} ${x[1].type} ${x[1].g} ${x[1] is Pair<int, int>} $maps $sets "
             "${x[4].type} ${x[4].f}";
    })");
  EXPECT_EQ(Send(), "int 1 List<String> 2 false true false true false dynamic 3");
}

TEST_P(InstanceMessageTest, TypesOfTheProgramAreTheReceivers) {
  Load(std::string(kAsked) + R"(make() =>
      [new Box<Own>(), new Box<Own?>(), new Box<Box<Pair<Own, void>>>(), <Own>[new Own()]];)",
       std::string(kAsked) + R"(show(x) => "${x[0].type == Own} ${x[1].type} ${x[2].type} "
      "${x[3] is List<Own>} ${x[3] is List<Box>}";)");
  EXPECT_EQ(Send(), "true Own? Box<Pair<Own, void>> true false");
}

TEST_P(InstanceMessageTest, WhatTheReceiverDoesNotKnowOfTypeArgumentsFits) {
  Load(
      std::string(kAsked) +
          "class Mine<T> {} make() => [new Box<Mine<int>>(), <Mine>[], "
          "new Box<int Function(int)>(), new Box<List<Mine>>()];",
      std::string(kAsked) + R"(show(x) => "${x[0].type} ${ask(x[1])} ${x[2].type} ${x[3].type}";)");
  EXPECT_EQ(Send(), "dynamic true true true dynamic List");
}

// Numbers and text of types are once in a message, however many objects have them.
TEST_P(InstanceMessageTest, ManyOfATypeAreDescribedOnce) {
  Load(std::string(kAsked) + R"(make() => new List.generate(300,
      (i) => i % 3 == 0 ? <int>[i] : i % 3 == 1 ? <String>['$i'] : new Box<Own>());)",
       std::string(kAsked) + R"(show(x) => "${x.where((e) => e is List<int>).length} "
      "${x.where((e) => e is List<String>).length} ${x.where((e) => e is Box<Own>).length}";)");
  EXPECT_EQ(Send(), "100 100 100");
  EXPECT_LE(sent_bytes(), 300u * 20);
}

TEST_P(InstanceMessageTest, AClassThatTheReceiverLacksIsNamed) {
  Load("class Node { var a; } make() => [new Node()];", kShow);
  EXPECT_EQ(Send(),
            "a message holds an instance of class 'Node' of 'test.dart', which is not in this "
            "isolate's program");
}

TEST_P(InstanceMessageTest, AClassWithOtherFieldsIsAnotherClass) {
  Load("class Node { var a; var b; } make() => new Node();",
       "class Node { var b; var a; } show(x) => x;");
  EXPECT_NE(Send().find("class 'Node' of 'test.dart'"), std::string::npos);
}

TEST_P(InstanceMessageTest, AClosureIsRefusedHoweverDeepItLies) {
  Load("class C { var f; C(this.f); } make() => {'k': new C(() => 1)};", kShow);
  EXPECT_EQ(Send(), "illegal argument in isolate message: object is a closure");
}

TEST_P(InstanceMessageTest, AFunctionIsTheReceiversOwn) {
  const std::string functions =
      "var count = 0; up() => ++count; _down(x, {y: 1}) => x - y;\n"
      "class C { static twice(x) => 2 * x; }\n";
  Load(functions +
           "make() { up(); var all = [up, _down, C.twice, print, {C.twice: 'found'}, up];"
           "all[4][C.twice]; return all; }",
       functions +
           "show(x) => '${x[0]()} ${identical(x[0], up)} ${x[1](5)} ${x[1] == _down} '\n"
           "'${x[2](4)} ${x[3] == print} ${x[4][C.twice]} ${identical(x[5], x[0])}';");
  EXPECT_EQ(Send(), "1 true 4 true 8 true found true");
}

TEST_P(InstanceMessageTest, ATypeIsTheReceiversOwn) {
  const std::string classes =
      "class A {} class G<T> { get type => T; } class H<T, U> extends G<T> {}\n";
  Load("class Before<T> {} var before = [new Before<int>(), new Before<String>()];" + classes +
           "make() { before.length; return [A, int, {A: 'filed', new G<int>().runtimeType: 'too'}, "
           "new H<List<A>, int?>().runtimeType, dynamic, A, new G<G<void>>().type]; }",
       classes +
           "show(x) => '${x[0] == A} ${identical(x[0], x[5])} ${x[1] == int} ${x[2][A]} '\n"
           "'${x[2][new G<int>().runtimeType]} ${x[3]} '\n"
           "'${x[3] == new H<List<A>, int?>().runtimeType} ${x[4] == dynamic} ${x[6]}';");
  EXPECT_EQ(Send(), "true true true filed too H<List<A>, int?> true true G<void>");
}

TEST_P(InstanceMessageTest, ATypeThatTheReceiverLacksIsNamed) {
  Load("class G<T> { get type => T; } class Mine {} make() => [new G<List<Mine>>().type];", kShow);
  EXPECT_EQ(Send(),
            "a message holds class 'Mine' of 'test.dart', which is not in this isolate's program");
}

TEST_P(InstanceMessageTest, ATypeOfAClassWithOtherParametersIsAnother) {
  Load("class Mine<T> {} make() => new Mine<int>().runtimeType;",
       "class Mine<T, U> {} show(x) => x;");
  EXPECT_NE(Send().find("class 'Mine' of 'test.dart'"), std::string::npos);
}

TEST_P(InstanceMessageTest, ATypeOfFunctionsIsRefusedByName) {
  Load("typedef int F(String s); make() => {'k': [F]};", kShow);
  EXPECT_EQ(Send(),
            "illegal argument in isolate message: object is the type 'int Function(String)', in "
            "which there is one of functions");
}

TEST_P(InstanceMessageTest, AFunctionThatTheReceiverLacksIsNamed) {
  Load("f() => 1; make() => [f];", kShow);
  EXPECT_EQ(Send(),
            "a message holds the function 'f' of 'test.dart', which is not in this isolate's "
            "program");
}

TEST_P(InstanceMessageTest, FunctionsThatAreBoundToSomethingAreRefused) {
  Load(
      "class C { method() => 1; } var next = 0; "
      "make() => [[new C().method, () => 1, C.new, [].add][next++]];",
      kShow);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(Send(), "illegal argument in isolate message: object is a closure") << i;
  }
}

TEST_P(InstanceMessageTest, AValueOfAnEnumIsTheReceiversOwn) {
  const std::string colours = "enum Colour { red, green, blue } const fine = Colour.green;\n";
  Load(colours + "make() => [Colour.blue, {Colour.red: fine}, Colour.blue];",
       colours +
           "show(x) => '${identical(x[0], Colour.blue)} ${identical(x[0], x[2])} '\n"
           "'${x[1][Colour.red] == Colour.values[1]} ${Colour.values} ${x[0].index}';");
  EXPECT_EQ(Send(), "true true true [Colour.red, Colour.green, Colour.blue] 2");
}

TEST_P(InstanceMessageTest, AValueOfAnEnumIsThatWhateverComesBehindIt) {
  const std::string both = "enum Colour { red, green } class C { var c = Colour.green; }\n";
  Load(both + "make() => [Colour.green, C()];",
       both + "show(x) => '${identical(x[0], Colour.green)} ${identical(x[1].c, x[0])}';");
  EXPECT_EQ(Send(), "true true");
}

TEST_P(InstanceMessageTest, AValueThatTheReceiversEnumHasNotIsMalformed) {
  Load("enum Colour { red, green } make() => Colour.green;", "enum Colour { red } show(x) => x;");
  EXPECT_EQ(Send(), "a message is malformed");
}

}  // namespace
}  // namespace fart::lang
