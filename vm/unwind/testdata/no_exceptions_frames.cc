// A C++ extension compiled with -fno-exceptions: it has destructors, but no landing pads for them.

#include "vm/unwind/testdata/foreign_program.h"

namespace {

class Guard {
 public:
  Guard(ForeignHost* host, const ForeignNode* node) : host_(host), node_(node) {
    host_->log(host_, "enter", node_->id);
  }
  ~Guard() { host_->log(host_, "~", node_->id); }

 private:
  ForeignHost* host_;
  const ForeignNode* node_;
};

}  // namespace

extern "C" FOREIGN_EXPORT void RunFrame(ForeignHost* host, const ForeignNode* node) {
  const Guard guard(host, node);
  ForeignRunChildren(host, node, node->child_count);
  host->log(host, "end", node->id);
}
