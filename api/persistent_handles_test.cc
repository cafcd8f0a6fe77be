#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using PersistentHandlesTest = ApiTest;

TEST_F(PersistentHandlesTest, OutlivesItsScopeAndFollowsItsObject) {
  Fart_EnterScope();
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(Str("kept"));
  Fart_ExitScope();
  Collect();
  Collect();
  EXPECT_EQ(TextOf(kept), "kept");  // accepted where any handle is
  EXPECT_EQ(TextOf(Fart_HandleFromPersistent(kept)), "kept");
  Fart_DeletePersistentHandle(kept);
}

TEST_F(PersistentHandlesTest, HoldsAnyKindOfObject) {
  const Fart_Handle error = Fart_NewApiError("kept error");
  for (const Fart_Handle object : {Fart_Null(), Fart_True(), Fart_NewInteger(7), error}) {
    const Fart_PersistentHandle kept = Fart_NewPersistentHandle(object);
    ASSERT_NE(kept, nullptr);
    EXPECT_TRUE(Fart_IdentityEquals(kept, object));
    Fart_DeletePersistentHandle(kept);
  }
}

TEST_F(PersistentHandlesTest, HoldsTheObjectOfAnErrorThatNeedsNoIsolate) {
  Fart_ExitScope();
  const Fart_Handle no_scope = Fart_NewInteger(1);
  Fart_EnterScope();
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(no_scope);
  // As an object it is that of all functions.
  EXPECT_STREQ(Fart_GetError(kept), "No scope is open to hold a local handle.");
  Fart_DeletePersistentHandle(kept);
}

TEST_F(PersistentHandlesTest, LetsGoWhenDeleted) {
  bool is_dead = false;
  const auto note =
      +[](void*, Fart_WeakPersistentHandle, void* peer) { *static_cast<bool*>(peer) = true; };
  Fart_EnterScope();
  const Fart_Handle object = Fart_NewList(1);
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(object);
  Fart_NewWeakPersistentHandle(object, &is_dead, 0, note);
  Fart_ExitScope();
  Collect();
  EXPECT_FALSE(is_dead);
  Fart_DeletePersistentHandle(kept);
  Collect();
  EXPECT_TRUE(is_dead);
}

TEST_F(PersistentHandlesTest, CanBeSetToAnotherObject) {
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(Str("first"));
  Fart_SetPersistentHandle(kept, Str("second"));
  Collect();
  EXPECT_EQ(TextOf(kept), "second");
  {
    const ExpectMisuse misuse("argument 'obj1' to be a live handle, but it is a handle of another");
    Fart_SetPersistentHandle(Fart_True(), Fart_False());
  }
  {
    const ExpectMisuse misuse("argument 'obj1' to be a live handle, but it is a handle of another");
    Fart_SetPersistentHandle(Fart_NewInteger(1), Fart_False());
  }
  {
    const ExpectMisuse misuse("argument 'obj2' to be a live handle, but it is NULL");
    Fart_SetPersistentHandle(kept, nullptr);
  }
  EXPECT_EQ(TextOf(kept), "second");
  Fart_DeletePersistentHandle(kept);
}

TEST_F(PersistentHandlesTest, DetectsASecondDeletion_Defect13) {
  const Fart_PersistentHandle once = Fart_NewPersistentHandle(Str("once"));
  Fart_DeletePersistentHandle(once);
  {
    const ExpectMisuse misuse("argument 'object' to be a live handle, but it was deleted");
    Fart_DeletePersistentHandle(once);
  }
  // The table is sound: two handles made now are two.
  const Fart_PersistentHandle a = Fart_NewPersistentHandle(Str("a"));
  const Fart_PersistentHandle b = Fart_NewPersistentHandle(Str("b"));
  {
    const ExpectMisuse misuse("Fart_DeletePersistentHandle");
    Fart_DeletePersistentHandle(once);  // its slot is in use again
  }
  EXPECT_EQ(TextOf(a), "a");
  EXPECT_EQ(TextOf(b), "b");
  Fart_DeletePersistentHandle(a);
  Fart_DeletePersistentHandle(b);
}

TEST_F(PersistentHandlesTest, AnswersUseAfterDeletionWithAnError_Defect14) {
  const Fart_PersistentHandle stale = Fart_NewPersistentHandle(Str("stale"));
  Fart_DeletePersistentHandle(stale);
  const Fart_PersistentHandle next = Fart_NewPersistentHandle(Str("next"));
  EXPECT_THAT(ErrorOf(Fart_HandleFromPersistent(stale)),
              ::testing::HasSubstr("Fart_HandleFromPersistent expects argument 'object' to be a "
                                   "live handle, but it was deleted"));
  EXPECT_THAT(TextOf(stale), ::testing::HasSubstr("it was deleted"));
  {
    const ExpectMisuse misuse("Fart_IsString expects argument 'object'");
    EXPECT_FALSE(Fart_IsString(stale));
  }
  Fart_DeletePersistentHandle(next);
}

TEST_F(PersistentHandlesTest, AnswersAnotherIsolatesHandleWithAnError) {
  const Fart_PersistentHandle ours = Fart_NewPersistentHandle(Str("ours"));
  Fart_ExitIsolate();
  {
    const OwnIsolate other;
    EXPECT_THAT(TextOf(ours), ::testing::HasSubstr("it belongs to another isolate"));
    EXPECT_THAT(ErrorOf(Fart_HandleFromPersistent(ours)),
                ::testing::HasSubstr("it belongs to another isolate"));
    const ExpectMisuse misuse("it belongs to another isolate");
    Fart_DeletePersistentHandle(ours);
  }
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(TextOf(ours), "ours");
  Fart_DeletePersistentHandle(ours);
}

TEST_F(PersistentHandlesTest, RefusesWhatIsNoHandle) {
  EXPECT_THAT(ErrorOf(Fart_NewPersistentHandle(nullptr)), ::testing::HasSubstr("it is NULL"));
  EXPECT_THAT(ErrorOf(Fart_HandleFromPersistent(nullptr)), ::testing::HasSubstr("it is NULL"));
  for (const std::uintptr_t bits : {std::uintptr_t{1}, std::uintptr_t{4096},
                                    std::uintptr_t{0xDEADBEEFDEADBEEF}, ~std::uintptr_t{0}}) {
    const auto wild = reinterpret_cast<Fart_Handle>(bits);
    EXPECT_THAT(ErrorOf(Fart_NewPersistentHandle(wild)), ::testing::HasSubstr("live handle"))
        << bits;
    const ExpectMisuse misuse("Fart_DeletePersistentHandle expects argument 'object'");
    Fart_DeletePersistentHandle(wild);
  }
}

TEST_F(PersistentHandlesTest, NeedsAnIsolateAndToReadAScope) {
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(Fart_True());
  Fart_ExitScope();
  EXPECT_TRUE(Fart_IsError(Fart_HandleFromPersistent(kept)));
  Fart_DeletePersistentHandle(kept);
  Fart_ExitIsolate();
  EXPECT_TRUE(Fart_IsError(Fart_NewPersistentHandle(Fart_True())));
  EXPECT_TRUE(Fart_IsError(Fart_HandleFromPersistent(kept)));
  Fart_EnterIsolate(isolate_);
  Fart_EnterScope();
}

TEST_F(PersistentHandlesTest, CountsThem) {
  const Fart_HandleStatistics before = HandleStatistics();
  std::vector<Fart_PersistentHandle> many;
  for (int i = 0; i < 3000; ++i) many.push_back(Fart_NewPersistentHandle(Fart_NewInteger(i)));
  EXPECT_EQ(HandleStatistics().persistent_live, before.persistent_live + 3000);
  for (int i = 0; i < 3000; ++i) EXPECT_EQ(IntOf(many[static_cast<std::size_t>(i)]), i);
  for (const Fart_PersistentHandle handle : many) Fart_DeletePersistentHandle(handle);
  EXPECT_EQ(HandleStatistics().persistent_live, before.persistent_live);
  EXPECT_EQ(HandleStatistics().persistent_made, before.persistent_made + 3000);
}

}  // namespace
}  // namespace fart::api
