#include <gtest/gtest.h>
#include <atomic>
#include <thread>
TEST(T, A) { std::atomic<int> x{0}; std::thread t([&] { x++; }); x++; t.join(); EXPECT_EQ(x, 2); }
