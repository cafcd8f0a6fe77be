// fart_direct.hpp in native functions of Fart code: roots and errors that pass through them.

#include <cstdint>

#include "api/testing/api_test.h"
#include "fart_direct.hpp"

namespace fart::api {
namespace {

using direct::Any;
using direct::Field;
using direct::New;
using direct::NoCollect;
using direct::Ref;
using direct::Root;
using direct::Smi;

struct Pair : direct::Object {
  static constexpr direct::Layout kLayout{"Pair", 2};
  Field<Any, 1> car;
  Field<Pair, 2> cdr;
};

Ref<Pair> List(int length) FART_COLLECTS {
  Root<Pair> list;
  for (int i = 1; i <= length; ++i) list = New<Pair>(Smi(i), list);
  return list;
}
int Sum(Ref<Pair> list) {
  const NoCollect quiet;
  std::int64_t sum = 0;
  for (; !list.is_null(); list = list->cdr) sum += list->car.smi();
  return static_cast<int>(sum);
}

// Collects while the stack is unwound.
struct Collects {
  explicit Collects(int length) FART_COLLECTS : list(List(length)),
                                                frames(direct::State()->frames) {}
  ~Collects() FART_COLLECTS {
    EXPECT_EQ(direct::State()->frames, frames) << "what has been left is off the chain";
    Collect();
    sum += Sum(list) + Sum(List(2));
  }
  const Root<Pair> list;
  Fart_RootFrame* const frames;
  static int sum;
};
int Collects::sum = 0;

class DirectHppNativeTest : public LanguageTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    const Result<void> attached = direct::Types<Pair>::Attach();
    ASSERT_TRUE(attached.ok()) << attached.error().message();
    Collects::sum = 0;
  }
  static Fart_NativeFunction Resolve(Fart_Handle name, int, bool* scope) {
    *scope = true;
    return TextOf(name) == "Leave" ? Leave : Again;
  }
  static void Propagate(int depth) FART_COLLECTS {
    const Collects at_end(depth);
    const Root<Pair> unused(at_end.list.get());
    if (depth > 0) Propagate(depth - 1);
    Fart_PropagateError(Fart_NewUnhandledExceptionError(Fart_NewInteger(5)));
  }
  static void Leave(Fart_NativeArguments) FART_COLLECTS {
    const direct::Session here;
    Propagate(5);
  }
  // Calls Fart code that throws, and hands that on.
  static void Again(Fart_NativeArguments) FART_COLLECTS {
    const direct::Session here;
    const Collects at_end(4);
    Fart_RootFrame* const frames = direct::State()->frames;
    const Fart_Handle error = Fart_Invoke(Fart_RootLibrary(), Str("inner"), 0, nullptr);
    EXPECT_TRUE(Fart_ErrorHasException(error));
    EXPECT_EQ(direct::State()->frames, frames);
    EXPECT_EQ(Sum(at_end.list), 10);
    Fart_PropagateError(error);
  }
};

TEST_F(DirectHppNativeTest, AnErrorThatIsPropagatedEndsRoots) FART_COLLECTS {
  ExpectSuccess(Load(R"(
    leave() native "Leave";
    again() native "Again";
    inner() => leave();
    main() { try { again(); } catch (e) { return e; } }
  )",
                     Resolve));
  const Root<Pair> outer(List(10));
  Fart_RootFrame* const frames = direct::State()->frames;
  EXPECT_EQ(IntOf(Call("main")), 5);
  EXPECT_EQ(Collects::sum, 15 + 10 + 6 + 3 + 1 + 0 + 10 + 7 * 3) << "each destructor ran";
  EXPECT_EQ(direct::State()->frames, frames);
  Collect();
  EXPECT_EQ(Sum(outer), 55);
}

// Programs see such objects as opaque values, which they keep and compare.
TEST_F(DirectHppNativeTest, AProgramKeepsObjectsThatItCannotLookInto) FART_COLLECTS {
  ExpectSuccess(Load("var kept; keep(x) { kept = x; } same(x) => identical(x, kept);"));
  const Root<Pair> pair(List(3));
  ExpectSuccess(Call("keep", {direct::ToLocal(pair).value().get()}));
  Collect();
  bool is_same = false;
  ExpectSuccess(Fart_BooleanValue(Call("same", {direct::ToLocal(pair).value().get()}), &is_same));
  EXPECT_TRUE(is_same);
}

}  // namespace
}  // namespace fart::api
