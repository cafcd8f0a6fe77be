// When a thread's last actions run, and how often.

#include "heap/platform/thread_end.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <string>
#include <thread>

namespace fart {
namespace {

// What happened at the end of the thread, in order; each test joins it before it looks.
std::string happened;
bool asks_again = false;

void First() { happened += "1"; }
void Second() { happened += "2"; }
void Again() {
  happened += "A";
  if (!asks_again) return;
  asks_again = false;
  EXPECT_TRUE(AtThreadEnd(Again));
}

std::string AtTheEndOf(void (*body)()) {
  happened.clear();
  std::thread(body).join();
  return happened;
}

TEST(ThreadEndTest, EachActionRunsOnceInOrderHoweverOftenItIsAskedFor) {
  const auto body = [] {
    for (int i = 0; i < 2 * kThreadEndActions; ++i) {
      EXPECT_TRUE(AtThreadEnd(First));
      EXPECT_TRUE(AtThreadEnd(Second));
    }
    happened += ".";
  };
  EXPECT_EQ(AtTheEndOf(body), ".12");
  EXPECT_EQ(AtTheEndOf(body), ".12") << "of each thread";
}

TEST(ThreadEndTest, AThreadThatAsksForNothingHasNothingToDo) {
  EXPECT_EQ(AtTheEndOf([] { happened += "."; }), ".");
}

TEST(ThreadEndTest, RunsAfterADestructorOfTheHosts) {
  EXPECT_EQ(AtTheEndOf([] { EXPECT_TRUE(AtThreadEnd(First)); }), "1");  // Now our key is older.
  static pthread_key_t key;
  ASSERT_EQ(pthread_key_create(&key, [](void*) { happened += "host "; }), 0);
  EXPECT_EQ(AtTheEndOf([] {
              EXPECT_TRUE(AtThreadEnd(First));
              pthread_setspecific(key, &key);
            }),
            "host 1");
  pthread_key_delete(key);
}

TEST(ThreadEndTest, WhatAnActionAsksForRunsToo) {
  asks_again = true;
  EXPECT_EQ(AtTheEndOf([] { EXPECT_TRUE(AtThreadEnd(Again)); }), "AA");
}

TEST(ThreadEndTest, AThreadThatIsEndedFromWithinRunsThem) {
  pthread_t thread = {};
  happened.clear();
  ASSERT_EQ(pthread_create(
                &thread, nullptr,
                [](void*) -> void* {
                  EXPECT_TRUE(AtThreadEnd(First));
                  EndThisThread();
                },
                nullptr),
            0);
  ASSERT_EQ(pthread_join(thread, nullptr), 0);
  EXPECT_EQ(happened, "1");
}

}  // namespace
}  // namespace fart
