#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <cstdlib>
TEST(Z, A) { EXPECT_EQ(1, 1); }
TEST(Z, S) { if (getenv("FART_FLAGS")) GTEST_SKIP(); }
TEST(Z, B) { EXPECT_EQ(getenv("ZFAIL"), nullptr); }
TEST(Z, D) { if (getenv("ZDIE")) abort(); }
TEST(Z, R) { EXPECT_TRUE(rc::check([](int x) { RC_ASSERT(x == x); })); }
